//! Denial: whether a sentence says that a sign is not there, or no longer.
//!
//! From each word of a sign the sentence is walked backwards. The walk passes over words that a negation reaches
//! across ("no *signs of* infection", "not *really feeling any* chills") and ends at a negator, which denies the
//! sign, or at a word that begins a new statement ("no fever *but*", "not sure *why i*"), beyond which no negation
//! reaches. Behind the sign, what was has come to an end ("the swelling *went down*").

use super::sentence::Sentence;
use super::sign::Occurrence;
use crate::matching::words::Ending;

/// Words that deny what follows them.
#[rustfmt::skip]
const NEGATORS: &[&str] = &[
    "aint", "denied", "denies", "doubt", "free", "lack", "neither", "never", "no", "non", "none", "nor", "not",
    "nothing", "ruled", "stopped", "without", "zero",
];

/// Words that say nearly as much as a negation: enough for a sign that is negated itself ("can barely breathe"),
/// too little to deny one ("hardly any pus").
const NEAR_NEGATORS: &[&str] = &["barely", "hardly", "scarcely", "unable"];

/// Negators of a whole noun phrase: "no *bad yellow* pus", "without fever and chills".
const DETERMINERS: &[&str] = &["free", "lack", "neither", "no", "none", "nor", "without", "zero"];

/// Words with "not" that negate a verb; a sign behind that verb is no part of it: "can not sleep feverish".
const MODALS: &[&str] = &["can", "could", "should", "will", "would"];

/// Words that a negation reaches across, beside little words and words of signs.
#[rustfmt::skip]
const TRANSPARENT_WORDS: &[&str] = &[
    "all", "any", "anymore", "anything", "anywhere", "at", "bad", "become", "becoming", "big", "bit", "catch",
    "come", "develop", "developed", "developing", "end", "ending", "even", "ever", "experience", "experienced",
    "experiencing", "feel", "feeling", "felt", "find", "for", "from", "further", "get", "gets", "getting", "give",
    "got", "had", "hope", "into", "least", "little", "longer", "look", "looking", "looks", "lot", "more", "much",
    "notice", "noticed", "noticing", "one", "risk", "run", "running", "see", "seeing", "seem", "seems", "seen",
    "severe", "show", "showing", "sign", "signs", "single", "slightest", "smell", "smells", "suffer", "symptom",
    "symptoms", "think", "trace", "turn", "turned", "up", "want", "wanting", "way", "weird", "yet",
];

/// Words beyond which no negation reaches: they begin a statement, or a negation before them is spent on them.
#[rustfmt::skip]
const SPENT_ON: &[&str] = &[
    "although", "away", "because", "better", "bother", "but", "care", "clue", "cool", "day", "days", "doubtful", "eat",
    "except", "explain", "fine", "fun", "good", "great", "heal", "healed", "healing", "help", "helped", "helping",
    "helps", "hours", "how", "however", "idea", "if", "instead", "joke", "just", "kidding", "know", "lie", "matter",
    "merely", "move", "nice", "night", "normal", "now", "ok", "okay", "only", "open", "quit", "reach", "rid", "right",
    "since", "sleep", "sleeping", "slept", "so", "stand", "still", "stop", "such", "sure", "tell", "then", "this",
    "though", "today", "tonight", "touch", "understand", "until", "wait", "week", "well", "what", "when", "where",
    "whether", "while", "why", "wonder", "work", "yes", "yesterday",
];

/// Words that begin a statement of their own, unless a [carrier](CARRIERS) stands before them.
#[rustfmt::skip]
const SUBJECTS: &[&str] = &[
    "he", "her", "his", "i", "it", "its", "mine", "my", "our", "she", "that", "there", "they", "this", "we", "you",
];

/// Verbs whose negation means the statement behind them: "i do not *think* it is infected".
#[rustfmt::skip]
const CARRIERS: &[&str] = &[
    "believe", "call", "doubt", "feel", "find", "get", "in", "like", "make", "mean", "notice", "on", "say", "see",
    "that", "think",
];

/// How many other words a negation may reach across: "no *crazy neon* pus".
const REACH_STRANGERS: usize = 1;

/// As far as a walk goes, in words of any kind.
const WALK_WORDS: usize = 14;

/// How far before a word the negation that belongs to a sign may stand: "can *not get it to* stop".
const OWN_NEGATION_WORDS: usize = 4;

/// How far behind a sign its end may be told: "the fever *i had is finally* gone".
const END_WORDS: usize = 11;

/// Words that tell the end of what stands before them; "went" only with one of [`WENT_WHERE`].
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "absent", "cleared", "disappeared", "ended", "faded", "fading", "free", "gone", "healed", "none", "resolved",
    "stopped", "subsided", "subsiding", "vanished",
];

