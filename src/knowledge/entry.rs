//! An entry: one question with its phrasings, its answer, its experts and its sources.

use std::sync::Arc;

use nonempty::NonEmpty;
use time::Date;

use super::document::{Document, FENCE};
use super::fields::{Fields, Located};
use super::ids::EntryId;
use super::markdown;
use super::problem::{Place, Problem};
use super::topic::{Expert, Source};
use crate::limits;

/// One question and its answer, complete: it cannot be without an expert or a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `topic/stem`.
    pub id: EntryId,
    /// The question it answers, as its title.
    pub question: Located<String>,
    /// Other ways to ask the question.
    pub phrasings: Vec<Located<String>>,
    /// The experts it credits, in the order to show them.
    pub experts: NonEmpty<Arc<Expert>>,
    /// Its sources, in the order to show them.
    pub sources: NonEmpty<Arc<Source>>,
    /// The day someone last checked the answer against its sources.
    pub reviewed: Located<Date>,
    /// Entries that a reader may want next; some may have been left out of the knowledge for errors of their own.
    pub related: Vec<EntryId>,
    /// What stands under the answer: its own disclaimer or the topic's; `None`: the configured one.
    pub disclaimer: Option<String>,
    /// The answer, in Markdown as Discord renders it.
    pub answer: String,
}

impl Entry {
    /// The question and every phrasing, in this order: all that a member's question is compared with.
    pub fn wordings(&self) -> impl Iterator<Item = &Located<String>> {
        std::iter::once(&self.question).chain(&self.phrasings)
    }
}

/// An entry as its document has it: experts, sources and related entries are names that may mean nothing, and fields
/// with errors, which have been reported, are missing.
pub(super) struct EntryDraft {
    pub(super) id: EntryId,
    /// Whether the document is without errors of its own.
    pub(super) is_sound: bool,
    pub(super) question: Option<Located<String>>,
    pub(super) phrasings: Vec<Located<String>>,
    pub(super) experts: Vec<Located<String>>,
    pub(super) sources: Vec<Located<String>>,
    pub(super) reviewed: Option<Located<Date>>,
    pub(super) related: Vec<Located<String>>,
    pub(super) disclaimer: Option<String>,
    pub(super) answer: String,
}

impl EntryDraft {
    /// Reads `document` as the entry `id`; `None` where it has no front matter.
    pub(super) fn read(id: EntryId, document: &Document, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut found = Vec::new();
        let Some(parts) = document.parts() else {
            problems.push(missing_front_matter(document));
            return None;
        };
        let mut fields = Fields::parse(document, parts.front_matter, &mut found);
        fields.require(&[
            ("question", "\"How deep do the needles go?\""),
            ("experts", "[\"mary-stevenson\"]"),
            ("sources", "[\"microneedling-guide\"]"),
            ("reviewed", "2026-11-23"),
        ]);
        let question = fields.line("question", limits::ENTRY_QUESTION_UTF16);
        let phrasings = fields.lines("phrasings", limits::ENTRY_QUESTION_UTF16, limits::ENTRY_PHRASINGS);
        let experts = references(&mut fields, "experts");
        let sources = references(&mut fields, "sources");
        let reviewed = fields.day("reviewed");
        let related = fields.lines("related", limits::NAME_UTF16, limits::ENTRY_REFERENCES);
        let disclaimer = fields.line("disclaimer", limits::DISCLAIMER_UTF16);
        fields.finish();
        let answer = markdown::read_body(document, parts.body, &mut found);

        let is_sound = !found.iter().any(Problem::is_error);
        problems.extend(found);
        Some(Self {
            id,
            is_sound,
            question,
            phrasings,
            experts,
            sources,
            reviewed,
            related,
            disclaimer: disclaimer.map(|text| text.value),
            answer,
        })
    }
}

/// A list of short names that must not be empty.
fn references(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<Located<String>> {
    fields.nonempty_lines(key, limits::NAME_UTF16, limits::ENTRY_REFERENCES)
}

/// The problem of a document that has no front matter, or one without an end.
pub(super) fn missing_front_matter(document: &Document) -> Problem {
    let first_line = document.first_line();
    let opening = document.lines().find(|(line, _)| !line.trim().is_empty());
    let (message, help, span) = match opening {
        Some((line, range)) if line.trim() == FENCE && range.start == 0 => {
            ("the front matter has no end", "write a line `+++` between the fields and the text below them", first_line)
        }
        Some((line, range)) if line.trim() == FENCE => (
            "something stands before the front matter",
            "make the line `+++` the very first of the file, without spaces before it",
            range.start..range.start + line.len(),
        ),
        _ => (
            "the front matter is missing",
            "start the file with a line `+++`, then the fields, then another line `+++`, then the text",
            first_line,
        ),
    };
    Problem::error("missing-front-matter", Place::within(document, span), message).help(help)
}
