//! Editing: a change to the knowledge, from a proposal to the files.
//!
//! A proposal is a list of [`Edit`]s, of one document or several. [`Editor::preview`] says what would come of it;
//! [`Editor::apply`] does it: all of it or nothing, and only where the knowledge passes its check afterwards. Files are
//! read anew, and written only if they still say what was read, for the sake of whoever else writes to them, a person
//! or git; only what they write in the instant between that last look and the renaming is lost. Both read and check the
//! whole knowledge, which takes some milliseconds: not for a thread that must not wait.

pub mod file;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use time::OffsetDateTime;

use crate::answer::Snapshot;
use crate::check::{Examined, examine, has_errors};
use crate::knowledge::{Document, EXPECTED_FILE, Edit, EditFault, Loaded, Problem, assemble, load};
use crate::live::{Live, Reload};

/// Changes the knowledge of a [`Live`].
#[derive(Debug)]
pub struct Editor {
    live: Arc<Live>,
    /// One change after the other in this process; the folder's lock sees to other processes.
    writing: Mutex<()>,
}

/// What would come of a proposal.
#[derive(Debug)]
pub struct Preview {
    /// The knowledge as it is on the disk.
    pub before: Snapshot,
    /// The knowledge as it would be.
    pub after: Snapshot,
    /// What would be wrong that is not wrong now: wordings that another entry would win, expected questions that would
    /// go elsewhere. With an error among them, the proposal would be refused.
    pub new_problems: Vec<Problem>,
}

/// Why a change was not made; the files are as they were.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The files have errors already.
    #[error("the knowledge has errors that must be mended first")]
    AlreadyWrong(Vec<Problem>),
    /// The knowledge would have these errors.
    #[error("the knowledge would have errors")]
    WouldBeWrong(Vec<Problem>),
    /// An edit does not fit its document.
    #[error(transparent)]
    Edit(#[from] EditFault),
    /// A file is not there, or was changed by somebody else in the meantime.
    #[error("`{0}` was changed by somebody else in the meantime")]
    Changed(String),
    /// A file could not be read or written.
    #[error("`{path}` cannot be read or written")]
    File {
        /// Its path below the knowledge folder.
        path: String,
        /// What went wrong.
        source: io::Error,
    },
}

/// A file before and after.
struct Change {
    /// Its path below the knowledge folder.
    path: String,
    /// `None` where the file is made.
    before: Option<String>,
    after: String,
}

/// What stands before a document's text in its file.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Editor {
    /// Changes the knowledge of `live`, in its folder.
    #[must_use]
    pub fn new(live: Arc<Live>) -> Self {
        Self { live, writing: Mutex::new(()) }
    }

    /// What would come of `edits`, made in their order.
    ///
    /// # Errors
    /// When they cannot be made; errors that they would cause are part of the preview.
    pub fn preview(&self, edits: &[Edit]) -> Result<Preview, Refused> {
        let (loaded, changes) = self.plan(edits)?;
        let before = self.examine(loaded.clone());
        let after = self.examine(changed(loaded, &changes));
        let known: BTreeSet<_> = before.report.problems.iter().map(|problem| said(problem, &before)).collect();
        let is_new = |problem: &&Problem| !known.contains(&said(problem, &after));
        let new_problems = after.report.problems.iter().filter(is_new).cloned().collect();
        Ok(Preview { before: before.snapshot, after: after.snapshot, new_problems })
    }

    /// Makes `edits` in their order, and returns the knowledge as it is in use then.
    ///
    /// # Errors
    /// When they cannot be made, or errors would follow; then nothing is changed.
    pub fn apply(&self, edits: &[Edit]) -> Result<Arc<Snapshot>, Refused> {
        // Whoever panicked while holding it left nothing behind: files are whole.
        let _here = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let _everywhere = lock(self.live.dir());
        let (loaded, changes) = self.plan(edits)?;
        let planned = changed(loaded, &changes);
        if self.is_wrong(&planned) {
            return Err(Refused::WouldBeWrong(self.examine(planned).report.problems));
        }
        self.write(&changes)?;
        self.take_up(&changes)
    }

    /// Has the knowledge with `changes`, which were written, in use from now on; where it cannot be, takes them back.
    fn take_up(&self, changes: &[Change]) -> Result<Arc<Snapshot>, Refused> {
        let refused = match self.live.reload() {
            Reload::Replaced(snapshot) => return Ok(snapshot),
            // The watcher was quicker.
            Reload::Unchanged => self.live.refused(),
            Reload::Refused(problems) => problems,
        };
        if refused.is_empty() {
            return Ok(self.live.current());
        }
        // Somebody else has broken another file just now; what was written here is sound.
        self.take_back(changes);
        Err(Refused::AlreadyWrong(refused))
    }

    /// The files that `edits` change, as they are on the disk now and as they would be, and all that is there.
    fn plan(&self, edits: &[Edit]) -> Result<(Loaded, Vec<Change>), Refused> {
        let loaded = load(self.live.dir());
        if loaded.has_errors() {
            return Err(Refused::AlreadyWrong(loaded.problems));
        }
        let mut changes: BTreeMap<String, Change> = BTreeMap::new();
        for edit in edits {
            let path = edit.path();
            let change = match changes.remove(&path) {
                Some(change) => change,
                None => self.unchanged(&path)?,
            };
            let mark = change.after.starts_with(BYTE_ORDER_MARK).then_some(BYTE_ORDER_MARK);
            let text = edit.apply(&Document::new(path.clone(), &change.after))?;
            changes.insert(path, Change { after: mark.into_iter().collect::<String>() + &text, ..change });
        }
        Ok((loaded, changes.into_values().collect()))
    }

    fn unchanged(&self, path: &str) -> Result<Change, Refused> {
        match fs::read_to_string(self.file(path)) {
            Ok(text) => Ok(Change { path: path.to_owned(), before: Some(text.clone()), after: text }),
            // A topic without expected questions has no file for them yet.
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.ends_with(EXPECTED_FILE) => {
                Ok(Change { path: path.to_owned(), before: None, after: String::new() })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Refused::Changed(path.to_owned())),
            Err(source) => Err(Refused::File { path: path.to_owned(), source }),
        }
    }

    fn examine(&self, loaded: Loaded) -> Examined {
        examine(loaded, self.live.standard(), OffsetDateTime::now_utc().date())
    }

    /// Whether anything that was loaded has an error. Quicker than looking at everything.
    fn is_wrong(&self, loaded: &Loaded) -> bool {
        let snapshot = || Snapshot::new(loaded.knowledge.clone());
        loaded.has_errors() || has_errors(&snapshot(), &loaded.documents, self.live.standard())
    }

    /// Writes every file, or none.
    fn write(&self, changes: &[Change]) -> Result<(), Refused> {
        for (number, change) in changes.iter().enumerate() {
            if let Err(refused) = self.write_one(change) {
                self.take_back(&changes[..number]);
                return Err(refused);
            }
        }
        Ok(())
    }

    fn write_one(&self, change: &Change) -> Result<(), Refused> {
        let path = self.file(&change.path);
        let failed = |source| Refused::File { path: change.path.clone(), source };
        let Some(before) = &change.before else {
            return file::create(&path, change.after.as_bytes()).map_err(failed);
        };
        if fs::read(&path).map_err(failed)? != before.as_bytes() {
            return Err(Refused::Changed(change.path.clone()));
        }
        file::replace(&path, change.after.as_bytes()).map_err(failed)
    }

    /// Undoes what was written, where nobody has written over it.
    fn take_back(&self, changes: &[Change]) {
        for change in changes {
            let path = self.file(&change.path);
            if fs::read(&path).is_ok_and(|now| now == change.after.as_bytes()) {
                let undone = match &change.before {
                    Some(before) => file::replace(&path, before.as_bytes()),
                    None => fs::remove_file(&path),
                };
                if let Err(error) = undone {
                    tracing::error!("{} keeps a change that was refused: {error}", change.path);
                }
            }
        }
    }

    fn file(&self, path: &str) -> PathBuf {
        self.live.dir().join(path)
    }
}

