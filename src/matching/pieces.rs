//! Pieces: what a text is compared by. Three kinds, each seeing what the others miss:
//!
//! - **words**, as stems or as groups of [everyday synonyms](super::everyday): what the text is about;
//! - **pairs** of these that follow each other, with at most one word between: how the words belong together;
//! - **letters**, 3 and 4 characters in a row, across words: typos, compounds, and words joined or split by mistake.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::everyday::{Group, groups};
use super::stem::stem;
use super::words::Word;

/// A kind of piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A stem or a group.
    Word,
    /// Two of them.
    Pair,
    /// Characters in a row.
    Letters,
}

impl Kind {
    /// Every kind, in the order of arrays over kinds.
    pub(super) const ALL: [Kind; 3] = [Kind::Word, Kind::Pair, Kind::Letters];

    /// The kind's share of a similarity. Letters see most of what words and pairs see, and typos as well; accuracy is
    /// flat around these values.
    pub(super) fn share(self) -> f32 {
        match self {
            Kind::Word | Kind::Pair => 0.25,
            Kind::Letters => 0.5,
        }
    }
}

/// A piece's identity: a hash of its kind and text. Two pieces of a knowledge base of 100,000 phrasings share one with
/// a chance of one in ten million.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PieceKey(pub(super) u64);

/// One piece of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Which one.
    pub(super) key: PieceKey,
    /// How much it counts in this text.
    pub(super) level: Level,
}

/// How much a piece counts in a text, in five bits: at 100,000 phrasings there are ten million. For words and pairs a
/// weight in steps of 1/31, for letters how often they occur.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Level(u8);

impl Level {
    /// The bits that a level takes.
    pub(super) const BITS: u32 = 5;

    const MOST: u8 = (1 << Self::BITS) - 1;

    /// The level that its five bits stand for.
    #[allow(clippy::cast_possible_truncation, reason = "five bits are kept")]
    pub(super) fn from_bits(bits: u32) -> Self {
        Self(bits as u8 & Self::MOST)
    }

    /// The level as five bits.
    pub(super) fn bits(self) -> u32 {
        u32::from(self.0)
    }

    /// The level of a weight in `0..=1`.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the product is clamped")]
    fn of_weight(weight: f32) -> Self {
        Self((weight * f32::from(Self::MOST)).round().clamp(1.0, f32::from(Self::MOST)) as u8)
    }

    /// The level of a piece that occurs both ways.
    pub(super) fn joined(self, other: Self, kind: Kind) -> Self {
        match kind {
            Kind::Word | Kind::Pair => self.max(other),
            Kind::Letters => Self((self.0 + other.0).min(Self::MOST)),
        }
    }

    /// The weight of a piece of this level: for letters the logarithm dampens repetition.
    pub(super) fn weight(self, kind: Kind) -> f32 {
        match kind {
            Kind::Word | Kind::Pair => f32::from(self.0) / f32::from(Self::MOST),
            Kind::Letters => 1.0 + f32::from(self.0.max(1)).ln(),
        }
    }
}

/// The distinct pieces of a text, by kind and ordered by key.
pub(super) type Pieces = [Vec<Piece>; 3];

/// An occurrence of a piece in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occurrence {
    pub(super) kind: Kind,
    pub(super) key: PieceKey,
    level: Level,
    /// The places in the text of the words it is taken from: two for a pair, else the same twice (for letters, the word
    /// of the first of them).
    pub(super) words: [usize; 2],
}

/// The distinct pieces of `words`.
pub(super) fn pieces(words: &[Word]) -> Pieces {
    let mut pieces = Pieces::default();
    occurring(words, Terms::of, &mut pieces);
    distinct(&mut pieces);
    pieces
}

/// Fills `pieces` with those of `words`, each as often as it occurs and in no particular order; `terms_of` tells the
/// terms of a word.
pub(super) fn occurring(words: &[Word], terms_of: impl FnMut(&str) -> Terms, pieces: &mut Pieces) {
    pieces.iter_mut().for_each(Vec::clear);
    let mut push = |Occurrence { kind, key, level, .. }| pieces[kind as usize].push(Piece { key, level });
    each_term(words, terms_of, &mut push);
    each_letters(words, false, &mut push);
}

/// The distinct letters of `words`, of which the last may go on.
pub(super) fn open_letters(words: &[Word]) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    each_letters(words, true, |Occurrence { kind, key, level, .. }| pieces[kind as usize].push(Piece { key, level }));
    distinct(&mut pieces);
    let [_, _, letters] = pieces;
    letters
}

