//! `needle invite`.

use serde_json::json;

use super::fake::{Discord, Setup};
use super::process::{Process, to};

#[tokio::test]
async fn prints_a_link_with_the_least_permissions() {
    // The application is older than its bot user, so that their ids differ.
    let application = json!({ "id": "1234", "integration_types_config": { "0": {} } });
    let discord = Discord::start_with(Setup { application, ..Setup::default() });
    let ended = Process::start(&["invite"], &to(&discord)).ended().await;
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(ended.out, @r"
    To let the bot into a server (scopes: bot, applications.commands; permissions: View Channels, Send Messages, Send Messages in Threads, Embed Links, Read Message History, Add Reactions):
    https://discord.com/oauth2/authorize?client_id=1234&scope=bot+applications.commands&permissions=274877992000&integration_type=0
    ");
    discord.nothing_further().await;
}

#[tokio::test]
async fn prints_a_link_for_members_where_they_may_install_it() {
    let application = json!({ "id": "1234" });
    let discord = Discord::start_with(Setup { application, ..Setup::default() });
    let ended = Process::start(&["invite", "--json"], &to(&discord)).ended().await;
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    let links: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&links).unwrap(), @r#"
    {
      "application": "1234",
      "server": {
        "bits": 274877992000,
        "permissions": [
          "View Channels",
          "Send Messages",
          "Send Messages in Threads",
          "Embed Links",
          "Read Message History",
          "Add Reactions"
        ],
        "scopes": [
          "bot",
          "applications.commands"
        ],
        "url": "https://discord.com/oauth2/authorize?client_id=1234&scope=bot+applications.commands&permissions=274877992000&integration_type=0"
      },
      "user": {
        "bits": 0,
        "permissions": [],
        "scopes": [
          "applications.commands"
        ],
        "url": "https://discord.com/oauth2/authorize?client_id=1234&scope=applications.commands&integration_type=1"
      }
    }
    "#);
    discord.nothing_further().await;
}

#[tokio::test]
async fn an_id_is_enough() {
    let discord = Discord::start();
    discord.answers_otherwise("GET /oauth2/applications/*", |_, told| *told = json!({ "id": "1234", "flags": null }));
    let ended = Process::start(&["invite"], &to(&discord)).ended().await;
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    assert!(ended.out.contains("client_id=1234&scope=bot"), "{}", ended.out);
    discord.nothing_further().await;
}

#[tokio::test]
async fn says_why_there_is_no_link() {
    let ended = Process::start(&["invite"], &[]).ended().await;
    assert_eq!((ended.code, ended.out.as_str()), (Some(5), ""), "{}", ended.err);
    let discord = Discord::start();
    let mut wrong = to(&discord);
    wrong[0].1 = "MTIz.wrong.token".to_owned();
    let ended = Process::start(&["invite"], &wrong).ended().await;
    assert_eq!((ended.code, ended.out.as_str()), (Some(7), ""), "{}", ended.err);
    let away = Discord::start_with(Setup { is_away: true, ..Setup::default() });
    let mut without_id = to(&away);
    without_id[0].1 = "no-id.in.it".to_owned();
    let ended = Process::start(&["invite"], &without_id).ended().await;
    assert_eq!((ended.code, ended.out.as_str()), (Some(9), ""), "{}", ended.err);
    assert!(ended.err.contains("cannot reach Discord"), "{}", ended.err);
}

#[tokio::test]
async fn the_token_has_to_do_where_discord_is_away() {
    let away = Discord::start_with(Setup { is_away: true, ..Setup::default() });
    let ended = Process::start(&["invite"], &to(&away)).ended().await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    // What stands at the beginning of its token.
    assert!(ended.out.contains("client_id=123456789012345678&scope=bot"), "{}", ended.out);
    assert!(ended.err.contains("cannot reach Discord") && ended.err.contains("made from the token"), "{}", ended.err);
}
