//! Duplicates: questions and phrasings that are the same to the matcher, so that no score could tell them apart.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Places;
use crate::knowledge::{EXPECTED_FILE, EntryId, Knowledge, Located, Problem};
use crate::matching::words::words;

/// A wording that was seen before another that is the same.
struct First<'a> {
    /// The number of its entry.
    number: usize,
    id: &'a EntryId,
    wording: &'a Located<String>,
    is_question: bool,
}

/// Reports every question or phrasing that an earlier one equals after folding words and synonyms, in the order of
/// ids and then of the document. Returns the stretches that are alike, each with
/// the number of its entry. Warns of expected questions that equal a wording.
pub(super) fn find(
    knowledge: &Knowledge,
    places: Places<'_>,
    problems: &mut Vec<Problem>,
) -> HashSet<(usize, Range<usize>)> {
    let mut alike = HashSet::new();
    let synonyms = Synonyms::new(knowledge);
    let mut seen: HashMap<String, First<'_>> = HashMap::new();
    for (number, entry) in knowledge.entries().iter().enumerate() {
        for (position, wording) in entry.wordings().enumerate() {
            let kind = if position == 0 { "question" } else { "phrasing" };
            let folded = synonyms.fold(&wording.value);
            if folded.is_empty() {
                let place = places.of(&entry.id, &wording.span);
                problems.push(
                    Problem::warning("no-words", place, format!("this {kind} has no words that could be matched"))
                        .help("write it in words"),
                );
                continue;
            }
            let Some(first) = seen.get(&folded) else {
                seen.insert(folded, First { number, id: &entry.id, wording, is_question: position == 0 });
                continue;
            };
            let before = places.of(first.id, &first.wording.span);
            let other = if first.is_question { "question" } else { "phrasing" };
            let owner = if *first.id == entry.id { "this entry".to_owned() } else { format!("`{}`", first.id) };
            let message = if first.wording.value == wording.value {
                format!("this {kind} is there already, as the {other} of {owner}")
            } else {
                format!("this {kind} reads the same as “{}”, the {other} of {owner}", first.wording.value)
            };
            let at = format!("{}:{}", before.file, before.line);
            let help = if *first.id == entry.id {
                format!("remove one of the two; the first is at {at}")
            } else {
                format!("keep it in the entry that answers it best; the first is at {at}")
            };
            let code = if position == 0 { "duplicate-question" } else { "duplicate-phrasing" };
            problems.push(Problem::error(code, places.of(&entry.id, &wording.span), message).help(help));
            alike.insert((number, wording.span.clone()));
            alike.insert((first.number, first.wording.span.clone()));
        }
    }
    for (topic, questions) in knowledge.expected() {
        let path = format!("{topic}/{EXPECTED_FILE}");
        for question in questions.iter().map(|expected| &expected.question) {
            let Some(first) = seen.get(&synonyms.fold(&question.value)) else { continue };
            let at = places.of(first.id, &first.wording.span);
            let message = format!("this is a wording of `{}`, so that asking it tests nothing", first.id);
            let help = format!("ask it in other words, or remove it; the wording is at {}:{}", at.file, at.line);
            let place = places.within(&path, &question.span);
            problems.push(Problem::warning("tests-nothing", place, message).help(help));
        }
    }
    alike
}

/// Terms of equal meaning, as folded words. Like in the index, they hold for all topics alike.
struct Synonyms {
    /// What each term is replaced by.
    canonical: HashMap<Vec<String>, Vec<String>>,
    /// The number of words of the longest term.
    longest: usize,
}

impl Synonyms {
    fn new(knowledge: &Knowledge) -> Self {
        let mut canonical: HashMap<Vec<String>, Vec<String>> = HashMap::new();
        for list in knowledge.topics().flat_map(|topic| &topic.synonyms) {
            let terms: Vec<Vec<String>> = list.iter().map(|term| texts(term)).filter(|term| !term.is_empty()).collect();
            let Some(chosen) = terms.iter().find_map(|term| canonical.get(term)).or(terms.first()).cloned() else {
                continue;
            };
            // A list that shares a term with earlier lists joins them.
            let joined: Vec<Vec<String>> = terms.iter().filter_map(|term| canonical.get(term)).cloned().collect();
            canonical.values_mut().filter(|value| joined.contains(value)).for_each(|value| value.clone_from(&chosen));
            canonical.extend(terms.into_iter().map(|term| (term, chosen.clone())));
        }
        let longest = canonical.keys().map(Vec::len).max().unwrap_or(0);
        Self { canonical, longest }
    }

    /// The words of `text`, with every synonym replaced by the one that stands for its list; longer terms first.
    fn fold(&self, text: &str) -> String {
        let words = texts(text);
        let mut folded: Vec<&str> = Vec::new();
        let mut rest = &words[..];
        while let Some(first) = rest.first() {
            let longest = self.longest.min(rest.len());
            let term = (1..=longest).rev().find_map(|length| Some((length, self.canonical.get(&rest[..length])?)));
            let length = if let Some((length, canonical)) = term {
                folded.extend(canonical.iter().map(String::as_str));
                length
            } else {
                folded.push(first);
                1
            };
            rest = &rest[length..];
        }
        folded.join(" ")
    }
}

fn texts(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.text).collect()
}
