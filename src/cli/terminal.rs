//! The terminal: all that the commands write, wrapped, coloured where colour is wanted, and harmless.
//!
//! Everything is laid out with ANSI styles; `anstream` takes them out again where the output is no terminal or
//! `NO_COLOR` is set, and leaves them in where `CLICOLOR_FORCE` is. No other escape sequence can come through: all text
//! goes through [`clean()`] on its way onto a [`Page`].

mod clean;
mod markdown;
mod page;
mod progress;
mod reply;

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::answer::Reply;
use crate::answer::sentences::{self, Sentences};
use crate::language::Language;

pub(super) use clean::{clean, clean_json, is_obeyed};
pub(super) use page::{Page, Text};
pub(super) use progress::Progress;
pub(super) use reply::{Shown, show_choice, show_reply};

/// The longest line, in columns: longer ones are tiring to read.
const WIDEST_COLUMNS: usize = 100;
/// The narrowest text, in columns, however narrow the terminal.
const NARROWEST_COLUMNS: usize = 20;
/// The longest line, in columns, where no terminal shows it.
const PIPED_COLUMNS: usize = 80;

/// A page as wide as what stdout leads to.
pub(super) fn page() -> Page {
    let columns = if io::stdout().is_terminal() {
        terminal_size::terminal_size().map_or(PIPED_COLUMNS, |(width, _)| usize::from(width.0))
    } else {
        PIPED_COLUMNS
    };
    Page::new(columns.clamp(NARROWEST_COLUMNS, WIDEST_COLUMNS))
}

/// Writes `page` to stdout at once.
pub(super) fn print(page: &Page) -> io::Result<()> {
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(page.as_ansi().as_bytes())?;
    stdout.flush()
}

/// Whether stdout takes colour.
pub(super) fn is_coloured() -> bool {
    AutoStream::choice(&io::stdout()) != ColorChoice::Never
}

/// The fixed texts, which are in English at the terminal, as all else there is.
pub(super) fn sentences() -> &'static Sentences {
    sentences::of(Language::English)
}

/// The fixed texts of `reply`: in the language of the question where it tells which one its asker reads.
pub(super) fn sentences_for(reply: &Reply) -> &'static Sentences {
    sentences::of(reply.language().unwrap_or_default())
}

/// Writes `text` to stderr as what went wrong.
pub fn complain(text: &str) {
    remark("error", AnsiColor::Red, text);
}

/// Writes `text` to stderr as something to know.
pub(super) fn warn(text: &str) {
    remark("warning", AnsiColor::Yellow, text);
}

fn remark(label: &str, colour: AnsiColor, text: &str) {
    let style = Style::new().bold().fg_color(Some(colour.into()));
    for line in clean(text).lines() {
        // Where nobody reads it, nobody can be told.
        let _ = writeln!(anstream::stderr(), "{style}{label}:{style:#} {line}");
    }
}
