//! What the fake Discord knows: people, places, messages, commands, interactions, and what the bot has done.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use serenity::all::Permissions;

use super::Setup;
use super::dialect::Dialect;
use super::faults::Faults;
use super::gateway::Gateway;
use super::refusal::Refusal;

/// A snowflake.
pub type Id = u64;

/// Discord's numbers for kinds of channels.
pub mod kind {
    pub const TEXT: u8 = 0;
    pub const DIRECT: u8 = 1;
    pub const GROUP: u8 = 3;
    pub const THREAD: u8 = 11;
    pub const FORUM: u8 = 15;
}

/// The flag of a message that only one person sees.
pub const EPHEMERAL: u64 = 1 << 6;

/// Discord's epoch, in milliseconds of Unix time.
const EPOCH_MILLIS: u128 = 1_420_070_400_000;

#[derive(Clone)]
pub struct User {
    pub id: Id,
    pub name: String,
    pub is_bot: bool,
    pub locale: String,
    /// Whether the bot's direct messages are refused.
    pub refuses_direct: bool,
    /// Whether they have added the bot to their own account.
    pub has_app: bool,
}

pub struct Guild {
    pub id: Id,
    pub name: String,
    pub locale: String,
    /// Where Discord tells news such as that somebody joined.
    pub system_channel: Option<Id>,
    /// When the bot was let in.
    pub joined: Duration,
    pub owner: Id,
    /// The role with the guild's own id is `@everyone`.
    pub roles: BTreeMap<Id, Role>,
    /// The roles of each member, without `@everyone`.
    pub members: BTreeMap<Id, Vec<Id>>,
}

pub struct Role {
    pub id: Id,
    pub name: String,
    pub permissions: Permissions,
}

/// What is allowed and denied in one channel to a role or a member.
pub struct Overwrite {
    pub of: Id,
    pub is_member: bool,
    pub allow: Permissions,
    pub deny: Permissions,
}

pub struct Channel {
    pub id: Id,
    pub guild: Option<Id>,
    pub name: String,
    pub kind: u8,
    pub parent: Option<Id>,
    pub overwrites: Vec<Overwrite>,
    /// The people of a direct conversation.
    pub people: Vec<Id>,
    pub is_archived: bool,
    pub is_locked: bool,
    /// Words that the server's automatic moderation lets nobody send.
    pub blocked_words: Vec<String>,
}

#[derive(Clone, Default)]
pub struct Message {
    pub id: Id,
    pub channel: Id,
    pub author: Id,
    pub kind: u8,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Value>,
    pub flags: u64,
    pub reference: Option<Id>,
    /// Those whom the text mentions, and the author of the message replied to if they were to be told.
    pub mentions: Vec<Id>,
    pub mentions_everyone: bool,
    /// Whom a message of the bot has pinged, by name.
    pub pings: Vec<String>,
    pub reactions: Vec<(String, Vec<Id>)>,
    pub only_for: Option<Id>,
    pub interaction: Option<Id>,
    pub is_webhook: bool,
    pub nonce: Option<Value>,
    pub edited: Option<Duration>,
    pub is_deleted: bool,
}

/// A command as it was registered.
#[derive(Clone)]
pub struct Command {
    pub id: Id,
    pub version: Id,
    pub guild: Option<Id>,
    pub definition: Value,
}

/// How an interaction was first answered.
#[derive(Debug, Clone)]
pub enum Answer {
    Message(Id),
    Deferred(Id),
    DeferredUpdate,
    Updated(Id),
    Choices(Vec<Value>),
    Modal(Value),
}

pub struct Interaction {
    pub id: Id,
    pub token: String,
    /// Discord's number: 2 command, 3 component, 4 autocomplete, 5 modal.
    pub kind: u8,
    pub user: Id,
    pub channel: Id,
    pub guild: Option<Id>,
    /// The message that a component is on.
    pub message: Option<Id>,
    pub command: String,
    pub sent: Duration,
    pub answer: Option<Answer>,
    pub answered: Option<Duration>,
    pub shows_embed: bool,
    /// The message that `@original` names.
    pub original: Option<Id>,
    /// Asked by the fake itself, to see whether the bot has come to rest.
    pub is_probe: bool,
    /// The one that was answered with the form that this one sends.
    pub opener: Option<Id>,
}

