//! Answering: what becomes of a member's question.

pub mod urgent;
