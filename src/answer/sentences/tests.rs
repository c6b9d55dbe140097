use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::limits::{BUTTON_LABEL_UTF16, EMBED_FIELD_UTF16, MESSAGE_UTF16, NAME_UTF16};

/// The texts of each language by their tables and keys.
fn texts() -> Vec<(Language, BTreeMap<String, String>)> {
    let texts = LANGUAGES.map(|text| {
        let tables: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(text).unwrap();
        let named = |(table, texts): (String, BTreeMap<String, String>)| {
            texts.into_iter().map(move |(key, text)| (format!("{table}.{key}"), text))
        };
        tables.into_iter().flat_map(named).collect()
    });
    Language::ALL.into_iter().zip(texts).collect()
}

/// The words in braces.
fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|rest| rest.split_once('}').expect("a brace is closed").0).collect()
}

#[test]
fn every_language_says_everything() {
    for language in Language::ALL {
        // A key too few, or too many, does not get past reading.
        assert!(!of(language).replies.remove.is_empty());
    }
    let all = texts();
    for (language, texts) in &all {
        for (key, text) in texts {
            assert!(!text.trim().is_empty() && text.trim() == text, "{language:?}: {key}");
            let source = &all[0].1[key];
            assert_eq!(placeholders(text), placeholders(source), "{language:?}: {key}");
            assert_eq!(text.matches("**").count(), source.matches("**").count(), "{language:?}: {key}");
        }
    }
}

#[test]
fn nothing_is_left_in_english() {
    let all = texts();
    // What is the same word in both languages.
    let same = [
        "topics.page",
        "commands.ask_question_name",
        "topics.topic_placeholder",
        "replies.experts",
        "replies.sources",
        "commands.faq_name",
    ];
    for (language, texts) in &all[1..] {
        for (key, text) in texts.iter().filter(|(key, _)| !same.contains(&key.as_str())) {
            assert_ne!(text, &all[0].1[key], "{language:?}: {key}");
        }
    }
}

#[test]
fn every_text_fits_where_it_is_shown() {
    /// The longest name of a command or option, and the longest description, in UTF-16 units.
    const NAME: usize = 32;
    const DESCRIPTION: usize = 100;
    /// The longest title of a form, or label of its line.
    const FORM: usize = 45;
    const BUTTONS: [&str; 21] = [
        "replies.remove",
        "replies.none_of_these",
        "topics.previous",
        "topics.next",
        "topics.all_topics",
        "topics.back",
        "feedback.helpful",
        "feedback.not_helpful",
        "notices.tell_me",
        "inbox.not_for_us",
        "inbox.ignore",
        "inbox.undo",
        "inbox.teach",
        "inbox.expect",
        "inbox.add",
        "inbox.change",
        "settings.back",
        "settings.clear_channel",
        "settings.clear_role",
        "settings.feedback_begin",
        "settings.feedback_end",
    ];
    /// The texts that are a setting's title, and its option in a select.
    const SETTINGS: [&str; 7] = [
        "settings.channel",
        "settings.editors",
        "settings.viewers",
        "settings.topics",
        "settings.answer",
        "settings.suggest",
        "settings.feedback",
    ];
    for (language, texts) in texts() {
        for (key, text) in texts {
            let units = text.encode_utf16().count();
            let limit = match key.as_str() {
                key if key.ends_with("_name") => NAME,
                key if key.ends_with("_description") => DESCRIPTION,
                key if BUTTONS.contains(&key) => BUTTON_LABEL_UTF16 / 2,
                "inbox.form_title" | "inbox.form_label" | "inbox.form_label_cut" => FORM,
                key if key.ends_with("placeholder") || key.ends_with("title") => NAME_UTF16,
                key if SETTINGS.contains(&key) || key == "settings.default" => NAME_UTF16,
                "about.data_body" => EMBED_FIELD_UTF16,
                _ => MESSAGE_UTF16 / 2,
            };
            assert!(units <= limit, "{language:?}: {key} has {units} UTF-16 units, {limit} are the most");
            if key.ends_with("_name") && key != "commands.answer_this_name" {
                let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
                assert!(text.chars().all(fits) && text == text.to_lowercase(), "{language:?}: {key}: {text}");
            }
        }
    }
}

