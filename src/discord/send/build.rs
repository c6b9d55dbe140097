//! Cards as what serenity sends. Every message that is built here allows no mention; only who gives a notice lets it
//! ping whom it is for.

use serenity::all::{
    ButtonStyle, ChannelType, CreateActionRow, CreateAllowedMentions, CreateButton, CreateEmbed, CreateEmbedFooter,
    CreateInputText, CreateInteractionResponseMessage, CreateMessage, CreateModal, CreateSelectMenu,
    CreateSelectMenuKind, CreateSelectMenuOption, EditMessage, InputTextStyle, UserId,
};

use crate::discord::card::{Button, Card, Form, Opt, Row, plain, plain_below};
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

pub(super) fn edit(card: &Card, seal: &Seal) -> EditMessage {
    EditMessage::new().embed(embed(card)).components(rows(card, seal)).allowed_mentions(no_mentions())
}

/// The form, whose one line has no id of its own that would mean anything.
pub(super) fn modal(form: &Form, seal: &Seal) -> CreateModal {
    let input = CreateInputText::new(InputTextStyle::Short, form.label, "text").value(&form.text).required(true);
    let input = input.min_length(1).max_length(u16::try_from(form.most).unwrap_or(u16::MAX));
    CreateModal::new(seal.close(&form.action), form.title).components(vec![CreateActionRow::InputText(input)])
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
            CreateActionRow::SelectMenu(select(action, placeholder, of_options(options, seal), seal))
        }
        Row::Several { action, placeholder, options, least } => {
            // A select has few options.
            let most = u8::try_from(options.len()).unwrap_or(u8::MAX);
            let select = select(action, placeholder, of_options(options, seal), seal);
            CreateActionRow::SelectMenu(select.min_values(*least).max_values(most))
        }
        Row::Roles { action, placeholder } => {
            // What is chosen by now stands above; it may be gone.
            let kind = CreateSelectMenuKind::Role { default_roles: None };
            CreateActionRow::SelectMenu(select(action, placeholder, kind, seal))
        }
        Row::Channels { action, placeholder } => {
            let channel_types = Some(vec![ChannelType::Text, ChannelType::News]);
            let kind = CreateSelectMenuKind::Channel { channel_types, default_channels: None };
            CreateActionRow::SelectMenu(select(action, placeholder, kind, seal))
        }
    }
}

fn select(action: &Action, placeholder: &str, kind: CreateSelectMenuKind, seal: &Seal) -> CreateSelectMenu {
    CreateSelectMenu::new(seal.close(action), kind).placeholder(placeholder)
}

fn of_options(options: &[Opt], seal: &Seal) -> CreateSelectMenuKind {
    let option = |option: &Opt| {
        let made = CreateSelectMenuOption::new(&option.label, seal.close(&option.action));
        let made = if option.is_chosen { made.default_selection(true) } else { made };
        if option.about.is_empty() { made } else { made.description(&option.about) }
    };
    CreateSelectMenuKind::String { options: options.iter().map(option).collect() }
}

fn button_of(button: &Button, seal: &Seal) -> CreateButton {
    let style = if matches!(button.action, Action::Choose(_)) { ButtonStyle::Primary } else { ButtonStyle::Secondary };
    CreateButton::new(seal.close(&button.action)).label(&button.label).style(style)
}
