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
    /// Every term as it was written.
    terms: Vec<Vec<Word>>,
}

impl Synonyms {
    /// Lists of terms of equal meaning; lists that share a term are one.
    pub(super) fn new<'a>(lists: impl IntoIterator<Item = &'a [String]>) -> Self {
        let mut rewritten: HashMap<Vec<String>, Vec<Word>> = HashMap::new();
        let mut written = Vec::new();
        for list in lists {
            let terms = list.iter().map(|term| plain_words(term)).filter(|words| !words.is_empty());
            let terms: Vec<(Vec<String>, Vec<Word>)> = terms.map(|words| (stems(&words), words)).collect();
            let joined: Vec<Vec<Word>> = terms.iter().filter_map(|(stems, _)| rewritten.get(stems)).cloned().collect();
            let Some(first) = joined.first().or(terms.first().map(|(_, words)| words)).cloned() else { continue };
            written.extend(terms.iter().map(|(_, words)| words.clone()));
            rewritten.values_mut().filter(|words| joined.contains(words)).for_each(|words| words.clone_from(&first));
            rewritten.extend(terms.into_iter().map(|(stems, _)| (stems, first.clone())));
        }
        let longest = rewritten.keys().map(Vec::len).max().unwrap_or(0);
        Self { rewritten, longest, terms: written }
    }

    /// The words of all terms.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().flatten().map(|word| word.text.as_str())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let lists: Vec<Vec<String>> = [
            &["sunscreen", "spf", "sun block"][..],
            &["microneedling", "micro needling"],
            &["sun block", "uv filter"],
            &["", "!"],
        ]
        .iter()
        .map(|list| list.iter().map(|term| (*term).to_owned()).collect())
        .collect();
        let rewritten = Synonyms::new(lists.iter().map(Vec::as_slice)).rewrite(words(text));
        let texts: Vec<String> = rewritten.into_iter().map(|word| word.text).collect();
        assert_eq!(texts.join(" "), expected, "{text:?} rewritten");
    }

    #[test]
    fn rewrites_terms_to_the_first_of_their_list() {
        check("which SPF after micro-needling", "which sunscreen after microneedling");
        check("sun block or sunscreen", "sunscreen or sunscreen");
        check("is a uv filter good", "is a sunscreen good");
        check("micro needles", "microneedling");
        check("the sun", "the sun");
    }
}
