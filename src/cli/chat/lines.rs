//! Lines: what a member types, with line editing at a terminal and as it comes from a pipe.

use std::borrow::Cow;
use std::io::{self, BufRead, IsTerminal, Read, Write};

use anstyle::{AnsiColor, Style};
use anyhow::Context as _;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{ColorMode, Config, Editor, ExternalPrinter, Helper};

use crate::cli::terminal::{self, Text, clean};
use crate::limits::QUESTION_BYTES;

use super::conversation::COMMANDS;

const PROMPT: &str = "> ";
const PROMPT_STYLE: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green)));
const REMARK: Style = Style::new().dimmed();

/// Where lines come from.
pub(super) enum Lines {
    /// A terminal. The history is in memory and ends with the conversation: questions may be about somebody's health,
    /// so nothing of them is written to the disk.
    Typed(Box<Editor<AtPrompt, MemHistory>>),
    /// A pipe or file. Each line is printed in front of its reply, so that the output reads as a conversation.
    Piped,
}

impl Lines {
    /// Typed lines where both ends are a terminal, else those of standard input.
    pub(super) fn new() -> anyhow::Result<Self> {
        if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
            return Ok(Self::Piped);
        }
        let colour = if terminal::is_coloured() { ColorMode::Forced } else { ColorMode::Disabled };
        let config = Config::builder().color_mode(colour).auto_add_history(true).build();
        let mut editor = Editor::with_history(config, MemHistory::new()).context("cannot use the terminal")?;
        editor.set_helper(Some(AtPrompt));
        Ok(Self::Typed(Box::new(editor)))
    }

    /// The next line; `None` at the end of input, or when the member wants to go.
    pub(super) fn next(&mut self) -> anyhow::Result<Option<String>> {
        match self {
            Self::Typed(editor) => match editor.readline(PROMPT) {
                Ok(line) => Ok(Some(line)),
                Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
                Err(error) => Err(error).context("cannot read from the terminal"),
            },
            Self::Piped => {
                let Some(line) = read_line().context("cannot read standard input")? else { return Ok(None) };
                if !line.trim().is_empty() {
                    let shown = Text::styled(PROMPT, PROMPT_STYLE).and(&line, Style::new());
                    let mut page = terminal::page();
                    page.line(shown);
                    terminal::print(&page)?;
                }
                Ok(Some(line))
            }
        }
    }

    /// What prints a remark of one line, from any thread, without disturbing the line being typed.
    pub(super) fn announcer(&mut self) -> Box<dyn FnMut(&str) + Send> {
        if let Self::Typed(editor) = self
            && let Ok(mut printer) = editor.create_external_printer()
        {
            let style = if terminal::is_coloured() { REMARK } else { Style::new() };
            return Box::new(move |remark| {
                let line = format!("{style}{}{style:#}\n", on_one_line(remark));
                if let Err(error) = printer.print(line) {
                    tracing::debug!(%error, "cannot print a remark");
                }
            });
        }
        Box::new(|remark| {
            let mut stdout = anstream::stdout().lock();
            let line = format!("{REMARK}{}{REMARK:#}\n", on_one_line(remark));
            if let Err(error) = stdout.write_all(line.as_bytes()).and_then(|()| stdout.flush()) {
                tracing::debug!(%error, "cannot print a remark");
            }
        })
    }
}

fn on_one_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

/// A line of standard input without its end, cut to what a question can need; what is not UTF-8 becomes U+FFFD.
fn read_line() -> io::Result<Option<String>> {
    let mut stdin = io::stdin().lock();
    let mut bytes = Vec::new();
    if stdin.by_ref().take(QUESTION_BYTES as u64).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() == QUESTION_BYTES && !bytes.ends_with(b"\n") {
        stdin.skip_until(b'\n')?;
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned()))
}

/// What the line editor does beside editing: colours the prompt and completes commands.
pub(super) struct AtPrompt;

impl Helper for AtPrompt {}

impl Hinter for AtPrompt {
    type Hint = String;
}

impl Validator for AtPrompt {}

impl Highlighter for AtPrompt {
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _default: bool) -> Cow<'b, str> {
        Cow::Owned(format!("{PROMPT_STYLE}{prompt}{PROMPT_STYLE:#}"))
    }
}

impl Completer for AtPrompt {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        end: usize,
        _: &rustyline::Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Self::Candidate>)> {
        let begun = &line[..end];
        let fitting = COMMANDS.iter().map(|(name, _)| *name).filter(|name| name.starts_with(begun));
        Ok((0, if begun.starts_with('/') { fitting.map(str::to_owned).collect() } else { Vec::new() }))
    }
}
