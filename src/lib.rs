//! Needle answers a community's questions from a knowledge base of expert-sourced answers.
//!
//! The modules in reading order: what is known ([`knowledge`]), what comes close to a question ([`matching`]), what
//! to reply to it ([`answer`]), and whether the knowledge does as its keepers expect ([`check`]).

pub mod answer;
pub mod check;
pub mod cli;
pub mod config;
pub mod knowledge;
pub mod limits;
pub mod matching;
