//! Servers: those that the bot is in, with the language of each. Told by the gateway; nothing is asked for.

use std::collections::HashMap;
use std::time::Duration;

use serenity::model::id::GuildId;
use tokio::sync::watch;

use crate::language::Language;

/// How long a reply may wait for the language of its server. It is told right after the bot is let in, but events are
/// handled in no order.
const PATIENCE: Duration = Duration::from_secs(1);

/// The servers that the bot is in.
#[derive(Debug, Default)]
pub struct Servers(watch::Sender<HashMap<GuildId, Option<Language>>>);

impl Servers {
    /// Notes that the bot was in `guild` before; its language is told later.
    pub fn expect(&self, guild: GuildId) {
        self.0.send_modify(|known| _ = known.entry(guild).or_default());
    }

    /// Notes that the bot is in `guild`; `false` where that was known.
    pub(super) fn note(&self, guild: GuildId, language: Language) -> bool {
        let mut is_new = false;
        self.0.send_modify(|known| is_new = known.insert(guild, Some(language)).is_none());
        is_new
    }

    /// Notes that the bot is no longer in `guild`.
    pub fn forget(&self, guild: GuildId) {
        self.0.send_modify(|known| _ = known.remove(&guild));
    }

    /// Whether the bot is in `guild`.
    #[must_use]
    pub fn has(&self, guild: GuildId) -> bool {
        self.0.borrow().contains_key(&guild)
    }

    /// The language of `guild`; English where it is not told in time.
    pub async fn language(&self, guild: GuildId) -> Language {
        let mut known = self.0.subscribe();
        // A server that nothing is known of will not be told.
        let told = known.wait_for(|known| known.get(&guild) != Some(&None));
        let told = tokio::time::timeout(PATIENCE, told).await;
        told.ok().and_then(Result::ok).and_then(|known| known.get(&guild).copied().flatten()).unwrap_or_default()
    }
}
