//! `needle doctor`.

use std::fs;

use serde_json::{Value, json};
use serenity::all::Permissions;

use super::fake::{Discord, Setup};
use super::needle::Needle;
use super::process::{Process, to};
use crate::small_knowledge::SmallKnowledge;

/// What the doctor says, with how it ended above it.
async fn report(discord: &Discord) -> String {
    let ended = Process::start(&["doctor"], &to(discord)).ended().await;
    let shown =
        ended.out.replace(&discord.bot_id().to_string(), "ID").replace(&discord.server_id().to_string(), "SERVER");
    format!("exit: {:?}\n{shown}{}", ended.code, ended.err)
}

#[tokio::test]
async fn has_nothing_to_say_where_all_is_well() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    needle.stops().await.unwrap();
    insta::assert_snapshot!(report(&discord).await, @r"
    exit: Some(0)
    ok       knowledge: 2 entries in 1 topic
    ok       token: it is that of Needle, application ID
    ok       interactions: they come through the gateway
    ok       invitation: everybody who manages a server can let the bot in
    ok       user install: members can add the commands to their own account
    ok       intents: no privileged intent is needed, and Message Content is off
    ok       logins: 999 of 1000 left today
    ok       commands: 7 are registered
    ok       server Community: the bot may do all it needs in 1 channel

    0 errors, 0 warnings
    ");
    discord.nothing_further().await;
}

#[tokio::test]
async fn says_what_to_click_where() {
    let application = json!({
        "interactions_endpoint_url": "https://example.org/interactions", "bot_require_code_grant": true,
        "integration_types_config": { "0": {} }, "flags": 1 << 19,
    });
    let discord = Discord::start_with(Setup { application, ..Setup::default() });
    let general = discord.channel("general");
    general.denies_everyone(Permissions::ADD_REACTIONS | Permissions::USE_APPLICATION_COMMANDS);
    for name in ["one", "two", "three", "four", "five", "six"] {
        discord.channel(name).denies(Permissions::EMBED_LINKS);
    }
    discord.channel("staff").denies(Permissions::VIEW_CHANNEL);
    // A bot opens no posts of its own.
    general.forum("help").denies(Permissions::SEND_MESSAGES);
    let elsewhere = discord.another_server("Else\u{202e}where");
    let needle = Needle::new().in_server(elsewhere.server_id()).start(&discord).await;
    needle.stops().await.unwrap();
    insta::assert_snapshot!(report(&discord).await, @r"
    exit: Some(1)
    ok       knowledge: 2 entries in 1 topic
    ok       token: it is that of Needle, application ID
    error    interactions: an interactions endpoint URL is set, so that commands and buttons never reach the bot
             → discord.com/developers/applications/ID → General Information → Interactions Endpoint URL → clear it
    error    invitation: the application requires the OAuth2 code grant, so that no link lets the bot in
             → discord.com/developers/applications/ID → Bot → switch off Requires OAuth2 Code Grant
    warning  user install: members cannot add the commands to their own account
             → discord.com/developers/applications/ID → Installation → Installation Contexts → tick User Install, with the scope applications.commands
    ok       intents: no privileged intent is needed; Message Content is switched on and could be off
    ok       logins: 999 of 1000 left today
    error    commands: none are registered, so that members see none
             → start `needle run`, which registers them
    warning  server Community: the permission Embed Links is missing in #one, #two, #three, #four, #five and 1 more: without it, answers there are plain text
             → Edit Channel → Permissions → the bot's role → allow Embed Links
    error    server Community: the permission Add Reactions is missing: without it, who asks too much there is not shown that they have to wait
             → Server Settings → Roles → the bot's role → Permissions → switch on Add Reactions
    warning  server Community: members without a role of their own are offered no commands
             → Server Settings → Roles → Default Permissions → switch on Use Application Commands
    warning  server Elsewhere: commands are registered for this server alone, by `needle run --guild`; with those for everybody, members see each twice
             → Server Settings → Integrations → the bot → Remove Integration, then let it in again with `needle invite`

    4 errors, 4 warnings
    ");

    let ended = Process::start(&["doctor", "--json"], &to(&discord)).ended().await;
    let found: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!((ended.code, &found["errors"], &found["warnings"]), (Some(1), &json!(4), &json!(4)), "{found:#}");
    let first = &found["findings"][0];
    assert_eq!(
        (&first["about"], &first["state"], &first["remedy"]),
        (&json!("knowledge"), &json!("fine"), &Value::Null)
    );
    discord.nothing_further().await;
}

#[tokio::test]
async fn looks_at_every_server() {
    let discord = Discord::start();
    // More than Discord lists at once.
    for number in 0..205 {
        discord.another_server(&format!("Server {number}"));
    }
    let ended = Process::start(&["doctor", "--json"], &to(&discord)).ended().await;
    let found: Value = serde_json::from_str(&ended.out).unwrap();
    let servers = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|found| found["about"].as_str().unwrap().starts_with("server "));
    assert_eq!(servers.count(), 206);
    discord.nothing_further().await;
}

