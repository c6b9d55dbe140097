//! Loading the knowledge: what can be wrong in a document or among documents, as a moderator is told of it.

mod diagnostics;
mod disk;
mod robust;
mod shipped;

use std::fmt::Write;
use std::path::Path;

use needle::cli::diagnostics::Diagnostics;
use needle::knowledge::{Document, Loaded, assemble};

pub use crate::small_knowledge::pots::{ENTRY, TOPIC, URGENT};

/// Knowledge without problems: a topic, an entry and an urgent document.
fn sound() -> Vec<Document> {
    [("pots/topic.toml", TOPIC), ("pots/water.md", ENTRY), ("urgent/blood.md", URGENT)]
        .map(|(path, text)| Document::new(path, text))
        .into()
}

/// The sound knowledge with the document at `path` added, or in place of the one that is there.
fn with(path: &str, text: &str) -> Vec<Document> {
    let mut documents = sound();
    documents.retain(|document| document.path != path);
    documents.push(Document::new(path, text));
    documents
}

/// The entry with the line of `key` replaced by `line`, which may be empty.
fn entry_with(key: &str, line: &str) -> Vec<Document> {
    with("pots/water.md", &replace_line(ENTRY, key, line))
}

fn replace_line(text: &str, key: &str, line: &str) -> String {
    let lines = text.lines().map(|old| if old.starts_with(key) { line } else { old });
    lines.filter(|line| !line.is_empty()).fold(String::new(), |text, line| text + line + "\n")
}

fn entry_with_body(body: &str) -> Vec<Document> {
    with("pots/water.md", &ENTRY.replace("Every day.", body))
}

/// Every problem of `loaded` as it is shown at the terminal.
fn shown(loaded: &Loaded, root: &Path) -> String {
    let diagnostics = Diagnostics::new(root, &loaded.documents, false);
    loaded.problems.iter().map(|problem| diagnostics.show(problem) + "\n").collect()
}

