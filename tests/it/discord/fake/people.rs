//! Members: what they say, use and see.

mod commands;
mod reply;
mod selects;

use std::fmt;

use serde_json::Value;

pub use reply::Reply;

use super::places::Place;
use super::rest::mentioned;
use super::server::Shared;
use super::state::{Answer, Id, Interaction, Message, State, What, kind};
use super::{render, wire};

/// Somebody at some place: a copy of it can be moved to another.
#[derive(Clone)]
pub struct Member {
    pub(super) server: Shared,
    pub(super) id: Id,
    pub(super) channel: Id,
}

/// A message that a member wrote.
#[derive(Clone)]
pub struct Posted {
    pub(super) by: Member,
    pub(super) id: Id,
}

/// Whatever can be replied to, deleted or chosen as a target: a message of a member or of the bot.
pub trait OnMessage {
    /// The message's id.
    fn id(&self) -> Id;
}

impl OnMessage for Posted {
    fn id(&self) -> Id {
        self.id
    }
}

impl OnMessage for Reply {
    fn id(&self) -> Id {
        self.message_id()
    }
}

/// An interaction whose answer was not waited for yet.
#[must_use]
pub struct Pending {
    pub(super) by: Member,
    pub(super) interaction: Id,
}

impl Member {
    /// The member's user id.
    pub fn id(&self) -> Id {
        self.id
    }

    /// The same member in the bot's direct messages.
    pub fn in_private(&self) -> Self {
        let channel = self.server.with(|state| state.direct(self.id));
        Self { channel, ..self.clone() }
    }

    /// The same member at another place, having joined its server.
    pub fn at(&self, place: &Place) -> Self {
        self.server.with(|state| {
            if let Some(guild) = state.channels[&place.id].guild {
                let guild = state.guilds.get_mut(&guild).expect("the channel's server");
                guild.members.entry(self.id).or_default();
            }
        });
        Self { channel: place.id, ..self.clone() }
    }

    /// The same member in a conversation that they are part of.
    pub fn in_group(&self, group: &Place) -> Self {
        let is_part = self.server.with(|state| state.channels[&group.id].people.contains(&self.id));
        assert!(is_part, "{self:?} is no part of this conversation");
        Self { channel: group.id, ..self.clone() }
    }

    /// Where they are.
    pub fn place(&self) -> Place {
        Place { server: Shared::clone(&self.server), id: self.channel }
    }

    /// The same member with their client in another language, like `de`.
    pub fn speaks(self, locale: &str) -> Self {
        self.server.with(|state| state.users.get_mut(&self.id).expect("a user").locale = locale.into());
        self
    }

    /// The same member with the bot added to their own account.
    pub fn installs_the_app(self) -> Self {
        self.server.with(|state| state.users.get_mut(&self.id).expect("a user").has_app = true);
        self
    }

    /// From now on, the bot's direct messages do not reach them.
    pub fn refuses_direct_messages(&self) {
        self.server.with(|state| state.users.get_mut(&self.id).expect("a user").refuses_direct = true);
    }

    /// Writes a text as it is, `@name` being a mention.
    pub fn says(&self, text: &str) -> Posted {
        self.post(text, None, false, 0)
    }

    /// Asks the bot, by mention or, in private, plainly, and waits for the reply.
    pub async fn asks(&self, question: &str) -> Reply {
        self.asks_without_waiting(question).reply().await
    }

    /// Asks the bot as [`asks`](Self::asks) does.
    pub fn asks_without_waiting(&self, question: &str) -> Posted {
        let (bot, is_direct) = self.server.with(|state| {
            let is_direct = state.channels[&self.channel].kind == kind::DIRECT;
            (state.setup.bot_name.clone(), is_direct)
        });
        if is_direct { self.says(question) } else { self.says(&format!("@{bot} {question}")) }
    }

    /// Replies to a message, ping on.
    pub fn replies_to(&self, message: &impl OnMessage, text: &str) -> Posted {
        self.post(text, Some(message.id()), true, 19)
    }

    /// Replies to a message, ping off.
    pub fn replies_quietly_to(&self, message: &impl OnMessage, text: &str) -> Posted {
        self.post(text, Some(message.id()), false, 19)
    }

