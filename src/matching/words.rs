//! Words: a text as the matcher sees it, folded so that the same word is always the same string.
//!
//! Folding undoes what members vary without meaning anything by it: case, accents, full-width forms, curly
//! quotes, invisible characters, chat spellings. It keeps what later steps need to tell apart: word order and the
//! punctuation that ends a clause.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::limits::QUESTION_CHARS;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The folded word: not empty, lower case, letters and digits of any script.
    pub text: String,
    /// What punctuation stands between this word and the next.
    pub ending: Ending,
}

/// The punctuation after a word, from weakest to strongest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// Nothing but spaces, or marks that join words.
    #[default]
    None,
    /// A comma, colon, bracket or dash.
    Clause,
    /// A full stop, exclamation mark, semicolon or line break.
    Sentence,
    /// A question mark.
    Question,
}

/// Chat spellings, contractions and common slips in short words, each with what is meant. Apostrophes are gone by the
/// time these are looked up.
#[rustfmt::skip]
const SPELLINGS: &[(&str, &[&str])] = &[
    ("2day", &["today"]),
    ("2moro", &["tomorrow"]),
    ("2nite", &["tonight"]),
    ("abotu", &["about"]),
    ("abt", &["about"]),
    ("adn", &["and"]),
    ("afetr", &["after"]),
    ("aftr", &["after"]),
    ("aint", &["is", "not"]),
    ("any1", &["anyone"]),
    ("arent", &["are", "not"]),
    ("asap", &["as", "soon", "as", "possible"]),
    ("b4", &["before"]),
    ("bc", &["because"]),
    ("bcoz", &["because"]),
    ("bcuz", &["because"]),
    ("bcz", &["because"]),
    ("becuase", &["because"]),
    ("befor", &["before"]),
    ("bf", &["boyfriend"]),
    ("btw", &["by", "the", "way"]),
    ("cannot", &["can", "not"]),
    ("cant", &["can", "not"]),
    ("carnt", &["can", "not"]),
    ("cna", &["can"]),
    ("cnt", &["can", "not"]),
    ("cos", &["because"]),
    ("coulda", &["could", "have"]),
    ("couldnt", &["could", "not"]),
    ("coz", &["because"]),
    ("cud", &["could"]),
    ("cuz", &["because"]),
    ("def", &["definitely"]),
    ("didnt", &["did", "not"]),
    ("dnt", &["do", "not"]),
    ("doe", &["does"]),
    ("doesnt", &["does", "not"]),
    ("doin", &["doing"]),
    ("dont", &["do", "not"]),
    ("dos", &["does"]),
    ("dunno", &["do", "not", "know"]),
    ("em", &["them"]),
    ("esp", &["especially"]),
    ("every1", &["everyone"]),
    ("gf", &["girlfriend"]),
    ("gimme", &["give", "me"]),
    ("gonna", &["going", "to"]),
    ("gotta", &["have", "to"]),
    ("gr8", &["great"]),
    ("gud", &["good"]),
    ("hadnt", &["had", "not"]),
    ("hasnt", &["has", "not"]),
    ("hav", &["have"]),
    ("havent", &["have", "not"]),
    ("hes", &["he", "is"]),
    ("hows", &["how", "is"]),
    ("hrs", &["hours"]),
    ("hte", &["the"]),
    ("hv", &["have"]),
    ("hw", &["how"]),
    ("hwo", &["how"]),
    ("hws", &["how", "is"]),
    ("idk", &["i", "do", "not", "know"]),
    ("im", &["i", "am"]),
    ("imo", &["in", "my", "opinion"]),
    ("info", &["information"]),
    ("isnt", &["is", "not"]),
    ("itd", &["it", "would"]),
    ("itll", &["it", "will"]),
    ("ive", &["i", "have"]),
    ("jsut", &["just"]),
    ("kinda", &["kind", "of"]),
    ("l8r", &["later"]),
    ("lemme", &["let", "me"]),
    ("lets", &["let", "us"]),
    ("luv", &["love"]),
    ("mayb", &["maybe"]),
    ("mightnt", &["might", "not"]),
    ("mins", &["minutes"]),
    ("msg", &["message"]),
    ("mustnt", &["must", "not"]),
    ("n", &["and"]),
    ("neednt", &["need", "not"]),
    ("nvm", &["never", "mind"]),
    ("outta", &["out", "of"]),
    ("pic", &["picture"]),
    ("pics", &["pictures"]),
    ("pls", &["please"]),
    ("plss", &["please"]),
    ("plz", &["please"]),
    ("ppl", &["people"]),
    ("prob", &["probably"]),
    ("probs", &["probably"]),
    ("r", &["are"]),
    ("rn", &["right", "now"]),
    ("shes", &["she", "is"]),
    ("shld", &["should"]),
    ("shold", &["should"]),
    ("shoud", &["should"]),
    ("shoulda", &["should", "have"]),
    ("shouldnt", &["should", "not"]),
    ("shud", &["should"]),
    ("smth", &["something"]),
    ("some1", &["someone"]),
    ("sorta", &["sort", "of"]),
    ("sth", &["something"]),
    ("sum1", &["someone"]),
    ("taht", &["that"]),
    ("teh", &["the"]),
    ("thats", &["that", "is"]),
    ("theres", &["there", "is"]),
    ("theyll", &["they", "will"]),
    ("theyre", &["they", "are"]),
    ("thier", &["their"]),
    ("thnx", &["thanks"]),
    ("tho", &["though"]),
    ("thru", &["through"]),
    ("thsi", &["this"]),
    ("thx", &["thanks"]),
    ("tks", &["thanks"]),
    ("tmrw", &["tomorrow"]),
    ("tnx", &["thanks"]),
    ("tonite", &["tonight"]),
    ("ty", &["thanks"]),
    ("tysm", &["thanks"]),
    ("u", &["you"]),
    ("ur", &["your"]),
    ("urs", &["yours"]),
    ("urself", &["yourself"]),
    ("w", &["with"]),
    ("waht", &["what"]),
    ("wanna", &["want", "to"]),
    ("wasnt", &["was", "not"]),
    ("wat", &["what"]),
    ("wats", &["what", "is"]),
    ("wdym", &["what", "do", "you", "mean"]),
    ("wen", &["when"]),
    ("werent", &["were", "not"]),
    ("whats", &["what", "is"]),
    ("whens", &["when", "is"]),
    ("wher", &["where"]),
    ("wheres", &["where", "is"]),
    ("whos", &["who", "is"]),
    ("whr", &["where"]),
    ("wht", &["what"]),
    ("whta", &["what"]),
    ("whut", &["what"]),
    ("wich", &["which"]),
    ("wiht", &["with"]),
    ("wk", &["week"]),
    ("wks", &["weeks"]),
    ("wont", &["will", "not"]),
    ("woulda", &["would", "have"]),
    ("wouldnt", &["would", "not"]),
    ("wud", &["would"]),
    ("wut", &["what"]),
    ("wuts", &["what", "is"]),
    ("y", &["why"]),
    ("ya", &["you"]),
    ("yall", &["you", "all"]),
    ("youll", &["you", "will"]),
    ("youre", &["you", "are"]),
    ("youve", &["you", "have"]),
    ("yr", &["year"]),
    ("yrs", &["years"]),
];

