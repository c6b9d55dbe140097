//! Calibration: the noise level of an index, which makes scores comparable between knowledge bases.
//!
//! The noise level is the strength that 85 of 100 off-topic questions stay below. Two things are known about it before
//! anybody has asked: what is usual at this size, and what the entries do to each other. For the second, wordings are
//! asked while their own entry is left out: off-topic questions as near as they come. The more entries there are, the
//! better they stand for all that is missing, and the more the second counts.

use super::index::Index;
use super::score::{self, Signals};

/// The share of off-topic questions that stay below the noise level.
const REFUSED: f32 = 0.85;

/// The number of entries at which what they do to each other counts as much as what is usual at this size. Entries of a
/// small knowledge base are closer to each other than what strangers ask, so few of them say little; `docs/matching.md`
/// has the measurements.
const ENTRIES_TO_TRUST: f32 = 300.0;

/// So many wordings are asked, evenly spread: a quantile of more is hardly steadier, and each costs one ranking.
const ASKED_WORDINGS: usize = 128;

/// The noise level of an index, above 0.
#[allow(clippy::cast_precision_loss, reason = "counts are below 2^27")]
pub(super) fn noise(index: &Index) -> f32 {
    let (entries, wordings) = index.answerable();
    let usual = usual_noise(entries, wordings);
    let mut strengths = strengths_of_others(index, wordings);
    if strengths.is_empty() {
        return usual;
    }
    strengths.sort_unstable_by(f32::total_cmp);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among at most 128")]
    let own = strengths[((strengths.len() - 1) as f32 * REFUSED) as usize].max(LEAST_NOISE);
    let trust = entries as f32 / (entries as f32 + ENTRIES_TO_TRUST);
    usual.powf(1.0 - trust) * own.powf(trust)
}

/// However little entries have in common, a strength below this is no sign of anything.
const LEAST_NOISE: f32 = 0.12;

/// The noise level that is usual in a knowledge base of `entries` entries with `wordings` wordings: the more there are,
/// the higher the best of many chances. The form is that of an extreme value, which grows with the logarithm of the
/// number of entries; the constants were set on knowledge bases of 5 to 150 entries drawn from public data (see
/// `docs/matching.md`).
#[allow(clippy::cast_precision_loss, reason = "counts are below 2^27")]
fn usual_noise(entries: usize, wordings: usize) -> f32 {
    const BASE: f32 = -0.06;
    const PER_LOG_ENTRY: f32 = 0.03;
    const PER_ROOT_WORDING: f32 = 0.06;
    const MOST_WORDINGS_EACH: f32 = 30.0;
    if entries == 0 {
        return LEAST_NOISE;
    }
    let entries = entries as f32;
    let each = (wordings as f32 / entries).min(MOST_WORDINGS_EACH);
    (BASE + PER_LOG_ENTRY * entries.ln() + PER_ROOT_WORDING * each.sqrt()).max(LEAST_NOISE)
}

/// For some of the first `wordings`, the strength of the best entry beside their own, in no particular order.
fn strengths_of_others(index: &Index, wordings: usize) -> Vec<f32> {
    let asked = (0..wordings).step_by(wordings.div_ceil(ASKED_WORDINGS).max(1));
    asked.map(|wording| strength_of_others(index, wording)).collect()
}

/// The strength of the best entry for a wording whose own entry is left out; 0 where no other has anything in common
/// with it.
fn strength_of_others(index: &Index, wording: usize) -> f32 {
    let own = index.entry_of[wording];
    let mut similar = index.similar(&index.vectors(wording));
    similar.retain(|similar| index.entry_of[similar.wording] != own);
    let learnt = index.learn_about(&similar);
    let signals =
        index.likeness(&similar).map(|(place, likeness)| (place, Signals { likeness, learnt: learnt[place] }));
    let entries = index.answerable().0;
    let (mut best, mut next) = (0.0_f32, 0.0_f32);
    for (_, signals) in signals.filter(|(place, _)| *place < entries) {
        let strength = signals.strength();
        next = next.max(strength.min(best));
        best = best.max(strength);
    }
    score::raise(best, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entries of these wordings, one each.
    fn base(wordings: &[String]) -> Index {
        let wordings: Vec<(usize, &str)> = wordings.iter().map(String::as_str).enumerate().collect();
        Index::build(&wordings, [])
    }

    /// A word of its own for each number below 8,000.
    fn word(number: usize) -> String {
        const SYLLABLES: [&str; 20] = [
            "ba", "ke", "lo", "mi", "nu", "pa", "re", "so", "ti", "vu", "dra", "fle", "gro", "ski", "plu", "za", "we",
            "yo", "chi", "qua",
        ];
        [number / 400, number / 20, number].map(|place| SYLLABLES[place % 20]).concat()
    }

    #[test]
    fn entries_that_resemble_each_other_are_noisy() {
        let apart: Vec<String> = (0..200).map(|n| format!("{} {}", word(2 * n), word(2 * n + 1))).collect();
        let alike: Vec<String> = (0..200).map(|n| format!("{} {}", word(n / 20), word(20 + n % 20))).collect();
        let (apart, alike) = (base(&apart).noise, base(&alike).noise);
        assert!(alike > 1.05 * apart, "{alike} and {apart}");
    }

    #[test]
    fn noise_is_always_above_nothing() {
        for entries in [0, 1, 2, 7] {
            let noise = base(&(0..entries).map(word).collect::<Vec<_>>()).noise;
            assert!((0.1..1.0).contains(&noise), "{noise} for {entries} entries");
        }
    }

    #[test]
    fn more_entries_and_more_wordings_are_noisier() {
        assert!(usual_noise(1_000, 1_000) > usual_noise(100, 100));
        assert!(usual_noise(100, 1_000) > usual_noise(100, 100));
    }
}
