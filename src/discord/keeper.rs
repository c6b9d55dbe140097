//! The keeper: the bot's way to the store. What is to be kept goes to its recorder, which nobody waits for; what has
//! had its time is deleted by itself, again and again.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use serenity::model::id::{GuildId, UserId};
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::config::Token;
use crate::redaction::Redacted;
use crate::store::{
    Fault, Key, MemberId, MessageId, Notice, Origin, Record, Recorder, ServerId, ServerSettings, SettingsCache,
    SettledWordings, Store, Timestamp, UnansweredId, WordingHash,
};

use super::session::Pace;
use super::tending::tend;
use super::wake::Wake;

/// How long somebody who waits for an answer may wait for the store: Discord wants one within 3 s.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often a question is looked for that somebody wants to be told about, and the pause in between: the button is
/// there to be pressed a moment before the question is recorded.
const LOOKS: u32 = 5;
const LOOK_PAUSE: Duration = Duration::from_millis(100);

/// What a bot keeps, and where.
#[derive(Debug, Clone)]
pub struct Keep {
    /// Where; it need not be reachable yet.
    pub store: Store,
    /// For how long the text of a question that was not answered is kept.
    pub retention: Duration,
    /// What time it is.
    pub clock: Clock,
}

/// What tells the time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that shows what `now` returns.
    #[must_use]
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0()
    }
}

impl Default for Clock {
    /// The clock of the system.
    fn default() -> Self {
        Self::new(Timestamp::now)
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now().0)
    }
}

/// What came of somebody's wish to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// It is kept.
    Noted,
    /// Its question is not kept, or not any more.
    Gone,
    /// The store does not answer.
    Away,
}

/// Keeps what is to be kept.
pub(super) struct Keeper {
    pub(super) store: Store,
    recorder: Recorder,
    /// Held while it is noted which servers the bot is in.
    pub(super) membership: Mutex<()>,
    pub(super) settings: SettingsCache,
    /// What is not kept when it is asked again, as last seen.
    settled: ArcSwap<SettledWordings>,
    pub(super) key: Key,
    pub(super) wake: Wake,
    retention: Duration,
    clock: Clock,
}

impl Keeper {
    /// Takes the store of `keep` into use, with hashes that belong to the bot of this token.
    pub(super) fn new(keep: Keep, token: &Token, pace: &Pace) -> Self {
        let Keep { store, retention, clock } = keep;
        let settings = SettingsCache::new(store.clone());
        let recorder = Recorder::start(store.clone(), pace.records);
        let key = Key::new(token.expose().as_bytes());
        let (membership, settled, wake) = (Mutex::default(), ArcSwap::default(), Wake::default());
        Self { store, recorder, membership, settings, settled, key, wake, retention, clock }
    }

    /// Makes the tables, or brings them up to date, and reads all settings; gives up after `patience`. That the store
    /// is away keeps nobody from being answered.
    pub(super) async fn open(&self, patience: Duration) {
        let url = self.store.url();
        match tokio::time::timeout(patience, self.settings.refresh()).await {
            Ok(Ok(_)) => tracing::info!("the store is {url}"),
            Ok(Err(fault)) => tracing::error!("{url}: {fault}; members are answered all the same"),
            Err(_) => tracing::error!("{url}: no answer in time; members are answered all the same"),
        }
    }

    /// Has something written soon, and waits for nothing; `false` where it will not be, which the recorder counts and
    /// logs.
    pub(super) fn record(&self, record: Record) -> bool {
        let is_on_cards = matches!(record, Record::Miss(_) | Record::Forget(_) | Record::ForgetChannel(_));
        let is_accepted = self.recorder.record(record);
        if is_on_cards {
            self.wake.cards();
        }
        is_accepted
    }

    /// Whether a question of this wording, asked in a server or with `None` directly, is kept when it is recorded now.
    pub(super) fn keeps(&self, server: Option<ServerId>, wording: &WordingHash) -> bool {
        self.is_well() && !self.settled.load().has(server, wording)
    }

    /// Whether the store was there when it was last needed, so that what is recorded now is kept also where the end
    /// comes soon.
    pub(super) fn is_well(&self) -> bool {
        self.recorder.is_well() && !self.settings.is_away()
    }

    /// Looks which wordings are settled. To be called after settling, too, so that it counts at once.
    ///
    /// # Errors
    /// When the store cannot be read; what was known stays.
    pub(super) async fn refresh_settled(&self) -> Result<(), Fault> {
        self.settled.store(Arc::new(self.store.settled_wordings().await?));
        Ok(())
    }

    /// Waits until all that was recorded so far is written; `false` where that takes too long.
    pub(super) async fn flush(&self) -> bool {
        self.recorder.flush(PATIENCE).await
    }

