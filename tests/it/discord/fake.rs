//! A fake Discord: REST and gateway on loopback, stateful, and as strict as the real one.
//!
//! A test reads like a conversation:
//!
//! ```ignore
//! let discord = Discord::start();                        // a server with #general, and the bot Needle in it
//! let bot = run_the_bot(discord.api_url(), discord.token());
//! discord.connected().await;
//!
//! let ada = discord.member("ada");                       // in #general; ada.at(&place), ada.in_private()
//! let reply = ada.asks("how long will i be red").await;  // mentions the bot; waits for its reply
//! reply.shows("About two days");
//! let reply = reply.clicks("None of these").await;       // the edited message, a new one, a form, or gone
//! reply.is_gone();
//!
//! let choices = ada.types("/ask", "question", "how lo").await;
//! choices.shows(&["How long will I be red?"]);
//! let reply = choices.picks("How long will I be red?").await;
//! insta::assert_snapshot!(reply.text());                 // as ada sees it
//!
//! let grace = discord.moderator("grace");
//! grace.uses("/faq settings", []).await.is_private();
//! let form = card.clicks("Teach as off-topic …").await;  // a question's card, see `inbox.rs`
//! let preview = form.fills([("The question", "Can snails smell?")]).await;
//! insta::assert_snapshot!(discord.channel("general").transcript());
//!
//! discord.nothing_further().await;                       // every test of a conversation ends so
//! ```
//!
//! What the bot does is noted and *taken* by what waits for it: `asks`, `uses`, `clicks`, `reaction`, `disappears`,
//! `changes`, `refused`. [`Discord::nothing_further`] fails on whatever was not taken. `…_without_waiting` begins
//! the same without waiting for the answer.
//!
//! **Refusals.** What Discord refuses is answered with its status, code and JSON. A refusal that only a mistake of the
//! bot can bring about (an invalid body, a second callback) fails the test where it waits next, unless the test takes
//! it with [`Discord::refused`]; any other (a missing permission, an unknown message) must be taken before
//! `nothing_further`. A route or a field that the fake does not know always fails the test.
//!
//! **Rest.** `nothing_further` first makes sure that the bot has read every event (it asks for a heartbeat), then
//! uses [`Setup::probe`], a command, in a channel of its own, twice, one after the other: each goes the whole way of an
//! event through the bot. It then waits until no request is being answered. For an event that the bot leaves
//! unanswered that is as good as certain, not proven: its handler could sleep for longer than two answers take. Where
//! proof is wanted, stop the bot in order first, which waits for its handlers, then call `nothing_further`.
//!
//! **Time.** [`Discord::time_passes`] puts this Discord's clock ahead: interactions and their tokens grow old without
//! anybody waiting.
//!
//! **Faults.** `fails` (next requests to a route like `POST /channels/*/messages`), `holds` (until a [`Gate`] opens),
//! `limits` (429 with headers), `answers_after`, `goes_away`/`comes_back`, `drops_connections`, `asks_to_reconnect`
//! (op 7), `invalidates_sessions` (op 9), `closes` (a close code), `closes_without_code`, `hangs`, `next_identify_closes`,
//! `ignores_heartbeats`, `delivers_twice`.
//!
//! **Dialects.** What other servers that speak the protocol word otherwise: `answers_otherwise`, `tells_otherwise`,
//! `never_tells`, `tells_with_ready`, `tells_no_retry_after`, `refuses_embeds`, until `speaks_plainly`.
//!
//! **The release binary.** With a rate limiter, serenity cannot be pointed at another address. [`Discord::proxy`] starts
//! a proxy that speaks TLS as discord.com; run the binary with [`Proxy::environment`] and without an `api_url`.

mod bot;
#[allow(dead_code, reason = "`benches/load` measures with it")]
mod course;
mod dialect;
mod faults;
mod form;
mod gateway;
mod people;
mod places;
#[cfg(target_os = "linux")]
mod proxy;
mod refusal;
mod render;
mod rest;
mod server;
mod state;
mod strict;
mod trouble;
mod wire;

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serenity::all::Permissions;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

