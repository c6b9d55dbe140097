//! Who may open the panel and press what is on it.

use needle::config::{Config, Sources};
use needle::discord::seal::{Action, Seal};
use needle::discord::settings::{Level, Office, Page, Setting};
use needle::store::ServerSettings;

use super::{BACK, SETTINGS, kept};
use crate::discord::fake::{Discord, Member, Reply};
use crate::discord::needle::{Needle, WATERING};
use crate::store::on_both;

const NOT_A_MODERATOR: &str = "for the moderators of this server";

/// The key of the bot's own buttons.
fn seal(discord: &Discord) -> Seal {
    let environment = vec![("DISCORD_TOKEN".into(), discord.token().into())];
    let config = Config::load(&Sources { local_file: "nowhere/local.toml".into(), environment }).unwrap();
    Seal::new(&config.token.unwrap())
}

/// The ids of everything that can be pressed on any page, once all is set.
async fn every_id(panel: &Reply, discord: &Discord, role: u64) -> Vec<String> {
    panel.selects("Moderators' channel").await.selects_channel(&discord.channel("staff")).await;
    panel.clicks(BACK).await.selects("Editor role").await.selects_role(role).await;
    panel.clicks(BACK).await.selects("Viewer role").await.selects_role(role).await;
    panel.clicks(BACK).await.selects("Topics").await.selects("Gardening").await;
    panel.clicks(BACK).await.selects("Answers").await.selects("0.60").await;
    panel.clicks(BACK).await.selects("Suggestions").await.selects("0.60").await;
    let mut ids = pressed(&panel.clicks(BACK).await);
    for setting in SETTINGS {
        ids.extend(pressed(&panel.selects(setting).await));
        panel.clicks(BACK).await;
    }
    ids
}

/// The ids of buttons, selects and their options.
fn pressed(panel: &Reply) -> Vec<String> {
    let message = panel.json();
    let rows = message["components"].as_array().unwrap();
    let parts = rows.iter().flat_map(|row| row["components"].as_array().unwrap());
    let ids = parts.flat_map(|part| {
        let options = part["options"].as_array().into_iter().flatten().map(|option| &option["value"]);
        std::iter::once(&part["custom_id"]).chain(options)
    });
    ids.map(|id| id.as_str().unwrap().to_owned()).collect()
}

#[test]
fn members_are_refused_whatever_they_send() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
        assert!(!ada.is_offered("/faq settings") && grace.is_offered("/faq settings"));
        assert!(!grace.in_private().is_offered("/faq settings"));
        let role = discord.gives_role(&grace, "Editors");
        let panel = grace.uses("/faq settings", []).await;
        let ids = every_id(&panel, &discord, role).await;
        let before = kept(url, &discord).await;

        discord.shows_every_command();
        ada.uses("/faq settings", []).await.is_private().shows(NOT_A_MODERATOR);
        let (reply, direct) = (ada.asks(WATERING).await, grace.in_private().asks(WATERING).await);
        for id in &ids {
            // A select whose option decides does nothing as a button.
            let told = ada.forges(&reply, id).reply().await.text();
            assert!(told.contains(NOT_A_MODERATOR) || told.contains("I did not make this"), "{id}: {told}");
            // Where there is no server, nobody is its moderator.
            let told = grace.in_private().forges(&direct, id).reply().await.text();
            assert!(told.contains(NOT_A_MODERATOR) || told.contains("I did not make this"), "{id}: {told}");
        }
        assert_eq!(ids.iter().filter(|id| id.starts_with("2.s:")).count(), ids.len() - 3, "{ids:?}");
        assert_eq!(kept(url, &discord).await, before);
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

