//! `/faq`: moderators and the bot in their server.

use std::time::Duration;

use needle::store::{Bounds, Listing, Options, ServerId, ServerSettings, Store, Url};

use super::fake::Discord;
use super::needle::{ANSWERS, KNIVES, KNOWS_NOTHING, Needle, PRUNING, WATERING};
use crate::eventually::until;
use crate::store::{NOON, on_both};

/// The variable of the home servers.
const HOME: &str = "NEEDLE__KNOWLEDGE__HOME_GUILDS";

/// Has another process change the settings of the server.
async fn sets(url: &Url, discord: &Discord, change: impl FnOnce(&mut ServerSettings) + Send) {
    let store = Store::new(url, Options::default());
    store.change_server_settings(ServerId(discord.server_id()), NOON, change).await.unwrap();
}

#[test]
fn a_server_that_is_paused_gets_no_answers() {
    on_both(async |url| {
        let discord = Discord::start();
        // It looks for what others changed so seldom that what it does itself must be in force at once.
        let start = async || {
            let settings = Duration::from_hours(1);
            Needle::new().keeping_in(url).at(|pace| pace.settings = settings).start(&discord).await
        };
        let needle = start().await;
        let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
        let before = ada.asks(WATERING).await;
        assert!(!ada.is_offered("/faq pause") && grace.is_offered("/faq pause"));
        assert!(!grace.in_private().is_offered("/faq pause"));
        grace.uses("/faq pause", []).await.is_private().shows("I keep quiet in this server");
        let target = ada.asks_without_waiting(PRUNING);
        ada.uses("/ask", [("question", WATERING)]).await.is_private().shows("keep quiet for now");
        ada.uses("/topics", []).await.is_private().shows("keep quiet for now");
        ada.uses_on("Answer this", &target).await.is_private().shows("keep quiet for now");
        ada.selects(&before, PRUNING).await.is_private().shows("keep quiet for now");
        assert_eq!(ada.types("/ask", "question", "").await.names(), [] as [&str; 0]);
        ada.clicks(&before, "Remove").await.is_gone();
        ada.in_private().asks(WATERING).await.shows("Every other day");
        ada.at(&discord.another_server("elsewhere")).asks(WATERING).await.shows("Every other day");
        discord.nothing_further().await;
        needle.stops().await.unwrap();
        discord.disconnected().await;

        let needle = start().await;
        ada.says("@Needle still quiet?");
        discord.nothing_further().await;
        grace.uses("/faq resume", []).await.is_private().shows("I answer in this server again");
        ada.asks(WATERING).await.shows("Every other day");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn only_moderators_change_anything() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
        // Shown to her by a server's own rules, which the bot does not go by.
        discord.shows_every_command();
        ada.uses("/faq pause", []).await.is_private().shows("for the moderators of this server");
        ada.asks(WATERING).await.shows("Every other day");
        let role = discord.gives_role(&ada, "editors");
        sets(url, &discord, |settings| settings.editor_role = Some(needle::store::RoleId(role))).await;
        until("the role counts", async || {
            let reply = ada.uses("/faq resume", []).await;
            reply.text().contains("I answer in this server again")
        })
        .await;
        discord.takes_role(&ada, role);
        ada.uses("/faq pause", []).await.is_private().shows("for the moderators of this server");
        ada.asks(WATERING).await.shows("Every other day");
        grace.uses("/faq resume", []).await.is_private();
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn the_topics_and_thresholds_of_a_server_govern_its_answers() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().that(ANSWERS).keeping_in(url).start(&discord).await;
        let (ada, elsewhere) = (discord.member("ada"), discord.another_server("elsewhere"));
        ada.asks(WATERING).await.shows("Every other day");
        sets(url, &discord, |settings| settings.topics = Some(vec!["kitchen".to_owned()])).await;
        let offered = async || ada.types("/ask", "question", "").await.names();
        until("the topics are in force", async || offered().await == [KNIVES]).await;
        ada.asks(WATERING).await.lacks("Every other day");
        ada.asks(KNIVES).await.shows(KNIVES);
        ada.uses("/topics", []).await.lacks("Gardening");
        ada.uses("/ask", [("question", "entry:garden/watering")]).await.lacks("Every other day");
        ada.at(&elsewhere).asks(WATERING).await.shows("Every other day");
        ada.asks("my son swallowed a berry").await.shows("Call the poison centre");

        let bounds = Bounds { answer: Some(1.0), suggest: Some(0.0) };
        sets(url, &discord, |settings| (settings.topics, settings.addressed) = (None, bounds)).await;
        until("the topics are in force", async || offered().await.len() > 1).await;
        ada.asks("water or prune tomatoes or roses?").await.shows("Did you mean one of these?");
        ada.at(&elsewhere).asks("water or prune tomatoes or roses?").await.lacks("Did you mean one of these?");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn what_could_not_be_answered_is_listed_page_by_page() {
    on_both(async |url| {
        let discord = Discord::start();
        // Which the bot knows from the start, as events are handled in no order.
        let elsewhere = discord.another_server("elsewhere");
        let needle = Needle::new().that(KNOWS_NOTHING).by_clock(|| NOON).keeping_in(url).start(&discord).await;
        let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
        grace.uses("/faq unanswered", []).await.is_private().shows("There are none");
        for number in ["one", "two", "three", "four", "five", "six"] {
            ada.asks(&format!("what about *bug* {number} of tomatoes")).await;
        }
        ada.asks("what about *bug* six of tomatoes").await;
        ada.at(&elsewhere).asks("kept to ourselves").await;
        ada.in_private().asks("a private matter").await;
        let store = Store::new(url, Options::default());
        until("all are kept", async || store.unanswered(Listing::ALL).await.unwrap().len() == 8).await;

        let list = grace.uses("/faq unanswered", []).await;
        list.is_private()
            .shows(r"**what about \*bug\* six of tomatoes**")
            .shows("asked 2×")
            .shows("`garden/watering` 0.");
        list.lacks("ourselves").lacks("private matter").lacks("[Previous]");
        let shown = list.text().matches("what about").count();
        list.clicks("Next").await.lacks("[Next]").lacks("bug\\* six").clicks("Previous").await.shows("bug\\* six");
        assert_eq!(shown, 5);
        // Who may look is looked at again at every press.
        discord.shows_every_command();
        ada.uses("/faq unanswered", []).await.is_private().shows("for the moderators of this server");
        let role = discord.gives_role(&ada, "viewers");
        sets(url, &discord, |settings| settings.viewer_role = Some(needle::store::RoleId(role))).await;
        until("the role counts", async || ada.uses("/faq unanswered", []).await.text().contains("Open questions"))
            .await;
        let list = ada.uses("/faq unanswered", []).await;
        ada.uses("/faq pause", []).await.shows("for the moderators of this server");
        discord.takes_role(&ada, role);
        list.clicks("Next").await.is_private().shows("for the moderators of this server");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn in_a_home_server_what_was_asked_directly_is_listed_too() {
    on_both(async |url| {
        let discord = Discord::start();
        let elsewhere = discord.another_server("elsewhere");
        let needle = Needle::new().that(KNOWS_NOTHING).with(HOME, &discord.server_id()).keeping_in(url);
        let needle = needle.start(&discord).await;
        let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
        ada.asks("what about bugs").await;
        ada.at(&elsewhere).asks("kept to ourselves").await;
        ada.in_private().asks("a matter of tomatoes").await;
        let store = Store::new(url, Options::default());
        until("all are kept", async || store.unanswered(Listing::ALL).await.unwrap().len() == 3).await;

        let list = grace.uses("/faq unanswered", []).await;
        list.is_private().shows("what about bugs").shows("a matter of tomatoes").lacks("ourselves");
        let text = list.text();
        assert_eq!((text.matches("in a direct message").count(), text.matches("[where]").count()), (1, 1), "{text}");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}
