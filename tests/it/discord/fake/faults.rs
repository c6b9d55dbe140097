//! What goes wrong on demand: answers that fail, get lost or come late, rate limits, and a Discord that is away.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::sync::watch;

/// One way for a request to fail.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// An answer with this status and nothing done.
    Status(u16),
    /// No answer, ever, and nothing done.
    Silence,
    /// The connection breaks before anything is done.
    Lost,
    /// The request is carried out, then the connection breaks.
    AnswerLost,
    /// 429 although no limit was announced.
    TooMany {
        after: Duration,
        /// Whether it holds for the whole bot.
        is_global: bool,
    },
}

/// A limit on how often a route may be asked, announced in headers.
#[derive(Clone)]
pub struct Limit {
    pub route: String,
    pub requests: u64,
    pub every: Duration,
    /// When the current window began, and how many requests it has seen.
    pub window: Option<(Duration, u64)>,
}

/// Requests that are kept waiting until it is dropped or opened.
#[must_use]
pub struct Gate {
    open: watch::Sender<bool>,
}

impl Gate {
    /// Lets them through, and all after them.
    pub fn opens(self) {
        drop(self);
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.open.send_replace(true);
    }
}

#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Faults {
    pub is_away: bool,
    /// How often the bot came while nobody was there.
    pub turned_away: usize,
    pub ignores_heartbeats: bool,
    /// Whether connections to the gateway are taken and left without a word.
    pub hangs: bool,
    pub delivers_twice: bool,
    /// Whether commands are shown whatever permissions they ask for.
    pub shows_every_command: bool,
    /// The next answers to IDENTIFY: a close code each.
    pub identify_closes: Vec<u16>,
    pub latency: Duration,
    pub limits: Vec<Limit>,
    /// Requests that were too many, told in one line each, and when they may come again.
    pub too_many: BTreeMap<String, Duration>,
    next: Vec<(String, Fault)>,
    gates: BTreeMap<String, watch::Receiver<bool>>,
}

impl Faults {
    /// Lets the next `times` requests to `route` fail.
    pub fn fail(&mut self, route: &str, fault: Fault, times: usize) {
        self.next.extend(std::iter::repeat_n((route.to_owned(), fault), times));
    }

    /// The fault that meets this request, which uses it up.
    pub fn take(&mut self, request: &str) -> Option<Fault> {
        let index = self.next.iter().position(|(route, _)| fits(route, request))?;
        Some(self.next.remove(index).1)
    }

    /// Keeps requests to `route` waiting.
    pub fn hold(&mut self, route: &str) -> Gate {
        let (open, is_open) = watch::channel(false);
        self.gates.insert(route.into(), is_open);
        Gate { open }
    }

    /// What this request has to wait for.
    pub fn gate(&self, request: &str) -> Option<watch::Receiver<bool>> {
        self.gates.iter().find(|(route, _)| fits(route, request)).map(|(_, gate)| gate.clone())
    }
}

/// Whether `request`, like `POST /channels/7/messages`, is one to `route`, where `*` stands for one step of the path,
/// or at the end for anything.
pub fn fits(route: &str, request: &str) -> bool {
    let (mut wanted, mut steps) = (route.split(['/', ' ']), request.split(['/', ' ']));
    loop {
        match (wanted.next(), steps.next()) {
            (None, None) => return true,
            (Some("*"), Some(_)) if wanted.clone().next().is_none() => return true,
            (Some(one), Some(other)) if one == "*" || one == other => {}
            _ => return false,
        }
    }
}

/// Waits until the gate is open; a gate whose test is over is.
pub async fn pass(gate: Option<watch::Receiver<bool>>) {
    if let Some(mut gate) = gate {
        let _ = gate.wait_for(|is_open| *is_open).await;
    }
}
