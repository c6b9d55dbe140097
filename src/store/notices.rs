//! Notices: who wants to be told once a question is answered. Their ids are kept, as are those of the moderators who
//! settled a question, and no other member's.
//!
//! Whoever gives a notice takes it first, which only one can; it goes once it is given. One that could not be given is
//! put back. One that was taken by a process that then ended comes back by itself.

use std::time::Duration;

use super::Store;
use super::database::{Row, query};
use super::fault::Fault;
use super::ids::{ChannelId, MemberId, MessageId, ServerId, Timestamp, UnansweredId, server_of_column};

/// How long a notice waits to be given, then it is forgotten.
pub const NOTICE_KEPT: Duration = Duration::from_hours(30 * 24);

/// For how long a notice is left to the process that took it: far longer than giving it takes.
const TAKEN: Duration = Duration::from_mins(10);

/// A member to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Whom.
    pub member: MemberId,
    /// Where they asked.
    pub channel: ChannelId,
    /// What they asked, to reply to.
    pub message: Option<MessageId>,
}

/// A notice that can be given, as its question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The question.
    pub question: UnansweredId,
    /// Where it was asked; `None` in direct messages.
    pub server: Option<ServerId>,
    /// Whether the bot is known to be there no more.
    pub is_left: bool,
    /// The entry that answers it.
    pub entry: String,
    /// Whom to tell, and where.
    pub notice: Notice,
    /// The member's words, redacted; `None` where they are not kept any more.
    pub text: Option<String>,
    /// Since when it waits.
    pub since: Timestamp,
    /// When somebody took it who neither gave it nor put it back in time: they may have ended in between.
    pub taken_at: Option<Timestamp>,
}

impl Store {
    /// Keeps that a member wants to be told when this question is answered; `false` where the question is gone.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn want_notice(&self, id: UnansweredId, notice: Notice, at: Timestamp) -> Result<bool, Fault> {
        let mut transaction = self.write().await?;
        let keep = query(
            "INSERT INTO notice (unanswered, member, channel, message, since)
            SELECT id, $2, $3, $4, $5 FROM unanswered WHERE id = $1
            ON CONFLICT (unanswered, member) DO UPDATE SET
                channel = excluded.channel, message = excluded.message, since = excluded.since",
        );
        let kept = keep
            .bind(id.column())
            .bind(notice.member.column())
            .bind(notice.channel.column())
            .bind(notice.message.map(MessageId::column))
            .bind(at.0)
            .execute(&mut transaction)
            .await?;
        transaction.commit().await?;
        Ok(kept > 0)
    }

    /// Those who want to be told of this question, those that wait longest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn notices(&self, id: UnansweredId) -> Result<Vec<Notice>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query("SELECT member, channel, message FROM notice WHERE unanswered = $1 ORDER BY since, member");
        let rows = rows.bind(id.column()).rows(&mut transaction).await?;
        rows.iter().map(Notice::of_row).collect()
    }

    /// At most `limit` notices of answered questions that nobody has taken, in the order of questions and members, from
    /// the one behind `after` on.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn due_notices(&self, after: Option<&Due>, now: Timestamp, limit: u32) -> Result<Vec<Due>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(
            "SELECT notice.unanswered, notice.member, notice.channel, notice.message, notice.since,
                notice.claimed_at, unanswered.server, unanswered.entry, miss.text,
                (SELECT COUNT(*) FROM left_server WHERE left_server.server = unanswered.server) AS is_left
            FROM notice JOIN unanswered ON unanswered.id = notice.unanswered
                LEFT JOIN miss ON miss.message = notice.message
            WHERE unanswered.state = 'added' AND (notice.claimed_at IS NULL OR notice.claimed_at < $1)
                AND (notice.unanswered > $2 OR (notice.unanswered = $2 AND notice.member > $3))
            ORDER BY notice.unanswered, notice.member LIMIT $4",
        );
        let (question, member) = after.map_or((0, 0), |due| (due.question.column(), due.notice.member.column()));
        let rows = rows.bind(now.before(TAKEN).0).bind(question).bind(member).bind(i64::from(limit));
        rows.rows(&mut transaction).await?.iter().map(Due::of_row).collect()
    }

    /// Takes a notice to give it: `true` for one caller alone, so that nobody is told twice; `false` also where the
    /// member does not want to be told any more.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn take_notice(&self, id: UnansweredId, member: MemberId, now: Timestamp) -> Result<bool, Fault> {
        let take = query(
            "UPDATE notice SET claimed_at = $3
            WHERE unanswered = $1 AND member = $2 AND (claimed_at IS NULL OR claimed_at < $4)",
        );
        let take = take.bind(id.column()).bind(member.column()).bind(now.0).bind(now.before(TAKEN).0);
        let mut transaction = self.write().await?;
        let taken = take.execute(&mut transaction).await?;
        transaction.commit().await?;
        Ok(taken > 0)
    }

    /// Puts a notice back that could not be given, unless it is forgotten meanwhile; it waits as long as before.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn put_back_notice(&self, id: UnansweredId, member: MemberId) -> Result<(), Fault> {
        let put_back = query("UPDATE notice SET claimed_at = NULL WHERE unanswered = $1 AND member = $2");
        let mut transaction = self.write().await?;
        put_back.bind(id.column()).bind(member.column()).execute(&mut transaction).await?;
        transaction.commit().await
    }

    /// Forgets a notice that was given, or cannot be.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn forget_notice(&self, id: UnansweredId, member: MemberId) -> Result<(), Fault> {
        let forget = query("DELETE FROM notice WHERE unanswered = $1 AND member = $2");
        let mut transaction = self.write().await?;
        forget.bind(id.column()).bind(member.column()).execute(&mut transaction).await?;
        transaction.commit().await
    }
}

impl Notice {
    fn of_row(row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            member: MemberId::of_column(row.whole("member")?),
            channel: ChannelId::of_column(row.whole("channel")?),
            message: row.maybe_whole("message")?.map(MessageId::of_column),
        })
    }
}

impl Due {
    fn of_row(row: &Row) -> Result<Self, Fault> {
        Ok(Self {
            question: UnansweredId::of_column(row.whole("unanswered")?),
            server: server_of_column(row.whole("server")?),
            is_left: row.whole("is_left")? > 0,
            entry: row.maybe_text("entry")?.unwrap_or_default(),
            notice: Notice::of_row(row)?,
            text: row.maybe_text("text")?,
            since: Timestamp(row.whole("since")?),
            taken_at: row.maybe_whole("claimed_at")?.map(Timestamp),
        })
    }
}
