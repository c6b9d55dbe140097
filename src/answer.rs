//! Answering: what to reply to a question, decided from a snapshot of the knowledge and a policy.
//!
//! The way of a question: danger first ([`Dangers`]), then the entries ranked by the matcher, then the
//! thresholds of the [`Policy`]; the [`Decision`] becomes a [`Reply`]. Nothing here knows where replies are shown.

mod chatter;
mod danger;
mod decide;
mod foreign;
mod naive_bayes;
mod quote;
mod reply;
pub mod sentences;
mod snapshot;
pub mod urgent;

pub use danger::{Dangers, Learnt};
pub use decide::{Decision, Manner, Policy, Question, Ruling, Scope, Thresholds, Unknown, by_score, decide, languages};
pub use foreign::{Foreign, foreign, language_of};
pub use quote::{cut_utf16, escape, quote};
pub use reply::{AnswerReply, Choice, Disclaimer, Reply, SuggestionsReply, UnknownReply, UrgentReply, answer, reply};
pub use snapshot::Snapshot;
