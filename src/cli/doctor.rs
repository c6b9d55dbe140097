//! `needle doctor`: whether everything is in place for the bot to answer, and what to do where it is not.

use std::fmt::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use time::OffsetDateTime;

use crate::answer::Snapshot;
use crate::check::check;
use crate::config::{Config, DISCORD_URL};
use crate::discord::doctor::{Finding, State, examine};
use crate::discord::session::Failure;
use crate::knowledge::{Loaded, NO_FOLDER, Severity, load};

use super::exit::Exit;
use super::online::{exit_after, print, runtime};
use super::opening::{count, count_entries};
use super::terminal::{clean, clean_json};

/// The arguments of `needle doctor`.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 nothing is wrong, warnings at most; 1 something is wrong; 5 no token; \
    6 the knowledge has errors; 7 Discord refuses the token; 9 Discord cannot be reached.")]
pub struct Doctor {
    /// Print everything as one line of JSON
    #[arg(long)]
    json: bool,
}

/// What was found, as `--json` prints it.
#[derive(Serialize)]
struct Report<'a> {
    findings: &'a [Finding],
    errors: usize,
    warnings: usize,
}

impl Doctor {
    /// Looks at the knowledge, then at everything that Discord shows, and prints what was found.
    ///
    /// # Errors
    /// When the system lets us start no threads, or standard output fails.
    pub fn run(self, knowledge: &Path, config: &Config) -> anyhow::Result<Exit> {
        let mut findings = vec![of_knowledge(knowledge, config)];
        let mut exit = if findings[0].state == State::Error { Exit::KnowledgeRefused } else { Exit::Fine };
        match &config.token {
            None => {
                let remedy = "set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to a file that holds it; it is shown \
                              once at discord.com/developers/applications → the application → Bot → Reset Token";
                findings.push(Finding::error("token", "none is set", remedy));
                exit = Exit::Configuration;
            }
            Some(token) => match runtime()?.block_on(examine(token, &config.discord)) {
                Ok(found) => findings.extend(found),
                Err(failure) => {
                    findings.push(of_failure(&failure));
                    exit = exit_after(&failure);
                }
            },
        }
        let number = |state| findings.iter().filter(|finding| finding.state == state).count();
        let (errors, warnings) = (number(State::Error), number(State::Warning));
        if exit == Exit::Fine && errors > 0 {
            exit = Exit::Failed;
        }
        let text = if self.json {
            let all = Report { findings: &findings, errors, warnings };
            clean_json(&serde_json::to_string(&all).context("no JSON")?)
        } else {
            format!("{}\n{}, {}", page(&findings), count(errors, "error"), count(warnings, "warning"))
        };
        print(&(text + "\n"))?;
        Ok(exit)
    }
}

fn of_knowledge(dir: &Path, config: &Config) -> Finding {
    let Loaded { knowledge, problems, documents } = load(dir);
    let today = OffsetDateTime::now_utc().date();
    let report = check(&Snapshot::new(knowledge), &documents, &config.standard(), today).after(problems);
    let (about, dir) = ("knowledge", dir.display());
    if report.problems.iter().any(|problem| problem.code == NO_FOLDER) {
        let remedy = "start Needle where the folder is, or name it with --knowledge or NEEDLE__KNOWLEDGE__DIR";
        return Finding::error(about, format!("there is no folder `{dir}`"), remedy);
    }
    let size = format!("{} in {}", count_entries(report.entries), count(report.topics, "topic"));
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    let remedy = "run `needle check`, which says where and what would be right";
    if errors > 0 {
        Finding::error(about, format!("{size}, but {}: the bot does not start", count(errors, "error")), remedy)
    } else if report.entries == 0 {
        Finding::error(about, format!("the folder `{dir}` has no entry"), "run `needle new TOPIC/STEM`")
    } else if warnings > 0 {
        Finding::warning(about, format!("{size}, {}", count(warnings, "warning")), remedy)
    } else {
        Finding::fine(about, size)
    }
}

fn of_failure(failure: &Failure) -> Finding {
    match failure {
        Failure::Unreachable { url, cause, .. } => Finding::error(
            "Discord",
            format!("there is no useful answer from {url}: {cause}"),
            if url == DISCORD_URL {
                "try again; if it stays so, see whether this machine has a way to it, and discordstatus.com"
            } else {
                "see whether discord.api_url is right; without it, Discord itself is asked"
            },
        ),
        Failure::Token | Failure::Intents => Finding::error(
            "token",
            "Discord refuses it",
            "discord.com/developers/applications → the application → Bot → Reset Token, and set the new one",
        ),
    }
}

/// A line a finding, with what to do about it below.
fn page(findings: &[Finding]) -> String {
    let mut page = String::new();
    for Finding { about, state, says, remedy } in findings {
        let (label, colour) = match state {
            State::Fine => ("ok", AnsiColor::Green),
            State::Warning => ("warning", AnsiColor::Yellow),
            State::Error => ("error", AnsiColor::Red),
        };
        let style = Style::new().bold().fg_color(Some(colour.into()));
        // Writing to a string cannot fail.
        let _ = writeln!(page, "{style}{label:<8}{style:#} {}: {}", line(about), line(says));
        if let Some(remedy) = remedy {
            let _ = writeln!(page, "         → {}", line(remedy));
        }
    }
    page
}

/// Names from outside, in one line and harmless.
fn line(text: &str) -> String {
    clean(text).replace('\n', " ")
}
