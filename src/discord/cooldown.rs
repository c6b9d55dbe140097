//! A cooldown: so many questions within so much time, for each member and each channel; and a bucket, which lets so
//! many through at once and then one at a time.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serenity::model::id::{ChannelId, UserId};

use crate::config::Rate;

/// From how many keys on those with nothing counted any more are dropped.
const SWEPT_KEYS: usize = 1_024;

/// What members and channels have asked lately.
#[derive(Debug)]
pub struct Cooldowns {
    members: Mutex<Counts<UserId>>,
    channels: Mutex<Counts<ChannelId>>,
}

/// When each key was counted, oldest first.
#[derive(Debug)]
struct Counts<K> {
    rule: Rate,
    times: HashMap<K, VecDeque<Instant>>,
    /// At how many keys to look for those with nothing counted any more.
    sweep_at: usize,
}

impl Cooldowns {
    /// Nothing has been asked yet.
    #[must_use]
    pub fn new(member: Rate, channel: Rate) -> Self {
        Self { members: Mutex::new(Counts::new(member)), channels: Mutex::new(Counts::new(channel)) }
    }

    /// Whether the member may ask in the channel at `now`, which must not run backwards. What may be asked counts; what
    /// may not does not, so that waiting helps.
    pub fn admit(&self, member: UserId, channel: ChannelId, now: Instant) -> bool {
        let mut members = self.members.lock().unwrap_or_else(PoisonError::into_inner);
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        let admitted = members.has_room(member, now) && channels.has_room(channel, now);
        if admitted {
            members.count(member, now);
            channels.count(channel, now);
        }
        admitted
    }
}

/// Something that each member, server or whatever else is told apart gets only so often.
#[derive(Debug)]
pub struct Seldom<K>(Mutex<Counts<K>>);

impl<K: Copy + Eq + Hash> Seldom<K> {
    /// As often as `rule` allows.
    #[must_use]
    pub fn new(rule: Rate) -> Self {
        Self(Mutex::new(Counts::new(rule)))
    }

    /// Whether `key` gets it at `now`; if so, it counts.
    pub fn admit(&self, key: K, now: Instant) -> bool {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let admitted = counts.has_room(key, now);
        if admitted {
            counts.count(key, now);
        }
        admitted
    }
}

/// Lets so many through at once and from then on one each `pause`, for whatever is told apart.
#[derive(Debug)]
pub(super) struct Bucket<K> {
    at_once: u32,
    pause: Duration,
    /// From when on nothing counts any more.
    full_at: HashMap<K, Instant>,
}

impl<K: Eq + Hash> Bucket<K> {
    pub(super) fn new(at_once: u32, pause: Duration) -> Self {
        Self { at_once, pause, full_at: HashMap::new() }
    }

    /// Whether one of `key` gets through at `now`, which must not run backwards; if so, it counts.
    pub(super) fn admit(&mut self, key: K, now: Instant) -> bool {
        self.full_at.retain(|_, full_at| *full_at > now);
        let full_at = self.full_at.get(&key).map_or(now, |full_at| *full_at) + self.pause;
        let is_admitted = full_at <= now + self.pause * self.at_once;
        if is_admitted {
            self.full_at.insert(key, full_at);
        }
        is_admitted
    }
}

impl<K: Copy + Eq + Hash> Counts<K> {
    fn new(rule: Rate) -> Self {
        Self { rule, times: HashMap::new(), sweep_at: SWEPT_KEYS }
    }

    fn has_room(&mut self, key: K, now: Instant) -> bool {
        let Some(times) = self.times.get_mut(&key) else { return true };
        while times.front().is_some_and(|time| now.duration_since(*time) >= self.rule.within) {
            times.pop_front();
        }
        times.len() < self.rule.times as usize
    }

    fn count(&mut self, key: K, now: Instant) {
        if self.times.len() >= self.sweep_at {
            let within = self.rule.within;
            let counts = |times: &VecDeque<Instant>| times.back().is_some_and(|t| now.duration_since(*t) < within);
            self.times.retain(|_, times| counts(times));
            self.sweep_at = SWEPT_KEYS.max(2 * self.times.len());
        }
        self.times.entry(key).or_default().push_back(now);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn rule(times: u32, secs: u64) -> Rate {
        Rate { times, within: Duration::from_secs(secs) }
    }

    #[test]
    fn counts_what_was_admitted() {
        let cooldowns = Cooldowns::new(rule(2, 10), rule(3, 60));
        let start = Instant::now();
        let admit = |member: u64, channel: u64, secs: u64| {
            cooldowns.admit(UserId::new(member), ChannelId::new(channel), start + Duration::from_secs(secs))
        };
        assert!(admit(1, 1, 0));
        assert!(admit(1, 1, 9));
        assert!(!admit(1, 2, 9), "a member's questions count in every channel");
        assert!(admit(2, 1, 9));
        assert!(admit(1, 2, 10), "the first no longer counts");
        assert!(!admit(3, 1, 10), "the channel has had three");
        assert!(admit(3, 2, 10));
        assert!(admit(3, 1, 60));
    }

    #[test]
    fn a_bucket_lets_one_at_a_time_through_once_it_is_empty() {
        let mut bucket = Bucket::new(3, Duration::from_secs(10));
        let start = Instant::now();
        let mut admit = |key, secs| bucket.admit(key, start + Duration::from_secs(secs));
        assert_eq!([1, 1, 1, 1, 2].map(|key| admit(key, 0)), [true, true, true, false, true]);
        assert_eq!([9, 10, 10, 19, 20].map(|secs| admit(1, secs)), [false, true, false, false, true]);
        assert_eq!([40, 40, 40].map(|secs| admit(1, secs)), [true, true, false], "two have come back");
        assert_eq!([100; 4].map(|secs| admit(1, secs)), [true, true, true, false], "no more than at first");
        assert_eq!(bucket.full_at.len(), 1, "who has waited long is forgotten");
    }

    #[test]
    fn forgets_who_has_asked_long_ago() {
        let mut counts = Counts::new(rule(1, 10));
        let start = Instant::now();
        for key in 0..SWEPT_KEYS {
            counts.count(key, start);
        }
        counts.count(SWEPT_KEYS, start + Duration::from_secs(10));
        assert_eq!(counts.times.len(), 1);
    }
}
