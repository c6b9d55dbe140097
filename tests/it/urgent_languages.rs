//! Danger in messages that are not in English: every line of a table of messages.

use std::path::Path;

use needle::answer::Dangers;
use needle::knowledge::{self, Level};
use needle::language::Language;
use needle::matching::words::words;

/// Lines of `language<TAB>label<TAB>message`; the label is `emergency`, `urgent` or `none`.
const MESSAGES: &str = include_str!("urgent_languages.tsv");

#[test]
fn danger_is_noticed_in_every_language_and_told_in_it() {
    let shipped = knowledge::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")).knowledge;
    let dangers = Dangers::new(shipped.urgent());
    let mut wrong = Vec::new();
    for line in MESSAGES.lines() {
        let [code, label, message] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not three fields: {line}")
        };
        let language = Language::from_code(code).expect("a language");
        let expected = match label {
            "emergency" => Some((Level::Emergency, language)),
            "urgent" => Some((Level::Urgent, language)),
            "none" => None,
            other => panic!("no label: {other}"),
        };
        let found = dangers.find(message, &words(message));
        let told = found.as_ref().map(|danger| (danger.level, shipped.urgent()[danger.document].language));
        if told != expected {
            wrong.push(format!("{line}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
