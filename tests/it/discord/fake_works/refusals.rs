//! What is refused: a table of what a bot must not send, each with the words that it is refused with.

use serde_json::{Value, json};
use serenity::all::Permissions;

use super::super::fake::{Discord, OnMessage as _, Refusal};
use super::bot::http;

/// What becomes of `body` as a message in #general.
async fn post(discord: &Discord, body: &Value) -> Option<String> {
    let channel = discord.channel("general").id().into();
    let sent = http(discord).send_message(channel, Vec::new(), body).await;
    refusal(discord, sent.is_err(), &body.to_string())
}

/// The refusal that has just been met, in words.
fn refusal(discord: &Discord, is_refused: bool, what: &str) -> Option<String> {
    if !is_refused {
        return None;
    }
    match discord.take_refusal() {
        Some(refusal) => Some(refusal.to_string()),
        None => panic!("the client failed by itself: {what}"),
    }
}

/// Asserts what becomes of messages: accepted, or refused in these words.
pub(super) async fn check(cases: Vec<(Value, &str)>) {
    let discord = Discord::start();
    for (body, expected) in cases {
        let told = post(&discord, &body).await.unwrap_or_default();
        assert_eq!(told, expected, "{body}");
    }
}

fn long(length: usize) -> String {
    "x".repeat(length)
}

fn button(id: &str) -> Value {
    json!({ "type": 2, "style": 1, "label": "Label", "custom_id": id })
}

pub(super) fn row(parts: &[Value]) -> Value {
    json!({ "type": 1, "components": parts })
}

pub(super) fn rows(rows: &[Value]) -> Value {
    json!({ "content": "x", "components": rows })
}

pub(super) fn select(options: &[Value]) -> Value {
    rows(&[row(&[json!({ "type": 3, "custom_id": "s", "options": options })])])
}

pub(super) fn option(label: &str, value: &str) -> Value {
    json!({ "label": label, "value": value })
}

#[tokio::test]
async fn texts_of_messages() {
    check(vec![
        (json!({ "content": long(2_000) }), ""),
        (json!({ "content": long(2_001) }), "50035: Invalid Form Body; content: Must be 2000 or fewer in length."),
        (json!({ "content": "  \n" }), "50006: Cannot send an empty message"),
        (json!({ "embeds": [] }), "50006: Cannot send an empty message"),
        (json!({ "components": [row(&[button("x")])] }), "50006: Cannot send an empty message"),
        (
            json!({ "content": "x", "nonce": long(26) }),
            "50035: Invalid Form Body; nonce: Must be 25 or fewer in length.",
        ),
        (json!({ "content": "x", "flags": 64 }), "50035: Invalid Form Body; flags: Flags 64 cannot be set here."),
    ])
    .await;
}

