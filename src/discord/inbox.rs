//! The inbox in Discord: cards in the moderators' channels of servers, each a question that was not answered, with what
//! moderators can do about it.
//!
//! The store knows which cards are not there yet, show something older or have to lose their words. Here they are
//! brought up to date again and again; what is not reached is done the next time. Whatever a moderator presses is
//! looked at anew: who they are, whose question it is, whether it is still open, and whether their server may change
//! the knowledge.

mod deciding;
mod proposing;
mod view;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serenity::model::id::{ChannelId, GuildId, MessageId};
use tokio::task::JoinSet;

use crate::answer::sentences::Sentences;
use crate::inbox;
use crate::language::Language;
use crate::store::{self, ServerId, UnansweredId, UnansweredQuestion};

use super::Bot;
use super::card::Card;
use super::cooldown::Bucket;
use super::keeper::in_time;
use super::send::{Fault, SendError};
use super::session::Pace;
use super::tending::tend;
use view::View;

pub(super) use view::facts;

/// How many new cards a server gets at once: more would bury each other, and the list of open questions has them all.
const NEW_CARDS: u32 = 20;

/// How many cards of a server are looked at in one go.
const CARDS_AT_ONCE: u32 = 5;

/// For how long a server is left alone in which no card could be written.
const REST: Duration = Duration::from_mins(1);

/// How many new questions are compared with others in one go.
const COMPARED_AT_ONCE: u32 = 20;

/// With how many others of its server a question is compared: their index is made in some 50 ms.
const COMPARED_WITH: u32 = 500;

/// How many wordings of a question are shown.
const WORDINGS_SHOWN: u32 = 4;

/// The questions on whose cards something was pressed that is still being done, and by how many: until it is done,
/// nobody else draws or settles them.
#[derive(Debug, Default)]
pub(super) struct InHand(Mutex<HashMap<UnansweredId, usize>>);

/// A question that is in hand for as long as this lives.
struct Held<'a> {
    id: UnansweredId,
    all: &'a InHand,
}

impl InHand {
    fn hold(&self, id: UnansweredId) -> Held<'_> {
        *self.questions().entry(id).or_default() += 1;
        Held { id, all: self }
    }

    pub(super) fn has(&self, id: UnansweredId) -> bool {
        self.questions().contains_key(&id)
    }

    fn questions(&self) -> MutexGuard<'_, HashMap<UnansweredId, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut questions = self.all.questions();
        if let Entry::Occupied(mut held) = questions.entry(self.id) {
            *held.get_mut() -= 1;
            if *held.get() == 0 {
                held.remove();
            }
        }
    }
}

/// What keeps cards up to date.
struct Round {
    new_cards: Bucket<GuildId>,
    /// Servers to leave alone, until when.
    resting: HashMap<GuildId, Instant>,
    is_away: bool,
}

/// Why a card does not show its question as it is now.
enum Undrawn {
    /// The store cannot tell or note it.
    Store(store::Fault),
    /// Discord does not take it.
    Discord(SendError),
}

impl From<store::Fault> for Undrawn {
    fn from(fault: store::Fault) -> Self {
        Self::Store(fault)
    }
}

impl From<SendError> for Undrawn {
    fn from(error: SendError) -> Self {
        Self::Discord(error)
    }
}

impl Bot {
    /// Starts to keep the cards up to date, for as long as the set is kept.
    pub(super) fn tend_inbox(self: &Arc<Self>, pace: &Pace) -> JoinSet<Infallible> {
        let mut tasks = JoinSet::new();
        let (bot, pace) = (Arc::clone(self), pace.clone());
        let again = pace.forget_again;
        let keep_up = move || {
            let (bot, pace) = (Arc::clone(&bot), pace.clone());
            async move { bot.keep_cards_up_to_date(&pace).await }
        };
        tasks.spawn(tend("keeping cards up to date", again, keep_up));
        tasks
    }

