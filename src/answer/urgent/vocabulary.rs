//! The vocabulary of signs: which words of a message are words of signs, inflected or misspelt.

use std::sync::LazyLock;

use strsim::osa_distance;

use foldhash::{HashMap, HashSet};

use super::sentence::is_little;
use crate::knowledge::NumberRange;
use crate::matching::stem::stem;

/// The number of a word that signs use, the same for all its forms.
pub(super) type Term = u32;

/// The words of all signs.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Terms by [`key`].
    terms: HashMap<String, Term>,
    /// The forms that a misspelt word may be meant as, by their first letter: people seldom miss that one, and
    /// keeping it tells "fever" from "never", "hives" from "lives" and "fainted" from "painted".
    spellings: HashMap<char, Vec<Spelling>>,
    /// The texts of all spellings, while words are learnt.
    spelt: HashSet<String>,
    /// Numbers that signs use, with the term of each range.
    ranges: Vec<(NumberRange, Term)>,
    /// For each term, whether it names a sign.
    symptoms: Vec<bool>,
}

#[derive(Debug)]
struct Spelling {
    text: String,
    chars: usize,
    letters: u32,
    term: Term,
}

/// Forms that the stemmer cannot lead back to their word, and spellings too far from it to be recognised.
const FORMS: &[(&str, &str)] = &[
    ("bled", "bleed"),
    ("breathin", "breath"),
    ("brethin", "breath"),
    ("brething", "breath"),
    ("burnt", "burn"),
    ("eyeball", "eye"),
    ("eyeballs", "eye"),
    ("gone", "went"),
    ("got", "get"),
    ("gotten", "get"),
    ("herself", "myself"),
    ("himself", "myself"),
    ("loss", "lose"),
    ("lost", "lose"),
    ("needles", "needle"),
    ("puss", "pus"),
    ("redness", "red"),
    ("spreaded", "spread"),
    ("stuck", "stick"),
    ("swole", "swell"),
    ("swolen", "swell"),
    ("swollen", "swell"),
    ("taken", "take"),
    ("themself", "myself"),
    ("themselves", "myself"),
    ("took", "take"),
    ("tounge", "tongue"),
    ("woke", "wake"),
    ("woken", "wake"),
];

/// The forms of [`FORMS`] by the [`key`] of their word.
static FORMS_BY_KEY: LazyLock<HashMap<String, Vec<&str>>> = LazyLock::new(|| {
    let mut forms: HashMap<String, Vec<&str>> = HashMap::default();
    for (form, base) in FORMS {
        forms.entry(key(base)).or_default().push(form);
    }
    forms
});

/// Words that mean something else in their other forms: chills and to chill, blacked out and black, a needle and
/// needling, a topical and a topic.
const FIXED_FORMS: &[&str] = &["blacked", "chills", "needle", "topical"];