/// Loads each of `cases`, which have a title, and compares all that is shown with the snapshot `name`.
#[track_caller]
fn check(name: &str, cases: impl IntoIterator<Item = (&'static str, Vec<Document>)>) {
    let mut report = String::new();
    for (title, documents) in cases {
        let loaded = assemble(documents);
        let _ = writeln!(report, "## {title}\n\n{}", shown(&loaded, Path::new("knowledge")));
    }
    assert_reads(name, &report);
}

/// Compares what a person would read with the snapshot `name`.
#[track_caller]
fn assert_reads(name: &str, report: &str) {
    insta::with_settings!({
        snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/snapshots"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(format!("knowledge-{name}"), report);
    });
}

#[test]
fn sound_documents_have_no_problems() {
    assert_eq!(assemble(sound()).problems, []);
}

#[test]
fn toml() {
    check(
        "toml",
        [
            ("curly quotes", entry_with("question", "question = “How often do I water?”")),
            ("a quote is missing", entry_with("question", "question = \"How often do I water?")),
            ("no quotes at all", entry_with("question", "question = How often do I water?")),
            ("a quote inside a text", entry_with("question", "question = \"What is \"water\"?\"")),
            ("a comma is missing", entry_with("phrasings", "phrasings = [\"one\" \"two\"]")),
            ("a bracket is missing", entry_with("phrasings", "phrasings = [\"one\", \"two\"")),
            ("no equals sign", entry_with("question", "question: \"How often do I water?\"")),
            ("the same key twice", entry_with("sources", "sources = [\"book\"]\nsources = [\"book\"]")),
            ("a day that does not exist", entry_with("reviewed", "reviewed = 2026-02-30")),
            ("a day in another order", entry_with("reviewed", "reviewed = 23.11.2026")),
            (
                "a bracket of a table is missing",
                with("pots/topic.toml", &TOPIC.replace("[experts.ann]", "[experts.ann")),
            ),
            (
                "the same expert twice",
                with("pots/topic.toml", &format!("{TOPIC}[experts.ann]\nname = \"Ann\"\nrole = \"x\"")),
            ),
        ],
    );
}

#[test]
fn front_matter() {
    check(
        "front-matter",
        [
            ("an empty file", with("pots/water.md", "")),
            ("no front matter", with("pots/water.md", "Every day.\n")),
            ("a line before it", with("pots/water.md", &format!("\n{ENTRY}"))),
            ("never closed", with("pots/water.md", &ENTRY.replace("\n+++\n", "\n"))),
            ("other lines around it", with("pots/water.md", &ENTRY.replace("+++", "---"))),
            ("an urgent document without", with("urgent/blood.md", "Go now.")),
            ("no answer", with("pots/water.md", ENTRY.trim_end_matches("Every day.\n"))),
        ],
    );
}

#[test]
fn keys_and_values() {
    check(
        "keys-and-values",
        [
            ("a misspelt key", entry_with("phrasings", "phrasing = [\"when to water\"]")),
            ("an unknown key", entry_with("phrasings", "author = \"me\"")),
            (
                "an unknown key of an urgent document",
                with("urgent/blood.md", &replace_line(URGENT, "level", "level = \"urgent\"\nexperts = [\"ann\"]")),
            ),
            ("nothing but the answer", with("pots/water.md", "+++\n+++\nEvery day.\n")),
            ("no sources", entry_with("sources", "")),
            ("an empty list", entry_with("experts", "experts = []")),
            ("an urgent document with nothing", with("urgent/blood.md", "+++\n+++\nGo now.\n")),
            ("an empty topic", with("pots/topic.toml", "")),
            (
                "an expert without a role, a source without a title",
                with(
                    "pots/topic.toml",
                    "title = \"Pots\"\ndescription = \"x\"\n[experts.ann]\nname = \"Ann\"\n[sources.book]\n",
                ),
            ),
            ("a text where a list should be", entry_with("experts", "experts = \"ann\"")),
            ("a list where a text should be", entry_with("question", "question = [\"How often do I water?\"]")),
            ("a number in a list of texts", entry_with("phrasings", "phrasings = [\"when\", 7]")),
            ("a day in quotes", entry_with("reviewed", "reviewed = \"2026-11-23\"")),
            ("a time instead of a day", entry_with("reviewed", "reviewed = 2026-11-23T10:00:00Z")),
            ("an empty text", entry_with("question", "question = \"  \"")),
            ("a text over several lines", entry_with("question", "question = \"\"\"How\noften?\"\"\"")),
            (
                "a sign in the wrong notation",
                with("urgent/blood.md", &replace_line(URGENT, "signs", r#"signs = ["hot {face", "39-38 degrees"]"#)),
            ),
            (
                "groups that are none",
                with(
                    "urgent/blood.md",
                    &URGENT.replacen(
                        "reviewed",
                        "harmless = [\"{cloth}\"]\n[groups]\nmy_face = [\"face\"]\nempty = []\nwide = \"a\"\nnested = [\"{cloth}\"]\n[rest]\nreviewed",
                        1,
                    ),
                ),
            ),
            ("an unknown level", with("urgent/blood.md", &replace_line(URGENT, "level", "level = \"bad\""))),
            (
                "an urgent document in a language unknown here",
                with("urgent/blood.md", &replace_line(URGENT, "level", "level = \"urgent\"\nlanguage = \"nl\"")),
            ),
            (
                "wrong values of a topic",
                with(
                    "pots/topic.toml",
                    "title = \"Pots\"\ndescription = \"x\"\nreview_every_days = 0\ndirect_messages = \"yes\"\nsynonyms = [\"a\", \"b\"]\nexperts = \"ann\"\n[sources.book]\ntitle = \"Pots\"\npublished = \"2023\"\nurl = \"example.org\"\n",
                ),
            ),
            ("an unknown language", with("pots/topic.toml", &format!("language = \"EN\"\n{TOPIC}"))),
            (
                "an expert that is not a table",
                with(
                    "pots/topic.toml",
                    "title = \"Pots\"\ndescription = \"x\"\nexperts.ann = \"Ann\"\n[sources.book]\ntitle = \"Pots\"\n",
                ),
            ),
            ("a short name that is not fit", with("pots/topic.toml", &TOPIC.replace("experts.ann", "experts.Ann"))),
        ],
    );
}

#[test]
fn references() {
    check(
        "references",
        [
            ("a misspelt expert", entry_with("experts", "experts = [\"anne\"]")),
            ("an unknown expert", entry_with("experts", "experts = [\"zoe\"]")),
            ("an expert by the full name", entry_with("experts", "experts = [\"Ann\"]")),
            ("an unknown source", entry_with("sources", "sources = [\"boook\"]")),
            ("the same expert twice", entry_with("experts", "experts = [\"ann\", \"ann\"]")),
            (
                "the same related entry twice, which is unknown",
                entry_with("reviewed", "reviewed = 2026-11-23\nrelated = [\"x\", \"x\"]"),
            ),
            ("a misspelt related entry", entry_with("reviewed", "reviewed = 2026-11-23\nrelated = [\"watr\"]")),
            (
                "an unknown related entry",
                entry_with("reviewed", "reviewed = 2026-11-23\nrelated = [\"xyz\", \"other/xyz\"]"),
            ),
            ("related to itself", entry_with("reviewed", "reviewed = 2026-11-23\nrelated = [\"water\"]")),
            ("an ambiguous related entry", {
                let mut documents = entry_with("reviewed", "reviewed = 2026-11-23\nrelated = [\"light\"]");
                for topic in ["a", "b"] {
                    documents.push(Document::new(format!("{topic}/topic.toml"), TOPIC));
                    documents.push(Document::new(format!("{topic}/light.md"), ENTRY));
                }
                documents
            }),
            (
                "an unknown group",
                with("urgent/blood.md", &replace_line(URGENT, "signs", r#"signs = ["{cloth} soaked", "hot"]"#)),
            ),
            ("a misspelt group, and one that two documents have", {
                let grouped = |signs: &str| {
                    let document = replace_line(URGENT, "signs", signs);
                    replace_line(&document, "reviewed", "reviewed = 2026-11-23\n[groups]\nface = [\"face\", \"cheek\"]")
                };
                let mut documents = with("urgent/blood.md", &grouped(r#"signs = ["{face} hot"]"#));
                documents.push(Document::new("urgent/burn.md", &grouped(r#"signs = ["{fase} burnt"]"#)));
                documents
            }),
            ("a folder without a topic.toml", with("herbs/basil.md", ENTRY)),
            ("the same document twice", [sound(), sound()].concat()),
            (
                "examples of danger",
                with(
                    "urgent/examples.tsv",
                    "blood\tit drips\nblod\twhy\noos\thello\nno tab\ncalm\tit drips\n\tmessage\n",
                ),
            ),
            (
                "expected questions",
                with(
                    "pots/expected.tsv",
                    "water\twhen\nwatr\twhen\nxyz\twhen\nurgent/bleed\twhen\nwhen do I water\n\twhen\nwater\t\noos\twhy\n",
                ),
            ),
        ],
    );
}

#[test]
fn limits() {
    let long = "x".repeat(300);
    let many = format!("phrasings = [{}]", "\"when to water\", ".repeat(201));
    check(
        "limits",
        [
            ("a long question", entry_with("question", &format!("question = \"{long}\""))),
            (
                "a long phrasing among others",
                entry_with("phrasings", &format!("phrasings = [\"when\", \"{long}\", \"how\"]")),
            ),
            ("many phrasings", entry_with("phrasings", &many)),
            ("a long answer", entry_with_body(&"word ".repeat(301))),
            ("a very long answer", entry_with_body(&format!("{}\n{}", "word ".repeat(500), "more ".repeat(400)))),
            ("a long sign", with("urgent/blood.md", &replace_line(URGENT, "signs", &format!("signs = [\"{long}\"]")))),
            ("an unfit name", with("pots/Water Plants.md", ENTRY)),
            ("a name with an umlaut", with("pots/gießen.md", ENTRY)),
            ("no name", with("pots/.md", ENTRY)),
        ],
    );
}

#[test]
fn markdown() {
    check(
        "markdown",
        [
            ("a table", entry_with_body("| a | b |\n|---|---|\n| 1 | 2 |")),
            ("an image", entry_with_body("Look: ![a pot](https://example.org/pot.png) here.")),
            ("HTML", entry_with_body("Every <b>day</b>.\n\n<br/>\n<!-- note -->")),
            (
                "fine",
                entry_with_body(
                    "Every **day**, <@123> <https://example.org> 1 < 2 > 0 `<b>` \\<b>\n```\n<b>\n| - |\n```\n[link](https://example.org)",
                ),
            ),
            ("control characters", entry_with_body("Every \u{7}day\u{1b}[31m.")),
        ],
    );
}

#[test]
fn placeholders() {
    check(
        "placeholders",
        [
            ("in a field", entry_with("question", "question = \"TODO: the question\"")),
            ("in a list", entry_with("phrasings", "phrasings = [\"when to water\", \"TODO: another way to ask\"]")),
            ("in the answer", entry_with_body("TODO: the answer\n\nTODO: more")),
        ],
    );
}

#[test]
fn several_problems_in_one_document_are_all_reported() {
    check(
        "several",
        [(
            "many at once",
            with(
                "pots/water.md",
                "+++\nquestion = 7\nphrasing = [\"a\"]\nexperts = [\"zoe\", \"anne\"]\nsources = []\nreviewed = \"today\"\nrelated = [\"xyz\"]\n+++\n<b>Every</b> day.\n",
            ),
        )],
    );
}
