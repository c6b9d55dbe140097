//! Numbers of pieces: from a piece's key to its number, in twelve bytes a piece.

use super::pieces::PieceKey;

/// Keys in order, each with its number. Keys are hashes and so spread evenly: where one stands follows from its value,
/// but for a little.
#[derive(Debug)]
pub(super) struct Numbers {
    keys: Vec<PieceKey>,
    /// By place of the key.
    numbers: Vec<u32>,
}

impl Numbers {
    /// The numbers of distinct keys.
    pub(super) fn new(numbered: impl Iterator<Item = (PieceKey, u32)>) -> Self {
        let mut numbered: Vec<(PieceKey, u32)> = numbered.collect();
        numbered.sort_unstable();
        let (keys, numbers) = numbered.into_iter().unzip();
        Self { keys, numbers }
    }

    /// The number of a key. Cost: some ten steps among a million keys, most of them in the same few cache lines.
    pub(super) fn get(&self, key: PieceKey) -> Option<u32> {
        // The first window holds about nine of ten keys: places scatter by the root of their number at most.
        let mut reach = self.keys.len().isqrt() + 1;
        let guess = key.share_of(self.keys.len());
        loop {
            let start = guess.saturating_sub(reach);
            let end = (guess + reach).min(self.keys.len());
            let window = &self.keys[start..end];
            let is_after_start = start == 0 || window.first().is_some_and(|first| *first <= key);
            let is_before_end = end == self.keys.len() || window.last().is_some_and(|last| key <= *last);
            if is_after_start && is_before_end {
                return window.binary_search(&key).ok().map(|place| self.numbers[start + place]);
            }
            reach *= 4;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_is_there_and_nothing_else() {
        let check = |keys: &[u64]| {
            let numbers = Numbers::new(keys.iter().map(|key| PieceKey(*key)).zip(0..));
            for (number, key) in (0..).zip(keys) {
                assert_eq!(numbers.get(PieceKey(*key)), Some(number), "{key} in {keys:?}");
            }
            for key in [1, 3, 1 << 40, u64::MAX - 7] {
                assert_eq!(numbers.get(PieceKey(key)), None, "{key} in {keys:?}");
            }
        };
        check(&[]);
        check(&[0]);
        check(&[u64::MAX, 0, 2]);
        check(&(0..1_000).map(|number| number * 0x1234_5678_9abc).collect::<Vec<_>>());
        check(&(0..1_000).map(|number| number * 16 + 4).collect::<Vec<_>>()); // not spread at all
    }
}
