//! Building: wordings as signs and groups write them, read one by one.

use std::mem;
use std::ops::Range;

use foldhash::HashMap;

use super::{ByFirstTerm, Part, Slot, Wording, Wordings};
use crate::answer::urgent::text::{Kind, TextWord, Texts};
use crate::answer::urgent::vocabulary::{Misspelt, Term, Vocabulary};
use crate::knowledge::{NumberRange, SignPart, each_sign_part};

/// The wordings added so far, and what only adding them takes.
#[derive(Debug, Default)]
pub(in crate::answer::urgent) struct Builder {
    all: Vec<Wording>,
    parts: Vec<Part>,
    groups: HashMap<String, Slot>,
    /// The slots of single words.
    singles: HashMap<Term, Slot>,
    /// For each slot, its wordings.
    by_slot: Vec<Vec<u32>>,
    texts: Texts,
    /// Room for the pieces of the wording that is being added.
    pieces: Vec<Piece>,
}

impl Builder {
    /// How many wordings `slot` has.
    pub fn size(&self, slot: Slot) -> usize {
        self.by_slot[slot as usize].len()
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
        let start = self.parts.len();
        self.parts.push(Part { term, negated: false });
        self.push(Some(slot), start);
        slot
    }

    /// The terms of those wordings of `slot` that are a single word.
    pub fn single_words(&self, slot: Slot) -> impl Iterator<Item = Term> {
        let of_slot = self.by_slot[slot as usize].iter().map(|number| &self.all[*number as usize].parts);
        of_slot.filter(|parts| parts.len() == 1).map(|parts| self.parts[parts.start as usize].term)
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
        let mut pieces = mem::take(&mut self.pieces);
        pieces.clear();
        // A group cannot contain another, and its notation has been checked.
        pieces.extend(each_sign_part(text).flatten().filter_map(|part| self.piece(part)));
        // A wording with no more than one word of meaning has to be named as it is: "end it" is not "the end".
        let telling = pieces.iter().map(|piece| self.texts.telling(piece)).sum::<usize>();
        let keeps = if telling <= 1 { Keeps::All } else { Keeps::Joints };
        let mut reader = Reader::new(keeps, Misspelt::WhereLong);
        let mut parts = mem::take(&mut self.parts);
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
            self.by_slot[slot as usize].push(number(self.all.len()));
        }
        self.all.push(Wording { slot, parts: number(start)..number(self.parts.len()) });
    }

    /// All of them, for sentences whose words mean one of `terms` terms.
    pub fn finish(self, terms: usize) -> Wordings {
        let first_term = |wording: &Wording| self.parts[wording.parts.start as usize].term;
        let of = |harmless: bool| {
            let numbered = (0..).zip(&self.all).filter(move |(_, wording)| wording.slot.is_none() == harmless);
            ByFirstTerm::new(terms, numbered.map(|(number, wording)| (first_term(wording), number)))
        };
        Wordings {
            by_first_term: of(false),
            harmless_by_first_term: of(true),
            slots: self.by_slot.len(),
            all: self.all.into(),
            parts: self.parts.into(),
        }
    }

    fn new_slot(&mut self) -> Slot {
        let slot = number(self.by_slot.len());
        self.by_slot.push(Vec::new());
        slot
    }
}

/// A place among wordings, parts or slots, of which no knowledge base has 2³².
fn number(place: usize) -> u32 {
    u32::try_from(place).expect("fewer than 2³² wordings and parts")
}

/// A part of a wording or sign that is no group.
#[derive(Debug)]
pub(in crate::answer::urgent) enum Piece {
    /// Places of its words among those of the [`Texts`].
    Words(Range<usize>),
    Range(NumberRange),
}

/// How the pieces of a wording or sign are read one by one.
pub(in crate::answer::urgent) struct Reader {
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
pub(in crate::answer::urgent) enum Keeps {
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
