//! Migrations: the steps that bring a database to this version of Needle, in order, as built into the program.
//!
//! A step that has been released is never changed. A new one is a file in each folder below `migrations`, a line here,
//! and data of the version before it in `tests/it/store/migrations.rs`.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType};

/// A number, a name, and the step for each database.
macro_rules! steps {
    ($folder:literal) => {
        vec![step(1, "initial", include_str!(concat!("../../migrations/", $folder, "/0001_initial.sql")))]
    };
}

/// The steps for SQLite.
pub(super) fn sqlite() -> Vec<Migration> {
    steps!("sqlite")
}

/// The steps for PostgreSQL.
pub(super) fn postgres() -> Vec<Migration> {
    steps!("postgres")
}

fn step(version: i64, name: &'static str, sql: &'static str) -> Migration {
    Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
}
