//! Evaluation: how well labelled questions are ranked and decided, in the measures of intent recognition.
//!
//! A labelled question is either in scope (one or more entries answer it) or off-topic (none does). The measures
//! without a configured threshold (`acc0`, `acc`, `in80`, `in90`, `r4`) look at the ranking alone and can be
//! compared between matchers; the others look at the decisions taken.

use serde::Serialize;

/// What came of one labelled question. Entries are numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What would be right.
    pub expected: Expected,
    /// The best four entries, best first; empty where no entry has any likeness to the question.
    pub ranked: Vec<usize>,
    /// The best entry's score; 0 where there is none.
    pub score: f32,
    /// What was decided.
    pub decision: Decided,
}

/// What would be right for a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// In scope: any of these entries.
    Entries(Vec<usize>),
    /// Off-topic: to answer nothing.
    OffTopic,
    /// Neither: a notice to seek care.
    Urgent,
}

/// A decision, reduced to what the measures need.
#[derive(Debug, Clone, PartialEq)]
pub enum Decided {
    /// The best entry was given as the answer.
    Answer,
    /// These entries were offered.
    Suggest(Vec<usize>),
    /// Nothing was known.
    Unknown,
    /// A notice to seek care was given: wrong in scope, no answer off-topic.
    Urgent,
}

/// The measures, each a share in `0..=1`. A share of nothing is 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measures {
    /// The number of questions in scope.
    pub in_scope: usize,
    /// The number of off-topic questions.
    pub off_topic: usize,
    /// In scope: the best entry is right, without any threshold.
    pub acc0: f64,
    /// All: right at the best threshold; an off-topic question is right when it is refused.
    pub acc: f64,
    /// In scope: right and not refused at the lowest threshold that refuses at least 80 % of the off-topic questions.
    pub in80: f64,
    /// The same with 90 %.
    pub in90: f64,
    /// In scope: a right entry is among the best four, without any threshold.
    pub r4: f64,
    /// In scope: answered, and right.
    pub ans_in: f64,
    /// In scope: answered right, or a right entry among the suggestions.
    pub sug_in: f64,
    /// Off-topic: no answer was given; suggestions are none.
    pub ref_oos: f64,
    /// The share of answers that are right; an answer to an off-topic question or to one that names a danger is wrong.
    pub prec: f64,
    /// The number of questions that name a danger; they are neither in scope nor off-topic.
    pub dangers: usize,
    /// Of those: a notice to seek care was given.
    pub urgent: f64,
}

impl Outcome {
    fn is_best_right(&self) -> bool {
        self.is_any_right(&self.ranked[..self.ranked.len().min(1)])
    }

    fn is_any_right(&self, entries: &[usize]) -> bool {
        matches!(&self.expected, Expected::Entries(right) if entries.iter().any(|entry| right.contains(entry)))
    }
}

impl Measures {
    /// Measures `outcomes`; their order does not matter. O(n log n).
    #[must_use]
    pub fn of(outcomes: &[Outcome]) -> Self {
        let inside: Vec<&Outcome> = outcomes.iter().filter(|o| matches!(o.expected, Expected::Entries(_))).collect();
        let outside: Vec<&Outcome> = outcomes.iter().filter(|o| o.expected == Expected::OffTopic).collect();
        let dangers: Vec<&Outcome> = outcomes.iter().filter(|o| o.expected == Expected::Urgent).collect();
        let of_inside =
            |right: &dyn Fn(&Outcome) -> bool| share(inside.iter().filter(|o| right(o)).count(), inside.len());
        let is_answer = |o: &Outcome| o.decision == Decided::Answer;
        let is_answered_right = |o: &Outcome| is_answer(o) && o.is_best_right();
        let is_offered = |o: &Outcome| matches!(&o.decision, Decided::Suggest(near) if o.is_any_right(near));
        let answers = outcomes.iter().filter(|o| is_answer(o)).count();
        let right_answers = outcomes.iter().filter(|o| is_answered_right(o)).count();
        let refused = outside.iter().filter(|o| !is_answer(o)).count();
        let noticed = dangers.iter().filter(|o| o.decision == Decided::Urgent).count();
        let curve = Curve::of(inside.iter().chain(&outside).copied().collect(), outside.len());
        Self {
            in_scope: inside.len(),
            off_topic: outside.len(),
            acc0: of_inside(&Outcome::is_best_right),
            acc: share(curve.best_right(), inside.len() + outside.len()),
            in80: share(curve.right_when_refusing(0.8, outside.len()), inside.len()),
            in90: share(curve.right_when_refusing(0.9, outside.len()), inside.len()),
            r4: of_inside(&|o| o.is_any_right(&o.ranked)),
            ans_in: of_inside(&is_answered_right),
            sug_in: of_inside(&|o| is_answered_right(o) || is_offered(o)),
            ref_oos: share(refused, outside.len()),
            prec: share(right_answers, answers),
            dangers: dangers.len(),
            urgent: share(noticed, dangers.len()),
        }
    }
}

