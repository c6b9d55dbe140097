//! Needle answers a community's questions from a knowledge base of expert-sourced answers.
//!
//! The modules in reading order: what of a member's words may be kept ([`redaction`]) and what survives a restart
//! ([`store`]); what is known ([`knowledge`]), what comes close to a question ([`matching`]), and what to reply to it
//! ([`answer`]); what a knowledge base must pass ([`check`](mod@check)) and how well it is answered from
//! ([`evaluation`]); then what a deployment chooses ([`config`]), the knowledge as it changes while Needle runs
//! ([`live`]) and how it is changed from inside ([`editing`]), what could not be answered ([`inbox`]), the bot as
//! members meet it ([`discord`]), and the command line ([`cli`]).

pub mod limits;

pub mod language;

pub mod redaction;

pub mod store;

pub mod knowledge;

pub mod matching;

pub mod answer;

pub mod check;

pub mod evaluation;

pub mod config;

pub mod live;

pub mod editing;

pub mod inbox;

pub mod discord;

pub mod cli;
