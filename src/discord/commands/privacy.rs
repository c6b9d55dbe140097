//! `/privacy`: what is kept and for how long.

use std::sync::Arc;

use crate::answer::sentences;
use crate::discord::Bot;
use crate::discord::card::{Card, Kind, bare};
use crate::discord::intake::Asker;
use crate::discord::keeper::days;
use crate::discord::messages::report;
use crate::discord::send::Callback;
use crate::language::Language;
use crate::store::{NOTICE_KEPT, SERVER_KEPT};

use super::{Context, Error, named};

#[poise::command(slash_command, rename = "privacy")]
async fn command_privacy(ctx: Context<'_>) -> Result<(), Error> {
    let bot: &Arc<Bot> = ctx.framework.user_data;
    let asker = Asker::of_command(ctx.interaction);
    let to = Callback::from(ctx.interaction);
    let card = card(bot.keeper.retention_days(), asker.member_language);
    report(bot.send.respond(to, &card, true).await, &asker);
    Ok(())
}

/// The command as it is defined.
pub(super) fn privacy() -> poise::Command<Arc<Bot>, Error> {
    named(command_privacy(), |texts| &texts.commands.privacy_name, Some(|texts| &texts.commands.privacy_description))
}

fn card(retention_days: u64, language: Language) -> Card {
    let texts = sentences::of(language);
    let (days, notice_days, server_days) =
        (retention_days.to_string(), days(NOTICE_KEPT).to_string(), days(SERVER_KEPT).to_string());
    let values = [("days", days.as_str()), ("notice_days", &notice_days), ("server_days", &server_days)];
    let fill = |text: &str| sentences::fill(text, &values);
    let card = Card {
        body: fill(&texts.privacy.body),
        fields: vec![
            (&texts.privacy.questions, fill(&texts.privacy.questions_body)),
            (&texts.privacy.members, fill(&texts.privacy.members_body)),
            (&texts.privacy.servers, fill(&texts.privacy.servers_body)),
        ],
        ..bare(Kind::About, &texts.privacy.title, language)
    };
    card.fit()
}
