//! Events: what arrives through the gateway, handed to the bot. Serenity starts a task for each event without bound
//! and drops them at its end; here they wait for their turn and are waited for.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use poise::FrameworkContext;
use serenity::all::{
    ChannelId, Context, EventHandler, FullEvent, GuildId, Http, Interaction, Message, MessageId, Ready, ShardManager,
    UserId,
};
use serenity::async_trait;
use tokio::sync::{Semaphore, watch};
use tokio_util::task::TaskTracker;

use super::Pace;
use crate::discord::Bot;
use crate::discord::commands::{self, Options};
use crate::discord::registration::register;
use crate::limits::CONCURRENT_REPLIES;

/// Hands events to the bot.
pub(super) struct Events {
    bot: Arc<Bot>,
    guild: Option<GuildId>,
    manager: Arc<OnceLock<Arc<ShardManager>>>,
    pace: Pace,
    options: Options,
    /// The bot's own id, known from the first READY on.
    id: OnceLock<UserId>,
    connected: watch::Sender<bool>,
    is_registering: AtomicBool,
    is_stopping: AtomicBool,
    running: TaskTracker,
    turns: Semaphore,
}

impl Events {
    pub(super) fn new(
        bot: Arc<Bot>,
        guild: Option<GuildId>,
        manager: Arc<OnceLock<Arc<ShardManager>>>,
        pace: Pace,
    ) -> Self {
        Self {
            bot,
            guild,
            manager,
            pace,
            options: commands::options(),
            id: OnceLock::new(),
            connected: watch::Sender::new(false),
            is_registering: AtomicBool::new(false),
            is_stopping: AtomicBool::new(false),
            running: TaskTracker::new(),
            turns: Semaphore::new(CONCURRENT_REPLIES),
        }
    }

    /// Whether the bot has been let in yet.
    pub(super) fn connected(&self) -> watch::Receiver<bool> {
        self.connected.subscribe()
    }

    /// Takes nothing new and waits for what is running, for at most `patience`. What is then unfinished is counted in
    /// a line of the log.
    pub(super) async fn drain(&self, patience: Duration) {
        self.is_stopping.store(true, Ordering::SeqCst);
        self.running.close();
        if tokio::time::timeout(patience, self.running.wait()).await.is_err() {
            tracing::warn!(unfinished = self.running.len(), "stopped before every reply was finished");
        }
    }

    /// Does `work` when its turn comes, unless the bot is stopping.
    async fn take(&self, work: impl Future<Output = ()>) {
        if self.is_stopping.load(Ordering::SeqCst) {
            return;
        }
        let _running = self.running.token();
        // It is never closed.
        let Ok(_turn) = self.turns.acquire().await else { return };
        work.await;
    }

    /// Registers the commands, once, however long it takes.
    async fn register(&self, http: &Http) {
        if self.is_registering.swap(true, Ordering::SeqCst) {
            return;
        }
        let mut pause = self.pace.retry;
        while !self.is_stopping.load(Ordering::SeqCst) {
            match register(http, self.guild, &self.options).await {
                Ok(true) => return tracing::info!("registered the commands"),
                Ok(false) => return tracing::debug!("the commands are registered already"),
                Err(error) => tracing::warn!("cannot register the commands: {error}"),
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(self.pace.retry_most);
        }
    }

    async fn handle_interaction(&self, context: &Context, interaction: Interaction) {
        match interaction {
            Interaction::Component(component) => self.bot.handle_component(&component).await,
            Interaction::Command(_) | Interaction::Autocomplete(_) => {
                let (Some(bot_id), Some(manager)) = (self.id.get(), self.manager.get()) else { return };
                let framework = FrameworkContext {
                    serenity_context: context,
                    bot_id: *bot_id,
                    options: &self.options,
                    user_data: &self.bot,
                    shard_manager: manager,
                };
                // What poise keeps across its waits is large.
                Box::pin(poise::dispatch_event(framework, FullEvent::InteractionCreate { interaction })).await;
            }
            _ => {}
        }
    }
}

#[async_trait]
impl EventHandler for Events {
    async fn ready(&self, context: Context, ready: Ready) {
        let _ = self.id.set(ready.user.id);
        self.connected.send_replace(true);
        tracing::info!(bot = ready.user.id.get(), servers = ready.guilds.len(), "connected to Discord");
        self.register(&context.http).await;
    }

    async fn resume(&self, _: Context, _: serenity::all::ResumedEvent) {
        tracing::info!("connected to Discord again");
    }

    async fn message(&self, _: Context, message: Message) {
        let Some(id) = self.id.get() else { return };
        self.take(self.bot.handle_message(&message, *id)).await;
    }

    async fn message_delete(&self, _: Context, channel: ChannelId, message: MessageId, _: Option<GuildId>) {
        self.take(self.bot.handle_deletion(channel, message)).await;
    }

    async fn message_delete_bulk(&self, _: Context, channel: ChannelId, messages: Vec<MessageId>, _: Option<GuildId>) {
        for message in messages {
            self.take(self.bot.handle_deletion(channel, message)).await;
        }
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        Box::pin(self.take(self.handle_interaction(&context, interaction))).await;
    }
}
