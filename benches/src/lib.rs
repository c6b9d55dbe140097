//! Needle beside other ways to match, on knowledge made up for the purpose: what the benchmarks measure.

pub mod generator;
pub mod peers;
pub mod picture;

/// The sizes measured, in phrasings.
pub const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
