//! A topic: a folder of the knowledge base, described by its `topic.toml`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use time::Date;

use super::document::Document;
use super::fields::{Fields, Located};
use super::ids::{STEM_RULE, stem_fault};
use super::problem::Problem;
use crate::language::Language;
use crate::limits;

/// The file that describes a topic.
pub const TOPIC_FILE: &str = "topic.toml";

/// A folder of the knowledge base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// The folder's name.
    pub name: String,
    /// The topic's name for people.
    pub title: String,
    /// What the topic is about, in a sentence.
    pub description: String,
    /// The language that its entries are written in; `None`: one that questions are not told apart by.
    pub language: Option<Language>,
    /// What stands under every answer that has no disclaimer of its own; `None`: the configured one.
    pub disclaimer: Option<String>,
    /// Days after which an entry should be checked against its sources again; `None`: never.
    pub review_every_days: Option<u32>,
    /// Whether its entries may be answered in direct messages.
    pub direct_messages: bool,
    /// Lists of terms of equal meaning, as the moderators wrote them.
    pub synonyms: Vec<Vec<String>>,
    /// Questions that sound like the topic and that no entry answers.
    pub off_topic: Vec<Located<String>>,
    /// The experts that entries may credit, by their short names.
    pub experts: BTreeMap<String, Arc<Expert>>,
    /// The sources that entries may name, by their short names.
    pub sources: BTreeMap<String, Arc<Source>>,
}

/// Who stands behind an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expert {
    /// The name with titles, such as `Mary Stevenson, MD`.
    pub name: String,
    /// The profession.
    pub role: String,
    /// Where the expert works, if known.
    pub place: Option<String>,
}

/// Where an answer's facts were published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The title.
    pub title: String,
    /// Who published it, if known.
    pub publisher: Option<String>,
    /// When it was published, if known.
    pub published: Option<Published>,
    /// Its `http` or `https` address, if known.
    pub url: Option<String>,
}

/// When a source was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// In this year.
    Year(u16),
    /// On this day.
    Day(Date),
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Published::Year(year) => write!(f, "{year}"),
            Published::Day(day) => write!(f, "{day}"),
        }
    }
}

impl Topic {
    /// Reads `document`, the `topic.toml` of the folder `name`; `None` where errors were reported.
    pub(super) fn read(name: &str, document: &Document, problems: &mut Vec<Problem>) -> Option<Self> {
        let mut found = Vec::new();
        let mut fields = Fields::parse(document, 0..document.text.len(), &mut found);
        fields.require(&[("title", "\"Microneedling\""), ("description", "\"What it is about, in a sentence.\"")]);
        let title = fields.line("title", limits::NAME_UTF16);
        let description = fields.line("description", limits::DESCRIPTION_UTF16);
        let language = language(&mut fields);
        let disclaimer = fields.line("disclaimer", limits::DISCLAIMER_UTF16);
        let review_every_days = fields.integer("review_every_days", 1..=36_500);
        let direct_messages = fields.flag("direct_messages").unwrap_or(false);
        let synonyms = fields.lists_of_lines("synonyms", limits::TERM_UTF16, limits::FOLDER_FILES);
        let off_topic = fields.lines("off_topic", limits::ENTRY_QUESTION_UTF16, limits::TOPIC_OFF_TOPIC);
        let experts = fields.tables("experts", named(Expert::read));
        let sources = fields.tables("sources", named(Source::read));
        fields.finish();

        let usable = !found.iter().any(Problem::is_error);
        problems.extend(found);
        let topic = Self {
            name: name.to_owned(),
            title: title?.value,
            description: description?.value,
            language,
            disclaimer: disclaimer.map(|text| text.value),
            review_every_days,
            direct_messages,
            synonyms: synonyms.into_iter().map(|list| list.into_iter().map(|term| term.value).collect()).collect(),
            off_topic,
            experts: experts.into_iter().collect(),
            sources: sources.into_iter().collect(),
        };
        usable.then_some(topic)
    }
}

/// The value of `language` for one that is not among [`Language::ALL`].
const OTHER_LANGUAGE: &str = "other";

/// What `language` says, English where there is none.
fn language(fields: &mut Fields<'_, '_>) -> Option<Language> {
    let Some(code) = fields.line("language", limits::NAME_UTF16) else { return Some(Language::default()) };
    let language = Language::from_code(&code.value);
    if language.is_none() && code.value != OTHER_LANGUAGE {
        let codes = Language::ALL.map(|language| format!("\"{}\"", language.code())).join(", ");
        let help = format!("write one of {codes}, or \"{OTHER_LANGUAGE}\" for any other language");
        fields.problem("bad-language", code.span, format!("`{}` is not a language known here", code.value), &help);
    }
    language
}

impl Expert {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        fields.require(&[("name", "\"Mary Stevenson, MD\""), ("role", "\"dermatologist\"")]);
        let name = fields.line("name", limits::NAME_UTF16);
        let role = fields.line("role", limits::NAME_UTF16);
        let place = fields.line("place", limits::NAME_UTF16);
        Some(Self { name: name?.value, role: role?.value, place: place.map(|text| text.value) })
    }
}

impl Source {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        fields.require(&[("title", "\"The title of the source\"")]);
        let title = fields.line("title", limits::SOURCE_TITLE_UTF16);
        let publisher = fields.line("publisher", limits::NAME_UTF16);
        let date = fields.year_or_day("published");
        let url = fields.line("url", limits::URL_UTF16);
        if let Some(url) = &url
            && !is_web_address(&url.value)
        {
            let message = format!("`{}` is not a web address", url.value);
            fields.problem("bad-url", url.span.clone(), message, "start it with https:// and use no spaces");
        }
        Some(Self {
            title: title?.value,
            publisher: publisher.map(|text| text.value),
            published: date,
            url: url.map(|text| text.value),
        })
    }
}

/// Reads a table's fields with `read`, and its name; both report what is wrong.
fn named<T>(
    read: impl Fn(&mut Fields<'_, '_>) -> Option<T>,
) -> impl FnMut(&mut Fields<'_, '_>, Located<String>) -> Option<(String, Arc<T>)> {
    move |fields, name| {
        let value = read(fields);
        Some((short_name(fields, name)?, Arc::new(value?)))
    }
}

fn short_name(fields: &mut Fields<'_, '_>, name: Located<String>) -> Option<String> {
    match stem_fault(&name.value) {
        Some(fault) => {
            fields.problem("bad-name", name.span, fault, STEM_RULE);
            None
        }
        None => Some(name.value),
    }
}

/// Whether a text can stand as the address of a Markdown link.
fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"'))
}
