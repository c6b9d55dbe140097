//! The head: the lines above a card's text that say whose question it answers. They are written once and read back from
//! the message when somebody chooses on it, so that nothing has to be remembered.

use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use crate::answer::sentences::{self, Sentences};
use crate::answer::{Reply, Unknown, escape};
use crate::language::Language;

/// What stands above a card's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Head {
    /// The question of who asked it.
    Asked,
    /// The question in somebody else's message.
    Pointed(Pointed),
    /// What stood there before.
    Kept(String),
    /// Nothing.
    None,
}

/// A message that somebody else wants to see answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pointed {
    /// Who wrote it.
    pub author: UserId,
    /// Who wants it answered.
    pub requester: UserId,
    /// Its server; `None` in direct messages.
    pub guild: Option<GuildId>,
    /// Its channel.
    pub channel: ChannelId,
    /// The message.
    pub message: MessageId,
}

impl Head {
    /// The lines above `reply`, without a line break at the end. Above an urgent notice stands no question, and none
    /// above what is no answer to one.
    pub(super) fn above(&self, reply: &Reply, texts: &Sentences) -> String {
        let asked = match reply {
            Reply::Answer(answer) => answer.asked.as_str(),
            Reply::Suggestions(suggestions) => &suggestions.asked,
            Reply::Unknown(unknown) if unknown.reason != Unknown::NotAQuestion => &unknown.asked,
            Reply::Unknown(_) | Reply::Urgent(_) => "",
        };
        match self {
            Self::None => String::new(),
            Self::Kept(head) => head.clone(),
            Self::Asked if asked.is_empty() => String::new(),
            Self::Asked => format!("> {} {}", texts.replies.asked, escape(asked)),
            Self::Pointed(pointed) if asked.is_empty() => pointed.line(texts),
            Self::Pointed(pointed) => pointed.lines(asked, texts),
        }
    }

    /// The `kept` head of what only `requester` saw in a server, for what is posted for everybody there, in `language`.
    pub(in crate::discord) fn published(
        kept: String,
        requester: UserId,
        guild: Option<GuildId>,
        language: Language,
    ) -> Self {
        let lines = || {
            let (author, quoted) = (pointed_at(&kept)?, quoted_on(&kept)?);
            let (channel, message) = quoted.source?;
            let pointed = Pointed { author, requester, guild, channel, message };
            Some(pointed.lines(&quoted.text, sentences::of(language)))
        };
        Self::Kept(lines().unwrap_or(kept))
    }
}

impl Pointed {
    /// For whom the answer is and who wanted it: they are mentioned, which in an embed pings nobody.
    fn line(&self, texts: &Sentences) -> String {
        let address = self.message.link(self.channel, self.guild);
        let (author, requester) = (format!("<@{}>", self.author), format!("<@{}>", self.requester));
        let link = format!("[{}]({address})", texts.replies.for_author_link);
        let values = [("author", author.as_str()), ("requester", &requester), ("link", &link)];
        format!("> {}", sentences::fill(&texts.replies.for_author, &values))
    }

    /// The same, and what was `asked`.
    fn lines(&self, asked: &str, texts: &Sentences) -> String {
        format!("{}\n> {} {}", self.line(texts), texts.replies.for_author_asked, escape(asked))
    }
}

/// The head of a card that was sent with `text` as its description or content; empty where it has none.
#[must_use]
pub fn head_on(text: &str) -> &str {
    // It may have been written in another language than the reader's.
    let asked = |language| text.strip_prefix("> ")?.strip_prefix(&sentences::of(language).replies.asked);
    let lines = if Language::ALL.into_iter().filter_map(asked).any(|rest| rest.starts_with(' ')) {
        1
    } else if pointed_at(text).is_some() {
        2
    } else {
        return "";
    };
    let is_head = |line: &&str| line.starts_with("> ");
    let length = text.split_inclusive('\n').take(lines).take_while(is_head).map(str::len).sum();
    text[..length].trim_end()
}

/// The question that stands on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// As much of it as is shown.
    pub text: String,
    /// The channel and the message of somebody else that it is from; `None` where the asker put it.
    pub source: Option<(ChannelId, MessageId)>,
}

/// The question on a card that was sent with `text` as its description or content; `None` where none is shown.
#[must_use]
pub fn quoted_on(text: &str) -> Option<Quoted> {
    let is_pointed = pointed_at(text).is_some();
    let line = head_on(text).lines().nth(usize::from(is_pointed))?.strip_prefix("> ")?;
    let quoted = Language::ALL.into_iter().find_map(|language| {
        let texts = sentences::of(language);
        let label = if is_pointed { &texts.replies.for_author_asked } else { &texts.replies.asked };
        line.strip_prefix(label.as_str())?.strip_prefix(' ')
    })?;
    let source = text.lines().next().filter(|_| is_pointed).and_then(|line| {
        let (_, address) = line.split_once("discord.com/channels/")?;
        let mut ids = address.split(['/', ')']).skip(1).map(|id| id.parse().ok().filter(|id| *id != 0));
        Some((ChannelId::new(ids.next()??), MessageId::new(ids.next()??)))
    });
    Some(Quoted { text: unescape(quoted), source })
}

/// The text that [`escape`] made `escaped` from.
pub(in crate::discord) fn unescape(escaped: &str) -> String {
    let mut text = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(char) = chars.next() {
        text.extend(if char == '\\' { chars.next() } else { Some(char) });
    }
    text
}

/// Who wrote the message that a card sent with `text` answers at somebody else's request; `None` where it is no such
/// card.
#[must_use]
pub fn pointed_at(text: &str) -> Option<UserId> {
    let line = text.lines().next()?.strip_prefix("> ")?;
    // An answer's own text names nobody by id.
    let (_, rest) = line.split_once("<@")?;
    let (id, _) = rest.split_once('>')?;
    id.parse().ok().filter(|id| *id != 0).map(UserId::new)
}
