//! A problem: one thing that is wrong with the configuration, and the place where a person can mend it.

use std::fmt;
use std::path::PathBuf;

/// Everything that is wrong with the configuration, in the order of [`Place`]; shown one problem a line.
#[derive(Debug, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ConfigErrors {
    problems: Vec<Problem>,
}

/// One thing that is wrong. Shown as `place: message`; never contains the token.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What is wrong and what would be right; one line.
    pub message: String,
}

/// Where a value was written. A later kind of place wins over an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// `config/default.toml`, as built into the program.
    BuiltIn,
    /// A file.
    File {
        /// The path as it was given.
        path: PathBuf,
        /// Line and column, both from 1, the column in characters; `None` when the whole file is meant.
        position: Option<(usize, usize)>,
    },
    /// A variable of the environment, by name.
    Variable(String),
}

impl ConfigErrors {
    /// The problems, at least one, in the order of [`Place`].
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// `Ok` when there are no problems.
    pub(super) fn none_of(mut problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        problems.sort();
        Err(Self { problems })
    }
}

impl Problem {
    pub(super) fn new(place: Place, message: impl Into<String>) -> Self {
        Self { place, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("the built-in default"),
            Self::File { path, position: None } => write!(f, "{}", path.display()),
            Self::File { path, position: Some((line, column)) } => write!(f, "{}:{line}:{column}", path.display()),
            // Escaped: a name may hold anything but `=`, a line break among it.
            Self::Variable(name) => write!(f, "{}", name.escape_debug()),
        }
    }
}
