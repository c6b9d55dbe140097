//! Watching: what serenity does not notice itself.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serenity::all::{Http, ShardId, ShardManager};
use serenity::gateway::ConnectionStage;
use tokio::time::Instant;

use super::{Failure, Pace};

/// How often the shards are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// How often rate limits that are over are dropped.
const SWEEP: Duration = Duration::from_mins(1);

/// Ready when Discord wants more shards than the `used` ones. Says so in the log when a shard gets nowhere.
///
/// A gateway that refuses a shard (close code 4010 or 4011) is no error to serenity: its runner spins until the next
/// heartbeat and starts over, for ever.
pub(super) async fn shards(manager: &Arc<ShardManager>, http: &Http, pace: &Pace, used: u32) -> Failure {
    let mut connected: HashMap<ShardId, Instant> = HashMap::new();
    loop {
        tokio::time::sleep(LOOK.min(pace.login)).await;
        let now = Instant::now();
        let mut lost = Vec::new();
        for (id, runner) in manager.runners.lock().await.iter() {
            let since = connected.entry(*id).or_insert(now);
            if runner.stage == ConnectionStage::Connected {
                *since = now;
            } else if now.duration_since(*since) >= pace.login {
                *since = now;
                lost.push((id.0, runner.stage));
            }
        }
        for (shard, stage) in &lost {
            tracing::warn!(shard, %stage, "not connected to Discord's gateway; still trying");
        }
        if lost.is_empty() {
            continue;
        }
        let gateway = tokio::time::timeout(pace.patience.request, http.get_bot_gateway()).await;
        if let Ok(Ok(gateway)) = gateway
            && gateway.shards > used
        {
            return Failure::Shards { wanted: gateway.shards, used };
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
