//! Messages in channels: posting, editing, deleting, reacting.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::form::{Form, is_absent, items};
use super::super::refusal::Refusal;
use super::super::state::{EPHEMERAL, Id, Message, State, What, kind};
use super::super::strict::{Origin, check_message, check_not_empty};
use super::super::{render, wire};
use super::{Answer, DONE, Request, finish, parse};

/// The kind of a message that replies.
const REPLY: u8 = 19;

/// For how long Discord knows the nonces of messages: "a few minutes".
const NONCE_MEMORY: Duration = Duration::from_mins(5);

/// The kinds of messages that can be replied to: ordinary ones, replies, and answers to commands.
const REPLIABLE: [u8; 4] = [0, REPLY, 20, 23];

/// Refuses what the bot may not send to a channel at all.
pub fn may_send(state: &State, channel: Id) -> Result<(), Refusal> {
    let permissions = state.permissions(state.bot, channel);
    let place = &state.channels[&channel];
    let may = match place.kind {
        kind::FORUM => return Err(Refusal::new(400, 50_024, "Cannot execute action on this channel type")),
        kind::THREAD => permissions.send_messages_in_threads(),
        _ => permissions.send_messages(),
    };
    if !may {
        return Err(Refusal::missing_permissions());
    }
    if place.people.iter().any(|person| state.users[person].refuses_direct) && place.kind == kind::DIRECT {
        return Err(Refusal::new(403, 50_007, "Cannot send messages to this user"));
    }
    if place.is_archived && place.is_locked && !permissions.manage_threads() {
        return Err(Refusal::new(400, 50_083, "Thread is archived"));
    }
    Ok(())
}

/// Refuses embeds and files where the bot may not send them, and words that the server blocks.
fn may_show(state: &State, channel: Id, body: &Value, files: usize) -> Result<(), Refusal> {
    let permissions = state.permissions(state.bot, channel);
    if !items(&body["embeds"]).is_empty() && !permissions.embed_links() || files > 0 && !permissions.attach_files() {
        return Err(Refusal::missing_permissions());
    }
    let text = body.to_string().to_lowercase();
    if state.place_of(channel).blocked_words.iter().any(|word| text.contains(&word.to_lowercase())) {
        return Err(Refusal::new(400, 200_000, "Message was blocked by automatic moderation"));
    }
    Ok(())
}

/// Puts what `body` says into a message, as a post or an edit does.
pub fn apply(message: &mut Message, body: &Value, files: &[String]) {
    if !body["content"].is_null() {
        body["content"].as_str().unwrap_or_default().trim().clone_into(&mut message.content);
    }
    if !body["embeds"].is_null() {
        message.embeds = items(&body["embeds"]).iter().map(as_shown).collect();
    }
    if !body["components"].is_null() {
        message.components = items(&body["components"]).to_vec();
    }
    if let Some(flags) = body["flags"].as_u64() {
        message.flags = message.flags & EPHEMERAL | flags;
    }
    for (index, name) in files.iter().enumerate() {
        message.attachments.push(json!({
            "id": (index + 1).to_string(), "filename": name, "size": 1, "url": format!("https://cdn.discordapp.com/{name}"),
            "proxy_url": format!("https://media.discordapp.net/{name}"),
        }));
    }
}

/// An embed as Discord keeps it: texts without white space around them, and every field's place spelt out.
fn as_shown(embed: &Value) -> Value {
    fn trim(value: &mut Value) {
        match value {
            Value::String(text) => *text = text.trim().to_owned(),
            Value::Array(list) => list.iter_mut().for_each(trim),
            Value::Object(object) => object.values_mut().for_each(trim),
            _ => {}
        }
    }
    let mut embed = embed.clone();
    trim(&mut embed);
    embed["type"] = json!("rich");
    for field in embed.get_mut("fields").and_then(Value::as_array_mut).into_iter().flatten() {
        field["inline"] = json!(field["inline"] == true);
    }
    embed
}

/// The people whom a text mentions, in order, each once.
pub fn mentioned(state: &State, text: &str) -> Vec<Id> {
    let mut found = Vec::new();
    for rest in text.split("<@").skip(1) {
        let person = rest.trim_start_matches('!').split('>').next().map_or(0, parse);
        if state.users.contains_key(&person) && !found.contains(&person) {
            found.push(person);
        }
    }
    found
}

