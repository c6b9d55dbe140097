//! An entry: one question with its phrasings, its answer, its experts and its sources.

use std::sync::Arc;

use nonempty::NonEmpty;
use time::Date;

use super::document::Document;
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

/// An entry as its document has it: experts, sources and related entries are names that may mean nothing.
pub(super) struct EntryDraft {
    pub(super) id: EntryId,
    pub(super) question: Located<String>,
    pub(super) phrasings: Vec<Located<String>>,
    pub(super) experts: Vec<Located<String>>,
    pub(super) sources: Vec<Located<String>>,
    pub(super) reviewed: Located<Date>,
    pub(super) related: Vec<Located<String>>,
    pub(super) disclaimer: Option<String>,
    pub(super) answer: String,
}

impl EntryDraft {
    /// Reads `document` as the entry `id`; `None` where errors were reported.
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

        let usable = !found.iter().any(Problem::is_error);
        problems.extend(found);
        let entry = Self {
            id,
            question: question?,
            phrasings,
            experts,
            sources,
            reviewed: reviewed?,
            related,
            disclaimer: disclaimer.map(|text| text.value),
            answer,
        };
        usable.then_some(entry)
    }
}

/// A list of short names that must not be empty.
fn references(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<Located<String>> {
    fields.nonempty_lines(key, limits::NAME_UTF16, limits::ENTRY_REFERENCES)
}

/// The problem of a document that does not start with front matter.
pub(super) fn missing_front_matter(document: &Document) -> Problem {
    let place = Place::within(document, document.first_line());
    Problem::error("missing-front-matter", place, "the front matter is missing or not closed")
        .help("start the file with a line `+++`, then the fields, then another line `+++`, then the answer")
}
