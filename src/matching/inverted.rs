//! An inverted index over the pieces of one kind: from a piece to the wordings that have it, and back.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use super::numbers::Numbers;
use super::pieces::{Kind, Level, Piece, PieceKey};

/// A number (of a wording or of a piece) and a level, in four bytes.
#[derive(Debug, Clone, Copy)]
struct Posting(u32);

impl Posting {
    fn new(number: u32, level: Level) -> Self {
        Self(number << Level::BITS | level.bits())
    }

    /// The same number with another level.
    fn with_level(self, level: Level) -> Self {
        Self(self.0 & !Level::from_bits(u32::MAX).bits() | level.bits())
    }

    fn number(self) -> u32 {
        self.0 >> Level::BITS
    }

    /// The number as a place.
    fn place(self) -> usize {
        self.number() as usize
    }

    fn level(self) -> Level {
        Level::from_bits(self.0)
    }
}

/// The most wordings and the most distinct pieces that a [`Posting`] can number.
pub(super) const MOST_NUMBERS: u32 = 1 << (32 - Level::BITS);

/// The number of the wording, entry or piece at `place`.
///
/// # Panics
/// When a [`Posting`] has no room for it.
pub(super) fn number(place: usize) -> u32 {
    let number = u32::try_from(place).ok().filter(|number| *number < MOST_NUMBERS);
    number.expect("the index numbers wordings and pieces with 27 bits")
}

/// Lists of postings, one behind the other.
#[derive(Debug)]
struct Lists {
    /// Where each list starts, and where the last ends.
    starts: Vec<u32>,
    postings: Packed,
}

/// Postings in three bytes each where all of them fit, which is so up to half a million wordings and distinct pieces.
#[derive(Debug)]
enum Packed {
    Narrow(Vec<[u8; 3]>),
    Wide(Vec<u32>),
}

impl Lists {
    fn new(starts: Vec<u32>, postings: &[Posting]) -> Self {
        let is_narrow = postings.iter().all(|posting| posting.0 < 1 << 24);
        let narrow = |posting: &Posting| {
            let [a, b, c, _] = posting.0.to_le_bytes();
            [a, b, c]
        };
        let postings = if is_narrow {
            Packed::Narrow(postings.iter().map(narrow).collect())
        } else {
            Packed::Wide(postings.iter().map(|posting| posting.0).collect())
        };
        Self { starts, postings }
    }

    /// How many lists there are.
    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Where the postings of a list are among all.
    fn range(&self, number: usize) -> Range<usize> {
        self.starts[number] as usize..self.starts[number + 1] as usize
    }

    /// Shows `each` the postings of a list, in order.
    fn each(&self, number: usize, mut each: impl FnMut(Posting)) {
        let range = self.range(number);
        match &self.postings {
            Packed::Narrow(postings) => {
                postings[range].iter().for_each(|[a, b, c]| each(Posting(u32::from_le_bytes([*a, *b, *c, 0]))));
            }
            Packed::Wide(postings) => postings[range].iter().for_each(|posting| each(Posting(*posting))),
        }
    }
}

/// The pieces of one kind of every wording.
#[derive(Debug)]
pub(super) struct Inverted {
    numbers: Numbers,
    /// By piece: how rare it is.
    rarities: Vec<f32>,
    /// How rare a piece is that no wording has.
    unseen_rarity: f32,
    /// By piece: the wordings that have it.
    by_piece: Lists,
    /// By wording: its pieces, ordered by number.
    by_wording: Lists,
    /// By wording: one over the length of its vector; 0 where it has no piece of this kind.
    inverse_lengths: Vec<f32>,
    /// By level: its weight.
    weights: [f32; 1 << Level::BITS],
}

/// Pieces of one kind by number, each with its component of a vector of length at most 1.
pub(super) type Vector = Vec<(u32, f32)>;

/// Collects the wordings' pieces in the order of the wordings.
#[derive(Debug)]
pub(super) struct Builder {
    kind: Kind,
    numbers: HashMap<PieceKey, u32, BuildHasherDefault<KeyIsHash>>,
    /// By piece: how many entries have it, and the last of them.
    entries: Vec<(u32, u32)>,
    /// By wording: where its pieces start, and where the last ones end.
    starts: Vec<u32>,
    /// The pieces of each wording, one behind the other.
    postings: Vec<Posting>,
    /// Room for the wording being added.
    wording: Vec<Posting>,
}

