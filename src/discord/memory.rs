//! The memory: which messages and interactions have been seen and what was replied to messages, so that what is
//! delivered twice is answered once and a deleted question takes its answer along. Bounded; lost at a restart.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

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

/// The messages that addressed the bot lately.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    fates: HashMap<MessageId, Fate>,
    /// Oldest first.
    order: VecDeque<MessageId>,
}

/// What has become of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It has been seen; a reply may be on its way.
    Seen,
    /// This message of the bot replies to it.
    Answered(MessageId),
    /// It has been deleted.
    Deleted,
}

impl Memory {
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
            remembered.note(question, Fate::Answered(answer));
        }
        is_there
    }

    /// Notes that `question` is deleted and returns the reply that has to go with it. Of messages that were never seen
    /// nothing is noted.
    pub fn delete(&self, question: MessageId) -> Option<MessageId> {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match remembered.fates.get_mut(&question).map(|fate| std::mem::replace(fate, Fate::Deleted)) {
            Some(Fate::Answered(answer)) => Some(answer),
            _ => None,
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
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> MessageId {
        MessageId::new(number as u64 + 1)
    }

    #[test]
    fn a_message_is_new_once() {
        let memory = Memory::default();
        assert!(memory.see(id(1)));
        assert!(!memory.see(id(1)));
        assert!(memory.answer(id(1), id(2)));
        assert!(!memory.see(id(1)));
    }

    #[test]
    fn a_deleted_question_takes_its_answer_along() {
        let memory = Memory::default();
        memory.see(id(1));
        memory.answer(id(1), id(2));
        assert_eq!(memory.delete(id(1)), Some(id(2)));
        assert_eq!(memory.delete(id(1)), None, "once");
        memory.see(id(3));
        assert_eq!(memory.delete(id(3)), None);
        assert!(!memory.answer(id(3), id(4)), "deleted while the answer was on its way");
        assert_eq!(memory.delete(id(5)), None);
        assert!(memory.see(id(5)));
    }

    #[test]
    fn remembers_no_more_than_it_may() {
        let memory = Memory::default();
        for number in 0..=REMEMBERED_MESSAGES {
            memory.see(id(number));
        }
        assert!(!memory.see(id(1)));
        assert!(memory.see(id(0)), "the oldest is forgotten");
    }
}
