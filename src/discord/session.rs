//! A session: the connection to Discord from start to stop.
//!
//! The shards are run by serenity's shard manager, which is used without serenity's client: that would go to the real
//! Discord's gateway where the configured one cannot be asked for its own. Around it: a start that gives up in the
//! end, a watch over shards that no longer get anywhere, and an end that lets running replies finish.

mod events;
mod link;
mod reach;
mod turns;
mod unread;
mod watch;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Client;
use serenity::all::{GatewayError, GatewayIntents, GuildId, Http, HttpBuilder};
use tokio::time::Instant;

use crate::config::{self, DISCORD_URL, Token};
use crate::store::{self, SettingsCache};

use super::keeper::{Keep, Keeper};
use super::notices::Notices;
use super::seal::Seal;
use super::send::{Patience, Rest, Sender, no_mentions};
use super::{Answering, Bot};
use events::Events;
use link::Link;
use reach::Refusal;

/// What the bot asks to be told: the servers that it is in, and messages, of which it only sees the text where it is
/// meant. Nothing privileged.
const INTENTS: GatewayIntents =
    GatewayIntents::GUILDS.union(GatewayIntents::GUILD_MESSAGES).union(GatewayIntents::DIRECT_MESSAGES);

/// For how long a connection to Discord's REST interface is kept while it has nothing to do: a burst needs many at
/// once, and each takes memory. All that a burst needed are kept so long: fewer would have to be made anew while it
/// lasts, which costs more than all else.
const IDLE_CONNECTION: Duration = Duration::from_secs(10);

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
    /// What to keep, and where.
    pub keep: Keep,
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
    /// How often each connection is tried.
    pub pulse: Duration,
    /// After how long without a further connection that is still to be made it is begun anew.
    pub connect: Duration,
    /// After how long a connection through which nothing comes, not even an answer to a heartbeat, is given up.
    pub silence: Duration,
    /// Between two logins; doubled for each in a row that led to nothing, up to [`login_most`](Self::login_most).
    pub login: Duration,
    /// The longest pause between logins.
    pub login_most: Duration,
    /// After how long the servers that the bot was in before are known to it where none were named when it was let in.
    pub settle: Duration,
    /// How long running replies may take to finish, and what is to be kept to be written after them.
    pub drain: Duration,
    /// How long Discord may take to acknowledge the end.
    pub close: Duration,
    /// How long a start waits for the store.
    pub open: Duration,
    /// For what is to be written into the store.
    pub records: store::Pace,
    /// How often the cards in moderators' channels are looked after where nothing happens.
    pub cards: Duration,
    /// How long they are left alone at least in between.
    pub cards_rest: Duration,
    /// How often a server gets a new card once it has got many at once.
    pub new_card: Duration,
    /// How often settings that another process changed are looked for.
    pub settings: Duration,
    /// How often what has had its time is deleted from the store.
    pub forget: Duration,
    /// After how long that is tried again where it could not be done, and after how long what panicked in the
    /// background is begun anew.
    pub forget_again: Duration,
    /// How often is looked for questions that are answered by now, and for those who want to be told, where nothing
    /// happens.
    pub notices: Duration,
    /// After how long all open questions are asked once more when the knowledge has changed.
    pub review: Duration,
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
    /// Discord could not be reached, or gave no useful answer.
    #[error("cannot reach Discord at {url}{}: {cause}", limit(*patience))]
    Unreachable {
        /// Where it was looked for.
        url: String,
        /// For how long, where that is `discord.connect_timeout_secs`.
        patience: Option<Duration>,
        /// What happened the last time.
        cause: String,
    },
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            patience: Patience::default(),
            retry: Duration::from_secs(1),
            retry_most: Duration::from_secs(15),
            pulse: Duration::from_secs(5),
            // Serenity makes one every 5 s.
            connect: Duration::from_secs(30),
            // Discord asks for a heartbeat every 41 s.
            silence: Duration::from_mins(2),
            login: Duration::from_secs(5),
            login_most: Duration::from_mins(5),
            settle: Duration::from_secs(1),
            drain: Duration::from_secs(10),
            close: Duration::from_millis(800),
            open: Duration::from_secs(5),
            records: store::Pace::default(),
            cards: Duration::from_secs(2),
            cards_rest: Duration::from_millis(250),
            new_card: Duration::from_secs(15),
            settings: SettingsCache::INTERVAL,
            forget: Duration::from_hours(1),
            forget_again: Duration::from_mins(1),
            notices: Duration::from_secs(5),
            review: Duration::from_secs(30),
        }
    }
}

impl Pace {
    /// How long to wait before the next login, after so many in a row that led to nothing.
    fn before_login(&self, failed: u32) -> Duration {
        self.login.saturating_mul(2_u32.saturating_pow(failed)).min(self.login_most)
    }
}

