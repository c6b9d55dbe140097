//! `needle eval`: measures and predictions of labelled questions.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use tempfile::TempDir;

use super::{Ended, needle, run, shipped};

const PHRASES: &str = "water\thow often do i water\nwater\twatering schedule\nlight\thow much sun\nlight\tdoes it need light\n\
    frost\tis it hardy in winter\nfrost\tcan it stand frost\n";

/// Runs `needle eval` on questions, with the answer threshold 0.5 and the suggestion threshold 0.3.
fn eval(queries: &str, arguments: &[&str]) -> (Ended, TempDir) {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("phrases.tsv"), PHRASES).unwrap();
    fs::write(folder.path().join("queries.tsv"), queries).unwrap();
    let thresholds = [("NEEDLE__ANSWER__ADDRESSED__ANSWER", "0.5"), ("NEEDLE__ANSWER__ADDRESSED__SUGGEST", "0.3")];
    let mut command = needle(folder.path(), Path::new("none"), &thresholds);
    command.args(["eval", "--phrases", "phrases.tsv", "--queries", "queries.tsv"]).args(arguments);
    (run(command, b""), folder)
}

#[test]
fn measures_and_predicts() {
    let queries =
        "water\twatering schedule\nlight|frost\tdoes it need light?\noos\tbest pizza in rome\noos\t\u{1f355}\n";
    let (ended, folder) = eval(queries, &["--predictions", "predictions.tsv"]);
    assert_snapshot!(ended.shown(folder.path()), @"
    exit: 0
    stdout:
    2 questions in scope, 2 off-topic
    
    ranking, without the configured thresholds
      acc0     1.000  in scope: the best entry is right
      r4       1.000  in scope: a right entry is among the best four
      acc      1.000  all: right at the best threshold
      in80     1.000  in scope: right where 80 % of the off-topic are refused
      in90     1.000  in scope: right where 90 % of the off-topic are refused
    
    decisions, answering from 0.5 and suggesting from 0.3
      ans_in   1.000  in scope: answered right
      sug_in   1.000  in scope: answered right, or right among the suggestions
      ref_oos  1.000  off-topic: not answered
      prec     1.000  answers: right
    
    stderr:
    ");
    let predictions = fs::read_to_string(folder.path().join("predictions.tsv")).unwrap();
    let rows: Vec<Vec<&str>> = predictions.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0], ["query", "expected", "predicted", "score", "decision", "suggestions"]);
    assert_eq!((rows[1][1], rows[1][2], rows[1][4], rows[1][5]), ("water", "water", "answer", ""));
    assert_eq!((rows[2][1], rows[2][2], rows[2][4]), ("light|frost", "light", "answer"));
    assert_eq!(rows[4], ["\u{1f355}", "oos", "", "0.000000", "unknown", ""]);
    assert!(rows.iter().all(|row| row.len() == 6), "{rows:?}");
}

#[test]
fn two_things_to_match_against_are_refused() {
    let (ended, _) = eval("water\twatering schedule\n", &["--knowledge", "garden"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.err.contains("--knowledge and --phrases cannot be used together"), "{}", ended.err);
}

#[test]
fn prints_json() {
    let (ended, _) = eval("water\twatering schedule\noos\tpizza\n", &["--json"]);
    let measures: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    for (name, expected) in [("acc0", 1.0), ("acc", 1.0), ("in80", 1.0), ("in90", 1.0), ("r4", 1.0), ("ans_in", 1.0)] {
        assert_eq!(measures[name], expected, "{name}: {measures}");
    }
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
}

#[test]
fn says_what_is_wrong_with_the_questions() {
    let (ended, _) = eval("soil\twhich soil\n", &["--json"]);
    assert_eq!(ended.code, Some(0));
    assert!(ended.err.contains("nothing is known by them: soil"), "{}", ended.err);
    let (ended, _) = eval("water\thow often\nno tab here\n", &[]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(1), "error: queries.tsv:2: not a label, a tab and a text\n"));
    let folder = TempDir::new().unwrap();
    let mut command = needle(folder.path(), &shipped(), &[]);
    command.args(["eval", "--queries", "missing.tsv"]);
    let ended = run(command, b"");
    assert_eq!(ended.code, Some(1));
    assert!(ended.err.starts_with("error: cannot read missing.tsv: "), "{}", ended.err);
}

#[test]
fn measures_the_shipped_knowledge() {
    let folder = TempDir::new().unwrap();
    let mut command = needle(folder.path(), &shipped(), &[]);
    command.args(["eval", "--json", "--queries"]).arg(shipped().join("microneedling/expected.tsv"));
    let ended = run(command, b"");
    let measures: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
    assert!(measures["dangers"].as_u64() >= Some(10), "{measures}");
    assert!(measures["acc0"].as_f64() > Some(0.9), "{measures}");
}
