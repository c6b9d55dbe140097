//! Danger in messages: every line of a table of messages as members write them.
//!
//! The signs and the turns of phrase were made with these very messages, so that the shares below tell whether
//! something was broken, not how well danger is noticed. That was counted on 300 messages that nobody had looked at
//! before: 86 % of 170 dangerous ones were noticed (146), and 10 % of 130 calm ones (13). A turn of phrase that a single
//! message here needs is better left out than added: leaving out 434 of them changed nothing there.

use std::path::Path;
use std::sync::LazyLock;

use needle::answer::urgent::Signs;
use needle::knowledge::{self, Knowledge, Level};
use needle::language::Language;
use needle::matching::words::{Ending, Word, words};
use proptest::prelude::*;

/// The share of dangerous messages that must be noticed, and of emergencies by themselves.
const RECALL_MIN: f64 = 0.97;

/// The largest share of the messages without danger that may be noticed all the same.
const FALSE_ALARMS_MAX: f64 = 0.10;

/// The same of ordinary messages, which name no sign at all or mean none.
const ORDINARY_ALARMS_MAX: f64 = 0.02;

/// Lines of `label<TAB>message`, in English and then in other languages.
const MESSAGES: &str =
    concat!(include_str!("urgent_messages.tsv"), include_str!("urgent_messages_other_languages.tsv"));

static SHIPPED: LazyLock<Knowledge> =
    LazyLock::new(|| knowledge::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")).knowledge);

static SIGNS: LazyLock<Signs> = LazyLock::new(|| {
    let documents = SHIPPED.urgent().iter().filter(|document| document.language == Language::English);
    Signs::new(&documents.cloned().collect::<Vec<_>>())
});

/// Checks that at most the share `wrong_max` of the messages with one of `labels` is taken for something else.
#[track_caller]
fn check(labels: &[&str], wrong_max: f64) {
    let lines = MESSAGES.lines().map(|line| line.split_once('\t').expect("a label, a tab and a message"));
    let of_labels: Vec<(&str, &str)> = lines.filter(|(label, _)| labels.contains(label)).collect();
    assert!(!of_labels.is_empty(), "no message has a label of {labels:?}");
    let mut wrong = Vec::new();
    for (label, message) in &of_labels {
        let expected = match *label {
            "emergency" => Some(Level::Emergency),
            "urgent" => Some(Level::Urgent),
            _ => None,
        };
        let found = SIGNS.find(&words(message));
        if found.as_ref().map(|danger| danger.level) != expected {
            let taken_for = found.map_or("nothing".to_owned(), |danger| format!("{:?}: {}", danger.level, danger.sign));
            wrong.push(format!("{label}, taken for {taken_for}: {message}"));
        }
    }
    let share = f64::from(u32::try_from(wrong.len()).unwrap()) / f64::from(u32::try_from(of_labels.len()).unwrap());
    assert!(share <= wrong_max, "{} of {} wrong:\n{}", wrong.len(), of_labels.len(), wrong.join("\n"));
}

#[test]
fn danger_is_noticed() {
    check(&["emergency", "urgent"], 1.0 - RECALL_MIN);
}

#[test]
fn emergencies_are_noticed() {
    check(&["emergency"], 1.0 - RECALL_MIN);
}

#[test]
fn denied_and_general_danger_is_not() {
    check(&["negated", "hypothetical"], FALSE_ALARMS_MAX);
}

#[test]
fn ordinary_messages_are_not_urgent() {
    check(&["ordinary"], ORDINARY_ALARMS_MAX);
}

#[test]
fn only_what_is_expected_to_be_urgent_is() {
    let entries = SHIPPED.entries().iter();
    let asked = entries.flat_map(|entry| entry.phrasings.iter().chain([&entry.question]));
    let expected = SHIPPED.expected().values().flatten();
    let wrong: Vec<&str> = asked
        .map(|phrasing| (false, &phrasing.value))
        .chain(expected.map(|line| (line.label.value.starts_with("urgent/"), &line.question.value)))
        .filter(|(urgent, question)| SIGNS.find(&words(question)).is_some() != *urgent)
        .map(|(_, question)| question.as_str())
        .collect();
    assert!(wrong.is_empty(), "wrong:\n{}", wrong.join("\n"));
}

/// The time would grow with the square of the length, to many minutes at this one.
#[test]
fn texts_of_any_length_are_read() {
    for text in ["a ", "i ", "no ", "cured again ", "pus. ", "it ", "throat. closing. "] {
        let word = |text: &str| words(text).into_iter();
        let long: Vec<Word> = std::iter::repeat_n(text, 50_000).flat_map(word).collect();
        let _ = SIGNS.find(&long);
    }
    let long = Word { text: ('a'..='z').cycle().take(1_000_000).collect(), ending: Ending::None };
    assert_eq!(SIGNS.find(&[long]), None);
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in r"(\PC|[,.?! ]|no |not |fever |pus |can |if |but |and |throat |closing |went |gone ){0,60}") {
        let read = words(&text);
        if let Some(danger) = SIGNS.find(&read) {
            prop_assert!(!danger.words.is_empty() && danger.words.end <= read.len());
        }
    }
}
