//! What the fake knows, in the words that go over the wire.

use serde_json::{Value, json};
use serenity::all::Permissions;
use std::time::Duration;
use time::OffsetDateTime;
use time::macros::format_description;

use super::state::{Channel, Id, Interaction, Message, State, kind};

/// An id as JSON.
pub fn id(id: Id) -> Value {
    json!(id.to_string())
}

/// A time as Discord writes it.
pub fn timestamp(since_epoch: Duration) -> String {
    let seconds = i64::try_from(since_epoch.as_secs()).unwrap_or_default();
    let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].000000+00:00");
    time.format(form).unwrap_or_default()
}

fn permissions(permissions: Permissions) -> Value {
    json!(permissions.bits().to_string())
}

pub fn user(state: &State, of: Id) -> Value {
    let user = &state.users[&of];
    let shown = (!user.is_bot).then_some(&user.name);
    json!({
        "id": id(of), "username": user.name.to_lowercase(), "global_name": shown, "discriminator": "0",
        "avatar": null, "bot": user.is_bot, "public_flags": 0,
    })
}

/// A member of a guild; `in_channel` adds what they may do there, as interactions do.
pub fn member(state: &State, guild: Id, of: Id, in_channel: Option<Id>) -> Value {
    let roles: Vec<_> = state.guilds[&guild].members.get(&of).into_iter().flatten().map(|role| id(*role)).collect();
    let mut member = json!({
        "user": user(state, of), "nick": null, "avatar": null, "roles": roles,
        "joined_at": "2024-01-01T00:00:00.000000+00:00", "premium_since": null, "deaf": false, "mute": false,
        "flags": 0, "pending": false, "communication_disabled_until": null,
    });
    if let Some(channel) = in_channel {
        member["permissions"] = permissions(state.permissions(of, channel));
    }
    member
}

pub fn channel(state: &State, of: Id) -> Value {
    let channel = &state.channels[&of];
    if channel.kind == kind::DIRECT {
        let people: Vec<_> = channel.people.iter().map(|person| user(state, *person)).collect();
        return json!({ "id": id(of), "type": kind::DIRECT, "recipients": people, "last_message_id": null, "flags": 0 });
    }
    let overwrites: Vec<_> = channel
        .overwrites
        .iter()
        .map(|overwrite| {
            json!({
                "id": id(overwrite.of), "type": u8::from(overwrite.is_member),
                "allow": permissions(overwrite.allow), "deny": permissions(overwrite.deny),
            })
        })
        .collect();
    let mut told = json!({
        "id": id(of), "guild_id": channel.guild.map(id), "type": channel.kind, "name": channel.name, "position": 0,
        "permission_overwrites": overwrites, "parent_id": channel.parent.map(id), "nsfw": false, "flags": 0,
        "rate_limit_per_user": 0, "topic": null, "last_message_id": null,
    });
    if channel.kind == kind::THREAD {
        told["thread_metadata"] = json!({
            "archived": channel.is_archived, "auto_archive_duration": 4320, "locked": channel.is_locked,
            "archive_timestamp": "2024-01-01T00:00:00.000000+00:00",
        });
        told["owner_id"] = json!(channel.people.first().map(ToString::to_string));
        told["message_count"] = json!(0);
        told["member_count"] = json!(1);
    }
    told
}

/// A channel as an interaction tells it of one that was chosen, with what who chose may do there.
pub fn partial_channel(state: &State, of: Id, by: Id) -> Value {
    let channel = &state.channels[&of];
    json!({
        "id": id(of), "name": channel.name, "type": channel.kind, "parent_id": channel.parent.map(id),
        "permissions": permissions(state.permissions(by, of)),
    })
}

pub fn roles(state: &State, guild: Id) -> Vec<Value> {
    let told = state.guilds[&guild].roles.values().enumerate().map(|(position, role)| {
        json!({
            "id": id(role.id), "name": role.name, "color": 0, "hoist": false, "icon": null, "unicode_emoji": null,
            "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
            "position": position, "permissions": permissions(role.permissions), "managed": false,
            "mentionable": false, "flags": 0,
        })
    });
    told.collect()
}

/// What a guild is, without those in it.
pub fn guild(state: &State, of: Id) -> Value {
    let guild = &state.guilds[&of];
    json!({
        "id": id(of), "name": guild.name, "owner_id": id(guild.owner), "roles": roles(state, of), "emojis": [],
        "stickers": [], "features": [], "verification_level": 1, "default_message_notifications": 1,
        "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0,
        "premium_progress_bar_enabled": false, "preferred_locale": guild.locale, "system_channel_flags": 0,
        "system_channel_id": guild.system_channel.map(id),
        "afk_timeout": 300, "icon": null, "splash": null, "discovery_splash": null, "description": null,
    })
}

