//! Naive Bayes: which of several kinds a message is most like, learnt from examples of each.
//!
//! The multinomial model, in which a message has a feature or not, however often (Jurafsky and Martin, *Speech and
//! Language Processing*, chapter 4). Features are words, pairs of neighbours in a sentence, and words that begin or end
//! one: "no fever" is another feature than "fever". What was learnt is a number for each feature and kind, so that
//! learning is counting, and what speaks for a kind can be shown.

use std::ops::Range;

use crate::matching::hash::fnv1a;
use crate::matching::words::{Ending, Word, each_word};

/// How often each feature is taken to have been seen in each kind beforehand; the best of several, from 0.05 to 1, on
/// messages by writers whose examples were left out.
const SMOOTHING: f64 = 0.2;

/// How many steps the natural logarithm of odds has for each unit: they are kept as bytes, up to 7.9 either way.
const STEPS: f32 = 16.0;

/// The counts whose logarithms are taken once: nearly all.
const KNOWN_LOGARITHMS: u32 = 64;

/// One of how many of a message's words must be known from examples; with fewer, it is in another language or about
/// something else.
const KNOWN_ONE_OF: usize = 2;

/// The fewest known words that say enough. Shorter messages are mostly names of things, and of those that are dangerous
/// nearly all name a sign.
const KNOWN_WORDS_MIN: usize = 4;

/// Odds of kinds of messages against the kind 0.
#[derive(Debug)]
pub struct NaiveBayes {
    /// Hashes of the features, in order.
    features: Box<[u32]>,
    /// For each feature, the odds of the kinds from 1 on.
    odds: Box<[i8]>,
    /// The number of kinds but 0.
    kinds: usize,
}

impl NaiveBayes {
    /// Learns from `examples`, each with its kind, below `kinds`.
    #[must_use]
    pub fn learn<'a>(kinds: u8, examples: impl IntoIterator<Item = (u8, &'a str)>) -> Self {
        let kinds = usize::from(kinds);
        let mut kind_of: Vec<u8> = Vec::new();
        // Each feature of each example: the feature's hash and, in the lower half, the example's number. Sorting brings
        // those of one feature together, far quicker than a table of counts would.
        let mut seen: Vec<u64> = Vec::new();
        for (example, (kind, text)) in (0..).zip(examples) {
            kind_of.push(kind);
            let mut see = |hash, _| seen.push(u64::from(short(hash)) << 32 | example);
            let mut features = Features::default();
            each_word(text, |word, ending| features.read(word, ending, &mut see));
            features.finish(&mut see);
        }
        seen.sort_unstable();
        seen.dedup();
        let kind_of = |seen: u64| usize::from(kind_of[short(seen << 32) as usize]);
        let by_feature = || seen.chunk_by(|a, b| short(*a) == short(*b));
        let all: f64 = by_feature().map(|_| 1.0).sum();
        let mut totals = vec![SMOOTHING * all; kinds];
        for seen in &seen {
            totals[kind_of(*seen)] += 1.0;
        }
        let of_totals: Vec<f64> = totals.iter().map(|total| (total / totals[0]).ln()).collect();
        // Most features are seen a few times: their logarithms are taken once.
        let logarithm = |count: u32| (f64::from(count) + SMOOTHING).ln();
        let logarithms: Vec<f64> = (0..KNOWN_LOGARITHMS).map(logarithm).collect();
        let logarithm = |count: u32| logarithms.get(count as usize).copied().unwrap_or_else(|| logarithm(count));
        let (mut features, mut odds, mut counts) = (Vec::new(), Vec::new(), vec![0; kinds]);
        for seen in by_feature() {
            counts.fill(0);
            for seen in seen {
                counts[kind_of(*seen)] += 1;
            }
            let calm = logarithm(counts[0]);
            odds.extend((1..kinds).map(|kind| as_byte(logarithm(counts[kind]) - calm - of_totals[kind])));
            features.push(short(seen[0]));
        }
        Self { features: features.into(), odds: odds.into(), kinds: kinds - 1 }
    }

    /// The natural logarithm of how many times likelier each kind from 1 on is than the kind 0, for a message of
    /// `words`, where all were as likely beforehand; `None` where too few of its words are known.
    #[must_use]
    pub fn odds(&self, words: &[Word]) -> Option<Vec<f32>> {
        let known = words.iter().filter(|word| self.place(word_hash(&word.text)).is_some()).count();
        if known < KNOWN_WORDS_MIN || known * KNOWN_ONE_OF < words.len() {
            return None;
        }
        Some(self.evidence(words))
    }

    /// The same, however many of the words are known.
    #[must_use]
    pub fn evidence(&self, words: &[Word]) -> Vec<f32> {
        let mut places = Vec::with_capacity(words.len() * 2 + 2);
        each_feature(words, |hash, _| places.extend(self.place(hash)));
        places.sort_unstable();
        places.dedup();
        let mut odds = vec![0.0; self.kinds];
        for place in places {
            for (kind, odds) in (1..).zip(&mut odds) {
                *odds += self.odds_of(place, kind);
            }
        }
        odds
    }

    /// What speaks most for `kind` in a message of `words`: at most `most` stretches of words that do not overlap, each
    /// one word or two, the strongest first, of equal ones the longer.
    #[must_use]
    pub fn telling(&self, words: &[Word], kind: usize, most: usize) -> Vec<Range<usize>> {
        let mut known: Vec<(f32, Range<usize>)> = Vec::new();
        each_feature(words, |hash, words| {
            let odds = self.place(hash).map_or(0.0, |place| self.odds_of(place, kind));
            known.extend((odds > 0.0).then_some((odds, words)));
        });
        known.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.len().cmp(&a.1.len())));
        let mut telling: Vec<Range<usize>> = Vec::new();
        for (_, words) in known {
            if telling.len() < most && telling.iter().all(|told| told.end <= words.start || words.end <= told.start) {
                telling.push(words);
            }
        }
        telling
    }

    fn place(&self, hash: u64) -> Option<usize> {
        self.features.binary_search(&short(hash)).ok()
    }

    fn odds_of(&self, place: usize, kind: usize) -> f32 {
        f32::from(self.odds[place * self.kinds + kind - 1]) / STEPS
    }
}

