//! Similar questions: whether a question asks the same as another in other words.
//!
//! How much a word says is learnt from what is compared, and a handful of questions teaches little: the wordings of the
//! knowledge stand beside them, as what people ask otherwise.

use crate::knowledge::{Entry, Knowledge};
use crate::matching::Index;
use crate::matching::words::words;

/// From which similarity on two questions are taken to ask the same. Among the labelled questions of two public sets,
/// 20 or 200 of them open beside 400 others, nineteen of twenty that were joined from here on had the same label; at
/// 0.5 it is nine of ten, at 0.4 six of seven. Joining too little only makes another card.
const SAME: f32 = 0.6;

/// How many of the knowledge's wordings stand beside the questions.
const BESIDE: usize = 500;

/// The place in `others` of the question that `text` asks the same as; `None` where there is none. Costs what taking
/// apart `others` and 500 wordings of the knowledge costs.
#[must_use]
pub fn same_as(text: &str, others: &[&str], knowledge: &Knowledge) -> Option<usize> {
    let wordings: Vec<(usize, &str)> = others.iter().copied().enumerate().collect();
    let beside = knowledge.entries().iter().flat_map(Entry::wordings).map(|wording| wording.value.as_str());
    let beside: Vec<&str> = beside.take(BESIDE).collect();
    let synonyms = knowledge.topics().flat_map(|topic| &topic.synonyms).map(Vec::as_slice);
    let most_similar = Index::most_similar(&words(text), &wordings, &beside, synonyms);
    most_similar.filter(|(_, similarity)| *similarity >= SAME).map(|(place, _)| place)
}
