//! Servers: those that the bot is in, with the language of each. Told by the gateway; nothing is asked for.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

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
    known: watch::Sender<HashMap<GuildId, Known>>,
    /// Whether any were ever named when the bot was let in.
    are_named: AtomicBool,
    /// Servers that let the bot in before, in seconds since the Unix epoch, did so before it started.
    started: i64,
}

/// What is known of a server.
#[derive(Debug, Default)]
struct Known {
    language: Option<Language>,
    /// Whether it was named when the bot was let in, or told of since.
    is_met: bool,
    /// When the gateway last told that the bot is in it.
    told: Option<Instant>,
}

impl Default for Servers {
    fn default() -> Self {
        let started = OffsetDateTime::now_utc().unix_timestamp() - CLOCKS_DIFFER_SECS;
        Self { known: watch::Sender::default(), are_named: AtomicBool::default(), started }
    }
}

impl Servers {
    /// Notes that `guilds` were named when the bot was let in: it was in them before, and is told their
    /// languages later. Discord always names all; others may name none, and then tell of all.
    pub fn name(&self, guilds: &[GuildId]) {
        self.are_named.fetch_or(!guilds.is_empty(), Ordering::Relaxed);
        self.known.send_modify(|known| {
            for guild in guilds {
                known.entry(*guild).or_default().is_met = true;
            }
        });
    }

    /// Notes that the bot is in no others of the servers for which `is_told_of` than in `guilds`, and those that it was
    /// told of within the last `settle`: events are handled in no order.
    pub fn keep_only(&self, guilds: &[GuildId], settle: Duration, is_told_of: impl Fn(GuildId) -> bool) {
        let is_new = |known: &Known| known.told.is_some_and(|told| told.elapsed() < settle);
        self.known.send_modify(|known| {
            known.retain(|guild, known| !is_told_of(*guild) || guilds.contains(guild) || is_new(known));
        });
    }

    /// Notes that something was told of `guild` that is told only of servers that the bot is in; whether nothing was
    /// known of it.
    pub(super) fn meet(&self, guild: GuildId) -> bool {
        if self.has(guild) {
            return false;
        }
        // Who says nothing of the server says nothing of its language: nobody waits for it.
        let known = Known { language: Some(Language::default()), is_met: false, told: Some(Instant::now()) };
        self.known.send_modify(|all| _ = all.entry(guild).or_insert(known));
        true
    }

    /// Whether servers were named when the bot was let in, as Discord does.
    pub(super) fn are_named(&self) -> bool {
        self.are_named.load(Ordering::Relaxed)
    }

    /// Notes the language of `guild`.
    pub fn tell(&self, guild: GuildId, language: Language) {
        self.known.send_modify(|known| known.entry(guild).or_default().language = Some(language));
    }

    /// Notes that the bot is in `guild`, which let it in at `joined`, in seconds since the Unix epoch; whether it did
    /// so just now. Discord tells the same of servers that come back after an outage, and of all at the start. Where
    /// none were named, those that are told of before this `is_settled` are not new, nor those that let the bot in long
    /// ago.
    pub(super) fn join(&self, guild: GuildId, joined: i64, language: Language, is_settled: bool) -> bool {
        let mut is_new = false;
        let told = Known { language: Some(language), is_met: true, told: Some(Instant::now()) };
        self.known.send_modify(|known| is_new = known.insert(guild, told).is_none_or(|before| !before.is_met));
        is_new && (self.are_named() || is_settled && joined >= self.started)
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
        let told = known.wait_for(|known| known.get(&guild).is_none_or(|known| known.language.is_some()));
        let told = tokio::time::timeout(PATIENCE, told).await;
        if let Ok(told) = told {
            return told.ok().and_then(|known| known.get(&guild)?.language).unwrap_or_default();
        }
        let mut language = Language::default();
        self.known.send_modify(|known| {
            if let Some(known) = known.get_mut(&guild) {
                language = *known.language.get_or_insert(language);
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
        servers.name(&[guild]);
        let at_once = || tokio::time::timeout(Duration::ZERO, servers.language(guild));
        at_once().await.unwrap_err();
        assert_eq!(servers.language(guild).await, Language::English);
        assert_eq!(at_once().await, Ok(Language::English));
        servers.tell(guild, Language::German);
        assert_eq!(at_once().await, Ok(Language::German), "it may be told late");
    }

    #[test]
    fn what_is_not_named_is_left_unless_it_was_told_of_just_now() {
        let (servers, [named, missing, joined, elsewhere]) = (Servers::default(), [1, 2, 3, 4].map(GuildId::new));
        servers.name(&[named, missing, elsewhere]);
        servers.join(joined, 0, Language::English, true);
        let is_told_of = |guild| guild != elsewhere;
        servers.keep_only(&[named], Duration::MAX, is_told_of);
        assert_eq!([named, missing, joined, elsewhere].map(|guild| servers.has(guild)), [true, false, true, true]);
        servers.keep_only(&[named], Duration::ZERO, is_told_of);
        assert_eq!([named, missing, joined, elsewhere].map(|guild| servers.has(guild)), [true, false, false, true]);
    }
}
