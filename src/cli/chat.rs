//! `needle chat`: a conversation at the terminal, or over the lines of a pipe.

mod conversation;
mod lines;

use std::path::Path;
use std::sync::Arc;

use anstyle::Style;
use anyhow::Context as _;
use clap::Args;

use crate::config::Config;
use crate::knowledge::{Knowledge, Problem};
use crate::live::{Live, Pace, Reload, watch};

use super::exit::Exit;
use super::opening::{count, open};
use super::terminal::{self, Page, Text};
use conversation::{Conversation, Next};
use lines::Lines;

/// How many topics the greeting names.
const NAMED_TOPICS: usize = 3;

/// The arguments of `needle chat`.
#[derive(Debug, Default, Args)]
pub struct Chat {}

impl Chat {
    /// Talks until the end of input, `/quit`, Ctrl-C or Ctrl-D.
    ///
    /// # Errors
    /// When standard input or output fails.
    #[expect(clippy::unused_self, reason = "every command is run the same way")]
    pub fn run(self, knowledge: &Path, config: &Config) -> anyhow::Result<Exit> {
        let loaded = match open(knowledge) {
            Ok(loaded) => loaded,
            Err(exit) => return Ok(exit),
        };
        let live = Arc::new(Live::new(knowledge, loaded, config.standard()));
        let mut conversation = Conversation::new(config.answer.policy(), super::disclaimer(&config.answer)?);
        let mut lines = Lines::new()?;

        let mut announce = lines.announcer();
        let watching = watch(Arc::clone(&live), Pace::default(), move |outcome| announce(&announcement(&outcome)))
            .context("cannot watch the knowledge folder")?;
        let mut page = terminal::page();
        greet(&mut page, &live.current().knowledge, config.token.is_some());
        page.gap();
        terminal::print(&page)?;

        while let Some(line) = lines.next()? {
            let mut page = terminal::page();
            let next = conversation.hear(&line, &live.current(), &mut page);
            terminal::print(&page.with_space_around())?;
            if next == Next::Quit {
                break;
            }
        }
        // First, as an announcement may be waiting to be shown by it, and the watching thread for that.
        drop(lines);
        drop(watching);
        Ok(Exit::Fine)
    }
}

/// What Needle knows, and why it talks here.
fn greet(page: &mut Page, knowledge: &Knowledge, has_token: bool) {
    let known = count(knowledge.entries().len(), "answer");
    let bold = Style::new().bold();
    let greeting =
        Text::styled("Needle", bold).and(&format!(" knows {known} on {}. ", topics(knowledge)), Style::new());
    page.paragraph(greeting.and("Ask in your own words; /help says what else there is.", Style::new()));
    let connection = if has_token {
        "A Discord token is set; `needle run` answers in Discord, this talks at the terminal."
    } else {
        "No Discord token is set: talking at the terminal. To connect, set DISCORD_TOKEN and start `needle run`."
    };
    page.paragraph(Text::styled(connection, Style::new().dimmed()));
}

/// For example "Microneedling", "A and B", or "A, B, C and 2 more topics".
fn topics(knowledge: &Knowledge) -> String {
    let mut titles: Vec<String> = knowledge.topics().map(|topic| topic.title.clone()).take(NAMED_TOPICS).collect();
    let more = knowledge.topics().len() - titles.len();
    if more > 0 {
        titles.push(count(more, "more topic"));
    }
    match titles.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// What to say about a reload; one line, as it comes in the middle of something else.
fn announcement(outcome: &Reload) -> String {
    match outcome {
        Reload::Unchanged => "knowledge unchanged".to_owned(),
        Reload::Replaced(snapshot) => {
            format!("knowledge reloaded: {}", count(snapshot.knowledge.entries().len(), "answer"))
        }
        Reload::Refused(problems) => {
            let errors: Vec<&Problem> = problems.iter().filter(|problem| problem.is_error()).collect();
            let first = errors.first().map(ToString::to_string).unwrap_or_default();
            let found = count(errors.len(), "problem");
            format!(
                "knowledge not reloaded, the answers before stay: {found} (`needle check` lists them); first {first}"
            )
        }
    }
}
