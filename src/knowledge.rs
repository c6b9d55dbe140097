//! Knowledge: topics, entries and urgent documents, read from a folder of documents and checked.
//!
//! [`load`] reads the folder; [`assemble`] makes a [`Knowledge`] of documents that are in memory already. Both
//! return every problem that a document, or the set of ids, shows to be wrong. What only matching, a date or
//! the expected questions can find is the business of [`check`](mod@crate::check).

mod document;
mod edit;
mod entry;
mod examples;
mod expected;
mod fields;
mod folder;
mod ids;
mod labelled;
mod markdown;
mod problem;
mod references;
mod sign;
mod syntax;
mod topic;
mod urgent;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use entry::EntryDraft;
use examples::ExamplesDraft;
use references::References;
use sha2::{Digest as _, Sha256};

pub use document::{Document, FENCE, Parts};
pub use edit::{Edit, EditFault, Line};
pub use entry::Entry;
pub use examples::{CALM, EXAMPLES_FILE, Examples};
pub use expected::{EXPECTED_FILE, ExpectedQuestion, OFF_TOPIC};
pub use fields::{Located, PLACEHOLDER};
pub use folder::NO_FOLDER;
pub use ids::{EntryId, STEM_RULE, URGENT_FOLDER, stem_fault};
pub use problem::{Place, Problem, Severity, nearest};
pub use sign::{NumberRange, SignFault, SignPart, each_sign_part, sign_parts};
pub use topic::{Expert, Published, Source, TOPIC_FILE, Topic};
pub use urgent::{Level, UrgentDocument};

/// An immutable knowledge base: all that is in it is complete.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Knowledge {
    topics: BTreeMap<String, Topic>,
    entries: Vec<Entry>,
    urgent: Vec<UrgentDocument>,
    examples: Examples,
    expected: BTreeMap<String, Vec<ExpectedQuestion>>,
    revision: [u8; 32],
}

/// What tells of danger in a knowledge base.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Telling {
    /// Every urgent document, ordered by id, with its signs.
    pub urgent: Vec<UrgentDocument>,
    /// Messages that tell of danger, and calm ones.
    pub examples: Examples,
}

/// What came of reading documents.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    /// All that is without errors.
    pub knowledge: Knowledge,
    /// Every problem found, ordered by place.
    pub problems: Vec<Problem>,
    /// The documents read, by path; a problem's [`Place::span`] points into these.
    pub documents: BTreeMap<String, Document>,
}

/// Why a reference to an entry means none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSuchEntry {
    /// No entry has this id or stem.
    #[error("there is no entry `{0}`")]
    Unknown(String),
    /// Several topics have an entry with this stem.
    #[error("`{0}` could be any of {1}: give the topic as well")]
    Ambiguous(String, String),
}

/// Reads the folder `dir` and makes a [`Knowledge`] of it. Never fails as a whole: what cannot be read is a problem.
#[must_use]
pub fn load(dir: &Path) -> Loaded {
    let (documents, mut problems) = folder::read(dir);
    let mut loaded = assemble(documents);
    problems.append(&mut loaded.problems);
    problems.sort_by(|a, b| a.place.order().cmp(&b.place.order()));
    Loaded { problems, ..loaded }
}

/// Makes a [`Knowledge`] of documents; their order does not matter.
#[must_use]
pub fn assemble(documents: impl IntoIterator<Item = Document>) -> Loaded {
    let mut problems = Vec::new();
    let by_path = by_path(documents, &mut problems);
    let (topics, revision) = (topics(&by_path, &mut problems), revision(&by_path));
    let mut knowledge = Knowledge { topics, revision, ..Knowledge::default() };
    let (drafts, ids) = read_documents(&by_path, &mut knowledge, &mut problems);
    let examples = by_path.get(&format!("{URGENT_FOLDER}/{EXAMPLES_FILE}"));
    let examples = examples.map(|document| ExamplesDraft::read(document, &mut problems)).unwrap_or_default();
    let mut references = References::new(&ids, &by_path, &mut problems);
    for draft in drafts {
        // A topic that is missing or wrong has been reported already.
        let Some(topic) = knowledge.topics.get(draft.id.topic()) else { continue };
        knowledge.entries.extend(references.resolve(draft, topic));
    }
    knowledge.entries.sort_by(|a, b| a.id.cmp(&b.id));
    knowledge.urgent.sort_by(|a, b| a.id.cmp(&b.id));
    references.check_groups(&knowledge.urgent);
    references.check_labels(&examples);
    knowledge.examples = examples.resolve(&knowledge.urgent, references.problems());
    for (folder, questions) in &mut knowledge.expected {
        questions.retain(|question| references.is_label(folder, &question.label));
    }
    problems.sort_by(|a, b| a.place.order().cmp(&b.place.order()));
    Loaded { knowledge, problems, documents: by_path }
}

