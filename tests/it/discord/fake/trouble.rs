//! Trouble on demand: what a test says to make this Discord misbehave.

use std::time::Duration;

use serde_json::json;

use super::Discord;
use super::faults::{Fault, Gate, Limit};
use super::gateway::Out;
use super::state::State;

impl Discord {
    /// Lets the next `times` requests to a route fail; `*` is one step of the path, like `POST /channels/*/messages`.
    pub fn fails(&self, route: &str, fault: Fault, times: usize) {
        self.server.with(|state| state.faults.fail(route, fault, times));
    }

    /// Keeps requests to a route waiting until the gate opens.
    pub fn holds(&self, route: &str) -> Gate {
        self.server.with(|state| state.faults.hold(route))
    }

    /// Waits until this many requests are being answered, or held.
    pub async fn in_flight(&self, requests: usize) {
        let is_there = |state: &mut State| (state.in_flight >= requests).then_some(());
        self.server.until(&format!("{requests} requests at once"), is_there).await;
    }

    /// Limits a route to so many requests in a time, announced in headers; more are answered with 429.
    pub fn limits(&self, route: &str, requests: u64, every: Duration) {
        let limit = Limit { route: route.into(), requests, every, window: None };
        self.server.with(|state| state.faults.limits.push(limit));
    }

    /// Answers every request that much later.
    #[allow(dead_code, reason = "for tests of what a slow Discord brings about")]
    pub fn answers_after(&self, latency: Duration) {
        self.server.with(|state| state.faults.latency = latency);
    }

    /// Breaks every connection and answers nothing.
    pub fn goes_away(&self) {
        self.server.with(|state| {
            state.faults.is_away = true;
            state.gateway.drop_connections();
        });
    }

    /// Answers again.
    pub fn comes_back(&self) {
        self.server.with(|state| state.faults.is_away = false);
    }

    /// Breaks the gateway's connections without a word; sessions can be resumed.
    pub fn drops_connections(&self) {
        self.server.with(|state| state.gateway.drop_connections());
    }

    /// Asks the bot to connect anew and resume (op 7).
    pub fn asks_to_reconnect(&self) {
        self.tells(|| Out::Frame(json!({ "op": 7, "d": null })));
    }

    /// Tells the bot that its session is invalid (op 9); if it is not `resumable`, it has to identify again.
    pub fn invalidates_sessions(&self, resumable: bool) {
        self.server.with(|state| {
            state.gateway.sessions.iter_mut().for_each(|session| session.is_valid &= resumable);
        });
        self.tells(|| Out::Frame(json!({ "op": 9, "d": resumable })));
    }

    /// Closes the gateway's connections with a code.
    pub fn closes(&self, code: u16) {
        self.tells(|| Out::Close(code, "as the test wishes"));
    }

    /// Closes the gateway's connections without a code.
    pub fn closes_without_code(&self) {
        self.tells(|| Out::CloseBare);
    }

    /// Takes connections to the gateway and says nothing on them, or speaks again.
    pub fn hangs(&self, hangs: bool) {
        self.server.with(|state| state.faults.hangs = hangs);
    }

    fn tells(&self, out: impl Fn() -> Out) {
        self.server.with(|state| {
            for connection in state.gateway.connections.keys() {
                state.gateway.send(*connection, out());
            }
        });
    }

    /// Closes the next connection with this code when the bot identifies, like 4004, 4010, 4011 or 4014.
    pub fn next_identify_closes(&self, code: u16) {
        self.server.with(|state| state.faults.identify_closes.push(code));
    }

    /// Leaves heartbeats without the answer that they need, or answers again.
    pub fn ignores_heartbeats(&self, ignores: bool) {
        self.server.with(|state| state.faults.ignores_heartbeats = ignores);
    }

    /// Tells every event twice, or once again.
    pub fn delivers_twice(&self, twice: bool) {
        self.server.with(|state| state.faults.delivers_twice = twice);
    }

    /// Tells the bot an event of the test's making.
    #[allow(dead_code, reason = "for tests of events that Discord would not tell")]
    pub fn tells_event(&self, event: &str, data: &serde_json::Value) {
        self.server.with(|state| state.dispatch(event, Some(self.guild), data));
    }
}