    async fn keep_cards_up_to_date(&self, pace: &Pace) -> Infallible {
        let new_cards = Bucket::new(NEW_CARDS, pace.new_card);
        let mut round = Round { new_cards, resting: HashMap::new(), is_away: false };
        let mut rest = pace.cards_rest;
        loop {
            tokio::time::sleep(rest).await;
            if self.keeper.wake.for_cards(pace.cards.saturating_sub(rest)).await {
                // What happened is on its way into the store.
                self.keeper.flush().await;
            }
            let since = Instant::now();
            let outcome = self.update_cards(&mut round).await;
            // However much happens, most of the time is others'.
            rest = pace.cards_rest.max(pace.cards.min(2 * since.elapsed()));
            match &outcome {
                Err(fault) if !round.is_away => tracing::warn!("cards stay as they are: {fault}"),
                Ok(()) if round.is_away => tracing::info!("cards are kept up to date again"),
                _ => {}
            }
            round.is_away = outcome.is_err();
        }
    }

    async fn update_cards(&self, round: &mut Round) -> Result<(), store::Fault> {
        self.join_similar().await?;
        let now = Instant::now();
        round.resting.retain(|_, until| *until > now);
        for server in self.keeper.store.servers_to_draw().await? {
            let guild = GuildId::new(server.0);
            if self.servers.has(guild) && !round.resting.contains_key(&guild) {
                self.update_cards_of(guild, server, round).await?;
            }
        }
        for (server, card) in self.keeper.store.cards_to_blank(CARDS_AT_ONCE).await? {
            let guild = GuildId::new(server.0);
            if self.servers.has(guild) && !round.resting.contains_key(&guild) {
                let language = self.servers.language(guild).await;
                if let Err(error) = self.blank(card, language).await {
                    round.rest(guild, error)?;
                }
            }
        }
        Ok(())
    }

    /// Has new questions that ask the same as another become one with it, before they get a card of their own.
    async fn join_similar(&self) -> Result<(), store::Fault> {
        let store = &self.keeper.store;
        let questions = store.questions_to_compare(COMPARED_AT_ONCE).await?;
        if questions.len() == COMPARED_AT_ONCE as usize {
            self.keeper.wake.cards();
        }
        for question in questions {
            let others = store.questions_before(question.id, question.server, COMPARED_WITH).await?;
            let (text, snapshot) = (question.text.clone(), self.snapshot());
            let same = tokio::task::spawn_blocking(move || {
                let texts: Vec<&str> = others.iter().map(|other| other.text.as_str()).collect();
                inbox::same_as(&text, &texts, &snapshot.knowledge).map(|place| others[place].id)
            });
            // What cannot be compared stays for itself.
            let is_joined = match same.await.unwrap_or_default() {
                Some(same) => store.join(question.id, same).await?,
                None => false,
            };
            if !is_joined {
                store.note_compared(question.id).await?;
            }
        }
        Ok(())
    }

    async fn update_cards_of(&self, guild: GuildId, server: ServerId, round: &mut Round) -> Result<(), store::Fault> {
        let channel = self.keeper.settings_of(Some(guild)).moderators_channel;
        let language = self.servers.language(guild).await;
        let mut drawn = 0;
        for question in self.keeper.store.cards_to_draw(server, CARDS_AT_ONCE).await? {
            let is_compared = question.card.is_some() || question.is_compared;
            if self.in_hand.has(question.id) || !is_compared {
                continue;
            }
            let outcome = match (question.card, channel) {
                (Some(card), _) => self.redraw(question.id, card, language).await,
                (None, Some(channel)) if round.new_cards.admit(guild, Instant::now()) => {
                    self.post_card(&question, channel, language).await
                }
                // Those behind it have no card either.
                (None, _) => return Ok(()),
            };
            if let Err(error) = outcome {
                return round.rest(guild, error);
            }
            drawn += 1;
        }
        // There may be more.
        if drawn == CARDS_AT_ONCE {
            self.keeper.wake.cards();
        }
        Ok(())
    }

