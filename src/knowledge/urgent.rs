//! An urgent document: what to tell a member whose message names a sign of danger.

use std::collections::BTreeMap;

use serde::Serialize;
use time::Date;

use super::document::Document;
use super::entry::missing_front_matter;
use super::fields::{Fields, Located};
use super::ids::{EntryId, STEM_RULE, stem_fault};
use super::markdown;
use super::problem::Problem;
use super::sign::{SignFault, SignPart, sign_parts};
use crate::language::Language;
use crate::limits;

/// What to do when a message names one of its signs. Once a snapshot was made of them, signs, hints, harmless turns of
/// phrase and groups are empty ([`Knowledge::take_telling`](super::Knowledge::take_telling)).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrgentDocument {
    /// `urgent/stem`.
    pub id: EntryId,
    /// The headline of the notice.
    pub title: String,
    /// How fast care is needed.
    pub level: Level,
    /// The language that it is written in, and its signs.
    pub language: Language,
    /// Short descriptions of danger, such as `yellow {leaking}`; at least one. [`sign_parts`] says how signs,
    /// hints and wordings are written.
    pub signs: Vec<Located<String>>,
    /// What is no danger by itself, but is one beside another hint.
    pub hints: Vec<Located<String>>,
    /// Turns of phrase that have words of signs in them and mean none, such as `hay fever`.
    pub harmless: Vec<Located<String>>,
    /// Wordings that stand for one another, by name. The signs of every urgent document may use them.
    pub groups: BTreeMap<String, Vec<Located<String>>>,
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
    /// The document without signs, hints, harmless turns of phrase and groups.
    pub(super) fn without_wordings(&self) -> Self {
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            level: self.level,
            language: self.language,
            signs: Vec::new(),
            hints: Vec::new(),
            harmless: Vec::new(),
            groups: BTreeMap::new(),
            reviewed: self.reviewed.clone(),
            body: self.body.clone(),
        }
    }

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
        let language = read_language(&mut fields);
        let signs = fields.nonempty_lines("signs", limits::TERM_UTF16, limits::URGENT_SIGNS);
        let hints = fields.lines("hints", limits::TERM_UTF16, limits::URGENT_SIGNS);
        let harmless = fields.lines("harmless", limits::TERM_UTF16, limits::URGENT_SIGNS);
        let groups = fields.named_lines("groups", limits::TERM_UTF16, limits::URGENT_SIGNS);
        let reviewed = fields.day("reviewed");
        for (name, wordings) in &groups {
            if let Some(fault) = stem_fault(&name.value) {
                fields.problem("bad-name", name.span.clone(), fault, STEM_RULE);
            }
            check_notation(&mut fields, wordings, Groups::Forbidden);
        }
        check_notation(&mut fields, &signs, Groups::Allowed);
        check_notation(&mut fields, &hints, Groups::Allowed);
        check_notation(&mut fields, &harmless, Groups::Forbidden);
        fields.finish();
        let body = markdown::read_body(document, parts.body, &mut found);

        let usable = !found.iter().any(Problem::is_error);
        problems.extend(found);
        let groups = groups.into_iter().map(|(name, wordings)| (name.value, wordings)).collect();
        let (title, level, reviewed) = (title?.value, level?, reviewed?);
        let urgent = Self { id, title, level, language, signs, hints, harmless, groups, reviewed, body };
        usable.then_some(urgent)
    }
}

/// What `language` says, English where there is none.
fn read_language(fields: &mut Fields<'_, '_>) -> Language {
    let Some(code) = fields.line("language", limits::NAME_UTF16) else { return Language::default() };
    Language::from_code(&code.value).unwrap_or_else(|| {
        let codes = Language::ALL.map(|language| format!("\"{}\"", language.code())).join(", ");
        let message = format!("`{}` is not a language that signs can be read in", code.value);
        fields.problem("bad-language", code.span, message, &format!("write one of {codes}"));
        Language::default()
    })
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

/// Whether a text may name groups.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Groups {
    Allowed,
    Forbidden,
}

/// Reports each of `texts` that is not written as [`sign_parts`] reads it.
fn check_notation(fields: &mut Fields<'_, '_>, texts: &[Located<String>], groups: Groups) {
    for text in texts {
        match sign_parts(&text.value) {
            Ok(parts) if groups == Groups::Forbidden && parts.iter().any(|part| matches!(part, SignPart::Group(_))) => {
                let message = "only signs and hints can name a group".to_owned();
                fields.problem("bad-sign", text.span.clone(), message, "write the words themselves");
            }
            Ok(_) => {}
            Err(fault @ SignFault::Braces(_)) => {
                let help = "write the group's name in braces, for example \"{face} swollen\"";
                fields.problem("bad-sign", text.span.clone(), fault.to_string(), help);
            }
            Err(fault @ SignFault::Range(_)) => {
                fields.problem("bad-sign", text.span.clone(), fault.to_string(), "write the lower number first");
            }
        }
    }
}
