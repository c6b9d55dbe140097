//! A card as plain text, for channels in which the bot may not show embeds.

use std::fmt::Write as _;

use crate::answer::{cut_utf16, sentences};
use crate::limits::MESSAGE_UTF16;

use super::{Card, units};

/// The content of a message that says what `card` says, at most [`MESSAGE_UTF16`] UTF-16 units; the text is cut first.
#[must_use]
pub fn plain(card: &Card) -> String {
    within(card, MESSAGE_UTF16)
}

/// The same below the line `above`, which is short.
#[must_use]
pub fn plain_below(above: &str, card: &Card) -> String {
    if above.is_empty() {
        return plain(card);
    }
    format!("{above}\n{}", within(card, MESSAGE_UTF16.saturating_sub(units(above) + "\n".len())))
}

fn within(card: &Card, most_utf16: usize) -> String {
    let head = format!("{}**{}**\n", card.head_lines(), card.title);
    let mut tail = String::new();
    for (name, value) in &card.fields {
        // Writing to a string cannot fail.
        let _ = write!(tail, "\n**{name}:** {}", value.replace('\n', "; "));
    }
    if !card.footer.is_empty() {
        let _ = write!(tail, "\n-# {}", card.footer.replace('\n', " "));
    }
    // The worst head and small print leave no room for a useful text; then they are cut as well.
    let tail = cut_utf16(&tail, most_utf16 / 2);
    let room = most_utf16.saturating_sub(units(&head) + units(&tail) + "\n".len());
    if units(&card.body) <= room {
        return format!("{head}{}\n{tail}", card.body);
    }
    let hint = format!("\n{}", sentences::of(card.language).replies.cut);
    format!("{head}{}{hint}\n{tail}", cut_utf16(&card.body, room.saturating_sub(units(&hint))))
}
