//! The course of an interaction: when it came and when it was answered, for who measures.

use std::time::Duration;

use super::Discord;
use super::people::Pending;

/// When an interaction was told and when its first answer arrived, since the Unix epoch as this Discord's clock goes.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    pub sent: Duration,
    /// `None`: not yet, or never.
    pub answered: Option<Duration>,
    /// Whether the answer was a card, and no mere sentence.
    pub shows_embed: bool,
}

impl Discord {
    /// The courses of these interactions, in the same order.
    pub fn courses(&self, interactions: &[Pending]) -> Vec<Course> {
        self.server.with(|state| {
            let of = |pending: &Pending| {
                let own = &state.interactions[&pending.interaction];
                Course { sent: own.sent, answered: own.answered, shows_embed: own.shows_embed }
            };
            interactions.iter().map(of).collect()
        })
    }
}
