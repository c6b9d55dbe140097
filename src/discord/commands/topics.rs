//! `/topics`: the topics and their entries to look through, for the member alone.

use std::sync::Arc;

use crate::answer::sentences;
use crate::discord::intake::Asker;
use crate::discord::messages::report;
use crate::discord::send::Callback;
use crate::discord::{Bot, browse};

use super::{Context, Error};

#[poise::command(slash_command, rename = "topics")]
async fn command_topics(ctx: Context<'_>) -> Result<(), Error> {
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let asker = Asker::of_command(ctx.interaction);
    let to = Callback { id: ctx.interaction.id, token: &ctx.interaction.token };
    let outcome = if bot.deaf.is_banned(asker.member) {
        bot.send.tell(to, sentences::BANNED).await
    } else {
        match browse::topics(&bot.snapshot(), asker.manner(), 0) {
            Some(card) => bot.send.respond(to, &card, true).await,
            None => bot.send.tell(to, sentences::NO_TOPICS).await,
        }
    };
    report(outcome, &asker);
    Ok(())
}

/// The command as it is defined.
pub(super) fn topics() -> poise::Command<Arc<Bot>, Error> {
    let mut command = command_topics();
    command.description = Some(sentences::TOPICS_DESCRIPTION.into());
    command
}
