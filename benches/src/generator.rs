//! A generated knowledge base: entries of about ten phrasings each, and questions that one of the entries answers.
//!
//! Everything follows from the seed. What decides a matcher's speed is made as in real text: how often words occur
//! (Zipf and Mandelbrot's law), how many there are (Heaps' law), how long they are and which letters stand together
//! (syllables of English, inflected), how many words a phrasing has (3 to 12), and how members mistype.

use std::collections::HashSet;

use fastrand::Rng;

/// How many phrasings an entry has.
const PHRASINGS_EACH: usize = 10;

/// Heaps' law: the number of distinct words of a text of `n` words is about `HEAPS · √n`; in English, between 10 and
/// 100 (Manning, Raghavan and Schütze, 2008, section 5.1.1).
const HEAPS: f64 = 30.0;

/// How far Mandelbrot shifts the ranks of Zipf's law, so that the very first words do not take over.
const MANDELBROT: f64 = 2.7;

/// One in so many words of a question is mistyped.
const WORDS_PER_TYPO: usize = 6;

/// One in so many words of a phrasing is not in the question that is made of it.
const WORDS_PER_LOSS: usize = 4;

// With these parts a word of a text has 5 letters on average and one of the vocabulary 6, about as in English chat.
#[rustfmt::skip]
const ONSETS: &[&str] = &[
    "", "", "", "", "", "", "", "b", "b", "bl", "br", "c", "ch", "cl", "cr", "d", "d", "dr", "f", "fl", "fr", "g", "gr", "h", "j", "k", "l",
    "l", "m", "m", "n", "n", "p", "p", "pl", "pr", "qu", "r", "r", "s", "s", "sc", "sh", "sk", "sl", "sp", "st", "st",
    "str", "t", "t", "th", "tr", "v", "w", "wh", "b", "d", "f", "h", "l", "m", "n", "r", "s", "t", "w", "b", "c", "d",
    "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v",
];
const VOWELS: &[&str] = &["a", "a", "a", "ai", "e", "e", "e", "e", "ea", "i", "i", "i", "o", "o", "o", "ou", "u"];
#[rustfmt::skip]
const CODAS: &[&str] = &[
    "", "", "", "", "", "", "", "", "ck", "d", "ft", "l", "ll", "m", "mp", "n", "n", "nd", "ng", "nt", "p", "r", "r", "rd", "rm", "rt",
    "s", "ss", "st", "t", "t", "x",
];
const INFLECTIONS: &[&str] = &["", "", "", "s", "s", "ing", "ed", "er", "ly", "tion", "ness", "able"];

/// A knowledge base and the means to ask it questions.
#[derive(Debug)]
pub struct Generated {
    /// Every phrasing with the number of its entry, ordered by entry.
    pub phrasings: Vec<(usize, String)>,
    vocabulary: Vocabulary,
    seed: u64,
}

/// A question and the entry that it was made from.
#[derive(Debug, Clone)]
pub struct Question {
    /// The number of the entry.
    pub entry: usize,
    /// The question, with typos.
    pub text: String,
}

#[derive(Debug)]
struct Vocabulary {
    words: Vec<String>,
    /// By word: the chance that a word of a text is this one or one before it.
    cumulated: Vec<f64>,
}

impl Generated {
    /// A knowledge base of `size` phrasings.
    #[must_use]
    pub fn new(size: usize, seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let vocabulary = Vocabulary::new(size, &mut rng);
        let mut phrasings = Vec::with_capacity(size);
        while phrasings.len() < size {
            let entry = phrasings.len() / PHRASINGS_EACH;
            // What an entry is about: words beyond the hundred that hold sentences together.
            let subject: Vec<&str> = (0..rng.usize(2..=5)).map(|_| vocabulary.pick_rarer(100, &mut rng)).collect();
            for _ in 0..PHRASINGS_EACH.min(size - phrasings.len()) {
                let mut words: Vec<&str> = subject.iter().copied().filter(|_| rng.u8(..10) < 7).collect();
                let length = rng.usize(3..=12).max(words.len());
                while words.len() < length {
                    words.insert(rng.usize(..=words.len()), vocabulary.pick(&mut rng));
                }
                phrasings.push((entry, words.join(" ")));
            }
        }
        Self { phrasings, vocabulary, seed }
    }

