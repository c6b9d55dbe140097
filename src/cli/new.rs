//! `needle new`: starts an entry, with everything in place that a moderator has to fill in.
//!
//! What is to be filled in says [`PLACEHOLDER`], or is an empty list; either is an error until it is replaced, so that
//! no member is ever shown a template.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::str::FromStr;

use anyhow::{Context as _, bail};
use clap::Args;
use time::{Date, OffsetDateTime};

use crate::editing::file::create;
use crate::knowledge::{EntryId, PLACEHOLDER, STEM_RULE, TOPIC_FILE, Topic, URGENT_FOLDER, load, nearest, stem_fault};

use super::exit::Exit;
use super::terminal::clean;

/// The arguments of `needle new`.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 the file was written, 1 it was not, 2 the name is not fit for an entry.")]
pub struct New {
    /// The topic's folder and the name of the new file without `.md`, such as microneedling/cost
    #[arg(value_name = "TOPIC/STEM")]
    id: Name,
}

/// A topic and a stem that are fit as names.
#[derive(Debug, Clone)]
struct Name {
    topic: String,
    stem: String,
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((topic, stem)) = text.split_once('/') else {
            return Err("give the topic and the name, as in `microneedling/cost`".to_owned());
        };
        let stem = stem.strip_suffix(".md").unwrap_or(stem);
        match stem_fault(topic).or_else(|| stem_fault(stem)) {
            Some(fault) => Err(format!("{fault}: {STEM_RULE}")),
            None => Ok(Self { topic: topic.to_owned(), stem: stem.to_owned() }),
        }
    }
}

impl New {
    /// Writes the file, and says where it is and what to do next.
    ///
    /// # Errors
    /// When there is no such topic, when the file is there already, and when it cannot be written.
    pub fn run(self, knowledge: &Path) -> anyhow::Result<Exit> {
        let Name { topic, stem } = self.id;
        let folder = knowledge.join(&topic);
        let file = folder.join(format!("{stem}.md"));
        if topic == URGENT_FOLDER {
            bail!(
                "`{URGENT_FOLDER}` holds urgent documents, which are no entries: copy one that is in {} and change it",
                folder.display()
            );
        }
        if !folder.join(TOPIC_FILE).is_file() {
            bail!(no_such_topic(knowledge, &topic));
        }
        let loaded = load(knowledge);
        let today = OffsetDateTime::now_utc().date();
        create(&file, template(loaded.knowledge.topic(&topic), today).as_bytes()).map_err(|error| {
            match error.kind() {
                io::ErrorKind::AlreadyExists => {
                    anyhow::anyhow!("{} is there already: change that file, or choose another name", file.display())
                }
                _ => anyhow::Error::new(error).context(format!("cannot write {}", file.display())),
            }
        })?;
        let id = EntryId::new(&topic, &stem);
        let text = format!(
            "Wrote {}\n\nNext:\n  1. Fill in the empty lists and all that says TODO.\n  2. Add at least three \
             questions for `{id}` to {}.\n  3. Run `needle check`, and mend what it names.\n",
            file.display(),
            folder.join("expected.tsv").display()
        );
        anstream::stdout().write_all(clean(&text).as_bytes()).context("cannot write to standard output")?;
        Ok(Exit::Fine)
    }
}

fn no_such_topic(knowledge: &Path, topic: &str) -> String {
    let has_topic = |name: &String| knowledge.join(name).join(TOPIC_FILE).is_file();
    let items = fs::read_dir(knowledge).into_iter().flatten().flatten();
    let mut topics: Vec<String> =
        items.filter_map(|item| item.file_name().into_string().ok()).filter(has_topic).collect();
    topics.sort();
    let help = match nearest(topic, topics.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if topics.is_empty() => format!("make a folder for it with a {TOPIC_FILE}, see docs/knowledge.md"),
        None => format!("there are {}; for another, make a folder with a {TOPIC_FILE}", topics.join(", ")),
    };
    format!("there is no topic `{topic}` in {}: {help}", knowledge.display())
}

/// An entry of `topic` to be filled in; `None` where its description has errors of its own, so that nobody is known.
fn template(topic: Option<&Topic>, today: Date) -> String {
    let experts = topic
        .map(|topic| topic.experts.iter().map(|(name, expert)| (name, format!("{}, {}", expert.name, expert.role))));
    let sources = topic.map(|topic| topic.sources.iter().map(|(name, source)| (name, source.title.clone())));
    let mut text = format!(
        r#"+++
# Replace all that says TODO. Lines that start with # are notes to moderators and never shown.
question = "{PLACEHOLDER} the question, clear and complete by itself"
# Five to ten other ways to ask it, as members type them: short, lower case, different words in each.
phrasings = [
  "{PLACEHOLDER} another way to ask it",
]
# Who says so? At least one; what the source says in its own voice is credited to no person.
"#
    );
    hint(&mut text, experts.into_iter().flatten());
    text += "experts = []\n# Where is it written? At least one.\n";
    hint(&mut text, sources.into_iter().flatten());
    let _ = write!(
        text, // a string takes all
        r"sources = []
# The day someone last checked the answer against its sources.
reviewed = {today}
# Entries a reader may want next, such as the names of other files here without `.md`.
related = []
+++

{PLACEHOLDER} Answer the question in the first sentence. Then give reasons and limits, in plain words.

{PLACEHOLDER} Say only what the source says, in your own words, and who said it. Where the source is silent, say that too. 250 to 900 characters read well. **Bold**, *italics*, lists and links are shown; tables, HTML and images are not.
"
    );
    text
}

/// Lists what may be named, a comment line each.
fn hint<'a>(text: &mut String, names: impl Iterator<Item = (&'a String, String)>) {
    for (name, meaning) in names {
        let _ = writeln!(text, "#   \"{name}\": {meaning}"); // a string takes all
    }
}
