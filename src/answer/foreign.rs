//! Foreign: whether a question is clearly in a language that nothing is answered in.
//!
//! Told by function words, which every sentence has and which do not change with its subject, and by the script. A word
//! speaks for a language only where it is none of the languages that are answered in, so that the `was` of a German
//! question does not speak for English. A question passes as foreign only with several such words that outweigh the
//! rest: English is typed with typos, without function words, and with names such as *crème de la mer* in it, and must
//! never be taken for another language.

use std::collections::HashMap;
use std::sync::LazyLock;

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

/// The fewest letters by which a script tells something; a lone `Δ` or `の` does not.
const SCRIPT_LETTERS: usize = 3;

/// A language's function words.
struct Words {
    /// Those that no slip makes of an English word.
    strong: &'static str,
    /// Others; one that stands in both lists is weak.
    weak: &'static str,
}

/// The function words of English as it is typed in chats. A word here weakens its like in other languages.
const ENGLISH: Words = Words {
    strong: "about after again all also am an and any anyone are aren't as at be because been before best being but by \
        can can't cant cause could couldn't day days did didn't do does doesn't doesnt doing don't dont during each even \
        ever every few first for from get getting go going gonna good got had has have haven't having he help her here \
        hey hi him his how how's i i'd i'll i'm i've id if ill im in into is isn't it it's its ive just know let like \
        long make many may me might more most much must my need needs never new no not now of off often okay on once one \
        only or other our out over please pls plz put really right safe same she should so some someone something soon \
        still such take than thank thanks that that's thats the their them then there these they this those thru to too \
        u until up ur us use used using very want was way we week weeks well were what what's whats when where which \
        while who whole why will with without wont work would wouldn't ya yes yet you your yours",
    weak: "a die dose hat man hwo per plus son war wat wen wer wo y",
};

/// The function words of the other languages. `weak` are also those that English has, that are names' parts, or that a
/// slip of the finger makes of an English word.
fn words_of(language: Language) -> Words {
    match language {
        Language::English => ENGLISH,
        Language::German => Words {
            strong: "aber auf aus bekomme bekommen beim bei darf dass dauert dein deine denn der dich doch durch dürfen ein \
                eine einem einen einer eines es etwas euch gegen geht gibt habe haben hilft ich ihr im immer ist jede \
                jeden jetzt kann kein keine können könnte mach machen macht mehr mein meine meinem meinen meiner mich \
                muss müssen nach nicht nichts noch oder ohne gehen gehört tief schon sehr sein seine sich sie sind soll sollte über und uns \
                unter viel vom vor wann warum was welche wenn werden wie wieder wieso wird wurde zu zum zur zwischen \
                für wäre hätte tut weh lange oft danach vorher",
            weak: "als am an auch da das dem den des die dir du er hat in man mal mir mit nach nur ob seit so um vom von war \
                weil wer wir wo fur uber konnen mussen",
        },
        Language::Spanish => Words {
            strong: "cada cómo como cual cuál cuáles cuándo cuando cuánto cuánta cuántas cuántos cuanto cuantos cuantas \
                debería debo desde después despues donde dónde duele ella ellos esta está están estar este esto estoy \
                hace hacer hacerme hasta haya más mejor mientras mucho muchas muchos muy nada ningún para pero \
                piel poco porque puede pueden puedo qué que quiero sería según siempre sin sirve sobre solo sólo soy \
                también tan tanto tarda tengo tener tiene todo todos una unas unos usar usted ya tras antes durante \
                entre días dia semanas",
            weak: "a al con de del el la las los en es eso hay he le les lo mas me mi mis muy nos o os por se ser si son su sus te tu \
                un y e ha he no va",
        },
        Language::French => Words {
            strong: "ai-je alors après apres aussi au aux avant avec avez avoir avons beaucoup c'est ça cela ces cet cette \
                chez combien comme comment dans depuis dois doit donc dont du elle elles encore entre est-ce est-il et \
                être etre eu fait faire faites faut il ils j'ai jamais je jours jusqu'à la le les leur leurs lors mais \
                mes moi moins mon même n'est notre nous ou où parce pas pendant peau peut peut-on peux plus pour pourquoi \
                près qu'est-ce qu'il qu'on quand que quel quelle quelles quels qui quoi sans semaines ses si soit sont \
                sous suis sur temps dure durée toujours tous tout toute très tres trop une vers vos votre vous",
            weak: "à ai au aux ce d'une d'un de des dont du en es est et eu fait il la le les lui ma mal me mes mon ne ni \
                nos on ou par pas plus pour qui sa sans se si son sous sur ta te toi ton tu un va y",
        },
        Language::Portuguese => Words {
            strong: "ainda além antes ao aos após até cada como com comigo cuja depois desde devo dela dele demora dias dói \
                doi ela ele eles em entre era essa esse esta está estão estou eu fazer fica foi há isso isto já logo mais \
                mas mesmo meu meus minha muito muita na nas não nem nenhum nessa nesta nos nós nossa o onde ou para pela \
                pelo pele pode podem posso porque precisa preciso pra qual quais quando quanto quantos quantas que é quem \
                quero são se sem semanas sempre sentir seu sou sua também tão tem tenho ter toda todos tudo um uma usar \
                vai você vocês voce vou",
            weak: "a as com da das de do dos e em era foi ha ja me mas na nao nas no nos o os ou por se sem ser so sua tem \
                ter um uma eu logo",
        },
    }
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
    let text: String = text.chars().take(READ_CHARS).nfkc().flat_map(char::to_lowercase).collect();
    if is_in_another_script(&text) {
        return Some(Foreign::Other);
    }
    let words = words(&text);
    let others: Vec<Language> = Language::ALL.into_iter().filter(|language| !answered.contains(language)).collect();
    let counts: Vec<(Language, u32)> =
        others.into_iter().map(|language| (language, count(&words, language, answered))).collect();
    let best = counts.iter().map(|(_, count)| *count).max()?;
    let own = answered.iter().map(|language| own_count(&words, *language, &counts, best)).max().unwrap_or(0);
    let length = u32::try_from(words.len()).unwrap_or(u32::MAX);
    if best < own + MARGIN || best * 10 < length.saturating_mul(TENTHS_PER_WORD) {
        return None;
    }
    let candidates: Vec<Language> =
        counts.iter().filter(|(_, count)| *count == best).map(|(language, _)| *language).collect();
    Some(if let [only] = candidates[..] { Foreign::Known(only) } else { Foreign::Other })
}

