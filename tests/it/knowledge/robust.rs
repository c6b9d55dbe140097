//! Loading anything: no document makes it panic, and every place lies in its document.

use std::path::Path;

use needle::knowledge::{Document, Loaded, assemble};
use proptest::prelude::*;

use super::{ENTRY, TOPIC, URGENT, shown, with};

const EXPECTED: &str = "water\twhen do I water\noos\tsome taxes\nurgent/blood\tblood is spurting\n";

/// A path that means something, with the text that may stand there.
const PATHS: [(&str, &str); 4] = [
    ("pots/topic.toml", TOPIC),
    ("pots/water.md", ENTRY),
    ("urgent/blood.md", URGENT),
    ("pots/expected.tsv", EXPECTED),
];

/// Whatever stands in `documents`: loading returns, every span is a stretch of its document's text, line and column
/// say the same as the span, and everything can be shown.
fn check(documents: Vec<Document>) {
    let loaded = assemble(documents);
    for problem in &loaded.problems {
        let place = &problem.place;
        assert!(!problem.message.is_empty());
        if let Some(document) = loaded.documents.get(&place.file).filter(|_| !place.is_whole_file()) {
            assert!(document.text.get(place.span.clone()).is_some(), "{problem:?} in {:?}", document.text);
            assert_eq!(document.line_and_column(place.span.start), (place.line, place.column), "{problem:?}");
        }
    }
    check_shown(&loaded);
}

fn check_shown(loaded: &Loaded) {
    let shown = shown(loaded, Path::new("knowledge"));
    assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
}

/// Texts that look like knowledge files, but are not quite.
fn nearly(text: &'static str) -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        Just("+++\n".to_owned()),
        Just("\"".to_owned()),
        Just("\r\n".to_owned()),
        Just("[experts.ann]\n".to_owned()),
        Just("= [[[{".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("ü“”𝒳\u{202e}\u{0}\u{1b}\u{9b}".to_owned()),
        ".{0,5}",
    ];
    prop::collection::vec((any::<prop::sample::Index>(), 0..20_usize, pieces), 1..4).prop_map(move |edits| {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, removed, piece) in edits {
            let start = at.index(chars.len() + 1);
            let end = (start + removed).min(chars.len());
            chars.splice(start..end, piece.chars());
        }
        chars.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn random_texts_never_panic((path, _) in prop::sample::select(&PATHS[..]), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        check(with(path, &String::from_utf8_lossy(&bytes)));
    }

    #[test]
    fn mutated_documents_never_panic(
        (path, text) in prop::sample::select(&PATHS[..]).prop_flat_map(|(path, text)| (Just(path), nearly(text)))
    ) {
        check(with(path, &text));
    }

    #[test]
    fn random_paths_never_panic(path in ".{0,20}|[a-z/.]{0,12}|pots/[a-z]{0,3}\\.md", text in nearly(ENTRY)) {
        check(with(&path, &text));
    }

    #[test]
    fn the_order_of_documents_does_not_matter(documents in Just(many()).prop_shuffle()) {
        let (one, other) = (assemble(many()), assemble(documents));
        prop_assert_eq!(one.knowledge, other.knowledge);
        prop_assert_eq!(one.problems, other.problems);
    }
}

/// Documents with and without problems.
fn many() -> Vec<Document> {
    let mut documents = with("pots/expected.tsv", EXPECTED);
    for (stem, old, new) in [
        ("a", "How often", "Where"),
        ("b", "ann", "anne"),
        ("c", "reviewed", "related = [\"a\", \"b\"]\nreviewed"),
        ("d", "+++", "---"),
        ("e", "Every", "<b>Every</b>"),
    ] {
        documents.push(Document::new(format!("pots/{stem}.md"), &ENTRY.replace(old, new)));
        documents.push(Document::new(format!("herbs/{stem}.md"), &ENTRY.replace(old, new)));
    }
    documents.push(Document::new("herbs/topic.toml", TOPIC));
    documents
}

#[test]
fn deep_nesting_is_refused() {
    for opening in ["x = [", "x = {a = ", "[a."] {
        let deep = if opening == "[a." {
            opening.to_owned() + &"a.".repeat(50_000)
        } else {
            opening.replace("x = ", "").repeat(50_000)
        };
        let text = format!("x = {deep}");
        check(with("pots/topic.toml", &text));
        check(with("pots/water.md", &format!("+++\n{text}\n+++\n")));
    }
}
