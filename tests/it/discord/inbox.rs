//! The inbox: cards in the moderators' channel, and what moderators do with them.

use std::fs;

use insta::assert_snapshot;
use needle::answer::Thresholds;
use needle::store::{ChannelId, Listing, Options, RoleId, ServerId, ServerSettings, Store, Timestamp, Url};

use super::fake::{Discord, Member, Place, Reply};
use super::keeping::until;
use super::needle::{Needle, PRUNING, Running, WATERING};
use crate::store::{NOON, on_both};

/// Sure of what stands in the knowledge word by word, and of nothing else.
const SURE: Thresholds = Thresholds { answer: 0.6, suggest: 0.6 };

/// A question that nothing is known of.
const SNAILS: &str = "can snails smell *basil*";

/// A server with a channel for its moderators, at home or not, the bot in it, and a moderator.
struct Scene<'a> {
    url: &'a Url,
    discord: Discord,
    moderators: Place,
    ada: Member,
    grace: Member,
}

impl<'a> Scene<'a> {
    async fn new(url: &'a Url) -> Self {
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

    fn store(&self) -> Store {
        Store::new(self.url, Options::default())
    }

    fn needle(&self) -> Needle {
        Needle::new().that(SURE).keeping_in(self.url)
    }

    async fn starts_at_home(&self) -> Running {
        let home = self.discord.server_id();
        self.needle().by_clock(|| NOON).with("NEEDLE__KNOWLEDGE__HOME_GUILDS", &home).start(&self.discord).await
    }

    /// The card that grace gets to see.
    async fn card(&self) -> Reply {
        self.moderators.hears_for(&self.grace).await
    }

    /// Compares what is read with a snapshot, once for both databases; ids differ each time.
    fn reads(&self, name: &str, text: &str) {
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

    async fn ends(self, needle: Running) {
        needle.stops().await.unwrap();
        self.discord.nothing_further().await;
    }
}

/// What stands in a file of the knowledge.
fn file(needle: &Running, path: &str) -> String {
    fs::read_to_string(needle.knowledge.dir().join(path)).unwrap_or_default()
}

#[test]
fn a_question_becomes_a_phrasing_and_is_answered_then() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.starts_at_home().await;
        let ada = &scene.ada;
        let asked = format!("{SNAILS}?? mail me at ada@example.org");
        ada.asks(&asked).await.shows("I don't know");
        let card = scene.card().await;
        let form = card.selects(WATERING).await;
        let preview = form.fills([("The question, with nothing personal in it", "do snails smell basil")]).await;
        preview.is_private();
        let shown = [&card, &form, &preview].map(Reply::text).join("\n");
        let changed = preview.clicks("Change the words …").await;
        let preview = changed.fills([("The question, with nothing personal in it", "Can snails smell basil?")]).await;
        preview.is_private().shows("> Can snails smell basil?");
        assert!(!file(&needle, "garden/watering.md").contains("snails"), "nothing is written yet");
        let done = preview.clicks("Add it").await;
        card.changes().await.shows("Added to `garden/watering`").lacks("Ignore");
        assert!(file(&needle, "garden/watering.md").contains("\"Can snails smell basil?\""));
        ada.asks(SNAILS).await.shows("Every other day");
        let shown = [shown, done.text(), card.text()].join("\n");
        scene.reads("added", &shown);

        // Undone, the words are gone and it is open again.
        card.clicks("Undo").await.shows("[Not for us] [Ignore]");
        assert!(!file(&needle, "garden/watering.md").contains("snails"));
        ada.asks(&asked).await.shows("I don't know");
        card.changes().await.shows("asked 2×");
        scene.ends(needle).await;
    });
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

        let label = "The question, with nothing personal in it";
        let preview = card.clicks("Teach as off-topic …").await.fills([(label, "Can snails smell?")]).await;
        preview.is_private().shows("the best score is").shows("No other wording").clicks("Add it").await.shows("Done");
        card.changes().await.shows("is an off-topic question of `garden`").lacks("Teach as off-topic");
        let preview = card.clicks("Expect no answer …").await.fills([(label, "Do snails smell?")]).await;
        preview.clicks("Add it").await.shows("Done");
        card.changes().await.shows("is expected to get no answer").lacks("Expect no answer …");
        assert!(file(&needle, "garden/topic.toml").contains("Can snails smell?"));
        assert_eq!(file(&needle, "garden/expected.tsv"), "oos\tDo snails smell?\n");
        scene.reads("off_topic", &card.text());
        scene.ends(needle).await;
    });
}
