//! Urgent: a sign of danger that a message names, and that somebody has now.
//!
//! A message is read in sentences. In each, every sign whose words stand near each other is an *occurrence*. An
//! occurrence that is denied ("no fever"), a figure of speech ("hay fever") or asked about in general ("can it cause
//! fever?") is dropped; of the rest, the first one of the highest level is the message's danger.
//!
//! When in doubt the answer is danger: a notice too many costs a glance, one too few may cost a day.

mod denial;
mod doubt;
mod sentence;
mod vocabulary;

use std::ops::Range;

use crate::knowledge::{Level, UrgentDocument};
use crate::matching::words::{Word, words};
use doubt::Cues;
use sentence::{Sentence, sentences};
use vocabulary::{Term, Vocabulary};

/// Every sign of every urgent document, prepared once for many messages.
#[derive(Debug)]
pub struct Signs {
    vocabulary: Vocabulary,
    cues: Cues,
    prepared: Vec<Sign>,
    /// For each term, the signs that begin with it, in order.
    by_first_term: Vec<Vec<usize>>,
}

/// The danger that a message names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Danger {
    /// Place of the document in [`Knowledge::urgent`](crate::knowledge::Knowledge::urgent).
    pub document: usize,
    /// How fast care is needed.
    pub level: Level,
    /// The sign, as the document words it.
    pub sign: String,
    /// Where the message names the sign: places among its words, from the first to after the last.
    pub words: Range<usize>,
}

/// One sign of one document.
#[derive(Debug)]
struct Sign {
    document: usize,
    level: Level,
    text: String,
    /// What a message must name, in the sign's order; at least one.
    parts: Vec<Part>,
}

/// One word of a sign.
#[derive(Debug, Clone, Copy)]
struct Part {
    term: Term,
    /// Whether the sign itself negates the word, as in "won't stop".
    negated: bool,
}

/// Where a sentence names a sign.
#[derive(Debug)]
struct Occurrence {
    /// Place in the sentence of each word of the sign and whether the sign negates it, in the sentence's order.
    places: Vec<(usize, bool)>,
}

/// How many words that carry meaning of their own may stand between two words of a sign: "throat *feels like it is
/// kind of* closing" has one, "lips *and eyes are* swelling" one. Further apart, words have nothing to do with each
/// other.
const GAP_WORDS: usize = 3;

/// How far from a sign's first word its others are looked for, in words of any kind.
const WINDOW_WORDS: usize = 10;

impl Signs {
    /// Prepares the signs of `documents`, which must be those of the knowledge base in its order. A sign without a
    /// word that carries meaning, such as "it is", is never found.
    #[must_use]
    pub fn new(documents: &[UrgentDocument]) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut signs = Vec::new();
        for (place, document) in documents.iter().enumerate() {
            for text in &document.signs {
                let parts = parts(&words(&text.value), &mut vocabulary);
                if !parts.is_empty() {
                    signs.push(Sign { document: place, level: document.level, text: text.value.clone(), parts });
                }
            }
        }
        let mut by_first_term = vec![Vec::new(); vocabulary.len()];
        for (place, sign) in signs.iter().enumerate() {
            by_first_term[sign.parts[0].term].push(place);
        }
        Self { vocabulary, cues: Cues::new(), prepared: signs, by_first_term }
    }

    /// The first of the gravest dangers that `words` name, or `None` where they name none.
    ///
    /// Every word is looked up once, at the cost of a stem and, where it is unknown, of a few edit distances. Only
    /// where a sign begins are its neighbours looked at, never more than a fixed number of them: the cost grows
    /// with the length of the message and no faster.
    #[must_use]
    pub fn find(&self, words: &[Word]) -> Option<Danger> {
        let terms: Vec<Option<Term>> = words.iter().map(|word| self.vocabulary.term(&word.text)).collect();
        let mut gravest: Option<Danger> = None;
        for sentence in sentences(words, &terms) {
            for (place, term) in sentence.terms.iter().enumerate() {
                for sign in term.iter().flat_map(|term| &self.by_first_term[*term]).map(|sign| &self.prepared[*sign]) {
                    if gravest.as_ref().is_some_and(|danger| danger.level >= sign.level) {
                        continue;
                    }
                    let occurrence = sign.occurrence(&sentence, place);
                    if let Some(found) = occurrence.filter(|found| self.is_danger(&sentence, found)) {
                        gravest = Some(sign.danger(&sentence, &found));
                    }
                }
            }
        }
        gravest
    }

    fn is_danger(&self, sentence: &Sentence<'_>, occurrence: &Occurrence) -> bool {
        !denial::is_denied(sentence, occurrence)
            && !doubt::is_figure_of_speech(sentence, occurrence)
            && !self.cues.is_hypothetical(sentence, occurrence)
    }
}

/// What a message must name to name the sign `words`: the words that carry its meaning, each with its negation.
fn parts(words: &[Word], vocabulary: &mut Vocabulary) -> Vec<Part> {
    let mut negated = false;
    let mut parts = Vec::new();
    for Word { text, .. } in words {
        if denial::is_negator(text) {
            negated = true;
        } else if !sentence::is_little(text) {
            parts.push(Part { term: vocabulary.learn(text), negated });
            negated = false;
        }
    }
    parts
}