impl Builder {
    pub(super) fn new(kind: Kind) -> Self {
        let (numbers, entries, wording) = (HashMap::default(), Vec::new(), Vec::new());
        Self { kind, numbers, entries, starts: vec![0], postings: Vec::new(), wording }
    }

    /// Adds the next wording, which belongs to `entry`; wordings of one entry must follow each other. Its pieces come
    /// in any order, each as often as it occurs.
    pub(super) fn push(&mut self, entry: u32, pieces: &[Piece]) {
        self.wording.clear();
        for piece in pieces {
            let next = self.entries.len();
            let number = *self.numbers.entry(piece.key).or_insert_with(|| number(next));
            if number as usize == next {
                self.entries.push((0, u32::MAX));
            }
            let (count, last) = &mut self.entries[number as usize];
            *count += u32::from(*last != entry);
            *last = entry;
            self.wording.push(Posting::new(number, piece.level));
        }
        self.wording.sort_unstable_by_key(|posting| posting.0);
        self.wording.dedup_by(|later, kept| {
            let is_same = later.number() == kept.number();
            if is_same {
                *kept = kept.with_level(kept.level().joined(later.level(), self.kind));
            }
            is_same
        });
        self.postings.extend_from_slice(&self.wording);
        self.starts.push(self.postings.len().try_into().expect("the index has room for 2^32 pieces"));
    }

    /// Finishes the index of a knowledge base of `entries` entries.
    ///
    /// A piece's rarity is `ln((L + 1) / (e + ½))` for `e` of `L` entries: counting entries, not wordings, since a word
    /// in all wordings of one entry is what tells it from the others.
    #[allow(clippy::cast_precision_loss, reason = "counts are below 2^27")]
    pub(super) fn finish(self, entries: usize) -> Inverted {
        let rarity = |having: f32| ((entries as f32 + 1.0) / (having + 0.5)).ln();
        let rarities: Vec<f32> = self.entries.iter().map(|(having, _)| rarity(*having as f32)).collect();
        let by_piece = transpose(&self.starts, &self.postings, rarities.len());
        let level = |level: usize| Level::from_bits(u32::try_from(level).unwrap_or(0));
        let mut inverted = Inverted {
            numbers: Numbers::new(self.numbers.into_iter()),
            rarities,
            unseen_rarity: rarity(0.0),
            by_piece,
            inverse_lengths: Vec::new(),
            by_wording: Lists::new(self.starts, &self.postings),
            weights: std::array::from_fn(|bits| level(bits).weight(self.kind)),
        };
        inverted.inverse_lengths = (0..inverted.by_wording.len())
            .map(|wording| {
                let mut square = 0.0;
                inverted.by_wording.each(wording, |posting| square += inverted.weight(posting).powi(2));
                inverse_length(square)
            })
            .collect();
        inverted
    }
}

/// The lists by piece for lists by wording, of which each starts where `starts` says: a counting sort, so that each
/// list is ordered by wording.
fn transpose(of_wordings: &[u32], by_wording: &[Posting], pieces: usize) -> Lists {
    let mut starts = vec![0; pieces + 1];
    for posting in by_wording {
        starts[posting.place() + 1] += 1;
    }
    for piece in 0..pieces {
        starts[piece + 1] += starts[piece];
    }
    let mut next = starts.clone();
    let mut postings = vec![Posting(0); by_wording.len()];
    for (wording, ends) in of_wordings.windows(2).enumerate() {
        for posting in &by_wording[ends[0] as usize..ends[1] as usize] {
            let place = &mut next[posting.place()];
            postings[*place as usize] = Posting::new(number(wording), posting.level());
            *place += 1;
        }
    }
    Lists::new(starts, &postings)
}

impl Inverted {
    /// A question's pieces as a vector of length 1. Pieces that no wording has lengthen the vector before it is scaled,
    /// and so count against every wording.
    pub(super) fn weigh(&self, pieces: &[Piece]) -> Vector {
        self.weigh_open(pieces, &[])
    }

