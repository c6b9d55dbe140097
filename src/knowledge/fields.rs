//! Fields: the keys and values of one TOML table, read one by one so that every problem in it is found.

use std::ops::Range;

use time::{Date, Month};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::Document;
use super::problem::{Place, Problem, nearest};
use super::syntax::{self, Broken};
use super::topic::Published;

/// A value with the stretch of its document, in bytes, that it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands in [`Document::text`].
    pub span: Range<usize>,
}

/// A list of texts and its name.
pub(super) type NamedLines = (Located<String>, Vec<Located<String>>);

/// Stands in a new entry where something has to be filled in; no text that has it can be shown to members.
pub const PLACEHOLDER: &str = "TODO:";

/// What an error says a day is written like.
pub(super) const DAY_FORM: &str = "write the day as year-month-day without quotes, for example 2026-11-23";

/// A TOML table being read. Every getter reports what is wrong with its value and then returns `None`.
pub(super) struct Fields<'d, 'p> {
    document: &'d Document,
    /// Where the parsed text starts in the document, in bytes.
    offset: usize,
    table: DeTable<'d>,
    /// What stands for the table in problems about missing keys.
    heading: Range<usize>,
    known: Vec<&'static str>,
    broken: Broken,
    problems: &'p mut Vec<Problem>,
}

impl<'d, 'p> Fields<'d, 'p> {
    /// Parses `range` of `document` as TOML; syntax errors are reported and what can be read is kept.
    pub(super) fn parse(document: &'d Document, range: Range<usize>, problems: &'p mut Vec<Problem>) -> Self {
        let offset = range.start;
        let (table, errors) = DeTable::parse_recoverable(&document.text[range]);
        let mut table = table.into_inner();
        let broken = syntax::report(document, offset, &mut table, &errors, problems);
        let heading = document.first_line();
        Self { document, offset, table, heading, known: Vec::new(), broken, problems }
    }

    /// Reports each of `keys` that is not there; `example` shows what a value looks like.
    pub(super) fn require(&mut self, keys: &[(&'static str, &str)]) {
        if !self.broken.is_empty() {
            return;
        }
        for (key, example) in keys {
            if !self.table.iter().any(|(name, _)| name.get_ref() == key) {
                let place = Place::within(self.document, self.heading.clone());
                self.problems.push(
                    Problem::error("missing-field", place, format!("`{key}` is missing"))
                        .help(format!("add a line like `{key} = {example}`")),
                );
            }
        }
    }

    /// A text in one line, not empty and at most `limit` UTF-16 units long.
    pub(super) fn line(&mut self, key: &'static str, limit: usize) -> Option<Located<String>> {
        let value = self.take(key)?;
        self.as_line(&format!("`{key}`"), &value, limit)
    }

    /// A list of at most `most` texts, each as by [`line`](Self::line); an absent key is an empty list.
    pub(super) fn lines(&mut self, key: &'static str, limit: usize, most: usize) -> Vec<Located<String>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        self.as_lines(&format!("`{key}`"), &value, limit, most)
    }

    /// A list as by [`lines`](Self::lines) in which something must stand.
    pub(super) fn nonempty_lines(&mut self, key: &'static str, limit: usize, most: usize) -> Vec<Located<String>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        if value.get_ref().as_array().is_some_and(|list| list.is_empty()) {
            self.report("missing-field", &value, format!("`{key}` is empty"), "put at least one in it");
        }
        self.as_lines(&format!("`{key}`"), &value, limit, most)
    }

    /// A list of lists of texts.
    pub(super) fn lists_of_lines(&mut self, key: &'static str, limit: usize, most: usize) -> Vec<Vec<Located<String>>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(lists) = value.get_ref().as_array() else {
            self.wrong_type(&format!("`{key}`"), &value, "a list of lists, for example [[\"spf\", \"sunscreen\"]]");
            return Vec::new();
        };
        let name = format!("a list of `{key}`");
        lists.iter().map(|list| self.as_lines(&name, list, limit, most)).collect()
    }

