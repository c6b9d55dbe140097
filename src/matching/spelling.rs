//! Spelling: a question's words that the knowledge base does not know, read as the known words they are one slip of the
//! fingers away from: another word, two words written as one, or half of a word written as two.

use foldhash::HashSet;

use super::hash::fnv1a;
use super::stem::stem;
use super::words::{Ending, Word};

/// The fewest letters of a word that is corrected: shorter ones are one letter from too many others.
const LEAST_LETTERS: usize = 4;

/// The fewest letters of a word in which one letter may be read as another. Most pairs of short words that differ in a
/// letter are different words, as "hair" and "hour" are; a letter missing, doubled or swapped is mostly a slip.
const LEAST_LETTERS_TO_REPLACE: usize = 6;

/// The words that a knowledge base knows.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    /// The words that others are corrected to, in order.
    words: Vec<Box<str>>,
    /// The number of letters of the longest of them.
    longest: usize,
    /// Hashes of the words and of what is left of each without one of its letters but the first, with the word's
    /// number; ordered. Two words one slip apart have such a remainder in common.
    remainders: Vec<(u32, u32)>,
    /// The stems of all known words, of any length.
    stems: HashSet<String>,
}

impl Spelling {
    /// Prepares the known words, in any order.
    pub(super) fn new(words: impl Iterator<Item = String>) -> Self {
        let mut known: Vec<Box<str>> = words.map(String::into).collect();
        known.sort_unstable();
        known.dedup();
        let stems = known.iter().map(|word| stem(word)).collect();
        known.retain(|word| word.chars().count() >= LEAST_LETTERS);
        let longest = known.iter().map(|word| word.chars().count()).max().unwrap_or(0);
        let mut remainders: Vec<(u32, u32)> = Vec::new();
        for (number, word) in (0..).zip(&known) {
            remainders.extend(hashes_of_remainders(word).map(|hash| (hash, number)));
        }
        remainders.sort_unstable();
        remainders.dedup();
        Self { words: known, longest, remainders, stems }
    }

    /// `words` with each slip corrected. A known word costs its stem, another one besides a few binary searches a
    /// letter; what is longer than every known word is a slip of none, and costs no more than that.
    pub(super) fn correct(&self, words: Vec<Word>) -> Vec<Word> {
        let mut corrected: Vec<Word> = Vec::with_capacity(words.len());
        for mut word in words {
            let is_known = self.knows(&word.text);
            if let Some(before) = corrected.last_mut()
                && before.ending == Ending::None
                && !(is_known && self.knows(&before.text))
                && let Some(joined) = self.known(&format!("{}{}", before.text, word.text))
            {
                *before = Word { text: joined.to_owned(), ending: word.ending };
                continue;
            }
            if !is_known {
                if let Some(meant) = self.meant_by(&word.text) {
                    meant.clone_into(&mut word.text);
                } else if let Some((first, second)) = self.halves(&word.text) {
                    corrected.push(Word { text: first.to_owned(), ending: Ending::None });
                    second.clone_into(&mut word.text);
                }
            }
            corrected.push(word);
        }
        corrected
    }

    fn knows(&self, word: &str) -> bool {
        self.stems.contains(&stem(word))
    }

    /// The known word that is `word` itself, if it is long enough to be corrected to.
    fn known(&self, word: &str) -> Option<&str> {
        self.words.binary_search_by(|known| (**known).cmp(word)).ok().map(|number| &*self.words[number])
    }

    /// The two known words that `word` consists of; of several such pairs the one with the longer first word.
    fn halves(&self, word: &str) -> Option<(&str, &str)> {
        let splits = word.char_indices().rev().map(|(start, _)| word.split_at(start));
        splits.into_iter().find_map(|(first, second)| Some((self.known(first)?, self.known(second)?)))
    }

    /// The known word one slip away from an unknown one; of several the most similar, by Jaro and Winkler.
    fn meant_by(&self, word: &str) -> Option<&str> {
        // What is longer by two letters is more than one slip away; looking would take time that grows with the square.
        if !(LEAST_LETTERS..=self.longest + 1).contains(&word.chars().count()) {
            return None;
        }
        let mut best: Option<(f64, &str)> = None;
        for hash in hashes_of_remainders(word) {
            let start = self.remainders.partition_point(|(other, _)| *other < hash);
            for (_, number) in self.remainders[start..].iter().take_while(|(other, _)| *other == hash) {
                let known = &*self.words[*number as usize];
                let similarity = strsim::jaro_winkler(word, known);
                if best.is_none_or(|(most, _)| similarity > most) && is_slip(word, known) {
                    best = Some((similarity, known));
                }
            }
        }
        best.map(|(_, known)| known)
    }
}

/// Whether `typed` is `meant` with one slip: a letter missing, added, swapped with the next or, in a long word,
/// replaced. The first letter is nearly always right, so that "rice" is no slip of "price".
fn is_slip(typed: &str, meant: &str) -> bool {
    let (typed_letters, meant_letters) = (typed.chars().count(), meant.chars().count());
    let is_replaced = typed_letters == meant_letters && strsim::hamming(typed, meant) == Ok(1);
    typed.chars().next() == meant.chars().next()
        && strsim::osa_distance(typed, meant) == 1
        && (!is_replaced || typed_letters >= LEAST_LETTERS_TO_REPLACE)
}

/// Hashes of `word` and of what is left of it without one of its letters but the first, which a slip leaves alone.
/// Others may have the same.
fn hashes_of_remainders(word: &str) -> impl Iterator<Item = u32> + '_ {
    let without = move |skipped: usize| {
        let kept = word.chars().enumerate().filter(|(place, _)| *place != skipped);
        (fnv1a(kept.map(|(_, char)| char.into())) >> 32) as u32
    };
    // The place behind the last letter skips none.
    (1..=word.chars().count()).map(without)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::words::words;

    #[track_caller]
    fn check(typed: &str, read: &str) {
        let known = words("how deep do the needles go, what does it cost, sunscreen, price, red hair, bruising");
        let corrected = Spelling::new(known.into_iter().map(|word| word.text)).correct(words(typed));
        let texts: Vec<String> = corrected.into_iter().map(|word| word.text).collect();
        assert_eq!(texts.join(" "), read, "{typed:?}");
    }

    #[test]
    fn corrects_one_slip() {
        check("nedles", "needles");
        check("neeedles", "needles");
        check("deph sunscren", "deph sunscreen");
        check("depe", "deep");
        check("sunscrean", "sunscreen");
        check("sunsccreen", "sunscreen"); // no known word is as long
    }

    #[test]
    fn joins_and_splits() {
        check("sun screen", "sunscreen");
        check("needlesdeep", "needles deep");
        check("howdeep", "howdeep"); // "how" is too short to be sure of
        check("sunscreenprice?", "sunscreen price");
        check("sun, screen", "sun screen");
        check("deep needles", "deep needles");
    }

    /// The time would grow with the square of the length, to an hour at this one.
    #[test]
    fn reads_words_of_any_length() {
        let known = words("sunscreen, price").into_iter().map(|word| word.text);
        let long: String = ('a'..='z').cycle().take(1_000_000).collect();
        let word = Word { text: long.clone(), ending: Ending::None };
        assert_eq!(Spelling::new(known).correct(vec![word.clone(), word.clone()]), [word.clone(), word]);
    }

    #[test]
    fn leaves_other_words_alone() {
        check("needle", "needle"); // another form of a known word
        check("rice hour rad", "rice hour rad");
        check("brusing", "bruising");
        check("brsing", "brsing"); // two slips
        check("", "");
    }
}
