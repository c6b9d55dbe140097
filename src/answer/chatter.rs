//! Chatter: greetings, thanks and other messages that ask nothing, known in English alone. In the other languages that
//! questions are answered in, a greeting is held against the entries like any question.

use crate::matching::words::Word;

/// Words of which chatter consists. A message made of nothing else is no question.
#[rustfmt::skip]
const CHATTER: &[&str] = &[
    "a", "afternoon", "again", "agreed", "ah", "aha", "all", "alright", "amazing", "and", "anyone", "awesome",
    "bet", "birthday", "bot", "brb", "bro", "bye", "cheers", "congrats", "cool", "cya", "damn", "day", "dear",
    "dude", "evening", "everybody", "everyone", "exactly", "facts", "fam", "folks", "fr", "friday", "gg", "gm",
    "gn", "good", "goodbye", "goodmorning", "goodnight", "great", "greetings", "guys", "haha", "hahaha", "happy",
    "have", "hehe", "hello", "here", "hey", "heya", "heyy", "hi", "hii", "hiya", "hm", "hmm", "howdy", "idk",
    "ikr", "k", "kk", "lmao", "lmfao", "lol", "lolol", "lot", "lots", "love", "monday", "morning", "much", "nah",
    "needle", "nice", "night", "nights", "no", "nope", "np", "nvm", "oh", "ok", "okay", "okey", "omg", "ooh",
    "oops", "perfect", "ping", "please", "problem", "real", "rip", "rofl", "same", "so", "sorry", "sup", "sure",
    "sweet", "ta", "test", "testing", "thank", "thanks", "thankyou", "there", "too", "true", "ty", "tysm", "very",
    "wb", "weekend", "welcome", "well", "wow", "wtf", "xd", "xoxo", "y", "ya", "yay", "yea", "yeah", "yep", "yes",
    "yo", "you", "your", "yup",
];

/// Whole messages that are chatter though their words occur in questions too.
#[rustfmt::skip]
const CHATTER_PHRASES: &[&str] = &[
    "all good", "are you a bot", "are you there", "can you help me", "catch you later", "good day",
    "have a good day", "have a great day", "have a nice day", "help", "help me", "how are you",
    "how are you doing", "how are you today", "how do you do", "how is everyone", "how is it going", "i am back",
    "i am bored", "i am here", "i have a question", "i love this server", "i need help", "is anyone here",
    "just testing", "long time no see", "never mind", "nice to meet you", "no worries", "see you",
    "see you later", "talk to you later", "thanks for the help", "thanks for your help", "that is great",
    "that is nice", "this is great", "what is new", "what is up", "who are you",
];

/// Whether a message asks nothing: it has no words, or only words of chatter.
pub(super) fn is_chatter(words: &[Word]) -> bool {
    let known = |text: &str| CHATTER.iter().any(|word| single(text).eq(single(word)));
    // What is left without greetings around it: "hey guys, how are you today?"
    let core: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let start = core.iter().position(|text| !known(text)).unwrap_or(core.len());
    let end = core.iter().rposition(|text| !known(text)).map_or(start, |last| last + 1);
    let is_phrase = |words: &[&str]| CHATTER_PHRASES.binary_search(&words.join(" ").as_str()).is_ok();
    start == end || is_phrase(&core[start..end]) || is_phrase(&core) || is_phrase(&core[start..])
}

/// The chars of a word with repeated letters once, so that "helloo" is "hello".
fn single(text: &str) -> impl Iterator<Item = char> {
    let mut last = None;
    text.chars().filter(move |char| last.replace(*char) != Some(*char))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::words::words;

    #[test]
    fn phrases_are_sorted_for_the_search() {
        assert!(CHATTER_PHRASES.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn tells_chatter_from_questions() {
        for text in [
            "",
            "🙏",
            "hi",
            "Hellooo everyone!!",
            "thx!",
            "ok thanks so much",
            "hey guys, how are you today?",
            "lol",
            "gm",
        ] {
            assert!(is_chatter(&words(text)), "{text:?} is chatter");
        }
        for text in
            ["does it hurt", "hi, does it hurt?", "thanks, and how deep?", "needle depth", "sunscreen", "what is prp"]
        {
            assert!(!is_chatter(&words(text)), "{text:?} is a question");
        }
    }
}