/// The chat spellings as numbers, in their order: looking a word up among them takes no more than its length does.
const SPELLING_KEYS: [u64; SPELLINGS.len()] = {
    let mut keys = [0; SPELLINGS.len()];
    let mut place = 0;
    while place < keys.len() {
        keys[place] = key(SPELLINGS[place].0.as_bytes());
        place += 1;
    }
    keys
};

/// The first eight bytes of a text as a number; numbers are in the order of their texts.
const fn key(text: &[u8]) -> u64 {
    let (mut key, mut place) = ([0; 8], 0);
    while place < text.len() && place < key.len() {
        key[place] = text[place];
        place += 1;
    }
    u64::from_be_bytes(key)
}

/// The words of the first [`QUESTION_CHARS`] chars of `text`, in order. Web addresses, emoji and symbols are no words.
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    each_word(text, |word, ending| words.push(Word { text: word.to_owned(), ending }));
    words
}

/// Calls `see` with each of the [`words`] of `text` and what stands behind it: for many texts far quicker, as words
/// need no room of their own.
pub(crate) fn each_word(text: &str, see: impl FnMut(&str, Ending)) {
    let visible = visible(text);
    let has_addresses = is_web_address(&visible) || visible.contains("www.");
    let mut reader = Reader { last: None, see };
    for line in visible.split('\n') {
        for (position, chunk) in line.split_whitespace().enumerate() {
            if has_addresses && is_web_address(chunk) {
                continue;
            }
            // Punctuation in front of a chunk, such as a bracket, ends the word before it.
            if position > 0 {
                reader.end_last(chunk.chars().take_while(|c| !c.is_alphanumeric()));
            }
            reader.push_chunk(chunk);
        }
        reader.end_last("\n".chars());
    }
    reader.finish();
}

