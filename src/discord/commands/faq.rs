//! `/faq`: what moderators do with the bot in their server, each a subcommand. Discord offers it to those who manage
//! the server, and to whom they show it; who uses it is looked at here again.

use std::sync::Arc;

use poise::serenity_prelude::{GuildId, Permissions};

use crate::answer::sentences::{self, Sentences};
use crate::answer::{escape, quote};
use crate::discord::Bot;
use crate::discord::card::{Card, Kind, Row, bare};
use crate::discord::inbox::facts;
use crate::discord::intake::Asker;
use crate::discord::keeper::in_time;
use crate::discord::messages::report;
use crate::discord::paging::Paging;
use crate::discord::rank::Rank;
use crate::discord::seal::Action;
use crate::discord::send::Callback;
use crate::language::Language;
use crate::store::{Listing, ServerId, UnansweredQuestion};

use super::{Context, Error, named};

/// How many open questions are on a page: each is shown with up to 200 characters and what came closest.
const QUESTIONS_SHOWN: u32 = 5;

/// How many of the closest entries are shown of each.
const CLOSEST_SHOWN: usize = 3;

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

#[poise::command(slash_command, rename = "unanswered")]
async fn command_unanswered(ctx: Context<'_>) -> Result<(), Error> {
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let (asker, to, texts) = caller(ctx);
    let outcome = if asker.guild.is_none() || rank(ctx) < Rank::Viewer {
        bot.send.tell(to, &texts.remarks.not_a_moderator).await
    } else {
        match open_questions(bot, asker.guild, 0, asker.member_language).await {
            Some(card) => bot.send.respond(to, &card, true).await,
            None => bot.send.tell(to, &texts.remarks.out_of_reach).await,
        }
    };
    report(outcome, &asker);
    Ok(())
}

#[poise::command(slash_command, rename = "settings")]
async fn command_settings(ctx: Context<'_>) -> Result<(), Error> {
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let (asker, to, texts) = caller(ctx);
    let outcome = if asker.guild.is_none() || rank(ctx) < Rank::Moderator {
        bot.send.tell(to, &texts.remarks.not_a_moderator).await
    } else {
        bot.send.respond(to, &bot.settings(&asker), true).await
    };
    report(outcome, &asker);
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
    let mut command =
        named(command_faq(), |texts| &texts.commands.faq_name, Some(|texts| &texts.commands.faq_description));
    command.default_member_permissions = Permissions::MANAGE_GUILD;
    command.subcommand_required = true;
    command.subcommands = vec![
        named(
            command_pause(),
            |texts| &texts.commands.faq_pause_name,
            Some(|texts| &texts.commands.faq_pause_description),
        ),
        named(
            command_unanswered(),
            |texts| &texts.commands.faq_unanswered_name,
            Some(|texts| &texts.commands.faq_unanswered_description),
        ),
        named(
            command_resume(),
            |texts| &texts.commands.faq_resume_name,
            Some(|texts| &texts.commands.faq_resume_description),
        ),
        named(
            command_settings(),
            |texts| &texts.commands.faq_settings_name,
            Some(|texts| &texts.commands.faq_settings_description),
        ),
    ];
    command
}

async fn set_paused(ctx: Context<'_>, is_paused: bool) {
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let (asker, to, texts) = caller(ctx);
    let sentence = match asker.guild.filter(|_| rank(ctx) >= Rank::Moderator) {
        None => &texts.remarks.not_a_moderator,
        Some(guild) if !bot.keeper.change_settings(guild, |settings| settings.paused = is_paused).await => {
            &texts.remarks.not_changed
        }
        Some(_) if is_paused => &texts.remarks.pausing,
        Some(_) => &texts.remarks.resuming,
    };
    report(bot.send.tell(to, sentence).await, &asker);
}

/// A page of the open questions of `guild`, in a home server with those of direct messages, those asked most often
/// first; `None` where the store cannot tell in time.
pub(in super::super) async fn open_questions(
    bot: &Bot,
    guild: Option<GuildId>,
    page: u16,
    language: Language,
) -> Option<Card> {
    let texts = sentences::of(language);
    let guild = guild?;
    let (skip, limit) = (u32::from(page) * QUESTIONS_SHOWN, QUESTIONS_SHOWN + 1);
    // What was asked in direct messages is nobody's but those who look after what is answered there.
    let (server, with_direct) = (Some(ServerId(guild.get())), bot.is_home(guild));
    let listing = Listing { server, with_direct, skip, limit };
    let mut questions = in_time("open questions are not listed", bot.keeper.store.unanswered(listing)).await?;
    let has_more = questions.len() > QUESTIONS_SHOWN as usize;
    questions.truncate(QUESTIONS_SHOWN as usize);
    let body = if questions.is_empty() {
        texts.unanswered.none.clone()
    } else {
        questions.iter().map(|question| paragraph(question, texts)).collect::<Vec<_>>().join("\n\n")
    };
    let paging = Paging::open(QUESTIONS_SHOWN as usize, page, has_more);
    let buttons: Vec<_> = paging.buttons(texts, Action::Unanswered).collect();
    let rows = if buttons.is_empty() { Vec::new() } else { vec![Row::Buttons(buttons)] };
    Some(Card { body, rows, ..bare(Kind::About, &texts.unanswered.title, language) }.fit())
}

/// What was asked, how often, when last and where, and what came closest.
fn paragraph(question: &UnansweredQuestion, texts: &Sentences) -> String {
    let closest = question.closest.iter().take(CLOSEST_SHOWN);
    let closest = closest.map(|near| format!("`{}` {:.2}", near.entry, near.score));
    let facts: Vec<String> = facts(question, texts).into_iter().chain(closest).collect();
    format!("**{}**\n{}", escape(&quote(&question.text)), facts.join(" · "))
}

/// Who uses the command, where to answer, and the texts for them.
fn caller(ctx: Context<'_>) -> (Asker, Callback<'_>, &'static Sentences) {
    let asker = Asker::of_command(ctx.interaction);
    let to = Callback::from(ctx.interaction);
    (asker, to, sentences::of(asker.member_language))
}

fn rank(ctx: Context<'_>) -> Rank {
    ctx.framework.user_data.rank(ctx.interaction.guild_id, ctx.interaction.member.as_deref())
}
