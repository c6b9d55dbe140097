//! The index: every wording of every entry, prepared for finding the closest to a question.

use super::explanation::Explanation;
use super::inverted::{Builder, Inverted, MOST_NUMBERS, Vector};
use super::pieces::{Kind, Pieces, occurring, pieces};
use super::ridge::Symmetric;
use super::score::{self, Signals};
use super::spelling::Spelling;
use super::synonyms::Synonyms;
use super::vocabulary::{Counter, Vocabulary};
use super::words::{Word, words};

/// The most wordings that are learnt from as a whole; above, each question solves a small regression on the
/// [`NEIGHBOURS`] closest wordings. Learning costs time that grows with the cube of the number.
const LEARN_WORDINGS: usize = 2_000;

/// The constant similarity that all wordings share, so that the regression can learn how common an entry is.
const BIAS: f32 = 0.02;

/// How many wordings the regression for a single question looks at.
const NEIGHBOURS: usize = 32;

/// How many postings are read to find candidates in an index too large to learn from; below this all are, and the
/// ranking is exact. Rare pieces come first; what is left unread says little.
const POSTINGS_READ: usize = 100_000;

/// How many wordings are looked at further in an index too large to learn from; compared exactly where not all
/// postings were read.
const CANDIDATES: usize = 256;

/// Every wording, prepared. Immutable; shared between threads.
#[derive(Debug)]
pub struct Index {
    pub(super) vocabulary: Vocabulary,
    spelling: Spelling,
    synonyms: Synonyms,
    pub(super) kinds: [Inverted; 3],
    /// By wording, ordered by entry: its text.
    pub(super) texts: Vec<Box<str>>,
    /// By wording: the place of its entry in `entries`.
    entry_of: Vec<u32>,
    /// Each entry's number.
    pub(super) entries: Vec<usize>,
    /// How many of them can be answers; those behind are off-topic questions.
    answerable: usize,
    /// By entry: its first wording; and the number of wordings.
    starts: Vec<usize>,
    learnt: Option<Learnt>,
    pub(super) noise: f32,
}

/// An entry ranked for a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The entry's number.
    pub entry: usize,
    /// How sure it is that the entry answers the question, in `0..=1`. One half is what one off-topic question in seven
    /// reaches, in knowledge bases of any size.
    pub score: f32,
}

/// A wording that has something in common with a question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Similar {
    pub(super) wording: usize,
    /// In `0..=1`.
    pub(super) similarity: f32,
}

/// What ridge regression learnt from all wordings.
#[derive(Debug)]
struct Learnt {
    /// By wording and entry: how much the similarity to the wording says for the entry.
    coefficients: Vec<f32>,
    /// By entry: what the constant similarity says for it, 0 for the entry for which it says least.
    constants: Vec<f32>,
}

