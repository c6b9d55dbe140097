//! What the bot does without the permissions that it should have.

use serenity::all::Permissions;

use super::fake::Discord;
use super::log::Log;
use super::needle::{Needle, PRUNING, WATERING};

#[tokio::test]
async fn without_embeds_it_answers_in_plain_text() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    discord.channel("general").denies(Permissions::EMBED_LINKS);
    let ada = discord.member("ada");
    let reply = ada.asks(WATERING).await;
    discord.refused(50013).await;
    insta::assert_snapshot!(reply.text(), @r"
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
      [Helpful] [Not helpful] [Remove]
    ");
    insta::assert_snapshot!(reply.selects(PRUNING).await.text(), @r"
    Needle (replying to ada, edited):
      > You asked: How often should I water tomatoes?

      **When should I prune roses?**
      Early in spring.

      **Experts:** **Ada Green**, gardener, Kew
      **Sources:** Notes on Pruning, 2024-03-01
      **Last reviewed:** 2026-05-02
      -# Not advice.
      [Helpful] [Not helpful] [Remove]
    ");
    discord.nothing_further().await;
}

#[tokio::test]
async fn the_one_that_is_missing_is_named_in_the_log() {
    let log = Log::listens();
    let discord = Discord::start();
    let needle = Needle::new().with("NEEDLE__DISCORD__COOLDOWN__MEMBER_QUESTIONS", &1).start(&discord).await;
    let place = |name: &str, denied: Permissions| {
        let place = discord.channel(name);
        place.denies(denied);
        place
    };
    let thread = place("threads", Permissions::SEND_MESSAGES_IN_THREADS).thread("plants");
    // Twice where it is tried without an embed, too.
    for (name, place, refusals) in [
        ("ada", place("quiet", Permissions::SEND_MESSAGES), vec![50013, 50013]),
        ("bob", thread, vec![50013, 50013]),
        ("cleo", place("new", Permissions::READ_MESSAGE_HISTORY), vec![160_002]),
    ] {
        discord.member(name).at(&place).asks_without_waiting(WATERING);
        for code in refusals {
            discord.refused(code).await;
        }
    }
    let dan = discord.member("dan").at(&place("sober", Permissions::ADD_REACTIONS));
    dan.asks(WATERING).await.shows("Every other day");
    dan.asks_without_waiting(WATERING);
    discord.refused(50013).await;
    needle.stops().await.unwrap();
    discord.nothing_further().await;
    let said = (log.count("could not answer decision=\"answer\""), log.count("INFO answered decision=\"answer\""));
    assert_eq!(said, (3, 1), "a line a question");
    insta::assert_snapshot!(log.warnings(), @"
    WARN cannot reply: the permission Send Messages (in a thread: Send Messages in Threads) is missing guild=… channel=…
    WARN cannot reply: the permission Send Messages (in a thread: Send Messages in Threads) is missing guild=… channel=…
    WARN cannot reply: the permission Read Message History is missing guild=… channel=…
    WARN cannot react: the permission Add Reactions is missing guild=… channel=…
    ");
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
    ada.asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
}
