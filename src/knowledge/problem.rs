//! A problem: something wrong in a document, with the place and what would be right.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use super::document::Document;

/// How much a [`Problem`] weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document cannot be used.
    Error,
    /// The document can be used, but someone should look at it.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// Where a [`Problem`] is: a file of the knowledge base, and a stretch of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's path below the knowledge folder, with `/` between its parts; empty for the knowledge folder itself.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in chars.
    pub column: usize,
    /// The stretch meant, in bytes of [`Document::text`]; empty where a whole file or folder is meant.
    pub span: Range<usize>,
}

impl Place {
    /// A file or folder as a whole.
    #[must_use]
    pub fn file(path: impl Into<String>) -> Self {
        Self { file: path.into(), line: 1, column: 1, span: 0..0 }
    }

    /// Whether a file or folder is meant as a whole, so that there is no stretch of text to show.
    #[must_use]
    pub fn is_whole_file(&self) -> bool {
        self.span == (0..0)
    }

    /// What problems are ordered by: file, then line, then column.
    #[must_use]
    pub fn order(&self) -> (&str, usize, usize) {
        (&self.file, self.line, self.column)
    }

    /// The stretch `span`, in bytes, of `document`.
    #[must_use]
    pub fn within(document: &Document, span: Range<usize>) -> Self {
        let (line, column) = document.line_and_column(span.start);
        Self { file: document.path.clone(), line, column, span }
    }
}

/// Something wrong in the knowledge base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How much it weighs.
    pub severity: Severity,
    /// A name for this kind of problem that stays the same between versions, such as `unknown-key`.
    pub code: &'static str,
    /// Where it is.
    pub place: Place,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What would be right, where it can be said.
    pub help: Option<String>,
}

impl Problem {
    /// A problem that makes the document unusable.
    #[must_use]
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, place, message: message.into(), help: None }
    }

    /// A problem that someone should look at.
    #[must_use]
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// The same problem with a word on what would be right.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Whether this is an error.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { file, line, column, .. } = &self.place;
        match (file.is_empty(), self.place.is_whole_file() && (*line, *column) == (1, 1)) {
            (true, _) => {}
            (false, true) => write!(f, "{file}: ")?,
            (false, false) => write!(f, "{file}:{line}:{column}: ")?,
        }
        write!(f, "{}: {}", self.severity, self.message)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

/// The known name nearest to `name`, if it is near enough to have been meant.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Below this Jaro-Winkler similarity two names have little in common but letters by chance.
    const NEAR: f64 = 0.8;
    known
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, candidate)| candidate)
}