/// Where what "went" has ended.
const WENT_WHERE: &[&str] = &["away", "down"];

/// Words that make "gone" a change or a way, no end: "the redness has gone *onto* my neck".
const GONE_ON: &[&str] = &[
    "across", "all", "beyond", "black", "blue", "dark", "down", "further", "green", "grey", "hard", "into", "onto",
    "past", "purple", "to", "up", "white", "yellow",
];

/// Words that make a negation behind a sign its end: "the pus is not *there anymore*".
const NO_LONGER: &[&str] = &["anymore", "longer", "present", "there"];

/// Words behind "not there" that make the sign a new one: "that was not there *before*".
const UNTIL_THEN: &[&str] = &["before", "earlier", "hour", "last", "morning", "till", "until", "when", "yesterday"];

/// Words that take up a sign in a new statement, which may tell its end: "had a fever but *it* is gone".
const REFERRING: &[&str] = &["it", "its", "that", "they"];

/// How soon after its end a return may be told, in words.
const RETURN_WORDS: usize = 10;

/// Words that take an end back: "the fever went down but is *back*".
const RETURNS: &[&str] = &["back", "returned", "returns", "worse"];

/// Words that, behind a comma, colon or question mark, deny what stands before it.
const ANSWERS: &[&str] = &["0", "nah", "negative", "never", "nil", "no", "none", "nope", "nothing", "zero"];

/// Words behind "none of" with which it denies what was named.
const REFERRED: &[&str] = &["that", "them", "these", "this", "those"];

/// Whether `word` denies what follows it.
pub(super) fn is_negator(word: &str) -> bool {
    NEGATORS.binary_search(&word).is_ok()
}

/// Whether a negation stands closely before `place`, as signs mean it that contain one.
pub(super) fn is_negated(sentence: &Sentence<'_>, place: usize) -> bool {
    let before = (0..place).rev().take(OWN_NEGATION_WORDS);
    before
        .take_while(|at| !sentence.ends_clause(*at) && SPENT_ON.binary_search(&sentence.text(*at)).is_err())
        .map(|at| (at, sentence.text(at)))
        .any(|(at, word)| NEAR_NEGATORS.contains(&word) || (is_negator(word) && (word != "no" || at + 1 == place)))
}

/// Whether `sentence` says that the sign is not there, or no longer.
pub(super) fn is_denied(sentence: &Sentence<'_>, occurrence: &Occurrence) -> bool {
    let mut floor = 0;
    for (place, negated) in &occurrence.places {
        if !negated && is_reached_by_negation(sentence, *place, floor) {
            return true;
        }
        floor = place + 1;
    }
    is_answered_no(sentence, occurrence.last())
        || has_ended(sentence, occurrence.last())
        || has_ended_between(sentence, occurrence)
}

/// Whether an end is told between the words of the sign: "swelling *went down* overnight".
fn has_ended_between(sentence: &Sentence<'_>, occurrence: &Occurrence) -> bool {
    let of_sign = |place: usize| occurrence.extents.iter().any(|wording| wording.contains(&place));
    (occurrence.first() + 1..occurrence.last().saturating_sub(1)).any(|at| {
        sentence.text(at) == "went" && WENT_WHERE.contains(&sentence.text(at + 1)) && !of_sign(at) && !of_sign(at + 1)
    })
}

/// Whether walking backwards from `place`, no further than `floor`, meets a negator that reaches it.
fn is_reached_by_negation(sentence: &Sentence<'_>, place: usize, floor: usize) -> bool {
    let mut strangers = 0;
    let mut joined = false;
    for at in (floor..place).rev().take(WALK_WORDS) {
        let word = sentence.text(at);
        if sentence.ends_clause(at) && !is_list_comma(sentence, at) {
            return false;
        }
        if is_negator(word) {
            return strangers <= reach(sentence, at)
                && (!joined || DETERMINERS.contains(&word))
                && !is_double(sentence, at)
                && !is_superlative(sentence, at, place);
        }
        if SPENT_ON.binary_search(&word).is_ok() || (SUBJECTS.binary_search(&word).is_ok() && !is_carried(sentence, at))
        {
            return false;
        }
        if word == "and" {
            if sentence.bare_item(at + 1).is_none() {
                return false;
            }
            joined = true;
        }
        let transparent =
            sentence.little[at] || sentence.is_symptom(at) || TRANSPARENT_WORDS.binary_search(&word).is_ok();
        strangers += usize::from(!transparent);
    }
    false
}

