//! Frame: what a message as a whole says about the signs in it.
//!
//! Somebody who is "just curious" or tells of "a thriller" names signs that nobody has, what somebody "avoids" is kept
//! away, and what "healed fine" is over. All of these weigh on every clause, as [`doubt`](super::doubt) does for what
//! stands within it.

use std::collections::HashMap;

use crate::matching::words::{Ending, Word};

/// Turns of phrase that, anywhere in a message, tell that its writer only wants to know.
#[rustfmt::skip]
const CURIOUS: &[&str] = &[
    "am researching", "asking for a blog", "before buying", "before i book", "before i buy", "before i decide",
    "before i go", "before i start", "before i try it", "before my appointment", "before my first", "before my session",
    "before trying it", "blog post", "consent form", "documentary", "exam", "for a class", "for a course",
    "for my class", "for my course", "for uni", "for work", "fun fact", "general psa", "general question",
    "have not booked", "have not started", "have not tried it", "homework", "hypothetically", "in a movie",
    "in the movie", "in the novel", "in theory", "is a myth", "is it true that", "is that a myth", "is this a myth",
    "just a question", "just asking", "just curious", "just gathering", "just planning", "just reading",
    "just researching", "just wondering", "lyrics", "med school", "my assignment", "my presentation", "my thesis",
    "myth or fact", "never done it", "never tried it", "nursing school", "out of curiosity", "planning ahead",
    "podcast", "protocol", "psa", "purely theoretical", "quiz", "researching", "study group", "the leaflet", "the wiki",
    "training course", "trivia", "urban legend", "urban myth", "what are the odds", "writing a paper",
];

/// What such a turn weighs.
const CURIOUS_WEIGHT: i32 = 2;

/// Turns of phrase that, anywhere in a message, tell that it is about a story somebody made up.
#[rustfmt::skip]
const FICTION: &[&str] = &[
    "a character", "a dream that", "a novel", "book where", "crime novel", "crime show", "documentary about",
    "drama where", "dreamed", "dreamt", "episode where", "film where", "for halloween", "in my dream", "in the series",
    "movie scene", "movie where", "my character", "my novel", "plot twist", "role play", "roleplay", "scene where",
    "screenplay", "series where", "short story", "show where", "soap opera", "storyline", "the character", "the novel",
    "thriller", "video game", "villain",
];

/// What such a turn weighs.
const FICTION_WEIGHT: i32 = 4;

/// Turns of phrase that, anywhere in a message, tell that what would harm its writer is kept away from.
#[rustfmt::skip]
const AVOIDED: &[&str] = &[
    "so i am cancelling", "so i am postponing", "so i avoid it", "so i avoid that", "so i avoid them",
    "so i avoid those", "so i cancelled", "so i do without", "so i go without", "so i postponed", "so i rescheduled",
    "so i skip it", "so i skip that", "that is why i avoid", "that is why i skip",
];

/// What such a turn weighs.
const AVOIDED_WEIGHT: i32 = 5;

/// Turns of phrase that, anywhere behind a sign, tell that it is over.
#[rustfmt::skip]
const OVER: &[&str] = &[
    "all better for", "all clear", "all fine now", "all gone", "all good", "all good now", "all healed", "almost gone",
    "antibiotics sorted", "back to normal", "calmed down", "came back negative", "cleared me", "cleared up",
    "completely fine", "completely gone", "completely healed", "cured", "disappeared", "doc said it is fine",
    "doc said it is normal", "doctor said it is fine", "doctor said it is normal", "doctor says it is fine",
    "doctor says it is normal", "dried up", "everything healed", "everything is fine", "false alarm", "fine after that",
    "fine again", "fine by", "fine now", "fine since", "finished the antibiotics", "fully cleared", "fully healed",
    "fully recovered", "gone by", "good now", "has healed", "has not come back", "has worn off", "have not come back",
    "healed completely", "healed fine", "healed in", "healed perfectly", "healed up", "healed well", "healed without",
    "in remission", "is all gone", "is fine now", "is healed", "it wore off", "less and less", "less every day",
    "lesson learned", "long gone", "mostly gone", "nearly gone", "never came back", "never happened again",
    "no issues since", "no problems since", "normal again", "normal healing", "not happened since", "nothing serious",
    "nothing to worry about", "ok now", "okay now", "passed on its own", "recovered fully", "resolved", "settled down",
    "since healed", "sorted it", "subsided", "test was negative", "tested negative", "tests were negative",
    "that passed", "totally gone", "turned out fine", "turned out to be nothing", "was fine after", "was fine in",
    "was for nothing", "was gone by", "went away", "went back to normal", "went down by", "went down on its own",
    "went down overnight", "went down within", "wore off after", "wore off by", "wore off in", "wore off within",
    "worn off now",
];

