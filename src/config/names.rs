//! The names of settings: keys as files write them (`answer.disclaimer`), variables as the environment does
//! (`NEEDLE__ANSWER__DISCLAIMER`), and the nearest right name for a wrong one.

use std::collections::BTreeSet;

use config::ValueKind;

/// How alike two names must be, from 0 to 1, for one to be taken as the other misspelt. One wrong letter in a name of
/// four is 0.75; `port` and `service_host`, which Kubernetes sets for a service named `needle`, stay below 0.5.
const ALIKE_MIN: f64 = 0.7;

/// The keys that exist: those of `config/default.toml`.
#[derive(Debug)]
pub(super) struct Names {
    keys: BTreeSet<String>,
}

impl Names {
    /// The keys of all values below `root`.
    pub(super) fn of(root: &config::Value) -> Self {
        let mut keys = BTreeSet::new();
        collect("", root, &mut keys);
        Self { keys }
    }

    /// The keys, sorted.
    pub(super) fn keys(&self) -> &BTreeSet<String> {
        &self.keys
    }

    pub(super) fn is_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    pub(super) fn is_section(&self, key: &str) -> bool {
        self.within(key).next().is_some()
    }

    /// What to write instead of a key that does not exist.
    pub(super) fn advice_for_key(&self, wrong: &str) -> String {
        let section_of = |key: &str| key.rsplit_once('.').map(|(section, _)| section.to_owned());
        let sections: BTreeSet<String> = self.keys.iter().filter_map(|key| section_of(key)).collect();
        let nearest = nearest(wrong, self.keys.iter().chain(&sections)).or_else(|| self.same_last_part(wrong));
        if let Some(name) = nearest {
            return format!("did you mean {name}?");
        }
        let mut section = section_of(wrong);
        while let Some(name) = section {
            if self.is_section(&name) {
                return format!(
                    "[{name}] holds {}",
                    list(self.within(&name).map(|key| key[name.len() + 1..].to_owned()))
                );
            }
            section = section_of(&name);
        }
        format!("the sections are {}", list(self.top_sections().into_iter()))
    }

    /// What to write instead of the variable `NEEDLE_` + `rest`, which is not the variable of a key; `None` when it
    /// looks like no setting, so that it may belong to another program.
    pub(super) fn advice_for_variable(&self, rest: &str) -> Option<String> {
        let wrong = loose(rest);
        if let Some(key) = self.keys.iter().find(|key| loose(key) == wrong) {
            return Some(format!(
                "did you mean {}? (two underscores between the parts, all in capitals)",
                variable(key)
            ));
        }
        let loose_keys: Vec<String> = self.keys.iter().map(|key| loose(key)).collect();
        if let Some(name) = nearest(&wrong, loose_keys.iter()) {
            let key = self.keys.iter().find(|key| loose(key) == name);
            return key.map(|key| format!("did you mean {}?", variable(key)));
        }
        let first_part = wrong.split('_').next().unwrap_or_default();
        if self.is_section(first_part) {
            return Some(format!("[{first_part}] holds {}", list(self.within(first_part).map(variable))));
        }
        rest.starts_with('_').then(|| {
            format!(
                "the form is NEEDLE__SECTION__KEY, and the sections are {}",
                list(self.top_sections().into_iter().map(|section| section.to_uppercase()))
            )
        })
    }

    /// The full keys in a section.
    fn within(&self, section: &str) -> impl Iterator<Item = &str> {
        self.keys
            .iter()
            .map(String::as_str)
            .filter(move |key| key.strip_prefix(section).is_some_and(|rest| rest.starts_with('.')))
    }

    fn top_sections(&self) -> BTreeSet<String> {
        let split = self.keys.iter().filter_map(|key| key.split_once('.'));
        split.map(|(section, _)| section.to_owned()).collect()
    }

    /// The only key with the last part of `wrong`, written in the wrong section.
    fn same_last_part(&self, wrong: &str) -> Option<String> {
        let last_part = |key: &str| key.rsplit('.').next().map(str::to_lowercase);
        let mut same = self.keys.iter().filter(|key| last_part(key) == last_part(wrong));
        let only = same.next()?;
        same.next().is_none().then(|| only.clone())
    }
}

/// The variable that sets a key.
pub(super) fn variable(key: &str) -> String {
    format!("NEEDLE__{}", key.replace('.', "__").to_uppercase())
}

/// The key, existing or not, that `NEEDLE__` + `rest` would set.
pub(super) fn key_of_variable(rest: &str) -> String {
    rest.replace("__", ".").to_lowercase()
}

/// A name without what people get wrong about its spelling: case and separators.
fn loose(name: &str) -> String {
    name.split(['_', '.', '-']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_").to_lowercase()
}

fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a String>) -> Option<String> {
    let wrong = wrong.to_lowercase().replace('-', "_");
    names
        .map(|name| (strsim::normalized_damerau_levenshtein(&wrong, name), name))
        .filter(|(alike, _)| *alike >= ALIKE_MIN)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name.clone())
}

fn list(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn collect(key: &str, value: &config::Value, keys: &mut BTreeSet<String>) {
    match &value.kind {
        ValueKind::Table(table) => {
            for (name, value) in table {
                let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                collect(&key, value, keys);
            }
        }
        _ => {
            keys.insert(key.to_owned());
        }
    }
}
