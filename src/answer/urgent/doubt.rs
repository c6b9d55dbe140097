//! Doubt: whether a clause asks about a sign in general instead of telling that somebody has it.
//!
//! Turns of phrase in the clause of the sign are weighed against each other: those of a general question or a
//! condition ("signs of", "can it", "if", "people") against those of something that is there ("i have", "my", "since
//! yesterday"). Only where the general ones are heavier, and what follows does not tell that somebody has it after
//! all ("does it cause fever? had one *since sunday*"), is the sign taken for hypothetical.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use super::Occurrence;
use super::sentence::Sentence;

/// Turns of phrase by weight. Positive ones speak of what may be, negative ones of what is there: 1 is a hint, 2 is
/// plain by itself, 3 holds beside a plain one of the other kind. Those of weight 0 begin like another and are
/// none. Of turns that begin alike, the longest counts.
#[rustfmt::skip]
const TURNS: &[(i32, &[&str])] = &[
    (5, &[
        "hypothetically", "what if",
    ]),
    (4, &[
        "how to tell", "if i ever", "if there is", "if there was", "imagine", "is it possible", "it is possible",
        "suppose", "supposing",
    ]),
    (3, &[
        "afraid of", "at what point", "avoid", "avoiding", "chance", "chances", "common", "count as", "counts as",
        "danger of", "easy to", "fear", "fear of", "frequent", "how can i tell", "how do i know",
        "how do i tell", "how do you know", "how often", "how would", "if", "in case", "in general",
        "likelihood", "likely", "odds", "possibility", "prevent", "preventing", "prevention", "prone to",
        "rate", "rates", "risk", "risks", "scared of", "side effect", "side effects", "sign of", "signs of",
        "symptom of", "symptoms of", "unless", "watch for", "watch out", "what causes", "what makes",
        "what temperature", "when should", "worried about", "would",
    ]),
    (2, &[
        "afraid", "cause", "causes", "considered", "easily", "frequently", "generally", "heard", "lead to",
        "look for", "look out", "normally", "part of", "part of normal", "patients", "people", "possible",
        "rare", "read about", "read that", "result in", "risky", "scared", "somebody", "someone", "typically",
        "usually", "when do", "when you", "worried", "worry about",
    ]),
    (1, &[
        "always", "anybody", "anyone", "caused by", "ever", "everyone", "mean", "supposed to", "whatever", "you",
    ]),
    (0, &[
        "anyone know", "are you", "bad if", "can anyone", "can barely", "can be", "can feel", "can hardly",
        "can i apply", "can i put", "can i still", "can i take", "can i use", "can i wear", "can not",
        "can see", "can smell", "can somebody", "can someone", "can this", "could be", "could it be",
        "could not", "could that be", "could this", "do i", "do not", "do these", "do you think",
        "does anyone know", "does he", "does it feel", "does it look", "does my", "does not", "does she",
        "does that", "does this", "fine if", "i fear", "i have a question", "i may", "i might", "idea if",
        "idk if", "if i press", "if i squeeze", "if i touch", "is there a", "is there anything", "know if",
        "may be", "may have", "might be", "might have", "normal if", "not can", "not know if", "ok if",
        "okay if", "should i worry about", "sure if", "to do", "to you", "unsure if", "weird if", "what can i",
        "what do i", "what should i", "will not", "wonder if", "wondering if", "would not", "would that",
        "would this", "would you go", "would you say",
    ]),
    (-1, &[
        "i am", "is normal", "is ok", "my", "our", "this",
    ]),
    (-2, &[
        "ago", "already", "anyone else", "comes out", "coming out", "help", "her", "his", "i had", "i see", "i think",
        "is it ok", "is it okay", "is that", "it has", "it is", "keeps", "mean if", "should i worry",
        "started", "still", "they are", "today", "tonight", "we have", "with a", "with an", "yesterday",
    ]),
    (-3, &[
        "and now", "are my", "currently", "ever since", "he has", "he is", "i feel", "i got", "i have", "i noticed",
        "if this", "is it normal", "is it usual", "is my", "is this", "last night", "mine", "normal", "now",
        "rn", "she has", "she is", "since", "there are", "there is", "this is", "this morning", "why my",
        "woke",
    ]),
];

/// Turns of phrase that ask about what stands behind them, by weight; behind a sign they ask about something else:
/// "pus on my chin, *can* i swim".
#[rustfmt::skip]
const OPENERS: &[(i32, &[&str])] = &[
    (2, &[
        "can", "could", "do", "does", "how to", "is there", "may", "might", "should one", "should you", "what are",
        "what does", "will",
    ]),
    (1, &[
        "are there", "how", "what is", "which",
    ]),
];

