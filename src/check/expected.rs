//! Expected questions: whether each is decided as its label says.
//!
//! What is right:
//! - a label that is an entry: the answer is that entry; the entry among suggestions is not enough;
//! - [`OFF_TOPIC`]: anything but an answer or an urgent notice; suggestions leave the choice to the member;
//! - a label that is an urgent document: the notice of that document. Another urgent document is wrong, even a graver
//!   one: each notice is written for its own signs, and a label that is too mild should be mended in the file.

use std::collections::BTreeMap;
use std::ops::Add;

use super::{Places, Standard};
use crate::answer::{Decision, Manner, Question, Ruling, Snapshot, Unknown, decide};
use crate::knowledge::{EXPECTED_FILE, EntryId, ExpectedQuestion, Knowledge, OFF_TOPIC, Place, Problem};

/// The code of the warning of one expected question that went wrong.
pub const EXPECTED_WRONG: &str = "expected-wrong";

/// How many expected questions went right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many were decided as their labels say.
    pub right: u32,
    /// How many were asked.
    pub total: u32,
}

impl Tally {
    /// The share of right ones in `0..=1`; `None` where none was asked.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a file has fewer questions than f32 can count")]
    pub fn share(self) -> Option<f32> {
        (self.total > 0).then(|| self.right as f32 / self.total as f32)
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { right: self.right + other.right, total: self.total + other.total }
    }
}

/// What a label means.
#[derive(Clone, Copy)]
enum Wanted {
    /// The entry of this number.
    Entry(usize),
    /// The urgent document of this number.
    Urgent(usize),
    OffTopic,
}

/// Asks every expected question as one put to the bot; warns of each that goes wrong, and reports a share of right
/// ones below [`Standard::expected_min`], over all topics, as an error. Questions whose entry was left out of the
/// knowledge for errors of its own are not asked.
pub(super) fn ask(
    snapshot: &Snapshot,
    standard: &Standard,
    places: Places<'_>,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, Tally> {
    let mut tallies = BTreeMap::new();
    for (topic, questions) in snapshot.knowledge.expected() {
        let path = format!("{topic}/{EXPECTED_FILE}");
        let tally: &mut Tally = tallies.entry(topic.clone()).or_default();
        for ExpectedQuestion { label, question } in questions {
            let Some(wanted) = wanted(&snapshot.knowledge, topic, &label.value) else { continue };
            let asked = Question { text: question.value.clone(), scope: Manner::Addressed.into() };
            let ruling = decide(&asked, snapshot, &standard.policy);
            tally.total += 1;
            if is_right(wanted, &ruling.decision) {
                tally.right += 1;
                continue;
            }
            let message = format!(
                "expected {}, got {}",
                shown_wanted(wanted, &snapshot.knowledge, topic),
                shown(&ruling, &snapshot.knowledge, topic)
            );
            let place = places.within(&path, &question.span);
            problems.push(Problem::warning(EXPECTED_WRONG, place, message).help(help(wanted, &ruling.decision)));
        }
    }
    problems.extend(too_few_right(&tallies, standard.expected_min));
    tallies
}

fn wanted(knowledge: &Knowledge, topic: &str, label: &str) -> Option<Wanted> {
    if label == OFF_TOPIC {
        return Some(Wanted::OffTopic);
    }
    let in_topic = EntryId::new(topic, label);
    let means = |id: &EntryId| *id == in_topic || id.as_str() == label;
    let entry = knowledge.entries().iter().position(|entry| means(&entry.id)).map(Wanted::Entry);
    entry.or_else(|| knowledge.urgent().iter().position(|urgent| means(&urgent.id)).map(Wanted::Urgent))
}

fn is_right(wanted: Wanted, decision: &Decision) -> bool {
    match (wanted, decision) {
        (Wanted::Entry(number), Decision::Answer(best)) => best.entry == number,
        (Wanted::Urgent(number), Decision::Urgent(danger)) => danger.document == number,
        (Wanted::OffTopic, Decision::Suggest(_) | Decision::Unknown(_)) => true,
        _ => false,
    }
}

/// The error of a share of right questions below `least`; placed at the topic that does worst.
fn too_few_right(tallies: &BTreeMap<String, Tally>, least: f32) -> Option<Problem> {
    let all = tallies.values().fold(Tally::default(), |sum, tally| sum + *tally);
    let share = all.share().filter(|share| *share < least)?;
    let shares = tallies.iter().filter_map(|(topic, tally)| Some((topic, tally.share()?)));
    let (worst, _) = shares.min_by(|a, b| a.1.total_cmp(&b.1))?;
    let Tally { right, total } = all;
    let message = format!(
        "only {right} of {total} expected questions go right ({:.1} %), {:.1} % are the least",
        share * 100.0,
        least * 100.0
    );
    let help = "add phrasings to the entries that were expected, or correct the lines that went wrong";
    Some(Problem::error("expected-share", Place::file(format!("{worst}/{EXPECTED_FILE}")), message).help(help))
}

/// The id, without the topic where that is the one at hand.
fn shown_id<'a>(id: &'a EntryId, topic: &str) -> &'a str {
    if id.topic() == topic { id.stem() } else { id.as_str() }
}

fn shown_wanted(wanted: Wanted, knowledge: &Knowledge, topic: &str) -> String {
    match wanted {
        Wanted::Entry(number) => format!("`{}`", shown_id(&knowledge.entries()[number].id, topic)),
        Wanted::Urgent(number) => format!("`{}`", shown_id(&knowledge.urgent()[number].id, topic)),
        Wanted::OffTopic => "no answer".to_owned(),
    }
}

fn shown(ruling: &Ruling, knowledge: &Knowledge, topic: &str) -> String {
    let stem = |entry: usize| format!("`{}`", shown_id(&knowledge.entries()[entry].id, topic));
    match &ruling.decision {
        Decision::Urgent(danger) => {
            format!("`{}` for {}", knowledge.urgent()[danger.document].id, danger.reason)
        }
        Decision::Answer(best) => format!("{} (score {:.2})", stem(best.entry), best.score),
        Decision::Suggest(near) => {
            let stems: Vec<String> = near.iter().map(|near| stem(near.entry)).collect();
            format!("the suggestions {} (best score {:.2})", stems.join(", "), ruling.score())
        }
        Decision::Unknown(Unknown::NotAQuestion) => "“not a question”".to_owned(),
        Decision::Unknown(Unknown::Foreign(_)) => "“another language”".to_owned(),
        Decision::Unknown(Unknown::NothingClose) => match ruling.matches.first() {
            Some(best) => format!("“nothing close” (best: {}, score {:.2})", stem(best.entry), best.score),
            None => "“nothing close”".to_owned(),
        },
    }
}

fn help(wanted: Wanted, decision: &Decision) -> &'static str {
    match (wanted, decision) {
        (Wanted::Entry(_), Decision::Urgent(_)) => {
            "make the sign more specific, or label the line with the urgent document"
        }
        (Wanted::Entry(_), _) => "add a phrasing with this question's telling words to the entry, or correct the line",
        (Wanted::Urgent(_), Decision::Urgent(_)) => "move the sign to the other document, or correct the line",
        (Wanted::Urgent(_), _) => "add a sign that this message names to the urgent document",
        (Wanted::OffTopic, Decision::Urgent(_)) => "make the sign more specific",
        (Wanted::OffTopic, _) => "make the entry's phrasings more specific, or write an entry that answers this",
    }
}
