//! `needle ask`.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use super::{ANSWER_ANYTHING, ANSWER_NOTHING, Ended, SUGGEST_ANYTHING, needle, run, shipped, visible};
use crate::small_knowledge::SmallKnowledge;

/// `needle ask ARGUMENTS` on the small knowledge base.
fn ask(arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
    ask_of(&SmallKnowledge::new(), arguments, variables, b"")
}

fn ask_of(knowledge: &SmallKnowledge, arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Ended {
    let mut command = needle(knowledge.around(), &knowledge.dir(), variables);
    command.arg("ask").args(arguments);
    run(command, input)
}

#[track_caller]
fn check(name: &str, code: i32, question: &str, variables: &[(&str, &str)]) {
    let ended = ask(&[question], variables);
    assert_eq!((ended.code, ended.err.as_str()), (Some(code), ""), "{ended:?}");
    assert_snapshot!(name, ended.out);
}

#[test]
fn replies() {
    check("answer", 0, "how often should i water *tomatoes*?", ANSWER_ANYTHING);
    check("suggestions", 3, "how often should i prune tomatoes", SUGGEST_ANYTHING);
    check("nothing_close", 4, "who won the match last night", ANSWER_NOTHING);
    check("not_a_question", 4, "hello :)", ANSWER_NOTHING);
}

#[test]
fn an_urgent_notice() {
    check("urgent", 0, "my dog swallowed a berry, how often should i water tomatoes?", ANSWER_ANYTHING);
    let value = json(&["my dog swallowed a berry"], ANSWER_ANYTHING);
    assert_eq!(value["decision"], "urgent");
    assert_eq!(value["reply"]["title"], "This may be poisoning");
    let ended = ask(&["--explain", "my dog swallowed a berry"], ANSWER_ANYTHING);
    assert!(ended.out.contains("danger: urgent/poison, by the sign “swallowed a berry”"), "{ended:?}");
}

#[test]
fn coloured_where_colour_is_forced() {
    let variables = [ANSWER_ANYTHING, &[("CLICOLOR_FORCE", "1")]].concat();
    assert_snapshot!(visible(&ask(&["how often to water tomatoes"], &variables).out));
    let variables = [ANSWER_ANYTHING, &[("NO_COLOR", "1")]].concat();
    assert!(!ask(&["how often to water tomatoes"], &variables).out.contains('\u{1b}'));
}

#[test]
fn reads_a_pipe() {
    let knowledge = SmallKnowledge::new();
    let argument = ask_of(&knowledge, &["how often to water tomatoes"], ANSWER_ANYTHING, b"");
    for arguments in [&["-"][..], &[]] {
        let piped = ask_of(&knowledge, arguments, ANSWER_ANYTHING, b"how often to water tomatoes\n");
        assert_eq!((piped.code, &piped.out), (Some(0), &argument.out));
    }
    let words = ask_of(&knowledge, &["how", "often", "to", "water", "tomatoes"], ANSWER_ANYTHING, b"");
    assert_eq!(words.out, argument.out);
}

/// The parsed line, scores left out: what they are is the matcher's business.
fn json(arguments: &[&str], variables: &[(&str, &str)]) -> Value {
    let ended = ask(&[&["--json"], arguments].concat(), variables);
    assert_eq!(ended.out.lines().count(), 1, "{ended:?}");
    let mut value = serde_json::from_str(&ended.out).unwrap();
    redact(&mut value);
    // Which entries have a little in common with the question as well is the matcher's business, too.
    value["matches"].as_array_mut().unwrap().truncate(1); // none before an urgent notice
    value
}

fn redact(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| match value {
            Value::Number(number) if key == "score" => {
                assert!(number.as_f64().is_some_and(|score| (0.0..=1.0).contains(&score)));
                *value = "[score]".into();
            }
            value => redact(value),
        }),
        Value::Array(values) => values.iter_mut().for_each(redact),
        _ => {}
    }
}

#[test]
fn json_for_programs() {
    assert_snapshot!("json_answer", format!("{:#}", json(&["How often should I water tomatoes?"], ANSWER_ANYTHING)));
    assert_snapshot!("json_suggest", format!("{:#}", json(&["how often should i prune tomatoes"], SUGGEST_ANYTHING)));
    assert_snapshot!("json_unknown", format!("{:#}", json(&["zqx wvut?"], ANSWER_NOTHING)));
    assert_eq!(json(&["hi!"], ANSWER_NOTHING)["reason"], "not_a_question");
}

#[test]
fn json_keeps_its_keys_in_order() {
    let line = ask(&["--json", "--explain", "water"], ANSWER_ANYTHING).out;
    let keys = ["question", "decision", "reason", "score", "matches", "reply", "explanation", "thresholds"];
    let places: Vec<_> = keys.iter().map(|key| line.find(&format!("\"{key}\":")).expect(key)).collect();
    assert!(places.is_sorted(), "{line}");
}

