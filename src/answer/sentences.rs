//! Sentences: every fixed text that a member reads, in each language, from the folder `locales`.

mod commands;
mod members;
mod moderators;

use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::Language;

pub use commands::Commands;
pub use members::{About, Feedback, Languages, Notices, Privacy, Remarks, Replies, Topics};
pub use moderators::{Inbox, Settings, Unanswered};

/// The texts of [`Language::ALL`], in that order, as built into the program.
static ALL: LazyLock<[Sentences; 5]> = LazyLock::new(|| {
    // They are built in, and a test reads them all.
    LANGUAGES.map(|text| toml::from_str(text).expect("sound sentences"))
});

/// The files of [`Language::ALL`], in that order.
const LANGUAGES: [&str; 5] = [
    include_str!("../../locales/en.toml"),
    include_str!("../../locales/de.toml"),
    include_str!("../../locales/es.toml"),
    include_str!("../../locales/fr.toml"),
    include_str!("../../locales/pt.toml"),
];

/// The one reaction to a message of a member who asks too much in a short time.
pub const SLOW_DOWN_REACTION: &str = "⏳";

/// The fixed texts of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    /// Replies to questions.
    pub replies: Replies,
    /// Languages, and questions in others.
    pub languages: Languages,
    /// What a member is told instead of an answer.
    pub remarks: Remarks,
    /// Browsing the topics.
    pub topics: Topics,
    /// What the bot says of itself.
    pub about: About,
    /// What is kept.
    pub privacy: Privacy,
    /// Votes on answers.
    pub feedback: Feedback,
    /// Telling members later what is not known now.
    pub notices: Notices,
    /// The cards of open questions, and what moderators do with them.
    pub inbox: Inbox,
    /// The list of open questions.
    pub unanswered: Unanswered,
    /// The panel of settings.
    pub settings: Settings,
    /// Commands: names and descriptions as Discord's menus show them.
    pub commands: Commands,
}

/// The texts in `language`.
#[must_use]
pub fn of(language: Language) -> &'static Sentences {
    &ALL[language as usize]
}

/// `sentence` with each `{name}` filled in.
#[must_use]
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let known = after
            .split_once('}')
            .and_then(|(name, behind)| values.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value, behind)));
        let (value, behind) = known.unwrap_or(("{", after));
        filled.push_str(before);
        filled.push_str(value);
        rest = behind;
    }
    filled + rest
}

impl Sentences {
    /// A language's name as it stands in a list.
    #[must_use]
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::English => &self.languages.english,
            Language::German => &self.languages.german,
            Language::Spanish => &self.languages.spanish,
            Language::French => &self.languages.french,
            Language::Portuguese => &self.languages.portuguese,
        }
    }

    /// For example "English, German or Spanish".
    #[must_use]
    pub fn any_of(&self, languages: &[Language]) -> String {
        let names: Vec<&str> = languages.iter().map(|language| self.name(*language)).collect();
        match &names[..] {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [others @ .., last] => format!("{} {} {last}", others.join(", "), self.languages.or),
        }
    }
}

#[cfg(test)]
mod tests;