/// Joins pieces that occur repeatedly, and orders them by key.
fn distinct(pieces: &mut Pieces) {
    for kind in Kind::ALL {
        let pieces = &mut pieces[kind as usize];
        pieces.sort_unstable_by_key(|piece| piece.key);
        pieces.dedup_by(|later, kept| {
            let is_same = later.key == kept.key;
            if is_same {
                kept.level = kept.level.joined(later.level, kind);
            }
            is_same
        });
    }
}

/// What a word is compared by as a whole: its groups, or its stem where it is in none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// The key of the stem.
    stem: PieceKey,
    groups: &'static [Group],
}

impl Terms {
    /// The terms of a word.
    pub(super) fn of(word: &str) -> Self {
        let stem = stem(word);
        Self { stem: key_of(&stem), groups: groups(&stem) }
    }

    /// Every term's key.
    fn keys(&self) -> impl Iterator<Item = PieceKey> {
        let stem = self.groups.is_empty().then_some(self.stem);
        self.groups.iter().map(key_of).chain(stem)
    }

    /// The key that the word has in pairs: that of its most fitting group alone.
    fn key_in_pair(&self) -> PieceKey {
        self.groups.first().map_or(self.stem, key_of)
    }
}

/// Calls `visit` with every occurrence of every piece of `words`.
pub(super) fn each_occurrence(words: &[Word], mut visit: impl FnMut(Occurrence)) {
    each_term(words, Terms::of, &mut visit);
    each_letters(words, false, visit);
}

/// Calls `visit` with every word and pair of `words`.
fn each_term(words: &[Word], mut terms_of: impl FnMut(&str) -> Terms, mut visit: impl FnMut(Occurrence)) {
    let terms: Vec<Terms> = words.iter().map(|word| terms_of(&word.text)).collect();
    for (place, of_word) in terms.iter().enumerate() {
        #[allow(clippy::cast_precision_loss, reason = "a word is in a handful of groups")]
        let level = Level::of_weight((of_word.groups.len().max(1) as f32).sqrt().recip());
        for key in of_word.keys() {
            visit(Occurrence { kind: Kind::Word, key, level, words: [place; 2] });
        }
        for (next, of_next) in terms.iter().enumerate().skip(place + 1).take(2) {
            let level = Level::of_weight(1.0);
            let key = of_word.key_in_pair().followed_by(of_next.key_in_pair().0);
            visit(Occurrence { kind: Kind::Pair, key, level, words: [place, next] });
        }
    }
}

/// Calls `visit` with every 3 and 4 characters in a row of the words, joined and enclosed by single spaces, and the
/// place of the word that the first of them that is no space belongs to. All digits are alike: "10 days" is near
/// "12 days". Where the last word is open, no space follows it.
fn each_letters(words: &[Word], is_last_open: bool, mut visit: impl FnMut(Occurrence)) {
    let mut chars = vec![' '];
    let mut word_of = vec![0];
    for (place, word) in words.iter().enumerate() {
        chars.extend(word.text.chars().map(|char| if char.is_numeric() { '0' } else { char }).chain([' ']));
        word_of.resize(chars.len() - 1, place);
        // The space after a word leads into the next one.
        word_of.push((place + 1).min(words.len() - 1));
    }
    if is_last_open {
        chars.pop();
    }
    for (start, three) in chars.windows(3).enumerate() {
        let of_three = key_of_three(three);
        let mut visit =
            |key| visit(Occurrence { kind: Kind::Letters, key, level: Level(1), words: [word_of[start]; 2] });
        visit(of_three);
        if let Some(fourth) = chars.get(start + 3) {
            visit(of_three.followed_by(u64::from(*fourth)));
        }
    }
}

impl PieceKey {
    /// Where the key stands among `count` that are spread evenly, in `0..=count`.
    #[allow(clippy::cast_possible_truncation, reason = "the result is at most `count`")]
    pub(super) fn share_of(self, count: usize) -> usize {
        ((u128::from(self.0) * count as u128) >> u64::BITS) as usize
    }

    /// The key of a piece and what follows it.
    fn followed_by(self, next: u64) -> Self {
        Self(scramble(self.0.rotate_left(23).wrapping_add(scramble(next))))
    }
}

/// The key of a stem or a group.
fn key_of(term: &(impl Hash + ?Sized)) -> PieceKey {
    let mut hasher = DefaultHasher::new();
    term.hash(&mut hasher);
    PieceKey(hasher.finish())
}

/// The key of three characters: a char takes 21 bits.
fn key_of_three(chars: &[char]) -> PieceKey {
    PieceKey(scramble(chars.iter().fold(0, |bits, char| bits << 21 | u64::from(*char))))
}

/// Spreads bits over all 64, a different result for every number: the end of Stafford's thirteenth variant of
/// `MurmurHash3`, as in `SplitMix64` (Steele, Lea and Flood, 2014).
fn scramble(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}
