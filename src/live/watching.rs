//! Watching: a thread that reloads the knowledge whenever its folder changes.
//!
//! What happened to which file does not matter, since a reload reads everything: an event only says when to look. So
//! the ways in which editors, `git` and deployments replace files (in place, by renaming, by moving the whole folder or
//! a link to it) need no telling apart.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Live, Reload};

/// How soon to react.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// For how long nothing may happen before the folder is read, so that a save in several steps is read once.
    pub quiet: Duration,
    /// After how long it is read even though things keep happening.
    pub patience: Duration,
    /// How often to look at the folder without an event: network mounts and shared folders of virtual machines report
    /// none, and nobody reports a folder far above being swapped.
    pub look: Duration,
    /// The same where the system lets us watch nothing at all, for example as too much is watched already.
    pub look_unwatched: Duration,
}

impl Default for Pace {
    /// Live within a second.
    fn default() -> Self {
        Self {
            quiet: Duration::from_millis(200),
            patience: Duration::from_millis(700),
            look: Duration::from_secs(5),
            look_unwatched: Duration::from_millis(700),
        }
    }
}

/// The thread that watches; it ends when this is dropped.
#[derive(Debug)]
pub struct Watching {
    signals: Sender<Signal>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signal {
    Changed,
    Stop,
}

/// Reloads `live` whenever its folder changes, from the moment this returns, and hands every outcome that is news to
/// `tell`, on a thread of its own.
///
/// # Errors
/// When the thread cannot be started. A folder that cannot be watched is looked at every now and then instead.
pub fn watch(live: Arc<Live>, pace: Pace, tell: impl FnMut(Reload) + Send + 'static) -> io::Result<Watching> {
    let (signals, inbox) = channel();
    let mut watch = Watch {
        dir: std::path::absolute(live.dir())?,
        live,
        pace,
        inbox,
        signals: signals.clone(),
        watcher: None,
        seen: Vec::new(),
    };
    watch.look();
    let thread = thread::Builder::new().name("watch knowledge".to_owned()).spawn(move || watch.run(tell))?;
    Ok(Watching { signals, thread: Some(thread) })
}

impl Drop for Watching {
    fn drop(&mut self) {
        // Either fails only where the thread has ended already.
        let _ = self.signals.send(Signal::Stop);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

struct Watch {
    live: Arc<Live>,
    /// Absolute, links in it unresolved: what it leads to may change.
    dir: PathBuf,
    pace: Pace,
    inbox: Receiver<Signal>,
    signals: Sender<Signal>,
    watcher: Option<RecommendedWatcher>,
    seen: Vec<Seen>,
}

/// What shows from outside whether a file has changed: path, size, time of the last change.
type Seen = (PathBuf, u64, Option<SystemTime>);

impl Watch {
    fn run(mut self, mut tell: impl FnMut(Reload)) {
        loop {
            let look = if self.watcher.is_some() { self.pace.look } else { self.pace.look_unwatched };
            match self.inbox.recv_timeout(look) {
                Ok(Signal::Changed) if self.settled() => {}
                Err(RecvTimeoutError::Timeout) if seen(&self.dir) == self.seen => continue,
                Err(RecvTimeoutError::Timeout) => {}
                _ => return,
            }
            // What happens from here on is noticed later, so nothing falls between.
            self.look();
            // What others see of it is whole at any time.
            let reloading = AssertUnwindSafe(|| match self.live.reload() {
                Reload::Unchanged => {}
                outcome => tell(outcome),
            });
            if catch_unwind(reloading).is_err() {
                tracing::error!("reloading broke off, which is a mistake in the program; the next change is read");
            }
        }
    }

    /// Waits for the end of what is happening; `false` where it is time to stop.
    fn settled(&self) -> bool {
        let deadline = Instant::now() + self.pace.patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.inbox.recv_timeout(self.pace.quiet.min(left)) {
                Ok(Signal::Changed) if !left.is_zero() => {}
                Ok(Signal::Changed) | Err(RecvTimeoutError::Timeout) => return true,
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }

    /// Watches what is behind the folder's path now, and remembers how it looks.
    fn look(&mut self) {
        self.watcher = self.watcher().inspect_err(|error| tracing::warn!(%error, "cannot watch the knowledge")).ok();
        self.seen = seen(&self.dir);
    }

    /// A new watcher each time: the old one may sit on folders that have been moved away, or that a link no longer
    /// leads to.
    fn watcher(&self) -> notify::Result<RecommendedWatcher> {
        let (signals, dir) = (self.signals.clone(), self.dir.clone());
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            if event.map_or(true, |event| concerns(&event, &dir)) {
                // Fails only after the end.
                let _ = signals.send(Signal::Changed);
            }
        })?;
        // The folder above tells when this one is moved or replaced.
        if let Some(above) = self.dir.parent() {
            watcher.watch(above, RecursiveMode::NonRecursive)?;
        }
        match watcher.watch(&self.dir, RecursiveMode::Recursive) {
            // Gone for the moment: the folder above will tell when it is back.
            Err(_) if !self.dir.exists() => Ok(watcher),
            outcome => outcome.map(|()| watcher),
        }
    }
}

/// Whether an event may have changed what is in `dir`. Reading does not, and we read it ourselves.
fn concerns(event: &Event, dir: &Path) -> bool {
    let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
    let is_access = matches!(event.kind, EventKind::Access(_)) && event.kind != written;
    event.need_rescan() || (!is_access && event.paths.iter().any(|path| path.starts_with(dir)))
}

/// How the folder looks, ordered; costs a look at each file's metadata. Links are followed, two folders deep as the
/// knowledge is.
fn seen(dir: &Path) -> Vec<Seen> {
    let mut seen = Vec::new();
    for path in files(dir) {
        if path.is_dir() {
            seen.extend(files(&path).filter_map(look_at));
        }
        seen.extend(look_at(path));
    }
    seen.sort();
    seen
}

fn files(dir: &Path) -> impl Iterator<Item = PathBuf> {
    let items = fs::read_dir(dir).into_iter().flatten().flatten();
    // `.git` and the like change without the knowledge changing.
    items.filter(|item| !is_hidden(&item.file_name())).map(|item| item.path())
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn look_at(path: PathBuf) -> Option<Seen> {
    let metadata = fs::metadata(&path).ok()?;
    Some((path, metadata.len(), metadata.modified().ok()))
}
