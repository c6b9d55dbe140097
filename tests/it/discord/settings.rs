//! `/faq settings`: the panel as it reads, and each setting set, cleared and seen to be in force.

mod access;

use insta::assert_snapshot;
use needle::store::{Options, ServerId, ServerSettings, Store, Url};
use serenity::all::Permissions;
use sqlx::{Connection as _, SqliteConnection};

use super::fake::{Discord, Reply, Setup};
use super::needle::{ANSWERS, KNIVES, KNOWS_NOTHING, Needle, WATERING};
use crate::eventually::until;
use crate::small_knowledge::{SmallKnowledge, entry};
use crate::store::{on_both, on_sqlite};

/// The settings that are offered, in this order.
const SETTINGS: [&str; 6] = ["Moderators' channel", "Editor role", "Viewer role", "Topics", "Answers", "Suggestions"];

const BACK: &str = "Back to the settings";

/// What is kept of the server's settings.
async fn kept(url: &Url, discord: &Discord) -> ServerSettings {
    Store::new(url, Options::default()).server_settings(ServerId(discord.server_id())).await.unwrap()
}

/// What stands on a panel below the line that says whose it is.
fn page(reply: &Reply) -> String {
    let text = reply.text();
    let (_, shown) = text.split_once('\n').expect("several lines");
    shown.to_owned()
}

#[tokio::test]
async fn every_page_reads_well() {
    let discord = Discord::start();
    let _needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
    let grace = discord.moderator("grace");
    let mut pages = Vec::new();
    let panel = grace.uses("/faq settings", []).await;
    panel.is_private();
    pages.push(panel.text());
    for setting in SETTINGS {
        pages.push(page(&panel.selects(setting).await));
        panel.clicks(BACK).await;
    }
    // The same once everything is set.
    let (editors, viewers) = (discord.gives_role(&grace, "Editors"), discord.gives_role(&grace, "Viewers"));
    panel.selects("Moderators' channel").await.selects_channel(&discord.channel("staff")).await;
    pages.push(page(&panel));
    panel.clicks(BACK).await.selects("Editor role").await.selects_role(editors).await;
    pages.push(page(&panel));
    panel.clicks(BACK).await.selects("Viewer role").await.selects_role(viewers).await;
    pages.push(page(&panel));
    panel.clicks(BACK).await.selects("Topics").await.selects_all(&["Gardening"]).await;
    pages.push(page(&panel));
    panel.clicks(BACK).await.selects("Answers").await.selects("0.60").await;
    pages.push(page(&panel));
    panel.clicks(BACK).await.selects("Suggestions").await.selects("0.25").await;
    pages.push(page(&panel));
    panel.clicks(BACK).await.clicks("Do not ask whether answers helped").await;
    pages.push(page(&panel));
    assert_snapshot!(pages.join("\n\n"));
    discord.nothing_further().await;
}

#[tokio::test]
async fn is_in_the_language_of_who_sees_it() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let mut pages = Vec::new();
    for (locale, setting) in [("de", "Antworten"), ("es-ES", "Respuestas"), ("fr", "Réponses"), ("pt-BR", "Respostas")]
    {
        let grace = discord.moderator("grace").speaks(locale);
        let panel = grace.uses("/faq settings", []).await;
        pages.push(page(&panel));
        pages.push(page(&panel.selects(setting).await));
    }
    assert_snapshot!(pages.join("\n\n"));
    discord.nothing_further().await;
}

