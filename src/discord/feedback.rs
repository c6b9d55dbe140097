//! Feedback: whether an answer helped. Everybody may say so, once for each answer, and change their mind. Which entry
//! it is about stands in the sealed buttons, so that votes count after a restart.
//!
//! Answers that only the member sees have no such buttons: who asks privately is not asked anything back.

use serenity::model::application::{ComponentInteraction, ComponentInteractionDataKind};

use crate::answer::{Reply, sentences};
use crate::knowledge::EntryId;
use crate::store::{MemberId, MessageId, Reason, Record, Vote};

use super::Bot;
use super::card::{Audience, Card, Kind, Opt, Row, bare, button};
use super::intake::Asker;
use super::seal::Action;
use super::send::{Callback, SendError};

impl Bot {
    /// Adds to `card`, which shows `reply`, the buttons that ask whether it helped, where `asker`'s server wants them.
    pub(super) fn ask_for_feedback(&self, card: &mut Card, reply: &Reply, audience: Audience, asker: &Asker) {
        let Reply::Answer(answer) = reply else { return };
        let is_wanted = self.keeper.settings_of(asker.guild).feedback && self.server_of(asker).is_some();
        let Some(Row::Buttons(buttons)) = card.rows.last_mut() else { return };
        if is_wanted && audience == Audience::Everybody {
            let texts = sentences::of(card.language);
            let votes = [(&texts.feedback.helpful, true), (&texts.feedback.not_helpful, false)]
                .map(|(label, is_helpful)| button(label, Action::Vote(is_helpful, answer.entry.clone())));
            buttons.splice(0..0, votes);
        }
    }

    /// Notes that a member says whether the answer from `entry` helped; where it did not, asks why, and keeps the
    /// question as one that was not answered.
    pub(super) async fn handle_vote(
        &self,
        component: &ComponentInteraction,
        is_helpful: bool,
        entry: &EntryId,
    ) -> Result<(), SendError> {
        let asker = Asker::of_component(component);
        let texts = sentences::of(asker.member_language);
        let to = Callback::from(component);
        let message = MessageId(component.message.id.get());
        if !self.vote(&asker, message, entry, is_helpful, None) {
            return self.send.tell(to, &texts.remarks.not_changed).await;
        }
        if is_helpful {
            return self.send.tell(to, &texts.feedback.voted).await;
        }
        let label = |reason| match reason {
            Reason::WrongQuestion => &texts.feedback.reason_wrong_question,
            Reason::OutOfDate => &texts.feedback.reason_out_of_date,
            Reason::Unclear => &texts.feedback.reason_unclear,
            Reason::SomethingElse => &texts.feedback.reason_something_else,
        };
        let options = Reason::ALL.map(|reason| Opt::new(label(reason), "", Action::Reason(reason, entry.clone())));
        let (action, placeholder) = (Action::Reasons(message), texts.feedback.reason_placeholder.as_str());
        let card = Card {
            body: texts.feedback.voted_why.clone(),
            rows: vec![Row::Select { action, placeholder, options: options.into() }],
            ..bare(Kind::About, &texts.feedback.voted, asker.member_language)
        };
        self.send.respond(to, &card, true).await?;
        self.record_unhelpful(component, entry);
        Ok(())
    }

    /// Notes why the answer in `message` did not help.
    pub(super) async fn handle_reason(
        &self,
        component: &ComponentInteraction,
        message: MessageId,
    ) -> Result<(), SendError> {
        let asker = Asker::of_component(component);
        let texts = sentences::of(asker.member_language);
        let to = Callback::from(component);
        let value = match &component.data.kind {
            ComponentInteractionDataKind::StringSelect { values } => values.first(),
            _ => None,
        };
        let Some(Ok(Action::Reason(reason, entry))) = value.map(|value| self.send.seal().open(value)) else {
            return self.send.tell(to, &texts.remarks.forged).await;
        };
        if !self.vote(&asker, message, &entry, false, Some(reason)) {
            return self.send.tell(to, &texts.remarks.not_changed).await;
        }
        self.send.turn_into(to, &bare(Kind::About, &texts.feedback.voted, asker.member_language), false).await
    }

    /// Whether the vote will be kept; while the store is away, none is taken, as it might not last until it is back.
    fn vote(&self, by: &Asker, message: MessageId, entry: &EntryId, helpful: bool, reason: Option<Reason>) -> bool {
        let Some(server) = self.server_of(by).filter(|_| self.keeper.is_well()) else { return false };
        let member = self.keeper.key.member(MemberId(by.member.get()));
        let (entry, at) = (entry.to_string(), self.keeper.now());
        self.keeper.record(Record::Vote(Vote { member, message, entry, server, helpful, reason, at }))
    }
}
