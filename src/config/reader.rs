//! A reader: takes settings out of the merged layers, one method a kind of value, and reports what is not accepted.
//!
//! Every method that reads names what it accepts, in the words of the message. After a problem it returns a stand-in
//! of the right type, so that all settings are read; the configuration is then refused as a whole.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use config::ValueKind;
use tracing_subscriber::filter::{LevelFilter, Targets};

use crate::store::{self, UrlFault};

use super::{
    layers::{Layers, Written},
    problem::{Place, Problem},
};

#[derive(Debug)]
pub(super) struct Reader<'a> {
    layers: &'a Layers,
    problems: &'a mut Vec<Problem>,
    unread: BTreeSet<String>,
    /// The numbers read without a problem.
    numbers: BTreeMap<String, f64>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(layers: &'a Layers, problems: &'a mut Vec<Problem>) -> Self {
        Self { layers, problems, unread: layers.names.keys().clone(), numbers: BTreeMap::new() }
    }

    /// A number in a range, whole or with a decimal point.
    pub(super) fn number_in(&mut self, key: &str, range: RangeInclusive<f32>) -> f32 {
        let accepted = format!("a number from {} to {}", range.start(), range.end());
        let range = f64::from(*range.start())..=f64::from(*range.end());
        let number = self.read(key, &accepted, |value| value.number().filter(|number| range.contains(number)));
        if let Some(number) = number {
            self.numbers.insert(key.to_owned(), number);
        }
        #[expect(clippy::cast_possible_truncation, reason = "rounds; the range has f32 ends")]
        let rounded = number.unwrap_or_default() as f32;
        rounded
    }

    /// A whole number in a range.
    pub(super) fn whole_in(&mut self, key: &str, range: RangeInclusive<u32>) -> u32 {
        let accepted = format!("a whole number from {} to {}", range.start(), range.end());
        let whole = self.read(key, &accepted, |value| value.whole()?.try_into().ok().filter(|n| range.contains(n)));
        whole.unwrap_or(*range.start())
    }

    /// A whole number of seconds in a range.
    pub(super) fn seconds(&mut self, key: &str, range: RangeInclusive<u32>) -> Duration {
        Duration::from_secs(self.whole_in(key, range).into())
    }

    /// A whole number of days in a range.
    pub(super) fn days(&mut self, key: &str, range: RangeInclusive<u32>) -> Duration {
        const DAY_SECS: u64 = 24 * 60 * 60;
        Duration::from_secs(u64::from(self.whole_in(key, range)) * DAY_SECS)
    }

    /// The address of a store. It may hold a password, so that no message repeats it.
    pub(super) fn store_url(&mut self, key: &str) -> store::Url {
        self.unread.remove(key);
        let place = self.layers.written(key).place;
        let parsed = match self.layers.value(key) {
            Some(ValueKind::String(text)) => text.parse::<store::Url>(),
            _ => Err(UrlFault::Scheme),
        };
        parsed.unwrap_or_else(|fault| {
            self.problems.push(Problem::new(place, format!("{key}: {fault}")));
            store::Url::sqlite("unknown")
        })
    }

    /// A list of ids as Discord gives them to channels and people.
    pub(super) fn ids(&mut self, key: &str) -> BTreeSet<u64> {
        let accepted =
            "a list of ids, each the digits that Discord's \"Copy ID\" gives, such as [\"81384788765712384\"]";
        self.read(key, accepted, Found::ids).unwrap_or_default()
    }

    /// An `http` or `https` address; slashes at its end are dropped, and so is the path of Discord's REST interface,
    /// such as `/api/v10`.
    pub(super) fn address(&mut self, key: &str) -> String {
        let accepted = "an address that starts with https:// or http://";
        let text = self.text_that(key, accepted, |text| {
            let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
            host.is_some_and(|host| host.starts_with(char::is_alphanumeric) && !host.contains(char::is_whitespace))
        });
        let text = text.trim_end_matches('/');
        let is_version =
            |text: &str| text.strip_prefix('v').is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit()));
        let of_api = text.rsplit_once("/api").filter(|(_, rest)| match rest.strip_prefix('/') {
            Some(version) => is_version(version),
            None => rest.is_empty(),
        });
        of_api
            .map(|(host, _)| host)
            .filter(|host| host.contains("://"))
            .unwrap_or(text)
            .trim_end_matches('/')
            .to_owned()
    }

    /// Text that is not blank.
    pub(super) fn text(&mut self, key: &str) -> String {
        self.text_that(key, "text that is not empty", |_| true)
    }

    /// A path that is not blank.
    pub(super) fn path(&mut self, key: &str) -> PathBuf {
        self.text_that(key, "a path that is not empty", |_| true).into()
    }

    /// Directives of `tracing_subscriber`, except a bare name that is not a level: a misspelt level is read there as
    /// a target of that name, and nothing else would be logged.
    pub(super) fn log_filter(&mut self, key: &str) -> String {
        let accepted = "a level (off, error, warn, info, debug, trace) or directives without spaces, such as \"warn,needle=debug\"";
        self.text_that(key, accepted, |text| {
            text.parse::<Targets>().is_ok()
                && !text.contains(char::is_whitespace)
                && text.split(',').all(|directive| {
                    let bare = directive.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
                    directive.is_empty() || !bare || directive.parse::<LevelFilter>().is_ok()
                })
        })
    }

    /// Reports two numbers of which the first is above the second, at whichever of them was written later.
    pub(super) fn at_most(&mut self, low: &str, high: &str) {
        let (Some(&low_number), Some(&high_number)) = (self.numbers.get(low), self.numbers.get(high)) else {
            return; // reported already
        };
        if low_number <= high_number {
            return;
        }
        let (low_place, high_place) = (self.layers.written(low).place, self.layers.written(high).place);
        self.problems.push(if low_place >= high_place {
            let message =
                format!("{low} is {low_number}: expected at most {high}, which is {high_number} ({high_place})");
            Problem::new(low_place, message)
        } else {
            let message =
                format!("{high} is {high_number}: expected at least {low}, which is {low_number} ({low_place})");
            Problem::new(high_place, message)
        });
    }

    /// Reports the keys of `config/default.toml` that were not read.
    pub(super) fn finish(self) {
        for key in self.unread {
            let message = format!("{key} has a default and is never read");
            self.problems.push(Problem::new(Place::BuiltIn, message));
        }
    }

    fn text_that(&mut self, key: &str, accepted: &str, accepts: impl Fn(&str) -> bool) -> String {
        let text = self.read(key, accepted, |value| {
            let text = value.text().filter(|text| !text.trim().is_empty() && accepts(text));
            text.map(str::to_owned)
        });
        text.unwrap_or_default()
    }

    /// The value of a key as `convert` takes it; a problem and `None` when it does not.
    fn read<T>(&mut self, key: &str, accepted: &str, convert: impl Fn(&Found) -> Option<T>) -> Option<T> {
        self.unread.remove(key);
        let Written { place, text } = self.layers.written(key);
        let Some(kind) = self.layers.value(key) else {
            self.problems.push(Problem::new(place, format!("{key} is read and has no default")));
            return None;
        };
        let in_variable = matches!(place, Place::Variable(_));
        let mut found = Found { kind, in_variable };
        let value = convert(&found);
        if value.is_none() {
            found.in_variable = true;
            let quoted = !in_variable && convert(&found).is_some();
            let hint = if quoted { ", without quotes" } else { "" };
            let message = format!("{key} is {text}: expected {accepted}{hint}");
            self.problems.push(Problem::new(place, message));
        }
        value
    }
}

