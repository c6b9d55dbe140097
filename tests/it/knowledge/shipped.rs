//! The knowledge that ships: complete, and without errors.

use std::iter;
use std::path::Path;

use needle::knowledge::{Loaded, OFF_TOPIC, load};

const ENTRIES: [&str; 25] = [
    "acne-scars",
    "aftercare",
    "aftercare-products",
    "at-home",
    "benefits",
    "choosing-a-provider",
    "exercise-and-swimming",
    "home-vs-office",
    "how-it-works",
    "hyperpigmentation",
    "infection-risk",
    "is-it-safe",
    "makeup-after",
    "needle-depth",
    "pores-and-texture",
    "prp",
    "recovery-time",
    "side-effects",
    "skincare-to-pause",
    "stretch-marks",
    "sunscreen",
    "what-is-microneedling",
    "when-results-show",
    "who-should-avoid",
    "wrinkles",
];

fn shipped() -> Loaded {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"))
}

#[test]
fn has_no_problems() {
    assert_eq!(shipped().problems, []);
}

#[test]
fn has_every_document() {
    let knowledge = shipped().knowledge;
    let stems: Vec<&str> = knowledge.entries().iter().map(|entry| entry.id.stem()).collect();
    assert_eq!(stems, ENTRIES);
    let urgent: Vec<&str> = knowledge.urgent().iter().map(|urgent| urgent.id.stem()).collect();
    // A notice of each kind in every language.
    let in_languages = |stem: &'static str| {
        let others = ["-de", "-es", "-fr", "-pt"].map(|language| format!("{stem}{language}"));
        iter::once(stem.to_owned()).chain(others)
    };
    assert_eq!(urgent, in_languages("medical-emergency").chain(in_languages("signs-of-infection")).collect::<Vec<_>>());
    for entry in knowledge.entries() {
        assert!((5..=10).contains(&entry.phrasings.len()), "{} has {} phrasings", entry.id, entry.phrasings.len());
    }
}

#[test]
fn expects_enough_questions_of_each_kind() {
    let knowledge = shipped().knowledge;
    let expected = &knowledge.expected()["microneedling"];
    let count = |label: &str| expected.iter().filter(|question| question.label.value == label).count();
    for entry in knowledge.entries() {
        assert!(count(entry.id.as_str()) >= 3, "{} is expected {} times", entry.id, count(entry.id.as_str()));
        for question in expected {
            assert!(
                entry.wordings().all(|wording| wording.value != question.question.value),
                "{question:?} tests nothing"
            );
        }
    }
    assert!(count(OFF_TOPIC) >= 40);
    assert!(knowledge.urgent().iter().map(|urgent| count(urgent.id.as_str())).sum::<usize>() >= 10);
}
