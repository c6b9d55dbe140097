//! Synonyms: terms of equal meaning, each rewritten to the first of its list before anything is compared.

use std::collections::HashMap;

use super::stem::stem;
use super::words::{Ending, Word, words};

/// Terms of equal meaning, by the stems of their words.
#[derive(Debug, Default)]
pub(super) struct Synonyms {
    /// From the stems of a term to the words it is rewritten to.
    rewritten: HashMap<Vec<String>, Vec<Word>>,
    /// The number of words in the longest term.
    longest: usize,
}

impl Synonyms {
    /// Lists of terms of equal meaning; a term that is in several lists is rewritten by the first.
    pub(super) fn new<'a>(lists: impl IntoIterator<Item = &'a [String]>) -> Self {
        let mut synonyms = Self::default();
        for list in lists {
            let mut terms = list.iter().map(|term| plain_words(term));
            let Some(first) = terms.next() else { continue };
            for term in terms {
                synonyms.longest = synonyms.longest.max(term.len());
                synonyms.rewritten.entry(stems(&term)).or_insert_with(|| first.clone());
            }
        }
        synonyms
    }

    /// `words` with every term rewritten; where terms overlap, the longest that starts first wins.
    pub(super) fn rewrite(&self, words: Vec<Word>) -> Vec<Word> {
        if self.longest == 0 {
            return words;
        }
        let stems = stems(&words);
        let mut rewritten = Vec::with_capacity(words.len());
        let mut start = 0;
        while start < words.len() {
            let most = self.longest.min(words.len() - start);
            let found =
                (1..=most).rev().find_map(|length| Some((length, self.rewritten.get(&stems[start..start + length])?)));
            if let Some((length, term)) = found {
                rewritten.extend(term.iter().cloned());
                start += length;
            } else {
                rewritten.push(words[start].clone());
                start += 1;
            }
        }
        rewritten
    }
}

fn plain_words(term: &str) -> Vec<Word> {
    words(term).into_iter().map(|word| Word { ending: Ending::None, ..word }).collect()
}

fn stems(words: &[Word]) -> Vec<String> {
    words.iter().map(|word| stem(&word.text)).collect()
}