#[test]
fn the_channel_is_set_and_what_lacks_there_is_said() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let grace = discord.moderator("grace");
        let staff = discord.channel("staff");
        let panel = grace.uses("/faq settings", []).await;
        panel.selects("Moderators' channel").await.shows("## Now\n  ▌ none;").lacks("[No channel]");
        panel.selects_channel(&staff).await.shows("Done").shows("#staff").lacks("I lack");
        assert_eq!(kept(url, &discord).await.moderators_channel.map(|id| id.0), Some(staff.id()));

        let lacking = |permissions: Permissions| (staff.denies(permissions), permissions).1;
        lacking(Permissions::SEND_MESSAGES | Permissions::EMBED_LINKS);
        panel.selects_channel(&staff).await.shows("I lack there: **Send Messages**, **Embed Links**.").shows("Done");
        lacking(Permissions::VIEW_CHANNEL);
        panel.selects_channel(&staff).await.shows("I lack there: **View Channel**.").shows("#staff");
        staff.allows(Permissions::VIEW_CHANNEL);
        panel.selects_channel(&staff).await.lacks("I lack");
        // Where Discord does not tell, nothing is said of it.
        discord.fails("GET /guilds/*/channels", super::fake::Fault::Status(403), 1);
        panel.selects_channel(&staff).await.shows("Done").lacks("I lack");

        panel.clicks("No channel").await.shows("Done").shows("none;");
        assert_eq!(kept(url, &discord).await.moderators_channel, None);
        panel.clicks(BACK).await.shows("`/faq unanswered` lists");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn roles_are_given_and_taken_back() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let (ada, bob, grace) = (discord.member("ada"), discord.member("bob"), discord.moderator("grace"));
        let (editors, viewers) = (discord.gives_role(&ada, "Editors"), discord.gives_role(&bob, "Viewers"));
        discord.shows_every_command();
        let panel = grace.uses("/faq settings", []).await;
        panel.selects("Editor role").await.selects_role(discord.server_id()).await.shows("That role is everybody's");
        assert_eq!(kept(url, &discord).await.editor_role, None);
        bob.uses("/faq settings", []).await.is_private().shows("for the moderators of this server");
        panel.selects_role(editors).await.shows("For @Editors to see it, go to Server Settings → Integrations");
        panel.clicks(BACK).await.selects("Viewer role").await;
        panel.selects_role(discord.server_id()).await.shows("nothing has changed");
        panel.selects_role(viewers).await.shows("For @Viewers to see it");

        // A viewer looks, and changes nothing; an editor does both.
        bob.uses("/faq unanswered", []).await.is_private().shows("Open questions");
        for command in ["/faq settings", "/faq pause"] {
            bob.uses(command, []).await.is_private().shows("for the moderators of this server");
        }
        let own = ada.uses("/faq settings", []).await;
        own.is_private().shows("@Editors").shows("@Viewers");
        own.selects("Viewer role").await.clicks("No role").await.shows("Done").shows("nobody else");
        bob.uses("/faq unanswered", []).await.is_private().shows("for the moderators of this server");
        // An editor may even give it away, which the next press notices.
        own.clicks(BACK).await.selects("Editor role").await.clicks("No role").await.shows("nobody besides");
        own.clicks(BACK).await.is_private().shows("for the moderators of this server");
        ada.uses("/faq settings", []).await.shows("for the moderators of this server");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn channel_and_roles_are_chosen_on_the_first_panel() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let (grace, staff) = (discord.moderator("grace"), discord.channel("staff"));
        let (editors, viewers) = (discord.gives_role(&grace, "Editors"), discord.gives_role(&grace, "Viewers"));
        let panel = grace.uses("/faq settings", []).await;
        panel.selects_channel(&staff).await.shows("Done").shows("#staff").shows("[No channel]").clicks(BACK).await;
        panel.selects_role_as("Editor role", editors).await.shows("@Editors").shows("[No role]").clicks(BACK).await;
        panel.selects_role_as("Viewer role", viewers).await.shows("@Viewers").shows("[No role]").clicks(BACK).await;
        panel.shows("#staff").shows("@Editors").shows("@Viewers");
        let settings = kept(url, &discord).await;
        assert_eq!(settings.moderators_channel.map(|id| id.0), Some(staff.id()));
        assert_eq!([settings.editor_role, settings.viewer_role].map(|role| role.unwrap().0), [editors, viewers]);
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn topics_govern_answers_at_once() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().that(ANSWERS).keeping_in(url).start(&discord).await;
        let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
        let panel = grace.uses("/faq settings", []).await;
        panel.selects("Topics").await.selects("Cooking").await.shows("## Now\n  ▌ Cooking\n").shows("✓ Cooking");
        panel.lacks("✓ Gardening").lacks("all, and those");
        ada.asks(WATERING).await.lacks("Every other day");
        assert_eq!(ada.types("/ask", "question", "").await.names(), [KNIVES]);
        ada.asks("my son swallowed a berry").await.shows("Call the poison centre");
        panel.selects_all(&["Cooking", "Gardening"]).await.shows("Gardening\n  ▌ Cooking");
        ada.asks(WATERING).await.shows("Every other day");
        let both = Some(vec!["garden".to_owned(), "kitchen".to_owned()]);
        assert_eq!(kept(url, &discord).await.topics, both);
        panel.clicks("All topics").await.shows("all, and those that are still to come").lacks("[All topics]");
        assert_eq!(kept(url, &discord).await.topics, None);

        // What was chosen may be taken out of the knowledge.
        panel.selects("Cooking").await;
        std::fs::remove_dir_all(needle.knowledge.dir().join("kitchen")).unwrap();
        needle.reloads();
        panel.clicks(BACK).await.shows("none: those that were chosen are not there any more").selects("Topics").await;
        panel.lacks("Cooking").selects("Gardening").await.shows("## Now\n  ▌ Gardening\n");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[tokio::test]
