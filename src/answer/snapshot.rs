//! A snapshot: one immutable knowledge base with all that is prepared for answering from it.

use std::panic::resume_unwind;
use std::thread;

use crate::knowledge::Knowledge;
use crate::matching::Index;

use super::danger::Dangers;

/// A knowledge base, its index and its signs of danger. Never changes; a reload makes another one.
#[derive(Debug)]
pub struct Snapshot {
    /// The knowledge answered from.
    pub knowledge: Knowledge,
    /// The knowledge's entries, ready to be ranked; numbers are places in [`Knowledge::entries`].
    pub index: Index,
    /// The signs of danger of the knowledge's urgent documents.
    pub dangers: Dangers,
}

impl Snapshot {
    /// Prepares `knowledge`; costs what [`Index::build_beside`] costs.
    #[must_use]
    pub fn new(knowledge: Knowledge) -> Self {
        let entries = knowledge.entries().iter().enumerate();
        let wordings: Vec<(usize, &str)> = entries
            .flat_map(|(number, entry)| entry.wordings().map(move |wording| (number, wording.value.as_str())))
            .collect();
        let off_topic: Vec<&str> =
            knowledge.topics().flat_map(|topic| &topic.off_topic).map(|text| &*text.value).collect();
        let synonyms = knowledge.topics().flat_map(|topic| &topic.synonyms);
        // Both take about the same time, so they run in parallel.
        let (index, dangers) = thread::scope(|scope| {
            let dangers = scope.spawn(|| Dangers::new(knowledge.urgent()));
            (Index::build_beside(&wordings, &off_topic, synonyms.map(Vec::as_slice)), dangers.join())
        });
        let dangers = dangers.unwrap_or_else(|panic| resume_unwind(panic));
        Self { knowledge, index, dangers }
    }
}
