//! Feedback: who may say whether an answer helped, and what is kept of it.

use std::time::Duration;

use insta::assert_snapshot;
use needle::store::{Listing, Options, Reason, ServerId, Store, Url, Votes};

use super::fake::Discord;
use super::needle::{KNOWS_NOTHING, Needle, PRUNING, SUGGESTS, WATERING};
use crate::eventually::until;
use crate::store::outage::Outage;
use crate::store::{NOON, on_both};

const ENTRY: &str = "garden/watering";

fn store(url: &Url) -> Store {
    Store::new(url, Options::default())
}

/// Waits until these are the votes on the entry.
async fn voted(url: &Url, entry: &str, helpful: u64, unhelpful: &[(Option<Reason>, u64)]) {
    let store = store(url);
    let expected = Votes { helpful, unhelpful: unhelpful.to_vec() };
    until(&format!("{expected:?}"), async || store.votes(entry, None).await.unwrap() == expected).await;
}

#[test]
fn everybody_votes_once_and_may_change_their_mind() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let (ada, bob) = (discord.member("ada"), discord.member("bob"));
        let reply = ada.asks(WATERING).await;
        ada.clicks(&reply, "Helpful").await.is_private().shows("I have noted that");
        bob.clicks(&reply, "Helpful").await.is_private();
        bob.clicks(&reply, "Helpful").await.is_private();
        voted(url, ENTRY, 2, &[]).await;
        needle.stops().await.unwrap();
        discord.disconnected().await;

        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let why = bob.clicks(&reply, "Not helpful").await;
        voted(url, ENTRY, 1, &[(None, 1)]).await;
        if url.file().is_some() {
            assert_snapshot!(why.is_private().text(), @r"
            Needle (answering bob's [Not helpful], only you see this):
              ▌ #5865f2
              ▌ # Thank you, I have noted that.
              ▌ If you like, say what was wrong with the answer. You can change your vote at any time.
              (What was wrong ▾ Wrong question: it answers another one · Out of date · Unclear · Something else)
            ");
        }
        // What stands in a select does nothing on a button.
        let select = &why.json()["components"][0]["components"][0];
        for id in [&select["options"][0]["value"], &select["custom_id"]].map(|id| id.as_str().unwrap()) {
            bob.forges(&why, id).reply().await.is_private().shows("I did not make this");
        }
        why.selects("Out of date").await.lacks("What was wrong");
        voted(url, ENTRY, 1, &[(Some(Reason::OutOfDate), 1)]).await;
        bob.clicks(&reply, "Helpful").await;
        voted(url, ENTRY, 2, &[]).await;
        // Another answer, in its place: another vote.
        reply.selects(PRUNING).await;
        bob.clicks(&reply, "Not helpful").await;
        voted(url, "garden/pruning", 0, &[(None, 1)]).await;
        // In direct messages as well.
        let direct = ada.in_private().asks(WATERING).await;
        direct.clicks("Helpful").await.shows("I have noted that");
        voted(url, ENTRY, 3, &[]).await;
        ada.uses("/forget-me", []).await.shows("I have deleted your votes");
        voted(url, ENTRY, 1, &[]).await;
        reply.shows("Early in spring");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn a_question_whose_answer_did_not_help_is_open() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let (ada, bob, grace) = (discord.member("ada"), discord.member("bob"), discord.moderator("grace"));
        let reply = ada.asks("water tomatoes, mail ada@example.com").await;
        let by_command = ada.uses("/ask", [("question", "prune roses now")]).await;
        let picked = ada.uses("/ask", [("question", "entry:garden/watering")]).await;
        let direct = ada.in_private().asks("my tomatoes are dry").await;
        let related = ada.asks("watering, and then what").await;
        let related = related.selects(PRUNING).await;
        for answer in [&reply, &by_command, &picked, &related] {
            bob.clicks(answer, "Not helpful").await.is_private();
        }
        ada.in_private().clicks(&direct, "Not helpful").await;
        let browsed = ada.uses("/topics", []).await.selects("Gardening").await.selects(WATERING).await;
        browsed.lacks("Not helpful");
        ada.clicks(&reply, "Not helpful").await.is_private();
        voted(url, ENTRY, 0, &[(None, 4)]).await;

        let listed = async || store(url).unanswered(Listing::ALL).await.unwrap();
        until("four are kept", async || listed().await.len() == 4).await;
        let mut kept: Vec<_> = listed().await.into_iter().map(|kept| (kept.text, kept.times, kept.closest)).collect();
        kept.sort_by(|one, other| one.0.cmp(&other.0));
        let texts: Vec<_> = kept.iter().map(|(text, times, _)| (text.as_str(), *times)).collect();
        assert_eq!(
            texts,
            [(WATERING, 1), ("my tomatoes are dry", 1), ("prune roses now", 1), ("water tomatoes, mail [e-mail]", 1)],
            "where it was picked, the entry's own question; and nothing that something else answers"
        );
        for (text, _, closest) in &kept {
            let rejected: Vec<_> = closest.iter().filter(|near| near.rejected).map(|near| &*near.entry).collect();
            assert_eq!(rejected, [if text.starts_with("prune") { "garden/pruning" } else { ENTRY }], "{text}");
        }
        let list = grace.uses("/faq unanswered", []).await;
        list.is_private().shows("prune roses now").shows("water tomatoes, mail").lacks("are dry");
        picked.clicks("Remove").await.is_gone();
        until("what was picked goes with its reply", async || listed().await.len() == 3).await;
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[tokio::test]
async fn is_asked_under_public_answers_alone() {
    let discord = Discord::start();
    let ada = discord.member("ada");
    for (thresholds, shown) in [(SUGGESTS, "Did you mean"), (KNOWS_NOTHING, "I don't know")] {
        let needle = Needle::new().that(thresholds).start(&discord).await;
        ada.asks(WATERING).await.shows(shown).lacks("Helpful");
        needle.stops().await.unwrap();
        discord.disconnected().await;
    }
    let _needle = Needle::new().start(&discord).await;
    ada.uses("/ask", [("question", WATERING)]).await.shows("[Helpful] [Not helpful] [Remove]");
    ada.uses("/ask", [("question", WATERING), ("private", "true")]).await.lacks("Helpful");
    ada.asks("my son swallowed a berry").await.shows("Call the poison centre").lacks("Helpful");
    let elsewhere = ada.installs_the_app().at(&discord.server_without_the_bot("elsewhere"));
    elsewhere.uses("/ask", [("question", WATERING)]).await.shows("Every other day").lacks("Helpful");
    discord.nothing_further().await;
}

#[test]
fn is_not_asked_where_a_server_does_not_want_it() {
    on_both(async |url| {
        let discord = Discord::start();
        let (server, elsewhere) = (ServerId(discord.server_id()), discord.another_server("elsewhere"));
        store(url).change_server_settings(server, NOON, |settings| settings.feedback = false).await.unwrap();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let ada = discord.member("ada");
        ada.asks(WATERING).await.shows("Every other day").lacks("Helpful");
        ada.at(&elsewhere).asks(WATERING).await.shows("[Helpful] [Not helpful]");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn no_vote_is_taken_that_might_be_lost() {
    on_both(async |place| {
        let discord = Discord::start();
        let (mut outage, url) = Outage::of(place).await;
        let needle = Needle::new().keeping_in(&url).at(|pace| pace.records.attempt = Duration::from_secs(1));
        let needle = needle.start(&discord).await;
        let (ada, bob) = (discord.member("ada"), discord.member("bob"));
        let reply = ada.asks(WATERING).await;
        let is_noted = async || ada.clicks(&reply, "Helpful").await.text().contains("I have noted that");
        assert!(is_noted().await);
        outage.begins().await;
        until("it is noticed", async || !is_noted().await).await;
        bob.clicks(&reply, "Helpful").await.is_private().shows("Nothing has changed");
        bob.clicks(&reply, "Not helpful").await.is_private().shows("Nothing has changed");
        outage.ends().await;
        until("votes are taken again", is_noted).await;
        voted(place, ENTRY, 1, &[]).await;
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}
