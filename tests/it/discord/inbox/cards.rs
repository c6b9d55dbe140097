//! When cards come, what they show, and which questions share one.

use std::time::Duration;

use needle::store::{ChannelId, Listing, Miss, Options, Origin, ServerId, ServerSettings, Store, Timestamp, Url};
use serenity::all::Permissions;

use super::{HOUR, LABEL, SNAILS, Scene};
use crate::discord::needle::WATERING;
use crate::discord::notices::{SLUGS, TELL_ME, learns, tells};
use crate::eventually::until;
use crate::small_knowledge::SmallKnowledge;
use crate::store::{NOON, miss, on_both};

#[test]
fn cards_come_at_a_bounded_rate_and_count_who_asks() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.needle().by_clock(|| NOON).at(|pace| pace.new_card = HOUR).start(&scene.discord).await;
        // So many at once; those that ask the same would share one.
        let numbers = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
            sixteen seventeen eighteen nineteen twenty apple pear"
            .split(' ');
        let mut cards = Vec::new();
        for (place, number) in numbers.enumerate() {
            scene.ada.asks(&format!("{number}{number}?")).await;
            if place < 20 {
                cards.push(scene.card().await);
            }
        }
        until("all are kept", async || scene.store().unanswered(Listing::ALL).await.unwrap().len() == 22).await;
        scene.ada.asks("ONEONE").await;
        cards[0].changes().await.shows("asked 2×");
        scene.grace.uses("/faq unanswered", []).await.shows("asked 2×");
        scene.stops(needle).await;
        // Those that are left come by and by.
        let later = Timestamp(NOON.0 + 61);
        let needle = scene.needle().by_clock(move || later).start(&scene.discord).await;
        for left in ["appleapple", "pearpear"] {
            scene.card().await.shows(left);
        }
        scene.ends(needle).await;
    });
}

#[test]
fn a_card_that_is_gone_is_posted_anew_while_its_question_is_open() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.needle().by_clock(|| NOON).start(&scene.discord).await;
        scene.ada.asks(SNAILS).await;
        let card = scene.card().await;
        scene.grace.at(&scene.moderators).deletes(&card);
        scene.ada.asks(SNAILS).await;
        scene.discord.refused(10_008).await;
        scene.card().await.shows("asked 2×");
        // Where the bot may not write, it is tried again later.
        scene.moderators.denies(Permissions::SEND_MESSAGES);
        scene.ada.asks("what about moles").await;
        // Once more without an embed, which may be what it may not send.
        for _ in 0..2 {
            scene.discord.refused(50_013).await;
        }
        needle.stops().await.unwrap();
        scene.discord.disconnected().await;
        scene.moderators.allows(Permissions::SEND_MESSAGES);
        let later = Timestamp(NOON.0 + 61);
        let needle = scene.needle().by_clock(move || later).start(&scene.discord).await;
        scene.card().await.shows("what about moles");
        scene.ends(needle).await;
    });
}

#[test]
fn questions_that_ask_the_same_share_a_card_also_across_a_stop() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let ask = async |text, message| {
            let (server, channel) = (scene.discord.server_id(), scene.moderators.id());
            let origin = Origin {
                server: Some(ServerId(server)),
                channel: Some(ChannelId(channel)),
                ..miss("", message).origin
            };
            scene.store().record_miss(&Miss { origin, at: NOON, ..miss(text, message) }).await.unwrap();
        };
        // As a process leaves them that is stopped before it looks at them.
        ask("can snails smell fresh basil", 1).await;
        ask("Can snails smell fresh basill??", 2).await;
        let needle = scene.needle().by_clock(|| NOON).start(&scene.discord).await;
        scene.card().await.shows("asked 2×").shows("## Also asked as").shows("Can snails smell fresh basill??");
        scene.ends(needle).await;
    });
}