/// Connects and answers until `stop` is ready; then lets running replies finish, has written what is to be kept, and
/// closes the connection.
///
/// # Errors
/// When Discord refuses the bot, or is not reached in time at the start.
pub async fn run(start: Start, stop: impl Future<Output = ()>) -> Result<(), Failure> {
    let Start { token, settings, guild, answering, keep, pace } = start;
    let client = client().map_err(|cause| unreachable(&settings, &cause))?;
    let http = Arc::new(http(&token, &settings.api_url, client.clone()));
    let rest = || Rest::new(Arc::clone(&http), client.clone(), pace.patience.clone());
    let (sender, rest) = (Sender::new(rest(), Seal::new(&token)), rest());
    let keeper = Arc::new(Keeper::new(keep, &token, &pace));
    let bot = Arc::new(Bot::new(answering, sender, Arc::clone(&keeper), &settings));
    let events = Events::new(Arc::clone(&bot), guild, pace.clone());
    let notices = Notices::new(Arc::clone(&bot), events.running(), &pace);
    let session = Session { http, rest, events, settings, pace };
    tokio::pin!(stop);
    let mut link = None;
    let outcome = tokio::select! {
        () = &mut stop => Ok(()),
        failure = async {
            keeper.open(session.pace.open).await;
            let _tending = (keeper.tend(&session.pace), bot.tend_inbox(&session.pace));
            tokio::select! {
                failure = session.hold(&mut link) => failure,
                never = notices.give() => match never {},
            }
        } => Err(failure),
    };
    let Pace { drain, close, .. } = session.pace;
    let deadline = Instant::now() + drain;
    session.events.drain(drain).await;
    let goodbye = async {
        if let Some(link) = link {
            link.close(close).await;
        }
    };
    // Also where replies took all the time, there is some for what they left to be written.
    tokio::join!(goodbye, keeper.close(deadline.max(Instant::now() + close)));
    outcome
}

/// What stays the same while links come and go.
struct Session {
    http: Arc<Http>,
    rest: Rest,
    events: Arc<Events>,
    settings: config::Discord,
    pace: Pace,
}

impl Session {
    /// Keeps a link to Discord, which stands in `link`, for as long as Discord lets the bot in.
    async fn hold(&self, link: &mut Option<Link>) -> Failure {
        // When a bot that has never been let in gives up.
        let first_by = Instant::now() + self.settings.connect_timeout;
        let too_late = async {
            self.events.never_connected_by(first_by).await;
            self.unreachable("the gateway does not let the bot in")
        };
        let replaced = async {
            let mut failed = 0;
            loop {
                let times_connected = self.events.times_connected();
                let deadline = if times_connected > 0 { None } else { Some(first_by) };
                let gateway = match reach::gateway(&self.rest, &self.pace, deadline).await {
                    Ok(gateway) => gateway,
                    Err(Refusal::Token) => return Failure::Token,
                    Err(Refusal::TooLate(cause)) => return self.unreachable(&cause),
                };
                if let Some(closed) = gateway.closed {
                    let closed = closed.max(self.pace.login);
                    tracing::warn!("no login is left; waiting {} s for the next", closed.as_secs_f32());
                    tokio::time::sleep(closed).await;
                    continue;
                }
                let opened = Link::open(&gateway, &self.http, self.events.handler()).await;
                let current = match opened {
                    Ok(opened) => link.insert(opened),
                    Err(error) => return self.unreachable(&format!("no threads: {error}")),
                };
                self.events.set_manager(&current.manager);
                let reason = match self.last(current).await {
                    Ok(reason) => reason,
                    Err(failure) => return failure,
                };
                *link = None;
                failed = if self.events.times_connected() > times_connected { 0 } else { failed + 1 };
                let pause = self.pace.before_login(failed);
                tracing::warn!("{reason}; connecting anew in {} s", pause.as_secs_f32());
                tokio::time::sleep(pause).await;
            }
        };
        tokio::select! {
            failure = too_late => failure,
            failure = replaced => failure,
            never = watch::rate_limits(&self.http) => match never {},
        }
    }

    /// Waits for as long as the link is of use; returns why it is not any more.
    async fn last(&self, link: &Link) -> Result<&'static str, Failure> {
        let refusal = tokio::select! {
            reason = watch::stuck(link, &self.pace) => return Ok(reason),
            refusal = link.refused() => refusal,
        };
        match refusal {
            GatewayError::InvalidAuthentication => Err(Failure::Token),
            GatewayError::InvalidGatewayIntents | GatewayError::DisallowedGatewayIntents => Err(Failure::Intents),
            _ => Ok("the gateway refuses the bot"),
        }
    }

    fn unreachable(&self, cause: &str) -> Failure {
        unreachable(&self.settings, cause)
    }
}

fn limit(patience: Option<Duration>) -> String {
    let limit = |patience: Duration| format!(" within {} s (discord.connect_timeout_secs)", patience.as_secs());
    patience.map(limit).unwrap_or_default()
}

fn unreachable(settings: &config::Discord, cause: &str) -> Failure {
    Failure::Unreachable {
        url: settings.api_url.clone(),
        patience: Some(settings.connect_timeout),
        cause: cause.to_owned(),
    }
}

/// What makes connections to the REST interface.
///
/// # Errors
/// With the cause, when the system has no TLS to offer.
pub(super) fn client() -> Result<Client, String> {
    let client = Client::builder().pool_idle_timeout(IDLE_CONNECTION).build();
    client.map_err(|error| format!("no connections can be made: {error}"))
}

/// What speaks to the REST interface at `url`.
pub(super) fn http(token: &Token, url: &str, client: Client) -> Http {
    let builder = HttpBuilder::new(token.expose()).client(client).default_allowed_mentions(no_mentions());
    if url == DISCORD_URL {
        return builder.build();
    }
    // Serenity's rate limiter only knows Discord's own address; a proxy keeps the limits itself.
    builder.proxy(url).ratelimiter_disabled(true).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_that_lead_to_nothing_become_rare() {
        let pauses = [0, 1, 2, 5, 6, 7, u32::MAX].map(|failed| Pace::default().before_login(failed).as_secs());
        assert_eq!(pauses, [5, 10, 20, 160, 300, 300, 300]);
    }
}
