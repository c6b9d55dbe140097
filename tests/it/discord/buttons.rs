//! Buttons and selects: who may use them, and what does not work.

use std::fs;

use serenity::all::Permissions;

use super::fake::Discord;
use super::needle::{ANSWERS, KNOWS_NOTHING, Needle, PRUNING, SUGGESTS, WATERING};

#[tokio::test]
async fn are_for_the_asker_and_moderators() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let (ada, bob, grace) = (discord.member("ada"), discord.member("bob"), discord.moderator("grace"));
    for reply in [ada.asks(WATERING).await, ada.uses("/ask", [("question", WATERING)]).await] {
        bob.selects(&reply, PRUNING).await.is_private().shows("Only who asked");
        bob.clicks(&reply, "Remove").await.is_private().shows("Only who asked");
        reply.shows("Every other day");
        grace.selects(&reply, PRUNING).await.shows("Early in spring");
        grace.clicks(&reply, "Remove").await.is_gone();
        reply.is_gone();
    }
    discord.nothing_further().await;
}

#[tokio::test]
async fn that_nobody_made_do_nothing() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.asks(WATERING).await;
    let ids = reply.custom_ids();
    let (sealed, last) = ids[1].split_at(ids[1].len() - 1);
    let altered = format!("{sealed}{}", if last == "A" { "B" } else { "A" });
    for forged in [altered.as_str(), "2.x.AAAAAAAAAAAAAAAA", "remove", "2.c:garden/watering."] {
        ada.forges(&reply, forged).reply().await.is_private().shows("I did not make this");
    }
    // A select's id on a button.
    ada.forges(&reply, &ids[0]).reply().await.is_private().shows("I did not make this");
    let outdated = ids[1].replacen('2', "1", 1);
    ada.forges(&reply, &outdated).reply().await.is_private().shows("another version of me");
    reply.shows("Every other day");
    discord.nothing_further().await;
}

#[tokio::test]
async fn work_after_a_restart() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.asks(WATERING).await;
    needle.stops().await.unwrap();
    assert_eq!(discord.disconnected().await, Some(1000));
    let _needle = Needle::new().start(&discord).await;
    reply.selects(PRUNING).await.shows("Early in spring").shows("You asked");
    reply.clicks("Remove").await.is_gone();
    discord.nothing_further().await;
}

#[tokio::test]
async fn remove_takes_any_answer_away_after_a_restart() {
    let discord = Discord::start();
    discord.channel("plain").denies(Permissions::EMBED_LINKS);
    let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
    let mut replies = Vec::new();
    let kinds = [
        (ANSWERS, WATERING, "Every other day"),
        (SUGGESTS, WATERING, "Did you mean"),
        (ANSWERS, "my son swallowed a berry", "Call the poison centre"),
        (KNOWS_NOTHING, WATERING, "I don't know"),
        (KNOWS_NOTHING, "thanks!", "Good to have you here"),
    ];
    for (thresholds, question, shown) in kinds {
        let needle = Needle::new().that(thresholds).start(&discord).await;
        // Twice each: once for the asker to remove, once for a moderator.
        for by in [&ada, &ada.at(&discord.channel("plain")), &ada.in_private()] {
            for _ in 0..2 {
                replies.push((by.clone(), by.asks(question).await));
            }
        }
        for _ in 0..2 {
            replies.push((ada.clone(), ada.uses("/ask", [("question", question)]).await));
        }
        for (_, reply) in replies.iter().rev().take(8) {
            reply.shows(shown);
        }
        needle.stops().await.unwrap();
        discord.disconnected().await;
    }
    // Embeds were tried first.
    for _ in 0..2 * kinds.len() {
        discord.refused(50013).await;
    }
    let _needle = Needle::new().start(&discord).await;
    for (number, (asker, reply)) in replies.iter().enumerate() {
        let is_direct = asker.place().id() == ada.in_private().place().id();
        // Nobody else sees direct messages.
        let remover = if number % 2 == 0 || is_direct { asker.clone() } else { grace.at(&asker.place()) };
        remover.clicks(reply, "Remove").await.is_gone();
    }
    discord.nothing_further().await;
}

#[tokio::test]
async fn of_an_entry_that_is_gone_say_so() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let reply = ada.asks(WATERING).await;
    let dir = needle.knowledge.dir().join("garden");
    let text = fs::read_to_string(dir.join("watering.md")).unwrap().replace("\"pruning\"", "");
    fs::write(dir.join("watering.md"), text).unwrap();
    fs::remove_file(dir.join("pruning.md")).unwrap();
    // Live within a second.
    while ada.types("/ask", "question", "").await.names().contains(&PRUNING.to_owned()) {}
    reply.selects(PRUNING).await.is_private().shows("taken out of the knowledge");
    reply.shows("Every other day");
    discord.nothing_further().await;
}
