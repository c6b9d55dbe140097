//! Watching: what serenity does not notice itself.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serenity::all::{Http, ShardId};
use serenity::gateway::ConnectionStage;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use super::Pace;
use super::link::Link;

/// How often rate limits that are over are dropped.
const SWEEP: Duration = Duration::from_mins(1);

/// Ready when the link gets nowhere any more, and has to be replaced by another; with the reason.
///
/// Where the gateway has closed a connection for good, a ping through the socket makes the runner end, silently. A
/// connection that is never made, or hangs, shows by its latency not being measured any more: serenity has no time limit
/// for connecting.
pub(super) async fn stuck(link: &Link, pace: &Pace) -> &'static str {
    let mut signs: HashMap<ShardId, (Option<Duration>, ConnectionStage, Instant)> = HashMap::new();
    loop {
        tokio::time::sleep(pace.pulse).await;
        let now = Instant::now();
        let runners = link.manager.runners.lock().await;
        // One that is being started again is not among the runners until it runs.
        if runners.len() > link.running() {
            return "the gateway closed a connection for good";
        }
        for (id, runner) in runners.iter() {
            let sign = signs.entry(*id).or_insert((runner.latency, runner.stage, now));
            if (sign.0, sign.1) != (runner.latency, runner.stage) {
                *sign = (runner.latency, runner.stage, now);
            } else if now.duration_since(sign.2) > pace.silence {
                return "nothing comes through the gateway any more";
            }
            runner.runner_tx.websocket_message(Message::Ping(Vec::new()));
        }
    }
}

/// Never ready. Drops rate limits that are over: serenity keeps one for each interaction for ever.
pub(super) async fn rate_limits(http: &Http) {
    let Some(limiter) = &http.ratelimiter else { return std::future::pending().await };
    loop {
        tokio::time::sleep(SWEEP).await;
        let now = SystemTime::now();
        limiter.routes().write().await.retain(|_, limit| {
            let is_used = Arc::strong_count(limit) > 1;
            is_used || limit.try_lock().map_or(true, |limit| limit.reset().is_some_and(|reset| reset > now))
        });
    }
}
