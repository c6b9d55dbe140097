//! Why: what a decision rests on, for a person or a program to read.

use anstyle::Style;
use serde::{Serialize, Serializer};

use crate::answer::urgent::Reason;
use crate::answer::{Decision, Policy, Question, Ruling, Snapshot, Thresholds, Unknown};
use crate::knowledge::EntryId;
use crate::matching::words::words;
use crate::matching::{Explanation, Held, Matched, Part};

use super::terminal::{Page, Text};

const LABEL: Style = Style::new().dimmed();
/// How many entries are listed below the best.
const RUNNERS_UP: usize = 4;

/// What a decision rests on.
#[derive(Debug, Serialize)]
pub(super) struct Why {
    /// The entry explained: the best match.
    pub(super) entry: Option<EntryId>,
    #[serde(flatten)]
    explanation: Explanation,
    thresholds: Thresholds,
    /// The urgent document, and the sign or the words that it was found by.
    document: Option<EntryId>,
    sign: Option<String>,
    likeness: Option<Vec<String>>,
    #[serde(skip)]
    reason: Option<String>,
    #[serde(skip)]
    runners_up: Vec<(EntryId, f32)>,
    #[serde(skip)]
    is_chatter: bool,
    #[serde(skip)]
    is_foreign: bool,
}

/// Four decimals: more would look exact where nothing is.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
pub(super) fn rounded<S: Serializer>(number: &f32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((f64::from(*number) * 1e4).round() / 1e4)
}

impl Why {
    /// What `ruling`, made on `question`, rests on. Costs another look into the index.
    pub(super) fn new(question: &Question, ruling: &Ruling, snapshot: &Snapshot, policy: &Policy) -> Self {
        let knowledge = &snapshot.knowledge;
        let id = |number: usize| knowledge.entries()[number].id.clone();
        let mut why = Self {
            entry: None,
            explanation: Explanation::default(),
            thresholds: policy.thresholds(question.scope.manner),
            document: None,
            reason: None,
            sign: None,
            likeness: None,
            runners_up: ruling.matches.iter().skip(1).take(RUNNERS_UP).map(|m| (id(m.entry), m.score)).collect(),
            is_chatter: ruling.decision == Decision::Unknown(Unknown::NotAQuestion),
            is_foreign: matches!(ruling.decision, Decision::Unknown(Unknown::Foreign(_))),
        };
        if let Decision::Urgent(danger) = &ruling.decision {
            why.document = Some(knowledge.urgent()[danger.document].id.clone());
            why.reason = Some(danger.reason.to_string());
            match &danger.reason {
                Reason::Sign(sign) => why.sign = Some(sign.clone()),
                Reason::Likeness(words) => why.likeness = Some(words.clone()),
            }
        } else if let Some(best) = ruling.matches.first() {
            why.entry = Some(id(best.entry));
            why.explanation = snapshot.index.explain(&words(&question.text), best.entry);
        }
        why
    }

    /// Lays it out on `page`.
    pub(super) fn show(&self, page: &mut Page) {
        page.paragraph(Text::styled("Why", Style::new().bold()));
        if let (Some(reason), Some(document)) = (&self.reason, &self.document) {
            show_fact(page, "danger", &format!("{document}, by {reason}; danger comes before any matching"));
            return;
        }
        if self.is_foreign {
            page.paragraph(Text::plain("It is in a language that no topic is written in; nothing was matched."));
            return;
        }
        if self.is_chatter {
            page.paragraph(Text::plain("It asks nothing: there are no words in it but those of small talk."));
        }
        let Explanation { score, read_as, wording, parts, matched, held } = &self.explanation;
        match &self.entry {
            Some(entry) => show_fact(page, "score", &format!("{score:.2} for {entry}")),
            None => show_fact(page, "score", "0.00: no entry shares anything with it"),
        }
        if !wording.is_empty() {
            show_fact(page, "read as", &format!("“{read_as}”"));
            show_fact(page, "closest wording", &format!("“{wording}”"));
        }
        let Thresholds { answer, suggest } = self.thresholds;
        show_fact(page, "thresholds", &format!("an answer from {answer:.2}, suggestions from {suggest:.2}"));
        for Part { name, value } in parts {
            show_fact(page, name, &format!("{value:.2}"));
        }
        for Matched { question, entry, weight } in matched {
            let shown = if question == entry { question.clone() } else { format!("{question} ~ {entry}") };
            show_fact(page, "matched", &format!("{shown} ({})", percent(*weight)));
        }
        for Held { word, weight } in held {
            show_fact(page, "held against it", &format!("{word} ({})", percent(*weight)));
        }
        for (entry, score) in &self.runners_up {
            show_fact(page, "behind it", &format!("{score:.2} for {entry}"));
        }
    }
}

fn show_fact(page: &mut Page, label: &str, fact: &str) {
    page.hanging(&Text::styled(&format!("  {label}: "), LABEL), Text::plain(fact));
}

/// A share as a whole percentage.
fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}
