//! People, servers, channels and threads, as far as the bot may ask about them.

use serde_json::{Value, json};

use super::super::form::Form;
use super::super::refusal::Refusal;
use super::super::state::{Id, Message, State, What, kind};
use super::super::strict::{Origin, check_message};
use super::super::wire;
use super::{Answer, Request, finish, parse, unknown};

pub fn gateway_bot(state: &State) -> Value {
    let limit = json!({ "total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1 });
    json!({ "url": state.setup.gateway_url, "shards": state.setup.shards, "session_start_limit": limit })
}

pub fn user(state: &mut State, request: &Request, rest: &[&str]) -> Answer {
    match rest {
        ["@me"] => Ok((200, wire::user(state, state.bot))),
        ["@me", "guilds"] => Ok((200, json!(own_guilds(state, request)))),
        ["@me", "channels"] => {
            let person = request.body["recipient_id"].as_str().map_or(0, parse);
            if !state.users.contains_key(&person) {
                return Err(Refusal::field("recipient_id", "NUMBER_TYPE_COERCE", "Value is not a known user."));
            }
            let is_new = !state.channels.values().any(|open| open.guild.is_none() && open.people.contains(&person));
            let channel = state.direct(person);
            if is_new {
                let line = format!("opened a direct conversation with {}, who had not written", state.name(person));
                state.happened(What::OpenedDirect, line);
            }
            Ok((200, wire::channel(state, channel)))
        }
        [person] => match state.users.get(&parse(person)) {
            Some(user) => Ok((200, wire::user(state, user.id))),
            None => Err(Refusal::new(404, 10_013, "Unknown User")),
        },
        _ => Err(unknown(state, request)),
    }
}

/// The servers that the bot is in, by id, a page of them.
fn own_guilds(state: &State, request: &Request) -> Vec<Value> {
    let after = request.query("after").map_or(0, parse);
    let most = request.query("limit").and_then(|limit| limit.parse().ok()).unwrap_or(200);
    let own = state.guilds.values().filter(|guild| guild.members.contains_key(&state.bot) && guild.id > after);
    let told = own.take(most).map(|guild| {
        json!({
            "id": wire::id(guild.id), "name": guild.name, "icon": null, "banner": null, "features": [],
            "owner": guild.owner == state.bot, "permissions": state.general_permissions(state.bot, guild.id).bits().to_string(),
        })
    });
    told.collect()
}

pub fn guild(state: &mut State, guild: Id, rest: &[&str]) -> Answer {
    if !state.guilds.get(&guild).is_some_and(|guild| guild.members.contains_key(&state.bot)) {
        return Err(Refusal::missing_access());
    }
    match rest {
        [] => Ok((200, wire::guild(state, guild))),
        ["channels"] => {
            let own = |id: &Id| state.channels[id].guild == Some(guild) && state.channels[id].kind != kind::THREAD;
            let channels = state.channels.keys().filter(|id| own(id)).map(|id| wire::channel(state, *id));
            Ok((200, json!(channels.collect::<Vec<_>>())))
        }
        ["roles"] => Ok((200, json!(wire::roles(state, guild)))),
        ["members", person] => {
            let person = if *person == "@me" { state.bot } else { parse(person) };
            if !state.guilds[&guild].members.contains_key(&person) {
                return Err(Refusal::new(404, 10_007, "Unknown Member"));
            }
            Ok((200, wire::member(state, guild, person, None)))
        }
        _ => {
            state.mistake(format!("the bot asked for GET /guilds/…/{}, which the fake does not know", rest.join("/")));
            Err(Refusal::new(404, 0, "404: Not Found"))
        }
    }
}

/// Starts a thread at a message, by itself, or as a post of a forum.
pub fn start_thread(state: &mut State, request: &Request, parent: Id, at: Option<Id>) -> Answer {
    let body = &request.body;
    let mut form = Form::default();
    let known =
        ["name", "auto_archive_duration", "type", "invitable", "rate_limit_per_user", "message", "applied_tags"];
    form.knows(body, "", &known);
    form.text(body, "", "name", 1, 100);
    let is_forum = state.channels[&parent].kind == kind::FORUM;
    if is_forum {
        check_message(&mut form, &body["message"], Origin::Channel, "message");
    }
    finish(state, &mut form, request)?;
    if !state.permissions(state.bot, parent).create_public_threads() {
        return Err(Refusal::missing_permissions());
    }
    if at.is_some_and(|at| state.message(at).is_none_or(|message| message.channel != parent)) {
        return Err(Refusal::unknown_message());
    }
    if at.is_some_and(|at| state.channels.contains_key(&at)) {
        return Err(Refusal::new(400, 160_004, "A thread has already been created for this message"));
    }
    let id = at.unwrap_or_else(|| state.id());
    let (guild, bot) = (state.channels[&parent].guild, state.bot);
    let name = body["name"].as_str().unwrap_or_default();
    state.insert_channel(id, guild, name, kind::THREAD, Some(parent), vec![bot]);
    state.announce_channel(id);
    if is_forum {
        let mut message = Message { id, channel: id, author: bot, ..Message::default() };
        super::messages::apply(&mut message, &body["message"], &request.files);
        super::messages::publish(state, message);
    }
    state.happened(What::StartedThread, format!("started the thread “{name}”"));
    Ok((201, wire::channel(state, id)))
}

/// Archives or locks a thread.
pub fn edit_thread(state: &mut State, request: &Request, channel: Id) -> Answer {
    let body = &request.body;
    let may = state.permissions(state.bot, channel).manage_threads();
    let thread = state.channels.get_mut(&channel).expect("looked up before");
    let own = thread.people.first() == Some(&state.bot);
    if thread.kind != kind::THREAD {
        return Err(unknown(state, request));
    }
    if !may && (!own || !body["locked"].is_null()) {
        return Err(Refusal::missing_permissions());
    }
    thread.is_archived = body["archived"].as_bool().unwrap_or(thread.is_archived);
    thread.is_locked = body["locked"].as_bool().unwrap_or(thread.is_locked);
    let (guild, told) = (thread.guild, wire::channel(state, channel));
    state.dispatch("THREAD_UPDATE", guild, &told);
    Ok((200, told))
}
