//! The vocabulary: every word of the wordings, and how often it occurs.

use std::collections::HashMap;

use super::pieces::Terms;
use super::words::Word;

/// Words in order, each with the number of its occurrences.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(Vec<(Box<str>, u32)>);

/// Counts words, and remembers their terms.
#[derive(Debug, Default)]
pub(super) struct Counter(HashMap<String, (u32, Terms)>);

impl Counter {
    /// Counts each of `words` once more.
    pub(super) fn add(&mut self, words: &[Word]) {
        for Word { text, .. } in words {
            match self.0.get_mut(text) {
                Some((count, _)) => *count += 1,
                None => _ = self.0.insert(text.clone(), (1, Terms::of(text))),
            }
        }
    }

    /// The terms of a word, looked up where it has been counted.
    pub(super) fn terms(&self, word: &str) -> Terms {
        self.0.get(word).map_or_else(|| Terms::of(word), |(_, terms)| *terms)
    }

    /// The words counted.
    pub(super) fn finish(self) -> Vocabulary {
        let mut words: Vec<(Box<str>, u32)> =
            self.0.into_iter().map(|(word, (count, _))| (word.into(), count)).collect();
        words.sort_unstable();
        Vocabulary(words)
    }
}

impl Vocabulary {
    /// Every word once, in order.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(word, _)| &**word)
    }

    /// The `most` commonest words that start with `prefix`, commonest first. Costs a step for each word that does.
    pub(super) fn starting_with(&self, prefix: &str, most: usize) -> Vec<&str> {
        let start = self.0.partition_point(|(word, _)| **word < *prefix);
        let known = self.0[start..].iter().take_while(|(word, _)| word.starts_with(prefix));
        let mut known: Vec<&(Box<str>, u32)> = known.collect();
        // The sort is stable, and so keeps words of equal count in order.
        known.sort_by_key(|(_, count)| u32::MAX - count);
        known.truncate(most);
        known.into_iter().map(|(word, _)| &**word).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::words::words;

    #[test]
    fn knows_the_commonest_words_that_start_alike() {
        let mut counter = Counter::default();
        counter.add(&words("needle needles need a needle, deep"));
        let vocabulary = counter.finish();
        assert_eq!(vocabulary.words().collect::<Vec<_>>(), ["a", "deep", "need", "needle", "needles"]);
        assert_eq!(vocabulary.starting_with("nee", 2), ["needle", "need"]);
        assert_eq!(vocabulary.starting_with("needles", 2), ["needles"]);
        assert_eq!(vocabulary.starting_with("x", 2), [""; 0]);
        assert_eq!(Vocabulary::default().starting_with("a", 1), [""; 0]);
    }
}
