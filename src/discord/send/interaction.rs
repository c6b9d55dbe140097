//! Interaction: answers to commands, choices and forms, of which Discord takes one each within three seconds.

use serde::Deserialize as _;
use serde_json::Value;
use serenity::all::{
    ApplicationId, CommandInteraction, ComponentInteraction, CreateInteractionResponse, InteractionId, LightMethod,
    MessageFlags, MessageId, ModalInteraction, Route,
};

use crate::discord::card::{Card, Form};

use super::rest::{request, with};
use super::{Fault, SendError, Sender, Shown, build, unless_gone};

/// Where to answer an interaction.
#[derive(Debug, Clone, Copy)]
pub struct Callback<'a> {
    /// The interaction.
    pub id: InteractionId,
    /// Its token.
    pub token: &'a str,
}

impl<'a> From<&'a CommandInteraction> for Callback<'a> {
    fn from(command: &'a CommandInteraction) -> Self {
        Self { id: command.id, token: &command.token }
    }
}

impl<'a> From<&'a ComponentInteraction> for Callback<'a> {
    fn from(component: &'a ComponentInteraction) -> Self {
        Self { id: component.id, token: &component.token }
    }
}

impl<'a> From<&'a ModalInteraction> for Callback<'a> {
    fn from(form: &'a ModalInteraction) -> Self {
        Self { id: form.id, token: &form.token }
    }
}

/// Where an answer to an interaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It is this message.
    At(MessageId),
    /// It is there, but Discord does not tell where.
    Unknown,
    /// It is gone already, or where it is is not asked for.
    Gone,
}

impl Place {
    /// That of what Discord took and told this message of; some servers tell none.
    pub fn of(told: Option<MessageId>) -> Self {
        told.map_or(Self::Unknown, Self::At)
    }

    /// The message, where it is told.
    #[must_use]
    pub fn message(self) -> Option<MessageId> {
        match self {
            Self::At(message) => Some(message),
            Self::Unknown | Self::Gone => None,
        }
    }
}

impl Sender {
    /// Answers an interaction with `card`.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn respond(&self, to: Callback<'_>, card: &Card, is_private: bool) -> Result<(), SendError> {
        self.respond_or_plain(to, card, is_private, false).await.map(drop)
    }

    /// Answers an interaction with `card` for everybody, and returns where that is shown.
    ///
    /// # Errors
    /// When Discord does not take the card.
    pub async fn respond_as_message(
        &self,
        application_id: ApplicationId,
        to: Callback<'_>,
        card: &Card,
    ) -> Result<Place, SendError> {
        let told = self.respond_or_plain(to, card, false, true).await?;
        if let Some(message) = message_told(&told) {
            return Ok(Place::At(message));
        }
        // Not told, as where the outcome of the try that got through never arrived.
        Ok(match self.shown(application_id, to).await {
            Ok(message) => Place::At(message),
            Err(error) => {
                tracing::debug!("{error}");
                if error.fault == Fault::Gone { Place::Gone } else { Place::Unknown }
            }
        })
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
        // The embed that is there has to go.
        let plain = || build::plain_response(card, &self.seal, false).embeds(Vec::new());
        if is_plain {
            return self.call_back(to, &CreateInteractionResponse::UpdateMessage(plain())).await;
        }
        let shown = CreateInteractionResponse::UpdateMessage(build::response(card, &self.seal, false));
        match self.call_back(to, &shown).await {
            Err(error) if error.fault.may_be_embeds() => {
                self.call_back(to, &CreateInteractionResponse::UpdateMessage(plain())).await
            }
            outcome => outcome,
        }
    }

    /// Answers an interaction with a form.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn show_form(&self, to: Callback<'_>, form: &Form) -> Result<(), SendError> {
        self.call_back(to, &CreateInteractionResponse::Modal(build::modal(form, &self.seal))).await
    }

    /// Answers a choice by removing the message that it was made on.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn remove(&self, component: &ComponentInteraction) -> Result<(), SendError> {
        let to = Callback::from(component);
        self.call_back(to, &CreateInteractionResponse::Acknowledge).await?;
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: component.application_id,
            token: &component.token,
        };
        let removed = self.rest.request("remove an answer", request(LightMethod::Delete, route)).await;
        let is_private = component.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
        match removed {
            // There is another way to what everybody sees.
            Err(error) if error.fault.is_refusal() && !is_private => {
                self.delete(component.channel_id, component.message.id).await
            }
            removed => unless_gone(removed),
        }
    }

    /// The message that an interaction was answered with.
    async fn shown(&self, application_id: ApplicationId, to: Callback<'_>) -> Result<MessageId, SendError> {
        let route = Route::WebhookOriginalInteractionResponse { application_id, token: to.token };
        let shown: Shown = self.rest.fetch("find an answer", request(LightMethod::Get, route)).await?;
        Ok(shown.id)
    }

    /// Answers an interaction with `card`, as plain text where its embed is refused, and gives what Discord tells of it
    /// where it `tells`.
    async fn respond_or_plain(
        &self,
        to: Callback<'_>,
        card: &Card,
        is_private: bool,
        tells: bool,
    ) -> Result<Value, SendError> {
        let shown = CreateInteractionResponse::Message(build::response(card, &self.seal, is_private));
        match self.call_back_telling(to, &shown, tells).await {
            Err(error) if error.fault.may_be_embeds() => {
                let plain = CreateInteractionResponse::Message(build::plain_response(card, &self.seal, is_private));
                self.call_back_telling(to, &plain, tells).await
            }
            outcome => outcome,
        }
    }

    pub(super) async fn call_back(
        &self,
        to: Callback<'_>,
        response: &CreateInteractionResponse,
    ) -> Result<(), SendError> {
        self.call_back_telling(to, response, false).await.map(drop)
    }

    /// Answers an interaction, and gives what Discord tells of the answer where it `tells`.
    async fn call_back_telling(
        &self,
        to: Callback<'_>,
        response: &CreateInteractionResponse,
        tells: bool,
    ) -> Result<Value, SendError> {
        match self.try_to_call_back(to, response, tells).await {
            // Perhaps only telling is.
            Err(error) if tells && error.fault.is_refusal() => self.try_to_call_back(to, response, false).await,
            outcome => outcome,
        }
    }

    async fn try_to_call_back(
        &self,
        to: Callback<'_>,
        response: &CreateInteractionResponse,
        tells: bool,
    ) -> Result<Value, SendError> {
        let route = Route::InteractionResponse { interaction_id: to.id, token: to.token };
        let params = tells.then(|| vec![("with_response", "true".to_owned())]);
        let request = with(LightMethod::Post, route, response).params(params);
        match self.rest.send_soon("answer an interaction", request).await {
            // A try before, whose outcome never arrived, got through.
            Err(error) if error.fault == Fault::Answered && error.tries > 1 => Ok(Value::Null),
            outcome => outcome,
        }
    }
}

/// The message that an interaction was answered with, where Discord tells it.
fn message_told(told: &Value) -> Option<MessageId> {
    let told = [&told["interaction"]["response_message_id"], &told["resource"]["message"]["id"]];
    told.into_iter().find_map(|id| MessageId::deserialize(id).ok())
}