/// A value as it was found. In a variable everything is text, and what it means is up to the type of the key (a list is
/// to be split at its commas).
struct Found {
    kind: ValueKind,
    in_variable: bool,
}

impl Found {
    #[expect(clippy::cast_precision_loss, reason = "no setting needs a number that f64 does not hold")]
    fn number(&self) -> Option<f64> {
        match &self.kind {
            ValueKind::I64(number) => Some(*number as f64),
            ValueKind::Float(number) => Some(*number),
            ValueKind::String(text) if self.in_variable => text.trim().parse().ok(),
            _ => None,
        }
    }

    fn whole(&self) -> Option<i64> {
        match &self.kind {
            ValueKind::I64(number) => Some(*number),
            ValueKind::String(text) if self.in_variable => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Ids are whole numbers above 0, as numbers or as text.
    fn ids(&self) -> Option<BTreeSet<u64>> {
        let id = |text: &str| text.trim().parse().ok().filter(|id| *id > 0);
        match &self.kind {
            ValueKind::Array(values) => values
                .iter()
                .map(|value| match &value.kind {
                    ValueKind::I64(number) => u64::try_from(*number).ok().filter(|id| *id > 0),
                    ValueKind::String(text) => id(text),
                    _ => None,
                })
                .collect(),
            ValueKind::String(text) if self.in_variable => text.split(',').map(id).collect(),
            _ => None,
        }
    }

    fn text(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::String(text) => Some(text),
            _ => None,
        }
    }
}
