//! Lost phrasings: wordings of an entry that lead members elsewhere.

use std::collections::HashSet;
use std::ops::Range;

use super::Places;
use crate::answer::Snapshot;
use crate::knowledge::Problem;
use crate::matching::words::words;

/// Warns of every question and phrasing that another entry wins, or that an urgent document takes; those in
/// `known` are passed over: each an entry's number and a stretch of its document.
pub(super) fn find_lost(
    snapshot: &Snapshot,
    known: &HashSet<(usize, Range<usize>)>,
    places: Places<'_>,
    problems: &mut Vec<Problem>,
) {
    let knowledge = &snapshot.knowledge;
    for (number, entry) in knowledge.entries().iter().enumerate() {
        for (position, wording) in entry.wordings().enumerate() {
            let kind = if position == 0 { "question" } else { "phrasing" };
            let words = words(&wording.value);
            let place = || places.of(&entry.id, &wording.span);
            if let Some(danger) = snapshot.dangers.find(&wording.value, &words) {
                let urgent = &knowledge.urgent()[danger.document];
                let message = format!("this {kind} has {}, so that `{}` answers it", danger.reason, urgent.id);
                let help = "word it otherwise, or make the sign more specific";
                problems.push(Problem::warning("urgent-phrasing", place(), message).help(help));
                continue;
            }
            if known.contains(&(number, wording.span.clone())) {
                continue;
            }
            let matches = snapshot.index.rank(&words);
            let Some(best) = matches.first().filter(|best| best.entry != number) else { continue };
            let own = matches.iter().find(|found| found.entry == number).map_or(0.0, |found| found.score);
            let winner = &knowledge.entries()[best.entry].id;
            let message =
                format!("`{winner}` wins this {kind} with a score of {:.2}; this entry has {own:.2}", best.score);
            let help = format!("make it more specific, or move it to `{winner}`");
            problems.push(Problem::warning("lost-phrasing", place(), message).help(help));
        }
    }
}
