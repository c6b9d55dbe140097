//! Misses: questions that were not answered. Those that ask the same join one [`UnansweredQuestion`].

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::redaction::Redacted;

use super::Store;
use super::cards::CardMessage;
use super::database::{Row, Transaction, query};
use super::fault::Fault;
use super::ids::{ChannelId, MemberId, MessageId, ServerId, Timestamp, UnansweredId, server_column, server_of_column};
use super::key::WordingHash;

/// For how long after a phrasing was added the same question may still be missed by answers that were under way.
const ADDED_GRACE: Duration = Duration::from_mins(1);

/// One question that was not answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Miss {
    /// Where.
    pub origin: Origin,
    /// The member's words.
    pub text: Redacted,
    /// What makes it the same question as another.
    pub wording: WordingHash,
    /// What came closest, best first.
    pub closest: Vec<Closest>,
    /// When.
    pub at: Timestamp,
}

/// Where something was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// `None` in direct messages.
    pub server: Option<ServerId>,
    /// Not kept of direct messages, where it would say who asked.
    pub channel: Option<ChannelId>,
    /// The message with the question, or whatever message it is known by. A second miss by the same message replaces
    /// the first.
    pub message: Option<MessageId>,
}

/// An entry that came close.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Closest {
    /// The entry's id.
    pub entry: String,
    /// Its score, in `0..=1`.
    pub score: f32,
    /// Whether the member was shown it and said that it does not answer the question.
    pub rejected: bool,
}

/// A question that was not answered, with all who asked it.
#[derive(Debug, Clone, PartialEq)]
pub struct UnansweredQuestion {
    /// Its number.
    pub id: UnansweredId,
    /// `None` for direct messages.
    pub server: Option<ServerId>,
    /// The words of the first who asked it, of those that are kept.
    pub text: String,
    /// What came closest to them, best first.
    pub closest: Vec<Closest>,
    /// Where these words are.
    pub channel: Option<ChannelId>,
    /// The message with these words.
    pub message: Option<MessageId>,
    /// How often it was asked; at least once.
    pub times: u32,
    /// When it was first asked.
    pub first_at: Timestamp,
    /// When it was last asked.
    pub last_at: Timestamp,
    /// What was decided; `None` while it is open.
    pub settled: Option<Settled>,
    /// Whether it was looked whether it asks the same as another.
    pub is_compared: bool,
    /// The card that shows it.
    pub card: Option<CardMessage>,
    /// Rises with every change that a card shows.
    pub revision: i64,
    /// The revision that its card shows.
    pub drawn: i64,
}

/// A decision on a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// What was decided.
    pub verdict: Verdict,
    /// By whom; `None` for nobody in particular, as when the knowledge changed, and once the question's retention has
    /// ended or the member is forgotten.
    pub by: Option<MemberId>,
    /// When.
    pub at: Timestamp,
    /// What was written into the knowledge for it, in the form of whoever can take it back.
    pub written: Option<String>,
}

/// What was decided on a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It became a phrasing of this entry, or this entry answers it since the knowledge changed.
    Added(String),
    /// It is not for us; the same question does not come back.
    OffTopic,
    /// Nothing is to be done about it.
    Ignored,
}

/// Which open questions to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listing {
    /// Of this server alone; `None` for all, direct messages among them.
    pub server: Option<ServerId>,
    /// Whether those of direct messages are listed beside those of one server.
    pub with_direct: bool,
    /// How many to leave out at the beginning.
    pub skip: u32,
    /// How many at most.
    pub limit: u32,
}

impl Listing {
    /// All there are.
    pub const ALL: Self = Self { server: None, with_direct: false, skip: 0, limit: u32::MAX };
}

/// What a question is selected by: `shown` is the miss whose words stand for it, the first that is kept.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT unanswered.id, server, state, since, settled_by, entry, written, compared, revision, drawn, card_channel, card_message, shown.text, shown.closest, shown.channel, shown.message,
                (SELECT COUNT(*) FROM miss WHERE miss.unanswered = unanswered.id) AS times,
                (SELECT MIN(asked_at) FROM miss WHERE miss.unanswered = unanswered.id) AS first_at,
                (SELECT MAX(asked_at) FROM miss WHERE miss.unanswered = unanswered.id) AS last_at
            FROM unanswered JOIN miss AS shown ON shown.id = (
                SELECT miss.id FROM miss WHERE miss.unanswered = unanswered.id
                ORDER BY asked_at, miss.id LIMIT 1
            ) ",
            $rest
        )
    };
}
pub(super) use select;

