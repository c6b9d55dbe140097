//! The address of a store: which database, and where. It may hold a password, which is never shown.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;

/// What may stand behind `?` in the address of a PostgreSQL database. Others are refused: the driver would ignore them,
/// and log their values.
const POSTGRES_PARAMETERS: [&str; 17] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
];

/// Where a store is. `Display` and `Debug` show no user and no password.
#[derive(Clone)]
pub struct Url(pub(super) Location);

#[derive(Clone)]
pub(super) enum Location {
    Sqlite(PathBuf),
    /// The options, and how they are shown.
    Postgres(Box<PgConnectOptions>, String),
}

/// Why a text is no address of a store. Never repeats the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlFault {
    /// It begins in another way.
    #[error("expected an address that starts with sqlite:// or postgres://, such as sqlite://needle.db")]
    Scheme,
    /// It names no file.
    #[error("expected the path of a file after sqlite://, such as sqlite://needle.db or sqlite:///var/lib/needle.db")]
    NoFile,
    /// What survives no restart is no store.
    #[error("a database in memory forgets everything at a restart: expected the path of a file after sqlite://")]
    InMemory,
    /// It has parameters, of which there are none.
    #[error("an address that starts with sqlite:// takes nothing after `?` or `#`: expected the path of a file alone")]
    SqliteParameter,
    /// It cannot be taken apart.
    #[error(
        "expected postgres://user:password@host:port/database; in the password, write %40 for @, %3A for :, %2F for /, \
         %23 for #, %3F for ? and %25 for %"
    )]
    Postgres,
    /// It names no database.
    #[error("names no database: expected postgres://user:password@host:port/database")]
    NoDatabase,
    /// It has a parameter that is not known.
    #[error("has an unknown parameter after `?`: expected sslmode, sslrootcert, host, options or the like")]
    PostgresParameter,
}

impl Url {
    /// The SQLite database in the file at `path`.
    #[must_use]
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self(Location::Sqlite(path.into()))
    }

    /// The file, where it is a file.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &self.0 {
            Location::Sqlite(path) => Some(path),
            Location::Postgres(..) => None,
        }
    }
}

impl FromStr for Url {
    type Err = UrlFault;

    fn from_str(text: &str) -> Result<Self, UrlFault> {
        let text = text.trim();
        let (scheme, rest) = text.split_once(':').ok_or(UrlFault::Scheme)?;
        match scheme.to_ascii_lowercase().as_str() {
            "sqlite" => sqlite(rest),
            "postgres" | "postgresql" => postgres(text, rest),
            _ => Err(UrlFault::Scheme),
        }
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Location::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Location::Postgres(_, shown) => f.write_str(shown),
        }
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Url({self})")
    }
}

impl PartialEq for Url {
    /// Whether both are shown alike.
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

fn sqlite(rest: &str) -> Result<Url, UrlFault> {
    if rest.contains(":memory:") || rest.contains("mode=memory") {
        return Err(UrlFault::InMemory);
    }
    let path = rest.strip_prefix("//").ok_or(UrlFault::NoFile)?;
    if path.contains(['?', '#']) {
        return Err(UrlFault::SqliteParameter);
    }
    let is_file = !path.is_empty() && !path.ends_with('/') && !path.contains('\0');
    if is_file { Ok(Url::sqlite(path)) } else { Err(UrlFault::NoFile) }
}

fn postgres(text: &str, rest: &str) -> Result<Url, UrlFault> {
    let address = rest.strip_prefix("//").ok_or(UrlFault::Postgres)?;
    let parameters = address.split_once('?').map_or("", |(_, parameters)| parameters);
    let names = || parameters.split('&').filter_map(|parameter| parameter.split('=').next());
    let is_known = |name: &str| name.is_empty() || name.starts_with("options[") || POSTGRES_PARAMETERS.contains(&name);
    if !names().all(is_known) {
        return Err(UrlFault::PostgresParameter);
    }
    let options = PgConnectOptions::from_str(text).map_err(|_| UrlFault::Postgres)?;
    let Some(database) = options.get_database() else {
        return Err(UrlFault::NoDatabase);
    };
    let host = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => options.get_host().to_owned(),
    };
    let shown = format!("postgres://{host}:{}/{database}", options.get_port());
    Ok(Url(Location::Postgres(Box::new(options), shown)))
}
