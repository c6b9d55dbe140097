//! The store: what must survive a restart, in a SQLite file or a PostgreSQL database. SQL is written only here.
//!
//! Kept are questions that were not answered, votes, tallies, the settings of servers, and who wants to be told what;
//! `docs/store.md` lists what of them and for how long. The text of an answered question reaches the store only
//! where somebody said that the answer did not help.
//!
//! While answering, nothing waits for a [`Store`]: what happens goes to a [`Recorder`], which writes it when it can.

mod cards;
mod database;
mod fault;
mod forgetting;
mod ids;
mod joining;
mod key;
mod migrations;
mod misses;
mod notices;
mod recorder;
mod review;
mod server_settings;
mod settings_cache;
mod tallies;
mod url;
mod votes;

use std::sync::Arc;

use tokio::sync::OnceCell;

pub use cards::CardMessage;
pub use fault::Fault;
pub use forgetting::SERVER_KEPT;
pub use ids::{ChannelId, MemberId, MessageId, RoleId, ServerId, Timestamp, UnansweredId};
pub use key::{Key, MemberHash, WordingHash};
pub use misses::{Closest, Listing, Miss, Origin, Settled, UnansweredQuestion, Verdict};
pub use notices::{Due, NOTICE_KEPT, Notice};
pub use recorder::{Figures, Pace, Record, Recorder};
pub use review::{Open, SettledWordings};
pub use server_settings::{Bounds, ServerSettings};
pub use settings_cache::SettingsCache;
pub use tallies::{Event, Tally};
pub use url::{Url, UrlFault};
pub use votes::{Reason, Vote, Votes};

use database::{Database, Transaction};

/// A database with Needle's tables. A clone is the same database.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    url: Url,
    database: Database,
    is_migrated: OnceCell<()>,
}

/// How a store is opened.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The most pages that a SQLite file may grow to; a page has 4,096 bytes.
    pub page_limit: Option<u32>,
}

impl Store {
    /// The store at `url`. Nothing is connected or made yet.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[must_use]
    pub fn new(url: &Url, options: Options) -> Self {
        let database = Database::new(url, options.page_limit);
        Self { inner: Arc::new(Inner { url: url.clone(), database, is_migrated: OnceCell::new() }) }
    }

    /// Connects, makes the tables or brings them up to date. Everything else does so first, too, when this has not
    /// gone well yet.
    ///
    /// # Errors
    /// When the database cannot be used now ([`Fault::is_passing`]), or not as it is.
    pub async fn open(&self) -> Result<(), Fault> {
        let Inner { database, is_migrated, .. } = &*self.inner;
        is_migrated.get_or_try_init(|| database.migrate()).await.copied()
    }

    /// Where it is; shown without user and password.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.inner.url
    }

    /// Waits for what is under way and closes all connections.
    pub async fn close(&self) {
        self.inner.database.close().await;
    }

    async fn read(&self) -> Result<Transaction, Fault> {
        self.open().await?;
        self.inner.database.read().await
    }

    async fn write(&self) -> Result<Transaction, Fault> {
        self.open().await?;
        self.inner.database.write().await
    }
}
