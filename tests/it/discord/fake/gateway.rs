//! The gateway: sessions, the events they are told, and what the bot says on its connection.

mod socket;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{Event, Interaction, Message};
use tokio::sync::mpsc::UnboundedSender;

pub use socket::listen;

use super::state::{Guild, Id, State, kind};
use super::wire;

/// The intents that decide what a session is told.
mod intent {
    pub const GUILDS: u64 = 1 << 0;
    pub const MEMBERS: u64 = 1 << 1;
    pub const PRESENCES: u64 = 1 << 8;
    pub const GUILD_MESSAGES: u64 = 1 << 9;
    pub const GUILD_REACTIONS: u64 = 1 << 10;
    pub const DIRECT_MESSAGES: u64 = 1 << 12;
    pub const DIRECT_REACTIONS: u64 = 1 << 13;
    pub const CONTENT: u64 = 1 << 15;
    /// All bits that Discord gives a meaning.
    pub const ALL: u64 = 0x0331_FFFF;
}

/// What goes to a connection.
pub enum Out {
    Frame(Value),
    Close(u16, &'static str),
    /// A close frame without a code.
    CloseBare,
    /// The connection ends without a word.
    Drop,
}

pub type Connection = u64;

/// How a connection ended: who closed it, and with which code; `None` without a close frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    ByBot(Option<u16>),
    ByDiscord(Option<u16>),
}

pub struct Session {
    pub id: String,
    pub intents: u64,
    pub shard: (u64, u64),
    /// Every event told, in order: the first has number 1.
    pub told: Vec<Value>,
    pub connection: Option<Connection>,
    pub is_valid: bool,
}

#[derive(Default)]
pub struct Gateway {
    pub connections: BTreeMap<Connection, UnboundedSender<Out>>,
    pub sessions: Vec<Session>,
    /// How often a connection was made, a session begun and one resumed.
    pub connects: usize,
    pub identifies: usize,
    /// When the bot identified last.
    identified: Option<Duration>,
    pub resumes: usize,
    /// Heartbeats received.
    pub heartbeats: usize,
    /// How the connections ended, in order.
    pub ended: Vec<End>,
    /// The presence that the bot last asked for.
    pub presence: Value,
}

impl Gateway {
    pub fn send(&self, connection: Connection, out: Out) {
        if let Some(sender) = self.connections.get(&connection) {
            // A connection that has just ended reads no more.
            let _ = sender.send(out);
        }
    }

    /// The sessions that are connected.
    pub fn live(&self) -> impl Iterator<Item = &Session> {
        self.sessions.iter().filter(|session| session.connection.is_some())
    }

    pub fn drop_connections(&mut self) {
        for sender in self.connections.values() {
            let _ = sender.send(Out::Drop);
            self.ended.push(End::ByDiscord(None));
        }
        self.connections.clear();
        self.sessions.iter_mut().for_each(|session| session.connection = None);
    }
}

impl State {
    /// Tells every session that is to know of it about an event in `guild`, or in a direct conversation.
    pub fn dispatch(&mut self, event: &str, guild: Option<Id>, data: &Value) {
        // Of places that the bot is not in, it hears what somebody does with it there, and nothing else.
        let is_inside = |guild: Id| self.guilds[&guild].members.contains_key(&self.bot);
        if event != "INTERACTION_CREATE" && !guild.is_none_or(is_inside) {
            return;
        }
        if self.dialect.keeps(event, data) {
            return;
        }
        let needed = needed_intent(event, guild.is_some());
        let times = if self.faults.delivers_twice { 2 } else { 1 };
        for index in 0..self.gateway.sessions.len() {
            let Session { intents, shard: (shard, shards), is_valid, .. } = self.gateway.sessions[index];
            let own = guild.map_or(0, |guild| (guild >> 22) % shards);
            if !is_valid || own != shard || intents & needed != needed {
                continue;
            }
            for _ in 0..times {
                self.tell(index, event, data);
            }
        }
    }