impl Store {
    /// Keeps a miss. A question that was settled as off-topic or ignored gets no new text; one that was added a while
    /// ago, which should not be missed any more, or whose entry is rejected, is open again.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn record_miss(&self, miss: &Miss) -> Result<(), Fault> {
        let mut transaction = self.write().await?;
        insert(&mut transaction, miss).await?;
        transaction.commit().await
    }

    /// Open questions, those asked most often first, then those asked last.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn unanswered(&self, listing: Listing) -> Result<Vec<UnansweredQuestion>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(select!(
            "WHERE state = 'open' AND ($1 = 1 OR server = $2 OR ($3 = 1 AND server = $4))
            ORDER BY times DESC, last_at DESC, unanswered.id LIMIT $5 OFFSET $6"
        ));
        let rows = rows
            .bind(listing.server.is_none())
            .bind(server_column(listing.server))
            .bind(listing.with_direct)
            .bind(server_column(None))
            .bind(i64::from(listing.limit))
            .bind(i64::from(listing.skip));
        rows.rows(&mut transaction).await?.iter().map(UnansweredQuestion::of_row).collect()
    }

    /// One question, open or settled, with all who asked it; `None` where there is none of this number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn unanswered_by_id(&self, id: UnansweredId) -> Result<Option<UnansweredQuestion>, Fault> {
        let mut transaction = self.read().await?;
        let row = query(select!("WHERE unanswered.id = $1")).bind(id.column());
        row.row(&mut transaction).await?.as_ref().map(UnansweredQuestion::of_row).transpose()
    }

    /// The different words in which a question was asked, those of the first first; at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn wordings(&self, id: UnansweredId, limit: u32) -> Result<Vec<String>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(
            "SELECT text FROM miss WHERE unanswered = $1
            GROUP BY text ORDER BY MIN(asked_at), MIN(id) LIMIT $2",
        );
        let rows = rows.bind(id.column()).bind(i64::from(limit)).rows(&mut transaction).await?;
        rows.iter().map(|row| row.text("text")).collect()
    }

    /// The number of the question that was asked in this message.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn unanswered_of_message(&self, message: MessageId) -> Result<Option<UnansweredId>, Fault> {
        let mut transaction = self.read().await?;
        let row = query("SELECT unanswered FROM miss WHERE message = $1").bind(message.column());
        let row = row.row(&mut transaction).await?;
        row.map(|row| row.whole("unanswered").map(UnansweredId::of_column)).transpose()
    }

    /// Notes that what was asked at `origin`, whose message was not known, in these words is known by its message from
    /// now on; the number of its question, `None` where there is none, or another is known by the message.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn place_miss(&self, origin: Origin, text: &Redacted) -> Result<Option<UnansweredId>, Fault> {
        let mut transaction = self.write().await?;
        let place = query(
            "UPDATE miss SET message = $1 WHERE id = (
                SELECT miss.id FROM miss JOIN unanswered ON unanswered.id = miss.unanswered
                WHERE server = $2 AND COALESCE(channel, 0) = $3 AND text = $4 AND message IS NULL
                ORDER BY asked_at DESC LIMIT 1
            ) AND NOT EXISTS (SELECT 1 FROM miss AS known WHERE known.message = $1) RETURNING unanswered",
        );
        let channel = origin.channel.filter(|_| origin.server.is_some()).map_or(0, ChannelId::column);
        let place = place
            .bind(origin.message.map(MessageId::column))
            .bind(server_column(origin.server))
            .bind(channel)
            .bind(text.as_str());
        let row = place.row(&mut transaction).await?;
        transaction.commit().await?;
        row.map(|row| row.whole("unanswered").map(UnansweredId::of_column)).transpose()
    }

    /// Settles a question; `false` where it is not open, as when another moderator was faster.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn settle(&self, id: UnansweredId, settled: &Settled) -> Result<bool, Fault> {
        let (state, entry) = match &settled.verdict {
            Verdict::Added(entry) => ("added", Some(entry.as_str())),
            Verdict::OffTopic => ("off_topic", None),
            Verdict::Ignored => ("ignored", None),
        };
        let mut transaction = self.write().await?;
        let changed = query(
            "UPDATE unanswered
            SET state = $2, entry = $3, settled_by = $4, since = $5, written = $6, revision = revision + 1
            WHERE id = $1 AND state = 'open'",
        );
        let changed = changed
            .bind(id.column())
            .bind(state)
            .bind(entry)
            .bind(settled.by.map(MemberId::column))
            .bind(settled.at.0)
            .bind(settled.written.as_deref())
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        Ok(changed > 0)
    }

    /// Notes what is written into the knowledge for a question that is settled as off-topic, in place of what was noted
    /// `before`; `false` where it is not settled so, or something else was noted.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn note_written(&self, id: UnansweredId, before: Option<&str>, written: &str) -> Result<bool, Fault> {
        let mut transaction = self.write().await?;
        let note = query(
            "UPDATE unanswered SET written = $2, revision = revision + 1
            WHERE id = $1 AND state = 'off_topic' AND COALESCE(written, '') = $3",
        );
        let note = note.bind(id.column()).bind(written).bind(before.unwrap_or_default());
        let changed = note.execute(&mut transaction).await?;
        transaction.commit().await?;
        Ok(changed > 0)
    }

    /// Takes a decision back; `false` where there is none.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn reopen(&self, id: UnansweredId, at: Timestamp) -> Result<bool, Fault> {
        let mut transaction = self.write().await?;
        let changed = reopen(&mut transaction, id.column(), at).await?;
        transaction.commit().await?;
        Ok(changed > 0)
    }
}

