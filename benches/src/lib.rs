//! Needle beside other ways to match, on knowledge made up for the purpose: what the benchmarks measure.

use std::path::PathBuf;

use needle::answer::Policy;
use needle::config::{Config, Sources};

pub mod generator;
pub mod peers;
pub mod picture;

/// The sizes measured, in phrasings.
pub const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// The built-in thresholds.
///
/// # Panics
/// Where they cannot be read.
#[must_use]
pub fn policy() -> Policy {
    let defaults = Sources { local_file: PathBuf::from("nowhere"), environment: Vec::new() };
    Config::load(&defaults).expect("sound defaults").answer.policy()
}