    /// The same where the question also has one of the `alternatives`: the heaviest lengthens the vector. Each weighs
    /// half, since a wording that has one often has another.
    pub(super) fn weigh_open(&self, pieces: &[Piece], alternatives: &[Piece]) -> Vector {
        let mut known = Vec::with_capacity(pieces.len() + alternatives.len());
        let mut weigh = |piece: &Piece, share: f32| {
            let number = self.number(piece.key);
            let weight = self.weight_of(piece, number);
            known.extend(number.map(|number| (number, weight * share)));
            weight * weight
        };
        let squares: f32 = pieces.iter().map(|piece| weigh(piece, 1.0)).sum();
        let square: f32 = alternatives.iter().map(|piece| weigh(piece, 0.5)).fold(0.0, f32::max);
        let inverse_length = inverse_length(squares + square);
        for (_, weight) in &mut known {
            *weight *= inverse_length;
        }
        known.sort_unstable_by_key(|(number, _)| *number);
        known.dedup_by_key(|(number, _)| *number);
        known
    }

    /// The component of a piece in a question's vector before it is scaled to length 1.
    pub(super) fn weight_in_question(&self, piece: &Piece) -> f32 {
        self.weight_of(piece, self.number(piece.key))
    }

    /// The same where the piece's number is known already.
    fn weight_of(&self, piece: &Piece, number: Option<u32>) -> f32 {
        let rarity = number.map_or(self.unseen_rarity, |number| self.rarities[number as usize]);
        rarity * self.weights[piece.level.bits() as usize]
    }

    /// The number of a piece that some wording has.
    pub(super) fn number(&self, key: PieceKey) -> Option<u32> {
        self.numbers.get(key)
    }

    /// How many wordings have a piece.
    pub(super) fn wordings_with(&self, piece: u32) -> usize {
        self.by_piece.range(piece as usize).len()
    }

    /// Adds to `sums`, for each wording that has `piece`, its component times `factor`. Cost: one step a wording.
    pub(super) fn add_products(&self, piece: u32, factor: f32, sums: &mut [f32]) {
        let factor = factor * self.rarities[piece as usize];
        self.by_piece.each(piece as usize, |posting| {
            let wording = posting.place();
            sums[wording] += factor * self.weights[posting.level().bits() as usize] * self.inverse_lengths[wording];
        });
    }

    /// The pieces of a wording, ordered by number, with their components of its vector of length 1.
    pub(super) fn vector(&self, wording: usize) -> Vector {
        let inverse_length = self.inverse_lengths[wording];
        let mut vector = Vec::with_capacity(self.by_wording.range(wording).len());
        self.by_wording.each(wording, |posting| {
            vector.push((posting.number(), self.weight(posting) * inverse_length));
        });
        vector
    }

    /// The sum of the products of a wording's components and those of a question, which `component` gives by piece;
    /// most are 0, and for these nothing else is looked up.
    pub(super) fn product(&self, wording: usize, component: impl Fn(u32) -> f32) -> f32 {
        let mut sum = 0.0;
        self.by_wording.each(wording, |posting| {
            let component = component(posting.number());
            if component > 0.0 {
                sum += component * self.weight(posting);
            }
        });
        sum * self.inverse_lengths[wording]
    }

    /// The weight of a piece in a wording before scaling.
    fn weight(&self, of_wording: Posting) -> f32 {
        self.rarities[of_wording.place()] * self.weights[of_wording.level().bits() as usize]
    }
}

fn inverse_length(squares: f32) -> f32 {
    if squares > 0.0 { squares.sqrt().recip() } else { 0.0 }
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
struct KeyIsHash(u64);

impl Hasher for KeyIsHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_many_as_a_posting_has_room_for() {
        let last = MOST_NUMBERS - 1;
        assert_eq!(Posting::new(number(last as usize), Level::from_bits(31)).number(), last);
    }

    #[test]
    fn postings_are_the_same_however_wide() {
        for last in [1 << 18, 1 << 19] {
            let postings = [Posting::new(7, Level::from_bits(31)), Posting::new(last, Level::from_bits(1))];
            let lists = Lists::new(vec![0, 0, 2], &postings);
            assert_eq!(matches!(lists.postings, Packed::Narrow(_)), last < 1 << 19);
            let mut read = Vec::new();
            lists.each(1, |posting| read.push((posting.number(), posting.level())));
            assert_eq!(read, postings.map(|posting| (posting.number(), posting.level())));
            lists.each(0, |_| panic!("the first list is empty"));
        }
    }

    #[test]
    #[should_panic(expected = "27 bits")]
    fn numbers_no_more() {
        number(MOST_NUMBERS as usize);
    }
}