impl Index {
    /// Prepares `wordings`, each with the number of the entry it belongs to, and lists of terms of equal meaning.
    #[must_use]
    pub fn build<'a>(wordings: &[(usize, &str)], synonyms: impl IntoIterator<Item = &'a [String]>) -> Self {
        Self::build_beside(wordings, &[], synonyms)
    }

    /// The same beside questions that are known to be `off_topic`: what is more like one of them than like any entry
    /// gets no score above one half.
    ///
    /// Takes time that grows with the number of wordings, and up to 2,000 of them with its cube.
    ///
    /// # Panics
    /// When there are more than 2^27 wordings or distinct pieces of them.
    #[must_use]
    pub fn build_beside<'a>(
        wordings: &[(usize, &str)],
        off_topic: &[&str],
        synonyms: impl IntoIterator<Item = &'a [String]>,
    ) -> Self {
        assert!(wordings.len() < MOST_NUMBERS, "the index numbers wordings with 27 bits");
        let synonyms = Synonyms::new(synonyms);
        let mut wordings = wordings.to_vec();
        wordings.sort_by_key(|(entry, _)| *entry);
        let mut answerable: Vec<usize> = wordings.iter().map(|(entry, _)| *entry).collect();
        answerable.dedup();
        let noise = score::noise(answerable.len(), wordings.len());
        // Each off-topic question is an entry of its own behind all others: they have nothing in common but that.
        let behind = answerable.last().map_or(0, |last| last + 1);
        wordings.extend(off_topic.iter().enumerate().map(|(place, text)| (behind + place, *text)));

        let mut counter = Counter::default();
        let mut pieces = Pieces::default();
        let mut builders = Kind::ALL.map(Builder::new);
        let mut entries: Vec<usize> = Vec::new();
        let mut entry_of = Vec::with_capacity(wordings.len());
        let mut starts = Vec::new();
        for (wording, (entry, text)) in wordings.iter().enumerate() {
            if entries.last() != Some(entry) {
                entries.push(*entry);
                starts.push(wording);
            }
            let place = u32::try_from(entries.len() - 1).unwrap_or(u32::MAX);
            entry_of.push(place);
            let words = words(text);
            counter.add(&words);
            occurring(&synonyms.rewrite(words), |word| counter.terms(word), &mut pieces);
            for (builder, pieces) in builders.iter_mut().zip(&pieces) {
                builder.push(place, pieces);
            }
        }
        starts.push(wordings.len());

        let kinds = builders.map(|builder| builder.finish(entries.len()));
        let texts = wordings.into_iter().map(|(_, text)| text.into()).collect::<Vec<Box<str>>>();
        let vocabulary = counter.finish();
        let spelling = Spelling::new(vocabulary.words().chain(synonyms.words()).map(str::to_owned));
        let mut index = Self {
            vocabulary,
            spelling,
            synonyms,
            kinds,
            texts,
            entry_of,
            entries,
            answerable: answerable.len(),
            starts,
            learnt: None,
            noise,
        };
        if (1..=LEARN_WORDINGS).contains(&index.texts.len()) {
            index.learnt = Some(index.learn());
        }
        index
    }

    /// The entries with any likeness to a question's words, best first; in an index of more than 2,000 wordings, those of
    /// the 256 most similar wordings. Deterministic; at equal scores the entry with the lower number comes first.
    #[must_use]
    pub fn rank(&self, words: &[Word]) -> Vec<Match> {
        self.rank_among(words, |_| true)
    }

    /// The same among the entries whose number `is_open` lets pass, as if there were no others to come close.
    #[must_use]
    pub fn rank_among(&self, words: &[Word], is_open: impl Fn(usize) -> bool) -> Vec<Match> {
        let question = self.weigh(&self.read(words));
        let (similar, behind) = (self.similar(&question), self.behind());
        self.matches(self.signals(&similar).filter(|(entry, _)| *entry >= behind || is_open(*entry)))
    }

    /// The matches of what has these signals, best first. What is off-topic is none; the strongest of it is the noise
    /// that entries are held against, where it is stronger than what is usual.
    pub(super) fn matches(&self, signals: impl Iterator<Item = (usize, Signals)>) -> Vec<Match> {
        let signals: Vec<_> = signals.collect();
        let noise = self.noise_of(signals.iter().copied());
        let behind = self.behind();
        score::matches(signals.into_iter().filter(|(entry, _)| *entry < behind), noise)
    }

    /// The strength that entries are held against.
    pub(super) fn noise_of(&self, signals: impl Iterator<Item = (usize, Signals)>) -> f32 {
        let behind = self.behind();
        let off_topic = signals.filter(|(entry, _)| *entry >= behind);
        off_topic.map(|(_, signals)| signals.strength()).fold(self.noise, f32::max)
    }

    /// The number behind those of all entries, from which on what is numbered is off-topic.
    fn behind(&self) -> usize {
        self.entries[..self.answerable].last().map_or(0, |last| last + 1)
    }

    /// The `most` best entries for what someone has `typed` so far, best first: the last word counts as the start of a
    /// word unless a space or a mark follows it. Empty where nothing is typed. Deterministic; at equal scores the entry
    /// with the lower number comes first. A score says how entries compare for this text, not how sure an answer is.
    #[must_use]
    pub fn complete(&self, typed: &str, most: usize) -> Vec<Match> {
        super::complete::complete(self, typed, most)
    }

    /// A text's words as they are compared, with every synonym rewritten, joined by spaces. What folds to the same is
    /// the same to the matcher.
    #[must_use]
    pub fn fold(&self, words: &[Word]) -> String {
        let texts: Vec<String> = self.synonyms.rewrite(words.to_vec()).into_iter().map(|word| word.text).collect();
        texts.join(" ")
    }

    /// A question's words as they are matched: slips of the fingers corrected, synonyms rewritten.
    pub(super) fn read(&self, words: &[Word]) -> Vec<Word> {
        self.synonyms.rewrite(self.spelling.correct(words.to_vec()))
    }

    /// How the score of `entry` for a question comes about.
    #[must_use]
    pub fn explain(&self, words: &[Word], entry: usize) -> Explanation {
        super::explanation::explain(self, words, entry)
    }

    /// The number of the entry that a wording belongs to.
    pub(super) fn entry_number(&self, wording: usize) -> usize {
        self.entries[self.entry_of[wording] as usize]
    }

    /// The pieces of a question's words, as [`read`](Self::read), weighed by kind.
    pub(super) fn weigh(&self, words: &[Word]) -> [Vector; 3] {
        let pieces = pieces(words);
        std::array::from_fn(|kind| self.kinds[kind].weigh(&pieces[kind]))
    }

    /// The signals of each entry that has one of the wordings, with its number.
    pub(super) fn signals<'a>(&'a self, similar: &'a [Similar]) -> impl Iterator<Item = (usize, Signals)> + 'a {
        let learnt = match &self.learnt {
            Some(learnt) => learnt.about(similar),
            None => self.learn_about(similar),
        };
        self.likeness(similar)
            .map(move |(entry, likeness)| (self.entries[entry], Signals { likeness, learnt: learnt[entry] }))
    }

    /// The likeness of each entry that has one of the wordings, with its place.
    pub(super) fn likeness<'a>(&'a self, similar: &'a [Similar]) -> impl Iterator<Item = (usize, f32)> + 'a {
        similar.chunk_by(|a, b| self.entry_of[a.wording] == self.entry_of[b.wording]).map(|of_entry| {
            let entry = self.entry_of[of_entry[0].wording] as usize;
            let wordings = self.starts[entry + 1] - self.starts[entry];
            (entry, score::likeness(wordings, of_entry.iter().map(|similar| similar.similarity)))
        })
    }

    /// The wordings that have something in common with the question, ordered by number: all of them, or in an index too
    /// large to learn from the [`CANDIDATES`] most similar.
    pub(super) fn similar(&self, question: &[Vector; 3]) -> Vec<Similar> {
        let mut lists: Vec<(Kind, u32, f32)> = Vec::new();
        for kind in Kind::ALL {
            let known = question[kind as usize].iter();
            lists.extend(known.map(|(piece, weight)| (kind, *piece, kind.share() * weight)));
        }
        let length = |(kind, piece, _): &(Kind, u32, f32)| self.kinds[*kind as usize].wordings_with(*piece);
        let is_exact = self.learnt.is_some() || lists.iter().map(length).sum::<usize>() <= POSTINGS_READ;
        if !is_exact {
            lists.sort_by_key(length);
        }
        let mut sums = vec![0.0; self.texts.len()];
        let mut read = 0;
        for list in &lists {
            read += length(list);
            if !is_exact && read > POSTINGS_READ {
                break;
            }
            let (kind, piece, factor) = *list;
            self.kinds[kind as usize].add_products(piece, factor, &mut sums);
        }
        if self.learnt.is_some() {
            return above(&sums, 0, 0.0).collect();
        }
        let mut similar = most_similar(&sums, CANDIDATES);
        if !is_exact {
            let question = Lookup::new(question);
            for candidate in &mut similar {
                candidate.similarity = self.similarity(&question, candidate.wording);
            }
        }
        similar.sort_unstable_by_key(|similar| similar.wording);
        similar
    }

    /// The similarity of a question to a wording, in `0..=1`.
    fn similarity(&self, question: &Lookup, wording: usize) -> f32 {
        let of_kind = |kind: Kind| {
            let component = |piece| question.get(Key::new(kind, piece));
            kind.share().sqrt() * self.kinds[kind as usize].product(wording, component)
        };
        Kind::ALL.into_iter().map(of_kind).sum()
    }

    /// A wording's pieces of all kinds, each with its component: the products of the components of two wordings add up
    /// to their similarity.
    fn components(&self, wording: usize) -> impl Iterator<Item = (Key, f32)> {
        Kind::ALL.into_iter().flat_map(move |kind| {
            let root = kind.share().sqrt();
            self.kinds[kind as usize].vector(wording).map(move |(piece, x)| (Key::new(kind, piece), root * x))
        })
    }

    /// Learns from all wordings.
    #[allow(clippy::cast_precision_loss, reason = "counts are at most 2,000")]
    fn learn(&self) -> Learnt {
        let (wordings, entries) = (self.texts.len(), self.entries.len());
        let mut kernel = Symmetric::zeros(wordings);
        for wording in 0..wordings {
            let mut sums = vec![0.0; wordings];
            for kind in Kind::ALL {
                let inverted = &self.kinds[kind as usize];
                for (piece, weight) in inverted.vector(wording) {
                    inverted.add_products(piece, kind.share() * weight, &mut sums);
                }
            }
            for (value, similarity) in kernel.row(wording).iter_mut().zip(sums) {
                *value = (similarity + BIAS) / (1.0 + BIAS);
            }
        }
        kernel.penalise();

        let mut coefficients = vec![0.0; wordings * entries];
        for (wording, entry) in self.entry_of.iter().enumerate() {
            coefficients[wording * entries + *entry as usize] = 1.0;
        }
        kernel.solve(&mut coefficients, entries);
        for coefficient in &mut coefficients {
            *coefficient /= 1.0 + BIAS;
        }

        let constant = |entry: usize| BIAS * coefficients.iter().skip(entry).step_by(entries).sum::<f32>();
        let mut constants: Vec<f32> = (0..entries).map(constant).collect();
        let least = constants.iter().copied().fold(f32::INFINITY, f32::min);
        for constant in &mut constants {
            *constant -= least;
        }
        Learnt { coefficients, constants }
    }

    /// By entry, what regression on the wordings most similar to one question says: the same as [`Learnt::about`], but
    /// learnt on the spot and without constants.
    fn learn_about(&self, similar: &[Similar]) -> Vec<f32> {
        let mut nearest = similar.to_vec();
        keep_most_similar(&mut nearest, NEIGHBOURS);
        let mut kernel = Symmetric::zeros(nearest.len());
        // Every component by the place of its wording; then by piece, so that each is met with all that have it. Plain
        // numbers, of a key and a place in `components`, sort fastest.
        let mut components: Vec<(usize, f32)> = Vec::new();
        let mut by_piece: Vec<u64> = Vec::new();
        for (place, near) in nearest.iter().enumerate() {
            for (key, x) in self.components(near.wording) {
                by_piece.push(u64::from(key.0) << 32 | components.len() as u64);
                components.push((place, x));
            }
        }
        by_piece.sort_unstable();
        #[allow(clippy::cast_possible_truncation, reason = "the lower half is a place in `components`")]
        let component = |entry: &u64| components[*entry as u32 as usize];
        for of_piece in by_piece.chunk_by(|a, b| a >> 32 == b >> 32) {
            for (number, entry) in of_piece.iter().enumerate() {
                let (place, x) = component(entry);
                let row = kernel.row(place);
                for (other, y) in of_piece[..=number].iter().map(component) {
                    row[other] += x * y;
                }
            }
        }
        kernel.penalise();
        let mut weights: Vec<f32> = nearest.iter().map(|near| near.similarity).collect();
        kernel.solve(&mut weights, 1);
        let mut learnt = vec![0.0; self.entries.len()];
        for (near, weight) in nearest.iter().zip(weights) {
            learnt[self.entry_of[near.wording] as usize] += weight;
        }
        learnt
    }
}

