//! Loading from the disk: what only files and folders can have.

use std::fs;
use std::path::Path;

use needle::knowledge::load;
use tempfile::TempDir;

use super::{ENTRY, TOPIC, URGENT, assert_reads, shown};

/// A folder with a topic, an entry and an urgent document, and `files` beside them.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    let sound: [(&str, &[u8]); 3] = [
        ("pots/topic.toml", TOPIC.as_bytes()),
        ("pots/water.md", ENTRY.as_bytes()),
        ("urgent/blood.md", URGENT.as_bytes()),
    ];
    for (path, bytes) in sound.iter().chain(files) {
        write(dir.path(), path, bytes);
    }
    dir
}

fn write(dir: &Path, path: &str, bytes: &[u8]) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("a folder above")).expect("folders are made");
    fs::write(path, bytes).expect("the file is written");
}

/// Loads `dir` and compares what is shown with the snapshot `name`.
#[track_caller]
fn check(name: &str, dir: &Path) {
    let loaded = load(dir);
    let report = shown(&loaded, Path::new("knowledge"));
    assert_reads(name, &report.replace(&dir.display().to_string(), "DIR"));
}

#[test]
fn a_sound_folder_has_no_problems() {
    let dir = folder(&[
        ("README.md", b"beside the topics"),
        (".git/config", b"hidden"),
        ("pots/.water.md.swp", b"\xff"),
        ("pots/water.md~", b"\xff"),
    ]);
    let loaded = load(dir.path());
    assert_eq!(loaded.problems, []);
    assert_eq!((loaded.knowledge.entries().len(), loaded.knowledge.urgent().len()), (1, 1));
}

#[test]
fn byte_order_marks_and_windows_line_ends_are_accepted() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let dir = folder(&[
        ("pots/topic.toml", windows(TOPIC).as_bytes()),
        ("pots/water.md", windows(&ENTRY.replace("Every day.", "Every\nday.")).as_bytes()),
        ("urgent/blood.md", windows(URGENT).as_bytes()),
        ("pots/expected.tsv", windows("water\twhen do I water\noos\ttaxes\n").as_bytes()),
    ]);
    let loaded = load(dir.path());
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.knowledge.entries()[0].answer, "Every\nday.");
    assert_eq!(loaded.knowledge.expected()["pots"][0].question.value, "when do I water");

    let wrong = windows(&ENTRY.replace("reviewed = 2026-11-23", "reviewed = \"no\""));
    check("windows", folder(&[("pots/water.md", wrong.as_bytes())]).path());
}

#[test]
fn files_that_cannot_be_read() {
    let dir = folder(&[
        ("pots/latin.md", b"+++\nquestion = \"caf\xe9\"\n+++\n"),
        ("pots/huge.md", &vec![b'x'; 300 * 1024]),
        ("pots/picture.png", b"\x89PNG"),
        ("pots/nested/deep.md", b"x"),
        ("pots/Wrong Name.md", ENTRY.as_bytes()),
        ("Other Topic/topic.toml", TOPIC.as_bytes()),
        ("a-name-that-is-far-too-long-for-a-topic/topic.toml", TOPIC.as_bytes()),
        ("urgent/topic.toml", TOPIC.as_bytes()),
        ("empty/topic.toml", b""),
    ]);
    check("unreadable-files", dir.path());
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.md", b"secret")]);
    let dir = folder(&[("herbs/topic.toml", TOPIC.as_bytes())]);
    symlink(outside.path().join("secret.md"), dir.path().join("pots/secret.md")).expect("a link");
    symlink(outside.path().join("pots"), dir.path().join("other")).expect("a link");
    symlink("nowhere", dir.path().join("pots/gone.md")).expect("a link");
    symlink("loop.md", dir.path().join("pots/loop.md")).expect("a link");
    // A link that stays inside is as good as a file.
    symlink("../pots/water.md", dir.path().join("herbs/water.md")).expect("a link");
    let loaded = load(dir.path());
    assert_eq!(loaded.knowledge.entries().len(), 2);
    check("links", dir.path());
}

#[test]
fn folders_of_absurd_size() {
    let dir = folder(&[]);
    for number in 0..=10_000 {
        write(dir.path(), &format!("pots/e{number}.md"), b"");
    }
    check("large-folder", dir.path());
}

#[test]
fn no_folder() {
    let dir = TempDir::new().expect("a temporary folder");
    check("empty-folder", dir.path());
    check("missing-folder", &dir.path().join("nowhere"));
    write(dir.path(), "file", b"");
    check("file-for-folder", &dir.path().join("file"));
}
