//! The recorder: what it accepted is written once, whatever happens to the database meanwhile.

use std::io;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use futures_util::{FutureExt as _, poll};
use needle::store::{
    Event, Fault, Figures, Listing, MemberId, MessageId, Miss, Options, Pace, Record, Recorder, Store, Tally,
    Timestamp, Url, Vote,
};

use super::line::Line;
use super::outage::occupied;
use super::{NOON, Place, SERVER, key, miss, on_both, on_postgres, on_sqlite, open};
use crate::eventually::until;

/// Longer than anything here takes.
const LONG: Duration = Duration::from_mins(1);

/// Tries again without delay.
fn quick() -> Pace {
    Pace {
        gather: Duration::from_millis(1),
        retry_after: Duration::from_millis(1),
        retry_at_most_after: Duration::from_millis(20),
        attempt: Duration::from_secs(10),
        ..Pace::default()
    }
}

fn tally() -> Record {
    Record::Tally(Tally { server: Some(SERVER), day: NOON, entry: "pots/water".to_owned(), event: Event::Answered })
}

async fn tallied(store: &Store) -> u64 {
    store.tallies(None, NOON, NOON).await.unwrap().iter().map(|(_, times)| times).sum()
}

async fn missed(store: &Store) -> u32 {
    store.unanswered(Listing::ALL).await.unwrap().iter().map(|question| question.times).sum()
}

#[test]
fn goes_on_after_a_panic() {
    on_both(async |url| {
        let store = open(url).await;
        let recorder = Recorder::start(store.clone(), quick());
        // No day begins that long ago.
        let never =
            Tally { server: None, day: Timestamp(i64::MIN), entry: "pots/water".to_owned(), event: Event::Answered };
        assert!(recorder.record(Record::Tally(never)));
        assert!(recorder.flush(LONG).await);
        assert!(recorder.record(tally()));
        let figures = recorder.close(LONG).await;
        assert_eq!(figures, Figures { written: 1, lost: 1, ..Figures::default() });
        assert_eq!(tallied(&store).await, 1);
    });
}

#[test]
fn all_kinds_are_written_in_order() {
    on_both(async |url| {
        let store = open(url).await;
        let recorder = Recorder::start(store.clone(), quick());
        let vote = Vote {
            member: key().member(MemberId(1)),
            message: MessageId(9),
            entry: "pots/water".to_owned(),
            server: None,
            helpful: true,
            reason: None,
            at: NOON,
        };
        let records = [
            Record::Miss(miss("Pots?", 1)),
            Record::Miss(miss("Pots?", 2)),
            Record::Vote(Vote { helpful: false, ..vote.clone() }),
            Record::Vote(vote),
            tally(),
            tally(),
        ];
        for record in records {
            assert!(recorder.record(record));
        }
        assert!(recorder.flush(LONG).await);
        assert!(recorder.record(Record::Forget(MessageId(1))));
        let figures = recorder.close(LONG).await;
        assert_eq!(figures, Figures { waiting: 0, in_hand: 0, written: 7, lost: 0, refused: 0 });
        assert_eq!((missed(&store).await, tallied(&store).await), (1, 2));
        assert_eq!(store.votes("pots/water", None).await.unwrap().helpful, 1);
        assert!(!recorder.record(tally()), "closed");
        assert_eq!(recorder.figures().lost, 1);
    });
}

#[test]
fn two_processes_record_at_once() {
    on_both(async |url| {
        let (store, other) = (open(url).await, open(url).await);
        let pace = Pace { batch: 10, ..quick() };
        let recorders = [Recorder::start(store.clone(), pace), Recorder::start(other, pace)];
        for number in 0..200 {
            for (which, recorder) in recorders.iter().enumerate() {
                assert!(recorder.record(tally()));
                let text = format!("Question {}?", number % 20);
                assert!(recorder.record(Record::Miss(miss(&text, 1_000 * which as u64 + number))));
            }
        }
        for recorder in &recorders {
            let figures = recorder.close(LONG).await;
            assert_eq!(figures, Figures { waiting: 0, in_hand: 0, written: 400, lost: 0, refused: 0 });
        }
        assert_eq!((missed(&store).await, tallied(&store).await), (400, 400));
        assert_eq!(store.unanswered(Listing::ALL).await.unwrap().len(), 20);
    });
}

