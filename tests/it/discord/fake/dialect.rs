//! A dialect: how another server that speaks the same protocol may word what it answers and tells.

use serde_json::Value;

use super::Discord;
use super::faults::fits;
use super::state::State;

/// What happens to an answer, its status and its body.
type ChangeAnswer = Box<dyn Fn(&mut u16, &mut Value) + Send>;

/// What happens to an event.
type ChangeEvent = Box<dyn Fn(&mut Value) + Send>;

/// What is worded otherwise than by Discord.
#[derive(Default)]
pub struct Dialect {
    answers: Vec<(String, ChangeAnswer)>,
    events: Vec<(String, ChangeEvent)>,
    untold: Vec<String>,
    /// What is told right behind the next READY.
    kept: Option<Vec<(String, Value)>>,
    /// Whether the header that says when to come back is left out.
    pub tells_no_retry_after: bool,
    /// Whether answers to interactions may have no embeds.
    pub refuses_embeds: bool,
}

impl Dialect {
    /// Words an answer to `request` as this server does.
    pub fn answer(&self, request: &str, status: &mut u16, body: &mut Value) {
        for (_, change) in self.answers.iter().filter(|(route, _)| fits(route, request)) {
            change(status, body);
        }
    }

    /// Words an event as this server does; `false` where it is never told.
    pub fn event(&self, event: &str, data: &mut Value) -> bool {
        for (_, change) in self.events.iter().filter(|(changed, _)| changed == event) {
            change(data);
        }
        !self.untold.iter().any(|untold| untold == event)
    }

    /// Whether events of this kind are worded as this server does.
    pub fn words(&self, event: &str) -> bool {
        self.events.iter().any(|(changed, _)| changed == event)
    }

    /// Keeps an event for the next READY; `false` where none are kept.
    pub fn keeps(&mut self, event: &str, data: &Value) -> bool {
        let Some(kept) = &mut self.kept else { return false };
        kept.push((event.to_owned(), data.clone()));
        true
    }
}

impl State {
    /// Tells a session that has just become ready what was kept for it.
    pub fn tell_kept(&mut self, session: usize) {
        let Some(kept) = self.dialect.kept.take() else { return };
        let now = self.now();
        // They happen now.
        for interaction in self.interactions.values_mut().filter(|interaction| interaction.answer.is_none()) {
            interaction.sent = now;
        }
        for (event, data) in kept {
            self.tell(session, &event, &data);
        }
    }
}

impl Discord {
    /// From now on, has answers to a route changed before they are sent, status and body.
    pub fn answers_otherwise(&self, route: &str, change: impl Fn(&mut u16, &mut Value) + Send + 'static) {
        self.server.with(|state| state.dialect.answers.push((route.into(), Box::new(change))));
    }

    /// From now on, has events of a kind changed before they are told.
    pub fn tells_otherwise(&self, event: &str, change: impl Fn(&mut Value) + Send + 'static) {
        self.server.with(|state| state.dialect.events.push((event.into(), Box::new(change))));
    }

    /// From now on, tells no events of a kind.
    pub fn never_tells(&self, event: &str) {
        self.server.with(|state| state.dialect.untold.push(event.into()));
    }

    /// Answers and tells everything as Discord does again.
    pub fn speaks_plainly(&self) {
        self.server.with(|state| state.dialect = Dialect::default());
    }

    /// Keeps whatever happens until the bot connects, and tells it right behind the next READY.
    pub fn tells_with_ready(&self) {
        self.server.with(|state| state.dialect.kept = Some(Vec::new()));
    }

    /// Refuses answers to interactions that have embeds.
    pub fn refuses_embeds(&self) {
        self.server.with(|state| state.dialect.refuses_embeds = true);
    }

    /// Leaves out the header that says when to come back after too many requests.
    pub fn tells_no_retry_after(&self) {
        self.server.with(|state| state.dialect.tells_no_retry_after = true);
    }
}
