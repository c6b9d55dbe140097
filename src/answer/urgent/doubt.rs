//! Doubt: whether a clause asks about a sign in general instead of telling that somebody has it.
//!
//! Turns of phrase in the clause of the sign are weighed against each other: those of a general question or a
//! condition ("signs of", "can it", "if", "people") against those of something that is there ("i have", "my", "since
//! yesterday"). Only where the general ones are heavier, and what follows does not tell that somebody has it after
//! all ("does it cause fever? had one *since sunday*"), is the sign taken for hypothetical.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::denial::is_negator;
use super::frame::Frame;
use super::sentence::Sentence;
use super::sign::Occurrence;
use super::turns::{OPENERS, TURNS};
use crate::matching::words::{Ending, Word};

/// What a year weighs: what happened in one is long over.
const YEAR_WEIGHT: i32 = 5;

/// Words before a sign that make it somebody's: "could *my* fever be from this", "*possible* infection, what now".
const OWNERS: &[&str] = &["her", "his", "my", "our", "possible", "these", "this"];

/// What an owner weighs.
const OWNER_WEIGHT: i32 = -3;

/// What "the" weighs there: "scared of *the* pus".
const ARTICLE_WEIGHT: i32 = -2;

/// Verbs that, before a sign and without any other word, ask about it in general: "*is* infection common".
const BARE_OPENERS: &[&str] = &["are", "is"];

/// What a bare opener weighs.
const BARE_OPENER_WEIGHT: i32 = 2;

/// Words behind a comma that go on with the clause before it: "what is bad, *like* pus".
const CONTINUATIONS: &[&str] = &["ages", "eg", "including", "like", "or", "say", "such", "years"];

/// Words that begin a clause without a comma.
const CLAUSE_OPENERS: &[&str] = &["although", "anyway", "anyways", "because", "but", "except", "though"];

/// Two words that begin a question of their own, even without a comma: "i have chills *should i* worry".
const QUESTION_OPENERS: &[(&str, &str)] = &[
    ("am", "i"),
    ("cause", "i"),
    ("cause", "it"),
    ("cause", "my"),
    ("cause", "she"),
    ("cause", "there"),
    ("can", "i"),
    ("do", "i"),
    ("how", "can"),
    ("how", "do"),
    ("how", "long"),
    ("should", "i"),
    ("should", "we"),
    ("what", "can"),
    ("what", "do"),
    ("what", "is"),
    ("what", "now"),
    ("what", "should"),
];

/// Words before such an opener with which it is one question: "when should i".
#[rustfmt::skip]
const QUESTION_WORDS: &[&str] = &[
    "how", "long", "much", "often", "point", "soon", "what", "when", "where", "which", "who", "why",
];

/// Words that begin a clause where "and", "also", "so" or "plus" stands before them.
#[rustfmt::skip]
const JOINED_SUBJECTS: &[&str] = &[
    "he", "her", "his", "i", "it", "its", "my", "now", "she", "since", "there", "they", "this",
];

/// Words shortly before or behind a hint that make little of it: "a *bit* swollen", "the swelling is *mild*".
#[rustfmt::skip]
const SLIGHT_WORDS: &[&str] = &[
    "barely", "bit", "faint", "faintly", "little", "mild", "mildly", "minor", "slight", "slightly", "somewhat", "tad",
    "tiny",
];

/// How far from a hint such a word may stand, in words of any kind.
const SLIGHT_REACH: usize = 2;

/// Words that tell that somebody has what was asked about before.
#[rustfmt::skip]
const FOLLOW_UPS: &[&[&str]] = &[
    &["asking", "because"], &["because", "i", "do"], &["got", "a", "lot"], &["got", "it"], &["got", "lots"],
    &["got", "one"], &["got", "some"], &["got", "those"], &["have", "a", "lot"], &["have", "it"], &["have", "lots"],
    &["have", "one"], &["have", "some"], &["have", "that"], &["have", "these"], &["have", "this"], &["have", "those"],
    &["here", "we", "are"], &["i", "do"], &["mine"], &["right", "now"], &["since"], &["this", "is", "what"],
];

/// Words that put into the future what stands before them: "mine *will* fall off".
const FUTURE: &[&str] = &["could", "might", "will", "would"];

/// How far behind the clause of a sign it may be followed up, in words of any kind.
const FOLLOW_UP_WORDS: usize = 12;

/// How far from a sign turns of phrase are weighed, in words of any kind: in a post without punctuation, those
/// further away are about something else.
const CLAUSE_WORDS: usize = 20;

/// Whether words near the hint make little of it.
pub(super) fn is_slight(sentence: &Sentence<'_>, occurrence: &Occurrence) -> bool {
    let start = occurrence.first().saturating_sub(SLIGHT_REACH);
    let end = sentence.words.len().min(occurrence.last() + 1 + SLIGHT_REACH);
    (start..end).any(|at| SLIGHT_WORDS.contains(&sentence.text(at)))
}

/// The weighed turns of phrase.
#[derive(Debug)]
pub(super) struct Cues {
    /// By their first word, the longest first.
    by_first_word: HashMap<&'static str, Vec<Turn>>,
}

#[derive(Debug)]
struct Turn {
    /// The words behind the first one.
    rest: Vec<&'static str>,
    weight: i32,
    /// Whether it counts only in front of a sign.
    opener: bool,
}

