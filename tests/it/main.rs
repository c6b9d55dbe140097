//! The integration tests, in one binary.

mod check;
mod config;
mod knowledge;
