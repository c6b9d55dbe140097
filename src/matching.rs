//! Matching: which entries come closest to a question, and how close.

mod common_words;
mod explanation;
mod index;
mod inverted;
mod pieces;
mod ridge;
mod score;
mod stem;
mod synonyms;
pub mod words;

pub use explanation::{Explanation, Held, Matched, Part};
pub use index::{Index, Match};
