//! The index: every wording of every entry, prepared for finding the closest.

use std::collections::HashMap;

use super::explanation::Explanation;
use super::words::{Word, words};

/// Every wording, prepared. Immutable; shared between threads.
#[derive(Debug)]
pub struct Index {
    wordings: Vec<(usize, HashMap<String, f32>)>,
    idf: HashMap<String, f32>,
}

/// An entry ranked for a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The entry's number.
    pub entry: usize,
    /// How sure it is that the entry answers the question, in `0..=1`.
    pub score: f32,
}

impl Index {
    /// Prepares `wordings`, each with the number of the entry it belongs to, and lists of terms of equal meaning.
    #[must_use]
    pub fn build<'a>(wordings: &[(usize, &str)], _synonyms: impl IntoIterator<Item = &'a [String]>) -> Self {
        let bags: Vec<_> = wordings.iter().map(|(entry, text)| (*entry, pieces(&words(text)))).collect();
        let mut idf: HashMap<String, f32> = HashMap::new();
        for (_, bag) in &bags {
            for piece in bag.keys() {
                *idf.entry(piece.clone()).or_default() += 1.0;
            }
        }
        let count = bags.len() as f32;
        for value in idf.values_mut() {
            *value = ((1.0 + count) / (1.0 + *value)).ln() + 1.0;
        }
        let wordings = bags.into_iter().map(|(entry, bag)| (entry, weigh(bag, &idf, count))).collect();
        Self { wordings, idf }
    }

    /// The entries with any likeness to a question's words, best first.
    #[must_use]
    pub fn rank(&self, words: &[Word]) -> Vec<Match> {
        let question = weigh(pieces(words), &self.idf, self.wordings.len() as f32);
        let mut best: HashMap<usize, f32> = HashMap::new();
        for (entry, bag) in &self.wordings {
            let cosine: f32 = question.iter().filter_map(|(piece, w)| bag.get(piece).map(|v| v * w)).sum();
            let kept = best.entry(*entry).or_default();
            *kept = kept.max(cosine);
        }
        let mut matches: Vec<Match> = best
            .into_iter()
            .filter(|(_, score)| *score > 0.0)
            .map(|(entry, score)| Match { entry, score: score.clamp(0.0, 1.0) })
            .collect();
        matches.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
        matches
    }

    /// How the score of `entry` for a question comes about.
    #[must_use]
    pub fn explain(&self, words: &[Word], entry: usize) -> Explanation {
        let score = self.rank(words).into_iter().find(|m| m.entry == entry).map_or(0.0, |m| m.score);
        Explanation { score, wording: String::new(), parts: Vec::new(), matched: Vec::new(), held: Vec::new() }
    }
}

fn pieces(words: &[Word]) -> HashMap<String, f32> {
    let mut bag = HashMap::new();
    for word in words {
        let padded: Vec<char> = std::iter::once(' ').chain(word.text.chars()).chain([' ']).collect();
        for n in 2..=4 {
            for window in padded.windows(n) {
                *bag.entry(window.iter().collect()).or_insert(0.0) += 1.0;
            }
        }
    }
    bag
}

fn weigh(mut bag: HashMap<String, f32>, idf: &HashMap<String, f32>, count: f32) -> HashMap<String, f32> {
    let unseen = (1.0 + count).ln() + 1.0;
    let mut norm = 0.0;
    for (piece, weight) in &mut bag {
        *weight *= idf.get(piece).unwrap_or(&unseen);
        norm += *weight * *weight;
    }
    let norm: f32 = f32::sqrt(norm).max(f32::MIN_POSITIVE);
    bag.values_mut().for_each(|weight| *weight /= norm);
    bag
}
