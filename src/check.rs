//! Checking: what only matching, a date or the expected questions can find wrong in a knowledge base.
//!
//! What a document, or the set of ids, shows to be wrong is found by [`load`](crate::knowledge::load) already;
//! [`Report::after`] puts both together.

mod duplicates;
mod expected;
mod phrasings;
mod reviews;

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use time::Date;

use crate::answer::{Policy, Snapshot};
use crate::knowledge::{Document, EntryId, Loaded, Place, Problem, Severity};

pub use expected::{EXPECTED_WRONG, Tally};

/// What a knowledge base is held against.
#[derive(Debug, Clone)]
pub struct Standard {
    /// The least share of expected questions that must go right, in `0..=1`.
    pub expected_min: f32,
    /// The thresholds that the expected questions are decided by.
    pub policy: Policy,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Every problem, ordered by place.
    pub problems: Vec<Problem>,
    /// How many entries can be answered with.
    pub entries: usize,
    /// How many topics there are.
    pub topics: usize,
    /// How the expected questions of each topic that has some went, by the topic's folder name.
    pub expected: BTreeMap<String, Tally>,
}

/// Checks `snapshot`, which was made of `documents`, against `standard`; reviews are due by `today`. Costs one ranking
/// for each wording and each expected question.
#[must_use]
pub fn check(snapshot: &Snapshot, documents: &BTreeMap<String, Document>, standard: &Standard, today: Date) -> Report {
    let places = Places { documents };
    let Grave { mut problems, alike, expected } = grave(snapshot, places, standard);
    phrasings::find_lost(snapshot, &alike, places, &mut problems);
    reviews::find_due(&snapshot.knowledge, today, places, &mut problems);
    sort(&mut problems);
    let knowledge = &snapshot.knowledge;
    Report { problems, entries: knowledge.entries().len(), topics: knowledge.topics().len(), expected }
}

/// Whether [`check()`] finds an error. Leaves out lost phrasings and reviews, which only bring warnings, and so
/// costs one ranking for each expected question alone.
#[must_use]
pub fn has_errors(snapshot: &Snapshot, documents: &BTreeMap<String, Document>, standard: &Standard) -> bool {
    grave(snapshot, Places { documents }, standard).problems.iter().any(Problem::is_error)
}

/// What was found where errors can be found.
struct Grave {
    problems: Vec<Problem>,
    /// The wordings that are alike, each with the number of its entry.
    alike: HashSet<(usize, Range<usize>)>,
    expected: BTreeMap<String, Tally>,
}

fn grave(snapshot: &Snapshot, places: Places<'_>, standard: &Standard) -> Grave {
    let mut problems = Vec::new();
    let alike = duplicates::find(snapshot, places, &mut problems);
    let expected = expected::ask(snapshot, standard, places, &mut problems);
    Grave { problems, alike, expected }
}

/// Knowledge as it was read, with all that is wrong with it.
#[derive(Debug)]
pub struct Examined {
    /// All that is without errors of its own, ready for use.
    pub snapshot: Snapshot,
    /// What loading and checking found.
    pub report: Report,
    /// The documents read, by path.
    pub documents: BTreeMap<String, Document>,
}

/// Prepares what was `loaded` and checks it. Costs what [`Snapshot::new`] and [`check()`] cost.
#[must_use]
pub fn examine(loaded: Loaded, standard: &Standard, today: Date) -> Examined {
    let Loaded { knowledge, problems, documents } = loaded;
    let snapshot = Snapshot::new(knowledge);
    let report = check(&snapshot, &documents, standard, today).after(problems);
    Examined { snapshot, report, documents }
}

impl Report {
    /// The same report with the problems that loading found.
    #[must_use]
    pub fn after(mut self, loading: Vec<Problem>) -> Self {
        self.problems.extend(loading);
        sort(&mut self.problems);
        self
    }

    /// How all expected questions went.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.expected.values().fold(Tally::default(), |sum, tally| sum + *tally)
    }

    /// How many problems weigh `severity`.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }

    /// Whether any problem is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}

/// Problems in the order of their places; those of one place stay in the order in which they were found.
fn sort(problems: &mut [Problem]) {
    problems.sort_by(|a, b| a.place.order().cmp(&b.place.order()));
}

/// Finds the places of what stands in documents.
#[derive(Clone, Copy)]
struct Places<'a> {
    documents: &'a BTreeMap<String, Document>,
}

impl Places<'_> {
    /// The stretch `span`, in bytes, of the document of `id`.
    fn of(self, id: &EntryId, span: &Range<usize>) -> Place {
        self.within(&format!("{id}.md"), span)
    }

    /// The stretch `span`, in bytes, of the document at `path`; the whole file where it is not at hand.
    fn within(self, path: &str, span: &Range<usize>) -> Place {
        match self.documents.get(path) {
            Some(document) => Place::within(document, span.clone()),
            None => Place::file(path),
        }
    }
}
