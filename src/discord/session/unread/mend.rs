//! Mending: what the gateway told, made anew from what the bot uses. What is absent means what Discord would mean by
//! it; what can be done without and cannot be read is left out.

use serde::Deserialize;
use serde_json::{Value, json};
use serenity::all::{
    ActionRowComponent, ApplicationId, AuthorizingIntegrationOwners, Embed, GuildChannel, InteractionContext, Message,
    MessageFlags, MessageId, MessageReference, MessageType, PartialChannel, Permissions, RoleId, ShardInfo, Timestamp,
    UnavailableGuild, User,
};

/// An id that stands where none is told and none is needed.
const NO_ID: &str = "1";

/// A time that stands where none is told and none is needed.
const LONG_AGO: &str = "1970-01-01T00:00:00Z";

/// The language that Discord speaks where it is not told another.
const LOCALE: &str = "en-US";

/// That the bot was let in.
pub(super) fn ready(told: &Value) -> Value {
    let guild = |guild: &Value| filled(json!({}), [("id", guild["id"].clone()), ("unavailable", true.into())]);
    let filling = json!({ "v": 10, "session_id": "", "resume_gateway_url": "" });
    filled(
        filling,
        [
            ("user", user(&told["user"])),
            ("guilds", readable::<UnavailableGuild>(&told["guilds"], guild)),
            ("shard", if_readable::<ShardInfo>(&told["shard"])),
            // That of the bot, but for old ones.
            ("application", json!({ "id": either(&told["application"]["id"], &told["user"]["id"]), "flags": 0 })),
        ],
    )
}

/// A server that the bot is in.
pub(super) fn server(told: &Value) -> Value {
    let filling = json!({
        "name": "", "owner_id": NO_ID, "joined_at": Timestamp::now(), "preferred_locale": LOCALE, "large": false,
        "member_count": 0, "features": [], "roles": [], "emojis": [], "stickers": [], "members": [], "channels": [],
        "presences": [], "voice_states": [], "stage_instances": [], "guild_scheduled_events": [],
        "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
        "nsfw_level": 0, "premium_tier": 0, "premium_progress_bar_enabled": false, "system_channel_flags": 0,
    });
    filled(
        filling,
        [
            ("id", told["id"].clone()),
            ("joined_at", if_readable::<Timestamp>(&told["joined_at"])),
            ("preferred_locale", if_readable::<String>(&told["preferred_locale"])),
            ("system_channel_id", told["system_channel_id"].clone()),
            ("threads", readable::<GuildChannel>(&told["threads"], channel)),
        ],
    )
}

/// A channel of a server.
pub(super) fn channel(told: &Value) -> Value {
    filled(json!({ "name": "", "type": 0 }), copied(told, ["id", "guild_id", "type", "parent_id"]))
}

/// A thread that is gone, of which nothing but its id matters.
pub(super) fn thread(told: &Value) -> Value {
    let filling = json!({ "guild_id": NO_ID, "parent_id": NO_ID, "type": 11 });
    filled(filling, copied(told, ["id", "guild_id", "parent_id", "type"]))
}

/// A message that somebody wrote.
pub(super) fn message(told: &Value) -> Value {
    message_in(&Value::Null, told)
}