impl Sign {
    /// The occurrence whose first word of the sign is at `first`: the others nearest to it, in any order, those
    /// behind it first.
    fn occurrence(&self, sentence: &Sentence<'_>, first: usize) -> Option<Occurrence> {
        let mut places: Vec<(usize, bool)> = Vec::with_capacity(self.parts.len());
        for (number, part) in self.parts.iter().enumerate() {
            let fits = |place: usize| {
                sentence.terms.get(place) == Some(&Some(part.term))
                    && !places.iter().any(|(taken, _)| *taken == place)
                    && (!part.negated || denial::is_negated(sentence, place))
            };
            let found = match number {
                0 => Some(first).filter(|place| fits(*place)),
                _ => (1..=WINDOW_WORDS)
                    .flat_map(|steps| [Some(first + steps), first.checked_sub(steps)])
                    .flatten()
                    .find(|place| fits(*place)),
            };
            places.push((found?, part.negated));
        }
        places.sort_unstable();
        let near = places.windows(2).all(|pair| sentence.strangers(pair[0].0 + 1..pair[1].0) <= GAP_WORDS);
        near.then_some(Occurrence { places })
    }

    fn danger(&self, sentence: &Sentence<'_>, occurrence: &Occurrence) -> Danger {
        let words = sentence.start + occurrence.first()..sentence.start + occurrence.last() + 1;
        Danger { document: self.document, level: self.level, sign: self.text.clone(), words }
    }
}

impl Occurrence {
    /// Place of the first word of the message that belongs to the sign.
    fn first(&self) -> usize {
        self.places[0].0
    }

    /// Place of the last word of the message that belongs to the sign.
    fn last(&self) -> usize {
        self.places[self.places.len() - 1].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{Document, assemble};

    const EMERGENCIES: &str = r#""can't breathe", "throat closing", "needle in my eye", "bleeding won't stop""#;
    const SIGNS: &str = r#""pus", "fever", "chills", "infected", "hot to the touch", "redness spreading""#;

    fn document(path: &str, level: &str, signs: &str) -> Document {
        let text =
            format!("+++\ntitle = \"t\"\nlevel = \"{level}\"\nsigns = [{signs}]\nreviewed = 2026-11-23\n+++\nCall.");
        Document::new(path, &text)
    }

    /// Checks which sign `message` is in danger of; the empty string stands for none.
    #[track_caller]
    fn check(message: &str, expected: &str) {
        let loaded =
            assemble([document("urgent/a.md", "emergency", EMERGENCIES), document("urgent/b.md", "urgent", SIGNS)]);
        let found = Signs::new(loaded.knowledge.urgent()).find(&words(message));
        assert_eq!(found.map_or(String::new(), |danger| danger.sign), expected, "danger in {message:?}");
    }

    #[test]
    fn finds_the_words_of_a_sign_near_each_other() {
        check("my throat feels like it is closing up", "throat closing");
        check("the needle went in my eye", "needle in my eye");
        check("spreading redness on my neck", "redness spreading");
        check("my throat is dry, the big shop is closing", "");
        check("my throat is dry. closing time", "");
    }

    #[test]
    fn knows_a_sign_by_its_own_negation() {
        check("i cant breathe", "can't breathe");
        check("she is barely able to breathe", "can't breathe");
        check("its bleeding and doesnt stop", "bleeding won't stop");
        check("i can breathe", "");
        check("the bleeding will stop", "");
    }

    #[test]
    fn an_emergency_wins_over_what_is_urgent() {
        check("i have a fever and i cant breathe", "can't breathe");
    }

    #[test]
    fn explains_where_the_danger_is_named() {
        let loaded = assemble([document("urgent/b.md", "urgent", SIGNS)]);
        let danger = Signs::new(loaded.knowledge.urgent()).find(&words("Hi! The redness is spreading. Help"));
        let expected = Danger { document: 0, level: Level::Urgent, sign: "redness spreading".to_owned(), words: 2..5 };
        assert_eq!(danger, Some(expected));
    }

    #[test]
    fn a_denied_sign_is_none() {
        check("no fever", "");
        check("i dont really have any sign of pus", "");
        check("no redness, chills or pus", "");
        check("without fever and chills", "");
        check("i do not think it is infected", "");
        check("the redness is not spreading", "");
        check("the fever went down", "");
        check("had pus but it is gone", "");
    }

    #[test]
    fn a_negation_reaches_no_further_than_its_statement() {
        check("no fever but there is pus", "pus");
        check("no fever, yellow pus", "pus");
        check("not sure why but i have a fever", "fever");
        check("cant sleep with this fever", "fever");
        check("i have pus and it is not getting better", "pus");
        check("a fever that wont go away", "fever");
        check("no doubt its infected", "infected");
        check("never had a fever this high", "fever");
        check("the fever went down but came back", "fever");
        check("isnt this infected", "infected");
    }

    #[test]
    fn a_sign_asked_about_in_general_is_none() {
        check("what are signs of being infected", "");
        check("can it cause fever", "");
        check("what if it gets infected", "");
        check("is pus possible", "");
        check("what should i watch out for, like pus or fever?", "");
        check("hay fever season", "");
    }

    #[test]
    fn a_danger_asked_about_is_one() {
        check("is it normal that there is pus", "pus");
        check("can i swim tomorrow? also i have a fever", "fever");
        check("could my fever be from the cream", "fever");
        check("i dont know if its infected", "infected");
        check("what are signs of infection? my cheek is hot and full of pus", "pus");
        check("i have chills should i worry", "chills");
    }
}
