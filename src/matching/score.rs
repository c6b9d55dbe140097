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
const GAP_SHARE: f32 = 0.25;

/// The lead over the next entry, as a share of the best entry's strength, up to which the score cannot exceed one half.
const CLEAR_LEAD: f32 = 0.06;

/// The score that a best entry can reach however close the next one is: enough for suggestions, not for an answer.
const TIED: f32 = 0.49;

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

/// The likeness of an entry of `wordings` wordings, of which some have these similarities, in any order; the others
/// have none.
pub(super) fn likeness(wordings: usize, similarities: impl Iterator<Item = f32>) -> f32 {
    let mut best = [0.0; BEST_WORDINGS.len()];
    for mut similarity in similarities {
        for place in &mut best {
            if similarity > *place {
                std::mem::swap(place, &mut similarity);
            }
        }
    }
    let weighted: f32 = best.iter().zip(BEST_WORDINGS).map(|(similarity, weight)| similarity * weight).sum();
    weighted / BEST_WORDINGS.iter().take(wordings).sum::<f32>()
}

/// The strength of the best entry, to which a share of its distance to the runner-up is added.
pub(super) fn raise(best: f32, runner_up: f32) -> f32 {
    (best + GAP_SHARE * (best - runner_up)).max(0.0)
}

/// The matches of entries with these signals, best first; entries that nothing speaks for are left out. `off_topic` is
/// the strength of the strongest known off-topic question, 0 where there is none.
///
/// The score is `s / (s + noise)` for the strength `s`, to which the best adds a share of its distance to the
/// runner-up. An off-topic question is a runner-up too, and noise where it is stronger than what is usual: what is more
/// like it than like any entry scores below one half. A best entry that is hardly stronger than the next is capped, so
/// that close ones become suggestions.
pub(super) fn matches(signals: impl Iterator<Item = (usize, Signals)>, noise: f32, off_topic: f32) -> Vec<Match> {
    let mut strengths: Vec<(usize, f32)> =
        signals.map(|(entry, signals)| (entry, signals.strength())).filter(|(_, strength)| *strength > 0.0).collect();
    strengths.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let Some((_, best)) = strengths.first().copied() else { return Vec::new() };
    let next_entry = strengths.get(1).map_or(0.0, |(_, strength)| *strength);
    let runner_up = next_entry.max(off_topic);
    let noise = noise.max(off_topic);
    let score = |strength: f32| strength / (strength + noise);
    let lead = (best - next_entry) / best;
    let most = (lead / (lead + CLEAR_LEAD)).max(TIED);
    let best_score = score(raise(best, runner_up)).min(most);
    let of_place = |(place, (entry, strength)): (usize, (usize, f32))| {
        let score = if place == 0 { best_score } else { score(strength).min(best_score) };
        Match { entry, score }
    };
    strengths.into_iter().enumerate().map(of_place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(strengths: &[f32]) -> Vec<(usize, f32)> {
        let signals = strengths.iter().map(|s| Signals { likeness: *s, learnt: *s }).enumerate();
        matches(signals, 0.25, 0.0).into_iter().map(|found| (found.entry, found.score)).collect()
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
        let found = scores(&[0.25, 0.5]);
        assert!((found[1].1 - 0.5).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn close_entries_are_no_answers() {
        let found = scores(&[0.9, 0.89]);
        assert!(found.iter().all(|(_, score)| *score < 0.5), "{found:?}");
        assert!(scores(&[0.9, 0.5])[0].1 > 0.7);
    }

    #[test]
    fn what_is_more_like_an_off_topic_question_scores_below_one_half() {
        for (strength, off_topic) in [(0.45, 0.46), (0.33, 0.36), (0.9, 1.0)] {
            let signals = Signals { likeness: strength, learnt: strength };
            let found = matches([(0, signals)].into_iter(), 0.25, off_topic);
            assert!(found[0].score < 0.5, "{strength} against {off_topic}: {found:?}");
        }
    }

    #[test]
    fn likeness_looks_at_the_three_most_similar() {
        let check = |wordings, similarities: &[f32], expected: f32| {
            let found = likeness(wordings, similarities.iter().copied());
            assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
        };
        check(4, &[1.0, 1.0, 1.0, 1.0], 1.0);
        check(5, &[0.1, 0.7, 0.0, 0.35, 0.7], (0.7 + 0.35 + 0.0875) / 1.75);
        check(3, &[0.7], 0.4);
        check(2, &[0.9, 0.6], 0.8);
        check(1, &[0.9], 0.9);
        check(3, &[], 0.0);
    }
}