/// Records tallies and misses while the line to the database breaks `times` times, in the middle of whatever happens
/// then, and all that was accepted is there once.
async fn breaks(url: &Url, whole: &Url, line: &Line, times: u32) {
    let recorder = Recorder::start(Store::new(url, Options::default()), Pace { batch: 7, ..quick() });
    let mut accepted = 0;
    for round in 0..times {
        let before = recorder.figures().written;
        for _ in 0..40 {
            accepted += 1;
            assert!(recorder.record(tally()));
            assert!(recorder.record(Record::Miss(miss("Pots?", accepted))));
        }
        // At another moment in each round: a batch or two later, while the next is being written.
        until("some are written", async || recorder.figures().written > before + u64::from(round % 5)).await;
        line.cut();
        for _ in 0..40 {
            accepted += 1;
            assert!(recorder.record(tally()));
            assert!(recorder.record(Record::Miss(miss("Pots?", accepted))));
        }
        line.mend();
    }
    let figures = recorder.close(LONG).await;
    assert_eq!(figures, Figures { waiting: 0, in_hand: 0, written: 2 * accepted, lost: 0, refused: 0 });
    let store = open(whole).await;
    assert_eq!((u64::from(missed(&store).await), tallied(&store).await), (accepted, accepted));
}

/// Runs `test` on PostgreSQL by way of a line: the address by it, that around it, and the line.
fn on_a_line(test: &impl AsyncFn(&Url, &Url, &Line)) {
    on_postgres(&async |place: &Place| {
        let line = Line::to(&place.raw).await;
        test(&line.url(&place.raw), &place.url, &line).await;
    });
}

#[test]
fn a_server_that_goes_away_under_load_loses_nothing() {
    on_a_line(&async |url: &Url, whole: &Url, line: &Line| breaks(url, whole, line, 25).await);
}

#[test]
fn what_was_written_unnoticed_is_not_written_again() {
    on_a_line(&async |url: &Url, whole: &Url, line: &Line| {
        let recorder = Recorder::start(Store::new(url, Options::default()), quick());
        assert!(recorder.record(tally()));
        assert!(recorder.flush(LONG).await);
        for number in 1..=10 {
            line.lose_commit();
            assert!(recorder.record(tally()));
            assert!(recorder.record(Record::Miss(miss("Pots?", number))));
            assert!(recorder.flush(LONG).await);
            assert!(line.has_lost_commit());
        }
        let figures = recorder.close(LONG).await;
        assert_eq!(figures, Figures { waiting: 0, in_hand: 0, written: 21, lost: 0, refused: 0 });
        let store = open(whole).await;
        assert_eq!((missed(&store).await, tallied(&store).await), (10, 11));
    });
}

#[test]
fn a_server_that_answers_nothing_any_more_is_given_up_and_comes_back() {
    on_a_line(&async |url: &Url, whole: &Url, line: &Line| {
        let pace = Pace { attempt: Duration::from_millis(100), ..quick() };
        let recorder = Recorder::start(Store::new(url, Options::default()), pace);
        assert!(recorder.record(tally()));
        assert!(recorder.flush(LONG).await);
        line.stall_at_commit();
        assert!(recorder.record(tally()));
        until("it is given up", async || !recorder.is_well()).await;
        assert_eq!(recorder.figures().waiting, 1);
        line.mend();
        assert!(recorder.flush(LONG).await);
        assert_eq!(tallied(&open(whole).await).await, 2);
    });
}

#[test]
fn a_server_that_is_not_there_at_the_start_is_waited_for() {
    on_a_line(&async |url: &Url, whole: &Url, line: &Line| {
        line.cut();
        let store = Store::new(url, Options::default());
        let fault = store.open().await.unwrap_err();
        assert!(fault.is_passing(), "{fault}");
        let recorder = Recorder::start(store, quick());
        assert!(recorder.record(tally()));
        until("it fails", async || !recorder.is_well()).await;
        line.mend();
        assert!(recorder.flush(LONG).await);
        assert_eq!(tallied(&open(whole).await).await, 1);
    });
}

#[test]
fn a_file_that_another_process_writes_to_is_waited_for() {
    on_sqlite(&async |url: &Place| {
        let store = open(url).await;
        let recorder = Recorder::start(store.clone(), quick());
        let mut other = occupied(&url.raw).await;
        for number in 0..1_000 {
            assert!(recorder.record(tally()));
            assert!(recorder.record(Record::Miss(miss("Pots?", number))));
        }
        until("some are in hand", async || recorder.figures().in_hand > 0).await;
        assert_eq!(recorder.flush(LONG).now_or_never(), None);
        assert_eq!((recorder.figures().written, tallied(&store).await), (0, 0), "reading goes on");
        sqlx::query("COMMIT").execute(&mut other).await.unwrap();
        assert!(recorder.flush(LONG).await);
        assert_eq!((missed(&store).await, tallied(&store).await), (1_000, 1_000));
    });
}

