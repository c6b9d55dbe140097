//! The command line: one subcommand a file below `cli/`.

mod arena;
mod ask;
mod chat;
mod check;
pub mod diagnostics;
mod doctor;
mod eval;
mod exit;
mod invite;
mod new;
mod online;
mod opening;
mod run;
mod store;
mod terminal;
mod unanswered;
mod why;

use std::io;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Parser, Subcommand, ValueEnum};

use crate::answer::Disclaimer;
use crate::config::{self, Config};

pub use exit::Exit;
pub use terminal::complain;

/// Answers a community's questions from a knowledge base of expert-sourced answers.
#[derive(Debug, Parser)]
#[command(name = "needle", version, about)]
pub struct Arguments {
    /// The folder of the knowledge base [default: `knowledge.dir` of the configuration]
    #[arg(long, global = true, value_name = "DIR")]
    pub knowledge: Option<PathBuf>,
    /// How the log is written to standard error
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    pub log_format: LogFormat,
    /// What to do [default: run where a Discord token is set, else chat]
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// A line of JSON each.
    Json,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Answer one question
    Ask(ask::Ask),
    /// Answer in Discord
    Run(run::Run),
    /// Print the link that lets the bot into a server
    Invite(invite::Invite),
    /// Look whether everything is in place, and say what to click where
    Doctor(doctor::Doctor),
    /// Talk to Needle at the terminal
    Chat(chat::Chat),
    /// Check a knowledge base and list every problem
    Check(check::Check),
    /// Start a new entry to fill in
    New(new::New),
    /// Measure ranking and deciding on labelled questions
    Eval(eval::Eval),
    /// List the questions that could not be answered
    Unanswered(unanswered::Unanswered),
}

/// Runs the command of `arguments` and says how the process should end.
///
/// # Errors
/// When the command could not do its work; what it finds wrong in a knowledge base is no error but an [`Exit`].
pub fn run(arguments: Arguments, config: &Config) -> anyhow::Result<Exit> {
    let named = arguments.knowledge.as_deref();
    let knowledge = named.unwrap_or(&config.knowledge.dir);
    let default = || match config.token {
        Some(_) => Command::Run(run::Run::default()),
        None => Command::Chat(chat::Chat::default()),
    };
    match arguments.command.unwrap_or_else(default) {
        Command::Run(run) => run.run(knowledge, config),
        Command::Invite(invite) => invite.run(config),
        Command::Doctor(doctor) => doctor.run(knowledge, config),
        Command::Ask(ask) => ask.run(knowledge, config),
        Command::Chat(chat) => chat.run(knowledge, config),
        Command::Check(check) => check.run(knowledge, config),
        Command::New(new) => new.run(knowledge),
        Command::Eval(eval) => eval.run(named, config),
        Command::Unanswered(unanswered) => unanswered.run(config),
    }
}

/// Whether `error` only says that nobody reads the output any more.
#[must_use]
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// The configured disclaimer.
fn disclaimer(answer: &config::Answer) -> anyhow::Result<Disclaimer> {
    Disclaimer::new(&answer.disclaimer).context("answer.disclaimer is blank")
}
