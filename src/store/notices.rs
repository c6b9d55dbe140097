//! Notices: who wants to be told once a question is answered. The one place where a member's id is kept.

use std::time::Duration;

use super::Store;
use super::database::query;
use super::fault::Fault;
use super::ids::{ChannelId, MemberId, MessageId, Timestamp, UnansweredId};

/// How long a notice waits to be given, then it is forgotten.
pub const NOTICE_KEPT: Duration = Duration::from_hours(30 * 24);

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
        let notice = |row: &super::database::Row| {
            Ok(Notice {
                member: MemberId::of_column(row.whole("member")?),
                channel: ChannelId::of_column(row.whole("channel")?),
                message: row.maybe_whole("message")?.map(MessageId::of_column),
            })
        };
        rows.iter().map(notice).collect()
    }

    /// Takes a notice to give it: `true` for one caller alone, so that nobody is told twice.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn take_notice(&self, id: UnansweredId, member: MemberId) -> Result<bool, Fault> {
        let mut transaction = self.write().await?;
        let take = query("DELETE FROM notice WHERE unanswered = $1 AND member = $2");
        let taken = take.bind(id.column()).bind(member.column()).execute(&mut transaction).await?;
        transaction.commit().await?;
        Ok(taken > 0)
    }
}
