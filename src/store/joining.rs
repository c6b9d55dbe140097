//! Joining: questions that ask the same in other words become one. Who is to judge that looks at each new question once.

use super::Store;
use super::database::query;
use super::fault::Fault;
use super::ids::{ServerId, Timestamp, UnansweredId, server_column};
use super::misses::{Unanswered, select};

impl Store {
    /// The number of the question that came last of those that were asked before `at`; 0 where there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn last_question_before(&self, at: Timestamp) -> Result<UnansweredId, Fault> {
        let mut transaction = self.read().await?;
        let row = query("SELECT COALESCE(MAX(unanswered), 0) AS id FROM miss WHERE asked_at < $1").bind(at.0);
        let row = row.row(&mut transaction).await?;
        row.map_or(Ok(UnansweredId(0)), |row| row.whole("id").map(UnansweredId::of_column))
    }

    /// The open questions that came after the one of this number and have no card yet, in the order of their numbers.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn questions_after(&self, id: UnansweredId, limit: u32) -> Result<Vec<Unanswered>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(select!(
            "WHERE unanswered.id > $2 AND state = 'open' AND card_message IS NULL ORDER BY unanswered.id LIMIT $3"
        ));
        let rows = rows.bind(false).bind(id.column()).bind(i64::from(limit)).rows(&mut transaction).await?;
        rows.iter().map(Unanswered::of_row).collect()
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
    ) -> Result<Vec<Unanswered>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(select!(
            "WHERE server = $2 AND unanswered.id < $3 AND state <> 'added' ORDER BY unanswered.id DESC LIMIT $4"
        ));
        let rows = rows.bind(false).bind(server_column(server)).bind(id.column()).bind(i64::from(limit));
        rows.rows(&mut transaction).await?.iter().map(Unanswered::of_row).collect()
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