/// Ordinary words within a misspelling's reach of a word that signs are likely to use.
#[rustfmt::skip]
const ORDINARY_WORDS: &[&str] = &[
    "abort", "aesthetic", "aesthetics", "alike", "attach", "back", "batter", "betting", "bind", "bitter", "bland",
    "blasters", "blend", "blender", "blenders", "blending", "bling", "blocker", "bloke", "blond", "bloom", "boating",
    "bowing", "brake", "breach", "breadth", "breeding", "broken", "broker", "brood", "brunt", "bugging", "burner",
    "burners", "burst", "burying", "busting", "catering", "cellulite", "certain", "changer", "chanting", "charged",
    "charging", "charmed", "cheat", "check", "cheeky", "cheer", "chess", "chill", "chilli", "chilly", "clearer",
    "cloning", "closet", "clothing", "coding", "conclusion", "conclusions", "concussion", "concussions", "constructed",
    "constructing", "consulting", "contract", "contracted", "contracting", "conversion", "conversions", "cram",
    "craving", "cravings", "creek", "crest", "dank", "delicious", "despise", "ding", "dipped", "dipping", "discussing",
    "disrupting", "doubly", "doubted", "drink", "eater", "either", "emery", "enter", "ever", "explored", "feeding",
    "fewer", "fiver", "flattering", "flint", "framing", "freeing", "garage", "gong", "grasping", "greed", "greek",
    "greet", "hear", "heard", "hearing", "hears", "heat", "hides", "hikes", "hires", "hunting", "hunts", "hurling",
    "huts", "incense", "infested", "inflated", "injected", "injection", "insured", "lanes", "leasing", "leather",
    "lighthearted", "likes", "linen", "liner", "liners", "links", "looming", "looting", "massage", "mating", "meeting",
    "moaning", "month", "moth", "mourning", "nearby", "neatly", "needed", "needless", "notes", "overdone", "oversight",
    "passer", "path", "picked", "platter", "poker", "polls", "posed", "produce", "purse", "quartet", "racking",
    "raging", "ranging", "raving", "reacted", "reacting", "reader", "redress", "render", "reside", "retinal", "rigging",
    "rooting", "rotating", "routing", "rudder", "sailing", "saying", "scores", "seating", "seats", "seeding", "seeking",
    "seeming", "sell", "selling", "sells", "sewing", "shading", "shaming", "sharing", "sheep", "shell", "shelling",
    "shells", "shilling", "shine", "shipped", "shipping", "shopping", "shore", "shores", "shorty", "shot", "shout",
    "sigh", "sighs", "skill", "slapped", "sleek", "slight", "small", "sneak", "sniff", "snuck", "snuff", "soaring",
    "spanning", "spear", "spell", "spelled", "spelling", "spells", "spores", "sport", "sporting", "spurred", "stack",
    "staff", "stall", "starter", "startled", "stated", "steak", "steaks", "steep", "steph", "stock", "stoke", "stole",
    "stolen", "stomping", "stores", "strand", "stranger", "strides", "strike", "strikes", "strives", "struck", "superb",
    "supper", "supporting", "swearing", "swears", "sweep", "sweeping", "swinging", "swore", "taker", "teaming",
    "teasing", "temperate", "think", "thinker", "thinning", "thorough", "though", "threat", "tick", "token", "tough",
    "trick", "tropical", "trough", "tuned", "tuning", "turner", "typical", "unbreakable", "vehicle", "vehicles",
    "wafer", "wager", "waiter", "wards", "welds", "wheeling", "while", "women", "wore", "works", "worms", "worst",
    "write",
];

/// The length, in chars, from which a word may be misspelt by one edit: at four letters "plus" would be "pus".
const ONE_EDIT_CHARS: usize = 5;

/// The length, in chars, from which a word may be misspelt by two edits: "unconcsious", "anaphalaxis".
const TWO_EDITS_CHARS: usize = 10;

/// The length, in chars, from which a word of a group is known misspelt.
const GROUP_SPELLING_CHARS: usize = 7;

/// Which words are known misspelt: those that a sign writes out are few and telling, those of groups are many and
/// ordinary, and the shorter ones have other ordinary words too near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misspelt {
    Known,
    WhereLong,
}