#[allow(unused_imports, reason = "`benches/load` measures with it")]
pub use course::Course;
pub use faults::Fault;
pub use people::{Member, OnMessage, Pending, Posted, Reply};
pub use places::Place;
#[cfg(target_os = "linux")]
#[allow(unused_imports, reason = "`benches/load` has one of its own")]
pub use proxy::Proxy;
pub use refusal::Refusal;
pub use state::Id;

use server::{Server, Shared, mistakes};
use state::{Guild, Role, State, What, kind};

/// What `@everyone` may do.
const EVERYONE: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::CREATE_PUBLIC_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::ATTACH_FILES)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::ADD_REACTIONS)
    .union(Permissions::USE_APPLICATION_COMMANDS)
    .union(Permissions::USE_EXTERNAL_APPS);

/// When the bot was let into servers that it has been in for long, since the Unix epoch.
const LONG_AGO: Duration = Duration::from_hours(473_352);

/// What a fake Discord is started with.
#[derive(Clone)]
pub struct Setup {
    pub bot_name: String,
    pub token: String,
    pub heartbeat: Duration,
    /// Whether the bot was granted the message content intent.
    pub grants_content: bool,
    /// How many shards `GET /gateway/bot` recommends.
    pub shards: u64,
    /// The command that `nothing_further` uses to see whether the bot has come to rest, and its options; skipped where
    /// it is not registered.
    pub probe: (&'static str, &'static [(&'static str, &'static str)]),
    /// Fields of the application that differ from the usual ones.
    pub application: serde_json::Value,
    /// How long the bot has to wait between two logins: five seconds in Discord, nothing unless a test is about it.
    pub between_logins: Duration,
    /// Whether nothing answers until `comes_back`.
    pub is_away: bool,
    /// Whether only [`courses`](Discord::courses), refusals and mistakes are kept: for more events than memory holds.
    /// Nothing can be waited for, looked at or resumed then.
    pub is_brief: bool,
    /// The id of the server “Community”; a new one where it is `None`.
    pub server_id: Option<Id>,
    /// Where the gateway is; set when it starts.
    pub gateway_url: String,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            bot_name: "Needle".into(),
            token: "MTIzNDU2Nzg5MDEyMzQ1Njc4.GfAkE_.not-a-token-of-the-real-discord".into(),
            heartbeat: Duration::from_millis(41_250),
            grants_content: false,
            shards: 1,
            probe: ("/about", &[]),
            application: serde_json::json!({}),
            between_logins: Duration::ZERO,
            is_away: false,
            is_brief: false,
            server_id: None,
            gateway_url: String::new(),
        }
    }
}

/// A fake Discord; it ends when it is dropped, and then fails the test if the bot did what no bot may do.
pub struct Discord {
    server: Shared,
    guild: Id,
    api_url: String,
    runtime: Handle,
    _end: oneshot::Sender<()>,
}

impl Discord {
    /// A server “Community” with #general, and the bot Needle in it.
    pub fn start() -> Self {
        Self::start_with(Setup::default())
    }

