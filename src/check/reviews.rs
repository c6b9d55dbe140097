//! Reviews: entries and urgent documents that someone should compare with their sources again.

use time::{Date, Duration};

use super::Places;
use crate::knowledge::{EntryId, Knowledge, Located, Problem};

/// How far a review may be ahead of `today`: a moderator east of the server lives in tomorrow already.
const AHEAD: Duration = Duration::DAY;

/// Warns of reviews that are overdue or in the future. An entry is due by its topic's `review_every_days`. An urgent
/// document belongs to no topic, and weighs more than any entry: it is due by the shortest interval of all topics.
pub(super) fn find_due(knowledge: &Knowledge, today: Date, places: Places<'_>, problems: &mut Vec<Problem>) {
    let mut look = |id: &EntryId, reviewed: &Located<Date>, every: Option<u32>| {
        let day = reviewed.value;
        let days = (today - day).whole_days();
        if today.checked_add(AHEAD).is_some_and(|ahead| day > ahead) {
            let message = format!("the review is in the future: {day}, and today is {today}");
            let help = "look for a typo in the date; it is the day someone last checked the answer";
            let place = places.of(id, &reviewed.span);
            problems.push(Problem::warning("review-in-future", place, message).help(help));
        } else if let Some(every) = every
            && days > i64::from(every)
        {
            let message = format!("the review is overdue: it was {days} days ago, and is due every {every} days");
            let help = format!("read the answer beside its sources, mend it, then write `reviewed = {today}`");
            let place = places.of(id, &reviewed.span);
            problems.push(Problem::warning("review-overdue", place, message).help(help));
        }
    };
    for entry in knowledge.entries() {
        let topic = knowledge.topic(entry.id.topic());
        look(&entry.id, &entry.reviewed, topic.and_then(|topic| topic.review_every_days));
    }
    let shortest = knowledge.topics().filter_map(|topic| topic.review_every_days).min();
    for urgent in knowledge.urgent() {
        look(&urgent.id, &urgent.reviewed, shortest);
    }
}