/// Words before a sign that make it somebody's: "could *my* fever be from this", "*possible* infection, what now".
const OWNERS: &[&str] = &["her", "his", "my", "our", "possible", "these", "this"];

/// What an owner weighs.
const OWNER_WEIGHT: i32 = -3;

/// Verbs that, before a sign and without any other word, ask about it in general: "*is* infection common".
const BARE_OPENERS: &[&str] = &["are", "is"];

/// What a bare opener weighs.
const BARE_OPENER_WEIGHT: i32 = 2;

/// Words behind a comma that go on with the clause before it: "what is bad, *like* pus".
const CONTINUATIONS: &[&str] = &["eg", "including", "like", "or", "say", "such"];

/// Words that begin a clause without a comma.
const CLAUSE_OPENERS: &[&str] = &["although", "because", "but", "except", "though"];

/// Two words that begin a question of their own, even without a comma: "i have chills *should i* worry".
const QUESTION_OPENERS: &[(&str, &str)] = &[
    ("am", "i"),
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

/// Words that before a sign make it something else: "hay fever", "saturday night fever".
const FIGURES: &[(&str, &str)] = &[
    ("baby", "fever"),
    ("cabin", "fever"),
    ("hay", "fever"),
    ("gold", "fever"),
    ("night", "fever"),
    ("spring", "fever"),
];

/// Words that tell that somebody has what was asked about before.
const FOLLOW_UPS: &[&str] = &["mine", "rn", "since"];

/// How far behind the clause of a sign it may be followed up, in words of any kind.
const FOLLOW_UP_WORDS: usize = 12;

/// How far from a sign turns of phrase are weighed, in words of any kind: in a post without punctuation, those
/// further away are about something else.
const CLAUSE_WORDS: usize = 20;

/// Whether the word before the sign makes it something else.
pub(super) fn is_figure_of_speech(sentence: &Sentence<'_>, occurrence: &Occurrence) -> bool {
    let first = occurrence.first();
    first > 0 && FIGURES.contains(&(sentence.text(first - 1), sentence.text(first)))
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
    pub fn is_hypothetical(&self, sentence: &Sentence<'_>, occurrence: &Occurrence) -> bool {
        let clause = clause(sentence, occurrence);
        let mut weight = 0;
        let mut place = clause.start;
        while place < clause.end {
            let Some(turn) = self.turn_at(sentence, place, clause.end) else {
                place += 1;
                continue;
            };
            let end = place + 1 + turn.rest.len();
            let in_sign = occurrence.places.iter().any(|(taken, _)| (place..end).contains(taken));
            let counts = !turn.opener || place < occurrence.first();
            if counts && !in_sign {
                weight += turn.weight;
            }
            place = end;
        }
        let before = occurrence.first().checked_sub(1).filter(|before| clause.contains(before));
        weight += before.map_or(0, |before| weight_before(sentence, before, &clause));
        weight > 0 && !is_followed_up(sentence, clause.end)
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

/// What the word at `before`, the last one before a sign, weighs by standing there.
fn weight_before(sentence: &Sentence<'_>, before: usize, clause: &Range<usize>) -> i32 {
    let word = sentence.text(before);
    if OWNERS.contains(&word) {
        OWNER_WEIGHT
    } else if before == clause.start && BARE_OPENERS.contains(&word) {
        BARE_OPENER_WEIGHT
    } else {
        0
    }
}

/// Whether soon behind `end` somebody turns out to have what was asked about. "Since i am new" gives a reason, not a
/// time.
fn is_followed_up(sentence: &Sentence<'_>, end: usize) -> bool {
    let behind: Vec<&str> = sentence.words[end..]
        .iter()
        .chain(sentence.rest)
        .take(FOLLOW_UP_WORDS)
        .map(|word| word.text.as_str())
        .collect();
    let followed = |at: usize| behind.get(at + 1).copied().unwrap_or_default();
    (0..behind.len()).any(|at| FOLLOW_UPS.contains(&behind[at]) && !JOINED_SUBJECTS.contains(&followed(at)))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_turn_of_phrase_has_two_weights() {
        let turns = || TURNS.iter().chain(OPENERS).flat_map(|(_, turns)| *turns);
        let distinct: std::collections::HashSet<_> = turns().collect();
        assert_eq!(distinct.len(), turns().count());
    }
}
