//! The reply of `needle ask --json`: every key is always there; what is missing is `null` or an empty list.

use serde::Serialize;

use crate::answer::{self, Decision, Question, Reply, Ruling, Snapshot, Unknown};
use crate::cli::terminal::{clean_json, sentences, sentences_for};
use crate::cli::why::{Why, rounded};
use crate::knowledge;

/// How many matches are listed.
const MATCHES: usize = 10;

/// One line of JSON; a terminal that it is printed to obeys nothing in it.
pub(super) fn line(
    question: &Question,
    ruling: &Ruling,
    reply: &Reply,
    snapshot: &Snapshot,
    why: Option<&Why>,
) -> serde_json::Result<String> {
    let (decision, reason) = match &ruling.decision {
        Decision::Answer(_) => ("answer", None),
        Decision::Suggest(_) => ("suggest", None),
        Decision::Urgent(_) => ("urgent", None),
        Decision::Unknown(Unknown::NothingClose) => ("unknown", Some("nothing_close")),
        Decision::Unknown(Unknown::NotAQuestion) => ("unknown", Some("not_a_question")),
        Decision::Unknown(Unknown::Foreign(_)) => ("unknown", Some("foreign")),
    };
    let entries = snapshot.knowledge.entries();
    let matches = ruling.matches.iter().take(MATCHES);
    let record = Record {
        question: &question.text,
        decision,
        reason,
        score: ruling.score(),
        matches: matches.map(|m| Match { entry: entries[m.entry].id.as_str(), score: m.score }).collect(),
        reply: Shown::new(reply),
        explanation: why,
    };
    serde_json::to_string(&record).map(|line| clean_json(&line))
}

#[derive(Serialize)]
struct Record<'a> {
    question: &'a str,
    decision: &'static str,
    reason: Option<&'static str>,
    #[serde(serialize_with = "rounded")]
    score: f32,
    matches: Vec<Match<'a>>,
    reply: Shown<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a Why>,
}

#[derive(Serialize)]
struct Match<'a> {
    entry: &'a str,
    #[serde(serialize_with = "rounded")]
    score: f32,
}

/// A reply. `answer` is an entry's answer or an urgent notice, and nothing else.
#[derive(Default, Serialize)]
struct Shown<'a> {
    title: &'a str,
    answer: Option<&'a str>,
    experts: Vec<Expert<'a>>,
    sources: Vec<Source<'a>>,
    reviewed: Option<String>,
    disclaimer: Option<&'a str>,
    related: Vec<Choice<'a>>,
    choices: Vec<Choice<'a>>,
}

#[derive(Serialize)]
struct Expert<'a> {
    name: &'a str,
    role: &'a str,
    place: Option<&'a str>,
}

#[derive(Serialize)]
struct Source<'a> {
    title: &'a str,
    publisher: Option<&'a str>,
    published: Option<String>,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Choice<'a> {
    entry: &'a str,
    question: &'a str,
}

impl<'a> Shown<'a> {
    fn new(reply: &'a Reply) -> Self {
        match reply {
            Reply::Answer(answer) => Self {
                title: &answer.title,
                answer: Some(&answer.answer),
                experts: answer.experts.iter().map(|expert| Expert::new(expert)).collect(),
                sources: answer.sources.iter().map(|source| Source::new(source)).collect(),
                reviewed: Some(answer.reviewed.to_string()),
                disclaimer: Some(answer.disclaimer.as_str()),
                related: choices(&answer.related),
                choices: Vec::new(),
            },
            Reply::Suggestions(suggestions) => Self {
                title: &sentences().replies.suggestions_title,
                choices: choices(&suggestions.choices),
                ..Self::default()
            },
            Reply::Urgent(urgent) => Self {
                title: &urgent.title,
                answer: Some(&urgent.body),
                reviewed: Some(urgent.reviewed.to_string()),
                ..Self::default()
            },
            Reply::Unknown(unknown) => Self { title: unknown.title(sentences_for(reply)), ..Self::default() },
        }
    }
}

fn choices(choices: &[answer::Choice]) -> Vec<Choice<'_>> {
    choices.iter().map(|choice| Choice { entry: choice.entry.as_str(), question: &choice.question }).collect()
}

impl<'a> Expert<'a> {
    fn new(expert: &'a knowledge::Expert) -> Self {
        Self { name: &expert.name, role: &expert.role, place: expert.place.as_deref() }
    }
}

impl<'a> Source<'a> {
    fn new(source: &'a knowledge::Source) -> Self {
        Self {
            title: &source.title,
            publisher: source.publisher.as_deref(),
            published: source.published.map(|published| published.to_string()),
            url: source.url.as_deref(),
        }
    }
}
