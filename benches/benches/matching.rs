//! Ranking, building and loading, by `divan`: `cargo bench`.

use std::path::Path;

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};
use needle::answer::{Manner, Question, Snapshot, decide};
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

/// Text that no member would write: units that are repeated, and the names of what repeats nothing.
const HOSTILE: [&str; 12] = [
    "a",
    "a ",
    "ab1 ",
    "e\u{301}\u{302}",
    "\u{fdfa}",
    "\u{200b}x\u{200b}",
    "\u{1f64f}",
    "?!. ",
    LONG_WORD,
    WORDS,
    LONG_WORDS,
    WITHOUT_SPACES,
];

/// One word of random letters.
const LONG_WORD: &str = "(one word)";

/// Distinct words of 8 letters.
const WORDS: &str = "(words of 8)";

/// Distinct words of 30 letters.
const LONG_WORDS: &str = "(words of 30)";

/// Chinese characters, each a word, without spaces.
const WITHOUT_SPACES: &str = "(no spaces)";

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

/// A megabyte of hostile text.
fn hostile(unit: &str) -> String {
    let mut random = fastrand::Rng::with_seed(SEED);
    let word_letters = match unit {
        LONG_WORD => HOSTILE_BYTES,
        WORDS => 8,
        LONG_WORDS => 30,
        WITHOUT_SPACES => return (0..HOSTILE_BYTES / 3).map(|_| random.char('\u{4e00}'..='\u{9fa5}')).collect(),
        unit => return unit.repeat(HOSTILE_BYTES / unit.len()),
    };
    let mut letter = |place: usize| if place % (word_letters + 1) == word_letters { ' ' } else { random.lowercase() };
    (0..HOSTILE_BYTES).map(|place| letter(place)).collect()
}

/// One megabyte of hostile text against a large index.
#[divan::bench(args = HOSTILE, sample_count = 10)]
fn rank_hostile(bencher: Bencher, unit: &str) {
    let generated = Generated::new(10_000, SEED);
    let index = Index::build(&generated.wordings(), []);
    let text = hostile(unit);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| index.rank(&words(black_box(&text))));
}

/// The same on the shipped knowledge, from its text to the decision.
#[divan::bench(args = HOSTILE, sample_count = 10)]
fn decide_hostile(bencher: Bencher, unit: &str) {
    let snapshot = load_shipped_knowledge();
    let question = Question { text: hostile(unit), scope: Manner::Addressed.into() };
    let policy = needle_benches::policy();
    let bytes = BytesCount::of_str(&question.text);
    bencher.counter(bytes).bench_local(|| decide(black_box(&question), &snapshot, &policy));
}

/// The same while it is typed.
#[divan::bench(args = HOSTILE, sample_count = 10)]
fn complete_hostile(bencher: Bencher, unit: &str) {
    const MOST: usize = 25;
    let index = load_shipped_knowledge().index;
    let text = hostile(unit);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| index.complete(black_box(&text), MOST));
}
