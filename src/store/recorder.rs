//! The recorder: a bounded queue of what is to be written, and one task that writes it in batches, so that nobody who
//! asks ever waits for the database.
//!
//! What the recorder accepted is written exactly once, however often the connection breaks, as long as the process
//! lives: a batch is tried again until it is known to be written, and carries a number by which the database tells that
//! it was. When the queue is full, further records are counted and dropped; only deletions are still accepted, up to
//! twice as many. Where a mistake in the program makes writing panic, what was being written is counted as lost, and what
//! comes later is written.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{BuildHasher as _, RandomState};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use tokio::sync::{Notify, watch};

use super::Store;
use super::database::query;
use super::fault::Fault;
use super::forgetting;
use super::ids::{ChannelId, MessageId, Timestamp};
use super::misses::{self, Miss};
use super::tallies::{self, Tally};
use super::votes::{self, Vote};

/// Something to be written.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// A question was not answered.
    Miss(Miss),
    /// Something happened to an entry.
    Tally(Tally),
    /// A member voted.
    Vote(Vote),
    /// This message was deleted, so that what was kept of it goes; a miss of it that still waits is not written at all.
    Forget(MessageId),
    /// The same for all messages of this channel or thread.
    ForgetChannel(ChannelId),
}

/// How much waits, and how long for what.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// How many records wait at most.
    pub capacity: usize,
    /// How many are written at once at most.
    pub batch: usize,
    /// How long a record waits for others to be written with it.
    pub gather: Duration,
    /// How long to wait after a failure; twice as long after each further one.
    pub retry_after: Duration,
    /// How long to wait at most.
    pub retry_at_most_after: Duration,
    /// How long one attempt may take.
    pub attempt: Duration,
    /// How long nothing is logged after a failure was.
    pub report_every: Duration,
}

impl Default for Pace {
    /// For a bot in many servers: the queue holds some minutes of its busiest hour, in a few megabytes.
    fn default() -> Self {
        Self {
            capacity: 20_000,
            batch: 500,
            gather: Duration::from_millis(50),
            retry_after: Duration::from_millis(250),
            retry_at_most_after: Duration::from_secs(15),
            attempt: Duration::from_secs(20),
            report_every: Duration::from_mins(1),
        }
    }
}

/// What became of the records so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many wait or are being written.
    pub waiting: u64,
    /// How many of these are being written, and no longer take up room in the queue.
    pub in_hand: u64,
    /// How many were written, or needed no writing any more.
    pub written: u64,
    /// How many were not accepted, or were given up at the end.
    pub lost: u64,
    /// How many the database refused as they were.
    pub refused: u64,
}

/// Takes records. A clone is the same recorder.
#[derive(Debug, Clone)]
pub struct Recorder {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    pace: Pace,
    queue: Mutex<Queue>,
    /// Something was added, or the end has come.
    stirred: Notify,
    /// The number up to which all records are settled, whatever came of them.
    settled: watch::Sender<u64>,
    task: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

/// A record with its number: the first that was accepted is 1.
type Numbered = (u64, Record);

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<Numbered>,
    /// How many are being written.
    in_hand: u64,
    /// The number of the last record that was accepted.
    accepted: u64,
    written: u64,
    lost: u64,
    refused: u64,
    /// Whether the last attempt to write failed.
    is_failing: bool,
    is_closing: bool,
}

impl Record {
    /// Whether this has `other` go, which need not be written then.
    fn deletes(&self, other: &Self) -> bool {
        let Self::Miss(Miss { origin, .. }) = other else { return false };
        match self {
            Self::Forget(message) => origin.message == Some(*message),
            Self::ForgetChannel(channel) => origin.channel == Some(*channel),
            Self::Miss(_) | Self::Tally(_) | Self::Vote(_) => false,
        }
    }
}

impl Recorder {
    /// Starts to write to `store`, which need not be reachable yet.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[must_use]
    pub fn start(store: Store, pace: Pace) -> Self {
        let shared = Arc::new(Shared {
            pace,
            queue: Mutex::default(),
            stirred: Notify::new(),
            settled: watch::Sender::new(0),
            task: Mutex::default(),
        });
        let task = tokio::spawn(Writer::new(Arc::clone(&shared), store).run_on());
        *shared.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
        Self { shared }
    }

