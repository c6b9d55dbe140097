//! `needle check`.

use std::path::Path;

use serde_json::{Value, json};

use super::{ENTRY, folder, needle_in, run_in};

#[test]
fn fine() {
    let dir = folder(&[("pots/water.md", &ENTRY), ("pots/expected.tsv", "oos\tquarterly tax forms\n")]);
    let said = run_in(dir.path(), &["check"]);
    assert_eq!(said.out, "1 entry in 1 topic; 1 of 1 expected questions right (100.0 %); 0 errors, 0 warnings\n");
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
}

#[test]
fn warnings_do_not_fail() {
    let future = ENTRY.replace("2023-11-23", "9999-11-23").replace("Every", "<b>Every</b>");
    let dir = folder(&[("pots/water.md", &future)]);
    let said = run_in(dir.path(), &["check"]);
    assert!(said.out.contains("warning[review-in-future]: "), "{}", said.out);
    assert!(said.out.contains(" --> knowledge/pots/water.md:6:12\n"), "{}", said.out);
    assert!(said.out.ends_with("\n\n1 entry in 1 topic; no expected questions; 0 errors, 2 warnings\n"));
    assert_eq!(said.code, Some(0));
}

#[test]
fn errors_fail_and_every_problem_is_shown() {
    let dir = folder(&[
        ("pots/water.md", &ENTRY),
        ("pots/water-too.md", &ENTRY.replace("question = \"How often do I water?\"", "question = \"Water?\"")),
        ("pots/bad.md", "+++\nquestion = 7\n+++\nYes.\n"),
        ("pots/expected.tsv", "water\tquarterly tax forms\noos\thow often do i water\n"),
    ]);
    let said = run_in(dir.path(), &["check"]);
    let codes: Vec<&str> =
        said.out.lines().filter_map(|line| line.split_once("]: ")?.0.split_once('[')).map(|(_, code)| code).collect();
    assert_eq!(
        codes,
        [
            "missing-field",
            "missing-field",
            "missing-field",
            "wrong-type",
            "expected-share",
            "tests-nothing",
            "duplicate-phrasing"
        ],
        "{}",
        said.out
    );
    assert!(said.out.contains("help: keep it in the entry that answers it best; the first is at pots/water.md:3"));
    assert!(said.out.contains(
        "2 expected questions went wrong:\n  knowledge/pots/expected.tsv:1: quarterly tax forms\n    expected `water`, got "
    ));
    assert!(
        said.out.ends_with("2 entries in 1 topic; 0 of 2 expected questions right (0.0 %); 6 errors, 3 warnings\n")
    );
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
}

#[test]
fn a_long_list_of_wrong_questions_is_cut() {
    let dir = folder(&[("pots/water.md", &ENTRY), ("pots/expected.tsv", &"water\tquarterly tax forms\n".repeat(70))]);
    let said = run_in(dir.path(), &["check"]);
    assert!(said.out.contains("70 expected questions went wrong:\n"));
    assert!(said.out.contains("\n  and 20 more: `--json` has them all\n"));
    assert_eq!(said.out.matches("quarterly").count(), 50);
}

#[test]
fn the_folder_is_named_in_three_ways() {
    let dir = folder(&[("pots/water.md", &ENTRY)]);
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let knowledge = dir.path().join("knowledge").display().to_string();
    for arguments in [
        &["check", knowledge.as_str()][..],
        &["check", "--knowledge", &knowledge],
        &["--knowledge", "/x", "check", &knowledge],
    ] {
        let said = run_in(elsewhere.path(), arguments);
        assert_eq!((said.code, said.out.contains("1 entry in 1 topic;")), (Some(0), true), "{arguments:?}");
    }
    let mut command = needle_in(elsewhere.path(), &["check"]);
    let output = command.env("NEEDLE__KNOWLEDGE__DIR", &knowledge).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let said = run_in(dir.path(), &["check"]);
    assert!(said.out.starts_with("error[no-folder]: cannot read the knowledge folder `knowledge`: "));
    assert_eq!(said.code, Some(6));
    // A folder that is there, with nothing in it, is a knowledge base with an error.
    std::fs::create_dir(dir.path().join("knowledge")).expect("a folder");
    let said = run_in(dir.path(), &["check"]);
    assert!(said.out.starts_with("error[no-knowledge]: there is no topic in the folder `knowledge`\n"));
    assert_eq!(said.code, Some(1));
}

#[test]
fn json() {
    let dir = folder(&[("pots/water.md", &ENTRY.replace("Every day", "Every\u{7} day")), ("pots/x.txt", "")]);
    let said = run_in(dir.path(), &["check", "--json"]);
    let report: Value = serde_json::from_str(&said.out).expect("one line of JSON");
    assert_eq!(
        report,
        json!({
            "problems": [
                {
                    "severity": "error",
                    "code": "control-character",
                    "file": "knowledge/pots/water.md",
                    "line": 9,
                    "column": 6,
                    "message": "the text has the invisible character '\\u{7}' in it",
                    "help": "remove it, or type the line anew"
                },
                {
                    "severity": "warning",
                    "code": "not-read",
                    "file": "knowledge/pots/x.txt",
                    "line": 1,
                    "column": 1,
                    "message": "`x.txt` is none of the files that are read",
                    "help": "a topic's folder holds topic.toml, expected.tsv and entries, each a file `name.md`"
                }
            ],
            "entries": 0,
            "topics": 1,
            "expected": { "right": 0, "total": 0, "share": null },
            "errors": 1,
            "warnings": 1
        })
    );
    assert_eq!((said.code, said.out.lines().count()), (Some(1), 1));
}

#[test]
fn colour_is_for_terminals_and_for_those_who_force_it() {
    let dir = folder(&[("pots/bad.md", "no front matter \u{1b}[31m\n")]);
    assert!(!run_in(dir.path(), &["check"]).out.contains('\u{1b}'));
    let mut command = needle_in(dir.path(), &["check"]);
    let forced = command.env("CLICOLOR_FORCE", "1").output().expect("the program starts");
    let forced = String::from_utf8(forced.stdout).expect("the output is UTF-8");
    assert!(forced.contains("\u{1b}[") && forced.contains("no front matter ␛[31m"), "{forced}");
}

/// The report on the knowledge that ships, with how the process ended.
fn shipped() -> (Value, Option<i32>) {
    let said = run_in(Path::new(env!("CARGO_MANIFEST_DIR")), &["check", "--json"]);
    (serde_json::from_str(&said.out).expect("one line of JSON"), said.code)
}

#[test]
fn the_shipped_knowledge_has_no_problems_but_wrong_questions() {
    let (report, _) = shipped();
    let problems = report["problems"].as_array().expect("a list");
    let is_wrong_question =
        |problem: &&Value| problem["code"] != "expected-wrong" && problem["code"] != "expected-share";
    let unexpected: Vec<&Value> = problems.iter().filter(is_wrong_question).collect();
    assert!(unexpected.is_empty(), "{unexpected:#?}");
    assert_eq!(report["entries"], 25);
}

#[test]
fn the_shipped_knowledge_has_no_errors() {
    let (report, code) = shipped();
    assert_eq!((code, report["errors"].as_u64()), (Some(0), Some(0)), "{}", report["expected"]);
}
