//! Wordings: the words and turns of phrase that signs are made of, and where a sentence names them.
//!
//! Wordings that stand for one another share a *slot*: those of a group, or a single word that a sign writes out. The
//! words of one wording follow each other; what stands between the wordings of a sign is the sign's business.

use std::collections::HashMap;
use std::sync::Arc;

use super::denial;
use super::sentence::{Sentence, is_little};
use super::vocabulary::{Misspelt, Term, Vocabulary};
use crate::knowledge::{NumberRange, SignPart, sign_parts};
use crate::matching::words::{Word, words};

/// The number of what a sign asks for once: any of some wordings.
pub(super) type Slot = usize;

/// All wordings of all signs.
#[derive(Debug, Default)]
pub(super) struct Wordings {
    all: Vec<Wording>,
    groups: HashMap<String, Slot>,
    /// The slots of single words.
    singles: HashMap<Term, Slot>,
    /// For each slot, its wordings.
    by_slot: Vec<Vec<usize>>,
    /// The words of the texts read so far: the same few return in most wordings.
    read: HashMap<String, Arc<[Word]>>,
    /// For each term, the wordings of slots that begin with it.
    by_first_term: Vec<Vec<usize>>,
    /// For each term, the harmless wordings that begin with it.
    harmless_by_first_term: Vec<Vec<usize>>,
}

#[derive(Debug)]
struct Wording {
    /// `None` for what is harmless.
    slot: Option<Slot>,
    /// In the wording's order; at least one.
    parts: Vec<Part>,
}

/// One word of a wording.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub term: Term,
    /// Whether the wording itself negates the word, as in "won't stop".
    pub negated: bool,
}

/// Where a sentence names a wording.
#[derive(Debug)]
pub(super) struct Mention {
    pub slot: Slot,
    /// Place in the sentence of each word, in order, and whether the wording negates it.
    pub places: Vec<(usize, bool)>,
}

/// All mentions in one sentence.
#[derive(Debug)]
pub(super) struct Mentions {
    all: Vec<Mention>,
    /// For each slot, the numbers of its mentions, in order.
    by_slot: Vec<Vec<usize>>,
}

/// How many words that carry meaning of their own may stand between two words of a wording: "in my *left* eye". What
/// is harmless has none, so that it hides no more than it says.
const GAP_WORDS: usize = 1;

impl Wordings {
    /// How many slots there are.
    pub fn slots(&self) -> usize {
        self.by_slot.len()
    }

    /// How many wordings `slot` has.
    pub fn size(&self, slot: Slot) -> usize {
        self.by_slot[slot].len()
    }