/// The documents of `loaded` with the changes made.
fn changed(loaded: Loaded, changes: &[Change]) -> Loaded {
    let mut documents = loaded.documents;
    for change in changes {
        documents.insert(change.path.clone(), Document::new(change.path.clone(), &change.after));
    }
    assemble(documents.into_values())
}

/// What a problem says of which words: the same before and after an edit that only moves them. Its message may give
/// scores, which any edit shifts a little.
fn said<'a>(problem: &'a Problem, examined: &'a Examined) -> (&'static str, &'a str, &'a str) {
    let file = problem.place.file.as_str();
    let words = examined.documents.get(file).and_then(|document| document.text.get(problem.place.span.clone()));
    (problem.code, file, words.unwrap_or_default())
}

/// Keeps other processes from editing the folder as long as what is returned lives, where the system can.
fn lock(dir: &Path) -> Option<File> {
    let folder = File::open(dir).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::{Policy, Thresholds};
    use crate::check::Standard;
    use crate::knowledge::{EntryId, Line};

    #[test]
    fn a_change_is_not_done_where_the_watcher_was_refused_it_before() {
        let folder = tempfile::tempdir().unwrap();
        let entry = "+++\nquestion = \"When to prune?\"\nexperts = [\"ada\"]\nsources = [\"notes\"]\n\
            reviewed = 2026-05-02\n+++\n\nIn spring.\n";
        let topic = "title = \"Garden\"\ndescription = \"Plants.\"\n\
            [experts.ada]\nname = \"Ada\"\nrole = \"gardener\"\n[sources.notes]\ntitle = \"Notes\"\n";
        fs::create_dir(folder.path().join("garden")).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join("garden").join(name), text).unwrap();
        write("topic.toml", topic);
        write("pruning.md", entry);
        let thresholds = Thresholds { answer: 0.5, suggest: 0.3 };
        let standard = Standard { expected_min: 0.9, policy: Policy { addressed: thresholds, unprompted: thresholds } };
        let live = Arc::new(Live::new(folder.path(), load(folder.path()), standard));
        assert_eq!(live.refused(), []);
        let editor = Editor::new(Arc::clone(&live));
        let phrasing = Line::Phrasing { entry: EntryId::new("garden", "pruning"), text: "cutting".to_owned() };
        let (_, changes) = editor.plan(&[Edit::Add(phrasing)]).unwrap();

        editor.write(&changes).unwrap();
        write("topic.toml", "title = 1");
        // As the watcher does.
        assert!(matches!(live.reload(), Reload::Refused(_)));
        let before = live.current();
        let refused = editor.take_up(&changes).unwrap_err();
        assert!(matches!(&refused, Refused::AlreadyWrong(problems) if *problems == live.refused()), "{refused:?}");
        assert!(Arc::ptr_eq(&live.current(), &before));
        assert_eq!(fs::read_to_string(folder.path().join("garden/pruning.md")).unwrap(), entry);

        editor.write(&changes).unwrap();
        write("topic.toml", topic);
        assert!(matches!(live.reload(), Reload::Replaced(_)));
        assert!(Arc::ptr_eq(&editor.take_up(&changes).unwrap(), &live.current()), "the watcher was quicker");
    }
}
