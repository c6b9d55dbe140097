//! *Answer this*, in the menu of any message: its question is answered for its author to see. Discord shows the bot the
//! message that it is used on, without a privileged intent.
//!
//! Only an answer, or the notice that a sign of danger brings, is shown to all: both are of use to the author.
//! Suggestions are for who used the command, as it is they who look after the question now; what they choose is shown
//! to all. That nothing is known concerns nobody else.

use std::sync::Arc;
use std::time::Instant;

use serenity::model::channel::Message;

use crate::answer::{Reply, Unknown, sentences};
use crate::discord::Bot;
use crate::discord::card::{Audience, Card, Head};
use crate::discord::delivery::{Delivery, KnownBy};
use crate::discord::intake::{Asker, Target, target};
use crate::discord::messages::report;
use crate::discord::recording::Source;
use crate::discord::send::{Callback, Place};
use crate::store::Event;

use super::{Context, Error, named};

#[poise::command(context_menu_command = "Answer this", rename = "answer-this")]
async fn command_answer_this(ctx: Context<'_>, message: Message) -> Result<(), Error> {
    let since = Instant::now();
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let asker = Asker::of_command(ctx.interaction);
    let texts = sentences::of(asker.member_language);
    let to = Callback::from(ctx.interaction);
    let refusal: Result<_, &str> = if let Some(sentence) = bot.refusal(&asker) {
        Err(sentence)
    } else {
        match target(&message, ctx.interaction, ctx.framework.bot_id, &bot.deaf) {
            Target::Mine => Err(&texts.remarks.not_mine),
            Target::NotAMembers => Err(&texts.remarks.not_a_members),
            Target::Empty => Err(&texts.remarks.nothing_to_read),
            Target::Banned => Err(&texts.remarks.author_banned),
            Target::Question(..) if !bot.admits(&asker) => Err(&texts.remarks.slow_down),
            Target::Question(question, pointed) => Ok((bot.in_scope(question, &asker), pointed)),
        }
    };
    let outcome = match refusal {
        Err(sentence) => bot.send.tell(to, sentence).await,
        Ok((question, pointed)) => {
            let answered = bot.answer(&question, &asker);
            let is_for_author = matches!(answered.reply, Reply::Answer(_) | Reply::Urgent(_));
            let is_private = !is_for_author || asker.is_kept_private;
            let source = Source { channel: pointed.channel, message: Some(pointed.message) };
            let delivery = Delivery {
                answered: &answered,
                question: Some(&question),
                asker: &asker,
                audience: if is_private { Audience::Member } else { Audience::Everybody },
                head: if pointed.author == pointed.requester { Head::Asked } else { Head::Pointed(pointed) },
                event: Event::Answered,
                known_by: KnownBy::Question(source),
                since,
            };
            let send = async |card: Card| {
                let sent = if is_no_question(&answered.reply) {
                    bot.send.tell(to, &texts.remarks.no_question_in_it).await
                } else {
                    bot.send.respond(to, &card, is_private).await
                };
                sent.map(|()| Place::Gone)
            };
            bot.deliver(delivery, send).await.map(drop)
        }
    };
    report(outcome, &asker);
    Ok(())
}

/// The command as it is defined.
pub(super) fn answer_this() -> poise::Command<Arc<Bot>, Error> {
    let mut command = named(command_answer_this(), |texts| &texts.commands.answer_this_name, None);
    command.context_menu_name = Some(command.name.clone());
    command
}

fn is_no_question(reply: &Reply) -> bool {
    matches!(reply, Reply::Unknown(unknown) if unknown.reason == Unknown::NotAQuestion)
}
