//! The inbox: what could not be answered, on its way to those who can put it right, and what they want to be put into
//! the knowledge.

mod proposal;
mod similar;

pub use proposal::{Proposal, Target};
pub use similar::same_as;

use crate::answer::{Question, Ruling, Snapshot};
use crate::knowledge::EntryId;
use crate::limits::MISS_CLOSEST;
use crate::matching::words::words;
use crate::redaction::Redacted;
use crate::store::{Closest, Key, Miss, Origin, Timestamp, WordingHash};

/// `question` as a miss to record: redacted, and with the same wording as every other question that differs only in
/// what folding undoes. `ruling` was made on `snapshot`; `rejected` are the entries that the member was shown and that
/// do not answer the question.
///
/// # Panics
/// When the ruling was made on another snapshot.
#[must_use]
pub fn miss(
    question: &Question,
    ruling: &Ruling,
    rejected: &[EntryId],
    snapshot: &Snapshot,
    origin: Origin,
    key: &Key,
    at: Timestamp,
) -> Miss {
    let text = Redacted::new(&question.text);
    let entries = snapshot.knowledge.entries();
    let closest = ruling.matches.iter().take(MISS_CLOSEST).map(|near| {
        let id = &entries[near.entry].id;
        Closest { entry: id.to_string(), score: near.score, rejected: rejected.contains(id) }
    });
    let mut closest: Vec<Closest> = closest.collect();
    for entry in rejected.iter().map(EntryId::to_string) {
        if closest.iter().all(|near| near.entry != entry) {
            closest.push(Closest { entry, score: 0.0, rejected: true });
        }
    }
    Miss { origin, wording: wording(&text, key), text, closest, at }
}

/// What makes a question the same as another: its words, folded.
#[must_use]
pub fn wording(text: &Redacted, key: &Key) -> WordingHash {
    let folded: Vec<String> = words(text.as_str()).into_iter().map(|word| word.text).collect();
    key.wording(&folded.join(" "))
}
