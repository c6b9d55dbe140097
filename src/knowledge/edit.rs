//! Edits: changes of one line of a document, which leave every other byte of it as it is.

mod list;

use std::ops::Range;

use super::document::Document;
use super::expected::EXPECTED_FILE;
use super::ids::EntryId;
use super::topic::TOPIC_FILE;

/// A line of a document that can come and go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A phrasing of an entry.
    Phrasing {
        /// The entry.
        entry: EntryId,
        /// The phrasing.
        text: String,
    },
    /// A question that a topic lists as off-topic.
    OffTopic {
        /// The topic's folder name.
        topic: String,
        /// The question.
        text: String,
    },
    /// An expected question of a topic.
    Expected {
        /// The topic's folder name.
        topic: String,
        /// What the line expects: an entry's or urgent document's id, or [`OFF_TOPIC`](super::OFF_TOPIC).
        label: String,
        /// The question.
        text: String,
    },
}

/// A change of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// The line comes, behind all of its kind.
    Add(Line),
    /// The line goes; where it is there several times, the last of them.
    Remove(Line),
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditFault {
    /// The line to be removed is not there.
    #[error("`{0}` is not there any more")]
    NotThere(String),
    /// The document is not of a form in which the line could be placed.
    #[error("`{0}` cannot be changed as it is: check it with `needle check`")]
    Unfit(String),
}

impl Edit {
    /// The path, below the knowledge folder, of the document that it changes.
    #[must_use]
    pub fn path(&self) -> String {
        match self.line() {
            Line::Phrasing { entry, .. } => format!("{entry}.md"),
            Line::OffTopic { topic, .. } => format!("{topic}/{TOPIC_FILE}"),
            Line::Expected { topic, .. } => format!("{topic}/{EXPECTED_FILE}"),
        }
    }

    /// The edit that takes this one back.
    #[must_use]
    pub fn undo(&self) -> Self {
        match self {
            Self::Add(line) => Self::Remove(line.clone()),
            Self::Remove(line) => Self::Add(line.clone()),
        }
    }

    /// The text of the document after the edit of `document`. A text to be added is put on one line, and one to be
    /// removed is found however it is spaced.
    ///
    /// # Errors
    /// When the line to be removed is not there, or the document is broken.
    pub fn apply(&self, document: &Document) -> Result<String, EditFault> {
        let unfit = || EditFault::Unfit(document.path.clone());
        match self.line() {
            Line::Phrasing { text, .. } => {
                let front_matter = document.parts().ok_or_else(unfit)?.front_matter;
                self.in_list(document, &front_matter, "phrasings", "question", text)
            }
            Line::OffTopic { text, .. } => {
                self.in_list(document, &(0..document.text.len()), "off_topic", "description", text)
            }
            Line::Expected { label, text, .. } => self.in_lines(document, label, text),
        }
    }

    fn line(&self) -> &Line {
        let (Self::Add(line) | Self::Remove(line)) = self;
        line
    }

    /// Edits the list `key` in the stretch `toml` of the document; where it is missing, it is made behind `neighbour`.
    fn in_list(
        &self,
        document: &Document,
        toml: &Range<usize>,
        key: &str,
        neighbour: &str,
        text: &str,
    ) -> Result<String, EditFault> {
        let source = &document.text[toml.clone()];
        let splice = match self {
            Self::Add(_) => list::add(source, key, neighbour, &one_line(text)),
            Self::Remove(_) => list::remove(source, key, &one_line(text)),
        };
        let splice = splice.map_err(|fault| match fault {
            list::Fault::Unfit => EditFault::Unfit(document.path.clone()),
            list::Fault::NotThere => EditFault::NotThere(text.to_owned()),
        })?;
        let mut changed = document.text.clone();
        // From the end, so that places before stay right.
        for (range, new) in splice.into_iter().rev() {
            changed.replace_range(toml.start + range.start..toml.start + range.end, &new);
        }
        Ok(changed)
    }

    /// Edits the `label<TAB>question` lines of the document.
    fn in_lines(&self, document: &Document, label: &str, text: &str) -> Result<String, EditFault> {
        let mut changed = document.text.clone();
        match self {
            Self::Add(_) => {
                let end = line_end(&changed);
                if !changed.is_empty() && !changed.ends_with('\n') {
                    changed += end;
                }
                changed += &[label, "\t", &one_line(text), end].concat();
            }
            Self::Remove(_) => {
                let text_of_it = one_line(text);
                let is_it = |line: &str| {
                    line.split_once('\t').is_some_and(|(l, t)| l.trim() == label && one_line(t) == text_of_it)
                };
                let (_, range) = document
                    .lines()
                    .filter(|(line, _)| is_it(line))
                    .last()
                    .ok_or_else(|| EditFault::NotThere(text.to_owned()))?;
                changed.replace_range(range, "");
            }
        }
        Ok(changed)
    }
}

/// `text` on one line, without control characters.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How the lines of `text` end.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
