//! Ranking, building and loading, by `divan`: `cargo bench`.

use std::path::Path;

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use needle::answer::Snapshot;
use needle::knowledge;
use needle::matching::Index;
use needle::matching::words::words;
use needle_benches::SIZES;
use needle_benches::generator::Generated;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const SEED: u64 = 7;

/// How many questions are asked in turn.
const QUESTIONS: usize = 256;

/// Text that no member would write, in units that are repeated.
const HOSTILE: [&str; 8] = ["a", "a ", "ab1 ", "e\u{301}\u{302}", "\u{fdfa}", "\u{200b}x\u{200b}", "\u{1f64f}", "?!. "];

/// The size of hostile text in bytes.
const HOSTILE_BYTES: usize = 1_000_000;

fn main() {
    divan::main();
}

/// One question, from its text to the ranked entries.
#[divan::bench(args = SIZES)]
fn rank(bencher: Bencher, size: usize) {
    let generated = Generated::new(size, SEED);
    let index = Index::build(&generated.wordings(), []);
    let questions = generated.questions(QUESTIONS);
    let mut turn = questions.iter().cycle();
    bencher
        .with_inputs(|| turn.next().map_or("", |question| question.text.as_str()))
        .bench_local_values(|text| index.rank(&words(black_box(text))));
}

/// What someone has typed so far: a question, stopped anywhere in it.
#[divan::bench(args = SIZES)]
fn complete(bencher: Bencher, size: usize) {
    const MOST: usize = 25;
    let generated = Generated::new(size, SEED);
    let index = Index::build(&generated.wordings(), []);
    let questions = generated.questions(QUESTIONS);
    let lengths = [1, 2, 3, 5, 8, 13, 21, 34];
    let mut turn = questions.iter().cycle().zip(lengths.into_iter().cycle());
    let typed = || turn.next().map_or("", |(question, chars)| &question.text[..chars.min(question.text.len())]);
    bencher.with_inputs(typed).bench_local_values(|typed| index.complete(black_box(typed), MOST));
}

/// The index; the greatest allocated size is the memory at its peak.
#[divan::bench(args = SIZES, sample_count = 5)]
fn build(bencher: Bencher, size: usize) {
    let generated = Generated::new(size, SEED);
    let wordings = generated.wordings();
    bencher.bench_local(|| Index::build(black_box(&wordings), []));
}

/// The shipped knowledge, from its folder until it can be asked.
#[divan::bench]
fn load_shipped_knowledge() -> Snapshot {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../knowledge");
    Snapshot::new(knowledge::load(&shipped).knowledge)
}

/// One megabyte of hostile text against a large index.
#[divan::bench(args = HOSTILE, sample_count = 10)]
fn rank_hostile(bencher: Bencher, unit: &str) {
    let generated = Generated::new(10_000, SEED);
    let index = Index::build(&generated.wordings(), []);
    let text = unit.repeat(HOSTILE_BYTES / unit.len());
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| index.rank(&words(black_box(&text))));
}