/// A message in `channel`, where it does not say itself where it is.
fn message_in(channel: &Value, told: &Value) -> Value {
    let channel = either(&told["channel_id"], channel);
    let filling = json!({
        "content": "", "timestamp": LONG_AGO, "type": 0, "tts": false, "mention_everyone": false, "mention_roles": [],
        "attachments": [], "pinned": false,
    });
    let replied = message_or_none(&channel, &told["referenced_message"]);
    let reference = &told["message_reference"];
    let reference = filled(
        json!({ "channel_id": channel }),
        [("message_id", if_readable::<MessageId>(&reference["message_id"]))]
            .into_iter()
            .chain(copied(reference, ["channel_id", "type"])),
    );
    let is_reply = told["message_reference"].is_object();
    filled(
        filling,
        [
            ("author", user(&told["author"])),
            ("content", if_readable::<String>(&told["content"])),
            ("type", if_readable::<MessageType>(&told["type"])),
            ("flags", if_readable::<MessageFlags>(&told["flags"])),
            ("mentions", readable::<User>(&told["mentions"], user)),
            ("embeds", readable::<Embed>(&told["embeds"], embed)),
            ("components", rows(&told["components"])),
            ("referenced_message", replied),
            ("message_reference", if is_reply { if_readable::<MessageReference>(&reference) } else { Value::Null }),
            ("interaction_metadata", cause(&told["interaction_metadata"])),
            ("interaction", cause(&told["interaction"])),
            ("channel_id", channel),
        ]
        .into_iter()
        .chain(copied(told, ["id", "guild_id", "webhook_id"])),
    )
}

/// The same, where it can be read.
fn message_or_none(channel: &Value, told: &Value) -> Value {
    if told.is_object() { if_readable::<Message>(&message_in(channel, told)) } else { Value::Null }
}

/// An interaction with the bot, which is that of `application`.
pub(super) fn interaction(told: &Value, application: Option<ApplicationId>) -> Value {
    let user = either(&user(&told["user"]), &user(&told["member"]["user"]));
    let channel_id = either(&told["channel_id"], &told["channel"]["id"]);
    let channel = filled(json!({ "id": channel_id, "type": 0 }), copied(&told["channel"], ["id", "type", "parent_id"]));
    let guild_locale = if_readable::<String>(&told["guild_locale"]);
    let filling = json!({
        "application_id": application.map_or(NO_ID.to_owned(), |id| id.to_string()), "version": 1, "entitlements": [],
        "attachment_size_limit": 0, "authorizing_integration_owners": {},
        "locale": either(&guild_locale, &LOCALE.into()),
    });
    // Whose it is, the message of a button need not say.
    let message = filled(json!({ "author": { "id": NO_ID } }), fields(&told["message"]));
    let message = if told["message"].is_object() { message_in(&channel_id, &message) } else { Value::Null };
    filled(
        filling,
        [
            ("data", data(&channel_id, &told["data"])),
            ("guild_id", either(&told["guild_id"], &told["guild"]["id"])),
            ("channel", if_readable::<PartialChannel>(&channel)),
            ("member", member(&told["member"], &user)),
            ("message", message),
            ("app_permissions", if_readable::<Permissions>(&told["app_permissions"])),
            ("locale", if_readable::<String>(&told["locale"])),
            ("guild_locale", guild_locale),
            (
                "authorizing_integration_owners",
                if_readable::<AuthorizingIntegrationOwners>(&told["authorizing_integration_owners"]),
            ),
            ("context", if_readable::<InteractionContext>(&told["context"])),
            ("user", user),
            ("channel_id", channel_id),
        ]
        .into_iter()
        .chain(copied(told, ["id", "application_id", "type", "token"])),
    )
}

/// What somebody chose, typed or sent. Of what it refers to, only messages are looked at.
fn data(channel: &Value, told: &Value) -> Value {
    let is_about_message = told["resolved"]["messages"].is_object();
    let has_values = told["values"].is_array();
    let filling = json!({
        "id": NO_ID, "type": if is_about_message { 3 } else { 1 }, "component_type": if has_values { 3 } else { 2 },
        "values": [],
    });
    let messages = told["resolved"]["messages"].as_object().into_iter().flatten();
    let messages = messages.map(|(id, message)| {
        let message = filled(json!({ "id": id }), fields(message));
        (id.as_str(), message_or_none(channel, &message))
    });
    filled(
        filling,
        [
            ("options", list(&told["options"], option)),
            ("components", rows(&told["components"])),
            ("resolved", json!({ "messages": filled(json!({}), messages) })),
        ]
        .into_iter()
        .chain(copied(told, ["id", "name", "type", "target_id", "custom_id", "component_type", "values"])),
    )
}