async fn many_topics_are_chosen_page_by_page() {
    let discord = Discord::start();
    let knowledge = SmallKnowledge::new();
    let topic = std::fs::read_to_string(knowledge.dir().join("garden/topic.toml")).unwrap();
    for number in 0..29 {
        let (name, title) = (format!("t{number:02}"), format!("Topic {number:02}"));
        std::fs::create_dir(knowledge.dir().join(&name)).unwrap();
        std::fs::write(knowledge.dir().join(&name).join("topic.toml"), topic.replace("Gardening", &title)).unwrap();
        knowledge.write(&format!("{name}/only"), &entry(&format!("What of number {number:02}?")));
    }
    let url = Url::sqlite(knowledge.around().join("needle.db"));
    let needle = Needle::new().keeping_in(&url).start_on(&discord, knowledge);
    discord.connected().await;
    discord.offers("/faq").await;
    let grace = discord.moderator("grace");
    let panel = grace.uses("/faq settings", []).await;
    panel.selects("Topics").await.shows("0 to 25 of: ✓ Gardening").shows("-# Page 1 of 2").lacks("Topic 24");
    // What is on the other page stays as it is.
    panel.selects_all(&["Topic 03"]).await.shows("Topic 03\n  ▌ Topic 24\n").lacks("▌ Gardening");
    panel.clicks("Next").await.shows("✓ Topic 24").shows("-# Page 2 of 2").lacks("[Next]");
    panel.selects_all(&[]).await.shows("## Now\n  ▌ Topic 03\n");
    panel.clicks("Previous").await.shows("✓ Topic 03");
    panel.selects_all(&[]).await.shows("At least one topic has to stay").shows("## Now\n  ▌ Topic 03\n");
    assert_eq!(kept(&url, &discord).await.topics, Some(vec!["t03".to_owned()]));
    needle.stops().await.unwrap();
    discord.nothing_further().await;
}

