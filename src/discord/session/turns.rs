//! Turns: work of one kind, done a few pieces at a time. What waits for its turn is bounded, and what finds no place is
//! dropped.
//!
//! How many pieces are done at once follows from how long each takes: a burst of short ones is worked off by a few
//! connections, which is faster and takes less memory than to make a new one for each. Only when the first that waits
//! has waited for a while is there one turn more, and one fewer as soon as nothing waits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Mutex as Queue, OwnedSemaphorePermit, Semaphore, SemaphorePermit};

/// How many pieces of work are done at once before any has to wait.
const AT_ONCE: usize = 32;

/// How long the first that waits does so before there is one turn more. Making a connection for it takes two processors
/// some 2 ms, so that this leaves most of their time to what has its turn; in a second there are a hundred turns more.
const ONE_MORE_AFTER: Duration = Duration::from_millis(10);

/// Between two lines of the log about what was dropped.
const TELL_EVERY: Duration = Duration::from_mins(1);

/// The turns of one kind of work.
pub(super) struct Turns {
    /// What the work is, in the plural.
    kind: &'static str,
    /// How many pieces may be done at once at most.
    most: usize,
    /// How many may be now.
    open: AtomicUsize,
    /// Those that are not taken.
    free: Semaphore,
    /// The first that waits holds it; the others wait for it in order.
    queue: Queue<()>,
    /// Of those whose turn it is, and of those that wait.
    places: Arc<Semaphore>,
    dropped: Mutex<Dropped>,
}

/// A turn, until it is dropped.
pub(super) struct Turn<'a> {
    turns: &'a Turns,
    permit: Option<SemaphorePermit<'a>>,
}

/// What found no place.
#[derive(Default)]
struct Dropped {
    untold: u64,
    told: Option<Instant>,
}

impl Turns {
    /// Turns for at most `most` pieces of work at a time, while `waiting` others wait.
    pub(super) fn new(kind: &'static str, most: usize, waiting: usize) -> Self {
        let open = most.min(AT_ONCE);
        Self {
            kind,
            most,
            open: AtomicUsize::new(open),
            free: Semaphore::new(open),
            queue: Queue::default(),
            places: Arc::new(Semaphore::new(most + waiting)),
            dropped: Mutex::default(),
        }
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

    /// The turn of a piece of work that has a place; first come, first served.
    pub(super) async fn turn(&self) -> Turn<'_> {
        let _first = self.queue.lock().await;
        loop {
            if let Ok(permit) = tokio::time::timeout(ONE_MORE_AFTER, self.free.acquire()).await {
                // They are never closed.
                return Turn { turns: self, permit: permit.ok() };
            }
            // Whoever waits first is the only one to add, so that there are never more than `most`.
            if self.open.load(Ordering::Relaxed) < self.most {
                self.open.fetch_add(1, Ordering::Relaxed);
                self.free.add_permits(1);
            }
        }
    }

    /// Takes a turn away, unless there are only as many as there always are.
    fn take_one(&self) -> bool {
        let fewer = |open: usize| open.checked_sub(1).filter(|fewer| *fewer >= AT_ONCE);
        self.open.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer).is_ok()
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

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let nothing_waits = self.turns.queue.try_lock().is_ok();
        if let Some(permit) = self.permit.take_if(|_| nothing_waits && self.turns.take_one()) {
            permit.forget();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_finds_no_place_is_dropped() {
        let turns = Turns::new("messages", 1, 1);
        let (first, second) = (turns.place().unwrap(), turns.place().unwrap());
        let turn = turns.turn().await;
        assert!(turns.place().is_none());
        drop((turn, first));
        let third = turns.place();
        assert!(third.is_some() && turns.place().is_none());
        drop(second);
        assert!(turns.place().is_some());
    }

    #[tokio::test]
    async fn whoever_waits_long_gets_one_turn_more() {
        let turns = Turns::new("messages", AT_ONCE + 2, 9);
        let open = || (turns.open.load(Ordering::Relaxed), turns.free.available_permits());
        let mut taken = Vec::new();
        for _ in 0..AT_ONCE {
            taken.push(turns.turn().await);
        }
        assert_eq!(open(), (AT_ONCE, 0));
        taken.extend([turns.turn().await, turns.turn().await]);
        assert_eq!(open(), (AT_ONCE + 2, 0));
        assert!(tokio::time::timeout(5 * ONE_MORE_AFTER, turns.turn()).await.is_err(), "there are never more");
        let (next, ()) = tokio::join!(turns.turn(), async { drop(taken.pop()) });
        assert_eq!(open(), (AT_ONCE + 2, 0), "it was handed on");
        drop((next, taken));
        assert_eq!(open(), (AT_ONCE, AT_ONCE), "nothing waits");
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