impl UnansweredQuestion {
    pub(super) fn of_row(row: &Row) -> Result<Self, Fault> {
        let settled = match row.text("state")?.as_str() {
            "open" => None,
            "added" => Some(Verdict::Added(row.maybe_text("entry")?.unwrap_or_default())),
            "off_topic" => Some(Verdict::OffTopic),
            "ignored" => Some(Verdict::Ignored),
            other => return Err(unknown("state", other)),
        };
        let by = row.maybe_whole("settled_by")?.map(MemberId::of_column);
        let at = Timestamp(row.whole("since")?);
        let written = row.maybe_text("written")?;
        Ok(Self {
            id: UnansweredId::of_column(row.whole("id")?),
            server: server_of_column(row.whole("server")?),
            text: row.text("text")?,
            closest: closest_of(&row.text("closest")?),
            channel: row.maybe_whole("channel")?.map(ChannelId::of_column),
            message: row.maybe_whole("message")?.map(MessageId::of_column),
            times: u32::try_from(row.whole("times")?).unwrap_or(u32::MAX),
            first_at: Timestamp(row.whole("first_at")?),
            last_at: Timestamp(row.whole("last_at")?),
            settled: settled.map(|verdict| Settled { verdict, by, at, written }),
            is_compared: row.whole("compared")? == 1,
            card: CardMessage::of_row(row)?,
            revision: row.whole("revision")?,
            drawn: row.whole("drawn")?,
        })
    }
}

/// Writes a miss and joins it to its question.
pub(super) async fn insert(transaction: &mut Transaction, miss: &Miss) -> Result<(), Fault> {
    let Some(closest) = rejections(miss, transaction).await? else { return Ok(()) };
    let Found { id, state, since, entry } = question_of(miss, transaction).await?;
    let is_rejected = miss.closest.iter().any(|near| near.rejected && Some(&near.entry) == entry.as_ref());
    match state.as_str() {
        // Settled: what is asked again is nobody's business.
        "off_topic" | "ignored" => return Ok(()),
        "added" if is_rejected || since < miss.at.before(ADDED_GRACE) => drop(reopen(transaction, id, miss.at).await?),
        _ => {}
    }
    let Origin { server, channel, message } = miss.origin;
    let has_rejected = closest.iter().any(|near| near.rejected);
    let closest = serde_json::to_string(&closest).map_err(|error| Fault::Rejected(error.to_string()))?;
    let insert = query(
        "INSERT INTO miss (unanswered, text, closest, rejected, channel, message, asked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (message) DO UPDATE SET
            unanswered = excluded.unanswered, text = excluded.text, closest = excluded.closest,
            rejected = excluded.rejected",
    );
    let insert = insert
        .bind(id)
        .bind(miss.text.as_str())
        .bind(closest.as_str())
        .bind(has_rejected)
        .bind(channel.filter(|_| server.is_some()).map(ChannelId::column))
        .bind(message.map(MessageId::column))
        .bind(miss.at.0);
    insert.execute(transaction).await?;
    let raise = query("UPDATE unanswered SET revision = revision + 1 WHERE id = $1");
    raise.bind(id).execute(transaction).await?;
    Ok(())
}

