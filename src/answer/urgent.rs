//! Urgent: a sign of danger that a message names, and that somebody has now.
//!
//! A message is read in sentences. In each, the wordings that signs are made of are found first, and then every sign
//! whose wordings stand near each other: an *occurrence*. A pronoun stands for what was named before it, be it in the
//! sentence before. An occurrence that is harmless ("hay fever"), denied ("no fever") or asked about in general ("can
//! it cause fever?") is dropped; of the rest, the first one of the highest level is the message's danger. Two hints
//! anywhere in the message weigh as much as a sign.
//!
//! When in doubt the answer is danger: a notice too many costs a glance, one too few may cost a day.

mod denial;
mod doubt;
mod frame;
mod mention;
mod sentence;
mod sign;
mod text;
mod turns;
mod vocabulary;
mod wording;

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use crate::knowledge::{Level, UrgentDocument};
use crate::matching::words::Word;
use doubt::Cues;
use frame::{Frame, Frames};
use mention::Mentions;
use sentence::{Sentence, sentences};
use sign::{Occurrence, Sign};
use vocabulary::{Term, Vocabulary};
use wording::{Builder, Wordings};

/// How often a message may name a sign without danger until that sign is no longer looked for.
const DROPS_MOST: u8 = 6;

/// The turns of phrase that tell what may be from what is there.
static CUES: LazyLock<Cues> = LazyLock::new(Cues::new);

/// The turns of phrase that frame messages.
static FRAMES: LazyLock<Frames> = LazyLock::new(Frames::new);

/// Every sign of every urgent document, prepared once for many messages.
#[derive(Debug)]
pub struct Signs {
    vocabulary: Vocabulary,
    wordings: Wordings,
    prepared: Vec<Sign>,
    /// For each slot, the signs that are looked for where it is named, in order.
    by_anchor: Vec<Vec<usize>>,
}

/// A danger that a message tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Danger {
    /// Place of the document in [`Knowledge::urgent`](crate::knowledge::Knowledge::urgent).
    pub document: usize,
    /// How fast care is needed.
    pub level: Level,
    /// What it is seen by.
    pub reason: Reason,
    /// Where the message tells of it: places among its words, from the first to after the last.
    pub words: Range<usize>,
}

/// What a danger is seen by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The sign as the document words it, or two hints joined by a plus.
    Sign(String),
    /// Words of the message that examples of the danger have, the most telling first.
    Likeness(Vec<String>),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sign(sign) => write!(f, "the sign “{sign}”"),
            Self::Likeness(words) => {
                let quoted: Vec<String> = words.iter().map(|words| format!("“{words}”")).collect();
                write!(f, "examples of danger with {}", quoted.join(", "))
            }
        }
    }
}

/// What a message has been found to name so far.
struct Found {
    gravest: Option<Danger>,
    hints: Vec<Hint>,
    /// For each sign, how often it was named without danger.
    drops: Vec<u8>,
}

/// A hint that a message names.
#[derive(Debug)]
struct Hint {
    /// Its place among the prepared signs.
    sign: usize,
    /// As the document words it.
    name: String,
    /// Places of its words in the message.
    places: Vec<usize>,
    danger: Danger,
}

impl Signs {
    /// Prepares the signs of `documents`, which must be those of the knowledge base in its order. A sign without a
    /// word that carries meaning, such as "it is", is never found, and neither is one with a group that no document
    /// defines.
    #[must_use]
    pub fn new(documents: &[impl Borrow<UrgentDocument>]) -> Self {
        let documents = documents.iter().map(Borrow::borrow);
        let mut vocabulary = Vocabulary::default();
        let mut wordings = Builder::default();
        for document in documents.clone() {
            for (name, group) in &document.groups {
                wordings.add_group(name, group.iter().map(|text| text.value.as_str()), &mut vocabulary);
            }
            for text in &document.harmless {
                wordings.add_harmless(&text.value, &mut vocabulary);
            }
        }
        let mut prepared = Vec::new();
        for (place, document) in documents.enumerate() {
            let texts = document.signs.iter().map(|text| (text, false));
            for (text, is_hint) in texts.chain(document.hints.iter().map(|text| (text, true))) {
                let sign = Sign::new(place, document.level, &text.value, is_hint, &mut wordings, &mut vocabulary);
                prepared.extend(sign);
            }
        }
        vocabulary.finish();
        let wordings = wordings.finish(vocabulary.len());
        let mut by_anchor = vec![Vec::new(); wordings.slots()];
        for (place, sign) in prepared.iter().enumerate() {
            by_anchor[sign.anchor() as usize].push(place);
        }
        Self { vocabulary, wordings, prepared, by_anchor }
    }

