//! Matching: which entries come closest to a question, and how close.

mod explanation;
mod index;
pub mod words;

pub use explanation::{Explanation, Held, Matched, Part};
pub use index::{Index, Match};
