//! A sign, or a hint: what a message must name, and where a sentence names it.

use std::ops::Range;

use super::denial;
use super::mention::{Mention, Mentions};
use super::sentence::Sentence;
use super::vocabulary::{Misspelt, Vocabulary};
use super::wording::{Builder, Keeps, Reader, Slot};
use super::{Danger, Reason};
use crate::knowledge::{Level, SignPart, sign_parts};

/// One sign or hint of one document.
#[derive(Debug)]
pub(super) struct Sign {
    pub document: usize,
    pub level: Level,
    pub text: String,
    /// Whether it takes another hint to be a danger.
    pub is_hint: bool,
    /// What a message must name, each once and in any order; at least one. The first one, the rarest, is the anchor.
    parts: Vec<Part>,
}

/// One wording of a sign.
#[derive(Debug, Clone, Copy)]
struct Part {
    slot: Slot,
    /// Whether the sign itself negates it, as in "won't stop".
    negated: bool,
}

/// Where a sentence names a sign.
#[derive(Debug)]
pub(super) struct Occurrence {
    /// Place in the sentence of each word of the sign and whether the sign negates it, in the sentence's order.
    pub places: Vec<(usize, bool)>,
    /// From the first to after the last word of each of its wordings.
    pub extents: Vec<Range<usize>>,
    /// Where in the message stands what a pronoun among its words stands for.
    pub referent: Option<usize>,
}

/// How many words that carry meaning of their own may stand between two wordings of a sign: "throat *feels like it is
/// kind of* closing" has one, "lips *and eyes are* swelling" one. Further apart, words have nothing to do with each
/// other.
const GAP_WORDS: usize = 3;

/// How far from a sign's anchor its other wordings are looked for, in words of any kind.
const WINDOW_WORDS: usize = 10;

impl Sign {
    /// Prepares `text`, or `None` where no message can name it.
    pub fn new(
        document: usize,
        level: Level,
        text: &str,
        is_hint: bool,
        wordings: &mut Builder,
        vocabulary: &mut Vocabulary,
    ) -> Option<Self> {
        let parts = parts(text, wordings, vocabulary)?;
        Some(Self { document, level, text: text.to_owned(), is_hint, parts })
    }

    /// The slot of its rarest wording: where that is named, the others are looked for.
    pub fn anchor(&self) -> Slot {
        self.parts[0].slot
    }

    /// The occurrence whose anchor is `anchor`: the other wordings nearest to it, those behind it first.
    pub fn occurrence(&self, sentence: &Sentence<'_>, mentions: &Mentions, anchor: &Mention) -> Option<Occurrence> {
        if !self.parts.iter().all(|part| mentions.has(part.slot)) {
            return None;
        }
        let mut taken: Vec<&Mention> = Vec::with_capacity(self.parts.len());
        let mut places: Vec<(usize, bool)> = Vec::with_capacity(self.parts.len());
        let center = anchor.first();
        for (number, part) in self.parts.iter().enumerate() {
            let fits = |mention: &&Mention| {
                !taken.iter().any(|other| other.overlaps(mention))
                    && (!part.negated || denial::is_negated(sentence, mention.first()))
            };
            let found = match number {
                0 => Some(anchor).filter(fits),
                _ => mentions
                    .near(part.slot, center, WINDOW_WORDS)
                    .filter(fits)
                    .min_by_key(|mention| (mention.first().abs_diff(center), mention.first() < center)),
            }?;
            places.extend(found.places.iter().map(|(place, negated)| (*place, *negated || part.negated)));
            taken.push(found);
        }
        // A sign has to be named: pronouns alone name none.
        if taken.iter().filter(|mention| mention.referent.is_some()).count() >= taken.len().min(2) {
            return None;
        }
        taken.sort_unstable_by_key(|mention| mention.first());
        places.sort_unstable();
        let near = taken.windows(2).all(|pair| sentence.strangers(pair[0].last() + 1..pair[1].first()) <= GAP_WORDS);
        let extents = taken.iter().map(|mention| mention.first()..mention.last() + 1).collect();
        let referent = taken.iter().find_map(|mention| mention.referent);
        near.then_some(Occurrence { places, extents, referent })
    }

    pub fn danger(&self, sentence: &Sentence<'_>, occurrence: &Occurrence) -> Danger {
        let words = sentence.start + occurrence.first()..sentence.start + occurrence.last() + 1;
        Danger { document: self.document, level: self.level, reason: Reason::Sign(self.text.clone()), words }
    }
}

impl Occurrence {
    /// Place of the first word of the message that belongs to the sign.
    pub fn first(&self) -> usize {
        self.places[0].0
    }

    /// Place of the last word of the message that belongs to the sign.
    pub fn last(&self) -> usize {
        self.places[self.places.len() - 1].0
    }
}

/// What a message must name to name the sign `text`, the rarest first, or `None` where nothing can.
fn parts(text: &str, wordings: &mut Builder, vocabulary: &mut Vocabulary) -> Option<Vec<Part>> {
    let mut reader = Reader::new(Keeps::Nothing, Misspelt::Known);
    let mut parts = Vec::new();
    let mut words = Vec::new();
    for part in sign_parts(text).ok()? {
        if let SignPart::Group(name) = part {
            parts.push(Part { slot: wordings.group(name)?, negated: reader.take_negation() });
        } else if let Some(piece) = wordings.piece(part) {
            wordings.read(&mut reader, &piece, vocabulary, &mut words);
        }
    }
    words.extend(reader.finish(vocabulary));
    for word in words {
        parts.push(Part { slot: wordings.single(word.term), negated: word.negated });
        vocabulary.mark_symptom(word.term);
    }
    if let [alone] = parts[..] {
        wordings.single_words(alone.slot).for_each(|term| vocabulary.mark_symptom(term));
    }
    parts.sort_by_key(|part| wordings.size(part.slot));
    (!parts.is_empty()).then_some(parts)
}
