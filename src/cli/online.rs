//! Online: what the commands share that ask Discord something and end.

use std::io::Write as _;

use anyhow::Context as _;
use tokio::runtime::Runtime;

use crate::config::{Config, Token};
use crate::discord::session::Failure;

use super::exit::Exit;
use super::terminal::complain;

/// The token; where there is none, a line on stderr says so.
pub(super) fn token(config: &Config) -> Option<&Token> {
    if config.token.is_none() {
        complain("no Discord token is set: set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to a file that holds it");
    }
    config.token.as_ref()
}

/// Threads to wait for Discord on.
///
/// # Errors
/// When the system gives none.
pub(super) fn runtime() -> anyhow::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start threads")
}

/// How to end after `failure`.
pub(super) fn exit_after(failure: &Failure) -> Exit {
    match failure {
        Failure::Token => Exit::TokenRefused,
        Failure::Intents => Exit::IntentsRefused,
        Failure::Unreachable { .. } => Exit::Unreachable,
    }
}

/// Writes `text`, in which nothing is left for a terminal to obey but styles, to standard output.
///
/// # Errors
/// When standard output fails.
pub(super) fn print(text: &str) -> anyhow::Result<()> {
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).context("cannot write to standard output")
}