#[tokio::test]
async fn tells_what_it_cannot_look_at() {
    let check = async |arguments: &[&str], variables: &[(&str, String)], code: i32, part: &str| {
        let ended = Process::start(arguments, variables).ended().await;
        assert_eq!(ended.code, Some(code), "{}", ended.out);
        assert!(ended.out.contains(part), "{part:?} is not in\n{}", ended.out);
    };
    check(&["doctor"], &[], 5, "error    token: none is set").await;
    let discord = Discord::start();
    let mut wrong = to(&discord);
    wrong[0].1 = "MTIz.wrong.token".to_owned();
    check(&["doctor"], &wrong, 7, "error    token: Discord refuses it").await;
    discord.refused(0).await;
    let away = Discord::start_with(Setup { is_away: true, ..Setup::default() });
    check(&["doctor"], &to(&away), 9, "error    Discord: there is no useful answer from http://").await;
    check(&["doctor", "--knowledge", "nowhere"], &to(&discord), 6, "there is no folder `nowhere`").await;

    let broken = SmallKnowledge::new();
    fs::write(broken.dir().join("garden/moss.md"), "no front matter").unwrap();
    let ended = Process::start_on(broken, &["doctor"], &to(&discord)).ended().await;
    assert_eq!(ended.code, Some(6), "{}", ended.out);
    assert!(ended.out.contains("but 1 error: the bot does not start"), "{}", ended.out);
    assert!(ended.out.contains("server Community"), "what Discord shows is looked at all the same: {}", ended.out);
    discord.nothing_further().await;
}

#[tokio::test]
async fn looks_no_further_than_it_is_told() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    needle.stops().await.unwrap();
    discord.channel("general").denies_everyone(Permissions::ADD_REACTIONS);
    discord.channel("staff").denies(Permissions::EMBED_LINKS);
    discord.channel("lounge").denies(Permissions::VIEW_CHANNEL);
    let keeps = |told: &mut Value, keys: &[&str]| {
        told.as_object_mut().unwrap().retain(|key, _| keys.contains(&key.as_str()));
    };
    let each = move |told: &mut Value, keys: &[&str]| {
        told.as_array_mut().unwrap().iter_mut().for_each(|told| keeps(told, keys));
    };
    discord.answers_otherwise("GET /oauth2/applications/*", |status, _| *status = 404);
    discord.answers_otherwise("GET /applications/@me", move |_, told| keeps(told, &["id"]));
    discord.answers_otherwise("GET /gateway/bot", move |_, told| keeps(told, &["url"]));
    discord.answers_otherwise("GET /users/@me", |status, _| *status = 404);
    discord.answers_otherwise("GET /users/@me/guilds", move |_, told| each(told, &["id"]));
    discord.answers_otherwise("GET /guilds/*", move |_, told| {
        if told["roles"].is_array() && told["owner_id"].is_string() {
            keeps(told, &["id", "roles"]);
            each(&mut told["roles"], &["id", "permissions"]);
        }
    });
    discord.answers_otherwise("GET /guilds/*/members/*", move |_, told| keeps(told, &["roles"]));
    discord.answers_otherwise("GET /guilds/*/channels", move |_, told| {
        each(told, &["id", "name", "type", "permission_overwrites"]);
    });
    insta::assert_snapshot!(report(&discord).await, @r"
    exit: Some(1)
    ok       knowledge: 2 entries in 1 topic
    ok       token: it is that of your bot, application ID
    ok       interactions: they come through the gateway
    ok       invitation: everybody who manages a server can let the bot in
    ok       intents: no privileged intent is needed, and Message Content is off
    ok       logins: nothing is said of a limit
    ok       commands: 7 are registered
    warning  server SERVER: the permission Embed Links is missing in #staff: without it, answers there are plain text
             → Edit Channel → Permissions → the bot's role → allow Embed Links
    error    server SERVER: the permission Add Reactions is missing: without it, who asks too much there is not shown that they have to wait
             → Server Settings → Roles → the bot's role → Permissions → switch on Add Reactions

    1 error, 1 warning
    ");
    discord.nothing_further().await;
}

#[tokio::test]
async fn what_cannot_be_looked_at_does_not_hide_the_rest() {
    let discord = Discord::start();
    let needle = Needle::new().start(&discord).await;
    needle.stops().await.unwrap();
    discord.answers_otherwise("GET /gateway/bot", |status, _| *status = 500);
    discord.answers_otherwise("GET /applications/*/commands", |status, _| *status = 403);
    discord.answers_otherwise("GET /applications/*/guilds/*/commands", |status, _| *status = 403);
    insta::assert_snapshot!(report(&discord).await, @r"
    exit: Some(0)
    ok       knowledge: 2 entries in 1 topic
    ok       token: it is that of Needle, application ID
    ok       interactions: they come through the gateway
    ok       invitation: everybody who manages a server can let the bot in
    ok       user install: members can add the commands to their own account
    ok       intents: no privileged intent is needed, and Message Content is off
    warning  logins: cannot be looked at: it answers 500 Internal Server Error
             → run `needle doctor` again in a moment
    warning  commands: cannot be looked at: it answers 403 Forbidden
             → run `needle doctor` again in a moment
    ok       server Community: the bot may do all it needs in 1 channel
    warning  server Community, its own commands: cannot be looked at: it answers 403 Forbidden
             → run `needle doctor` again in a moment

    0 errors, 3 warnings
    ");
    discord.answers_otherwise("GET /guilds/*/channels", |status, _| *status = 404);
    let said = report(&discord).await;
    assert!(said.contains("warning  server Community: cannot be looked at: it answers 404 Not Found"), "{said}");
    discord.answers_otherwise("GET /users/@me/guilds", |_, told| *told = json!("none"));
    let said = report(&discord).await;
    assert!(said.contains("warning  servers: cannot be looked at: it gives an answer that cannot be read"), "{said}");
    discord.answers_otherwise("GET /users/@me/guilds", |status, _| *status = 401);
    let said = report(&discord).await;
    assert!(said.contains("exit: Some(7)") && said.contains("error    token: Discord refuses it"), "{said}");
    discord.nothing_further().await;
}
