//! What Discord refuses in the body of a message: every limit on contents, embeds, components and mentions.

mod commands;
mod components;
mod embeds;

use serde_json::Value;

pub use commands::{check_command, check_commands};
pub use components::{CHANNEL_SELECT, ROLE_SELECT, check_modal, counts};

use super::form::{Form, is_absent, items, join};
use super::refusal::Refusal;

/// The longest content of a message, in UTF-16 units.
const CONTENT: usize = 2_000;

/// Where a message's body comes from: each place knows other fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Channel,
    ChannelEdit,
    Response,
    FollowUp,
    InteractionEdit,
}

impl Origin {
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Channel => &[
                "content",
                "nonce",
                "enforce_nonce",
                "tts",
                "embeds",
                "allowed_mentions",
                "message_reference",
                "components",
                "sticker_ids",
                "attachments",
                "flags",
            ],
            Self::Response | Self::FollowUp => {
                &["content", "tts", "embeds", "allowed_mentions", "flags", "components", "attachments"]
            }
            Self::ChannelEdit | Self::InteractionEdit => {
                &["content", "embeds", "flags", "allowed_mentions", "components", "attachments"]
            }
        }
    }

    fn flags(self) -> u64 {
        match self {
            Self::Channel => 1 << 2 | 1 << 12,
            Self::ChannelEdit | Self::InteractionEdit => 1 << 2,
            Self::Response | Self::FollowUp => 1 << 2 | 1 << 6 | 1 << 12,
        }
    }
}

/// Checks the body of a message, by itself. Whether it is empty can only be told once an edit is applied.
pub fn check_message(form: &mut Form, body: &Value, origin: Origin, path: &str) {
    form.knows(body, path, origin.fields());
    form.text(body, path, "content", 0, CONTENT);
    embeds::check(form, body, path);
    components::check(form, body, path);
    check_mentions(form, &body["allowed_mentions"], &join(path, "allowed_mentions"));
    if let Some(flags) = body["flags"].as_u64()
        && flags & !origin.flags() != 0
    {
        form.fault(&join(path, "flags"), "MESSAGE_FLAGS_INVALID", format!("Flags {flags} cannot be set here."));
    }
    let nonce = &body["nonce"];
    if nonce.as_str().is_some_and(|nonce| nonce.len() > 25) {
        form.fault(&join(path, "nonce"), "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer in length.");
    }
}

fn check_mentions(form: &mut Form, mentions: &Value, path: &str) {
    if is_absent(mentions) {
        return;
    }
    for key in mentions.as_object().into_iter().flat_map(|object| object.keys()) {
        if !["parse", "roles", "users", "replied_user"].contains(&key.as_str()) {
            form.fault(&join(path, key), "UNKNOWN_FIELD", "Unknown field");
        }
    }
    for (index, kind) in items(&mentions["parse"]).iter().enumerate() {
        if !kind.as_str().is_some_and(|kind| ["everyone", "roles", "users"].contains(&kind)) {
            let path = format!("{path}.parse.{index}");
            form.fault(&path, "BASE_TYPE_CHOICES", "Value must be one of ('everyone', 'roles', 'users').");
        }
    }
    for kind in ["users", "roles"] {
        let ids = form.list(mentions, path, kind, 0, 100);
        if !ids.is_empty() && items(&mentions["parse"]).iter().any(|parse| parse == kind) {
            let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            form.fault(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message);
        }
        for (index, id) in ids.iter().enumerate() {
            if id.as_str().and_then(|id| id.parse::<u64>().ok()).or(id.as_u64()).is_none() {
                let path = format!("{path}.{kind}.{index}");
                form.fault(&path, "NUMBER_TYPE_COERCE", format!("Value {id} is not snowflake."));
            }
        }
    }
}

/// 50006, if a message would show nothing: buttons alone are nothing.
pub fn check_not_empty(content: &str, embeds: &[Value], files: usize) -> Result<(), Refusal> {
    if content.trim().is_empty() && embeds.is_empty() && files == 0 {
        return Err(Refusal::mistake(400, 50_006, "Cannot send an empty message"));
    }
    Ok(())
}
