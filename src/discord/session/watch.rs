//! Watching: what serenity does not notice itself.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serenity::all::{Http, Ratelimiter, ShardId};
use serenity::gateway::ConnectionStage;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use super::Pace;
use super::link::Link;

/// Factor by which the silence limit is extended until [`TIMED_BY`] heartbeats have shown their interval; the gateway
/// tells it to serenity only.
const UNTIMED: u32 = 10;

/// How many heartbeats show that.
const TIMED_BY: u32 = 2;

/// How often rate limits that are over are dropped: as many are kept as interactions are answered in that time.
const SWEEP: Duration = Duration::from_secs(5);

/// Ready when the link gets nowhere any more, and has to be replaced by another; with the reason.
///
/// Where the gateway has closed a connection for good, a ping through the socket makes the runner end, silently. A
/// connection that hangs shows by its latency not being measured any more, and no event being told, one that is never
/// made by its runner not joining the others: serenity has no time limit for connecting, and makes one connection after
/// the other.
pub(super) async fn stuck(link: &Link, pace: &Pace) -> &'static str {
    let mut signs: HashMap<ShardId, Signs> = HashMap::new();
    let mut joined = (0, Instant::now());
    loop {
        tokio::time::sleep(pace.pulse).await;
        let now = Instant::now();
        let runners = link.manager.runners.lock().await;
        if runners.len() >= link.shards || runners.len() != joined.0 {
            joined = (runners.len(), now);
        } else if now.duration_since(joined.1) > pace.connect {
            return "no connection to the gateway comes about";
        }
        // One that is being started again is not among the runners until it runs.
        if runners.len() > link.running() {
            return "the gateway closed a connection for good";
        }
        for (id, runner) in runners.iter() {
            let sign = Sign { latency: runner.latency, stage: runner.stage, events: link.told(*id) };
            let signs = signs.entry(*id).or_insert_with(|| Signs::first(sign, now));
            if signs.silent_for(sign, now) > signs.patience(pace.silence) {
                return "nothing comes through the gateway any more";
            }
            runner.runner_tx.websocket_message(Message::Ping(Vec::new()));
        }
    }
}

/// What shows that something comes through a connection, when it changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sign {
    latency: Option<Duration>,
    stage: ConnectionStage,
    events: u64,
}

/// The signs of one connection.
#[derive(Debug)]
struct Signs {
    last: Sign,
    changed: Instant,
    /// How many heartbeats were answered, when the last one was, and the longest time between two.
    beats: u32,
    beaten: Instant,
    between: Duration,
}

impl Signs {
    fn first(last: Sign, now: Instant) -> Self {
        Self { last, changed: now, beats: 0, beaten: now, between: Duration::ZERO }
    }

    /// For how long, now that it gives this sign, it has given the same.
    fn silent_for(&mut self, sign: Sign, now: Instant) -> Duration {
        if sign.latency.is_some() && sign.latency != self.last.latency {
            self.beats = self.beats.saturating_add(1);
            self.between = self.between.max(now.duration_since(self.beaten));
            self.beaten = now;
        }
        if sign != self.last {
            (self.last, self.changed) = (sign, now);
        }
        now.duration_since(self.changed)
    }

    /// For how long it may be silent, where it usually is `silence`.
    fn patience(&self, silence: Duration) -> Duration {
        let is_untimed = self.last.stage == ConnectionStage::Connected && self.beats < TIMED_BY;
        if is_untimed { silence * UNTIMED } else { silence.max(self.between * 2) }
    }
}

/// Never ready. Drops rate limits that are over, every now and then.
pub(super) async fn rate_limits(http: &Http) -> Infallible {
    let Some(limiter) = &http.ratelimiter else { return std::future::pending().await };
    loop {
        tokio::time::sleep(SWEEP).await;
        sweep(limiter, SystemTime::now()).await;
    }
}

