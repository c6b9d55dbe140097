//! Measures how long each matcher takes to find the best entry, and how often it is the right one.
//!
//! `cargo run --release --bin speed [-- --only MATCHER] [--picture FILE.svg]`

use std::time::{Duration, Instant};

use needle_benches::SIZES;
use needle_benches::generator::{Generated, Question};
use needle_benches::peers::{self, Matcher};
use needle_benches::picture::{self, Line};

const SEED: u64 = 7;

/// How many questions are asked at most; the whole-string matchers stop earlier.
const QUESTIONS: usize = 2_000;

/// After this long a matcher has answered enough at one size.
const PATIENCE: Duration = Duration::from_secs(5);

/// Questions asked before measuring.
const WARM_UP: usize = 20;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let value_of = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1)
    };
    let only = value_of("--only");
    let mut lines: Vec<Line> = peers::ALL.map(|(name, _)| Line { name, points: Vec::new() }).to_vec();

    println!("{:>8}  {:<13} {:>11} {:>11} {:>8} {:>6}", "size", "matcher", "median ns", "90 % ns", "asked", "right");
    for size in SIZES {
        let generated = Generated::new(size, SEED);
        let questions = generated.questions(QUESTIONS);
        for ((name, prepare), line) in peers::ALL.into_iter().zip(&mut lines) {
            if only.is_some_and(|only| only != name) {
                continue;
            }
            let measured = measure(&*prepare(&generated.wordings()), &questions);
            let Measured { median, slow, asked, right } = measured;
            println!("{size:>8}  {name:<13} {median:>11} {slow:>11} {asked:>8} {right:>6.3}");
            line.points.push((size, median));
        }
    }
    match value_of("--picture") {
        Some(path) => std::fs::write(path, picture::draw(&lines)),
        None => Ok(()),
    }
}

/// What came of asking one matcher.
struct Measured {
    /// The median and the 90th percentile, in nanoseconds.
    median: u64,
    slow: u64,
    /// The number of questions.
    asked: usize,
    /// The share of questions whose entry was found, in `0..=1`.
    right: f64,
}

fn measure(matcher: &dyn Matcher, questions: &[Question]) -> Measured {
    for question in questions.iter().rev().take(WARM_UP) {
        std::hint::black_box(matcher.best(&question.text));
    }
    let started = Instant::now();
    let mut times = Vec::new();
    let mut right = 0;
    for question in questions {
        let asked = Instant::now();
        let best = matcher.best(&question.text);
        times.push(u64::try_from(asked.elapsed().as_nanos()).unwrap_or(u64::MAX));
        right += u32::from(best == Some(question.entry));
        if started.elapsed() > PATIENCE {
            break;
        }
    }
    times.sort_unstable();
    let asked = u32::try_from(times.len()).unwrap_or(u32::MAX);
    let right = f64::from(right) / f64::from(asked);
    Measured { median: times[times.len() / 2], slow: times[times.len() * 9 / 10], asked: times.len(), right }
}
