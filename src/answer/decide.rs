//! Deciding: what a question deserves, by signs of danger, scores and thresholds.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::knowledge::{Entry, Knowledge, Topic};
use crate::language::Language;
use crate::limits::SUGGESTIONS;
use crate::matching::Match;
use crate::matching::words::{Word, words};

use super::chatter::is_chatter;
use super::foreign::{Foreign, foreign};
use super::snapshot::Snapshot;
use super::urgent::Danger;

/// What a member wrote, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The text as it was written.
    pub text: String,
    /// How it reached the bot, and what it may be answered from.
    pub scope: Scope,
}

/// How a question reached the bot, and what it may be answered from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// How it reached the bot.
    pub manner: Manner,
    /// The names of the topics that it may be answered from; `None` for all.
    pub topics: Option<Vec<String>>,
}

/// How a question reached the bot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Manner {
    /// The member asked the bot.
    #[default]
    Addressed,
    /// The member asked the bot in a direct message, which topics must be marked for.
    Direct,
    /// The member wrote to nobody in particular, so that a wrong answer would be an intrusion as well. The bot answers
    /// no such message in Discord: only `needle ask --unprompted` asks like this.
    Unprompted,
}

/// The scores, each in `0..=1`, from which on something is done: both are known, whoever chose them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Thresholds {
    /// From this score on the best entry is the answer.
    pub answer: f32,
    /// From this score on the best entries are offered as suggestions; at most [`answer`](Self::answer).
    pub suggest: f32,
}

/// How sure to be before saying something.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// For questions put to the bot.
    pub addressed: Thresholds,
    /// For questions put to nobody in particular ([`Manner::Unprompted`]); stricter.
    pub unprompted: Thresholds,
}

/// What a question deserves.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// It names a sign of danger.
    Urgent(Danger),
    /// This entry answers it.
    Answer(Match),
    /// One of these two to four entries, best first, may answer it.
    Suggest(Vec<Match>),
    /// No entry is known to answer it.
    Unknown(Unknown),
}

/// Why nothing can be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// No entry comes close.
    NothingClose,
    /// A greeting, thanks, chatter, or no words at all.
    NotAQuestion,
    /// It is clearly in a language in which no entry that may be seen is written.
    Foreign(Foreign),
}

/// A decision with the ranking it was taken on.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    /// What was decided.
    pub decision: Decision,
    /// The entries with any likeness to the question, best first; empty where there was no need to look.
    pub matches: Vec<Match>,
}

impl Scope {
    /// Whether `topic` is in it.
    #[must_use]
    pub fn has(&self, topic: &Topic) -> bool {
        let is_chosen = self.topics.as_ref().is_none_or(|topics| topics.contains(&topic.name));
        is_chosen && (self.manner != Manner::Direct || topic.direct_messages)
    }

    /// Whether an entry of `knowledge` may be shown.
    #[must_use]
    pub fn may_see(&self, entry: &Entry, knowledge: &Knowledge) -> bool {
        knowledge.topic(entry.id.topic()).is_some_and(|topic| self.has(topic))
    }
}

impl From<Manner> for Scope {
    /// All topics.
    fn from(manner: Manner) -> Self {
        Self { manner, topics: None }
    }
}

impl Policy {
    /// The thresholds for questions that reached the bot in this manner.
    #[must_use]
    pub fn thresholds(&self, manner: Manner) -> Thresholds {
        match manner {
            Manner::Addressed | Manner::Direct => self.addressed,
            Manner::Unprompted => self.unprompted,
        }
    }
}

impl Ruling {
    /// The best match's score in `0..=1`; 0 where there is none.
    #[must_use]
    pub fn score(&self) -> f32 {
        self.matches.first().map_or(0.0, |best| best.score)
    }
}

/// Decides what `question` deserves. Signs of danger come before everything else, then a language that nothing is
/// answered in; then the score of the best match that its asker may see is held against the thresholds (the distance to
/// the runner-up is inside the score).
#[must_use]
pub fn decide(question: &Question, snapshot: &Snapshot, policy: &Policy) -> Ruling {
    let words = words(&question.text);
    if let Some(danger) = snapshot.dangers.find(&question.text, &words) {
        return Ruling { decision: Decision::Urgent(danger), matches: Vec::new() };
    }
    let knowledge = &snapshot.knowledge;
    if let Some(language) = foreign_to(knowledge, question) {
        return Ruling { decision: Decision::Unknown(Unknown::Foreign(language)), matches: Vec::new() };
    }
    let may_see = |entry: &Entry| question.scope.may_see(entry, knowledge);
    let matches = snapshot.index.rank_among(&words, |entry| may_see(&knowledge.entries()[entry]));
    let related = |entry: usize| {
        let related = knowledge.related(&knowledge.entries()[entry]).filter(|entry| may_see(entry));
        related.filter_map(|entry| knowledge.number(&entry.id)).collect()
    };
    let decision = by_score(&words, &matches, policy.thresholds(question.scope.manner), related);
    Ruling { decision, matches }
}

/// The languages of the topics in `scope`, in the order of [`Language::ALL`]; `None` where there is
/// another one among them, or no topic.
#[must_use]
pub fn languages(knowledge: &Knowledge, scope: &Scope) -> Option<Vec<Language>> {
    let topics = knowledge.topics().filter(|topic| scope.has(topic));
    let languages: BTreeSet<Language> = topics.map(|topic| topic.language).collect::<Option<_>>()?;
    (!languages.is_empty()).then(|| languages.into_iter().collect())
}

/// The language of `question` where nothing is answered in it.
fn foreign_to(knowledge: &Knowledge, question: &Question) -> Option<Foreign> {
    foreign(&question.text, &languages(knowledge, &question.scope)?)
}

/// Decides by the scores of `matches`, best first, for a question's `words` that name no danger. `related` gives the
/// numbers of the entries that one entry names as related.
#[must_use]
pub fn by_score(
    words: &[Word],
    matches: &[Match],
    thresholds: Thresholds,
    related: impl Fn(usize) -> Vec<usize>,
) -> Decision {
    match matches.first() {
        // First, as a knowledge base may have an entry for "thank you".
        Some(best) if best.score >= thresholds.answer => Decision::Answer(*best),
        _ if is_chatter(words) => Decision::Unknown(Unknown::NotAQuestion),
        Some(best) if best.score >= thresholds.suggest => suggest(matches, related),
        _ => Decision::Unknown(Unknown::NothingClose),
    }
}

/// The share of the best score that a third or fourth suggestion needs: what is much weaker only distracts.
const NEAR_SHARE: f32 = 0.5;

/// The best matches as suggestions. Where a single entry has any likeness, those it names as related stand beside it;
/// where it names none, there is no choice to offer.
fn suggest(matches: &[Match], related: impl Fn(usize) -> Vec<usize>) -> Decision {
    let is_near = |best: &Match, other: &Match| other.score >= NEAR_SHARE * best.score;
    let kept = matches.iter().enumerate().take_while(|(place, other)| *place < 2 || is_near(&matches[0], other));
    let mut near: Vec<Match> = kept.take(SUGGESTIONS).map(|(_, near)| *near).collect();
    if let [only] = near[..] {
        let others = related(only.entry).into_iter().map(|entry| Match { entry, score: 0.0 });
        near.extend(others.take(SUGGESTIONS - 1));
    }
    if near.len() < 2 { Decision::Unknown(Unknown::NothingClose) } else { Decision::Suggest(near) }
}
