//! What becomes of a card when its question is deleted.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use needle::store::{ChannelId, Listing, ServerId, Timestamp};
use serde_json::{Value, json};

use super::{SNAILS, Scene};
use crate::discord::notices::{SLUGS, TELL_ME, learns};
use crate::store::{NOON, on_both};

#[test]
fn the_words_go_from_the_card_with_the_question() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let now = Arc::new(AtomicI64::new(NOON.0));
        let clock = Arc::clone(&now);
        let needle =
            scene.needle().by_clock(move || Timestamp(clock.load(Ordering::Relaxed))).start(&scene.discord).await;
        let question = scene.ada.asks_without_waiting(SNAILS);
        let reply = question.reply().await;
        let card = scene.card().await;
        scene.ada.deletes(&question);
        reply.disappears().await;
        card.changes().await.shows("This question is gone").lacks("snails").lacks("[");

        scene.ada.asks("what about moles").await;
        let card = scene.card().await;
        card.clicks("Ignore").await.shows("moles");
        now.fetch_add(31 * 24 * 60 * 60, Ordering::Relaxed);
        card.changes().await.shows("This question is gone").lacks("moles").lacks("[");
        assert_eq!(scene.store().unanswered(Listing::ALL).await.unwrap(), []);
        scene.ends(needle).await;
    });
}

#[test]
fn the_words_go_with_the_channel_that_they_were_asked_in() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.needle().by_clock(|| NOON).start(&scene.discord).await;
        let (roses, lawn) = (scene.discord.channel("roses"), scene.discord.channel("lawn"));
        let in_thread = scene.ada.at(&lawn.thread("holes"));
        scene.ada.at(&roses).asks(SNAILS).await;
        let snails = scene.card().await;
        scene.discord.member("bob").asks(SNAILS).await;
        snails.changes().await.shows("asked 2×");
        scene.ada.at(&roses.thread("moles")).asks("what about moles").await;
        let moles = scene.card().await;
        in_thread.asks("who digs at night").await.clicks(TELL_ME).await.is_private();
        let holes = scene.card().await;
        scene.ada.at(&lawn).asks("is grass edible").await;
        scene.card().await.shows("is grass edible");

        in_thread.place().is_deleted();
        holes.changes().await.shows("This question is gone").lacks("digs").lacks("[");
        roses.is_deleted();
        snails.changes().await.shows("asked 1×").shows("snails");
        moles.changes().await.shows("This question is gone").lacks("moles").lacks("[");
        scene.discord.refused(10_003).await;
        let store = scene.store();
        let mut left = store.channels_asked_in(ServerId(scene.discord.server_id())).await.unwrap();
        left.sort_unstable();
        let mut others = [scene.discord.channel("general"), lawn].map(|place| ChannelId(place.id()));
        others.sort_unstable();
        assert_eq!(left, others);
        scene.ends(needle).await;
    });
}

#[test]
fn the_words_go_with_the_reply_that_was_removed_where_nobody_tells_of_it() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.needle().by_clock(|| NOON).start(&scene.discord).await;
        // As in a channel that the bot does not see.
        scene.discord.never_tells("MESSAGE_DELETE");
        let reply = scene.ada.uses("/ask", [("question", SNAILS)]).await;
        let card = scene.card().await;
        reply.clicks("Remove").await.is_gone();
        card.changes().await.shows("This question is gone").lacks("snails");
        scene.ends(needle).await;
    });
}

#[test]
fn a_question_is_kept_also_where_nobody_tells_which_message_answers_it() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.needle().start(&scene.discord).await;
        let (ada, discord) = (&scene.ada, &scene.discord);
        let tells_no_message = |code: u32| {
            discord.answers_otherwise("POST /interactions/*/*/callback", |status, body| {
                (*status, *body) = (204, Value::Null);
            });
            discord.answers_otherwise("GET /webhooks/*/*/messages/*", move |status, body| {
                (*status, *body) = (404, json!({ "message": "404: Not Found", "code": code }));
            });
        };
        tells_no_message(0);
        let asks = async |question: &str| ada.uses("/ask", [("question", question)]).await;
        let wanted = asks("do slugs eat lettuce at night?").await;
        let slugs = scene.card().await;
        slugs.shows("slugs").shows("asked 1×");
        wanted.clicks(TELL_ME).await.is_private().shows("I mention you here, once");
        wanted.clicks(TELL_ME).await.is_private().shows("I mention you here, once");
        // Longer than what the reply shows of it.
        let long = asks(&format!("what about *moles*{}", " and moles".repeat(30))).await;
        let card = scene.card().await;
        long.clicks("Remove").await.is_gone();
        card.changes().await.shows("This question is gone").lacks("moles");
        // Gone before anybody could tell where it is: nobody could take away what would be kept.
        discord.speaks_plainly();
        tells_no_message(10_008);
        asks("is grass edible").await.shows("I don't know");
        discord.requested("GET /webhooks", 3).await;
        discord.speaks_plainly();
        learns(&needle, "slugs", SLUGS);
        ada.hears_on(&wanted).await.shows("pings ada").shows("> You asked: do slugs eat lettuce at night?");
        slugs.changes().await.shows("answers this now");
        needle.stops().await.unwrap();
        assert_eq!(scene.store().unanswered(Listing::ALL).await.unwrap(), []);
        scene.discord.nothing_further().await;
    });
}
