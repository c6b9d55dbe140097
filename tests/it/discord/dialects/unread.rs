//! Events that lack what serenity insists on, or hold what it does not know.

use serde_json::{Value, json};

use crate::discord::fake::Discord;
use crate::discord::inbox::{LABEL, SNAILS, Scene};
use crate::discord::log::Log;
use crate::discord::needle::{KNOWS_NOTHING, Needle, PRUNING, WATERING};
use crate::eventually::until;
use crate::store::{NOON, on_both};

/// Takes out of `told` what is at `path`, such as `member.roles`; `*` is every key or item.
fn take_out(told: &mut Value, path: &str) {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    match (told, rest) {
        (Value::Object(told), None) => drop(told.remove(first)),
        (Value::Object(told), Some(rest)) => {
            let parts = told.iter_mut().filter(|(key, _)| first == "*" || *key == first);
            parts.for_each(|(_, part)| take_out(part, rest));
        }
        (Value::Array(told), Some(rest)) => told.iter_mut().for_each(|part| take_out(part, rest)),
        _ => {}
    }
}

/// From now on, tells events of a kind without what is at `paths`.
fn tells_without(discord: &Discord, event: &str, paths: &'static [&'static str]) {
    discord.tells_otherwise(event, |told| paths.iter().for_each(|path| take_out(told, path)));
}

/// What a message can lack, wherever it stands.
const OF_MESSAGE: [&str; 16] = [
    "type",
    "timestamp",
    "edited_timestamp",
    "tts",
    "pinned",
    "mention_everyone",
    "mention_roles",
    "attachments",
    "author.username",
    "author.discriminator",
    "mentions.*.username",
    "embeds.*.fields.*.name",
    "components.*.components.*.style",
    "components.*.components.*.options.*.label",
    "interaction_metadata.authorizing_integration_owners",
    "interaction_metadata.type",
];

/// Takes out of the message at `told` all that it can lack.
fn strip(told: &mut Value) {
    if told.is_object() {
        for path in OF_MESSAGE {
            take_out(told, path);
        }
        strip(&mut told["referenced_message"]);
    }
}

/// Takes out of an interaction all that it can lack.
fn strip_interaction(told: &mut Value) {
    let lacking = [
        "version",
        "locale",
        "entitlements",
        "attachment_size_limit",
        "app_permissions",
        "authorizing_integration_owners",
        "context",
        "application_id",
        "channel_id",
        "channel.name",
        "channel.type",
        "member.deaf",
        "member.mute",
        "member.flags",
        "member.joined_at",
        "member.user.username",
        "user.username",
        "message.author",
        "message.channel_id",
        "data.id",
        "data.type",
        "data.component_type",
        "data.options.*.options",
        "data.options.*.type",
        "data.resolved.roles.*.colors",
        "data.resolved.roles.*.permissions",
        "data.resolved.channels.*.type",
        "data.resolved.users.*.username",
        "data.resolved.messages.*.id",
        "data.resolved.messages.*.channel_id",
    ];
    for path in lacking {
        take_out(told, path);
    }
    strip(&mut told["message"]);
    let messages = told.pointer_mut("/data/resolved/messages").and_then(Value::as_object_mut);
    messages.into_iter().flat_map(|messages| messages.values_mut()).for_each(strip);
}

