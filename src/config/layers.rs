//! The layers: the built-in defaults, the local file, the environment, each over the one before.
//!
//! The `config` crate merges them. What it does not tell a person is found here before: names that do not exist, and
//! where each value was written.

use std::collections::BTreeMap;
use std::ffi::OsStr;

use config::{ConfigError, File, FileFormat, Map, Source, Value, ValueKind};

use super::{
    DEFAULTS, Sources, local_file,
    names::{Names, key_of_variable, variable},
    problem::{Place, Problem},
    token,
};

/// The longest piece of a value that a message repeats.
const SHOWN_CHARS: usize = 60;

/// All layers merged.
#[derive(Debug)]
pub(super) struct Layers {
    pub(super) names: Names,
    merged: config::Config,
    /// By key; a key that only has its default is absent.
    written: BTreeMap<String, Written>,
}

/// Where and how a person wrote a value.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) place: Place,
    /// The value as it stands there, quotes included, shortened.
    pub(super) text: String,
}

impl Layers {
    /// Merges the sources; what has no right name is left out and reported.
    pub(super) fn gather(sources: &Sources, problems: &mut Vec<Problem>) -> Self {
        let defaults = merge(vec![Box::new(File::from_str(DEFAULTS, FileFormat::Toml))], problems);
        let names = Names::of(&defaults.cache);

        let file = local_file::read(&names, &sources.local_file, problems);
        let mut environment = Layer::default();
        for (name, value) in &sources.environment {
            read_variable(&names, &name.to_string_lossy(), value, &mut environment, problems);
        }

        let mut written = file.written.clone();
        written.append(&mut environment.written);
        let merged = merge(vec![Box::new(defaults), Box::new(file), Box::new(environment)], problems);
        Self { names, merged, written }
    }

    /// The value of a key; `None` when not even `config/default.toml` has it.
    pub(super) fn value(&self, key: &str) -> Option<ValueKind> {
        self.merged.get::<Value>(key).ok().map(|value| value.kind)
    }

    /// Where and how the value of a key was written.
    pub(super) fn written(&self, key: &str) -> Written {
        self.written.get(key).cloned().unwrap_or_else(|| Written {
            place: Place::BuiltIn,
            text: self.value(key).map_or_else(String::new, |value| shown(&value.to_string())),
        })
    }
}

/// The values of one file or of the environment, all under names that exist.
#[derive(Debug, Clone, Default)]
pub(super) struct Layer {
    values: Map<String, Value>,
    written: BTreeMap<String, Written>,
}

impl Layer {
    pub(super) fn insert(&mut self, key: String, value: ValueKind, written: Written) {
        self.values.insert(key.clone(), Value::new(Some(&written.place.to_string()), value));
        self.written.insert(key, written);
    }
}

impl Source for Layer {
    fn clone_into_box(&self) -> Box<dyn Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, Value>, ConfigError> {
        Ok(self.values.clone())
    }
}

fn merge(layers: Vec<Box<dyn Source + Send + Sync>>, problems: &mut Vec<Problem>) -> config::Config {
    config::Config::builder().add_source(layers).build().unwrap_or_else(|error| {
        problems.push(Problem::new(Place::BuiltIn, error.to_string()));
        config::Config::default()
    })
}

/// Takes in one variable, if it is Needle's.
///
/// Names that begin with `NEEDLE__` are Needle's; names that begin with `NEEDLE_` only if they look like a setting, as
/// Kubernetes sets `NEEDLE_SERVICE_HOST` and the like for a service named `needle`.
fn read_variable(names: &Names, name: &str, value: &OsStr, layer: &mut Layer, problems: &mut Vec<Problem>) {
    let upper = name.to_uppercase();
    let separated = |rest: &&str| rest.starts_with(['_', '.', '-']);
    let Some(rest) = upper.strip_prefix("NEEDLE").filter(separated).map(|rest| &rest[1..]) else {
        return;
    };
    let place = Place::Variable(name.to_owned());
    let mut refuse = |message: &str| problems.push(Problem::new(place.clone(), message));

    let key = rest.strip_prefix('_').map(key_of_variable).unwrap_or_default();
    if !names.is_key(&key) || variable(&key) != name {
        if token::is_meant(rest) {
            refuse(token::MISPLACED);
        } else if let Some(advice) = names.advice_for_variable(rest) {
            refuse(&format!("unknown setting: {advice}"));
        }
        return;
    }
    match value.to_str() {
        None => refuse("is not UTF-8 text: set it again as UTF-8"),
        Some(text) if text.trim().is_empty() => {
            refuse("is empty: give it a value or unset it");
        }
        Some(text) => {
            let value = ValueKind::String(text.to_owned());
            let text = shown(&format!("{text:?}"));
            layer.insert(key, value, Written { place, text });
        }
    }
}

/// The first line of a value, shortened.
pub(super) fn shown(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(SHOWN_CHARS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
