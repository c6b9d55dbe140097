//! Intake: what arrives from Discord, read as questions. All questions come through here; what is nobody's question
//! drops out.

use std::collections::BTreeSet;

use serenity::model::application::{
    AuthorizingIntegrationOwner, AuthorizingIntegrationOwners, CommandInteraction, ComponentInteraction,
    InteractionContext, ModalInteraction,
};
use serenity::model::channel::{ChannelType, Message, MessageType, PartialChannel};
use serenity::model::guild::Member;
use serenity::model::id::{ChannelId, GuildId, UserId};
use serenity::model::permissions::Permissions;

use crate::answer::{Manner, Question};
use crate::language::Language;
use crate::limits::QUESTION_CHARS;

use super::card::{Audience, Pointed};

/// What the value of an offered choice begins with; behind it stands an entry's id.
pub const PICKED: &str = "entry:";

/// What every app may do in answers to interactions, also where the bot is not.
const INTERACTIONS_ALONE: Permissions = Permissions::ATTACH_FILES
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::MENTION_EVERYONE)
    .union(Permissions::USE_EXTERNAL_EMOJIS);

/// Who is not listened to.
#[derive(Debug, Clone, Default)]
pub struct Deaf {
    /// Channels, with all their threads, and single threads.
    pub channels: BTreeSet<u64>,
    /// Members.
    pub members: BTreeSet<u64>,
}

/// Who asks, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// The member.
    pub member: UserId,
    /// The channel or thread.
    pub channel: ChannelId,
    /// The channel that the thread is in; `None` where it is no thread, or not known to be one.
    pub parent: Option<ChannelId>,
    /// The server; `None` in direct messages.
    pub guild: Option<GuildId>,
    /// Whether Discord shows a reply to the member alone, whatever the bot wants: the bot is not in the server, where
    /// the member has it as an app of their own and may not use such apps openly.
    pub is_kept_private: bool,
    /// Whether the bot may write there by itself, later.
    pub reach: Reach,
    /// The language of the fixed texts that only the member sees.
    pub member_language: Language,
    /// The language of those that all see; in direct messages the member's.
    pub public_language: Language,
}

/// Whether the bot may write somewhere by itself, as Discord tells it with what members do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It may.
    Open,
    /// What is told says nothing of the channel; Discord knows when it is asked.
    Unsure,
    /// It may not.
    Closed,
}

/// What a message means to the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A question, or at least words, put to it.
    Question(Question),
    /// A reply to it whose text Discord does not show.
    EmptyReply,
}

impl Deaf {
    /// Whether the member gets no answers.
    #[must_use]
    pub fn is_banned(&self, member: UserId) -> bool {
        self.members.contains(&member.get())
    }

    /// Whether what is asked there gets no answer.
    #[must_use]
    pub fn ignores(&self, asker: &Asker) -> bool {
        let places = std::iter::once(asker.channel).chain(asker.parent);
        places.into_iter().any(|place| self.channels.contains(&place.get()))
    }
}

impl Asker {
    /// Who wrote `message`, on a server of this `language`; Discord does not tell the member's.
    #[must_use]
    pub fn of_message(message: &Message, language: Language) -> Self {
        Self {
            member: message.author.id,
            channel: message.channel_id,
            parent: None,
            guild: message.guild_id,
            is_kept_private: false,
            reach: Reach::Open,
            member_language: language,
            public_language: language,
        }
    }

    /// Who uses the command.
    #[must_use]
    pub fn of_command(command: &CommandInteraction) -> Self {
        Self {
            member: command.user.id,
            channel: command.channel_id,
            parent: command.channel.as_ref().and_then(thread_of),
            guild: command.guild_id,
            is_kept_private: is_kept_private(command.member.as_deref(), &command.authorizing_integration_owners),
            reach: Reach::of(command.context, command.app_permissions, command.channel.as_ref()),
            member_language: language_of_locale(&command.locale),
            public_language: language_of_locale(command.guild_locale.as_deref().unwrap_or(&command.locale)),
        }
    }

