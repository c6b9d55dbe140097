//! The store behind the bot: made at the start, done without where it is away, emptied of what has had its time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use needle::store::{Listing, Options, Store, Timestamp, Url};

use super::fake::Discord;
use super::log::Log;
use super::needle::{Needle, WATERING};
use crate::eventually::until;
use crate::store::{NOON, miss, on_both};

const DAY_SECS: i64 = 24 * 60 * 60;

#[test]
fn what_has_had_its_time_is_deleted_without_being_asked() {
    on_both(async |url| {
        let discord = Discord::start();
        let now = Arc::new(AtomicI64::new(NOON.0));
        let clock = Arc::clone(&now);
        let store = Store::new(url, Options::default());
        store.record_miss(&miss("Pots?", 1)).await.unwrap();
        let needle = Needle::new()
            .keeping_in(url)
            .with("NEEDLE__STORE__RETENTION_DAYS", &3)
            .by_clock(move || Timestamp(clock.load(Ordering::Relaxed)))
            .start(&discord)
            .await;
        now.fetch_add(3 * DAY_SECS, Ordering::Relaxed);
        // A second younger than what goes.
        store.record_miss(&miss("Beds?", 2)).await.unwrap();
        now.fetch_add(2, Ordering::Relaxed);
        until("the older question is deleted", async || store.unanswered(Listing::ALL).await.unwrap().len() == 1).await;
        assert_eq!(store.unanswered(Listing::ALL).await.unwrap()[0].text, "Beds?");
        needle.stops().await.unwrap();
        discord.nothing_further().await;
    });
}

#[tokio::test]
async fn without_a_store_members_are_answered() {
    let log = Log::listens();
    let discord = Discord::start();
    let nowhere = Url::sqlite("nowhere/at/all/needle.db");
    let needle = Needle::new()
        .keeping_in(&nowhere)
        .at(|pace| (pace.forget_again, pace.settings) = (Duration::from_hours(1), Duration::from_hours(1)))
        .start(&discord)
        .await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    needle.stops().await.unwrap();
    discord.nothing_further().await;
    let warnings = log.warnings();
    let first = warnings.lines().next().unwrap_or_default();
    assert!(
        first.starts_with("ERROR sqlite://nowhere/at/all/needle.db: ")
            && first.ends_with("members are answered all the same"),
        "{warnings}"
    );
}

#[tokio::test]
async fn what_has_had_its_time_is_deleted_also_after_a_panic() {
    let log = Log::listens();
    let discord = Discord::start();
    let folder = tempfile::TempDir::new().unwrap();
    let url = Url::sqlite(folder.path().join("needle.db"));
    let store = Store::new(&url, Options::default());
    store.record_miss(&miss("Pots?", 1)).await.unwrap();
    let (now, is_broken) = (Arc::new(AtomicI64::new(NOON.0)), Arc::new(AtomicBool::new(false)));
    let (clock, breaks) = (Arc::clone(&now), Arc::clone(&is_broken));
    let read = move || {
        assert!(!breaks.load(Ordering::Relaxed), "the clock is broken");
        Timestamp(clock.load(Ordering::Relaxed))
    };
    let needle = Needle::new().keeping_in(&url).by_clock(read).start(&discord).await;
    is_broken.store(true, Ordering::Relaxed);
    for what in ["deleting what has had its time", "telling what is known by now"] {
        until(&format!("{what} broke off twice"), async || log.count(&format!("ERROR {what} broke off")) >= 2).await;
    }
    now.fetch_add(31 * DAY_SECS, Ordering::Relaxed);
    is_broken.store(false, Ordering::Relaxed);
    until("the question is deleted", async || store.unanswered(Listing::ALL).await.unwrap().is_empty()).await;
    needle.stops().await.unwrap();
    discord.nothing_further().await;
}
