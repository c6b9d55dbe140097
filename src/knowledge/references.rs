//! References: what the names mean that documents use for one another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nonempty::NonEmpty;

use super::document::Document;
use super::entry::{Entry, EntryDraft};
use super::examples::{CALM, EXAMPLES_FILE, ExamplesDraft};
use super::expected::{EXPECTED_FILE, OFF_TOPIC};
use super::fields::Located;
use super::ids::{EntryId, URGENT_FOLDER};
use super::problem::{Place, Problem, nearest};
use super::sign::{SignPart, sign_parts};
use super::topic::{TOPIC_FILE, Topic};
use super::urgent::UrgentDocument;

/// How many names an error lists at most.
const SHOWN_NAMES: usize = 8;

/// Finds what names mean, and reports each that means nothing.
pub(super) struct References<'a> {
    /// All ids that documents have, also of those with errors of their own.
    ids: &'a BTreeSet<EntryId>,
    documents: &'a BTreeMap<String, Document>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> References<'a> {
    pub(super) fn new(
        ids: &'a BTreeSet<EntryId>,
        documents: &'a BTreeMap<String, Document>,
        problems: &'a mut Vec<Problem>,
    ) -> Self {
        Self { ids, documents, problems }
    }

    /// The problems found so far, for others to add to.
    pub(super) fn problems(&mut self) -> &mut Vec<Problem> {
        self.problems
    }

    /// The entry that `draft` is, or `None` where it is not sound or one of its names means nothing.
    pub(super) fn resolve(&mut self, draft: EntryDraft, topic: &Topic) -> Option<Entry> {
        let path = format!("{}.md", draft.id);
        let experts = self.defined(&path, "expert", &draft.experts, &topic.experts);
        let sources = self.defined(&path, "source", &draft.sources, &topic.sources);
        let names = self.without_repeated(&path, &draft.related);
        let related: Vec<_> = names.into_iter().map(|name| self.related(&path, &draft.id, name)).collect();
        draft.is_sound.then_some(())?;
        Some(Entry {
            id: draft.id,
            question: draft.question?,
            phrasings: draft.phrasings,
            experts: experts?,
            sources: sources?,
            reviewed: draft.reviewed?,
            related: (related.len() == draft.related.len()).then(|| related.into_iter().collect()).flatten()?,
            disclaimer: draft.disclaimer.or_else(|| topic.disclaimer.clone()),
            answer: draft.answer,
        })
    }

    /// Whether `label` in the folder `topic` means an entry, an urgent document or off-topic.
    pub(super) fn is_label(&mut self, topic: &str, label: &Located<String>) -> bool {
        let in_topic = EntryId::new(topic, &label.value);
        let is_known =
            label.value == OFF_TOPIC || self.ids.iter().any(|id| *id == in_topic || id.as_str() == label.value);
        if !is_known {
            let help = format!("use an entry's id, `{URGENT_FOLDER}/…`, or `{OFF_TOPIC}` where no entry answers");
            let help = self.near_stem(topic, &label.value).unwrap_or(help);
            let message = format!("unknown entry `{}`", label.value);
            self.report("unknown-label", &format!("{topic}/{EXPECTED_FILE}"), label, message, help);
        }
        is_known
    }

    /// Reports each label of `examples` that is neither an urgent document nor calm.
    pub(super) fn check_labels(&mut self, examples: &ExamplesDraft) {
        let documents = self.ids.iter().filter(|id| id.topic() == URGENT_FOLDER).map(EntryId::stem);
        let known: BTreeSet<&str> = documents.chain([CALM]).collect();
        for (label, span) in examples.labels().filter(|(label, _)| !known.contains(label)) {
            let label = Located { value: label.to_owned(), span };
            let help = self.near_stem(URGENT_FOLDER, &label.value);
            let help = help.unwrap_or_else(|| format!("use an urgent document's name without `.md`, or `{CALM}`"));
            let message = format!("unknown urgent document `{}`", label.value);
            self.report("unknown-label", &format!("{URGENT_FOLDER}/{EXAMPLES_FILE}"), &label, message, help);
        }
    }

    /// Reports each group that two urgent documents define, and each that a sign names and none defines.
    pub(super) fn check_groups(&mut self, documents: &[UrgentDocument]) {
        let mut known: BTreeMap<&str, &EntryId> = BTreeMap::new();
        for document in documents {
            for (name, wordings) in &document.groups {
                let (Some(other), Some(first)) = (known.insert(name, &document.id), wordings.first()) else { continue };
                let message = format!("`{other}` has a group `{name}` already");
                let help = "give one of the two another name, or put all wordings into one".to_owned();
                self.report("duplicate-group", &format!("{}.md", document.id), first, message, help);
            }
        }
        // The groups of a document with errors are not known; its own problems come first.
        let urgent = self.ids.iter().filter(|id| id.topic() == URGENT_FOLDER).count();
        if urgent != documents.len() {
            return;
        }
        for document in documents {
            for sign in document.signs.iter().chain(&document.hints) {
                self.check_groups_of(sign, &format!("{}.md", document.id), &known);
            }
        }
    }

    /// Reports each group that `sign` in the document at `path` names and that is not `known`.
    fn check_groups_of(&mut self, sign: &Located<String>, path: &str, known: &BTreeMap<&str, &EntryId>) {
        for part in sign_parts(&sign.value).into_iter().flatten() {
            let SignPart::Group(name) = part else { continue };
            if known.contains_key(name) {
                continue;
            }
            let help = match nearest(name, known.keys().copied()) {
                Some(near) => format!("did you mean `{{{near}}}`?"),
                None => format!("add it under [groups], for example {name} = [\"face\", \"cheek\"]"),
            };
            self.report("unknown-group", path, sign, format!("unknown group `{name}`"), help);
        }
    }

    /// What the topic defines under each of `names`; `None` where it does not define one of them, or there are none.
    fn defined<T>(
        &mut self,
        path: &str,
        kind: &str,
        names: &[Located<String>],
        known: &BTreeMap<String, Arc<T>>,
    ) -> Option<NonEmpty<Arc<T>>> {
        let mut defined = Vec::new();
        for name in self.without_repeated(path, names) {
            if let Some(item) = known.get(&name.value) {
                defined.push(Arc::clone(item));
                continue;
            }
            let names = || known.keys().map(String::as_str);
            let help = match nearest(&name.value.to_lowercase().replace([' ', '_'], "-"), names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => format!("add it to {TOPIC_FILE}, under [{kind}s.short-name]"),
                None => {
                    let names: Vec<&str> = names().take(SHOWN_NAMES).collect();
                    format!("known here: {}; or add it to {TOPIC_FILE}, under [{kind}s.short-name]", names.join(", "))
                }
            };
            let code = if kind == "expert" { "unknown-expert" } else { "unknown-source" };
            self.report(code, path, name, format!("unknown {kind} `{}`", name.value), help);
        }
        if defined.len() == names.len() { NonEmpty::from_vec(defined) } else { None }
    }

    /// The other entry that `name` in the entry `of` means: a stem of its topic, an id, or a stem that is unique.
    fn related(&mut self, path: &str, of: &EntryId, name: &Located<String>) -> Option<EntryId> {
        let in_topic = EntryId::new(of.topic(), &name.value);
        let meant: Vec<&EntryId> = match self.ids.get(&in_topic) {
            Some(id) => vec![id],
            None => self.ids.iter().filter(|id| id.topic() != URGENT_FOLDER && id.is_meant_by(&name.value)).collect(),
        };
        let (message, help) = match meant[..] {
            [id] if id == of => ("an entry cannot be related to itself".to_owned(), "remove it here".to_owned()),
            [id] => return Some(id.clone()),
            [] => {
                let help = self.near_stem(of.topic(), &name.value);
                let help = help.unwrap_or_else(|| "give the file name of an entry without `.md`".to_owned());
                (format!("unknown related entry `{}`", name.value), help)
            }
            _ => {
                let help = "give the topic as well, as in `topic/stem`".to_owned();
                (format!("several topics have an entry `{}`", name.value), help)
            }
        };
        self.report("unknown-related", path, name, message, help);
        None
    }

    /// `names` without those that stand there before; reports them.
    fn without_repeated<'n>(&mut self, path: &str, names: &'n [Located<String>]) -> Vec<&'n Located<String>> {
        let mut seen = Vec::new();
        let mut kept: Vec<&Located<String>> = Vec::new();
        for name in names {
            if seen.contains(&&name.value) {
                let message = format!("`{}` is named twice", name.value);
                self.report("named-twice", path, name, message, "remove one of the two".to_owned());
            } else {
                seen.push(&name.value);
                kept.push(name);
            }
        }
        kept
    }

    fn near_stem(&self, topic: &str, name: &str) -> Option<String> {
        let stems = self.ids.iter().filter(|id| id.topic() == topic).map(EntryId::stem);
        nearest(name, stems).map(|near| format!("did you mean `{near}`?"))
    }

    fn report(&mut self, code: &'static str, path: &str, name: &Located<String>, message: String, help: String) {
        let place = match self.documents.get(path) {
            Some(document) => Place::within(document, name.span.clone()),
            None => Place::file(path),
        };
        self.problems.push(Problem::error(code, place, message).help(help));
    }
}
