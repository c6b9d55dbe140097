//! The integration tests, in one binary.

mod check;
mod cli;
mod config;
mod discord;
mod inbox;
mod knowledge;
mod live;
mod matching;
mod purity;
mod small_knowledge;
mod store;
mod urgent;
