//! Turns: work of one kind, done a few at a time. What waits for its turn is bounded, and what finds no place is
//! dropped.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// Between two lines of the log about what was dropped.
const TELL_EVERY: Duration = Duration::from_mins(1);

/// The turns of one kind of work.
pub(super) struct Turns {
    /// What the work is, in the plural.
    kind: &'static str,
    at_once: Semaphore,
    /// Of those whose turn it is, and of those that wait.
    places: Arc<Semaphore>,
    dropped: Mutex<Dropped>,
}

/// What found no place.
#[derive(Default)]
struct Dropped {
    untold: u64,
    told: Option<Instant>,
}

impl Turns {
    /// Turns for `at_once` pieces of work at a time, while `waiting` others wait.
    pub(super) fn new(kind: &'static str, at_once: usize, waiting: usize) -> Self {
        let places = Arc::new(Semaphore::new(at_once + waiting));
        Self { kind, at_once: Semaphore::new(at_once), places, dropped: Mutex::default() }
    }

    /// A place for a piece of work, until it is done; `None` where there is none left. The log tells of that every now
    /// and then.
    pub(super) fn place(&self) -> Option<OwnedSemaphorePermit> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok();
        if place.is_none()
            && let Some(dropped) = self.drop_one(Instant::now())
        {
            tracing::warn!(dropped, "too many {} are waiting; dropped some", self.kind);
        }
        place
    }

    /// The turn of a piece of work that has a place.
    pub(super) async fn turn(&self) -> Option<SemaphorePermit<'_>> {
        // They are never closed.
        self.at_once.acquire().await.ok()
    }

    /// Counts one that is dropped; gives how many to tell of, where it is time to.
    fn drop_one(&self, now: Instant) -> Option<u64> {
        let mut dropped = self.dropped.lock().unwrap_or_else(PoisonError::into_inner);
        dropped.untold += 1;
        if dropped.told.is_some_and(|told| now.duration_since(told) < TELL_EVERY) {
            return None;
        }
        dropped.told = Some(now);
        Some(std::mem::take(&mut dropped.untold))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_finds_no_place_is_dropped() {
        let turns = Turns::new("messages", 1, 1);
        let (first, second) = (turns.place().unwrap(), turns.place().unwrap());
        let turn = turns.turn().await.unwrap();
        assert!(turns.place().is_none());
        drop((turn, first));
        let third = turns.place();
        assert!(third.is_some() && turns.place().is_none());
        drop(second);
        assert!(turns.place().is_some());
    }

    #[test]
    fn what_is_dropped_is_told_now_and_then() {
        let (turns, start) = (Turns::new("messages", 1, 1), Instant::now());
        assert_eq!(turns.drop_one(start), Some(1));
        assert_eq!(turns.drop_one(start), None);
        assert_eq!(turns.drop_one(start + TELL_EVERY / 2), None);
        assert_eq!(turns.drop_one(start + TELL_EVERY), Some(3));
    }
}
