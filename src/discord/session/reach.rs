//! Reaching Discord: asks for its gateway until it answers, or for as long as a start may take.

use serenity::all::Http;
use serenity::http::HttpError;
use serenity::model::gateway::BotGateway;
use tokio::time::Instant;

use super::{Pace, refuses_token};

/// Why there is no gateway.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The token is not right.
    Token,
    /// Nothing came of it in time; what happened the last time.
    TooLate(String),
}

/// The gateway that Discord names, and the number of shards that it wants.
///
/// # Errors
/// When Discord refuses the token, or does not answer before `deadline`; without one it is asked for ever.
pub(super) async fn gateway(http: &Http, pace: &Pace, deadline: Option<Instant>) -> Result<BotGateway, Refusal> {
    let mut pause = pace.retry;
    loop {
        let patience = Instant::now() + pace.patience.request;
        let patience = deadline.map_or(patience, |deadline| deadline.min(patience));
        let cause = match tokio::time::timeout_at(patience, http.get_bot_gateway()).await {
            Ok(Ok(gateway)) if is_gateway(&gateway.url) => return Ok(gateway),
            Ok(Ok(_)) => "it names a gateway whose address is none".to_owned(),
            Ok(Err(error)) if refuses_token(&error) => return Err(Refusal::Token),
            Ok(Err(error)) => cause(&error),
            Err(_) => "no answer in time".to_owned(),
        };
        if deadline.is_some_and(|deadline| Instant::now() + pause >= deadline) {
            return Err(Refusal::TooLate(cause));
        }
        tracing::warn!("cannot reach Discord: {cause}; trying again in {} s", pause.as_secs_f32());
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(pace.retry_most);
    }
}

/// Why a request failed, such as "connection refused"; without addresses, which may hold secrets.
pub(in crate::discord) fn cause(error: &serenity::Error) -> String {
    match error {
        serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            format!("it answers {}", response.status_code)
        }
        serenity::Error::Http(HttpError::Request(error)) => root_cause(error),
        _ => "it gives an answer that cannot be read".to_owned(),
    }
}

fn is_gateway(url: &str) -> bool {
    url.starts_with("wss://") || url.starts_with("ws://")
}

/// The innermost cause, such as "connection refused".
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