/// Sets who is mentioned by a message of the bot, and who is told of it.
pub fn set_mentions(state: &State, message: &mut Message, allowed: &Value) {
    let all = is_absent(allowed);
    let parses = |kind: &str| all || items(&allowed["parse"]).iter().any(|parse| parse == kind);
    let lists = |person: Id| items(&allowed["users"]).iter().any(|id| *id == wire::id(person));
    message.mentions = mentioned(state, &message.content);
    let told = message.mentions.iter().filter(|person| parses("users") || lists(**person));
    let mut pings: Vec<String> = told.map(|person| state.name(*person).to_owned()).collect();
    let says_everyone = ["@everyone", "@here"].iter().any(|word| message.content.contains(word));
    let may = state.permissions(state.bot, message.channel).mention_everyone();
    message.mentions_everyone = says_everyone && may && parses("everyone");
    if message.mentions_everyone {
        pings.push("everyone".into());
    }
    let replied = message.reference.and_then(|reference| state.message(reference)).map(|replied| replied.author);
    let tells_replied = allowed["replied_user"].as_bool().unwrap_or(all);
    if let Some(replied) = replied.filter(|_| tells_replied) {
        if !message.mentions.contains(&replied) {
            message.mentions.push(replied);
        }
        pings.push(state.name(replied).to_owned());
    }
    pings.retain(|name| *name != state.setup.bot_name);
    pings.dedup();
    message.pings = if message.only_for.is_some() { Vec::new() } else { pings };
}

/// Adds a message that is complete and tells the gateway of it.
pub fn publish(state: &mut State, message: Message) {
    let id = message.id;
    let is_public = message.only_for.is_none();
    let channel = state.channels.get_mut(&message.channel).expect("the message's channel");
    channel.is_archived = false;
    state.messages.insert(id, message);
    if is_public {
        state.dispatch_message("MESSAGE_CREATE", id);
    }
    if state.setup.is_brief {
        state.messages.remove(&id);
    }
}

pub fn post(state: &mut State, request: &Request, channel: Id) -> Answer {
    let body = &request.body;
    let mut form = Form::default();
    check_message(&mut form, body, Origin::Channel, "");
    finish(state, &mut form, request)?;
    check_not_empty(
        body["content"].as_str().unwrap_or_default(),
        items(&body["embeds"]),
        request.files.len() + items(&body["sticker_ids"]).len(),
    )?;
    may_send(state, channel)?;
    may_show(state, channel, body, request.files.len())?;
    let reference = reference(state, channel, &body["message_reference"])?;
    let nonce = Some(body["nonce"].clone()).filter(|nonce| !nonce.is_null());
    if body["enforce_nonce"] == true && nonce.is_some() {
        let oldest = state.now().saturating_sub(NONCE_MEMORY);
        let own = |message: &&Message| {
            message.author == state.bot && message.nonce == nonce && wire::created(message.id) >= oldest
        };
        if let Some(known) = state.messages.values().find(own) {
            return Ok((200, wire::message(state, known.id)));
        }
    }
    let id = state.id();
    let kind = if reference.is_some() { REPLY } else { 0 };
    let mut message = Message { id, channel, author: state.bot, kind, reference, nonce, ..Message::default() };
    apply(&mut message, body, &request.files);
    set_mentions(state, &mut message, &body["allowed_mentions"]);
    publish(state, message);
    let line = format!("posted in #{}:\n{}", state.channels[&channel].name, render::message(state, id, None));
    state.happened(What::Posted { message: id, interaction: None }, line);
    Ok((200, wire::message(state, id)))
}

