//! Send: cards and sentences to Discord. The only writer (but for the choices offered while a member types, which
//! poise sends); nothing it writes pings anybody.

mod build;
mod fault;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serenity::all::{
    ChannelId, ComponentInteraction, CreateInteractionResponse, CreateMessage, EditMessage, GuildId, Http,
    InteractionId, Message, MessageId, MessageReference, MessageReferenceKind, Nonce, ReactionType,
};

use super::card::Card;
use super::seal::Seal;

pub use build::no_mentions;
pub use fault::{Fault, SendError};

/// How patient to be with Discord's REST interface.
#[derive(Debug, Clone)]
pub struct Patience {
    /// For one request.
    pub request: Duration,
    /// Before each further try of a request that failed in passing; as many tries as there are pauses, and one.
    pub pauses: Vec<Duration>,
}

impl Default for Patience {
    fn default() -> Self {
        let pauses = [250, 1_000, 3_000].map(Duration::from_millis).to_vec();
        Self { request: Duration::from_secs(10), pauses }
    }
}

/// What writes to Discord.
pub struct Sender {
    http: Arc<Http>,
    seal: Seal,
    patience: Patience,
}

/// Where to answer an interaction.
#[derive(Debug, Clone, Copy)]
pub struct Callback<'a> {
    /// The interaction.
    pub id: InteractionId,
    /// Its token.
    pub token: &'a str,
}

impl Sender {
    /// Writes through `http`; buttons are sealed with `seal`.
    #[must_use]
    pub fn new(http: Arc<Http>, seal: Seal, patience: Patience) -> Self {
        Self { http, seal, patience }
    }

    /// The key of the buttons.
    #[must_use]
    pub fn seal(&self) -> &Seal {
        &self.seal
    }

