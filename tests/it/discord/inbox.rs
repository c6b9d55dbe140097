//! The inbox: cards in the moderators' channel, and what moderators do with them.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use insta::assert_snapshot;
use needle::store::{
    ChannelId, Listing, Miss, Options, Origin, RoleId, ServerId, ServerSettings, Store, Timestamp, Url,
};

use serde_json::{Value, json};
use serenity::all::Permissions;
use sqlx::Connection as _;

use super::fake::{Discord, Member, Place, Reply};
use super::needle::{KNOWS_WELL, Needle, Running, WATERING};
use super::notices::{SLUGS, TELL_ME, learns, tells};
use crate::eventually::until;
use crate::small_knowledge::SmallKnowledge;
use crate::store::outage::occupied;
use crate::store::{NOON, miss, on_both, on_sqlite};

/// A question that nothing is known of.
pub const SNAILS: &str = "can snails smell *basil*";

const HOUR: Duration = Duration::from_hours(1);

/// The line of the form.
pub const LABEL: &str = "The question, with nothing personal in it";

/// A server with a channel for its moderators, at home or not, the bot in it, and a moderator.
pub struct Scene<'a> {
    url: &'a Url,
    pub discord: Discord,
    pub moderators: Place,
    pub ada: Member,
    pub grace: Member,
}

impl<'a> Scene<'a> {
    pub async fn new(url: &'a Url) -> Self {
        let discord = Discord::start();
        let (moderators, ada, grace) =
            (discord.channel("moderators"), discord.member("ada"), discord.moderator("grace"));
        let scene = Self { url, discord, moderators, ada, grace };
        scene.sets(|settings, scene| settings.moderators_channel = Some(ChannelId(scene.moderators.id()))).await;
        scene
    }

    /// Sets something for the server, as another process does.
    async fn sets(&self, change: impl FnOnce(&mut ServerSettings, &Self) + Send) {
        let change = |settings: &mut ServerSettings| change(settings, self);
        self.store().change_server_settings(ServerId(self.discord.server_id()), NOON, change).await.unwrap();
    }

    pub fn store(&self) -> Store {
        Store::new(self.url, Options::default())
    }

    pub fn needle(&self) -> Needle {
        Needle::new().that(KNOWS_WELL).keeping_in(self.url)
    }

    pub async fn starts_at_home(&self) -> Running {
        let home = self.discord.server_id();
        self.needle().by_clock(|| NOON).with("NEEDLE__KNOWLEDGE__HOME_GUILDS", &home).start(&self.discord).await
    }

    /// The card that grace gets to see.
    pub async fn card(&self) -> Reply {
        self.moderators.hears_for(&self.grace).await
    }

    /// Compares what is read with a snapshot, once for both databases; ids differ each time.
    pub fn reads(&self, name: &str, text: &str) {
        // An id is the only number that long.
        let parts = text.split_inclusive(|char: char| !char.is_ascii_digit());
        let is_id = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count() > 12;
        let without = |part: &str| part.trim_start_matches(|char: char| char.is_ascii_digit()).to_owned();
        let text: String =
            parts.map(|part| if is_id(part) { "ID".to_owned() + &without(part) } else { part.to_owned() }).collect();
        if self.url.file().is_some() {
            insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
                assert_snapshot!(format!("inbox-{name}"), text);
            });
        }
    }

    pub async fn ends(self, needle: Running) {
        needle.stops().await.unwrap();
        self.discord.nothing_further().await;
    }
}

/// What stands in a file of the knowledge.
pub fn file(needle: &Running, path: &str) -> String {
    fs::read_to_string(needle.knowledge.dir().join(path)).unwrap_or_default()
}