    /// Who chooses.
    #[must_use]
    pub fn of_component(component: &ComponentInteraction) -> Self {
        Self {
            member: component.user.id,
            channel: component.channel_id,
            parent: component.channel.as_ref().and_then(thread_of),
            guild: component.guild_id,
            is_kept_private: is_kept_private(component.member.as_ref(), &component.authorizing_integration_owners),
            reach: Reach::of(component.context, component.app_permissions, component.channel.as_ref()),
            member_language: language_of_locale(&component.locale),
            public_language: language_of_locale(component.guild_locale.as_deref().unwrap_or(&component.locale)),
        }
    }

    /// Who fills in a form.
    #[must_use]
    pub fn of_form(form: &ModalInteraction) -> Self {
        Self {
            member: form.user.id,
            channel: form.channel_id,
            parent: form.channel.as_ref().and_then(thread_of),
            guild: form.guild_id,
            is_kept_private: false,
            reach: Reach::Open,
            member_language: language_of_locale(&form.locale),
            public_language: language_of_locale(form.guild_locale.as_deref().unwrap_or(&form.locale)),
        }
    }

    /// How a question asked here reaches the bot, if it is addressed to it.
    #[must_use]
    pub fn manner(&self) -> Manner {
        manner_in(self.guild)
    }

    /// The language of the fixed texts for `audience`.
    #[must_use]
    pub fn language(&self, audience: Audience) -> Language {
        match audience {
            Audience::Everybody => self.public_language,
            Audience::Member => self.member_language,
        }
    }

    /// `text` as a question that is put to the bot, no longer than is looked at.
    #[must_use]
    pub fn question(&self, text: &str) -> Question {
        Question { text: text.chars().take(QUESTION_CHARS).collect(), scope: self.manner().into() }
    }
}

impl Reach {
    /// That in a `channel` of this `context` where the bot has these permissions.
    fn of(
        context: Option<InteractionContext>,
        permissions: Option<Permissions>,
        channel: Option<&PartialChannel>,
    ) -> Self {
        let is_thread = channel.is_some_and(|channel| is_thread(channel.kind));
        let to_write = if is_thread { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES };
        match (context, permissions) {
            // Between others, or in a group.
            (Some(InteractionContext::PrivateChannel), _) => Self::Closed,
            (Some(InteractionContext::BotDm), _) | (_, None) => Self::Open,
            (_, Some(may)) if may.administrator() || may.contains(Permissions::VIEW_CHANNEL | to_write) => Self::Open,
            (_, Some(may)) if INTERACTIONS_ALONE.contains(may) => Self::Unsure,
            _ => Self::Closed,
        }
    }
}

/// How a question asked in `guild`, or with `None` in direct messages, reaches the bot, if it is addressed to it.
pub(super) fn manner_in(guild: Option<GuildId>) -> Manner {
    if guild.is_some() { Manner::Addressed } else { Manner::Direct }
}

/// What `message` means to the bot, whose id is `bot`; `None` where it is not meant, or must not answer: its own
/// messages, those of other bots, of webhooks and of Discord, those of banned members or in ignored channels.
#[must_use]
pub fn hear(message: &Message, bot: UserId, deaf: &Deaf) -> Option<Heard> {
    let is_written = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    let is_person = !message.author.bot && message.webhook_id.is_none() && message.author.id != bot;
    // Whoever wrote it is heard in any language.
    let asker = Asker::of_message(message, Language::default());
    if !is_written || !is_person || deaf.is_banned(message.author.id) || deaf.ignores(&asker) {
        return None;
    }
    let is_mentioned = message.mentions.iter().any(|user| user.id == bot);
    if message.guild_id.is_some() && !is_mentioned {
        return None;
    }
    let is_reply = message.message_reference.is_some();
    if message.guild_id.is_some() && is_reply && message.content.is_empty() {
        return Some(Heard::EmptyReply);
    }
    Some(Heard::Question(asker.question(&without_mentions(&message.content))))
}