    /// Sends `card` as a reply to the message `to`; once, however often it is tried. Where embeds are not allowed, as
    /// plain text.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn reply(&self, channel: ChannelId, to: MessageId, card: &Card) -> Result<MessageId, SendError> {
        let message = build::message(card, &self.seal);
        match self.post(channel, to, message).await {
            Ok(message) if !message.embeds.is_empty() => Ok(message.id),
            // Taken, but shown without its embed.
            Ok(message) => {
                let plain = build::plain_edit(card, &self.seal);
                self.edit(channel, message.id, plain).await?;
                Ok(message.id)
            }
            Err(error) if error.fault.may_be_embeds() => {
                let message = self.post(channel, to, build::plain_message(card, &self.seal)).await?;
                tracing::info!(
                    channel = channel.get(),
                    "answered in plain text: the permission Embed Links is missing"
                );
                Ok(message.id)
            }
            Err(error) => Err(error),
        }
    }

    /// Sends one sentence as a reply to the message `to`.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn remark(&self, channel: ChannelId, to: MessageId, sentence: &str) -> Result<MessageId, SendError> {
        Ok(self.post(channel, to, build::remark(sentence)).await?.id)
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
        self.attempt("greet a server", || self.http.send_message(channel, Vec::new(), &message)).await.map(|_| ())
    }

    /// Answers an interaction with `card`.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn respond(&self, to: Callback<'_>, card: &Card, is_private: bool) -> Result<(), SendError> {
        let response = CreateInteractionResponse::Message(build::response(card, &self.seal, is_private));
        self.call_back(to, &response).await
    }

    /// Answers an interaction with a sentence that only the member sees.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn tell(&self, to: Callback<'_>, sentence: &str) -> Result<(), SendError> {
        let response = CreateInteractionResponse::Message(build::private_sentence(sentence));
        self.call_back(to, &response).await
    }

    /// Answers a choice by turning the message that it was made on into `card`.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn turn_into(&self, to: Callback<'_>, card: &Card, is_plain: bool) -> Result<(), SendError> {
        let response =
            if is_plain { build::plain_response(card, &self.seal) } else { build::response(card, &self.seal, false) };
        self.call_back(to, &CreateInteractionResponse::UpdateMessage(response)).await
    }

    /// Answers a choice by removing the message that it was made on.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn remove(&self, component: &ComponentInteraction) -> Result<(), SendError> {
        let to = Callback { id: component.id, token: &component.token };
        self.call_back(to, &CreateInteractionResponse::Acknowledge).await?;
        let delete = || self.http.delete_original_interaction_response(&component.token);
        unless_gone(self.attempt("remove an answer", delete).await)
    }

    /// Deletes a message of the bot; fine where it is gone already.
    ///
    /// # Errors
    /// When Discord does not do it.
    pub async fn delete(&self, channel: ChannelId, message: MessageId) -> Result<(), SendError> {
        unless_gone(self.attempt("delete an answer", || self.http.delete_message(channel, message, None)).await)
    }

    /// Reacts to a message with an emoji.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn react(&self, channel: ChannelId, message: MessageId, emoji: &str) -> Result<(), SendError> {
        let reaction = ReactionType::Unicode(emoji.to_owned());
        let outcome = self.attempt("react", || self.http.create_reaction(channel, message, &reaction)).await;
        outcome.map_err(|error| match error.fault {
            Fault::Permission(name) if name != "Read Message History" => {
                SendError { fault: Fault::Permission("Add Reactions"), ..error }
            }
            _ => error,
        })
    }

    /// The message that `message` replies to, where it has to be asked for.
    ///
    /// # Errors
    /// When Discord does not show it.
    pub async fn replied_to(&self, message: &Message) -> Result<Option<Message>, SendError> {
        let Some(reference) = &message.message_reference else { return Ok(None) };
        let Some(id) = reference.message_id else { return Ok(None) };
        self.attempt("read a question", || self.http.get_message(reference.channel_id, id)).await.map(Some)
    }

    async fn post(&self, channel: ChannelId, to: MessageId, message: CreateMessage) -> Result<Message, SendError> {
        let reference =
            MessageReference::new(MessageReferenceKind::Default, channel).message_id(to).fail_if_not_exists(true);
        // Discord takes a second message with the nonce of one just sent to mean the first.
        let nonce = Nonce::String(to.to_string());
        let message = message.reference_message(reference).nonce(nonce).enforce_nonce(true);
        self.attempt("reply", || self.http.send_message(channel, Vec::new(), &message)).await
    }

    async fn edit(&self, channel: ChannelId, id: MessageId, edit: EditMessage) -> Result<Message, SendError> {
        self.attempt("edit an answer", || self.http.edit_message(channel, id, &edit, Vec::new())).await
    }

    async fn call_back(&self, to: Callback<'_>, response: &CreateInteractionResponse) -> Result<(), SendError> {
        let call = || self.http.create_interaction_response(to.id, to.token, response, Vec::new());
        match self.attempt("answer an interaction", call).await {
            // A try before, whose outcome never arrived, got through.
            Err(error) if error.fault == Fault::Answered && error.tries > 1 => Ok(()),
            outcome => outcome,
        }
    }

    /// Does `work`, and again where it failed in passing: all that is tried here may be tried twice.
    async fn attempt<T, W>(&self, doing: &'static str, work: impl Fn() -> W) -> Result<T, SendError>
    where
        W: Future<Output = serenity::Result<T>>,
    {
        let mut pauses = self.patience.pauses.iter();
        let mut tries = 0;
        loop {
            tries += 1;
            let fault = match tokio::time::timeout(self.patience.request, work()).await {
                Ok(Ok(done)) => return Ok(done),
                Ok(Err(error)) => Fault::of(&error),
                Err(_) => Fault::Passing("no answer in time".to_owned()),
            };
            match pauses.next() {
                Some(pause) if fault.is_passing() => tokio::time::sleep(*pause).await,
                _ => return Err(SendError { doing, fault, tries }),
            }
        }
    }
}

fn unless_gone(outcome: Result<(), SendError>) -> Result<(), SendError> {
    match outcome {
        Err(error) if error.fault == Fault::Gone => Ok(()),
        outcome => outcome,
    }
}
