//! Events: what arrives through the gateway, handed to the bot. Serenity starts a task for each event without bound
//! and drops them at its end; here they wait for their turn and are waited for.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant as Moment};

use arc_swap::ArcSwapOption;
use poise::FrameworkContext;
use serenity::all::{
    AuthorizingIntegrationOwner, ChannelId, ChannelType, Context, EventHandler, FullEvent, Guild, GuildChannel,
    GuildId, Interaction, Message, MessageId, PartialGuild, PartialGuildChannel, Ready, ResumedEvent, ShardId,
    ShardManager, UnavailableGuild, UserId,
};
use serenity::async_trait;
use tokio::runtime::Handle;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::task::TaskTracker;

use super::Pace;
use super::turns::Turns;
use crate::discord::Bot;
use crate::discord::commands::{self, Options};
use crate::discord::intake::language_of_locale;
use crate::discord::memory::Seen;
use crate::discord::recording::Shard;
use crate::discord::registration::register;
use crate::discord::send::Failed;
use crate::limits::{CONCURRENT_DELETIONS, CONCURRENT_REPLIES, CONCURRENT_RESPONSES, WAITING};
use crate::store::{self, ServerId};

/// The turns of messages.
const MESSAGES: fn(&Events) -> &Turns = |events| &events.message_turns;

/// The turns of deletions.
const DELETIONS: fn(&Events) -> &Turns = |events| &events.deletion_turns;

/// The turns of commands and choices.
const INTERACTIONS: fn(&Events) -> &Turns = |events| &events.interaction_turns;

/// Hands events to the bot.
pub(super) struct Events {
    bot: Arc<Bot>,
    guild: Option<GuildId>,
    manager: ArcSwapOption<Arc<ShardManager>>,
    pace: Pace,
    options: Options,
    /// The bot's own id, known from the first READY on.
    id: OnceLock<UserId>,
    /// When the bot was let in last, and how often it was.
    connected: watch::Sender<Option<(Instant, usize)>>,
    /// The shards that said which servers the bot is in.
    named: watch::Sender<HashSet<ShardId>>,
    is_registering: AtomicBool,
    is_stopping: AtomicBool,
    running: TaskTracker,
    seen: Seen,
    /// Where the bot runs.
    home: Handle,
    message_turns: Turns,
    deletion_turns: Turns,
    interaction_turns: Turns,
}

/// What serenity hands events to, in tasks on the link's threads. They do no work there: a link may be dropped at any
/// time.
struct Handler(Arc<Events>);

impl Events {
    /// For a bot that runs in the current runtime.
    pub(super) fn new(bot: Arc<Bot>, guild: Option<GuildId>, pace: Pace) -> Arc<Self> {
        Arc::new(Self {
            bot,
            guild,
            manager: ArcSwapOption::empty(),
            pace,
            options: commands::options(),
            id: OnceLock::new(),
            connected: watch::Sender::new(None),
            named: watch::Sender::default(),
            is_registering: AtomicBool::new(false),
            is_stopping: AtomicBool::new(false),
            running: TaskTracker::new(),
            seen: Seen::default(),
            home: Handle::current(),
            message_turns: Turns::new("messages", CONCURRENT_REPLIES, WAITING),
            deletion_turns: Turns::new("deletions", CONCURRENT_DELETIONS, WAITING),
            interaction_turns: Turns::new("interactions", CONCURRENT_RESPONSES, WAITING),
        })
    }

    /// What is finished before the end, or at least waited for.
    pub(super) fn running(&self) -> TaskTracker {
        self.running.clone()
    }

    /// What serenity hands events to.
    pub(super) fn handler(self: &Arc<Self>) -> Arc<dyn EventHandler> {
        Arc::new(Handler(Arc::clone(self)))
    }

    /// The shards that events come from now on.
    pub(super) fn set_manager(&self, manager: &Arc<ShardManager>) {
        self.manager.store(Some(Arc::new(Arc::clone(manager))));
    }

    /// How often the bot has been let in.
    pub(super) fn times_connected(&self) -> usize {
        self.connected.borrow().map_or(0, |(_, times)| times)
    }

