//! Duplicates: questions and phrasings that are the same to the matcher, so that no score could tell them apart.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Places;
use crate::answer::Snapshot;
use crate::knowledge::{EXPECTED_FILE, EntryId, Located, Problem, TOPIC_FILE};
use crate::matching::words::words;

/// A wording, seen before another that is the same.
struct First<'a> {
    /// The number of its entry.
    number: usize,
    id: &'a EntryId,
    wording: &'a Located<String>,
    is_question: bool,
}

/// Every wording that is not the same as an earlier one, by its folded words and synonyms.
type Seen<'a> = HashMap<String, First<'a>>;

/// Reports every question or phrasing that an earlier one equals after folding words and synonyms, in the order of ids
/// and then of the document. Returns the stretches that are alike, each with the number of its entry. Warns of expected
/// questions that equal a wording.
pub(super) fn find(
    snapshot: &Snapshot,
    places: Places<'_>,
    problems: &mut Vec<Problem>,
) -> HashSet<(usize, Range<usize>)> {
    let (seen, alike) = find_wordings(snapshot, places, problems);
    find_expected(snapshot, places, &seen, problems);
    find_off_topic(snapshot, places, &seen, problems);
    alike
}

/// The wordings that differ, and the stretches of those that do not.
fn find_wordings<'a>(
    snapshot: &'a Snapshot,
    places: Places<'_>,
    problems: &mut Vec<Problem>,
) -> (Seen<'a>, HashSet<(usize, Range<usize>)>) {
    let mut alike = HashSet::new();
    let mut seen = Seen::new();
    for (number, entry) in snapshot.knowledge.entries().iter().enumerate() {
        for (position, wording) in entry.wordings().enumerate() {
            let this = First { number, id: &entry.id, wording, is_question: position == 0 };
            let folded = snapshot.index.fold(&words(&wording.value));
            if folded.is_empty() {
                let message = format!("this {} has no words that could be matched", this.kind());
                let place = places.of(&entry.id, &wording.span);
                problems.push(Problem::warning("no-words", place, message).help("write it in words"));
            } else if let Some(first) = seen.get(&folded) {
                problems.push(same(&this, first, places));
                alike.insert((number, wording.span.clone()));
                alike.insert((first.number, first.wording.span.clone()));
            } else {
                seen.insert(folded, this);
            }
        }
    }
    (seen, alike)
}

/// That `this` is the same as `first`.
fn same(this: &First<'_>, first: &First<'_>, places: Places<'_>) -> Problem {
    let before = places.of(first.id, &first.wording.span);
    let (kind, other) = (this.kind(), first.kind());
    let owner = if first.id == this.id { "this entry".to_owned() } else { format!("`{}`", first.id) };
    let message = if first.wording.value == this.wording.value {
        format!("this {kind} is there already, as the {other} of {owner}")
    } else {
        format!("this {kind} reads the same as “{}”, the {other} of {owner}", first.wording.value)
    };
    let at = format!("{}:{}", before.file, before.line);
    let help = if first.id == this.id {
        format!("remove one of the two; the first is at {at}")
    } else {
        format!("keep it in the entry that answers it best; the first is at {at}")
    };
    let code = if this.is_question { "duplicate-question" } else { "duplicate-phrasing" };
    Problem::error(code, places.of(this.id, &this.wording.span), message).help(help)
}

/// Warns of expected questions that equal a wording.
fn find_expected(snapshot: &Snapshot, places: Places<'_>, seen: &Seen<'_>, problems: &mut Vec<Problem>) {
    for (topic, questions) in snapshot.knowledge.expected() {
        let path = format!("{topic}/{EXPECTED_FILE}");
        for question in questions.iter().map(|expected| &expected.question) {
            let Some(first) = seen.get(&snapshot.index.fold(&words(&question.value))) else { continue };
            let at = places.of(first.id, &first.wording.span);
            let message = format!("this is a wording of `{}`, so that asking it tests nothing", first.id);
            let help = format!("ask it in other words, or remove it; the wording is at {}:{}", at.file, at.line);
            let place = places.within(&path, &question.span);
            problems.push(Problem::warning("tests-nothing", place, message).help(help));
        }
    }
}

/// Reports off-topic questions that equal a wording.
fn find_off_topic(snapshot: &Snapshot, places: Places<'_>, seen: &Seen<'_>, problems: &mut Vec<Problem>) {
    for topic in snapshot.knowledge.topics() {
        for question in &topic.off_topic {
            let Some(first) = seen.get(&snapshot.index.fold(&words(&question.value))) else { continue };
            let place = places.within(&format!("{}/{TOPIC_FILE}", topic.name), &question.span);
            let message = format!("this off-topic question reads the same as a wording of `{}`", first.id);
            let help = "remove it here, or there if the entry does not answer it";
            problems.push(Problem::error("answered-off-topic", place, message).help(help));
        }
    }
}

impl First<'_> {
    /// What it is called.
    fn kind(&self) -> &'static str {
        if self.is_question { "question" } else { "phrasing" }
    }
}
