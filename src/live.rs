//! Live: the current snapshot, swapped whole when the knowledge on the disk changes.
//!
//! Readers take the snapshot once per question and keep it as long as they need it. A reload is all or nothing: as
//! long as anything in the folder is an error, the snapshot before stays.

mod watching;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use arc_swap::ArcSwap;

use crate::answer::Snapshot;
use crate::knowledge::{Document, Loaded, Problem, load};

pub use watching::{Pace, Watching, watch};

/// The snapshot in use, and the folder that it comes from.
pub struct Live {
    dir: PathBuf,
    current: ArcSwap<Snapshot>,
    /// What was wrong with the folder when it was last read, so that nothing is told twice.
    problems: Mutex<Vec<Problem>>,
    judge: Judge,
}

/// Finds what loading does not, in a snapshot and the documents that it was made of.
type Judge = Box<dyn Fn(&Snapshot, &BTreeMap<String, Document>) -> Vec<Problem> + Send + Sync>;

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
    /// Starts with `snapshot`, read from `dir` together with `problems`.
    #[must_use]
    pub fn new(dir: &Path, snapshot: Snapshot, problems: Vec<Problem>) -> Self {
        Self {
            dir: dir.to_owned(),
            current: ArcSwap::from_pointee(snapshot),
            problems: Mutex::new(problems),
            judge: Box::new(|_, _| Vec::new()),
        }
    }

    /// The same with a further say for `judge`: what it finds to be an error keeps the snapshot before as well.
    #[must_use]
    pub fn judged_by(
        self,
        judge: impl Fn(&Snapshot, &BTreeMap<String, Document>) -> Vec<Problem> + Send + Sync + 'static,
    ) -> Self {
        Self { judge: Box::new(judge), ..self }
    }

    /// The folder that the snapshot comes from.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The current snapshot. Never waits for a reload.
    #[must_use]
    pub fn current(&self) -> Arc<Snapshot> {
        self.current.load_full()
    }

    /// Reads the folder again; costs what loading and [`Snapshot::new`] cost. Two at the same time wait for each other.
    pub fn reload(&self) -> Outcome {
        // Whoever panicked while holding it left whole problems behind.
        let mut known = self.problems.lock().unwrap_or_else(PoisonError::into_inner);
        let loaded = load(&self.dir);
        let is_news = *known != loaded.problems;
        known.clone_from(&loaded.problems);
        match accept(loaded) {
            Ok(loaded) if is_news || loaded.knowledge != self.current.load().knowledge => {
                let snapshot = Arc::new(Snapshot::new(loaded.knowledge));
                let found = (self.judge)(&snapshot, &loaded.documents);
                if found.iter().any(Problem::is_error) {
                    return Outcome::Refused(found);
                }
                self.current.store(Arc::clone(&snapshot));
                Outcome::Replaced(snapshot)
            }
            Err(problems) if is_news => Outcome::Refused(problems),
            _ => Outcome::Unchanged,
        }
    }
}

/// Decides whether what was read may replace the current snapshot.
fn accept(loaded: Loaded) -> Result<Loaded, Vec<Problem>> {
    if loaded.has_errors() { Err(loaded.problems) } else { Ok(loaded) }
}
