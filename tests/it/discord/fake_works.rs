//! The fake itself, with a bot of a few lines on the real client.

mod bot;
mod commands;
mod faults;
mod interactions;
#[cfg(target_os = "linux")]
mod proxy;
mod refusals;
mod selects;

use bot::Bot;

use super::fake::{Discord, OnMessage as _, Setup};

/// A Discord that knows by `/ping` whether the bot has come to rest.
fn start() -> Discord {
    Discord::start_with(Setup { probe: ("/ping", &[]), ..Setup::default() })
}

#[tokio::test]
async fn a_conversation() {
    let discord = start();
    let _bot = Bot::start(&discord).await;
    let ada = discord.member("ada");

    ada.says("nobody is asked");
    let reply = ada.asks("how are you?").await;
    reply.shows("You said: @Needle how are you?").is_public();
    insta::assert_snapshot!(ada.sees(), @r"
    ada: nobody is asked
    ada: @Needle how are you?
    Needle (replying to ada):
      You said: @Needle how are you?
      ▌ #57f287
      ▌ # A title
      ▌ Some *text*
      [Edit] [Remove] [Read → https://example.org]
      (More ▾ First · Second)
    ");
    reply.selects("Second").await.shows("Picked.").is_private();
    reply.clicks("Edit").await.shows("Edited.").lacks("A title");
    let other = discord.member("bob").asks("and you?").await;
    other.clicks("Remove").await.is_gone();
    other.is_gone();

    ada.uses("/ping", []).await.shows("pong").is_private();
    let choices = ada.types("/ping", "note", "so").await;
    choices.shows(&["so!"]).picks("so!").await.shows("pong picked");
    ada.uses("/kb add", [("number", "7")]).await.shows("add Integer(7)").is_private();
    let target = ada.says("unread");
    ada.uses_on("Repeat this", &target).await.shows("It said: unread");
    assert_eq!(ada.asks_without_waiting("slowly").reaction().await, "🐢");
    let form = ada.uses("/form", []).await;
    form.shows("Some questions").fills([("Why", "Because")]).await.shows("So: Because").is_private();
    ada.in_private().asks("and here?").await.shows("You said: and here?");
    insta::assert_snapshot!(discord.channel("general").transcript(), @r"
    ada: nobody is asked
    ada: @Needle how are you?
    Needle (replying to ada, edited): Edited.
    Needle (answering ada's (Second), only ada sees this): Picked.
    bob: @Needle and you?
    Needle (answering ada's /ping, only ada sees this): pong
    Needle (answering ada's /ping, only ada sees this): pong picked
    Needle (answering ada's /kb add, only ada sees this): add Integer(7)
    ada: unread
    Needle (answering ada's Repeat this, only ada sees this): It said: unread
    ada:
      @Needle slowly
      🐢 1
    Needle (answering ada's form “Some questions”, only ada sees this): So: Because
    ");
    discord.nothing_further().await;
}

#[tokio::test]
#[should_panic(expected = "the bot did more than the test looked at:\nposted in #general:\nNeedle: unasked")]
async fn what_nobody_looked_at_is_found() {
    let discord = start();
    let _bot = Bot::start(&discord).await;
    let body = serde_json::json!({ "content": "unasked" });
    let channel = discord.channel("general").id().into();
    bot::http(&discord).send_message(channel, Vec::new(), &body).await.expect("a message");
    discord.nothing_further().await;
}

#[tokio::test]
#[should_panic(expected = "POST /interactions/…/…/callback: Discord refuses this with 50035: Invalid Form Body; \
                           data.choices[0].name: Must be between 1 and 100 in length.\n  the bot sent {")]
async fn mistakes_end_the_wait() {
    let discord = start();
    let _bot = Bot::start(&discord).await;
    discord.member("ada").types("/ping", "note", &"x".repeat(100)).await;
}

#[tokio::test]
#[should_panic(expected = "the bot asked for GET /guilds/…/emojis, which the fake does not know")]
async fn unknown_routes_are_mistakes() {
    let discord = start();
    let asked = bot::http(&discord).get_emojis(discord.server_id().into()).await;
    asked.expect_err("no answer");
}

#[tokio::test]
#[should_panic(expected = "the fake Discord does not know the field `poll`")]
async fn unknown_fields_are_mistakes() {
    let discord = start();
    let body = serde_json::json!({ "content": "x", "poll": {} });
    let channel = discord.channel("general").id().into();
    bot::http(&discord).send_message(channel, Vec::new(), &body).await.expect("a message");
}

#[tokio::test]
async fn pings_are_shown() {
    let discord = start();
    let ada = discord.member("ada");
    let http = bot::http(&discord);
    let asked = ada.says("hello");
    let channel = discord.channel("general").id().into();
    let everybody = format!("<@{}> @everyone", ada.id());
    for allowed in [serde_json::Value::Null, serde_json::json!({ "parse": [] })] {
        let body = serde_json::json!({
            "content": everybody, "allowed_mentions": allowed,
            "message_reference": { "message_id": asked.id().to_string() },
        });
        http.send_message(channel, Vec::new(), &body).await.expect("a message");
    }
    insta::assert_snapshot!(ada.sees(), @r"
    ada: hello
    Needle (replying to ada, pings ada): @ada @everyone
    Needle (replying to ada): @ada @everyone
    ");
}

#[tokio::test]
async fn places() {
    let discord = start();
    let _bot = Bot::start(&discord).await;
    let ada = discord.member("ada");
    ada.at(&discord.another_server("Elsewhere")).asks("one").await.shows("one");
    ada.at(&discord.channel("general").thread("a thread")).asks("two").await.shows("two");
    let (there, first) = ada.opens_post(&discord.channel("general").forum("questions"), "Help", "@Needle three");
    first.reply().await.shows("three");
    assert_eq!(there.place().id(), first.id());
    let webhook = discord.channel("general").webhook("feed");
    webhook.asks_without_waiting("four");
    discord.other_bot("robot").asks_without_waiting("five");
    discord.nothing_further().await;
}

#[tokio::test]
async fn files() {
    let discord = start();
    let file = serenity::all::CreateAttachment::bytes("a,b", "table.csv");
    let channel = discord.channel("general").id().into();
    let body = serde_json::json!({ "attachments": [{ "id": 0, "filename": "table.csv" }] });
    bot::http(&discord).send_message(channel, vec![file], &body).await.expect("a message");
    assert_eq!(discord.channel("general").transcript(), "Needle: <file table.csv>");
}
