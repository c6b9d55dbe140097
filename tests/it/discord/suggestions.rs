//! Suggestions: a button each, and what becomes of the message.

use insta::assert_snapshot;

use super::fake::Discord;
use super::needle::{Needle, SUGGESTS, WATERING};
use crate::small_knowledge::folded;

const VAGUE: &str = "how often should I prune or water?";

#[tokio::test]
async fn choosing_edits_the_message() {
    let discord = Discord::start();
    let _needle = Needle::new().that(SUGGESTS).start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.asks(VAGUE).await;
    assert_snapshot!(reply.text(), @r#"
    Needle (replying to ada):
      ▌ #e0a030
      ▌ # Did you mean one of these?
      ▌ > You asked: how often should I prune or water?
      ▌
      ▌ I am not sure which question is yours. If none of these is it, please ask in other words.
      [How often should I water tomatoes?]
      [When should I prune roses?]
      [None of these] [Remove]
    "#);
    reply.clicks(WATERING).await;
    assert_snapshot!(folded(&ada.sees()), @r"
    ada: @Needle how often should I prune or water?
    Needle (replying to ada, edited):
      ▌ #2e8b57
      ▌ # How often should I water tomatoes?
      ▌ > You asked: how often should I prune or water?
      ▌
      ▌ (the answer on watering)
      (Related questions ▾ When should I prune roses?)
      [Helpful] [Not helpful] [Remove]
    ");
    discord.nothing_further().await;
}

#[tokio::test]
async fn none_of_these_ends_in_not_knowing() {
    let discord = Discord::start();
    let _needle = Needle::new().that(SUGGESTS).start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.uses("/ask", [("question", VAGUE)]).await;
    reply.clicks("None of these").await;
    assert_snapshot!(ada.sees(), @r#"
    Needle (answering ada's /ask, edited):
      ▌ #808890
      ▌ # I don't know that one.
      ▌ > You asked: how often should I prune or water?
      ▌
      ▌ I only pass on answers that an expert stands behind, and I have none for this. If it is about your health, please ask a professional.
      [Tell me when you know] [Remove]
    "#);
    discord.nothing_further().await;
}

#[tokio::test]
async fn as_much_may_be_chosen_as_is_of_use() {
    let discord = Discord::start();
    let needle = Needle::new().that(SUGGESTS).with("NEEDLE__DISCORD__COOLDOWN__MEMBER_QUESTIONS", &1);
    let _needle = needle.start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.asks(VAGUE).await;
    let [watering, pruning, none, _] = &reply.custom_ids()[..] else { panic!("{}", reply.text()) };
    let slow_down = "Please try again in a minute";
    ada.uses("/ask", [("question", VAGUE)]).await.is_private().shows(slow_down);
    ada.forges(&reply, watering).reply().await.shows("Every other day");
    ada.forges(&reply, pruning).reply().await.shows("Early in spring");
    ada.forges(&reply, none).reply().await.is_private().shows(slow_down);
    discord.nothing_further().await;
}
