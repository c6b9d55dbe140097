//! Cards as what serenity sends. Every message that is built here allows no mention; only who gives a notice lets it
//! ping whom it is for.

use serenity::all::{
    ButtonStyle, CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateEmbedFooter,
    CreateInteractionResponseMessage, CreateMessage, CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
    EditMessage, UserId,
};

use crate::discord::card::{Button, Card, Opt, Row, plain, plain_below};
use crate::discord::seal::{Action, Seal};

/// Nobody is pinged.
pub fn no_mentions() -> CreateAllowedMentions {
    CreateAllowedMentions::new().replied_user(false)
}

/// The one member is pinged whom the message mentions.
pub(super) fn mentioning(member: UserId) -> CreateAllowedMentions {
    no_mentions().users([member])
}

/// `card` below the line `above`, which may be empty.
pub(super) fn message(above: &str, card: &Card, seal: &Seal) -> CreateMessage {
    let message = if above.is_empty() { CreateMessage::new() } else { CreateMessage::new().content(above) };
    message.embed(embed(card)).components(rows(card, seal)).allowed_mentions(no_mentions())
}

pub(super) fn plain_message(above: &str, card: &Card, seal: &Seal) -> CreateMessage {
    let message = CreateMessage::new().content(plain_below(above, card));
    message.components(rows(card, seal)).allowed_mentions(no_mentions())
}

pub(super) fn plain_edit(above: &str, card: &Card, seal: &Seal) -> EditMessage {
    let edit = EditMessage::new().content(plain_below(above, card));
    edit.components(rows(card, seal)).allowed_mentions(no_mentions())
}

pub(super) fn remark(sentence: &str) -> CreateMessage {
    CreateMessage::new().content(sentence).allowed_mentions(no_mentions())
}

pub(super) fn response(card: &Card, seal: &Seal, is_private: bool) -> CreateInteractionResponseMessage {
    let response = CreateInteractionResponseMessage::new().embed(embed(card)).components(rows(card, seal));
    let response = if is_private { response.ephemeral(true) } else { response };
    response.allowed_mentions(no_mentions())
}

pub(super) fn plain_response(card: &Card, seal: &Seal, is_private: bool) -> CreateInteractionResponseMessage {
    let response = CreateInteractionResponseMessage::new().content(plain(card)).components(rows(card, seal));
    let response = if is_private { response.ephemeral(true) } else { response };
    response.allowed_mentions(no_mentions())
}

pub(super) fn private_sentence(sentence: &str) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().content(sentence).ephemeral(true).allowed_mentions(no_mentions())
}

fn embed(card: &Card) -> CreateEmbed {
    let fields = card.fields.iter().map(|(name, value)| (*name, value.as_str(), false));
    let embed = CreateEmbed::new().title(&card.title).description(card.description()).colour(card.kind.colour());
    let embed = embed.fields(fields);
    if card.footer.is_empty() { embed } else { embed.footer(CreateEmbedFooter::new(&card.footer)) }
}

fn rows(card: &Card, seal: &Seal) -> Vec<CreateActionRow> {
    card.rows.iter().map(|row| row_of(row, seal)).collect()
}

fn row_of(row: &Row, seal: &Seal) -> CreateActionRow {
    match row {
        Row::Buttons(buttons) => {
            CreateActionRow::Buttons(buttons.iter().map(|button| button_of(button, seal)).collect())
        }
        Row::Select { action, placeholder, options } => {
            let option = |option: &Opt| {
                let made = CreateSelectMenuOption::new(&option.label, seal.close(&option.action));
                if option.about.is_empty() { made } else { made.description(&option.about) }
            };
            let kind = CreateSelectMenuKind::String { options: options.iter().map(option).collect() };
            let select = CreateSelectMenu::new(seal.close(action), kind);
            CreateActionRow::SelectMenu(select.placeholder(*placeholder))
        }
    }
}

fn button_of(button: &Button, seal: &Seal) -> CreateButton {
    let style = if matches!(button.action, Action::Choose(_)) { ButtonStyle::Primary } else { ButtonStyle::Secondary };
    CreateButton::new(seal.close(&button.action)).label(&button.label).style(style)
}
