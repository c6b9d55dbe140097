//! What a member would see, as text: authors, contents, embeds as lines, buttons as `[Label]`, selects as
//! `(placeholder ▾ options)`. An embed's title, its fields' names and its footer are marked as in Discord's Markdown.

use std::fmt::Write as _;

use serde_json::Value;

use super::form::items;
use super::state::{Id, Message, State};
use super::strict::counts;

/// A channel as `viewer` sees it; without a viewer, everything that is in it.
pub fn channel(state: &State, channel: Id, viewer: Option<Id>) -> String {
    let own = |message: &&Message| message.channel == channel && !message.is_deleted;
    let ids: Vec<Id> = state.messages.values().filter(own).map(|message| message.id).collect();
    let seen = ids.into_iter().filter(|id| {
        let only_for = state.messages[id].only_for;
        viewer.is_none() || only_for.is_none() || only_for == viewer
    });
    seen.map(|id| message(state, id, viewer)).collect::<Vec<_>>().join("\n")
}

/// One message, from its author to the reactions below it.
pub fn message(state: &State, id: Id, viewer: Option<Id>) -> String {
    let message = &state.messages[&id];
    let mut notes = Vec::new();
    if let Some(interaction) = message.interaction.map(|interaction| &state.interactions[&interaction]) {
        notes.push(format!("answering {}'s {}", state.name(interaction.user), interaction.command));
    } else if let Some(reference) = message.reference {
        match state.message(reference) {
            Some(replied) => notes.push(format!("replying to {}", state.name(replied.author))),
            None => notes.push("replying to a deleted message".into()),
        }
    }
    if let Some(only) = message.only_for {
        let who = if viewer == Some(only) { "you".to_owned() } else { state.name(only).to_owned() };
        notes.push(if who == "you" { "only you see this".into() } else { format!("only {who} sees this") });
    }
    if !message.pings.is_empty() {
        notes.push(format!("pings {}", message.pings.join(" and ")));
    }
    if message.edited.is_some() {
        notes.push("edited".into());
    }
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    let author = state.name(message.author);
    let body = body(state, message);
    match &body[..] {
        [] => format!("{author}{notes}: …"),
        [line] if message.embeds.is_empty() => format!("{author}{notes}: {line}"),
        lines => {
            let lines: String =
                lines.iter().map(|line| format!("\n  {line}").trim_end_matches(' ').to_owned()).collect();
            format!("{author}{notes}:{lines}")
        }
    }
}

fn body(state: &State, message: &Message) -> Vec<String> {
    let mut lines: Vec<String> = names(state, &message.content).lines().map(str::to_owned).collect();
    for of in &message.embeds {
        let text = names(state, &embed(of));
        lines.extend(text.lines().map(|line| format!("▌ {line}").trim_end().to_owned()));
    }
    for file in &message.attachments {
        lines.push(format!("<file {}>", file["filename"].as_str().unwrap_or_default()));
    }
    for row in &message.components {
        lines.push(items(&row["components"]).iter().map(component).collect::<Vec<_>>().join(" "));
    }
    if !message.reactions.is_empty() {
        let told = message.reactions.iter().map(|(emoji, people)| format!("{emoji} {}", people.len()));
        lines.push(told.collect::<Vec<_>>().join("  "));
    }
    lines
}

fn embed(embed: &Value) -> String {
    let text = |value: &Value| value.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let mut out = String::new();
    if let Some(colour) = embed["color"].as_u64() {
        let _ = writeln!(out, "#{colour:06x}");
    }
    if let Some(author) = text(&embed["author"]["name"]) {
        let _ = writeln!(out, "{author}{}", arrow(&embed["author"]["url"]));
    }
    if let Some(title) = text(&embed["title"]) {
        let _ = writeln!(out, "# {title}{}", arrow(&embed["url"]));
    }
    if let Some(description) = text(&embed["description"]) {
        let _ = writeln!(out, "{description}");
    }
    for field in items(&embed["fields"]) {
        let name = text(&field["name"]).unwrap_or_default();
        let _ = writeln!(out, "## {name}\n{}", text(&field["value"]).unwrap_or_default());
    }
    for picture in ["image", "thumbnail"] {
        if let Some(address) = text(&embed[picture]["url"]) {
            let _ = writeln!(out, "<{picture} {address}>");
        }
    }
    let foot = [text(&embed["footer"]["text"]), text(&embed["timestamp"])];
    let foot: Vec<String> = foot.into_iter().flatten().collect();
    if !foot.is_empty() {
        let _ = writeln!(out, "-# {}", foot.join(" • "));
    }
    out
}

