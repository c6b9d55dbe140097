//! `needle eval`: measures ranking and deciding on labelled questions.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::answer::{Decision, Manner, Policy, Question, Snapshot, Thresholds, by_score, decide};
use crate::config::Config;
use crate::evaluation::{Decided, Expected, Measures, Outcome};
use crate::knowledge::OFF_TOPIC;
use crate::matching::Index;
use crate::matching::words::words;

use super::exit::Exit;
use super::opening::open;
use super::terminal::{Progress, complain, warn};

/// Measure ranking and deciding on labelled questions
#[derive(Debug, clap::Args)]
pub struct Eval {
    /// Match against the phrasings of this file instead of a knowledge base: a line each, `label<TAB>phrasing`
    #[arg(long, value_name = "FILE")]
    phrases: Option<PathBuf>,
    /// The questions: a line each, `label<TAB>question`; `a|b` where either is right, `oos` where none is
    #[arg(long, value_name = "FILE")]
    queries: PathBuf,
    /// Write what was ranked and decided for each question to this file, as tab-separated values
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Print the measures as JSON
    #[arg(long)]
    json: bool,
}

/// Questions are decided as ones that are put to the bot.
const MANNER: Manner = Manner::Addressed;

/// What questions are held against: labels by number, and what is prepared for matching.
struct Base {
    labels: Vec<String>,
    prepared: Prepared,
}

enum Prepared {
    /// Phrasings alone.
    Phrasings(Box<Index>),
    /// A whole knowledge base, which is decided from as members' questions are.
    Knowledge(Box<Snapshot>),
}

/// A labelled question with what came of it.
struct Row {
    query: String,
    expected: String,
    outcome: Outcome,
}

impl Eval {
    /// Prints the measures, by the `knowledge` that was named, or else by the configured one.
    ///
    /// # Errors
    /// When a file cannot be read or written, or a line is not of its form.
    pub fn run(&self, knowledge: Option<&Path>, config: &Config) -> anyhow::Result<Exit> {
        if knowledge.is_some() && self.phrases.is_some() {
            complain("--knowledge and --phrases cannot be used together");
            return Ok(Exit::Usage);
        }
        let progress = Progress::start();
        let base = match &self.phrases {
            Some(file) => {
                let phrases = read_labelled(file)?;
                progress.step(format!("preparing {} phrasings", phrases.len()));
                Base::of_phrases(&phrases)
            }
            None => match Base::of_knowledge(knowledge.unwrap_or(&config.knowledge.dir)) {
                Ok(base) => base,
                Err(exit) => return Ok(exit),
            },
        };
        progress.step(format!("reading {}", self.queries.display()));
        let queries = read_labelled(&self.queries)?;
        let policy = config.answer.policy();

        progress.step_of("asking", queries.len());
        let mut rows = Vec::with_capacity(queries.len());
        let mut foreign = BTreeSet::new();
        for (label, query) in queries {
            let expected = base.expected(&label, &mut foreign);
            rows.push(Row { outcome: base.ask(&query, expected, &policy), query, expected: label });
            progress.advance();
        }
        drop(progress);
        if !foreign.is_empty() {
            let names = foreign.into_iter().collect::<Vec<_>>().join(", ");
            warn(&format!("questions with these labels can only go wrong, as nothing is known by them: {names}"));
        }

        if let Some(file) = &self.predictions {
            write_predictions(file, &rows, &base.labels).with_context(|| format!("cannot write {}", file.display()))?;
        }
        let outcomes: Vec<Outcome> = rows.into_iter().map(|row| row.outcome).collect();
        self.print(&Measures::of(&outcomes), policy.thresholds(MANNER))?;
        Ok(Exit::Fine)
    }

    fn print(&self, measures: &Measures, thresholds: Thresholds) -> anyhow::Result<()> {
        let mut out = anstream::stdout().lock();
        if self.json {
            serde_json::to_writer_pretty(&mut out, measures)?;
            writeln!(out)?;
            return Ok(());
        }
        let Measures { in_scope, off_topic, dangers, .. } = measures;
        let questions = if *in_scope == 1 { "question" } else { "questions" };
        write!(out, "{in_scope} {questions} in scope, {off_topic} off-topic")?;
        if *dangers > 0 {
            write!(out, ", {dangers} naming a danger")?;
        }
        writeln!(out)?;
        writeln!(out, "\nranking, without the configured thresholds")?;
        for (name, value, meaning) in [
            ("acc0", measures.acc0, "in scope: the best entry is right"),
            ("r4", measures.r4, "in scope: a right entry is among the best four"),
            ("acc", measures.acc, "all: right at the best threshold"),
            ("in80", measures.in80, "in scope: right where 80 % of the off-topic are refused"),
            ("in90", measures.in90, "in scope: right where 90 % of the off-topic are refused"),
        ] {
            writeln!(out, "  {name:<8} {value:.3}  {meaning}")?;
        }
        let Thresholds { answer, suggest } = thresholds;
        writeln!(out, "\ndecisions, answering from {answer} and suggesting from {suggest}")?;
        for (name, value, meaning) in [
            ("ans_in", measures.ans_in, "in scope: answered right"),
            ("sug_in", measures.sug_in, "in scope: answered right, or right among the suggestions"),
            ("ref_oos", measures.ref_oos, "off-topic: not answered"),
            ("prec", measures.prec, "answers: right"),
        ] {
            writeln!(out, "  {name:<8} {value:.3}  {meaning}")?;
        }
        if *dangers > 0 {
            writeln!(out, "  {:<8} {:.3}  naming a danger: told to seek care", "urgent", measures.urgent)?;
        }
        Ok(())
    }
}

