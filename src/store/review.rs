//! Review: what is asked of all questions at once, to see which are answered by now and which are decided on.

use std::collections::{BTreeSet, HashSet};

use super::Store;
use super::database::query;
use super::fault::Fault;
use super::ids::{ServerId, UnansweredId, server_column, server_of_column};
use super::key::WordingHash;
use super::misses::closest_of;

/// How many wordings are known to be settled at most; of more, the latest.
const SETTLED_WORDINGS: i64 = 20_000;

/// An open question, as far as it takes to answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its number.
    pub id: UnansweredId,
    /// `None` for direct messages.
    pub server: Option<ServerId>,
    /// The words of the first who asked it, of those that are kept.
    pub text: String,
    /// The entries that somebody said do not answer it.
    pub rejected: BTreeSet<String>,
}

/// The wordings of questions that were called off-topic or ignored: they are not kept when they are asked again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettledWordings(HashSet<(i64, String)>);

impl SettledWordings {
    /// Whether a question of this wording is settled in a server, or with `None` in direct messages.
    #[must_use]
    pub fn has(&self, server: Option<ServerId>, wording: &WordingHash) -> bool {
        !self.0.is_empty() && self.0.contains(&(server_column(server), wording.0.clone()))
    }
}

impl Store {
    /// The newest open questions, at most `limit`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn newest_open(&self, limit: u32) -> Result<Vec<Open>, Fault> {
        let mut transaction = self.read().await?;
        // A question asked very often has many rows: only those that rejected something matter beside the first.
        let rows = query(
            "SELECT unanswered.id, server, text, closest
            FROM unanswered JOIN miss ON miss.unanswered = unanswered.id
            WHERE unanswered.id IN (SELECT id FROM unanswered WHERE state = 'open' ORDER BY id DESC LIMIT $1)
                AND (rejected = 1 OR miss.id = (
                    SELECT first.id FROM miss AS first WHERE first.unanswered = unanswered.id
                    ORDER BY first.asked_at, first.id LIMIT 1
                ))
            ORDER BY unanswered.id DESC, asked_at, miss.id",
        );
        let mut open: Vec<Open> = Vec::new();
        for row in rows.bind(i64::from(limit)).rows(&mut transaction).await? {
            let id = UnansweredId::of_column(row.whole("id")?);
            let rejected = closest_of(&row.text("closest")?).into_iter().filter(|near| near.rejected);
            let rejected = rejected.map(|near| near.entry);
            if let Some(known) = open.last_mut().filter(|known| known.id == id) {
                known.rejected.extend(rejected);
            } else {
                let server = server_of_column(row.whole("server")?);
                open.push(Open { id, server, text: row.text("text")?, rejected: rejected.collect() });
            }
        }
        Ok(open)
    }

    /// The wordings that are settled as off-topic or ignored.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn settled_wordings(&self) -> Result<SettledWordings, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(
            "SELECT server, wording FROM unanswered WHERE state IN ('off_topic', 'ignored') ORDER BY since DESC LIMIT $1",
        );
        let rows = rows.bind(SETTLED_WORDINGS).rows(&mut transaction).await?;
        let settled = rows.iter().map(|row| Ok((row.whole("server")?, row.text("wording")?)));
        settled.collect::<Result<_, Fault>>().map(SettledWordings)
    }
}
