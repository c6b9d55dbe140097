//! A setting: what a press on the panel does, and how that is written into its sealed id.

use std::fmt;
use std::ops::RangeInclusive;

use crate::answer::Thresholds;
use crate::limits::{ANSWER_FROM_PERCENT, SUGGEST_FROM_PERCENT};
use crate::store::{Bounds, RoleId, ServerSettings};

/// What a press on the panel does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// Shows all settings.
    Overview,
    /// Shows one of them.
    Page(Page),
    /// A select: sets what is chosen in it.
    Choose(Page),
    /// Goes back to what is without a choice.
    Clear(Page),
    /// The topic of this name, in a select of topics.
    Topic(String),
    /// Has something done from this score on, in hundredths.
    From(Level, u8),
    /// Has answers ask for feedback, or not.
    Feedback(bool),
}

/// One setting with its page of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The moderators' channel.
    Channel,
    /// The role of an office.
    Role(Office),
    /// The topics, a page of them; the first is 0.
    Topics(u16),
    /// A threshold.
    Threshold(Level),
}

/// What a role may be given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    /// Deciding on open questions, and changing settings.
    Editors,
    /// Looking at them.
    Viewers,
}

/// What a threshold is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Answering.
    Answer,
    /// Offering questions to choose from.
    Suggest,
}

impl Setting {
    /// The setting that was written as `text`.
    pub(in crate::discord) fn read(text: &str) -> Option<Self> {
        if text == "o" {
            return Some(Self::Overview);
        }
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "p" => Page::read(rest).map(Self::Page),
            "c" => Page::read(rest).map(Self::Choose),
            "n" => Page::read(rest).map(Self::Clear),
            "t" => Some(Self::Topic(rest.to_owned())),
            "a" => rest.parse().ok().map(|percent| Self::From(Level::Answer, percent)),
            "s" => rest.parse().ok().map(|percent| Self::From(Level::Suggest, percent)),
            "f" => rest.parse().ok().map(Self::Feedback),
            _ => None,
        }
    }
}

impl fmt::Display for Setting {
    /// As it stands in a sealed id.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overview => f.write_str("o"),
            Self::Page(page) => write!(f, "p:{page}"),
            Self::Choose(page) => write!(f, "c:{page}"),
            Self::Clear(page) => write!(f, "n:{page}"),
            Self::Topic(name) => write!(f, "t:{name}"),
            Self::From(Level::Answer, percent) => write!(f, "a:{percent}"),
            Self::From(Level::Suggest, percent) => write!(f, "s:{percent}"),
            Self::Feedback(is_on) => write!(f, "f:{is_on}"),
        }
    }
}

impl Page {
    /// All of them, in the order in which they are offered.
    pub(super) const ALL: [Self; 6] = [
        Self::Channel,
        Self::Role(Office::Editors),
        Self::Role(Office::Viewers),
        Self::Topics(0),
        Self::Threshold(Level::Answer),
        Self::Threshold(Level::Suggest),
    ];

    fn read(text: &str) -> Option<Self> {
        match text {
            "c" => Some(Self::Channel),
            "e" => Some(Self::Role(Office::Editors)),
            "v" => Some(Self::Role(Office::Viewers)),
            "a" => Some(Self::Threshold(Level::Answer)),
            "s" => Some(Self::Threshold(Level::Suggest)),
            _ => text.strip_prefix('t').and_then(|page| page.parse().ok()).map(Self::Topics),
        }
    }

    /// Forgets what was chosen; what is answered from is then `configured`.
    pub(super) fn clear(self, settings: &mut ServerSettings, configured: f32) {
        match self {
            Self::Channel => settings.moderators_channel = None,
            Self::Role(office) => office.give(settings, None),
            Self::Topics(_) => settings.topics = None,
            Self::Threshold(level) => level.set(settings, None, configured),
        }
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Channel => f.write_str("c"),
            Self::Role(Office::Editors) => f.write_str("e"),
            Self::Role(Office::Viewers) => f.write_str("v"),
            Self::Topics(page) => write!(f, "t{page}"),
            Self::Threshold(Level::Answer) => f.write_str("a"),
            Self::Threshold(Level::Suggest) => f.write_str("s"),
        }
    }
}

impl Office {
    /// The role that has it.
    pub(super) fn role(self, settings: &ServerSettings) -> Option<RoleId> {
        match self {
            Self::Editors => settings.editor_role,
            Self::Viewers => settings.viewer_role,
        }
    }

    /// Gives it to a role, or to none.
    pub(super) fn give(self, settings: &mut ServerSettings, role: Option<RoleId>) {
        match self {
            Self::Editors => settings.editor_role = role,
            Self::Viewers => settings.viewer_role = role,
        }
    }
}

impl Level {
    /// The scores that may be chosen, in hundredths.
    pub(super) fn percents(self) -> RangeInclusive<u8> {
        match self {
            Self::Answer => ANSWER_FROM_PERCENT,
            Self::Suggest => SUGGEST_FROM_PERCENT,
        }
    }

    /// Its score among `thresholds`.
    pub(super) fn of(self, thresholds: Thresholds) -> f32 {
        match self {
            Self::Answer => thresholds.answer,
            Self::Suggest => thresholds.suggest,
        }
    }

    /// The score that was chosen.
    pub(super) fn chosen(self, bounds: Bounds) -> Option<f32> {
        match self {
            Self::Answer => bounds.answer,
            Self::Suggest => bounds.suggest,
        }
    }

    /// Sets its score, in hundredths; nothing is suggested from a higher score than it is answered from, which is
    /// `configured` where nothing was chosen.
    pub(super) fn set(self, settings: &mut ServerSettings, percent: Option<u8>, configured: f32) {
        let bounds = &mut settings.addressed;
        match self {
            Self::Answer => bounds.answer = percent.map(score),
            Self::Suggest => bounds.suggest = percent.map(score),
        }
        let most = bounds.answer.unwrap_or(configured);
        bounds.suggest = bounds.suggest.map(|suggest| suggest.min(most));
    }
}

/// Hundredths as a score.
pub(super) fn score(percent: u8) -> f32 {
    f32::from(percent) / 100.0
}
