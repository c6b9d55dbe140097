//! Components: what happens when a member presses a button of the bot or chooses in its select.

use std::time::Instant;

use serenity::model::application::{ComponentInteraction, ComponentInteractionDataKind, InteractionContext};
use serenity::model::id::UserId;

use crate::answer::{self, Decision, Reply, Unknown, sentences};
use crate::store::Event;

use super::card::{Audience, Card, Head};
use super::commands::faq;
use super::delivery::{Delivery, KnownBy};
use super::intake::Asker;
use super::messages::report;
use super::own_message::{Owned, audience, owned};
use super::rank::Rank;
use super::recording::asked_on;
use super::seal::{Action, Unsealed};
use super::send::{Callback, Place, SendError};
use super::{Answered, Bot, browse};

impl Bot {
    /// Does what the button or option says, where the member may.
    pub(super) async fn handle_component(&self, component: &ComponentInteraction) {
        let since = Instant::now();
        let asker = Asker::of_component(component);
        let texts = sentences::of(asker.member_language);
        let to = Callback::from(component);
        let outcome = match self.chosen(component).await {
            Err(sentence) => self.send.tell(to, sentence).await,
            Ok((Action::Remove, _)) => {
                let (channel, message) = (component.channel_id, component.message.id);
                // Its deletion will be told, where the bot sees the channel.
                self.memory.see(message);
                let removed = self.send.remove(component).await;
                if removed.is_ok() {
                    if let Some((asked, text)) = self.shown_on(component) {
                        self.keeper.place_miss(asked, &text).await;
                    }
                    self.handle_removal(channel, message).await;
                }
                removed
            }
            Ok((Action::Topics(page), owned)) => {
                let card = browse::topics(&self.snapshot(), &self.scope(&asker), asker.member_language, page);
                self.browse(to, card, &asker, owned.is_plain).await
            }
            Ok((Action::Topic(name, page), owned)) => {
                let card = browse::topic(&self.snapshot(), &self.scope(&asker), asker.member_language, &name, page);
                self.browse(to, card, &asker, owned.is_plain).await
            }
            Ok((Action::Vote(is_helpful, entry), _)) => self.handle_vote(component, is_helpful, &entry).await,
            Ok((Action::TellMe, _)) => self.handle_tell_me(component).await,
            Ok((Action::Reasons(message), _)) => self.handle_reason(component, message).await,
            Ok((Action::Inbox(question, deed), _)) => self.handle_deed(component, question, deed).await,
            Ok((Action::Unanswered(page), _)) => {
                let card = faq::open_questions(self, asker.guild, page, asker.member_language).await;
                match card {
                    Some(card) => self.send.turn_into(to, &card, false).await,
                    None => self.send.tell(to, &texts.remarks.out_of_reach).await,
                }
            }
            Ok((Action::Settings(setting), owned)) => self.handle_setting(component, setting, owned.is_plain).await,
            // Neither is on a button: what a select does is in its options, and reasons are in a select of their own.
            Ok((Action::Select | Action::Reason(..), _)) => self.send.tell(to, &texts.remarks.forged).await,
            Ok((action @ (Action::Choose(_) | Action::Read(_) | Action::NoneOfThese), owned)) => {
                match self.after(&action, &asker) {
                    None => self.send.tell(to, &texts.remarks.taken_out).await,
                    Some(answered) => {
                        let sent = self.show(component, &action, &answered, owned, since).await;
                        if sent.is_ok() && action == Action::NoneOfThese {
                            self.record_rejection(component);
                        }
                        sent
                    }
                }
            }
        };
        report(outcome, &asker);
    }

    /// Shows what a choice leads to: in place, but for an answer to somebody else's message that was chosen in private,
    /// which is for its author to see.
    async fn show(
        &self,
        component: &ComponentInteraction,
        action: &Action,
        answered: &Answered,
        owned: Owned,
        since: Instant,
    ) -> Result<(), SendError> {
        let to = Callback::from(component);
        let is_for_author = owned.author.is_some() && matches!(answered.reply, Reply::Answer(_));
        let (asker, audience) = (Asker::of_component(component), audience(&component.message));
        let is_published = is_for_author && audience == Audience::Member && !asker.is_kept_private;
        let question = asked_on(component).map(|(text, _)| asker.question(&text));
        let head = if is_published {
            Head::published(owned.head, component.user.id, component.guild_id, asker.public_language)
        } else {
            Head::Kept(owned.head)
        };
        let delivery = Delivery {
            answered,
            question: question.as_ref(),
            asker: &asker,
            audience: if is_published { Audience::Everybody } else { audience },
            head,
            event: if matches!(action, Action::Choose(_)) { Event::Chosen } else { Event::Answered },
            // What is rejected is kept with what was offered.
            known_by: KnownBy::Nothing,
            since,
        };
        let send = async |mut card: Card| {
            let sent = if is_published {
                self.send.respond(to, &card, false).await
            } else {
                if let Action::Read(entry) = action {
                    browse::add_way_back(&mut card, &self.snapshot(), &self.scope(&asker), entry);
                }
                self.send.turn_into(to, &card, owned.is_plain).await
            };
            sent.map(|()| Place::Gone)
        };
        self.deliver(delivery, send).await.map(drop)
    }

