//! `/faq`: what moderators do with the bot in their server, each a subcommand. Discord offers it to those who manage the
//! server, and to whom they show it; who uses it is looked at here again.

use std::sync::Arc;

use poise::serenity_prelude::Permissions;

use crate::answer::sentences::{self, Sentences};
use crate::discord::Bot;
use crate::discord::intake::{Asker, Rank};
use crate::discord::messages::report;
use crate::discord::send::Callback;

use super::{Context, Error, named};

#[poise::command(slash_command, rename = "pause")]
async fn command_pause(ctx: Context<'_>) -> Result<(), Error> {
    set_paused(ctx, true).await;
    Ok(())
}

#[poise::command(slash_command, rename = "resume")]
async fn command_resume(ctx: Context<'_>) -> Result<(), Error> {
    set_paused(ctx, false).await;
    Ok(())
}

#[poise::command(slash_command, rename = "faq")]
#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn command_faq(_: Context<'_>) -> Result<(), Error> {
    // Discord calls its subcommands alone.
    Ok(())
}

/// The command as it is defined.
pub(super) fn faq() -> poise::Command<Arc<Bot>, Error> {
    let mut command = named(command_faq(), |words| &words.faq_name, Some(|words| &words.faq_description));
    command.default_member_permissions = Permissions::MANAGE_GUILD;
    command.subcommand_required = true;
    command.subcommands = vec![
        named(command_pause(), |words| &words.faq_pause_name, Some(|words| &words.faq_pause_description)),
        named(command_resume(), |words| &words.faq_resume_name, Some(|words| &words.faq_resume_description)),
    ];
    command
}

async fn set_paused(ctx: Context<'_>, is_paused: bool) {
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let (asker, to, words) = caller(ctx);
    let sentence = match asker.guild.filter(|_| rank(ctx) >= Rank::Moderator) {
        None => &words.not_a_moderator,
        Some(guild) if !bot.keeper.change_settings(guild, |settings| settings.paused = is_paused).await => {
            &words.not_changed
        }
        Some(_) if is_paused => &words.pausing,
        Some(_) => &words.resuming,
    };
    report(bot.send.tell(to, sentence).await, &asker);
}

/// Who uses the command, where to answer, and the texts for them.
fn caller(ctx: Context<'_>) -> (Asker, Callback<'_>, &'static Sentences) {
    let asker = Asker::of_command(ctx.interaction);
    let to = Callback { id: ctx.interaction.id, token: &ctx.interaction.token };
    (asker, to, sentences::of(asker.member_language))
}

fn rank(ctx: Context<'_>) -> Rank {
    ctx.framework.user_data.rank(ctx.interaction.guild_id, ctx.interaction.member.as_deref())
}
