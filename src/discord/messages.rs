//! Messages: mentions, replies and direct messages, answered once each, and taken along when they are deleted.

use std::time::Instant;

use serenity::model::channel::Message;
use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use crate::answer::{self, Question, sentences};

use super::Bot;
use super::card::{Audience, Card, Head};
use super::intake::{Asker, Heard, hear};
use super::send::{Fault, SendError};

impl Bot {
    /// Answers `message` where it is meant for the bot, whose id is `bot`.
    pub(super) async fn handle_message(&self, message: &Message, bot: UserId) {
        let since = Instant::now();
        let Some(heard) = hear(message, bot, &self.deaf) else { return };
        if !self.memory.see(message.id) {
            return;
        }
        let language = match message.guild_id {
            Some(guild) => self.servers.language(guild).await,
            // Discord does not tell it, but what is written may.
            None => answer::language_of(&message.content),
        };
        let asker = Asker::of_message(message, language);
        let words = sentences::of(asker.public_language);
        let outcome = match heard {
            Heard::EmptyReply if !self.empty_reply_hints.admit(asker.member, since) => return,
            Heard::EmptyReply => self.send.remark(asker.channel, message.id, &words.empty_reply).await,
            Heard::Question(_) if !self.admits(&asker) => {
                let reaction = self.send.react(asker.channel, message.id, sentences::SLOW_DOWN_REACTION).await;
                return report(reaction, &asker);
            }
            Heard::Question(question) => self.answer_message(message.id, &question, &asker, since).await,
        };
        match outcome {
            Ok(answer) if self.memory.answer(message.id, answer) => {}
            // The question was deleted while the answer was on its way.
            Ok(answer) => report(self.send.delete(asker.channel, answer).await, &asker),
            Err(error) => report(Err(error), &asker),
        }
    }

    async fn answer_message(
        &self,
        message: MessageId,
        question: &Question,
        asker: &Asker,
        since: Instant,
    ) -> Result<MessageId, SendError> {
        let answered = self.answer(question);
        let language = answered.reply.language().unwrap_or(asker.public_language);
        let card = Card::new(&answered.reply, Audience::Everybody, &Head::Asked, language);
        let sent = self.send.reply(asker.channel, message, &card).await?;
        answered.log(asker, since);
        Ok(sent)
    }

    /// Takes the answer along when `message` is deleted.
    pub(super) async fn handle_deletion(&self, channel: ChannelId, message: MessageId) {
        if let Some(answer) = self.memory.delete(message)
            && let Err(error) = self.send.delete(channel, answer).await
        {
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
