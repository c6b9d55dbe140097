//! Forgetting: what is deleted when its time has come, when a member wants it, or when a server is left.

use std::time::Duration;

use super::Store;
use super::cards::{CardMessage, blank};
use super::database::{Row, Transaction, query};
use super::fault::Fault;
use super::ids::{ChannelId, MemberId, MessageId, ServerId, Timestamp, server_of_column};
use super::key::MemberHash;
use super::notices::NOTICE_KEPT;
use super::server_settings::count_change;

/// For how long the data of a server is kept that the bot is no longer in.
pub const SERVER_KEPT: Duration = Duration::from_hours(7 * 24);

/// For how long a process is remembered that has written something, so that it writes nothing twice.
const WRITER_KEPT: Duration = Duration::from_hours(7 * 24);

/// For how long a card is tried to be blanked: a channel that cannot be reached for so long is gone.
const BLANKING_KEPT: Duration = Duration::from_hours(30 * 24);

impl Store {
    /// Deletes the text of questions asked longer than `retention` ago, and whatever else has had its time: notices,
    /// servers that were left. Cards whose text has to go are among [`Store::cards_to_blank`] then.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn forget_expired(&self, now: Timestamp, retention: Duration) -> Result<(), Fault> {
        let mut transaction = self.write().await?;
        let deleted = query("DELETE FROM miss WHERE asked_at < $1 RETURNING unanswered");
        let questions = deleted.bind(now.before(retention).0).rows(&mut transaction).await?;
        mark_changed(&mut transaction, &questions).await?;
        sweep(&mut transaction, now).await?;
        for (old, kept) in [
            ("DELETE FROM notice WHERE since < $1", NOTICE_KEPT),
            ("DELETE FROM writer WHERE written_at < $1", WRITER_KEPT),
            ("DELETE FROM blanking WHERE since < $1", BLANKING_KEPT),
        ] {
            query(old).bind(now.before(kept).0).execute(&mut transaction).await?;
        }
        let left = query("DELETE FROM left_server WHERE left_at < $1 RETURNING server");
        for row in left.bind(now.before(SERVER_KEPT).0).rows(&mut transaction).await? {
            forget_server(&mut transaction, row.whole("server")?).await?;
        }
        transaction.commit().await?;
        self.inner.database.tidy().await
    }

    /// Deletes the text of the question in this message and the notice that belongs to it; `true` where there was any.
    /// A card that showed it is to be drawn again or, where nobody else asked, to be blanked.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn forget_message(&self, message: MessageId, now: Timestamp) -> Result<bool, Fault> {
        let mut transaction = self.write().await?;
        let was_there = forget_message(&mut transaction, message, now).await?;
        transaction.commit().await?;
        Ok(was_there)
    }

    /// The channels and threads of a server in which questions were asked whose text is kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn channels_asked_in(&self, server: ServerId) -> Result<Vec<ChannelId>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(
            "SELECT DISTINCT channel FROM miss JOIN unanswered ON unanswered.id = miss.unanswered
            WHERE server = $1 AND channel IS NOT NULL ORDER BY channel",
        );
        let rows = rows.bind(server.column()).rows(&mut transaction).await?;
        rows.iter().map(|row| row.whole("channel").map(ChannelId::of_column)).collect()
    }

    /// Deletes all votes and notices of a member, and that it was they who settled a question; its card is to be drawn
    /// again then.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn forget_member(&self, member: MemberId, hash: &MemberHash) -> Result<(), Fault> {
        let mut transaction = self.write().await?;
        // Questions before notices, as everybody who changes both does.
        let settled = query("UPDATE unanswered SET settled_by = NULL, revision = revision + 1 WHERE settled_by = $1");
        settled.bind(member.column()).execute(&mut transaction).await?;
        query("DELETE FROM vote WHERE member = $1").bind(hash.0.as_str()).execute(&mut transaction).await?;
        query("DELETE FROM notice WHERE member = $1").bind(member.column()).execute(&mut transaction).await?;
        transaction.commit().await
    }

    /// Notes that the bot is no longer in a server, whose data is deleted after [`SERVER_KEPT`].
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn leave_server(&self, server: ServerId, now: Timestamp) -> Result<(), Fault> {
        let mut transaction = self.write().await?;
        let leave = query("INSERT INTO left_server (server, left_at) VALUES ($1, $2) ON CONFLICT DO NOTHING");
        leave.bind(server.column()).bind(now.0).execute(&mut transaction).await?;
        transaction.commit().await
    }

    /// The servers of which there is any data, so that those that the bot left unnoticed can be told.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn known_servers(&self) -> Result<Vec<ServerId>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(
            "SELECT server FROM unanswered UNION SELECT server FROM vote UNION SELECT server FROM tally
            UNION SELECT server FROM settings ORDER BY server",
        );
        let rows = rows.rows(&mut transaction).await?;
        let servers = rows.iter().map(|row| row.whole("server").map(server_of_column));
        servers.filter_map(Result::transpose).collect()
    }

    /// The servers that the bot left and whose data is still there.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn left_servers(&self) -> Result<Vec<ServerId>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query("SELECT server FROM left_server ORDER BY server").rows(&mut transaction).await?;
        rows.iter().map(|row| row.whole("server").map(ServerId::of_column)).collect()
    }

    /// Notes that the bot is in a server, so that its data stays.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn join_server(&self, server: ServerId) -> Result<(), Fault> {
        let mut transaction = self.write().await?;
        let join = query("DELETE FROM left_server WHERE server = $1");
        join.bind(server.column()).execute(&mut transaction).await?;
        transaction.commit().await
    }
}