/// The words of what someone is typing: those that are finished, and the last one as far as it goes; empty where a
/// space or a mark follows it. The latter is not looked up as a chat spelling: "w" may become "what".
pub(super) fn typed(text: &str) -> (Vec<Word>, String) {
    let visible = visible(text);
    let last = visible.rsplit(|c: char| !c.is_alphanumeric() && c != '\'').next().unwrap_or_default();
    let last = last.split_word_bounds().next_back().unwrap_or_default();
    let finished = words(&visible[..visible.len() - last.len()]);
    let begun: String = last.chars().filter(|c| *c != '\'').collect();
    (finished, shorten_runs(Cow::Owned(begun)).into_owned())
}

/// `text` in a compatible, lower-case form without accents and invisible characters, cut to a bounded length.
fn visible(text: &str) -> String {
    let mut folded = String::new();
    if text.is_ascii() {
        let lower = text[..text.len().min(QUESTION_CHARS)].to_ascii_lowercase();
        if !lower.bytes().any(|byte| byte == b'`' || byte.is_ascii_control()) {
            return lower;
        }
        folded.extend(lower.chars().map(|char| match char {
            '\r' => '\n',
            '`' => '\'',
            '\n' => char,
            c if c.is_control() => ' ',
            c => c,
        }));
        return folded;
    }
    let chars = text.chars().take(QUESTION_CHARS).nfkd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c));
    // One char may stand for up to eighteen.
    for char in chars.take(QUESTION_CHARS) {
        match char {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => folded.push('\n'),
            c if c.is_control() => folded.push(' '),
            '`' => folded.push('\''),
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{b4}' | '\u{2bc}' => folded.push('\''),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'ø' | 'Ø' => folded.push('o'),
            'ı' => folded.push('i'),
            'ł' | 'Ł' => folded.push('l'),
            c => folded.extend(c.to_lowercase().filter(|c| !is_combining_mark(*c))),
        }
    }
    folded
}

/// Characters without width: joiners, soft hyphens, marks of direction, variation selectors, tags.
pub(crate) fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_web_address(chunk: &str) -> bool {
    chunk.contains("://") || chunk.starts_with("www.")
}

/// Tells each word as soon as it is known what stands behind it.
struct Reader<'t, F> {
    last: Option<(Cow<'t, str>, Ending)>,
    see: F,
}

impl<'t, F: FnMut(&str, Ending)> Reader<'t, F> {
    fn push_chunk(&mut self, chunk: &'t str) {
        if let Some((word, marks)) = single_word(chunk) {
            self.push_spelled(without_apostrophes(word));
            return self.end_last(marks.chars());
        }
        for piece in chunk.split_word_bounds() {
            if !piece.contains(char::is_alphanumeric) {
                self.end_last(piece.chars());
                continue;
            }
            for part in piece.split('_').filter(|part| !part.is_empty()) {
                self.push_spelled(without_apostrophes(part));
            }
        }
    }

    /// Adds `text`, or what it is a chat spelling of.
    fn push_spelled(&mut self, text: Cow<'t, str>) {
        let spelling =
            if text.len() <= size_of::<u64>() { SPELLING_KEYS.binary_search(&key(text.as_bytes())).ok() } else { None };
        match spelling {
            Some(place) => SPELLINGS[place].1.iter().for_each(|word| self.push(Cow::Borrowed(word))),
            None => self.push(shorten_runs(text)),
        }
    }

    fn push(&mut self, word: Cow<'t, str>) {
        if let Some((word, ending)) = self.last.replace((word, Ending::None)) {
            (self.see)(&word, ending);
        }
    }

    fn end_last(&mut self, marks: impl Iterator<Item = char>) {
        let Some((_, ending)) = &mut self.last else { return };
        for mark in marks {
            *ending = (*ending).max(match mark {
                '?' | '\u{61f}' | '\u{37e}' => Ending::Question,
                '.' | '!' | ';' | '\n' | '…' | '。' => Ending::Sentence,
                ',' | ':' | '(' | ')' | '[' | ']' | '–' | '—' | '、' => Ending::Clause,
                _ => Ending::None,
            });
        }
    }

    fn finish(mut self) {
        if let Some((word, ending)) = self.last.take() {
            (self.see)(&word, ending);
        }
    }
}

fn without_apostrophes(text: &str) -> Cow<'_, str> {
    if text.contains('\'') { Cow::Owned(text.replace('\'', "")) } else { Cow::Borrowed(text) }
}

