//! The fake itself, with a bot of a few lines on the real client.

mod bot;

use bot::Bot;

use super::fake::{Discord, Setup};

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
    Needle (answering ada's form “Some questions”, only ada sees this): So: Because
    ");
    discord.nothing_further().await;
}
