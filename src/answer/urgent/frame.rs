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
    "alternative to", "alternatives to", "am researching", "anyone heard of", "appointment is tomorrow",
    "appointment tomorrow", "appointments tomorrow", "as a nurse", "asking for a blog", "before buying",
    "before i book", "before i buy", "before i decide", "before i do it", "before i go", "before i start",
    "before i try it", "before my appointment", "before my first", "before my session", "before trying it",
    "bit nervous to", "blog post", "book i read", "but curious", "certification exam", "consent form",
    "curious i never", "did an article", "do you have a policy", "documentary", "doing a survey", "exam", "for a blog",
    "for a class", "for a course", "for my class", "for my clients", "for my course", "for our clients",
    "for our handout", "for our website", "for the website", "for uni", "for work", "fun fact", "general psa",
    "general q", "general question", "handout", "have not booked", "have not bought", "have not done it",
    "have not even", "have not had it done", "have not started", "have not tried it", "homework", "hypothetically",
    "i know the rules", "i teach", "in a movie", "in the movie", "in the novel", "in theory", "is a myth",
    "is it true that", "is that a myth", "is this a myth", "just a question", "just asking", "just curious",
    "just gathering", "just planning", "just reading", "just researching", "just wondering", "lyrics",
    "making a checklist", "med school", "my assignment", "my clients", "my first appointment is",
    "my first session is next", "my patients", "my presentation", "my thesis", "myth or fact", "nervous to start",
    "never done it", "never tried it", "no appointment yet", "not bought the", "not me general", "nursing school",
    "old wives", "only planning", "our aftercare page", "our aftercare sheet", "out of curiosity", "planning ahead",
    "podcast", "poster", "preparing for my", "pronounce", "pronounced", "protocol", "psa", "purely theoretical",
    "quick poll", "quiz", "reminder that", "researching", "sounds fake", "sounds made up", "stop scaring",
    "study group", "stupid hypothetical", "that is not me", "the article", "the leaflet", "the rule is", "the wiki",
    "theory question", "thinking of starting", "training course", "trivia", "urban legend", "urban myth",
    "what are the odds", "what vaccines", "which vaccines", "writing a consent", "writing a paper", "writing an exam",
    "wrote a paper",
];

/// What such a turn weighs.
const CURIOUS_WEIGHT: i32 = 2;

/// Turns of phrase that, anywhere in a message, tell that it is about a story somebody made up.
#[rustfmt::skip]
const FICTION: &[&str] = &[
    "a character", "a dream that", "a novel", "best episode", "book where", "comedy sketch", "crime drama",
    "crime novel", "crime show", "documentary about", "drama where", "dreamed", "dreamt", "episode where", "fanfic",
    "film where", "for halloween", "in my dream", "in that movie", "in the news", "in the series", "movie scene",
    "movie when", "movie where", "my character", "my novel", "on the news", "plot twist", "plot where", "reality show",
    "role play", "roleplay", "scene where", "screenplay", "season finale", "series where", "sfx makeup", "short story",
    "show where", "soap opera", "storyline", "that plot", "the character", "the novel", "thriller", "video game",
    "villain",
];

/// What such a turn weighs.
const FICTION_WEIGHT: i32 = 4;

/// Turns of phrase that, anywhere in a message, tell that what would harm its writer is kept away from.
#[rustfmt::skip]
const AVOIDED: &[&str] = &[
    "so i am cancelling", "so i am postponing", "so i avoid it", "so i avoid that", "so i avoid them",
    "so i avoid those", "so i cancelled", "so i do without", "so i go without", "so i never use", "so i postponed",
    "so i rescheduled", "so i skip it", "so i skip numbing", "so i skip that", "that is why i avoid",
    "that is why i do not use", "that is why i never use", "that is why i skip",
];

/// What such a turn weighs.
const AVOIDED_WEIGHT: i32 = 5;

