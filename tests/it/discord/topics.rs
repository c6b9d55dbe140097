//! `/topics`: looking through what there is.

use std::fs;

use insta::assert_snapshot;

use super::fake::Discord;
use super::needle::{KNIVES, Needle, PRUNING, WATERING};

#[tokio::test]
async fn topics_lead_to_questions_and_back() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let topics = ada.uses("/topics", []).await;
    topics.is_private();
    assert_snapshot!(topics.text(), @r"
    Needle (answering ada's /topics, only you see this):
      ▌ #5865f2
      ▌ # Topics
      ▌ Choose a topic to see its questions.
      (Topics ▾ Gardening — Plants and how to keep them alive. · Cooking — Plants and how to keep them alive.)
    ");
    let garden = topics.selects("Gardening").await;
    assert_snapshot!(garden.text(), @r"
    Needle (answering ada's /topics, only you see this, edited):
      ▌ #5865f2
      ▌ # Gardening
      ▌ Plants and how to keep them alive.
      ▌
      ▌ Choose a question to read its answer.
      (Questions ▾ When should I prune roses? · How often should I water tomatoes?)
      [All topics]
    ");
    let answer = garden.selects(WATERING).await;
    answer.is_private().shows("Every other day").lacks("Remove");
    // A related entry leads back as well.
    let related = answer.selects(PRUNING).await;
    related.shows("Early in spring");
    // The way goes on after a restart.
    needle.stops().await.unwrap();
    let _needle = Needle::new().start(&discord).await;
    discord.connected_times(2).await;
    let garden = related.clicks("Back to the questions").await;
    garden.shows("Gardening").shows(WATERING);
    let topics = garden.clicks("All topics").await;
    topics.selects("Cooking").await.shows(KNIVES);
    discord.nothing_further().await;
}

#[tokio::test]
async fn one_topic_needs_no_choosing() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    // The other topic is not for direct messages.
    let garden = discord.member("ada").in_private().uses("/topics", []).await;
    garden.shows("Gardening").shows(WATERING).lacks("All topics");
    garden.selects(WATERING).await.shows("Every other day").clicks("Back to the questions").await.shows(PRUNING);
    discord.nothing_further().await;
}

#[tokio::test]
async fn many_are_shown_a_page_at_a_time() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    for number in 0..50 {
        needle.knowledge.add(&format!("q{number:02}"), &format!("What about plant number {number:02}?"));
    }
    let topic = fs::read_to_string(needle.knowledge.dir().join("kitchen/topic.toml")).unwrap();
    for number in 0..30 {
        let name = format!("more{number:02}");
        fs::create_dir(needle.knowledge.dir().join(&name)).unwrap();
        fs::write(needle.knowledge.dir().join(&name).join("topic.toml"), topic.replace("Cooking", &name)).unwrap();
        let knives = fs::read_to_string(needle.knowledge.dir().join("kitchen/knives.md")).unwrap();
        let entry = needle.knowledge.dir().join(&name).join("entry.md");
        fs::write(entry, knives.replace(KNIVES, &format!("What is {name}?"))).unwrap();
    }
    needle.reloads();
    let first = ada.uses("/topics", []).await;
    first.shows("Page 1 of 2").shows("Gardening").lacks("more29").lacks("Previous");
    let second = first.clicks("Next").await;
    second.shows("Page 2 of 2").shows("more29").lacks("Gardening").lacks("Next");
    let back = second.clicks("Previous").await;
    back.shows("Page 1 of 2");
    let garden = back.selects("Gardening").await;
    garden.shows("Page 1 of 3").shows(PRUNING);
    let garden = garden.clicks("Next").await;
    garden.shows("Page 2 of 3").shows("number 30");
    // The page that an entry was chosen on is there again.
    let answer = garden.selects("What about plant number 30?").await;
    let garden = answer.clicks("Back to the questions").await;
    garden.shows("Page 2 of 3");
    let last = garden.clicks("Next").await;
    last.shows("Page 3 of 3").shows("What about plant number 49?").shows(WATERING);
    // Many questions less, the page beyond the last is the last.
    for number in 0..50 {
        fs::remove_file(needle.knowledge.dir().join(format!("garden/q{number:02}.md"))).unwrap();
    }
    needle.reloads();
    last.clicks("Previous").await.shows(PRUNING).lacks("Page");
    discord.nothing_further().await;
}

#[tokio::test]
async fn what_is_gone_is_said_to_be() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let topics = ada.uses("/topics", []).await;
    let kitchen = topics.selects("Cooking").await;
    fs::remove_dir_all(needle.knowledge.dir().join("kitchen")).unwrap();
    needle.reloads();
    kitchen.selects(KNIVES).await.is_private().shows("has been taken out");
    kitchen.clicks("All topics").await.shows("Gardening").shows(WATERING);
    discord.nothing_further().await;
}

#[tokio::test]
async fn pages_can_be_turned_without_waiting() {
    let discord = Discord::start();
    let _needle = Needle::new().with("NEEDLE__DISCORD__COOLDOWN__MEMBER_QUESTIONS", &1).start(&discord).await;
    let ada = discord.member("ada");
    let mut shown = ada.uses("/topics", []).await;
    for _ in 0..5 {
        shown = shown.selects("Gardening").await.clicks("All topics").await;
    }
    let answer = shown.selects("Gardening").await.selects(WATERING).await;
    answer.shows("Every other day").selects(PRUNING).await.shows("Early in spring");
    let shown = ada.uses("/topics", []).await.selects("Gardening").await;
    shown.selects(WATERING).await.shows("Please try again in a minute");
    discord.nothing_further().await;
}