/// The message that a new one replies to.
fn reference(state: &mut State, channel: Id, reference: &Value) -> Result<Option<Id>, Refusal> {
    if is_absent(reference) {
        return Ok(None);
    }
    if reference["type"].as_u64().unwrap_or(0) != 0 {
        state.mistake("the bot forwarded a message, which the fake Discord does not know");
    }
    let refuse = |code: &str, message: &str| Err(Refusal::field("message_reference", code, message));
    let id = reference["message_id"].as_str().map_or(0, parse);
    let channel_given = reference["channel_id"].as_str().map_or(channel, parse);
    if !state.permissions(state.bot, channel).read_message_history() {
        return Err(Refusal::new(400, 160_002, "Cannot reply without permission to read message history"));
    }
    match state.message(id).filter(|message| message.only_for.is_none()) {
        Some(message) if message.channel != channel || channel_given != channel => {
            let message = "Cannot reply to a message in a different channel";
            refuse("REPLIES_CANNOT_REFERENCE_OTHER_CHANNEL", message)
        }
        Some(message) if !REPLIABLE.contains(&message.kind) => {
            refuse("REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message")
        }
        Some(message) => Ok(Some(message.id)),
        None if reference["fail_if_not_exists"] == false => Ok(None),
        // Anybody may have deleted it a moment ago: no mistake of the bot.
        None => {
            let unknown = Refusal::field("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
            Err(Refusal { is_mistake: false, ..unknown })
        }
    }
}

/// A message that the bot can see in a channel.
fn find(state: &State, channel: Id, message: Id) -> Result<&Message, Refusal> {
    let found = state.message(message).filter(|found| found.channel == channel && found.only_for.is_none());
    found.ok_or_else(Refusal::unknown_message)
}

pub fn show(state: &mut State, channel: Id, message: Id) -> Answer {
    if !state.permissions(state.bot, channel).read_message_history() {
        return Err(Refusal::missing_permissions());
    }
    find(state, channel, message)?;
    let mut told = wire::message(state, message);
    wire::hide(state, &mut told, state.setup.grants_content);
    Ok((200, told))
}

pub fn list(state: &mut State, request: &Request, channel: Id) -> Answer {
    let bound = |key| request.query(key).map(parse);
    let (before, after) = (bound("before"), bound("after"));
    if before.is_some() && after.is_some() || request.query("around").is_some() {
        state.mistake("the fake Discord lists messages only before another, or only after it");
    }
    let limit = request.query("limit").and_then(|limit| limit.parse().ok()).unwrap_or(50);
    if !(1..=100).contains(&limit) {
        let message = "int value should be between 1 and 100.";
        return Err(Refusal::field("limit", "NUMBER_TYPE_MAX", message));
    }
    if !state.permissions(state.bot, channel).read_message_history() {
        return Ok((200, json!([])));
    }
    let own = |message: &&Message| {
        message.channel == channel
            && message.only_for.is_none()
            && before.is_none_or(|before| message.id < before)
            && after.is_none_or(|after| message.id > after)
    };
    let ids = state.messages.values().filter(|message| !message.is_deleted).filter(own).map(|message| message.id);
    // The nearest to the bound, and the latest first in any case.
    let mut ids: Vec<Id> = if after.is_some() { ids.take(limit).collect() } else { ids.rev().take(limit).collect() };
    ids.sort_unstable_by(|one, other| other.cmp(one));
    let told = ids.into_iter().map(|id| {
        let mut told = wire::message(state, id);
        wire::hide(state, &mut told, state.setup.grants_content);
        told
    });
    Ok((200, json!(told.collect::<Vec<_>>())))
}

pub fn edit(state: &mut State, request: &Request, channel: Id, message: Id) -> Answer {
    let mut form = Form::default();
    check_message(&mut form, &request.body, Origin::ChannelEdit, "");
    finish(state, &mut form, request)?;
    if find(state, channel, message)?.author != state.bot {
        return Err(Refusal::mistake(403, 50_005, "Cannot edit a message authored by another user"));
    }
    if state.channels[&channel].is_archived {
        return Err(Refusal::new(400, 50_083, "Thread is archived"));
    }
    may_show(state, channel, &request.body, request.files.len())?;
    change(state, request, message)?;
    let line = format!("edited in #{}:\n{}", state.channels[&channel].name, render::message(state, message, None));
    state.happened(What::Edited { message, interaction: None }, line);
    Ok((200, wire::message(state, message)))
}

/// Applies an edit and tells the gateway of it.
pub fn change(state: &mut State, request: &Request, id: Id) -> Result<(), Refusal> {
    let mut message = state.messages[&id].clone();
    apply(&mut message, &request.body, &request.files);
    check_not_empty(&message.content, &message.embeds, message.attachments.len())?;
    message.edited = Some(state.now());
    set_mentions(state, &mut message, &request.body["allowed_mentions"]);
    // An edit tells nobody anything new.
    message.pings.clone_from(&state.messages[&id].pings);
    let is_public = message.only_for.is_none();
    state.messages.insert(id, message);
    if is_public {
        state.dispatch_message("MESSAGE_UPDATE", id);
    }
    Ok(())
}

pub fn delete(state: &mut State, channel: Id, message: Id) -> Answer {
    let author = find(state, channel, message)?.author;
    if author != state.bot {
        if state.channels[&channel].guild.is_none() {
            return Err(Refusal::mistake(403, 50_003, "Cannot execute action on a DM channel"));
        }
        if !state.permissions(state.bot, channel).manage_messages() {
            return Err(Refusal::missing_permissions());
        }
    }
    let line = format!("deleted:\n{}", render::message(state, message, None));
    remove(state, message);
    state.happened(What::Deleted { message, interaction: None }, line);
    Ok(DONE)
}

/// Deletes messages of one channel at once and tells the gateway of it, as one event.
pub fn remove_all(state: &mut State, channel: Id, ids: &[Id]) {
    for id in ids {
        state.messages.get_mut(id).expect("a message that is there").is_deleted = true;
    }
    let guild = state.channels[&channel].guild.expect("a channel of a server");
    let told: Vec<Value> = ids.iter().map(|id| wire::id(*id)).collect();
    let data = json!({ "ids": told, "channel_id": wire::id(channel), "guild_id": wire::id(guild) });
    state.dispatch("MESSAGE_DELETE_BULK", Some(guild), &data);
}

/// Deletes a message and tells the gateway of it.
pub fn remove(state: &mut State, id: Id) {
    let message = state.messages.get_mut(&id).expect("a message that is there");
    message.is_deleted = true;
    let (channel, is_public) = (message.channel, message.only_for.is_none());
    if is_public {
        let guild = state.channels[&channel].guild;
        let mut data = json!({ "id": wire::id(id), "channel_id": wire::id(channel) });
        if let Some(guild) = guild {
            data["guild_id"] = wire::id(guild);
        }
        state.dispatch("MESSAGE_DELETE", guild, &data);
    }
}

pub fn react(state: &mut State, channel: Id, message: Id, emoji: &str) -> Answer {
    let emoji = decode(emoji);
    find(state, channel, message)?;
    let permissions = state.permissions(state.bot, channel);
    if !permissions.read_message_history() || !permissions.add_reactions() {
        return Err(Refusal::missing_permissions());
    }
    if state.channels[&channel].is_archived {
        return Err(Refusal::new(400, 50_083, "Thread is archived"));
    }
    if emoji.chars().any(|letter| letter.is_alphabetic() && letter.is_ascii()) && !emoji.contains(':') {
        return Err(Refusal::mistake(400, 10_014, "Unknown Emoji"));
    }
    add_reaction(state, state.bot, message, &emoji);
    let line = format!("reacted with {emoji} to:\n{}", render::message(state, message, None));
    state.happened(What::Reacted { message, emoji }, line);
    Ok(DONE)
}

/// Adds a reaction and tells the gateway of it.
pub fn add_reaction(state: &mut State, person: Id, message: Id, emoji: &str) {
    let reactions = &mut state.messages.get_mut(&message).expect("a message that is there").reactions;
    match reactions.iter_mut().find(|(known, _)| known == emoji) {
        Some((_, people)) if people.contains(&person) => return,
        Some((_, people)) => people.push(person),
        None => reactions.push((emoji.to_owned(), vec![person])),
    }
    tell_reaction(state, "MESSAGE_REACTION_ADD", person, message, emoji);
}

pub fn unreact(state: &mut State, channel: Id, message: Id, emoji: &str) -> Answer {
    let emoji = decode(emoji);
    find(state, channel, message)?;
    let bot = state.bot;
    let reactions = &mut state.messages.get_mut(&message).expect("a message that is there").reactions;
    for (_, people) in reactions.iter_mut().filter(|(known, _)| *known == emoji) {
        people.retain(|person| *person != bot);
    }
    reactions.retain(|(_, people)| !people.is_empty());
    tell_reaction(state, "MESSAGE_REACTION_REMOVE", bot, message, &emoji);
    let line = format!("took its {emoji} back from:\n{}", render::message(state, message, None));
    state.happened(What::Unreacted, line);
    Ok(DONE)
}

fn tell_reaction(state: &mut State, event: &str, person: Id, message: Id, emoji: &str) {
    let channel = state.messages[&message].channel;
    let guild = state.channels[&channel].guild;
    let mut data = json!({
        "user_id": wire::id(person), "channel_id": wire::id(channel), "message_id": wire::id(message),
        "emoji": { "id": null, "name": emoji }, "burst": false, "type": 0,
    });
    if let Some(guild) = guild {
        data["guild_id"] = wire::id(guild);
        data["member"] = wire::member(state, guild, person, None);
    }
    state.dispatch(event, guild, &data);
}

/// Undoes percent encoding.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let hex = if byte == b'%' { rest.clone().take(2).map(char::from).collect() } else { String::new() };
        match u8::from_str_radix(&hex, 16) {
            Ok(decoded) if hex.len() == 2 => {
                bytes.push(decoded);
                rest.nth(1);
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
