//! Direct messages: only from topics that are marked for them.

use super::fake::Discord;
use super::needle::{KNIVES, Needle, PRUNING, SUGGESTS, WATERING};

#[tokio::test]
async fn is_answered_as_a_reply() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada").in_private();
    let reply = ada.asks(WATERING).await;
    reply.shows("Every other day").selects(PRUNING).await.shows("Early in spring");
    reply.clicks("Remove").await.is_gone();
    discord.nothing_further().await;
}

#[tokio::test]
async fn other_topics_are_not_spoken_of() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let private = ada.in_private();
    ada.asks(KNIVES).await.shows(KNIVES);
    private.asks(KNIVES).await.lacks(&format!("** {KNIVES}"));
    private.uses("/ask", [("question", "entry:kitchen/knives")]).await.lacks(&format!("** {KNIVES}"));
    private.types("/ask", "question", "").await.shows(&[PRUNING, WATERING]);
    assert!(!private.types("/ask", "question", "sharpen knife").await.names().contains(&KNIVES.to_owned()));
    discord.nothing_further().await;
}

#[tokio::test]
async fn other_topics_are_not_suggested() {
    let discord = Discord::start();
    let _needle = Needle::new().that(SUGGESTS).start(&discord).await;
    let question = "how should I sharpen roses, water and knives?";
    discord.member("ada").asks(question).await.shows(KNIVES);
    discord.member("ada").in_private().asks(question).await.shows(WATERING).lacks(KNIVES);
    discord.nothing_further().await;
}
