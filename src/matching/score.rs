//! The score: where the signals for one question are combined, and what makes scores comparable.
//!
//! The only place where signals meet. Another similarity per wording, say one of meaning, joins in
//! [`Kind::share`](super::pieces::Kind::share)'s manner before [`Signals`] are made: all that follows looks at
//! similarities of wordings alone.

use super::index::Match;

/// What the three most similar wordings of an entry weigh: agreement of several is worth more than one lucky hit.
pub(super) const BEST_WORDINGS: [f32; 3] = [1.0, 0.5, 0.25];

/// The share of the distance to the runner-up that is added to the best entry's strength: an entry that stands alone
/// is more credible than one of two.
const GAP_SHARE: f32 = 0.5;

/// The signals of one entry for one question.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Signals {
    /// The weighted mean of the similarities of its most similar wordings, in `0..=1`.
    pub(super) likeness: f32,
    /// What ridge regression says, around 1 for its own wordings and 0 for foreign ones.
    pub(super) learnt: f32,
}

impl Signals {
    /// How strongly an entry is indicated; about `0..=1`.
    pub(super) fn strength(self) -> f32 {
        f32::midpoint(self.likeness, self.learnt)
    }
}

/// The likeness of an entry whose wordings have these similarities, in any order.
pub(super) fn likeness(similarities: impl Iterator<Item = f32>) -> f32 {
    let mut best = [0.0; BEST_WORDINGS.len()];
    for mut similarity in similarities {
        for place in &mut best {
            if similarity > *place {
                std::mem::swap(place, &mut similarity);
            }
        }
    }
    let weighted: f32 = best.iter().zip(BEST_WORDINGS).map(|(similarity, weight)| similarity * weight).sum();
    weighted / BEST_WORDINGS.iter().sum::<f32>()
}

/// The strength that off-topic questions reach by chance in a knowledge base of `entries` entries with `wordings`
/// wordings: the more there are, the higher the best of many chances. The form is that of an extreme value, which
/// grows with the logarithm of the number of entries; the constants were fitted on several hundred knowledge bases of
/// 5 to 150 entries drawn from public data (see `docs/matching.md`), so that a score of one half refuses about 85 of
/// 100 off-topic questions in each.
#[allow(clippy::cast_precision_loss, reason = "counts are below 2^27")]
pub(super) fn noise(entries: usize, wordings: usize) -> f32 {
    const BASE: f32 = -0.083;
    const PER_LOG_ENTRY: f32 = 0.041;
    const PER_ROOT_WORDING: f32 = 0.059;
    const MOST_WORDINGS_EACH: f32 = 30.0;
    const LEAST: f32 = 0.09;
    if entries == 0 {
        return LEAST;
    }
    let entries = entries as f32;
    let each = (wordings as f32 / entries).min(MOST_WORDINGS_EACH);
    (BASE + PER_LOG_ENTRY * entries.ln() + PER_ROOT_WORDING * each.sqrt()).max(LEAST)
}

/// The matches of entries with these signals, best first; entries that nothing speaks for are left out. The score is
/// `s / (s + noise)` for the strength `s`, to which the best adds a share of its distance to the runner-up.
pub(super) fn matches(signals: impl Iterator<Item = (usize, Signals)>, noise: f32) -> Vec<Match> {
    let mut strengths: Vec<(usize, f32)> =
        signals.map(|(entry, signals)| (entry, signals.strength())).filter(|(_, strength)| *strength > 0.0).collect();
    strengths.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let runner_up = strengths.get(1).map_or(0.0, |(_, strength)| *strength);
    if let Some((_, best)) = strengths.first_mut() {
        *best += GAP_SHARE * (*best - runner_up);
    }
    strengths.into_iter().map(|(entry, strength)| Match { entry, score: strength / (strength + noise) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(strengths: &[f32]) -> Vec<(usize, f32)> {
        let signals = strengths.iter().map(|s| Signals { likeness: *s, learnt: *s }).enumerate();
        matches(signals, 0.25).into_iter().map(|found| (found.entry, found.score)).collect()
    }

    #[test]
    fn distance_to_the_runner_up_is_inside_the_score() {
        let alone = scores(&[0.0, 0.4]);
        let close = scores(&[0.39, 0.4]);
        assert_eq!(alone.len(), 1, "what nothing speaks for is no match");
        assert_eq!(close.iter().map(|(entry, _)| *entry).collect::<Vec<_>>(), [1, 0]);
        assert!(alone[0].1 > close[0].1);
    }

    #[test]
    fn strength_at_the_noise_level_scores_one_half() {
        let found = scores(&[0.25, 0.25]);
        assert!(found.iter().all(|(_, score)| (score - 0.5).abs() < 1e-6), "{found:?}");
    }

    #[test]
    fn likeness_looks_at_the_three_most_similar() {
        let similar = |similarities: &[f32]| likeness(similarities.iter().copied());
        assert!((similar(&[1.0, 1.0, 1.0, 1.0]) - 1.0).abs() < 1e-6);
        assert!((similar(&[0.1, 0.7, 0.0, 0.35, 0.7]) - (0.7 + 0.35 + 0.0875) / 1.75).abs() < 1e-6);
        assert!(similar(&[]).abs() < 1e-6);
    }
}
