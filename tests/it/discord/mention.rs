//! Mentions of the bot and replies to it.

use insta::assert_snapshot;

use super::fake::Discord;
use super::needle::{KNOWS_NOTHING, Needle, WATERING};
use crate::small_knowledge::folded;

#[tokio::test]
async fn is_answered_as_a_reply() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    ada.asks("how often should i water [tomatoes](https://evil.example)? discord.gg/abc").await.is_public();
    assert_snapshot!(folded(&ada.sees()), @r"
    ada: @Needle how often should i water [tomatoes](https://evil.example)? discord.gg/abc
    Needle (replying to ada):
      ▌ #2e8b57
      ▌ # How often should I water tomatoes?
      ▌ > You asked: how often should i water \[tomatoes\]\(https\://evil.example\)? discord\.gg/abc
      ▌
      ▌ (the answer on watering)
      (Related questions ▾ When should I prune roses?)
      [Helpful] [Not helpful] [Remove]
    ");
    assert_eq!(
        discord.intents(),
        1 | (1 << 9) | (1 << 12),
        "servers, messages there and direct ones, not their content"
    );
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_reply_with_a_ping_is_a_question() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.asks(WATERING).await;
    ada.replies_to(&reply, "and when should I prune roses?").reply().await.shows("Early in spring");
    ada.replies_quietly_to(&reply, "when should I prune roses?");
    discord.nothing_further().await;
}

#[tokio::test]
async fn what_is_not_meant_for_it_is_left_alone() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let (ada, general) = (discord.member("ada"), discord.channel("general"));
    ada.says(WATERING);
    ada.says(&format!("@everyone {WATERING}"));
    discord.other_bot("robot").asks_without_waiting(WATERING);
    general.webhook("feed").asks_without_waiting(WATERING);
    ada.causes_system_message(7);
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_greeting_gets_one_friendly_line() {
    let discord = Discord::start();
    let _needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
    let ada = discord.member("ada");
    ada.asks("hello!").await.shows("Ask me a question in your own words");
    ada.asks("").await.shows("Ask me a question in your own words");
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_empty_reply_is_explained_once() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let (ada, bob) = (discord.member("ada"), discord.member("bob"));
    let response = ada.uses("/ask", [("question", WATERING)]).await;
    // Discord keeps the text of a reply to a command's response from the bot.
    ada.replies_to(&response, "and in winter?").reply().await.shows("use `/ask`");
    ada.replies_to(&response, "and in winter?");
    bob.replies_to(&response, "and in winter?").reply().await.shows("use `/ask`");
    discord.nothing_further().await;
}

#[tokio::test]
async fn is_answered_once_though_told_twice() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    discord.delivers_twice(true);
    let ada = discord.member("ada");
    ada.asks(WATERING).await.shows("Every other day");
    let reply = ada.uses("/ask", [("question", WATERING)]).await;
    reply.clicks("Remove").await.is_gone();
    discord.delivers_twice(false);
    discord.nothing_further().await;
}

#[tokio::test]
async fn is_answered_once_though_a_restart_lies_between() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let question = ada.asks_without_waiting(WATERING);
    question.reply().await.shows("Every other day");
    needle.stops().await.unwrap();
    discord.disconnected().await;
    let _needle = Needle::new().start(&discord).await;
    discord.tells_again(&question);
    // It does not remember, and answers; Discord knows the nonce and gives back what is there.
    discord.requested("POST /channels/…/messages → 200", 2).await;
    discord.nothing_further().await;
    assert_eq!(ada.sees().matches("Needle (replying to ada)").count(), 1, "{}", ada.sees());
}

#[tokio::test]
async fn gets_one_reaction_after_too_much() {
    let discord = Discord::start();
    let _needle = Needle::new().with("NEEDLE__DISCORD__COOLDOWN__CHANNEL_QUESTIONS", &1).start(&discord).await;
    discord.member("ada").asks(WATERING).await;
    assert_eq!(discord.member("bob").asks_without_waiting(WATERING).reaction().await, "⏳");
    discord.member("bob").in_private().asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}
