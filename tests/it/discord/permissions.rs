//! What the bot does without the permissions that it should have.

use serenity::all::Permissions;

use super::fake::Discord;
use super::needle::{Needle, PRUNING, WATERING};

#[tokio::test]
async fn without_embeds_it_answers_in_plain_text() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    discord.channel("general").denies(Permissions::EMBED_LINKS);
    let ada = discord.member("ada");
    let reply = ada.asks(WATERING).await;
    discord.refused(50013).await;
    insta::assert_snapshot!(reply.text(), @r#"
    Needle (replying to ada):
      > You asked: How often should I water tomatoes?

      **How often should I water tomatoes?**
      **Every other day**, says Ada Green; every day when it is hotter than 30 °C (5 \* 6).

      - Water the *soil*, never the leaves: wet leaves invite blight, and blight spreads through a bed within days.
      - Stop when water stands.

      More in [the handbook](https://example.org/tomatoes).

      **Experts:** **Ada Green**, gardener, Kew; **Bo Moss**, botanist
      **Sources:** [The Garden Handbook](https://example.org/handbook), Spade Press, 2021; Notes on Pruning, 2024-03-01
      **Last reviewed:** 2026-05-01
      -# Every garden is *different*.
      (Related questions ▾ When should I prune roses?)
      [Remove]
    "#);
    insta::assert_snapshot!(reply.selects(PRUNING).await.text(), @r#"
    Needle (replying to ada, edited):
      > You asked: How often should I water tomatoes?

      **When should I prune roses?**
      Early in spring.

      **Experts:** **Ada Green**, gardener, Kew
      **Sources:** Notes on Pruning, 2024-03-01
      **Last reviewed:** 2026-05-02
      -# Not advice.
      [Remove]
    "#);
    discord.nothing_further().await;
}

#[tokio::test]
async fn where_it_may_not_write_it_says_nothing() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let quiet = discord.channel("quiet");
    quiet.denies(Permissions::SEND_MESSAGES);
    discord.member("ada").at(&quiet).asks_without_waiting(WATERING);
    discord.refused(50013).await;
    discord.refused(50013).await;
    discord.nothing_further().await;
}

#[tokio::test]
async fn in_a_thread_it_needs_its_own_permission() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let thread = discord.channel("general").thread("plants");
    ada.at(&thread).asks(WATERING).await.shows("Every other day");
    discord.channel("general").denies(Permissions::SEND_MESSAGES_IN_THREADS);
    ada.at(&thread).asks_without_waiting(WATERING);
    discord.refused(50013).await;
    discord.refused(50013).await;
    discord.nothing_further().await;
}

#[tokio::test]
async fn without_history_it_cannot_reply() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    discord.channel("general").denies(Permissions::READ_MESSAGE_HISTORY);
    discord.member("ada").asks_without_waiting(WATERING);
    discord.refused(160_002).await;
    discord.nothing_further().await;
}
