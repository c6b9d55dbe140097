//! Reloading: every way of replacing files is noticed, and a reload is all or nothing.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use needle::answer::{Policy, Thresholds};
use needle::check::Standard;
use needle::knowledge::load;
use needle::live::{Live, Pace, Reload, Watching, watch};

use crate::small_knowledge::{SmallKnowledge, entry};

/// How long to wait for what must happen: far longer than it takes.
const PATIENCE: Duration = Duration::from_secs(30);

struct Watched {
    live: Arc<Live>,
    outcomes: Receiver<String>,
    _watching: Watching,
}

/// The pace for a folder that is never looked at without an event.
fn events_only() -> Pace {
    Pace { look: PATIENCE * 10, look_unwatched: PATIENCE * 10, ..Pace::default() }
}

/// The small knowledge base, watched.
fn watched() -> (SmallKnowledge, Watched) {
    let knowledge = SmallKnowledge::new();
    let watched = watched_at(&knowledge.dir(), events_only());
    (knowledge, watched)
}

fn live_at(dir: &Path) -> Arc<Live> {
    let thresholds = Thresholds { answer: 0.5, suggest: 0.3 };
    let standard = Standard { expected_min: 0.9, policy: Policy { addressed: thresholds, unprompted: thresholds } };
    Arc::new(Live::new(dir, load(dir), standard))
}

fn watched_at(dir: &Path, pace: Pace) -> Watched {
    let live = live_at(dir);
    let (send, outcomes) = channel();
    let tell = move |outcome| {
        let told = match outcome {
            Reload::Unchanged => "unchanged".to_owned(),
            Reload::Replaced(snapshot) => format!("{} entries", snapshot.knowledge.entries().len()),
            Reload::Refused(problems) => format!("refused: {}", problems[0].code),
        };
        // Nobody listens any more once the test has ended.
        let _ = send.send(told);
    };
    let watching = watch(Arc::clone(&live), pace, tell).unwrap();
    Watched { live, outcomes, _watching: watching }
}

impl Watched {
    /// Waits for the next outcomes until `expected` is among them: a change of several files may be seen half way.
    #[track_caller]
    fn expect(&self, expected: &str) {
        let mut told = Vec::new();
        while told.last().is_none_or(|last| last != expected) {
            match self.outcomes.recv_timeout(PATIENCE) {
                Ok(outcome) => told.push(outcome),
                Err(error) => panic!("waiting for {expected:?}: {error}, after {told:?}"),
            }
        }
    }

    fn entries(&self) -> usize {
        self.live.current().knowledge.entries().len()
    }
}

#[test]
fn follows_files() {
    let (knowledge, watched) = watched();
    knowledge.add("mulch", "What is mulch?");
    watched.expect("3 entries");
    assert_eq!(watched.entries(), 3);

    // As editors save: another file takes the place.
    let dir = knowledge.dir().join("garden");
    fs::write(dir.join(".mulch.tmp"), format!("+++\n{}", entry("What is compost?"))).unwrap();
    fs::rename(dir.join(".mulch.tmp"), dir.join("mulch.md")).unwrap();
    watched.expect("3 entries");
    let current = watched.live.current();
    assert_eq!(current.knowledge.entry("mulch").unwrap().question.value, "What is compost?");

    fs::remove_file(dir.join("mulch.md")).unwrap();
    watched.expect("2 entries");
}

#[test]
fn keeps_what_was_before_as_long_as_anything_is_wrong() {
    let (knowledge, watched) = watched();
    let before = watched.live.current();
    knowledge.add("mulch", "What is mulch?");
    watched.expect("3 entries");
    assert_eq!(before.knowledge.entries().len(), 2, "a snapshot never changes");

    knowledge.write("garden/mulch", &entry("What is mulch?").replace("2026-05-02", "1"));
    knowledge.add("moss", "What is moss?");
    watched.expect("refused: wrong-type");
    assert_eq!(watched.entries(), 3);

    knowledge.add("mulch", "What is mulch?");
    watched.expect("4 entries");
}

#[test]
fn refuses_what_does_not_pass_the_check() {
    let (knowledge, watched) = watched();
    fs::write(knowledge.dir().join("garden/expected.tsv"), "oos\thow often should i water tomatoes\n").unwrap();
    watched.expect("refused: expected-share");
    fs::write(knowledge.dir().join("garden/expected.tsv"), "watering\thow often should i water tomatoes\n").unwrap();
    watched.expect("2 entries");
}