    /// Accepts a record to be written soon; `false` where the queue is full or closed, and the record is lost. Waits
    /// for nothing.
    #[must_use = "what is not accepted is not kept, and nobody may be told that it was"]
    pub fn record(&self, record: Record) -> bool {
        let mut queue = self.shared.queue();
        let is_deletion = matches!(record, Record::Forget(_) | Record::ForgetChannel(_));
        let capacity = self.shared.pace.capacity * if is_deletion { 2 } else { 1 };
        if queue.is_closing || queue.waiting.len() >= capacity {
            queue.lost += 1;
            return false;
        }
        if is_deletion {
            let before = queue.waiting.len();
            queue.waiting.retain(|(_, waiting)| !record.deletes(waiting));
            queue.written += (before - queue.waiting.len()) as u64;
        }
        queue.accepted += 1;
        let number = queue.accepted;
        queue.waiting.push_back((number, record));
        drop(queue);
        self.shared.stirred.notify_one();
        true
    }

    /// Whether what is recorded soon will be written soon: the last attempt did not fail, and half of the queue is
    /// free, which is more than what others record meanwhile.
    #[must_use]
    pub fn is_well(&self) -> bool {
        let queue = self.shared.queue();
        !queue.is_closing && !queue.is_failing && 2 * queue.waiting.len() < self.shared.pace.capacity
    }

    /// What became of the records so far.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let queue = self.shared.queue();
        let Queue { in_hand, written, lost, refused, .. } = *queue;
        Figures { waiting: queue.waiting.len() as u64 + in_hand, in_hand, written, lost, refused }
    }

    /// Waits until all that was accepted so far is settled; `false` where that takes longer than `within`.
    pub async fn flush(&self, within: Duration) -> bool {
        let accepted = self.shared.queue().accepted;
        let mut settled = self.shared.settled.subscribe();
        let waiting = settled.wait_for(|settled| *settled >= accepted);
        matches!(tokio::time::timeout(within, waiting).await, Ok(Ok(_)))
    }

    /// Accepts nothing more, and writes what waits; what is not written `within` is lost and counted.
    pub async fn close(&self, within: Duration) -> Figures {
        self.shared.queue().is_closing = true;
        self.shared.stirred.notify_one();
        self.flush(within).await;
        let task = self.shared.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            task.abort();
            // Cancelled or done: it holds nothing any more.
            let _ = task.await;
        }
        let Figures { waiting, .. } = self.figures();
        if waiting > 0 {
            let mut queue = self.shared.queue();
            queue.waiting.clear();
            queue.in_hand = 0;
            queue.lost += waiting;
            self.shared.settled.send_replace(queue.accepted);
            drop(queue);
            tracing::error!(lost = waiting, "records could not be written before the end");
        }
        self.figures()
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a batch that was in hand, which `count` says what became of. What was accepted before it is settled by
    /// then: it was written before, or a deletion made it needless.
    fn settle(&self, batch: &[Numbered], count: impl FnOnce(&mut Queue)) {
        let mut queue = self.queue();
        queue.in_hand -= batch.len() as u64;
        count(&mut queue);
        drop(queue);
        if let Some((number, _)) = batch.last() {
            self.settled.send_replace(*number);
        }
    }

    /// Counts as lost what is in hand, of which nobody knows whether it was written; returns how many these are.
    fn give_up(&self) -> u64 {
        let mut queue = self.queue();
        let lost = std::mem::take(&mut queue.in_hand);
        queue.lost += lost;
        let settled = queue.waiting.front().map_or(queue.accepted, |(number, _)| number - 1);
        drop(queue);
        self.settled.send_replace(settled);
        lost
    }
}

/// The task behind a recorder.
struct Writer {
    shared: Arc<Shared>,
    store: Store,
    /// What tells this process's batches from another's.
    id: String,
    /// The last batch that was begun.
    number: i64,
    trouble: Trouble,
}

/// What was said of failures.
#[derive(Default)]
struct Trouble {
    /// It was said that records wait, and not yet that they do not.
    is_said: bool,
    said_at: Option<Instant>,
    said_lost: u64,
}

impl Writer {
    fn new(shared: Arc<Shared>, store: Store) -> Self {
        let id = format!("{:016x}", RandomState::new().hash_one(Timestamp::now()));
        Self { shared, store, id, number: 0, trouble: Trouble::default() }
    }

    /// Goes on until the end, also after a panic.
    async fn run_on(mut self) {
        // What others see of it is whole at any time.
        while AssertUnwindSafe(self.run()).catch_unwind().await.is_err() {
            let lost = self.shared.give_up();
            tracing::error!(lost, "writing records broke off, which is a mistake in the program; begun anew");
            tokio::time::sleep(self.shared.pace.retry_after).await;
        }
    }

