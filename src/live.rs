//! Live: the current snapshot, swapped whole when the knowledge on the disk changes.
//!
//! Readers take the snapshot once per question and keep it as long as they need it. A reload is all or nothing: as
//! long as the check finds any error in the folder, the snapshot before stays.

mod watching;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use time::OffsetDateTime;
use tokio::sync::watch;

use crate::answer::Snapshot;
use crate::check::{Standard, check, has_errors};
use crate::knowledge::{Document, Knowledge, Loaded, Problem, load};

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

/// What a folder says.
#[derive(Debug)]
struct Read {
    /// Which documents it holds.
    revision: [u8; 32],
    /// What is wrong with them or with what could not be read.
    problems: Vec<Problem>,
    /// Why it is not in use; nothing where it is.
    refused: Vec<Problem>,
}

/// What came of a reload.
#[derive(Debug, Clone)]
pub enum Reload {
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
        let Loaded { knowledge, problems, .. } = loaded;
        Self::with(dir, Snapshot::new(knowledge), problems, standard)
    }

    /// As [`Live::new`], with the `snapshot` that was made of documents in which reading found `problems`.
    #[must_use]
    pub fn with(dir: &Path, snapshot: Snapshot, problems: Vec<Problem>, standard: Standard) -> Self {
        let revision = *snapshot.knowledge.revision();
        let (current, replaced) = (ArcSwap::from_pointee(snapshot), watch::Sender::new(()));
        let read = Mutex::new(Read { revision, problems, refused: Vec::new() });
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

    /// The problems for which what the folder said when it was last read is not in use, as [`Reload::Refused`] told
    /// them; nothing where it is in use. Waits for a reload.
    #[must_use]
    pub fn refused(&self) -> Vec<Problem> {
        self.read().refused.clone()
    }

    /// Reads the folder again; costs what loading, [`Snapshot::new`] and [`has_errors`] cost. Two at the same time wait
    /// for each other.
    pub fn reload(&self) -> Reload {
        let mut read = self.read();
        let Loaded { knowledge, problems, documents } = load(&self.dir);
        let revision = *knowledge.revision();
        if read.revision == revision && read.problems == problems {
            return Reload::Unchanged;
        }
        let checked = self.checked(knowledge, &documents, &problems);
        let refused = checked.as_ref().err().cloned().unwrap_or_default();
        *read = Read { revision, problems, refused };
        match checked {
            Ok(snapshot) => {
                self.current.store(Arc::clone(&snapshot));
                self.replaced.send_replace(());
                Reload::Replaced(snapshot)
            }
            Err(problems) => Reload::Refused(problems),
        }
    }

    /// The snapshot of what was read, where it has no error; else all its problems.
    fn checked(
        &self,
        knowledge: Knowledge,
        documents: &BTreeMap<String, Document>,
        problems: &[Problem],
    ) -> Result<Arc<Snapshot>, Vec<Problem>> {
        if problems.iter().any(Problem::is_error) {
            return Err(problems.to_vec());
        }
        let snapshot = Snapshot::new(knowledge);
        // Warnings are for `check`: to look for them here would keep readers waiting for the new answers.
        if has_errors(&snapshot, documents, &self.standard) {
            let today = OffsetDateTime::now_utc().date();
            return Err(check(&snapshot, documents, &self.standard, today).after(problems.to_vec()).problems);
        }
        Ok(Arc::new(snapshot))
    }

    fn read(&self) -> MutexGuard<'_, Read> {
        // Whoever panicked while holding it left a whole value behind.
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
