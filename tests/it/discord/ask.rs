//! `/ask` and `/about`.

use std::fs;

use insta::assert_snapshot;

use super::fake::Discord;
use super::needle::{KNIVES, KNOWS_NOTHING, Needle, PRUNING, WATERING};
use crate::small_knowledge::{WATERING_SHOWN, folded};

#[tokio::test]
async fn is_answered_in_the_first_response() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.uses("/ask", [("question", "how *often* should I water tomatos, @everyone?")]).await;
    reply.is_public();
    assert!(reply.text().contains(WATERING_SHOWN), "{}", reply.text());
    assert_snapshot!(folded(&reply.text()), @r"
    Needle (answering ada's /ask):
      ▌ #2e8b57
      ▌ # How often should I water tomatoes?
      ▌ > You asked: how \*often\* should I water tomatos, \@everyone?
      ▌
      ▌ (the answer on watering)
      (Related questions ▾ When should I prune roses?)
      [Helpful] [Not helpful] [Remove]
    ");
    discord.nothing_further().await;
}

#[tokio::test]
async fn is_answered_privately_where_asked_so() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let reply = discord.member("ada").uses("/ask", [("question", WATERING), ("private", "true")]).await;
    reply.is_private().shows("Every other day").lacks("Remove");
    let other = reply.selects(PRUNING).await;
    other.is_private().shows("Early in spring").lacks("Remove");
    discord.nothing_further().await;
}

#[tokio::test]
async fn offers_questions_while_they_are_typed() {
    let discord = Discord::start();
    // Free text would find nothing: what is picked is answered exactly.
    let _needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
    let ada = discord.member("ada");
    ada.types("/ask", "question", "").await.shows(&[PRUNING, WATERING, KNIVES]);
    let choices = ada.types("/ask", "question", "watr tomatos").await;
    assert_eq!(choices.names().first().map(String::as_str), Some(WATERING));
    choices.picks(WATERING).await.shows("Every other day").lacks("You asked");
    ada.types("/ask", "question", "zzzz").await.shows(&[]);
    ada.uses("/ask", [("question", "entry:garden/gone")]).await.shows("I don't know");
    discord.nothing_further().await;
}

#[tokio::test]
async fn says_what_it_does_not_know() {
    let discord = Discord::start();
    let _needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
    let ada = discord.member("ada");
    assert_snapshot!(ada.uses("/ask", [("question", "what is love?")]).await.text(), @r#"
    Needle (answering ada's /ask):
      ▌ #808890
      ▌ # I don't know that one.
      ▌ > You asked: what is love?
      ▌
      ▌ I only pass on answers that an expert stands behind, and I have none for this. If it is about your health, please ask a professional.
      [Tell me when you know] [Remove]
    "#);
    assert_snapshot!(ada.uses("/ask", [("question", "thanks!")]).await.text(), @r#"
    Needle (answering ada's /ask):
      ▌ #808890
      ▌ # Good to have you here.
      ▌ Ask me a question in your own words, and I will look for an expert's answer.
      [Remove]
    "#);
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_urgent_notice_stands_alone() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let question = "my son swallowed a berry while i water tomatoes";
    let reply = discord.member("ada").uses("/ask", [("question", question)]).await;
    assert_snapshot!(reply.text(), @r#"
    Needle (answering ada's /ask):
      ▌ #d02020
      ▌ # This may be poisoning
      ▌ **Call the poison centre now.**
      ▌ ## Last reviewed
      ▌ 2026-05-03
      [Remove]
    "#);
    discord.nothing_further().await;
}

#[tokio::test]
async fn is_told_to_wait_after_too_much() {
    let discord = Discord::start();
    let _needle = Needle::new().with("NEEDLE__DISCORD__COOLDOWN__MEMBER_QUESTIONS", &1).start(&discord).await;
    let (ada, bob) = (discord.member("ada"), discord.member("bob"));
    let reply = ada.uses("/ask", [("question", WATERING)]).await;
    ada.uses("/ask", [("question", WATERING)]).await.is_private().shows("Please try again in a minute");
    // What is chosen under the reply is no further question.
    reply.selects(PRUNING).await.shows("Early in spring");
    bob.uses("/ask", [("question", WATERING)]).await.shows("Every other day");
    reply.clicks("Remove").await.is_gone();
    discord.nothing_further().await;
}

#[tokio::test]
async fn a_banned_member_is_told_so() {
    let discord = Discord::start();
    let ada = discord.member("ada");
    let _needle = Needle::new().with("NEEDLE__DISCORD__BANNED_MEMBERS", &ada.id()).start(&discord).await;
    ada.uses("/ask", [("question", WATERING)]).await.is_private().shows("chosen not to let me answer");
    ada.types("/ask", "question", "water").await.shows(&[]);
    ada.asks_without_waiting(WATERING);
    discord.nothing_further().await;
}

#[tokio::test]
async fn about_says_what_this_is() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.uses("/about", []).await;
    reply.is_private();
    let text = reply.text();
    let revision = revision(&text);
    assert_eq!(revision.len(), 8, "{revision}");
    assert_snapshot!(text.replace(revision, "…"), @r"
    Needle (answering ada's /about, only you see this):
      ▌ #5865f2
      ▌ # About me
      ▌ I am Needle, a bot. I answer questions from a collection that people keep by hand: each answer names the expert behind it and its source. I write nothing of my own; what I do not find there, I do not know. Use `/ask`, mention me, or write to me directly; `/topics` shows what there is.
      ▌ ## What I know about
      ▌ **Gardening**: Plants and how to keep them alive.
      ▌ **Cooking**: Plants and how to keep them alive.
      ▌ ## Knowledge revision
      ▌ `…`; last reviewed 2026-05-02
      ▌ ## Your data
      ▌ I read only messages that mention me, reply to me or are sent to me, and those that somebody chooses **Answer this** on, and only to answer them. I keep no text of questions that I answered; those that I could not answer, or whose answer did not help, I keep for 30 days, without whose they are. Delete your question, and my answer and what I kept go too; **Remove** takes an answer away at any time. `/privacy` says more.
      ▌ -# Not advice.
    ");
    // Whatever changes makes another one: here, who stands behind the answers, and what brings up the urgent notice.
    for (path, before, after) in [
        ("garden/topic.toml", "role = \"gardener\"", "role = \"head gardener\""),
        ("urgent/poison.md", "swallowed a berry", "has eaten a berry"),
    ] {
        let path = needle.knowledge.dir().join(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(before), "{text}");
        fs::write(&path, text.replacen(before, after, 1)).unwrap();
        needle.reloads();
        let about = ada.uses("/about", []).await.text();
        assert_ne!(self::revision(&about), revision);
        fs::write(&path, text).unwrap();
        needle.reloads();
        assert_eq!(self::revision(&ada.uses("/about", []).await.text()), revision, "the same again");
    }
    discord.nothing_further().await;
}

/// The revision of the knowledge that `/about` shows.
fn revision(about: &str) -> &str {
    let (_, after) = about.split_once("Knowledge revision").unwrap();
    after.split('`').nth(1).unwrap()
}
