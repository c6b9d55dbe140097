//! Tallies: how often something happened to an entry on a day, and nothing about whom it happened to.

use super::Store;
use super::database::{Transaction, query};
use super::fault::Fault;
use super::ids::{ServerId, Timestamp, server_column};
use super::misses::unknown;

/// Something that happened to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// It was given as the answer.
    Answered,
    /// It was offered as a suggestion.
    Suggested,
    /// A member chose it from suggestions or related questions.
    Chosen,
    /// It was offered, and the member said that none fits.
    Rejected,
}

/// How often something happened to an entry on a day in a server.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tally {
    /// `None` for direct messages.
    pub server: Option<ServerId>,
    /// Any moment of the day; the first second of it when it comes from the store.
    pub day: Timestamp,
    /// The entry's id.
    pub entry: String,
    /// What happened.
    pub event: Event,
}

impl Event {
    const ALL: [Self; 4] = [Self::Answered, Self::Suggested, Self::Chosen, Self::Rejected];

    fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Suggested => "suggested",
            Self::Chosen => "chosen",
            Self::Rejected => "rejected",
        }
    }
}

impl Store {
    /// What happened from the day of `from` on up to the day of `to`, with how often, in the order of [`Tally`]; in one
    /// server, or with `None` everywhere.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn tallies(
        &self,
        server: Option<ServerId>,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(Tally, u64)>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(
            "SELECT server, day, entry, event, times FROM tally
            WHERE ($1 = 1 OR server = $2) AND day >= $3 AND day <= $4",
        );
        let rows = rows.bind(server.is_none()).bind(server_column(server)).bind(from.day().0).bind(to.day().0);
        let mut tallies = Vec::new();
        for row in rows.rows(&mut transaction).await? {
            let name = row.text("event")?;
            let event = Event::ALL.into_iter().find(|event| event.name() == name);
            let tally = Tally {
                server: super::ids::server_of_column(row.whole("server")?),
                day: Timestamp(row.whole("day")?),
                entry: row.text("entry")?,
                event: event.ok_or_else(|| unknown("event", &name))?,
            };
            tallies.push((tally, row.whole("times")?.unsigned_abs()));
        }
        tallies.sort();
        Ok(tallies)
    }
}

/// Counts `times` more.
pub(super) async fn add(transaction: &mut Transaction, tally: &Tally, times: i64) -> Result<(), Fault> {
    let add = query(
        "INSERT INTO tally (server, day, entry, event, times) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (server, day, entry, event) DO UPDATE SET times = tally.times + excluded.times",
    );
    let add = add
        .bind(server_column(tally.server))
        .bind(tally.day.day().0)
        .bind(tally.entry.as_str())
        .bind(tally.event.name())
        .bind(times);
    add.execute(transaction).await?;
    Ok(())
}
