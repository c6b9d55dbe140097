//! Matching and deciding on the shipped knowledge: what members type, and what any text may do to the matcher.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use needle::answer::{Decision, Manner, Policy, Question, Snapshot, Unknown, decide, foreign};
use needle::config::{Config, Sources};
use needle::knowledge;
use needle::language::Language;
use needle::limits::QUESTION_CHARS;
use needle::matching::words::words;
use needle::matching::{Index, Match};
use proptest::prelude::*;

pub static SHIPPED: LazyLock<Snapshot> = LazyLock::new(|| {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    Snapshot::new(knowledge::load(&dir).knowledge)
});

/// The built-in thresholds.
static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let defaults = Sources { local_file: PathBuf::from("nowhere"), environment: Vec::new() };
    Config::load(&defaults).unwrap().answer.policy()
});

fn decided(text: &str, manner: Manner) -> Decision {
    decide(&Question { text: text.to_owned(), scope: manner.into() }, &SHIPPED, &POLICY).decision
}

fn stem(found: Match) -> &'static str {
    SHIPPED.knowledge.entries()[found.entry].id.stem()
}

/// Checks that the entry `expected` comes first for each of `questions`.
#[track_caller]
fn check_best(expected: &str, questions: &[&str]) {
    for question in questions {
        let best = SHIPPED.index.rank(&words(question)).first().map(|best| (stem(*best), best.score));
        assert_eq!(best.map(|(stem, _)| stem), Some(expected), "best for {question:?}: {best:?}");
    }
}

/// Every text that is known to be English.
fn english() -> Vec<String> {
    let knowledge = &SHIPPED.knowledge;
    let entries = knowledge.entries().iter().flat_map(|entry| entry.wordings().map(|text| text.value.clone()));
    let off_topic = knowledge.topics().flat_map(|topic| topic.off_topic.iter().map(|text| text.value.clone()));
    let files = [include_str!("../../knowledge/microneedling/expected.tsv"), include_str!("urgent_messages.tsv")];
    let lines = files.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#'));
    let labelled = lines.filter_map(|line| line.split_once('\t')).map(|(_, text)| text.to_owned());
    entries.chain(off_topic).chain(labelled).collect()
}

#[test]
fn no_english_question_is_taken_for_another_language() {
    let texts = english();
    assert!(texts.len() > 1_000, "{}", texts.len());
    for text in texts {
        assert_eq!(foreign(&text, &[Language::English]), None, "{text:?}");
        // The same as fast thumbs type it.
        let mut chars: Vec<char> = text.chars().collect();
        for place in (2..chars.len()).step_by(5) {
            chars.swap(place - 1, place);
        }
        let typed: String = chars.into_iter().collect();
        assert_eq!(foreign(&typed, &[Language::English]), None, "{typed:?}");
    }
}

#[test]
fn spelling_does_not_matter() {
    check_best(
        "needle-depth",
        &[
            "How deep do the needles go?",
            "HOW DEEP DO THE NEEDLES GO???",
            "how deep do teh needles go",
            "how depe do the nedles go",
            "howdeep do the needlesgo",
            "h\u{200b}ow de\u{301}ep do the ｎｅｅｄｌｅｓ go 🙏🙏",
            "how deeeeep do the neeeedles go",
            "needle deph",
            "needledepth",
        ],
    );
    check_best(
        "sunscreen",
        &["sunscren after", "sun screen after??", "do u need spf pls", "SPF?", "“sunblock” needed?"],
    );
    check_best(
        "what-is-microneedling",
        &["what is micro needling", "whats microneedling", "what’s micro-needling", "wat is microneedeling"],
    );
    check_best("prp", &["platelet rich plasma", "what is PRP", "whats p.r.p for platlet plasma"]);
}

#[test]
fn words_of_equal_meaning_do_not_matter() {
    check_best("makeup-after", &["can i put on foundation after", "concealer right after the session"]);
    check_best("exercise-and-swimming", &["is the gym allowed afterwards", "can i exercise after"]);
    check_best("hyperpigmentation", &["does it help with dark spots", "hyper pigmentation"]);
}

#[test]
fn every_wording_finds_its_entry() {
    for (number, entry) in SHIPPED.knowledge.entries().iter().enumerate() {
        for wording in entry.wordings() {
            let decision = decided(&wording.value, Manner::Addressed);
            let is_right = matches!(&decision, Decision::Answer(best) if best.entry == number);
            assert!(is_right, "{:?} of {} was decided as {decision:?}", wording.value, entry.id);
        }
    }
}

#[test]
fn what_is_no_question_is_told() {
    for text in ["", "   ", "🙏🔥", "hi", "Hello everyone!", "thx so much", "lol", "\0\u{301}\u{200b}", "gm all"] {
        assert_eq!(decided(text, Manner::Addressed), Decision::Unknown(Unknown::NotAQuestion), "{text:?}");
    }
}

#[test]
fn what_is_not_known_is_not_answered() {
    for text in [
        "who won the match",
        "best laptop for students",
        "xyzzy",
        "1234567",
        "how do i cook rice",
        "Как дела?",
        "你好吗",
    ] {
        let decision = decided(text, Manner::Addressed);
        assert!(!matches!(decision, Decision::Answer(_) | Decision::Urgent(_)), "{text:?}: {decision:?}");
    }
}

