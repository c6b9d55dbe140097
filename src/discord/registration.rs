//! Registration: makes Discord's list of commands what the bot defines, and writes only where they differ.

use serde_json::{Map, Value, json};
use serenity::builder::CreateCommand;
use serenity::http::{HttpError, LightMethod, Request, Route};
use serenity::model::application::{InstallationContext, InteractionContext};
use serenity::model::id::GuildId;

use super::commands::Options;
use super::send::{Failed, Rest};

/// Whether a key's value says no more than leaving the key out.
type IsFilling = fn(&Value) -> bool;

/// What a definition may say; whatever else is listed, the server has added.
const DEFINED: [&str; 19] = [
    "autocomplete",
    "channel_types",
    "choices",
    "contexts",
    "default_member_permissions",
    "description",
    "description_localizations",
    "integration_types",
    "max_length",
    "max_value",
    "min_length",
    "min_value",
    "name",
    "name_localizations",
    "nsfw",
    "options",
    "required",
    "type",
    "value",
];

/// What Discord fills in where a definition says nothing.
const FILLED_IN: [(&str, IsFilling); 8] = [
    ("type", |value| *value == json!(1)),
    // Commands in menus have none.
    ("description", |value| *value == json!("")),
    ("nsfw", |value| *value == json!(false)),
    ("contexts", Value::is_null),
    ("integration_types", |value| *value == json!([0])),
    ("required", |value| *value == json!(false)),
    ("autocomplete", |value| *value == json!(false)),
    ("default_member_permissions", Value::is_null),
];

/// What Discord lists, held against what the bot defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Registered {
    /// Just what the bot defines; how many commands that are.
    AsTheyShould(usize),
    /// Nothing at all.
    Missing,
    /// Something else.
    Otherwise,
}

/// How the commands of `options` are registered, in one server if `guild` names it, else everywhere.
///
/// # Errors
/// When Discord does not show them.
pub(super) async fn registered(rest: &Rest, guild: Option<GuildId>, options: &Options) -> Result<Registered, Failed> {
    let list = Request::new(route(rest, guild)?, LightMethod::Get);
    let list = list.params(Some(vec![("with_localizations", true.to_string())]));
    // Read no further than it is compared: servers leave out what a client could do without.
    let there: Vec<Value> = rest.fetch_once(&list).await?;
    Ok(if there.is_empty() {
        Registered::Missing
    } else if comparable(&wanted_in_json(options, guild)) == comparable(&Value::Array(there.clone())) {
        Registered::AsTheyShould(there.len())
    } else {
        Registered::Otherwise
    })
}

/// Registers the commands of `options`, in one server if `guild` names it, else everywhere, unless they are there as
/// they should be, or where Discord never shows what is. Returns whether anything was written.
///
/// # Errors
/// When Discord does not take them, or does not show them for the moment.
pub(super) async fn register(rest: &Rest, guild: Option<GuildId>, options: &Options) -> Result<bool, Failed> {
    match registered(rest, guild, options).await {
        Ok(Registered::AsTheyShould(_)) => return Ok(false),
        Err(failed) if failed.fault.is_passing() => return Err(failed),
        Ok(_) | Err(_) => {}
    }
    let wanted = wanted_in_json(options, guild).to_string().into_bytes();
    // What is answered does not matter.
    rest.once(&Request::new(route(rest, guild)?, LightMethod::Put).body(Some(wanted))).await?;
    Ok(true)
}

/// Where the commands are, in one server if `guild` names it, else everywhere.
fn route(rest: &Rest, guild: Option<GuildId>) -> Result<Route<'static>, Failed> {
    let missing = || Failed::of(&HttpError::ApplicationIdMissing.into());
    let application_id = rest.application_id().ok_or_else(missing)?;
    Ok(match guild {
        Some(guild_id) => Route::GuildCommands { application_id, guild_id },
        None => Route::Commands { application_id },
    })
}

fn wanted_in_json(options: &Options, guild: Option<GuildId>) -> Value {
    // They have no keys that JSON does not know.
    serde_json::to_value(wanted(options, guild)).unwrap_or_default()
}

