//! Send: cards and sentences to Discord. All messages go out through here; nothing in them pings anybody but
//! [notices](Sender::notify), which ping the one member they are for.

mod allowed;
mod build;
mod fault;
mod interaction;
mod promise;
mod rest;

use serde::Deserialize;
use serde_json::Value;
use serenity::all::{
    ChannelId, ChannelType, CreateMessage, EditMessage, GuildId, LightMethod, Message, MessageId, MessageReference,
    MessageReferenceKind, Nonce, ReactionType, Route, UserId,
};

use crate::limits::LISTED_MESSAGES;

use super::card::Card;
use super::intake::is_thread;
use super::seal::Seal;
use rest::{request, with};

pub use build::no_mentions;
pub use fault::{Fault, SendError};
pub use interaction::{Callback, Place};
pub use promise::Where;
pub use rest::{Failed, Patience, Rest};

/// What writes to Discord.
pub struct Sender {
    rest: Rest,
    seal: Seal,
}

/// A message that pings one member.
#[derive(Debug, Clone)]
pub struct Ping {
    /// Where.
    pub channel: ChannelId,
    /// What it replies to, where that is still there.
    pub to: Option<MessageId>,
    /// Whom.
    pub member: UserId,
    /// What is said above the card; it mentions the member.
    pub sentence: String,
    /// What tells it from every other message, in at most 25 characters.
    pub nonce: String,
}

impl Sender {
    /// Writes through `rest`; buttons are sealed with `seal`.
    #[must_use]
    pub fn new(rest: Rest, seal: Seal) -> Self {
        Self { rest, seal }
    }

    /// What it writes through.
    #[must_use]
    pub fn rest(&self) -> &Rest {
        &self.rest
    }

    /// The key of the buttons.
    #[must_use]
    pub fn seal(&self) -> &Seal {
        &self.seal
    }

