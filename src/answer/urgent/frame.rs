//! Frame: what a message as a whole says about the signs in it.
//!
//! Somebody who is "just curious" names signs that nobody has, and what "healed fine" is over. Both weigh on every
//! clause, as [`doubt`](super::doubt) does for what stands within it.

use std::collections::HashMap;

use crate::matching::words::Word;

/// Turns of phrase that, anywhere in a message, tell that its writer only wants to know.
#[rustfmt::skip]
const CURIOUS: &[&str] = &[
    "am researching", "as a nurse", "before buying", "before i book", "before i buy", "before i decide",
    "before i start", "before my first", "bit nervous to", "but curious", "consent form", "did an article",
    "documentary", "exam", "for my clients", "for work", "handout", "have not booked", "have not done it",
    "have not even", "have not had it done", "have not started", "have not tried it", "homework", "hypothetically",
    "i teach", "in a movie", "in the movie", "in the novel", "in theory", "is a myth", "just a question",
    "just asking", "just curious", "just gathering", "just reading", "just researching", "just wondering", "lyrics",
    "making a checklist", "my clients", "my patients", "nervous to start", "never done it", "never tried it",
    "no appointment yet", "only planning", "out of curiosity", "poster", "pronounce", "pronounced", "protocol", "psa",
    "quick poll", "quiz", "reminder that", "researching", "the article", "the leaflet", "the rule is", "the wiki",
    "thinking of starting", "trivia", "writing an exam",
];

/// What such a turn weighs.
const CURIOUS_WEIGHT: i32 = 2;

/// Turns of phrase that, anywhere behind a sign, tell that it is over.
#[rustfmt::skip]
const OVER: &[&str] = &[
    "all clear now", "all fine now", "all good now", "all good", "all healed now", "all healed", "all is well",
    "ancient history", "back to normal", "but it was nothing", "calmed down", "clear now", "cleared me",
    "cleared right up", "cleared up", "completely fine", "disappeared", "dried up", "everything healed",
    "everything is fine", "fine after", "fine again", "fine by", "fine now", "fine since", "fine today", "flat again",
    "fully healed", "fully recovered", "gone after", "gone by", "gone in", "gone on day", "gone the next",
    "gone within", "good now", "has healed", "has not come back", "have not come back", "he was fine",
    "healed completely", "healed fine", "healed in", "healed perfectly", "healed up", "healed well", "healed without",
    "i was fine", "is healed", "it passed", "learned my lesson", "learnt my lesson", "lesson learned",
    "lesson learnt", "long gone", "never again since", "never came back", "never happened again", "no issue",
    "no issues since", "no issues", "no problem since", "no problems since", "normal again", "now it is fine",
    "ok now", "okay now", "outgrew", "over in", "passed in", "recovered fully", "resolved", "settled down",
    "she was fine", "since healed", "sorted itself", "sorted now", "subsided", "that passed", "then it dried",
    "turned out fine", "turned out the", "turned out to be nothing", "was fine after", "was fine in",
    "was fine within", "washed right off", "went away", "went back to normal", "without a mark",
];

/// What such a turn weighs.
const OVER_WEIGHT: i32 = 4;

/// Words behind such a turn that take it back: "it went away *but* is *back*".
const RETURNS: &[&str] = &["again", "back", "but", "except", "however", "returned", "though", "until", "worse", "yet"];

/// How far behind it they may stand, in words of any kind.
const RETURN_WORDS: usize = 8;

/// The turns of phrase that frame messages.
#[derive(Debug)]
pub(super) struct Frames {
    curious: Phrases,
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
        Self { curious: Phrases::new(CURIOUS), over: Phrases::new(OVER) }
    }

    /// The frame of the message `words`.
    pub fn read(&self, words: &[Word]) -> Frame {
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let curious = (0..texts.len()).any(|at| self.curious.begins(&texts[at..]).is_some());
        let over = (0..texts.len()).rev().find(|at| {
            let turn = self.over.begins(&texts[*at..]);
            turn.is_some_and(|length| {
                !texts[at + length..].iter().take(RETURN_WORDS).any(|word| RETURNS.contains(word))
            })
        });
        Frame { weight: if curious { CURIOUS_WEIGHT } else { 0 }, over }
    }
}

impl Frame {
    /// What it adds to the weight of the clause around a sign that ends at `place` among the message's words.
    pub fn weight_at(self, place: usize) -> i32 {
        let is_over = self.over.is_some_and(|over| over > place);
        self.weight + if is_over { OVER_WEIGHT } else { 0 }
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
