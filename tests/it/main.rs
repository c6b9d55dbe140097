//! The integration tests, in one binary.

mod check;
mod cli;
mod config;
mod live;
mod small_knowledge;