    /// Sends `card` as a reply to the message `to`; once, however often it is tried. Where embeds are not allowed, as
    /// plain text. Returns the reply's id where the answer tells it.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn reply(&self, channel: ChannelId, to: MessageId, card: &Card) -> Result<Option<MessageId>, SendError> {
        self.post_card(channel, "", card, |message| in_reply(message, channel, to)).await
    }

    /// Sends `card` below the notice's sentence, which pings its member and nobody else: the only message of the bot
    /// that pings anybody. A reply where what it replies to is still there; once, however often it is tried within some
    /// minutes. Returns as [`reply`](Self::reply) does.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn notify(&self, notice: &Ping, card: &Card) -> Result<Option<MessageId>, SendError> {
        let dress = |message: CreateMessage| {
            let nonce = Nonce::String(notice.nonce.clone());
            let message = message.allowed_mentions(build::mentioning(notice.member)).nonce(nonce).enforce_nonce(true);
            match notice.to {
                Some(to) => message.reference_message(reference(notice.channel, to, false)),
                None => message,
            }
        };
        self.post_card(notice.channel, &notice.sentence, card, dress).await
    }

    /// Sends one sentence as a reply to the message `to`; returns as [`reply`](Self::reply) does.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn remark(
        &self,
        channel: ChannelId,
        to: MessageId,
        sentence: &str,
    ) -> Result<Option<MessageId>, SendError> {
        Ok(self.post(channel, in_reply(build::remark(sentence), channel, to)).await?.id)
    }

    /// Sends `text`, which replies to nothing, to a channel of `guild`; once for that it let the bot in at `joined`, in
    /// seconds since the Unix epoch, however often it is tried.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn greet(&self, guild: GuildId, joined: i64, channel: ChannelId, text: &str) -> Result<(), SendError> {
        // At most 25 characters.
        let nonce = Nonce::String(format!("{:x}{joined:x}", guild.get()));
        let message = build::remark(text).nonce(nonce).enforce_nonce(true);
        let route = Route::ChannelMessages { channel_id: channel };
        self.rest.request("greet a server", with(LightMethod::Post, route, &message)).await
    }

    /// Posts `card`, which replies to nothing; once for each `nonce`, at most 25 characters, however often it is tried
    /// within some minutes. Where embeds are not allowed, as plain text. Returns the message's id where the answer
    /// tells it.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn post_once(
        &self,
        channel: ChannelId,
        nonce: &str,
        card: &Card,
    ) -> Result<Option<MessageId>, SendError> {
        let dress = |message: CreateMessage| message.nonce(Nonce::String(nonce.to_owned())).enforce_nonce(true);
        self.post_card(channel, "", card, dress).await
    }

    /// Has a message of the bot show `card` from now on.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn redraw(&self, channel: ChannelId, message: MessageId, card: &Card) -> Result<(), SendError> {
        match self.edit(channel, message, build::edit(card, &self.seal)).await {
            Err(error) if error.fault.may_be_embeds() => {
                self.edit(channel, message, build::plain_edit("", card, &self.seal)).await
            }
            outcome => outcome,
        }
    }

    /// Deletes a message of the bot; fine where it is gone already.
    ///
    /// # Errors
    /// When Discord does not do it.
    pub async fn delete(&self, channel: ChannelId, message: MessageId) -> Result<(), SendError> {
        let route = Route::ChannelMessage { channel_id: channel, message_id: message };
        unless_gone(about_message(self.rest.request("delete an answer", request(LightMethod::Delete, route)).await))
    }

    /// Reacts to a message with an emoji.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn react(&self, channel: ChannelId, message: MessageId, emoji: &str) -> Result<(), SendError> {
        let reaction = ReactionType::Unicode(emoji.to_owned()).as_data();
        let route = Route::ChannelMessageReactionMe { channel_id: channel, message_id: message, reaction: &reaction };
        let outcome = self.rest.request("react", request(LightMethod::Put, route)).await;
        outcome.map_err(|error| match error.fault {
            Fault::Permission(name) if name != "Read Message History" => {
                SendError { fault: Fault::Permission("Add Reactions"), ..error }
            }
            _ => error,
        })
    }

    /// Who wrote the message that `message` replies to, where it has to be asked for.
    ///
    /// # Errors
    /// When Discord does not show it.
    pub async fn replied_to(&self, message: &Message) -> Result<Option<UserId>, SendError> {
        let Some(reference) = &message.message_reference else { return Ok(None) };
        let Some(message_id) = reference.message_id else { return Ok(None) };
        let route = Route::ChannelMessage { channel_id: reference.channel_id, message_id };
        let question: Shown = self.rest.fetch("read a question", request(LightMethod::Get, route)).await?;
        Ok(Some(question.author.id))
    }

    /// The messages behind `message`, which may be deleted, in any order, and whether they are all.
    ///
    /// # Errors
    /// When Discord does not show them.
    pub async fn after(&self, channel: ChannelId, message: MessageId) -> Result<(Vec<Shown>, bool), SendError> {
        let params = vec![("after", message.to_string()), ("limit", LISTED_MESSAGES.to_string())];
        let list = request(LightMethod::Get, Route::ChannelMessages { channel_id: channel }).params(Some(params));
        let shown: Vec<Shown> = self.rest.fetch("look for an answer", list).await?;
        let is_last = shown.len() < LISTED_MESSAGES;
        Ok((shown, is_last))
    }

    /// The bot's own id.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn own_id(&self) -> Result<UserId, SendError> {
        let own: Author = self.rest.fetch("learn who I am", request(LightMethod::Get, Route::UserMe)).await?;
        Ok(own.id)
    }

    /// The channel that `channel` is a thread of; `None` where it is no thread.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn thread_of(&self, channel: ChannelId) -> Result<Option<ChannelId>, SendError> {
        let route = Route::Channel { channel_id: channel };
        let place: ChannelPlace =
            self.rest.fetch("learn whose thread this is", request(LightMethod::Get, route)).await?;
        Ok(place.parent_id.filter(|_| is_thread(place.kind)))
    }

    /// Posts `card` below the line `above`, made ready by `dress`; where embeds are not allowed, as plain text.
    async fn post_card(
        &self,
        channel: ChannelId,
        above: &str,
        card: &Card,
        dress: impl Fn(CreateMessage) -> CreateMessage,
    ) -> Result<Option<MessageId>, SendError> {
        match self.post(channel, dress(build::message(above, card, &self.seal))).await {
            // Where nothing else that was sent is told either, it says nothing of embeds.
            Ok(Sent { id: Some(id), is_without_embeds: true, is_without_rows })
                if card.rows.is_empty() || !is_without_rows =>
            {
                let plain = build::plain_edit(above, card, &self.seal);
                // Sent it is in any case.
                if let Err(error) = self.edit(channel, id, plain).await {
                    tracing::warn!(channel = channel.get(), "answered without the embed; {error}");
                }
                Ok(Some(id))
            }
            Ok(message) => Ok(message.id),
            Err(error) if error.fault.may_be_embeds() => {
                let message = self.post(channel, dress(build::plain_message(above, card, &self.seal))).await?;
                tracing::info!(
                    channel = channel.get(),
                    "answered in plain text: the permission Embed Links is missing"
                );
                Ok(message.id)
            }
            Err(error) => Err(error),
        }
    }

    async fn post(&self, channel: ChannelId, message: CreateMessage) -> Result<Sent, SendError> {
        let route = Route::ChannelMessages { channel_id: channel };
        let answer = self.rest.send("reply", with(LightMethod::Post, route, &message)).await?;
        Ok(Sent::told(&answer))
    }

    async fn edit(&self, channel: ChannelId, id: MessageId, edit: EditMessage) -> Result<(), SendError> {
        let route = Route::ChannelMessage { channel_id: channel, message_id: id };
        about_message(self.rest.request("edit an answer", with(LightMethod::Patch, route, &edit)).await)
    }
}

