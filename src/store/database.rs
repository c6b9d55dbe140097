//! A database: SQLite or PostgreSQL behind one face, so that every query is written once.
//!
//! Queries have `$1` placeholders and know three types: whole numbers, text, and numbers with a fraction. Everything
//! runs in a transaction.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::pool::PoolOptions;
use sqlx::postgres::{PgPool, PgRow};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqliteRow, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Decode, Postgres, Row as _, Sqlite, Type};

use super::fault::Fault;
use super::migrations;
use super::url::{Location, Url};

/// How many connections are open at most: one that writes and two that read. Each takes a thread and memory.
const CONNECTIONS: u32 = 3;

/// What each connection keeps of a SQLite file in memory, in KiB: little, as the system keeps the file as well.
const CACHE_KIB: u32 = 256;

/// How long to wait for a connection, or for another process that writes to the same SQLite file.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long to wait before trying again what SQLite does not wait for.
const MOMENT: Duration = Duration::from_millis(20);

/// The connections to one database.
#[derive(Debug, Clone)]
pub(super) enum Database {
    Sqlite(SqlitePool),
    Postgres(PgPool),
}

/// Work that happens as a whole or not at all; what is not committed is undone.
pub(super) enum Transaction {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

/// A query with its values.
pub(super) struct Query {
    sql: &'static str,
    values: Vec<Value>,
}

/// What a query found.
pub(super) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

/// A value of a query.
pub(super) enum Value {
    Whole(Option<i64>),
    Text(Option<String>),
    Number(Option<f64>),
}

/// A query to which values are bound in the order of their placeholders.
pub(super) fn query(sql: &'static str) -> Query {
    Query { sql, values: Vec::new() }
}

impl Database {
    /// The database at `url`; nothing is connected yet. A SQLite file grows to `page_limit` pages at most.
    pub(super) fn new(url: &Url, page_limit: Option<u32>) -> Self {
        match &url.0 {
            Location::Sqlite(path) => {
                let mut options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .busy_timeout(PATIENCE)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .pragma("cache_size", format!("-{CACHE_KIB}"))
                    // What is deleted is overwritten.
                    .pragma("secure_delete", "ON")
                    .disable_statement_logging();
                if let Some(pages) = page_limit {
                    options = options.pragma("max_page_count", pages.to_string());
                }
                Self::Sqlite(pool().connect_lazy_with(options))
            }
            Location::Postgres(options, _) => {
                let options = options.as_ref().clone().disable_statement_logging();
                Self::Postgres(pool().connect_lazy_with(options))
            }
        }
    }

    /// Brings the tables up to this version of Needle; what is there stays.
    pub(super) async fn migrate(&self) -> Result<(), Fault> {
        match self {
            Self::Sqlite(pool) => {
                make_file(pool.connect_options().get_filename())?;
                let started = Instant::now();
                loop {
                    match migrations::run_on_sqlite(pool).await {
                        // SQLite does not wait for another process that makes the same file at the moment.
                        Err(fault) if fault.is_passing() && started.elapsed() < PATIENCE => {
                            tokio::time::sleep(MOMENT).await;
                        }
                        outcome => return outcome,
                    }
                }
            }
            Self::Postgres(pool) => migrations::run_on_postgres(&pool.connect_options(), PATIENCE).await,
        }
    }

    /// Begins to read.
    pub(super) async fn read(&self) -> Result<Transaction, Fault> {
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin().await?),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }

    /// Begins to write. On SQLite, others who want to write wait from here on, not from the first change on, when it
    /// would be too late for those who have read already.
    pub(super) async fn write(&self) -> Result<Transaction, Fault> {
        Ok(match self {
            Self::Sqlite(pool) => Transaction::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Transaction::Postgres(pool.begin().await?),
        })
    }

    /// Takes what is deleted out of what SQLite has not yet moved to its file.
    pub(super) async fn tidy(&self) -> Result<(), Fault> {
        if let Self::Sqlite(pool) = self {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await?;
        }
        Ok(())
    }

    /// Closes all connections, once they are free.
    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Transaction {
    pub(super) async fn commit(self) -> Result<(), Fault> {
        match self {
            Self::Sqlite(transaction) => transaction.commit().await?,
            Self::Postgres(transaction) => transaction.commit().await?,
        }
        Ok(())
    }
}

/// A query of one database with the values of a [`Query`] bound.
macro_rules! bound {
    ($query:expr) => {
        $query.values.into_iter().fold(sqlx::query($query.sql), |query, value| match value {
            Value::Whole(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Number(value) => query.bind(value),
        })
    };
}

impl Query {
    pub(super) fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// Runs it; how many rows it changed.
    pub(super) async fn execute(self, transaction: &mut Transaction) -> Result<u64, Fault> {
        Ok(match transaction {
            Transaction::Sqlite(on) => bound!(self).execute(&mut **on).await?.rows_affected(),
            Transaction::Postgres(on) => bound!(self).execute(&mut **on).await?.rows_affected(),
        })
    }

    /// Runs it; all rows it found.
    pub(super) async fn rows(self, transaction: &mut Transaction) -> Result<Vec<Row>, Fault> {
        Ok(match transaction {
            Transaction::Sqlite(on) => bound!(self).fetch_all(&mut **on).await?.into_iter().map(Row::Sqlite).collect(),
            Transaction::Postgres(on) => {
                bound!(self).fetch_all(&mut **on).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// Runs it; the first row it found.
    pub(super) async fn row(self, transaction: &mut Transaction) -> Result<Option<Row>, Fault> {
        Ok(self.rows(transaction).await?.into_iter().next())
    }
}

impl Row {
    pub(super) fn whole(&self, column: &str) -> Result<i64, Fault> {
        self.value(column)
    }

    pub(super) fn maybe_whole(&self, column: &str) -> Result<Option<i64>, Fault> {
        self.value(column)
    }

    pub(super) fn text(&self, column: &str) -> Result<String, Fault> {
        self.value(column)
    }

    pub(super) fn maybe_text(&self, column: &str) -> Result<Option<String>, Fault> {
        self.value(column)
    }

    pub(super) fn maybe_number(&self, column: &str) -> Result<Option<f64>, Fault> {
        self.value(column)
    }

    fn value<T>(&self, column: &str) -> Result<T, Fault>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Whole(Some(value))
    }
}

impl From<Option<i64>> for Value {
    fn from(value: Option<i64>) -> Self {
        Self::Whole(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Whole(Some(value.into()))
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::from(Some(value))
    }
}

impl From<Option<&str>> for Value {
    fn from(value: Option<&str>) -> Self {
        // PostgreSQL's text holds no 0.
        Self::Text(value.map(|value| value.replace('\0', "")))
    }
}

impl From<Option<f64>> for Value {
    fn from(value: Option<f64>) -> Self {
        Self::Number(value)
    }
}

fn pool<DB: sqlx::Database>() -> PoolOptions<DB> {
    PoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE)
}

/// Makes the file of a new database, which on Unix nobody else may read: what members asked is in it.
fn make_file(path: &Path) -> Result<(), Fault> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path);
    made.map(drop).map_err(|error| Fault::Unusable(format!("the file cannot be opened for writing ({error})")))
}
