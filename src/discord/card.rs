//! A card: a reply laid out for Discord, as data: title, text, fields, buttons. Everything in it is inside Discord's
//! limits; nothing else checks them.

mod head;
mod plain;

use crate::answer::{
    AnswerReply, Choice, Reply, SuggestionsReply, UnknownReply, UrgentReply, cut_utf16, escape, sentences,
};
use crate::knowledge::{Expert, Source};
use crate::language::Language;
use crate::limits::{
    BUTTON_LABEL_UTF16, EMBED_DESCRIPTION_UTF16, EMBED_FIELD_UTF16, EMBED_FOOTER_UTF16, EMBED_TITLE_UTF16,
    EMBED_TOTAL_UTF16, OPTION_LABEL_UTF16,
};

use super::seal::Action;

pub(super) use head::unescape;
pub use head::{Head, Pointed, Quoted, head_on, pointed_at, quoted_on};
pub use plain::{plain, plain_below};

/// A reply laid out for Discord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What kind of reply it is, shown as a colour.
    pub kind: Kind,
    /// The language of its fixed texts.
    pub language: Language,
    /// The headline.
    pub title: String,
    /// The lines above the text: whose question it is, quoted; empty where it is not shown.
    pub head: String,
    /// The text, in Markdown, without the question.
    pub body: String,
    /// Name and value of each field.
    pub fields: Vec<(&'static str, String)>,
    /// The small print; empty where there is none.
    pub footer: String,
    /// What can be done, row by row.
    pub rows: Vec<Row>,
}

/// What kind of reply a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An entry's answer.
    Answer,
    /// Questions to choose from.
    Suggestion,
    /// Seek care.
    Urgent,
    /// Nothing is known.
    Unknown,
    /// About the bot, and what it can be asked.
    About,
}

/// A row below a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Buttons side by side.
    Buttons(Vec<Button>),
    /// A select.
    Select {
        /// What it does; [`Action::Select`] where that is in the option that is chosen.
        action: Action,
        /// What it says before anything is chosen.
        placeholder: &'static str,
        /// At most [`SELECT_OPTIONS`](crate::limits::SELECT_OPTIONS).
        options: Vec<Opt>,
    },
    /// A select in which several options can be chosen at once, all of them at most.
    Several {
        /// What it does with those that are chosen.
        action: Action,
        /// What it says where nothing is chosen.
        placeholder: &'static str,
        /// At most [`SELECT_OPTIONS`](crate::limits::SELECT_OPTIONS).
        options: Vec<Opt>,
        /// How many have to be chosen.
        least: u8,
    },
    /// A select among the roles of the server.
    Roles {
        /// What it does with the role that is chosen.
        action: Action,
        /// What it says before anything is chosen.
        placeholder: &'static str,
    },
    /// A select among the text and announcement channels of the server.
    Channels {
        /// What it does with the channel that is chosen.
        action: Action,
        /// What it says before anything is chosen.
        placeholder: &'static str,
    },
}

/// An option of a select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opt {
    /// What it says.
    pub label: String,
    /// What stands below that; empty where there is nothing.
    pub about: String,
    /// What it does.
    pub action: Action,
    /// Whether it is shown as chosen.
    pub is_chosen: bool,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What it does.
    pub action: Action,
}

/// A form with one line to fill in, shown over everything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// What sending it does.
    pub action: Action,
    /// What stands above it; at most 45 characters.
    pub title: &'static str,
    /// What stands above the line; at most 45 characters.
    pub label: &'static str,
    /// What stands in the line at first.
    pub text: String,
    /// How much may stand in it, in UTF-16 units.
    pub most: usize,
}

/// Who sees a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody in the channel.
    Everybody,
    /// The member alone, who can dismiss it without our help.
    Member,
}

impl Kind {
    /// The colour of the card's edge, as 0xRRGGBB.
    #[must_use]
    pub fn colour(self) -> u32 {
        match self {
            Self::Answer => 0x002E_8B57,
            Self::Suggestion => 0x00E0_A030,
            Self::Urgent => 0x00D0_2020,
            Self::Unknown => 0x0080_8890,
            Self::About => 0x0058_65F2,
        }
    }
}

