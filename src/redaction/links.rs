//! Links: those that open something or name somebody are taken out, others stay as they are.

use super::{is_at, is_secret};

const LINK: &str = "[link]";

/// What the name of a parameter holds when its value opens something.
const SECRET_NAMES: [&str; 13] =
    ["token", "key", "sig", "auth", "session", "sid", "code", "pass", "pwd", "secret", "credential", "jwt", "mail"];

/// Parts of a path after which there is a secret.
const SECRET_PLACES: [&str; 2] = ["webhooks", "reset-password"];

/// From this many digits on, a part of a link is somebody's number.
const NUMBER_DIGITS: usize = 10;

/// `word` as it may be kept, if it is a link, with or without what stands around it; `None` if it is none.
pub(super) fn redact(word: &str) -> Option<String> {
    let link = word.trim_matches(|char: char| !char.is_alphanumeric() && char != '/');
    if !is_link(link) {
        return None;
    }
    // An at sign before the link may make an address of it.
    if !word.chars().any(is_at) && !opens_something(link) {
        return Some(word.to_owned());
    }
    let (before, after) = word.split_once(link)?;
    Some(format!("{before}{LINK}{after}"))
}

fn is_link(word: &str) -> bool {
    let lower = word.to_lowercase();
    let without_scheme = || {
        let host = word.split(['/', '?', '#']).next().unwrap_or_default();
        let is_host = host.split('.').all(|label| !label.is_empty() && label.chars().all(is_of_label));
        // So that `1.5/2.0` is none.
        is_host && host.contains('.') && host.len() < word.len() && host.ends_with(char::is_alphabetic)
    };
    word.contains("://")
        || lower.starts_with("www.")
        || lower.starts_with("mailto:")
        || lower.starts_with("tel:")
        || without_scheme()
}

fn is_of_label(char: char) -> bool {
    char.is_alphanumeric() || char == '-'
}

fn opens_something(link: &str) -> bool {
    let lower = link.to_lowercase();
    if lower.starts_with("tel:") {
        return true;
    }
    lower.split(['/', '?', '&', '#', ';']).any(|part| {
        let (name, value) = part.split_once('=').unwrap_or(("", part));
        SECRET_NAMES.iter().any(|secret| name.contains(secret))
            || SECRET_PLACES.contains(&part)
            || value.chars().filter(|char| char.is_numeric()).count() >= NUMBER_DIGITS
            || value.split('-').any(|piece| is_secret(&piece.chars().collect::<Vec<_>>()))
    })
}
