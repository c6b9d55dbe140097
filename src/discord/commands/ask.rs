//! `/ask`: a question, answered in the first response.

use std::sync::Arc;
use std::time::Instant;

use poise::serenity_prelude::{AutocompleteChoice, CreateAutocompleteResponse};

use crate::answer::{cut_utf16, sentences};
use crate::discord::Bot;
use crate::discord::card::{Audience, Card, Head};
use crate::discord::delivery::{Delivery, KnownBy};
use crate::discord::intake::{Asker, PICKED};
use crate::discord::messages::report;
use crate::discord::send::{Callback, Place};
use crate::knowledge::Entry;
use crate::limits::{COMPLETION_UTF16, COMPLETIONS, QUESTION_CHARS, STEM_CHARS};
use crate::store::Event;

use super::{Context, Error, name_options, named};

// A picked choice's value, in which a slash stands between topic and stem, fits by construction.
const _: () = assert!(PICKED.len() + 2 * STEM_CHARS < COMPLETION_UTF16);

#[poise::command(slash_command, rename = "ask")]
async fn command_ask(
    ctx: Context<'_>,
    #[rename = "question"]
    #[autocomplete = "complete"]
    question: String,
    #[rename = "private"] private: Option<bool>,
) -> Result<(), Error> {
    let since = Instant::now();
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let asker = Asker::of_command(ctx.interaction);
    let texts = sentences::of(asker.member_language);
    let to = Callback::from(ctx.interaction);
    let outcome = if let Some(sentence) = bot.refusal(&asker) {
        bot.send.tell(to, sentence).await
    } else if !bot.admits(&asker) {
        bot.send.tell(to, &texts.remarks.slow_down).await
    } else {
        let is_private = private.unwrap_or(false) || asker.is_kept_private;
        let question = bot.in_scope(asker.question(&question), &asker);
        let answered = picked(bot, &question.text, &asker).unwrap_or_else(|| bot.answer(&question, &asker));
        let audience = if is_private { Audience::Member } else { Audience::Everybody };
        let delivery = Delivery {
            answered: &answered,
            question: Some(&question),
            asker: &asker,
            audience,
            head: Head::Asked,
            event: Event::Answered,
            known_by: KnownBy::Reply,
            since,
        };
        // Which message it is matters only where the question is kept.
        let is_kept = answered.is_miss() && !is_private;
        let send = async |card: Card| {
            if is_kept {
                bot.send.respond_as_message(ctx.interaction.application_id, to, &card).await
            } else {
                bot.send.respond(to, &card, is_private).await.map(|()| Place::Gone)
            }
        };
        bot.deliver(delivery, send).await.map(drop)
    };
    report(outcome, &asker);
    Ok(())
}

/// The command as it is defined.
pub(super) fn ask() -> poise::Command<Arc<Bot>, Error> {
    let mut command =
        named(command_ask(), |texts| &texts.commands.ask_name, Some(|texts| &texts.commands.ask_description));
    name_options(
        &mut command,
        &[
            (|texts| &texts.commands.ask_question_name, |texts| &texts.commands.ask_question_description),
            (|texts| &texts.commands.ask_private_name, |texts| &texts.commands.ask_private_description),
        ],
    );
    command
}

/// The answer of the entry that was picked from the offered choices; `None` where none was.
fn picked(bot: &Bot, text: &str, asker: &Asker) -> Option<super::super::Answered> {
    // What was picked stands in the title; there is no other wording to show.
    let question = bot.in_scope(asker.question(""), asker);
    bot.entry(text.trim().strip_prefix(PICKED)?, &question)
}

#[expect(clippy::unused_async, reason = "poise awaits it")]
async fn complete(ctx: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let asker = Asker::of_command(ctx.interaction);
    let choices = offers(ctx.framework.user_data, typed, &asker)
        .into_iter()
        .map(|(question, value)| AutocompleteChoice::new(question, value));
    CreateAutocompleteResponse::new().set_choices(choices.collect())
}

/// The questions to offer for what is typed so far, best first, each with the value that picks it; with nothing typed,
/// the first ones.
fn offers(bot: &Bot, typed: &str, asker: &Asker) -> Vec<(String, String)> {
    if bot.refusal(asker).is_some() {
        return Vec::new();
    }
    let snapshot = bot.snapshot();
    let (knowledge, scope) = (&snapshot.knowledge, bot.scope(asker));
    let typed: String = typed.chars().take(QUESTION_CHARS).collect();
    let may_see = |entry: &Entry| scope.may_see(entry, knowledge);
    let found: Vec<&Entry> = if typed.trim().is_empty() {
        knowledge.entries().iter().filter(|entry| may_see(entry)).take(COMPLETIONS).collect()
    } else {
        let matches = snapshot.index.complete(&typed, knowledge.entries().len()).into_iter();
        let found = matches.map(|found| &knowledge.entries()[found.entry]);
        found.filter(|entry| may_see(entry)).take(COMPLETIONS).collect()
    };
    let offer = |entry: &Entry| (cut_utf16(&entry.question.value, COMPLETION_UTF16), format!("{PICKED}{}", entry.id));
    found.into_iter().map(offer).collect()
}
