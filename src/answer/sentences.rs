//! Sentences: every fixed text that a member reads, in one place.

/// Above suggestions.
pub const SUGGESTIONS_TITLE: &str = "Did you mean one of these?";
/// Below the title of suggestions.
pub const SUGGESTIONS_BODY: &str =
    "I am not sure which question is yours. If none of these is it, please ask in other words.";
/// The title where nothing is known.
pub const UNKNOWN_TITLE: &str = "I don't know that one.";
/// Below the title where nothing is known.
pub const UNKNOWN_BODY: &str = "I only pass on answers that an expert stands behind, and I have none for this. If it is about your health, \
     please ask a professional.";
/// The title where nothing was asked.
pub const NOT_A_QUESTION_TITLE: &str = "Good to have you here.";
/// Below the title where nothing was asked.
pub const NOT_A_QUESTION_BODY: &str = "Ask me a question in your own words, and I will look for an expert's answer.";
/// In front of the question as it was asked.
pub const ASKED: &str = "You asked";
/// In front of the experts.
pub const EXPERTS: &str = "Experts";
/// In front of the sources.
pub const SOURCES: &str = "Sources";
/// In front of the day of the last review.
pub const REVIEWED: &str = "Last reviewed";
/// In front of the disclaimer.
pub const DISCLAIMER: &str = "Please note";
/// Above related entries.
pub const RELATED: &str = "Related";
