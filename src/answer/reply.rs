//! A reply: a decision as something to show, free of where it is shown. Texts are Markdown.

use std::sync::Arc;

use nonempty::NonEmpty;
use time::Date;

use crate::knowledge::{Entry, EntryId, Expert, Knowledge, Level, Source, UrgentDocument};
use crate::language::Language;

use super::decide::{Decision, Question, Unknown, languages};
use super::foreign::Foreign;
use super::quote::quote;
use super::sentences::{Sentences, fill};
use super::snapshot::Snapshot;

/// What to show to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// An entry's answer.
    Answer(AnswerReply),
    /// Questions to choose from.
    Suggestions(SuggestionsReply),
    /// Seek care.
    Urgent(UrgentReply),
    /// Nothing is known.
    Unknown(UnknownReply),
}

/// An answer, which always has an expert, a source and a disclaimer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerReply {
    /// The entry answered from.
    pub entry: EntryId,
    /// The entry's question.
    pub title: String,
    /// The member's question, [quoted](quote), as plain text.
    pub asked: String,
    /// The answer.
    pub answer: String,
    /// Who stands behind it.
    pub experts: NonEmpty<Arc<Expert>>,
    /// What it rests on.
    pub sources: NonEmpty<Arc<Source>>,
    /// The day someone last checked it against its sources.
    pub reviewed: Date,
    /// What the reader should bear in mind.
    pub disclaimer: Disclaimer,
    /// Entries the reader may want next.
    pub related: Vec<Choice>,
}

/// Questions to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestionsReply {
    /// The member's question, [quoted](quote), as plain text.
    pub asked: String,
    /// Two to four, best first.
    pub choices: Vec<Choice>,
}

/// A notice to seek care. Nothing else is said beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrgentReply {
    /// The urgent document.
    pub document: EntryId,
    /// How fast care is needed.
    pub level: Level,
    /// The language of the notice.
    pub language: Language,
    /// The headline.
    pub title: String,
    /// What to do.
    pub body: String,
    /// The day someone last checked the notice.
    pub reviewed: Date,
}

/// An honest "I don't know".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownReply {
    /// Why nothing is answered.
    pub reason: Unknown,
    /// The languages that who asked is answered in, where the question is in another.
    pub languages: Vec<Language>,
    /// The member's question, [quoted](quote), as plain text.
    pub asked: String,
}

/// An entry that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The entry.
    pub entry: EntryId,
    /// Its question.
    pub question: String,
}

/// What the reader of an answer should bear in mind; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclaimer(String);

impl Disclaimer {
    /// A disclaimer, or `None` where `text` is blank.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What to show for `decision`, which was taken on `question` and `snapshot`. `disclaimer` stands under answers
/// whose entry and topic have none of their own.
///
/// # Panics
/// When the decision was taken on another snapshot.
#[must_use]
pub fn reply(decision: &Decision, question: &Question, snapshot: &Snapshot, disclaimer: &Disclaimer) -> Reply {
    let knowledge = &snapshot.knowledge;
    let asked = quote(&question.text);
    match decision {
        Decision::Urgent(danger) => Reply::Urgent(UrgentReply::new(&knowledge.urgent()[danger.document])),
        Decision::Answer(best) => {
            Reply::Answer(answer(&knowledge.entries()[best.entry], question, knowledge, disclaimer))
        }
        Decision::Suggest(near) => Reply::Suggestions(SuggestionsReply {
            asked,
            choices: near.iter().map(|near| Choice::new(&knowledge.entries()[near.entry])).collect(),
        }),
        Decision::Unknown(reason) => {
            let is_foreign = matches!(reason, Unknown::Foreign(_));
            let languages = if is_foreign { languages(knowledge, &question.scope) } else { None };
            Reply::Unknown(UnknownReply { reason: *reason, languages: languages.unwrap_or_default(), asked })
        }
    }
}

/// The answer of `entry` to a member who asked `question`, by words or by choosing it.
#[must_use]
pub fn answer(entry: &Entry, question: &Question, knowledge: &Knowledge, disclaimer: &Disclaimer) -> AnswerReply {
    let related = knowledge.related(entry).filter(|entry| question.scope.may_see(entry, knowledge));
    AnswerReply {
        entry: entry.id.clone(),
        title: entry.question.value.clone(),
        asked: quote(&question.text),
        answer: entry.answer.clone(),
        experts: entry.experts.clone(),
        sources: entry.sources.clone(),
        reviewed: entry.reviewed.value,
        disclaimer: entry.disclaimer.as_deref().and_then(Disclaimer::new).unwrap_or_else(|| disclaimer.clone()),
        related: related.map(Choice::new).collect(),
    }
}

impl UrgentReply {
    fn new(document: &UrgentDocument) -> Self {
        Self {
            document: document.id.clone(),
            level: document.level,
            language: document.language,
            title: document.title.clone(),
            body: document.body.clone(),
            reviewed: document.reviewed.value,
        }
    }
}

impl Reply {
    /// The language to say it in, where the question itself tells which one its asker reads.
    #[must_use]
    pub fn language(&self) -> Option<Language> {
        match self {
            Self::Unknown(UnknownReply { reason: Unknown::Foreign(Foreign::Known(language)), .. }) => Some(*language),
            Self::Urgent(urgent) if urgent.language != Language::English => Some(urgent.language),
            _ => None,
        }
    }
}

impl UnknownReply {
    /// The headline.
    #[must_use]
    pub fn title<'a>(&self, sentences: &'a Sentences) -> &'a str {
        match self.reason {
            Unknown::NothingClose => &sentences.replies.unknown_title,
            Unknown::NotAQuestion => &sentences.replies.not_a_question_title,
            Unknown::Foreign(_) => &sentences.languages.other_title,
        }
    }

    /// What the member can do.
    #[must_use]
    pub fn body(&self, sentences: &Sentences) -> String {
        match self.reason {
            Unknown::NothingClose => sentences.replies.unknown_body.clone(),
            Unknown::NotAQuestion => sentences.replies.not_a_question_body.clone(),
            Unknown::Foreign(_) => {
                let languages = sentences.any_of(&self.languages);
                fill(&sentences.languages.other_body, &[("languages", &languages)])
            }
        }
    }
}

impl Choice {
    /// `entry` as a choice.
    #[must_use]
    pub fn new(entry: &Entry) -> Self {
        Self { entry: entry.id.clone(), question: entry.question.value.clone() }
    }
}
