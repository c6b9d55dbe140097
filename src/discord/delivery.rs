//! Delivery: an answer on its way to those who read it. How a card is made of it, and what the log and the store are
//! told once it was sent, is written here once; whoever answers chooses what differs.

use std::time::Instant;

use serenity::model::id::GuildId;

use crate::answer::{Question, quote};
use crate::knowledge::EntryId;
use crate::language::Language;
use crate::store::Event;

use super::card::{Audience, Card, Head};
use super::intake::Asker;
use super::recording::Source;
use super::send::{Place, SendError};
use super::{Answered, Bot};

/// An answer to be sent.
pub(super) struct Delivery<'a> {
    pub(super) answered: &'a Answered,
    /// The question; `None` where the message shows none.
    pub(super) question: Option<&'a Question>,
    /// Who asked, or whoever the answer is for.
    pub(super) asker: &'a Asker,
    /// Who sees it.
    pub(super) audience: Audience,
    /// What stands above it.
    pub(super) head: Head,
    /// As what the entry of an answer is counted.
    pub(super) event: Event,
    pub(super) known_by: KnownBy,
    /// When the question arrived.
    pub(super) since: Instant,
}

/// By which message a question is known in the store where it was not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KnownBy {
    /// The one that asks it.
    Question(Source),
    /// The reply, as no message of the member's has it. Where nobody tells which message that is, the question is found
    /// by what the reply shows of it once somebody presses something there; where the reply is gone, it is not kept:
    /// nobody could take it away.
    Reply,
    /// None: it is not kept here.
    Nothing,
}

impl Bot {
    /// Has the card of an answer sent by `sending`, which returns where that is; then counts the answer, or keeps the
    /// question.
    ///
    /// # Errors
    /// Those of `sending`.
    pub(super) async fn deliver(
        &self,
        delivery: Delivery<'_>,
        sending: impl AsyncFnOnce(Card) -> Result<Place, SendError>,
    ) -> Result<Place, SendError> {
        let sent = sending(self.card(&delivery).await).await;
        let Delivery { answered, question, asker, event, known_by, since, .. } = delivery;
        answered.log(asker, since, sent.is_ok());
        let place = sent?;
        self.tally(answered, event, asker);
        let Some(question) = question else { return Ok(place) };
        let at_reply = |message| Source { channel: asker.channel, message };
        match (known_by, place) {
            (KnownBy::Question(source), _) => self.record_miss(question, answered, source, asker),
            (KnownBy::Reply, Place::At(message)) => {
                self.record_miss(question, answered, at_reply(Some(message)), asker);
            }
            (KnownBy::Reply, Place::Unknown) => {
                let shown = Question { text: quote(&question.text), ..question.clone() };
                self.record_miss(&shown, answered, at_reply(None), asker);
            }
            (KnownBy::Reply, Place::Gone) | (KnownBy::Nothing, _) => {}
        }
        Ok(place)
    }

    async fn card(&self, delivery: &Delivery<'_>) -> Card {
        let Delivery { answered, question, asker, audience, head, .. } = delivery;
        let mut card = Card::new(&answered.reply, *audience, head, delivery.language());
        self.ask_for_feedback(&mut card, &answered.reply, *audience, asker);
        self.offer_notice(&mut card, &answered.reply, *question, *audience, asker).await;
        card
    }
}

impl Delivery<'_> {
    /// The language of the fixed texts: the one that the question tells, where its author is to read them.
    fn language(&self) -> Language {
        let is_for_author = self.audience == Audience::Everybody || !matches!(self.head, Head::Pointed(_));
        let told = self.answered.reply.language().filter(|_| is_for_author);
        told.unwrap_or_else(|| self.asker.language(self.audience))
    }
}

impl Answered {
    /// One line a question, without its text, whether or not the reply could be sent.
    fn log(&self, asker: &Asker, since: Instant, is_sent: bool) {
        let done = if is_sent { "answered" } else { "could not answer" };
        tracing::info!(
            decision = self.decision,
            score = (f64::from(self.score) * 1e3).round() / 1e3,
            entry = self.entry.as_ref().map(EntryId::as_str),
            latency_ms = u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX),
            guild = asker.guild.map(GuildId::get),
            channel = asker.channel.get(),
            "{done}"
        );
    }
}
