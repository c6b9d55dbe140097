//! A link: one set of shards with the threads that they run on.
//!
//! The threads are the link's own. To serenity, a gateway that closes a connection for good (codes 4003, 4010 and
//! 4011, or none at all) is no reason to leave it: the runner reads from the closed socket as fast as it can, without
//! ever letting another task of its thread run, until its next heartbeat fails. In a runtime shared with the rest that
//! can hold up every timer and every socket. Here it holds up nothing, and a link can be dropped with all that is
//! stuck in it.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex as SyncMutex, PoisonError};
use std::time::Duration;

use serenity::all::{
    Context, Event, EventHandler, GatewayError, Http, RawEventHandler, ShardId, ShardManager, ShardManagerOptions,
    ShardRunnerMessage,
};
use serenity::async_trait;
use serenity::futures::StreamExt as _;
use serenity::futures::channel::mpsc::UnboundedReceiver;
use serenity::gateway::ConnectionStage;
use serenity::prelude::TypeMap;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Mutex, RwLock};
use tokio::time::Instant;

use super::INTENTS;
use super::reach::Gateway;
use super::unread::{self, Unread};

/// Shards on threads of their own; dropped with them.
pub(super) struct Link {
    pub(super) manager: Arc<ShardManager>,
    /// How many shards there are to be.
    pub(super) shards: usize,
    told: Arc<Told>,
    ended: Mutex<UnboundedReceiver<Result<(), GatewayError>>>,
    data: Arc<RwLock<TypeMap>>,
    runtime: Option<Runtime>,
}

/// What the shards have told.
struct Told {
    counts: SyncMutex<HashMap<ShardId, Count>>,
    unread: Unread,
}

/// What one shard has told.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    events: u64,
    /// Whether it was let in with words that serenity could not read, so that it does not know of it.
    was_let_in: bool,
}

#[async_trait]
impl RawEventHandler for Told {
    async fn raw_event(&self, context: Context, event: Event) {
        let unknown = if let Event::Unknown(unknown) = event { Some(unknown) } else { None };
        {
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            let count = counts.entry(context.shard_id).or_default();
            count.events += 1;
            count.was_let_in |= unknown.as_ref().is_some_and(unread::is_ready);
        }
        if let Some(unknown) = unknown {
            self.unread.hand_on(context, unknown);
        }
    }
}

impl Link {
    /// Starts the shards that `gateway` wants, at the address that it names.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub(super) async fn open(gateway: &Gateway, http: &Arc<Http>, events: Arc<dyn EventHandler>) -> io::Result<Self> {
        // Two, as tasks that a spinning runner has woken wait on its thread until another takes them.
        let runtime = Builder::new_multi_thread().worker_threads(2).thread_name("gateway").enable_all().build()?;
        let data = Arc::new(RwLock::new(TypeMap::new()));
        let told = Arc::new(Told { counts: SyncMutex::default(), unread: Unread::new(Arc::clone(&events)) });
        let options = ShardManagerOptions {
            data: Arc::clone(&data),
            event_handlers: vec![events],
            raw_event_handlers: vec![Arc::<Told>::clone(&told)],
            framework: Arc::default(),
            shard_index: 0,
            shard_init: 0,
            shard_total: 0,
            ws_url: Arc::new(Mutex::new(gateway.url.clone())),
            http: Arc::clone(http),
            intents: INTENTS,
            presence: None,
        };
        let (manager, ended) = {
            let _entered = runtime.enter();
            ShardManager::new(options)
        };
        let shards = usize::try_from(gateway.shards).unwrap_or(usize::MAX);
        let link = Self { manager, shards, told, ended: Mutex::new(ended), data, runtime: Some(runtime) };
        link.manager.set_shards(0, gateway.shards, gateway.shards).await;
        // It only queues them, and cannot fail.
        let _ = link.manager.initialize();
        Ok(link)
    }

    /// Ready when the gateway refuses the bot, with the reason.
    pub(super) async fn refused(&self) -> GatewayError {
        let mut ended = self.ended.lock().await;
        loop {
            match ended.next().await {
                Some(Err(error)) => return error,
                Some(Ok(())) => {}
                None => std::future::pending().await,
            }
        }
    }

    /// How many events the shard has told.
    pub(super) fn told(&self, shard: ShardId) -> u64 {
        self.count(shard).events
    }

    fn count(&self, shard: ShardId) -> Count {
        self.told.counts.lock().unwrap_or_else(PoisonError::into_inner).get(&shard).copied().unwrap_or_default()
    }

    /// How many shards have a runner, at most: each holds the data as long as it runs, as the queue of shards and the
    /// link do, and events that are being handled.
    pub(super) fn running(&self) -> usize {
        Arc::strong_count(&self.data).saturating_sub(2)
    }

    /// Logs the shards out, with close code 1000, and waits at most `patience` for Discord to agree.
    /// `ShardManager::shutdown_all` alone returns at once after a reconnect and leaves the socket to be torn down,
    /// which shows the bot as online for a while.
    pub(super) async fn close(self, patience: Duration) {
        let mut open = 0;
        for (id, runner) in self.manager.runners.lock().await.iter() {
            // One without a connection would wait for the agreement for ever.
            if runner.stage == ConnectionStage::Connected || self.count(*id).was_let_in {
                runner.runner_tx.send_to_shard(ShardRunnerMessage::Shutdown(*id, 1000));
                open += 1;
            }
        }
        let deadline = Instant::now() + patience;
        while open > 0 && self.running() > 0 && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