/// As [`Store::forget_message`].
pub(super) async fn forget_message(
    transaction: &mut Transaction,
    message: MessageId,
    now: Timestamp,
) -> Result<bool, Fault> {
    let forget = query("DELETE FROM notice WHERE message = $1");
    forget.bind(message.column()).execute(transaction).await?;
    let forget = query("DELETE FROM miss WHERE message = $1 RETURNING unanswered");
    let questions = forget.bind(message.column()).rows(transaction).await?;
    follow(transaction, &questions, now).await?;
    Ok(!questions.is_empty())
}

/// As [`Store::forget_message`], of all questions asked in `channel`.
pub(super) async fn forget_channel(
    transaction: &mut Transaction,
    channel: ChannelId,
    now: Timestamp,
) -> Result<(), Fault> {
    let forget = query("DELETE FROM notice WHERE channel = $1");
    forget.bind(channel.column()).execute(transaction).await?;
    let forget = query("DELETE FROM miss WHERE channel = $1 RETURNING unanswered");
    let questions = forget.bind(channel.column()).rows(transaction).await?;
    follow(transaction, &questions, now).await
}

/// Updates the questions that have just lost some of their texts: their cards and, where no text is left, themselves.
async fn follow(transaction: &mut Transaction, questions: &[Row], now: Timestamp) -> Result<(), Fault> {
    if questions.is_empty() {
        return Ok(());
    }
    mark_changed(transaction, questions).await?;
    sweep(transaction, now).await
}

/// Notes that the cards of these questions show something that is gone.
async fn mark_changed(transaction: &mut Transaction, questions: &[Row]) -> Result<(), Fault> {
    let mut ids = questions.iter().map(|row| row.whole("unanswered")).collect::<Result<Vec<_>, _>>()?;
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        let raise = query("UPDATE unanswered SET revision = revision + 1 WHERE id = $1");
        raise.bind(id).execute(transaction).await?;
    }
    Ok(())
}

/// Deletes questions of which no text is left; their cards are to be blanked. Of those that are off-topic the keyed
/// hash stays, so that they do not come back.
async fn sweep(transaction: &mut Transaction, now: Timestamp) -> Result<(), Fault> {
    let carded = query(
        "SELECT server, card_channel, card_message FROM unanswered
        WHERE card_message IS NOT NULL AND NOT EXISTS (SELECT 1 FROM miss WHERE miss.unanswered = unanswered.id)",
    );
    for row in carded.rows(transaction).await? {
        if let Some(card) = CardMessage::of_row(&row)? {
            blank(transaction, row.whole("server")?, card, now).await?;
        }
    }
    let delete = query(
        "DELETE FROM unanswered
        WHERE state <> 'off_topic' AND NOT EXISTS (SELECT 1 FROM miss WHERE miss.unanswered = unanswered.id)",
    );
    delete.execute(transaction).await?;
    let reduce = query(
        "UPDATE unanswered SET settled_by = NULL, written = NULL, card_channel = NULL, card_message = NULL
        WHERE state = 'off_topic' AND (settled_by IS NOT NULL OR card_message IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM miss WHERE miss.unanswered = unanswered.id)",
    );
    reduce.execute(transaction).await?;
    Ok(())
}

/// Deletes all data of a server. Misses and notices go with their questions.
async fn forget_server(transaction: &mut Transaction, server: i64) -> Result<(), Fault> {
    count_change(transaction).await?;
    for delete in [
        "DELETE FROM unanswered WHERE server = $1",
        "DELETE FROM vote WHERE server = $1",
        "DELETE FROM tally WHERE server = $1",
        "DELETE FROM settings WHERE server = $1",
        "DELETE FROM blanking WHERE server = $1",
    ] {
        query(delete).bind(server).execute(transaction).await?;
    }
    Ok(())
}