impl Learnt {
    /// By entry, what the similarities of one question say.
    fn about(&self, similar: &[Similar]) -> Vec<f32> {
        let mut sums = self.constants.clone();
        for Similar { wording, similarity } in similar {
            let row = &self.coefficients[wording * sums.len()..(wording + 1) * sums.len()];
            for (sum, coefficient) in sums.iter_mut().zip(row) {
                *sum += similarity * coefficient;
            }
        }
        sums
    }
}

/// A piece's kind and number in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(u32);

impl Key {
    /// No piece's key: [`MOST_NUMBERS`] leaves room for it.
    const NONE: Self = Self(u32::MAX);

    fn new(kind: Kind, piece: u32) -> Self {
        Self(piece * 4 + kind as u32)
    }
}

/// The components of a question by piece, for comparing many wordings with it: a hash table with open addressing.
struct Lookup {
    slots: Vec<(Key, f32)>,
    /// How far a hash is shifted to be a place in `slots`.
    shift: u32,
}

impl Lookup {
    fn new(question: &[Vector; 3]) -> Self {
        // At most a quarter of the slots are taken, so that most keys that are not there are missed at once.
        let slots = (question.iter().map(Vec::len).sum::<usize>() * 4).next_power_of_two().max(2);
        let mut lookup = Self { slots: vec![(Key::NONE, 0.0); slots], shift: u32::BITS - slots.ilog2() };
        for kind in Kind::ALL {
            let root = kind.share().sqrt();
            for (piece, x) in &question[kind as usize] {
                let key = Key::new(kind, *piece);
                let place = lookup.place(key);
                lookup.slots[place] = (key, root * x);
            }
        }
        lookup
    }

