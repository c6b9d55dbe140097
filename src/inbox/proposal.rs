//! A proposal: words that a moderator wants to be put into the knowledge, and where.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::knowledge::{Edit, EntryId, Line, OFF_TOPIC};

/// Words for the knowledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Where they belong.
    pub target: Target,
    /// The words, on one line.
    pub text: String,
}

/// Where words belong in the knowledge. Its text is a letter and a name: `Pgarden/watering`, `Ogarden`, `Egarden`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Target {
    /// Among the phrasings of this entry.
    Phrasing(EntryId),
    /// Among the off-topic questions of this topic, which matching learns.
    OffTopic(String),
    /// Among the expected questions of this topic, as an off-topic one.
    Expected(String),
}

impl Proposal {
    /// The change of the knowledge.
    #[must_use]
    pub fn edit(&self) -> Edit {
        let text = self.text.clone();
        Edit::Add(match &self.target {
            Target::Phrasing(entry) => Line::Phrasing { entry: entry.clone(), text },
            Target::OffTopic(topic) => Line::OffTopic { topic: topic.clone(), text },
            Target::Expected(topic) => Line::Expected { topic: topic.clone(), label: OFF_TOPIC.to_owned(), text },
        })
    }

    /// `proposals` as a store keeps them.
    #[must_use]
    pub fn write(proposals: &[Self]) -> String {
        // Strings in a list are always written.
        serde_json::to_string(proposals).unwrap_or_default()
    }

    /// The proposals that a store kept; none where it is not understood.
    #[must_use]
    pub fn read(written: Option<&str>) -> Vec<Self> {
        written.and_then(|written| serde_json::from_str(written).ok()).unwrap_or_default()
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phrasing(entry) => write!(f, "P{entry}"),
            Self::OffTopic(topic) => write!(f, "O{topic}"),
            Self::Expected(topic) => write!(f, "E{topic}"),
        }
    }
}

/// A text that names no target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a letter and the name of an entry or topic")]
pub struct NoTarget;

impl FromStr for Target {
    type Err = NoTarget;

    fn from_str(text: &str) -> Result<Self, NoTarget> {
        if let Some(topic) = text.strip_prefix('O') {
            Ok(Self::OffTopic(topic.to_owned()))
        } else if let Some(topic) = text.strip_prefix('E') {
            Ok(Self::Expected(topic.to_owned()))
        } else {
            let entry = text.strip_prefix('P').and_then(|entry| entry.split_once('/')).ok_or(NoTarget)?;
            Ok(Self::Phrasing(EntryId::new(entry.0, entry.1)))
        }
    }
}

impl TryFrom<String> for Target {
    type Error = NoTarget;

    fn try_from(text: String) -> Result<Self, NoTarget> {
        text.parse()
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let targets = [
            Target::Phrasing(EntryId::new("garden", "watering")),
            Target::OffTopic("garden".to_owned()),
            Target::Expected("garden".to_owned()),
        ];
        let proposals = targets.map(|target| Proposal { target, text: "is \"it\" safe?".to_owned() });
        assert_eq!(Proposal::read(Some(&Proposal::write(&proposals))), proposals);
        assert_eq!(Proposal::read(Some("[{\"target\":\"Pgarden\",\"text\":\"\"}]")), []);
        assert_eq!(Proposal::read(None), []);
    }
}
