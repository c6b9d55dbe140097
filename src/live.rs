//! Live: the current snapshot, swapped whole when the knowledge on the disk changes.
//!
//! Readers take the snapshot once per question and keep it as long as they need it. A reload is all or nothing: as
//! long as the check finds any error in the folder, the snapshot before stays.

mod watching;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;
use time::OffsetDateTime;
use tokio::sync::watch;

use crate::answer::Snapshot;
use crate::check::{Standard, check, has_errors};
use crate::knowledge::{Document, Loaded, Problem, load};

pub use watching::{Pace, Watching, watch};

/// The snapshot in use, and the folder that it comes from.
#[derive(Debug)]
pub struct Live {
    dir: PathBuf,
    standard: Standard,
    current: ArcSwap<Snapshot>,
    replaced: watch::Sender<()>,
    /// What the folder said when it was last read, so that nothing is told twice.
    read: Mutex<Read>,
}

/// What a folder says: its documents, and what is wrong with them or with what could not be read.
#[derive(Debug, PartialEq)]
struct Read {
    documents: BTreeMap<String, Document>,
    problems: Vec<Problem>,
}

/// What came of a reload.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// The folder says what it said before.
    Unchanged,
    /// This snapshot is the current one from now on.
    Replaced(Arc<Snapshot>),
    /// The snapshot before stays, for these problems, warnings among them, ordered by place.
    Refused(Vec<Problem>),
}

impl Live {
    /// Starts with all of `loaded`, read from `dir`, that is without errors. What is read later replaces it only where
    /// it passes `standard`.
    #[must_use]
    pub fn new(dir: &Path, loaded: Loaded, standard: Standard) -> Self {
        let Loaded { knowledge, problems, documents } = loaded;
        let current = ArcSwap::from_pointee(Snapshot::new(knowledge));
        let (replaced, read) = (watch::Sender::new(()), Mutex::new(Read { documents, problems }));
        Self { dir: dir.to_owned(), standard, current, replaced, read }
    }

    /// The folder that the snapshot comes from.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What the knowledge must pass.
    #[must_use]
    pub fn standard(&self) -> &Standard {
        &self.standard
    }

    /// The current snapshot. Never waits for a reload.
    #[must_use]
    pub fn current(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Told each time that another snapshot is the current one.
    #[must_use]
    pub fn replaced(&self) -> watch::Receiver<()> {
        self.replaced.subscribe()
    }

    /// Reads the folder again; costs what loading, [`Snapshot::new`] and [`has_errors`] cost. Two at the same time wait
    /// for each other.
    pub fn reload(&self) -> Outcome {
        // Whoever panicked while holding it left a whole value behind.
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let Loaded { knowledge, problems, documents } = load(&self.dir);
        let now = Read { documents, problems };
        if *read == now {
            return Outcome::Unchanged;
        }
        *read = now;
        if read.problems.iter().any(Problem::is_error) {
            return Outcome::Refused(read.problems.clone());
        }
        let snapshot = Snapshot::new(knowledge);
        // Warnings are for `check`: to look for them here would keep readers waiting for the new answers.
        if has_errors(&snapshot, &read.documents, &self.standard) {
            let today = OffsetDateTime::now_utc().date();
            let report = check(&snapshot, &read.documents, &self.standard, today).after(read.problems.clone());
            return Outcome::Refused(report.problems);
        }
        let snapshot = Arc::new(snapshot);
        self.current.store(Arc::clone(&snapshot));
        self.replaced.send_replace(());
        Outcome::Replaced(snapshot)
    }
}