/// The language of `text`, as far as it is clear; else English.
#[must_use]
pub fn language_of(text: &str) -> Language {
    match foreign(text, &[]) {
        Some(Foreign::Known(language)) => language,
        _ => Language::default(),
    }
}

/// Whether nearly all letters are of a script in which none of the languages is written.
fn is_in_another_script(text: &str) -> bool {
    // Up to here Unicode has the Latin letters and those of phonetics, and far above some more.
    let is_latin =
        |c: &char| *c < '\u{370}' || ('\u{1d00}'..='\u{1eff}').contains(c) || ('\u{a720}'..='\u{a7ff}').contains(c);
    let (latin, other): (Vec<char>, Vec<char>) = text.chars().filter(|c| c.is_alphabetic()).partition(is_latin);
    other.len() >= SCRIPT_LETTERS && other.len() > 2 * latin.len()
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

/// What `word` counts for `language`.
fn weight(word: &str, language: Language) -> u32 {
    static ALL: LazyLock<[HashMap<&str, u32>; 5]> = LazyLock::new(|| {
        Language::ALL.map(|language| {
            let Words { strong, weak } = words_of(language);
            let strong = strong.split_ascii_whitespace().map(|word| (word, STRONG));
            strong.chain(weak.split_ascii_whitespace().map(|word| (word, WEAK))).collect()
        })
    });
    let known = |word: &str| ALL[language as usize].get(word).copied();
    match (known(word), language) {
        (Some(weight), _) => weight,
        (None, Language::French) => {
            // `faut-il` and `l'aiguille`, which no list can have all of.
            let elided = ["l'", "qu'", "j'", "n'", "s'"].iter().any(|start| word.starts_with(start));
            let inverted = word.split_once('-').and_then(|(verb, _)| known(verb));
            if elided { STRONG } else { inverted.unwrap_or(0) }
        }
        (None, _) => 0,
    }
}

/// What `words` count for `language`, without those that a language answered in has as well.
fn count(words: &[String], language: Language, answered: &[Language]) -> u32 {
    let is_own = |word: &&String| answered.iter().all(|other| weight(word, *other) == 0);
    words.iter().filter(is_own).map(|word| weight(word, language)).sum()
}

/// What `words` count for `language`, which is answered in, without those that a language with the most foreign ones
/// has as well.
fn own_count(words: &[String], language: Language, foreign: &[(Language, u32)], best: u32) -> u32 {
    let leads = |word: &String| foreign.iter().any(|(other, count)| *count == best && weight(word, *other) > 0);
    words.iter().filter(|word| !leads(word)).map(|word| weight(word, language)).sum()
}

#[cfg(test)]
mod tests;
