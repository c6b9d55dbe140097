//! Deciding: what moderators press on a card, and what becomes of it.

use serenity::model::application::{ComponentInteraction, ComponentInteractionDataKind};

use crate::answer::sentences;
use crate::discord::Bot;
use crate::discord::intake::Asker;
use crate::discord::keeper::in_time;
use crate::discord::seal::{Action, Deed};
use crate::discord::send::{Callback, SendError};
use crate::inbox::{Proposal, Target};
use crate::store::{CardMessage, ChannelId, MemberId, MessageId, Settled, UnansweredId, UnansweredQuestion, Verdict};

use super::proposing::shown_words;

impl Bot {
    /// Does what a moderator wants done with a question.
    pub(in crate::discord) async fn handle_deed(
        &self,
        component: &ComponentInteraction,
        id: UnansweredId,
        deed: Deed,
    ) -> Result<(), SendError> {
        if !matches!(deed, Deed::NotForUs | Deed::Ignore | Deed::Undo | Deed::Add(_)) {
            return self.do_deed(component, id, deed).await;
        }
        let held = self.in_hand.hold(id);
        let outcome = self.do_deed(component, id, deed).await;
        drop(held);
        self.keeper.wake.all();
        outcome
    }

    async fn do_deed(&self, component: &ComponentInteraction, id: UnansweredId, deed: Deed) -> Result<(), SendError> {
        let texts = sentences::of(Asker::of_component(component).member_language);
        let to = Callback::from(component);
        let question = match self.question_of(id, component.guild_id).await {
            Ok(question) => question,
            Err(sentence) => return self.send.tell(to, sentence(texts)).await,
        };
        let is_edit = matches!(deed, Deed::Choose | Deed::Write(_) | Deed::Add(_));
        if is_edit && !self.may_edit(component.guild_id) {
            return self.send.tell(to, &texts.inbox.not_home).await;
        }
        match deed {
            Deed::NotForUs => self.settle(component, &question, Verdict::OffTopic).await,
            Deed::Ignore => self.settle(component, &question, Verdict::Ignored).await,
            Deed::Undo => self.undo(component, &question).await,
            Deed::Choose => {
                let chosen = match &component.data.kind {
                    ComponentInteractionDataKind::StringSelect { values } => values.first(),
                    _ => None,
                };
                let Some(Ok(Action::Choose(entry))) = chosen.map(|value| self.send.seal().open(value)) else {
                    return self.send.tell(to, &texts.remarks.forged).await;
                };
                self.ask_for_words(to, &question, Target::Phrasing(entry), &question.text, texts).await
            }
            Deed::Write(target) => {
                let text = shown_words(&component.message).unwrap_or_else(|| question.text.clone());
                self.ask_for_words(to, &question, target, &text, texts).await
            }
            Deed::Add(target) => self.add(component, &question, target).await,
        }
    }

    /// Settles a question, and shows so on its card.
    async fn settle(
        &self,
        component: &ComponentInteraction,
        question: &UnansweredQuestion,
        verdict: Verdict,
    ) -> Result<(), SendError> {
        let texts = sentences::of(Asker::of_component(component).member_language);
        let to = Callback::from(component);
        let by = Some(MemberId(component.user.id.get()));
        let settled = Settled { verdict, by, at: self.keeper.now(), written: None };
        match in_time("a question is not settled", self.keeper.store.settle(question.id, &settled)).await {
            Some(true) => {
                self.refresh_settled().await;
                self.show_on_card(component, question.id, false).await
            }
            Some(false) => self.send.tell(to, &texts.inbox.is_settled).await,
            None => self.send.tell(to, &texts.remarks.not_changed).await,
        }
    }

    /// Opens a question again, once all that was written into the knowledge for it is taken back.
    async fn undo(&self, component: &ComponentInteraction, question: &UnansweredQuestion) -> Result<(), SendError> {
        let texts = sentences::of(Asker::of_component(component).member_language);
        let (application, to) = (component.application_id, Callback::from(component));
        let Some(settled) = &question.settled else { return self.send.tell(to, &texts.inbox.is_open).await };
        let written = Proposal::read(settled.written.as_deref());
        if !written.is_empty() && !self.may_edit(component.guild_id) {
            return self.send.tell(to, &texts.inbox.not_home).await;
        }
        // Taking words back can last longer than Discord waits.
        self.send.defer_change(to).await?;
        let is_written = !written.is_empty();
        if let Err(reason) = self.take_back(written, texts).await {
            let sentence = format!("{} {}\n{reason}", texts.inbox.failed_title, texts.inbox.failed_body);
            return self.send.tell_later(application, to, &sentence).await;
        }
        let reopened = self.keeper.store.reopen(question.id, self.keeper.now());
        match in_time("a question is not opened again", reopened).await {
            Some(true) => {
                self.refresh_settled().await;
                self.show_on_card(component, question.id, true).await
            }
            Some(false) => self.send.tell_later(application, to, &texts.inbox.is_open).await,
            None if is_written => self.send.tell_later(application, to, &texts.inbox.not_reopened).await,
            None => self.send.tell_later(application, to, &texts.remarks.not_changed).await,
        }
    }

    /// Makes a settled or reopened question take effect here at once; other processes follow when they next
    /// look for notices, within seconds.
    async fn refresh_settled(&self) {
        let _ = in_time("settled questions are not looked at anew", self.keeper.refresh_settled()).await;
    }

    /// Has the card that something was pressed on show its question as it is now. Where that cannot be done, it is done
    /// in the next round.
    async fn show_on_card(
        &self,
        component: &ComponentInteraction,
        id: UnansweredId,
        is_deferred: bool,
    ) -> Result<(), SendError> {
        let asker = Asker::of_component(component);
        let to = Callback::from(component);
        let found = in_time("a card is not drawn", self.keeper.store.unanswered_by_id(id)).await.flatten();
        let drawn = match &found {
            Some(question) => in_time("a card is not drawn", self.draw(question, asker.public_language)).await,
            None => None,
        };
        let (Some(question), Some(drawn)) = (found, drawn) else {
            // Nothing is to be said beyond that it was done.
            return if is_deferred { Ok(()) } else { self.send.defer_change(to).await };
        };
        if is_deferred {
            self.send.finish(component.application_id, to, &drawn).await?;
        } else {
            self.send.turn_into(to, &drawn, component.message.embeds.is_empty()).await?;
        }
        // It may be pressed on before it is noted where it is.
        let (channel, message) = (component.channel_id.get(), component.message.id.get());
        let pressed = CardMessage { channel: ChannelId(channel), message: MessageId(message) };
        let noted = self.keeper.store.card_drawn(&question, question.card.unwrap_or(pressed), self.keeper.now());
        // Where it is not noted, it is drawn once more.
        let _ = in_time("a card is drawn again", noted).await;
        Ok(())
    }
}
