//! An outage: a database that cannot be written to for a while. A server is out of reach altogether; of a file, another
//! process does not let go.

use needle::store::Url;
use sqlx::{Connection as _, SqliteConnection};

use super::Place;
use super::line::Line;

/// What befalls a database.
pub enum Outage {
    File { raw: String, other: Option<SqliteConnection> },
    Server(Line),
}

impl Outage {
    /// What befalls the database at `place` for those who use the address that is returned, too.
    pub async fn of(place: &Place) -> (Self, Url) {
        if place.file().is_some() {
            return (Self::File { raw: place.raw.clone(), other: None }, place.url.clone());
        }
        let line = Line::to(&place.raw).await;
        let url = line.url(&place.raw);
        (Self::Server(line), url)
    }

    pub async fn begins(&mut self) {
        match self {
            Self::File { raw, other } => *other = Some(occupied(raw).await),
            Self::Server(line) => line.cut(),
        }
    }

    pub async fn ends(&mut self) {
        match self {
            Self::File { other, .. } => other.take().expect("it has begun").close().await.expect("an end"),
            Self::Server(line) => line.mend(),
        }
    }
}

/// The SQLite database at `raw`, which another process writes to until it is given back.
pub async fn occupied(raw: &str) -> SqliteConnection {
    let mut other = SqliteConnection::connect(raw).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    other
}