#[tokio::test]
async fn interactions_lack_what_is_not_looked_at() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
    let question = discord.member("bob").says(WATERING);
    // One each, then all at once.
    let changes: [fn(&mut Value); 16] = [
        |told| take_out(told, "version"),
        |told| take_out(told, "locale"),
        |told| told["locale"] = Value::Null,
        |told| take_out(told, "entitlements"),
        |told| take_out(told, "attachment_size_limit"),
        |told| told["app_permissions"] = json!("all"),
        |told| take_out(told, "channel_id"),
        |told| take_out(told, "channel.type"),
        |told| take_out(told, "application_id"),
        |told| take_out(told, "member.roles"),
        |told| take_out(told, "member.deaf"),
        |told| {
            if told["member"].is_object() {
                told["user"] = told["member"]["user"].take();
            }
        },
        |told| take_out(told, "data.id"),
        |told| take_out(told, "data.options.*.options"),
        |told| strip(&mut told["message"]),
        strip_interaction,
    ];
    for change in changes {
        discord.tells_otherwise("INTERACTION_CREATE", change);
        ada.types("/ask", "question", "water").await.shows(&[WATERING]);
        let reply = ada.uses("/ask", [("question", WATERING)]).await;
        reply.is_public().shows("Every other day").selects(PRUNING).await.shows("Early in spring");
        ada.uses_on("Answer this", &question).await.is_public().shows("For @bob");
        ada.in_private().uses("/about", []).await.shows("Needle");
        grace.uses("/faq pause", []).await.is_private().shows("I keep quiet");
        grace.uses("/faq resume", []).await.is_private().shows("I answer");
        discord.speaks_plainly();
    }
    discord.nothing_further().await;
}

#[test]
fn what_moderators_do_lacks_what_is_not_looked_at() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.starts_at_home().await;
        scene.discord.tells_otherwise("INTERACTION_CREATE", strip_interaction);
        scene.ada.asks(SNAILS).await;
        let card = scene.card().await;
        card.clicks("Not for us").await.shows("Not for us, says @grace");
        let preview = card.clicks("Teach as off-topic …").await.fills([(LABEL, "Can snails smell?")]).await;
        preview.is_private().clicks("Add it").await.shows("Done");
        card.changes().await.shows("is an off-topic question of `garden`");
        let editors = scene.discord.gives_role(&scene.ada, "editors");
        let panel = scene.grace.uses("/faq settings", []).await;
        panel.selects("Editor role").await.selects_role(editors).await.shows("@editors");
        panel.clicks("Back to the settings").await.selects("Moderators' channel").await;
        panel.selects_channel(&scene.moderators).await.shows("#moderators");
        scene.discord.speaks_plainly();
        scene.ends(needle).await;
    });
}

#[tokio::test]
async fn messages_lack_what_is_not_looked_at() {
    let discord = Discord::start();
    let _needle = Needle::new().start(&discord).await;
    let ada = discord.member("ada");
    let changes: [fn(&mut Value); 10] = [
        |told| take_out(told, "tts"),
        |told| take_out(told, "pinned"),
        |told| take_out(told, "timestamp"),
        |told| take_out(told, "type"),
        |told| take_out(told, "mention_roles"),
        |told| take_out(told, "author.username"),
        |told| take_out(told, "member.roles"),
        |told| told["attachments"] = json!([{ "id": "7", "filename": "picture.png" }]),
        |told| {
            told["components"] = json!([{ "type": 1, "components": [{ "type": 99 }] }, { "components": [] }, 7]);
            told["embeds"] = json!([{ "title": 7, "footer": {} }]);
        },
        strip,
    ];
    for change in changes {
        discord.tells_otherwise("MESSAGE_CREATE", change);
        ada.asks(WATERING).await.shows("Every other day");
        let reply = ada.in_private().asks(WATERING).await;
        reply.shows("Every other day");
        discord.speaks_plainly();
    }
    // It is about what was said before.
    discord.tells_otherwise("MESSAGE_CREATE", strip);
    let reply = ada.asks(WATERING).await;
    ada.replies_to(&reply, "@Needle when do i prune roses").reply().await.shows("Early in spring");
    discord.nothing_further().await;
}

