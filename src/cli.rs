//! The command line: one subcommand a file below `cli/`.

mod ask;
mod chat;
mod check;
mod exit;
mod new;
mod terminal;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::config::Config;

pub use exit::Exit;

/// Answers a community's questions from a knowledge base of expert-sourced answers.
#[derive(Debug, Parser)]
#[command(name = "needle", version, about)]
pub struct Arguments {
    /// The folder of the knowledge base [default: `knowledge.dir` of the configuration]
    #[arg(long, global = true, value_name = "DIR")]
    pub knowledge: Option<PathBuf>,
    /// What to do [default: chat]
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer one question
    Ask(ask::Ask),
    /// Talk to Needle at the terminal
    Chat(chat::Chat),
    /// Check a knowledge base and list every problem
    Check(check::Check),
    /// Start a new entry to fill in
    New(new::New),
}

/// Runs the command of `arguments` and says how the process should end.
///
/// # Errors
/// When the command could not do its work; what it finds wrong in a knowledge base is no error but an [`Exit`].
pub fn run(arguments: Arguments, config: &Config) -> anyhow::Result<Exit> {
    let knowledge = arguments.knowledge.unwrap_or_else(|| config.knowledge.dir.clone());
    match arguments.command.unwrap_or_else(|| Command::Chat(chat::Chat::default())) {
        Command::Ask(ask) => ask.run(&knowledge, config),
        Command::Chat(chat) => chat.run(&knowledge, config),
        Command::Check(check) => check.run(&knowledge, config),
        Command::New(new) => new.run(&knowledge),
    }
}