/// A message that was just sent, as far as it matters and the answer tells.
#[derive(Debug)]
struct Sent {
    id: Option<MessageId>,
    /// Whether it is shown without the embed that it was sent with.
    is_without_embeds: bool,
    /// Whether it is shown without buttons and selects.
    is_without_rows: bool,
}

/// A message that Discord shows, as far as it matters.
#[derive(Debug, Deserialize)]
pub struct Shown {
    /// The message.
    pub id: MessageId,
    /// Who wrote it.
    pub author: Author,
    message_reference: Option<Reference>,
    #[serde(default)]
    mentions: Vec<Author>,
}

/// A channel or thread, as far as it matters.
#[derive(Debug, Deserialize)]
struct ChannelPlace {
    #[serde(rename = "type")]
    kind: ChannelType,
    parent_id: Option<ChannelId>,
}

/// Who wrote a message, or is mentioned in it.
#[derive(Debug, Deserialize)]
pub struct Author {
    /// The member or bot.
    pub id: UserId,
}

#[derive(Debug, Deserialize)]
struct Reference {
    message_id: Option<MessageId>,
}

impl Sent {
    fn told(answer: &Value) -> Self {
        Self {
            id: MessageId::deserialize(&answer["id"]).ok(),
            is_without_embeds: answer["embeds"].as_array().is_some_and(Vec::is_empty),
            is_without_rows: answer["components"].as_array().is_none_or(Vec::is_empty),
        }
    }
}

impl Shown {
    /// The message that it replies to, which may be deleted.
    #[must_use]
    pub fn replies_to(&self) -> Option<MessageId> {
        self.message_reference.as_ref().and_then(|reference| reference.message_id)
    }

    /// Whether it mentions `member`.
    #[must_use]
    pub fn mentions(&self, member: UserId) -> bool {
        self.mentions.iter().any(|mentioned| mentioned.id == member)
    }
}

/// `message` as the reply to the message `to`; once, however often it is posted.
fn in_reply(message: CreateMessage, channel: ChannelId, to: MessageId) -> CreateMessage {
    // Discord takes a second message with the nonce of one just sent to mean the first.
    let nonce = Nonce::String(to.to_string());
    message.reference_message(reference(channel, to, true)).nonce(nonce).enforce_nonce(true)
}

fn reference(channel: ChannelId, to: MessageId, must_exist: bool) -> MessageReference {
    MessageReference::new(MessageReferenceKind::Default, channel).message_id(to).fail_if_not_exists(must_exist)
}

fn about_message(outcome: Result<(), SendError>) -> Result<(), SendError> {
    outcome.map_err(|error| SendError { fault: error.fault.about_message(), ..error })
}

fn unless_gone(outcome: Result<(), SendError>) -> Result<(), SendError> {
    match outcome {
        Err(error) if error.fault == Fault::Gone => Ok(()),
        outcome => outcome,
    }
}
