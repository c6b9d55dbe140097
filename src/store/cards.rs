//! Cards: the messages in moderators' channels that show questions, as far as the store has to know of them.
//!
//! Whoever draws cards asks what is to be drawn and what is to be blanked, does it, and says so. What was not said to
//! be done comes again, so that a stop in between loses nothing.

use std::time::Duration;

use super::Store;
use super::database::{Row, Transaction, query};
use super::fault::Fault;
use super::ids::{ChannelId, MessageId, ServerId, Timestamp, UnansweredId, server_column, server_of_column};
use super::misses::{UnansweredQuestion, select};

/// For how long a question is left to the process that said it would post its card.
const CLAIM: Duration = Duration::from_mins(1);

/// A card in a moderators' channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CardMessage {
    /// Where it is.
    pub channel: ChannelId,
    /// The message.
    pub message: MessageId,
}

impl Store {
    /// The servers with a question whose card is not there yet or shows something older.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn servers_to_draw(&self) -> Result<Vec<ServerId>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(
            "SELECT DISTINCT server FROM unanswered
            WHERE drawn < revision AND (state = 'open' OR card_message IS NOT NULL) ORDER BY server",
        );
        let rows = rows.rows(&mut transaction).await?;
        let servers = rows.iter().map(|row| row.whole("server").map(server_of_column));
        servers.filter_map(Result::transpose).collect()
    }

    /// The questions of a server whose card is not there yet or shows something older: first those with a card, then
    /// those that wait longest. Of settled questions without a card, there is none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cards_to_draw(&self, server: ServerId, limit: u32) -> Result<Vec<UnansweredQuestion>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(select!(
            "WHERE server = $1 AND drawn < revision AND (state = 'open' OR card_message IS NOT NULL)
            ORDER BY card_message IS NULL, unanswered.id LIMIT $2"
        ));
        let rows = rows.bind(server.column()).bind(i64::from(limit)).rows(&mut transaction).await?;
        rows.iter().map(UnansweredQuestion::of_row).collect()
    }

    /// Claims the posting of a question's card; `false` where it has one, or another process claimed it less than a
    /// minute ago.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn claim_card(&self, id: UnansweredId, now: Timestamp) -> Result<bool, Fault> {
        let claim = query(
            "UPDATE unanswered SET claimed_at = $2
            WHERE id = $1 AND state = 'open' AND card_message IS NULL AND (claimed_at IS NULL OR claimed_at < $3)",
        );
        let claim = claim.bind(id.column()).bind(now.0).bind(now.before(CLAIM).0);
        let mut transaction = self.write().await?;
        let changed = claim.execute(&mut transaction).await?;
        transaction.commit().await?;
        Ok(changed > 0)
    }

    /// Notes that a question's card is this one and shows `revision` of it, or a later one that was noted before. Where
    /// the question is gone meanwhile, the card joins those to be blanked.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn card_drawn(
        &self,
        question: &UnansweredQuestion,
        card: CardMessage,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let mut transaction = self.write().await?;
        let note = query(
            "UPDATE unanswered SET card_channel = $2, card_message = $3, claimed_at = NULL,
                drawn = CASE WHEN drawn < $4 THEN $4 ELSE drawn END
            WHERE id = $1 AND EXISTS (SELECT 1 FROM miss WHERE miss.unanswered = unanswered.id)",
        );
        let note = note
            .bind(question.id.column())
            .bind(card.channel.column())
            .bind(card.message.column())
            .bind(question.revision);
        if note.execute(&mut transaction).await? == 0 {
            blank(&mut transaction, server_column(question.server), card, now).await?;
        }
        transaction.commit().await
    }

    /// Notes that a question's card is gone, as when a moderator deleted it; while the question is open, it gets
    /// another.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn card_lost(&self, message: MessageId) -> Result<(), Fault> {
        let mut transaction = self.write().await?;
        let lose =
            query("UPDATE unanswered SET card_channel = NULL, card_message = NULL, drawn = 0 WHERE card_message = $1");
        lose.bind(message.column()).execute(&mut transaction).await?;
        let forget = query("DELETE FROM blanking WHERE message = $1");
        forget.bind(message.column()).execute(&mut transaction).await?;
        transaction.commit().await
    }

    /// Cards whose text has to go, each with its server, those that wait longest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cards_to_blank(&self, limit: u32) -> Result<Vec<(ServerId, CardMessage)>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(
            "SELECT server, channel AS card_channel, message AS card_message FROM blanking ORDER BY since, message LIMIT $1",
        );
        let rows = rows.bind(i64::from(limit)).rows(&mut transaction).await?;
        let of_row = |row: &Row| Ok((server_of_column(row.whole("server")?), CardMessage::of_row(row)?));
        let all = rows.iter().map(of_row).collect::<Result<Vec<_>, Fault>>()?;
        // Direct messages have no cards.
        Ok(all.into_iter().filter_map(|(server, card)| server.zip(card)).collect())
    }

    /// Notes that the text of a card is gone.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn card_blanked(&self, card: CardMessage) -> Result<(), Fault> {
        self.card_lost(card.message).await
    }
}

impl CardMessage {
    /// The card in `card_channel` and `card_message`.
    pub(super) fn of_row(row: &Row) -> Result<Option<Self>, Fault> {
        let channel = row.maybe_whole("card_channel")?.map(ChannelId::of_column);
        let message = row.maybe_whole("card_message")?.map(MessageId::of_column);
        Ok(channel.zip(message).map(|(channel, message)| Self { channel, message }))
    }
}

/// Notes that the text of a card has to go.
pub(super) async fn blank(
    transaction: &mut Transaction,
    server: i64,
    card: CardMessage,
    now: Timestamp,
) -> Result<(), Fault> {
    let note =
        query("INSERT INTO blanking (message, channel, server, since) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
    let note = note.bind(card.message.column()).bind(card.channel.column()).bind(server).bind(now.0);
    note.execute(transaction).await?;
    Ok(())
}