    async fn run(&mut self) {
        loop {
            let (waiting, is_closing) = {
                let queue = self.shared.queue();
                (queue.waiting.len(), queue.is_closing)
            };
            if waiting == 0 {
                if is_closing {
                    return;
                }
                self.shared.stirred.notified().await;
                continue;
            }
            if !is_closing && waiting < self.shared.pace.batch {
                tokio::time::sleep(self.shared.pace.gather).await;
            }
            let batch: Vec<Numbered> = {
                let mut queue = self.shared.queue();
                let size = queue.waiting.len().min(self.shared.pace.batch);
                queue.in_hand = size as u64;
                queue.waiting.drain(..size).collect()
            };
            self.write(batch).await;
        }
    }

    /// Writes a batch, however long it takes. Where the database refuses it, each half is written for itself, down to
    /// the record that it refuses.
    async fn write(&mut self, batch: Vec<Numbered>) {
        let mut batches = VecDeque::from([batch]);
        while let Some(mut batch) = batches.pop_front() {
            match self.attempt_until_settled(&batch).await {
                Ok(()) => self.shared.settle(&batch, |queue| queue.written += batch.len() as u64),
                Err(reason) if batch.len() == 1 => {
                    self.shared.settle(&batch, |queue| queue.refused += 1);
                    tracing::error!("a record is not kept: {reason}");
                }
                Err(_) => {
                    let second = batch.split_off(batch.len() / 2);
                    batches.push_front(second);
                    batches.push_front(batch);
                }
            }
        }
    }

    /// Tries until a batch is written, or refused.
    async fn attempt_until_settled(&mut self, batch: &[Numbered]) -> Result<(), Fault> {
        self.number += 1;
        let mut pause = self.shared.pace.retry_after;
        loop {
            let attempt = write_batch(&self.store, &self.id, self.number, batch);
            let outcome = tokio::time::timeout(self.shared.pace.attempt, attempt).await;
            let outcome = outcome.unwrap_or_else(|_| Err(Fault::Away("it takes too long".to_owned())));
            self.shared.queue().is_failing = !matches!(outcome, Ok(()) | Err(Fault::Rejected(_)));
            match outcome {
                Ok(()) => {
                    self.tell(None);
                    return Ok(());
                }
                Err(Fault::Rejected(reason)) => return Err(Fault::Rejected(reason)),
                Err(fault) => self.tell(Some(&fault)),
            }
            tokio::time::sleep(pause).await;
            pause = (2 * pause).min(self.shared.pace.retry_at_most_after);
        }
    }

    /// Logs a failure or its end, and how much was lost: at most one line an interval, and one at the end.
    fn tell(&mut self, fault: Option<&Fault>) {
        let (waiting, lost) = {
            let queue = self.shared.queue();
            (queue.waiting.len(), queue.lost)
        };
        let Trouble { is_said, said_at, said_lost } = &mut self.trouble;
        let is_due = said_at.is_none_or(|at| at.elapsed() >= self.shared.pace.report_every);
        match fault {
            Some(fault) if is_due => tracing::error!(waiting, lost, "records wait: {fault}"),
            None if *is_said => tracing::info!(waiting, lost, "records are written again"),
            None if is_due && lost > *said_lost => {
                tracing::error!(waiting, lost, "records are lost: they come faster than they are written");
            }
            _ => return,
        }
        *is_said = fault.is_some();
        *said_at = Some(Instant::now());
        *said_lost = lost;
    }
}

/// Writes a batch as a whole, unless it has been written already.
async fn write_batch(store: &Store, writer: &str, number: i64, batch: &[Numbered]) -> Result<(), Fault> {
    let now = Timestamp::now();
    let mut transaction = store.write().await?;
    let begin = query(
        "INSERT INTO writer (id, batch, written_at) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, written_at = excluded.written_at
        WHERE writer.batch < excluded.batch",
    );
    if begin.bind(writer).bind(number).bind(now.0).execute(&mut transaction).await? == 0 {
        return Ok(());
    }
    // In order, so that two processes never wait for each other in turn.
    let mut tallies: BTreeMap<Tally, i64> = BTreeMap::new();
    for (_, record) in batch {
        match record {
            Record::Miss(miss) => misses::insert(&mut transaction, miss).await?,
            Record::Vote(vote) => votes::put(&mut transaction, vote).await?,
            Record::Forget(message) => drop(forgetting::forget_message(&mut transaction, *message, now).await?),
            Record::ForgetChannel(channel) => forgetting::forget_channel(&mut transaction, *channel, now).await?,
            Record::Tally(tally) => *tallies.entry(Tally { day: tally.day.day(), ..tally.clone() }).or_default() += 1,
        }
    }
    for (tally, times) in &tallies {
        tallies::add(&mut transaction, tally, *times).await?;
    }
    transaction.commit().await
}