    /// Something that Discord says in a member's name, like “ada joined” (7) or “ada pinned a message” (6).
    pub fn causes_system_message(&self, kind: u8) -> Posted {
        self.post("", None, false, kind)
    }

    fn post(&self, text: &str, reference: Option<Id>, pings: bool, kind: u8) -> Posted {
        let id = self.server.with(|state| {
            let id = state.id();
            let replied = reference.and_then(|replied| state.message(replied));
            assert!(replied.is_none_or(|replied| replied.only_for.is_none()), "nobody can reply to a private message");
            assert!(reference.is_none() || replied.is_some(), "nobody can reply to a deleted message");
            let content = with_mentions(state, text);
            let mut mentions = mentioned(state, &content);
            let replied = reference.and_then(|replied| state.message(replied)).map(|replied| replied.author);
            mentions.extend(replied.filter(|author| pings && !mentions.contains(author)));
            let mentions_everyone =
                content.contains("@everyone") && state.permissions(self.id, self.channel).mention_everyone();
            let guild = state.channels[&self.channel].guild.map(|guild| &state.guilds[&guild]);
            let is_webhook = guild.is_some_and(|guild| !guild.members.contains_key(&self.id));
            let message = Message {
                id,
                channel: self.channel,
                author: self.id,
                kind,
                content,
                reference,
                mentions,
                mentions_everyone,
                is_webhook,
                ..Message::default()
            };
            state.messages.insert(id, message);
            state.dispatch_message("MESSAGE_CREATE", id);
            id
        });
        Posted { by: self.clone(), id }
    }

    /// Waits for the bot's reply to a message, or for what it says here that replies to nothing.
    pub async fn hears_on(&self, message: &impl OnMessage) -> Reply {
        let id = message.id();
        let what =
            self.server.with(|state| format!("a reply to “{}”", render::names(state, &state.messages[&id].content)));
        let posted = self.server.take(&what, |state, what| match what {
            What::Posted { message, interaction: None } => {
                let own = &state.messages[message];
                own.channel == self.channel && own.reference.is_none_or(|reference| reference == id)
            }
            _ => false,
        });
        match posted.await {
            What::Posted { message, .. } => Reply::message(self, message),
            other => panic!("{other:?} is no reply"),
        }
    }

    /// Opens a post in a forum: a thread whose first message has the thread's own id.
    pub fn opens_post(&self, forum: &Place, title: &str, text: &str) -> (Self, Posted) {
        let thread = self.server.with(|state| {
            let guild = state.channels[&forum.id].guild;
            let thread = state.add_channel(guild, title, kind::THREAD, Some(forum.id), vec![self.id]);
            state.announce_channel(thread);
            let content = with_mentions(state, text);
            let mentions = mentioned(state, &content);
            let own = Message { id: thread, channel: thread, author: self.id, content, mentions, ..Message::default() };
            state.messages.insert(thread, own);
            state.dispatch_message("MESSAGE_CREATE", thread);
            thread
        });
        let here = Self { channel: thread, ..self.clone() };
        (here.clone(), Posted { by: here, id: thread })
    }

    /// Deletes a message, as its author or a moderator.
    pub fn deletes(&self, message: &impl OnMessage) {
        self.server.with(|state| {
            let found = state.message(message.id()).expect("a message that is still there");
            let may = found.author == self.id || state.permissions(self.id, self.channel).manage_messages();
            assert!(may, "{} may not delete this message", state.name(self.id));
            super::rest::remove(state, message.id());
        });
    }

