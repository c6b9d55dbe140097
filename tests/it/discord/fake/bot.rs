//! The bot as this Discord sees it: its connections, its commands, its requests and what was refused to it.

use super::Discord;
use super::gateway::End;
use super::people::OnMessage;
use super::refusal::Refusal;
use super::state::{Id, State, What};

impl Discord {
    /// Waits until the bot has sent so many more heartbeats.
    pub async fn beats(&self, times: usize) {
        let wanted = self.server.with(|state| state.gateway.heartbeats + times);
        let is_there = |state: &mut State| (state.gateway.heartbeats >= wanted).then_some(());
        self.server.until(&format!("{times} heartbeats"), is_there).await;
    }

    /// Waits until the bot has identified and is connected.
    pub async fn connected(&self) {
        let what = "the bot to connect (serenity goes to wss://gateway.discord.gg when GET /gateway fails)";
        self.server.until(what, |state| state.gateway.live().next().map(|_| ())).await;
    }

    /// Waits until the bot has connected, identified or resumed this often in all.
    pub async fn connected_times(&self, times: usize) {
        let what = format!("connection number {times}");
        let is_there = |state: &mut State| {
            let count = state.gateway.identifies + state.gateway.resumes;
            (count >= times && state.gateway.live().next().is_some()).then_some(())
        };
        self.server.until(&what, is_there).await;
    }

    /// Waits until no connection of the bot is left, and returns the code that it closed the last with; `None` where
    /// it just went.
    pub async fn disconnected(&self) -> Option<u16> {
        let is_gone = |state: &mut State| match state.gateway.ended.last() {
            Some(End::ByBot(code)) if state.gateway.connections.is_empty() => Some(*code),
            _ => None,
        };
        self.server.until("the bot to leave", is_gone).await
    }

    /// How often the bot has come to the gateway, whatever came of it.
    pub fn approaches(&self) -> usize {
        self.server.with(|state| state.gateway.connects)
    }

    /// Waits until the bot has come to the gateway this often in all, whatever came of it.
    pub async fn approached(&self, times: usize) {
        let is_there = |state: &mut State| (state.gateway.connects >= times).then_some(());
        self.server.until(&format!("connection {times} to the gateway"), is_there).await;
    }

    /// Waits until the bot has come to a Discord that is away this often in all.
    pub async fn turned_away(&self, times: usize) {
        let is_there = |state: &mut State| (state.faults.turned_away >= times).then_some(());
        self.server.until(&format!("the bot to be turned away {times} times"), is_there).await;
    }

    /// Tells the bot of a message once more.
    pub fn tells_again(&self, message: &impl OnMessage) {
        self.server.with(|state| state.dispatch_message("MESSAGE_CREATE", message.id()));
    }

    /// How often the bot has begun a session, and how often it has resumed one.
    pub fn sessions(&self) -> (usize, usize) {
        self.server.with(|state| (state.gateway.identifies, state.gateway.resumes))
    }

    /// The intents that the bot asked for last.
    pub fn intents(&self) -> u64 {
        self.server.with(|state| state.gateway.sessions.last().map_or(0, |session| session.intents))
    }

    /// The definitions registered for everybody, or for one server, with the version of each.
    pub fn commands(&self, server: Option<Id>) -> Vec<(Id, serde_json::Value)> {
        self.server.with(|state| {
            let own = state.commands.iter().filter(|command| command.guild == server);
            own.map(|command| (command.version, command.definition.clone())).collect()
        })
    }

    /// Waits until a command with this name is registered.
    pub async fn offers(&self, command: &str) {
        let name = command.trim_start_matches('/');
        let is_there =
            |state: &mut State| state.commands.iter().any(|known| known.definition["name"] == name).then_some(());
        self.server.until(&format!("{command} to be registered"), is_there).await;
    }

    /// Every request so far with its answer, like `GET /gateway → 200`, ids cut.
    pub fn requests(&self) -> Vec<String> {
        self.server.with(|state| state.requests.clone())
    }

    /// Waits until this many requests to a route have been answered; `route` as in [`requests`](Self::requests).
    pub async fn requested(&self, route: &str, times: usize) {
        let is_there = |state: &mut State| {
            let count = state.requests.iter().filter(|request| request.starts_with(route)).count();
            (count >= times).then_some(())
        };
        self.server.until(&format!("request {times} to {route}"), is_there).await;
    }

    /// Takes the last refusal that was not taken yet.
    pub fn take_refusal(&self) -> Option<Refusal> {
        self.server.with(|state| {
            let left = state.happenings.iter_mut().rev().filter(|happening| !happening.is_taken);
            left.into_iter().find_map(|happening| match &happening.what {
                What::Refused(refusal) => {
                    happening.is_taken = true;
                    Some(refusal.clone())
                }
                _ => None,
            })
        })
    }

    /// Takes everything that the bot did so far: the test has looked at it in its own way, or does not care.
    pub fn forget(&self) {
        self.server.with(|state| state.happenings.iter_mut().for_each(|happening| happening.is_taken = true));
    }

    /// Waits for a refusal with this code and takes it: the test expects it.
    pub async fn refused(&self, code: u32) -> Refusal {
        self.server.refused(code).await
    }
}
