//! `/about`: what this bot is, where its answers come from, and what becomes of data.

use std::sync::Arc;

use crate::answer::{escape, sentences};
use crate::discord::Bot;
use crate::discord::card::{Card, Kind, lines};
use crate::discord::intake::Asker;
use crate::discord::messages::report;
use crate::discord::send::Callback;
use crate::knowledge::Knowledge;
use crate::language::Language;

use super::{Context, Error, named};

#[poise::command(slash_command, rename = "about")]
async fn command_about(ctx: Context<'_>) -> Result<(), Error> {
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let asker = Asker::of_command(ctx.interaction);
    let to = Callback::from(ctx.interaction);
    let days = bot.keeper.retention_days();
    let card = card(&bot.snapshot().knowledge, bot.answering.disclaimer.as_str(), days, asker.member_language);
    report(bot.send.respond(to, &card, true).await, &asker);
    Ok(())
}

/// The command as it is defined.
pub(super) fn about() -> poise::Command<Arc<Bot>, Error> {
    named(command_about(), |texts| &texts.commands.about_name, Some(|texts| &texts.commands.about_description))
}

fn card(knowledge: &Knowledge, disclaimer: &str, retention_days: u64, language: Language) -> Card {
    let texts = sentences::of(language);
    let topic = |title: &str, description: &str| format!("**{}**: {}", escape(title), escape(description));
    let topics = knowledge.topics().map(|known| topic(&known.title, &known.description));
    let reviewed = knowledge.entries().iter().map(|entry| entry.reviewed.value).max();
    let reviewed = reviewed.map(|day| format!("; {} {day}", texts.replies.reviewed.to_lowercase())).unwrap_or_default();
    let card = Card {
        kind: Kind::About,
        language,
        title: texts.about.title.clone(),
        head: String::new(),
        body: texts.about.body.clone(),
        fields: vec![
            (&texts.about.topics, lines(topics)),
            (&texts.about.revision, format!("`{}`{reviewed}", revision(knowledge))),
            (&texts.about.data, sentences::fill(&texts.about.data_body, &[("days", &retention_days.to_string())])),
        ],
        footer: disclaimer.to_owned(),
        rows: Vec::new(),
    };
    card.fit()
}

/// The first digits of the knowledge's revision: enough to tell two apart, few enough to read out.
fn revision(knowledge: &Knowledge) -> String {
    let [a, b, c, d, ..] = *knowledge.revision();
    format!("{:08x}", u32::from_be_bytes([a, b, c, d]))
}
