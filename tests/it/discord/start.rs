//! Starting: what is registered, what is refused, and what is tried again.

use std::time::Duration;

use needle::discord::session::Failure;

use super::fake::{Discord, Fault, Setup};
use super::needle::{Needle, WATERING};

/// How many commands the bot has.
const COMMANDS: usize = 7;

fn puts(discord: &Discord) -> usize {
    discord.requests().iter().filter(|request| request.starts_with("PUT") && request.contains("commands")).count()
}

#[tokio::test]
async fn commands_are_registered_when_they_changed() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    assert_eq!((discord.commands(None).len(), puts(&discord)), (COMMANDS, 1));
    needle.stops().await.unwrap();
    let needle = Needle::new().start_without_waiting(&discord);
    discord.connected_times(2).await;
    discord.requested("GET /applications", 2).await;
    needle.stops().await.unwrap();
    assert_eq!(puts(&discord), 1, "they are as they should be");
    discord.nothing_further().await;
}

#[tokio::test]
async fn commands_of_one_server_are_registered_there() {
    let discord = Discord::start();
    let _needle = Needle::new().in_server(discord.server_id()).start(&discord).await;
    assert_eq!((discord.commands(None).len(), discord.commands(Some(discord.server_id())).len()), (0, COMMANDS));
    discord.member("ada").uses("/ask", [("question", WATERING)]).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn registering_is_tried_again() {
    let discord = Discord::start();
    discord.fails("PUT /applications/*/commands", Fault::Status(500), 2);
    discord.fails("GET /applications/*/commands", Fault::Silence, 1);
    let needle = Needle::new().at(|pace| pace.patience.request = Duration::from_millis(300));
    let _needle = needle.start(&discord).await;
    discord.member("ada").uses("/ask", [("question", WATERING)]).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_wrong_token_ends_it() {
    let discord = Discord::start();
    let needle = Needle::new().with("DISCORD_TOKEN", &"MTIz.wrong.token").start_without_waiting(&discord);
    assert!(matches!(needle.ended().await, Err(Failure::Token)));
}

#[tokio::test]
async fn a_token_that_only_the_gateway_refuses_ends_it() {
    let discord = Discord::start();
    discord.next_identify_closes(4004);
    assert!(matches!(Needle::new().start_without_waiting(&discord).ended().await, Err(Failure::Token)));
}

#[tokio::test]
async fn disallowed_intents_end_it() {
    let discord = Discord::start();
    discord.next_identify_closes(4014);
    assert!(matches!(Needle::new().start_without_waiting(&discord).ended().await, Err(Failure::Intents)));
}

#[tokio::test]
async fn it_waits_for_discord_to_come_back() {
    let discord = Discord::start_with(Setup { is_away: true, ..Setup::default() });
    let _needle = Needle::new().start_without_waiting(&discord);
    // Again and again: the pauses between are short in tests, the time that Discord is away does not matter.
    discord.turned_away(10).await;
    discord.comes_back();
    discord.connected().await;
    discord.offers("/ask").await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn it_gives_up_on_a_discord_that_stays_away() {
    let discord = Discord::start_with(Setup { is_away: true, ..Setup::default() });
    let needle = Needle::new().with("NEEDLE__DISCORD__CONNECT_TIMEOUT_SECS", &1).start_without_waiting(&discord);
    let failure = needle.ended().await.unwrap_err().to_string();
    assert!(failure.contains("within 1 s (discord.connect_timeout_secs)"), "{failure}");
}
