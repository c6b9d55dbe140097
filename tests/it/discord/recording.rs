//! What is recorded of questions and answers, and when it goes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use needle::store::{Event, Listing, Options, ServerId, Store, Tally, Timestamp, UnansweredQuestion, Url};

use super::fake::Discord;
use super::needle::{KNOWS_NOTHING, Needle, PRUNING, SUGGESTS, WATERING};
use crate::eventually::until;
use crate::store::{NOON, on_both};

const DAY_SECS: i64 = 24 * 60 * 60;

fn store(url: &Url) -> Store {
    Store::new(url, Options::default())
}

/// The open questions once there are `number` of them.
async fn questions(url: &Url, number: usize) -> Vec<UnansweredQuestion> {
    let store = store(url);
    let all = async || store.unanswered(Listing::ALL).await.unwrap();
    until(&format!("{number} questions are kept"), async || all().await.len() == number).await;
    all().await
}

/// What happened to entries, in the order of servers, days and entries.
async fn tallied(url: &Url) -> Vec<(String, Event, u64)> {
    let tallies = store(url).tallies(None, NOON, NOON).await.unwrap();
    tallies.into_iter().map(|(Tally { entry, event, .. }, times)| (entry, event, times)).collect()
}

fn at_noon() -> Needle {
    Needle::new().by_clock(|| NOON)
}

#[test]
fn a_question_that_is_not_answered_is_kept_redacted() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = at_noon().that(KNOWS_NOTHING).keeping_in(url).start(&discord).await;
        let (ada, bob) = (discord.member("ada"), discord.member("bob"));
        ada.asks("when do I water, mail ada@example.com").await.shows("I don't know");
        // What is shown is what was recorded first, which is after the reply.
        questions(url, 1).await;
        bob.asks("When do I water, mail bob@example.com?").await.shows("I don't know");
        bob.uses("/ask", [("question", "is frost bad for roses")]).await.shows("I don't know");
        bob.in_private().asks("my own roses are ill").await.shows("I don't know");
        let quiet = [("question", "nobody else may know about my roses"), ("private", "true")];
        bob.uses("/ask", quiet).await.is_private().shows("I don't know");
        let target = ada.says("should roses be pruned in snow");
        bob.uses_on("Answer this", &target).await.is_private();
        // Neither a question nor one in a language that is spoken here.
        ada.asks("thanks!").await.shows("Good to have you here");
        needle.stops().await.unwrap();

        let kept = questions(url, 4).await;
        let server = Some(ServerId(discord.server_id()));
        let shown: Vec<_> = kept.iter().map(|kept| (kept.text.as_str(), kept.times, kept.server == server)).collect();
        assert_eq!(shown[0], ("when do I water, mail [e-mail]", 2, true), "the same words join");
        let mut others = shown[1..].to_vec();
        others.sort_unstable();
        assert_eq!(
            others,
            [
                ("is frost bad for roses", 1, true),
                ("my own roses are ill", 1, false),
                ("should roses be pruned in snow", 1, true),
            ]
        );
        assert_eq!(kept[0].closest[0].entry, "garden/watering");
        assert!(
            kept.iter().all(|kept| kept.channel.is_some() == kept.server.is_some()),
            "no channel of a direct message"
        );
        assert!(kept.iter().all(|kept| kept.message.is_some()));
        assert_eq!(tallied(url).await, []);
        discord.nothing_further().await;
    });
}

#[test]
fn what_was_suggested_and_rejected_is_kept_also_after_a_restart() {
    on_both(async |url| {
        let discord = Discord::start();
        let start = async || at_noon().that(SUGGESTS).keeping_in(url).start(&discord).await;
        let needle = start().await;
        let ada = discord.member("ada");
        let mentioned = ada.asks("how *often* should I prune or water?").await;
        let asked = ada.uses("/ask", [("question", "prune (or water) roses: when_should I?")]).await;
        let quiet = ada.uses("/ask", [("question", "prune or water, quietly"), ("private", "true")]).await;
        needle.stops().await.unwrap();
        discord.disconnected().await;
        let needle = start().await;
        for reply in [mentioned, asked, quiet] {
            reply.clicks("None of these").await.shows("I don't know");
        }
        let chosen = ada.asks("how often to prune or water?").await;
        chosen.clicks(WATERING).await.selects(PRUNING).await;
        needle.stops().await.unwrap();

        let kept = questions(url, 2).await;
        let mut texts: Vec<_> = kept.iter().map(|kept| kept.text.as_str()).collect();
        texts.sort_unstable();
        assert_eq!(texts, ["how *often* should I prune or water?", "prune (or water) roses: when_should I?"]);
        for kept in &kept {
            assert_eq!(kept.closest.iter().filter(|near| near.rejected).count(), 2, "{kept:?}");
        }
        let (pruning, watering) = ("garden/pruning".to_owned(), "garden/watering".to_owned());
        assert_eq!(
            tallied(url).await,
            [
                (pruning.clone(), Event::Suggested, 4),
                (pruning.clone(), Event::Chosen, 1),
                (pruning, Event::Rejected, 3),
                (watering.clone(), Event::Suggested, 4),
                (watering.clone(), Event::Chosen, 1),
                (watering, Event::Rejected, 3),
            ]
        );
        discord.nothing_further().await;
    });
}

