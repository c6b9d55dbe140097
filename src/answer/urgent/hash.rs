//! Hash: a quick hash of short words.
//!
//! Loading looks up tens of thousands of words of the knowledge, which nobody crafts to collide; members' words are
//! looked up but never added.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map by words or small numbers of the knowledge.
pub(super) type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<QuickHasher>>;

/// A set of words of the knowledge.
pub(super) type QuickSet<T> = HashSet<T, BuildHasherDefault<QuickHasher>>;

/// Mixes eight bytes at a time by a multiplication.
#[derive(Debug, Default)]
pub(super) struct QuickHasher(u64);

/// An odd number whose bits are spread evenly.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut padded = [0; 8];
            padded[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(padded));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(number.into());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(FACTOR);
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn finish(&self) -> u64 {
        // The lower bits, which choose the place, know least of what was mixed in.
        self.0.rotate_left(26)
    }
}
