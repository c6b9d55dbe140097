//! Danger: what a message tells of it, by the signs of urgent documents in any language and by examples.
//!
//! A sign weighs much, and how the whole message is told weighs, too: it is compared with examples of danger and with
//! calm ones ([`naive_bayes`](super::naive_bayes)). A message without any sign may be like the examples of a danger,
//! and one with a sign so much like calm ones that it is none. Where examples say nothing, be it that the folder has
//! none or that the message is in another language than they are, signs decide alone.
//!
//! How a sign is denied, doubted or asked about is read in English alone ([`urgent`](super::urgent)). For the other
//! languages the few words that say so are put into English beforehand, each for one, in the message as well as in the
//! signs: "kein Fieber" is read as "no fieber", and "wenn ich Fieber habe" as "if i fieber have".

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::knowledge::{Examples, Level, Located, UrgentDocument};
use crate::language::Language;
use crate::limits::URGENT_EXAMPLES_MIN;
use crate::matching::words::{Word, words};

use super::foreign::{Foreign, foreign, glosses, leanings};
use super::naive_bayes::NaiveBayes;
use super::urgent::{Danger, Reason, Signs};

/// The odds of danger, as natural logarithms, from which on a message is dangerous. At these, one in ten calm messages
/// full of words of danger is taken for one, where the examples of whoever wrote it are left out (`docs/danger.md`).
const ODDS_MIN: f32 = 3.0;

/// What a sign adds to the odds that the examples give: of several, from none to 10, what notices most danger.
const ODDS_OF_SIGN: f32 = 7.0;

/// How many words before and behind a sign are looked at for themselves.
const AROUND: usize = 5;

/// How many words, or pairs of words, are given as the reason.
const TOLD: usize = 3;

/// The signs of every urgent document, those of each language for messages in it, and what examples tell.
#[derive(Debug)]
pub struct Dangers {
    english: Translated,
    others: Vec<Translated>,
    learnt: Option<Learnt>,
}

/// What was learnt from examples of danger.
#[derive(Debug)]
pub struct Learnt {
    /// Its kinds are calm messages and then each of the documents.
    bayes: NaiveBayes,
    /// The place among all of each document that has enough examples, and its level.
    documents: Vec<(usize, Level)>,
}

/// The signs of one language, read as English.
#[derive(Debug)]
struct Translated {
    language: Language,
    /// Words of it, folded, and what they are in English.
    glosses: HashMap<String, String>,
    signs: Signs,
    /// The place of each of its documents among all.
    documents: Vec<usize>,
}

impl Dangers {
    /// Prepares the signs of `documents`, which must be those of the knowledge base in its order.
    #[must_use]
    pub fn new(documents: &[UrgentDocument]) -> Self {
        let english = Translated::new(Language::English, documents);
        let others = Language::ALL.into_iter().filter(|language| *language != Language::English);
        let others = others.map(|language| Translated::new(language, documents));
        let others = others.filter(|translated| !translated.documents.is_empty()).collect();
        Self { english, others, learnt: None }
    }

    /// The same, beside what was `learnt` for these documents.
    #[must_use]
    pub fn with(self, learnt: Option<Learnt>) -> Self {
        Self { learnt, ..self }
    }

    /// The danger that `text` tells of, or `None` where it tells of none. `words` are those of `text`.
    #[must_use]
    pub fn find(&self, text: &str, words: &[Word]) -> Option<Danger> {
        let leanings = leanings(text);
        let signed = self.signed(text, words, &leanings);
        let learnt = self.learnt.as_ref().filter(|_| leanings.is_empty());
        match learnt.and_then(|learnt| Some((learnt, learnt.bayes.odds(words)?))) {
            Some((learnt, odds)) => learnt.weigh(signed, &odds, words),
            None => signed,
        }
    }

    /// The gravest danger that `text` names a sign of; of equal ones that in the language it seems to be written in,
    /// whose notice can be read at once.
    fn signed(&self, text: &str, words: &[Word], leanings: &[Language]) -> Option<Danger> {
        if self.others.is_empty() {
            return self.english.find(words);
        }
        let others: Vec<(&Translated, Vec<Word>)> = self
            .others
            .iter()
            .filter(|translated| leanings.contains(&translated.language))
            .map(|translated| (translated, translated.gloss(words)))
            .collect();
        // English signs have words of other languages, too; whether those are denied tells the other language.
        let is_clear = |language| foreign(text, &[Language::English]) == Some(Foreign::Known(language));
        let english = match &others[..] {
            [(translated, glossed)] if is_clear(translated.language) => self.english.find(glossed),
            _ => self.english.find(words),
        };
        let found = others.iter().filter_map(|(translated, glossed)| translated.find(glossed));
        // Of several that are equal, the last is taken.
        english.into_iter().chain(found).max_by_key(|danger| danger.level)
    }
}

