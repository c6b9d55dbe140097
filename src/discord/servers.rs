//! Servers: those that the bot is in, with the language of each. Told by the gateway; nothing is asked for.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serenity::model::id::GuildId;
use time::OffsetDateTime;
use tokio::sync::watch;

use crate::language::Language;

/// How long a reply may wait for the language of its server. It is told right after the bot is let in, but events are
/// handled in no order.
const PATIENCE: Duration = Duration::from_secs(1);

/// By how much Discord's clock and ours may differ, in seconds.
const CLOCKS_DIFFER_SECS: i64 = 60;

/// The servers that the bot is in.
#[derive(Debug)]
pub struct Servers {
    known: watch::Sender<HashMap<GuildId, Option<Language>>>,
    /// Those that were named when the bot was let in, or told of since.
    met: Mutex<HashSet<GuildId>>,
    /// Whether any were ever named then.
    are_named: AtomicBool,
    /// Servers that let the bot in before, in seconds since the Unix epoch, did so before it started.
    started: i64,
}

impl Default for Servers {
    fn default() -> Self {
        let started = OffsetDateTime::now_utc().unix_timestamp() - CLOCKS_DIFFER_SECS;
        let (known, met, are_named) = (watch::Sender::default(), Mutex::default(), AtomicBool::default());
        Self { known, met, are_named, started }
    }
}

impl Servers {
    /// Notes that the bot was in `guild` before; its language is told later.
    pub fn expect(&self, guild: GuildId) {
        self.known.send_modify(|known| _ = known.entry(guild).or_default());
    }

    /// Notes that these were named when the bot was let in: it was in them before. Discord always names all; others may
    /// name none, and then tell of all.
    pub fn name(&self, guilds: impl Iterator<Item = GuildId>) {
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        for guild in guilds {
            self.are_named.store(true, Ordering::Relaxed);
            met.insert(guild);
        }
    }

    /// Notes the language of `guild`.
    pub fn tell(&self, guild: GuildId, language: Language) {
        self.known.send_modify(|known| _ = known.insert(guild, Some(language)));
    }

    /// Notes that the bot is in `guild`, which let it in at `joined`, in seconds since the Unix epoch; whether it did
    /// so just now. Discord tells the same of servers that come back after an outage, and of all at the start. Where none
    /// were named, those that are told of before this `is_settled` are not new, nor those that let the bot in long ago.
    pub(super) fn join(&self, guild: GuildId, joined: i64, language: Language, is_settled: bool) -> bool {
        let mut is_new = self.met.lock().unwrap_or_else(PoisonError::into_inner).insert(guild);
        self.known.send_modify(|known| is_new |= known.insert(guild, Some(language)).is_none());
        is_new && (self.are_named.load(Ordering::Relaxed) || is_settled && joined >= self.started)
    }

    /// Notes that the bot is no longer in `guild`.
    pub fn forget(&self, guild: GuildId) {
        self.known.send_modify(|known| _ = known.remove(&guild));
    }

    /// Whether the bot is in `guild`.
    #[must_use]
    pub fn has(&self, guild: GuildId) -> bool {
        self.known.borrow().contains_key(&guild)
    }

    /// The language of `guild`; English where it is not told in time, which is waited for once.
    pub async fn language(&self, guild: GuildId) -> Language {
        let mut known = self.known.subscribe();
        // A server that nothing is known of will not be told.
        let told = known.wait_for(|known| known.get(&guild) != Some(&None));
        let told = tokio::time::timeout(PATIENCE, told).await;
        if let Ok(told) = told {
            return told.ok().and_then(|known| known.get(&guild).copied().flatten()).unwrap_or_default();
        }
        let mut language = Language::default();
        self.known.send_modify(|known| {
            if let Some(told) = known.get_mut(&guild) {
                language = *told.get_or_insert(language);
            }
        });
        language
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_language_that_is_never_told_is_waited_for_once() {
        let (servers, guild) = (Servers::default(), GuildId::new(1));
        servers.expect(guild);
        let at_once = || tokio::time::timeout(Duration::ZERO, servers.language(guild));
        at_once().await.unwrap_err();
        assert_eq!(servers.language(guild).await, Language::English);
        assert_eq!(at_once().await, Ok(Language::English));
        servers.tell(guild, Language::German);
        assert_eq!(at_once().await, Ok(Language::German), "it may be told late");
    }
}
