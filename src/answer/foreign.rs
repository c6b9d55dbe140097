//! Foreign: whether a question is clearly in a language that nothing is answered in.
//!
//! Told by the words that most questions have, whatever their subject, by letters that English does not have, and by
//! the script; `languages` has a file of words for each language. A word speaks for a language only where it is none of
//! the languages that are answered in, so that the `was` of a German question does not speak for English. A question
//! passes as foreign with several such words that outweigh the rest, or with fewer where no word of it is of a language
//! answered in: English is typed with typos, without function words, and with names such as *crème de la mer* in it,
//! and must never be taken for another language.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

use crate::language::Language;

/// What is read of a question, in chars: the first sentences tell.
const READ_CHARS: usize = 1_000;

/// What a word that occurs in one language only, whatever the typo, counts.
const STRONG: u32 = 2;

/// What a word counts that may as well be a name, a slip or slang in another language: `de`, `mit`, `dos`.
const WEAK: u32 = 1;

/// What a foreign question's words have to count more than those of the languages answered in: two strong ones.
const MARGIN: u32 = 2 * STRONG;

/// The least count for each word of the question, in tenths: one strong word in four.
const TENTHS_PER_WORD: u32 = 5;

/// The same where there is a single strong word: nearly one in three.
const TENTHS_PER_WORD_OF_FEW: u32 = 6;

/// The fewest letters of a word that tells by itself, beside words that tell nothing.
const TELLING_LETTERS: usize = 5;

/// The fewest letters by which a script tells something; a lone `Δ` or `の` does not.
const SCRIPT_LETTERS: usize = 3;

/// The same of scripts in which few letters say much: Chinese, Japanese, Korean.
const DENSE_SCRIPT_LETTERS: usize = 2;

/// The files of languages: those of [`Language::ALL`], in that order, and others.
const FILES: [&str; 19] = [
    include_str!("../../languages/en.toml"),
    include_str!("../../languages/de.toml"),
    include_str!("../../languages/es.toml"),
    include_str!("../../languages/fr.toml"),
    include_str!("../../languages/pt.toml"),
    include_str!("../../languages/cs.toml"),
    include_str!("../../languages/da.toml"),
    include_str!("../../languages/fi.toml"),
    include_str!("../../languages/hi.toml"),
    include_str!("../../languages/hu.toml"),
    include_str!("../../languages/id.toml"),
    include_str!("../../languages/it.toml"),
    include_str!("../../languages/nl.toml"),
    include_str!("../../languages/pl.toml"),
    include_str!("../../languages/ro.toml"),
    include_str!("../../languages/sv.toml"),
    include_str!("../../languages/tl.toml"),
    include_str!("../../languages/tr.toml"),
    include_str!("../../languages/vi.toml"),
];

/// The languages of [`FILES`].
static LEXICONS: LazyLock<Vec<Lexicon>> = LazyLock::new(|| {
    // They are built in, and every test of this module reads them all.
    FILES.iter().map(|text| Lexicon::from(toml::from_str::<File>(text).expect("a sound list of words"))).collect()
});

/// A language's words, as its file has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// Letters that English does not have; a word with one of them is weak.
    letters: String,
    /// Function words and what many questions have, as far as no slip makes them of an English word.
    strong: String,
    /// Others: those that English has, that are names' parts, or that a slip of the finger makes of an English word.
    weak: String,
    /// What strong words begin with, of which no list can have all: the `qu'` of `qu'il`.
    #[serde(default)]
    elided_strong: String,
    /// The same of weak words, as names begin, too: the `l'` of `l'aiguille`.
    #[serde(default)]
    elided_weak: String,
    /// Whether verbs are followed by a hyphen and a pronoun: `faut-il`.
    #[serde(default)]
    inverts: bool,
    /// Words by which a sign of danger is denied, doubted or asked about, below what each is in English.
    #[serde(default)]
    gloss: BTreeMap<String, String>,
}

/// A language's words and what each counts.
struct Lexicon {
    weights: HashMap<String, u32>,
    letters: Vec<char>,
    glosses: BTreeMap<String, String>,
    elided_strong: String,
    elided_weak: String,
    inverts: bool,
}

/// What is known of a foreign question's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// It is this one.
    Known(Language),
    /// It is another, or one of several.
    Other,
}

/// The language of `text` where it is clearly none of `answered`; `None` where it is one of them, or not clear.
#[must_use]
pub fn foreign(text: &str, answered: &[Language]) -> Option<Foreign> {
    let text = folded(text);
    let words = words(&text);
    let (own, others): (Vec<usize>, Vec<usize>) =
        (0..LEXICONS.len()).partition(|place| answered.iter().any(|language| *language as usize == *place));
    if is_in_another_script(&text, &words, &own) {
        return Some(Foreign::Other);
    }
    let counts: Vec<(usize, u32)> = others.into_iter().map(|place| (place, count(&words, place, &own))).collect();
    let best = counts.iter().map(|(_, count)| *count).max()?;
    let leaders: Vec<usize> = counts.iter().filter(|(_, count)| *count == best).map(|(place, _)| *place).collect();
    let own_best = own.iter().map(|place| own_count(&words, *place, &leaders)).max().unwrap_or(0);
    let length = u32::try_from(words.len()).unwrap_or(u32::MAX);
    let is_dense = |tenths: u32| best * 10 >= length.saturating_mul(tenths);
    let is_many = best >= own_best + MARGIN && is_dense(TENTHS_PER_WORD);
    let is_strong = |word: &&String| leaders.iter().any(|place| LEXICONS[*place].weight(word) == STRONG);
    // A slip makes short words of English ones.
    let tells = |word: &String| !word.is_ascii() || words.len() > 1 && (best > STRONG || word.len() >= TELLING_LETTERS);
    let is_few = || own_best == 0 && is_dense(TENTHS_PER_WORD_OF_FEW) && words.iter().filter(is_strong).any(tells);
    if !is_many && !is_few() {
        return None;
    }
    let known = match leaders[..] {
        [only] => Language::ALL.get(only),
        _ => None,
    };
    Some(known.map_or(Foreign::Other, |language| Foreign::Known(*language)))
}