    /// The same with another bot, other intents, or other times.
    pub fn start_with(mut setup: Setup) -> Self {
        let listen = || {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port on loopback");
            listener.set_nonblocking(true).expect("a socket without blocking");
            let address = listener.local_addr().expect("an address");
            (listener, address)
        };
        let ((rest, rest_address), (gateway, gateway_address)) = (listen(), listen());
        setup.gateway_url = format!("ws://{gateway_address}");
        let mut state = State::new(setup);
        state.faults.is_away = state.setup.is_away;
        let id = state.setup.server_id.unwrap_or_else(|| state.id());
        let guild = add_guild(&mut state, id, "Community");
        places::find_or_add(&mut state, guild, "general", kind::TEXT);
        let server = Arc::new(Server::new(state));
        let (end, ended) = oneshot::channel();
        let own = Shared::clone(&server);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let handle = runtime.handle().clone();
        // A thread of its own: the fake answers also while the test blocks.
        thread::spawn(move || {
            runtime.block_on(async move {
                let adopt = |listener| tokio::net::TcpListener::from_std(listener).expect("a listener");
                tokio::spawn(rest::listen(Shared::clone(&own), adopt(rest)));
                tokio::spawn(gateway::listen(own, adopt(gateway)));
                let _ = ended.await;
            });
        });
        Self { server, guild, api_url: format!("http://{rest_address}"), runtime: handle, _end: end }
    }

    /// Where REST is, without `/api/v10`.
    pub fn api_url(&self) -> &str {
        &self.api_url
    }

    /// The token that the bot has to use.
    pub fn token(&self) -> String {
        self.server.with(|state| state.setup.token.clone())
    }

    /// The bot's user id, which is its application's too.
    pub fn bot_id(&self) -> Id {
        self.server.with(|state| state.bot)
    }

    /// The id of the server “Community”.
    pub fn server_id(&self) -> Id {
        self.guild
    }

    /// The member with this name, in #general.
    pub fn member(&self, name: &str) -> Member {
        self.member_with(name, Permissions::empty())
    }

    /// A member with the role Moderators, who may manage the server and messages.
    pub fn moderator(&self, name: &str) -> Member {
        self.member_with(name, Permissions::MANAGE_GUILD | Permissions::MANAGE_MESSAGES)
    }

    /// A member with more permissions than everyone.
    pub fn member_with(&self, name: &str, permissions: Permissions) -> Member {
        let channel = self.channel("general").id;
        let id = self.server.with(|state| {
            let id = state.user_named(name).unwrap_or_else(|| state.add_user(name, false));
            join(state, self.guild, id, permissions);
            id
        });
        Member { server: Shared::clone(&self.server), id, channel }
    }

    /// Gives a member a role of this name that allows nothing by itself, and returns its id.
    pub fn gives_role(&self, member: &Member, name: &str) -> Id {
        self.server.with(|state| {
            let known = state.guilds[&self.guild].roles.values().find(|role| role.name == name).map(|role| role.id);
            let id = known.unwrap_or_else(|| state.id());
            let guild = state.guilds.get_mut(&self.guild).expect("a server");
            let role = Role { id, name: name.into(), permissions: Permissions::empty() };
            guild.roles.entry(id).or_insert(role);
            guild.members.entry(member.id).or_default().push(id);
            id
        })
    }

    /// Takes a role away from a member.
    pub fn takes_role(&self, member: &Member, role: Id) {
        self.server.with(|state| {
            let guild = state.guilds.get_mut(&self.guild).expect("a server");
            guild.members.entry(member.id).or_default().retain(|own| *own != role);
        });
    }

    /// Lets a member manage the server of `place`.
    pub fn owns(&self, member: &Member, place: &Place) {
        let guild = place.server_id();
        self.server.with(|state| join(state, guild, member.id, Permissions::MANAGE_GUILD));
    }

    /// From now on, every command is shown to everybody, as a server's integration settings can have it.
    pub fn shows_every_command(&self) {
        self.server.with(|state| state.faults.shows_every_command = true);
    }

    /// Another bot, in #general.
    pub fn other_bot(&self, name: &str) -> Member {
        let member = self.member(name);
        self.server.with(|state| state.users.get_mut(&member.id).expect("a user").is_bot = true);
        member
    }

    /// The text channel with this name, made if there is none.
    pub fn channel(&self, name: &str) -> Place {
        let id = self.server.with(|state| places::find_or_add(state, self.guild, name, kind::TEXT));
        Place { server: Shared::clone(&self.server), id }
    }

