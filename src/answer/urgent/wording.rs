//! Wordings: the words and turns of phrase that signs are made of, and where a sentence names them.
//!
//! Wordings that stand for one another share a *slot*: those of a group, or a single word that a sign writes out. The
//! words of one wording follow each other; what stands between the wordings of a sign is the sign's business.

use std::ops::Range;

use foldhash::HashMap;

use super::denial;
use super::mention::{Mention, Mentions};
use super::sentence::Sentence;
use super::text::{Kind, TextWord, Texts};
use super::vocabulary::{Misspelt, Term, Vocabulary};
use crate::knowledge::{NumberRange, SignPart, each_sign_part};

/// The number of what a sign asks for once: any of some wordings.
pub(super) type Slot = usize;

/// All wordings of all signs.
#[derive(Debug, Default)]
pub(super) struct Wordings {
    all: Vec<Wording>,
    /// The words of all wordings.
    parts: Vec<Part>,
    groups: HashMap<String, Slot>,
    /// The slots of single words.
    singles: HashMap<Term, Slot>,
    /// For each slot, its wordings.
    by_slot: Vec<Vec<usize>>,
    texts: Texts,
    /// Room for the pieces of the wording that is being added.
    pieces: Vec<Piece>,
    by_first_term: ByFirstTerm,
    harmless_by_first_term: ByFirstTerm,
}

#[derive(Debug)]
struct Wording {
    /// `None` for what is harmless.
    slot: Option<Slot>,
    /// Places of its words among the parts of all wordings, in its order; at least one.
    parts: Range<usize>,
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
        self.parts.push(Part { term, negated: false });
        self.push(Some(slot), self.parts.len() - 1);
        slot
    }

    /// The terms of those wordings of `slot` that are a single word.
    pub fn single_words(&self, slot: Slot) -> impl Iterator<Item = Term> {
        let of_slot = self.by_slot[slot].iter().map(|number| &self.all[*number]);
        of_slot.filter_map(|wording| match self.parts[wording.parts.clone()] {
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
                let wording = &self.all[*number];
                if let Some(places) = self.places(wording, sentence, place) {
                    found(wording, places);
                }
            }
        }
    }

    /// The places of the words of `wording` where the first one is at `first`.
    fn places(&self, wording: &Wording, sentence: &Sentence<'_>, first: usize) -> Option<Vec<(usize, bool)>> {
        let parts = &self.parts[wording.parts.clone()];
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

    /// The piece that `part` is, or `None` for a group.
    pub fn piece(&mut self, part: SignPart<'_>) -> Option<Piece> {
        match part {
            SignPart::Words(text) => Some(Piece::Words(self.texts.range(text))),
            SignPart::Range(range) => Some(Piece::Range(range)),
            SignPart::Group(_) => None,
        }
    }

    /// Adds to `parts` what a message must name to name `piece`: the words that carry its meaning, each with its
    /// negation.
    pub fn read(&mut self, reader: &mut Reader, piece: &Piece, vocabulary: &mut Vocabulary, parts: &mut Vec<Part>) {
        let words = match piece {
            Piece::Range(range) => {
                parts.push(Part { term: vocabulary.learn_range(range), negated: reader.take_negation() });
                return;
            }
            Piece::Words(words) => &mut self.texts.words[words.clone()],
        };
        for word in words {
            if word.kind == Kind::Negator && reader.negator.is_none() {
                reader.negator = Some(word.text.clone());
            } else if reader.keeps.keeps(word) {
                parts.push(Part { term: word.term(reader.misspelt, vocabulary), negated: reader.take_negation() });
            }
        }
    }

    fn add(&mut self, slot: Option<Slot>, text: &str, vocabulary: &mut Vocabulary) {
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.clear();
        // A group cannot contain another, and its notation has been checked.
        pieces.extend(each_sign_part(text).flatten().filter_map(|part| self.piece(part)));
        // A wording with no more than one word of meaning has to be named as it is: "end it" is not "the end".
        let telling = pieces.iter().map(|piece| self.texts.telling(piece)).sum::<usize>();
        let keeps = if telling <= 1 { Keeps::All } else { Keeps::Joints };
        let mut reader = Reader::new(keeps, Misspelt::WhereLong);
        let mut parts = std::mem::take(&mut self.parts);
        let start = parts.len();
        for piece in &pieces {
            self.read(&mut reader, piece, vocabulary, &mut parts);
        }
        parts.extend(reader.finish(vocabulary));
        self.parts = parts;
        self.pieces = pieces;
        if start < self.parts.len() {
            self.push(slot, start);
        }
    }

    /// Adds the wording of the parts from `start` on.
    fn push(&mut self, slot: Option<Slot>, start: usize) {
        if let Some(slot) = slot {
            self.by_slot[slot].push(self.all.len());
        }
        self.all.push(Wording { slot, parts: start..self.parts.len() });
    }

    /// Makes room for every term there is, once all wordings are known.
    pub fn index(&mut self, terms: usize) {
        self.texts = Texts::default();
        self.pieces = Vec::new();
        let first_term = |wording: &Wording| self.parts[wording.parts.start].term;
        let of = |harmless: bool| {
            let numbered = self.all.iter().enumerate().filter(move |(_, wording)| wording.slot.is_none() == harmless);
            ByFirstTerm::new(terms, numbered.map(|(number, wording)| (first_term(wording), number)))
        };
        let (by_first_term, harmless_by_first_term) = (of(false), of(true));
        self.by_first_term = by_first_term;
        self.harmless_by_first_term = harmless_by_first_term;
    }

    fn new_slot(&mut self) -> Slot {
        self.by_slot.push(Vec::new());
        self.by_slot.len() - 1
    }
}

/// For each term, the wordings that begin with it.
#[derive(Debug, Default)]
struct ByFirstTerm {
    /// For each term, where its wordings begin among the numbers; one more tells where the last ones end.
    starts: Vec<usize>,
    numbers: Vec<usize>,
}

impl ByFirstTerm {
    /// That of `wordings`, pairs of a first term below `terms` and a number, in the order of their numbers.
    fn new(terms: usize, wordings: impl Iterator<Item = (Term, usize)> + Clone) -> Self {
        let mut starts = vec![0; terms + 1];
        for (term, _) in wordings.clone() {
            starts[term + 1] += 1;
        }
        for term in 0..terms {
            starts[term + 1] += starts[term];
        }
        let mut free = starts.clone();
        let mut numbers = vec![0; starts[terms]];
        for (term, number) in wordings {
            numbers[free[term]] = number;
            free[term] += 1;
        }
        Self { starts, numbers }
    }

    /// The numbers of the wordings that begin with `term`, in order.
    fn of(&self, term: Term) -> &[usize] {
        &self.numbers[self.starts[term]..self.starts[term + 1]]
    }
}

/// A part of a wording or sign that is no group.
#[derive(Debug)]
pub(super) enum Piece {
    /// Places of its words among those of the [`Texts`].
    Words(Range<usize>),
    Range(NumberRange),
}

/// How the pieces of a wording or sign are read one by one.
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
    /// Those that join others and that a turn of phrase cannot do without.
    Joints,
    /// All.
    All,
}

impl Keeps {
    fn keeps(self, word: &TextWord) -> bool {
        match word.kind {
            Kind::Little => self == Keeps::All,
            Kind::Joint => self != Keeps::Nothing,
            Kind::Negator | Kind::Joining | Kind::Telling => true,
        }
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
