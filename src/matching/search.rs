//! Search: the wordings that are most similar to a question, and how similar.

use super::index::Index;
use super::inverted::Vector;
use super::pieces::Kind;

/// How many postings are read to find candidates in an index too large to learn from; below this all are, and the
/// ranking is exact. Rare pieces come first; what is left unread says little.
const POSTINGS_READ: usize = 100_000;

/// How many wordings are looked at further in an index too large to learn from; compared exactly where not all
/// postings were read.
const CANDIDATES: usize = 256;

/// A wording that has something in common with a question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Similar {
    pub(super) wording: usize,
    /// In `0..=1`.
    pub(super) similarity: f32,
}

impl Index {
    /// The wordings that have something in common with the question, ordered by number: all of them, or in an index too
    /// large to learn from the [`CANDIDATES`] most similar.
    pub(super) fn similar(&self, question: &[Vector; 3]) -> Vec<Similar> {
        let mut lists: Vec<(Kind, u32, f32)> = Vec::new();
        for kind in Kind::ALL {
            let known = question[kind as usize].iter();
            lists.extend(known.map(|(piece, weight)| (kind, *piece, kind.share() * weight)));
        }
        let length = |(kind, piece, _): &(Kind, u32, f32)| self.kinds[*kind as usize].wordings_with(*piece);
        let is_exact = self.is_small() || lists.iter().map(length).sum::<usize>() <= POSTINGS_READ;
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
        if self.is_small() {
            let mut similar = Vec::with_capacity(sums.len());
            similar.extend(above(&sums, 0, 0.0));
            return similar;
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

    /// A wording as a question.
    pub(super) fn vectors(&self, wording: usize) -> [Vector; 3] {
        std::array::from_fn(|kind| self.kinds[kind].vector(wording))
    }

    /// A wording's pieces of all kinds, each with its component: the products of the components of two wordings add up
    /// to their similarity.
    pub(super) fn components(&self, wording: usize) -> impl Iterator<Item = (Key, f32)> {
        Kind::ALL.into_iter().flat_map(move |kind| {
            let root = kind.share().sqrt();
            self.kinds[kind as usize]
                .vector(wording)
                .into_iter()
                .map(move |(piece, x)| (Key::new(kind, piece), root * x))
        })
    }
}

/// A piece's kind and number in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(pub(super) u32);

impl Key {
    /// No piece's key: [`MOST_NUMBERS`](super::inverted::MOST_NUMBERS) leaves room for it.
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
pub(super) fn keep_most_similar(similar: &mut Vec<Similar>, most: usize) {
    if similar.len() > most {
        let order = |a: &Similar, b: &Similar| b.similarity.total_cmp(&a.similarity).then(a.wording.cmp(&b.wording));
        similar.select_nth_unstable_by(most, order);
        similar.truncate(most);
    }
}
