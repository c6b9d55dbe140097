//! Answers to interactions: the first one within three seconds, then fifteen minutes of edits and more messages.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::form::{Form, items};
use super::super::refusal::Refusal;
use super::super::state::{Answer as First, EPHEMERAL, Id, Message, State, What};
use super::super::strict::{Origin, check_message, check_modal, check_not_empty};
use super::super::{render, wire};
use super::messages::{apply, change, publish, remove, set_mentions};
use super::{Answer, DONE, Request, finish, parse};

/// How long an interaction waits for its first response.
const FIRST: Duration = Duration::from_secs(3);

/// How long its token lives.
const TOKEN: Duration = Duration::from_mins(15);

/// The flag of a response that is still to be written.
const LOADING: u64 = 1 << 7;

/// Kinds of interactions.
const COMPONENT: u8 = 3;
const AUTOCOMPLETE: u8 = 4;
const MODAL: u8 = 5;

pub fn callback(state: &mut State, request: &Request, id: Id, token: &str) -> Answer {
    let body = &request.body;
    let now = state.now();
    let unknown = || Refusal::mistake(404, 10_062, "Unknown interaction");
    let interaction = state.interactions.get(&id).filter(|own| own.token == token).ok_or_else(unknown)?;
    if interaction.answer.is_some() {
        return Err(Refusal::mistake(400, 40_060, "Interaction has already been acknowledged."));
    }
    if now > interaction.sent + FIRST {
        return Err(unknown());
    }
    let (kind, on) = (interaction.kind, interaction.message);
    let response = body["type"].as_u64().unwrap_or_default();
    let allowed: &[u64] = match kind {
        AUTOCOMPLETE => &[8],
        MODAL if on.is_some() => &[4, 5, 6, 7],
        MODAL => &[4, 5],
        COMPONENT => &[4, 5, 6, 7, 9],
        _ => &[4, 5, 9],
    };
    if !allowed.contains(&response) {
        let message = format!("Value must be one of {allowed:?}.");
        return Err(Refusal::field("type", "BASE_TYPE_CHOICES", message));
    }
    let mut form = Form::default();
    form.knows(body, "", &["type", "data"]);
    let data = &body["data"];
    match response {
        4 => check_message(&mut form, data, Origin::Response, "data"),
        5 => {
            // The client always sends an empty list of attachments along.
            form.knows(data, "data", &["flags", "attachments"]);
            if data["flags"].as_u64().unwrap_or(0) & !EPHEMERAL != 0 {
                form.fault(
                    "data.flags",
                    "MESSAGE_FLAGS_INVALID",
                    "A deferred response accepts only the ephemeral flag.",
                );
            }
        }
        7 => check_message(&mut form, data, Origin::InteractionEdit, "data"),
        8 => check_choices(&mut form, data),
        9 => check_modal(&mut form, data, "data"),
        _ => {}
    }
    finish(state, &mut form, request)?;
    if state.dialect.refuses_embeds && matches!(response, 4 | 7) && !items(&data["embeds"]).is_empty() {
        let refusal = Refusal::field("data.embeds", "EMBEDS_NOT_ALLOWED", "Embeds are not allowed here.");
        return Err(Refusal { is_mistake: false, ..refusal });
    }
    let answer = match response {
        4 => {
            check_not_empty(data["content"].as_str().unwrap_or_default(), items(&data["embeds"]), request.files.len())?;
            First::Message(respond(state, id, data, &request.files))
        }
        5 => {
            First::Deferred(respond(state, id, &json!({ "flags": data["flags"].as_u64().unwrap_or(0) | LOADING }), &[]))
        }
        6 => First::DeferredUpdate,
        7 => {
            let on = on.filter(|on| state.message(*on).is_some()).ok_or_else(Refusal::unknown_message)?;
            change(state, &inner(request, data), on)?;
            First::Updated(on)
        }
        8 => First::Choices(items(&data["choices"]).to_vec()),
        _ => First::Modal(data.clone()),
    };
    let line = if state.setup.is_brief { String::new() } else { describe(state, &answer) };
    let interaction = state.interactions.get_mut(&id).expect("it was found above");
    interaction.answer = Some(answer.clone());
    interaction.answered = Some(now);
    interaction.shows_embed = !items(&data["embeds"]).is_empty();
    interaction.original = match answer {
        First::Message(message) | First::Deferred(message) | First::Updated(message) => Some(message),
        First::DeferredUpdate => on,
        First::Choices(_) | First::Modal(_) => None,
    };
    let original = interaction.original;
    if !interaction.is_probe {
        state.happened(What::Answered { interaction: id, answer }, line);
    }
    if request.asks_for("with_response=true") {
        let mut told = json!({ "interaction": { "id": wire::id(id), "type": kind } });
        told["interaction"]["response_message_id"] = json!(original.map(wire::id));
        let original = original.filter(|message| state.message(*message).is_some());
        told["resource"] =
            json!({ "type": response, "message": original.map(|message| wire::message(state, message)) });
        return Ok((200, told));
    }
    Ok(DONE)
}

/// The same request with the message itself as its body.
fn inner(request: &Request, data: &Value) -> Request {
    Request {
        method: request.method.clone(),
        path: request.path.clone(),
        query: String::new(),
        authorization: String::new(),
        body: data.clone(),
        files: request.files.clone(),
    }
}

fn check_choices(form: &mut Form, data: &Value) {
    form.knows(data, "data", &["choices"]);
    if !data["choices"].is_array() {
        form.required("data.choices");
    }
    let mut names = Vec::new();
    for (index, choice) in form.list(data, "data", "choices", 0, 25).iter().enumerate() {
        let path = format!("data.choices.{index}");
        form.knows(choice, &path, &["name", "name_localizations", "value"]);
        names.push(form.text(choice, &path, "name", 1, 100));
        if choice["value"].is_string() {
            form.text(choice, &path, "value", 1, 100);
        } else if !choice["value"].is_number() {
            form.required(&format!("{path}.value"));
        }
    }
}

