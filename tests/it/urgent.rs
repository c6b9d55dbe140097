//! Danger in messages: every line of a table of messages as members write them.
//!
//! Nothing was made with these messages, neither signs nor examples, and none of them may become an example: they tell
//! how well danger is noticed in wording that nobody has foreseen. Each share that is asked for is printed as well
//! (`cargo test --test it urgent::messages -- --nocapture`).

use std::collections::HashSet;

use needle::knowledge::Level;
use needle::matching::words::{Ending, Word, words};
use proptest::prelude::*;

use crate::matching::SHIPPED;

/// The share of dangerous messages that must be noticed.
const RECALL_MIN: f64 = 0.97;

/// The share of dangerous messages that must get the notice of their own level.
const LEVEL_MIN: f64 = 0.90;

/// The largest share of the messages that name a danger nobody is in, and may be noticed all the same.
const FALSE_ALARMS_MAX: f64 = 0.10;

/// The same of ordinary messages, which a server has most of.
const ORDINARY_ALARMS_MAX: f64 = 0.02;

/// Lines of `label<TAB>message`, in English and then in other languages.
const MESSAGES: &str =
    concat!(include_str!("urgent_messages.tsv"), include_str!("urgent_messages_other_languages.tsv"));

fn danger(message: &str) -> Option<Level> {
    SHIPPED.dangers.find(message, &words(message)).map(|danger| danger.level)
}

/// Checks that for at least the share `least` of the messages with one of `labels`, `is_right` holds of the label and
/// of the danger that is found.
#[track_caller]
fn check(labels: &[&str], least: f64, is_right: impl Fn(&str, Option<Level>) -> bool) {
    let lines = MESSAGES.lines().map(|line| line.split_once('\t').expect("a label, a tab and a message"));
    let of_labels: Vec<(&str, &str)> = lines.filter(|(label, _)| labels.contains(label)).collect();
    assert!(!of_labels.is_empty(), "no message has a label of {labels:?}");
    let is_wrong = |(label, message): &&(&str, &str)| !is_right(label, danger(message));
    let wrong: Vec<&(&str, &str)> = of_labels.iter().filter(is_wrong).collect();
    let (right, all) = (of_labels.len() - wrong.len(), of_labels.len());
    let share = f64::from(u32::try_from(right).unwrap()) / f64::from(u32::try_from(all).unwrap());
    println!("{labels:?}: {right} of {all} right ({:.1} %)", share * 100.0);
    assert!(share >= least, "{right} of {all} right; wrong:\n{wrong:#?}");
}

mod messages {
    use super::*;

    #[test]
    fn danger_is_noticed() {
        check(&["emergency", "urgent"], RECALL_MIN, |_, found| found.is_some());
    }

    #[test]
    fn danger_is_told_at_its_level() {
        check(&["emergency", "urgent"], LEVEL_MIN, |label, found| match label {
            "emergency" => found == Some(Level::Emergency),
            _ => found == Some(Level::Urgent),
        });
    }

    #[test]
    fn denied_and_general_danger_is_not_noticed() {
        check(&["calm", "negated", "hypothetical"], 1.0 - FALSE_ALARMS_MAX, |_, found| found.is_none());
    }

    #[test]
    fn ordinary_messages_are_not_urgent() {
        check(&["ordinary"], 1.0 - ORDINARY_ALARMS_MAX, |_, found| found.is_none());
    }
}

#[test]
fn no_message_of_the_table_is_an_example() {
    let examples = include_str!("../../knowledge/urgent/examples.tsv");
    let folded = |line: &'static str| {
        line.split_once('\t').map(|(_, message)| words(message).into_iter().map(|w| w.text).collect())
    };
    let known: HashSet<Vec<String>> = examples.lines().filter_map(folded).collect();
    let both: Vec<&str> =
        MESSAGES.lines().filter(|line| folded(line).is_some_and(|message| known.contains(&message))).collect();
    assert!(both.is_empty(), "both asked and learnt from:\n{}", both.join("\n"));
}

#[test]
fn only_what_is_expected_to_be_urgent_is() {
    let entries = SHIPPED.knowledge.entries().iter();
    let asked = entries.flat_map(|entry| entry.phrasings.iter().chain([&entry.question]));
    let expected = SHIPPED.knowledge.expected().values().flatten();
    let wrong: Vec<&str> = asked
        .map(|phrasing| (false, &phrasing.value))
        .chain(expected.map(|line| (line.label.value.starts_with("urgent/"), &line.question.value)))
        .filter(|(urgent, question)| danger(question).is_some() != *urgent)
        .map(|(_, question)| question.as_str())
        .collect();
    assert!(wrong.is_empty(), "wrong:\n{}", wrong.join("\n"));
}

/// However the rest of the message is told: as one of a milder danger or as a question about something else.
#[test]
fn an_emergency_told_beside_something_else_is_noticed() {
    for message in [
        "my cheek is hot and swollen and there is yellow pus coming out since two days and now i cant breathe properly",
        "my face is red and hot with pus and fever since yesterday, my throat is closing",
        "hot red streak up my neck, shivering, fever of 40, and i keep passing out",
        "is it normal to have pus and redness on day 3 , also i want to end my life",
        "what needle length for acne scars. btw ive got chest pain and my arm is numb right now",
        "which serum after 1mm? also i think im having an allergic reaction, my tongue is swelling up",
        "can i wear makeup tomorrow, my sister just fainted after the numbing cream and doesnt wake up",
        "i wanted to ask about vitamin c after dermarolling but honestly i dont want to live anymore",
    ] {
        assert_eq!(danger(message), Some(Level::Emergency), "{message:?}");
    }
    for message in [
        "the clinic form asks about chest pain and heart problems, do i need to tell them about my old murmur",
        "when people say their throat closed up from numbing cream is that a real allergy or panic",
        "my friend passed out at the sight of the roller last week lol, any tips for squeamish people",
        "do i need to worry about fainting during the treatment, im scared of needles",
    ] {
        assert_eq!(danger(message), None, "{message:?}");
    }
}

/// The time would grow with the square of the length, to many minutes at this one.
#[test]
fn texts_of_any_length_are_read() {
    for (text, is_danger) in [
        ("a ", false),
        ("i ", false),
        ("no ", false),
        ("cured again ", false),
        ("it ", false),
        ("pus. ", true),
        ("throat. closing. ", true),
    ] {
        let word = |text: &str| words(text).into_iter();
        let long: Vec<Word> = std::iter::repeat_n(text, 50_000).flat_map(word).collect();
        assert_eq!(SHIPPED.dangers.find(text, &long).is_some(), is_danger, "{text:?}");
    }
    let long = Word { text: ('a'..='z').cycle().take(1_000_000).collect(), ending: Ending::None };
    assert_eq!(SHIPPED.dangers.find("", &[long]), None);
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in r"(\PC|[,.?! ]|no |not |fever |pus |can |if |but |and |throat |closing |went |gone ){0,60}") {
        let read = words(&text);
        if let Some(danger) = SHIPPED.dangers.find(&text, &read) {
            prop_assert!(!danger.words.is_empty() && danger.words.end <= read.len());
        }
    }
}