#[expect(clippy::cast_possible_truncation, reason = "what is beyond a byte becomes its largest")]
fn as_byte(odds: f64) -> i8 {
    (odds * f64::from(STEPS)).round() as i8
}

/// Reads the features of a message word by word: the hash of each, and the places of the words that it consists of.
#[derive(Default)]
struct Features {
    /// How many words were read.
    read: usize,
    /// The hash of the last word; [`BORDER`] where its sentence is over.
    last: u64,
}

impl Features {
    fn read(&mut self, word: &str, ending: Ending, mut see: impl FnMut(u64, Range<usize>)) {
        let (hash, place) = (word_hash(word), self.read);
        see(hash, place..place + 1);
        see(pair_hash(self.last, hash), place - usize::from(self.last != BORDER)..place + 1);
        (self.read, self.last) = (place + 1, hash);
        if ending >= Ending::Sentence {
            self.finish(see);
        }
    }

    /// The message is over, or its sentence.
    fn finish(&mut self, mut see: impl FnMut(u64, Range<usize>)) {
        if self.last != BORDER {
            see(pair_hash(self.last, BORDER), self.read - 1..self.read);
            self.last = BORDER;
        }
    }
}

/// Calls `see` with each feature of the message of `words`, in its order.
fn each_feature(words: &[Word], mut see: impl FnMut(u64, Range<usize>)) {
    let mut features = Features::default();
    for word in words {
        features.read(&word.text, word.ending, &mut see);
    }
    features.finish(see);
}

/// Stands for the border of a sentence in place of a word's hash.
const BORDER: u64 = 0;

fn word_hash(word: &str) -> u64 {
    fnv1a(word.bytes().map(u32::from))
}

/// The hash of both in their order: multiplied by 2⁶⁴ divided by the golden ratio, which spreads what they share.
fn pair_hash(first: u64, second: u64) -> u64 {
    (first.rotate_left(23) ^ second).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The upper half of a hash; of a hundred thousand features, one or two share it with another.
fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::words::words;

    const EXAMPLES: [(u8, &str); 6] = [
        (0, "no pus here. all good"),
        (0, "what does pus look like"),
        (0, "good cream"),
        (1, "there is pus. help"),
        (1, "pus is coming out"),
        (2, "help she fainted"),
    ];

    fn learnt() -> NaiveBayes {
        NaiveBayes::learn(3, EXAMPLES)
    }

    /// Which kind `message` is most like; 0 where nothing speaks for another one.
    #[track_caller]
    fn check(message: &str, expected: usize) {
        let odds = learnt().odds(&words(message)).expect("its words are known");
        let best = (1..).zip(odds).max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, odds)| *odds > 0.0);
        assert_eq!(best.map_or(0, |(kind, _)| kind), expected, "{message:?}");
    }

    #[test]
    fn a_message_is_like_those_that_share_its_words_and_pairs() {
        check("is there pus coming", 1);
        check("good. no pus here", 0);
        check("what pus look like", 0);
        check("help she fainted. good", 2);
    }

    #[test]
    fn a_pair_ends_with_its_sentence() {
        let known = |message: &str| {
            let mut known = 0;
            each_feature(&words(message), |hash, _| known += usize::from(learnt().place(hash).is_some()));
            known
        };
        assert_eq!(known("is pus"), 4, "two words, their pair and the end");
        assert_eq!(known("is. pus"), 4, "two words, and the beginning and the end of the second sentence");
    }

    #[test]
    fn what_is_repeated_counts_once() {
        let odds = |message: &str| learnt().odds(&words(message));
        assert_eq!(odds("there is pus. help. pus. pus."), odds("there is pus. help. pus."));
    }

    #[test]
    fn nothing_is_said_of_words_that_are_unknown() {
        assert_eq!(learnt().odds(&words("my cat sleeps on a good cream here all day")), None);
        assert_eq!(learnt().odds(&words("there is pus")), None, "three words are too few");
        assert_eq!(learnt().odds(&[]), None);
    }

    #[test]
    fn tells_what_speaks_for_a_kind() {
        let message = words("hello, there is pus, she fainted");
        let told = learnt().telling(&message, 2, 1);
        let texts = told.into_iter().map(|told| message[told].iter().map(|word| &*word.text).collect::<Vec<_>>());
        assert_eq!(texts.collect::<Vec<_>>(), [vec!["she", "fainted"]]);
    }
}
