//! The command line as a process: what it prints, how it ends, and what it leaves behind.

mod ask;
mod chat;
mod check;
mod eval;
mod new;
mod picture;
#[cfg(unix)]
mod terminal;
mod unanswered;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::program;
use crate::small_knowledge::pots::{self, TOPIC};

/// Any match at all is the answer.
const ANSWER_ANYTHING: &[(&str, &str)] =
    &[("NEEDLE__ANSWER__ADDRESSED__ANSWER", "0"), ("NEEDLE__ANSWER__ADDRESSED__SUGGEST", "0")];
/// Any match at all is a suggestion.
const SUGGEST_ANYTHING: &[(&str, &str)] = &[
    ("NEEDLE__ANSWER__UNPROMPTED__ANSWER", "1"),
    ("NEEDLE__ANSWER__ADDRESSED__ANSWER", "1"),
    ("NEEDLE__ANSWER__ADDRESSED__SUGGEST", "0"),
];
/// Nothing is good enough.
const ANSWER_NOTHING: &[(&str, &str)] = &[
    ("NEEDLE__ANSWER__UNPROMPTED__ANSWER", "1"),
    ("NEEDLE__ANSWER__UNPROMPTED__SUGGEST", "1"),
    ("NEEDLE__ANSWER__ADDRESSED__ANSWER", "1"),
    ("NEEDLE__ANSWER__ADDRESSED__SUGGEST", "1"),
];

/// Whether a variable of this name would change what is tested.
fn interferes(name: &str) -> bool {
    let prefixes = ["NEEDLE", "DISCORD", "CLICOLOR", "NO_COLOR", "COLORTERM"];
    prefixes.iter().any(|prefix| name.starts_with(prefix))
}

/// `needle`, run in `folder` with `knowledge` and nothing from the environment but `variables`.
fn needle(folder: &Path, knowledge: &Path, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program());
    for (name, _) in std::env::vars_os().filter(|(name, _)| interferes(&name.to_string_lossy())) {
        command.env_remove(name);
    }
    command.current_dir(folder).env("NEEDLE__KNOWLEDGE__DIR", knowledge).envs(variables.iter().copied());
    command
}

/// What a process printed and how it ended.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ended {
    /// All of it, for a snapshot, `folder` written as `…`.
    fn shown(&self, folder: &Path) -> String {
        let Self { code, out, err } = self;
        let shown = format!("exit: {}\nstdout:\n{out}\nstderr:\n{err}", code.unwrap_or(-1));
        shown.replace(&folder.display().to_string(), "…")
    }
}

/// Runs `command` with `input` to its end.
fn run(mut command: Command, input: &[u8]) -> Ended {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // It may end without reading all of it.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The knowledge base that ships with Needle.
fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")
}

/// What tells a terminal to do something, written out.
fn visible(ansi: &str) -> String {
    ansi.replace('\u{1b}', "␛")
}

/// Runs `needle` with `arguments` to its end, in a folder that has its knowledge in `knowledge`.
fn run_in(folder: &Path, arguments: &[&str]) -> Ended {
    run(needle_in(folder, arguments), b"")
}

/// `needle` with `arguments` in a folder that has its knowledge in `knowledge`.
fn needle_in(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = needle(folder, Path::new("knowledge"), &[]);
    command.args(arguments);
    command
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

/// An entry that is due for a review.
static ENTRY: LazyLock<String> = LazyLock::new(|| {
    let entry = pots::ENTRY.replace("when to water", "when to give water to tomatoes");
    entry.replace("2026-11-23", "2023-11-23")
});
