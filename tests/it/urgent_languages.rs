//! Danger in messages that are not in English: every line of a table of messages.

use needle::knowledge::Level;
use needle::language::Language;
use needle::matching::words::words;

use crate::matching::SHIPPED;

/// Lines of `language<TAB>label<TAB>message`; the label is `emergency`, `urgent` or `none`.
const MESSAGES: &str = include_str!("urgent_languages.tsv");

#[test]
fn danger_is_noticed_in_every_language_and_told_in_it() {
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
        let found = SHIPPED.dangers.find(message, &words(message));
        let told = found.as_ref().map(|danger| (danger.level, SHIPPED.knowledge.urgent()[danger.document].language));
        if told != expected {
            wrong.push(format!("{line}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
