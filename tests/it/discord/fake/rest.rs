//! The REST interface: one table of all routes that this Discord knows, and their answers.

mod commands;
mod interactions;
mod messages;
mod places;
mod server;

use serde_json::{Value, json};

pub use messages::{mentioned, remove, remove_all};
pub use server::listen;
#[cfg(target_os = "linux")]
pub use server::serve;

use super::form::Form;
use super::refusal::Refusal;
use super::state::{Id, State};

/// A request as far as it matters here.
pub struct Request {
    pub method: String,
    /// The path below `/api/v10`.
    pub path: String,
    pub query: String,
    pub authorization: String,
    pub body: Value,
    /// Names of the files sent along.
    pub files: Vec<String>,
}

impl Request {
    fn asks_for(&self, pair: &str) -> bool {
        self.query.split('&').any(|own| own == pair)
    }

    fn query(&self, key: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
    }
}

/// Status and body.
pub type Answer = Result<(u16, Value), Refusal>;

/// Success without a body.
const DONE: (u16, Value) = (204, Value::Null);

/// Reads an id from a path; what is none names nothing.
fn parse(text: &str) -> Id {
    text.parse().unwrap_or_default()
}

/// Ends the checks of a body: refuses it, or notes the fields that the fake does not know.
fn finish(state: &mut State, form: &mut Form, request: &Request) -> Result<(), Refusal> {
    form.finish()?;
    for field in std::mem::take(&mut form.unknown) {
        let Request { method, path, .. } = request;
        let path = shorten(path);
        state.mistake(format!("{method} {path}: the fake Discord does not know the field `{field}`"));
    }
    Ok(())
}

/// The path without what differs from run to run, for messages.
fn shorten(path: &str) -> String {
    let short = |step: &str| match step {
        step if !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) => "…".to_owned(),
        step if step.len() > 40 => "…".to_owned(),
        step => step.to_owned(),
    };
    path.split('/').map(short).collect::<Vec<_>>().join("/")
}

/// Answers a request.
pub fn answer(state: &mut State, request: &Request) -> Answer {
    let steps: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let needs_token = !matches!(steps[..], ["interactions" | "webhooks", _, _, ..]);
    if needs_token && request.authorization != format!("Bot {}", state.setup.token) {
        return Err(Refusal::new(401, 0, "401: Unauthorized"));
    }
    match (&*request.method, &steps[..]) {
        ("GET", ["gateway"]) => Ok((200, json!({ "url": state.setup.gateway_url }))),
        ("GET", ["gateway", "bot"]) => Ok((200, places::gateway_bot(state))),
        ("GET", ["users", ..]) | ("POST", ["users", "@me", "channels"]) => places::user(state, request, &steps[1..]),
        ("GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]) => {
            Ok((200, super::wire::application(state)))
        }
        ("GET", ["guilds", guild, rest @ ..]) => places::guild(state, parse(guild), rest),
        (_, ["applications", application, "commands", rest @ ..]) => {
            commands::route(state, request, parse(application), None, rest)
        }
        (_, ["applications", application, "guilds", guild, "commands", rest @ ..]) => {
            commands::route(state, request, parse(application), Some(parse(guild)), rest)
        }
        ("POST", ["interactions", interaction, token, "callback"]) => {
            interactions::callback(state, request, parse(interaction), token)
        }
        (_, ["webhooks", application, token, rest @ ..]) if parse(application) == state.bot => {
            interactions::webhook(state, request, token, rest)
        }
        (_, ["channels", channel, rest @ ..]) => channel_route(state, request, parse(channel), rest),
        _ => Err(unknown(state, request)),
    }
}

fn channel_route(state: &mut State, request: &Request, channel: Id, rest: &[&str]) -> Answer {
    if !state.channels.contains_key(&channel) {
        return Err(Refusal::unknown_channel());
    }
    if !state.permissions(state.bot, channel).view_channel() {
        return Err(Refusal::missing_access());
    }
    match (&*request.method, rest) {
        ("GET", []) => Ok((200, super::wire::channel(state, channel))),
        ("PATCH", []) => places::edit_thread(state, request, channel),
        ("POST", ["messages"]) => messages::post(state, request, channel),
        ("GET", ["messages"]) => messages::list(state, request, channel),
        ("GET", ["messages", message]) => messages::show(state, channel, parse(message)),
        ("PATCH", ["messages", message]) => messages::edit(state, request, channel, parse(message)),
        ("DELETE", ["messages", message]) => messages::delete(state, channel, parse(message)),
        ("PUT", ["messages", message, "reactions", emoji, "@me"]) => {
            messages::react(state, channel, parse(message), emoji)
        }
        ("DELETE", ["messages", message, "reactions", emoji, "@me"]) => {
            messages::unreact(state, channel, parse(message), emoji)
        }
        ("POST", ["messages", message, "threads"]) => {
            places::start_thread(state, request, channel, Some(parse(message)))
        }
        ("POST", ["threads"]) => places::start_thread(state, request, channel, None),
        ("PUT", ["thread-members", "@me"]) => Ok(DONE),
        ("POST", ["typing"]) => {
            messages::may_send(state, channel)?;
            Ok(DONE)
        }
        _ => Err(unknown(state, request)),
    }
}

/// A route that does not exist here: either the bot invented it, or the fake has to learn it.
fn unknown(state: &mut State, request: &Request) -> Refusal {
    let Request { method, path, .. } = request;
    state.mistake(format!("the bot asked for {method} {}, which the fake Discord does not know", shorten(path)));
    Refusal::new(404, 0, "404: Not Found")
}