/// What such a turn weighs.
const OVER_WEIGHT: i32 = 5;

/// Words behind such a turn that take it back: "it went away. it is *back*".
const RETURNS: &[&str] = &["again", "back", "returned", "worse"];

/// Words with which "back" is a way: "all good, i *went* back to work".
const GOING: &[&str] = &["go", "going", "gone", "went"];

/// Words that take it back only in the same sentence: "it went away *but*…".
const CONTRASTS: &[&str] = &["but", "except", "however", "though", "until", "yet"];

/// How far behind it they may stand, in words of any kind.
const RETURN_WORDS: usize = 8;

/// The turns of phrase that frame messages.
#[derive(Debug)]
pub(super) struct Frames {
    /// Those that weigh on the whole message, with their weight.
    whole: [(Phrases, i32); 3],
    over: Phrases,
}

/// What a message as a whole says about the signs in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// What it adds to the weight of every clause.
    weight: i32,
    /// The place among the message's words where the last thing is told to be over.
    over: Option<usize>,
}

/// Turns of phrase by their first word.
#[derive(Debug)]
struct Phrases(HashMap<&'static str, Vec<Vec<&'static str>>>);

impl Frames {
    /// Prepares the turns of phrase.
    pub fn new() -> Self {
        let whole = [(CURIOUS, CURIOUS_WEIGHT), (FICTION, FICTION_WEIGHT), (AVOIDED, AVOIDED_WEIGHT)];
        Self { whole: whole.map(|(phrases, weight)| (Phrases::new(phrases), weight)), over: Phrases::new(OVER) }
    }

    /// The frame of the message `words`.
    pub fn read(&self, words: &[Word]) -> Frame {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let stands = |phrases: &Phrases| (0..texts.len()).any(|at| phrases.begins(&texts[at..]).is_some());
        let weights = self.whole.iter().filter(|(phrases, _)| stands(phrases)).map(|(_, weight)| *weight);
        let over = (0..texts.len()).rev().find(|at| {
            let turn = self.over.begins(&texts[*at..]);
            turn.is_some_and(|length| !is_taken_back(&words[at + length - 1..]))
        });
        Frame { weight: weights.max().unwrap_or(0), over }
    }
}

/// Whether soon behind the first of `words`, the last one of a turn of phrase, that is taken back.
fn is_taken_back(words: &[Word]) -> bool {
    let behind = || words.iter().skip(1).take(RETURN_WORDS);
    let length = words.iter().take(RETURN_WORDS).take_while(|word| word.ending < Ending::Sentence).count();
    let is_return = |pair: &[Word]| RETURNS.contains(&pair[1].text.as_str()) && !GOING.contains(&pair[0].text.as_str());
    words.windows(2).take(RETURN_WORDS).any(is_return)
        || behind().take(length).any(|word| CONTRASTS.contains(&word.text.as_str()))
}

impl Frame {
    /// Whether what stands at `place` among the message's words is told to be over.
    pub fn is_over(self, place: usize) -> bool {
        self.over.is_some_and(|over| over > place)
    }

    /// What it adds to the weight of the clause around a sign that ends at `place` among the message's words.
    pub fn weight_at(self, place: usize) -> i32 {
        self.weight + if self.is_over(place) { OVER_WEIGHT } else { 0 }
    }
}

impl Phrases {
    fn new(phrases: &[&'static str]) -> Self {
        let mut by_first_word: HashMap<&str, Vec<Vec<&str>>> = HashMap::new();
        for phrase in phrases {
            let words: Vec<&str> = phrase.split(' ').collect();
            by_first_word.entry(words[0]).or_default().push(words);
        }
        Self(by_first_word)
    }

    /// How many of `words` are the longest of the phrases that they begin with.
    fn begins(&self, words: &[&str]) -> Option<usize> {
        let phrases = self.0.get(words.first()?)?;
        phrases.iter().filter(|phrase| words.starts_with(phrase)).map(Vec::len).max()
    }
}
