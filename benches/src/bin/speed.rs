//! Measures how long each matcher takes to find the best entry, and how often it is the right one.
//!
//! `cargo run --release --bin speed`

use std::time::{Duration, Instant};

use needle_benches::SIZES;
use needle_benches::generator::Generated;
use needle_benches::peers;

const SEED: u64 = 7;

/// How many questions are asked at most; the whole-string matchers stop earlier.
const QUESTIONS: usize = 2_000;

/// After this long a matcher has answered enough at one size.
const PATIENCE: Duration = Duration::from_secs(5);

/// Questions asked before measuring.
const WARM_UP: usize = 20;

fn main() {
    println!("{:>8}  {:<13} {:>11} {:>11} {:>8} {:>6}", "size", "matcher", "median ns", "90 % ns", "asked", "right");
    for size in SIZES {
        let generated = Generated::new(size, SEED);
        let questions = generated.questions(QUESTIONS);
        for (name, matcher) in peers::all(&generated.wordings()) {
            for question in questions.iter().rev().take(WARM_UP) {
                std::hint::black_box(matcher.best(&question.text));
            }
            let started = Instant::now();
            let mut times = Vec::new();
            let mut right = 0;
            for question in &questions {
                let asked = Instant::now();
                let best = matcher.best(&question.text);
                times.push(asked.elapsed().as_nanos());
                right += usize::from(best == Some(question.entry));
                if started.elapsed() > PATIENCE {
                    break;
                }
            }
            times.sort_unstable();
            #[allow(clippy::cast_precision_loss, reason = "at most 2,000")]
            let share = right as f64 / times.len() as f64;
            let (median, slow) = (times[times.len() / 2], times[times.len() * 9 / 10]);
            println!("{size:>8}  {name:<13} {median:>11} {slow:>11} {:>8} {share:>6.3}", times.len());
        }
    }
}
