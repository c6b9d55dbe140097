//! The limits of components: rows, buttons, selects, and the text inputs of a modal.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::super::form::{Form, is_absent, items, join};

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const SELECT: u64 = 3;
const TEXT_INPUT: u64 = 4;
/// Selects of users, roles, both, and channels.
const OTHER_SELECTS: RangeInclusive<u64> = 5..=8;
pub const ROLE_SELECT: u64 = 6;
pub const CHANNEL_SELECT: u64 = 8;

/// The widest row, in buttons, and the most rows of a message.
const FIVE: usize = 5;

/// The longest `custom_id`, in UTF-16 units.
const CUSTOM_ID: usize = 100;

/// Checks the components of a message.
pub fn check(form: &mut Form, body: &Value, path: &str) {
    let rows = form.list(body, path, "components", 0, FIVE);
    let path = join(path, "components");
    let mut seen = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let path = join(&path, index);
        for (index, part) in row_parts(form, row, &path).iter().enumerate() {
            let path = format!("{path}.components.{index}");
            match part["type"].as_u64() {
                Some(BUTTON) => check_button(form, part, &path),
                Some(SELECT) => check_select(form, part, &path),
                Some(kind) if OTHER_SELECTS.contains(&kind) => check_other_select(form, part, kind, &path),
                _ => one_of(form, &path, "2, 3, 5, 6, 7, 8"),
            }
            check_unique(form, part, &path, &mut seen);
        }
        let parts = items(&row["components"]);
        let has_select = parts.iter().any(|part| part["type"] != BUTTON);
        if has_select && parts.len() > 1 {
            let message = "The specified component exceeds the maximum width";
            form.fault(&path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
        }
    }
}

/// Checks the data of a modal.
pub fn check_modal(form: &mut Form, modal: &Value, path: &str) {
    form.knows(modal, path, &["custom_id", "title", "components"]);
    form.text(modal, path, "custom_id", 1, CUSTOM_ID);
    form.text(modal, path, "title", 1, 45);
    let rows = form.list(modal, path, "components", 1, FIVE);
    let mut seen = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let path = format!("{path}.components.{index}");
        let parts = row_parts(form, row, &path);
        if parts.len() > 1 {
            form.fault(&join(&path, "components"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 1 in length.");
        }
        for (index, part) in parts.iter().enumerate() {
            let path = format!("{path}.components.{index}");
            match part["type"].as_u64() {
                Some(TEXT_INPUT) => check_text_input(form, part, &path),
                _ => one_of(form, &path, "4"),
            }
            check_unique(form, part, &path, &mut seen);
        }
    }
}

fn row_parts<'a>(form: &mut Form, row: &'a Value, path: &str) -> &'a [Value] {
    if row["type"].as_u64() != Some(ROW) {
        one_of(form, path, "1");
        return &[];
    }
    form.knows(row, path, &["type", "id", "components"]);
    form.list(row, path, "components", 1, FIVE)
}

fn one_of(form: &mut Form, path: &str, kinds: &str) {
    form.fault(&join(path, "type"), "BASE_TYPE_CHOICES", format!("Value must be one of {{{kinds}}}."));
}

