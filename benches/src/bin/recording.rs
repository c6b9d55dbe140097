//! Measures what recording costs whoever waits for a reply, and how many questions a store keeps up with.
//!
//! `cargo run --release --bin recording [-- --store URL] [--rate QUESTIONS_PER_SECOND] [--seconds N]`

use std::path::Path;
use std::time::{Duration, Instant};

use needle::answer::{self, Disclaimer, Manner, Policy, Question, Snapshot, Thresholds};
use needle::knowledge::load;
use needle::redaction::Redacted;
use needle::store::{
    ChannelId, Closest, Event, Figures, Key, Listing, MessageId, Miss, Options, Origin, Pace, Record, Recorder,
    ServerId, Store, Tally, Timestamp, Url,
};

/// How many wordings there are; more often asked than this, a question is one that was asked before.
const WORDINGS: u64 = 5_000;

/// How much of the closest entries is kept.
const CLOSEST: usize = 4;

const POLICY: Policy = Policy {
    addressed: Thresholds { answer: 0.5, suggest: 0.3 },
    unprompted: Thresholds { answer: 0.65, suggest: 0.65 },
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let value_of = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1)
    };
    let rate: u64 = value_of("--rate").map_or(Ok(2_000), |rate| rate.parse())?;
    let seconds: u64 = value_of("--seconds").map_or(Ok(10), |seconds| seconds.parse())?;
    let folder = std::env::temp_dir().join(format!("needle-recording-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let url = value_of("--store").map_or_else(|| Ok(Url::sqlite(folder.join("needle.db"))), |url| url.parse())?;

    let knowledge = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../knowledge")).knowledge;
    let asker = Asker {
        snapshot: Snapshot::new(knowledge),
        disclaimer: Disclaimer::new("Ask somebody.").ok_or("a disclaimer")?,
        key: Key::new(b"a key"),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let store = runtime.block_on(async { Store::new(&url, Options::default()) });
    runtime.block_on(store.open())?;

    println!("{rate} questions a second for {seconds} s, every one a miss and a count, in {url}\n");
    println!("{:<22} {:>10} {:>10} {:>10} {:>10}", "time of a reply", "median us", "99 % us", "99.9 % us", "worst us");
    asker.ask(rate, seconds, |_, _| {}).show("alone");
    let recorder = runtime.block_on(async { Recorder::start(store.clone(), Pace::default()) });
    let mut accepting = Vec::new();
    let with = asker.ask(rate, seconds, |miss, tally| {
        let started = Instant::now();
        let accepted = recorder.record(Record::Miss(miss)) && recorder.record(Record::Tally(tally));
        accepting.push(started.elapsed());
        assert!(accepted, "the queue is full");
    });
    with.show("and recorded");
    Times(accepting).show("of it, recording");

    let behind = recorder.figures();
    let started = Instant::now();
    let Figures { written, lost, .. } = runtime.block_on(recorder.close(Duration::from_secs(60)));
    let waited = started.elapsed();
    println!(
        "\nat the end {} records waited and were written in {:.0} ms; {written} written, {lost} lost",
        behind.waiting,
        waited.as_secs_f64() * 1e3
    );
    let kept = runtime.block_on(store.unanswered(Listing::ALL))?;
    println!("kept: {} questions, asked {} times", kept.len(), kept.iter().map(|kept| u64::from(kept.times)).sum::<u64>());

    let recorder = runtime.block_on(async { Recorder::start(store.clone(), Pace { capacity: 100_000, ..Pace::default() }) });
    let started = Instant::now();
    let number = 50_000;
    for message in 0..number {
        assert!(recorder.record(Record::Miss(asker.miss(1_000_000_000 + message))), "the queue is full");
    }
    let filled = started.elapsed();
    runtime.block_on(recorder.close(Duration::from_secs(600)));
    let all = started.elapsed();
    println!(
        "\nat full speed: {number} misses accepted in {:.2} s, written in {:.2} s: {:.0} a second",
        filled.as_secs_f64(),
        all.as_secs_f64(),
        f64::from(u32::try_from(number)?) / all.as_secs_f64()
    );
    let started = Instant::now();
    let listed = runtime.block_on(store.unanswered(Listing { limit: 25, ..Listing::ALL }))?;
    println!("the {} asked most: listed in {:.1} ms", listed.len(), started.elapsed().as_secs_f64() * 1e3);
    if let Some(file) = url.file() {
        println!("the file has {:.1} MB", std::fs::metadata(file)?.len() as f64 / 1e6);
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// Who asks, and replies.
struct Asker {
    snapshot: Snapshot,
    disclaimer: Disclaimer,
    key: Key,
}

impl Asker {
    /// Replies to questions that come at this rate; how long each reply and its `record` took.
    fn ask(&self, rate: u64, seconds: u64, mut record: impl FnMut(Miss, Tally)) -> Times {
        let started = Instant::now();
        let mut times = Vec::new();
        for number in 0..rate * seconds {
            let due = started + Duration::from_nanos(1_000_000_000 / rate * number);
            while Instant::now() < due {
                std::thread::sleep(due.saturating_duration_since(Instant::now()).min(Duration::from_micros(50)));
            }
            let miss = self.miss(number);
            let tally = Tally {
                server: miss.origin.server,
                day: miss.at,
                entry: miss.closest.first().map_or_else(String::new, |closest| closest.entry.clone()),
                event: Event::Suggested,
            };
            let asked = Instant::now();
            let question = Question { text: miss.text.as_str().to_owned(), scope: Manner::Addressed.into() };
            let ruling = answer::decide(&question, &self.snapshot, &POLICY);
            std::hint::black_box(answer::reply(&ruling.decision, &question, &self.snapshot, &self.disclaimer));
            record(miss, tally);
            times.push(asked.elapsed());
        }
        Times(times)
    }

    fn miss(&self, number: u64) -> Miss {
        let entries = self.snapshot.knowledge.entries();
        let entry = |place: u64| &entries[usize::try_from(place).unwrap_or_default() % entries.len()];
        let wording = number % WORDINGS;
        let text = format!("{} and what of the {wording}th time?", entry(number).question.value);
        let closest = (0..CLOSEST as u64).map(|place| Closest {
            entry: entry(number + place).id.to_string(),
            score: 0.25,
            rejected: false,
        });
        Miss {
            origin: Origin {
                server: Some(ServerId(1)),
                channel: Some(ChannelId(2)),
                message: Some(MessageId(number + 1)),
            },
            wording: self.key.wording(&text),
            text: Redacted::new(&text),
            closest: closest.collect(),
            at: Timestamp::now(),
        }
    }
}

/// How long something took, each time.
struct Times(Vec<Duration>);

impl Times {
    fn show(mut self, name: &str) {
        self.0.sort_unstable();
        let at = |share: usize| {
            let place = (self.0.len() * share / 1_000).min(self.0.len() - 1);
            self.0[place].as_secs_f64() * 1e6
        };
        println!("{name:<22} {:>10.1} {:>10.1} {:>10.1} {:>10.1}", at(500), at(990), at(999), at(1_000));
    }
}
