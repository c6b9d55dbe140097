//! The rules of interactions: one first response in time, then a token that grows old.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::fake::{Discord, Pending};
use super::bot::http;

/// A Discord where `/ask` is registered, and a member who has just used it.
async fn asked() -> (Discord, Pending) {
    let discord = Discord::start();
    let option = json!({ "type": 3, "name": "question", "description": "x", "autocomplete": true });
    let commands = json!([{ "name": "ask", "description": "Asks.", "options": [option] }]);
    http(&discord).create_global_commands(&commands).await.expect("a command");
    let pending = discord.member("ada").uses_without_waiting("/ask", [("question", "x")]);
    (discord, pending)
}

/// What becomes of a callback.
async fn callback(discord: &Discord, pending: &Pending, body: Value) -> String {
    let (http, token) = (http(discord), pending.token());
    let done = http.create_interaction_response(pending.id().into(), &token, &body, Vec::new()).await;
    told(discord, done.is_err())
}

fn told(discord: &Discord, is_refused: bool) -> String {
    let refusal = if is_refused { discord.take_refusal() } else { None };
    refusal.map(|refusal| refusal.to_string()).unwrap_or_default()
}

fn message() -> Value {
    json!({ "type": 4, "data": { "content": "x" } })
}

#[tokio::test]
async fn one_first_response() {
    let (discord, pending) = asked().await;
    assert_eq!(callback(&discord, &pending, message()).await, "");
    assert_eq!(callback(&discord, &pending, message()).await, "40060: Interaction has already been acknowledged.");
    pending.reply().await.shows("x");
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_late_first_response() {
    let (discord, pending) = asked().await;
    discord.time_passes(Duration::from_secs(4));
    assert_eq!(callback(&discord, &pending, message()).await, "10062: Unknown interaction");
}

#[tokio::test]
async fn responses_that_do_not_fit() {
    for (body, expected) in [
        (
            json!({ "type": 8, "data": { "choices": [] } }),
            "50035: Invalid Form Body; type: Value must be one of [4, 5, 9].",
        ),
        (
            json!({ "type": 7, "data": { "content": "x" } }),
            "50035: Invalid Form Body; type: Value must be one of [4, 5, 9].",
        ),
        (json!({ "type": 4, "data": {} }), "50006: Cannot send an empty message"),
        (
            json!({ "type": 5, "data": { "flags": 4 } }),
            "50035: Invalid Form Body; data.flags: A deferred response accepts only the ephemeral flag.",
        ),
        (
            json!({ "type": 9, "data": { "custom_id": "x", "title": "x".repeat(46), "components": [] } }),
            "50035: Invalid Form Body; data.title: Must be between 1 and 45 in length.; data.components: Must be \
             between 1 and 5 in length.",
        ),
        (
            json!({ "type": 4, "data": { "content": "x".repeat(2_001) } }),
            "50035: Invalid Form Body; data.content: Must be 2000 or fewer in length.",
        ),
    ] {
        let (discord, pending) = asked().await;
        assert_eq!(callback(&discord, &pending, body).await, expected);
    }
}

#[tokio::test]
async fn a_token_that_grew_old() {
    let (discord, pending) = asked().await;
    assert_eq!(callback(&discord, &pending, json!({ "type": 5 })).await, "");
    let http = http(&discord);
    let body = json!({ "content": "at last" });
    discord.time_passes(Duration::from_mins(14));
    http.edit_original_interaction_response(&pending.token(), &body, Vec::new()).await.expect("an edit in time");
    discord.time_passes(Duration::from_mins(2));
    let late = http.edit_original_interaction_response(&pending.token(), &body, Vec::new()).await;
    assert_eq!(told(&discord, late.is_err()), "50027: Invalid Webhook Token");
    let reply = pending.reply().await;
    assert_eq!(reply.text(), "Needle (answering ada's /ask): at last");
}

#[tokio::test]
async fn more_messages_need_a_first_response() {
    let (discord, pending) = asked().await;
    let http = http(&discord);
    let body = json!({ "content": "more" });
    let early = http.create_followup_message(&pending.token(), &body, Vec::new()).await;
    assert_eq!(told(&discord, early.is_err()), "10015: Unknown Webhook");
    assert_eq!(callback(&discord, &pending, json!({ "type": 5, "data": { "flags": 64 } })).await, "");
    http.create_followup_message(&pending.token(), &body, Vec::new()).await.expect("the deferred response");
    pending.reply().await.shows("more").is_private();
    discord.nothing_further().await;
}

#[tokio::test]
async fn choices_that_are_refused() {
    let many: Vec<Value> = (0..26).map(|index| json!({ "name": index.to_string(), "value": "x" })).collect();
    let long = "x".repeat(101);
    for (choices, expected) in [
        (json!(many[..25]), ""),
        (json!(many), "50035: Invalid Form Body; data.choices: Must be 25 or fewer in length."),
        (
            json!([{ "name": long, "value": "" }]),
            "50035: Invalid Form Body; data.choices.0.name: Must be between 1 and 100 in length.",
        ),
    ] {
        let (discord, first) = asked().await;
        assert_eq!(callback(&discord, &first, message()).await, "");
        first.reply().await;
        let typing = discord.member("ada").types_without_waiting("/ask", "question", "x");
        let told = callback(&discord, &typing, json!({ "type": 8, "data": { "choices": choices } })).await;
        assert!(told.starts_with(&expected.replace(".0.", "[0].")), "{told}");
        assert_eq!(told.is_empty(), expected.is_empty(), "{told}");
        discord.forget();
    }
}