/// What each possible threshold would do, from the one that answers nothing to the one that answers all.
struct Curve(Vec<Point>);

/// A threshold: all questions with at least some score are answered.
#[derive(Clone, Copy)]
struct Point {
    /// Questions in scope that are answered right.
    right: usize,
    /// Off-topic questions that are refused.
    refused: usize,
}

impl Curve {
    fn of(mut by_score: Vec<&Outcome>, off_topic: usize) -> Self {
        by_score.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut point = Point { right: 0, refused: off_topic };
        let mut points = vec![point];
        // Equal scores are answered all or none.
        for equal in by_score.chunk_by(|a, b| a.score.total_cmp(&b.score).is_eq()) {
            point.right += equal.iter().filter(|o| o.is_best_right()).count();
            point.refused -= equal.iter().filter(|o| o.expected == Expected::OffTopic).count();
            points.push(point);
        }
        Self(points)
    }

    fn best_right(&self) -> usize {
        self.0.iter().map(|point| point.right + point.refused).max().unwrap_or(0)
    }

    /// Right answers at the lowest threshold that refuses at least `wanted` of the `off_topic` questions.
    fn right_when_refusing(&self, wanted: f64, off_topic: usize) -> usize {
        let refuses_enough = |point: &&Point| off_topic == 0 || share(point.refused, off_topic) >= wanted;
        self.0.iter().rev().find(refuses_enough).map_or(0, |point| point.right)
    }
}

/// `part` of `whole`; 0 of nothing.
#[allow(clippy::cast_precision_loss, reason = "counts of questions are far below 2^52")]
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entry 7 is right where a question is in scope; `ranked` and `score` are what the matcher said.
    fn outcome(in_scope: bool, ranked: &[usize], score: f32, decision: Decided) -> Outcome {
        let expected = if in_scope { Expected::Entries(vec![7]) } else { Expected::OffTopic };
        Outcome { expected, ranked: ranked.to_vec(), score, decision }
    }

    #[track_caller]
    fn check(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-9, "{actual} is not {expected}");
    }

    #[test]
    fn measures_ranking_and_decisions() {
        let measures = Measures::of(&[
            outcome(true, &[7, 1], 0.9, Decided::Answer),
            outcome(true, &[1, 7], 0.8, Decided::Answer),
            outcome(true, &[7, 2], 0.5, Decided::Suggest(vec![2, 7])),
            outcome(true, &[], 0.0, Decided::Unknown),
            outcome(false, &[3], 0.85, Decided::Answer),
            outcome(false, &[3], 0.6, Decided::Suggest(vec![3, 4])),
            outcome(false, &[3], 0.4, Decided::Urgent),
            outcome(false, &[], 0.0, Decided::Unknown),
            outcome(false, &[3], 0.2, Decided::Unknown),
        ]);
        assert_eq!((measures.in_scope, measures.off_topic), (4, 5));
        check(measures.acc0, 2.0 / 4.0);
        check(measures.r4, 3.0 / 4.0);
        // The best threshold answers only the first: 1 right and 5 refused.
        check(measures.acc, 6.0 / 9.0);
        // Refusing 4 of 5 allows the threshold just above 0.6; refusing 90 % needs all five.
        check(measures.in80, 1.0 / 4.0);
        check(measures.in90, 1.0 / 4.0);
        check(measures.ans_in, 1.0 / 4.0);
        check(measures.sug_in, 2.0 / 4.0);
        check(measures.ref_oos, 4.0 / 5.0);
        check(measures.prec, 1.0 / 3.0);
    }

    #[test]
    fn equal_scores_are_answered_all_or_none() {
        let measures = Measures::of(&[
            outcome(true, &[7], 0.5, Decided::Answer),
            outcome(false, &[3], 0.5, Decided::Answer),
            outcome(false, &[3], 0.5, Decided::Answer),
        ]);
        check(measures.acc, 2.0 / 3.0);
        check(measures.in80, 0.0);
    }

    #[test]
    fn dangers_stand_apart() {
        let danger = |decision| Outcome { expected: Expected::Urgent, ..outcome(true, &[7], 0.9, decision) };
        let measures = Measures::of(&[danger(Decided::Urgent), danger(Decided::Answer)]);
        assert_eq!((measures.in_scope, measures.off_topic, measures.dangers), (0, 0, 2));
        check(measures.urgent, 0.5);
        check(measures.prec, 0.0);
    }

    #[test]
    fn nothing_is_measured_as_zero() {
        let measures = Measures::of(&[]);
        check(measures.acc0 + measures.acc + measures.in80 + measures.prec + measures.ref_oos, 0.0);
    }
}
