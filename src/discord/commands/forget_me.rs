//! `/forget-me`: deletes what is kept with the member's name on it: their votes and what they wait to be told.

use std::sync::Arc;

use crate::answer::sentences;
use crate::discord::Bot;
use crate::discord::intake::Asker;
use crate::discord::messages::report;
use crate::discord::send::Callback;

use super::{Context, Error, named};

#[poise::command(slash_command, rename = "forget-me")]
async fn command_forget_me(ctx: Context<'_>) -> Result<(), Error> {
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let asker = Asker::of_command(ctx.interaction);
    let texts = sentences::of(asker.member_language);
    let to = Callback::from(ctx.interaction);
    let is_forgotten = bot.keeper.forget_member(asker.member).await;
    let sentence = if is_forgotten { &texts.remarks.forgotten } else { &texts.remarks.not_forgotten };
    report(bot.send.tell(to, sentence).await, &asker);
    Ok(())
}

/// The command as it is defined.
pub(super) fn forget_me() -> poise::Command<Arc<Bot>, Error> {
    named(
        command_forget_me(),
        |texts| &texts.commands.forget_me_name,
        Some(|texts| &texts.commands.forget_me_description),
    )
}
