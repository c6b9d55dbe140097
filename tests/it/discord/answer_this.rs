//! *Answer this*, in the menu of a message.

use insta::assert_snapshot;

use super::fake::{Discord, OnMessage as _, Reply};
use super::needle::{KNOWS_NOTHING, Needle, PRUNING, SUGGESTS, WATERING};
use crate::small_knowledge::folded;

const ANSWER_THIS: &str = "Answer this";

/// What is shown, without ids.
fn shown(discord: &Discord, reply: &Reply) -> String {
    let address = reply.json()["embeds"][0]["description"].as_str().unwrap_or_default().to_owned();
    let address = address.split_once("](").and_then(|(_, rest)| rest.split_once(')')).map(|(address, _)| address);
    let address = address.unwrap_or("no address").to_owned();
    assert!(address == "no address" || address.starts_with("https://discord.com/channels/"), "{address}");
    let text = folded(&reply.text().replace(&address, "…"));
    assert!(!text.contains(&discord.server_id().to_string()), "{text}");
    text
}

#[tokio::test]
async fn the_answer_is_for_its_author() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let (ada, bob, eve) = (discord.member("ada"), discord.member("bob"), discord.member("eve"));
    let question = bob.says("anybody here: *how* often must i water tomatos @eve?");
    let reply = ada.uses_on(ANSWER_THIS, &question).await;
    reply.is_public();
    assert_snapshot!(shown(&discord, &reply), @r"
    Needle (answering ada's Answer this):
      ▌ #2e8b57
      ▌ # How often should I water tomatoes?
      ▌ > For @bob, at @ada's request: [their message](…)
      ▌ > Asked: anybody here: \*how\* often must i water tomatos ?
      ▌
      ▌ (the answer on watering)
      (Related questions ▾ When should I prune roses?)
      [Helpful] [Not helpful] [Remove]
    ");
    let description = reply.json()["embeds"][0]["description"].as_str().unwrap().to_owned();
    let address = format!("/channels/{}/{}/{}", discord.server_id(), ada.place().id(), question.id());
    assert!(description.contains(&address), "{description}");

    // Who asked for it, the author and moderators may choose; nobody else.
    eve.selects(&reply, PRUNING).await.is_private().shows("Only who asked");
    let reply = bob.selects(&reply, PRUNING).await;
    reply.shows("Early in spring").shows("For @bob, at @ada's request").shows("Asked: anybody here");
    let reply = ada.clicks(&reply, "Remove").await;
    reply.is_gone();
    discord.nothing_further().await;
}

#[tokio::test]
async fn the_author_can_remove_the_answer() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let (ada, bob) = (discord.member("ada"), discord.member("bob"));
    let reply = ada.uses_on(ANSWER_THIS, &bob.says(WATERING)).await;
    bob.clicks(&reply, "Remove").await.is_gone();
    discord.nothing_further().await;
}

#[tokio::test]
async fn ones_own_question_is_answered_as_such() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.uses_on(ANSWER_THIS, &ada.says(WATERING)).await;
    reply.is_public().shows("You asked: How often").lacks("request");
    discord.nothing_further().await;
}