impl Learnt {
    /// Learns from the `examples` of `documents`, which must be those of the knowledge base in its order, and from
    /// `calm` texts, which tell of no danger; `None` where there are too few.
    #[must_use]
    pub fn new<'a>(
        documents: &[UrgentDocument],
        examples: &Examples,
        calm: impl IntoIterator<Item = &'a str>,
    ) -> Option<Self> {
        let enough =
            |place: Option<usize>| examples.iter().filter(|(of, _)| *of == place).count() >= URGENT_EXAMPLES_MIN;
        let places = documents.iter().enumerate().filter(|(place, _)| enough(Some(*place)));
        let documents: Vec<(usize, Level)> = places.map(|(place, document)| (place, document.level)).collect();
        let kinds = u8::try_from(documents.len() + 1).ok().filter(|kinds| *kinds > 1 && enough(None))?;
        let kind = |place: Option<usize>| match place {
            None => Some(0),
            Some(place) => {
                (1..kinds).zip(&documents).find(|(_, (document, _))| *document == place).map(|(kind, _)| kind)
            }
        };
        let labelled = examples.iter().filter_map(|(place, message)| Some((kind(place)?, message)));
        let bayes = NaiveBayes::learn(kinds, labelled.chain(calm.into_iter().map(|text| (0, text))));
        Some(Self { bayes, documents })
    }

    /// The danger of a message of `words` in which the sign of `signed` was found, and which has these `odds` by the
    /// examples.
    fn weigh(&self, signed: Option<Danger>, odds: &[f32], words: &[Word]) -> Option<Danger> {
        let of_sign = |document| match &signed {
            Some(danger) if danger.document == document => ODDS_OF_SIGN,
            _ => 0.0,
        };
        let weighed = self.documents.iter().zip(odds).map(|((document, _), odds)| odds + of_sign(*document));
        let (kind, likeliest) = (1..).zip(weighed).max_by(|a, b| a.1.total_cmp(&b.1))?;
        let (document, level) = self.documents[kind - 1];
        let outcome = (likeliest >= ODDS_MIN).then_some(level);
        match signed {
            Some(danger) if Some(danger.level) > outcome && self.is_told_beside(&danger, words) => Some(danger),
            Some(danger) if !self.is_learnt(danger.document) && likeliest < ODDS_OF_SIGN => Some(danger),
            Some(danger) if outcome.is_some() && danger.document == document => Some(danger),
            _ => outcome.map(|level| self.liken(words, kind, level)),
        }
    }

    /// Whether the few words around the sign of `danger` tell of it so clearly that it counts whatever the rest of the
    /// message is like: somebody who asks about make-up may mention their chest pain.
    fn is_told_beside(&self, danger: &Danger, words: &[Word]) -> bool {
        let (start, end) = (danger.words.start.saturating_sub(AROUND), danger.words.end + AROUND);
        let odds = self.bayes.evidence(&words[start..end.min(words.len())]);
        let (mut own, mut others) = (None, 0.0_f32);
        for ((document, _), odds) in self.documents.iter().zip(odds) {
            if *document == danger.document {
                own = Some(odds);
            } else {
                others = others.max(odds);
            }
        }
        // Of a document without examples they say nothing.
        own.is_none_or(|own| own >= others + ODDS_OF_SIGN)
    }

    fn is_learnt(&self, document: usize) -> bool {
        self.documents.iter().any(|(place, _)| *place == document)
    }

    /// The danger of a message of `words` that is like the examples of `kind`.
    fn liken(&self, words: &[Word], kind: usize, level: Level) -> Danger {
        let told = self.bayes.telling(words, kind, TOLD);
        let shown = |told: &Range<usize>| {
            words[told.clone()].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let reason = Reason::Likeness(told.iter().map(shown).collect());
        let document = self.documents[kind - 1].0;
        Danger { document, level, reason, words: told.into_iter().next().unwrap_or_default() }
    }
}

