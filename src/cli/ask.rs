//! `needle ask`: one question, one reply.

mod json;

use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use anyhow::Context as _;
use clap::error::ErrorKind;
use clap::{Args, Command};

use crate::answer::{self, Decision, Manner, Question, Snapshot};
use crate::config::Config;
use crate::limits::{QUESTION_BYTES, QUESTION_CHARS};

use super::exit::Exit;
use super::opening::open;
use super::terminal::{self, show_reply};
use super::why::Why;

/// The arguments of `needle ask`.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 an answer or an urgent notice, 3 suggestions, 4 unknown.")]
pub struct Ask {
    /// The question; `-`, or none with a pipe into it, reads it from standard input
    #[arg(value_name = "QUESTION")]
    question: Vec<String>,
    /// Print the reply, the decision and the ranking as one line of JSON
    #[arg(long)]
    json: bool,
    /// Show why: what matched what, with which weight, and what was held against it
    #[arg(long)]
    explain: bool,
    /// Answer as if the question had been put to nobody in particular, by the stricter thresholds
    #[arg(long)]
    unprompted: bool,
}

impl Ask {
    /// Prints the reply.
    ///
    /// # Errors
    /// When standard input or output fails.
    pub fn run(self, knowledge: &Path, config: &Config) -> anyhow::Result<Exit> {
        let Some(text) = self.text()? else {
            let message = "there is no question: write it behind `ask`, in quotes, or pipe it in";
            let mut command = Ask::augment_args(Command::new("needle ask"));
            command.error(ErrorKind::MissingRequiredArgument, message).print()?;
            return Ok(Exit::Usage);
        };
        let snapshot = &match open(knowledge) {
            Ok(loaded) => Snapshot::new(loaded.knowledge),
            Err(exit) => return Ok(exit),
        };
        let policy = config.answer.policy();
        let manner = if self.unprompted { Manner::Unprompted } else { Manner::Addressed };
        let question = Question { text, scope: manner.into() };
        let ruling = answer::decide(&question, snapshot, &policy);
        let reply = answer::reply(&ruling.decision, &question, snapshot, &super::disclaimer(&config.answer)?);
        let why = self.explain.then(|| Why::new(&question, &ruling, snapshot, &policy));
        if self.json {
            let line = json::line(&question, &ruling, &reply, snapshot, why.as_ref())?;
            writeln!(io::stdout().lock(), "{line}").context("cannot write to standard output")?;
        } else {
            let mut page = terminal::page();
            show_reply(&mut page, &reply, terminal::Shown::Alone);
            if let Some(why) = why {
                page.gap();
                why.show(&mut page);
            }
            terminal::print(&page).context("cannot write to standard output")?;
        }
        Ok(match ruling.decision {
            Decision::Answer(_) | Decision::Urgent(_) => Exit::Fine,
            Decision::Suggest(_) => Exit::Suggestions,
            Decision::Unknown(_) => Exit::Unknown,
        })
    }

    /// The question, no longer than [`QUESTION_CHARS`]; `None` where there is none.
    fn text(&self) -> anyhow::Result<Option<String>> {
        let text = match &self.question[..] {
            [] if io::stdin().is_terminal() => return Ok(None),
            [] => read_question()?,
            [dash] if dash == "-" => read_question()?,
            words => words.join(" "),
        };
        Ok(Some(text.chars().take(QUESTION_CHARS).collect()))
    }
}

/// All of standard input that a question can need; what is not UTF-8 in it becomes U+FFFD.
fn read_question() -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(QUESTION_BYTES as u64).read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned())
}
