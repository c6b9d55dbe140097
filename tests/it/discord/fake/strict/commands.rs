//! What Discord refuses in the definition of a command.

use serde_json::Value;

use super::super::form::{Form, is_absent, items, join, length};

const CHAT: u64 = 1;
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;
const STRING: u64 = 3;
const INTEGER: u64 = 4;
const NUMBER: u64 = 10;

/// The most texts of one command with all its options, in UTF-16 units, the longest translation of each counting.
const COMMAND: usize = 8_000;

/// The most commands of each kind, for everybody or in one server.
const MOST: [(u64, usize); 3] = [(CHAT, 100), (2, 5), (3, 5)];

/// The languages that Discord has.
const LOCALES: &str = "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru \
                       uk hi th zh-CN ja zh-TW ko";

/// Checks a whole set of commands, as it replaces the one before; the faults' paths begin with the index.
pub fn check_commands(form: &mut Form, commands: &[Value]) {
    let mut seen = Vec::new();
    for (index, command) in commands.iter().enumerate() {
        let path = index.to_string();
        check_command(form, command, &path);
        let own = (kind(command), command["name"].as_str().unwrap_or_default());
        if seen.contains(&own) {
            let message = "Application command names must be unique";
            form.fault(&path, "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
        seen.push(own);
    }
    for (kind, most) in MOST {
        if seen.iter().filter(|(of, _)| *of == kind).count() > most {
            let message = format!("Maximum number of application commands reached ({most})");
            form.fault("", "APPLICATION_COMMANDS_TOO_MANY", message);
        }
    }
}

/// Checks one command.
pub fn check_command(form: &mut Form, command: &Value, path: &str) {
    let known = [
        "id",
        "application_id",
        "version",
        "type",
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "options",
        "default_member_permissions",
        "dm_permission",
        "default_permission",
        "integration_types",
        "contexts",
        "nsfw",
    ];
    form.knows(command, path, &known);
    let is_chat = kind(command) == CHAT;
    if is_chat {
        check_named(form, command, path);
        check_options(form, command, path, 0);
    } else {
        form.text(command, path, "name", 1, 32);
        check_locales(form, command, path, "name", 32, false);
        for key in ["description", "options", "description_localizations"] {
            let value = &command[key];
            let says = !is_absent(value) && value != "" && !items(value).is_empty() | value.is_string();
            if says || value.as_object().is_some_and(|object| !object.is_empty()) {
                let message = "Context menu commands cannot have this field";
                form.fault(&join(path, key), "APPLICATION_COMMAND_CONTEXT_MENU_FIELD", message);
            }
        }
    }
    let permissions = &command["default_member_permissions"];
    if !is_absent(permissions) && permissions.as_str().and_then(|text| text.parse::<u64>().ok()).is_none() {
        let message = "Value is not a permission set.";
        form.fault(&join(path, "default_member_permissions"), "BASE_TYPE_CHOICES", message);
    }
    for (key, most) in [("contexts", 2), ("integration_types", 1)] {
        for (index, value) in items(&command[key]).iter().enumerate() {
            if value.as_u64().is_none_or(|value| value > most) {
                let path = format!("{}.{index}", join(path, key));
                form.fault(&path, "BASE_TYPE_CHOICES", format!("Value must be one of 0 to {most}."));
            }
        }
    }
    let size = size(command);
    if size > COMMAND {
        let message = format!("Command exceeds maximum size ({COMMAND}): {size}");
        form.fault(path, "APPLICATION_COMMAND_TOO_LARGE", message);
    }
}

fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(CHAT)
}

/// Checks a name that is typed and its description, with their translations.
fn check_named(form: &mut Form, named: &Value, path: &str) {
    if let Some(name) = form.text(named, path, "name", 1, 32)
        && !is_name(name)
    {
        form.fault(&join(path, "name"), "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
    form.text(named, path, "description", 1, 100);
    check_locales(form, named, path, "name", 32, true);
    check_locales(form, named, path, "description", 100, false);
}

fn check_locales(form: &mut Form, named: &Value, path: &str, key: &str, max: usize, is_typed: bool) {
    let path = join(path, format!("{key}_localizations"));
    let translations = &named[&*format!("{key}_localizations")];
    for (locale, text) in translations.as_object().into_iter().flatten() {
        let own = join(&path, locale);
        if !LOCALES.split_whitespace().any(|known| known == locale) {
            form.fault(&own, "BASE_TYPE_CHOICES", format!("Locale {locale:?} is not one of Discord's."));
        }
        form.text(translations, &path, locale, 1, max);
        if is_typed && text.as_str().is_some_and(|name| !is_name(name)) {
            form.fault(&own, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
    }
}

/// Discord's pattern `^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$`, in lower case where there is one.
fn is_name(name: &str) -> bool {
    let is_allowed = |letter: char| {
        letter.is_alphanumeric()
            || "-_'".contains(letter)
            || ('\u{900}'..='\u{97f}').contains(&letter)
            || ('\u{e00}'..='\u{e7f}').contains(&letter)
    };
    name.chars().all(is_allowed) && name.to_lowercase() == name
}

fn check_options(form: &mut Form, of: &Value, path: &str, depth: usize) {
    let options = form.list(of, path, "options", 0, 25);
    let path = join(path, "options");
    let mut names = Vec::new();
    let mut optional = false;
    let nests = |option: &Value| matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP));
    for (index, option) in options.iter().enumerate() {
        let path = join(&path, index);
        check_named(form, option, &path);
        let name = option["name"].as_str().unwrap_or_default();
        if names.contains(&name) {
            let message = "Option names must be unique";
            form.fault(&join(&path, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", message);
        }
        names.push(name);
        if nests(option) != nests(&options[0]) {
            let message = "Sub-command and sub-command group option types are mutually exclusive to all other types";
            form.fault(&path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
        }
        match option["type"].as_u64() {
            Some(SUBCOMMAND) if depth < 2 => check_options(form, option, &path, 2),
            Some(GROUP) if depth < 1 => check_options(form, option, &path, 1),
            Some(3..=11) if depth != 1 => check_value(form, option, &path),
            _ => form.fault(&join(&path, "type"), "BASE_TYPE_CHOICES", "This option type is not allowed here."),
        }
        if option["required"] == true && optional {
            let message = "Required options must be placed before non-required options";
            form.fault(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
        }
        optional |= option["required"] != true;
    }
}

/// Checks an option that the member gives a value.
fn check_value(form: &mut Form, option: &Value, path: &str) {
    let known = [
        "type",
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "required",
        "choices",
        "channel_types",
        "min_value",
        "max_value",
        "min_length",
        "max_length",
        "autocomplete",
        "options",
    ];
    form.knows(option, path, &known);
    let kind = option["type"].as_u64().unwrap_or_default();
    let takes_choices = [STRING, INTEGER, NUMBER].contains(&kind);
    let choices = form.list(option, path, "choices", 0, 25);
    if option["autocomplete"] == true && (!choices.is_empty() || !takes_choices) {
        let message = "Autocomplete options cannot have choices and must be string, integer or number";
        form.fault(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", message);
    }
    let mut names = Vec::new();
    for (index, choice) in choices.iter().enumerate() {
        let path = format!("{path}.choices.{index}");
        form.text(choice, &path, "name", 1, 100);
        check_locales(form, choice, &path, "name", 100, false);
        if kind == STRING {
            form.text(choice, &path, "value", 1, 100);
        }
        let name = &choice["name"];
        if names.contains(&name) {
            let message = "Choice names must be unique";
            form.fault(&path, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", message);
        }
        names.push(name);
    }
    let least = form.number(option, path, "min_length", 0, 6_000);
    let most = form.number(option, path, "max_length", 1, 6_000);
    if (least.is_some() || most.is_some()) && kind != STRING || least > most && most.is_some() {
        form.fault(path, "APPLICATION_COMMAND_OPTIONS_LENGTH_INVALID", "min_length and max_length do not fit");
    }
}

/// The texts of a command and of all below it, in UTF-16 units.
fn size(named: &Value) -> usize {
    let longest = |key: &str| {
        let translations = named[&*format!("{key}_localizations")].as_object();
        translations
            .into_iter()
            .flat_map(|all| all.values())
            .chain([&named[key]])
            .filter_map(Value::as_str)
            .map(length)
            .max()
            .unwrap_or(0)
    };
    let value = named["value"].as_str().map_or(0, length);
    let below = items(&named["options"]).iter().chain(items(&named["choices"])).map(size).sum::<usize>();
    longest("name") + longest("description") + value + below
}
