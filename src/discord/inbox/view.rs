//! What moderators see: the card of a question, and the one that stands in its place when its words are gone.

use serenity::model::id::{ChannelId, GuildId, MessageId};

use crate::answer::sentences::{self, Sentences};
use crate::answer::{Scope, Snapshot, cut_utf16, escape};
use crate::discord::card::{Card, Kind, Opt, Row, bare, button, lines};
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
        let texts = sentences::of(self.language);
        let mut body = format!("> {}", escape(&one_line(&self.question.text, QUESTION_UTF16)));
        if let Some(settled) = &self.question.settled {
            body = format!("{body}\n\n{}", self.decision(settled));
        }
        let others = self.wordings.iter().filter(|text| **text != self.question.text);
        let others = lines(others.map(|text| escape(&one_line(text, WORDING_UTF16))));
        let mut fields = vec![
            (texts.inbox.closest.as_str(), self.closest()),
            (&texts.inbox.asked, facts(self.question, texts).join(" · ")),
        ];
        if !others.is_empty() {
            fields.insert(0, (&texts.inbox.also_asked, others));
        }
        let (kind, rows) = match &self.question.settled {
            None => (Kind::Suggestion, self.open_rows()),
            Some(settled) => (Kind::Unknown, self.settled_rows(settled)),
        };
        Card { body, fields, rows, ..bare(kind, &texts.inbox.title, self.language) }.fit()
    }

    fn closest(&self) -> String {
        let texts = sentences::of(self.language);
        let knowledge = &self.snapshot.knowledge;
        let line = |near: &Closest| {
            let question = knowledge.entry(&near.entry).map(|entry| format!(" · {}", escape(&entry.question.value)));
            let rejected = if near.rejected { format!(" · **{}**", texts.inbox.rejected) } else { String::new() };
            format!("`{}` {:.2}{}{rejected}", near.entry, near.score, question.unwrap_or_default())
        };
        let closest = lines(self.question.closest.iter().take(CLOSEST_LISTED).map(line));
        if closest.is_empty() { texts.inbox.closest_none.clone() } else { closest }
    }

    /// What was decided by whom, and what was written for it.
    fn decision(&self, settled: &Settled) -> String {
        let texts = sentences::of(self.language);
        let who = settled.by.map(|by| format!("<@{}>", by.0));
        let (sentence, entry) = match (&settled.verdict, &who) {
            (Verdict::Added(entry), Some(_)) => (&texts.inbox.added, entry.as_str()),
            (Verdict::Added(entry), None) => (&texts.inbox.answered_now, entry.as_str()),
            (Verdict::OffTopic, _) => (&texts.inbox.off_topic, ""),
            (Verdict::Ignored, _) => (&texts.inbox.ignored, ""),
        };
        let when = format!("<t:{}:R>", settled.at.0);
        let values = [("entry", entry), ("who", who.as_deref().unwrap_or(&texts.inbox.somebody)), ("when", &when)];
        let sentence = format!("**{}**", sentences::fill(sentence, &values));
        let written = Proposal::read(settled.written.as_deref());
        let written = written.iter().map(|proposal| {
            let (sentence, name) = match &proposal.target {
                Target::Phrasing(entry) => (&texts.inbox.as_phrasing, entry.as_str()),
                Target::OffTopic(topic) => (&texts.inbox.as_off_topic, topic.as_str()),
                Target::Expected(topic) => (&texts.inbox.as_expected, topic.as_str()),
            };
            sentences::fill(sentence, &[("text", &escape(&proposal.text)), ("name", name)])
        });
        std::iter::once(sentence).chain(written).collect::<Vec<_>>().join("\n")
    }

    fn open_rows(&self) -> Vec<Row> {
        let texts = sentences::of(self.language);
        let deed = |label: &str, deed| button(label, Action::Inbox(self.question.id, deed));
        let buttons = vec![deed(&texts.inbox.not_for_us, Deed::NotForUs), deed(&texts.inbox.ignore, Deed::Ignore)];
        let options = if self.is_home { self.choices() } else { Vec::new() };
        let action = Action::Inbox(self.question.id, Deed::Choose);
        let select =
            (!options.is_empty()).then(|| Row::Select { action, placeholder: &texts.inbox.placeholder, options });
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
        let texts = sentences::of(self.language);
        let deed = |label: &str, deed| button(label, Action::Inbox(self.question.id, deed));
        let mut buttons = vec![deed(&texts.inbox.undo, Deed::Undo)];
        let topic = topic_of(self.question, &self.snapshot.knowledge, &self.scope);
        if let Some(topic) = topic.filter(|_| settled.verdict == Verdict::OffTopic && self.is_home) {
            let written = Proposal::read(settled.written.as_deref());
            let ways =
                [(&texts.inbox.teach, Target::OffTopic(topic.clone())), (&texts.inbox.expect, Target::Expected(topic))];
            let left = ways.into_iter().filter(|(_, target)| written.iter().all(|done| done.target != *target));
            buttons.extend(left.map(|(label, target)| deed(label, Deed::Write(target))));
        }
        vec![Row::Buttons(buttons)]
    }
}

