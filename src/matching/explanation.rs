//! An explanation: how the score of one entry for one question came about.

/// How the score of one entry came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The entry's score in `0..=1`.
    pub score: f32,
    /// The wording of the entry that came closest.
    pub wording: String,
    /// The signals that the score is made of, in the order in which they are combined.
    pub parts: Vec<Part>,
    /// Which words or pieces of the question matched what of the entry, heaviest first.
    pub matched: Vec<Matched>,
    /// The words of the question that were held against the entry, heaviest first.
    pub held: Vec<Held>,
}

/// One signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it measures, in a few words.
    pub name: &'static str,
    /// Its value.
    pub value: f32,
    /// What the value contributes to the score before calibration.
    pub contribution: f32,
}

/// A piece of the question that the entry has too.
#[derive(Debug, Clone, PartialEq)]
pub struct Matched {
    /// The piece as the question has it.
    pub question: String,
    /// The piece as the entry has it.
    pub entry: String,
    /// Its share of the question's weight, in `0..=1`.
    pub weight: f32,
}

/// A word of the question that the entry does not have.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The word.
    pub word: String,
    /// Its share of the question's weight, in `0..=1`.
    pub weight: f32,
}