fn arrow(address: &Value) -> String {
    address.as_str().map(|address| format!(" → {address}")).unwrap_or_default()
}

/// The label that a component is known by: a button's text, or what a select says before anything is chosen.
pub fn label(component: &Value) -> &str {
    let emoji = component["emoji"]["name"].as_str();
    component["label"].as_str().or(component["placeholder"].as_str()).or(emoji).unwrap_or("Make a selection")
}

fn component(component: &Value) -> String {
    let disabled = if component["disabled"] == true { ", disabled" } else { "" };
    let emoji = component["emoji"]["name"].as_str().filter(|emoji| *emoji != label(component));
    let emoji = emoji.map(|emoji| format!("{emoji} ")).unwrap_or_default();
    if component["type"] == 2 {
        return format!("[{emoji}{}{}{disabled}]", label(component), arrow(&component["url"]));
    }
    let which = match component["type"].as_u64() {
        Some(5) => Some("members"),
        Some(6) => Some("roles"),
        Some(7) => Some("members and roles"),
        Some(8) => Some("channels"),
        _ => None,
    };
    if let Some(which) = which {
        return format!("({} ▾ {which}{disabled})", label(component));
    }
    let counts = counts(component);
    let how_many =
        if *counts.end() == 1 { String::new() } else { format!("{} to {} of: ", counts.start(), counts.end()) };
    let options = items(&component["options"]).iter().map(|option| {
        let chosen = if option["default"] == true { "✓ " } else { "" };
        let about = option["description"].as_str().map(|about| format!(" — {about}")).unwrap_or_default();
        format!("{chosen}{}{about}", option["label"].as_str().unwrap_or_default())
    });
    format!("({} ▾ {how_many}{}{disabled})", label(component), options.collect::<Vec<_>>().join(" · "))
}

/// A modal, a line an input.
pub fn modal(modal: &Value) -> String {
    let mut out = format!("form: {}", modal["title"].as_str().unwrap_or_default());
    for input in items(&modal["components"]).iter().flat_map(|row| items(&row["components"])) {
        let text = |key: &str| input[key].as_str().filter(|text| !text.is_empty());
        let shown = text("value").map(str::to_owned);
        let shown = shown.or(text("placeholder").map(|hint| format!("({hint})"))).unwrap_or_default();
        let optional = if input["required"] == false { " (optional)" } else { "" };
        let _ = write!(out, "\n  {}{optional}: {shown}", text("label").unwrap_or_default());
    }
    out
}

fn role_name(state: &State, role: Id) -> Option<String> {
    let role = state.guilds.values().find_map(|guild| guild.roles.get(&role))?;
    Some(format!("@{}", role.name.trim_start_matches('@')))
}

/// The text with ids of people, roles, channels and commands replaced by their names.
pub fn names(state: &State, text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out += before;
        let (inside, behind) = after.split_once('>').unwrap_or((after, ""));
        let person = inside.strip_prefix('@').map(|id| id.trim_start_matches('!')).and_then(|id| id.parse().ok());
        let place = inside.strip_prefix('#').and_then(|id| id.parse().ok());
        let role = inside.strip_prefix("@&").and_then(|id| id.parse().ok());
        let name = match (person, place) {
            _ if role.is_some() => role.and_then(|role| role_name(state, role)),
            (Some(person), _) => state.users.get(&person).map(|user| format!("@{}", user.name)),
            (_, Some(place)) => state.channels.get(&place).map(|channel| format!("#{}", channel.name)),
            _ if inside.starts_with('/') => inside.rsplit_once(':').map(|(name, _)| name.to_owned()),
            _ => None,
        };
        if let Some(name) = name {
            out += &name;
            rest = behind;
        } else {
            out.push('<');
            rest = after;
        }
    }
    out + rest
}