/// The commands as they are to be registered, in one server or, with all places that they can be used in, everywhere.
fn wanted(options: &Options, guild: Option<GuildId>) -> Vec<CreateCommand> {
    // Poise does not translate the names of commands in menus.
    let menus = options.commands.iter().filter_map(|command| {
        let built = command.create_as_context_menu_command()?;
        Some(
            command
                .name_localizations
                .iter()
                .fold(built, |built, (locale, name)| built.name_localized(locale.as_ref(), name.as_ref())),
        )
    });
    let slash = options.commands.iter().filter_map(|command| {
        Some((command.create_as_slash_command()?, !command.default_member_permissions.is_empty()))
    });
    let commands = slash.chain(menus.map(|menu| (menu, false)));
    let everywhere = |command: CreateCommand, is_for_servers: bool| {
        if is_for_servers {
            let context = vec![InteractionContext::Guild];
            return command.integration_types(vec![InstallationContext::Guild]).contexts(context);
        }
        command.integration_types(vec![InstallationContext::Guild, InstallationContext::User]).contexts(vec![
            InteractionContext::Guild,
            InteractionContext::BotDm,
            InteractionContext::PrivateChannel,
        ])
    };
    let wanted = commands.map(|(command, is_for_servers)| match guild {
        None => everywhere(command, is_for_servers),
        Some(_) => command,
    });
    wanted.collect()
}

/// Commands, ordered by name, without what Discord fills in.
fn comparable(commands: &Value) -> Vec<Value> {
    let mut commands: Vec<Value> = commands.as_array().into_iter().flatten().map(without_fillings).collect();
    commands.sort_by_key(|command| command["name"].to_string());
    commands
}

fn without_fillings(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let is_filling =
                |key: &str, value: &Value| FILLED_IN.iter().any(|(name, fills)| *name == key && fills(value));
            let is_empty = |value: &Value| match value {
                Value::Null => true,
                Value::Array(items) => items.is_empty(),
                Value::Object(items) => items.is_empty(),
                _ => false,
            };
            let is_kept =
                |key: &str, value: &Value| DEFINED.contains(&key) && !is_filling(key, value) && !is_empty(value);
            let inner = |key: &str, value: &Value| {
                // Their keys are languages.
                if key.ends_with("_localizations") { value.clone() } else { without_fillings(value) }
            };
            let kept = object.iter().filter(|(key, value)| is_kept(key, value));
            Value::Object(kept.map(|(key, value)| (key.clone(), inner(key, value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_fillings).collect()),
        value => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `wanted` as Discord gives it back.
    fn registered(wanted: &Value) -> Value {
        let mut there = wanted.clone();
        for command in there.as_array_mut().unwrap() {
            let fillings = json!({"id": "1", "application_id": "2", "version": "3", "nsfw": false,
                "default_member_permissions": null, "guild_id": "4"});
            // What contexts were before; the bot does not say it.
            let is_direct = command["contexts"].as_array().is_none_or(|contexts| contexts.contains(&json!(1)));
            command["dm_permission"] = json!(is_direct);
            for (key, value) in fillings.as_object().unwrap() {
                command.as_object_mut().unwrap().entry(key).or_insert(value.clone());
            }
            if command["type"].is_null() {
                command["type"] = json!(1);
            } else {
                command["description"] = json!("");
            }
        }
        there
    }

    #[test]
    fn tells_a_change_from_what_discord_fills_in() {
        let options = super::super::commands::options();
        let wanted = wanted_in_json(&options, None);
        let mut there = registered(&wanted);
        there.as_array_mut().unwrap().reverse();
        assert_eq!(comparable(&wanted), comparable(&there));
        there[0]["description"] = json!("Something else");
        assert_ne!(comparable(&wanted), comparable(&there));
        let mut there = registered(&wanted);
        there[0]["name_localizations"] = json!({"de": "frage"});
        assert_ne!(comparable(&wanted), comparable(&there));
    }

    #[test]
    fn defines_what_members_can_call() {
        let options = super::super::commands::options();
        let wanted = comparable(&wanted_in_json(&options, None));
        insta::assert_snapshot!(serde_json::to_string_pretty(&wanted).unwrap());
    }
}
