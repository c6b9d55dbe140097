//! The vocabulary of signs: which words of a message are words of signs, inflected or misspelt.

use std::collections::HashMap;

use strsim::osa_distance;

use super::sentence::is_little;
use crate::matching::stem::stem;

/// The number of a word that signs use, the same for all its forms.
pub(super) type Term = usize;

/// The words of all signs.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Terms by [`key`].
    terms: HashMap<String, Term>,
    /// The forms that a misspelt word may be meant as, by their first letter: people seldom miss that one, and
    /// keeping it tells "fever" from "never", "hives" from "lives" and "fainted" from "painted".
    spellings: HashMap<char, Vec<Spelling>>,
}

#[derive(Debug)]
struct Spelling {
    text: String,
    chars: usize,
    term: Term,
}

/// Forms that the stemmer cannot lead back to their word, and spellings too far from it to be recognised.
const FORMS: &[(&str, &str)] = &[
    ("bigger", "big"),
    ("bled", "bleed"),
    ("burnt", "burn"),
    ("eyeball", "eye"),
    ("eyeballs", "eye"),
    ("gone", "go"),
    ("got", "get"),
    ("gotten", "get"),
    ("herself", "myself"),
    ("himself", "myself"),
    ("hotter", "hot"),
    ("loss", "lose"),
    ("lost", "lose"),
    ("needles", "needle"),
    ("puss", "pus"),
    ("redder", "red"),
    ("redness", "red"),
    ("spreaded", "spread"),
    ("stuck", "stick"),
    ("swole", "swell"),
    ("swolen", "swell"),
    ("swollen", "swell"),
    ("taken", "take"),
    ("themself", "myself"),
    ("themselves", "myself"),
    ("took", "take"),
    ("tounge", "tongue"),
    ("went", "go"),
    ("woke", "wake"),
    ("woken", "wake"),
];

/// Words that mean something else in their other forms: chills and to chill, blacked out and black, a needle and
/// needling.
const FIXED_FORMS: &[&str] = &["blacked", "chills", "needle"];

/// Ordinary words within a misspelling's reach of a word that signs are likely to use.
#[rustfmt::skip]
const ORDINARY_WORDS: &[&str] = &[
    "alike", "attach", "back", "backed", "bind", "bitter", "blank", "blasters", "blend", "block", "blocked",
    "bloody", "bloom", "bowls", "brake", "breach", "breeding", "broken", "broker", "burst",
    "butter", "cellulite", "cheat", "check", "cheer", "chess", "childs", "chill", "chilled", "chilli",
    "chilling", "chilly", "coding", "conclusions", "concussions", "conversions", "cooking", "creek",
    "crush", "discussing", "dropping", "ever", "fewer", "fiver", "flint", "glowing", "greek",
    "hating", "hear", "heard", "hears", "heat", "hides", "hikes", "hires", "infested", "inject",
    "injected", "injection", "injections", "lanes", "leading", "leaning", "leaving", "lies", "lighthearted",
    "likes", "liner", "links", "loving", "month", "needled", "notes", "overdone", "path", "picked",
    "pitch", "poker", "polls", "posed", "priced", "pulls", "reader", "render", "rolled", "sand",
    "scores", "seating", "seats", "sell", "selling", "sells", "shallow", "sharing", "sheep", "shell", "shells",
    "shirt", "shoot", "shore", "shores", "shot", "shout", "sigh", "sizing", "slight", "small", "sole", "sorts",
    "spell", "spelled", "spelling", "spells", "sport", "sporting", "stack", "staff", "stash", "steep",
    "stock", "stole", "stolen", "stores", "streams", "strike", "struck", "suck", "sweep", "think",
    "threat", "tick", "token", "tough", "trick", "tuned", "welds", "wells", "wheeling",
    "women", "wore", "works", "worlds", "worms", "worst",
];

/// The length, in chars, from which a word may be misspelt by one edit: at four letters "plus" would be "pus".
const ONE_EDIT_CHARS: usize = 5;