    /// Adds the group `name`.
    pub fn add_group<'a>(&mut self, name: &str, texts: impl IntoIterator<Item = &'a str>, vocabulary: &mut Vocabulary) {
        let slot = self.new_slot();
        self.groups.insert(name.to_owned(), slot);
        for text in texts {
            self.add(Some(slot), text, vocabulary);
        }
    }

    /// Adds a turn of phrase whose words name no sign.
    pub fn add_harmless(&mut self, text: &str, vocabulary: &mut Vocabulary) {
        self.add(None, text, vocabulary);
    }

    /// The slot of the group `name`.
    pub fn group(&self, name: &str) -> Option<Slot> {
        self.groups.get(name).copied()
    }

    /// The slot of the single word `term`, which is added unless it is known.
    pub fn single(&mut self, term: Term) -> Slot {
        if let Some(slot) = self.singles.get(&term) {
            return *slot;
        }
        let slot = self.new_slot();
        self.singles.insert(term, slot);
        self.push(Some(slot), vec![Part { term, negated: false }]);
        slot
    }

    /// The terms of those wordings of `slot` that are a single word.
    pub fn single_words(&self, slot: Slot) -> impl Iterator<Item = Term> {
        let of_slot = self.by_slot[slot].iter().map(|number| &self.all[*number]);
        of_slot.filter_map(|wording| match wording.parts[..] {
            [alone] => Some(alone.term),
            _ => None,
        })
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
                mentions.push(Mention { slot, places });
            }
        });
    }

    /// Shows `found` every wording that `sentence` names, of those `by_first_term`, in the order of their first words.
    fn each(
        &self,
        sentence: &Sentence<'_>,
        by_first_term: &[Vec<usize>],
        mut found: impl FnMut(&Wording, Vec<(usize, bool)>),
    ) {
        for (place, term) in sentence.terms.iter().enumerate() {
            for number in term.iter().flat_map(|term| &by_first_term[*term]) {
                let wording = &self.all[*number];
                if let Some(places) = wording.places(sentence, place) {
                    found(wording, places);
                }
            }
        }
    }

    /// The piece that `part` is, or `None` for a group.
    pub fn piece(&mut self, part: SignPart<'_>) -> Option<Piece> {
        match part {
            SignPart::Words(text) => {
                let known = self.read.get(text).map(Arc::clone);
                Some(Piece::Words(known.unwrap_or_else(|| {
                    let read: Arc<[Word]> = words(text).into();
                    self.read.insert(text.to_owned(), Arc::clone(&read));
                    read
                })))
            }
            SignPart::Range(range) => Some(Piece::Range(range)),
            SignPart::Group(_) => None,
        }
    }

    fn add(&mut self, slot: Option<Slot>, text: &str, vocabulary: &mut Vocabulary) {
        // A group cannot contain another, and its notation has been checked.
        let pieces: Vec<Piece> = sign_parts(text).into_iter().flatten().filter_map(|part| self.piece(part)).collect();
        // A wording with no more than one word of meaning has to be named as it is: "end it" is not "the end".
        let telling = pieces.iter().map(Piece::telling).sum::<usize>();
        let keeps = if telling <= 1 { Keeps::All } else { Keeps::Joints };
        let mut reader = Reader::new(keeps, Misspelt::WhereLong);
        let mut parts: Vec<Part> = pieces.iter().flat_map(|piece| reader.read(piece, vocabulary)).collect();
        parts.extend(reader.finish(vocabulary));
        if !parts.is_empty() {
            self.push(slot, parts);
        }
    }

    fn push(&mut self, slot: Option<Slot>, parts: Vec<Part>) {
        let first = parts[0].term;
        let by_first_term = if slot.is_some() { &mut self.by_first_term } else { &mut self.harmless_by_first_term };
        if by_first_term.len() <= first {
            by_first_term.resize_with(first + 1, Vec::new);
        }
        by_first_term[first].push(self.all.len());
        if let Some(slot) = slot {
            self.by_slot[slot].push(self.all.len());
        }
        self.all.push(Wording { slot, parts });
    }

    /// Makes room for every term there is.
    pub fn index(&mut self, terms: usize) {
        self.by_first_term.resize_with(terms, Vec::new);
        self.harmless_by_first_term.resize_with(terms, Vec::new);
    }

    fn new_slot(&mut self) -> Slot {
        self.by_slot.push(Vec::new());
        self.by_slot.len() - 1
    }
}

/// A part of a wording or sign that is no group.
#[derive(Debug)]
pub(super) enum Piece {
    Words(Arc<[Word]>),
    Range(NumberRange),
}

impl Piece {
    /// How many words of meaning it has.
    fn telling(&self) -> usize {
        let Self::Words(words) = self else { return 1 };
        words.iter().filter(|word| !is_little(&word.text) && !denial::is_negator(&word.text)).count()
    }
}

/// Reads the pieces of a wording or sign one by one.
pub(super) struct Reader {
    keeps: Keeps,
    misspelt: Misspelt,
    /// The negator that came before and has not found its word yet.
    negator: Option<String>,
}

impl Reader {
    pub fn new(keeps: Keeps, misspelt: Misspelt) -> Self {
        Self { keeps, misspelt, negator: None }
    }