#[test]
fn a_deleted_question_is_not_kept() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = at_noon().that(KNOWS_NOTHING).keeping_in(url).start(&discord).await;
        let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
        let before = ada.asks_without_waiting("asked before a restart");
        let old = before.reply().await;
        needle.stops().await.unwrap();
        discord.disconnected().await;
        let needle = at_noon().that(KNOWS_NOTHING).keeping_in(url).start(&discord).await;

        let question = ada.asks_without_waiting("deleted by who asked");
        let reply = question.reply().await;
        let by_command = ada.uses("/ask", [("question", "taken away by who asked")]).await;
        let target = ada.says("deleted, and was asked about");
        let other = ada.asks_without_waiting("deleted by a moderator");
        let answer = other.reply().await;
        grace.uses_on("Answer this", &target).await.is_private();
        questions(url, 5).await;
        ada.deletes(&before);
        old.disappears().await;
        ada.deletes(&question);
        reply.disappears().await;
        ada.clicks(&by_command, "Remove").await.is_gone();
        ada.deletes(&target);
        grace.deletes(&other);
        answer.disappears().await;
        questions(url, 0).await;

        // While the answer is on its way.
        let gate = discord.holds("POST /channels/*/messages");
        let question = ada.asks_without_waiting("deleted at once");
        discord.in_flight(1).await;
        ada.deletes(&question);
        discord.flush().await;
        gate.opens();
        discord.refused(50035).await;
        needle.stops().await.unwrap();
        questions(url, 0).await;
        discord.nothing_further().await;
    });
}

#[test]
fn the_data_of_a_server_that_was_left_goes_after_seven_days() {
    on_both(async |url| {
        let discord = Discord::start();
        let now = Arc::new(AtomicI64::new(NOON.0));
        let start = async || {
            let now = Arc::clone(&now);
            let clock = move || Timestamp(now.load(Ordering::Relaxed));
            Needle::new().that(KNOWS_NOTHING).keeping_in(url).by_clock(clock).start(&discord).await
        };
        // Which the bot knows from the start, as events are handled in no order.
        let places =
            ["left", "left and joined", "out of sight", "left unnoticed"].map(|name| discord.another_server(name));
        let needle = start().await;
        let ada = discord.member("ada");
        for place in &places {
            ada.at(place).asks("am I kept?").await.shows("I don't know");
        }
        questions(url, places.len()).await;
        let [left, rejoined, unseen, unnoticed] = &places;
        discord.throws_the_bot_out(left);
        discord.throws_the_bot_out(rejoined);
        discord.loses_sight_of(unseen);
        let is_left = async |place: &super::fake::Place| {
            let (store, id) = (store(url), place.server_id());
            store.left_servers().await.unwrap().contains(&ServerId(id))
        };
        until("it is noted that two were left", async || is_left(left).await && is_left(rejoined).await).await;
        discord.lets_the_bot_in(rejoined);
        until("it is noted that one was joined again", async || !is_left(rejoined).await).await;
        assert!(!is_left(unseen).await);
        discord.flush().await;
        needle.stops().await.unwrap();
        discord.disconnected().await;
        discord.throws_the_bot_out(unnoticed);
        let needle = start().await;
        until("it is noted that one was left unnoticed", async || is_left(unnoticed).await).await;

        now.fetch_add(7 * DAY_SECS, Ordering::Relaxed);
        questions(url, places.len()).await;
        now.fetch_add(1, Ordering::Relaxed);
        let kept = questions(url, 2).await;
        let mut servers: Vec<_> = kept.iter().map(|kept| kept.server.unwrap().0).collect();
        servers.sort_unstable();
        let mut expected = [rejoined.server_id(), unseen.server_id()];
        expected.sort_unstable();
        assert_eq!(servers, expected);
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn a_server_that_was_left_while_the_bot_was_cut_off_is_noted_as_left() {
    on_both(async |url| {
        let discord = Discord::start();
        let places = ["left unnoticed", "still there"].map(|name| discord.another_server(name));
        let needle = at_noon().that(KNOWS_NOTHING).keeping_in(url).start(&discord).await;
        let ada = discord.member("ada");
        for place in &places {
            ada.at(place).asks("am I kept?").await.shows("I don't know");
        }
        questions(url, places.len()).await;
        // It is not told that it is thrown out, and then its session is over.
        discord.never_tells("GUILD_DELETE");
        discord.throws_the_bot_out(&places[0]);
        discord.invalidates_sessions(false);
        discord.connected_times(2).await;
        let left = async || store(url).left_servers().await.unwrap();
        until("it is noted that one was left", async || !left().await.is_empty()).await;
        assert_eq!(left().await, [ServerId(places[0].server_id())]);
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}
