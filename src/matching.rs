//! Matching: which entries come closest to a question, and how close.

mod calibration;
mod complete;
mod everyday;
mod explanation;
pub(crate) mod hash;
mod index;
mod inverted;
mod learning;
mod numbers;
mod pieces;
mod ridge;
mod score;
mod search;
mod spelling;
pub(crate) mod stem;
mod synonyms;
mod vocabulary;
pub mod words;

pub use explanation::{Explanation, Held, Matched, Part};
pub use index::{Index, Match};