    /// Where `key` is, or would be.
    fn place(&self, key: Key) -> usize {
        // Fibonacci hashing: 2^32 divided by the golden ratio spreads successive numbers.
        let mut place = (key.0.wrapping_mul(0x9e37_79b9) >> self.shift) as usize;
        while self.slots[place].0 != key && self.slots[place].0 != Key::NONE {
            place = (place + 1) & (self.slots.len() - 1);
        }
        place
    }

    /// The component of a piece; 0 for a piece that the question does not have.
    fn get(&self, key: Key) -> f32 {
        self.slots[self.place(key)].1
    }
}

/// The wordings with a similarity above `least`, in order; `sums` are the similarities of the wordings from `first` on.
fn above(sums: &[f32], first: usize, least: f32) -> impl Iterator<Item = Similar> {
    let similar = move |(place, similarity): (usize, &f32)| Similar { wording: first + place, similarity: *similarity };
    sums.iter().enumerate().filter(move |(_, sum)| **sum > least).map(similar)
}

/// The `most` wordings of the greatest similarity above 0, in no particular order; at equal similarity those with lower
/// numbers.
fn most_similar(sums: &[f32], most: usize) -> Vec<Similar> {
    /// So many are looked at in one go, to skip those that hold nothing similar enough.
    const CHUNK: usize = 64;
    let mut similar = Vec::with_capacity(2 * most + CHUNK);
    let mut least = 0.0;
    for (number, chunk) in sums.chunks(CHUNK).enumerate() {
        // Counting them, unlike looking for the first, is done many at a time.
        if chunk.iter().filter(|sum| **sum > least).count() == 0 {
            continue;
        }
        similar.extend(above(chunk, number * CHUNK, least));
        if similar.len() >= 2 * most {
            keep_most_similar(&mut similar, most);
            least = similar.iter().map(|similar| similar.similarity).fold(f32::INFINITY, f32::min);
        }
    }
    keep_most_similar(&mut similar, most);
    similar
}

/// Keeps the `most` most similar, in no particular order; at equal similarity those with lower numbers.
fn keep_most_similar(similar: &mut Vec<Similar>, most: usize) {
    if similar.len() > most {
        let order = |a: &Similar, b: &Similar| b.similarity.total_cmp(&a.similarity).then(a.wording.cmp(&b.wording));
        similar.select_nth_unstable_by(most, order);
        similar.truncate(most);
    }
}