#[test]
fn off_topic_questions_are_never_answered() {
    for question in SHIPPED.knowledge.topics().flat_map(|topic| &topic.off_topic) {
        for text in [question.value.clone(), format!("hi, what about {} please?", question.value)] {
            let decision = decided(&text, Manner::Addressed);
            assert!(!matches!(decision, Decision::Answer(_) | Decision::Urgent(_)), "{text:?}: {decision:?}");
        }
    }
}

#[test]
fn an_off_topic_question_takes_what_is_more_like_it() {
    let wordings = [(3, "is it safe"), (3, "any danger in it"), (5, "how does it work")];
    let asked = words("is it safe while pregnant");
    let answered = Index::build(&wordings, []).rank(&asked);
    let refused = Index::build_beside(&wordings, &["while pregnant", "is it cheap"], []).rank(&asked);
    assert_eq!((answered[0].entry, refused[0].entry), (3, 3));
    assert!(refused.iter().all(|found| [3, 5].contains(&found.entry)), "{refused:?}");
    assert!(refused[0].score < answered[0].score.min(0.55), "{answered:?} {refused:?}");
}

#[test]
fn unprompted_answers_are_surer() {
    let mut only_addressed = 0;
    for question in SHIPPED.knowledge.expected().values().flatten() {
        let text = &question.question.value;
        let is_answer = |manner| matches!(decided(text, manner), Decision::Answer(_));
        match (is_answer(Manner::Addressed), is_answer(Manner::Unprompted)) {
            (false, true) => panic!("{text:?} is answered only where nobody asked"),
            (true, false) => only_addressed += 1,
            _ => {}
        }
    }
    assert!(only_addressed > 0, "the stricter thresholds change nothing");
}

#[test]
fn danger_comes_before_every_answer() {
    let text = "How deep do the needles go? There is yellow pus on my cheek since yesterday";
    assert!(matches!(decided(text, Manner::Addressed), Decision::Urgent(_)));
    assert!(matches!(decided(text, Manner::Unprompted), Decision::Urgent(_)));
}

/// Letters without end, in an order that never repeats.
fn letters() -> impl Iterator<Item = char> {
    let numbers =
        std::iter::successors(Some(1_u32), |last| Some(last.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)));
    numbers.map(|number| char::from(b'a' + (number >> 24) as u8 % 26))
}

#[test]
fn a_huge_question_is_cut_before_it_is_read() {
    for piece in ["needle ", "a", "a ", "?!", "\u{301}", "ﷺ", "😀", "\u{202e}", "yellow pus "] {
        let text = piece.repeat(1_000_000 / piece.len());
        let _ = decided(&text, Manner::Addressed);
    }
    let word: String = letters().take(1_000_000).collect();
    let long_words = letters().enumerate().map(|(place, letter)| if place % 30 == 29 { ' ' } else { letter });
    let without_spaces: String = ('\u{4e00}'..'\u{9fa5}').take(QUESTION_CHARS).collect();
    for text in [&word, &long_words.take(1_000_000).collect(), &without_spaces] {
        let _ = (decided(text, Manner::Addressed), SHIPPED.index.complete(text, 25));
    }
    let long = "a ".repeat(QUESTION_CHARS / 2);
    assert!(matches!(decided(&format!("yellow pus. {long}"), Manner::Addressed), Decision::Urgent(_)));
    assert!(!matches!(decided(&format!("{long} yellow pus"), Manner::Addressed), Decision::Urgent(_)));
}

/// Text as members and machines write it: words of the knowledge base, typos, any character at all.
fn any_text() -> impl Strategy<Value = String> {
    let known =
        prop::sample::select(vec!["how", "deep", "needles", "microneedling", "skin", "no", "pus", "fever", "?", "\n"]);
    let word = prop_oneof![known.prop_map(str::to_owned), "\\PC{0,8}", any::<String>()];
    prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_decided_alike_every_time(text in any_text()) {
        let asked = words(&text);
        let matches = SHIPPED.index.rank(&asked);
        prop_assert_eq!(&matches, &SHIPPED.index.rank(&asked));
        prop_assert!(matches.iter().all(|found| (0.0..=1.0).contains(&found.score)), "{:?}", matches);
        prop_assert!(matches.is_sorted_by(|a, b| a.score >= b.score), "{:?}", matches);
        prop_assert_eq!(decided(&text, Manner::Addressed), decided(&text, Manner::Addressed));
        for found in matches.iter().take(2) {
            let explanation = SHIPPED.index.explain(&asked, found.entry);
            prop_assert!((explanation.score - found.score).abs() < 1e-6);
        }
    }

    #[test]
    fn any_knowledge_can_be_indexed(
        wordings in prop::collection::vec((0_usize..6, any_text()), 0..12),
        synonyms in prop::collection::vec(prop::collection::vec(any_text(), 0..3), 0..3),
        question in any_text(),
    ) {
        let wordings: Vec<(usize, &str)> = wordings.iter().map(|(entry, text)| (*entry, text.as_str())).collect();
        let build = |wordings: &[(usize, &str)]| Index::build(wordings, synonyms.iter().map(Vec::as_slice));
        let asked = words(&question);
        let matches = build(&wordings).rank(&asked);
        prop_assert!(matches.iter().all(|found| (0.0..=1.0).contains(&found.score)), "{:?}", matches);
        // In which order the wordings come does not matter, but for rounding.
        let reversed: Vec<_> = wordings.iter().rev().copied().collect();
        for found in build(&reversed).rank(&asked) {
            let before = matches.iter().find(|other| other.entry == found.entry).map_or(0.0, |other| other.score);
            prop_assert!((before - found.score).abs() < 1e-3, "entry {}: {before} and {}", found.entry, found.score);
        }
    }
}
