//! The store, on SQLite and on PostgreSQL: every test runs on both, on databases of its own.
//!
//! PostgreSQL is the server at `NEEDLE_TEST_POSTGRES_URL`; without that variable, a line says that it was left out.

mod cards;
mod counting;
mod forgetting;
mod line;
mod migrations;
mod opening;
pub mod outage;
mod recorder;
mod settings;
mod unanswered;

use std::env;
use std::io::Write as _;
use std::ops::Deref;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::FutureExt as _;
use needle::redaction::Redacted;
use needle::store::{ChannelId, Closest, Key, MessageId, Miss, Options, Origin, ServerId, Store, Timestamp, Url};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;

const POSTGRES: &str = "NEEDLE_TEST_POSTGRES_URL";

const SERVER: ServerId = ServerId(1_001);
const OTHER_SERVER: ServerId = ServerId(1_002);

/// Some day at noon.
pub const NOON: Timestamp = Timestamp(1_795_435_200);

/// An empty database; its address as Needle takes it.
pub struct Place {
    url: Url,
    /// The address as the driver takes it.
    pub raw: String,
}

impl Deref for Place {
    type Target = Url;

    fn deref(&self) -> &Url {
        &self.url
    }
}

impl Place {
    fn file(path: &Path) -> Self {
        Self { url: Url::sqlite(path), raw: format!("sqlite://{}?mode=rwc", path.display()) }
    }

    /// Has another program than Needle execute `sql`.
    async fn execute(&self, sql: &str) {
        let sql = AssertSqlSafe(sql);
        if self.url.file().is_some() {
            sqlx::query(sql).execute(&mut SqliteConnection::connect(&self.raw).await.unwrap()).await.unwrap();
        } else {
            sqlx::query(sql).execute(&mut PgConnection::connect(&self.raw).await.unwrap()).await.unwrap();
        }
    }
}

/// Runs `test` on an empty SQLite database and, where there is a server, on an empty PostgreSQL one.
#[expect(clippy::needless_pass_by_value, reason = "written in place")]
pub fn on_both(test: impl AsyncFn(&Place)) {
    on_sqlite(&test);
    on_postgres(&test);
}

/// Runs `test` on an empty SQLite database.
pub fn on_sqlite(test: &impl AsyncFn(&Place)) {
    let folder = TempDir::new().expect("a temporary folder");
    runtime().block_on(test(&Place::file(&folder.path().join("needle.db"))));
}

/// Runs `test` on an empty PostgreSQL database: a schema that goes with the test.
fn on_postgres(test: &impl AsyncFn(&Place)) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let Some(server) = postgres() else { return };
    let schema = format!("needle_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let separator = if server.contains('?') { '&' } else { '?' };
    let raw = format!("{server}{separator}options=-c%20search_path%3D{schema}");
    let place = Place { url: raw.parse().expect("an address"), raw };
    runtime().block_on(async {
        place.execute(&format!("CREATE SCHEMA {schema}")).await;
        let outcome = AssertUnwindSafe(test(&place)).catch_unwind().await;
        place.execute(&format!("DROP SCHEMA {schema} CASCADE")).await;
        outcome.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    });
}

/// The address of the PostgreSQL server; says so, once, where there is none.
fn postgres() -> Option<String> {
    static SAID: Once = Once::new();
    let url = env::var(POSTGRES).ok().filter(|url| !url.is_empty());
    if url.is_none() {
        // Not `eprintln!`, which the test runner keeps to itself.
        SAID.call_once(|| drop(writeln!(std::io::stderr(), "store: PostgreSQL skipped, {POSTGRES} is not set")));
    }
    url
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
}

/// The store at `url`, open.
async fn open(url: &Url) -> Store {
    let store = Store::new(url, Options::default());
    store.open().await.expect("the store opens");
    store
}

fn key() -> Key {
    Key::new(b"a secret")
}

/// A miss of `text` in [`SERVER`], in the message of this number.
pub fn miss(text: &str, message: u64) -> Miss {
    Miss {
        origin: Origin { server: Some(SERVER), channel: Some(ChannelId(2_001)), message: Some(MessageId(message)) },
        text: Redacted::new(text),
        wording: key().wording(&text.to_lowercase()),
        closest: vec![closest("pots/water", 0.25), closest("pots/light", 0.125)],
        at: Timestamp(NOON.0 + i64::try_from(message).unwrap()),
    }
}

fn closest(entry: &str, score: f32) -> Closest {
    Closest { entry: entry.to_owned(), score, rejected: false }
}
