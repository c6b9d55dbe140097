//! Recording: what the store is to keep of an answer, handed to the recorder once the answer has been sent.
//!
//! Tallies name no member. The words of a question are kept where nothing answered it or somebody said that the answer
//! did not help, and not where only the member was to see the reply. Nothing is recorded of servers that the bot is not
//! in.

use serenity::model::application::{ActionRowComponent, ComponentInteraction};
use serenity::model::channel::Message;
use serenity::model::id::{ChannelId, GuildId, MessageId};

use crate::answer::{Decision, Question, Reply, Ruling, Snapshot, Unknown, decide};
use crate::inbox;
use crate::knowledge::EntryId;
use crate::redaction::Redacted;
use crate::store::{self, Event, Fault, Origin, Record, ServerId, Tally};

use super::card::{Audience, Quoted, quoted_on};
use super::intake::{Asker, without_mentions};
use super::own_message::{audience, shown_text};
use super::seal::Action;
use super::{Answered, Bot};

/// The message that a question is known by, and its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) channel: ChannelId,
    pub(super) message: Option<MessageId>,
}

impl Answered {
    /// Whether the question belongs among those that were not answered.
    pub(super) fn is_miss(&self) -> bool {
        matches!(&self.reply, Reply::Unknown(unknown) if unknown.reason == Unknown::NothingClose)
    }
}

impl Bot {
    /// Counts the entries that were given or offered.
    pub(super) fn tally(&self, answered: &Answered, given: Event, asker: &Asker) {
        match &answered.reply {
            Reply::Answer(answer) => self.count(given, [&answer.entry], asker),
            Reply::Suggestions(offered) => {
                self.count(Event::Suggested, offered.choices.iter().map(|choice| &choice.entry), asker);
            }
            Reply::Urgent(_) | Reply::Unknown(_) => {}
        }
    }