    /// Notes that a member wants to be told when the question known by `message` is answered. Where its message may not
    /// be known yet, it is `shown` where it was asked and in which words.
    pub(super) async fn want_notice(
        &self,
        message: MessageId,
        notice: Notice,
        shown: Option<(Origin, Redacted)>,
    ) -> Wanted {
        let noted = async {
            for _ in 0..LOOKS {
                if !self.flush().await {
                    return Ok(Wanted::Away);
                }
                if let Some(question) = self.store.unanswered_of_message(message).await? {
                    return self.note_wanted(question, notice).await;
                }
                tokio::time::sleep(LOOK_PAUSE).await;
            }
            let Some((asked, text)) = shown else { return Ok(Wanted::Gone) };
            match self.store.place_miss(asked, &text).await? {
                Some(question) => self.note_wanted(question, notice).await,
                None => Ok(Wanted::Gone),
            }
        };
        in_time("nobody is noted to be told", noted).await.unwrap_or(Wanted::Away)
    }

    async fn note_wanted(&self, question: UnansweredId, notice: Notice) -> Result<Wanted, Fault> {
        let is_noted = self.store.want_notice(question, notice, self.now()).await?;
        Ok(if is_noted { Wanted::Noted } else { Wanted::Gone })
    }

    /// Notes of a question that is shown as asked in these words that it is known by its message, where that is not
    /// known yet, so that it goes with it.
    pub(super) async fn place_miss(&self, origin: Origin, text: &Redacted) {
        let placed = async {
            self.flush().await;
            self.store.place_miss(origin, text).await
        };
        let _ = in_time("it is not noted where a question is shown", placed).await;
    }

    /// What time it is.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// What the moderators of `guild` chose; in direct messages nothing was chosen.
    pub(super) fn settings_of(&self, guild: Option<GuildId>) -> Arc<ServerSettings> {
        guild.map_or_else(Arc::default, |guild| self.settings.of(ServerId(guild.get())))
    }

    /// Changes what the moderators of a server chose; in force when this returns. `false` where the store cannot do it
    /// in time, and nothing has changed.
    pub(super) async fn change_settings(
        &self,
        guild: GuildId,
        change: impl FnOnce(&mut ServerSettings) + Send,
    ) -> bool {
        let changed = self.settings.change(ServerId(guild.get()), self.now(), change);
        let is_changed = in_time("settings are not changed", changed).await.is_some();
        // Where there is a channel for them now, cards can be posted.
        self.wake.cards();
        is_changed
    }

    /// Deletes all votes of a member, and what they wait to be told; `false` where the store cannot do it in time.
    pub(super) async fn forget_member(&self, member: UserId) -> bool {
        let member = MemberId(member.get());
        let forgotten = async {
            // What waits would be written behind it.
            if !self.flush().await {
                return Ok(false);
            }
            self.store.forget_member(member, &self.key.member(member)).await.map(|()| true)
        };
        in_time("a member is not forgotten", forgotten).await == Some(true)
    }

    /// For how many days the text of a question that was not answered is kept.
    pub(super) fn retention_days(&self) -> u64 {
        days(self.retention)
    }

    /// Starts what goes on beside answering, for as long as the set is kept: looking for settings that were changed
    /// elsewhere, and deleting what has had its time.
    pub(super) fn tend(self: &Arc<Self>, pace: &Pace) -> JoinSet<Infallible> {
        let mut tasks = JoinSet::new();
        let again = pace.forget_again;
        let (keeper, every) = (Arc::clone(self), pace.settings);
        let follow = move || {
            let keeper = Arc::clone(&keeper);
            async move {
                loop {
                    keeper.settings.follow(every).await;
                }
            }
        };
        tasks.spawn(tend("looking for changed settings", again, follow));
        let (keeper, pace) = (Arc::clone(self), pace.clone());
        let forget = move || {
            let (keeper, pace) = (Arc::clone(&keeper), pace.clone());
            async move { keeper.forget_expired(&pace).await }
        };
        tasks.spawn(tend("deleting what has had its time", again, forget));
        tasks
    }

    /// Deletes what has had its time, for ever.
    async fn forget_expired(&self, pace: &Pace) -> Infallible {
        loop {
            let pause = match self.store.forget_expired(self.now(), self.retention).await {
                Ok(()) => pace.forget,
                Err(fault) => {
                    tracing::warn!("what has had its time is not deleted yet: {fault}");
                    pace.forget_again
                }
            };
            tokio::time::sleep(pause).await;
        }
    }

    /// Writes what waits, until `deadline` at the latest; nothing is accepted any more.
    pub(super) async fn close(&self, deadline: Instant) {
        let left = deadline.saturating_duration_since(Instant::now());
        self.recorder.close(left).await;
        // What is lost at the end is said by the recorder; a connection that hangs is left to the end of the process.
        let _ = tokio::time::timeout_at(deadline, self.store.close()).await;
    }
}

/// What the store answered; `None`, and a line in the log, where it could not or took too long.
pub(super) async fn in_time<T>(failing: &str, answer: impl Future<Output = Result<T, Fault>>) -> Option<T> {
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(answer)) => Some(answer),
        Ok(Err(fault)) => {
            tracing::warn!("{failing}: {fault}");
            None
        }
        Err(_) => {
            tracing::warn!("{failing}: the store does not answer in time");
            None
        }
    }
}

/// How many whole days a time has.
pub(super) fn days(time: Duration) -> u64 {
    time.as_secs() / (24 * 60 * 60)
}