/// Something that the bot did and that somebody can notice.
#[derive(Debug, Clone)]
pub enum What {
    Posted { message: Id, interaction: Option<Id> },
    Edited { message: Id, interaction: Option<Id> },
    Deleted { message: Id, interaction: Option<Id> },
    Reacted { message: Id, emoji: String },
    Unreacted,
    Answered { interaction: Id, answer: Answer },
    StartedThread,
    OpenedDirect,
    Refused(Refusal),
}

#[derive(Debug)]
pub struct Happening {
    pub what: What,
    /// What it was, for whoever reads a failed test.
    pub line: String,
    /// Whether the test has looked at it.
    pub is_taken: bool,
}

pub struct State {
    pub setup: Setup,
    pub bot: Id,
    pub users: BTreeMap<Id, User>,
    pub guilds: BTreeMap<Id, Guild>,
    pub channels: BTreeMap<Id, Channel>,
    pub messages: BTreeMap<Id, Message>,
    pub interactions: BTreeMap<Id, Interaction>,
    pub commands: Vec<Command>,
    pub gateway: Gateway,
    pub faults: Faults,
    pub dialect: Dialect,
    pub happenings: Vec<Happening>,
    /// What no bot may do and no test expects, in words.
    pub mistakes: Vec<String>,
    /// Every request with its answer, in order.
    pub requests: Vec<String>,
    pub in_flight: usize,
    ahead: Duration,
    last_id: Id,
}

impl State {
    pub fn new(setup: Setup) -> Self {
        let mut state = Self {
            bot: 0,
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            interactions: BTreeMap::new(),
            commands: Vec::new(),
            gateway: Gateway::default(),
            faults: Faults::default(),
            dialect: Dialect::default(),
            happenings: Vec::new(),
            mistakes: Vec::new(),
            requests: Vec::new(),
            in_flight: 0,
            ahead: Duration::ZERO,
            last_id: 0,
            setup,
        };
        let name = state.setup.bot_name.clone();
        state.bot = state.add_user(&name, true);
        state
    }

