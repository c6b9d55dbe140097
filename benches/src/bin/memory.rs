//! Measures what the index takes: the time to build it, and the memory it holds beyond the text.
//!
//! `cargo run --release --bin memory`

use std::alloc::System;
use std::time::Instant;

use cap::Cap;
use needle::matching::Index;
use needle_benches::SIZES;
use needle_benches::generator::Generated;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

const SEED: u64 = 7;

fn main() {
    println!("{:>8} {:>12} {:>14} {:>14}", "size", "build ms", "text bytes", "bytes beyond");
    for size in SIZES {
        let generated = Generated::new(size, SEED);
        let wordings = generated.wordings();
        let text: usize = wordings.iter().map(|(_, text)| text.len()).sum();
        let before = ALLOCATOR.allocated();
        let started = Instant::now();
        let index = Index::build(&wordings, []);
        let took = started.elapsed();
        let held = ALLOCATOR.allocated() - before - text;
        println!("{size:>8} {:>12.1} {text:>14} {held:>14}", took.as_secs_f64() * 1e3);
        drop(index);
    }
}
