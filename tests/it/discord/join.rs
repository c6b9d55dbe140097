//! Joining a server: one message there, once.

use std::time::Duration;

use insta::assert_snapshot;
use serde_json::json;
use serenity::all::Permissions;

use super::fake::{Discord, Place};
use super::needle::{Needle, WATERING};

/// Lets the bot in, and tells it.
fn joins(discord: &Discord, name: &str, locale: &str) -> Place {
    let place = discord.lets_in(name, locale);
    place.is_told();
    place
}

#[tokio::test]
async fn a_server_is_greeted_once() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    let place = joins(&discord, "Elsewhere", "en-US");
    assert_snapshot!(place.hears().await, @r"
    Needle:
      Hello, I am Needle. I answer questions with what experts have said, and I say so when I do not know. Ask with `/ask`, or mention me.
      -# Moderators: with `/faq settings` you choose what I do here, and with `/faq pause` I keep quiet.
    ");
    // It is told of it again after an outage, on another connection, and after a restart.
    place.goes(false);
    place.is_told();
    discord.flush().await;
    discord.invalidates_sessions(false);
    discord.connected_times(2).await;
    discord.flush().await;
    needle.stops().await.unwrap();
    let _needle = Needle::new().start(&discord).await;
    discord.connected_times(3).await;
    place.is_told();
    discord.member("ada").at(&place).asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_server_that_comes_back_is_greeted_again() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let place = joins(&discord, "Anderswo", "de");
    let greeting = place.hears().await;
    assert!(greeting.contains("Hallo, ich bin Needle.") && greeting.contains("`/fragen`"), "{greeting}");
    discord.member("ada").at(&place).asks(WATERING).await.shows("Fachleute");
    place.goes(true);
    discord.flush().await;
    // Events are handled in no order: the next one is waited for.
    let again = joins(&discord, "Noch einer", "fr");
    assert!(again.hears().await.contains("Bonjour"));
    discord.time_passes(Duration::from_mins(1));
    let place = joins(&discord, "Anderswo", "de");
    assert!(place.hears().await.contains("Hallo"));
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_server_that_it_was_in_before_is_not_greeted() {
    let discord = Discord::start();
    let early = discord.lets_in("Early", "en-US");
    let _needle = Needle::new().start(&discord).await;
    early.is_told();
    discord.member("ada").at(&early).asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

/// Has every server say that it let the bot in long ago.
fn says_it_was_long_ago(discord: &Discord) {
    discord.tells_otherwise("GUILD_CREATE", |told| told["joined_at"] = json!("2021-01-01T00:00:00.000000+00:00"));
}

#[tokio::test]
async fn a_server_that_was_not_named_is_greeted_at_once_whatever_it_says() {
    let discord = Discord::start();
    says_it_was_long_ago(&discord);
    let _needle = Needle::new().at(|pace| pace.settle = Duration::from_hours(1)).start(&discord).await;
    assert!(joins(&discord, "Elsewhere", "en-US").hears().await.contains("Hello, I am Needle."));
    discord.nothing_further().await;
}

#[tokio::test]
async fn where_none_are_named_only_those_that_let_it_in_since_are_greeted() {
    let discord = Discord::start();
    discord.tells_otherwise("READY", |told| told["guilds"] = json!([]));
    let _needle = Needle::new().start(&discord).await;
    assert!(joins(&discord, "New", "en-US").hears().await.contains("Hello, I am Needle."));
    says_it_was_long_ago(&discord);
    let old = joins(&discord, "Old", "en-US");
    discord.member("ada").at(&old).asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn nothing_is_said_where_nothing_may_be() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let place = discord.lets_in("Elsewhere", "en-US");
    place.denies(Permissions::SEND_MESSAGES);
    place.is_told();
    discord.refused(50_013).await;
    discord.nothing_further().await;
}