#[test]
fn what_does_not_fit_is_counted_and_deletions_have_room_of_their_own() {
    on_sqlite(&async |url: &Place| {
        let store = open(url).await;
        let recorder = Recorder::start(store.clone(), Pace { capacity: 10, ..quick() });
        let mut other = occupied(&url.raw).await;
        // One is in the writer's hands, which the queue does not count.
        assert!(recorder.record(Record::Miss(miss("In hand?", 100))));
        until("it is in hand", async || recorder.figures().in_hand == 1).await;
        for number in 1..=10 {
            assert!(recorder.record(Record::Miss(miss("Pots?", number))));
        }
        assert!(!recorder.record(tally()) && !recorder.record(tally()));
        // The first takes its waiting miss along, so that there is room for one more.
        assert!(recorder.record(Record::Forget(MessageId(1))));
        assert!(!recorder.record(tally()));
        assert!(recorder.record(Record::Forget(MessageId(100))));
        for number in 201..=209 {
            assert!(recorder.record(Record::Forget(MessageId(number))));
        }
        assert!(!recorder.record(Record::Forget(MessageId(210))), "there is an end to it");
        assert_eq!(recorder.figures(), Figures { waiting: 21, in_hand: 1, written: 1, lost: 4, refused: 0 });
        sqlx::query("COMMIT").execute(&mut other).await.unwrap();
        assert_eq!(recorder.close(LONG).await, Figures { waiting: 0, in_hand: 0, written: 22, lost: 4, refused: 0 });
        let questions = store.unanswered(Listing::ALL).await.unwrap();
        assert_eq!((questions.len(), questions[0].times, questions[0].message), (1, 9, Some(MessageId(2))));
    });
}

#[test]
fn what_a_deletion_makes_needless_does_not_count_for_what_still_waits() {
    on_sqlite(&async |url: &Place| {
        let store = open(url).await;
        let recorder = Recorder::start(store.clone(), quick());
        let mut other = occupied(&url.raw).await;
        assert!(recorder.record(tally()));
        until("it is in hand", async || recorder.figures().in_hand == 1).await;
        let mut flush = std::pin::pin!(recorder.flush(LONG));
        assert_eq!(poll!(flush.as_mut()), Poll::Pending);
        for number in 1..=3 {
            assert!(recorder.record(Record::Miss(miss("Pots?", number))));
            assert!(recorder.record(Record::Forget(MessageId(number))));
        }
        assert_eq!(poll!(flush.as_mut()), Poll::Pending, "the first is not written yet");
        sqlx::query("COMMIT").execute(&mut other).await.unwrap();
        assert!(flush.await);
        assert_eq!(tallied(&store).await, 1);
        assert!(recorder.flush(LONG).await);
        assert_eq!(recorder.close(LONG).await, Figures { waiting: 0, in_hand: 0, written: 7, lost: 0, refused: 0 });
        assert!(recorder.flush(LONG).await, "nothing waits");
    });
}

#[test]
fn a_row_that_cannot_be_read_holds_up_nothing() {
    on_both(async |url| {
        let store = open(url).await;
        for number in [1, 2] {
            store.record_miss(&miss("Pots?", number)).await.unwrap();
        }
        url.execute("UPDATE miss SET closest = 'water?' WHERE message = 1").await;
        let recorder = Recorder::start(store.clone(), quick());
        let mut rejecting = miss("Pots?", 1);
        rejecting.closest[0].rejected = true;
        assert!(recorder.record(Record::Miss(rejecting)));
        assert!(recorder.record(tally()));
        assert!(recorder.flush(LONG).await);
        assert_eq!((missed(&store).await, tallied(&store).await), (2, 1));

        url.execute("UPDATE miss SET closest = '[{}]'").await;
        let questions = store.unanswered(Listing::ALL).await.unwrap();
        assert_eq!((questions.len(), questions[0].closest.len()), (1, 0));
        assert_eq!(store.newest_open(9).await.unwrap().len(), 1);
    });
}

#[test]
fn the_end_does_not_wait_for_ever() {
    on_sqlite(&async |url: &Place| {
        let store = open(url).await;
        let recorder = Recorder::start(store.clone(), quick());
        let _other = occupied(&url.raw).await;
        for _ in 0..5 {
            assert!(recorder.record(tally()));
        }
        let figures = recorder.close(Duration::ZERO).await;
        assert_eq!(figures, Figures { waiting: 0, in_hand: 0, written: 0, lost: 5, refused: 0 });
        assert_eq!(tallied(&store).await, 0);
    });
}