    /// A day.
    pub(super) fn day(&mut self, key: &'static str) -> Option<Located<Date>> {
        let value = self.take(key)?;
        let day = value.get_ref().as_datetime().and_then(day_of);
        if day.is_none() {
            self.report("wrong-type", &value, format!("`{key}` is not a day"), DAY_FORM);
        }
        Some(Located { value: day?, span: self.span(&value) })
    }

    /// A whole number from `range`.
    pub(super) fn integer(&mut self, key: &'static str, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let value = self.take(key)?;
        let number = integer_of(value.get_ref()).filter(|number| range.contains(number));
        if number.is_none() {
            self.wrong_type(
                &format!("`{key}`"),
                &value,
                &format!("a whole number from {} to {}", range.start(), range.end()),
            );
        }
        number
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.take(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(&format!("`{key}`"), &value, "true or false, without quotes");
        }
        flag
    }

    /// Either a year (1000 to 9999) or a day.
    pub(super) fn year_or_day(&mut self, key: &'static str) -> Option<Published> {
        let value = self.take(key)?;
        let year = integer_of(value.get_ref()).and_then(|year| u16::try_from(year).ok());
        let read = match year {
            Some(year) => (1000..=9999).contains(&year).then_some(Published::Year(year)),
            None => value.get_ref().as_datetime().and_then(day_of).map(Published::Day),
        };
        if read.is_none() {
            self.wrong_type(&format!("`{key}`"), &value, "a year like 2023 or a day like 2023-11-02, without quotes");
        }
        read
    }

    /// Reads every table below `key`, such as `[experts.mary-stevenson]` below `experts`, with `read`,
    /// which gets the table's fields and its name.
    pub(super) fn tables<T>(
        &mut self,
        key: &'static str,
        mut read: impl FnMut(&mut Fields<'d, '_>, Located<String>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(tables) = value.get_ref().as_table() else {
            self.wrong_type(
                &format!("`{key}`"),
                &value,
                &format!("tables, each under a heading like [{key}.short-name]"),
            );
            return Vec::new();
        };
        let mut items = Vec::new();
        for (name, value) in tables {
            let heading = self.shifted(name.span());
            let Some(table) = value.get_ref().as_table() else {
                let wanted = format!("its fields under a heading [{key}.{}]", name.get_ref());
                self.wrong_type(&format!("`{}`", name.get_ref()), value, &wanted);
                continue;
            };
            let name = Located { value: name.get_ref().to_string(), span: heading.clone() };
            let mut fields = Fields {
                document: self.document,
                offset: self.offset,
                table: table.clone(),
                heading,
                known: Vec::new(),
                broken: self.broken.clone(),
                problems: self.problems,
            };
            items.extend(read(&mut fields, name));
            fields.finish();
        }
        items
    }

    /// Every list below `key`, as by [`nonempty_lines`](Self::nonempty_lines), with its name.
    pub(super) fn named_lines(&mut self, key: &'static str, limit: usize, most: usize) -> Vec<NamedLines> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Some(lists) = value.get_ref().as_table() else {
            self.wrong_type(
                &format!("`{key}`"),
                &value,
                &format!("lists, each with a name, under the heading [{key}]"),
            );
            return Vec::new();
        };
        let mut named = Vec::new();
        for (name, value) in lists {
            let title = format!("`{}`", name.get_ref());
            if value.get_ref().as_array().is_some_and(|list| list.is_empty()) {
                self.report("missing-field", value, format!("{title} is empty"), "put at least one in it");
            }
            let lines = self.as_lines(&title, value, limit, most);
            named.push((Located { value: name.get_ref().to_string(), span: self.shifted(name.span()) }, lines));
        }
        named
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self) {
        for (name, _) in self.table.iter().filter(|(name, _)| !self.known.contains(&name.get_ref().as_ref())) {
            let key: &str = name.get_ref();
            let place = Place::within(self.document, self.shifted(name.span()));
            if self.broken.contains(place.line) {
                continue;
            }
            let help = match nearest(key, self.known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known here: {}", self.known.join(", ")),
            };
            self.problems.push(Problem::error("unknown-key", place, format!("unknown key `{key}`")).help(help));
        }
    }

