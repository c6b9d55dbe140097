//! Mentions: where a sentence names wordings, or takes them up by a pronoun.
//!
//! "The redness is back. *It* reaches my ear": what was named in the sentence before, or in an earlier clause of the
//! same one, is named again by a pronoun. Which of the last named things it stands for is anybody's guess, so that it
//! stands for each.

use super::sentence::Sentence;
use super::wording::Slot;

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
        let numbers = &self.by_slot[slot as usize];
        let start = numbers.partition_point(|number| self.all[*number].first() + window < place);
        let near = numbers[start..].iter().map(|number| &self.all[*number]);
        near.take_while(move |mention| mention.first() <= place + window)
    }

    /// Whether any wording of `slot` is mentioned.
    pub fn has(&self, slot: Slot) -> bool {
        !self.by_slot[slot as usize].is_empty()
    }

    /// Adds `mention`, which begins no earlier than the last one.
    pub fn push(&mut self, mention: Mention) {
        self.by_slot[mention.slot as usize].push(self.all.len());
        self.all.push(mention);
    }

    /// Adds what the pronouns in `sentence` may stand for: what was last named in the sentence before, or in an
    /// earlier clause of this one.
    pub fn refer(&mut self, sentence: &Sentence<'_>) {
        let named = std::mem::take(&mut self.all);
        for mention in &named {
            self.by_slot[mention.slot as usize].clear();
        }
        let mut earlier = std::mem::take(&mut self.referents);
        let mut of_clause = Vec::new();
        let mut of_sentence: Vec<(Slot, usize)> = Vec::new();
        let mut named = named.into_iter().peekable();
        for (place, word) in sentence.words.iter().enumerate() {
            if CLAUSE_JOINTS.contains(&word.text.as_str()) {
                append(&mut of_sentence, of_clause.drain(..));
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
                append(&mut of_clause, [(slot, sentence.start + place)]);
                self.push(mention);
            }
            if sentence.ends_clause(place) {
                append(&mut of_sentence, of_clause.drain(..));
            }
        }
        append(&mut of_sentence, of_clause.drain(..));
        self.referents = if of_sentence.is_empty() { earlier } else { of_sentence };
    }

    /// Forgets all mentions, but not what a pronoun may stand for.
    pub fn clear(&mut self) {
        for mention in &self.all {
            self.by_slot[mention.slot as usize].clear();
        }
        self.all.clear();
    }
}

/// Moves `later` behind `referents`, of which the last ones are kept.
fn append(referents: &mut Vec<(Slot, usize)>, later: impl IntoIterator<Item = (Slot, usize)>) {
    referents.extend(later);
    referents.drain(..referents.len().saturating_sub(REFERENTS_MOST));
}

/// Whether the pronoun at `place` only tells a time: "*it* has been two hours".
fn is_time(sentence: &Sentence<'_>, place: usize) -> bool {
    let behind = || sentence.words[place + 1..].iter().take(TIME_WORDS).map(|word| word.text.as_str());
    behind().take(2).any(|word| word == "been") && behind().any(|word| TIME_UNITS.contains(&word))
}
