//! An orphan: an answer of the bot whose question has been deleted, though the bot does not remember having answered
//! it.
//!
//! Nothing has to be kept to find it: it stands right behind where the question was, and still says what it replied to.
//! Looking costs a request, so deletions in a channel are gathered while the bot is looking there: however many
//! messages are deleted, a channel is looked at once at a time.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use serenity::model::id::{ChannelId, MessageId, UserId};

use crate::limits::REMEMBERED_MESSAGES;

use super::send::Shown;

/// How many messages behind a question its answer is looked for in.
const REACH: usize = 50;

/// The deleted messages that may have been answered, for each channel that is being looked at.
#[derive(Debug, Default)]
pub struct Orphans(Mutex<HashMap<ChannelId, BTreeSet<MessageId>>>);

/// What a look at a channel has shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// The answers that have to go.
    pub answers: Vec<MessageId>,
    /// The questions that have to be looked for further on.
    pub left: BTreeSet<MessageId>,
}

impl Orphans {
    /// Notes deleted messages. `true` where nobody is looking in the channel: then the caller has to, until
    /// [`next`](Self::next) gives nothing.
    pub fn add(&self, channel: ChannelId, questions: impl IntoIterator<Item = MessageId>) -> bool {
        let mut channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !channels.contains_key(&channel);
        let waiting = channels.entry(channel).or_default();
        waiting.extend(questions);
        while waiting.len() > REMEMBERED_MESSAGES {
            waiting.pop_first();
        }
        is_new
    }

    /// The questions to look for in the channel now; `None` where there are none, and the looking is over.
    pub fn next(&self, channel: ChannelId) -> Option<BTreeSet<MessageId>> {
        let mut channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let questions = std::mem::take(channels.get_mut(&channel)?);
        if questions.is_empty() {
            channels.remove(&channel);
            return None;
        }
        Some(questions)
    }
}

impl Found {
    /// What `page` shows: the messages behind the oldest of `questions`, in any order, and all there are where
    /// `is_last`. `bot` is the bot's own id.
    #[must_use]
    pub fn on(page: &[Shown], is_last: bool, questions: &BTreeSet<MessageId>, bot: UserId) -> Self {
        let is_orphan = |shown: &&Shown| {
            shown.author.id == bot && shown.replies_to().is_some_and(|question| questions.contains(&question))
        };
        let answers = page.iter().filter(is_orphan).map(|shown| shown.id).collect();
        let is_far = |question: &&MessageId| page.iter().filter(|shown| shown.id > **question).count() < REACH;
        // The page begins right behind the oldest, so that every look gets further.
        let left = questions.iter().skip(1).filter(is_far).filter(|_| !is_last).copied().collect();
        Self { answers, left }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const BOT: UserId = UserId::new(1);

    fn shown(id: u64, author: u64, replies_to: Option<u64>) -> Shown {
        let reference = replies_to.map(|id| json!({ "message_id": id.to_string() }));
        let author = json!({ "id": author.to_string() });
        let message = json!({ "id": id.to_string(), "author": author, "message_reference": reference });
        serde_json::from_value(message).unwrap()
    }

    fn ids(ids: impl IntoIterator<Item = u64>) -> BTreeSet<MessageId> {
        ids.into_iter().map(MessageId::new).collect()
    }

    #[test]
    fn is_a_reply_of_the_bot_to_what_was_deleted() {
        let page = [shown(14, 1, Some(10)), shown(13, 1, Some(9)), shown(12, 2, Some(10)), shown(11, 1, None)];
        let found = Found::on(&page, true, &ids([10, 12]), BOT);
        assert_eq!(found, Found { answers: vec![MessageId::new(14)], left: ids([]) });
    }

    #[test]
    fn what_is_far_behind_is_looked_for_later() {
        let page: Vec<Shown> = (11..111).map(|id| shown(id, 2, None)).collect();
        let questions = ids([10, 30, 60, 61, 500]);
        assert_eq!(Found::on(&page, false, &questions, BOT).left, ids([61, 500]));
        assert_eq!(Found::on(&page, true, &questions, BOT).left, ids([]));
        // However little a page shows, the next one is another.
        assert_eq!(Found::on(&page[..1], false, &ids([10]), BOT).left, ids([]));
    }

    #[test]
    fn a_channel_is_looked_at_once_at_a_time() {
        let (orphans, channel) = (Orphans::default(), ChannelId::new(1));
        let question = MessageId::new;
        assert!(orphans.add(channel, [question(3)]));
        assert!(!orphans.add(channel, [question(2)]), "somebody is looking");
        assert!(orphans.add(ChannelId::new(2), [question(2)]), "but not there");
        assert_eq!(orphans.next(channel), Some(ids([2, 3])));
        assert!(!orphans.add(channel, [question(4)]), "and still is");
        assert_eq!(orphans.next(channel), Some(ids([4])));
        assert_eq!(orphans.next(channel), None);
        assert!(orphans.add(channel, [question(5)]));
    }
}