    /// The #general of another server with the bot in it, which it joins now if it was not there.
    pub fn another_server(&self, name: &str) -> Place {
        let id = self.server.with(|state| {
            let known = state.guilds.values().find(|guild| guild.name == name).map(|guild| guild.id);
            let guild = known.unwrap_or_else(|| {
                let id = state.id();
                add_guild(state, id, name)
            });
            let channel = places::find_or_add(state, guild, "general", kind::TEXT);
            if known.is_none() {
                let data = wire::guild_create(state, guild);
                state.dispatch("GUILD_CREATE", Some(guild), &data);
            }
            channel
        });
        Place { server: Shared::clone(&self.server), id }
    }

    /// The #general of a new server, which lets the bot in now; Discord's news are told there.
    pub fn lets_in(&self, name: &str, locale: &str) -> Place {
        let place = self.server_without_the_bot(name);
        self.server.with(|state| {
            let (guild, now, bot) = (state.channels[&place.id].guild.expect("a server"), state.now(), state.bot);
            let known = state.guilds.get_mut(&guild).expect("a server");
            locale.clone_into(&mut known.locale);
            known.system_channel = Some(place.id);
            known.joined = now;
            known.members.insert(bot, Vec::new());
        });
        place
    }

    /// Has the bot thrown out of a server.
    pub fn throws_the_bot_out(&self, place: &Place) {
        self.server.with(|state| {
            let (guild, bot) = (state.channels[&place.id].guild.expect("a server"), state.bot);
            state.dispatch("GUILD_DELETE", Some(guild), &serde_json::json!({ "id": wire::id(guild) }));
            state.guilds.get_mut(&guild).expect("a server").members.remove(&bot);
        });
    }

    /// Has the bot let into a server again.
    pub fn lets_the_bot_in(&self, place: &Place) {
        self.server.with(|state| {
            let (guild, bot) = (state.channels[&place.id].guild.expect("a server"), state.bot);
            state.guilds.get_mut(&guild).expect("a server").members.entry(bot).or_default();
            let data = wire::guild_create(state, guild);
            state.dispatch("GUILD_CREATE", Some(guild), &data);
        });
    }

    /// Has a server drop out of reach for everybody, as in an outage.
    pub fn loses_sight_of(&self, place: &Place) {
        self.server.with(|state| {
            let guild = state.channels[&place.id].guild.expect("a server");
            let data = serde_json::json!({ "id": wire::id(guild), "unavailable": true });
            state.dispatch("GUILD_DELETE", Some(guild), &data);
        });
    }

    /// The #general of a server that the bot is not in, made if there is none. Members have the bot there as an app
    /// of their own, see [`Member::installs_the_app`].
    pub fn server_without_the_bot(&self, name: &str) -> Place {
        let id = self.server.with(|state| {
            let known = state.guilds.values().find(|guild| guild.name == name).map(|guild| guild.id);
            let guild = known.unwrap_or_else(|| {
                let id = state.id();
                let guild = add_guild(state, id, name);
                let bot = state.bot;
                state.guilds.get_mut(&guild).expect("just added").members.remove(&bot);
                guild
            });
            places::find_or_add(state, guild, "general", kind::TEXT)
        });
        Place { server: Shared::clone(&self.server), id }
    }

    /// A direct conversation of several people without the bot.
    pub fn group(&self, people: &[&Member]) -> Place {
        let people = people.iter().map(|member| member.id).collect();
        let id = self.server.with(|state| state.add_channel(None, "group", kind::GROUP, None, people));
        Place { server: Shared::clone(&self.server), id }
    }

