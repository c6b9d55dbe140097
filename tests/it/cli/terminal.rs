//! `needle chat` and `needle eval` at a terminal: a real one, as far as the program can tell.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};

use super::{ANSWER_ANYTHING, needle};
use crate::small_knowledge::SmallKnowledge;

const UP: &str = "\u{1b}[A";
const ENTER: &str = "\r";
const CTRL_C: &str = "\u{3}";
const CTRL_D: &str = "\u{4}";

struct Terminal {
    child: Child,
    keys: Arc<Pty>,
    shown: Receiver<String>,
    /// What has been shown and not waited for yet, escape sequences and all.
    screen: String,
}

impl Terminal {
    /// `needle chat`, which is what the program does when nothing else is asked of it.
    fn start(knowledge: &SmallKnowledge, home: &Path) -> Self {
        Self::run(&needle(knowledge.around(), &knowledge.dir(), ANSWER_ANYTHING), home)
    }

    fn run(plain: &std::process::Command, home: &Path) -> Self {
        let (keys, far_end) = open().unwrap();
        keys.resize(Size::new(24, 60)).unwrap();
        let mut command = Command::new(plain.get_program()).args(plain.get_args());
        if let Some(folder) = plain.get_current_dir() {
            command = command.current_dir(folder);
        }
        for (name, value) in plain.get_envs() {
            command = match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let child = command.env("TERM", "xterm-256color").env("HOME", home).spawn(far_end).unwrap();
        let keys = Arc::new(keys);
        let screen = Arc::clone(&keys);
        let (send, shown) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // Fails once the program has ended.
            while let Ok(count @ 1..) = (&*screen).read(&mut bytes) {
                if send.send(String::from_utf8_lossy(&bytes[..count]).into_owned()).is_err() {
                    break;
                }
            }
        });
        Self { child, keys, shown, screen: String::new() }
    }

    fn press(&self, keys: &str) {
        (&*self.keys).write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until `part` has been shown after all that was waited for before; returns what came with it.
    #[track_caller]
    fn expect(&mut self, part: &str) -> String {
        loop {
            if let Some(start) = self.screen.find(part) {
                let rest = self.screen.split_off(start + part.len());
                return std::mem::replace(&mut self.screen, rest);
            }
            match self.shown.recv_timeout(Duration::from_secs(30)) {
                Ok(more) => self.screen += &more,
                Err(error) => panic!("waiting for {part:?}: {error}, after {:?}", self.screen),
            }
        }
    }

    /// Waits until it has said all and asks for a line.
    #[track_caller]
    fn expect_prompt(&mut self) {
        // The prompt in its colour: the line editor has taken over.
        self.expect("\u{1b}[32m> \u{1b}[0m");
    }

    #[track_caller]
    fn end(mut self, key: &str) {
        self.press(key);
        assert!(self.child.wait().unwrap().success());
    }
}

#[test]
fn edits_lines_and_remembers_them_for_the_conversation_only() {
    let (knowledge, home) = (SmallKnowledge::new(), tempfile::tempdir().unwrap());
    let before = fs::read_dir(knowledge.around()).unwrap().count();
    let mut terminal = Terminal::start(&knowledge, home.path());
    terminal.expect_prompt();
    terminal.press("when should I prune roses");
    terminal.press(ENTER);
    let reply = terminal.expect("Early in spring.");
    assert!(reply.contains("\u{1b}[1mWhen should I prune roses?\u{1b}[0m"), "in colour: {reply:?}");
    terminal.expect_prompt();
    terminal.press(UP);
    terminal.press(ENTER);
    terminal.expect("Early in spring.");
    terminal.expect_prompt();
    terminal.press("/to\t");
    terminal.expect("/topics");
    terminal.press(ENTER);
    terminal.expect("How often should I water tomatoes?");
    terminal.expect_prompt();
    terminal.end(CTRL_D);
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "nothing is kept");
    assert_eq!(fs::read_dir(knowledge.around()).unwrap().count(), before, "nothing is kept");
}

#[test]
fn announces_a_reload_above_the_line_being_typed() {
    let (knowledge, home) = (SmallKnowledge::new(), tempfile::tempdir().unwrap());
    let mut terminal = Terminal::start(&knowledge, home.path());
    terminal.expect_prompt();
    terminal.press("when should I ");
    terminal.expect("when should I ");
    knowledge.add("mulch", "What is mulch made of?");
    terminal.expect("knowledge reloaded: 3 answers");
    terminal.expect("when should I ");
    terminal.press("prune roses");
    terminal.press(ENTER);
    terminal.expect("Early in spring.");
    terminal.expect_prompt();
    terminal.end(CTRL_C);
}

#[test]
fn eval_shows_what_takes_long() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("phrases.tsv"), "roses\twhen do i prune roses\n").unwrap();
    // A pipe that nobody has written to yet takes as long as it has to.
    let queries = folder.path().join("queries.tsv");
    assert!(std::process::Command::new("mkfifo").arg(&queries).status().unwrap().success());
    let mut command = needle(folder.path(), Path::new("none"), &[]);
    command.args(["eval", "--phrases", "phrases.tsv", "--queries", "queries.tsv"]);
    let mut terminal = Terminal::run(&command, folder.path());
    terminal.expect("reading queries.tsv");
    fs::write(&queries, "roses\tprune roses when\n").unwrap();
    terminal.expect("1 question in scope, 0 off-topic");
    terminal.expect("decisions, answering from");
    assert!(terminal.child.wait().unwrap().success());
}
