//! The state behind its lock, and waiting for what the bot is to do.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::watch;

use super::refusal::Refusal;
use super::state::{State, What};

/// How long to wait for what must happen: far longer than it takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// Has a connection send what is written at once, as Discord does: it would otherwise wait for the client to
/// acknowledge what was sent before, which takes some 40 ms.
pub fn send_at_once(stream: &TcpStream) {
    // It only is slower otherwise.
    let _ = stream.set_nodelay(true);
}

/// What everything in the fake hangs on.
pub type Shared = Arc<Server>;

/// The state of the fake and those who wait for it to change.
pub struct Server {
    state: Mutex<State>,
    changes: watch::Sender<()>,
}

impl Server {
    pub fn new(state: State) -> Self {
        Self { state: Mutex::new(state), changes: watch::Sender::new(()) }
    }

    /// Looks at the state, or changes it.
    #[track_caller]
    pub fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = look(&mut state);
        drop(state);
        self.changes.send_replace(());
        seen
    }

    /// Waits until `look` finds something.
    pub async fn until<T>(&self, what: &str, mut look: impl FnMut(&mut State) -> Option<T>) -> T {
        let mut changes = self.changes.subscribe();
        let found = async {
            loop {
                changes.mark_unchanged();
                {
                    let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(found) = look(&mut state) {
                        return found;
                    }
                    let mistakes = mistakes(&state);
                    assert!(mistakes.is_empty(), "waiting for {what}:\n{}", mistakes.join("\n"));
                }
                let _ = changes.changed().await;
            }
        };
        let Ok(found) = tokio::time::timeout(PATIENCE, found).await else {
            panic!("waited for {what}\n{}", self.with(|state| diary(state)))
        };
        found
    }

    /// Waits for something that the bot does and takes it.
    pub async fn take(&self, what: &str, mut is_it: impl FnMut(&State, &What) -> bool) -> What {
        let found = self.until(what, |state| {
            let index = (0..state.happenings.len())
                .find(|&index| !state.happenings[index].is_taken && is_it(state, &state.happenings[index].what))?;
            state.happenings[index].is_taken = true;
            Some(state.happenings[index].what.clone())
        });
        found.await
    }

    /// Waits for a refusal with this code and takes it.
    pub async fn refused(&self, code: u32) -> Refusal {
        let is_it = |_: &State, what: &What| matches!(what, What::Refused(refusal) if refusal.code == code);
        match self.take(&format!("a refusal with code {code}"), is_it).await {
            What::Refused(refusal) => refusal,
            other => panic!("{other:?} is no refusal"),
        }
    }
}

/// What no bot may do, as far as the test has not taken it.
pub fn mistakes(state: &State) -> Vec<String> {
    let refused = state.happenings.iter().filter(|happening| !happening.is_taken);
    let refused = refused.filter(|happening| matches!(&happening.what, What::Refused(refusal) if refusal.is_mistake));
    refused.map(|happening| happening.line.clone()).chain(state.mistakes.iter().cloned()).collect()
}

/// What has happened so far, for whoever reads a failed test.
fn diary(state: &State) -> String {
    let done = state.happenings.iter().map(|happening| {
        format!("{} {}", if happening.is_taken { "-" } else { "*" }, happening.line.replace('\n', "\n    "))
    });
    let done: Vec<_> = done.collect();
    let requests = state.requests.iter().rev().take(30).rev().map(|line| format!("  {line}")).collect::<Vec<_>>();
    format!(
        "the bot did (* not yet looked at):\n{}\nits last requests:\n{}\nconnections {}, identified {}, resumed {}, ended {:?}",
        done.join("\n"),
        requests.join("\n"),
        state.gateway.connects,
        state.gateway.identifies,
        state.gateway.resumes,
        state.gateway.ended,
    )
}
