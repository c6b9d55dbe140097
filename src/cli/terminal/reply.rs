//! A reply on a page.

use anstyle::{AnsiColor, Color, Style};

use crate::answer::sentences::Sentences;
use crate::answer::{AnswerReply, Choice, Reply, UrgentReply};
use crate::knowledge::{Expert, Source};

use super::markdown;
use super::page::{Page, Text};
use super::{sentences, sentences_for};

const TITLE: Style = Style::new().bold();
const LABEL: Style = Style::new().dimmed();
const NUMBER: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Cyan)));
const ALARM: Style = Style::new().bold().fg_color(Some(Color::Ansi(AnsiColor::Red)));

/// Where a reply is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Alone: the question is shown with it.
    Alone,
    /// In a conversation: the question stands above it, and what it offers can be chosen by number.
    Conversation,
}

/// Lays out `reply` on `page`.
pub(crate) fn show_reply(page: &mut Page, reply: &Reply, shown: Shown) {
    match reply {
        Reply::Answer(answer) => show_answer(page, answer, shown),
        Reply::Suggestions(suggestions) => {
            show_head(page, &sentences().replies.suggestions_title, &suggestions.asked, sentences(), shown);
            page.gap();
            page.paragraph(Text::plain(&sentences().replies.suggestions_body));
            page.gap();
            show_choices(page, &suggestions.choices, true);
        }
        Reply::Urgent(urgent) => show_urgent(page, urgent),
        Reply::Unknown(unknown) => {
            let sentences = sentences_for(reply);
            show_head(page, unknown.title(sentences), &unknown.asked, sentences, shown);
            page.gap();
            page.paragraph(Text::plain(&unknown.body(sentences)));
        }
    }
}

fn show_answer(page: &mut Page, answer: &AnswerReply, shown: Shown) {
    show_head(page, &answer.title, &answer.asked, sentences(), shown);
    page.gap();
    markdown::show(page, &answer.answer);
    page.gap();
    let experts: Vec<String> = answer.experts.iter().map(|expert| credit(expert)).collect();
    show_labelled(page, &sentences().replies.experts, Text::plain(&experts.join("; ")));
    let sources: Vec<String> = answer.sources.iter().map(|source| reference(source)).collect();
    show_labelled(page, &sentences().replies.sources, Text::plain(&sources.join("; ")));
    show_labelled(page, &sentences().replies.reviewed, Text::plain(&answer.reviewed.to_string()));
    show_labelled(page, &sentences().replies.disclaimer, markdown::inline(answer.disclaimer.as_str()));
    if !answer.related.is_empty() {
        page.gap();
        page.paragraph(Text::styled(&sentences().replies.related, LABEL));
        show_choices(page, &answer.related, shown == Shown::Conversation);
    }
}

/// A notice to seek care stands out from all else by a bar at its side.
fn show_urgent(page: &mut Page, urgent: &UrgentReply) {
    page.set_margin(Text::styled("┃ ", ALARM));
    page.paragraph(Text::styled(&urgent.title, ALARM));
    page.gap();
    markdown::show(page, &urgent.body);
    page.gap();
    show_labelled(page, &sentences().replies.reviewed, Text::plain(&urgent.reviewed.to_string()));
    page.set_margin(Text::default());
}

fn show_head(page: &mut Page, title: &str, asked: &str, sentences: &Sentences, shown: Shown) {
    page.paragraph(Text::styled(title, TITLE));
    if shown == Shown::Alone && !asked.is_empty() {
        let marker = Text::styled(&format!("{} ", sentences.replies.asked), LABEL);
        page.hanging(&marker, Text::styled(asked, LABEL));
    }
}

fn show_labelled(page: &mut Page, label: &str, text: Text) {
    page.hanging(&Text::styled(&format!("{label}: "), LABEL), text);
}

/// A list of questions, each with its number where `numbered`.
fn show_choices(page: &mut Page, choices: &[Choice], numbered: bool) {
    for (number, choice) in (1..).zip(choices) {
        show_choice(page, numbered.then_some(number), &choice.question);
    }
}

/// A question that can be chosen, with its number where it has one.
pub(crate) fn show_choice(page: &mut Page, number: Option<usize>, question: &str) {
    let marker = match number {
        Some(number) => Text::styled(&format!("{number:>3}"), NUMBER).and("  ", Style::new()),
        None => Text::plain("  • "),
    };
    page.hanging(&marker, Text::plain(question));
}

/// For example "Mary Stevenson, MD (dermatologist and Mohs surgeon, New York City)".
fn credit(expert: &Expert) -> String {
    match &expert.place {
        Some(place) => format!("{} ({}, {place})", expert.name, expert.role),
        None => format!("{} ({})", expert.name, expert.role),
    }
}

/// For example "What Is Microneedling?, a publisher (2023) https://…".
fn reference(source: &Source) -> String {
    let publisher = source.publisher.as_ref().map(|publisher| format!(", {publisher}"));
    let date = source.published.map(|date| format!(" ({date})"));
    let url = source.url.as_ref().map(|url| format!(" {url}"));
    [Some(source.title.clone()), publisher, date, url].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::knowledge::{EntryId, Level, URGENT_FOLDER};
    use crate::language::Language;

    #[test]
    fn an_urgent_notice_stands_out_alone() {
        let urgent = UrgentReply {
            document: EntryId::new(URGENT_FOLDER, "poison"),
            level: Level::Emergency,
            language: Language::English,
            title: "This may be poisoning".to_owned(),
            body: "**Call now.**\n\n- Say what it was.".to_owned(),
            reviewed: date!(2026 - 05 - 03),
        };
        let mut page = Page::new(40);
        show_reply(&mut page, &Reply::Urgent(urgent), Shown::Conversation);
        assert!(page.as_ansi().starts_with("\u{1b}[1m\u{1b}[31m┃ This may be poisoning\u{1b}[0m\n"), "{page:?}");
        let plain = anstream::adapter::strip_str(page.as_ansi()).to_string();
        let expected = "┃ This may be poisoning\n┃\n┃ Call now.\n┃\n┃   • Say what it was.\n┃\n\
                        ┃ Last reviewed: 2026-05-03\n";
        assert_eq!(plain, expected);
    }
}
