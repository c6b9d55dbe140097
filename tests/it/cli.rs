//! The command line as a process.

mod check;
mod new;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// The `needle` program in the folder `dir`, with no configuration but the defaults.
fn needle(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_needle"));
    command.args(arguments).current_dir(dir).env_clear();
    command
}

/// What a process said, and how it ended.
struct Said {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn run(dir: &Path, arguments: &[&str]) -> Said {
    let Output { status, stdout, stderr } = needle(dir, arguments).output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
    Said { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
}

/// A folder with `knowledge` in it: a topic and `files`, each a path below `knowledge` and a text.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = TempDir::new().expect("a temporary folder");
    let topic = ("pots/topic.toml", TOPIC);
    for (path, text) in [topic].iter().chain(files) {
        let path = dir.path().join("knowledge").join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("folders are made");
        fs::write(path, text).expect("the file is written");
    }
    dir
}

const TOPIC: &str = r#"title = "Pots"
description = "Growing things in pots."
[experts.ann]
name = "Ann"
role = "gardener"
[sources.book]
title = "Pots"
"#;

const ENTRY: &str = r#"+++
question = "How often do I water?"
phrasings = ["when to give water to tomatoes"]
experts = ["ann"]
sources = ["book"]
reviewed = 2023-11-23
+++

Every day.
"#;
