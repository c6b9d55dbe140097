//! Editing: the files say what was changed and nothing else is touched; whatever would break the knowledge is refused.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Barrier};
use std::thread;

use insta::assert_snapshot;
use needle::answer::{Decision, Manner, Policy, Question, Snapshot, Thresholds, decide};
use needle::check::Standard;
use needle::editing::file::create;
use needle::editing::{Editor, Refused};
use needle::knowledge::{Edit, EditFault, EntryId, Line, OFF_TOPIC, load};
use needle::live::Live;

use crate::small_knowledge::SmallKnowledge;

const THRESHOLDS: Thresholds = Thresholds { answer: 0.5, suggest: 0.3 };
const POLICY: Policy = Policy { addressed: THRESHOLDS, unprompted: THRESHOLDS };

fn editor(knowledge: &SmallKnowledge) -> Editor {
    let standard = Standard { expected_min: 0.9, policy: POLICY };
    Editor::new(Arc::new(Live::new(&knowledge.dir(), load(&knowledge.dir()), standard)))
}

fn phrasing(stem: &str, text: &str) -> Edit {
    Edit::Add(Line::Phrasing { entry: EntryId::new("garden", stem), text: text.to_owned() })
}

fn off_topic(text: &str) -> Edit {
    Edit::Add(Line::OffTopic { topic: "garden".to_owned(), text: text.to_owned() })
}

fn expected(label: &str, text: &str) -> Edit {
    Edit::Add(Line::Expected { topic: "garden".to_owned(), label: label.to_owned(), text: text.to_owned() })
}

/// Every file of the topic, by name.
fn files(knowledge: &SmallKnowledge) -> BTreeMap<String, String> {
    let items = fs::read_dir(knowledge.dir().join("garden")).unwrap().map(Result::unwrap);
    items.map(|item| (item.file_name().into_string().unwrap(), fs::read_to_string(item.path()).unwrap())).collect()
}

/// What a member's question is decided to be.
fn decided(snapshot: &Snapshot, text: &str) -> String {
    let question = Question { text: text.to_owned(), scope: Manner::Addressed.into() };
    match decide(&question, snapshot, &POLICY).decision {
        Decision::Answer(best) => snapshot.knowledge.entries()[best.entry].id.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_phrasing_is_added_and_taken_away_without_a_trace() {
    let knowledge = SmallKnowledge::new();
    let (editor, before) = (editor(&knowledge), files(&knowledge));
    let edits = [phrasing("pruning", "shears  on my\nfloribundas \"now\"?")];
    let snapshot = editor.apply(&edits).unwrap();
    assert_eq!(decided(&snapshot, "floribundas shears"), "garden/pruning");
    assert_snapshot!(files(&knowledge)["pruning.md"], @r#"
    +++
    question = "When should I prune roses?"
    phrasings = [
      "shears on my floribundas \"now\"?",
    ]
    experts = ["ada"]
    sources = ["notes"]
    reviewed = 2026-05-02
    +++

    Early in spring.
    "#);
    let snapshot = editor.apply(&[edits[0].undo()]).unwrap();
    assert_ne!(decided(&snapshot, "floribundas shears"), "garden/pruning");
    // The list that was missing stays, empty.
    let after = files(&knowledge)["pruning.md"].replace("phrasings = [\n]\n", "");
    assert_eq!(after, before["pruning.md"]);
}

#[test]
fn an_off_topic_question_is_listed_and_expected() {
    let knowledge = SmallKnowledge::new();
    let editor = editor(&knowledge);
    let edits =
        [off_topic(" when should i  prune\napple trees"), expected(OFF_TOPIC, "when do i\tprune my\napple tree ")];
    let snapshot = editor.apply(&edits).unwrap();
    assert_ne!(decided(&snapshot, "when should i prune apple trees"), "garden/pruning");
    assert_eq!(files(&knowledge)["expected.tsv"], "oos\twhen do i prune my apple tree\n");
    let topic = &files(&knowledge)["topic.toml"];
    let head: Vec<&str> = topic.lines().take(6).collect();
    assert_snapshot!(head.join("\n"), @r#"
    title = "Gardening"
    description = "Plants and how to keep them alive."
    off_topic = [
      "when should i prune apple trees",
    ]
    "#);
    let undone: Vec<Edit> = edits.iter().rev().map(Edit::undo).collect();
    editor.apply(&undone).unwrap();
    assert_eq!(files(&knowledge)["expected.tsv"], "");
    assert!(files(&knowledge)["topic.toml"].contains("\noff_topic = [\n]\n"));
}

#[test]
fn a_line_is_removed_however_it_is_spaced() {
    let knowledge = SmallKnowledge::new();
    let (file, expected_file) =
        (knowledge.dir().join("garden/watering.md"), knowledge.dir().join("garden/expected.tsv"));
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"tomato watering schedule\"", "\"tomato  watering schedule\"")).unwrap();
    fs::write(&expected_file, "watering\thow often  for tomatoes\noos\tpizza\n").unwrap();
    let edits = [phrasing("watering", "tomato watering schedule"), expected("watering", "how often for tomatoes")];
    editor(&knowledge).apply(&edits.each_ref().map(Edit::undo)).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), text.replace("\"tomato watering schedule\"", ""));
    assert_eq!(fs::read_to_string(&expected_file).unwrap(), "oos\tpizza\n");
}

