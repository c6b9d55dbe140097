//! Channels in which the bot keeps quiet, with their threads.

use super::fake::{Discord, Fault, Place};
use super::needle::{Needle, PRUNING, Running, WATERING};

/// A bot that keeps quiet in these channels.
async fn quiet_in(discord: &Discord, places: &[&Place]) -> Running {
    let ids = places.iter().map(|place| place.id().to_string()).collect::<Vec<_>>().join(",");
    Needle::new().with("NEEDLE__DISCORD__IGNORED_CHANNELS", &ids).start(discord).await
}

#[tokio::test]
async fn messages_get_no_reply() {
    let discord = Discord::start();
    let (quiet, general) = (discord.channel("quiet"), discord.channel("general"));
    let (of_quiet, of_general, single) = (quiet.thread("plants"), general.thread("plants"), general.thread("quiet"));
    discord.never_tells("GUILD_CREATE");
    let _needle = quiet_in(&discord, &[&quiet, &single]).await;
    let ada = discord.member("ada");
    for place in [&quiet, &of_quiet, &single] {
        ada.at(place).asks_without_waiting(WATERING);
    }
    for _ in 0..2 {
        ada.at(&of_general).asks(WATERING).await.shows("Every other day");
        ada.asks(WATERING).await.shows("Every other day");
    }
    ada.in_private().asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
    let asked = discord.requests().iter().filter(|request| request.starts_with("GET /channels/… ")).count();
    assert_eq!(asked, 3, "each channel is asked for once");
}

#[tokio::test]
async fn commands_and_choices_are_told_so() {
    let discord = Discord::start();
    let quiet = discord.channel("quiet");
    let thread = quiet.thread("plants");
    let before = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.at(&thread).asks(WATERING).await;
    before.stops().await.unwrap();
    discord.disconnected().await;
    let _needle = quiet_in(&discord, &[&quiet]).await;
    for place in [&quiet, &thread] {
        let ada = ada.at(place);
        ada.uses("/ask", [("question", WATERING)]).await.is_private().shows("I keep quiet in this channel");
        ada.types("/ask", "question", "water").await.shows(&[]);
        ada.uses("/topics", []).await.is_private().shows("I keep quiet in this channel");
        let message = ada.says(WATERING);
        ada.uses_on("Answer this", &message).await.is_private().shows("I keep quiet in this channel");
    }
    reply.selects(PRUNING).await.is_private().shows("I keep quiet in this channel");
    // What was said before can still be taken away.
    reply.clicks("Remove").await.is_gone();
    ada.uses("/ask", [("question", WATERING)]).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn where_it_cannot_be_told_it_keeps_quiet() {
    let discord = Discord::start();
    let quiet = discord.channel("quiet");
    let thread = quiet.thread("plants");
    discord.never_tells("GUILD_CREATE");
    let _needle = quiet_in(&discord, &[&quiet]).await;
    discord.fails("GET /channels/*", Fault::Status(500), 4);
    discord.member("ada").at(&thread).asks_without_waiting(WATERING);
    discord.nothing_further().await;
}

#[tokio::test]
async fn threads_are_known_from_what_is_told_of_them() {
    let discord = Discord::start();
    let (quiet, general) = (discord.channel("quiet"), discord.channel("general"));
    let before = quiet.thread("plants");
    let _needle = quiet_in(&discord, &[&quiet]).await;
    let since = quiet.thread("roses");
    let elsewhere = general.thread("plants");
    discord.flush().await;
    // It cannot be asked for.
    discord.answers_otherwise("GET /channels/*", |status, _| *status = 404);
    let ada = discord.member("ada");
    for place in [&quiet, &before, &since] {
        ada.at(place).asks_without_waiting(WATERING);
    }
    for place in [&elsewhere, &general] {
        ada.at(place).asks(WATERING).await.shows("Every other day");
    }
    discord.nothing_further().await;
}
