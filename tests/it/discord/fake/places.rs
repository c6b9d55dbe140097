//! Channels, threads and forums, as a test arranges them.

use serenity::all::Permissions;

use super::people::{Member, Reply};
use super::render;
use super::server::Shared;
use super::state::{Channel, Id, Overwrite, State, What, kind};
use super::wire;

/// A channel, a thread or a forum.
#[derive(Clone)]
pub struct Place {
    pub(super) server: Shared,
    pub(super) id: Id,
}

impl Place {
    /// The channel's id.
    pub fn id(&self) -> Id {
        self.id
    }

    /// The id of its server.
    pub fn server_id(&self) -> Id {
        self.server.with(|state| state.channels[&self.id].guild.expect("a channel of a server"))
    }

    /// The text channel `name` of the same server, made if there is none.
    #[allow(dead_code, reason = "`benches/load` has many channels")]
    pub fn beside(&self, name: &str) -> Self {
        let guild = self.server_id();
        Self { id: self.server.with(|state| find_or_add(state, guild, name, kind::TEXT)), ..self.clone() }
    }

    /// The forum `name` of the same server, made if there is none.
    pub fn forum(&self, name: &str) -> Self {
        let guild = self.server_id();
        Self { id: self.server.with(|state| find_or_add(state, guild, name, kind::FORUM)), ..self.clone() }
    }

    /// A new thread in this channel.
    pub fn thread(&self, name: &str) -> Self {
        let id = self.server.with(|state| {
            let guild = state.channels[&self.id].guild;
            let id = state.add_channel(guild, name, kind::THREAD, Some(self.id), Vec::new());
            state.announce_channel(id);
            id
        });
        Self { id, ..self.clone() }
    }

    /// Takes permissions from the bot in this channel.
    pub fn denies(&self, permissions: Permissions) {
        self.overwrite(Permissions::empty(), permissions);
    }

    /// Gives permissions to the bot in this channel.
    pub fn allows(&self, permissions: Permissions) {
        self.overwrite(permissions, Permissions::empty());
    }

    /// Tells the bot of its server: that it was let in, or that the server is back.
    pub fn is_told(&self) {
        let guild = self.server_id();
        self.server.with(|state| {
            let data = wire::guild_create(state, guild);
            state.dispatch("GUILD_CREATE", Some(guild), &data);
        });
    }

    /// Its server is out of reach for a while, or has removed the bot.
    pub fn goes(&self, is_removed: bool) {
        let guild = self.server_id();
        self.server.with(|state| {
            let data = serde_json::json!({ "id": wire::id(guild), "unavailable": !is_removed });
            state.dispatch("GUILD_DELETE", Some(guild), &data);
        });
    }

    /// Waits for a message of the bot here that replies to nothing, and returns what it shows.
    pub async fn hears(&self) -> String {
        let message = self.hears_message().await;
        self.server.with(|state| render::message(state, message, None))
    }

    /// Waits for a message of the bot here that replies to nothing, and hands it to `reader`.
    pub async fn hears_for(&self, reader: &Member) -> Reply {
        Reply::message(&reader.at(self), self.hears_message().await)
    }

    async fn hears_message(&self) -> Id {
        let is_here = |state: &State, what: &What| match what {
            What::Posted { message, interaction: None } => {
                let own = &state.messages[message];
                own.channel == self.id && own.reference.is_none()
            }
            _ => false,
        };
        match self.server.take("a message that replies to nothing", is_here).await {
            What::Posted { message, .. } => message,
            other => panic!("{other:?} is no message"),
        }
    }

    /// Its server is in another language from now on, like `de`.
    pub fn speaks(&self, locale: &str) {
        let guild = self.server_id();
        self.server.with(|state| {
            state.guilds.get_mut(&guild).expect("a server").locale = locale.into();
            let data = wire::guild(state, guild);
            state.dispatch("GUILD_UPDATE", Some(guild), &data);
        });
    }

    /// Takes permissions from everybody in its server, the bot among them.
    pub fn denies_everyone(&self, permissions: Permissions) {
        let guild = self.server_id();
        self.server.with(|state| {
            let guild = state.guilds.get_mut(&guild).expect("a server");
            guild.roles.get_mut(&guild.id).expect("everybody's role").permissions &= !permissions;
        });
    }

    fn overwrite(&self, allow: Permissions, deny: Permissions) {
        self.server.with(|state| {
            let bot = state.bot;
            let channel = state.channels.get_mut(&self.id).expect("a channel");
            channel.overwrites.retain(|overwrite| overwrite.of != bot);
            channel.overwrites.push(Overwrite { of: bot, is_member: true, allow, deny });
            let guild = channel.guild;
            let data = wire::channel(state, self.id);
            state.dispatch("CHANNEL_UPDATE", guild, &data);
        });
    }

    /// Archives the thread; a locked one stays so when somebody writes.
    pub fn archives(&self, is_locked: bool) {
        self.server.with(|state| {
            let channel = state.channels.get_mut(&self.id).expect("a thread");
            channel.is_archived = true;
            channel.is_locked = is_locked;
            let guild = channel.guild;
            let data = wire::channel(state, self.id);
            state.dispatch("THREAD_UPDATE", guild, &data);
        });
    }

    /// It is deleted for ever, and the threads in it with it, of which Discord tells nothing.
    pub fn is_deleted(&self) {
        self.server.with(|state| {
            let Channel { guild, kind: of, .. } = state.channels[&self.id];
            let mut told = wire::channel(state, self.id);
            let is_thread = of == kind::THREAD;
            if is_thread {
                let known = ["id", "guild_id", "parent_id", "type"];
                told.as_object_mut().expect("a thread").retain(|key, _| known.contains(&key.as_str()));
            }
            state.channels.retain(|id, place| *id != self.id && place.parent != Some(self.id));
            let State { channels, messages, .. } = state;
            for message in messages.values_mut() {
                message.is_deleted |= !channels.contains_key(&message.channel);
            }
            state.dispatch(if is_thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" }, guild, &told);
        });
    }

    /// Lets the server's automatic moderation block every message of the bot with this word.
    pub fn blocks(&self, word: &str) {
        self.server.with(|state| {
            let channel = state.channels.get_mut(&self.id).expect("a channel");
            channel.blocked_words.push(word.into());
        });
    }

    /// Everything that is in it, private messages too.
    pub fn transcript(&self) -> String {
        self.server.with(|state| render::channel(state, self.id, None))
    }

    /// A webhook that writes here.
    pub fn webhook(&self, name: &str) -> Member {
        let id = self.server.with(|state| state.user_named(name).unwrap_or_else(|| state.add_user(name, true)));
        Member { server: Shared::clone(&self.server), id, channel: self.id }
    }
}

/// The channel with this name, made and told to the bot if there is none.
pub fn find_or_add(state: &mut State, guild: Id, name: &str, of: u8) -> Id {
    let mut channels = state.channels.values();
    let found = channels.find(|channel| channel.guild == Some(guild) && channel.name == name && channel.kind == of);
    if let Some(found) = found {
        return found.id;
    }
    let id = state.add_channel(Some(guild), name, of, None, Vec::new());
    state.announce_channel(id);
    id
}
