//! Examples: messages that tell of a danger, and messages that do not; the difference is learnt from them.

use std::collections::BTreeMap;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt as _};

use super::document::Document;
use super::ids::URGENT_FOLDER;
use super::labelled;
use super::problem::{Place, Problem};
use super::urgent::UrgentDocument;
use crate::limits::URGENT_EXAMPLES_MIN;

/// The file among the urgent documents that holds the examples.
pub const EXAMPLES_FILE: &str = "examples.tsv";

/// The label of a message that tells of no danger.
pub const CALM: &str = "calm";

/// The examples of a knowledge base: one text, and where the examples stand in it, as there are thousands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples {
    text: String,
    found: Vec<Example>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Example {
    /// Place of the urgent document among all; `None` where it is calm.
    document: Option<usize>,
    message: Range<usize>,
}

/// Lines whose labels mean nothing yet.
#[derive(Debug, Default)]
pub(super) struct ExamplesDraft {
    text: String,
    lines: Vec<labelled::Spans>,
}

impl ExamplesDraft {
    /// The `label<TAB>message` lines of `document`; reports those that are not of this form, and messages that stand
    /// there before.
    pub(super) fn read(document: &Document, problems: &mut Vec<Problem>) -> Self {
        let fault = "this is not a label, a tab and a message";
        let help = format!("write an urgent document's name or `{CALM}`, then press the tab key, then the message");
        let mut lines = labelled::read(document, problems, "bad-example", fault, &help);
        let mut known = HashMap::new();
        lines.retain(|(_, message)| {
            let Some(first) = known.insert(&document.text[message.clone()], message.start) else { return true };
            let (line, _) = document.line_and_column(first);
            let place = Place::within(document, message.clone());
            let fault = format!("this message stands in line {line} already");
            problems.push(Problem::error("duplicate-example", place, fault).help("remove one of the two"));
            false
        });
        Self { text: document.text.clone(), lines }
    }

    /// The label of each line, and where it stands.
    pub(super) fn labels(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.lines.iter().map(|(label, _)| (&self.text[label.clone()], label.clone()))
    }

    /// The examples, those of `documents` and calm ones; others are left out. Warns of a label with too few.
    pub(super) fn resolve(self, documents: &[UrgentDocument], problems: &mut Vec<Problem>) -> Examples {
        let places = documents.iter().map(|document| document.id.stem()).zip(0..);
        let places: HashMap<&str, usize> = places.collect();
        let Self { text, lines } = self;
        let mut found = Vec::with_capacity(lines.len());
        let mut counts: BTreeMap<&str, usize> = lines.first().map(|_| (CALM, 0)).into_iter().collect();
        for (label, message) in lines {
            let label = &text[label];
            let document = places.get(label).copied();
            if label == CALM || document.is_some() {
                *counts.entry(label).or_default() += 1;
                found.push(Example { document, message });
            }
        }
        for (label, count) in counts.into_iter().filter(|(_, count)| *count < URGENT_EXAMPLES_MIN) {
            let message = format!("too few examples of `{label}` to learn from: {count}");
            let place = Place::file(format!("{URGENT_FOLDER}/{EXAMPLES_FILE}"));
            let help = format!("add some, to at least {URGENT_EXAMPLES_MIN}; so far its signs decide alone");
            problems.push(Problem::warning("few-examples", place, message).help(help));
        }
        Examples { text, found }
    }
}

impl Examples {
    /// Every example: the place of its urgent document in [`Knowledge::urgent`](super::Knowledge::urgent), `None` where
    /// it tells of no danger, and the message.
    pub fn iter(&self) -> impl Iterator<Item = (Option<usize>, &str)> {
        self.found.iter().map(|example| (example.document, &self.text[example.message.clone()]))
    }
}