/// The language of `text`, as far as it is clear; else English.
#[must_use]
pub fn language_of(text: &str) -> Language {
    match foreign(text, &[]) {
        Some(Foreign::Known(language)) => language,
        _ => Language::default(),
    }
}

/// The language but English that `text` seems to be in, or several that it may as well be in: their words weigh
/// no less than those of English. Far less clear than what [`foreign`] tells, so that nothing grave is overlooked.
pub(super) fn leanings(text: &str) -> Vec<Language> {
    const ENGLISH: usize = Language::English as usize;
    let words = words(&folded(text));
    let counts = Language::ALL.map(|language| (language, count(&words, language as usize, &[ENGLISH])));
    let best = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let leans = |(language, count): &(Language, u32)| {
        best > 0 && *count == best && best >= own_count(&words, ENGLISH, &[*language as usize])
    };
    counts.into_iter().filter(leans).map(|(language, _)| language).collect()
}

/// Words of `language`, each with what it is in English.
pub(super) fn glosses(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    let glosses = LEXICONS[language as usize].glosses.iter();
    glosses.flat_map(|(english, foreign)| foreign.split_whitespace().map(|foreign| (foreign, english.as_str())))
}

/// Lower case, without forms that mean no other letter.
fn folded(text: &str) -> String {
    text.chars().take(READ_CHARS).nfkc().flat_map(char::to_lowercase).collect()
}

/// Whether `text` is written in a script in which none of the languages is, but for names and loanwords: where it has
/// as many Latin letters, no word of its `words` may be of a language in `own`.
fn is_in_another_script(text: &str, words: &[String], own: &[usize]) -> bool {
    // Up to here Unicode has the Latin letters and those of phonetics, and far above some more.
    let is_latin =
        |c: &char| *c < '\u{370}' || ('\u{1d00}'..='\u{1eff}').contains(c) || ('\u{a720}'..='\u{a7ff}').contains(c);
    let is_dense = |c: &char| {
        ('\u{3040}'..='\u{30ff}').contains(c)
            || ('\u{3400}'..='\u{9fff}').contains(c)
            || ('\u{ac00}'..='\u{d7a3}').contains(c)
    };
    let (latin, other): (Vec<char>, Vec<char>) = text.chars().filter(|c| c.is_alphabetic()).partition(is_latin);
    let is_enough =
        other.len() >= SCRIPT_LETTERS || other.iter().filter(|c| is_dense(c)).count() >= DENSE_SCRIPT_LETTERS;
    let is_own = || words.iter().any(|word| own.iter().any(|place| LEXICONS[*place].weight(word) > 0));
    is_enough && (other.len() > 2 * latin.len() || !is_own())
}

/// The words of `text`, each once.
fn words(text: &str) -> Vec<String> {
    let text = text.replace('’', "'");
    let is_part = |c: char| c.is_alphanumeric() || c == '\'' || c == '-';
    let found = text.split(|c: char| !is_part(c)).map(|word| word.trim_matches(['\'', '-']));
    let mut words: Vec<String> = found.filter(|word| word.contains(char::is_alphabetic)).map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

impl From<File> for Lexicon {
    fn from(file: File) -> Self {
        let words =
            |text: &str, weight| text.split_whitespace().map(move |word| (word.to_owned(), weight)).collect::<Vec<_>>();
        let weights = words(&file.strong, STRONG).into_iter().chain(words(&file.weak, WEAK)).collect();
        Self {
            weights,
            letters: file.letters.chars().collect(),
            elided_strong: file.elided_strong,
            elided_weak: file.elided_weak,
            inverts: file.inverts,
            glosses: file.gloss,
        }
    }
}

impl Lexicon {
    /// What `word` counts.
    fn weight(&self, word: &str) -> u32 {
        let known = |word: &str| self.weights.get(word).copied();
        if let Some(weight) = known(word) {
            return weight;
        }
        let starts = |starts: &str| starts.split_whitespace().any(|start| word.starts_with(start));
        if starts(&self.elided_strong) {
            return STRONG;
        }
        let inverted = word.split_once('-').filter(|_| self.inverts).and_then(|(verb, _)| known(verb));
        let is_weak = starts(&self.elided_weak) || word.contains(|c: char| self.letters.contains(&c));
        inverted.unwrap_or(if is_weak { WEAK } else { 0 })
    }
}

/// What `words` count for the language at `place`, without those that a language in `own` has as well.
fn count(words: &[String], place: usize, own: &[usize]) -> u32 {
    let is_foreign = |word: &&String| own.iter().all(|other| LEXICONS[*other].weight(word) == 0);
    words.iter().filter(is_foreign).map(|word| LEXICONS[place].weight(word)).sum()
}

/// The total weight of `words` in the language at `place` (one the bot answers in), ignoring words that also occur in
/// one of `leaders`, the languages with the most foreign words.
fn own_count(words: &[String], place: usize, leaders: &[usize]) -> u32 {
    let leads = |word: &String| leaders.iter().any(|other| LEXICONS[*other].weight(word) > 0);
    words.iter().filter(|word| !leads(word)).map(|word| LEXICONS[place].weight(word)).sum()
}

#[cfg(test)]
mod tests;