/// What a command was given: a value, or a subcommand and what that was given.
fn option(told: &Value) -> Value {
    let kind = match &told["value"] {
        Value::Null => 1,
        Value::Bool(_) => 5,
        Value::Number(number) => {
            if number.is_f64() {
                10
            } else {
                4
            }
        }
        _ => 3,
    };
    let filling = json!({ "type": kind, "options": list(&told["options"], option) });
    filled(filling, copied(told, ["name", "type", "value", "focused"]))
}

fn user(told: &Value) -> Value {
    if told["id"].is_null() {
        return Value::Null;
    }
    filled(
        json!({ "username": "" }),
        [
            ("username", if_readable::<String>(&told["username"])),
            ("bot", if_readable::<bool>(&told["bot"])),
            ("id", told["id"].clone()),
        ],
    )
}

/// The member that `user` is.
fn member(told: &Value, user: &Value) -> Value {
    if !told.is_object() {
        return Value::Null;
    }
    filled(
        json!({ "user": user, "deaf": false, "mute": false, "flags": 0 }),
        [
            ("roles", readable::<RoleId>(&told["roles"], Value::clone)),
            ("permissions", if_readable::<Permissions>(&told["permissions"])),
        ],
    )
}

/// What a message of the bot answers, of which only the user matters.
fn cause(told: &Value) -> Value {
    match user(&told["user"]) {
        Value::Null => Value::Null,
        user => {
            json!({ "id": NO_ID, "type": 2, "name": "", "user": user, "authorizing_integration_owners": {} })
        }
    }
}

fn embed(told: &Value) -> Value {
    filled(json!({}), ["title", "description"].map(|key| (key, if_readable::<String>(&told[key]))))
}

/// Buttons, selects and fields, without those that nobody knows.
fn rows(told: &Value) -> Value {
    let row =
        |row: &Value| json!({ "type": 1, "components": readable::<ActionRowComponent>(&row["components"], part) });
    told.as_array().into_iter().flatten().filter(|told| told["type"] == 1).map(row).collect()
}

fn part(told: &Value) -> Value {
    let choice = |told: &Value| filled(json!({ "label": "" }), copied(told, ["label", "value"]));
    let filling = json!({ "style": 1, "options": list(&told["options"], choice) });
    filled(filling, copied(told, ["type", "style", "label", "custom_id", "url", "value", "disabled"]))
}

/// `filling`, with `fields` over it where they are told.
fn filled<'a>(filling: Value, fields: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let mut object = filling;
    for (key, value) in fields {
        if !value.is_null() {
            object[key] = value;
        }
    }
    object
}

/// All that an object tells.
fn fields(told: &Value) -> impl Iterator<Item = (&str, Value)> {
    told.as_object().into_iter().flatten().map(|(key, value)| (key.as_str(), value.clone()))
}

/// What an object tells under these keys.
fn copied<'a, const N: usize>(told: &Value, keys: [&'a str; N]) -> [(&'a str, Value); N] {
    keys.map(|key| (key, told[key].clone()))
}

fn either(first: &Value, second: &Value) -> Value {
    if first.is_null() { second.clone() } else { first.clone() }
}

/// A list, each item mended; an empty one where there is none.
fn list(told: &Value, mend: impl Fn(&Value) -> Value) -> Value {
    told.as_array().into_iter().flatten().map(mend).collect()
}

/// The same without items that cannot be read even so.
fn readable<'de, T: for<'a> Deserialize<'a>>(told: &'de Value, mend: impl Fn(&'de Value) -> Value) -> Value {
    let items = told.as_array().into_iter().flatten();
    items.map(mend).filter(|item| T::deserialize(item).is_ok()).collect()
}

/// What can be read.
fn if_readable<T: for<'a> Deserialize<'a>>(told: &Value) -> Value {
    if T::deserialize(told).is_ok() { told.clone() } else { Value::Null }
}
