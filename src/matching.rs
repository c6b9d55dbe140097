//! Matching: which entries come closest to a question, and how close.

pub mod words;
