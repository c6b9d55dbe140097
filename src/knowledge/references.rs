//! References: whether the names that documents use for one another mean something.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;
use super::expected::{EXPECTED_FILE, OFF_TOPIC};
use super::fields::Located;
use super::ids::{EntryId, URGENT_FOLDER};
use super::problem::{Place, Problem, nearest};
use super::{Entry, Knowledge};

/// Drops the entries that name an unknown expert, source or related entry, or whose topic is missing, and reports
/// each unknown name. `ids` are all ids that documents have, also of those with errors of their own.
pub(super) fn check(
    knowledge: &mut Knowledge,
    ids: &BTreeSet<EntryId>,
    documents: &BTreeMap<String, Document>,
    problems: &mut Vec<Problem>,
) {
    let entries = std::mem::take(&mut knowledge.entries);
    for entry in entries {
        // A topic that is missing or wrong has been reported already.
        let Some(topic) = knowledge.topics.get(entry.id.topic()) else { continue };
        let document = documents.get(&format!("{}.md", entry.id));
        let mut report = |code, name: &Located<String>, message: String, help: String| {
            let place =
                document.map_or_else(|| Place::file(entry.id.as_str()), |d| Place::within(d, name.span.clone()));
            problems.push(Problem::error(code, place, message).help(help));
        };
        let mut unknown = 0;
        for name in entry.experts.iter().filter(|name| !topic.experts.contains_key(&name.value)) {
            let help = defined("expert", "experts", &name.value, topic.experts.keys());
            report("unknown-expert", name, format!("unknown expert `{}`", name.value), help);
            unknown += 1;
        }
        for name in entry.sources.iter().filter(|name| !topic.sources.contains_key(&name.value)) {
            let help = defined("source", "sources", &name.value, topic.sources.keys());
            report("unknown-source", name, format!("unknown source `{}`", name.value), help);
            unknown += 1;
        }
        for name in entry.related.iter().filter(|name| !is_entry(&entry, &name.value, ids)) {
            let known = ids.iter().filter(|id| id.topic() == entry.id.topic()).map(EntryId::stem);
            let help = match nearest(&name.value, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "give the file name of an entry without `.md`".to_owned(),
            };
            report("unknown-related", name, format!("unknown related entry `{}`", name.value), help);
            unknown += 1;
        }
        if unknown == 0 {
            knowledge.entries.push(entry);
        }
    }

    for (topic, questions) in &mut knowledge.expected {
        let Some(document) = documents.get(&format!("{topic}/{EXPECTED_FILE}")) else { continue };
        questions.retain(|question| {
            let label = &question.label;
            let known = label.value == OFF_TOPIC || ids.iter().any(|id| means(&label.value, topic, id));
            if !known {
                let names = ids.iter().filter(|id| id.topic() == topic).map(EntryId::stem);
                let help = match nearest(&label.value, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("use an entry's id, `{URGENT_FOLDER}/…`, or `{OFF_TOPIC}` where no entry answers"),
                };
                let place = Place::within(document, label.span.clone());
                let message = format!("unknown entry `{}`", label.value);
                problems.push(Problem::error("unknown-label", place, message).help(help));
            }
            known
        });
    }
}

/// Whether `label` in the folder `topic` means `id`: the whole id, or the stem within the topic.
fn means(label: &str, topic: &str, id: &EntryId) -> bool {
    id.as_str() == label || (id.topic() == topic && id.stem() == label)
}

/// Whether `reference` in `entry` means another entry: a stem of its topic, a whole id, or a stem that is unique.
fn is_entry(entry: &Entry, reference: &str, ids: &BTreeSet<EntryId>) -> bool {
    let mut meant =
        ids.iter().filter(|id| id.topic() != URGENT_FOLDER && **id != entry.id && id.is_meant_by(reference));
    let in_topic = EntryId::new(entry.id.topic(), reference);
    (ids.contains(&in_topic) && in_topic != entry.id) || (meant.next().is_some() && meant.next().is_none())
}

fn defined<'a>(what: &str, table: &str, name: &str, known: impl Iterator<Item = &'a String> + Clone) -> String {
    match nearest(name, known.clone().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.clone().next().is_none() => format!("add a table [{table}.{name}] to topic.toml"),
        None => {
            let known: Vec<&str> = known.map(String::as_str).collect();
            format!(
                "the topic's {what}s are {}; add a table [{table}.{name}] to topic.toml for another",
                known.join(", ")
            )
        }
    }
}