/// How often a question was asked, when last, and where.
pub(in crate::discord) fn facts(question: &UnansweredQuestion, texts: &Sentences) -> Vec<String> {
    let UnansweredQuestion { times, last_at, channel, message, server, .. } = question;
    let times = sentences::fill(&texts.unanswered.times, &[("times", &times.to_string())]);
    let place = match (server, channel.zip(*message)) {
        (None, _) => Some(texts.unanswered.direct.clone()),
        (Some(server), Some((channel, message))) => {
            let (channel, message) = (ChannelId::new(channel.0), MessageId::new(message.0));
            let address = message.link(channel, Some(GuildId::new(server.0)));
            Some(format!("[{}]({address})", texts.unanswered.link))
        }
        (Some(_), None) => None,
    };
    [times, format!("<t:{}:R>", last_at.0)].into_iter().chain(place).collect()
}

/// The topic that a question is off: that of the entry that came closest, else the first one.
fn topic_of(question: &UnansweredQuestion, knowledge: &Knowledge, scope: &Scope) -> Option<String> {
    let closest = question.closest.iter().filter_map(|near| near.entry.split_once('/')).map(|(topic, _)| topic);
    let known = closest.filter_map(|name| knowledge.topic(name)).chain(knowledge.topics());
    known.into_iter().find(|topic| scope.has(topic)).map(|topic| topic.name.clone())
}

/// What stands where a question stood.
pub(super) fn blank(language: Language) -> Card {
    let texts = sentences::of(language);
    Card { body: texts.inbox.blank_body.clone(), ..bare(Kind::Unknown, &texts.inbox.blank_title, language) }
}

/// `text` on one line, cut to `most` UTF-16 units, with "…" where it was cut.
pub(super) fn one_line(text: &str, most: usize) -> String {
    cut_utf16(&on_one_line(text), most)
}

/// As much of `text`, on one line, as fits `most` UTF-16 units, and whether there is more: words to be kept, so that
/// nothing stands for what is left out.
pub(super) fn whole_words(text: &str, most: usize) -> (String, bool) {
    let line = on_one_line(text);
    let cut = cut_utf16(&line, most);
    if cut == line {
        return (line, false);
    }
    (cut.strip_suffix('…').unwrap_or(&cut).to_owned(), true)
}

fn on_one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_to_be_kept_are_cut_without_a_sign() {
        let check =
            |text, expected, is_cut| assert_eq!(whole_words(text, 10), (String::from(expected), is_cut), "{text}");
        check("one\ntwo  x", "one two x", false);
        check("wait for …", "wait for …", false);
        check("one two three", "one two", true);
        check("one two th…", "one two", true);
        check("extraordinary", "extraordi", true);
    }
}