    fn count<'a>(&self, event: Event, entries: impl IntoIterator<Item = &'a EntryId>, asker: &Asker) {
        let Some(server) = self.server_of(asker) else { return };
        for entry in entries {
            let tally = Tally { server, day: self.keeper.now(), entry: entry.to_string(), event };
            self.keeper.record(Record::Tally(tally));
        }
    }

    /// Keeps a question that was not answered, which is known by `source`.
    pub(super) fn record_miss(&self, question: &Question, answered: &Answered, source: Source, asker: &Asker) {
        if let Some((ruling, snapshot)) = answered.basis.as_ref().filter(|_| answered.is_miss()) {
            self.keep_miss(question, (ruling, snapshot), &[], source, asker);
        }
    }

    fn keep_miss(
        &self,
        question: &Question,
        (ruling, snapshot): (&Ruling, &Snapshot),
        rejected: &[EntryId],
        source: Source,
        asker: &Asker,
    ) {
        let Some(origin) = self.origin_of(source, asker) else { return };
        // Deleting the message deletes what is kept of it from now on.
        if let Some(message) = source.message {
            self.memory.see(message);
        }
        let at = self.keeper.now();
        let miss = inbox::miss(question, ruling, rejected, snapshot, origin, &self.keeper.key, at);
        self.keeper.record(Record::Miss(miss));
        // It may have been deleted while it was answered.
        if let Some(message) = source.message.filter(|message| self.memory.is_deleted(*message)) {
            self.forget(message);
        }
    }

    /// What is known by `source` as the store has it; `None` where the bot is not in the server.
    fn origin_of(&self, source: Source, asker: &Asker) -> Option<Origin> {
        let server = self.server_of(asker)?;
        Some(Origin {
            server,
            channel: server.map(|_| store::ChannelId(source.channel.get())),
            message: source.message.map(|message| store::MessageId(message.get())),
        })
    }

    /// The question on a reply of the bot that it is known by, as it is kept; `None` where it is known by another
    /// message.
    pub(super) fn shown_on(&self, component: &ComponentInteraction) -> Option<(Origin, Redacted)> {
        let (text, source) = asked_on(component)?;
        let is_own = source.message == Some(component.message.id);
        let place = self.origin_of(source, &Asker::of_component(component)).filter(|_| is_own)?;
        Some((place, Redacted::new(&text)))
    }

    /// Keeps the question that is shown on the message of which a member said that no suggestion fits, and counts the
    /// suggestions as rejected.
    pub(super) fn record_rejection(&self, component: &ComponentInteraction) {
        let asker = Asker::of_component(component);
        let rejected = self.offered_on(&component.message);
        self.count(Event::Rejected, &rejected, &asker);
        let Some((quoted, source)) =
            asked_on(component).filter(|_| audience(&component.message) == Audience::Everybody)
        else {
            return;
        };
        let question = self.in_scope(asker.question(&quoted), &asker);
        let snapshot = self.snapshot();
        let ruling = decide(&question, &snapshot, &self.policy(&asker));
        self.keep_miss(&question, (&ruling, &snapshot), &rejected, source, &asker);
    }

    /// Keeps the question that is shown on the message whose answer, from `entry`, did not help; where none is shown,
    /// the entry's own. Where something else answers it by now, there is nothing to put right.
    pub(super) fn record_unhelpful(&self, component: &ComponentInteraction, entry: &EntryId) {
        let asker = Asker::of_component(component);
        if audience(&component.message) == Audience::Member || asker.is_kept_private {
            return;
        }
        let snapshot = self.snapshot();
        // Who picked an answer put no question of their own.
        let shown = asked_on(component).or_else(|| {
            let entry = snapshot.knowledge.entry(entry.as_str()).ok()?;
            Some((entry.question.value.clone(), source_of(component)))
        });
        let Some((text, source)) = shown else { return };
        let question = self.in_scope(asker.question(&text), &asker);
        let ruling = decide(&question, &snapshot, &self.policy(&asker));
        let is_answered = match &ruling.decision {
            Decision::Answer(best) => snapshot.knowledge.entries()[best.entry].id != *entry,
            Decision::Urgent(_) => true,
            Decision::Suggest(_) | Decision::Unknown(_) => false,
        };
        if !is_answered {
            let rejected = std::slice::from_ref(entry);
            self.keep_miss(&question, (&ruling, &snapshot), rejected, source, &asker);
        }
    }

    /// The entries that the buttons of a message lead to.
    fn offered_on(&self, message: &Message) -> Vec<EntryId> {
        let parts = message.components.iter().flat_map(|row| &row.components);
        let actions = parts.filter_map(|part| match part {
            ActionRowComponent::Button(button) => match &button.data {
                serenity::all::ButtonKind::NonLink { custom_id, .. } => self.send.seal().open(custom_id).ok(),
                _ => None,
            },
            _ => None,
        });
        let chosen = actions.filter_map(|action| match action {
            Action::Choose(entry) => Some(entry),
            _ => None,
        });
        chosen.collect()
    }

    /// Deletes what is kept of the question in `message`.
    pub(super) fn forget(&self, message: MessageId) {
        self.keeper.record(Record::Forget(store::MessageId(message.get())));
    }

    /// Where `asker` is, as the store has it, direct messages being `None`; nothing where the bot is not in the server.
    #[expect(clippy::option_option, reason = "no server and none to record are two things")]
    pub(super) fn server_of(&self, asker: &Asker) -> Option<Option<ServerId>> {
        match asker.guild {
            None => Some(None),
            Some(guild) => self.servers.has(guild).then_some(Some(ServerId(guild.get()))),
        }
    }

    /// Notes in the store, for each of `guilds` and, where `shard` is given, for every other server of that shard that
    /// the store knows, whether the bot is a member.
    ///
    /// # Errors
    /// When the store cannot do it now.
    pub(super) async fn note_membership(&self, guilds: &[GuildId], shard: Option<Shard>) -> Result<(), Fault> {
        // One after the other, so that what is noted last is how it is.
        let _turn = self.keeper.membership.lock().await;
        let known = match shard {
            Some(shard) => self.keeper.store.known_servers().await?.into_iter().filter(|id| shard.has(*id)).collect(),
            None => Vec::new(),
        };
        for server in guilds.iter().map(|guild| ServerId(guild.get())).chain(known) {
            if self.servers.has(GuildId::new(server.0)) {
                self.keeper.store.join_server(server).await?;
            } else {
                self.keeper.store.leave_server(server, self.keeper.now()).await?;
            }
        }
        Ok(())
    }
}

/// A part of all servers, told of by one connection.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shard {
    pub(super) number: u64,
    pub(super) of: u64,
}

impl Shard {
    /// Whether it tells of `server`.
    pub(super) fn has(self, server: ServerId) -> bool {
        // As Discord deals servers out.
        (server.0 >> 22) % self.of.max(1) == self.number
    }
}

/// The question that a message of the bot shows, and the message that it is known by.
pub(super) fn asked_on(component: &ComponentInteraction) -> Option<(String, Source)> {
    let message = &component.message;
    let Quoted { text, source } = quoted_on(shown_text(message))?;
    if let Some((channel, message)) = source {
        return Some((text, Source { channel, message: Some(message) }));
    }
    let text = match message.referenced_message.as_deref() {
        // All of it, where Discord shows it.
        Some(question) if !question.content.is_empty() => without_mentions(&question.content),
        _ => text,
    };
    Some((text, source_of(component)))
}

/// The message that the question answered by a message of the bot is known by: that which it replies to, or itself.
fn source_of(component: &ComponentInteraction) -> Source {
    let message = &component.message;
    let referenced = message.referenced_message.as_deref().map(|question| question.id);
    let replied_to = || message.message_reference.as_ref().and_then(|reference| reference.message_id);
    let by = referenced.or_else(replied_to).unwrap_or(message.id);
    Source { channel: component.channel_id, message: Some(by) }
}