#[test]
fn a_preview_changes_nothing_and_names_what_would_go_elsewhere() {
    let knowledge = SmallKnowledge::new();
    fs::write(knowledge.dir().join("garden/expected.tsv"), "watering\ttomatoes schedule\n").unwrap();
    let (editor, before) = (editor(&knowledge), files(&knowledge));
    let preview = editor.preview(&[phrasing("pruning", "tomatoes schedule")]).unwrap();
    assert_eq!(decided(&preview.before, "tomatoes schedule"), "garden/watering");
    assert_eq!(decided(&preview.after, "tomatoes schedule"), "garden/pruning");
    let shown: Vec<String> =
        preview.new_problems.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect();
    assert_snapshot!(shown.join("\n"), @"
    expected-share: only 0 of 1 expected questions go right (0.0 %), 90.0 % are the least
    tests-nothing: this is a wording of `garden/pruning`, so that asking it tests nothing
    expected-wrong: expected `watering`, got `pruning` (score 0.88)
    ");
    assert_eq!(files(&knowledge), before);
}

#[test]
fn what_would_break_the_knowledge_is_refused() {
    let knowledge = SmallKnowledge::new();
    let editor = editor(&knowledge);
    let before = files(&knowledge);
    let long = "word ".repeat(100);
    for (text, code) in
        [("tomato watering schedule", "duplicate-phrasing"), ("  \n ", "empty-text"), (&long, "over-limit")]
    {
        match editor.apply(&[expected(OFF_TOPIC, "pizza"), phrasing("pruning", text)]) {
            Err(Refused::WouldBeWrong(problems)) => {
                assert!(problems.iter().any(|problem| problem.is_error() && problem.code == code), "{problems:?}");
            }
            other => panic!("{other:?}"),
        }
    }
    let gone = Edit::undo(&phrasing("watering", "never there"));
    assert!(matches!(editor.apply(&[gone]), Err(Refused::Edit(EditFault::NotThere(_)))));
    assert!(matches!(editor.apply(&[phrasing("nothing", "a question")]), Err(Refused::Changed(_))));
    assert_eq!(files(&knowledge), before);
    knowledge.write("garden/broken", "no front matter");
    assert!(matches!(editor.apply(&[phrasing("pruning", "a question")]), Err(Refused::AlreadyWrong(_))));
}

#[test]
fn others_may_edit_at_the_same_time() {
    const EACH: usize = 8;
    let knowledge = SmallKnowledge::new();
    // Two processes, as far as files and locks can tell.
    let editors = [editor(&knowledge), editor(&knowledge)];
    let start = Barrier::new(editors.len());
    thread::scope(|threads| {
        for (number, editor) in editors.iter().enumerate() {
            let start = &start;
            threads.spawn(move || {
                start.wait();
                for turn in 0..EACH {
                    editor.apply(&[phrasing("pruning", &format!("phrasing {turn} of writer {number}"))]).unwrap();
                }
            });
        }
    });
    let loaded = load(&knowledge.dir());
    assert!(!loaded.has_errors());
    let entry = loaded.knowledge.entry("pruning").unwrap();
    assert_eq!(entry.phrasings.len(), 2 * EACH, "nothing is lost");
    let names: Vec<String> = files(&knowledge).into_keys().collect();
    assert_eq!(names, ["pruning.md", "topic.toml", "watering.md"], "nothing is left behind");
}

#[test]
fn a_file_made_at_the_same_moment_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..200 {
        let path = folder.path().join(format!("{round}.md"));
        let start = Barrier::new(2);
        let (ours, theirs) = thread::scope(|threads| {
            let theirs = threads.spawn(|| {
                start.wait();
                fs::File::create_new(&path)
            });
            start.wait();
            (create(&path, b"ours"), theirs.join().unwrap())
        });
        let wanted = if ours.is_ok() { "ours" } else { "" };
        assert!(ours.is_ok() != theirs.is_ok(), "{ours:?}, {theirs:?}");
        assert_eq!(fs::read_to_string(&path).unwrap(), wanted);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 200, "nothing is left behind");
}

#[test]
fn marks_and_line_ends_stay() {
    let knowledge = SmallKnowledge::new();
    let file = knowledge.dir().join("garden/pruning.md");
    let text = fs::read_to_string(&file).unwrap().replace('\n', "\r\n");
    fs::write(&file, format!("\u{feff}{text}")).unwrap();
    editor(&knowledge).apply(&[phrasing("pruning", "new one")]).unwrap();
    let changed = fs::read_to_string(&file).unwrap();
    let line = "question = \"When should I prune roses?\"\r\n";
    let wanted = text.replace(line, &format!("{line}phrasings = [\r\n  \"new one\",\r\n]\r\n"));
    assert_eq!(changed, format!("\u{feff}{wanted}"));
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions_and_a_link_stays_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let knowledge = SmallKnowledge::new();
    let (file, target) = (knowledge.dir().join("garden/pruning.md"), knowledge.dir().join("garden/.pruning"));
    fs::rename(&file, &target).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&target, &file).unwrap();
    editor(&knowledge).apply(&[phrasing("pruning", "new one")]).unwrap();
    assert!(file.symlink_metadata().unwrap().is_symlink());
    assert_eq!(target.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&target).unwrap().contains("new one"));
}