#[test]
fn moderators_settle_questions_and_open_them_again() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.starts_at_home().await;
        let (ada, grace) = (&scene.ada, &scene.grace);
        ada.asks(SNAILS).await;
        let card = scene.card().await;
        card.clicks("Ignore").await.shows("Ignored by @grace").lacks("Not for us");
        // Settled, it is nobody's business.
        ada.asks(SNAILS).await.shows("I don't know");
        ada.asks("what about moles").await;
        scene.card().await.shows("what about moles");
        card.clicks("Undo").await.shows("[Not for us] [Ignore]").shows("asked 1×");
        let before = card.custom_ids();
        card.clicks("Not for us").await.shows("Not for us, says @grace").shows("[Undo] [Teach as off-topic …]");
        grace.at(&scene.moderators).forges(&card, &before[2]).reply().await.is_private().shows("Somebody was faster");

        let preview = card.clicks("Teach as off-topic …").await.fills([(LABEL, "Can snails smell?")]).await;
        preview.is_private().shows("the best score is").shows("No other wording").clicks("Add it").await.shows("Done");
        card.changes().await.shows("is an off-topic question of `garden`").lacks("Teach as off-topic");
        let preview = card.clicks("Expect no answer …").await.fills([(LABEL, "Do snails smell?")]).await;
        preview.clicks("Add it").await.shows("Done");
        card.changes().await.shows("is expected to get no answer").lacks("Expect no answer …");
        assert!(file(&needle, "garden/topic.toml").contains("Can snails smell?"));
        assert_eq!(file(&needle, "garden/expected.tsv"), "oos\tDo snails smell?\n");
        scene.reads("off_topic", &card.text());
        grace.uses("/forget-me", []).await.is_private();
        card.changes()
            .await
            .shows("Not for us, says a moderator")
            .shows("is expected to get no answer")
            .lacks("@grace");
        scene.ends(needle).await;
    });
}

#[test]
fn only_moderators_decide_and_only_on_their_own_questions() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.starts_at_home().await;
        let (ada, grace) = (&scene.ada.at(&scene.moderators), scene.grace.at(&scene.moderators));
        scene.ada.asks(SNAILS).await;
        let card = scene.card().await;
        let for_moderators = "for the moderators of this server";
        // Whoever sees the channel sees the buttons.
        for label in ["Not for us", "Ignore"] {
            ada.clicks(&card, label).await.is_private().shows(for_moderators);
        }
        ada.selects(&card, WATERING).await.is_private().shows(for_moderators);
        let form = card.selects(WATERING).await;
        let role = scene.discord.gives_role(ada, "editors");
        scene.sets(|settings, _| settings.editor_role = Some(RoleId(role))).await;
        until("the role counts", async || {
            let reply = ada.clicks(&card, "Ignore").await;
            !reply.text().contains(for_moderators)
        })
        .await;
        // A role that was taken away a second ago.
        let own_form = async || ada.selects(&ada.clicks(&card, "Undo").await, WATERING).await;
        let own_form = own_form().await;
        let preview = own_form.fills([(LABEL, "do snails smell")]).await;
        scene.discord.takes_role(ada, role);
        preview.clicks("Add it").await.is_private().shows(for_moderators);
        own_form.fills([(LABEL, "do snails smell")]).await.is_private().shows(for_moderators);
        ada.clicks(&card, "Ignore").await.is_private().shows(for_moderators);
        assert!(!file(&needle, "garden/watering.md").contains("snails"));

        // What was made for one server is worth nothing in another, whoever brings it there.
        let elsewhere = scene.discord.another_server("elsewhere");
        let owner = scene.discord.moderator("mallory").at(&elsewhere);
        scene.discord.shows_every_command();
        scene.discord.owns(&owner, &elsewhere);
        let own = owner.uses("/faq unanswered", []).await;
        for id in card.custom_ids() {
            owner.forges(&own, &id).reply().await.is_private().shows("I do not keep that question here");
        }
        for id in card.custom_ids() {
            let altered = id.replacen(':', ":1", 1);
            grace.forges(&card, &altered).reply().await.is_private().shows("I did not make this");
        }
        form.fills([(LABEL, "¿?")]).await.is_private().shows("no words in that");
        card.shows("[Not for us] [Ignore]");
        scene.ends(needle).await;
    });
}

#[test]
fn away_from_home_the_knowledge_cannot_be_changed() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.starts_at_home().await;
        scene.ada.asks(SNAILS).await;
        let card = scene.card().await;
        let preview = card.selects(WATERING).await.fills([(LABEL, "do snails smell")]).await;
        let form = card.selects(WATERING).await;
        needle.stops().await.unwrap();
        scene.discord.disconnected().await;

        let needle = scene.needle().by_clock(|| NOON).start(&scene.discord).await;
        let refusal = "cannot be changed from this server";
        preview.clicks("Add it").await.is_private().shows(refusal);
        form.fills([(LABEL, "do snails smell")]).await.is_private().shows(refusal);
        card.selects(WATERING).await.is_private().shows(refusal);
        scene.ada.asks("what about moles").await;
        let card = scene.card().await;
        card.lacks("Add as phrasing").shows("[Not for us] [Ignore]");
        card.clicks("Not for us").await.shows("[Undo]").lacks("Teach");
        scene.ends(needle).await;
    });
}

