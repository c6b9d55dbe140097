//! Needle answers a community's questions from a knowledge base of expert-sourced answers.
//!
//! The modules in reading order: a question is matched against the [`knowledge`] and answered.

pub mod answer;
pub mod knowledge;
pub mod limits;
pub mod matching;