    /// The first of the gravest dangers that `words` name, or `None` where they name none.
    ///
    /// Every word is looked up once, at the cost of a stem and, where it is unknown, of a few edit distances. Only
    /// where a sign's rarest part is named are its neighbours looked at, never more than a fixed number of them: the
    /// cost grows with the length of the message and no faster.
    #[must_use]
    pub fn find(&self, words: &[Word]) -> Option<Danger> {
        let terms: Vec<Option<Term>> = words.iter().map(|word| self.vocabulary.term(&word.text)).collect();
        let little: Vec<bool> = words.iter().map(|word| sentence::is_little(&word.text)).collect();
        let frame = FRAMES.read(words);
        let mut found = Found { gravest: None, hints: Vec::new(), drops: vec![0; self.prepared.len()] };
        let mut mentions = Mentions::new(self.wordings.slots());
        for sentence in sentences(words, &terms, &little, self.vocabulary.symptoms()) {
            self.wordings.find(&sentence, &mut mentions);
            for anchor in mentions.all() {
                for number in &self.by_anchor[anchor.slot as usize] {
                    let sign = &self.prepared[*number];
                    if !found.needs(*number, sign) {
                        continue;
                    }
                    let Some(occurrence) = sign.occurrence(&sentence, &mentions, anchor) else { continue };
                    if Self::is_danger(&sentence, &occurrence, frame) {
                        found.add(*number, sign, &sentence, &occurrence);
                    } else {
                        found.drops[*number] += 1;
                    }
                }
            }
        }
        found.danger()
    }

    fn is_danger(sentence: &Sentence<'_>, occurrence: &Occurrence, frame: Frame) -> bool {
        !denial::is_denied(sentence, occurrence) && !CUES.is_hypothetical(sentence, occurrence, frame)
    }
}

impl Found {
    /// Whether the sign with this number is still looked for.
    fn needs(&self, number: usize, sign: &Sign) -> bool {
        let is_known = if sign.is_hint {
            self.hints.iter().any(|hint| hint.sign == number)
        } else {
            self.gravest.as_ref().is_some_and(|danger| danger.level >= sign.level)
        };
        !is_known && self.drops[number] < DROPS_MOST
    }

    /// Notes that `sentence` names the sign with this number, and means it.
    fn add(&mut self, number: usize, sign: &Sign, sentence: &Sentence<'_>, occurrence: &Occurrence) {
        let danger = sign.danger(sentence, occurrence);
        if !sign.is_hint {
            self.gravest = Some(danger);
        } else if !doubt::is_slight(sentence, occurrence) {
            let places = occurrence.places.iter().map(|(place, _)| sentence.start + place);
            let places = places.chain(occurrence.referent).collect();
            Hint { sign: number, name: sign.text.clone(), places, danger }.join(&mut self.hints);
        }
    }

    /// The gravest danger; of equal ones that of a sign before that of hints.
    fn danger(self) -> Option<Danger> {
        let is_graver = |hinted: &Danger| self.gravest.as_ref().is_none_or(|sign| hinted.level > sign.level);
        hinted(&self.hints).filter(is_graver).or(self.gravest)
    }
}

/// The gravest danger that two of `hints` make together, those of one document.
fn hinted(hints: &[Hint]) -> Option<Danger> {
    let pairs = hints.iter().enumerate().filter_map(|(place, second)| {
        let first = hints[..place].iter().find(|first| first.danger.document == second.danger.document)?;
        let reason = Reason::Sign(format!("{} + {}", first.name, second.name));
        Some(Danger { reason, ..second.danger.clone() })
    });
    pairs.min_by_key(|danger| Reverse(danger.level))
}