impl Vocabulary {
    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.symptoms.len()
    }

    /// For each term, whether it names a sign and may stand in a list of signs.
    pub fn symptoms(&self) -> &[bool] {
        &self.symptoms
    }

    /// Notes that `term` names a sign.
    pub fn mark_symptom(&mut self, term: Term) {
        self.symptoms[term as usize] = true;
    }

    /// The term of a range of numbers, which is added unless it is known.
    pub fn learn_range(&mut self, range: &NumberRange) -> Term {
        if let Some((_, term)) = self.ranges.iter().find(|(known, _)| known == range) {
            return *term;
        }
        let term = self.next_term();
        self.symptoms.push(false);
        self.ranges.push((range.clone(), term));
        term
    }

    /// The term of a sign's word, which is added unless it is known.
    pub fn learn(&mut self, word: &str, misspelt: Misspelt) -> Term {
        let little = is_little(word);
        let key = if little { word.to_owned() } else { key(word) };
        let forms = FORMS_BY_KEY.get(&key).into_iter().flatten().copied();
        let next = self.next_term();
        let term = *self.terms.entry(key).or_insert(next);
        if term == next {
            self.symptoms.push(false);
        }
        if little {
            return term;
        }
        let known_misspelt = |text: &&str| misspelt == Misspelt::Known || text.chars().count() >= GROUP_SPELLING_CHARS;
        for text in forms.chain([word]).filter(known_misspelt) {
            self.spell(text, term);
        }
        term
    }

    fn next_term(&self) -> Term {
        Term::try_from(self.symptoms.len()).expect("fewer than 2³² terms")
    }

    /// Forgets what only learning takes.
    pub fn finish(&mut self) {
        self.spelt = HashSet::default();
        self.spellings.values_mut().for_each(Vec::shrink_to_fit);
        self.symptoms.shrink_to_fit();
    }

    /// Notes that a misspelt word may be meant as `text`, a form of `term`.
    fn spell(&mut self, text: &str, term: Term) {
        let Some(first) = text.chars().next().filter(|_| !self.spelt.contains(text)) else { return };
        let spelling = Spelling { text: text.to_owned(), chars: text.chars().count(), letters: letters(text), term };
        self.spellings.entry(first).or_default().push(spelling);
        self.spelt.insert(text.to_owned());
    }

    /// The term that a message's `word` means, or `None` where signs do not use it.
    pub fn term(&self, word: &str) -> Option<Term> {
        if is_little(word) {
            return self.terms.get(word).copied();
        }
        if let Some(term) = self.number(word) {
            return Some(term);
        }
        self.terms.get(&key(word)).copied().or_else(|| self.misspelt(word))
    }

    /// The term of the first range that the number `word` is in; a unit behind it, as in "39c", counts as decimals.
    fn number(&self, word: &str) -> Option<Term> {
        let digits = word.strip_suffix(['c', 'f']).unwrap_or(word);
        let decimals = digits.contains(['.', ',']) || digits != word;
        let number: f64 =
            digits.starts_with(|c: char| c.is_ascii_digit()).then(|| digits.replace(',', ".").parse().ok())??;
        let fits = |range: &NumberRange| range.decimals == decimals && range.numbers.contains(&number);
        self.ranges.iter().find(|(range, _)| fits(range)).map(|(_, term)| *term)
    }

    /// The term whose spelling is nearest to `word`, the first of equally near ones.
    fn misspelt(&self, word: &str) -> Option<Term> {
        if ORDINARY_WORDS.binary_search(&word).is_ok() {
            return None;
        }
        let chars = word.chars().count();
        let letters = letters(word);
        self.spellings
            .get(&word.chars().next()?)?
            .iter()
            .filter(|spelling| {
                // One edit changes one letter for another at most, so that most spellings need no distance.
                let allowed = edits_allowed(spelling.chars);
                let differing = (spelling.letters ^ letters).count_ones() as usize;
                spelling.chars.abs_diff(chars) <= allowed && differing <= 2 * allowed
            })
            .map(|spelling| (osa_distance(word, &spelling.text), spelling))
            .filter(|(edits, spelling)| *edits <= edits_allowed(spelling.chars))
            .min_by_key(|(edits, _)| *edits)
            .map(|(_, spelling)| spelling.term)
    }
}

/// What all forms of a word have in common: its stem, or the whole part of a number.
fn key(word: &str) -> String {
    if let Some((whole, _)) = word.split_once(['.', ',']) {
        return whole.to_owned();
    }
    let base = FORMS.binary_search_by_key(&word, |(form, _)| form).map_or(word, |found| FORMS[found].1);
    if FIXED_FORMS.contains(&base) {
        return base.to_owned();
    }
    stem(base)
}

/// The letters of `word`, a bit each; those beyond `a` to `z` share one.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| letters | 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 26 })
}

/// How many edits apart a word of `chars` chars and its misspelling may be.
fn edits_allowed(chars: usize) -> usize {
    usize::from(chars >= ONE_EDIT_CHARS) + usize::from(chars >= TWO_EDITS_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks which of the words of some signs `word` is taken for.
    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        let signs =
            ["oozing", "swelling", "fever", "pus", "chills", "hives", "fainted", "breathe", "unconscious", "39"];
        let mut vocabulary = Vocabulary::default();
        for sign in signs {
            vocabulary.learn(sign, Misspelt::Known);
        }
        assert_eq!(vocabulary.term(word).map(|term| signs[term as usize]), expected, "term of {word:?}");
    }

    #[test]
    fn tables_are_sorted_for_the_search() {
        assert!(FORMS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(ORDINARY_WORDS.is_sorted());
    }

    #[test]
    fn knows_every_form_of_a_word() {
        check("ooze", Some("oozing"));
        check("swollen", Some("swelling"));
        check("breathing", Some("breathe"));
        check("breath", Some("breathe"));
        check("39.5", Some("39"));
    }

    #[test]
    fn knows_misspelt_words() {
        check("feaver", Some("fever"));
        check("oosing", Some("oozing"));
        check("brethe", Some("breathe"));
        check("unconcsious", Some("unconscious"));
        check("puss", Some("pus"));
    }

    #[test]
    fn leaves_ordinary_words_alone() {
        for word in ["never", "plus", "chill", "lives", "painted", "selling", "fewer", "breed", "conscious", "3"] {
            check(word, None);
        }
    }
}