impl Base {
    fn of_phrases(phrases: &[(String, String)]) -> Self {
        let mut labels: Vec<String> = Vec::new();
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut wordings = Vec::with_capacity(phrases.len());
        for (label, phrasing) in phrases {
            let number = *numbers.entry(label).or_insert_with(|| {
                labels.push(label.clone());
                labels.len() - 1
            });
            wordings.push((number, phrasing.as_str()));
        }
        Self { labels, prepared: Prepared::Phrasings(Box::new(Index::build(&wordings, []))) }
    }

    fn of_knowledge(dir: &Path) -> Result<Self, Exit> {
        let snapshot = Snapshot::new(open(dir)?.knowledge);
        let labels = snapshot.knowledge.entries().iter().map(|entry| entry.id.to_string()).collect();
        Ok(Self { labels, prepared: Prepared::Knowledge(Box::new(snapshot)) })
    }

    /// What `label` expects; names in it that nothing has are added to `foreign`.
    fn expected(&self, label: &str, foreign: &mut BTreeSet<String>) -> Expected {
        if label == OFF_TOPIC {
            return Expected::OffTopic;
        }
        if let Prepared::Knowledge(snapshot) = &self.prepared
            && snapshot.knowledge.urgent().iter().any(|document| document.id.as_str() == label)
        {
            return Expected::Urgent;
        }
        let mut right = Vec::new();
        for name in label.split('|') {
            let whole = self.labels.iter().position(|known| known == name);
            // A stem is enough for an entry of a knowledge base.
            match whole.or_else(|| self.labels.iter().position(|known| known.split('/').nth(1) == Some(name))) {
                Some(number) => right.push(number),
                None => drop(foreign.insert(name.to_owned())),
            }
        }
        Expected::Entries(right)
    }

    fn ask(&self, query: &str, expected: Expected, policy: &Policy) -> Outcome {
        let words = words(query);
        let (matches, decision) = match &self.prepared {
            Prepared::Phrasings(index) => {
                let matches = index.rank(&words);
                let decision = by_score(&words, &matches, policy.thresholds(MANNER), |_| Vec::new());
                (matches, decision)
            }
            Prepared::Knowledge(snapshot) => {
                let question = Question { text: query.to_owned(), scope: MANNER.into() };
                // The best entry is told even where there was no need to look for it.
                (snapshot.index.rank(&words), decide(&question, snapshot, policy).decision)
            }
        };
        let decision = match decision {
            Decision::Urgent(_) => Decided::Urgent,
            Decision::Answer(_) => Decided::Answer,
            Decision::Suggest(near) => Decided::Suggest(near.iter().map(|near| near.entry).collect()),
            Decision::Unknown(_) => Decided::Unknown,
        };
        let ranked = matches.iter().take(4).map(|best| best.entry).collect();
        Outcome { expected, ranked, score: matches.first().map_or(0.0, |best| best.score), decision }
    }
}

/// The lines of `file`, each a label, a tab and a text.
fn read_labelled(file: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let text = String::from_utf8(bytes).with_context(|| format!("{} is not UTF-8", file.display()))?;
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| match line.split_once('\t') {
            Some((label, text)) if !label.trim().is_empty() => Ok((label.trim().to_owned(), text.trim().to_owned())),
            _ => bail!("{}:{}: not a label, a tab and a text", file.display(), number + 1),
        })
        .collect()
}

fn write_predictions(file: &Path, rows: &[Row], labels: &[String]) -> anyhow::Result<()> {
    let mut writer = BufWriter::new(File::create(file)?);
    writeln!(writer, "query\texpected\tpredicted\tscore\tdecision\tsuggestions")?;
    for Row { query, expected, outcome } in rows {
        let predicted = outcome.ranked.first().map_or("", |best| &labels[*best]);
        let (decision, near): (&str, &[usize]) = match &outcome.decision {
            Decided::Answer => ("answer", &[]),
            Decided::Suggest(near) => ("suggest", near),
            Decided::Unknown => ("unknown", &[]),
            Decided::Urgent => ("urgent", &[]),
        };
        let near: Vec<&str> = near.iter().map(|entry| labels[*entry].as_str()).collect();
        let query = query.replace('\t', " ");
        writeln!(writer, "{query}\t{expected}\t{predicted}\t{:.6}\t{decision}\t{}", outcome.score, near.join(","))?;
    }
    writer.flush()?;
    Ok(())
}