#[tokio::test]
async fn embeds() {
    let embed = |embed: Value| json!({ "embeds": [embed] });
    let field = |name: usize, value: usize| json!({ "fields": [{ "name": long(name), "value": long(value) }] });
    let full = json!({ "description": long(4_000) });
    check(vec![
        (embed(json!({ "title": long(256), "description": long(4_096), "footer": { "text": long(1_648) } })), ""),
        (
            embed(json!({ "title": long(257) })),
            "50035: Invalid Form Body; embeds[0].title: Must be 256 or fewer in length.",
        ),
        (
            embed(json!({ "description": long(4_097) })),
            "50035: Invalid Form Body; embeds[0].description: Must be 4096 or fewer in length.",
        ),
        (
            embed(json!({ "title": "x", "footer": { "text": long(2_049) } })),
            "50035: Invalid Form Body; embeds[0].footer.text: Must be between 1 and 2048 in length.",
        ),
        (
            embed(json!({ "title": "x", "author": { "name": long(257) } })),
            "50035: Invalid Form Body; embeds[0].author.name: Must be between 1 and 256 in length.",
        ),
        (embed(field(256, 1_024)), ""),
        (
            embed(field(0, 1_025)),
            "50035: Invalid Form Body; embeds[0].fields[0].name: This field is required; \
             embeds[0].fields[0].value: Must be between 1 and 1024 in length.",
        ),
        (
            embed(json!({ "fields": vec![json!({ "name": "x", "value": "x" }); 26] })),
            "50035: Invalid Form Body; embeds[0].fields: Must be 25 or fewer in length.",
        ),
        (
            json!({ "embeds": [full.clone(), full] }),
            "50035: Invalid Form Body; embeds[1]: Embed size exceeds maximum size of 6000",
        ),
        (
            json!({ "embeds": vec![json!({ "title": "x" }); 11] }),
            "50035: Invalid Form Body; embeds: Must be 10 or fewer in length.",
        ),
        (embed(json!({ "color": 1 })), "50035: Invalid Form Body; embeds[0].description: This field is required"),
        (
            embed(json!({ "title": "x", "color": 0x0100_0000 })),
            "50035: Invalid Form Body; embeds[0].color: int value should be less than or equal to 16777215.",
        ),
        (
            embed(json!({ "title": "x", "url": "javascript://x" })),
            "50035: Invalid Form Body; embeds[0].url: Scheme \"javascript\" is not supported. Scheme must be one of \
             ('http', 'https').",
        ),
        (
            embed(json!({ "title": "x", "url": "nowhere" })),
            "50035: Invalid Form Body; embeds[0].url: Not a well formed URL.",
        ),
        (
            embed(json!({ "title": "x", "timestamp": "yesterday" })),
            "50035: Invalid Form Body; embeds[0].timestamp: Could not parse yesterday. Should be ISO8601.",
        ),
    ])
    .await;
}

#[tokio::test]
async fn buttons() {
    let one = |part: Value| rows(&[row(&[part])]);
    let many: Vec<Value> = (0..6).map(|index| button(&index.to_string())).collect();
    check(vec![
        (rows(&[row(&many[..5])]), ""),
        (rows(&[row(&many)]), "50035: Invalid Form Body; components[0].components: Must be between 1 and 5 in length."),
        (
            rows(&many.iter().map(|part| row(std::slice::from_ref(part))).collect::<Vec<_>>()),
            "50035: Invalid Form Body; components: Must be 5 or fewer in length.",
        ),
        (rows(&[row(&[])]), "50035: Invalid Form Body; components[0].components: Must be between 1 and 5 in length."),
        (
            rows(&[row(&[button("same"), button("same")])]),
            "50035: Invalid Form Body; components[0].components[1].custom_id: Component custom id cannot be duplicated",
        ),
        (one(button(&long(100))), ""),
        (
            one(button(&long(101))),
            "50035: Invalid Form Body; components[0].components[0].custom_id: Must be between 1 and 100 in length.",
        ),
        (one(button("")), "50035: Invalid Form Body; components[0].components[0].custom_id: This field is required"),
        (
            one(json!({ "type": 2, "style": 1, "label": long(81), "custom_id": "x" })),
            "50035: Invalid Form Body; components[0].components[0].label: Must be 80 or fewer in length.",
        ),
        (
            one(json!({ "type": 2, "style": 5, "label": "x", "url": "https://example.org", "custom_id": "x" })),
            "50035: Invalid Form Body; components[0].components[0]: A custom id and url cannot both be specified",
        ),
        (
            one(json!({ "type": 2, "style": 5, "label": "x", "url": format!("https://{}", long(505)) })),
            "50035: Invalid Form Body; components[0].components[0].url: Must be between 1 and 512 in length.; \
             components[0].components[0].url: Must be 512 or fewer in length.",
        ),
        (
            one(json!({ "type": 4, "custom_id": "x", "label": "x", "style": 1 })),
            "50035: Invalid Form Body; components[0].components[0].type: Value must be one of {2, 3, 5, 6, 7, 8}.",
        ),
    ])
    .await;
}