    /// Has a card show its question as it is now. Where the card is gone, so is what the store knew of it.
    async fn redraw(&self, id: UnansweredId, card: store::CardMessage, language: Language) -> Result<(), Undrawn> {
        let store = &self.keeper.store;
        let (channel, message) = (ChannelId::new(card.channel.0), MessageId::new(card.message.0));
        let mut shown = None;
        // Somebody may press something at any time and draw the card: what was drawn here might come behind it.
        while let Some(question) = store.unanswered_by_id(id).await? {
            if shown.unwrap_or(question.drawn) >= question.revision {
                break;
            }
            let drawn = self.draw(&question, language).await?;
            match self.send.redraw(channel, message, &drawn).await {
                Ok(()) => store.card_drawn(&question, card, self.keeper.now()).await?,
                Err(error) if error.fault == Fault::Gone => return Ok(store.card_lost(card.message).await?),
                Err(error) => return Err(error.into()),
            }
            shown = Some(question.revision);
        }
        Ok(())
    }

    async fn post_card(
        &self,
        question: &UnansweredQuestion,
        channel: store::ChannelId,
        language: Language,
    ) -> Result<(), Undrawn> {
        if !self.keeper.store.claim_card(question.id, self.keeper.now()).await? {
            return Ok(());
        }
        let drawn = self.draw(question, language).await?;
        // It keeps a card from being posted twice if the first post was never recorded; a card deleted since then is
        // posted again. Some servers do not tell the message's id: it stays as it is.
        if let Some(message) = self.send.post_once(ChannelId::new(channel.0), &nonce(question), &drawn).await? {
            let card = store::CardMessage { channel, message: store::MessageId(message.get()) };
            self.keeper.store.card_drawn(question, card, self.keeper.now()).await?;
        }
        Ok(())
    }

    /// The card of a question as it is now.
    async fn draw(&self, question: &UnansweredQuestion, language: Language) -> Result<Card, store::Fault> {
        let wordings = self.keeper.store.wordings(question.id, WORDINGS_SHOWN).await?;
        let guild = question.server.map(|server| GuildId::new(server.0));
        let snapshot = self.snapshot();
        let is_home = guild.is_some_and(|guild| self.is_home(guild));
        let scope = self.scope_in(guild);
        Ok(View { question, wordings: &wordings, snapshot: &snapshot, scope, is_home, language }.card())
    }

    /// Takes the words off a card whose question is gone.
    async fn blank(&self, card: store::CardMessage, language: Language) -> Result<(), Undrawn> {
        let (channel, message) = (ChannelId::new(card.channel.0), MessageId::new(card.message.0));
        match self.send.redraw(channel, message, &view::blank(language)).await {
            Err(error) if error.fault != Fault::Gone => Err(error.into()),
            _ => Ok(self.keeper.store.card_blanked(card).await?),
        }
    }

    /// The question of this number where it is one of `guild`; else what to tell who wants it.
    async fn question_of(
        &self,
        id: UnansweredId,
        guild: Option<GuildId>,
    ) -> Result<UnansweredQuestion, fn(&Sentences) -> &str> {
        let found = in_time("a question is not found", self.keeper.store.unanswered_by_id(id)).await;
        let found = found.ok_or::<fn(&Sentences) -> &str>(|texts| &texts.remarks.not_changed)?;
        let is_here = |question: &UnansweredQuestion| question.server.map(|server| server.0) == guild.map(GuildId::get);
        found.filter(is_here).ok_or(|texts| &texts.inbox.elsewhere)
    }
}

/// The same for every try to post this card, and for no other, also of another store.
fn nonce(question: &UnansweredQuestion) -> String {
    let UnansweredQuestion { id, server, text, first_at, revision, .. } = question;
    let mut hasher = DefaultHasher::new();
    (id, server, text, first_at.0, revision).hash(&mut hasher);
    format!("c{:016x}", hasher.finish())
}

impl Round {
    /// Leaves a server alone for a while in which Discord does not take a card.
    ///
    /// # Errors
    /// Those of the store, which concern all servers.
    fn rest(&mut self, guild: GuildId, error: Undrawn) -> Result<(), store::Fault> {
        let error = match error {
            Undrawn::Store(fault) => return Err(fault),
            Undrawn::Discord(error) => error,
        };
        tracing::warn!(guild = guild.get(), "{error}");
        self.resting.insert(guild, Instant::now() + REST);
        Ok(())
    }
}
