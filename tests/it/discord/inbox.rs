//! The inbox: cards in the moderators' channel, and what moderators do with them.

mod cards;
mod deleted;

use std::fs;
use std::time::Duration;

use insta::assert_snapshot;
use needle::store::{ChannelId, Listing, Options, RoleId, ServerId, ServerSettings, Store, UnansweredQuestion, Url};
use sqlx::Connection as _;

use super::fake::{Discord, Member, Place, Reply};
use super::needle::{KNOWS_WELL, Needle, Running, WATERING};
use crate::eventually::until;
use crate::store::outage::occupied;
use crate::store::{NOON, on_both, on_sqlite};

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

    /// Stops the bot, once the store knows what the cards show: what is not noted is drawn again.
    pub async fn stops(&self, needle: Running) {
        let is_noted = |question: &UnansweredQuestion| question.card.is_none() || question.drawn == question.revision;
        let all = async || self.store().unanswered(Listing::ALL).await.unwrap();
        until("what the cards show is noted", async || all().await.iter().all(is_noted)).await;
        needle.stops().await.unwrap();
        self.discord.disconnected().await;
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
        scene.stops(needle).await;

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
