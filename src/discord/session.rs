//! A session: the connection to Discord from start to stop.
//!
//! The shards are run by serenity's shard manager, which is used without serenity's client: that would go to the real
//! Discord's gateway where the configured one cannot be asked for its own. Around it: a start that gives up in the
//! end, a watch over shards that no longer get anywhere, and an end that lets running replies finish.

mod events;
mod reach;
mod watch;

use std::future::Future;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serenity::all::{
    GatewayError, GatewayIntents, GuildId, Http, HttpBuilder, ShardManager, ShardManagerOptions, ShardRunnerMessage,
};
use serenity::futures::StreamExt as _;
use serenity::gateway::ConnectionStage;
use serenity::prelude::TypeMap;
use tokio::sync::{Mutex, RwLock};
use tokio::time::Instant;

use crate::config::{self, DISCORD_URL, Token};

use super::seal::Seal;
use super::send::{Patience, Sender, no_mentions};
use super::{Answering, Bot};
use events::Events;

/// What the bot asks to be told: messages, of which it only sees the text where it is meant. Nothing privileged.
const INTENTS: GatewayIntents = GatewayIntents::GUILD_MESSAGES.union(GatewayIntents::DIRECT_MESSAGES);

/// What a session starts with.
pub struct Start {
    /// The bot's token.
    pub token: Token,
    /// Where Discord is, and how to behave there.
    pub settings: config::Discord,
    /// The server to register commands in; `None`: everywhere.
    pub guild: Option<GuildId>,
    /// What to answer from.
    pub answering: Answering,
    /// How soon to do things.
    pub pace: Pace,
}

/// How soon to do things, and how long to wait for them.
#[derive(Debug, Clone)]
pub struct Pace {
    /// For Discord's REST interface.
    pub patience: Patience,
    /// Before the second try to reach Discord; doubled each time, up to [`retry_most`](Self::retry_most).
    pub retry: Duration,
    /// The longest pause between tries.
    pub retry_most: Duration,
    /// How long a shard may take to log in before it is looked into.
    pub login: Duration,
    /// How long running replies may take to finish.
    pub drain: Duration,
    /// How long Discord may take to acknowledge the end.
    pub close: Duration,
}

/// Why a session ended, or could not start.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The token is not right.
    #[error(
        "Discord refuses the token: copy it anew from the Discord developer portal, page Bot, into DISCORD_TOKEN or \
         the file named by DISCORD_TOKEN_FILE"
    )]
    Token,
    /// The intents are not allowed.
    #[error("Discord refuses the intents (messages in servers and direct messages) that this bot needs to listen")]
    Intents,
    /// Discord could not be reached in time.
    #[error("cannot reach Discord at {url} within {seconds} s (discord.connect_timeout_secs): {cause}")]
    Unreachable {
        /// Where it was looked for.
        url: String,
        /// For how long.
        seconds: u64,
        /// What happened the last time.
        cause: String,
    },
    /// Discord wants the bot to divide its servers among more connections.
    #[error("Discord wants {wanted} shards where {used} are in use: start again")]
    Shards {
        /// How many Discord wants.
        wanted: u32,
        /// How many there are.
        used: u32,
    },
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            patience: Patience::default(),
            retry: Duration::from_secs(1),
            retry_most: Duration::from_secs(15),
            login: Duration::from_secs(20),
            drain: Duration::from_secs(10),
            close: Duration::from_millis(800),
        }
    }
}