/// The length, in chars, from which a word may be misspelt by two edits: "unconcsious", "anaphalaxis".
const TWO_EDITS_CHARS: usize = 10;

impl Vocabulary {
    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// The term of a sign's word, which is added unless it is known.
    pub fn learn(&mut self, word: &str) -> Term {
        let next = self.terms.len();
        let term = *self.terms.entry(key(word)).or_insert(next);
        let forms = FORMS.iter().filter(|(_, base)| key(base) == key(word)).map(|(form, _)| *form);
        for text in forms.chain([word]) {
            let spellings = text.chars().next().map(|first| self.spellings.entry(first).or_default());
            if let Some(spellings) = spellings.filter(|known| known.iter().all(|known| known.text != text)) {
                spellings.push(Spelling { text: text.to_owned(), chars: text.chars().count(), term });
            }
        }
        term
    }

    /// The term that a message's `word` means, or `None` where signs do not use it.
    pub fn term(&self, word: &str) -> Option<Term> {
        if is_little(word) {
            return None;
        }
        self.terms.get(&key(word)).copied().or_else(|| self.misspelt(word))
    }

    /// The term whose spelling is nearest to `word`, the first of equally near ones.
    fn misspelt(&self, word: &str) -> Option<Term> {
        if ORDINARY_WORDS.binary_search(&word).is_ok() {
            return None;
        }
        let chars = word.chars().count();
        self.spellings
            .get(&word.chars().next()?)?
            .iter()
            .filter(|spelling| spelling.chars.abs_diff(chars) <= edits_allowed(spelling.chars))
            .map(|spelling| (osa_distance(word, &spelling.text), spelling))
            .filter(|(edits, spelling)| *edits <= edits_allowed(spelling.chars))
            .min_by_key(|(edits, _)| *edits)
            .map(|(_, spelling)| spelling.term)
    }
}

/// What all forms of a word have in common: its stem, or the whole part of a number.
fn key(word: &str) -> String {
    if let Some((whole, _)) = word.split_once(['.', ',']) {
        return whole.to_owned();
    }
    let base = FORMS.binary_search_by_key(&word, |(form, _)| form).map_or(word, |found| FORMS[found].1);
    if FIXED_FORMS.contains(&base) {
        return base.to_owned();
    }
    stem(base)
}

/// How many edits apart a word of `chars` chars and its misspelling may be.
fn edits_allowed(chars: usize) -> usize {
    usize::from(chars >= ONE_EDIT_CHARS) + usize::from(chars >= TWO_EDITS_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks which of the words of some signs `word` is taken for.
    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        let signs =
            ["oozing", "swelling", "fever", "pus", "chills", "hives", "fainted", "breathe", "unconscious", "39"];
        let mut vocabulary = Vocabulary::default();
        for sign in signs {
            vocabulary.learn(sign);
        }
        assert_eq!(vocabulary.term(word).map(|term| signs[term]), expected, "term of {word:?}");
    }

    #[test]
    fn tables_are_sorted_for_the_search() {
        assert!(FORMS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(ORDINARY_WORDS.is_sorted());
    }

    #[test]
    fn knows_every_form_of_a_word() {
        check("ooze", Some("oozing"));
        check("swollen", Some("swelling"));
        check("breathing", Some("breathe"));
        check("breath", Some("breathe"));
        check("39.5", Some("39"));
    }

    #[test]
    fn knows_misspelt_words() {
        check("feaver", Some("fever"));
        check("oosing", Some("oozing"));
        check("brethe", Some("breathe"));
        check("unconcsious", Some("unconscious"));
        check("puss", Some("pus"));
    }

    #[test]
    fn leaves_ordinary_words_alone() {
        for word in ["never", "plus", "chill", "lives", "painted", "selling", "fewer", "breed", "conscious", "3"] {
            check(word, None);
        }
    }
}