    /// The phrasings, as an index takes them.
    #[must_use]
    pub fn wordings(&self) -> Vec<(usize, &str)> {
        self.phrasings.iter().map(|(entry, text)| (*entry, text.as_str())).collect()
    }

    /// `count` questions: phrasings of any entry, some words left out, one put in, and some mistyped.
    #[must_use]
    pub fn questions(&self, count: usize) -> Vec<Question> {
        let mut rng = Rng::with_seed(self.seed.wrapping_add(1));
        let mut question = || {
            let (entry, text) = &self.phrasings[rng.usize(..self.phrasings.len())];
            let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
            for place in (2..words.len()).rev() {
                if rng.usize(..WORDS_PER_LOSS) == 0 {
                    words.remove(place);
                }
            }
            words.insert(rng.usize(..=words.len()), self.vocabulary.pick(&mut rng).to_owned());
            for word in &mut words {
                if rng.usize(..WORDS_PER_TYPO) == 0 {
                    *word = mistype(word, &mut rng);
                }
            }
            Question { entry: *entry, text: words.join(" ") }
        };
        (0..count).map(|_| question()).collect()
    }
}

impl Vocabulary {
    /// The words of a text of `phrasings` phrasings, commonest first; common ones are short.
    fn new(phrasings: usize, rng: &mut Rng) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        let text_words = phrasings as f64 * 7.5;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few ten thousand")]
        let size = (HEAPS * text_words.sqrt()) as usize;
        let mut words: Vec<String> = Vec::with_capacity(size);
        let mut seen = HashSet::new();
        while words.len() < size {
            let (syllables, is_inflected) = match words.len() {
                0..150 => (1, false),
                150..1_500 => (rng.usize(1..=2), rng.u8(..3) == 0),
                _ => (rng.usize(1..=2), rng.bool()),
            };
            let mut word = String::new();
            for syllable in 0..syllables {
                word.push_str(pick(ONSETS, rng));
                word.push_str(pick(VOWELS, rng));
                // Inside a word most syllables are open.
                if syllable + 1 == syllables || rng.u8(..4) == 0 {
                    word.push_str(pick(CODAS, rng));
                }
            }
            if is_inflected {
                word.push_str(pick(INFLECTIONS, rng));
            }
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        #[allow(clippy::cast_precision_loss, reason = "ranks are far below 2^52")]
        let mut cumulate = |rank: usize| {
            sum += 1.0 / (rank as f64 + 1.0 + MANDELBROT);
            sum
        };
        let mut cumulated: Vec<f64> = (0..size).map(&mut cumulate).collect();
        for chance in &mut cumulated {
            *chance /= sum;
        }
        Self { words, cumulated }
    }

    /// A word as often as it occurs.
    fn pick(&self, rng: &mut Rng) -> &str {
        self.pick_rarer(0, rng)
    }

    /// A word as often as it occurs, but for the first `skipped`.
    fn pick_rarer(&self, skipped: usize, rng: &mut Rng) -> &str {
        let from = skipped.checked_sub(1).map_or(0.0, |last| self.cumulated[last]);
        let chance = from + rng.f64() * (1.0 - from);
        let place = self.cumulated.partition_point(|cumulated| *cumulated < chance);
        &self.words[place.min(self.words.len() - 1)]
    }
}

fn pick(from: &[&'static str], rng: &mut Rng) -> &'static str {
    from[rng.usize(..from.len())]
}

/// `word` with two letters swapped, or one left out, doubled or replaced.
fn mistype(word: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let place = rng.usize(..letters.len());
    match rng.u8(..4) {
        0 if place + 1 < letters.len() => letters.swap(place, place + 1),
        1 if letters.len() > 2 => _ = letters.remove(place),
        2 => letters.insert(place, letters[place]),
        _ => letters[place] = rng.lowercase(),
    }
    letters.into_iter().collect()
}
