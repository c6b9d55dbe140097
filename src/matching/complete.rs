//! Completion: ranking while someone types, when the last word is only begun.
//!
//! What is finished is compared as in a question. The word begun stands for the commonest words that start with it, any
//! of which will do; its letters are compared as far as they go, so that a slip in it does no harm. Nothing that was
//! learnt is asked: half a question says too little.

use super::index::{Index, Match};
use super::pieces::{Kind, Pieces, open_letters, pieces};
use super::score::Signals;
use super::words::{Ending, Word, typed};

/// How many words a begun word may stand for. One letter begins half the language: more would cost time and say no
/// more.
const MEANT: usize = 16;

/// How much of what is typed is read, in chars: no question takes more to be found, and it is read anew with every key.
const READ_CHARS: usize = 500;

/// Ranks the entries for what is `typed` so far; see [`Index::complete`].
pub(super) fn complete(index: &Index, text: &str, most: usize) -> Vec<Match> {
    let end = text.char_indices().nth(READ_CHARS).map_or(text.len(), |(end, _)| end);
    let (finished, begun) = typed(&text[..end]);
    let mut words = index.read(&finished);
    let mut finished = pieces(&words);
    let mut alternatives = Pieces::default();
    if !begun.is_empty() {
        for meant in meant_by(index, &begun) {
            let [terms, _, _] = pieces(std::slice::from_ref(&meant));
            let [_, pairs, _] = pieces(&words.last().cloned().into_iter().chain([meant]).collect::<Vec<_>>());
            alternatives[Kind::Word as usize].extend(terms);
            alternatives[Kind::Pair as usize].extend(pairs);
        }
        words.push(plain(&begun));
        finished[Kind::Letters as usize] = open_letters(&words);
    }
    let weigh = |kind: usize| index.kinds[kind].weigh_open(&finished[kind], &alternatives[kind]);
    let similar = index.similar(&std::array::from_fn(weigh));
    let likeness = index.likeness(&similar);
    let signals = likeness.map(|(entry, likeness)| (index.entries[entry], Signals { likeness, learnt: likeness }));
    let mut matches = index.matches(signals);
    matches.truncate(most);
    matches
}

/// The words that `begun` may become; where there are none, what it may be a slip for.
fn meant_by(index: &Index, begun: &str) -> Vec<Word> {
    let known = index.vocabulary.starting_with(begun, MEANT);
    if known.is_empty() { index.read(&[plain(begun)]) } else { known.into_iter().map(plain).collect() }
}

fn plain(word: &str) -> Word {
    Word { text: word.to_owned(), ending: Ending::None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDINGS: [(&str, &str); 18] = [
        ("depth", "How deep do the needles go?"),
        ("depth", "needle length in mm"),
        ("depth", "what depth is used at the doctor"),
        ("sunscreen", "Should I wear sunscreen after microneedling?"),
        ("sunscreen", "do i need spf after needling"),
        ("sunscreen", "can i go out in the sun after"),
        ("makeup", "Can I wear makeup after microneedling?"),
        ("makeup", "when can i put on foundation again"),
        ("makeup", "how long no makeup"),
        ("what", "What is microneedling?"),
        ("what", "explain microneedling to a newbie"),
        ("what", "definition of skin needling"),
        ("pain", "Does it hurt?"),
        ("pain", "is it painful"),
        ("pain", "do they use numbing cream"),
        ("cost", "How much does it cost?"),
        ("cost", "price of three sessions"),
        ("cost", "is it expensive"),
    ];

    fn index() -> Index {
        let entry = |name| WORDINGS.iter().position(|(other, _)| *other == name).unwrap_or(0);
        let wordings: Vec<(usize, &str)> = WORDINGS.iter().map(|(name, text)| (entry(*name), *text)).collect();
        Index::build(&wordings, [])
    }

    #[test]
    fn finds_what_is_being_typed() {
        let index = index();
        let check = |typed: &str, expected: &str| {
            let found = index.complete(typed, 25);
            let first = found.first().map_or("nothing", |found| WORDINGS[found.entry].0);
            assert_eq!(first, expected, "for {typed:?}: {found:?}");
        };
        check("how de", "depth");
        check("How deep", "depth");
        check("needle le", "depth");
        check("the needl", "depth");
        check("suns", "sunscreen");
        check("sun", "sunscreen");
        check("SP", "sunscreen");
        check("sunscren", "sunscreen"); // one letter missing
        check("snuscreen af", "sunscreen"); // letters swapped
        check("mkeup", "makeup");
        check("makeu", "makeup");
        check("how long no", "makeup");
        check("what is micro nee", "what");
        check("micron", "what");
        check("what is", "what");
        check("def", "what");
        check("does it h", "pain");
        check("hurts", "pain");
        check("numb", "pain");
        check("how m", "cost");
        check("pric", "cost");
        check("expen", "cost");
        check("cost ", "cost");
    }

    #[test]
    fn is_empty_where_nothing_is_typed_or_alike() {
        let index = index();
        for typed in ["", "  ", "?!", "🙏", "xqz", "\u{301}"] {
            assert_eq!(index.complete(typed, 25), [], "{typed:?}");
        }
        assert_eq!(Index::build(&[], []).complete("how", 25), []);
    }

    #[test]
    fn reads_no_more_than_the_beginning() {
        let (index, long) = (index(), "does it hürt ".repeat(100));
        let start: String = long.chars().take(READ_CHARS).collect();
        assert_eq!(index.complete(&long, 25), index.complete(&start, 25));
        assert_eq!(index.complete(&format!("{start}h makeup sunscreen"), 25), index.complete(&start, 25));
        assert_ne!(index.complete("does it h makeup sunscreen", 25), index.complete("does it h", 25));
    }

    #[test]
    fn is_never_longer_than_asked_for() {
        assert_eq!(index().complete("how", 2).len(), 2);
        assert_eq!(index().complete("how", 0), []);
    }
}
