//! Interaction: answers to commands, choices and forms, of which Discord takes one each within three seconds.

use serenity::all::{
    ApplicationId, ComponentInteraction, CreateInteractionResponse, CreateInteractionResponseMessage, InteractionId,
    LightMethod, MessageId, Route,
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

impl Sender {
    /// Answers an interaction with `card`.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn respond(&self, to: Callback<'_>, card: &Card, is_private: bool) -> Result<(), SendError> {
        let shown = build::response(card, &self.seal, is_private);
        let plain = || build::plain_response(card, &self.seal, is_private);
        self.call_back_or_plain(to, CreateInteractionResponse::Message, shown, plain).await
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
        let plain = || build::plain_response(card, &self.seal, false);
        if is_plain {
            return self.call_back(to, &CreateInteractionResponse::UpdateMessage(plain())).await;
        }
        let shown = build::response(card, &self.seal, false);
        // The embed that is there has to go.
        let plain = || plain().embeds(Vec::new());
        self.call_back_or_plain(to, CreateInteractionResponse::UpdateMessage, shown, plain).await
    }

    /// Answers an interaction with a form.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn ask(&self, to: Callback<'_>, form: &Form) -> Result<(), SendError> {
        self.call_back(to, &CreateInteractionResponse::Modal(build::modal(form, &self.seal))).await
    }

    /// Answers a choice by removing the message that it was made on.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn remove(&self, component: &ComponentInteraction) -> Result<(), SendError> {
        let to = Callback { id: component.id, token: &component.token };
        self.call_back(to, &CreateInteractionResponse::Acknowledge).await?;
        let route = Route::WebhookOriginalInteractionResponse {
            application_id: component.application_id,
            token: &component.token,
        };
        unless_gone(self.rest.ask("remove an answer", request(LightMethod::Delete, route)).await)
    }

    /// The message that an interaction of this `application` was answered with.
    ///
    /// # Errors
    /// When Discord does not show it, as when it is gone already.
    pub async fn shown(&self, application_id: ApplicationId, to: Callback<'_>) -> Result<MessageId, SendError> {
        let route = Route::WebhookOriginalInteractionResponse { application_id, token: to.token };
        let shown: Shown = self.rest.read("find an answer", request(LightMethod::Get, route)).await?;
        Ok(shown.id)
    }

    /// Answers an interaction with `shown`, or, where its embed is refused, with `plain`.
    async fn call_back_or_plain(
        &self,
        to: Callback<'_>,
        response: fn(CreateInteractionResponseMessage) -> CreateInteractionResponse,
        shown: CreateInteractionResponseMessage,
        plain: impl FnOnce() -> CreateInteractionResponseMessage,
    ) -> Result<(), SendError> {
        match self.call_back(to, &response(shown)).await {
            Err(error) if error.fault.may_be_embeds() => self.call_back(to, &response(plain())).await,
            outcome => outcome,
        }
    }

    pub(super) async fn call_back(
        &self,
        to: Callback<'_>,
        response: &CreateInteractionResponse,
    ) -> Result<(), SendError> {
        let route = Route::InteractionResponse { interaction_id: to.id, token: to.token };
        match self.rest.ask_soon("answer an interaction", with(LightMethod::Post, route, response)).await {
            // A try before, whose outcome never arrived, got through.
            Err(error) if error.fault == Fault::Answered && error.tries > 1 => Ok(()),
            outcome => outcome,
        }
    }
}