    /// Reports a problem with a value that was read.
    pub(super) fn problem(&mut self, code: &'static str, span: Range<usize>, message: String, help: &str) {
        let place = Place::within(self.document, span);
        if self.broken.contains(place.line) {
            return;
        }
        self.problems.push(Problem::error(code, place, message).help(help));
    }

    fn take(&mut self, key: &'static str) -> Option<Spanned<DeValue<'d>>> {
        self.known.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value.clone())
    }

    fn as_lines(
        &mut self,
        name: &str,
        value: &Spanned<DeValue<'d>>,
        limit: usize,
        most: usize,
    ) -> Vec<Located<String>> {
        let Some(values) = value.get_ref().as_array() else {
            self.wrong_type(name, value, "a list in square brackets, for example [\"one\", \"two\"]");
            return Vec::new();
        };
        if values.len() > most {
            let message = format!("{name} has {} items, {most} are the most", values.len());
            self.report("over-limit", value, message, "remove some");
        }
        let name = format!("an item of {name}");
        values.iter().filter_map(|value| self.as_line(&name, value, limit)).collect()
    }

    /// `name` is what messages call the value.
    fn as_line(&mut self, name: &str, value: &Spanned<DeValue<'d>>, limit: usize) -> Option<Located<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(name, value, "a text in quotes");
            return None;
        };
        let units = text.encode_utf16().count();
        if text.trim().is_empty() {
            self.report("empty-text", value, format!("{name} is empty"), "write something between the quotes");
        } else if text.contains(PLACEHOLDER) {
            self.report("unfilled", value, format!("{name} has not been filled in"), UNFILLED_HELP);
        } else if text.contains(['\n', '\r', '\t']) {
            let message = format!("{name} has a line break or a tab in it");
            self.report("control-character", value, message, "write it in one line, with spaces");
        } else if let Some(char) = text.chars().find(|char| char.is_control()) {
            let message = format!("{name} has the character {char:?}");
            self.report("control-character", value, message, "remove it, or type the text anew");
        } else if units > limit {
            let message = format!("{name} is {units} characters long, {limit} are the most");
            self.report("over-limit", value, message, "shorten it");
        } else {
            return Some(Located { value: text.trim().to_owned(), span: self.span(value) });
        }
        None
    }

    fn wrong_type(&mut self, name: &str, value: &Spanned<DeValue<'d>>, wanted: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text here",
            DeValue::Integer(_) | DeValue::Float(_) => "this number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a day",
            DeValue::Array(_) => "a list here",
            DeValue::Table(_) => "a table here",
        };
        self.report("wrong-type", value, format!("{name} cannot be {found}"), &format!("write {wanted}"));
    }

    fn report(&mut self, code: &'static str, value: &Spanned<DeValue<'d>>, message: String, help: &str) {
        let span = self.span(value);
        self.problem(code, span, message, help);
    }

    fn span(&self, value: &Spanned<DeValue<'d>>) -> Range<usize> {
        self.shifted(value.span())
    }

    fn shifted(&self, span: Range<usize>) -> Range<usize> {
        self.offset + span.start..self.offset + span.end
    }
}

/// What to do about a [`PLACEHOLDER`].
pub(super) const UNFILLED_HELP: &str = "write your own in place of all that says TODO";

fn integer_of(value: &DeValue<'_>) -> Option<u32> {
    let integer = value.as_integer()?;
    u32::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn day_of(datetime: &toml::value::Datetime) -> Option<Date> {
    if datetime.time.is_some() || datetime.offset.is_some() {
        return None;
    }
    let date = datetime.date?;
    let month = Month::try_from(date.month).ok()?;
    Date::from_calendar_date(i32::from(date.year), month, date.day).ok()
}
