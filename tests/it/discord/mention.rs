//! Mentions of the bot and replies to it.

use insta::assert_snapshot;

use super::fake::Discord;
use super::needle::{KNOWS_NOTHING, Needle, WATERING};

#[tokio::test]
async fn is_answered_as_a_reply() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    ada.asks("how often should i water [tomatoes](https://evil.example)? discord.gg/abc").await.is_public();
    assert_snapshot!(ada.sees(), @r#"
    ada: @Needle how often should i water [tomatoes](https://evil.example)? discord.gg/abc
    Needle (replying to ada):
      ▌ #2e8b57
      ▌ # How often should I water tomatoes?
      ▌ > You asked: how often should i water \[tomatoes\]\(https\://evil.example\)? discord\.gg/abc
      ▌
      ▌ **Every other day**, says Ada Green; every day when it is hotter than 30 °C (5 \* 6).
      ▌
      ▌ - Water the *soil*, never the leaves: wet leaves invite blight, and blight spreads through a bed within days.
      ▌ - Stop when water stands.
      ▌
      ▌ More in [the handbook](https://example.org/tomatoes).
      ▌ ## Experts
      ▌ **Ada Green**, gardener, Kew
      ▌ **Bo Moss**, botanist
      ▌ ## Sources
      ▌ [The Garden Handbook](https://example.org/handbook), Spade Press, 2021
      ▌ Notes on Pruning, 2024-03-01
      ▌ ## Last reviewed
      ▌ 2026-05-01
      ▌ -# Every garden is *different*.
      (Related questions ▾ When should I prune roses?)
      [Remove]
    "#);
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
async fn an_ignored_channel_is_left_alone() {
    let discord = Discord::start();
    let quiet = discord.channel("quiet");
    let _needle = Needle::new().with("NEEDLE__DISCORD__IGNORED_CHANNELS", &quiet.id()).start(&discord).await;
    let ada = discord.member("ada");
    ada.at(&quiet).asks_without_waiting(WATERING);
    ada.asks(WATERING).await.shows("Every other day");
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
async fn a_deleted_question_takes_its_answer_along() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let question = ada.asks_without_waiting(WATERING);
    let reply = question.reply().await;
    ada.deletes(&question);
    reply.disappears().await;

    // Deleted while the answer is on its way.
    let gate = discord.holds("POST /channels/*/messages");
    let question = ada.asks_without_waiting(WATERING);
    discord.in_flight(1).await;
    ada.deletes(&question);
    discord.flush().await;
    gate.opens();
    discord.refused(50035).await;
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
async fn gets_one_reaction_after_too_much() {
    let discord = Discord::start();
    let _needle = Needle::new().with("NEEDLE__DISCORD__COOLDOWN__CHANNEL_QUESTIONS", &1).start(&discord).await;
    discord.member("ada").asks(WATERING).await;
    assert_eq!(discord.member("bob").asks_without_waiting(WATERING).reaction().await, "⏳");
    discord.member("bob").in_private().asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}
