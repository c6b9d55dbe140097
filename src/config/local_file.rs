//! The local file: `config/local.toml`, the settings of one deployment as a person wrote them.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use config::{Value, ValueKind};
use toml::de::{DeTable, DeValue};

use super::{
    layers::{Layer, Written, shown},
    names::Names,
    problem::{Place, Problem},
    token,
};

/// The values in the file under the names that exist; what is wrong with the rest goes to `problems`. A file that is
/// not there has none.
pub(super) fn read(names: &Names, path: &Path, problems: &mut Vec<Problem>) -> Layer {
    let Some(text) = read_text(path, problems) else {
        return Layer::default();
    };
    let mut visit = Visit { names, path, text: &text, layer: Layer::default(), problems };
    visit.document();
    visit.layer
}

/// The text of the file; `None` when there is no such file, or with a problem when it cannot be read.
fn read_text(path: &Path, problems: &mut Vec<Problem>) -> Option<String> {
    let mut refuse = |position, message| {
        let path = path.to_owned();
        problems.push(Problem::new(Place::File { path, position }, message));
        None
    };
    match fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => Some(text),
        Ok(Err(error)) => {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let position = position(&String::from_utf8_lossy(valid), valid.len());
            refuse(Some(position), "the text is not UTF-8: save the file as UTF-8".to_owned())
        }
        // A link whose target is gone is not an absent file.
        Err(error) if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_err() => None,
        Err(error) => refuse(None, format!("cannot read this file: {error}")),
    }
}

/// A walk through the local file that keeps what has a right name.
struct Visit<'a> {
    names: &'a Names,
    path: &'a Path,
    text: &'a str,
    layer: Layer,
    problems: &'a mut Vec<Problem>,
}

impl Visit<'_> {
    fn document(&mut self) {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        if errors.is_empty() {
            self.table("", document.get_ref(), true);
        }
        for error in errors {
            // Only the message: the whole error repeats the line, and the line may hold a token.
            let message = format!("not valid TOML: {}", error.message());
            self.refuse(error.span().unwrap_or_default(), message);
        }
    }

    /// Visits the keys of a table; in a table that is itself unknown only misplaced tokens are worth a word.
    fn table(&mut self, section: &str, table: &DeTable<'_>, known: bool) {
        for (name, value) in table {
            let key = join(section, name.get_ref());
            let inner = match value.get_ref() {
                DeValue::Table(inner) => Some(inner),
                _ => None,
            };
            if self.names.is_key(&key) {
                let written = Written {
                    place: self.place(value.span()),
                    text: shown(self.text.get(value.span()).unwrap_or_default()),
                };
                self.layer.insert(key, value_kind(value.get_ref()), written);
            } else if token::is_meant(name.get_ref()) {
                self.refuse(name.span(), format!("{key}: {}", token::MISPLACED));
            } else if self.names.is_section(&key) {
                match inner {
                    Some(inner) => self.table(&key, inner, true),
                    None => {
                        self.refuse(value.span(), format!("{key} is a section: expected [{key}] and keys below it"));
                    }
                }
            } else {
                if known {
                    let what = if inner.is_some() { "section" } else { "key" };
                    let advice = self.names.advice_for_key(&key);
                    self.refuse(name.span(), format!("unknown {what} {key}: {advice}"));
                }
                if let Some(inner) = inner {
                    self.table(&key, inner, false);
                }
            }
        }
    }

    fn refuse(&mut self, span: Range<usize>, message: String) {
        self.problems.push(Problem::new(self.place(span), message));
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place::File { path: self.path.to_owned(), position: Some(position(self.text, span.start)) }
    }
}

/// A dotted key; a part that TOML would quote is quoted.
fn join(section: &str, name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let name = if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { format!("{name:?}") };
    if section.is_empty() { name } else { format!("{section}.{name}") }
}

fn value_kind(value: &DeValue<'_>) -> ValueKind {
    match value {
        DeValue::String(text) => text.as_ref().into(),
        // Too large for a number of 64 bits is too large for every setting: left to be refused as not a number.
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(ValueKind::Nil, ValueKind::I64)
        }
        DeValue::Float(number) => number.as_str().parse().map_or(ValueKind::Nil, ValueKind::Float),
        DeValue::Boolean(value) => (*value).into(),
        DeValue::Datetime(_) | DeValue::Table(_) => ValueKind::Nil,
        DeValue::Array(values) => {
            let values = values.iter().map(|value| Value::new(None, value_kind(value.get_ref())));
            ValueKind::Array(values.collect())
        }
    }
}

/// Line and column of a byte offset, from 1, the column in characters; a byte order mark has no width.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let before = String::from_utf8_lossy(before);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before[line_start..].chars().filter(|c| *c != '\u{feff}').count();
    (before.matches('\n').count() + 1, column + 1)
}