#[test]
fn texts_name_what_there_is() {
    for (language, texts) in texts() {
        let commands: Vec<String> = [
            "commands.ask_name",
            "commands.topics_name",
            "commands.about_name",
            "commands.privacy_name",
            "commands.forget_me_name",
            "commands.faq_name",
        ]
        .map(|key| format!("`/{}`", texts[key]))
        .into();
        let below = [
            "commands.faq_pause_name",
            "commands.faq_resume_name",
            "commands.faq_unanswered_name",
            "commands.faq_settings_name",
        ]
        .map(|key| format!("`/{} {}`", texts["commands.faq_name"], texts[key]));
        for (key, text) in &texts {
            for (start, _) in text.match_indices("`/") {
                let is_known = commands.iter().chain(&below).any(|name| text[start..].starts_with(name));
                assert!(is_known, "{language:?}: {key} names a command that there is not: {text}");
            }
        }
        let resume = format!("`/{} {}`", texts["commands.faq_name"], texts["commands.faq_resume_name"]);
        assert!(texts["remarks.pausing"].contains(&resume), "{language:?}: pausing does not say how to end it");
        let bold: Vec<&str> = texts["about.data_body"].split("**").skip(1).step_by(2).collect();
        assert_eq!(bold, [&texts["commands.answer_this_name"], &texts["replies.remove"]], "{language:?}");
        // Whose question it is, is read from the card by what is mentioned first.
        let line = &texts["replies.for_author"];
        assert!(line.find("{author}") < line.find("{requester}"), "{language:?}: {line}");
        // And who was told is read from what a notice begins with.
        assert!(texts["notices.notice"].starts_with("{member}"), "{language:?}");
    }
}

#[test]
fn no_two_commands_have_the_same_name() {
    /// What the one command with others below it, and those, begin with; Discord refuses a name twice in either list.
    const ABOVE: &str = "commands.faq_";
    /// What has a name but is an option of a command.
    const OPTIONS: [&str; 2] = ["commands.ask_question_name", "commands.ask_private_name"];
    for (language, texts) in texts() {
        let names = |keys: &dyn Fn(&str) -> bool| -> Vec<String> {
            let named = texts.iter().filter(|(key, _)| key.starts_with("commands.") && key.ends_with("_name"));
            named.filter(|(key, _)| keys(key)).map(|(_, name)| name.clone()).collect()
        };
        let is_below = |key: &str| key.starts_with(ABOVE) && key != "commands.faq_name";
        let is_option = |key: &str| OPTIONS.contains(&key);
        let commands = names(&|key| !is_below(key) && !is_option(key));
        for (names, least) in [(commands, 7), (names(&is_below), 4), (names(&is_option), 2)] {
            let distinct: BTreeSet<&String> = names.iter().collect();
            assert!(names.len() >= least && distinct.len() == names.len(), "{language:?}: {names:?}");
        }
    }
}

#[test]
fn lists_read_well() {
    let check = |languages: &[Language], expected| assert_eq!(of(Language::German).any_of(languages), expected);
    check(&[], "");
    check(&[Language::English], "Englisch");
    check(&Language::ALL[..2], "Englisch oder Deutsch");
    check(&Language::ALL[..3], "Englisch, Deutsch oder Spanisch");
}

#[test]
fn what_is_filled_in_is_not_filled_in_again() {
    assert_eq!(fill("{a} and {b}, {c}", &[("a", "{b}"), ("b", "2")]), "{b} and 2, {c}");
    assert_eq!(fill("{", &[("a", "1")]), "{");
}
