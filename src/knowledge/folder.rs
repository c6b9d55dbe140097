//! The folder: reads the documents of a knowledge base from the disk.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::document::Document;
use super::examples::EXAMPLES_FILE;
use super::expected::EXPECTED_FILE;
use super::ids::{STEM_RULE, URGENT_FOLDER, stem_fault};
use super::problem::{Place, Problem};
use super::topic::TOPIC_FILE;
use crate::limits;

/// The code of the error that the knowledge folder itself cannot be read.
pub const NO_FOLDER: &str = "no-folder";

/// Every document below `dir`, ordered by path, and what could not be read. Hidden files and folders, editors'
/// backups and files beside the topic folders are passed over.
pub(super) fn read(dir: &Path) -> (Vec<Document>, Vec<Problem>) {
    let mut reading = Reading { root: PathBuf::new(), documents: Vec::new(), problems: Vec::new() };
    match dir.canonicalize().and_then(|root| {
        reading.root = root;
        list(&reading.root)
    }) {
        Ok(items) => reading.topics(items),
        Err(error) => {
            let message = format!("cannot read the knowledge folder `{}`: {error}", dir.display());
            let help = "name the knowledge folder with --knowledge DIR, or in the configuration as knowledge.dir";
            reading.problems.push(Problem::error(NO_FOLDER, Place::file(""), message).help(help));
        }
    }
    if reading.documents.is_empty() && reading.problems.is_empty() {
        let message = format!("there is no topic in the folder `{}`", dir.display());
        reading.problems.push(
            Problem::error("no-knowledge", Place::file(""), message)
                .help(format!("add a folder with a {TOPIC_FILE} and entries")),
        );
    }
    (reading.documents, reading.problems)
}

/// A file or folder found.
struct Item {
    name: String,
    path: PathBuf,
}

struct Reading {
    root: PathBuf,
    documents: Vec<Document>,
    problems: Vec<Problem>,
}

impl Reading {
    fn topics(&mut self, items: Vec<Item>) {
        if items.len() > limits::FOLDER_FILES {
            self.too_many("");
            return;
        }
        for Item { name, path } in items {
            if !self.stays_inside(&name, &path) || !path.is_dir() {
                continue;
            }
            if let Some(fault) = stem_fault(&name) {
                self.problems.push(Problem::error("bad-name", Place::file(name), fault).help(STEM_RULE));
                continue;
            }
            match list(&path) {
                Ok(files) if files.len() > limits::FOLDER_FILES => self.too_many(&name),
                Ok(files) => files.into_iter().for_each(|file| self.file(&name, &file)),
                Err(error) => self.unreadable(&name, &error, "allow reading the folder"),
            }
        }
    }

    fn file(&mut self, folder: &str, item: &Item) {
        let path = format!("{folder}/{}", item.name);
        let is_entry = Path::new(&item.name).extension().is_some_and(|extension| extension == "md");
        let describes = match folder {
            URGENT_FOLDER => item.name == EXAMPLES_FILE,
            _ => item.name == TOPIC_FILE || item.name == EXPECTED_FILE,
        };
        if !self.stays_inside(&path, &item.path) {
            return;
        }
        if !(is_entry || describes) || !item.path.is_file() {
            let message = format!("`{}` is none of the files that are read", item.name);
            let help = if folder == URGENT_FOLDER {
                format!("the folder `urgent` holds {EXAMPLES_FILE} and urgent documents, each a file `name.md`")
            } else {
                format!("a topic's folder holds {TOPIC_FILE}, {EXPECTED_FILE} and entries, each a file `name.md`")
            };
            self.problems.push(Problem::warning("not-read", Place::file(path), message).help(help));
            return;
        }
        let is_labelled = item.name == EXPECTED_FILE || item.name == EXAMPLES_FILE;
        let most = if is_labelled { limits::LABELLED_BYTES } else { limits::DOCUMENT_BYTES };
        match read_at_most(&item.path, most) {
            Ok(bytes) if bytes.len() as u64 > most => {
                let message = format!("the file is larger than {} KiB", most / 1024);
                self.problems.push(
                    Problem::error("over-limit", Place::file(path), message)
                        .help("make several of it; an answer is text, not a picture"),
                );
            }
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => self.documents.push(Document::new(path, &text)),
                Err(error) => self.not_utf8(path, error),
            },
            Err(error) => self.unreadable(&path, &error, "allow reading the file"),
        }
    }

    fn not_utf8(&mut self, path: String, error: std::string::FromUtf8Error) {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let read = String::from_utf8_lossy(&bytes[..valid]);
        let (line, column) = Document::new("", &read).line_and_column(valid);
        let place = Place { line, column, ..Place::file(path) };
        let message = format!("the file is not UTF-8: byte {:#04x} cannot stand here", bytes[valid]);
        self.problems
            .push(Problem::error("not-utf8", place, message).help("save the file again with the encoding UTF-8"));
    }

    /// Whether the file behind `path` lies inside the knowledge folder; reports it where not.
    fn stays_inside(&mut self, name: &str, path: &Path) -> bool {
        match path.canonicalize() {
            Ok(target) if target.starts_with(&self.root) => return true,
            Ok(_) => self.problems.push(
                Problem::error("link-outside", Place::file(name), "the link leads out of the knowledge folder")
                    .help("put the file itself here"),
            ),
            Err(error) => self.unreadable(name, &error, "if it is a link, mend or remove it"),
        }
        false
    }

    fn too_many(&mut self, folder: &str) {
        let message = format!("the folder holds more than {} files", limits::FOLDER_FILES);
        self.problems.push(Problem::error("over-limit", Place::file(folder), message).help("make several of it"));
    }

    fn unreadable(&mut self, path: &str, error: &io::Error, help: &str) {
        self.problems
            .push(Problem::error("unreadable", Place::file(path), format!("cannot read this: {error}")).help(help));
    }
}

/// The items of a folder by name, without hidden ones and editors' backups; where there are too many, one more than
/// allowed. A name that is not UTF-8 is shown with replacement characters, which makes it unfit as an id.
fn list(dir: &Path) -> io::Result<Vec<Item>> {
    let mut items = Vec::new();
    for item in fs::read_dir(dir)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && !name.ends_with('~') {
            items.push(Item { name, path: item.path() });
        }
        if items.len() > limits::FOLDER_FILES {
            break;
        }
    }
    items.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(items)
}

/// The file's bytes; one more than `most` where it has more, so that a file of any size costs no more than that.
fn read_at_most(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
