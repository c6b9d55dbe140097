//! `needle check`: every problem of a knowledge base, the expected questions that went wrong, and a summary.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use time::OffsetDateTime;

use crate::check::{EXPECTED_WRONG, Examined, Report, examine};
use crate::config::Config;
use crate::knowledge::{NO_FOLDER, Problem, Severity, load};

use super::diagnostics::Diagnostics;
use super::exit::Exit;
use super::opening::{count, count_entries};
use super::terminal::{clean, clean_json, is_coloured};

/// The most expected questions gone wrong that are listed; `--json` has all of them.
const LISTED_QUESTIONS: usize = 50;

/// The arguments of `needle check`.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 no errors, warnings at most; 1 errors; 6 the folder cannot be read.")]
pub struct Check {
    /// The folder of the knowledge base [default: --knowledge, or `knowledge.dir` of the configuration]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Print everything as one line of JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    /// Prints what is wrong in the knowledge base, and how much there is of everything.
    ///
    /// # Errors
    /// When standard output fails.
    pub fn run(self, knowledge: &Path, config: &Config) -> anyhow::Result<Exit> {
        let dir = self.dir.as_deref().unwrap_or(knowledge);
        let today = OffsetDateTime::now_utc().date();
        let Examined { report, documents, .. } = examine(load(dir), &config.standard(), today);
        let diagnostics = Diagnostics::new(dir, &documents, is_coloured());
        let text = if self.json { json(&report, &diagnostics)? } else { page(&report, &diagnostics) };
        let mut stdout = anstream::stdout().lock();
        stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).context("cannot write to standard output")?;
        Ok(exit(&report))
    }
}

fn exit(report: &Report) -> Exit {
    if report.problems.iter().any(|problem| problem.code == NO_FOLDER) {
        Exit::KnowledgeRefused
    } else if report.has_errors() {
        Exit::Failed
    } else {
        Exit::Fine
    }
}

/// Every problem with its source, then the expected questions gone wrong, then the summary.
fn page(report: &Report, diagnostics: &Diagnostics<'_>) -> String {
    let mut page = String::new();
    let (wrong, others): (Vec<&Problem>, Vec<&Problem>) =
        report.problems.iter().partition(|problem| problem.code == EXPECTED_WRONG);
    for problem in others {
        page += &diagnostics.show(problem);
        page += "\n\n";
    }
    if !wrong.is_empty() {
        page += &questions(&wrong, diagnostics);
        page.push('\n');
    }
    page + &summary(report) + "\n"
}

/// A paragraph for each expected question gone wrong: where it stands, what it asks, what came of it.
fn questions(wrong: &[&Problem], diagnostics: &Diagnostics<'_>) -> String {
    let mut list = format!("{} went wrong:\n", count(wrong.len(), "expected question"));
    for problem in wrong.iter().take(LISTED_QUESTIONS) {
        let file = clean(&diagnostics.file(&problem.place));
        let question = clean(diagnostics.source(&problem.place));
        let message = clean(&problem.message);
        // Writing to a string cannot fail.
        let _ = writeln!(list, "  {file}:{}: {question}\n    {message}", problem.place.line);
    }
    if wrong.len() > LISTED_QUESTIONS {
        let _ = writeln!(list, "  and {} more: `--json` has them all", wrong.len() - LISTED_QUESTIONS);
    }
    list
}

/// For example "25 entries in 1 topic; 158 of 162 expected questions right (97.5 %); 0 errors, 3 warnings".
fn summary(report: &Report) -> String {
    let tally = report.tally();
    let expected = match tally.share() {
        Some(share) => format!("{} of {} expected questions right ({:.1} %)", tally.right, tally.total, share * 100.0),
        None => "no expected questions".to_owned(),
    };
    format!(
        "{} in {}; {expected}; {}, {}",
        count_entries(report.entries),
        count(report.topics, "topic"),
        count(report.count(Severity::Error), "error"),
        count(report.count(Severity::Warning), "warning"),
    )
}

/// The report as `--json` prints it.
#[derive(Serialize)]
struct JsonReport<'a> {
    problems: Vec<JsonProblem<'a>>,
    entries: usize,
    topics: usize,
    expected: JsonExpected,
    errors: usize,
    warnings: usize,
}

/// A problem; the file with the knowledge folder in front, line and column from 1, the column in chars.
#[derive(Serialize)]
struct JsonProblem<'a> {
    severity: Severity,
    code: &'static str,
    file: String,
    line: usize,
    column: usize,
    message: &'a str,
    help: Option<&'a str>,
}

/// How the expected questions went; `share` in `0..=1`, `null` where there are none.
#[derive(Serialize)]
struct JsonExpected {
    right: u32,
    total: u32,
    share: Option<f32>,
}

fn json(report: &Report, diagnostics: &Diagnostics<'_>) -> anyhow::Result<String> {
    let problems = report.problems.iter().map(|problem| JsonProblem {
        severity: problem.severity,
        code: problem.code,
        file: diagnostics.file(&problem.place),
        line: problem.place.line,
        column: problem.place.column,
        message: &problem.message,
        help: problem.help.as_deref(),
    });
    let tally = report.tally();
    let report = JsonReport {
        problems: problems.collect(),
        entries: report.entries,
        topics: report.topics,
        expected: JsonExpected { right: tally.right, total: tally.total, share: tally.share() },
        errors: report.count(Severity::Error),
        warnings: report.count(Severity::Warning),
    };
    Ok(clean_json(&serde_json::to_string(&report)?) + "\n")
}