fn describe(state: &State, answer: &First) -> String {
    match answer {
        First::Message(message) => format!("answered an interaction:\n{}", render::message(state, *message, None)),
        First::Deferred(_) => "said that it will answer an interaction".into(),
        First::DeferredUpdate => "said that it will edit the message of an interaction".into(),
        First::Updated(message) => {
            format!("edited the message of an interaction:\n{}", render::message(state, *message, None))
        }
        First::Choices(choices) => format!("offered {} choices", choices.len()),
        First::Modal(modal) => format!("showed a form:\n{}", render::modal(modal)),
    }
}

/// Adds the message that answers an interaction.
fn respond(state: &mut State, interaction: Id, data: &Value, files: &[String]) -> Id {
    let id = state.id();
    let asked = &state.interactions[&interaction];
    // Where the bot is not, a member may use it openly only with a permission of its own.
    let may_be_open = state.has_bot(asked.channel) || state.permissions(asked.user, asked.channel).use_external_apps();
    let forced = if asked.guild.is_none() || may_be_open { 0 } else { EPHEMERAL };
    let flags = data["flags"].as_u64().unwrap_or(0) | forced;
    let kind = match asked.kind {
        2 if asked.command.starts_with('/') => 20,
        2 => 23,
        _ => 0,
    };
    let mut message = Message {
        id,
        channel: asked.channel,
        author: state.bot,
        kind,
        only_for: (flags & EPHEMERAL != 0).then_some(asked.user),
        interaction: Some(interaction),
        is_webhook: true,
        reference: asked.message.filter(|on| state.message(*on).is_some_and(|on| on.only_for.is_none())),
        ..Message::default()
    };
    if message.reference.is_some() {
        message.kind = 19;
    }
    message.flags = flags;
    apply(&mut message, data, files);
    let replied = message.reference.take();
    set_mentions(state, &mut message, &data["allowed_mentions"]);
    message.reference = replied;
    publish(state, message);
    id
}

/// What is done with the token of an interaction.
pub fn webhook(state: &mut State, request: &Request, token: &str, rest: &[&str]) -> Answer {
    let unknown = || Refusal::mistake(404, 10_015, "Unknown Webhook");
    let now = state.now();
    let found = state.interactions.values().find(|interaction| interaction.token == token).ok_or_else(unknown)?;
    if now > found.sent + TOKEN {
        return Err(Refusal::new(401, 50_027, "Invalid Webhook Token"));
    }
    let responds = matches!(&found.answer, Some(answer) if !matches!(answer, First::Choices(_)));
    if !responds {
        return Err(unknown());
    }
    let (id, original) = (found.id, found.original);
    let named = |name: &str| if name == "@original" { original } else { Some(parse(name)) };
    let own = |state: &State, name: &str| {
        let message = named(name).and_then(|message| state.message(message));
        let is_own = |message: &&Message| message.interaction == Some(id) || Some(message.id) == original;
        message.filter(is_own).map(|message| message.id).ok_or_else(Refusal::unknown_message)
    };
    match (&*request.method, rest) {
        ("POST", []) => follow_up(state, request, id, original),
        ("GET", ["messages", name]) => {
            let message = own(state, name)?;
            Ok((200, wire::message(state, message)))
        }
        ("PATCH", ["messages", name]) => {
            let message = own(state, name)?;
            let mut form = Form::default();
            check_message(&mut form, &request.body, Origin::InteractionEdit, "");
            finish(state, &mut form, request)?;
            write(state, request, message, id)?;
            Ok((200, wire::message(state, message)))
        }
        ("DELETE", ["messages", name]) => {
            let message = own(state, name)?;
            let line = format!("deleted:\n{}", render::message(state, message, None));
            remove(state, message);
            state.happened(What::Deleted { message, interaction: Some(id) }, line);
            Ok(DONE)
        }
        _ => Err(super::unknown(state, request)),
    }
}

fn follow_up(state: &mut State, request: &Request, id: Id, original: Option<Id>) -> Answer {
    let body = &request.body;
    let mut form = Form::default();
    check_message(&mut form, body, Origin::FollowUp, "");
    finish(state, &mut form, request)?;
    check_not_empty(body["content"].as_str().unwrap_or_default(), items(&body["embeds"]), request.files.len())?;
    // The first one after a deferred response takes its place.
    let waiting = original.filter(|original| state.message(*original).is_some_and(|own| own.flags & LOADING != 0));
    if let Some(waiting) = waiting {
        let mut body = body.clone();
        body["flags"] = json!(0);
        write(state, &inner(request, &body), waiting, id)?;
        return Ok((200, wire::message(state, waiting)));
    }
    let message = respond(state, id, body, &request.files);
    let line = format!("sent one more message to an interaction:\n{}", render::message(state, message, None));
    state.happened(What::Posted { message, interaction: Some(id) }, line);
    Ok((200, wire::message(state, message)))
}

/// Edits a message of an interaction, or writes it after a deferred response, which marks nothing as edited.
fn write(state: &mut State, request: &Request, message: Id, interaction: Id) -> Result<(), Refusal> {
    let was_loading = state.messages[&message].flags & LOADING != 0;
    change(state, request, message)?;
    let own = state.messages.get_mut(&message).expect("it was found above");
    own.flags &= !LOADING;
    if was_loading {
        own.edited = None;
    }
    let line = format!("wrote its answer to an interaction:\n{}", render::message(state, message, None));
    state.happened(What::Edited { message, interaction: Some(interaction) }, line);
    Ok(())
}
