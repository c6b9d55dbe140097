//! Where a member may ask to be told, and is told that the question was passed on.

use std::time::Duration;

use insta::assert_snapshot;
use needle::store::{ChannelId, Listing, MessageId, ServerId, Settled, Url, Verdict};
use serde_json::json;
use serenity::all::Permissions;

use super::{TELL_ME, ends, knows_well, settled, store};
use crate::discord::fake::{Discord, Member, OnMessage};
use crate::discord::needle::{KNOWS_WELL, Needle, SUGGESTS};
use crate::eventually::until;
use crate::store::outage::occupied;
use crate::store::{NOON, Place, on_both, on_sqlite};

/// What a reply says where moderators get to see the question.
pub const PASSED_ON: &str = "I have passed your question on to the moderators.";

#[test]
fn to_be_told_is_offered_only_where_the_question_is_kept() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().that(SUGGESTS).keeping_in(url).start(&discord).await;
        let (ada, bob) = (discord.member("ada"), discord.member("bob"));
        let vague = "how often should I prune or water?";
        ada.asks(vague).await.lacks(TELL_ME).clicks("None of these").await.shows("[Tell me when you know] [Remove]");
        let quiet = [("question", vague), ("private", "true")];
        ada.uses("/ask", quiet).await.clicks("None of these").await.shows("I don't know").lacks(TELL_ME);
        ada.asks("my son swallowed a berry").await.lacks(TELL_ME);
        ada.asks("thanks!").await.lacks(TELL_ME);
        ends(needle, &discord).await;
        let needle = knows_well(url).start(&discord).await;
        let quiet = [("question", "do slugs eat lettuce?"), ("private", "true")];
        ada.uses("/ask", quiet).await.shows("I don't know").lacks(TELL_ME);
        ada.in_private().uses("/ask", quiet).await.shows("I don't know").lacks(TELL_ME);
        let target = bob.says("do slugs eat lettuce?");
        ada.uses_on("Answer this", &target).await.is_private().shows("I don't know").lacks(TELL_ME);
        let outside = ada.clone().installs_the_app().at(&discord.server_without_the_bot("outside"));
        outside.uses("/ask", [("question", "do slugs eat lettuce?")]).await.shows("I don't know").lacks(TELL_ME);
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn that_nothing_could_be_noted_is_said() {
    on_sqlite(&async |place: &Place| {
        let discord = Discord::start();
        let hour = Duration::from_hours(1);
        let needle = knows_well(place).at(|pace| (pace.forget, pace.notices) = (hour, hour)).start(&discord).await;
        let ada = discord.member("ada");
        let reply = ada.asks("do slugs eat lettuce?").await;
        settled(place, 1).await;
        // Another program is writing, and does not come to an end.
        let mut other = occupied(&place.raw).await;
        reply.clicks(TELL_ME).await.is_private().shows("Nothing is noted: what I keep is out of reach");
        sqlx::query("COMMIT").execute(&mut other).await.unwrap();
        let question = store(place).unanswered(Listing::ALL).await.unwrap()[0].id;
        assert!(store(place).notices(question).await.unwrap().is_empty());
        reply.clicks(TELL_ME).await.is_private().shows("I mention you here, once");
        // Gone meanwhile, as after its retention.
        store(place)
            .forget_message(store(place).unanswered(Listing::ALL).await.unwrap()[0].message.unwrap(), NOON)
            .await
            .unwrap();
        reply.clicks(TELL_ME).await.is_private().shows("I no longer keep this question");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
    on_sqlite(&async |_: &Place| {
        let discord = Discord::start();
        let nowhere = Url::sqlite("nowhere/at/all/needle.db");
        let needle = knows_well(&nowhere).start(&discord).await;
        discord.member("ada").asks("do slugs eat lettuce?").await.shows("I don't know").lacks(TELL_ME);
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn that_a_question_was_passed_on_is_said_only_where_it_was() {
    on_both(async |url| {
        let discord = Discord::start();
        let elsewhere = discord.another_server("elsewhere");
        let server = ServerId(discord.server_id());
        let channel = Some(ChannelId(discord.channel("mods").id()));
        store(url)
            .change_server_settings(server, NOON, |settings| settings.moderators_channel = channel)
            .await
            .unwrap();
        // Cards are another test's.
        let needle = knows_well(url).at(|pace| pace.cards_rest = Duration::from_hours(1)).start(&discord).await;
        let ada = discord.member("ada");
        let asks = async |question: &str| ada.uses("/ask", [("question", question)]).await;
        let reply = asks("do slugs eat lettuce?").await;
        if url.file().is_some() {
            assert_snapshot!(reply.text(), @r"
            Needle (answering ada's /ask):
              ▌ #808890
              ▌ # I don't know that one.
              ▌ > You asked: do slugs eat lettuce?
              ▌
              ▌ I only pass on answers that an expert stands behind, and I have none for this. If it is about your health, please ask a professional.
              ▌
              ▌ I have passed your question on to the moderators.
              [Tell me when you know] [Remove]
            ");
        }
        ada.asks("bumblebees are dangerous?").await.shows(PASSED_ON);
        ada.uses("/ask", [("question", "do slugs eat lettuce?"), ("private", "true")]).await.lacks(PASSED_ON);
        ada.in_private().asks("do slugs eat lettuce?").await.lacks(PASSED_ON);
        ada.at(&elsewhere).asks("do slugs eat lettuce?").await.lacks(PASSED_ON);
        settled(url, 4).await;

        // Elsewhere, another moderator decides.
        let message = MessageId(reply.id());
        let question = store(url).unanswered_of_message(message).await.unwrap().unwrap();
        let settled = Settled { verdict: Verdict::OffTopic, by: None, at: NOON, written: None };
        assert!(store(url).settle(question, &settled).await.unwrap());
        until("it counts", async || !asks("Do slugs eat lettuce").await.text().contains(PASSED_ON)).await;
        asks("do SLUGS eat lettuce?!").await.shows("I don't know").lacks(PASSED_ON).lacks(TELL_ME);
        asks("do slugs eat roses?").await.shows(PASSED_ON);
        needle.stops().await.unwrap();

        let needle = Needle::new()
            .that(SUGGESTS)
            .keeping_in(url)
            .at(|pace| pace.cards_rest = Duration::from_hours(1))
            .start(&discord)
            .await;
        let vague = asks("how often should I prune or water?").await;
        vague.lacks(PASSED_ON).clicks("None of these").await.shows(PASSED_ON);
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[tokio::test]
async fn to_be_told_is_offered_only_where_the_bot_may_write() {
    let discord = Discord::start();
    let needle = Needle::new().that(KNOWS_WELL).start(&discord).await;
    let (ada, bob) = (discord.member("ada"), discord.member("bob"));
    let asks = async |ada: &Member| {
        let reply = ada.uses("/ask", [("question", "do slugs eat lettuce?")]).await;
        reply.is_public().shows("I don't know");
        reply
    };
    let place = discord.channel("roses");
    let (here, in_thread) = (ada.at(&place), ada.at(&place.thread("slugs")));
    let offered = asks(&here).await;
    offered.shows(TELL_ME);
    place.denies(Permissions::SEND_MESSAGES);
    asks(&here).await.lacks(TELL_ME);
    offered.clicks(TELL_ME).await.is_private().shows("Nothing is noted: I may not write here");
    asks(&in_thread).await.shows(TELL_ME);
    place.denies(Permissions::SEND_MESSAGES_IN_THREADS);
    asks(&in_thread).await.lacks(TELL_ME);
    place.allows(Permissions::SEND_MESSAGES);
    asks(&here).await.shows(TELL_ME);
    place.denies(Permissions::VIEW_CHANNEL);
    asks(&here).await.lacks(TELL_ME);
    // Where that says nothing of the channel, Discord says it when it is asked.
    discord.tells_otherwise("INTERACTION_CREATE", |told| told["app_permissions"] = json!("0"));
    asks(&here).await.lacks(TELL_ME);
    discord.refused(50_001).await;
    asks(&ada.at(&discord.channel("lawn"))).await.shows(TELL_ME);
    discord.speaks_plainly();
    let group = discord.group(&[&ada, &bob]);
    asks(&ada.installs_the_app().in_group(&group)).await.lacks(TELL_ME);
    needle.stops().await.unwrap();
    discord.nothing_further().await;
}