/// The word and the marks behind it that `chunk` consists of, as most chunks do; finding these needs none of Unicode's
/// rules, which take most of the time otherwise.
fn single_word(chunk: &str) -> Option<(&str, &str)> {
    let bytes = chunk.as_bytes();
    let end = bytes.iter().rposition(u8::is_ascii_alphanumeric)? + 1;
    let is_apostrophe = |at: usize| {
        bytes[at] == b'\'' && at > 0 && bytes[at - 1].is_ascii_alphabetic() && bytes[at + 1].is_ascii_alphabetic()
    };
    let is_word = (0..end).all(|at| bytes[at].is_ascii_alphanumeric() || is_apostrophe(at));
    (is_word && chunk.is_ascii()).then(|| chunk.split_at(end))
}

/// Letters repeated three times or more, as in `sooooo`, are kept twice: no English word has three in a row.
fn shorten_runs(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() && !text.as_bytes().windows(3).any(|run| run[0] == run[1] && run[1] == run[2]) {
        return text;
    }
    let mut shortened = String::with_capacity(text.len());
    let mut run = 0;
    let mut last = None;
    for char in text.chars() {
        run = if last == Some(char) { run + 1 } else { 1 };
        last = Some(char);
        if run <= 2 || char.is_numeric() {
            shortened.push(char);
        }
    }
    Cow::Owned(shortened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = words(text)
            .into_iter()
            .map(|word| match word.ending {
                Ending::None => word.text,
                Ending::Clause => format!("{},", word.text),
                Ending::Sentence => format!("{}.", word.text),
                Ending::Question => format!("{}?", word.text),
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "words of {text:?}");
    }

    #[test]
    fn spellings_are_sorted_for_the_search() {
        assert!(SPELLING_KEYS.is_sorted_by(|a, b| a < b));
        assert!(SPELLINGS.iter().all(|(spelling, _)| spelling.is_ascii() && spelling.len() <= size_of::<u64>()));
    }

    proptest::proptest! {
        #[test]
        fn a_single_word_is_what_unicode_makes_of_it(chunk in r"[a-z0-9'.,:;_!?&%-]{1,8}") {
            if let Some((word, marks)) = single_word(&chunk) {
                let pieces = chunk.split_word_bounds().filter(|piece| piece.contains(char::is_alphanumeric));
                let pieces: Vec<&str> = pieces.collect();
                proptest::prop_assert_eq!(pieces.len(), 1);
                proptest::prop_assert_eq!(pieces[0].trim_end_matches('_'), word);
                proptest::prop_assert!(chunk.ends_with(marks));
            }
        }
    }

    #[test]
    fn folds_what_members_vary() {
        check("Does it HURT?", "does it hurt?");
        check("Ｍｉｃｒｏｎｅｅｄｌｉｎｇ", "microneedling.");
        check("crème brûlée Straße", "creme brulee strasse.");
        check("don’t / don't / dont", "do not do not do not.");
        check("what’s ur depth pls", "what is your depth please.");
        check("micro\u{200b}needling \u{202e}depth", "microneedling depth.");
        check("sooooo red", "soo red.");
        check("**bold** _under_score ~~gone~~", "bold under score gone.");
    }

    #[test]
    fn keeps_the_ends_of_clauses() {
        check("no fever, just red. ok? yes", "no fever, just red. ok? yes.");
        check("first\nsecond", "first. second.");
        check("face (left side) hot", "face, left side, hot.");
        check("0.5 to 2.5mm needles", "0.5 to 2.5mm needles.");
    }

    #[test]
    fn tells_the_word_being_typed_from_those_before() {
        let check = |text: &str, expected: (&str, &str)| {
            let (finished, begun) = typed(text);
            let finished: Vec<String> = finished.into_iter().map(|word| word.text).collect();
            assert_eq!((finished.join(" ").as_str(), begun.as_str()), expected, "{text:?}");
        };
        check("", ("", ""));
        check("W", ("", "w"));
        check("w ", ("with", ""));
        check("how dé", ("how", "de"));
        check("does it hurt?", ("does it hurt", ""));
        check("micro-nee", ("micro", "nee"));
        check("don't I don't", ("do not i", "dont"));
        check("https://exa", ("", "exa"));
        check("微针", ("微", "针"));
        check("🙏", ("", ""));
    }

    #[test]
    fn is_empty_where_there_are_no_words() {
        for text in
            ["", "   ", "\0\u{7}", "\u{301}\u{302}", "🙏🔥", "?!…", "https://example.org/a?b=c", "\u{200b}\u{feff}"]
        {
            check(text, "");
        }
    }
}
