//! An explanation: how the score of one entry for one question came about.

use serde::Serialize;

use super::index::Index;
use super::pieces::{Kind, Occurrence, each_occurrence, pieces};
use super::search::Similar;
use super::words::Word;

/// How the score of one entry came about.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Explanation {
    /// The entry's score in `0..=1`.
    pub score: f32,
    /// The question as it is matched: slips of the fingers corrected, synonyms rewritten.
    pub read_as: String,
    /// The wording of the entry that came closest; empty where none has anything in common with the question.
    pub wording: String,
    /// The signals that the score is made of, in the order in which they are combined.
    pub parts: Vec<Part>,
    /// The words of the question that the wording answers to, heaviest first.
    pub matched: Vec<Matched>,
    /// The words of the question that were held against the wording, heaviest first.
    pub held: Vec<Held>,
}

/// One signal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// What it measures.
    pub name: &'static str,
    /// Its value.
    pub value: f32,
}

/// A word of the question that a word of the wording answers to, wholly or in part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matched {
    /// The word as the question has it.
    pub question: String,
    /// The most similar word of the wording.
    pub entry: String,
    /// What it adds to the similarity of question and wording: by itself, by the pairs it stands in, and by its
    /// letters. The weights of all matched words add up to the similarity.
    pub weight: f32,
}

/// A word of the question that the wording lacks, wholly or in part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    /// The word.
    pub word: String,
    /// Its share of the question, in `0..=1`, as far as the wording lacks it.
    pub weight: f32,
}

/// Below this a weight is not worth a line.
const WORTH_A_LINE: f32 = 0.005;

/// Explains the score of `entry` for a question's words.
pub(super) fn explain(index: &Index, words: &[Word], entry: usize) -> Explanation {
    let words = index.read(words);
    let question = index.weigh(&words);
    let similar = index.similar(&question);
    let signals: Vec<_> = index.signals(&similar).collect();
    let ranked = index.matches(signals.iter().copied());
    let place_of = |entry| ranked.iter().position(|found| found.entry == entry);
    let (Some(place), Some((_, of_entry))) = (place_of(entry), signals.iter().find(|(number, _)| *number == entry))
    else {
        return Explanation::default();
    };
    let strength_of = |place: usize| {
        let number = ranked.get(place).map(|found| found.entry);
        signals.iter().find(|(entry, _)| Some(*entry) == number).map_or(0.0, |(_, signals)| signals.strength())
    };
    let mut parts = vec![
        Part { name: "likeness to its closest wordings", value: of_entry.likeness },
        Part { name: "learnt from all wordings", value: of_entry.learnt },
        Part { name: "strength, the mean of both", value: of_entry.strength() },
    ];
    if place == 0 {
        parts.push(Part { name: "distance to the runner-up", value: strength_of(0) - strength_of(1) });
    }
    parts.push(Part { name: "strength of noise", value: index.noise });
    let off_topic = index.strongest_off_topic(signals.iter().copied());
    if off_topic > 0.0 {
        parts.push(Part { name: "strength of the closest off-topic question", value: off_topic });
    }

    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let mut explanation =
        Explanation { score: ranked[place].score, read_as: texts.join(" "), parts, ..Explanation::default() };
    let closest = |a: &&Similar, b: &&Similar| a.similarity.total_cmp(&b.similarity).then(b.wording.cmp(&a.wording));
    let of_entry = similar.iter().filter(|similar| index.entry_number(similar.wording) == entry);
    if let Some(Similar { wording, .. }) = of_entry.max_by(closest) {
        explanation.wording = index.texts[*wording].to_string();
        explanation.compare(index, &words, *wording);
    }
    explanation
}

impl Explanation {
    /// Fills in which words of the question the wording has, and which it lacks.
    fn compare(&mut self, index: &Index, words: &[Word], wording: usize) {
        let others = index.read(&super::words::words(&index.texts[wording]));
        // By word of the question: what it adds to the similarity, and what it could add at most.
        let mut weights = vec![(0.0_f32, 0.0_f32); words.len()];
        for kind in Kind::ALL {
            let inverted = &index.kinds[kind as usize];
            let vector = inverted.vector(wording);
            let mut occurrences: Vec<Occurrence> = Vec::new();
            each_occurrence(words, |occurrence| occurrences.extend((occurrence.kind == kind).then_some(occurrence)));
            let pieces = &pieces(words)[kind as usize];
            let squares: f32 = pieces.iter().map(|piece| inverted.weight_in_question(piece).powi(2)).sum();
            let squares = squares.max(f32::MIN_POSITIVE);
            for piece in pieces {
                let weight = inverted.weight_in_question(piece);
                let number = inverted.number(piece.key);
                let found = number.and_then(|number| vector.binary_search_by_key(&number, |(piece, _)| *piece).ok());
                let component = found.map_or(0.0, |place| vector[place].1);
                // A piece that occurs several times is one piece: its occurrences share its weight evenly.
                let of_piece = || occurrences.iter().filter(|occurrence| occurrence.key == piece.key);
                #[allow(clippy::cast_precision_loss, reason = "a question has far fewer than 2^24 pieces")]
                let share = kind.share() / (2 * of_piece().count()) as f32;
                for word in of_piece().flat_map(|occurrence| occurrence.words) {
                    weights[word].0 += share * weight / squares.sqrt() * component;
                    weights[word].1 += share * weight * weight / squares;
                }
            }
        }
        for (word, (added, most)) in words.iter().zip(weights) {
            let similar = |other: &&Word| strsim::jaro_winkler(&word.text, &other.text);
            let nearest = others.iter().max_by(|a, b| similar(a).total_cmp(&similar(b)));
            if let Some(nearest) = nearest
                && added >= WORTH_A_LINE
            {
                let (question, entry) = (word.text.clone(), nearest.text.clone());
                self.matched.push(Matched { question, entry, weight: added });
            }
            if most - added >= WORTH_A_LINE && added < most / 2.0 {
                self.held.push(Held { word: word.text.clone(), weight: most - added });
            }
        }
        self.matched.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        self.held.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::words::words;

    fn index() -> Index {
        let wordings = [
            (0, "How deep do the needles go?"),
            (0, "what is the needle depth"),
            (1, "Does microneedling hurt?"),
            (1, "is it painful"),
            (2, "How long is the treatment?"),
        ];
        Index::build(&wordings, [])
    }

    #[test]
    fn says_what_the_score_is_made_of() {
        let (index, question) = (index(), words("whats the nedle depth, in zurich"));
        let explanation = index.explain(&question, 0);
        let best = index.rank(&question)[0];
        assert_eq!((best.entry, best.score), (0, explanation.score));
        assert_eq!(explanation.read_as, "what is the needle depth in zurich");
        assert_eq!(explanation.wording, "what is the needle depth");
        let matched: Vec<_> = explanation.matched.iter().map(|m| (m.question.as_str(), m.entry.as_str())).collect();
        assert!(matched.contains(&("depth", "depth")) && matched.contains(&("needle", "needle")), "{explanation:#?}");
        assert_eq!(explanation.held[0].word, "zurich", "{explanation:#?}");
        let total: f32 = explanation.matched.iter().map(|matched| matched.weight).sum();
        let similar = index.similar(&index.weigh(&index.read(&question)));
        let closest = similar.iter().map(|similar| similar.similarity).fold(0.0, f32::max);
        assert!((total - closest).abs() < 0.02, "{total} and {closest}");
    }

    #[test]
    fn is_empty_where_nothing_is_alike() {
        assert_eq!(index().explain(&words("xyzzy"), 1), Explanation::default());
    }
}
