//! The integration tests, in one binary.

mod check;
mod cli;
mod config;
mod discord;
mod editing;
mod eventually;
mod inbox;
mod knowledge;
mod live;
mod matching;
mod purity;
mod small_knowledge;
mod store;
mod urgent;
mod urgent_languages;

use std::path::PathBuf;

/// The program whose processes are tested: the one just built, or the one that `NEEDLE_BINARY` names, as `.ci/run` does
/// with a release build.
fn program() -> PathBuf {
    std::env::var_os("NEEDLE_BINARY").map_or_else(|| env!("CARGO_BIN_EXE_needle").into(), PathBuf::from)
}
