//! Joining: questions that ask the same in other words become one. Who is to judge that looks at each new question
//! once.

use super::Store;
use super::database::query;
use super::fault::Fault;
use super::ids::{ServerId, UnansweredId, server_column};
use super::misses::{UnansweredQuestion, select};

impl Store {
    /// The open questions without a card that were not compared with others yet, in the order of their numbers.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn questions_to_compare(&self, limit: u32) -> Result<Vec<UnansweredQuestion>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(select!(
            "WHERE compared = 0 AND state = 'open' AND card_message IS NULL ORDER BY unanswered.id LIMIT $1"
        ));
        let rows = rows.bind(i64::from(limit)).rows(&mut transaction).await?;
        rows.iter().map(UnansweredQuestion::of_row).collect()
    }

    /// Notes that a question was compared with others and stays for itself.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn note_compared(&self, id: UnansweredId) -> Result<(), Fault> {
        let note = query("UPDATE unanswered SET compared = 1 WHERE id = $1").bind(id.column());
        let mut transaction = self.write().await?;
        note.execute(&mut transaction).await?;
        transaction.commit().await
    }

    /// The questions of a server, or with `None` of direct messages, that came before the one of this number and that
    /// it may be the same as, the latest first: those that are open and those that were settled without an answer.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn questions_before(
        &self,
        id: UnansweredId,
        server: Option<ServerId>,
        limit: u32,
    ) -> Result<Vec<UnansweredQuestion>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(select!(
            "WHERE server = $1 AND unanswered.id < $2 AND state <> 'added' ORDER BY unanswered.id DESC LIMIT $3"
        ));
        let rows = rows.bind(server_column(server)).bind(id.column()).bind(i64::from(limit));
        rows.rows(&mut transaction).await?.iter().map(UnansweredQuestion::of_row).collect()
    }

    /// Makes `question` one with `same`, of the same server; `false` where it has a card by now or either is gone. What
    /// was asked in it and who wants to be told belong to `same` from now on; where that is settled, nobody looks at
    /// what is asked again, and the words go.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn join(&self, question: UnansweredId, same: UnansweredId) -> Result<bool, Fault> {
        let mut transaction = self.write().await?;
        // The one that stays first, as everybody who changes both does.
        let raise = query(
            "UPDATE unanswered SET revision = CASE state WHEN 'open' THEN revision + 1 ELSE revision END
            WHERE id = $1 RETURNING state",
        );
        let Some(row) = raise.bind(same.column()).row(&mut transaction).await? else { return Ok(false) };
        let is_open = row.text("state")? == "open";
        let free = query("UPDATE unanswered SET claimed_at = NULL WHERE id = $1 AND card_message IS NULL");
        if free.bind(question.column()).execute(&mut transaction).await? == 0 {
            return Ok(false);
        }
        if is_open {
            let misses = query("UPDATE miss SET unanswered = $2 WHERE unanswered = $1");
            misses.bind(question.column()).bind(same.column()).execute(&mut transaction).await?;
        }
        let notices = query(
            "INSERT INTO notice (unanswered, member, channel, message, since)
            SELECT $2, member, channel, message, since FROM notice WHERE unanswered = $1
            ON CONFLICT (unanswered, member) DO NOTHING",
        );
        notices.bind(question.column()).bind(same.column()).execute(&mut transaction).await?;
        let gone = query("DELETE FROM unanswered WHERE id = $1");
        gone.bind(question.column()).execute(&mut transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