/// The event that tells the bot of a guild it is in.
pub fn guild_create(state: &State, of: Id) -> Value {
    let own = |threads: bool| {
        let channels = state.channels.values();
        let of_kind = move |channel: &&Channel| channel.guild == Some(of) && (channel.kind == kind::THREAD) == threads;
        channels.filter(of_kind).map(|found| channel(state, found.id)).collect::<Vec<_>>()
    };
    let guild = guild(state, of);
    let mut guild = guild;
    guild["joined_at"] = json!(timestamp(state.guilds[&of].joined));
    guild["large"] = json!(false);
    guild["member_count"] = json!(state.guilds[&of].members.len());
    // Without the members intent, only the bot itself is listed.
    guild["members"] = json!([member(state, of, state.bot, None)]);
    guild["channels"] = json!(own(false));
    guild["threads"] = json!(own(true));
    for empty in ["presences", "voice_states", "stage_instances", "guild_scheduled_events", "soundboard_sounds"] {
        guild[empty] = json!([]);
    }
    guild
}

pub fn application(state: &State) -> Value {
    let mut told = json!({
        "id": id(state.bot), "name": state.name(state.bot), "icon": null, "description": "", "bot_public": true,
        "bot_require_code_grant": false, "verify_key": "0".repeat(64), "team": null, "flags": 0, "summary": "",
        "owner": { "id": "1", "username": "owner", "discriminator": "0", "avatar": null, "global_name": null },
        "bot": user(state, state.bot), "integration_types_config": { "0": {}, "1": {} },
        "interactions_endpoint_url": null, "role_connections_verification_url": null, "redirect_uris": [],
        "approximate_guild_count": state.guilds.len(), "approximate_user_install_count": 0,
    });
    for (key, value) in state.setup.application.as_object().into_iter().flatten() {
        told[key] = value.clone();
    }
    told
}

/// The READY of the session at `index`.
pub fn ready(state: &State, index: usize) -> Value {
    let session = &state.gateway.sessions[index];
    let own = state.guilds.values().filter(|guild| guild.members.contains_key(&state.bot));
    let guilds: Vec<_> = own.map(|guild| json!({ "id": id(guild.id), "unavailable": true })).collect();
    json!({
        "v": 10, "user": user(state, state.bot), "guilds": guilds, "session_id": session.id,
        "resume_gateway_url": state.setup.gateway_url, "shard": [session.shard.0, session.shard.1],
        "application": { "id": id(state.bot), "flags": 0 }, "session_type": "normal", "private_channels": [],
        "relationships": [], "presences": [], "user_settings": {}, "geo_ordered_rtc_regions": [],
    })
}

/// A message as REST tells it to somebody who may see all of it.
pub fn message(state: &State, of: Id) -> Value {
    let message = &state.messages[&of];
    let mut told = json!({
        "id": id(of), "channel_id": id(message.channel), "author": user(state, message.author),
        "content": message.content, "timestamp": timestamp(created(of)), "edited_timestamp": message.edited.map(timestamp),
        "tts": false, "mention_everyone": message.mentions_everyone,
        "mentions": message.mentions.iter().map(|mentioned| user(state, *mentioned)).collect::<Vec<_>>(),
        "mention_roles": [], "attachments": message.attachments, "embeds": message.embeds,
        "components": message.components, "pinned": false, "type": message.kind, "flags": message.flags,
    });
    if let Some(nonce) = &message.nonce {
        told["nonce"] = nonce.clone();
    }
    if message.is_webhook {
        told["webhook_id"] = told["author"]["id"].clone();
    }
    if !message.reactions.is_empty() {
        let reactions = message.reactions.iter().map(|(emoji, people)| {
            json!({
                "count": people.len(), "me": people.contains(&state.bot), "me_burst": false, "burst_colors": [],
                "count_details": { "burst": 0, "normal": people.len() }, "emoji": { "id": null, "name": emoji },
            })
        });
        told["reactions"] = json!(reactions.collect::<Vec<_>>());
    }
    if let Some(reference) = message.reference {
        told["message_reference"] = json!({
            "type": 0, "message_id": id(reference), "channel_id": id(message.channel),
            "guild_id": state.channels[&message.channel].guild.map(id),
        });
        told["referenced_message"] = match state.message(reference) {
            Some(found) => {
                let mut found = self::message(state, found.id);
                if let Some(found) = found.as_object_mut() {
                    found.remove("referenced_message");
                }
                found
            }
            None => Value::Null,
        };
    }
    if let Some(interaction) = message.interaction {
        told["application_id"] = id(state.bot);
        told["interaction_metadata"] = metadata(state, &state.interactions[&interaction]);
    }
    told
}

