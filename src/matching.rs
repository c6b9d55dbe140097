//! Matching: which entries come closest to a question, and how close.

mod everyday;
mod explanation;
mod index;
mod inverted;
mod pieces;
mod ridge;
mod score;
mod spelling;
mod stem;
mod synonyms;
pub mod words;

pub use explanation::{Explanation, Held, Matched, Part};
pub use index::{Index, Match};
