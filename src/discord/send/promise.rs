//! Promises: answers to interactions that may take longer than the three seconds in which Discord wants one.

use std::pin::pin;

use serenity::all::{ApplicationId, CreateInteractionResponse, CreateInteractionResponseMessage, LightMethod, Route};

use crate::discord::card::Card;

use super::rest::with;
use super::{Callback, SendError, Sender, build};

/// Where the answer to an interaction is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Where {
    /// In place of the message that it was sent from.
    InPlace {
        /// Whether that is plain text, without an embed.
        is_plain: bool,
    },
    /// In a private message.
    Privately,
}

impl Sender {
    /// Answers an interaction with `card`, once it is there: at once where it is there soon, else with a promise of it
    /// first.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn respond_in_time(
        &self,
        application_id: ApplicationId,
        to: Callback<'_>,
        place: Where,
        card: impl Future<Output = Card>,
    ) -> Result<(), SendError> {
        let mut card = pin!(card);
        if let Ok(card) = tokio::time::timeout(self.rest.patience().answer, &mut card).await {
            return match place {
                Where::InPlace { is_plain } => self.turn_into(to, &card, is_plain).await,
                Where::Privately => self.respond(to, &card, true).await,
            };
        }
        match place {
            Where::InPlace { .. } => self.defer_change(to).await?,
            Where::Privately => self.defer_privately(to).await?,
        }
        self.finish(application_id, to, &card.await).await
    }

    /// Answers an interaction with the promise of a private answer, which [`finish`](Self::finish) gives.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn defer_privately(&self, to: Callback<'_>) -> Result<(), SendError> {
        let response = CreateInteractionResponseMessage::new().ephemeral(true);
        self.call_back(to, &CreateInteractionResponse::Defer(response)).await
    }

    /// Answers a choice with the promise of a change of the message that it was made on, which
    /// [`finish`](Self::finish) makes.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn defer_change(&self, to: Callback<'_>) -> Result<(), SendError> {
        self.call_back(to, &CreateInteractionResponse::Acknowledge).await
    }

    /// Keeps the promise that an interaction was answered with, within 15 minutes.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn finish(&self, application_id: ApplicationId, to: Callback<'_>, card: &Card) -> Result<(), SendError> {
        let route = Route::WebhookOriginalInteractionResponse { application_id, token: to.token };
        let edit = build::edit(card, &self.seal);
        self.rest.request("finish an answer", with(LightMethod::Patch, route, &edit)).await
    }

    /// Tells somebody privately a sentence after their interaction was answered, within 15 minutes.
    ///
    /// # Errors
    /// When Discord does not take it.
    pub async fn tell_later(
        &self,
        application_id: ApplicationId,
        to: Callback<'_>,
        sentence: &str,
    ) -> Result<(), SendError> {
        let route = Route::WebhookFollowupMessages { application_id, token: to.token };
        let message = build::private_sentence(sentence);
        self.rest.request("say something more", with(LightMethod::Post, route, &message)).await
    }
}
