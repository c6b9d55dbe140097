//! Similar questions: whether a question asks the same as another in other words.

use crate::matching::Index;
use crate::matching::words::words;

/// From which similarity on two questions are taken to ask the same. Among the labelled questions of two public sets,
/// 20 or 200 of them open, nineteen of twenty that were joined from here on had the same label; at 0.5 it is nine of ten,
/// at 0.4 five of six. Joining too little only makes another card.
const SAME: f32 = 0.6;

/// The place in `others` of the question that `text` asks the same as; `None` where there is none. Costs what an index
/// of `others` costs.
#[must_use]
pub fn same_as(text: &str, others: &[&str]) -> Option<usize> {
    let wordings: Vec<(usize, &str)> = others.iter().copied().enumerate().collect();
    let most_similar = Index::build(&wordings, []).most_similar(&words(text));
    most_similar.filter(|(_, similarity)| *similarity >= SAME).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_may_ask_the_same() {
        const OPEN: [&str; 4] = [
            "can I use retinol the night before needling",
            "does insurance pay for this",
            "how do I clean the needles",
            "is it safe to swim in the sea afterwards",
        ];
        let check = |text, expected| assert_eq!(same_as(text, &OPEN), expected, "{text:?}");
        check("how do i clean needles??", Some(2));
        check("does my insurrance pay for this", Some(1));
        check("Is it safe to swim in the sea afterward", Some(3));
        check("can I use vitamin c the night before needling", None);
        check("how do I store the needles", None);
        check("is it safe to fly", None);
        check("does it hurt", None);
        assert_eq!(same_as("does it hurt", &[]), None);
    }
}
