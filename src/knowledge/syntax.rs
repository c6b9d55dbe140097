//! Syntax: what the TOML parser has to say, for people who do not write programs.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, Error};

use super::document::Document;
use super::fields::DAY_FORM;
use super::problem::{Place, Problem};

/// The lines of a document that are no TOML. What the parser makes of them is not worth a problem of its own, and
/// what it does not find may well stand there.
#[derive(Debug, Clone, Default)]
pub(super) struct Broken {
    lines: BTreeSet<usize>,
}

impl Broken {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn contains(&self, line: usize) -> bool {
        self.lines.contains(&line)
    }
}

/// Reports `errors`, at most one a line; spans in `errors` and `table` start at the byte `offset` of `document`.
/// A list without an end takes every line below it for its own: it is reported alone and `table` is emptied.
pub(super) fn report(
    document: &Document,
    offset: usize,
    table: &mut DeTable<'_>,
    errors: &[Error],
    problems: &mut Vec<Problem>,
) -> Broken {
    let mut broken = Broken::default();
    let start_of = |error: &Error| error.span().map_or(0, |span| span.start);
    let first = errors.iter().map(start_of).min().unwrap_or_default();
    if errors.iter().any(|error| error.message().starts_with("unclosed array"))
        && let Some((key, value)) =
            table.iter().filter(|(key, _)| key.span().start <= first).max_by_key(|(key, _)| key.span().start)
        && value.get_ref().is_array()
    {
        let start = offset + value.span().start;
        let place = Place::within(document, start..start + 1);
        broken.lines.insert(place.line);
        let message = format!("the list `{}` has no end", key.get_ref());
        problems.push(Problem::error("bad-toml", place, message).help("put a `]` after its last item"));
        *table = DeTable::new();
        return broken;
    }
    let mut errors: Vec<&Error> = errors.iter().collect();
    errors.sort_by_key(|error| start_of(error));
    for error in errors {
        let Range { start, end } = error.span().unwrap_or_default();
        let span = offset + start..offset + end;
        let place = Place::within(document, span.clone());
        if broken.lines.insert(place.line) {
            let (message, help) = explain(error.message(), document.text.get(span).unwrap_or_default());
            problems.push(Problem::error("bad-toml", place, message).help(help));
        }
    }
    broken
}

/// What is wrong and what would be right, from the parser's message and the text it points at.
fn explain(message: &str, text: &str) -> (String, &'static str) {
    // The parser says what is wrong, and then what it expected.
    let wrong = message.lines().next().unwrap_or_default();
    let known = match wrong.split_once(", expected").map_or(wrong, |(wrong, _)| wrong) {
        "string values must be quoted" | "missing opening quote" if text.contains(['“', '”', '„', '‘', '’']) => {
            ("curly quotes do not count as quotes", "use straight quotes: \"…\"")
        }
        "string values must be quoted" | "missing opening quote" => {
            ("this text is not in quotes", "put it in straight quotes: \"…\"")
        }
        "invalid basic string" => ("the text has no end", "put a `\"` after it, in the same line"),
        "unexpected key or value" => (
            "nothing more can stand in this line",
            "write a quote inside a text as \\\", and begin a new line for the next key",
        ),
        "missing comma between array elements" => ("a comma is missing", "put a comma between the items of a list"),
        "extra comma in array" => ("there is a comma too many", "remove it"),
        "key with no value" | "missing value for key" | "missing value" | "invalid unquoted key" => {
            ("this is not a key with a value", "write a line like `key = value`, or a `#` before a note")
        }
        "unclosed table" | "unclosed array table" => ("the heading has no end", "put a `]` after it"),
        "duplicate key" => ("this is there already, further up", "remove one of the two"),
        "invalid date" | "invalid datetime" | "invalid float" | "invalid integer" => {
            ("this is neither a day nor a number", DAY_FORM)
        }
        "missing escaped value" => ("a backslash stands alone", "write it twice, as \\\\"),
        _ => return (message.trim().replace('\n', ", "), "compare with the examples in docs/knowledge.md"),
    };
    (known.0.to_owned(), known.1)
}