#[tokio::test]
async fn servers_lack_what_is_not_looked_at() {
    let discord = Discord::start();
    let _needle = Needle::new().that(KNOWS_NOTHING).start(&discord).await;
    let ada = discord.member("ada");
    let changes: [fn(&mut Value); 5] = [
        |told| take_out(told, "roles.*.colors"),
        |told| take_out(told, "members.*.flags"),
        |told| take_out(told, "channels.*.name"),
        |told| take_out(told, "stickers"),
        |told| {
            let used = ["id", "joined_at", "preferred_locale", "system_channel_id"];
            told.as_object_mut().unwrap().retain(|key, _| used.contains(&key.as_str()));
        },
    ];
    for (number, change) in changes.into_iter().enumerate() {
        discord.tells_otherwise("GUILD_CREATE", change);
        let place = discord.lets_in(&format!("Anderswo {number}"), "de");
        place.is_told();
        let greeting = place.hears().await;
        assert!(greeting.contains("Hallo, ich bin Needle."), "{greeting}");
        ada.at(&place).asks(WATERING).await.shows("weiß ich nicht");
        tells_without(&discord, "GUILD_UPDATE", &["roles.*.colors", "features", "owner_id"]);
        place.speaks("fr");
        until("it is known", async || ada.at(&place).asks(WATERING).await.text().contains("je ne le sais pas")).await;
        discord.speaks_plainly();
    }
    // One that is out of reach is none to greet.
    let place = discord.lets_in("Elsewhere", "en-US");
    discord.tells_otherwise("GUILD_CREATE", |_| ());
    discord.tells_event("GUILD_CREATE", &json!({ "id": place.server_id().to_string(), "unavailable": true }));
    discord.nothing_further().await;
    place.is_told();
    assert!(place.hears().await.contains("Hello, I am Needle."));
    discord.nothing_further().await;
}

#[test]
fn deleted_places_lack_what_is_not_looked_at() {
    on_both(async |url| {
        let scene = Scene::new(url).await;
        let needle = scene.needle().by_clock(|| NOON).start(&scene.discord).await;
        let roses = scene.discord.channel("roses");
        tells_without(&scene.discord, "THREAD_DELETE", &["parent_id", "type", "guild_id"]);
        tells_without(&scene.discord, "CHANNEL_DELETE", &["name", "type"]);
        let thread = roses.thread("thorns");
        for (place, question) in [(&thread, SNAILS), (&roses, "what about moles")] {
            scene.ada.at(place).asks(question).await;
            let card = scene.card().await;
            place.is_deleted();
            card.changes().await.shows("This question is gone");
        }
        scene.ends(needle).await;
    });
}

#[tokio::test]
async fn nothing_but_whose_it_is_is_said_when_the_bot_is_let_in() {
    let all = &["v", "resume_gateway_url", "session_id", "application", "shard", "user.username"];
    let lacking: [&[&str]; 3] = [&["resume_gateway_url"], &["application"], all];
    for lacking in lacking {
        let discord = Discord::start();
        tells_without(&discord, "READY", lacking);
        let needle = Needle::new().start(&discord).await;
        let ada = discord.member("ada");
        ada.uses("/ask", [("question", WATERING)]).await.shows("Every other day");
        if lacking.len() > 1 {
            discord.invalidates_sessions(false);
            discord.connected_times(2).await;
            ada.asks(WATERING).await.shows("Every other day");
        }
        needle.stops().await.unwrap();
        assert_eq!(discord.disconnected().await, Some(1000), "it logs out");
        discord.nothing_further().await;
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_logged_once_a_kind() {
    let discord = Discord::start();
    let log = Log::listens();
    let _needle = Needle::new().start(&discord).await;
    for event in ["MESSAGE_CREATE", "INTERACTION_CREATE", "NEWS", "TYPING_START"] {
        discord.tells_otherwise(event, |_| ());
    }
    let pressed = json!({
        "id": "7", "type": 3, "token": ["a secret"], "user": { "id": "7", "username": "a secret" }, "channel_id": "7",
        "data": { "custom_id": "a secret" }, "message": { "id": "7" },
    });
    for _ in 0..2 {
        discord.tells_event("MESSAGE_CREATE", &json!({ "id": "7", "channel_id": "8", "content": "a secret" }));
        discord.tells_event("INTERACTION_CREATE", &pressed);
        discord.tells_event("NEWS", &json!({ "id": "7" }));
        discord.tells_event("TYPING_START", &json!({}));
    }
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
    let mut warnings: Vec<String> = log.warnings().lines().map(str::to_owned).collect();
    warnings.sort();
    insta::assert_snapshot!(warnings.join("\n"), @r#"
    WARN an event of the gateway cannot be read: missing field `author` event="MESSAGE_CREATE"
    WARN an event of the gateway cannot be read: something in it is of an unknown form event="INTERACTION_CREATE"
    "#);
}