impl Opt {
    /// An option, its texts cut to what Discord takes.
    pub(super) fn new(label: &str, about: &str, action: Action) -> Self {
        let [label, about] = [label, about].map(|text| cut_utf16(text, OPTION_LABEL_UTF16));
        Self { label, about, action, is_chosen: false }
    }

    /// The same, shown as chosen where it is.
    pub(super) fn chosen(self, is_chosen: bool) -> Self {
        Self { is_chosen, ..self }
    }
}

impl Card {
    /// `reply` laid out for `audience`, with `head` above it and fixed texts in `language`.
    #[must_use]
    pub fn new(reply: &Reply, audience: Audience, head: &Head, language: Language) -> Self {
        let card = match reply {
            Reply::Answer(answer) => of_answer(answer, language),
            Reply::Suggestions(suggestions) => of_suggestions(suggestions, language),
            Reply::Urgent(urgent) => of_urgent(urgent, language),
            Reply::Unknown(unknown) => of_unknown(unknown, language),
        };
        let texts = sentences::of(language);
        let mut card = Self { head: head.above(reply, texts), ..card };
        if audience == Audience::Everybody {
            let remove = button(&texts.replies.remove, Action::Remove);
            match card.rows.last_mut() {
                Some(Row::Buttons(buttons)) => buttons.push(remove),
                _ => card.rows.push(Row::Buttons(vec![remove])),
            }
        }
        card.fit()
    }

    /// The description of the embed: the question, then the text.
    #[must_use]
    pub fn description(&self) -> String {
        format!("{}{}", self.head_lines(), self.body)
    }

    fn head_lines(&self) -> String {
        if self.head.is_empty() { String::new() } else { format!("{}\n\n", self.head) }
    }

    /// The same with every text cut to what Discord takes: the answer gives way to what makes it trustworthy.
    #[must_use]
    pub(super) fn fit(mut self) -> Self {
        self.title = cut_utf16(&self.title, EMBED_TITLE_UTF16);
        self.footer = cut_utf16(&self.footer, EMBED_FOOTER_UTF16);
        let heads = units(&self.title) + units(&self.footer) + units(&self.head_lines());
        let mut room = EMBED_TOTAL_UTF16.saturating_sub(heads);
        self.fields.retain_mut(|(name, value)| {
            let most = EMBED_FIELD_UTF16.min(room.saturating_sub(units(name)));
            let has_room = most > 0;
            if has_room {
                *value = cut_utf16(value, most);
                room -= units(name) + units(value);
            }
            has_room
        });
        let room = room.min(EMBED_DESCRIPTION_UTF16.saturating_sub(units(&self.head_lines())));
        if units(&self.body) > room {
            let hint = format!("\n\n{}", sentences::of(self.language).replies.cut);
            // Where there is no room for the hint either, fields said more than all else.
            self.body = match room.checked_sub(units(&hint)) {
                Some(most) if most > 0 => cut_utf16(&self.body, most) + &hint,
                _ => String::new(),
            };
        }
        self
    }
}

fn of_answer(answer: &AnswerReply, language: Language) -> Card {
    let texts = sentences::of(language);
    let experts = answer.experts.iter().map(|expert| credit(expert));
    let sources = answer.sources.iter().map(|source| reference(source));
    let related: Vec<Opt> = answer
        .related
        .iter()
        .map(|choice| Opt::new(&choice.question, "", Action::Choose(choice.entry.clone())))
        .collect();
    let related =
        Row::Select { action: Action::Select, placeholder: &texts.replies.related_placeholder, options: related };
    Card {
        kind: Kind::Answer,
        language,
        title: answer.title.clone(),
        head: String::new(),
        body: answer.answer.clone(),
        fields: vec![
            (&texts.replies.experts, lines(experts)),
            (&texts.replies.sources, lines(sources)),
            (&texts.replies.reviewed, answer.reviewed.to_string()),
        ],
        footer: answer.disclaimer.as_str().to_owned(),
        rows: if answer.related.is_empty() { Vec::new() } else { vec![related] },
    }
}

