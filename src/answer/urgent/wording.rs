//! Wordings: the words and turns of phrase that signs are made of, and where a sentence names them.
//!
//! Wordings that stand for one another share a *slot*: those of a group, or a single word that a sign writes out. The
//! words of one wording follow each other; what stands between the wordings of a sign is the sign's business.

use std::collections::HashMap;
use std::ops::Range;

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
    /// The words of all wordings.
    parts: Vec<Part>,
    groups: HashMap<String, Slot>,
    /// The slots of single words.
    singles: HashMap<Term, Slot>,
    /// For each slot, its wordings.
    by_slot: Vec<Vec<usize>>,
    texts: Texts,
    /// For each term, the wordings of slots that begin with it.
    by_first_term: Vec<Vec<usize>>,
    /// For each term, the harmless wordings that begin with it.
    harmless_by_first_term: Vec<Vec<usize>>,
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

/// Where a sentence names a wording.
#[derive(Debug)]
pub(super) struct Mention {
    pub slot: Slot,
    /// Place in the sentence of each word, in order, and whether the wording negates it.
    pub places: Vec<(usize, bool)>,
    /// Where in the message stands what it stands for, if it is a pronoun: "the *redness* is back. it reaches my ear".
    pub referent: Option<usize>,
}

/// All mentions in one sentence.
#[derive(Debug)]
pub(super) struct Mentions {
    all: Vec<Mention>,
    /// What pronouns stand for: the slots that were last named and where in the message, the latest at the end.
    referents: Vec<(Slot, usize)>,
    /// For each slot, the numbers of its mentions, in order.
    by_slot: Vec<Vec<usize>>,
}

/// How many words that carry meaning of their own may stand between two words of a wording: "in my *left* eye". What
/// is harmless has none, so that it hides no more than it says.
const GAP_WORDS: usize = 1;

/// Words that stand for what was named before.
const PRONOUNS: &[&str] = &["it", "its", "mine", "they"];

/// How many of the last named slots a pronoun may stand for.
const REFERENTS_MOST: usize = 8;

/// Words, beside commas, behind which a pronoun may take up what stands before them in the same sentence.
const CLAUSE_JOINTS: &[&str] = &["and", "because", "but", "now", "so", "then"];

/// Words that tell how long it has been, where "it" stands for nothing: "it has been two *hours*".
#[rustfmt::skip]
const TIME_UNITS: &[&str] = &[
    "ages", "day", "days", "hour", "hours", "minutes", "month", "months", "week", "weeks", "while", "year", "years",
];

