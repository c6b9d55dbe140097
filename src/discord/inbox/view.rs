//! What moderators see: the card of a question, and the one that stands in its place when its words are gone.

use crate::answer::{Scope, Snapshot, cut_utf16, escape, sentences};
use crate::discord::browse::button;
use crate::discord::card::{Card, Kind, Opt, Row, bare, lines};
use crate::discord::seal::{Action, Deed};
use crate::inbox::{Proposal, Target};
use crate::knowledge::{Entry, Knowledge};
use crate::language::Language;
use crate::limits::SELECT_OPTIONS;
use crate::matching::words::words;
use crate::store::{Closest, Settled, UnansweredQuestion, Verdict};

/// How much of a question is shown, in UTF-16 units: most of what members write, and no wall of text.
const QUESTION_UTF16: usize = 1_000;

/// How much is shown of the same in other words, in UTF-16 units.
const WORDING_UTF16: usize = 200;

/// How many of the closest entries are listed; the select has more.
const CLOSEST_LISTED: usize = 5;

/// A question as it is shown to the moderators of a server.
pub(super) struct View<'a> {
    pub(super) question: &'a UnansweredQuestion,
    /// Its different wordings, that of the question first.
    pub(super) wordings: &'a [String],
    pub(super) snapshot: &'a Snapshot,
    /// What the server's members are answered from.
    pub(super) scope: Scope,
    /// Whether the knowledge can be changed from the server.
    pub(super) is_home: bool,
    pub(super) language: Language,
}