#[tokio::test]
async fn suggestions_are_for_who_looks_after_the_question() {
    let discord = Discord::start();
    let _needle = Needle::new().that(SUGGESTS).start(&discord).await;
    let (ada, bob) = (discord.member("ada"), discord.member("bob"));
    let question = bob.says("when should i water roses or tomatoes");
    let suggestions = ada.uses_on(ANSWER_THIS, &question).await;
    suggestions.is_private();
    assert_snapshot!(shown(&discord, &suggestions), @r"
    Needle (answering ada's Answer this, only you see this):
      ▌ #e0a030
      ▌ # Did you mean one of these?
      ▌ > For @bob, at @ada's request: [their message](…)
      ▌ > Asked: when should i water roses or tomatoes
      ▌
      ▌ I am not sure which question is yours. If none of these is it, please ask in other words.
      [How often should I water tomatoes?]
      [When should I prune roses?]
      [None of these]
    ");
    let chosen = suggestions.clicks(WATERING).await;
    chosen.is_public();
    assert_snapshot!(shown(&discord, &chosen).lines().take(5).collect::<Vec<_>>().join("\n"), @r"
    Needle (answering ada's [How often should I water tomatoes?]):
      ▌ #2e8b57
      ▌ # How often should I water tomatoes?
      ▌ > For @bob, at @ada's request: [their message](…)
      ▌ > Asked: when should i water roses or tomatoes
    ");
    bob.clicks(&chosen, "Remove").await.is_gone();
    let none = suggestions.clicks("None of these").await;
    none.is_private().shows("I don't know that one.");
    discord.nothing_further().await;
}

#[tokio::test]
async fn that_nothing_fits_is_told_to_who_asked_only() {
    let discord = Discord::start();
    let _needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
    let (ada, bob) = (discord.member("ada"), discord.member("bob"));
    let reply = ada.uses_on(ANSWER_THIS, &bob.says("what is love?")).await;
    reply.is_private();
    assert_snapshot!(shown(&discord, &reply), @r"
    Needle (answering ada's Answer this, only you see this):
      ▌ #808890
      ▌ # I don't know that one.
      ▌ > For @bob, at @ada's request: [their message](…)
      ▌ > Asked: what is love?
      ▌
      ▌ I only pass on answers that an expert stands behind, and I have none for this. If it is about your health, please ask a professional.
    ");
    let reply = ada.uses_on(ANSWER_THIS, &bob.says("thanks!")).await;
    reply.is_private().shows("I find no question in that message.");
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_sign_of_danger_is_answered_for_all_to_see() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let (ada, bob) = (discord.member("ada"), discord.member("bob"));
    let question = bob.says("my son swallowed a berry while i water tomatoes");
    let reply = ada.uses_on(ANSWER_THIS, &question).await;
    reply.is_public();
    assert_snapshot!(shown(&discord, &reply), @r"
    Needle (answering ada's Answer this):
      ▌ #d02020
      ▌ # This may be poisoning
      ▌ > For @bob, at @ada's request: [their message](…)
      ▌
      ▌ **Call the poison centre now.**
      ▌ ## Last reviewed
      ▌ 2026-05-03
      [Remove]
    ");
    discord.nothing_further().await;
}

#[tokio::test]
async fn what_no_member_wrote_is_not_answered() {
    let discord = Discord::start();
    let banned = discord.member("mallory");
    let needle = Needle::new().with("NEEDLE__DISCORD__BANNED_MEMBERS", &banned.id());
    let _needle = needle.with("NEEDLE__DISCORD__COOLDOWN__MEMBER_QUESTIONS", &1).start(&discord).await;
    let (ada, bob) = (discord.member("ada"), discord.member("bob"));
    let own = ada.asks(WATERING).await;
    let check = async |reply: Reply, part| {
        reply.is_private().shows(part);
    };
    check(bob.uses_on(ANSWER_THIS, &own).await, "That is a message of mine").await;
    check(bob.uses_on(ANSWER_THIS, &discord.other_bot("robot").says(WATERING)).await, "No member wrote that").await;
    check(bob.uses_on(ANSWER_THIS, &bob.place().webhook("news").says(WATERING)).await, "No member wrote that").await;
    check(bob.uses_on(ANSWER_THIS, &ada.causes_system_message(7)).await, "No member wrote that").await;
    check(bob.uses_on(ANSWER_THIS, &ada.says(" <:wave:12> ")).await, "There are no words").await;
    check(bob.uses_on(ANSWER_THIS, &banned.says(WATERING)).await, "not to let me answer that member").await;
    check(banned.uses_on(ANSWER_THIS, &ada.says(WATERING)).await, "not to let me answer you").await;
    // None of that counted as a question.
    bob.uses_on(ANSWER_THIS, &ada.says(WATERING)).await.is_public().shows("Every other day");
    check(bob.uses_on(ANSWER_THIS, &ada.says(WATERING)).await, "Please try again in a minute").await;
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_direct_message_is_answered_from_what_may_be_said_there() {
    let discord = Discord::start();
    let _needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
    let ada = discord.member("ada").in_private();
    let question = ada.says(WATERING);
    question.reply().await.shows("I don't know");
    ada.uses_on(ANSWER_THIS, &question).await.shows("I don't know");
    discord.nothing_further().await;
}
