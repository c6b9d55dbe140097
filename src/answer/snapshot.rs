//! A snapshot: one immutable knowledge base with all that is prepared for answering from it.

use std::panic::resume_unwind;
use std::thread;

use crate::knowledge::{Knowledge, Telling};
use crate::matching::Index;

use super::danger::{Dangers, Learnt};

/// A knowledge base, its index and its signs of danger. Never changes; a reload makes another one.
#[derive(Debug)]
pub struct Snapshot {
    /// The knowledge answered from.
    pub knowledge: Knowledge,
    /// The knowledge's entries, ready to be ranked; numbers are places in [`Knowledge::entries`].
    pub index: Index,
    /// The signs of danger of the knowledge's urgent documents, and what was learnt from its examples.
    pub dangers: Dangers,
}

impl Snapshot {
    /// Prepares `knowledge`, and lets go of what tells of danger once that is prepared; costs what
    /// [`Index::build_beside`] costs.
    #[must_use]
    pub fn new(mut knowledge: Knowledge) -> Self {
        let Telling { urgent, examples } = knowledge.take_telling();
        let entries = knowledge.entries().iter().enumerate();
        let wordings: Vec<(usize, &str)> = entries
            .flat_map(|(number, entry)| entry.wordings().map(move |wording| (number, wording.value.as_str())))
            .collect();
        let off_topic: Vec<&str> =
            knowledge.topics().flat_map(|topic| &topic.off_topic).map(|text| &*text.value).collect();
        let synonyms = knowledge.topics().flat_map(|topic| &topic.synonyms);
        // What is learnt from examples takes as long as all the rest: it is made beside it.
        let (index, dangers) = thread::scope(|scope| {
            let learnt = scope.spawn(|| {
                let calm = wordings.iter().map(|(_, wording)| *wording).chain(off_topic.iter().copied());
                Learnt::new(&urgent, &examples, calm)
            });
            let index = Index::build_beside(&wordings, &off_topic, synonyms.map(Vec::as_slice));
            let dangers = Dangers::new(&urgent);
            // Its panic goes on in this thread.
            (index, dangers.with(learnt.join().unwrap_or_else(|panic| resume_unwind(panic))))
        });
        Self { knowledge, index, dangers }
    }
}
