//! Stopping: nothing new, everything begun is finished, and a goodbye.

use std::time::Duration;

use super::fake::Discord;
use super::log::Log;
use super::needle::{Needle, WATERING};

/// How many questions are being answered when the bot is told to stop.
const MANY: usize = 2_500;

#[tokio::test]
async fn it_says_goodbye() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    needle.stops().await.unwrap();
    assert_eq!(discord.disconnected().await, Some(1000));
    discord.nothing_further().await;
}

#[tokio::test]
async fn it_says_goodbye_after_a_reconnect_too() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    discord.asks_to_reconnect();
    discord.connected_times(2).await;
    discord.member("ada").asks(WATERING).await;
    needle.stops().await.unwrap();
    assert_eq!(discord.disconnected().await, Some(1000));
    discord.nothing_further().await;
}

#[tokio::test]
async fn running_replies_finish() {
    let discord = Discord::start();
    // Ten seconds otherwise: this is about none getting lost, not about how fast they are.
    let needle = Needle::new().at(|pace| pace.drain = Duration::from_mins(1)).start(&discord).await;
    let gate = discord.holds("POST /channels/*/messages");
    let ada = discord.member("ada");
    // No setting lets one member ask so much, or all in one channel.
    let places = ["general", "plants", "roses", "lawn", "shed"];
    let members = places.map(|name| discord.member(name).at(&discord.channel(name)));
    let asks = |number: usize| members[number % members.len()].asks_without_waiting(WATERING);
    let questions: Vec<_> = (0..MANY).map(asks).collect();
    discord.in_flight(1).await;
    discord.flush().await;
    // What has been read is handed on in no order; whoever asks now waits behind most of it, and then behind all.
    for _ in 0..5 {
        ada.uses("/about", []).await.shows("About me");
    }
    let ended = needle.stopping().await;
    ada.asks_without_waiting("too late");
    gate.opens();
    for question in questions {
        question.reply().await.shows("Every other day");
    }
    ended.await.unwrap().unwrap();
    assert_eq!(discord.disconnected().await, Some(1000));
    discord.nothing_further().await;
}

#[tokio::test]
async fn it_does_not_wait_for_ever() {
    let log = Log::listens();
    let discord = Discord::start();
    let needle = Needle::new().at(|pace| pace.drain = Duration::from_millis(50)).start(&discord).await;
    let gate = discord.holds("POST /channels/*/messages");
    let ada = discord.member("ada");
    for _ in 0..3 {
        ada.asks_without_waiting(WATERING);
    }
    discord.in_flight(3).await;
    needle.stops().await.unwrap();
    assert_eq!(discord.disconnected().await, Some(1000));
    assert_eq!(log.warnings(), "WARN stopped before every reply was finished unfinished=3\n");
    drop(gate);
}
