//! `needle chat` without a terminal.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use insta::assert_snapshot;

use super::{ANSWER_ANYTHING, Ended, SUGGEST_ANYTHING, needle, run};
use crate::small_knowledge::SmallKnowledge;

fn chat(arguments: &[&str], variables: &[(&str, &str)], input: &str) -> Ended {
    let knowledge = SmallKnowledge::new();
    let mut command = needle(knowledge.around(), &knowledge.dir(), variables);
    command.args(arguments);
    run(command, input.as_bytes())
}

#[track_caller]
fn check(name: &str, variables: &[(&str, &str)], input: &str) {
    let ended = chat(&["chat"], variables, input);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    assert_snapshot!(name, ended.out);
}

#[test]
fn converses() {
    check("choosing", SUGGEST_ANYTHING, "how often should i prune tomatoes\n7\nthanks!\n1\n1\n/explain\n");
    check("commands", ANSWER_ANYTHING, "/help\n\n/explain\n3\n/topics\n2)\n/nonsense now\n/quit\nunheard\n");
}

#[test]
fn is_what_happens_without_a_command() {
    let bare = chat(&[], ANSWER_ANYTHING, "/topics\n");
    assert_eq!(bare.code, Some(0));
    assert_eq!(bare.out, chat(&["chat"], ANSWER_ANYTHING, "/topics\n").out);
}

#[test]
fn explains_the_last_reply() {
    let ended = chat(&["chat"], ANSWER_ANYTHING, "how often should i water tomatoes\n/explain\n");
    let (_, why) = ended.out.split_once("\nWhy\n").expect(&ended.out);
    assert!(why.contains("for garden/watering"), "{why}");
}

#[test]
fn says_what_a_token_is_good_for() {
    let ended = chat(&["chat"], &[("DISCORD_TOKEN", "secret.token")], "");
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("`needle run` answers in Discord"), "{ended:?}");
    assert!(!ended.out.contains("secret.token"));
}

#[test]
fn needs_an_entry() {
    let knowledge = SmallKnowledge::new();
    fs::remove_dir_all(knowledge.dir().join("garden")).unwrap();
    let ended = run(needle(knowledge.around(), &knowledge.dir(), &[]), b"water\n");
    assert_eq!((ended.code, ended.out.as_str()), (Some(6), ""), "{ended:?}");
    assert!(!ended.err.is_empty());
}

/// A conversation that is still going on.
struct Talk {
    child: Child,
    input: ChildStdin,
    lines: Receiver<String>,
}

impl Talk {
    fn start(knowledge: &SmallKnowledge) -> Self {
        let mut command = needle(knowledge.around(), &knowledge.dir(), ANSWER_ANYTHING);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (send, lines) = channel();
        thread::spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| send.send(line))
        });
        Self { child, input, lines }
    }

    fn say(&mut self, line: &str) {
        writeln!(self.input, "{line}").unwrap();
    }

    /// Waits for a line with `part` in it.
    #[track_caller]
    fn expect(&self, part: &str) -> String {
        let mut before = Vec::new();
        loop {
            match self.lines.recv_timeout(Duration::from_secs(30)) {
                Ok(line) if line.contains(part) => return line,
                Ok(line) => before.push(line),
                Err(error) => panic!("waiting for {part:?}: {error}, after {before:#?}"),
            }
        }
    }

    /// Ends the input and waits for the end; nothing further may be said.
    fn end(self) {
        let Self { mut child, input, lines } = self;
        drop(input);
        assert!(child.wait().unwrap().success());
        let further: Vec<String> = lines.iter().filter(|line| !line.is_empty()).collect();
        assert!(further.is_empty(), "{further:?}");
    }
}

#[test]
fn follows_the_knowledge() {
    let knowledge = SmallKnowledge::new();
    let mut talk = Talk::start(&knowledge);
    talk.expect("knows 2 answers on Gardening");
    knowledge.add("mulch", "What is mulch made of?");
    talk.expect("knowledge reloaded: 3 answers");
    talk.say("what is mulch made of");
    talk.expect("What is mulch made of?");
    talk.expect("Please note");

    fs::write(knowledge.dir().join("garden/moss.md"), "no front matter\u{1b}[31m").unwrap();
    let refused = talk.expect("knowledge not reloaded");
    assert!(refused.contains("1 problem") && refused.contains("garden/moss.md:1:1"), "{refused}");
    talk.say("what is mulch made of");
    talk.expect("What is mulch made of?");
    talk.expect("Please note");

    fs::remove_file(knowledge.dir().join("garden/moss.md")).unwrap();
    talk.expect("knowledge reloaded: 3 answers");
    talk.end();
}

#[test]
fn chooses_from_the_knowledge_as_it_is_now() {
    let knowledge = SmallKnowledge::new();
    let mut talk = Talk::start(&knowledge);
    talk.say("/topics");
    talk.expect("2  How often should I water tomatoes?");
    talk.expect("Type a number");
    fs::remove_file(knowledge.dir().join("garden/pruning.md")).unwrap();
    let watering = knowledge.dir().join("garden/watering.md");
    let text = fs::read_to_string(&watering).unwrap().replace("\"pruning\"", "");
    fs::write(watering, text).unwrap();
    talk.expect("knowledge reloaded: 1 answer");
    talk.say("1");
    talk.expect("taken out of the knowledge");
    talk.say("2");
    talk.expect("How often should I water tomatoes?");
    talk.expect("Please note");
    talk.end();
}