#[tokio::test]
async fn selects() {
    let many: Vec<Value> = (0..26).map(|index| option("x", &index.to_string())).collect();
    let beside = json!({ "type": 3, "custom_id": "s", "options": [option("x", "x")] });
    check(vec![
        (select(&many[..25]), ""),
        (
            select(&many),
            "50035: Invalid Form Body; components[0].components[0].options: Must be between 1 and 25 in length.",
        ),
        (
            select(&[]),
            "50035: Invalid Form Body; components[0].components[0].options: Must be between 1 and 25 in length.",
        ),
        (
            select(&[option(&long(101), "x")]),
            "50035: Invalid Form Body; components[0].components[0].options[0].label: Must be between 1 and 100 in \
             length.",
        ),
        (
            select(&[option("x", "same"), option("y", "same")]),
            "50035: Invalid Form Body; components[0].components[0].options[1].value: The specified option value is \
             already used",
        ),
        (
            rows(&[row(&[
                json!({ "type": 3, "custom_id": "s", "placeholder": long(151), "options": [option("x", "x")] }),
            ])]),
            "50035: Invalid Form Body; components[0].components[0].placeholder: Must be 150 or fewer in length.",
        ),
        (
            rows(&[row(&[beside, button("x")])]),
            "50035: Invalid Form Body; components[0]: The specified component exceeds the maximum width",
        ),
    ])
    .await;
}

#[tokio::test]
async fn allowed_mentions() {
    let allowing = |allowed: Value| json!({ "content": "x", "allowed_mentions": allowed });
    check(vec![
        (allowing(json!({ "parse": [] })), ""),
        (allowing(json!({ "parse": ["roles"], "users": ["7"], "replied_user": false })), ""),
        (
            allowing(json!({ "parse": ["users"], "users": ["7"] })),
            "50035: Invalid Form Body; allowed_mentions: parse:[\"users\"] and users: [ids...] are mutually exclusive.",
        ),
        (
            allowing(json!({ "parse": ["user"] })),
            "50035: Invalid Form Body; allowed_mentions.parse[0]: Value must be one of ('everyone', 'roles', 'users').",
        ),
        (allowing(json!({ "replies": false })), "50035: Invalid Form Body; allowed_mentions.replies: Unknown field"),
        (
            allowing(json!({ "users": vec!["7"; 101] })),
            "50035: Invalid Form Body; allowed_mentions.users: Must be 100 or fewer in length.",
        ),
    ])
    .await;
}

#[tokio::test]
async fn replies() {
    let discord = Discord::start();
    let ada = discord.member("ada");
    let reply_to = |id: u64| json!({ "content": "x", "message_reference": { "message_id": id.to_string() } });
    let asked = ada.says("here");
    let elsewhere = ada.at(&discord.channel("elsewhere")).says("there");
    let pin = ada.causes_system_message(6);
    let gone = ada.says("gone");
    ada.deletes(&gone);
    for (message, expected) in [
        (&asked, ""),
        (&elsewhere, "50035: Invalid Form Body; message_reference: Cannot reply to a message in a different channel"),
        (&pin, "50035: Invalid Form Body; message_reference: Cannot reply to a system message"),
        (&gone, "50035: Invalid Form Body; message_reference: Unknown message"),
    ] {
        let body = reply_to(message.id());
        assert_eq!(post(&discord, &body).await.unwrap_or_default(), expected);
    }
}

