//! Measures how soon an edit of a knowledge file is what members are answered from: from before the write on the disk
//! to the first question that is answered with what was written, by the watcher and at the pace of `needle run`.
//!
//! `cargo run --release --bin reload [-- --edits NUMBER]`

use std::collections::HashSet;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use needle::answer::{Disclaimer, Manner, Policy, Question, Reply, decide, reply};
use needle::config::{Config, Sources};
use needle::knowledge::load;
use needle::live::{Live, Pace, watch};
use needle_benches::generator::Generated;
use tempfile::TempDir;

const SEED: u64 = 7;

/// How many entries the large base has, and phrasings: about ten each.
const ENTRIES: usize = 1_000;
const PHRASINGS: usize = 10 * ENTRIES;

/// How often to edit unless told otherwise.
const EDITS: usize = 50;

/// How long between two questions: what a measured time may be too long by.
const BETWEEN_QUESTIONS: Duration = Duration::from_millis(1);

/// Nobody waits longer for one edit.
const PATIENCE: Duration = Duration::from_secs(30);

/// A knowledge base on the disk, one file of which is edited.
struct Base {
    name: &'static str,
    around: TempDir,
    /// The file, below the knowledge folder.
    file: PathBuf,
    /// Its entry's question.
    question: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let edits = match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => EDITS,
        (Some("--edits"), Some(number)) => number.parse()?,
        _ => return Err("expected --edits NUMBER, or nothing".into()),
    };
    println!("{:>10} {:>8} {:>6} {:>10} {:>8}", "base", "entries", "edits", "median ms", "max ms");
    for base in [shipped()?, generated()?] {
        let (entries, mut times) = measure(&base, edits)?;
        times.sort_unstable();
        let millis = |time: Option<&Duration>| time.map_or(0, Duration::as_millis);
        let (median, most) = (millis(times.get(times.len() / 2)), millis(times.last()));
        println!("{:>10} {entries:>8} {edits:>6} {median:>10} {most:>8}", base.name);
    }
    Ok(())
}

/// A copy of the knowledge that Needle is shipped with.
fn shipped() -> Result<Base, Box<dyn Error>> {
    let around = TempDir::new()?;
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../knowledge");
    for topic in fs::read_dir(&from)? {
        let topic = topic?;
        if !topic.file_type()?.is_dir() {
            continue;
        }
        let to = around.path().join("knowledge").join(topic.file_name());
        fs::create_dir_all(&to)?;
        for file in fs::read_dir(topic.path())? {
            let file = file?;
            fs::copy(file.path(), to.join(file.file_name()))?;
        }
    }
    let loaded = load(&around.path().join("knowledge"));
    let entry = loaded.knowledge.entries().first().ok_or("the shipped knowledge has no entry")?;
    let file = PathBuf::from(format!("{}.md", entry.id));
    Ok(Base { name: "shipped", file, question: entry.question.value.clone(), around })
}

/// A base of [`ENTRIES`] entries, made up.
fn generated() -> Result<Base, Box<dyn Error>> {
    let around = TempDir::new()?;
    let topic = around.path().join("knowledge/generated");
    fs::create_dir_all(&topic)?;
    fs::write(
        topic.join("topic.toml"),
        "title = \"Generated\"\ndescription = \"Made up.\"\n[experts.ada]\nname = \"Ada\"\nrole = \"expert\"\n\
         [sources.book]\ntitle = \"A book\"\n",
    )?;
    let Generated { phrasings, .. } = Generated::new(PHRASINGS, SEED);
    let mut seen = HashSet::new();
    for number in 0..ENTRIES {
        let own = phrasings.iter().filter(|(entry, text)| *entry == number && seen.insert(text.as_str()));
        let own: Vec<String> = own.map(|(_, text)| format!("{text:?}")).collect();
        let (question, others) = own.split_first().ok_or("an entry without phrasings")?;
        let mut text = format!("+++\nquestion = {question}\nphrasings = [{}]\n", others.join(", "));
        write!(text, "experts = [\"ada\"]\nsources = [\"book\"]\nreviewed = 2026-01-01\n+++\n\nAnswer {number}.\n")?;
        fs::write(topic.join(format!("entry-{number}.md")), text)?;
    }
    let question = phrasings[0].1.clone();
    Ok(Base { name: "generated", around, file: "generated/entry-0.md".into(), question })
}

/// How many entries there are, and how long each edit took to be answered from.
fn measure(base: &Base, edits: usize) -> Result<(usize, Vec<Duration>), Box<dyn Error>> {
    let dir = base.around.path().join("knowledge");
    let config = Config::load(&Sources { local_file: "nowhere/local.toml".into(), environment: Vec::new() })?;
    let loaded = load(&dir);
    if let Some(problem) = loaded.problems.iter().find(|problem| problem.is_error()) {
        return Err(problem.to_string().into());
    }
    let live = Arc::new(Live::new(&dir, loaded, config.standard()));
    let entries = live.current().knowledge.entries().len();
    let _watching = watch(Arc::clone(&live), Pace::default(), |_| {})?;
    let disclaimer = Disclaimer::new(&config.answer.disclaimer).ok_or("no disclaimer")?;
    let policy = config.answer.policy();
    let file = dir.join(&base.file);
    let before = fs::read_to_string(&file)?;
    let mut times = Vec::with_capacity(edits);
    for edit in 0..edits {
        let mark = format!("This is edit {edit}.");
        let text = format!("{before}\n{mark}\n");
        let written = Instant::now();
        fs::write(&file, text)?;
        while !is_answered(&base.question, &mark, &live, &policy, &disclaimer) {
            if written.elapsed() > PATIENCE {
                return Err(format!("edit {edit} of `{}` is not answered from", base.file.display()).into());
            }
            thread::sleep(BETWEEN_QUESTIONS);
        }
        times.push(written.elapsed());
    }
    Ok((entries, times))
}

/// Whether `question` is answered with `mark` in the answer.
fn is_answered(question: &str, mark: &str, live: &Live, policy: &Policy, disclaimer: &Disclaimer) -> bool {
    let snapshot = live.current();
    let question = Question { text: question.to_owned(), scope: Manner::Addressed.into() };
    let ruling = decide(&question, &snapshot, policy);
    matches!(reply(&ruling.decision, &question, &snapshot, disclaimer), Reply::Answer(answer) if answer.answer.contains(mark))
}