impl Cues {
    /// Prepares the turns of phrase.
    pub fn new() -> Self {
        let mut by_first_word: HashMap<&str, Vec<Turn>> = HashMap::new();
        for (table, opener) in [(TURNS, false), (OPENERS, true)] {
            for (weight, turns) in table {
                for turn in *turns {
                    let mut words = turn.split(' ');
                    let first = words.next().unwrap_or_default();
                    let turn = Turn { rest: words.collect(), weight: *weight, opener };
                    by_first_word.entry(first).or_default().push(turn);
                }
            }
        }
        for turns in by_first_word.values_mut() {
            turns.sort_by_key(|turn| Reverse(turn.rest.len()));
        }
        Self { by_first_word }
    }

    /// Whether the clause around `occurrence` speaks of it in general, or of what may be.
    pub fn is_hypothetical(&self, sentence: &Sentence<'_>, occurrence: &Occurrence, frame: Frame) -> bool {
        let clause = clause(sentence, occurrence);
        let place_of_last = sentence.start + occurrence.last();
        let mut weight = frame.weight_at(place_of_last);
        let mut place = clause.start;
        while place < clause.end {
            if tells_year(sentence, place) {
                weight += YEAR_WEIGHT;
            }
            let Some(turn) = self.turn_at(sentence, place, clause.end) else {
                place += 1;
                continue;
            };
            let end = place + 1 + turn.rest.len();
            let in_sign = occurrence.extents.iter().any(|wording| place < wording.end && wording.start < end);
            let counts = !turn.opener || place < occurrence.first();
            if counts && !in_sign {
                weight += turn.weight;
            }
            place = end;
        }
        let before = occurrence.first().checked_sub(1).filter(|before| clause.contains(before));
        weight += before.map_or(0, |before| weight_before(sentence, before, &clause));
        weight > 0 && (frame.is_over(place_of_last) || !is_followed_up(sentence, clause.end))
    }

    /// The longest turn of phrase at `place` that ends by `end`.
    fn turn_at(&self, sentence: &Sentence<'_>, place: usize, end: usize) -> Option<&Turn> {
        let turns = self.by_first_word.get(sentence.text(place))?;
        turns.iter().find(|turn| {
            let stands = |(step, word): (usize, &&str)| sentence.text(place + 1 + step) == *word;
            place + turn.rest.len() < end && turn.rest.iter().enumerate().all(stands)
        })
    }
}

/// Whether "in" stands at `place` and a year behind it: "in 2019".
fn tells_year(sentence: &Sentence<'_>, place: usize) -> bool {
    sentence.text(place) == "in" && sentence.words.get(place + 1).is_some_and(|word| is_year(&word.text))
}

fn is_year(word: &str) -> bool {
    word.parse().is_ok_and(|year: u16| (1950..2100).contains(&year))
}

/// What the word at `before`, the last one before a sign, weighs by standing there.
fn weight_before(sentence: &Sentence<'_>, before: usize, clause: &Range<usize>) -> i32 {
    let word = sentence.text(before);
    if OWNERS.contains(&word) {
        OWNER_WEIGHT
    } else if word == "the" && sentence.is_symptom(before + 1) {
        ARTICLE_WEIGHT
    } else if before == clause.start && BARE_OPENERS.contains(&word) {
        BARE_OPENER_WEIGHT
    } else {
        0
    }
}

/// Whether soon behind `end` somebody turns out to have what was asked about. "Since i am new" gives a reason, not a
/// time, "since 2019" is no news, and neither is "safely since"; "do not have one" and "mine will" tell the contrary.
fn is_followed_up(sentence: &Sentence<'_>, end: usize) -> bool {
    let words: Vec<&Word> = sentence.words[end..].iter().chain(sentence.rest).take(FOLLOW_UP_WORDS).collect();
    let behind: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    (0..behind.len()).any(|at| {
        let turn = FOLLOW_UPS.iter().find(|turn| behind[at..].starts_with(turn));
        // "What do i do" asks on; only "i do" right behind the question answers it.
        let turn = turn.filter(|turn| at == 0 || **turn != ["i", "do"]);
        turn.is_some_and(|turn| {
            let next = behind.get(at + turn.len()).copied().unwrap_or_default();
            let denied = at > 0 && is_negator(behind[at - 1]);
            let goes_on = words[at].ending == Ending::None;
            let is_time = goes_on && !JOINED_SUBJECTS.contains(&next) && !is_year(next);
            !denied
                && match **turn {
                    ["since"] => is_time,
                    ["mine"] => goes_on && (!FUTURE.contains(&next) || behind.get(at + 2) == Some(&"not")),
                    _ => true,
                }
        })
    })
}

/// The words around `occurrence` that belong to its clause.
fn clause(sentence: &Sentence<'_>, occurrence: &Occurrence) -> Range<usize> {
    let earliest = occurrence.first().saturating_sub(CLAUSE_WORDS);
    let latest = sentence.words.len().min(occurrence.last() + 1 + CLAUSE_WORDS);
    let start = (earliest + 1..=occurrence.first()).rev().find(|at| begins_clause(sentence, *at)).unwrap_or(earliest);
    let end = (occurrence.last() + 1..latest).find(|at| begins_clause(sentence, *at)).unwrap_or(latest);
    start..end
}

/// Whether a clause begins at `place`, which is not the first of the sentence.
fn begins_clause(sentence: &Sentence<'_>, place: usize) -> bool {
    let (word, before) = (sentence.text(place), sentence.text(place - 1));
    if sentence.ends_clause(place - 1) {
        return !CONTINUATIONS.contains(&word) && sentence.bare_item(place).is_none();
    }
    let next = sentence.words.get(place + 1).map_or("", |next| next.text.as_str());
    CLAUSE_OPENERS.contains(&word)
        || (QUESTION_OPENERS.contains(&(word, next)) && !QUESTION_WORDS.contains(&before))
        || (matches!(before, "also" | "and" | "plus" | "so") && JOINED_SUBJECTS.contains(&word))
}
