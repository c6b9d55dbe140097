//! An entry: one question with its phrasings, its answer, its experts and its sources.

use time::Date;

use super::document::Document;
use super::fields::{Fields, Located};
use super::ids::EntryId;
use super::markdown;
use super::problem::{Place, Problem};
use crate::limits;

/// One question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `topic/stem`.
    pub id: EntryId,
    /// The question it answers, as its title.
    pub question: Located<String>,
    /// Other ways to ask the question.
    pub phrasings: Vec<Located<String>>,
    /// Short names of the experts it credits, at least one, in the order to show them.
    pub experts: Vec<Located<String>>,
    /// Short names of its sources, at least one, in the order to show them.
    pub sources: Vec<Located<String>>,
    /// The day someone last checked the answer against its sources.
    pub reviewed: Located<Date>,
    /// Entries that a reader may want next: ids, or stems of the same topic.
    pub related: Vec<Located<String>>,
    /// What stands under the answer; `None`: the topic's disclaimer.
    pub disclaimer: Option<String>,
    /// The answer, in Markdown as Discord renders it.
    pub answer: String,
}

impl Entry {
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

    /// The question and every phrasing, in this order: all that a member's question is compared with.
    pub fn wordings(&self) -> impl Iterator<Item = &Located<String>> {
        std::iter::once(&self.question).chain(&self.phrasings)
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