/// A message as an event tells it, stripped of what the bot may not read unless `may_read`.
pub fn message_event(state: &State, of: Id, may_read: bool) -> Value {
    let mut told = message(state, of);
    hide(state, &mut told, may_read);
    let message = &state.messages[&of];
    if let Some(guild) = state.channels[&message.channel].guild {
        told["guild_id"] = id(guild);
        if state.guilds[&guild].members.contains_key(&message.author) && !message.is_webhook {
            let mut member = member(state, guild, message.author, None);
            if let Some(member) = member.as_object_mut() {
                member.remove("user");
            }
            told["member"] = member;
        }
        for mention in told["mentions"].as_array_mut().into_iter().flatten() {
            let person = mention["id"].as_str().and_then(|person| person.parse().ok()).unwrap_or_default();
            let mut of = member_of(state, guild, person);
            if let Some(of) = of.as_object_mut() {
                of.remove("user");
            }
            mention["member"] = of;
        }
    }
    told
}

fn member_of(state: &State, guild: Id, person: Id) -> Value {
    if state.guilds[&guild].members.contains_key(&person) { member(state, guild, person, None) } else { Value::Null }
}

/// Empties what the bot may not read without the message content intent, here and in the message replied to.
pub fn hide(state: &State, told: &mut Value, may_read: bool) {
    let of = told["id"].as_str().and_then(|of| of.parse().ok()).unwrap_or_default();
    if !may_read && !is_for_bot(state, &state.messages[&of]) {
        told["content"] = json!("");
        for list in ["embeds", "attachments", "components"] {
            told[list] = json!([]);
        }
    }
    if told["referenced_message"].is_object() {
        hide(state, &mut told["referenced_message"], may_read);
    }
}

/// Whether the bot may read the message without the intent: it is its own, in a direct conversation, mentions it, or
/// replies, ping on, to an ordinary message of it.
fn is_for_bot(state: &State, message: &Message) -> bool {
    message.author == state.bot
        || state.channels[&message.channel].kind == kind::DIRECT
        || message.content.contains(&format!("<@{}>", state.bot))
        || message.mentions.contains(&state.bot)
            && message
                .reference
                .and_then(|reference| state.message(reference))
                .is_some_and(|replied| replied.author == state.bot && replied.interaction.is_none())
}

/// When the thing with this id was made.
pub fn created(id: Id) -> Duration {
    Duration::from_millis((id >> 22) + 1_420_070_400_000)
}

fn metadata(state: &State, interaction: &Interaction) -> Value {
    let mut told = json!({
        "id": id(interaction.id), "type": interaction.kind, "user": user(state, interaction.user),
        "authorizing_integration_owners": owners(state, interaction), "interacted_message_id": interaction.message.map(id),
    });
    if let Some(opener) = interaction.opener {
        told["triggering_interaction_metadata"] = metadata(state, &state.interactions[&opener]);
    }
    told
}

/// By whom the bot was let in where the interaction is.
fn owners(state: &State, interaction: &Interaction) -> Value {
    let mut owners = json!({});
    if state.has_bot(interaction.channel) {
        owners["0"] = id(interaction.guild.unwrap_or(0));
    }
    if state.users[&interaction.user].has_app {
        owners["1"] = id(interaction.user);
    }
    owners
}

/// Discord's number for the kind of place: a server, the bot's direct messages, those of others.
pub fn context(state: &State, channel: Id) -> u64 {
    let channel = &state.channels[&channel];
    match channel.kind {
        _ if channel.guild.is_some() => 0,
        kind::GROUP => 2,
        _ => 1,
    }
}

/// The event that tells the bot of an interaction.
pub fn interaction(state: &State, of: Id, data: &Value) -> Value {
    let interaction = &state.interactions[&of];
    let mut told = json!({
        "id": id(of), "application_id": id(state.bot), "type": interaction.kind, "data": data,
        "channel_id": id(interaction.channel), "channel": channel(state, interaction.channel),
        "token": interaction.token, "version": 1, "locale": state.users[&interaction.user].locale,
        "entitlements": [], "attachment_size_limit": 10_485_760,
        "authorizing_integration_owners": owners(state, interaction),
        "context": context(state, interaction.channel),
        "app_permissions": permissions(state.permissions(state.bot, interaction.channel)),
    });
    told["channel"]["permissions"] = permissions(state.permissions(interaction.user, interaction.channel));
    match interaction.guild {
        Some(guild) => {
            told["guild_id"] = id(guild);
            let locale = &state.guilds[&guild].locale;
            told["guild_locale"] = json!(locale);
            told["guild"] = json!({ "id": id(guild), "locale": locale, "features": [] });
            told["member"] = member(state, guild, interaction.user, Some(interaction.channel));
        }
        None => told["user"] = user(state, interaction.user),
    }
    if let Some(on) = interaction.message {
        told["message"] = message(state, on);
    }
    told
}