    /// Tells a message event, with as much of the message as each session may see.
    pub fn dispatch_message(&mut self, event: &str, message: Id) {
        let channel = self.messages[&message].channel;
        if !self.has_bot(channel) {
            return;
        }
        let kept = wire::message_event(self, message, false);
        if self.dialect.keeps(event, &kept) {
            return;
        }
        let guild = self.channels[&channel].guild;
        let needed = needed_intent(event, guild.is_some());
        let times = if self.faults.delivers_twice { 2 } else { 1 };
        for index in 0..self.gateway.sessions.len() {
            let Session { intents, shard: (shard, shards), is_valid, .. } = self.gateway.sessions[index];
            let own = guild.map_or(0, |guild| (guild >> 22) % shards);
            if !is_valid || own != shard || intents & needed != needed {
                continue;
            }
            let data = wire::message_event(self, message, intents & intent::CONTENT != 0);
            for _ in 0..times {
                self.tell(index, event, &data);
            }
        }
    }

    pub(super) fn tell(&mut self, session: usize, event: &str, data: &Value) {
        let mut data = data.clone();
        if !self.dialect.event(event, &mut data) {
            return;
        }
        let session = &mut self.gateway.sessions[session];
        let frame = json!({ "op": 0, "s": session.told.len() + 1, "t": event, "d": data });
        session.told.push(if self.setup.is_brief { Value::Null } else { frame.clone() });
        // The client says that it does not know it, and the test may wait for an answer in vain.
        let is_readable = self.setup.is_brief
            || self.dialect.words(event)
            || serde_json::from_value::<Event>(frame.clone()).is_ok_and(|read| !matches!(read, Event::Unknown(_)));
        if let Some(connection) = session.connection {
            self.gateway.send(connection, Out::Frame(frame.clone()));
        }
        if !is_readable {
            let why = unreadable(&frame);
            self.mistake(format!("the client cannot read the fake's {event}: {why}"));
        }
    }

    /// Hears what the bot says on a connection.
    pub fn hear(&mut self, connection: Connection, said: &Value) {
        let data = &said["d"];
        match said["op"].as_u64() {
            Some(1) => {
                self.gateway.heartbeats += 1;
                if !self.faults.ignores_heartbeats {
                    self.gateway.send(connection, Out::Frame(json!({ "op": 11 })));
                }
            }
            Some(2) => self.identify(connection, data),
            Some(3) => self.gateway.presence = data.clone(),
            Some(6) => self.resume(connection, data),
            _ => {
                self.mistake(format!("the bot said on the gateway what the fake does not know: {said}"));
                self.gateway.send(connection, Out::Close(4001, "Unknown opcode."));
            }
        }
    }

    /// Whether this is the bot's token, with or without the word before it that REST needs.
    fn is_token(&self, given: &Value) -> bool {
        given.as_str().is_some_and(|given| given.strip_prefix("Bot ").unwrap_or(given) == self.setup.token)
    }

    fn identify(&mut self, connection: Connection, data: &Value) {
        self.gateway.identifies += 1;
        let now = self.now();
        let since = self.gateway.identified.replace(now).map(|last| now.saturating_sub(last));
        if let Some(since) = since.filter(|since| *since < self.setup.between_logins) {
            self.mistake(format!("the bot identified again after {since:?}: Discord ends sessions that begin so soon"));
        }
        let close = |gateway: &Gateway, code, why| gateway.send(connection, Out::Close(code, why));
        if !self.faults.identify_closes.is_empty() {
            let code = self.faults.identify_closes.remove(0);
            return close(&self.gateway, code, reason(code));
        }
        let intents = data["intents"].as_u64().unwrap_or(u64::MAX);
        let shard = (data["shard"][0].as_u64().unwrap_or(0), data["shard"][1].as_u64().unwrap_or(1));
        let privileged = intent::MEMBERS | intent::PRESENCES;
        let refused = if !self.is_token(&data["token"]) {
            4004
        } else if intents & !intent::ALL != 0 {
            4013
        } else if intents & privileged != 0 || intents & intent::CONTENT != 0 && !self.setup.grants_content {
            4014
        } else if shard.0 >= shard.1 {
            4010
        } else {
            0
        };
        if refused != 0 {
            return close(&self.gateway, refused, reason(refused));
        }
        for key in ["os", "browser", "device"] {
            if !data["properties"][key].is_string() {
                self.mistake(format!("the bot identified without properties.{key}"));
            }
        }
        let id = format!("session-{}", self.gateway.sessions.len() + 1);
        // Another session of the same shard may live on; the bot has left it if its connection is gone.
        let session = Session { id, intents, shard, told: Vec::new(), connection: Some(connection), is_valid: true };
        for old in self.gateway.sessions.iter_mut().filter(|old| old.shard == shard && old.connection.is_none()) {
            old.is_valid = false;
        }
        self.gateway.presence = data["presence"].clone();
        self.gateway.sessions.push(session);
        let index = self.gateway.sessions.len() - 1;
        let ready = wire::ready(self, index);
        self.tell(index, "READY", &ready);
        self.tell_kept(index);
        if intents & intent::GUILDS != 0 {
            let own = |guild: &&Guild| (guild.id >> 22) % shard.1 == shard.0 && guild.members.contains_key(&self.bot);
            let guilds: Vec<Id> = self.guilds.values().filter(own).map(|guild| guild.id).collect();
            for guild in guilds {
                let data = wire::guild_create(self, guild);
                self.tell(index, "GUILD_CREATE", &data);
            }
        }
    }

