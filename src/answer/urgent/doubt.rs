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
use crate::matching::words::{Ending, Word};

/// Turns of phrase by weight. Positive ones speak of what may be, negative ones of what is there: 1 is a hint, 2 is
/// plain by itself, 3 holds beside a plain one of the other kind. Those of weight 0 begin like another and are
/// none. Of turns that begin alike, the longest counts.
#[rustfmt::skip]
const TURNS: &[(i32, &[&str])] = &[
    (6, &[
        "from cheering", "from crying", "from crying at", "from kissing", "from laughing", "from onions",
        "from singing", "from sleeping on", "from the fumes of", "from the smell", "from yelling", "just reading",
        "just thinking", "just typing", "laughing so hard",
    ]),
    (5, &[
        "ages ago", "as a baby", "as a child", "as a kid", "as a teen", "as a teenager", "back in", "before each",
        "before every", "before my first", "decades ago", "hypothetically", "i used to", "in childhood", "in my teens",
        "in my twenties", "last year", "long ago", "what if", "when i was a", "when i was little", "when i was young",
        "when i was younger", "year ago", "years ago", "years back",
    ]),
    (4, &[
        "a dream where", "a year back", "according to", "afraid of getting", "afraid to get", "all my life",
        "as a joke", "at a concert", "back then", "back when", "because of covid", "biggest fear", "biggest worry",
        "contraindication", "contraindications", "could happen", "could suffer", "each spring", "each summer",
        "each winter", "each year", "every autumn", "every pimple", "every spring", "every summer", "every winter",
        "every year", "few years back", "fine print", "first aid course", "first time i ever", "for years",
        "friend of a friend", "friend of mine once", "from covid", "from screaming at", "from the gym", "had a dream",
        "hate to", "horror stories", "horror story", "how to tell", "id hate", "if i ever", "if i get", "if i got",
        "if i had", "if there is", "if there was", "imagine", "in a dream", "in another group", "in april", "in august",
        "in december", "in february", "in january", "in july", "in june", "in march", "in may", "in november",
        "in october", "in september", "in the news", "in the past", "in the show", "is it possible", "it is possible",
        "last month", "last month is", "leaflet says", "long time ago", "made me sign", "made up", "made us sign",
        "main fear", "main worry", "makes me sign", "makes you sign", "memes", "months ago", "my cat got", "my cat had",
        "my cat has", "my dog got", "my dog had", "my dog has", "my fear is", "my horse has", "my whole life",
        "my worry is", "news story", "nightmare about", "nightmares about", "not me assuming", "on google",
        "on instagram", "on reddit", "on tiktok", "on youtube", "once had", "only worry", "person in another", "prices",
        "said i would", "says i will", "says it will", "says it would", "scared of getting", "scared to get",
        "sessions ago", "since childhood", "small print", "somebody in another", "someone in another", "stories about",
        "story about", "suppose", "supposing", "tells that story", "terms and conditions", "that price", "the faq says",
        "the label says", "the leaflet says", "the price", "the warning says", "the website says", "thinks i will",
        "thinks i would", "thinks it will", "thinks it would", "thriller", "told me about", "two years back",
        "used to get", "used to have", "waiver", "was from covid", "weeks back", "what would happen",
        "what would you do", "when i first started", "when i heard the price", "when i saw the bill",
        "when i saw the price", "when i was in", "when i was pregnant", "when they told me", "with covid",
        "worried i will", "worried i would", "worried it will", "worst nightmare", "worst that can happen",
        "worst that could happen", "would hate",
    ]),
    (3, &[
        "afraid of", "allergy to", "almost ate", "almost drank", "almost swallowed", "anxious about", "as usual",
        "asked about", "at what point", "avoid", "avoiding", "booklet", "chance", "chances", "common",
        "concerned about", "convinced i would", "cost", "costs", "count as", "counts as", "danger of",
        "do i need to worry about", "do not want", "do not want to get", "easy to", "fear", "fear of", "frequent",
        "history of", "hope i do not", "how can i tell", "how do i know", "how do i tell", "how do you know",
        "how often", "how to know", "how to recognise", "how to recognize", "how to spot", "how will i know",
        "how would", "how would i know", "how would i notice", "if", "in case", "in general", "in the event",
        "last summer", "last time", "last winter", "learned about", "learnt about", "let us say", "like always",
        "likelihood", "likely", "made me want to", "makes me want to", "nearly ate", "nearly drank", "nearly swallowed",
        "nervous about", "normal for me", "odds", "paranoid about", "possibility", "prepared for", "prevent",
        "preventing", "prevention", "prone to", "rate", "rates", "red flags", "risk", "risks", "say someone",
        "says call", "scared of", "scenario", "should i ever", "side effect", "side effects", "sign of", "signs of",
        "symptom of", "symptoms of", "tend to", "terrified of", "the disclaimer", "the form", "the guide says",
        "thought i had", "thought my", "to avoid", "trying to avoid", "unless", "used to", "usual for", "waiting for",
        "warning signs", "warns", "was from", "watch for", "watch out", "what causes", "what do you do if",
        "what happens if", "what makes", "what temperature", "what to do if", "when should", "who else",
        "worried about", "worst case",
    ]),
    (2, &[
        "a guy who", "a post", "a thread", "a video", "a woman who", "afraid", "allergic to", "article", "can you die",
        "cause", "causes", "considered", "could you die", "do i bleed", "do i get", "easily", "excited", "frequently",
        "generally", "go see a doctor", "guy says", "heard", "in a show", "in an episode", "in class", "in college",
        "in high school", "in school", "in the film", "in the movie", "joked", "joking that", "lead to", "listed",
        "lists", "look for", "look out", "means", "meant", "my cat", "my dog", "my kitten", "my puppy", "nervous",
        "normally", "on the show", "once", "pandemic", "part of", "part of normal", "patients", "people", "people say",
        "possible", "post about", "rare", "read about", "read that", "result in", "risky", "saw a post", "scared",
        "see a doctor if", "somebody", "someone", "sometimes", "the cat", "the dog", "the pics", "the vet", "the video",
        "they say", "this woman", "typically", "usually", "when do", "when you", "whenever", "will i get", "worried",
        "worry about", "would i get", "you need to see", "you should see a doctor", "your doctor", "your provider",
        "youtube",
    ]),
    (1, &[
        "always", "anybody", "anyone", "caused by", "ever", "everyone", "mean", "supposed to", "whatever", "you",
    ]),
    (0, &[
        "about to", "anyone had", "anyone know", "are you", "as if someone", "at once", "bad if", "can anyone",
        "can barely", "can be", "can feel", "can hardly", "can i apply", "can i put", "can i still", "can i take",
        "can i use", "can i wear", "can not", "can see", "can smell", "can somebody", "can someone", "can this",
        "cause i", "cause it", "cause my", "cause of", "cause she", "cause the", "could be", "could it be", "could not",
        "could that be", "could this", "do i", "do i get rid", "do i get rid of", "do not", "do these", "do you think",
        "does anyone know", "does he", "does it feel", "does it look", "does it say", "does my", "does not", "does she",
        "does that", "does this", "everyone would", "fine if", "hate to admit", "hate to ask", "hate to be",
        "hate to bother", "hate to say", "hate to tell", "how do i get", "how to get", "i fear", "i have a question",
        "i have never", "i have not", "i may", "i might", "idea if", "idk if", "if i press", "if i squeeze",
        "if i touch", "if no one hears", "if nobody hears", "if you do not hear", "is it ok if", "is it okay if",
        "is there a", "is there anything", "know if", "like somebody", "like someone", "may be", "may have", "might be",
        "might have", "my cat ate", "my cat licked", "my dog ate", "my dog chewed", "my dog licked", "my dog swallowed",
        "no one would", "nobody would", "normal if", "not can", "not know if", "ok if", "okay if", "once i", "once it",
        "once the", "red flags i", "should i worry about", "somebody help", "somebody tell me", "someone help",
        "someone is sitting", "someone is standing", "someone please", "someone sits", "someone sitting",
        "someone standing", "someone stands", "someone tell me", "sure if", "they would", "to do", "to you",
        "unsure if", "used to be", "wake up ever", "weird if", "what can i", "what do i", "what should i", "will not",
        "wish i could", "wonder if", "wondering if", "world would", "would not", "would rather", "would that",
        "would this", "would you go", "would you say",
    ]),
    (-1, &[
        "i am", "is normal", "is ok", "my", "our", "this",
    ]),
    (-2, &[
        "again", "ago", "already", "anybody else", "anybody elses", "anyone else", "anyone elses", "comes out",
        "coming out", "do i drain", "do i pop", "habe", "help", "her", "his", "how do i clean", "how do i drain",
        "how do i get it out", "how do i get rid of", "how do i stop", "how do i treat", "i had", "i see", "i think",
        "ich", "is it ok", "is it okay", "is that", "it has", "it is", "keeps", "mean if", "should i worry", "started",
        "still", "tengo", "they are", "today", "tonight", "we have", "with a", "with an", "yesterday",
    ]),
    (-3, &[
        "and now", "are my", "currently", "ever since", "he has", "he is", "i feel", "i got", "i have", "i noticed",
        "if this", "is it normal", "is it usual", "is my", "is this", "last night", "mine", "normal", "now", "rn",
        "she has", "she is", "since", "there are", "there is", "this is", "this morning", "what is the point", "why my",
        "woke",
    ]),
];

/// What a year weighs: what happened in one is long over.
const YEAR_WEIGHT: i32 = 5;

/// Turns of phrase that ask about what stands behind them, by weight; behind a sign they ask about something else:
/// "pus on my chin, *can* i swim".
#[rustfmt::skip]
const OPENERS: &[(i32, &[&str])] = &[
    (3, &["would"]),
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
