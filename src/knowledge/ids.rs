//! Ids: the names of topics, entries and urgent documents, made of folder names and file stems.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::limits::STEM_CHARS;

/// The folder that holds the urgent documents; no topic can have this name.
pub const URGENT_FOLDER: &str = "urgent";

/// The id of an entry or urgent document: `topic/stem`, for example `microneedling/needle-depth`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct EntryId(Arc<str>);

impl EntryId {
    /// The id of the file `stem` in the folder `topic`.
    #[must_use]
    pub fn new(topic: &str, stem: &str) -> Self {
        Self(format!("{topic}/{stem}").into())
    }

    /// The whole id, `topic/stem`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder's name.
    #[must_use]
    pub fn topic(&self) -> &str {
        self.0.split_once('/').map_or("", |(topic, _)| topic)
    }

    /// The file's name without `.md`.
    #[must_use]
    pub fn stem(&self) -> &str {
        self.0.split_once('/').map_or(&*self.0, |(_, stem)| stem)
    }

    /// Whether `reference`, an id or a stem alone, can mean this id.
    #[must_use]
    pub fn is_meant_by(&self, reference: &str) -> bool {
        self.as_str() == reference || self.stem() == reference
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What makes `name` unfit as a folder name or file stem, or `None` if it is fit.
#[must_use]
pub fn stem_fault(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("the name is empty".to_owned());
    }
    if let Some(char) = name.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-')) {
        return Some(format!("the name `{name}` contains {char:?}"));
    }
    (name.len() > STEM_CHARS)
        .then(|| format!("the name `{name}` has {} characters, {STEM_CHARS} are the most", name.len()))
}

/// What a fit name is made of, for the help of an error.
pub const STEM_RULE: &str = "use small letters a-z, digits and hyphens, 32 characters at most";

const _: () = assert!(STEM_CHARS == 32, "STEM_RULE says another number");