    fn resume(&mut self, connection: Connection, data: &Value) {
        if !self.is_token(&data["token"]) {
            return self.gateway.send(connection, Out::Close(4004, reason(4004)));
        }
        let index = self.gateway.sessions.iter().position(|session| data["session_id"] == session.id);
        let Some(index) = index.filter(|&index| self.gateway.sessions[index].is_valid && !self.setup.is_brief) else {
            for session in &mut self.gateway.sessions {
                session.is_valid &= data["session_id"] != session.id;
            }
            return self.gateway.send(connection, Out::Frame(json!({ "op": 9, "d": false })));
        };
        let session = &mut self.gateway.sessions[index];
        let seen = data["seq"].as_u64().and_then(|seen| usize::try_from(seen).ok()).unwrap_or(usize::MAX);
        if seen > session.told.len() {
            return self.gateway.send(connection, Out::Close(4007, reason(4007)));
        }
        let missed = session.told[seen..].to_vec();
        session.connection = Some(connection);
        self.gateway.resumes += 1;
        for frame in missed {
            self.gateway.send(connection, Out::Frame(frame));
        }
        self.tell(index, "RESUMED", &json!({}));
    }

    /// Notes how a connection has ended.
    pub fn disconnected(&mut self, connection: Connection, end: End) {
        if self.gateway.connections.remove(&connection).is_none() {
            return;
        }
        self.gateway.ended.push(end);
        for session in self.gateway.sessions.iter_mut().filter(|session| session.connection == Some(connection)) {
            session.connection = None;
            // A client that says goodbye in order does not come back.
            session.is_valid &= !matches!(end, End::ByBot(Some(1000 | 1001)));
        }
    }

    /// Opens or finds the channel of a kind that is told about; direct conversations are not told when they open.
    pub fn announce_channel(&mut self, channel: Id) {
        let (guild, of) = (self.channels[&channel].guild, self.channels[&channel].kind);
        if guild.is_some() {
            let event = if of == kind::THREAD { "THREAD_CREATE" } else { "CHANNEL_CREATE" };
            let data = wire::channel(self, channel);
            self.dispatch(event, guild, &data);
        }
    }
}

/// Why the client cannot read an event.
fn unreadable(frame: &Value) -> String {
    let data = frame["d"].clone();
    let error = match frame["t"].as_str() {
        Some("INTERACTION_CREATE") => serde_json::from_value::<Interaction>(data).err(),
        Some("MESSAGE_CREATE") => serde_json::from_value::<Message>(data).err(),
        Some("GUILD_CREATE") => serde_json::from_value::<serenity::all::Guild>(data).err(),
        _ => None,
    };
    error.map_or_else(|| "it says only that it does not know it".into(), |error| error.to_string())
}

/// The intent without which an event is not told.
fn needed_intent(event: &str, in_guild: bool) -> u64 {
    match event {
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" if in_guild => {
            intent::GUILD_MESSAGES
        }
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" => intent::DIRECT_MESSAGES,
        "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE" if in_guild => intent::GUILD_REACTIONS,
        "MESSAGE_REACTION_ADD" | "MESSAGE_REACTION_REMOVE" => intent::DIRECT_REACTIONS,
        "INTERACTION_CREATE" => 0,
        _ => intent::GUILDS,
    }
}

/// Discord's word for a close code.
fn reason(code: u16) -> &'static str {
    match code {
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4007 => "Invalid seq.",
        4008 => "Rate limited.",
        4009 => "Session timed out.",
        4010 => "Invalid shard.",
        4011 => "Sharding required.",
        4012 => "Invalid API version.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "Unknown error.",
    }
}