    /// What a message must name to name `piece`: the words that carry its meaning, each with its negation.
    pub fn read(&mut self, piece: &Piece, vocabulary: &mut Vocabulary) -> Vec<Part> {
        let words = match piece {
            Piece::Range(range) => {
                return vec![Part { term: vocabulary.learn_range(range), negated: self.take_negation() }];
            }
            Piece::Words(words) => words,
        };
        let mut parts = Vec::new();
        for Word { text, .. } in words.iter() {
            if denial::is_negator(text) && self.negator.is_none() {
                self.negator = Some(text.clone());
            } else if denial::is_negator(text) || self.keeps.keeps(text) {
                parts.push(Part { term: vocabulary.learn(text, self.misspelt), negated: self.take_negation() });
            }
        }
        parts
    }

    /// Whether what comes next is negated.
    pub fn take_negation(&mut self) -> bool {
        self.negator.take().is_some()
    }

    /// The negator at the end, which is a word like others: "heart stopped".
    pub fn finish(self, vocabulary: &mut Vocabulary) -> Option<Part> {
        let term = vocabulary.learn(&self.negator?, self.misspelt);
        Some(Part { term, negated: false })
    }
}

/// Which words of a text are kept, besides those that carry meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keeps {
    /// None.
    Nothing,
    /// Those of [`JOINTS`].
    Joints,
    /// All.
    All,
}

impl Keeps {
    fn keeps(self, word: &str) -> bool {
        !is_little(word) || self == Keeps::All || (self == Keeps::Joints && JOINTS.contains(&word))
    }
}

/// Little words that a turn of phrase cannot do without: "came *to* on the floor" is not "came on".
const JOINTS: &[&str] = &["and", "as", "like", "me", "of", "so", "to", "what", "who", "with"];

impl Wording {
    /// The places of its words where the first one is at `first`.
    fn places(&self, sentence: &Sentence<'_>, first: usize) -> Option<Vec<(usize, bool)>> {
        let gap = if self.slot.is_some() { GAP_WORDS } else { 0 };
        // Most wordings fail at their second word, before anything is allocated.
        let mut places: Vec<(usize, bool)> = Vec::new();
        if let Some(second) = self.parts.get(1) {
            next_place(sentence, first, second.term, gap)?;
        }
        for part in &self.parts {
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
}

/// Where `term` next stands behind `last` in the same clause, across at most `gap` words that carry meaning.
fn next_place(sentence: &Sentence<'_>, last: usize, term: Term, gap: usize) -> Option<usize> {
    let mut strangers = 0;
    for place in last + 1..sentence.words.len() {
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

impl Mention {
    /// Place of its first word.
    pub fn first(&self) -> usize {
        self.places[0].0
    }

    /// Place of its last word.
    pub fn last(&self) -> usize {
        self.places[self.places.len() - 1].0
    }

    /// Whether both have a word in common.
    pub fn overlaps(&self, other: &Mention) -> bool {
        self.places.iter().any(|(place, _)| other.places.iter().any(|(taken, _)| taken == place))
    }
}

impl Mentions {
    /// No mentions of any of `slots` slots.
    pub fn new(slots: usize) -> Self {
        Self { all: Vec::new(), by_slot: vec![Vec::new(); slots] }
    }

    /// All mentions, in the order of their first words.
    pub fn all(&self) -> &[Mention] {
        &self.all
    }

    /// The mentions of `slot` that begin no more than `window` words before or behind `place`.
    pub fn near(&self, slot: Slot, place: usize, window: usize) -> impl Iterator<Item = &Mention> {
        let numbers = &self.by_slot[slot];
        let start = numbers.partition_point(|number| self.all[*number].first() + window < place);
        let near = numbers[start..].iter().map(|number| &self.all[*number]);
        near.take_while(move |mention| mention.first() <= place + window)
    }

    /// Whether any wording of `slot` is mentioned.
    pub fn has(&self, slot: Slot) -> bool {
        !self.by_slot[slot].is_empty()
    }

    fn push(&mut self, mention: Mention) {
        self.by_slot[mention.slot].push(self.all.len());
        self.all.push(mention);
    }

    fn clear(&mut self) {
        for mention in &self.all {
            self.by_slot[mention.slot].clear();
        }
        self.all.clear();
    }
}
