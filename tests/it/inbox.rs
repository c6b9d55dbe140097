//! The inbox: questions that were not answered, as they are kept.

use needle::answer::{Manner, Policy, Question, Snapshot, Thresholds, decide};
use needle::inbox::{miss, same_as};
use needle::knowledge::{EntryId, load};
use needle::store::{Key, Miss, Origin, Timestamp};

use crate::small_knowledge::SmallKnowledge;

/// What is kept of `text` where nothing is good enough as an answer.
fn missed(text: &str, rejected: &[EntryId]) -> Miss {
    const NEVER: Thresholds = Thresholds { answer: 1.0, suggest: 1.0 };
    let snapshot = Snapshot::new(load(&SmallKnowledge::new().dir()).knowledge);
    let question = Question { text: text.to_owned(), scope: Manner::Addressed.into() };
    let ruling = decide(&question, &snapshot, &Policy { addressed: NEVER, unprompted: NEVER });
    let origin = Origin { server: None, channel: None, message: None };
    miss(&question, &ruling, rejected, &snapshot, origin, &Key::new(b"key"), Timestamp(1))
}

#[test]
fn says_what_came_close_and_what_was_rejected() {
    let pruning = EntryId::new("garden", "pruning");
    let miss = missed("pruning roses and watering tomatoes for jane@example.com", &[pruning]);
    assert_eq!(miss.text.as_str(), "pruning roses and watering tomatoes for [e-mail]");
    let mut closest: Vec<_> = miss.closest.iter().map(|near| (near.entry.as_str(), near.rejected)).collect();
    assert!(miss.closest.iter().all(|near| near.score > 0.0));
    assert!(miss.closest.is_sorted_by(|one, other| one.score >= other.score), "best first");
    closest.sort_unstable();
    assert_eq!(closest, [("garden/pruning", true), ("garden/watering", false)]);
}

#[test]
fn the_same_words_are_the_same_wording() {
    let wording = |text| missed(text, &[]).wording;
    let same = wording("Can I prune Rosés?");
    for text in ["can i prune roses", "  CAN I\nPRUNE ROSES!!", "can i prune ro\u{200b}ses"] {
        assert_eq!(wording(text), same, "{text:?}");
    }
    assert_ne!(wording("can i prune lilies"), same);
    assert_eq!(wording("who is <@1234>"), wording("who is <@5678>"), "who is meant is not kept, not even hashed");
}

#[test]
fn other_words_may_ask_the_same() {
    const OPEN: [&str; 5] = [
        "can I use coffee grounds the night before planting",
        "does insurance pay for hail",
        "how do I clean the shears",
        "is it safe to eat the leaves afterwards",
        "can snails smell fresh basil",
    ];
    let knowledge = load(&SmallKnowledge::new().dir()).knowledge;
    let check = |text, expected| assert_eq!(same_as(text, &OPEN, &knowledge), expected, "{text:?}");
    check("how do i clean shears??", Some(2));
    check("does my insurrance pay for hail", Some(1));
    check("Is it safe to eat the leafs afterward", Some(3));
    check("can snails smel fresh basil?", Some(4));
    check("can I use egg shells the night before planting", None);
    check("how do I store the shears", None);
    check("is it safe to fly", None);
    check("does it hurt", None);
    // However few there are.
    assert_eq!(same_as("can snails smel fresh basil", &OPEN[4..], &knowledge), Some(0));
    assert_eq!(same_as("can snails see", &OPEN[4..], &knowledge), None);
    assert_eq!(same_as("does it hurt", &[], &knowledge), None);
}