    /// Turns the message into `card`; where there is none, all topics are gone.
    async fn browse(
        &self,
        to: Callback<'_>,
        card: Option<Card>,
        asker: &Asker,
        is_plain: bool,
    ) -> Result<(), SendError> {
        match card {
            Some(card) => self.send.turn_into(to, &card, is_plain).await,
            None => self.send.tell(to, &sentences::of(asker.member_language).topics.no_topics).await,
        }
    }

    /// What the member chose, and whose answer it is on; else the sentence to tell privately.
    async fn chosen(&self, component: &ComponentInteraction) -> Result<(Action, Owned), &'static str> {
        let texts = sentences::of(Asker::of_component(component).member_language);
        let unsealed = |unsealed| match unsealed {
            Unsealed::Outdated => texts.remarks.outdated.as_str(),
            Unsealed::Forged => texts.remarks.forged.as_str(),
        };
        let open = |text: &str| self.send.seal().open(text).map_err(unsealed);
        let action = match (open(&component.data.custom_id)?, &component.data.kind) {
            (Action::Select, ComponentInteractionDataKind::StringSelect { values }) => match &values[..] {
                [value] => open(value)?,
                _ => return Err(&texts.remarks.forged),
            },
            (Action::Select, _) => return Err(&texts.remarks.forged),
            (action, _) => action,
        };
        let member = component.user.id;
        // Whoever asked may take the answer away, come what may.
        let is_removal = action == Action::Remove;
        if !is_removal && self.deaf.is_banned(member) {
            return Err(&texts.remarks.banned);
        }
        // What moderators do works where the bot keeps quiet, too.
        let is_moderators = matches!(action, Action::Unanswered(_) | Action::Inbox(..) | Action::Settings(_));
        let is_for_members = !is_removal && !is_moderators;
        if is_for_members && self.deaf.ignores(&Asker::of_component(component)) {
            return Err(&texts.remarks.ignored_channel);
        }
        if is_for_members && self.is_paused(&Asker::of_component(component)) {
            return Err(&texts.remarks.paused);
        }
        let rank = self.rank(component.guild_id, component.member.as_ref());
        let owned = owned(&component.message);
        // What does not depend on who asked.
        let needed = match action {
            Action::Vote(..) | Action::Reasons(_) => Some(Rank::Member),
            Action::Unanswered(_) => Some(Rank::Viewer),
            Action::Inbox(..) | Action::Settings(_) => Some(Rank::Moderator),
            _ => None,
        };
        if let Some(needed) = needed {
            return if rank < needed { Err(&texts.remarks.not_a_moderator) } else { Ok((action, owned)) };
        }
        let is_author = owned.author == Some(member);
        if !is_author && rank < Rank::Moderator && self.asker(component, &owned).await != Some(member) {
            return Err(&texts.remarks.not_yours);
        }
        let is_question = matches!(action, Action::Choose(_) | Action::Read(_) | Action::NoneOfThese);
        if is_question && !self.admits_choice(&Asker::of_component(component)) {
            return Err(&texts.remarks.slow_down);
        }
        Ok((action, owned))
    }

    /// Who asked; where the message does not say, the message that it replies to does.
    async fn asker(&self, component: &ComponentInteraction, owned: &Owned) -> Option<UserId> {
        if owned.asker.is_some() {
            return owned.asker;
        }
        // Others' direct messages may have several readers, as servers have.
        let is_direct = match component.context {
            Some(context) => context == InteractionContext::BotDm,
            None => component.guild_id.is_none(),
        };
        if is_direct || audience(&component.message) == Audience::Member {
            // Nobody else sees it.
            return Some(component.user.id);
        }
        match self.send.replied_to(&component.message).await {
            Ok(asker) => asker,
            Err(error) => {
                tracing::debug!(channel = component.channel_id.get(), "{error}");
                None
            }
        }
    }

    /// What a message becomes by `action`, which shows an answer or none; `None` where the entry is not there any more.
    fn after(&self, action: &Action, by: &Asker) -> Option<Answered> {
        // Its words are shown as they stand on the message, not quoted again.
        let question = self.in_scope(by.question(""), by);
        if let Action::Choose(entry) | Action::Read(entry) = action {
            return self.entry(entry.as_str(), &question);
        }
        let (snapshot, decision) = (self.snapshot(), Decision::Unknown(Unknown::NothingClose));
        let reply = answer::reply(&decision, &question, &snapshot, &self.answering.disclaimer);
        Some(Answered { reply, decision: "none of these", score: 0.0, entry: None, basis: None })
    }
}
