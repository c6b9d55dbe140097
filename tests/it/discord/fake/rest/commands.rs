//! Registered commands, for everybody and for single servers.

use serde_json::{Value, json};

use super::super::form::Form;
use super::super::refusal::Refusal;
use super::super::state::{Command, Id, State};
use super::super::strict::{check_command, check_commands};
use super::super::wire;
use super::{Answer, DONE, Request, finish, parse, unknown};

pub fn route(state: &mut State, request: &Request, application: Id, guild: Option<Id>, rest: &[&str]) -> Answer {
    if application != state.bot {
        return Err(Refusal::mistake(403, 20_012, "You are not authorized to perform this action on this application"));
    }
    if guild.is_some_and(|guild| !state.guilds.contains_key(&guild)) {
        return Err(Refusal::missing_access());
    }
    match (&*request.method, rest) {
        ("GET", []) => {
            let localised = request.asks_for("with_localizations=true");
            let own = state.commands.iter().filter(|command| command.guild == guild);
            Ok((200, json!(own.map(|command| told(state, command, localised)).collect::<Vec<_>>())))
        }
        ("PUT", []) => replace(state, request, guild),
        ("POST", []) => create(state, request, guild),
        ("GET", [command]) => Ok((200, told(state, find(state, parse(command))?, true))),
        ("PATCH", [command]) => change(state, request, parse(command)),
        ("DELETE", [command]) => {
            let id = find(state, parse(command))?.id;
            state.commands.retain(|command| command.id != id);
            Ok(DONE)
        }
        _ => Err(unknown(state, request)),
    }
}

fn find(state: &State, id: Id) -> Result<&Command, Refusal> {
    let found = state.commands.iter().find(|command| command.id == id);
    found.ok_or_else(|| Refusal::new(404, 10_063, "Unknown application command"))
}

fn replace(state: &mut State, request: &Request, guild: Option<Id>) -> Answer {
    let Some(definitions) = request.body.as_array() else {
        return Err(Refusal::mistake(400, 50_035, "Only iterables may be used in a ListType"));
    };
    let mut form = Form::default();
    check_commands(&mut form, definitions);
    finish(state, &mut form, request)?;
    let says_where =
        |definition: &Value| !definition["contexts"].is_null() || !definition["integration_types"].is_null();
    if guild.is_some() && definitions.iter().any(says_where) {
        state.mistake("contexts and integration types are for commands for everybody, not for those of one server");
    }
    let old: Vec<Command> = state.commands.iter().filter(|command| command.guild == guild).cloned().collect();
    state.commands.retain(|command| command.guild != guild);
    for definition in definitions {
        let known = old.iter().find(|known| is_same(&known.definition, definition));
        register(state, guild, definition, known);
    }
    let own = state.commands.iter().filter(|command| command.guild == guild);
    Ok((200, json!(own.map(|command| told(state, command, true)).collect::<Vec<_>>())))
}

fn create(state: &mut State, request: &Request, guild: Option<Id>) -> Answer {
    let mut form = Form::default();
    check_command(&mut form, &request.body, "");
    finish(state, &mut form, request)?;
    let is_old = |command: &Command| command.guild == guild && is_same(&command.definition, &request.body);
    let old = state.commands.iter().position(is_old).map(|index| state.commands.remove(index));
    register(state, guild, &request.body, old.as_ref());
    let command = state.commands.last().expect("just registered");
    Ok((if old.is_some() { 200 } else { 201 }, told(state, command, true)))
}

fn change(state: &mut State, request: &Request, id: Id) -> Answer {
    let old = find(state, id)?.clone();
    let mut definition = old.definition.clone();
    for (key, value) in request.body.as_object().into_iter().flatten() {
        definition[key] = value.clone();
    }
    let mut form = Form::default();
    check_command(&mut form, &definition, "");
    finish(state, &mut form, request)?;
    state.commands.retain(|command| command.id != id);
    register(state, old.guild, &definition, Some(&old));
    let command = state.commands.last().expect("just registered");
    Ok((200, told(state, command, true)))
}

/// Whether both define a command of the same kind and name.
fn is_same(one: &Value, other: &Value) -> bool {
    let kind = |definition: &Value| definition["type"].as_u64().unwrap_or(1);
    one["name"] == other["name"] && kind(one) == kind(other)
}

/// Adds a command; one that was there keeps its id, and its version as well if nothing about it is new.
fn register(state: &mut State, guild: Option<Id>, definition: &Value, old: Option<&Command>) {
    let fresh = state.id();
    let unchanged = old.filter(|old| old.definition == *definition);
    let id = old.map_or(fresh, |old| old.id);
    let version = unchanged.map_or(fresh, |old| old.version);
    state.commands.push(Command { id, version, guild, definition: definition.clone() });
}

/// A command as Discord tells it; translations only where they were asked for.
fn told(state: &State, command: &Command, localised: bool) -> Value {
    let mut told = command.definition.clone();
    fill(&mut told, localised);
    let defaults = [
        ("type", json!(1)),
        ("description", json!("")),
        ("default_member_permissions", Value::Null),
        ("nsfw", json!(false)),
        ("contexts", Value::Null),
        ("integration_types", json!([0])),
    ];
    for (key, value) in defaults {
        if told[key].is_null() {
            told[key] = value;
        }
    }
    told["id"] = wire::id(command.id);
    told["application_id"] = wire::id(state.bot);
    told["version"] = wire::id(command.version);
    if let Some(guild) = command.guild {
        told["guild_id"] = wire::id(guild);
    } else if told["dm_permission"].is_null() {
        told["dm_permission"] = json!(true);
    }
    told
}

/// Leaves out what Discord leaves out when it tells a command or an option: false flags, and translations.
fn fill(of: &mut Value, localised: bool) {
    for key in ["name_localizations", "description_localizations"] {
        if !localised && let Some(object) = of.as_object_mut() {
            object.remove(key);
        } else if of[key].as_object().is_none_or(serde_json::Map::is_empty) {
            of[key] = Value::Null;
        }
    }
    for key in ["required", "autocomplete"] {
        if of[key] == false
            && let Some(object) = of.as_object_mut()
        {
            object.remove(key);
        }
    }
    for list in ["options", "choices"] {
        for below in of[list].as_array_mut().into_iter().flatten() {
            fill(below, localised);
        }
        if of[list].as_array().is_none_or(Vec::is_empty)
            && let Some(object) = of.as_object_mut()
        {
            object.remove(list);
        }
    }
}
