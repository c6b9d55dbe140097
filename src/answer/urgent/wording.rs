//! Wordings: the words and turns of phrase that signs are made of, and where a sentence names them.
//!
//! Wordings that stand for one another share a *slot*: those of a group, or a single word that a sign writes out. The
//! words of one wording follow each other; what stands between the wordings of a sign is the sign's business.

mod building;

use std::ops::Range;

use super::denial;
use super::mention::{Mention, Mentions};
use super::sentence::Sentence;
use super::vocabulary::Term;

pub(super) use building::{Builder, Keeps, Piece, Reader};

/// The number of what a sign asks for once: any of some wordings.
pub(super) type Slot = u32;

/// All wordings of all signs.
#[derive(Debug)]
pub(super) struct Wordings {
    /// How many slots there are.
    slots: usize,
    all: Box<[Wording]>,
    /// The words of all wordings.
    parts: Box<[Part]>,
    by_first_term: ByFirstTerm,
    harmless_by_first_term: ByFirstTerm,
}

#[derive(Debug)]
struct Wording {
    /// `None` for what is harmless.
    slot: Option<Slot>,
    /// Places of its words among the parts of all wordings, in its order; at least one.
    parts: Range<u32>,
}

/// One word of a wording.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub term: Term,
    /// Whether the wording itself negates the word, as in "won't stop".
    pub negated: bool,
}

/// How many words that carry meaning of their own may stand between two words of a wording: "in my *left* eye". What
/// is harmless has none, so that it hides no more than it says.
const GAP_WORDS: usize = 1;

/// How far behind a word of a wording the next one is looked for, in words of any kind.
const REACH_WORDS: usize = 14;

impl Wordings {
    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.slots
    }

    /// Finds all mentions in `sentence`, in place of those of another sentence; none has a word of what is harmless.
    pub fn find(&self, sentence: &Sentence<'_>, mentions: &mut Mentions) {
        mentions.clear();
        let mut hidden = vec![false; sentence.words.len()];
        self.each(sentence, &self.harmless_by_first_term, |_, places| {
            let (first, last) = (places[0].0, places[places.len() - 1].0);
            hidden[first..=last].fill(true);
        });
        self.each(sentence, &self.by_first_term, |wording, places| {
            if let Some(slot) = wording.slot.filter(|_| !places.iter().any(|(place, _)| hidden[*place])) {
                mentions.push(Mention { slot, places, referent: None });
            }
        });
        mentions.refer(sentence);
    }

    /// Shows `found` every wording that `sentence` names, of those `by_first_term`, in the order of their first words.
    fn each(
        &self,
        sentence: &Sentence<'_>,
        by_first_term: &ByFirstTerm,
        mut found: impl FnMut(&Wording, Vec<(usize, bool)>),
    ) {
        for (place, term) in sentence.terms.iter().enumerate() {
            for number in term.iter().flat_map(|term| by_first_term.of(*term)) {
                let wording = &self.all[*number as usize];
                if let Some(places) = self.places(wording, sentence, place) {
                    found(wording, places);
                }
            }
        }
    }

    /// The places of the words of `wording` where the first one is at `first`.
    fn places(&self, wording: &Wording, sentence: &Sentence<'_>, first: usize) -> Option<Vec<(usize, bool)>> {
        let parts = self.parts(wording);
        let gap = if wording.slot.is_some() { GAP_WORDS } else { 0 };
        // Most wordings fail at their second word, before anything is allocated.
        let mut places: Vec<(usize, bool)> = Vec::new();
        if let Some(second) = parts.get(1) {
            next_place(sentence, first, second.term, gap)?;
        }
        for part in parts {
            let place = match places.last() {
                None => first,
                Some((last, _)) => next_place(sentence, *last, part.term, gap)?,
            };
            if part.negated && !denial::is_negated(sentence, place) {
                return None;
            }
            places.push((place, part.negated));
        }
        Some(places)
    }

    fn parts(&self, wording: &Wording) -> &[Part] {
        &self.parts[wording.parts.start as usize..wording.parts.end as usize]
    }
}

/// For each term, the wordings that begin with it.
#[derive(Debug)]
struct ByFirstTerm {
    /// For each term, where its wordings begin among the numbers; one more tells where the last ones end.
    starts: Box<[u32]>,
    numbers: Box<[u32]>,
}

impl ByFirstTerm {
    /// That of `wordings`, pairs of a first term below `terms` and a number, in the order of their numbers.
    fn new(terms: usize, wordings: impl Iterator<Item = (Term, u32)> + Clone) -> Self {
        let mut starts = vec![0; terms + 1];
        for (term, _) in wordings.clone() {
            starts[term as usize + 1] += 1;
        }
        for term in 0..terms {
            starts[term + 1] += starts[term];
        }
        let mut free = starts.clone();
        let mut numbers = vec![0; starts[terms] as usize];
        for (term, number) in wordings {
            let place = &mut free[term as usize];
            numbers[*place as usize] = number;
            *place += 1;
        }
        Self { starts: starts.into(), numbers: numbers.into() }
    }

    /// The numbers of the wordings that begin with `term`, in order.
    fn of(&self, term: Term) -> &[u32] {
        let term = term as usize;
        &self.numbers[self.starts[term] as usize..self.starts[term + 1] as usize]
    }
}

/// Where `term` next stands behind `last` in the same clause, across at most `gap` words that carry meaning.
fn next_place(sentence: &Sentence<'_>, last: usize, term: Term, gap: usize) -> Option<usize> {
    let mut strangers = 0;
    for place in (last + 1..sentence.words.len()).take(REACH_WORDS) {
        if sentence.ends_clause(place - 1) {
            return None;
        }
        if sentence.terms[place] == Some(term) {
            return Some(place);
        }
        strangers += usize::from(!sentence.little[place]);
        if strangers > gap {
            return None;
        }
    }
    None
}