    /// Deletes messages at their place all at once, as moderators' tools do.
    pub fn purges<'a>(&self, messages: impl IntoIterator<Item = &'a Posted>) {
        let ids: Vec<Id> = messages.into_iter().map(OnMessage::id).collect();
        self.server.with(|state| {
            assert!(state.permissions(self.id, self.channel).manage_messages(), "only moderators delete many");
            assert!((2..=100).contains(&ids.len()), "Discord deletes 2 to 100 messages at once");
            super::rest::remove_all(state, self.channel, &ids);
        });
    }

    /// Everything at their place, as they see it.
    pub fn sees(&self) -> String {
        self.server.with(|state| render::channel(state, self.channel, Some(self.id)))
    }

    /// Begins an interaction and tells the bot of it.
    fn interacts(&self, kind: u8, command: &str, data: &Value, message: Option<Id>, is_probe: bool) -> Pending {
        self.interacts_after(None, kind, command, data, message, is_probe)
    }

    /// The same with the form that the interaction `opener` was answered with.
    fn interacts_after(
        &self,
        opener: Option<Id>,
        kind: u8,
        command: &str,
        data: &Value,
        message: Option<Id>,
        is_probe: bool,
    ) -> Pending {
        let interaction = self.server.with(|state| {
            let id = state.id();
            let interaction = Interaction {
                id,
                token: format!("{}{id}", "interaction-token-".repeat(3)),
                kind,
                user: self.id,
                channel: self.channel,
                guild: state.channels[&self.channel].guild,
                message,
                opener,
                command: command.into(),
                sent: state.now(),
                answer: None,
                answered: None,
                shows_embed: false,
                original: None,
                is_probe,
            };
            state.interactions.insert(id, interaction);
            let told = wire::interaction(state, id, data);
            let guild = state.channels[&self.channel].guild;
            state.dispatch("INTERACTION_CREATE", guild, &told);
            id
        });
        Pending { by: self.clone(), interaction }
    }
}

impl fmt::Debug for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.server.with(|state| state.name(self.id).to_owned()))
    }
}

/// A text with `@name` made a mention, for every name that is known.
fn with_mentions(state: &State, text: &str) -> String {
    let mut names: Vec<_> = state.users.values().map(|user| (&user.name, user.id)).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names.into_iter().fold(text.to_owned(), |text, (name, id)| text.replace(&format!("@{name}"), &format!("<@{id}>")))
}

impl Posted {
    /// Waits for the bot's reply to this message.
    pub async fn reply(&self) -> Reply {
        self.by.hears_on(self).await
    }

    /// Waits until the bot has reacted to this message, and returns the emoji.
    pub async fn reaction(&self) -> String {
        let what = format!("a reaction to “{}”", self.text());
        let is_own = |_: &State, what: &What| matches!(what, What::Reacted { message, .. } if *message == self.id);
        match self.by.server.take(&what, is_own).await {
            What::Reacted { emoji, .. } => emoji,
            other => panic!("{other:?} is no reaction"),
        }
    }

    fn text(&self) -> String {
        self.by.server.with(|state| render::names(state, &state.messages[&self.id].content))
    }
}

impl Pending {
    /// The interaction's id.
    pub fn id(&self) -> Id {
        self.interaction
    }

    /// The interaction's token.
    pub fn token(&self) -> String {
        self.by.server.with(|state| state.interactions[&self.interaction].token.clone())
    }

    /// Waits until the bot has answered in full: what it shows, not that it will show something.
    pub async fn reply(self) -> Reply {
        let Self { by, interaction } = self;
        let server = Shared::clone(&by.server);
        let describes = server.with(|state| state.interactions[&interaction].command.clone());
        let what = format!("an answer to {}'s {describes}", server.with(|state| state.name(by.id).to_owned()));
        let is_answer =
            |_: &State, what: &What| matches!(what, What::Answered { interaction: of, .. } if *of == interaction);
        let What::Answered { answer, .. } = server.take(&what, is_answer).await else { unreachable!() };
        let on = server.with(|state| state.interactions[&interaction].message);
        let original = match answer {
            Answer::Message(message) | Answer::Updated(message) => return Reply::message(&by, message),
            Answer::Modal(modal) => return Reply::modal(&by, interaction, modal),
            Answer::Choices(_) => panic!("the bot answered {describes} with choices"),
            Answer::Deferred(message) => Some(message),
            Answer::DeferredUpdate => on,
        };
        let what = format!("{what}, which the bot has promised");
        let done = server.take(&what, |_, what| match what {
            What::Posted { interaction: of, .. } => *of == Some(interaction),
            What::Edited { message, interaction: of } | What::Deleted { message, interaction: of } => {
                *of == Some(interaction) || Some(*message) == original
            }
            _ => false,
        });
        match done.await {
            What::Posted { message, .. } | What::Edited { message, .. } => Reply::message(&by, message),
            What::Deleted { .. } => Reply::gone(&by),
            other => panic!("{other:?} is no answer"),
        }
    }
}
