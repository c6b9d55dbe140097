//! How the process ends: the exit codes that scripts may rely on.

use std::process::ExitCode;

/// How the process ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All went well; for a question: an answer or an urgent notice.
    Fine = 0,
    /// It failed, or problems were found.
    Failed = 1,
    /// The arguments make no sense.
    Usage = 2,
    /// Near matches were offered.
    Suggestions = 3,
    /// Nothing is known.
    Unknown = 4,
    /// The configuration is wrong.
    Configuration = 5,
    /// The knowledge base has errors or is not there.
    KnowledgeRefused = 6,
    /// Discord refuses the token.
    TokenRefused = 7,
    /// Discord refuses the intents.
    IntentsRefused = 8,
    /// Discord cannot be reached.
    Unreachable = 9,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