#[tokio::test]
async fn missing_permissions() {
    let text = json!({ "content": "x" });
    let embed = json!({ "embeds": [{ "title": "x" }] });
    for (denied, body, expected) in [
        (Permissions::VIEW_CHANNEL, &text, "50001: Missing Access"),
        (Permissions::SEND_MESSAGES, &text, "50013: Missing Permissions"),
        (Permissions::EMBED_LINKS, &embed, "50013: Missing Permissions"),
        (Permissions::EMBED_LINKS, &text, ""),
        (Permissions::SEND_MESSAGES_IN_THREADS, &text, ""),
    ] {
        let discord = Discord::start();
        discord.channel("general").denies(denied);
        assert_eq!(post(&discord, body).await.unwrap_or_default(), expected, "{denied}");
    }
    let discord = Discord::start();
    discord.channel("general").denies(Permissions::READ_MESSAGE_HISTORY);
    let asked = discord.member("ada").says("x").id();
    let body = json!({ "content": "x", "message_reference": { "message_id": asked.to_string() } });
    let expected = "160002: Cannot reply without permission to read message history";
    assert_eq!(post(&discord, &body).await.as_deref(), Some(expected));
}

#[tokio::test]
async fn places() {
    let discord = Discord::start();
    let ada = discord.member("ada");
    let http = http(&discord);
    let text = json!({ "content": "Spam!" });
    let thread = discord.channel("general").thread("old");
    thread.archives(true);
    let forum = discord.channel("general").forum("questions");
    let direct = ada.in_private();
    ada.refuses_direct_messages();
    let strict = discord.channel("strict");
    strict.blocks("spam");
    for (channel, expected) in [
        (thread.id(), "50083: Thread is archived"),
        (forum.id(), "50024: Cannot execute action on this channel type"),
        (direct.place().id(), "50007: Cannot send messages to this user"),
        (strict.id(), "200000: Message was blocked by automatic moderation"),
        (7, "10003: Unknown Channel"),
    ] {
        let sent = http.send_message(channel.into(), Vec::new(), &text).await;
        let told = refusal(&discord, sent.is_err(), "a message").unwrap_or_default();
        assert_eq!(told, expected);
    }
    thread.archives(false);
    http.send_message(thread.id().into(), Vec::new(), &text).await.expect("writing wakes a thread");
}

#[tokio::test]
async fn messages_of_others() {
    let discord = Discord::start();
    let http = http(&discord);
    let general = discord.channel("general");
    let channel = general.id().into();
    let asked = discord.member("ada").says("x").id().into();
    let told = |is_refused| refusal(&discord, is_refused, "a request");

    let edited = http.edit_message(channel, asked, &json!({ "content": "y" }), Vec::new()).await;
    assert_eq!(told(edited.is_err()).as_deref(), Some("50005: Cannot edit a message authored by another user"));
    let deleted = http.delete_message(channel, asked, None).await;
    assert_eq!(told(deleted.is_err()).as_deref(), Some("50013: Missing Permissions"));
    let unknown = http.delete_message(channel, 7.into(), None).await;
    assert_eq!(told(unknown.is_err()).as_deref(), Some("10008: Unknown Message"));
    general.denies(Permissions::ADD_REACTIONS);
    let reacted = http.create_reaction(channel, asked, &'🐢'.into()).await;
    assert_eq!(told(reacted.is_err()).as_deref(), Some("50013: Missing Permissions"));
}

#[tokio::test]
async fn the_answer_is_worded_as_discord_words_it() {
    let discord = Discord::start();
    let body = json!({ "embeds": [{ "title": long(257) }] });
    let sent = http(&discord).send_message(discord.channel("general").id().into(), Vec::new(), &body).await;
    let serenity::Error::Http(error) = sent.expect_err("a refusal") else { panic!("another error") };
    assert_eq!(error.status_code().map(|status| status.as_u16()), Some(400));
    let refusal: Refusal = discord.refused(50_035).await;
    let fault = json!({ "code": "BASE_TYPE_MAX_LENGTH", "message": "Must be 256 or fewer in length." });
    let expected = json!({
        "code": 50035, "message": "Invalid Form Body",
        "errors": { "embeds": { "0": { "title": { "_errors": [fault] } } } },
    });
    assert_eq!(refusal.json(), expected);
}
