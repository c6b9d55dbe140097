//! An urgent document: what to tell a member whose message names a sign of danger.

use serde::Serialize;
use time::Date;

use super::document::Document;
use super::entry::missing_front_matter;
use super::fields::{Fields, Located};
use super::ids::EntryId;
use super::markdown;
use super::problem::Problem;
use crate::limits;

/// What to do when a message names one of its signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrgentDocument {
    /// `urgent/stem`.
    pub id: EntryId,
    /// The headline of the notice.
    pub title: String,
    /// How fast care is needed.
    pub level: Level,
    /// Short descriptions of danger, such as `yellow pus`; at least one.
    pub signs: Vec<Located<String>>,
    /// The day someone last checked the notice.
    pub reviewed: Located<Date>,
    /// The notice, in Markdown as Discord renders it.
    pub body: String,
}

/// How fast care is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A doctor, today.
    Urgent,
    /// The emergency number, now.
    Emergency,
}

impl UrgentDocument {
    /// Reads `document` as the urgent document `id`; `None` where errors were reported.
    pub(super) fn read(id: EntryId, document: &Document, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut found = Vec::new();
        let Some(parts) = document.parts() else {
            problems.push(missing_front_matter(document));
            return None;
        };
        let mut fields = Fields::parse(document, parts.front_matter, &mut found);
        fields.require(&[
            ("title", "\"This may be an infection\""),
            ("level", "\"urgent\""),
            ("signs", "[\"yellow pus\", \"fever\"]"),
            ("reviewed", "2026-11-23"),
        ]);
        let title = fields.line("title", limits::ENTRY_QUESTION_UTF16);
        let level = fields.line("level", limits::NAME_UTF16).and_then(|level| read_level(&mut fields, &level));
        let signs = fields.nonempty_lines("signs", limits::TERM_UTF16, limits::ENTRY_PHRASINGS);
        let reviewed = fields.day("reviewed");
        fields.finish();
        let body = markdown::read_body(document, parts.body, &mut found);

        let usable = !found.iter().any(Problem::is_error);
        problems.extend(found);
        let urgent = Self { id, title: title?.value, level: level?, signs, reviewed: reviewed?, body };
        usable.then_some(urgent)
    }
}

fn read_level(fields: &mut Fields<'_, '_>, level: &Located<String>) -> Option<Level> {
    match level.value.as_str() {
        "urgent" => Some(Level::Urgent),
        "emergency" => Some(Level::Emergency),
        other => {
            let message = format!("unknown level `{other}`");
            fields.problem("unknown-level", level.span.clone(), message, "use \"urgent\" or \"emergency\"");
            None
        }
    }
}