impl Translated {
    fn new(language: Language, documents: &[UrgentDocument]) -> Self {
        let glosses = glosses(language)
            .flat_map(|(foreign, english)| words(foreign).into_iter().map(move |word| (word.text, english.to_owned())));
        let glosses: HashMap<String, String> = glosses.collect();
        let is_in_it = |(_, document): &(usize, &UrgentDocument)| document.language == language;
        let translated = |document| {
            if glosses.is_empty() { Cow::Borrowed(document) } else { Cow::Owned(translate(document, &glosses)) }
        };
        let (places, own): (Vec<usize>, Vec<Cow<'_, UrgentDocument>>) = documents
            .iter()
            .enumerate()
            .filter(is_in_it)
            .map(|(place, document)| (place, translated(document)))
            .unzip();
        Self { language, signs: Signs::new(&own), glosses, documents: places }
    }

    /// `words` with what is glossed.
    fn gloss(&self, words: &[Word]) -> Vec<Word> {
        let gloss = |word: &Word| self.glosses.get(&word.text).unwrap_or(&word.text).clone();
        words.iter().map(|word| Word { text: gloss(word), ending: word.ending }).collect()
    }

    /// The danger that `words` name, which are glossed.
    fn find(&self, words: &[Word]) -> Option<Danger> {
        let danger = self.signs.find(words)?;
        Some(Danger { document: self.documents[danger.document], ..danger })
    }
}

/// `document` with what is glossed in its signs.
fn translate(document: &UrgentDocument, glosses: &HashMap<String, String>) -> UrgentDocument {
    let one = |text: &Located<String>| {
        let pieces = text.value.split_whitespace().map(|word| match &words(word)[..] {
            [folded] if glosses.contains_key(&folded.text) => glosses[&folded.text].as_str(),
            _ => word,
        });
        Located { value: pieces.collect::<Vec<_>>().join(" "), span: text.span.clone() }
    };
    let all = |texts: &[Located<String>]| texts.iter().map(one).collect::<Vec<_>>();
    let groups = document.groups.iter().map(|(name, texts)| (name.clone(), all(texts))).collect();
    UrgentDocument {
        signs: all(&document.signs),
        hints: all(&document.hints),
        harmless: all(&document.harmless),
        groups,
        ..document.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::knowledge::{Document, Telling, assemble};

    /// Which document of a folder with or without examples `message` falls under, and by what; empty where by none.
    #[track_caller]
    fn check(message: &str, with_examples: &str, without: &str) {
        let mut examples = String::new();
        for number in 0..URGENT_EXAMPLES_MIN {
            writeln!(examples, "b\tday {number} and my cheek is a hot balloon").unwrap();
            writeln!(examples, "b\tday {number} there is pus in my cheek").unwrap();
            writeln!(examples, "calm\tday {number} and the film has zombie pus in it").unwrap();
        }
        writeln!(examples, "a\tone example is too little to learn from").unwrap();
        let document = |path: &str, level: &str, sign: &str, more: &str| {
            let head =
                format!("title = \"t\"\nlevel = \"{level}\"\nsigns = [\"{sign}\"]\nreviewed = 2026-11-23\n{more}");
            Document::new(path, &format!("+++\n{head}+++\nCall."))
        };
        let folder = || {
            vec![
                document("urgent/a.md", "emergency", "fainted", ""),
                document("urgent/b.md", "urgent", "pus", ""),
                document("urgent/c.md", "urgent", "fieber", "language = \"de\"\n"),
            ]
        };
        let learnt = [folder(), vec![Document::new("urgent/examples.tsv", &examples)]].concat();
        for (documents, expected) in [(learnt, with_examples), (folder(), without)] {
            let mut loaded = assemble(documents);
            assert!(!loaded.has_errors(), "{:?}", loaded.problems);
            let Telling { urgent, examples } = loaded.knowledge.take_telling();
            let dangers = Dangers::new(&urgent).with(Learnt::new(&urgent, &examples, []));
            let found = dangers.find(message, &words(message)).map_or(String::new(), |danger| {
                format!("{}: {}", loaded.knowledge.urgent()[danger.document].id.stem(), danger.reason)
            });
            assert_eq!(found, expected, "{message:?}");
        }
    }

    #[test]
    fn examples_notice_what_no_sign_names() {
        check("my cheek is a balloon", "b: examples of danger with “my cheek”, “is”, “a”", "");
    }

    #[test]
    fn examples_tell_a_sign_that_means_nothing() {
        check("the film has pus in it", "", "b: the sign “pus”");
        check("there is pus in my cheek", "b: the sign “pus”", "b: the sign “pus”");
    }

    #[test]
    fn a_document_with_few_examples_goes_by_its_signs() {
        check("my day: i fainted", "a: the sign “fainted”", "a: the sign “fainted”");
    }

    #[test]
    fn other_languages_go_by_signs() {
        check("ich habe fieber, cheek hot balloon day", "c: the sign “fieber”", "c: the sign “fieber”");
    }
}