#[test]
fn thresholds_bound_what_is_said() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().that(KNOWS_NOTHING).keeping_in(url).start(&discord).await;
        let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
        let panel = grace.uses("/faq settings", []).await;
        let thresholds = async || {
            let bounds = kept(url, &discord).await.addressed;
            (bounds.answer, bounds.suggest)
        };
        ada.asks(WATERING).await.shows("I don't know");
        panel.shows("from a score of 1.00 on, the default").selects("Suggestions").await.selects("0.25").await;
        ada.asks("water or prune tomatoes or roses?").await.shows("Did you mean one of these?");
        panel.clicks(BACK).await.selects("Answers").await.selects("0.50").await;
        panel.shows("(From which score on ▾ Default: 1.00 · ✓ 0.50 · 0.55 · 0.60 · 0.65 · 0.70 · 0.75)");
        ada.asks(WATERING).await.shows("Every other day");
        // Nothing is suggested from a higher score than it is answered from.
        panel.selects("0.75").await;
        panel.clicks(BACK).await.selects("Suggestions").await.selects("0.70").await.shows("0.75)");
        assert_eq!(thresholds().await, (Some(0.75), Some(0.7)));
        panel.clicks(BACK).await.selects("Answers").await.selects("0.55").await;
        assert_eq!(thresholds().await, (Some(0.55), Some(0.55)));
        panel.clicks(BACK).await.selects("Suggestions").await.shows("✓ 0.55)").lacks("0.60");
        panel.selects("Default: 0.55").await.shows("from a score of 0.55 on, the default");
        panel.clicks(BACK).await.selects("Answers").await.selects("Default: 1.00").await;
        assert_eq!(thresholds().await, (None, None));
        ada.asks(WATERING).await.shows("I don't know");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn feedback_is_asked_for_or_not() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
        let panel = grace.uses("/faq settings", []).await;
        panel.clicks("Do not ask whether answers helped").await.shows("Done").shows("I do not ask");
        ada.asks(WATERING).await.shows("Every other day").lacks("Helpful");
        panel.clicks("Ask whether answers helped").await.shows("I ask under answers");
        ada.asks(WATERING).await.shows("[Helpful] [Not helpful]");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[test]
fn apply_in_every_process() {
    on_both(async |url| {
        let here = Discord::start();
        let there = Discord::start_with(Setup { server_id: Some(here.server_id()), ..Setup::default() });
        let first = Needle::new().keeping_in(url).start(&here).await;
        let second = Needle::new().keeping_in(url).start(&there).await;
        let (ada, grace) = (there.member("ada"), here.moderator("grace"));
        ada.asks(WATERING).await.shows("[Helpful]");
        let panel = grace.uses("/faq settings", []).await;
        panel.clicks("Do not ask whether answers helped").await;
        panel.selects("Topics").await.selects("Cooking").await;
        until("the other process knows", async || ada.types("/ask", "question", "").await.names() == [KNIVES]).await;
        ada.asks(KNIVES).await.shows(KNIVES).lacks("Helpful");
        // Both change another setting: neither is lost.
        let panel = there.moderator("heidi").uses("/faq settings", []).await;
        panel.selects("Answers").await.selects("0.75").await;
        let settings = kept(url, &here).await;
        assert_eq!((settings.feedback, settings.addressed.answer), (false, Some(0.75)));
        for (needle, discord) in [(first, here), (second, there)] {
            needle.stops().await.unwrap();
            discord.nothing_further().await;
        }
    });
}

#[test]
fn nothing_changes_while_the_store_is_away() {
    on_sqlite(&async |place: &crate::store::Place| {
        let discord = Discord::start();
        let needle = Needle::new()
            .keeping_in(place)
            .at(|pace| pace.forget = std::time::Duration::from_hours(1))
            .start(&discord)
            .await;
        let grace = discord.moderator("grace");
        let role = discord.gives_role(&grace, "Editors");
        let panel = grace.uses("/faq settings", []).await;
        // Another program is writing, and does not come to an end.
        let mut other = SqliteConnection::connect(&place.raw).await.unwrap();
        sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
        let unchanged = "Nothing has changed; please try again";
        panel.clicks("Do not ask whether answers helped").await.shows(unchanged).shows("I ask under answers");
        panel.selects("Editor role").await.selects_role(role).await.shows(unchanged).shows("nobody besides");
        panel.lacks("Integrations").clicks(BACK).await.selects("Topics").await;
        panel.selects("Cooking").await.shows(unchanged).lacks("▾ Cooking").shows("· ✓ Cooking");
        panel.clicks(BACK).await.selects("Moderators' channel").await;
        panel.selects_channel(&discord.channel("general")).await.shows(unchanged).lacks("#general");
        sqlx::query("COMMIT").execute(&mut other).await.unwrap();
        assert_eq!(kept(place, &discord).await.version, 0);
        panel.selects_channel(&discord.channel("general")).await.shows("Done").shows("#general");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}
