//! Faults on demand, with a client that meets them.

use std::time::Duration;

use serde_json::json;
use serenity::all::Permissions;

use super::super::fake::{Discord, Fault, Setup};
use super::bot::{Bot, http};
use super::start;

const POST: &str = "POST /channels/*/messages";

#[tokio::test]
async fn a_connection_that_broke_is_resumed() {
    let discord = start();
    let _bot = Bot::start(&discord).await;
    let ada = discord.member("ada");
    discord.drops_connections();
    let asked = ada.asks_without_waiting("while it was gone");
    asked.reply().await.shows("while it was gone");
    discord.connected_times(2).await;
    assert_eq!(discord.sessions(), (1, 1));
    discord.asks_to_reconnect();
    discord.connected_times(3).await;
    assert_eq!(discord.sessions(), (1, 2));
    ada.asks("and now?").await.shows("and now?");
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_invalid_session_is_begun_anew() {
    let discord = start();
    let _bot = Bot::start(&discord).await;
    discord.invalidates_sessions(false);
    discord.connected_times(2).await;
    assert_eq!(discord.sessions(), (2, 0));
    discord.member("ada").asks("and now?").await.shows("and now?");
    discord.nothing_further().await;
}

#[tokio::test]
async fn missing_heartbeats_are_noticed() {
    let discord =
        Discord::start_with(Setup { heartbeat: Duration::from_millis(300), probe: ("/ping", &[]), ..Setup::default() });
    let _bot = Bot::start(&discord).await;
    discord.ignores_heartbeats(true);
    discord.connected_times(2).await;
    discord.ignores_heartbeats(false);
}

#[tokio::test]
async fn refused_identifications_end_the_client() {
    for code in [4004, 4014] {
        let discord = start();
        discord.next_identify_closes(code);
        let ended = Bot::begin(&discord).await.ends().await;
        let told = ended.expect_err("an error").to_string().to_lowercase();
        assert!(told.contains("authentication") || told.contains("intent"), "{code}: {told}");
    }
}

#[tokio::test]
async fn a_goodbye_is_heard() {
    let discord = start();
    let bot = Bot::start(&discord).await;
    bot.stop().await;
    assert_eq!(discord.disconnected().await, Some(1000));
    discord.nothing_further().await;
}

#[tokio::test]
async fn what_is_told_twice_is_posted_once() {
    let discord = start();
    let _bot = Bot::start(&discord).await;
    discord.delivers_twice(true);
    let asked = discord.member("ada").asks_without_waiting("once?");
    asked.reply().await.shows("once?");
    discord.requested("POST /channels/…/messages", 2).await;
    discord.delivers_twice(false);
    // Discord does not know a nonce for ever.
    discord.time_passes(Duration::from_mins(6));
    discord.tells_again(&asked);
    asked.reply().await.shows("once?");
    discord.nothing_further().await;
}

#[tokio::test]
async fn requests_that_fail() {
    let discord = start();
    let http = http(&discord);
    let channel = discord.channel("general").id().into();
    let text = json!({ "content": "x" });
    for (fault, is_posted) in [
        (Fault::Status(500), false),
        (Fault::Status(502), false),
        (Fault::Lost, false),
        (Fault::AnswerLost, true),
        (Fault::TooMany { after: Duration::from_secs(1), is_global: false }, false),
    ] {
        let before = discord.channel("general").transcript();
        discord.fails(POST, fault, 1);
        http.send_message(channel, Vec::new(), &text).await.expect_err("a fault");
        assert_eq!(discord.channel("general").transcript() != before, is_posted, "{fault:?}");
    }
    discord.goes_away();
    http.get_current_user().await.expect_err("nobody is there");
    discord.comes_back();
    http.get_current_user().await.expect("somebody is there");
    discord.limits("GET /users/@me", 1, Duration::from_mins(1));
    http.get_current_user().await.expect("the first of one");
    let second = http.get_current_user().await.expect_err("the second of one");
    assert!(second.to_string().contains("rate limited") || format!("{second:?}").contains("429"), "{second:?}");
    discord.forget();
}

#[tokio::test]
async fn requests_that_are_held() {
    let discord = start();
    let _bot = Bot::start(&discord).await;
    let gate = discord.holds(POST);
    let asked = discord.member("ada").asks_without_waiting("held?");
    discord.in_flight(1).await;
    assert!(!discord.channel("general").transcript().contains("You said"));
    gate.opens();
    asked.reply().await.shows("held?");
    discord.nothing_further().await;
}

#[tokio::test]
async fn what_may_not_be_read_is_empty() {
    let discord = start();
    let _bot = Bot::start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.asks("hello").await;
    ada.replies_to(&reply, "loudly").reply().await.shows("You said: loudly");
    ada.replies_quietly_to(&reply, "nobody is asked");
    let response = ada.uses("/ping", [("note", "aloud")]).await;
    let unreadable = ada.replies_to(&response, "unread").reply().await;
    assert_eq!(unreadable.text(), "Needle (replying to ada): You said:");
    ada.in_private().asks("all of it").await.shows("You said: all of it");
    discord.channel("general").denies(Permissions::SEND_MESSAGES);
    ada.asks_without_waiting("no way to answer");
    discord.refused(50_013).await;
    discord.nothing_further().await;
}