    /// Ready at `deadline` unless the bot has been let in before.
    pub(super) async fn never_connected_by(&self, deadline: Instant) {
        let mut connected = self.connected.subscribe();
        if tokio::time::timeout_at(deadline, connected.wait_for(Option::is_some)).await.is_ok() {
            std::future::pending::<()>().await;
        }
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

    /// The bot's own id, once it has been let in. Events that come right behind READY may be handled before it.
    async fn own_id(&self) -> Option<UserId> {
        self.connected.subscribe().wait_for(Option::is_some).await.ok()?;
        self.id.get().copied()
    }

    /// Whether `shard` said which servers the bot is in, once it did.
    async fn has_named(&self, shard: ShardId) -> bool {
        self.named.subscribe().wait_for(|named| named.contains(&shard)).await.is_ok()
    }

    /// Whether the bot was let in long enough ago to have been told where it was before.
    fn is_settled(&self) -> bool {
        self.connected.borrow().is_some_and(|(last, _)| last.elapsed() >= self.pace.settle)
    }

    /// Does `work` at home when its turn comes, unless the bot is stopping, or too much is waiting.
    fn take<W>(self: &Arc<Self>, turns: fn(&Self) -> &Turns, work: impl FnOnce(Arc<Self>) -> W + Send + 'static)
    where
        W: Future<Output = ()> + Send,
    {
        if self.is_stopping.load(Ordering::SeqCst) {
            return;
        }
        let Some(place) = turns(self).place() else { return };
        let events = Arc::clone(self);
        let work = async move {
            let _place = place;
            let _turn = turns(&events).turn().await;
            // The work's state is large, and thousands may be waiting: made only when its turn has come.
            Box::pin(work(Arc::clone(&events))).await;
        };
        self.running.spawn_on(work, &self.home);
    }

    async fn delete(self: &Arc<Self>, channel: ChannelId, messages: Vec<MessageId>) {
        let Some(id) = self.own_id().await else { return };
        self.take(DELETIONS, move |events| async move { events.bot.handle_deletion(channel, &messages, id).await });
    }

    /// Has the store know which servers the bot is in, however long it takes.
    fn note_membership(self: &Arc<Self>, guilds: Vec<GuildId>, shard: Option<Shard>) {
        self.keep_trying("cannot note which servers the bot is in", move |bot| {
            let guilds = guilds.clone();
            async move { bot.note_membership(&guilds, shard).await }
        });
    }

    /// Notes that the bot is in `guild`, of which something was told; some servers say so in no other way.
    fn meet(self: &Arc<Self>, guild: GuildId) {
        if self.bot.servers.meet(guild) {
            self.note_membership(vec![guild], None);
        }
    }

    /// Has what was asked in the threads of a deleted channel go, however long it takes.
    fn forget_threads_of(self: &Arc<Self>, channel: ChannelId, guild: GuildId) {
        let forget = move |bot: Arc<Bot>| async move { bot.forget_threads_of(channel, guild).await };
        self.keep_trying("what was asked in threads of a deleted channel is still there", forget);
    }

    /// Does what needs the store, however long it takes. It is not waited for at the end.
    fn keep_trying<W>(self: &Arc<Self>, failing: &'static str, work: impl Fn(Arc<Bot>) -> W + Send + 'static)
    where
        W: Future<Output = Result<(), store::Fault>> + Send,
    {
        let events = Arc::clone(self);
        self.home.spawn(async move {
            while !events.is_stopping.load(Ordering::SeqCst) {
                match work(Arc::clone(&events.bot)).await {
                    Ok(()) => return,
                    Err(fault) => tracing::debug!("{failing}: {fault}"),
                }
                tokio::time::sleep(events.pace.forget_again).await;
            }
        });
    }

    /// Registers the commands, once, however long it takes, unless they are refused for good.
    async fn register(&self) {
        if self.is_registering.swap(true, Ordering::SeqCst) {
            return;
        }
        let mut next_pause = self.pace.retry;
        while !self.is_stopping.load(Ordering::SeqCst) {
            let registering = register(self.bot.send.rest(), self.guild, &self.options);
            let mut pause = next_pause;
            match tokio::time::timeout(self.pace.patience.request, registering).await {
                Ok(Ok(true)) => return tracing::info!("registered the commands"),
                Ok(Ok(false)) => return tracing::debug!("the commands are registered already"),
                Ok(Err(Failed { fault, after, .. })) => {
                    tracing::warn!("cannot register the commands: {fault}");
                    if fault.is_refusal() {
                        return;
                    }
                    // Asking sooner would be refused again, and counted.
                    pause = pause.max(after.unwrap_or_default());
                }
                Err(_) => tracing::warn!("cannot register the commands: no answer in time"),
            }
            tokio::time::sleep(pause).await;
            next_pause = (next_pause * 2).min(self.pace.retry_most);
        }
    }

    /// Each kind has a box of its own: what all of them together keep across their waits is large.
    async fn handle_interaction(&self, context: &Context, interaction: Interaction) {
        match interaction {
            Interaction::Component(component) => Box::pin(self.bot.handle_component(&component)).await,
            Interaction::Modal(form) => Box::pin(self.bot.handle_form(&form)).await,
            Interaction::Command(_) | Interaction::Autocomplete(_) => {
                let (Some(bot_id), Some(manager)) = (self.id.get(), self.manager.load_full()) else { return };
                let framework = FrameworkContext {
                    serenity_context: context,
                    bot_id: *bot_id,
                    options: &self.options,
                    user_data: &self.bot,
                    shard_manager: &manager,
                };
                Box::pin(poise::dispatch_event(framework, FullEvent::InteractionCreate { interaction })).await;
            }
            _ => {}
        }
    }
}

#[async_trait]
impl EventHandler for Handler {
    async fn ready(&self, context: Context, ready: Ready) {
        let events = Arc::clone(&self.0);
        let _ = events.id.set(ready.user.id);
        let shard = ready.shard.map(|shard| Shard { number: shard.id.0.into(), of: shard.total.into() });
        let shard = shard.unwrap_or(Shard { number: 0, of: 1 });
        let guilds: Vec<GuildId> = ready.guilds.iter().map(|guild| guild.id).collect();
        events.bot.servers.name(&guilds);
        // It may have been thrown out of others while it was cut off.
        events.bot.servers.keep_only(&guilds, events.pace.settle, |guild| shard.has(ServerId(guild.get())));
        events.note_membership(Vec::new(), Some(shard));
        events.named.send_modify(|named| _ = named.insert(context.shard_id));
        let now = Instant::now();
        events.connected.send_modify(|last| *last = Some((now, last.map_or(0, |(_, times)| times) + 1)));
        tracing::info!(bot = ready.user.id.get(), servers = ready.guilds.len(), "connected to Discord");
        // Not waited for at the end: it can be done at the next start.
        self.0.home.spawn(async move { events.register().await });
    }

    async fn resume(&self, _: Context, _: ResumedEvent) {
        tracing::info!("connected to Discord again");
    }

    async fn guild_create(&self, context: Context, guild: Guild, _: Option<bool>) {
        // Which servers the bot was in before is told first, but events are handled in no order.
        if self.0.own_id().await.is_none() || !self.0.has_named(context.shard_id).await {
            return;
        }
        let is_new = !self.0.bot.servers.has(guild.id);
        // Replies may be waiting for its language, each in its turn.
        let has_joined = self.0.bot.joins(&guild, self.0.is_settled());
        self.0.bot.learn_threads(&guild.threads);
        // Looks at once whether the bot is there.
        if is_new {
            self.0.note_membership(vec![guild.id], None);
        }
        if has_joined {
            self.0.take(MESSAGES, move |events| async move { events.bot.greet(&guild).await });
        }
    }

    async fn guild_update(&self, _: Context, _: Option<Guild>, guild: PartialGuild) {
        self.0.bot.servers.tell(guild.id, language_of_locale(&guild.preferred_locale));
    }

    async fn guild_delete(&self, _: Context, guild: UnavailableGuild, _: Option<Guild>) {
        // One that is only out of reach is not left.
        if !guild.unavailable {
            self.0.bot.servers.forget(guild.id);
            self.0.note_membership(vec![guild.id], None);
        }
    }

    async fn channel_delete(&self, _: Context, channel: GuildChannel, _: Option<Vec<Message>>) {
        self.0.bot.forget_channel(channel.id);
        if matches!(channel.kind, ChannelType::Text | ChannelType::News | ChannelType::Forum) {
            self.0.forget_threads_of(channel.id, channel.guild_id);
        }
    }

    async fn thread_create(&self, _: Context, thread: GuildChannel) {
        self.0.bot.learn_threads(std::slice::from_ref(&thread));
    }

    async fn thread_delete(&self, _: Context, thread: PartialGuildChannel, _: Option<GuildChannel>) {
        self.0.bot.forget_channel(thread.id);
    }

    async fn message(&self, _: Context, message: Message) {
        let arrived = Moment::now();
        let Some(id) = self.0.own_id().await else { return };
        if let Some(guild) = message.guild_id {
            self.0.meet(guild);
        }
        // What is not meant for the bot, which is most, waits for no turn.
        let Some(heard) = self.0.bot.hear(&message, id) else { return };
        self.0.take(MESSAGES, move |events| async move { events.bot.handle_message(&message, heard, arrived).await });
    }

    async fn message_delete(&self, _: Context, channel: ChannelId, message: MessageId, _: Option<GuildId>) {
        self.0.delete(channel, vec![message]).await;
    }

    async fn message_delete_bulk(&self, _: Context, channel: ChannelId, messages: Vec<MessageId>, _: Option<GuildId>) {
        self.0.delete(channel, messages).await;
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let id = match &interaction {
            Interaction::Command(command) | Interaction::Autocomplete(command) => command.id,
            Interaction::Component(component) => component.id,
            Interaction::Modal(form) => form.id,
            _ => return,
        };
        // It counts as seen only when it can be answered.
        if self.0.own_id().await.is_none() || !self.0.seen.see(id) {
            return;
        }
        if let Some(guild) = installed_in(&interaction).filter(|_| !self.0.bot.servers.are_named()) {
            self.0.meet(guild);
        }
        self.0.take(INTERACTIONS, move |events| async move { events.handle_interaction(&context, interaction).await });
    }
}

/// The server that a command was used in, unless the bot is only an app of the member's own there.
fn installed_in(interaction: &Interaction) -> Option<GuildId> {
    let Interaction::Command(command) = interaction else { return None };
    let owners = &command.authorizing_integration_owners.0;
    let is_of_server =
        |owner: &AuthorizingIntegrationOwner| matches!(owner, AuthorizingIntegrationOwner::GuildInstall(_));
    command.guild_id.filter(|_| owners.is_empty() || owners.iter().any(is_of_server))
}