#[test]
fn questions_that_ask_the_same_share_a_card() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.needle().by_clock(|| NOON).start(&scene.discord).await;
        let (ada, bob) = (&scene.ada, scene.discord.member("bob"));
        ada.asks("can snails smell fresh basil").await;
        let card = scene.card().await;
        let question = bob.asks_without_waiting("Can snails smell fresh basill??");
        let reply = question.reply().await;
        card.changes().await.shows("asked 2×").shows("## Also asked as").shows("Can snails smell fresh basill??");
        ada.asks("can slugs climb fences").await;
        let other = scene.card().await;
        other.shows("slugs").shows("asked 1×");
        bob.deletes(&question);
        reply.disappears().await;
        card.changes().await.shows("asked 1×").lacks("basill");
        // What is not for us does not come back in other words.
        other.clicks("Not for us").await.shows("says @grace");
        bob.asks("can slugs climb the fences?").await;
        ada.asks("what about moles").await;
        scene.card().await.shows("moles");
        until("it is gone", async || scene.store().unanswered(Listing::ALL).await.unwrap().len() == 2).await;
        scene.ends(needle).await;
    });
}

#[test]
fn what_was_not_compared_before_a_restart_is_compared_then() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let idle = scene.needle().by_clock(|| NOON).at(|pace| pace.cards_rest = Duration::from_hours(1));
        let needle = idle.start(&scene.discord).await;
        for question in ["can snails smell fresh basil", "Can snails smell fresh basill??"] {
            scene.ada.asks(question).await;
        }
        needle.stops().await.unwrap();
        scene.discord.disconnected().await;
        let needle = scene.needle().by_clock(|| Timestamp(NOON.0 + 30)).start(&scene.discord).await;
        scene.card().await.shows("asked 2×");
        scene.ends(needle).await;
    });
}

#[test]
fn what_happens_is_on_the_card_and_told_at_once() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let home = scene.discord.server_id();
        let needle = scene.needle().with("NEEDLE__KNOWLEDGE__HOME_GUILDS", &home).at(|pace| {
            (pace.cards, pace.notices) = (HOUR, HOUR);
        });
        let needle = needle.start(&scene.discord).await;
        let ada = &scene.ada;
        let snails = ada.asks_without_waiting(SNAILS);
        snails.reply().await.clicks(TELL_ME).await.is_private();
        let card = scene.card().await;
        scene.discord.member("bob").asks(SNAILS).await;
        card.changes().await.shows("asked 2×");
        let preview = card.selects(WATERING).await.fills([(LABEL, "can snails smell basil")]).await;
        preview.clicks("Add it").await.shows("Done");
        card.changes().await.shows("Added to `garden/watering` by @grace");
        tells(&snails.reply().await, "ada");
        // What somebody else writes is seen at once, too.
        let slugs = ada.asks_without_waiting("do slugs eat lettuce at night?");
        slugs.reply().await.clicks(TELL_ME).await.is_private();
        let card = scene.card().await;
        learns(&needle, "slugs", SLUGS);
        tells(&slugs.reply().await, "ada");
        card.changes().await.shows("answers this now");
        scene.ends(needle).await;
    });
}

#[test]
fn a_card_in_a_new_store_is_not_taken_for_one_of_the_old() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.needle().by_clock(|| NOON).start(&scene.discord).await;
        scene.ada.asks(SNAILS).await;
        scene.card().await.shows("snails");
        scene.stops(needle).await;

        let knowledge = SmallKnowledge::new();
        let new = Url::sqlite(knowledge.around().join("needle.db"));
        let moderators = Some(ChannelId(scene.moderators.id()));
        let set = |settings: &mut ServerSettings| settings.moderators_channel = moderators;
        let store = Store::new(&new, Options::default());
        store.change_server_settings(ServerId(scene.discord.server_id()), NOON, set).await.unwrap();
        let needle = scene.needle().keeping_in(&new).by_clock(|| NOON).start_on(&scene.discord, knowledge);
        scene.discord.connected_times(2).await;
        scene.ada.asks("what about moles").await;
        scene.card().await.shows("moles");
        scene.ends(needle).await;
    });
}