    /// Now, since the Unix epoch, as this Discord's clock goes.
    pub fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + self.ahead
    }

    pub fn pass(&mut self, time: Duration) {
        self.ahead += time;
    }

    /// Whether somebody who comes now finds nobody; if so, it counts.
    pub fn turns_away(&mut self) -> bool {
        self.faults.turned_away += usize::from(self.faults.is_away);
        self.faults.is_away
    }

    /// A new id, later than all before it.
    pub fn id(&mut self) -> Id {
        let millis = self.now().as_millis().saturating_sub(EPOCH_MILLIS);
        let id = u64::try_from(millis << 22).expect("a time near ours");
        self.last_id = id.max(self.last_id + 1);
        self.last_id
    }

    pub fn add_user(&mut self, name: &str, is_bot: bool) -> Id {
        let id = self.id();
        let user =
            User { id, name: name.into(), is_bot, locale: "en-US".into(), refuses_direct: false, has_app: false };
        self.users.insert(id, user);
        id
    }

    pub fn user_named(&self, name: &str) -> Option<Id> {
        self.users.values().find(|user| user.name == name).map(|user| user.id)
    }

    pub fn name(&self, user: Id) -> &str {
        self.users.get(&user).map_or("nobody", |user| &user.name)
    }

    /// The channel whose permissions count in `channel`: a thread's are its parent's.
    pub fn place_of(&self, channel: Id) -> &Channel {
        let channel = &self.channels[&channel];
        channel.parent.and_then(|parent| self.channels.get(&parent)).unwrap_or(channel)
    }

    /// What `user` may do in `guild` by their roles.
    pub fn general_permissions(&self, user: Id, guild: Id) -> Permissions {
        let guild = &self.guilds[&guild];
        let Some(own_roles) = guild.members.get(&user) else { return Permissions::empty() };
        let mut permissions = guild.roles[&guild.id].permissions;
        for role in own_roles {
            permissions |= guild.roles[role].permissions;
        }
        if guild.owner == user || permissions.administrator() { Permissions::all() } else { permissions }
    }

    /// What `user` may do in `channel`.
    pub fn permissions(&self, user: Id, channel: Id) -> Permissions {
        let Some(guild) = self.channels[&channel].guild else {
            let is_outside = user == self.bot && self.channels[&channel].kind == kind::GROUP;
            return if is_outside { Permissions::empty() } else { Permissions::dm_permissions() };
        };
        let mut permissions = self.general_permissions(user, guild);
        let guild = &self.guilds[&guild];
        let Some(own_roles) = guild.members.get(&user) else { return Permissions::empty() };
        if permissions == Permissions::all() {
            return permissions;
        }
        let overwrites = &self.place_of(channel).overwrites;
        let mut apply = |applies: &dyn Fn(&Overwrite) -> bool| {
            let matching: Vec<_> = overwrites.iter().filter(|overwrite| applies(overwrite)).collect();
            for overwrite in &matching {
                permissions &= !overwrite.deny;
            }
            for overwrite in &matching {
                permissions |= overwrite.allow;
            }
        };
        apply(&|overwrite| overwrite.of == guild.id);
        apply(&|overwrite| !overwrite.is_member && own_roles.contains(&overwrite.of));
        apply(&|overwrite| overwrite.is_member && overwrite.of == user);
        permissions
    }

    /// Whether the bot is where this channel is.
    pub fn has_bot(&self, channel: Id) -> bool {
        let Channel { guild, kind: of, .. } = &self.channels[&channel];
        guild.map_or(*of == kind::DIRECT, |guild| self.guilds[&guild].members.contains_key(&self.bot))
    }

    /// The message `id`, unless it is gone.
    pub fn message(&self, id: Id) -> Option<&Message> {
        self.messages.get(&id).filter(|message| !message.is_deleted)
    }

    /// Notes something that the bot did.
    pub fn happened(&mut self, what: What, line: impl Into<String>) {
        if self.setup.is_brief && !matches!(what, What::Refused(_)) {
            return;
        }
        self.happenings.push(Happening { what, line: line.into(), is_taken: false });
    }

    /// Notes what no bot may do.
    pub fn mistake(&mut self, line: impl Into<String>) {
        self.mistakes.push(line.into());
    }

    /// The direct conversation between `user` and the bot, opened if there is none.
    pub fn direct(&mut self, user: Id) -> Id {
        let found =
            self.channels.values().find(|channel| channel.kind == kind::DIRECT && channel.people.contains(&user));
        if let Some(channel) = found {
            return channel.id;
        }
        let name = self.name(user).to_owned();
        self.add_channel(None, &name, kind::DIRECT, None, vec![user])
    }

    pub fn add_channel(&mut self, guild: Option<Id>, name: &str, kind: u8, parent: Option<Id>, people: Vec<Id>) -> Id {
        let id = self.id();
        self.insert_channel(id, guild, name, kind, parent, people);
        id
    }

    /// A channel whose id is given: a thread has that of the message it began with.
    pub fn insert_channel(
        &mut self,
        id: Id,
        guild: Option<Id>,
        name: &str,
        kind: u8,
        parent: Option<Id>,
        people: Vec<Id>,
    ) {
        let channel = Channel {
            id,
            guild,
            name: name.into(),
            kind,
            parent,
            overwrites: Vec::new(),
            people,
            is_archived: false,
            is_locked: false,
            blocked_words: Vec::new(),
        };
        self.channels.insert(id, channel);
    }
}
