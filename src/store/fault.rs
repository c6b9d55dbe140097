//! Faults: why the store did not do what it was asked, sorted by what a caller does about it. None repeats an address,
//! so that no password can be in it.

use std::error::Error as _;

use sqlx::migrate::MigrateError;

/// Why the store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database cannot be reached, is locked or is full. Trying again later may succeed.
    #[error("the database cannot be used now: {0}")]
    Away(String),
    /// The database cannot be used until a person changes something.
    #[error("the database cannot be used: {0}")]
    Unusable(String),
    /// The database is of a later version of Needle.
    #[error(
        "the database was last used by a newer version of Needle, with migration {0}: run that version, or restore a copy \
         from before"
    )]
    Newer(i64),
    /// What was to be written breaks a rule of the database, and would break it again.
    #[error("the database refuses what was to be written: {0}")]
    Rejected(String),
}

impl Fault {
    /// Whether trying again later may succeed without anybody's help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Away(_))
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default();
                let message = database.message();
                // SQLite's codes are numbers, PostgreSQL's have five characters.
                match code.parse::<i32>().ok().filter(|_| code.len() < 5) {
                    Some(code) => of_sqlite(code, message),
                    None => of_postgres(&code, message),
                }
            }
            sqlx::Error::PoolTimedOut => Self::Away("it takes too long to connect".to_owned()),
            sqlx::Error::Tls(cause) => Self::Unusable(format!("no safe connection: {cause}")),
            sqlx::Error::Encode(cause) => Self::Rejected(cause.to_string()),
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::ColumnNotFound(_) | sqlx::Error::Decode(_) => {
                Self::Unusable(format!("it holds what Needle does not write: {error}"))
            }
            _ => Self::Away(error.to_string()),
        }
    }
}

impl From<MigrateError> for Fault {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            MigrateError::VersionMissing(version) => Self::Newer(version),
            MigrateError::VersionMismatch(version) => Self::Unusable(format!(
                "its migration {version} is not the one of this version of Needle: restore a copy from before"
            )),
            // The library's own words, with the cause that they leave out.
            other => Self::Unusable(match other.source() {
                Some(cause) => format!("{other}: {cause}"),
                None => other.to_string(),
            }),
        }
    }
}

/// The meaning of one of SQLite's result codes; the lowest byte is the kind.
fn of_sqlite(code: i32, message: &str) -> Fault {
    match code & 0xff {
        // A table that is not there, or there already though it is not ours.
        1 => Fault::Unusable(message.to_owned()),
        8 => Fault::Unusable(format!("it cannot be written ({message}): check who may write the file and its folder")),
        11 | 26 => Fault::Unusable(format!(
            "the file is damaged, or no SQLite database ({message}): restore a copy, or move it away to start anew"
        )),
        14 => Fault::Unusable(format!(
            "the file cannot be opened ({message}): check that its folder is there and who may write there"
        )),
        // Too big, a constraint, a mismatch of types, a parameter too many.
        18 | 19 | 20 | 25 => Fault::Rejected(message.to_owned()),
        _ => Fault::Away(message.to_owned()),
    }
}

/// The meaning of one of PostgreSQL's error codes; the first two characters are the class.
fn of_postgres(code: &str, message: &str) -> Fault {
    match (&code[..code.len().min(2)], code) {
        // What it belongs to was deleted at the same moment: the next time, it is made anew.
        (_, "23503") => Fault::Away(message.to_owned()),
        // Not to be represented, breaks a rule, larger than can be.
        ("22" | "23" | "54", _) => Fault::Rejected(message.to_owned()),
        // Not let in; no such database or schema; not allowed, or a table that is not there.
        ("28" | "3D" | "3F" | "42", _) => Fault::Unusable(message.to_owned()),
        _ => Fault::Away(message.to_owned()),
    }
}
