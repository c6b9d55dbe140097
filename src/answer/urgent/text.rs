//! Texts: the words that wordings are written with, each read once however often it returns.

use std::ops::Range;

use foldhash::HashMap;

use super::denial;
use super::sentence::is_little;
use super::vocabulary::{Misspelt, Term, Vocabulary};
use super::wording::Piece;
use crate::matching::words::{Word, words};

/// The texts read while wordings are added: the same few return in most of them.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// For each text, the places of its words.
    by_text: HashMap<String, Range<usize>>,
    pub words: Vec<TextWord>,
}

impl Texts {
    /// The places of the words of `text`.
    pub fn range(&mut self, text: &str) -> Range<usize> {
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
    pub fn telling(&self, piece: &Piece) -> usize {
        let Piece::Words(words) = piece else { return 1 };
        self.words[words.clone()].iter().filter(|word| word.kind == Kind::Telling).count()
    }
}

/// What a word is to the text that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One that means little by itself.
    Little,
    /// A little one of [`JOINTS`].
    Joint,
    /// One that denies what follows it.
    Negator,
    /// One of [`JOINING`].
    Joining,
    /// One that carries a meaning of its own.
    Telling,
}

/// A word of a text, with what every reading of it asks.
#[derive(Debug)]
pub(super) struct TextWord {
    pub text: String,
    pub kind: Kind,
    /// Its term, and how far it is known misspelt.
    learnt: Option<(Term, Misspelt)>,
}

impl TextWord {
    fn new(word: Word) -> Self {
        let kind = match word.text.as_str() {
            text if JOINTS.contains(&text) => Kind::Joint,
            text if is_little(text) => Kind::Little,
            text if denial::is_negator(text) => Kind::Negator,
            text if JOINING.contains(&text) => Kind::Joining,
            _ => Kind::Telling,
        };
        Self { text: word.text, kind, learnt: None }
    }

    pub fn term(&mut self, misspelt: Misspelt, vocabulary: &mut Vocabulary) -> Term {
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

/// Words that join others: alone beside one word of meaning they are no more telling than it.
const JOINING: &[&str] = &["after", "by", "if", "once", "when"];

/// Little words that a turn of phrase cannot do without: "came *to* on the floor" is not "came on".
const JOINTS: &[&str] = &["and", "as", "like", "me", "of", "so", "to", "what", "who", "with"];
