//! A document: the text of one knowledge file, with its path.

use std::ops::Range;

/// The text of one knowledge file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The file's path below the knowledge folder, with `/` between its parts.
    pub path: String,
    /// The whole text, without a byte order mark.
    pub text: String,
}

/// A document taken apart at its `+++` lines; both parts as byte ranges of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The TOML between the two `+++` lines.
    pub front_matter: Range<usize>,
    /// All that follows the second `+++` line.
    pub body: Range<usize>,
}

/// The line that opens and closes the front matter.
pub const FENCE: &str = "+++";

impl Document {
    /// A document at `path`; a byte order mark in front of `text` is dropped.
    #[must_use]
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { path: path.into(), text: text.to_owned() }
    }

    /// Line and column of a byte offset, both from 1, the column in chars.
    #[must_use]
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// Front matter and body, or `None` where the two `+++` lines are not there.
    #[must_use]
    pub fn parts(&self) -> Option<Parts> {
        let mut lines = self.lines();
        let (_, opening) = lines.next().filter(|(line, _)| line.trim_end() == FENCE)?;
        let (_, closing) = lines.find(|(line, _)| line.trim_end() == FENCE)?;
        Some(Parts { front_matter: opening.end..closing.start, body: closing.end..self.text.len() })
    }

    /// Every line with its ending cut off, and its byte range with the ending.
    pub fn lines(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let mut start = 0;
        self.text.split_inclusive('\n').map(move |line| {
            let range = start..start + line.len();
            start = range.end;
            (line.trim_end_matches(['\n', '\r']), range)
        })
    }

    /// The byte range of the first line's text, for problems of the document as a whole.
    #[must_use]
    pub fn first_line(&self) -> Range<usize> {
        self.lines().next().map_or(0..0, |(line, _)| 0..line.len())
    }
}
