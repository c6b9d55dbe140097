//! A sentence of a message: its words, and which of them are words of signs.

use std::ops::Range;

use super::denial::is_negator;
use super::vocabulary::Term;
use crate::matching::words::{Ending, Word};

/// One sentence; its words and terms are numbered alike, from 0.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    /// Place of its first word in the message.
    pub start: usize,
    pub words: &'a [Word],
    /// The term of each word that some sign uses.
    pub terms: &'a [Option<Term>],
    /// Whether each word means little by itself.
    pub little: &'a [bool],
    /// For each term, whether it names a sign.
    pub symptoms: &'a [bool],
    /// The rest of the message.
    pub rest: &'a [Word],
}

/// Words that join others and mean little by themselves. Signs are recognised without them, and between the words
/// of a sign any number of them may stand. Prepositions of place are not among them: "in my eye" is not "near my
/// eye".
#[rustfmt::skip]
const LITTLE_WORDS: &[&str] = &[
    "a", "actually", "also", "am", "an", "and", "are", "as", "be", "been", "being", "can", "could", "did", "do",
    "does", "doing", "had", "has", "have", "he", "her", "him", "his", "i", "is", "it", "its", "just", "kind",
    "like", "me", "my", "of", "or", "our", "quite", "really", "she", "so", "some", "sort", "that", "the", "their",
    "them", "there", "these", "they", "this", "to", "too", "very", "was", "we", "were", "what", "which", "who",
    "will", "with", "would", "you", "your",
];

/// The length of the longest of them, in bytes.
const LITTLE_LENGTH: usize = 8;

/// Things that stand in one list with signs: "no redness, bruising or pus".
#[rustfmt::skip]
const SYMPTOMS: &[&str] = &[
    "bleeding", "blood", "bruise", "bruises", "bruising", "bump", "bumps", "burning", "discharge", "dryness",
    "flaking", "headache", "heat", "itch", "itchiness", "itching", "nausea", "pain", "peeling", "rash", "redness",
    "scab", "scabbing", "scabs", "soreness", "stinging", "swelling", "tenderness", "vomiting", "warmth",
];

/// Words with which the items of a list may begin.
const ITEM_WORDS: &[&str] = &["a", "an", "any", "bad", "real", "severe", "the", "visible"];

/// The longest list item, in words.
const ITEM_LENGTH: usize = 6;

/// Whether `word` is no part of what a sign means.
pub(super) fn is_little(word: &str) -> bool {
    word.len() <= LITTLE_LENGTH && LITTLE_WORDS.binary_search(&word).is_ok()
}

/// The sentences of a message, in order; `terms` are those of its `words`, `little` tells which of them mean little,
/// and `symptoms` which of all terms name signs.
pub(super) fn sentences<'a>(
    words: &'a [Word],
    terms: &'a [Option<Term>],
    little: &'a [bool],
    symptoms: &'a [bool],
) -> impl Iterator<Item = Sentence<'a>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let end = start + sentence_length(&words[start..], &terms[start..])?;
        let of_sentence = &words[start..end];
        let (terms, little, rest) = (&terms[start..end], &little[start..end], &words[end..]);
        let sentence = Sentence { start, words: of_sentence, terms, little, symptoms, rest };
        start = end;
        Some(sentence)
    })
}

/// How many of `words` the first sentence has, or `None` where there are none. A full stop behind a word of signs that
/// stands alone ends none: "throat. closing. help".
fn sentence_length(words: &[Word], terms: &[Option<Term>]) -> Option<usize> {
    let mut start = 0;
    for (place, word) in words.iter().enumerate().filter(|(_, word)| word.ending >= Ending::Sentence) {
        let alone = place == start && word.ending == Ending::Sentence && terms[place].is_some();
        if !alone || is_negator(&word.text) {
            return Some(place + 1);
        }
        start = place + 1;
    }
    Some(words.len()).filter(|length| *length > 0)
}

impl<'a> Sentence<'a> {
    /// The word at `place`.
    pub fn text(&self, place: usize) -> &'a str {
        &self.words[place].text
    }

    /// Whether the word at `place` names a sign, or may stand in one list with signs.
    pub fn is_symptom(&self, place: usize) -> bool {
        self.terms[place].is_some_and(|term| self.symptoms[term as usize])
            || SYMPTOMS.binary_search(&self.text(place)).is_ok()
    }

    /// Whether a comma or the like stands behind the word at `place`.
    pub fn ends_clause(&self, place: usize) -> bool {
        self.words[place].ending != Ending::None
    }

    /// How many of the words at `places` carry a meaning of their own; a comma counts as one.
    pub fn strangers(&self, places: Range<usize>) -> usize {
        places.map(|place| usize::from(!self.little[place]) + usize::from(self.ends_clause(place))).sum()
    }

    /// Where the list item that begins at `start` ends, or `None` where none begins: words of signs and symptoms up
    /// to a comma, "or", "and" or the end.
    pub fn bare_item(&self, start: usize) -> Option<usize> {
        let mut named = false;
        for at in (start..self.words.len()).take(ITEM_LENGTH) {
            let word = self.text(at);
            if named && matches!(word, "or" | "nor" | "and") {
                return Some(at + 1);
            }
            let symptom = self.is_symptom(at);
            if !symptom && !ITEM_WORDS.contains(&word) && word != "or" {
                return None;
            }
            named |= symptom;
            if self.ends_clause(at) {
                return named.then_some(at + 1);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_for_the_search() {
        assert!(LITTLE_WORDS.is_sorted());
        assert!(SYMPTOMS.is_sorted());
        assert!(LITTLE_WORDS.iter().all(|word| word.len() <= LITTLE_LENGTH));
    }
}
