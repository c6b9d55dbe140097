//! Pieces: what a text is compared by. Three kinds, each seeing what the others miss:
//!
//! - **words**, as stems: what the text is about;
//! - **pairs** of stems that follow each other, with at most one word between: how the words belong together;
//! - **letters**, 3 and 4 characters in a row, across words: typos, compounds, and words joined or split by mistake.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::common_words::prior;
use super::stem::stem;
use super::words::Word;

/// A kind of piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A stem.
    Word,
    /// Two stems.
    Pair,
    /// Characters in a row.
    Letters,
}

impl Kind {
    /// Every kind, in the order of arrays over kinds.
    pub(super) const ALL: [Kind; 3] = [Kind::Word, Kind::Pair, Kind::Letters];

    /// The kind's share of a similarity. Letters see most of what words and pairs see, and typos as well; the shares
    /// are flat around their best values.
    pub(super) fn share(self) -> f32 {
        match self {
            Kind::Word | Kind::Pair => 0.25,
            Kind::Letters => 0.5,
        }
    }

    /// How rare a piece that the knowledge base has never seen counts, as a share of the rarest possible. An unseen
    /// pair of known words is no news, an unseen word is.
    pub(super) fn unseen_share(self) -> f32 {
        match self {
            Kind::Pair => 0.5,
            Kind::Word | Kind::Letters => 1.0,
        }
    }

    /// What a piece weighs that occurs `count` times: the logarithm dampens repetition. A pair counts once.
    #[allow(clippy::cast_precision_loss, reason = "a text has far fewer than 2^24 pieces")]
    pub(super) fn repetition(self, count: u32) -> f32 {
        match self {
            _ if count <= 1 => 1.0,
            Kind::Pair => 1.0,
            Kind::Word | Kind::Letters => 1.0 + (count as f32).ln(),
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
    /// How often the text has it.
    pub(super) count: u32,
    /// Its weight by prior knowledge of the language, in `0..=1`.
    pub(super) prior: f32,
}

/// The distinct pieces of a text, by kind and ordered by key.
pub(super) type Pieces = [Vec<Piece>; 3];

/// An occurrence of a piece in a text.
pub(super) struct Occurrence {
    pub(super) kind: Kind,
    pub(super) key: PieceKey,
    pub(super) prior: f32,
    /// The places in the text of the words it is taken from: two for a pair, one else (for letters, the word of its
    /// first letter).
    pub(super) words: [usize; 2],
}

/// The distinct pieces of `words`.
pub(super) fn pieces(words: &[Word]) -> Pieces {
    let mut pieces: Pieces = Default::default();
    each_occurrence(words, |occurrence| {
        let Occurrence { kind, key, prior, .. } = occurrence;
        pieces[kind as usize].push(Piece { key, count: 1, prior });
    });
    for kind in &mut pieces {
        kind.sort_unstable_by_key(|piece| piece.key);
        kind.dedup_by(|later, kept| {
            let same = later.key == kept.key;
            kept.count += u32::from(same);
            same
        });
    }
    pieces
}

/// Calls `visit` with every occurrence of every piece of `words`.
pub(super) fn each_occurrence(words: &[Word], mut visit: impl FnMut(Occurrence)) {
    let stems: Vec<(String, f32)> = words
        .iter()
        .map(|word| {
            let stem = stem(&word.text);
            let prior = prior(&stem);
            (stem, prior)
        })
        .collect();
    for (place, (stem, prior)) in stems.iter().enumerate() {
        let key = key_of(Kind::Word, stem);
        visit(Occurrence { kind: Kind::Word, key, prior: *prior, words: [place; 2] });
        for (next, (other, other_prior)) in stems.iter().enumerate().skip(place + 1).take(2) {
            let key = key_of(Kind::Pair, &(stem, other));
            visit(Occurrence { kind: Kind::Pair, key, prior: (prior * other_prior).sqrt(), words: [place, next] });
        }
    }
    each_letters(words, |letters, word| {
        let key = key_of(Kind::Letters, letters);
        visit(Occurrence { kind: Kind::Letters, key, prior: 1.0, words: [word; 2] });
    });
}

/// Calls `visit` with every 3 and 4 characters in a row of the words, joined and enclosed by single spaces, and the
/// place of the word that the first of them that is no space belongs to. All digits are alike: "10 days" is near
/// "12 days".
fn each_letters(words: &[Word], mut visit: impl FnMut(&[char], usize)) {
    let mut chars = vec![' '];
    let mut word_of = vec![0];
    for (place, word) in words.iter().enumerate() {
        chars.extend(word.text.chars().map(|char| if char.is_numeric() { '0' } else { char }).chain([' ']));
        word_of.resize(chars.len() - 1, place);
        // The space after a word leads into the next one.
        word_of.push((place + 1).min(words.len() - 1));
    }
    for length in [3, 4] {
        for (start, letters) in chars.windows(length).enumerate() {
            visit(letters, word_of[start]);
        }
    }
}

fn key_of(kind: Kind, piece: &(impl Hash + ?Sized)) -> PieceKey {
    let mut hasher = DefaultHasher::new();
    (kind as u8).hash(&mut hasher);
    piece.hash(&mut hasher);
    PieceKey(hasher.finish())
}