impl View<'_> {
    /// The card.
    pub(super) fn card(&self) -> Card {
        let words = sentences::of(self.language);
        let mut body = format!("> {}", escape(&one_line(&self.question.text, QUESTION_UTF16)));
        if let Some(settled) = &self.question.settled {
            body = format!("{body}\n\n{}", self.decision(settled));
        }
        let others = self.wordings.iter().filter(|text| **text != self.question.text);
        let others = lines(others.map(|text| escape(&one_line(text, WORDING_UTF16))));
        let mut fields = vec![(words.inbox.closest.as_str(), self.closest()), (&words.inbox.asked, self.facts())];
        if !others.is_empty() {
            fields.insert(0, (&words.inbox.also_asked, others));
        }
        let (kind, rows) = match &self.question.settled {
            None => (Kind::Suggestion, self.open_rows()),
            Some(settled) => (Kind::Unknown, self.settled_rows(settled)),
        };
        Card { body, fields, rows, ..bare(kind, &words.inbox.title, self.language) }.fit()
    }

    /// How often and when it was asked, and where.
    fn facts(&self) -> String {
        let words = sentences::of(self.language);
        let UnansweredQuestion { times, last_at, channel, message, server, .. } = self.question;
        let times = sentences::fill(&words.unanswered.times, &[("times", &times.to_string())]);
        let mut facts = vec![times, format!("<t:{}:R>", last_at.0)];
        if let (Some(server), Some(channel), Some(message)) = (server, channel, message) {
            let address = format!("https://discord.com/channels/{}/{}/{}", server.0, channel.0, message.0);
            facts.push(format!("[{}]({address})", words.unanswered.link));
        }
        facts.join(" · ")
    }

    fn closest(&self) -> String {
        let words = sentences::of(self.language);
        let knowledge = &self.snapshot.knowledge;
        let line = |near: &Closest| {
            let question = knowledge.entry(&near.entry).map(|entry| format!(" · {}", escape(&entry.question.value)));
            let rejected = if near.rejected { format!(" · **{}**", words.inbox.rejected) } else { String::new() };
            format!("`{}` {:.2}{}{rejected}", near.entry, near.score, question.unwrap_or_default())
        };
        let closest = lines(self.question.closest.iter().take(CLOSEST_LISTED).map(line));
        if closest.is_empty() { words.inbox.closest_none.clone() } else { closest }
    }

    /// What was decided by whom, and what was written for it.
    fn decision(&self, settled: &Settled) -> String {
        let words = sentences::of(self.language);
        let who = settled.by.map(|by| format!("<@{}>", by.0));
        let (sentence, entry) = match (&settled.verdict, &who) {
            (Verdict::Added(entry), Some(_)) => (&words.inbox.added, entry.as_str()),
            (Verdict::Added(entry), None) => (&words.inbox.answered_now, entry.as_str()),
            (Verdict::OffTopic, _) => (&words.inbox.off_topic, ""),
            (Verdict::Ignored, _) => (&words.inbox.ignored, ""),
        };
        let when = format!("<t:{}:R>", settled.at.0);
        let values = [("entry", entry), ("who", who.as_deref().unwrap_or(&words.inbox.somebody)), ("when", &when)];
        let sentence = format!("**{}**", sentences::fill(sentence, &values));
        let written = Proposal::read(settled.written.as_deref());
        let written = written.iter().map(|proposal| {
            let (sentence, name) = match &proposal.target {
                Target::Phrasing(entry) => (&words.inbox.as_phrasing, entry.as_str()),
                Target::OffTopic(topic) => (&words.inbox.as_off_topic, topic.as_str()),
                Target::Expected(topic) => (&words.inbox.as_expected, topic.as_str()),
            };
            sentences::fill(sentence, &[("text", &escape(&proposal.text)), ("name", name)])
        });
        std::iter::once(sentence).chain(written).collect::<Vec<_>>().join("\n")
    }

    fn open_rows(&self) -> Vec<Row> {
        let words = sentences::of(self.language);
        let deed = |label: &str, deed| button(label, Action::Inbox(self.question.id, deed));
        let buttons = vec![deed(&words.inbox.not_for_us, Deed::NotForUs), deed(&words.inbox.ignore, Deed::Ignore)];
        let options = if self.is_home { self.choices() } else { Vec::new() };
        let action = Action::Inbox(self.question.id, Deed::Choose);
        let select =
            (!options.is_empty()).then(|| Row::Select { action, placeholder: &words.inbox.placeholder, options });
        select.into_iter().chain([Row::Buttons(buttons)]).collect()
    }

    /// The entries that it may become a phrasing of, those that are closest now first.
    fn choices(&self) -> Vec<Opt> {
        let knowledge = &self.snapshot.knowledge;
        let entries = knowledge.entries();
        let may_see = |entry: usize| self.scope.may_see(&entries[entry], knowledge);
        let ranked = self.snapshot.index.rank_among(&words(&self.question.text), may_see);
        let ranked: Vec<usize> = ranked.into_iter().map(|found| found.entry).collect();
        let others = (0..entries.len()).filter(|entry| may_see(*entry) && !ranked.contains(entry));
        let option =
            |entry: &Entry| Opt::new(&entry.question.value, entry.id.as_str(), Action::Choose(entry.id.clone()));
        ranked.iter().copied().chain(others).take(SELECT_OPTIONS).map(|entry| option(&entries[entry])).collect()
    }

    fn settled_rows(&self, settled: &Settled) -> Vec<Row> {
        let words = sentences::of(self.language);
        let deed = |label: &str, deed| button(label, Action::Inbox(self.question.id, deed));
        let mut buttons = vec![deed(&words.inbox.undo, Deed::Undo)];
        let topic = topic_of(self.question, &self.snapshot.knowledge, &self.scope);
        if let Some(topic) = topic.filter(|_| settled.verdict == Verdict::OffTopic && self.is_home) {
            let written = Proposal::read(settled.written.as_deref());
            let ways =
                [(&words.inbox.teach, Target::OffTopic(topic.clone())), (&words.inbox.expect, Target::Expected(topic))];
            let left = ways.into_iter().filter(|(_, target)| written.iter().all(|done| done.target != *target));
            buttons.extend(left.map(|(label, target)| deed(label, Deed::Write(target))));
        }
        vec![Row::Buttons(buttons)]
    }
}

/// The topic that a question is off: that of the entry that came closest, else the first one.
fn topic_of(question: &UnansweredQuestion, knowledge: &Knowledge, scope: &Scope) -> Option<String> {
    let closest = question.closest.iter().filter_map(|near| near.entry.split_once('/')).map(|(topic, _)| topic);
    let known = closest.filter_map(|name| knowledge.topic(name)).chain(knowledge.topics());
    known.into_iter().find(|topic| scope.has(topic)).map(|topic| topic.name.clone())
}

/// What stands where a question stood.
pub(super) fn blank(language: Language) -> Card {
    let words = sentences::of(language);
    Card { body: words.inbox.blank_body.clone(), ..bare(Kind::Unknown, &words.inbox.blank_title, language) }
}

/// `text` on one line, cut to `most` UTF-16 units.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let spaced: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    cut_utf16(&spaced.split_whitespace().collect::<Vec<_>>().join(" "), most)
}