impl Hint {
    /// Adds it to `hints`, unless that hint is known or some of its words belong to another one.
    fn join(self, hints: &mut Vec<Hint>) {
        let shares = |known: &Hint| known.sign == self.sign || self.places.iter().any(|at| known.places.contains(at));
        if !hints.iter().any(shares) {
            hints.push(self);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::{Document, assemble};
    use crate::matching::words::words;

    /// What an urgent document has besides its signs.
    const MORE: &str = r#"
hints = ["{cheek} {hot}", "throbbing", "each day"]
harmless = ["hay fever"]
[groups]
cheek = ["cheek", "chin", "side of my face"]
hot = ["hot", "on fire", "can't touch"]
"#;

    const EMERGENCIES: &str = r#""can't breathe", "throat closing", "needle in my eye", "bleeding won't stop""#;
    const SIGNS: &str = r#""pus", "fever", "chills", "infected", "hot to the touch", "redness spreading", "{cheek} yellow", "temperature 38-42", "38.1-42.9""#;

    fn document(path: &str, level: &str, signs: &str, more: &str) -> Document {
        let head = format!("title = \"t\"\nlevel = \"{level}\"\nsigns = [{signs}]\nreviewed = 2026-11-23");
        let text = format!("+++\n{head}\n{more}\n+++\nCall.");
        Document::new(path, &text)
    }

    /// Checks which sign `message` is in danger of; the empty string stands for none.
    #[track_caller]
    fn check(message: &str, expected: &str) {
        let loaded = assemble([
            document("urgent/a.md", "emergency", EMERGENCIES, ""),
            document("urgent/b.md", "urgent", SIGNS, MORE),
        ]);
        assert_eq!(loaded.problems, []);
        let found = Signs::new(loaded.knowledge.urgent()).find(&words(message));
        let sign = found.map_or(String::new(), |danger| match danger.reason {
            Reason::Sign(sign) => sign,
            Reason::Likeness(_) => unreachable!("signs alone were looked for"),
        });
        assert_eq!(sign, expected, "danger in {message:?}");
    }

    #[test]
    fn finds_the_words_of_a_sign_near_each_other() {
        check("my throat feels like it is closing up", "throat closing");
        check("the needle went in my eye", "needle in my eye");
        check("spreading redness on my neck", "redness spreading");
        check("my throat is dry, the big shop is closing", "");
        check("my throat is dry. closing time", "");
        check("throat. closing. help", "throat closing");
        check("throat? closing time", "");
    }

    #[test]
    fn a_group_stands_for_any_of_its_wordings() {
        check("my chin is yellow", "{cheek} yellow");
        check("yellow on the whole side of my face", "{cheek} yellow");
        check("the side is yellow", "");
        check("yellow is not my cup of tea, the cheek is fine", "");
    }

    #[test]
    fn two_hints_are_a_danger() {
        check("my cheek is on fire. it is throbbing", "{cheek} {hot} + throbbing");
        check("it is throbbing and i cant touch my chin", "throbbing + {cheek} {hot}");
        check("it is throbbing. it is throbbing", "");
        check("my cheek is a bit hot and throbbing", "");
        check("my cheek is hot but not throbbing", "");
        check("can it get worse each day? is a throbbing cheek common", "");
    }

    #[test]
    fn a_range_stands_for_numbers() {
        check("my temperature is 39", "temperature 38-42");
        check("39.5 this morning", "38.1-42.9");
        check("i am at 39c", "38.1-42.9");
        check("i am 39", "");
        check("36.8 this morning", "");
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
        let loaded = assemble([document("urgent/b.md", "urgent", SIGNS, MORE)]);
        let danger = Signs::new(loaded.knowledge.urgent()).find(&words("Hi! The redness is spreading. Help"));
        let reason = Reason::Sign("redness spreading".to_owned());
        let expected = Danger { document: 0, level: Level::Urgent, reason, words: 2..5 };
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
        check("fever? none. pus: no.", "");
        check("i was asked about fever and pus. none of that", "");
        check("had a fever but all good, went back to work", "");
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
        check("i never had pus before today", "pus");
        check("i have a fever. no pus", "fever");
        check("fever and pus. none of my creams help", "fever");
    }

    #[test]
    fn a_sign_asked_about_in_general_is_none() {
        check("what are signs of being infected", "");
        check("can it cause fever", "");
        check("what if it gets infected", "");
        check("is pus possible", "");
        check("what should i watch out for, like pus or fever?", "");
        check("hay fever season", "");
        check("scared of getting pus", "");
    }

    #[test]
    fn a_pronoun_stands_for_what_was_named_before() {
        check("the redness was on my nose. by noon it was spreading", "redness spreading");
        check("the redness was on my nose, then it started spreading", "redness spreading");
        check("look at my chin. love the fox. it is yellow", "{cheek} yellow");
        check("everybody has redness but mine is spreading", "redness spreading");
        check("i love it. it is spreading", "");
        check("no redness here. it was never spreading", "");
        check("redness? spreading? it is, they say. it is", "");
        check("the redness is here. it has been two days since spreading butter", "");
    }

    #[test]
    fn a_sign_in_a_story_or_kept_away_from_is_none() {
        check("in the episode where she is infected i laughed", "");
        check("wool gives me chills so i avoid it", "");
        check("i have chills and avoid the sun", "chills");
    }

    #[test]
    fn a_sign_that_was_not_there_before_is_new() {
        check("there is pus that was not there before", "pus");
        check("there is pus that was not there yesterday", "pus");
        check("the pus is not there anymore", "");
    }

    #[test]
    fn a_sign_that_is_long_over_is_none() {
        check("in 2019 i had pus", "");
        check("as a kid it gave my chin pus", "");
        check("can it cause fever? in use since 2019", "");
        check("years ago it gave me a fever", "");
        check("there was pus on my chin. a week later everything healed", "");
        check("it went away but now there is pus again", "pus");
        check("pus on my chin went away but is back", "pus");
    }

    #[test]
    fn a_danger_asked_about_is_one() {
        check("is it normal that there is pus", "pus");
        check("can i swim tomorrow? also i have a fever", "fever");
        check("could my fever be from the cream", "fever");
        check("i dont know if its infected", "infected");
        check("what are signs of infection? my cheek is hot and full of pus", "pus");
        check("i have chills should i worry", "chills");
        check("scared of the pus on my face", "pus");
        check("do people get fever? i do", "fever");
        check("can it cause fever? in bed since sunday", "fever");
        check("would pus be a bad sign? got lots", "pus");
    }
}