#[test]
fn follows_the_folder_when_it_is_replaced() {
    let (knowledge, watched) = watched();
    let around = knowledge.around();
    for round in 0..2 {
        let other = knowledge.fill("other");
        let text = format!("+++\n{}", entry(&format!("What is mulch number {round}?")));
        fs::write(other.join("garden/mulch.md"), text).unwrap();
        fs::rename(knowledge.dir(), around.join(format!("old-{round}"))).unwrap();
        fs::rename(&other, knowledge.dir()).unwrap();
        watched.expect("3 entries");
        // Files in the new folder are followed as well.
        knowledge.add("moss", "What is moss?");
        watched.expect("4 entries");
    }
}

#[test]
fn waits_for_a_folder_that_is_gone() {
    let (knowledge, watched) = watched();
    fs::rename(knowledge.dir(), knowledge.around().join("away")).unwrap();
    watched.expect("refused: no-folder");
    assert_eq!(watched.entries(), 2);
    knowledge.fill("knowledge");
    watched.expect("2 entries");
}

/// As Kubernetes replaces what it mounts: the folders are reached over a link whose target changes.
#[cfg(unix)]
#[test]
fn follows_links_inside() {
    use std::os::unix::fs::symlink;

    let knowledge = SmallKnowledge::new();
    let dir = knowledge.dir();
    let release = |name: &str| {
        knowledge.fill(&format!("knowledge/{name}"));
        symlink(name, dir.join("..next")).unwrap();
        fs::rename(dir.join("..next"), dir.join("..data")).unwrap();
    };
    release("..first");
    for folder in ["garden", "urgent"] {
        fs::remove_dir_all(dir.join(folder)).unwrap();
        symlink(format!("..data/{folder}"), dir.join(folder)).unwrap();
    }
    let watched = watched_at(&dir, events_only());
    knowledge.add("mulch", "What is mulch?");
    watched.expect("3 entries");
    release("..second");
    watched.expect("2 entries");
    knowledge.add("moss", "What is moss?");
    watched.expect("3 entries");
}

#[cfg(unix)]
#[test]
fn follows_a_link_to_the_folder() {
    use std::os::unix::fs::symlink;

    let knowledge = SmallKnowledge::new();
    let link = knowledge.around().join("link");
    symlink("knowledge", &link).unwrap();
    let watched = watched_at(&link, events_only());
    knowledge.add("mulch", "What is mulch?");
    watched.expect("3 entries");
    knowledge.fill("other");
    symlink("other", knowledge.around().join("next")).unwrap();
    fs::rename(knowledge.around().join("next"), &link).unwrap();
    watched.expect("2 entries");
}

/// Nobody tells when a folder further up is replaced: a look now and then finds it.
#[test]
fn looks_where_nothing_tells() {
    let knowledge = SmallKnowledge::new();
    let dir = knowledge.fill("far/above/knowledge");
    let watched = watched_at(&dir, Pace { look: Duration::from_millis(20), ..Pace::default() });
    let other = knowledge.fill("other/above/knowledge");
    fs::write(other.join("garden/mulch.md"), format!("+++\n{}", entry("What is mulch?"))).unwrap();
    let around = knowledge.around();
    fs::rename(around.join("far"), around.join("old")).unwrap();
    fs::rename(around.join("other"), around.join("far")).unwrap();
    watched.expect("3 entries");
}

#[test]
fn goes_on_after_a_panic() {
    let knowledge = SmallKnowledge::new();
    let (send, outcomes) = channel();
    let mut told = 0;
    let tell = move |_| {
        told += 1;
        send.send(told).unwrap();
        assert_ne!(told, 1, "a mistake in telling");
    };
    let _watching = watch(live_at(&knowledge.dir()), events_only(), tell).unwrap();
    knowledge.add("mulch", "What is mulch?");
    assert_eq!(outcomes.recv_timeout(PATIENCE), Ok(1));
    knowledge.add("compost", "What is compost?");
    assert_eq!(outcomes.recv_timeout(PATIENCE), Ok(2));
}

#[test]
fn tells_nothing_twice() {
    let (knowledge, watched) = watched();
    let topic = knowledge.dir().join("garden/topic.toml");
    let text = fs::read_to_string(&topic).unwrap();
    assert!(matches!(watched.live.reload(), Reload::Unchanged));
    fs::write(&topic, format!("colour = 1\n{text}")).unwrap();
    watched.expect("refused: unknown-key");
    assert!(matches!(watched.live.reload(), Reload::Unchanged), "the same problems as before");
    assert_eq!(watched.live.refused()[0].code, "unknown-key");
    fs::write(&topic, text).unwrap();
    watched.expect("2 entries");
    assert_eq!(watched.live.refused(), []);
    assert_eq!(watched.outcomes.recv_timeout(Duration::ZERO), Err(RecvTimeoutError::Timeout));
}