/// The SHA-256 of all paths and texts, each behind its length.
fn revision(documents: &BTreeMap<String, Document>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in documents.values().flat_map(|document| [&document.path, &document.text]) {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The documents by path, of several with the same one the first.
fn by_path(documents: impl IntoIterator<Item = Document>, problems: &mut Vec<Problem>) -> BTreeMap<String, Document> {
    let mut by_path: BTreeMap<String, Document> = BTreeMap::new();
    for document in documents {
        if by_path.contains_key(&document.path) {
            let message = format!("there are two documents `{}`", document.path);
            problems.push(Problem::error("duplicate-id", Place::file(&document.path), message).help("rename one"));
        } else {
            by_path.insert(document.path.clone(), document);
        }
    }
    by_path
}

/// The topic of each folder but that of urgent documents, by name.
fn topics(documents: &BTreeMap<String, Document>, problems: &mut Vec<Problem>) -> BTreeMap<String, Topic> {
    let folders: BTreeSet<&str> =
        documents.keys().filter_map(|path| path.split_once('/')).map(|(name, _)| name).collect();
    let mut topics = BTreeMap::new();
    for folder in folders.into_iter().filter(|folder| *folder != URGENT_FOLDER) {
        let path = format!("{folder}/{TOPIC_FILE}");
        if let Some(document) = documents.get(&path) {
            topics.extend(Topic::read(folder, document, problems).map(|topic| (topic.name.clone(), topic)));
        } else {
            problems.push(
                Problem::error("missing-topic", Place::file(folder), format!("the folder has no {TOPIC_FILE}"))
                    .help(format!("add {path} with a title and a description")),
            );
        }
    }
    topics
}

/// Reads what is no topic: urgent documents and expected questions into `knowledge`; returns the entries, whose names
/// mean nothing yet, and the ids of all documents.
fn read_documents(
    documents: &BTreeMap<String, Document>,
    knowledge: &mut Knowledge,
    problems: &mut Vec<Problem>,
) -> (Vec<EntryDraft>, BTreeSet<EntryId>) {
    let mut drafts = Vec::new();
    let mut ids = BTreeSet::new();
    for (path, document) in documents {
        let Some((folder, file)) = path.split_once('/') else { continue };
        if let Some(stem) = file.strip_suffix(".md") {
            if let Some(fault) = stem_fault(stem) {
                problems.push(Problem::error("bad-name", Place::file(path), fault).help(STEM_RULE));
                continue;
            }
            let id = EntryId::new(folder, stem);
            ids.insert(id.clone());
            if folder == URGENT_FOLDER {
                knowledge.urgent.extend(UrgentDocument::read(id, document, problems));
            } else {
                drafts.extend(EntryDraft::read(id, document, problems));
            }
        } else if file == EXPECTED_FILE {
            knowledge.expected.insert(folder.to_owned(), expected::read(document, problems));
        }
    }
    (drafts, ids)
}

impl Loaded {
    /// Whether any problem is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(Problem::is_error)
    }
}

impl Knowledge {
    /// What tells one state of the documents from any other: a digest of all of them.
    #[must_use]
    pub fn revision(&self) -> &[u8; 32] {
        &self.revision
    }

    /// Every topic, by folder name.
    #[must_use]
    pub fn topics(&self) -> impl ExactSizeIterator<Item = &Topic> {
        self.topics.values()
    }

    /// Every entry, ordered by id. An entry's place in this slice is its number in the index.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Every urgent document, ordered by id.
    #[must_use]
    pub fn urgent(&self) -> &[UrgentDocument] {
        &self.urgent
    }

    /// Takes out what tells of danger: thousands of texts that are needed once, to prepare for finding it.
    #[must_use]
    pub fn take_telling(&mut self) -> Telling {
        let without = self.urgent.iter().map(UrgentDocument::without_wordings).collect();
        let urgent = std::mem::replace(&mut self.urgent, without);
        Telling { urgent, examples: std::mem::take(&mut self.examples) }
    }

    /// The expected questions of each topic that has some, by the topic's folder name.
    #[must_use]
    pub fn expected(&self) -> &BTreeMap<String, Vec<ExpectedQuestion>> {
        &self.expected
    }

    /// The topic called `name`.
    #[must_use]
    pub fn topic(&self, name: &str) -> Option<&Topic> {
        self.topics.get(name)
    }

    /// The entry that `reference` means: an id, or a stem that only one topic has.
    ///
    /// # Errors
    /// When no entry, or more than one, can be meant.
    pub fn entry(&self, reference: &str) -> Result<&Entry, NoSuchEntry> {
        let meant: Vec<&Entry> = self.entries.iter().filter(|entry| entry.id.is_meant_by(reference)).collect();
        match meant[..] {
            [entry] => Ok(entry),
            [] => Err(NoSuchEntry::Unknown(reference.to_owned())),
            _ => {
                let ids: Vec<&str> = meant.iter().map(|entry| entry.id.as_str()).collect();
                Err(NoSuchEntry::Ambiguous(reference.to_owned(), ids.join(", ")))
            }
        }
    }

    /// The number of the entry `id`: its place in [`entries`](Self::entries).
    #[must_use]
    pub fn number(&self, id: &EntryId) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.id.cmp(id)).ok()
    }

    /// The entries that `entry` names as related, in its order, without those that were left out for errors.
    pub fn related<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Entry> {
        entry.related.iter().filter_map(|id| self.number(id)).map(|number| &self.entries[number])
    }
}