#[test]
fn explains() {
    let ended = ask(&["--explain", "how often should i water tomatoes"], ANSWER_ANYTHING);
    let (_, why) = ended.out.split_once("\nWhy\n").expect(&ended.out);
    assert!(why.contains("for garden/watering"), "{why}");
    assert!(why.contains("thresholds: an answer from 0.00, suggestions from 0.00"), "{why}");
}

#[test]
fn is_stricter_unprompted() {
    let variables = [ANSWER_ANYTHING, &ANSWER_NOTHING[..2]].concat();
    assert_eq!(ask(&["water the tomato plants"], &variables).code, Some(0));
    assert_eq!(ask(&["--unprompted", "water the tomato plants"], &variables).code, Some(4));
}

#[test]
fn refuses_what_makes_no_sense() {
    let ended = ask(&["--jsno"], &[]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("--json"), "{ended:?}");
}

#[test]
fn refuses_a_bad_configuration() {
    let ended = ask(&["water"], &[("NEEDLE__ANSWER__ADDRESSED__ANSWER", "lots")]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(5), ""));
    assert!(ended.err.starts_with("error: NEEDLE__ANSWER__ADDRESSED__ANSWER: "), "{ended:?}");
}

#[test]
fn needs_an_entry() {
    let knowledge = SmallKnowledge::new();
    fs::remove_file(knowledge.dir().join("garden/topic.toml")).unwrap();
    assert_snapshot!("no_topic", ask_of(&knowledge, &["water"], &[], b"").shown(knowledge.around()));
    fs::remove_dir_all(knowledge.dir()).unwrap();
    assert_snapshot!("no_folder", ask_of(&knowledge, &["water"], &[], b"").shown(knowledge.around()));
}

#[test]
fn answers_from_what_is_sound() {
    let knowledge = SmallKnowledge::new();
    knowledge.write("garden/pruning", "question = 5\n+++\n");
    let ended = ask_of(&knowledge, &["how often to water tomatoes"], ANSWER_ANYTHING, b"");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
    assert!(ended.err.contains("`needle check` lists them"), "{ended:?}");
}

/// What members and moderators write can do nothing to a terminal.
#[test]
fn shows_no_escape_sequence() {
    let knowledge = SmallKnowledge::new();
    let nasty = r"title\u001b[31m\u009b2J\u202e";
    knowledge.write(
        "garden/pruning",
        &format!(
            "question = \"prune {nasty}\"\nexperts = [\"ada\"]\nsources = [\"notes\"]\nreviewed = 2026-05-02\n\
             disclaimer = \"{nasty}\"\n+++\n\nbody\u{1b}]0;x\u{7} `\u{9b}` \u{202e}[a\u{1b}](https://example.org/\u{1b})\n"
        ),
    );
    for arguments in [&["-"][..], &["--explain", "-"], &["--json", "--explain", "-"]] {
        let ended = ask_of(&knowledge, arguments, ANSWER_ANYTHING, "prune \u{1b}[2J\u{9b}\0\u{7}title".as_bytes());
        assert_eq!(ended.code, Some(0), "{ended:?}");
        let obeyed = |char: char| (char.is_control() && char != '\n') || char == '\u{202e}';
        assert!(!ended.out.contains(obeyed), "{ended:?}");
        assert!(ended.out.contains("title"), "{ended:?}");
    }
}

#[test]
fn takes_any_input() {
    let knowledge = SmallKnowledge::new();
    let megabyte = "why is my rose sad? ".repeat(50_000);
    let inputs: [&[u8]; 6] = [
        b"",
        b"\0",
        "\u{301}\u{301}".as_bytes(),
        "\u{202e}\u{200b}".as_bytes(),
        b"\xff\xfe water",
        megabyte.as_bytes(),
    ];
    for input in inputs {
        let ended = ask_of(&knowledge, &["-"], &[], input);
        assert!(matches!(ended.code, Some(0 | 3 | 4)), "{ended:?}");
    }
}

/// The knowledge that ships, with the thresholds that ship.
#[test]
fn answers_from_what_ships() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |question: &str| {
        let mut command = needle(folder.path(), &shipped(), &[]);
        command.args(["ask", "--json", question]);
        run(command, b"")
    };
    let ended = ask("How deep do the needles go?");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let value: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(value["matches"][0]["entry"], "microneedling/needle-depth");
    assert_eq!(value["reply"]["experts"][0]["name"], "Mary Stevenson, MD");
    assert!(value["matches"].as_array().unwrap().len() <= 10);
    assert_eq!(ask("zqx wvut?").code, Some(4));
}