#[test]
fn one_record_that_is_refused_holds_up_no_other() {
    on_both(async |url| {
        let store = open(url).await;
        url.execute(if url.file().is_some() {
            "CREATE TRIGGER rule BEFORE INSERT ON tally WHEN NEW.entry = 'bad'
            BEGIN SELECT RAISE(ABORT, 'no bad ones'); END"
        } else {
            "ALTER TABLE tally ADD CONSTRAINT rule CHECK (entry <> 'bad')"
        })
        .await;
        let recorder = Recorder::start(store.clone(), quick());
        for number in 0..30 {
            let entry = if number % 10 == 5 { "bad" } else { "good" };
            let tally = Tally { server: None, day: NOON, entry: entry.to_owned(), event: Event::Chosen };
            assert!(recorder.record(Record::Tally(tally)));
            assert!(recorder.record(Record::Miss(miss("Pots?\0", number))), "a 0 is no reason to refuse");
        }
        let figures = recorder.close(LONG).await;
        assert_eq!(figures, Figures { waiting: 0, in_hand: 0, written: 57, lost: 0, refused: 3 });
        assert_eq!((missed(&store).await, tallied(&store).await), (30, 27));
    });
}

/// What is logged, kept.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_said_once_and_what_waits_is_written_when_there_is_room() {
    let log = Log::default();
    let to = log.clone();
    let subscriber = tracing_subscriber::fmt().without_time().with_ansi(false).with_writer(move || to.clone()).finish();
    let folder = tempfile::TempDir::new().unwrap();
    let url = Url::sqlite(folder.path().join("needle.db"));
    // One thread, so that the log of all tasks comes here.
    let _logging = tracing::subscriber::set_default(subscriber);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::new(&url, Options { page_limit: Some(80) });
        let endless = "why is that so ".repeat(100);
        let long_miss = |number| Miss { at: NOON, ..miss(&format!("{number} {endless}"), number) };
        let mut written = 0;
        let fault = loop {
            match store.record_miss(&long_miss(written)).await {
                Ok(()) => written += 1,
                Err(fault) => break fault,
            }
            assert!(written < 10_000, "the disk is never full");
        };
        assert!(matches!(&fault, Fault::Away(reason) if reason.contains("full")), "{fault}");
        assert!(written > 10);

        let recorder = Recorder::start(store.clone(), quick());
        for number in 0..10 {
            assert!(recorder.record(Record::Miss(long_miss(10_000 + number))));
            assert!(recorder.record(tally()));
        }
        until("it is said", async || log.text().contains("records wait")).await;
        assert_eq!(recorder.figures().written, 0);
        assert_eq!(u64::from(missed(&store).await), written, "reading goes on");

        let retention = Duration::from_hours(1);
        store.forget_expired(Timestamp(NOON.0 + 3_601), retention).await.unwrap();
        assert!(recorder.flush(LONG).await);
        until("it is said", async || log.text().contains("written again")).await;
        assert_eq!((missed(&store).await, tallied(&store).await), (10, 10));
        let figures = recorder.close(LONG).await;
        assert_eq!(figures, Figures { waiting: 0, in_hand: 0, written: 20, lost: 0, refused: 0 });
    });
    let log = log.text();
    let (wait, again) = log.trim_end().split_once('\n').expect("two lines");
    assert!(wait.contains("ERROR") && wait.ends_with("lost=0") && wait.contains("is full"), "{log}");
    assert!(again.contains("INFO") && !again.contains('\n'), "{log}");
}

#[test]
fn it_tells_whether_all_is_well() {
    on_postgres(&async |url: &Place| {
        let line = Line::to(&url.raw).await;
        let store = open(&line.url(&url.raw)).await;
        let recorder = Recorder::start(store.clone(), Pace { capacity: 2, ..quick() });
        assert!(recorder.is_well() && recorder.record(tally()) && recorder.flush(LONG).await && recorder.is_well());
        line.cut();
        assert!(recorder.record(tally()));
        until("it fails", async || !recorder.is_well()).await;
        line.mend();
        assert!(recorder.flush(LONG).await && recorder.is_well());
        recorder.close(LONG).await;
        assert!(!recorder.is_well(), "nothing is accepted any more");
    });
    on_sqlite(&async |url: &Place| {
        let store = open(url).await;
        let recorder = Recorder::start(store.clone(), Pace { capacity: 4, ..quick() });
        let other = occupied(&url.raw).await;
        assert!(recorder.record(tally()));
        until("it is in hand", async || recorder.figures().in_hand == 1).await;
        assert!(recorder.record(tally()) && recorder.is_well());
        assert!(
            recorder.record(tally()) && !recorder.is_well(),
            "what is left is for those who were told that all is well"
        );
        assert!(recorder.record(tally()) && recorder.record(tally()) && !recorder.record(tally()));
        drop(other);
        assert!(recorder.flush(LONG).await && recorder.is_well());
        recorder.close(LONG).await;
    });
}