/// Presses whatever is on the panels.
async fn presses_everything(ada: &Member, panels: &[Reply], discord: &Discord, role: u64) {
    for panel in panels {
        for label in ["Do not ask whether answers helped", "No channel", "No role", "All topics", BACK] {
            if panel.text().contains(&format!("[{label}]")) {
                ada.clicks(panel, label).await.is_private().shows(NOT_A_MODERATOR);
            }
        }
        for label in ["Topics", "Cooking", "0.75", "Default: 0.00"] {
            let text = panel.text();
            if text.contains(&format!("· {label}")) || text.contains(&format!("▾ {label}")) {
                ada.selects(panel, label).await.is_private().shows(NOT_A_MODERATOR);
            }
        }
        if panel.text().contains("▾ roles") {
            ada.selects_role(panel, role).await.is_private().shows(NOT_A_MODERATOR);
        }
        if panel.text().contains("▾ channels") {
            ada.selects_channel(panel, &discord.channel("general")).await.is_private().shows(NOT_A_MODERATOR);
        }
    }
}

#[test]
fn a_role_that_was_just_taken_away_opens_nothing() {
    on_both(async |url| {
        let discord = Discord::start();
        let needle = Needle::new().keeping_in(url).start(&discord).await;
        let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
        let role = discord.gives_role(&ada, "Editors");
        grace.uses("/faq settings", []).await.selects("Editor role").await.selects_role(role).await;
        discord.shows_every_command();
        let mut panels = vec![ada.uses("/faq settings", []).await];
        for setting in SETTINGS {
            let panel = ada.uses("/faq settings", []).await;
            panels.push(panel.selects(setting).await);
        }
        let before: ServerSettings = kept(url, &discord).await;
        discord.takes_role(&ada, role);
        presses_everything(&ada, &panels, &discord, role).await;
        assert_eq!(kept(url, &discord).await, before);
        ada.uses("/faq settings", []).await.is_private().shows(NOT_A_MODERATOR);
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[tokio::test]
async fn what_does_not_fit_what_was_pressed_does_nothing() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    let grace = discord.moderator("grace");
    let seal = seal(&discord);
    let panel = grace.uses("/faq settings", []).await;
    let id = |setting| seal.close(&Action::Settings(setting));
    let pages = [Page::Channel, Page::Role(Office::Editors), Page::Topics(0), Page::Threshold(Level::Answer)];
    for page in pages {
        // A select's id on a button.
        let forged = grace.forges(&panel, &id(Setting::Choose(page))).reply().await;
        forged.is_private().shows("I did not make this");
    }
    grace.forges(&panel, &id(Setting::Topic("garden".to_owned()))).reply().await.shows("I did not make this");
    grace.forges(&panel, "2.s:f:false.AAAAAAAAAAAAAAAA").reply().await.shows("I did not make this");
    panel.shows("I ask under answers");
    // A page that there is not any more is the last.
    grace.forges(&panel, &id(Setting::Page(Page::Topics(u16::MAX)))).reply().await.shows("# Topics");
    // From a time when other scores could be chosen.
    for percent in [0, 49, 76, 255] {
        let late = grace.forges(&panel, &id(Setting::From(Level::Answer, percent))).reply().await;
        late.shows("another version of me").shows("from a score of 0.00 on, the default");
    }
    grace.forges(&panel, &id(Setting::From(Level::Suggest, 24))).reply().await.shows("another version of me");
    needle.stops().await.unwrap();
    discord.nothing_further().await;
}

#[test]
fn works_where_the_bot_keeps_quiet() {
    on_both(async |url| {
        let discord = Discord::start();
        let quiet = discord.channel("quiet");
        let needle =
            Needle::new().keeping_in(url).with("NEEDLE__DISCORD__IGNORED_CHANNELS", &quiet.id()).start(&discord).await;
        let grace = discord.moderator("grace");
        grace.uses("/faq pause", []).await;
        for place in [&discord.channel("general"), &quiet] {
            let panel = grace.at(place).uses("/faq settings", []).await;
            panel.selects("Topics").await.selects("Gardening").await.shows("Done");
            panel.clicks("All topics").await.clicks(BACK).await.shows("all, and those");
            let list = grace.at(place).uses("/faq unanswered", []).await;
            let page = seal(&discord).close(&Action::Unanswered(0));
            grace.at(place).forges(&list, &page).reply().await.shows("There are none");
        }
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}
