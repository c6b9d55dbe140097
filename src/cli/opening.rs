//! Opening: the knowledge base as `ask` and `chat` start with it, good entries only.

use std::path::Path;

use crate::knowledge::{Loaded, Problem, load};

use super::exit::Exit;
use super::terminal::{complain, warn};

/// Reads the knowledge base in `dir`, which has at least one entry. What has errors is left out, and a line on stderr
/// says so.
///
/// # Errors
/// With the exit to take where there is no entry at all; the problems have then been written to stderr.
pub(super) fn open(dir: &Path) -> Result<Loaded, Exit> {
    let loaded = load(dir);
    let errors: Vec<&Problem> = loaded.problems.iter().filter(|problem| problem.is_error()).collect();
    if loaded.knowledge.entries().is_empty() {
        for problem in errors {
            complain(&problem.to_string().replacen("error: ", "", 1));
        }
        complain(&format!("no question can be answered from the knowledge folder `{}`", dir.display()));
        return Err(Exit::KnowledgeRefused);
    }
    if !errors.is_empty() {
        let found = count(errors.len(), "problem");
        warn(&format!("{found} in the knowledge, answering from what is sound; `needle check` lists them"));
    }
    Ok(loaded)
}

/// `number` with `noun` in the right form, such as "1 answer" and "2 answers".
pub(super) fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// The same of entries.
pub(super) fn count_entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}
