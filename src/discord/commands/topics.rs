//! `/topics`: the topics and their entries to look through, for the member alone.

use std::sync::Arc;

use crate::answer::sentences;
use crate::discord::intake::Asker;
use crate::discord::messages::report;
use crate::discord::send::Callback;
use crate::discord::{Bot, browse};

use super::{Context, Error, named};

#[poise::command(slash_command, rename = "topics")]
async fn command_topics(ctx: Context<'_>) -> Result<(), Error> {
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let asker = Asker::of_command(ctx.interaction);
    let texts = sentences::of(asker.member_language);
    let to = Callback::from(ctx.interaction);
    let outcome = if let Some(sentence) = bot.refusal(&asker) {
        bot.send.tell(to, sentence).await
    } else {
        match browse::topics(&bot.snapshot(), &bot.scope(&asker), asker.member_language, 0) {
            Some(card) => bot.send.respond(to, &card, true).await,
            None => bot.send.tell(to, &texts.topics.no_topics).await,
        }
    };
    report(outcome, &asker);
    Ok(())
}

/// The command as it is defined.
pub(super) fn topics() -> poise::Command<Arc<Bot>, Error> {
    named(command_topics(), |texts| &texts.commands.topics_name, Some(|texts| &texts.commands.topics_description))
}