/// What came closest to a miss, with what was rejected in the same message before; `None` where nothing new is
/// rejected there, so that saying it again does not open a question that was decided on meanwhile.
async fn rejections(miss: &Miss, transaction: &mut Transaction) -> Result<Option<Vec<Closest>>, Fault> {
    let is_rejected = |list: &[Closest], entry: &str| list.iter().any(|near| near.rejected && near.entry == entry);
    let mut closest = miss.closest.clone();
    let Some(message) = miss.origin.message.filter(|_| closest.iter().any(|near| near.rejected)) else {
        return Ok(Some(closest));
    };
    let before = query("SELECT closest FROM miss WHERE message = $1").bind(message.column());
    let Some(before) = before.row(transaction).await? else { return Ok(Some(closest)) };
    let before = closest_of(&before.text("closest")?);
    if closest.iter().all(|near| !near.rejected || is_rejected(&before, &near.entry)) {
        return Ok(None);
    }
    for near in &mut closest {
        near.rejected |= is_rejected(&before, &near.entry);
    }
    for near in before.into_iter().filter(|near| near.rejected) {
        if !is_rejected(&closest, &near.entry) {
            closest.push(near);
        }
    }
    Ok(Some(closest))
}

/// What came closest, as a database holds it; nothing where it cannot be read, so that one such row does not keep
/// others from being read or written.
pub(super) fn closest_of(text: &str) -> Vec<Closest> {
    serde_json::from_str(text).unwrap_or_else(|error| {
        tracing::warn!("what came closest to a question counts as nothing, as it cannot be read: {error}");
        Vec::new()
    })
}

/// The question that a miss joins.
struct Found {
    id: i64,
    state: String,
    /// Of the state.
    since: Timestamp,
    /// Where it was added.
    entry: Option<String>,
}

/// The question that a miss joins, made where there is none.
async fn question_of(miss: &Miss, transaction: &mut Transaction) -> Result<Found, Fault> {
    let server = server_column(miss.origin.server);
    let read = |row: Row| {
        let (id, state, entry) = (row.whole("id")?, row.text("state")?, row.maybe_text("entry")?);
        Ok(Found { id, state, since: Timestamp(row.whole("since")?), entry })
    };
    // Found by a change that changes nothing, which keeps others from it until the end: who finds it first and changes
    // it later can end up waiting for somebody who waits for them.
    let same = query(
        "UPDATE unanswered SET wording = wording WHERE server = $1 AND wording = $2 RETURNING id, state, since, entry",
    );
    if let Some(row) = same.bind(server).bind(miss.wording.0.as_str()).row(transaction).await? {
        return read(row);
    }
    // Another process may be making it at the same time: then this waits, and finds it.
    let made = query(
        "INSERT INTO unanswered (server, wording, since) VALUES ($1, $2, $3)
        ON CONFLICT (server, wording) DO UPDATE SET wording = excluded.wording
        RETURNING id, state, since, entry",
    );
    let made = made.bind(server).bind(miss.wording.0.as_str()).bind(miss.at.0).row(transaction).await?;
    made.map_or_else(|| Err(Fault::Unusable("it made no row and said nothing of it".to_owned())), read)
}

async fn reopen(transaction: &mut Transaction, id: i64, at: Timestamp) -> Result<u64, Fault> {
    let change = query(
        "UPDATE unanswered
        SET state = 'open', entry = NULL, settled_by = NULL, written = NULL, since = $2, revision = revision + 1
        WHERE id = $1 AND state <> 'open'",
    );
    change.bind(id).bind(at.0).execute(transaction).await
}

/// The fault of a value that Needle does not write.
pub(super) fn unknown(what: &str, value: &str) -> Fault {
    Fault::Unusable(format!("it holds an unknown {what}: {value}"))
}