fn of_suggestions(suggestions: &SuggestionsReply, language: Language) -> Card {
    let texts = sentences::of(language);
    let fits = |choice: &Choice| units(&choice.question) <= BUTTON_LABEL_UTF16;
    let mut body = texts.replies.suggestions_body.clone();
    if !suggestions.choices.iter().all(fits) {
        let whole = suggestions.choices.iter().map(|choice| format!("\n- {}", escape(&choice.question)));
        body = format!("{body}\n{}", whole.collect::<String>());
    }
    let choose = |choice: &Choice| {
        let label = cut_utf16(&choice.question, BUTTON_LABEL_UTF16);
        Row::Buttons(vec![Button { label, action: Action::Choose(choice.entry.clone()) }])
    };
    let none = button(&texts.replies.none_of_these, Action::NoneOfThese);
    let rows = suggestions.choices.iter().map(choose).chain([Row::Buttons(vec![none])]).collect();
    Card { body, rows, ..bare(Kind::Suggestion, &texts.replies.suggestions_title, language) }
}

/// Stands alone: nothing but the notice.
fn of_urgent(urgent: &UrgentReply, language: Language) -> Card {
    let reviewed = (sentences::of(language).replies.reviewed.as_str(), urgent.reviewed.to_string());
    let card = bare(Kind::Urgent, &urgent.title, language);
    Card { body: urgent.body.clone(), fields: vec![reviewed], ..card }
}

fn of_unknown(unknown: &UnknownReply, language: Language) -> Card {
    let texts = sentences::of(language);
    Card { body: unknown.body(texts), ..bare(Kind::Unknown, unknown.title(texts), language) }
}

pub(super) fn bare(kind: Kind, title: &str, language: Language) -> Card {
    let (head, body, footer) = (String::new(), String::new(), String::new());
    Card { kind, language, title: title.to_owned(), head, body, fields: Vec::new(), footer, rows: Vec::new() }
}

pub(super) fn button(label: &str, action: Action) -> Button {
    Button { label: label.to_owned(), action }
}

/// For example "**Ada Green**, gardener, Kew".
fn credit(expert: &Expert) -> String {
    let place = expert.place.as_ref().map(|place| format!(", {}", escape(place))).unwrap_or_default();
    format!("**{}**, {}{place}", escape(&expert.name), escape(&expert.role))
}

/// For example "[The Garden Handbook](https://example.org/handbook), Spade Press, 2021".
fn reference(source: &Source) -> String {
    let title = escape(&source.title);
    let published = source.published.map(|published| published.to_string());
    let details = source.publisher.iter().map(|publisher| escape(publisher)).chain(published);
    let details = details.fold(String::new(), |details, detail| details + ", " + &detail);
    let linked = source.url.as_ref().map(|url| {
        let url = url.replace('(', "%28").replace(')', "%29");
        format!("[{title}]({url}){details}")
    });
    // Half a link would show its address as text.
    linked.filter(|line| units(line) <= EMBED_FIELD_UTF16).unwrap_or_else(|| format!("{title}{details}"))
}

/// As many of `lines` as a field holds, with "…" where there are more.
pub(super) fn lines(lines: impl Iterator<Item = String>) -> String {
    let mut field = String::new();
    for line in lines {
        let line = cut_utf16(&line, EMBED_FIELD_UTF16);
        let end = if field.is_empty() { 0 } else { "\n".len() };
        if units(&field) + end + units(&line) > EMBED_FIELD_UTF16 {
            let room = EMBED_FIELD_UTF16 - units("\n…");
            if units(&field) <= room {
                field += "\n…";
            }
            break;
        }
        if end > 0 {
            field.push('\n');
        }
        field += &line;
    }
    field
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests;
