//! Own messages: what stands on a message of the bot, read back when somebody does something there, so that nothing has
//! to be remembered.

use serenity::model::application::MessageInteractionMetadata;
use serenity::model::channel::{Message, MessageFlags};
use serenity::model::id::UserId;

use super::card::{Audience, head_on, pointed_at};

/// Who may choose on a message of the bot, and what stands on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned {
    /// Who asked, or caused the answer; `None` where the message does not say.
    pub asker: Option<UserId>,
    /// Who wrote the message that is answered at the asker's request, where it was somebody else.
    pub author: Option<UserId>,
    /// The lines above the text.
    pub head: String,
    /// Whether the message is shown as plain text, without an embed.
    pub is_plain: bool,
}

/// Who sees `message`.
pub(super) fn audience(message: &Message) -> Audience {
    let is_private = message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
    if is_private { Audience::Member } else { Audience::Everybody }
}

/// The text of a message of the bot, wherever it stands; without the line that tells somebody of it.
pub(super) fn shown_text(message: &Message) -> &str {
    let content = message.content.as_str();
    let content = told_by(content).and_then(|_| content.split_once('\n')).map_or(content, |(_, text)| text);
    message.embeds.first().and_then(|embed| embed.description.as_deref()).unwrap_or(content)
}

/// Who is told by a message of the bot with this content: it then begins with their mention, as no other does.
fn told_by(content: &str) -> Option<UserId> {
    let (id, _) = content.strip_prefix("<@")?.split_once('>')?;
    id.parse().ok().filter(|id| *id != 0).map(UserId::new)
}

/// Whose answer `message` is.
#[must_use]
pub fn owned(message: &Message) -> Owned {
    let text = shown_text(message);
    let by_command = message.interaction_metadata.as_deref().and_then(|metadata| match metadata {
        MessageInteractionMetadata::Command(command) => Some(command.user.id),
        MessageInteractionMetadata::Component(component) => Some(component.user.id),
        MessageInteractionMetadata::ModalSubmit(modal) => Some(modal.user.id),
        _ => None,
    });
    // What it was called before, and some servers still call it.
    #[expect(deprecated, reason = "it has a new name, but not everywhere")]
    let by_interaction = || message.interaction.as_deref().map(|interaction| interaction.user.id);
    let by_reply = || message.referenced_message.as_ref().map(|question| question.author.id);
    Owned {
        asker: told_by(&message.content).or(by_command).or_else(by_interaction).or_else(by_reply),
        author: pointed_at(text),
        head: head_on(text).to_owned(),
        is_plain: message.embeds.is_empty(),
    }
}