fn check_button(form: &mut Form, button: &Value, path: &str) {
    form.knows(button, path, &["type", "id", "style", "label", "emoji", "custom_id", "url", "disabled"]);
    let label = form.text(button, path, "label", 0, 80).unwrap_or_default();
    if label.is_empty() && is_absent(&button["emoji"]) {
        form.required(&join(path, "label"));
    }
    check_emoji(form, &button["emoji"], path);
    match button["style"].as_u64() {
        Some(1..=4) => {
            form.text(button, path, "custom_id", 1, CUSTOM_ID);
            if !is_absent(&button["url"]) {
                let message = "A custom id and url cannot both be specified";
                form.fault(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE", message);
            }
        }
        Some(5) => {
            form.text(button, path, "url", 1, 512);
            form.address(button, path, "url", 512);
            if !is_absent(&button["custom_id"]) {
                let message = "A custom id and url cannot both be specified";
                form.fault(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE", message);
            }
        }
        _ => form.fault(&join(path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3, 4, 5}."),
    }
}

fn check_emoji(form: &mut Form, emoji: &Value, path: &str) {
    let is_known = emoji["id"].is_string()
        || emoji["name"].as_str().is_some_and(|name| !name.is_empty() && !name.chars().any(char::is_alphabetic));
    if !is_absent(emoji) && !is_known {
        form.fault(&join(path, "emoji.name"), "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
    }
}

/// What every select has, beside what only its `own` kind has; and how many values may be chosen.
fn check_frame(form: &mut Form, select: &Value, own: &[&str], path: &str) -> RangeInclusive<usize> {
    let known = ["type", "id", "custom_id", "placeholder", "min_values", "max_values", "disabled"];
    form.knows(select, path, &[&known, own].concat());
    form.text(select, path, "custom_id", 1, CUSTOM_ID);
    form.text(select, path, "placeholder", 0, 150);
    form.number(select, path, "min_values", 0, 25);
    form.number(select, path, "max_values", 1, 25);
    let counts = counts(select);
    if counts.is_empty() {
        let message = "min_values cannot be larger than max_values";
        form.fault(&join(path, "min_values"), "SELECT_COMPONENT_VALUES_INVALID", message);
    }
    counts
}

/// How many values may be chosen in a select.
pub fn counts(select: &Value) -> RangeInclusive<usize> {
    let count = |key: &str| select[key].as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or(1);
    count("min_values")..=count("max_values")
}

/// A select that Discord itself fills: with users, roles, both or channels.
fn check_other_select(form: &mut Form, select: &Value, kind: u64, path: &str) {
    let own: &[&str] = if kind == CHANNEL_SELECT { &["default_values", "channel_types"] } else { &["default_values"] };
    let counts = check_frame(form, select, own, path);
    for (index, of) in form.list(select, path, "channel_types", 0, 25).iter().enumerate() {
        if !of.as_u64().is_some_and(|of| matches!(of, 0..=5 | 10..=16)) {
            let path = format!("{path}.channel_types.{index}");
            form.fault(&path, "BASE_TYPE_CHOICES", format!("Value {of} is no type of channel."));
        }
    }
    let defaults = form.list(select, path, "default_values", 0, 25);
    if !defaults.is_empty() && !counts.contains(&defaults.len()) {
        let message = "The number of default values must be in the range of min_values and max_values";
        form.fault(&join(path, "default_values"), "SELECT_COMPONENT_DEFAULT_VALUES_INVALID", message);
    }
    let kinds: &[&str] = match kind {
        ROLE_SELECT => &["role"],
        CHANNEL_SELECT => &["channel"],
        5 => &["user"],
        _ => &["user", "role"],
    };
    for (index, default) in defaults.iter().enumerate() {
        let path = format!("{path}.default_values.{index}");
        form.knows(default, &path, &["id", "type"]);
        if default["id"].as_str().is_none_or(|id| id.parse::<u64>().is_err()) {
            form.fault(&join(&path, "id"), "NUMBER_TYPE_COERCE", "Value is not snowflake.");
        }
        if !default["type"].as_str().is_some_and(|of| kinds.contains(&of)) {
            form.fault(&join(&path, "type"), "BASE_TYPE_CHOICES", format!("Value must be one of {kinds:?}."));
        }
    }
}

fn check_select(form: &mut Form, select: &Value, path: &str) {
    check_frame(form, select, &["options"], path);
    let options = form.list(select, path, "options", 1, 25);
    let count = u64::try_from(options.len()).expect("a small number");
    for key in ["min_values", "max_values"] {
        if select[key].as_u64().is_some_and(|wanted| wanted > count) {
            let message = format!("{key} cannot be larger than the number of options");
            form.fault(&join(path, key), "SELECT_COMPONENT_VALUES_INVALID", message);
        }
    }
    let mut values = Vec::new();
    let mut defaults = 0;
    for (index, option) in options.iter().enumerate() {
        let path = format!("{path}.options.{index}");
        form.knows(option, &path, &["label", "value", "description", "emoji", "default"]);
        form.text(option, &path, "label", 1, 100);
        form.text(option, &path, "description", 0, 100);
        check_emoji(form, &option["emoji"], &path);
        let value = form.text(option, &path, "value", 1, 100).unwrap_or_default();
        if values.contains(&value) {
            let message = "The specified option value is already used";
            form.fault(&join(&path, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message);
        }
        values.push(value);
        defaults += u64::from(option["default"] == true);
    }
    if defaults > select["max_values"].as_u64().unwrap_or(1) {
        let message = "More options are selected than max_values allows";
        form.fault(&join(path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", message);
    }
}

fn check_text_input(form: &mut Form, input: &Value, path: &str) {
    let known =
        ["type", "id", "custom_id", "style", "label", "min_length", "max_length", "required", "value", "placeholder"];
    form.knows(input, path, &known);
    form.text(input, path, "custom_id", 1, CUSTOM_ID);
    form.text(input, path, "label", 1, 45);
    form.text(input, path, "placeholder", 0, 100);
    form.text(input, path, "value", 0, 4_000);
    form.number(input, path, "min_length", 0, 4_000);
    let longest = form.number(input, path, "max_length", 1, 4_000);
    if !matches!(input["style"].as_u64(), Some(1 | 2)) {
        form.fault(&join(path, "style"), "BASE_TYPE_CHOICES", "Value must be one of {1, 2}.");
    }
    let value = input["value"].as_str().unwrap_or_default();
    if longest.is_some_and(|longest| usize::try_from(longest).is_ok_and(|max| super::super::form::length(value) > max))
    {
        let message = "The value is longer than max_length allows";
        form.fault(&join(path, "value"), "BASE_TYPE_MAX_LENGTH", message);
    }
}

fn check_unique<'a>(form: &mut Form, part: &'a Value, path: &str, seen: &mut Vec<&'a str>) {
    let Some(id) = part["custom_id"].as_str() else { return };
    if seen.contains(&id) {
        let message = "Component custom id cannot be duplicated";
        form.fault(&join(path, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
    seen.push(id);
}