/// Drops rate limits that are over at `now`: serenity keeps one for each interaction for ever.
async fn sweep(limiter: &Ratelimiter, now: SystemTime) {
    limiter.routes().write().await.retain(|_, limit| {
        let is_used = Arc::strong_count(limit) > 1;
        is_used || limit.try_lock().map_or(true, |limit| limit.reset().is_some_and(|reset| reset > now))
    });
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::thread;

    use serenity::all::{InteractionId, LightMethod, Ratelimit, Request, Route};

    use super::*;

    /// The limit of a route that Discord has just limited for a minute.
    async fn limited(request: &Request<'_>) -> Ratelimit {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut asked = [0; 4_096];
            assert!(stream.read(&mut asked).unwrap() > 0);
            let headers =
                "x-ratelimit-limit: 5\r\nx-ratelimit-remaining: 4\r\nx-ratelimit-reset-after: 60\r\ncontent-length: 0";
            write!(stream, "HTTP/1.1 200 OK\r\n{headers}\r\n\r\n").unwrap();
        });
        let answer = reqwest::get(url).await.unwrap();
        server.join().unwrap();
        let mut limit = Ratelimit::default();
        limit.post_hook(&answer, request, &|_| {}, false).await.unwrap();
        limit
    }

    #[test]
    fn how_long_silence_may_last_depends_on_the_heartbeat() {
        let (start, silence, minute) = (Instant::now(), Duration::from_mins(2), Duration::from_mins(1));
        let sign = |latency, events| Sign {
            latency: Some(latency).filter(|millis| *millis > 0).map(Duration::from_millis),
            stage: ConnectionStage::Connected,
            events,
        };
        let mut signs = Signs::first(sign(0, 0), start);
        assert_eq!(signs.silent_for(sign(0, 0), start + minute), minute);
        assert_eq!(signs.patience(silence), silence * 10, "nobody knows when it beats");
        assert_eq!(signs.silent_for(sign(0, 1), start + 2 * minute), Duration::ZERO, "an event");
        assert_eq!(signs.silent_for(sign(5, 1), start + 3 * minute), Duration::ZERO, "a heartbeat");
        assert_eq!(signs.patience(silence), silence * 10);
        assert_eq!(signs.silent_for(sign(6, 1), start + 4 * minute), Duration::ZERO);
        assert_eq!(signs.patience(silence), 6 * minute);
        signs.silent_for(sign(7, 1), start + 9 * minute);
        assert_eq!(signs.patience(silence), 10 * minute, "it beats every five minutes");
        let connecting = Sign { stage: ConnectionStage::Handshake, ..sign(0, 0) };
        assert_eq!(Signs::first(connecting, start).patience(silence), silence, "it has to come to an end soon");
    }

    #[tokio::test]
    async fn what_is_over_is_forgotten() {
        let route = |id: u64| Route::InteractionResponse { interaction_id: InteractionId::new(id), token: "" };
        let limiter = Ratelimiter::new(reqwest::Client::new(), "");
        let now = SystemTime::now();
        let fresh = limited(&Request::new(route(1), LightMethod::Post)).await;
        let used = Arc::default();
        let limits = [Arc::new(tokio::sync::Mutex::new(fresh)), Arc::clone(&used), Arc::default(), Arc::default()];
        for (id, limit) in (1..).zip(limits) {
            limiter.routes().write().await.insert(route(id).ratelimiting_bucket(), limit);
        }
        let left = async || {
            let routes = limiter.routes();
            let routes = routes.read().await;
            let is_left = |id: &u64| routes.contains_key(&route(*id).ratelimiting_bucket());
            (1..=4).filter(is_left).collect::<Vec<_>>()
        };
        sweep(&limiter, now).await;
        assert_eq!(left().await, [1, 2], "one has a reset to come, one is in use");
        drop(used);
        sweep(&limiter, now + Duration::from_mins(2)).await;
        assert_eq!(left().await, [0; 0]);
    }
}
