//! Votes: whether an answer helped, once for each member, answer and entry, and changeable.

use super::Store;
use super::database::{Transaction, query};
use super::fault::Fault;
use super::ids::{MessageId, ServerId, Timestamp, server_column};
use super::key::MemberHash;

/// What a member thinks of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// Who.
    pub member: MemberHash,
    /// The message with the answer.
    pub message: MessageId,
    /// The id of the entry answered from.
    pub entry: String,
    /// Where; `None` in direct messages.
    pub server: Option<ServerId>,
    /// Whether it helped.
    pub helpful: bool,
    /// Why it did not, where the member said so.
    pub reason: Option<Reason>,
    /// When.
    pub at: Timestamp,
}

/// Why an answer did not help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It answers another question.
    WrongQuestion,
    /// It was right once.
    OutOfDate,
    /// It is hard to understand.
    Unclear,
    /// Anything else.
    SomethingElse,
}

/// How members voted on an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Votes {
    /// How many were helped.
    pub helpful: u64,
    /// How many were not, by reason, in the order of [`Reason`], `None` for no reason first.
    pub unhelpful: Vec<(Option<Reason>, u64)>,
}

impl Reason {
    /// All there are, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::WrongQuestion, Self::OutOfDate, Self::Unclear, Self::SomethingElse];

    /// Its name in databases and buttons.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WrongQuestion => "wrong_question",
            Self::OutOfDate => "out_of_date",
            Self::Unclear => "unclear",
            Self::SomethingElse => "something_else",
        }
    }

    /// The reason of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

impl Store {
    /// Keeps a vote, in place of the same member's vote on the same answer before.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn vote(&self, vote: &Vote) -> Result<(), Fault> {
        let mut transaction = self.write().await?;
        put(&mut transaction, vote).await?;
        transaction.commit().await
    }

    /// The votes on an entry, in one server or with `None` everywhere.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn votes(&self, entry: &str, server: Option<ServerId>) -> Result<Votes, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(
            "SELECT helpful, reason, COUNT(*) AS votes FROM vote
            WHERE entry = $1 AND ($2 = 1 OR server = $3) GROUP BY helpful, reason",
        );
        let rows = rows.bind(entry).bind(server.is_none()).bind(server_column(server));
        let mut votes = Votes::default();
        for row in rows.rows(&mut transaction).await? {
            let count = row.whole("votes")?.unsigned_abs();
            if row.whole("helpful")? == 1 {
                votes.helpful += count;
            } else {
                let reason = row.maybe_text("reason")?.as_deref().and_then(Reason::of_name);
                votes.unhelpful.push((reason, count));
            }
        }
        votes.unhelpful.sort();
        Ok(votes)
    }
}

/// Writes a vote.
pub(super) async fn put(transaction: &mut Transaction, vote: &Vote) -> Result<(), Fault> {
    let put = query(
        "INSERT INTO vote (member, message, entry, server, helpful, reason, voted_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (member, message, entry) DO UPDATE SET
            helpful = excluded.helpful, reason = excluded.reason, voted_at = excluded.voted_at",
    );
    let put = put
        .bind(vote.member.0.as_str())
        .bind(vote.message.column())
        .bind(vote.entry.as_str())
        .bind(server_column(vote.server))
        .bind(vote.helpful)
        .bind(vote.reason.filter(|_| !vote.helpful).map(Reason::name))
        .bind(vote.at.0);
    put.execute(transaction).await?;
    Ok(())
}
