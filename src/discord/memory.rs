//! The memory: which messages and interactions have been seen and what was replied to messages, so that what is
//! delivered twice is answered once and a deleted question takes its answer along. Bounded; lost at a restart. It knows
//! what it does not know: what came before it began, and what it had to forget.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serenity::model::id::{InteractionId, MessageId};

use crate::limits::REMEMBERED_MESSAGES;

/// What has been seen lately: whether an interaction is new.
#[derive(Debug, Default)]
pub struct Seen(Mutex<(HashSet<InteractionId>, VecDeque<InteractionId>)>);

impl Seen {
    /// Notes that `interaction` was seen; `false` where it had been already.
    pub fn see(&self, interaction: InteractionId) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, order) = &mut *seen;
        let is_new = known.insert(interaction);
        if is_new {
            order.push_back(interaction);
        }
        if order.len() > REMEMBERED_MESSAGES
            && let Some(oldest) = order.pop_front()
        {
            known.remove(&oldest);
        }
        is_new
    }
}

/// How far the clocks of Discord and of this computer may be apart.
pub(super) const CLOCK_DRIFT: Duration = Duration::from_mins(1);

/// Discord's ids begin with the milliseconds since the start of 2015, before this many bits.
const ID_TIME_SHIFT: u32 = 22;

/// When Discord's time begins, in milliseconds of Unix time.
const DISCORD_EPOCH_MILLIS: u128 = 1_420_070_400_000;

/// The messages that addressed the bot lately.
#[derive(Debug)]
pub struct Memory(Mutex<Remembered>);

/// What a deletion means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deletion {
    /// These replies have to go, too.
    Answered(Vec<MessageId>),
    /// There is no reply.
    Unanswered,
    /// Nothing was ever done with it.
    Unseen,
    /// There may be a reply that the memory knows nothing of.
    Unknown,
}

#[derive(Debug)]
struct Remembered {
    fates: HashMap<MessageId, Fate>,
    /// The first message that the memory would know of, had it addressed the bot.
    since: MessageId,
    /// Oldest first.
    order: VecDeque<MessageId>,
}

/// What has become of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    /// It has been seen; a reply may be on its way.
    Seen,
    /// These messages of the bot reply to it.
    Answered(Vec<MessageId>),
    /// It has been deleted.
    Deleted,
}

impl Memory {
    /// An empty memory of what comes from `now` on; what comes soon after, it is not sure of.
    #[must_use]
    pub fn since(now: SystemTime) -> Self {
        let since = first_id_at(now.duration_since(UNIX_EPOCH).unwrap_or_default() + CLOCK_DRIFT);
        Self(Mutex::new(Remembered { fates: HashMap::new(), since, order: VecDeque::new() }))
    }

    /// Notes that `question` was seen; `false` where it had been already.
    pub fn see(&self, question: MessageId) -> bool {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = !remembered.fates.contains_key(&question);
        if is_new {
            remembered.note(question, Fate::Seen);
        }
        is_new
    }

    /// Notes that `answer` replies to `question`; `false` where the question has been deleted meanwhile.
    pub fn answer(&self, question: MessageId, answer: MessageId) -> bool {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_there = remembered.fates.get(&question) != Some(&Fate::Deleted);
        if is_there {
            remembered.note(question, Fate::Answered(vec![answer]));
        }
        is_there
    }

    /// Notes that `answer` replies to `question` as well, long after; `false` where the question has been deleted
    /// meanwhile. Of questions that the memory does not know nothing is noted: all their answers have to be looked for.
    pub fn answer_again(&self, question: MessageId, answer: MessageId) -> bool {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match remembered.fates.get_mut(&question) {
            Some(Fate::Deleted) => return false,
            Some(Fate::Answered(answers)) => answers.push(answer),
            Some(fate @ Fate::Seen) => *fate = Fate::Answered(vec![answer]),
            None => {}
        }
        true
    }

    /// Whether `message` is known to be deleted.
    pub fn is_deleted(&self, message: MessageId) -> bool {
        let remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.fates.get(&message) == Some(&Fate::Deleted)
    }

