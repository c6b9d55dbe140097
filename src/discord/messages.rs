//! Messages: mentions, replies and direct messages, answered once each, and taken along when they are deleted.

use std::time::{Duration, Instant};

use serenity::model::channel::Message;
use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use crate::answer::{self, Question, sentences};
use crate::store::Event;

use super::Bot;
use super::card::{Audience, Card, Head};
use super::delivery::{Delivery, KnownBy};
use super::intake::{Asker, Heard, hear};
use super::memory::Deletion;
use super::orphans::Found;
use super::recording::Source;
use super::send::{Fault, Place, SendError};

/// Between two looks at a channel in which messages are deleted that may have been answered.
const LOOK_PAUSE: Duration = Duration::from_millis(500);

impl Bot {
    /// What `message` means to the bot, whose id is `bot`; `None` where it is not meant.
    pub(super) fn hear(&self, message: &Message, bot: UserId) -> Option<Heard> {
        hear(message, bot, &self.deaf)
    }

    /// Answers `message`, which arrived at `since` and was `heard`.
    pub(super) async fn handle_message(&self, message: &Message, heard: Heard, since: Instant) {
        if !self.memory.see(message.id) || self.keeper.settings_of(message.guild_id).paused {
            return;
        }
        let language = match message.guild_id {
            Some(guild) => self.servers.language(guild).await,
            // Discord does not tell it, but what is written may.
            None => answer::language_of(&message.content),
        };
        let mut asker = Asker::of_message(message, language);
        // Where every channel is listened to, it does not matter.
        if asker.guild.is_some() && !self.deaf.channels.is_empty() {
            match self.threads.parent(asker.channel, &self.send).await {
                Ok(parent) => asker.parent = parent,
                // It may be one of those in which to keep quiet.
                Err(error) if error.fault.is_passing() => return report(Err(error), &asker),
                // It will never be told; threads that exist are told of without being asked for.
                Err(error) => tracing::debug!(channel = asker.channel.get(), "{error}"),
            }
            if self.deaf.ignores(&asker) {
                return;
            }
        }
        let texts = sentences::of(asker.public_language);
        let outcome = match heard {
            Heard::EmptyReply if !self.empty_reply_hints.admit(asker.member, since) => return,
            Heard::EmptyReply => self.send.remark(asker.channel, message.id, &texts.remarks.empty_reply).await,
            Heard::Question(_) if !self.admits(&asker) => {
                let reaction = self.send.react(asker.channel, message.id, sentences::SLOW_DOWN_REACTION).await;
                return report(reaction, &asker);
            }
            Heard::Question(question) => {
                let question = self.in_scope(question, &asker);
                self.answer_message(message.id, &question, &asker, since).await
            }
        };
        match outcome {
            // Some servers do not tell it.
            Ok(None) => {}
            Ok(Some(answer)) if self.memory.answer(message.id, answer) => {}
            // The question was deleted while the answer was on its way.
            Ok(Some(answer)) => report(self.send.delete(asker.channel, answer).await, &asker),
            Err(error) => report(Err(error), &asker),
        }
    }

    async fn answer_message(
        &self,
        message: MessageId,
        question: &Question,
        asker: &Asker,
        since: Instant,
    ) -> Result<Option<MessageId>, SendError> {
        let answered = self.answer(question, asker);
        let delivery = Delivery {
            answered: &answered,
            question: Some(question),
            asker,
            audience: Audience::Everybody,
            head: Head::Asked,
            event: Event::Answered,
            known_by: KnownBy::Question(Source { channel: asker.channel, message: Some(message) }),
            since,
        };
        let sending = async |card: Card| self.send.reply(asker.channel, message, &card).await.map(Place::of);
        self.deliver(delivery, sending).await.map(Place::message)
    }

    /// Takes the answers along when `messages` are deleted. `bot` is the bot's own id.
    pub(super) async fn handle_deletion(&self, channel: ChannelId, messages: &[MessageId], bot: UserId) {
        let mut unknown = Vec::new();
        for message in messages {
            let deletion = self.memory.delete(*message);
            // Before anything is waited for.
            if deletion != Deletion::Unseen {
                self.forget(*message);
            }
            match deletion {
                Deletion::Answered(answers) => {
                    for answer in answers {
                        self.take_away(channel, answer).await;
                    }
                }
                Deletion::Unanswered | Deletion::Unseen => {}
                Deletion::Unknown => unknown.push(*message),
            }
        }
        if !unknown.is_empty() && self.orphans.add(channel, unknown) {
            self.look_for_orphans(channel, bot).await;
        }
    }

    /// Does the same for an answer that was removed, by which a question may be known: nobody tells of it in a channel
    /// that the bot does not see.
    pub(super) async fn handle_removal(&self, channel: ChannelId, answer: MessageId) {
        self.forget(answer);
        if let Deletion::Answered(notices) = self.memory.delete(answer) {
            for notice in notices {
                self.take_away(channel, notice).await;
            }
        }
    }

    /// Takes away the answers to deleted questions of which the bot knows nothing, as they were asked before it
    /// started.
    async fn look_for_orphans(&self, channel: ChannelId, bot: UserId) {
        while let Some(questions) = self.orphans.next(channel) {
            let Some(oldest) = questions.first() else { continue };
            match self.send.after(channel, *oldest).await {
                Ok((page, is_last)) => {
                    let Found { answers, left } = Found::on(&page, is_last, &questions, bot);
                    self.orphans.add(channel, left);
                    for answer in answers {
                        self.take_away(channel, answer).await;
                    }
                }
                // It may be somebody else's message in a channel that is none of the bot's business.
                Err(error) => tracing::debug!(channel = channel.get(), "{error}"),
            }
            tokio::time::sleep(LOOK_PAUSE).await;
        }
    }

    async fn take_away(&self, channel: ChannelId, answer: MessageId) {
        // Its own deletion will be told, too.
        self.memory.see(answer);
        if let Err(error) = self.send.delete(channel, answer).await {
            tracing::warn!(channel = channel.get(), "{error}");
        }
    }
}

/// Logs what could not be sent. That something is gone needs no attention.
pub(super) fn report(outcome: Result<(), SendError>, asker: &Asker) {
    let Err(error) = outcome else { return };
    let (guild, channel) = (asker.guild.map(GuildId::get), asker.channel.get());
    if error.fault == Fault::Gone {
        tracing::debug!(guild, channel, "{error}");
    } else {
        tracing::warn!(guild, channel, "{error}");
    }
}