/// The channel that `channel` is a thread of.
fn thread_of(channel: &PartialChannel) -> Option<ChannelId> {
    channel.parent_id.filter(|_| is_thread(channel.kind))
}

/// Whether a channel of this kind is a thread.
#[must_use]
pub fn is_thread(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::NewsThread | ChannelType::PublicThread | ChannelType::PrivateThread)
}

/// A message that somebody points at to have it answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A question, or at least words.
    Question(Question, Pointed),
    /// It is the bot's own.
    Mine,
    /// Another bot, a webhook or Discord itself wrote it.
    NotAMembers,
    /// It has no words.
    Empty,
    /// Its author gets no answers.
    Banned,
}

/// What `message`, to be answered at the request of who used `command`, means to the bot, whose id is `bot`.
#[must_use]
pub fn target(message: &Message, command: &CommandInteraction, bot: UserId, deaf: &Deaf) -> Target {
    let is_written = matches!(message.kind, MessageType::Regular | MessageType::InlineReply);
    if message.author.id == bot {
        return Target::Mine;
    }
    if !is_written || message.author.bot || message.webhook_id.is_some() {
        return Target::NotAMembers;
    }
    if deaf.is_banned(message.author.id) {
        return Target::Banned;
    }
    let asker = Asker::of_command(command);
    let question = asker.question(&without_mentions(&message.content));
    if question.text.is_empty() {
        return Target::Empty;
    }
    let (author, requester) = (message.author.id, asker.member);
    let pointed = Pointed { author, requester, guild: asker.guild, channel: message.channel_id, message: message.id };
    Target::Question(question, pointed)
}

/// The language of one of Discord's locales; English for all that there are no texts for.
pub(super) fn language_of_locale(locale: &str) -> Language {
    Language::of_locale(locale).unwrap_or_default()
}

fn is_kept_private(member: Option<&Member>, owners: &AuthorizingIntegrationOwners) -> bool {
    let has = |is_one: fn(&AuthorizingIntegrationOwner) -> bool| owners.0.iter().any(is_one);
    // Where nobody is named, the bot is there as bots usually are.
    let is_users_alone = has(|owner| matches!(owner, AuthorizingIntegrationOwner::UserInstall(_)))
        && !has(|owner| matches!(owner, AuthorizingIntegrationOwner::GuildInstall(_)));
    let may_be_open = member.and_then(|member| member.permissions).is_none_or(Permissions::use_external_apps);
    is_users_alone && !may_be_open
}

/// `text` without mentions of people, roles and channels and without custom emoji: their digits are no words.
pub(super) fn without_mentions(text: &str) -> String {
    let mut rest = text;
    let mut words = String::with_capacity(text.len());
    while let Some(start) = rest.find('<') {
        words.push_str(&rest[..start]);
        let end = rest[start..].find('>').filter(|end| is_mention(&rest[start + 1..start + end]));
        words.push(if end.is_some() { ' ' } else { '<' });
        rest = &rest[start + end.unwrap_or(0) + 1..];
    }
    words.push_str(rest);
    words.trim().to_owned()
}

/// Whether `<inner>` is shown as something else than its text.
fn is_mention(inner: &str) -> bool {
    let is_id = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let id = ["@!", "@&", "@", "#"].iter().find_map(|sign| inner.strip_prefix(sign));
    let emoji = inner.strip_prefix("a:").or_else(|| inner.strip_prefix(':')).and_then(|rest| rest.split_once(':'));
    id.is_some_and(is_id) || emoji.is_some_and(|(_, id)| is_id(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_are_no_words() {
        let check = |text, expected| assert_eq!(without_mentions(text), expected, "{text:?}");
        check("<@123> does it hurt", "does it hurt");
        check("<@!123>does it<#5>hurt <:ow:12><a:x:3>?", "does it hurt   ?");
        check("is 3 < 4 > 2 <b> <@x> <@>", "is 3 < 4 > 2 <b> <@x> <@>");
        check("<@&1>", "");
        check("<<@1>", "<");
        check("a <", "a <");
    }
}