/// Turns of phrase that, anywhere behind a sign, tell that it is over.
#[rustfmt::skip]
const OVER: &[&str] = &[
    "all better for", "all clear", "all clear now", "all done after", "all dry now", "all feeling back", "all fine now",
    "all fine since", "all gone", "all good", "all good now", "all healed", "all healed now", "all is well",
    "all smooth", "all sorted", "all wore off", "almost gone", "always 36", "always goes down", "ancient history",
    "and was fine", "and was golden", "and wore off", "antibiotics cleared", "antibiotics fixed", "antibiotics sorted",
    "back to normal", "back to porcelain", "been clear since", "been fine since", "been good since",
    "but it was not an", "but it was not anything", "but it was not infected", "but it was nothing", "calmed down",
    "calmed right down", "came back clear", "came back negative", "caught it in time", "checked me over",
    "checked out fine", "checked out ok", "clear by", "clear now", "clear since", "cleared by", "cleared in a",
    "cleared me", "cleared right up", "cleared up", "closed up in", "completely fine", "completely gone",
    "completely healed", "cured", "derm said it is fine", "derm said it is normal", "derm says it is fine",
    "dermatologist said it is fine", "disappeared", "doc said it is fine", "doc said it is normal",
    "doctor said it is fine", "doctor said it is normal", "doctor says it is fine", "doctor says it is normal",
    "down by dinner", "down by morning", "dried by", "dried overnight", "dried up", "dried up by", "everything healed",
    "everything is fine", "faded after", "faded by", "faded in", "faded overnight", "faded to nothing", "faded within",
    "false alarm", "feeling is back", "fine after", "fine after that", "fine again", "fine by", "fine now",
    "fine since", "fine today", "finished antibiotics", "finished my antibiotics", "finished the antibiotics",
    "flat again", "flat by", "fresh pink skin", "fully cleared", "fully healed", "fully recovered",
    "gave me the all clear", "gave steroids all fine", "given the all clear", "goes down by morning", "gone after",
    "gone by", "gone by bedtime", "gone by dinner", "gone by lunch", "gone in", "gone in the morning", "gone on day",
    "gone the next", "gone the next morning", "gone this morning", "gone within", "good now", "got the all clear",
    "got to it in time", "grabbed it in time", "has healed", "has not come back", "has worn off", "have not come back",
    "he admitted it", "he is good now", "he was fine", "healed completely", "healed fine", "healed in",
    "healed perfectly", "healed up", "healed well", "healed without", "i had just slept", "i was fine", "in remission",
    "in the end it was", "is all gone", "is always 36", "is back to normal", "is fine now", "is going down after",
    "is healed", "it is always 36", "it is gone now", "it is normal healing", "it passed", "it was just an ingrown",
    "it went down by", "it wore off", "its always 36", "just a scare", "just in time", "learned my lesson",
    "learnt my lesson", "less and less", "less each day", "less every day", "lesson learned", "lesson learnt",
    "long gone", "mine stopped after", "mine stopped in", "mostly gone", "nearly gone", "never again since",
    "never came back", "never found out", "never happened again", "never happened since", "nine years clean",
    "no issue", "no issues", "no issues since", "no problem since", "no problems since", "normal again",
    "normal again today", "normal healing", "not happened since", "nothing serious", "nothing to treat",
    "nothing to worry about", "now it is fine", "ok after a night", "ok now", "okay now", "okayed me",
    "okayed microneedling", "outgrew", "over in", "passed after", "passed in", "passed on its own", "pink and fresh",
    "pink new skin", "recovered fully", "resolved", "said it was nothing", "said normal healing", "says it is normal",
    "scan was clear", "scan was fine", "settled by", "settled down", "she admitted it", "she is good now",
    "she was fine", "since healed", "skin is clear", "skins clear", "smooth today", "sorted it", "sorted itself",
    "sorted now", "stopped after a few", "stopped after a minute", "stopped after two minutes",
    "stopped by itself after", "stopped within", "story of the past", "subsided", "swabbed negative",
    "test was negative", "tested negative", "tests were negative", "that passed", "that wore off", "then it dried",
    "they wore off", "totally gone", "turned out fine", "turned out it is", "turned out it was", "turned out not",
    "turned out the", "turned out to be just", "turned out to be nothing", "turns out it is just", "turns out it was",
    "was an ingrown", "was cleared by", "was fine after", "was fine in", "was fine within", "was for nothing",
    "was gone by", "was nothing in the end", "was ok after", "was okay after", "washed right off", "went away",
    "went back to normal", "went down by", "went down on its own", "went down overnight", "went down within",
    "went off in", "which wore off", "without a mark", "wore off after", "wore off by", "wore off in",
    "wore off within", "worn off now", "years clean",
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
