//! Browsing: the topics and their entries, a page at a time, as cards whose select leads further. Which page it is
//! stands in the sealed ids alone, so that browsing goes on after a restart.

use crate::answer::{Scope, Snapshot, escape, sentences};
use crate::knowledge::{Entry, EntryId, Knowledge, Topic};
use crate::language::Language;
use crate::limits::SELECT_OPTIONS;

use super::card::{Button, Card, Kind, Opt, Row, bare, button};
use super::paging::{Paging, number_of};
use super::seal::Action;

/// A page of the topics that may be seen by who asks in this `scope`; where there is but one, of its entries. A page
/// beyond the last is the last. `None` where there is no topic to show.
pub(super) fn topics(snapshot: &Snapshot, scope: &Scope, language: Language, page: u16) -> Option<Card> {
    let shown = Shown { knowledge: &snapshot.knowledge, scope, language };
    let topics = shown.topics();
    match topics[..] {
        [] => None,
        [only] => Some(shown.topic(only, page)),
        _ => Some(overview(&topics, page, language)),
    }
}

/// A page of the entries of the topic `name`; where it is gone, the topics. `None` where there is no topic to show.
pub(super) fn topic(snapshot: &Snapshot, scope: &Scope, language: Language, name: &str, page: u16) -> Option<Card> {
    let shown = Shown { knowledge: &snapshot.knowledge, scope, language };
    let known = shown.topics().into_iter().find(|topic| topic.name == name);
    known.map_or_else(|| topics(snapshot, scope, language, 0), |topic| Some(shown.topic(topic, page)))
}

/// Adds to `card`, the answer of `entry`, the way back to the entries around it; its related entries keep one as well.
pub(super) fn add_way_back(card: &mut Card, snapshot: &Snapshot, scope: &Scope, entry: &EntryId) {
    let language = card.language;
    for row in &mut card.rows {
        let Row::Select { options, .. } = row else { continue };
        for option in options {
            if let Action::Choose(related) = &option.action {
                option.action = Action::Read(related.clone());
            }
        }
    }
    let shown = Shown { knowledge: &snapshot.knowledge, scope, language };
    let place = shown.entries(entry.topic()).position(|other| other.id == *entry).unwrap_or_default();
    let action = Action::Topic(entry.topic().to_owned(), number_of(place, SELECT_OPTIONS));
    card.rows.push(Row::Buttons(vec![button(&sentences::of(language).topics.back, action)]));
}

/// What may be seen in one scope.
struct Shown<'a> {
    knowledge: &'a Knowledge,
    scope: &'a Scope,
    language: Language,
}

impl<'a> Shown<'a> {
    /// The topics with an entry to see, by name.
    fn topics(&self) -> Vec<&'a Topic> {
        self.knowledge.topics().filter(|topic| self.entries(&topic.name).next().is_some()).collect()
    }

    fn entries(&self, topic: &str) -> impl Iterator<Item = &'a Entry> {
        let may_see = |entry: &&Entry| self.scope.may_see(entry, self.knowledge);
        self.knowledge.entries().iter().filter(move |entry| entry.id.topic() == topic).filter(may_see)
    }

    fn topic(&self, topic: &Topic, page: u16) -> Card {
        let texts = sentences::of(self.language);
        let options =
            self.entries(&topic.name).map(|entry| Opt::new(&entry.question.value, "", Action::Read(entry.id.clone())));
        let options = options.collect();
        let body = format!("{}\n\n{}", escape(&topic.description), texts.topics.topic_body);
        let card = Card { body, ..bare(Kind::About, &topic.title, self.language) };
        let topics = self.topics();
        let up = topics.iter().position(|other| other.name == topic.name).filter(|_| topics.len() > 1);
        let up = up.map(|place| Action::Topics(number_of(place, SELECT_OPTIONS)));
        let to = |page| Action::Topic(topic.name.clone(), page);
        paged(card, options, page, &texts.topics.topic_placeholder, to, up)
    }
}

fn overview(topics: &[&Topic], page: u16, language: Language) -> Card {
    let texts = sentences::of(language);
    let options =
        topics.iter().map(|topic| Opt::new(&topic.title, &topic.description, Action::Topic(topic.name.clone(), 0)));
    let card = Card { body: texts.topics.body.clone(), ..bare(Kind::About, &texts.topics.title, language) };
    paged(card, options.collect(), page, &texts.topics.placeholder, Action::Topics, None)
}

/// `card` with one page of `options` in a select, the buttons to other pages (made by `to`) and the one that leads
/// `up`.
fn paged(
    card: Card,
    options: Vec<Opt>,
    page: u16,
    placeholder: &'static str,
    to: impl Fn(u16) -> Action,
    up: Option<Action>,
) -> Card {
    let texts = sentences::of(card.language);
    let paging = Paging::of(options.len(), SELECT_OPTIONS, page);
    let options = paging.on_it(options.into_iter()).collect();
    let mut rows = vec![Row::Select { action: Action::Select, placeholder, options }];
    let up = up.map(|action| button(&texts.topics.all_topics, action));
    let buttons: Vec<Button> = paging.buttons(texts, to).chain(up).collect();
    if !buttons.is_empty() {
        rows.push(Row::Buttons(buttons));
    }
    Card { footer: paging.footer(texts), rows, ..card }.fit()
}
