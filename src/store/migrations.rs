//! Migrations: the steps that bring a database to this version of Needle, in order, as built into the program.
//!
//! A step that has been released is never changed. A new one is a file in each folder below `migrations`, a line here,
//! and data of the version before it in `tests/it/store/migrations.rs`.

use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::SqlitePool;
use sqlx::{Connection as _, SqlSafeStr as _};

use super::fault::Fault;

/// A number, a name, and the step for each database.
macro_rules! steps {
    ($folder:literal) => {
        vec![
            step(1, "initial", include_str!(concat!("../../migrations/", $folder, "/0001_initial.sql"))),
            step(2, "inbox", include_str!(concat!("../../migrations/", $folder, "/0002_inbox.sql"))),
            step(3, "misses", include_str!(concat!("../../migrations/", $folder, "/0003_misses.sql"))),
            step(4, "compared", include_str!(concat!("../../migrations/", $folder, "/0004_compared.sql"))),
        ]
    };
}

/// Runs the steps that a SQLite database has not seen.
pub(super) async fn run_on_sqlite(pool: &SqlitePool) -> Result<(), Fault> {
    let migrator = Migrator::with_migrations(steps!("sqlite"));
    // The driver locks only PostgreSQL while it migrates; here, the transaction around it does.
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    migrator.run_direct(None, &mut *transaction, false).await?;
    transaction.commit().await?;
    Ok(())
}

/// Runs the steps that a PostgreSQL database has not seen, connected within `patience`.
pub(super) async fn run_on_postgres(options: &PgConnectOptions, patience: Duration) -> Result<(), Fault> {
    let migrator = Migrator::with_migrations(steps!("postgres"));
    // On a connection of its own: a pool would keep the reason why there is none to itself, and the lock of a migration
    // that failed.
    let connecting = tokio::time::timeout(patience, PgConnection::connect_with(options)).await;
    let mut connection = connecting.map_err(|_| sqlx::Error::PoolTimedOut)??;
    migrator.run_direct(None, &mut connection, false).await?;
    // The work is done; how it says goodbye does not matter.
    let _ = connection.close().await;
    Ok(())
}

fn step(version: i64, name: &'static str, sql: &'static str) -> Migration {
    Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
}