    /// Notes that `message` is deleted. Of messages that were never seen nothing is noted.
    pub fn delete(&self, message: MessageId) -> Deletion {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match remembered.fates.get_mut(&message).map(|fate| std::mem::replace(fate, Fate::Deleted)) {
            Some(Fate::Answered(answers)) => Deletion::Answered(answers),
            None if message < remembered.since => Deletion::Unknown,
            None => Deletion::Unseen,
            Some(Fate::Seen | Fate::Deleted) => Deletion::Unanswered,
        }
    }
}

impl Remembered {
    fn note(&mut self, question: MessageId, fate: Fate) {
        if self.fates.insert(question, fate).is_none() {
            self.order.push_back(question);
        }
        if self.order.len() > REMEMBERED_MESSAGES
            && let Some(oldest) = self.order.pop_front()
        {
            self.fates.remove(&oldest);
            self.since = self.since.max(MessageId::new(oldest.get().saturating_add(1)));
        }
    }
}

/// An id before that of every message written from `since_epoch` on, a time since 1970.
pub(super) fn first_id_at(since_epoch: Duration) -> MessageId {
    let millis = since_epoch.as_millis().saturating_sub(DISCORD_EPOCH_MILLIS);
    MessageId::new(u64::try_from(millis << ID_TIME_SHIFT).unwrap_or(u64::MAX).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> MessageId {
        MessageId::new(number as u64 + 1)
    }

    #[test]
    fn a_message_is_new_once() {
        let memory = Memory::since(UNIX_EPOCH);
        assert!(memory.see(id(1)));
        assert!(!memory.see(id(1)));
        assert!(memory.answer(id(1), id(2)));
        assert!(!memory.see(id(1)));
    }

    #[test]
    fn a_deleted_question_takes_its_answer_along() {
        let memory = Memory::since(UNIX_EPOCH);
        memory.see(id(1));
        memory.answer(id(1), id(2));
        assert_eq!(memory.delete(id(1)), Deletion::Answered(vec![id(2)]));
        assert_eq!(memory.delete(id(1)), Deletion::Unanswered, "once");
        memory.see(id(3));
        assert_eq!(memory.delete(id(3)), Deletion::Unanswered);
        assert!(memory.is_deleted(id(3)) && !memory.is_deleted(id(2)));
        assert!(!memory.answer(id(3), id(4)), "deleted while the answer was on its way");
        assert_eq!(memory.delete(id(5)), Deletion::Unseen, "it did not address the bot");
        assert!(memory.see(id(5)));
    }

    #[test]
    fn a_deleted_question_takes_all_its_answers_along() {
        let memory = Memory::since(UNIX_EPOCH);
        memory.see(id(1));
        memory.answer(id(1), id(2));
        assert!(memory.answer_again(id(1), id(3)));
        assert_eq!(memory.delete(id(1)), Deletion::Answered(vec![id(2), id(3)]));
        assert!(!memory.answer_again(id(1), id(4)), "deleted while the answer was on its way");
        memory.see(id(5));
        assert!(memory.answer_again(id(5), id(6)) && memory.answer_again(id(7), id(8)));
        assert_eq!(memory.delete(id(5)), Deletion::Answered(vec![id(6)]));
        assert_eq!(memory.delete(id(7)), Deletion::Unseen);
    }

    #[test]
    fn knows_what_it_does_not_know() {
        let millis = 1_790_000_000_000;
        let memory = Memory::since(UNIX_EPOCH + Duration::from_millis(millis));
        let written = |secs_after: u64| MessageId::new((millis + secs_after * 1_000 - 1_420_070_400_000) << 22);
        assert_eq!(memory.delete(written(0)), Deletion::Unknown);
        assert_eq!(memory.delete(written(59)), Deletion::Unknown);
        assert_eq!(memory.delete(written(60)), Deletion::Unseen);
        memory.see(written(1));
        assert_eq!(memory.delete(written(1)), Deletion::Unanswered);
    }

    #[test]
    fn remembers_no_more_than_it_may() {
        let memory = Memory::since(UNIX_EPOCH);
        for number in 0..=REMEMBERED_MESSAGES {
            memory.see(id(number));
        }
        assert!(!memory.see(id(1)));
        assert_eq!(memory.delete(id(0)), Deletion::Unknown);
        assert!(memory.see(id(0)), "the oldest is forgotten");
    }
}