    /// Asserts that the bot, once it has come to rest, has done nothing that the test has not looked at.
    ///
    /// # Panics
    ///
    /// If it has, or if the bot made any mistake.
    pub async fn nothing_further(&self) {
        self.flush().await;
        for _ in 0..2 {
            self.probe().await;
        }
        self.server.until("the bot's last request", |state| (state.in_flight == 0).then_some(())).await;
        self.server.with(|state| {
            let mistakes = mistakes(state);
            assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
            let is_of_probe = |what: &What| match what {
                What::Posted { interaction, .. } | What::Edited { interaction, .. } => {
                    interaction.is_some_and(|interaction| state.interactions[&interaction].is_probe)
                }
                _ => false,
            };
            let left = state.happenings.iter().filter(|happening| !happening.is_taken && !is_of_probe(&happening.what));
            let left: Vec<_> = left.map(|happening| happening.line.as_str()).collect();
            assert!(left.is_empty(), "the bot did more than the test looked at:\n{}", left.join("\n"));
        });
    }

    /// Waits until the bot has read every event told so far.
    pub async fn flush(&self) {
        let wanted = self.server.with(|state| {
            let live: Vec<_> = state.gateway.live().filter_map(|session| session.connection).collect();
            for connection in &live {
                let ask = serde_json::json!({ "op": 1, "d": null });
                state.gateway.send(*connection, gateway::Out::Frame(ask));
            }
            state.gateway.heartbeats + live.len()
        });
        let is_read = |state: &mut State| {
            let all_gone = state.gateway.live().next().is_none();
            (all_gone || state.gateway.heartbeats >= wanted).then_some(())
        };
        self.server.until("a heartbeat that was asked for", is_read).await;
    }

    /// Sends an interaction the whole way through the bot.
    async fn probe(&self) {
        let channel = self.channel("probe").id;
        let (command, options) = self.server.with(|state| state.setup.probe);
        let member = Member { channel, ..self.member("probe") };
        let is_connected = self.server.with(|state| state.gateway.live().next().is_some());
        if !is_connected || !member.is_offered(command) {
            return;
        }
        let interaction = member.uses_command(command, options, true).interaction;
        let what = format!("an answer to {command}, which tells whether the bot has come to rest");
        let is_answered = |state: &mut State| {
            let is_connected = state.gateway.live().next().is_some();
            (!is_connected || state.interactions[&interaction].answer.is_some()).then_some(())
        };
        self.server.until(&what, is_answered).await;
    }

    /// Puts this Discord's clock ahead.
    pub fn time_passes(&self, time: Duration) {
        self.server.with(|state| state.pass(time));
    }
}

impl Drop for Discord {
    fn drop(&mut self) {
        if !thread::panicking() {
            let mistakes = self.server.with(|state| mistakes(state));
            assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
        }
    }
}

/// A server with the bot and its owner in it.
fn add_guild(state: &mut State, id: Id, name: &str) -> Id {
    let owner = state.user_named("owner").unwrap_or_else(|| state.add_user("owner", false));
    let everyone = Role { id, name: "@everyone".into(), permissions: EVERYONE };
    let members = [(owner, Vec::new()), (state.bot, Vec::new())];
    let roles = [(id, everyone)];
    state.guilds.insert(
        id,
        Guild {
            id,
            name: name.into(),
            locale: "en-US".into(),
            system_channel: None,
            joined: LONG_AGO,
            owner,
            roles: roles.into(),
            members: members.into(),
        },
    );
    id
}

/// Makes somebody a member of a server, with a role of these permissions.
fn join(state: &mut State, guild: Id, user: Id, permissions: Permissions) {
    let fresh = state.id();
    let guild = state.guilds.get_mut(&guild).expect("a server");
    let roles = guild.members.entry(user).or_default();
    if permissions.is_empty() {
        return;
    }
    let known = guild.roles.values().find(|role| role.permissions == permissions && role.id != guild.id);
    let role = known.map_or(fresh, |role| role.id);
    let name = if permissions.manage_guild() { "Moderators" } else { "Helpers" };
    guild.roles.entry(role).or_insert_with(|| Role { id: role, name: name.into(), permissions });
    if !roles.contains(&role) {
        roles.push(role);
    }
}