#[test]
fn what_the_knowledge_would_not_bear_is_not_added() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.starts_at_home().await;
        scene.ada.asks(SNAILS).await;
        let card = scene.card().await;
        let form = card.selects(WATERING).await;
        let taken = form.fills([(LABEL, "when should i prune roses")]).await;
        taken.is_private().lacks("Add it").shows("What would be wrong then").shows("[Change the words …]");
        form.fills([(LABEL, "my son swallowed a berry")]).await.shows("would get the urgent notice all the same");
        let preview = form.fills([(LABEL, "do snails smell")]).await;
        // Somebody breaks the files meanwhile.
        let path = needle.knowledge.dir().join("garden/pruning.md");
        let sound = fs::read_to_string(&path).unwrap();
        fs::write(&path, "+++\nquestion = \n").unwrap();
        preview.clicks("Add it").await.shows("I could not do that").shows("Nothing has changed");
        form.fills([(LABEL, "do snails smell")]).await.shows("I could not do that");
        assert!(!file(&needle, "garden/watering.md").contains("snails"));
        fs::write(&path, sound).unwrap();
        // Somebody else settles it first.
        let again = form.fills([(LABEL, "do snails smell")]).await;
        card.clicks("Ignore").await.shows("Ignored by");
        again.clicks("Add it").await.is_private().shows("Somebody was faster");
        assert!(!file(&needle, "garden/watering.md").contains("snails"));
        needle.stops().await.unwrap();
        scene.discord.nothing_further().await;
    });
}

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
        needle.stops().await.unwrap();
        scene.discord.disconnected().await;
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
fn an_undo_that_stops_halfway_says_so_and_goes_on() {
    on_sqlite(&async |place: &crate::store::Place| {
        let scene = Scene::new(place).await;
        let needle = scene.starts_at_home().await;
        scene.ada.asks(SNAILS).await;
        let card = scene.card().await;
        let preview = card.selects(WATERING).await.fills([(LABEL, "do snails smell")]).await;
        preview.clicks("Add it").await.shows("Done");
        card.changes().await.shows("Added to");
        let other = occupied(&place.raw).await;
        let reply = card.clicks("Undo").await;
        reply.is_private().shows("out of the knowledge again, but the question is not open yet");
        assert!(!file(&needle, "garden/watering.md").contains("snails"));
        card.shows("Added to");
        other.close().await.unwrap();
        card.clicks("Undo").await.shows("[Not for us] [Ignore]");
        scene.ends(needle).await;
    });
}

#[test]
fn words_that_are_too_long_for_the_knowledge_are_cut_between_words() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.starts_at_home().await;
        scene.ada.asks(&format!("can snails smell {}", "basil ".repeat(50))).await;
        let card = scene.card().await;
        let form = card.selects(WATERING).await;
        let kept = format!("can snails smell {}", vec!["basil"; 39].join(" "));
        scene.reads("cut_form", &form.text());
        form.shows(&format!("nothing personal: {kept}"));
        assert!(form.text().ends_with(&kept), "{}", form.text());
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
        needle.stops().await.unwrap();
        scene.discord.disconnected().await;

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
        scene.card().await.shows("slugs").shows("asked 1×");
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
        needle.stops().await.unwrap();
        assert_eq!(scene.store().unanswered(Listing::ALL).await.unwrap(), []);
        scene.discord.nothing_further().await;
    });
}

#[test]
fn what_words_would_do_is_shown_at_once_or_promised() {
    on_both(async |url| {
        for is_slow in [false, true] {
            let scene = Scene::new(url).await;
            let home = scene.discord.server_id();
            let needle = scene.needle().by_clock(|| NOON).with("NEEDLE__KNOWLEDGE__HOME_GUILDS", &home);
            let needle = needle.at(|pace| {
                if is_slow {
                    pace.patience.answer = std::time::Duration::ZERO;
                }
            });
            let needle = needle.start(&scene.discord).await;
            scene.ada.asks(SNAILS).await;
            let card = scene.card().await;
            let preview = card.selects(WATERING).await.fills([(LABEL, "do snails smell")]).await;
            preview.is_private().shows("do snails smell").shows("[Add it]");
            let preview = preview.clicks("Change the words …").await.fills([(LABEL, "who smells")]).await;
            preview.is_private().shows("who smells").lacks("snails");
            let changes = scene.discord.requests().iter().filter(|asked| asked.starts_with("PATCH /webhooks")).count();
            assert_eq!(changes, if is_slow { 2 } else { 0 });
            scene.ends(needle).await;
        }
    });
}
