//! Deleted questions: their answers go with them.

use super::fake::{Discord, Posted, Reply};
use super::needle::{Needle, Running, WATERING};

#[tokio::test]
async fn take_their_answers_along() {
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

/// A bot that has answered questions of ada's and has then been restarted, the questions and the answers.
async fn restarted(discord: &Discord, questions: usize) -> (Running, Vec<(Posted, Reply)>) {
    let needle = Needle::new().start(discord).await;
    let ada = discord.member("ada");
    let mut asked = Vec::new();
    for _ in 0..questions {
        let question = ada.asks_without_waiting(WATERING);
        let reply = question.reply().await;
        asked.push((question, reply));
    }
    needle.stops().await.unwrap();
    discord.disconnected().await;
    (Needle::new().start(discord).await, asked)
}

const LOOK: &str = "GET /channels/…/messages";

fn looks(discord: &Discord) -> usize {
    discord.requests().iter().filter(|request| request.starts_with(LOOK)).count()
}

#[tokio::test]
async fn take_their_answers_along_after_a_restart() {
    let discord = Discord::start();
    let (needle, asked) = restarted(&discord, 2).await;
    let (ada, bob) = (discord.member("ada"), discord.member("bob"));
    bob.says("a message in between");
    bob.replies_quietly_to(&asked[0].0, "an answer of somebody else's");
    ada.deletes(&asked[0].0);
    asked[0].1.disappears().await;
    asked[1].1.shows("Every other day");
    // The end of the answer was told as well, and of no concern.
    discord.flush().await;
    needle.stops().await.unwrap();
    assert_eq!(looks(&discord), 1);
    discord.nothing_further().await;
}

#[tokio::test]
async fn take_their_answers_along_when_many_are_deleted_at_once() {
    let discord = Discord::start();
    let (needle, asked) = restarted(&discord, 20).await;
    discord.moderator("grace").purges(asked.iter().map(|(question, _)| question));
    for (_, reply) in &asked {
        reply.disappears().await;
    }
    discord.flush().await;
    needle.stops().await.unwrap();
    assert_eq!(looks(&discord), 1, "one look shows them all");
    discord.nothing_further().await;
}

#[tokio::test]
async fn are_looked_for_one_look_at_a_time() {
    let discord = Discord::start();
    let (needle, asked) = restarted(&discord, 20).await;
    let gate = discord.holds("GET /channels/*/messages");
    let ada = discord.member("ada");
    for (question, _) in &asked {
        ada.deletes(question);
    }
    discord.in_flight(1).await;
    discord.flush().await;
    gate.opens();
    for (_, reply) in &asked {
        reply.disappears().await;
    }
    needle.stops().await.unwrap();
    assert_eq!(looks(&discord), 2, "the first for what came first, the second for all others");
    discord.nothing_further().await;
}