/// How far behind "it has been" they stand, in words of any kind.
const TIME_WORDS: usize = 4;

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
        by_first_term: &[Vec<usize>],
        mut found: impl FnMut(&Wording, Vec<(usize, bool)>),
    ) {
        for (place, term) in sentence.terms.iter().enumerate() {
            for number in term.iter().flat_map(|term| &by_first_term[*term]) {
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
            if word.negator && reader.negator.is_none() {
                reader.negator = Some(word.text.clone());
            } else if word.negator || reader.keeps.keeps(word) {
                parts.push(Part { term: word.term(reader.misspelt, vocabulary), negated: reader.take_negation() });
            }
        }
    }

    fn add(&mut self, slot: Option<Slot>, text: &str, vocabulary: &mut Vocabulary) {
        // A group cannot contain another, and its notation has been checked.
        let pieces: Vec<Piece> = sign_parts(text).into_iter().flatten().filter_map(|part| self.piece(part)).collect();
        // A wording with no more than one word of meaning has to be named as it is: "end it" is not "the end".
        let telling = pieces.iter().map(|piece| self.texts.telling(piece)).sum::<usize>();
        let keeps = if telling <= 1 { Keeps::All } else { Keeps::Joints };
        let mut reader = Reader::new(keeps, Misspelt::WhereLong);
        let mut parts = std::mem::take(&mut self.parts);
        let start = parts.len();
        pieces.iter().for_each(|piece| self.read(&mut reader, piece, vocabulary, &mut parts));
        parts.extend(reader.finish(vocabulary));
        self.parts = parts;
        if start < self.parts.len() {
            self.push(slot, start);
        }
    }

    /// Adds the wording of the parts from `start` on.
    fn push(&mut self, slot: Option<Slot>, start: usize) {
        let first = self.parts[start].term;
        let by_first_term = if slot.is_some() { &mut self.by_first_term } else { &mut self.harmless_by_first_term };
        if by_first_term.len() <= first {
            by_first_term.resize_with(first + 1, Vec::new);
        }
        by_first_term[first].push(self.all.len());
        if let Some(slot) = slot {
            self.by_slot[slot].push(self.all.len());
        }
        self.all.push(Wording { slot, parts: start..self.parts.len() });
    }

    /// Makes room for every term there is, once all wordings are known.
    pub fn index(&mut self, terms: usize) {
        self.texts = Texts::default();
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
    /// Places of its words among those of the [`Texts`].
    Words(Range<usize>),
    Range(NumberRange),
}

/// The texts read while wordings are added: the same few return in most of them.
#[derive(Debug, Default)]
struct Texts {
    /// For each text, the places of its words.
    by_text: HashMap<String, Range<usize>>,
    words: Vec<TextWord>,
}

impl Texts {
    /// The places of the words of `text`.
    fn range(&mut self, text: &str) -> Range<usize> {
        if let Some(known) = self.by_text.get(text) {
            return known.clone();
        }
        let start = self.words.len();
        self.words.extend(words(text).into_iter().map(TextWord::new));
        let range = start..self.words.len();
        self.by_text.insert(text.to_owned(), range.clone());
        range
    }

    /// How many words of meaning `piece` has.
    fn telling(&self, piece: &Piece) -> usize {
        let Piece::Words(words) = piece else { return 1 };
        self.words[words.clone()].iter().filter(|word| word.telling).count()
    }
}

/// A word of a text, with what every reading of it asks.
#[derive(Debug)]
struct TextWord {
    text: String,
    little: bool,
    negator: bool,
    /// Whether it is one of [`JOINTS`].
    joint: bool,
    telling: bool,
    /// Its term, and how far it is known misspelt.
    learnt: Option<(Term, Misspelt)>,
}

impl TextWord {
    fn new(word: Word) -> Self {
        let text = word.text;
        let (little, negator) = (is_little(&text), denial::is_negator(&text));
        let joint = JOINTS.contains(&text.as_str());
        let telling = !little && !negator && !JOINING.contains(&text.as_str());
        Self { text, little, negator, joint, telling, learnt: None }
    }

    fn term(&mut self, misspelt: Misspelt, vocabulary: &mut Vocabulary) -> Term {
        match self.learnt {
            Some((term, known)) if known == misspelt || known == Misspelt::Known => term,
            _ => {
                let term = vocabulary.learn(&self.text, misspelt);
                self.learnt = Some((term, misspelt));
                term
            }
        }
    }
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
    /// Those of [`JOINTS`].
    Joints,
    /// All.
    All,
}

impl Keeps {
    fn keeps(self, word: &TextWord) -> bool {
        !word.little || self == Keeps::All || (self == Keeps::Joints && word.joint)
    }
}

/// Words that join others: alone beside one word of meaning they are no more telling than it.
const JOINING: &[&str] = &["after", "by", "if", "once", "when"];

/// Little words that a turn of phrase cannot do without: "came *to* on the floor" is not "came on".
const JOINTS: &[&str] = &["and", "as", "like", "me", "of", "so", "to", "what", "who", "with"];

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

/// Whether the pronoun at `place` only tells a time: "*it* has been two hours".
fn is_time(sentence: &Sentence<'_>, place: usize) -> bool {
    let behind = || sentence.words[place + 1..].iter().take(TIME_WORDS).map(|word| word.text.as_str());
    behind().take(2).any(|word| word == "been") && behind().any(|word| TIME_UNITS.contains(&word))
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
        Self { all: Vec::new(), referents: Vec::new(), by_slot: vec![Vec::new(); slots] }
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

    /// Adds what the pronouns in `sentence` may stand for: what was last named in the sentence before, or in an
    /// earlier clause of this one.
    fn refer(&mut self, sentence: &Sentence<'_>) {
        let named = std::mem::take(&mut self.all);
        named.iter().for_each(|mention| self.by_slot[mention.slot].clear());
        let mut earlier = std::mem::take(&mut self.referents);
        let mut of_clause = Vec::new();
        let mut of_sentence: Vec<(Slot, usize)> = Vec::new();
        let mut named = named.into_iter().peekable();
        for (place, word) in sentence.words.iter().enumerate() {
            if CLAUSE_JOINTS.contains(&word.text.as_str()) {
                of_sentence.append(&mut of_clause);
            }
            if PRONOUNS.contains(&word.text.as_str()) && !is_time(sentence, place) {
                for (slot, referent) in of_sentence.iter().rev().chain(earlier.iter().rev()).take(REFERENTS_MOST) {
                    self.push(Mention { slot: *slot, places: vec![(place, false)], referent: Some(*referent) });
                }
            }
            while let Some(mention) = named.next_if(|mention| mention.first() == place) {
                let slot = mention.slot;
                for known in [&mut earlier, &mut of_clause, &mut of_sentence] {
                    known.retain(|(known, _)| *known != slot);
                }
                of_clause.push((slot, sentence.start + place));
                self.push(mention);
            }
            if sentence.ends_clause(place) {
                of_sentence.append(&mut of_clause);
            }
        }
        of_sentence.append(&mut of_clause);
        self.referents = if of_sentence.is_empty() { earlier } else { of_sentence };
    }

    fn clear(&mut self) {
        for mention in &self.all {
            self.by_slot[mention.slot].clear();
        }
        self.all.clear();
    }
}