/// Connects and answers until `stop` is ready; then lets running replies finish and closes the connection.
///
/// # Errors
/// When Discord refuses the bot, or is not reached in time at the start.
pub async fn run(start: Start, stop: impl Future<Output = ()>) -> Result<(), Failure> {
    let Start { token, settings, guild, answering, pace } = start;
    let deadline = Instant::now() + settings.connect_timeout;
    let http = Arc::new(http(&token, &settings.api_url));
    let unreachable = |cause: String| Failure::Unreachable {
        url: settings.api_url.clone(),
        seconds: settings.connect_timeout.as_secs(),
        cause,
    };
    tokio::pin!(stop);
    let gateway = tokio::select! {
        gateway = reach::gateway(&http, &pace, deadline) => gateway.map_err(|refusal| refusal.into_failure(unreachable))?,
        () = &mut stop => return Ok(()),
    };

    let sender = Sender::new(Arc::clone(&http), Seal::new(&token), pace.patience.clone());
    let bot = Arc::new(Bot::new(answering, sender, &settings));
    let manager_cell = Arc::new(OnceLock::new());
    let events = Arc::new(Events::new(bot, guild, Arc::clone(&manager_cell), pace.clone()));
    let data = Arc::new(RwLock::new(TypeMap::new()));
    let (manager, mut ended) = ShardManager::new(ShardManagerOptions {
        data: Arc::clone(&data),
        event_handlers: vec![Arc::clone(&events) as Arc<_>],
        raw_event_handlers: Vec::new(),
        framework: Arc::default(),
        shard_index: 0,
        shard_init: 0,
        shard_total: 0,
        ws_url: Arc::new(Mutex::new(gateway.url)),
        http: Arc::clone(&http),
        intents: INTENTS,
        presence: None,
    });
    // It is set once, here.
    let _ = manager_cell.set(Arc::clone(&manager));
    manager.set_shards(0, gateway.shards, gateway.shards).await;
    if manager.initialize().is_err() {
        return Err(unreachable("the shards cannot be started".to_owned()));
    }

    let connected = events.connected();
    let outcome = tokio::select! {
        () = &mut stop => Ok(()),
        ended = ended.next() => match ended {
            Some(Err(GatewayError::InvalidAuthentication)) => Err(Failure::Token),
            Some(Err(GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents)) => {
                Err(Failure::Intents)
            }
            _ => Ok(()),
        },
        () = too_late(connected, deadline) => Err(unreachable("the gateway does not let the bot in".to_owned())),
        failure = watch::shards(&manager, &http, &pace, gateway.shards) => Err(failure),
        () = watch::rate_limits(&http) => Ok(()),
    };
    events.drain(pace.drain).await;
    close(&manager, &data, pace.close).await;
    outcome
}

/// What speaks to the REST interface at `url`.
fn http(token: &Token, url: &str) -> Http {
    let builder = HttpBuilder::new(token.expose()).default_allowed_mentions(no_mentions());
    if url == DISCORD_URL {
        return builder.build();
    }
    // Serenity's rate limiter only knows Discord's own address; a proxy keeps the limits itself.
    builder.proxy(url).ratelimiter_disabled(true).build()
}

/// Ready at `deadline` unless the bot has been let in before.
async fn too_late(mut connected: tokio::sync::watch::Receiver<bool>, deadline: Instant) {
    if tokio::time::timeout_at(deadline, connected.wait_for(|connected| *connected)).await.is_ok() {
        std::future::pending::<()>().await;
    }
}

/// Logs the shards out, with close code 1000. `ShardManager::shutdown_all` alone returns at once after a reconnect and
/// leaves the socket to be torn down, which shows the bot as online for a while.
async fn close(manager: &Arc<ShardManager>, data: &Arc<RwLock<TypeMap>>, patience: Duration) {
    let mut open = 0;
    for (id, runner) in manager.runners.lock().await.iter() {
        // One without a connection would wait for an acknowledgement for ever.
        if runner.stage == ConnectionStage::Connected {
            runner.runner_tx.send_to_shard(ShardRunnerMessage::Shutdown(*id, 1000));
            open += 1;
        }
    }
    // Each runner holds the data as long as it runs; so do the queue of shards and we.
    let deadline = Instant::now() + patience;
    while open > 0 && Arc::strong_count(data) > 2 && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
