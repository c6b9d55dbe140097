//! Danger in any language: signs of danger as English tells them, and those of urgent documents in other languages.
//!
//! How a sign is denied, doubted or asked about is read in English alone ([`urgent`](super::urgent)). For the other
//! languages the few words that say so are put into English beforehand, each for one, in the message as well as in the
//! signs: "kein Fieber" is read as "no fieber", and "wenn ich Fieber habe" as "if i fieber have".

use std::borrow::Cow;
use std::collections::HashMap;

use crate::knowledge::{Located, UrgentDocument};
use crate::language::Language;
use crate::matching::words::{Word, words};

use super::foreign::{Foreign, foreign, glosses, leanings};
use super::urgent::{Danger, Signs};

/// The signs of every urgent document, those of each language for messages in it.
#[derive(Debug)]
pub struct Dangers {
    english: Translated,
    others: Vec<Translated>,
}

/// The signs of a language that is not English.
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
        Self { english, others }
    }

    /// The gravest danger that `text` names; of equal ones that in the language it seems to be written in, whose notice
    /// can be read at once. `words` are those of `text`.
    #[must_use]
    pub fn find(&self, text: &str, words: &[Word]) -> Option<Danger> {
        if self.others.is_empty() {
            return self.english.find(words);
        }
        let leanings = leanings(text);
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