/// How many words that are not transparent the negator at `place` reaches across.
fn reach(sentence: &Sentence<'_>, place: usize) -> usize {
    let modal = place.checked_sub(1).is_some_and(|before| MODALS.contains(&sentence.text(before)));
    if modal { 0 } else { REACH_STRANGERS }
}

/// Whether the negator at `place` is negated itself: "no doubt", "has not stopped".
fn is_double(sentence: &Sentence<'_>, place: usize) -> bool {
    place.checked_sub(1).is_some_and(|before| is_negator(sentence.text(before)) && !sentence.ends_clause(before))
}

/// Whether "never" at `negator` compares the sign at `place` with one that is there: "never had a fever *this* high".
fn is_superlative(sentence: &Sentence<'_>, negator: usize, place: usize) -> bool {
    let behind: Vec<&str> = sentence.words[place..].iter().take(END_WORDS).map(|word| word.text.as_str()).collect();
    let compares =
        |pair: &[&str]| pair[0] == "before" && matches!(pair[1], "last" | "now" | "this" | "today" | "yesterday");
    sentence.text(negator) == "never"
        && (behind.iter().any(|word| matches!(*word, "this" | "till" | "until")) || behind.windows(2).any(compares))
}

/// Whether the subject at `place` belongs to a statement that a verb before it introduces.
fn is_carried(sentence: &Sentence<'_>, place: usize) -> bool {
    place.checked_sub(1).is_some_and(|before| CARRIERS.binary_search(&sentence.text(before)).is_ok())
}

/// Whether the comma behind `place` stands in a list of bare things, such as "fever, chills or pus": the item
/// behind it is bare, and so is one on either side of that, or "or" joins them. "No fever, yellow pus" is no list.
fn is_list_comma(sentence: &Sentence<'_>, place: usize) -> bool {
    let Some(end) = sentence.bare_item(place + 1) else { return false };
    let joined = (place + 1..sentence.words.len()).take(WALK_WORDS).any(|at| matches!(sentence.text(at), "or" | "nor"));
    let start = (0..place).rev().take(WALK_WORDS).find(|at| sentence.ends_clause(*at)).map(|comma| comma + 1);
    joined || sentence.bare_item(end).is_some() || start.is_some_and(|start| sentence.bare_item(start).is_some())
}

/// Whether the word behind `last`, or behind the list that it stands in, answers the sign with a no: "fever? *none*",
/// "fever or pus? *none* of that". A no that goes on is about something else: "i cannot breathe. no fever".
fn is_answered_no(sentence: &Sentence<'_>, last: usize) -> bool {
    let in_list = |at: &usize| sentence.is_symptom(*at) || matches!(sentence.text(*at), "and" | "or");
    let last = (last + 1..sentence.words.len()).take_while(in_list).last().unwrap_or(last);
    let mut behind = sentence.words[last + 1..].iter().chain(sentence.rest);
    let Some(answer) = behind.next().filter(|_| sentence.ends_clause(last)) else { return false };
    let of = behind.next().is_some_and(|of| answer.text == "none" && of.text == "of");
    let refers = of && behind.next().is_some_and(|word| REFERRED.contains(&word.text.as_str()));
    ANSWERS.contains(&answer.text.as_str()) && (answer.ending != Ending::None || refers)
}

/// Whether the words behind `last` tell that what it belongs to is over.
fn has_ended(sentence: &Sentence<'_>, last: usize) -> bool {
    let end = sentence.words.len().min(last + 1 + END_WORDS);
    for at in last + 1..end {
        if begins_other_statement(sentence, at) {
            return false;
        }
        let behind = |words: &[&str], most: usize| {
            sentence.words[at + 1..].iter().take(most).any(|word| words.contains(&word.text.as_str()))
        };
        match sentence.text(at) {
            "gone" if behind(GONE_ON, 1) => return false,
            word if ENDINGS.contains(&word) => return !behind(RETURNS, RETURN_WORDS),
            "went" if behind(WENT_WHERE, 1) => return !behind(RETURNS, RETURN_WORDS),
            word if is_negator(word) => return behind(NO_LONGER, END_WORDS) && !behind(UNTIL_THEN, END_WORDS),
            _ => {}
        }
    }
    false
}

/// Whether at `place` begins a statement that does not take up what stands before it.
fn begins_other_statement(sentence: &Sentence<'_>, place: usize) -> bool {
    let joined = matches!(sentence.text(place), "and" | "but");
    let subject = sentence.words.get(place + usize::from(joined)).map_or("", |word| word.text.as_str());
    (joined || sentence.ends_clause(place - 1)) && !REFERRING.contains(&subject)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_for_the_search() {
        for table in [NEGATORS, TRANSPARENT_WORDS, SPENT_ON, SUBJECTS, CARRIERS] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }
}
