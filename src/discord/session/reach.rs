//! Reaching Discord: asks for its gateway until it answers, or for as long as a start may take.

use std::time::Duration;

use serde_json::Value;
use serenity::all::{LightMethod, Request, Route};
use tokio::time::Instant;

use super::Pace;
use crate::discord::send::{Failed, Rest};

/// Where and how to log in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Gateway {
    /// Its address.
    pub(super) url: String,
    /// How many shards to open.
    pub(super) shards: u32,
    /// For how long no login is left.
    pub(super) closed: Option<Duration>,
}

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
pub(super) async fn gateway(rest: &Rest, pace: &Pace, deadline: Option<Instant>) -> Result<Gateway, Refusal> {
    let mut next_pause = pace.retry;
    loop {
        let patience = Instant::now() + pace.patience.request;
        let patience = deadline.map_or(patience, |deadline| deadline.min(patience));
        let (cause, after) = match tokio::time::timeout_at(patience, fetch(rest)).await {
            Ok(Ok(told)) => match Gateway::told(&told) {
                Some(gateway) => return Ok(gateway),
                None => ("it names a gateway whose address is none".to_owned(), None),
            },
            Ok(Err(Failed { status: Some(401), .. })) => return Err(Refusal::Token),
            Ok(Err(failed)) => (failed.cause, failed.after),
            Err(_) => ("no answer in time".to_owned(), None),
        };
        // Asking sooner would be refused again, and counted.
        let pause = after.unwrap_or_default().max(next_pause);
        if deadline.is_some_and(|deadline| Instant::now() + pause >= deadline) {
            return Err(Refusal::TooLate(cause));
        }
        tracing::warn!("cannot reach Discord: {cause}; trying again in {} s", pause.as_secs_f32());
        tokio::time::sleep(pause).await;
        next_pause = (next_pause * 2).min(pace.retry_most);
    }
}

impl Gateway {
    /// The gateway that an answer tells of: its address is enough.
    fn told(told: &Value) -> Option<Self> {
        let url = told["url"].as_str().filter(|url| is_gateway(url))?;
        // Serenity puts a query of its own behind it.
        let url = url.split_once('?').map_or(url, |(url, _)| url);
        let shards = told["shards"].as_u64().and_then(|shards| u32::try_from(shards).ok()).filter(|shards| *shards > 0);
        let limit = &told["session_start_limit"];
        let closed = limit["reset_after"].as_u64().filter(|_| limit["remaining"].as_u64() == Some(0));
        Some(Self { url: url.to_owned(), shards: shards.unwrap_or(1), closed: closed.map(Duration::from_millis) })
    }
}

/// Asks for the gateway of bots, or, where there is none, for that of all.
async fn fetch(rest: &Rest) -> Result<Value, Failed> {
    match rest.fetch_once(&Request::new(Route::GatewayBot, LightMethod::Get)).await {
        Err(Failed { status: Some(404), .. }) => rest.fetch_once(&Request::new(Route::Gateway, LightMethod::Get)).await,
        told => told,
    }
}

fn is_gateway(url: &str) -> bool {
    url.starts_with("wss://") || url.starts_with("ws://")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_address_is_enough() {
        let check = |told: Value, shards: u32, closed_millis: Option<u64>| {
            let closed = closed_millis.map(Duration::from_millis);
            let expected = Gateway { url: "wss://gateway.example".to_owned(), shards, closed };
            assert_eq!(Gateway::told(&told), Some(expected), "{told}");
        };
        let url = "wss://gateway.example";
        check(json!({ "url": url }), 1, None);
        check(json!({ "url": format!("{url}?v=10&encoding=json") }), 1, None);
        check(json!({ "url": url, "shards": 0, "session_start_limit": null }), 1, None);
        check(json!({ "url": url, "shards": 3, "session_start_limit": { "remaining": 0 } }), 3, None);
        check(json!({ "url": url, "session_start_limit": { "remaining": 1, "reset_after": 9 } }), 1, None);
        check(json!({ "url": url, "session_start_limit": { "remaining": 0, "reset_after": 9 } }), 1, Some(9));
        for told in [json!({}), json!({ "url": "https://gateway.example" }), json!("no"), Value::Null] {
            assert_eq!(Gateway::told(&told), None, "{told}");
        }
    }
}
