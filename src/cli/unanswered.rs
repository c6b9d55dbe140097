//! `needle unanswered`: the questions that members asked and nobody has decided on yet.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anstyle::Style;
use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::config::Config;
use crate::knowledge::OFF_TOPIC;
use crate::store::{Closest, Listing, Timestamp, UnansweredQuestion, Url};

use super::exit::Exit;
use super::opening::count;
use super::store::{StoreAddress, open_existing};
use super::terminal::{self, Page, Text, clean, clean_json, complain};
use super::why::rounded;

/// How many of the closest entries are shown of each question; `--json` has all of them.
const CLOSEST: usize = 3;

const TITLE: Style = Style::new().bold();
const LABEL: Style = Style::new().dimmed();

/// The arguments of `needle unanswered`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 they were listed, 1 there is no store or it cannot be read, 2 the address makes no sense."
)]
pub struct Unanswered {
    /// Write them to this file instead, as lines for expected.tsv: each begins with ? and the closest entry, to be
    /// replaced by what is right
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    export: Option<PathBuf>,
    /// Print everything as one line of JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    store: StoreAddress,
}

impl Unanswered {
    /// Prints the open questions, or exports them.
    ///
    /// # Errors
    /// When the store cannot be read, or the file or standard output cannot be written.
    pub fn run(self, config: &Config) -> anyhow::Result<Exit> {
        let url = match self.store.url(config) {
            Ok(url) => url,
            Err(exit) => return Ok(exit),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let questions = runtime.context("cannot start the runtime")?.block_on(read(&url))?;
        let Some(questions) = questions else {
            complain(&format!("there is no store at {url}: --store-url or store.url names another"));
            return Ok(Exit::Failed);
        };
        if let Some(file) = &self.export {
            export(&questions, file)?;
        } else if self.json {
            let line = clean_json(&serde_json::to_string(&JsonList::of(&questions))?);
            writeln!(io::stdout().lock(), "{line}").context("cannot write to standard output")?;
        } else {
            terminal::print(&page(&questions)).context("cannot write to standard output")?;
        }
        Ok(Exit::Fine)
    }
}

/// All open questions; `None` where there is no store.
async fn read(url: &Url) -> anyhow::Result<Option<Vec<UnansweredQuestion>>> {
    let Some(store) = open_existing(url).await? else { return Ok(None) };
    let questions = store.unanswered(Listing::ALL).await.with_context(|| url.to_string())?;
    store.close().await;
    Ok(Some(questions))
}

fn page(questions: &[UnansweredQuestion]) -> Page {
    let mut page = terminal::page();
    page.paragraph(Text::plain(&match questions.len() {
        0 => "no open questions".to_owned(),
        number => count(number, "open question"),
    }));
    for question in questions {
        page.gap();
        page.paragraph(Text::styled(&one_line(&question.text), TITLE));
        let asked = match question.times {
            1 => format!("asked once, {}", moment(question.last_at)),
            times => format!("asked {times} times, last {}", moment(question.last_at)),
        };
        let place = match question.server {
            Some(server) => format!("in server {}", server.0),
            None => "in direct messages".to_owned(),
        };
        page.paragraph(Text::styled(&format!("{asked}, {place}"), LABEL));
        if !question.closest.is_empty() {
            let closest = question.closest.iter().take(CLOSEST).map(|Closest { entry, score, rejected }| {
                let rejected = if *rejected { ", rejected" } else { "" };
                format!("{entry} ({score:.2}{rejected})")
            });
            page.paragraph(Text::styled(&format!("closest: {}", closest.collect::<Vec<_>>().join(", ")), LABEL));
        }
    }
    page
}

fn export(questions: &[UnansweredQuestion], file: &Path) -> anyhow::Result<()> {
    let mut lines = String::new();
    for question in questions {
        let closest = question.closest.iter().find(|closest| !closest.rejected);
        let label = closest.map_or(OFF_TOPIC, |closest| &closest.entry);
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "?{label}\t{}", one_line(&question.text));
    }
    std::fs::write(file, lines).with_context(|| format!("cannot write {}", file.display()))?;
    let said = format!("Wrote {} to {}\n", count(questions.len(), "open question"), file.display());
    anstream::stdout().write_all(clean(&said).as_bytes()).context("cannot write to standard output")
}

/// `text` without line breaks, tabs and what a terminal obeys.
fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// To the minute, such as "2026-11-23 12:00 UTC".
fn moment(at: Timestamp) -> String {
    rfc3339(at).map_or_else(|| "at no known time".to_owned(), |text| format!("{} {} UTC", &text[..10], &text[11..16]))
}

fn rfc3339(at: Timestamp) -> Option<String> {
    OffsetDateTime::from_unix_timestamp(at.0).ok()?.format(&Rfc3339).ok()
}

#[derive(Serialize)]
struct JsonList<'a> {
    questions: Vec<JsonQuestion<'a>>,
}

/// A question; times in RFC 3339, `server` is `null` for direct messages.
#[derive(Serialize)]
struct JsonQuestion<'a> {
    id: u64,
    question: &'a str,
    times: u32,
    first_asked: Option<String>,
    last_asked: Option<String>,
    server: Option<String>,
    closest: Vec<JsonClosest<'a>>,
}

/// An entry that came close.
#[derive(Serialize)]
struct JsonClosest<'a> {
    entry: &'a str,
    #[serde(serialize_with = "rounded")]
    score: f32,
    rejected: bool,
}

impl<'a> JsonList<'a> {
    fn of(questions: &'a [UnansweredQuestion]) -> Self {
        let closest = |closest: &'a Closest| {
            let Closest { entry, score, rejected } = closest;
            JsonClosest { entry, score: *score, rejected: *rejected }
        };
        let question = |question: &'a UnansweredQuestion| JsonQuestion {
            id: question.id.0,
            question: &question.text,
            times: question.times,
            first_asked: rfc3339(question.first_at),
            last_asked: rfc3339(question.last_at),
            // As text, as Discord does: many readers of JSON round numbers of this size.
            server: question.server.map(|server| server.0.to_string()),
            closest: question.closest.iter().map(closest).collect(),
        };
        Self { questions: questions.iter().map(question).collect() }
    }
}
