//! Diagnostics: problems as a person reads them, in the style of rustc, with the source and a caret below it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet, normalize_untrusted_str};

use crate::knowledge::{Document, Place, Problem, Severity};

use super::terminal::is_obeyed;

/// The longest source line shown whole, in columns; of a longer one the part around the caret is shown.
const SOURCE_COLUMNS: usize = 100;

/// The longest stretch underlined, in chars. A stretch that is longer, or goes over several lines, is underlined from
/// its start: that is where the reader has to look, and the renderer never cuts what is underlined.
const UNDERLINED_CHARS: usize = 60;

/// Shows problems of one knowledge base.
#[derive(Debug)]
pub struct Diagnostics<'a> {
    root: &'a Path,
    documents: &'a BTreeMap<String, Document>,
    renderer: Renderer,
}

impl<'a> Diagnostics<'a> {
    /// For problems of the knowledge base that was read from the folder `root` as `documents`. With ANSI styles where
    /// `is_styled`.
    #[must_use]
    pub fn new(root: &'a Path, documents: &'a BTreeMap<String, Document>, is_styled: bool) -> Self {
        let renderer = if is_styled { Renderer::styled() } else { Renderer::plain() };
        Self { root, documents, renderer: renderer.term_width(SOURCE_COLUMNS) }
    }

    /// The file of `place` with the knowledge folder in front, the way to open it from here.
    #[must_use]
    pub fn file(&self, place: &Place) -> String {
        if place.file.is_empty() {
            return self.root.display().to_string();
        }
        self.root.join(&place.file).display().to_string()
    }

    /// The stretch of text that `place` means; empty where it means a whole file.
    #[must_use]
    pub fn source(&self, place: &Place) -> &'a str {
        self.documents.get(&place.file).and_then(|document| document.text.get(place.span.clone())).unwrap_or_default()
    }

    /// `problem` over several lines, without a line break at the end: `error[code]: message`, file, line and column,
    /// the source with the place underlined, and the help. No control character of a document comes through.
    #[must_use]
    pub fn show(&self, problem: &Problem) -> String {
        let Problem { severity, code, place, message, help } = problem;
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let file = harmless(&self.file(place)).replace('\t', " ");
        let title = level.primary_title(harmless(message)).id(*code);
        let source = self.documents.get(&place.file).and_then(|document| source_line(document, place));
        let mut group = match &source {
            Some(Source { line, span }) => title.element(
                Snippet::source(line)
                    .line_start(place.line)
                    .path(file)
                    .annotation(AnnotationKind::Primary.span(span.clone())),
            ),
            None => title.element(origin(file, place)),
        };
        if let Some(help) = help {
            // What does not go through `primary_title` or a snippet is taken to be styled already.
            group = group.element(Level::HELP.message(normalize_untrusted_str(&harmless(help))));
        }
        self.renderer.render(&[group])
    }
}

/// A line as it is shown, and the stretch of it to underline, in bytes.
struct Source {
    line: String,
    span: Range<usize>,
}

/// The line that `place` starts in; `None` where the place is a whole file.
fn source_line(document: &Document, place: &Place) -> Option<Source> {
    if place.is_whole_file() {
        return None;
    }
    let text = &document.text;
    let start = text.floor_char_boundary(place.span.start);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or_default();
    let before = harmless(line.get(..start - line_start).unwrap_or(line));
    let rest = line.get(start - line_start..).unwrap_or_default();
    let end = text.ceil_char_boundary(place.span.end).saturating_sub(start).min(rest.len());
    let underlined: String = rest[..end].chars().take(UNDERLINED_CHARS).collect();
    let after = harmless(&rest[underlined.len()..]);
    let underlined = harmless(&underlined);
    let span = before.len()..before.len() + underlined.len();
    Some(Source { line: before + &underlined + &after, span })
}

/// File, line and column without a source: the file could not be read as text, or is meant as a whole.
fn origin(file: String, place: &Place) -> Origin<'static> {
    let origin = Origin::path(file);
    if (place.line, place.column) == (1, 1) { origin } else { origin.line(place.line).char_column(place.column) }
}

/// `text` with every character replaced, one by one, that could act on a terminal or turn the line around: control
/// characters by their pictures, such as `␛`. Tabs stay, for the renderer widens them.
fn harmless(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        c if is_obeyed(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(shown).collect()
}
