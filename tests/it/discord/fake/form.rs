//! A form: a request's body on its way through the checks, with the faults found in it so far.
//!
//! Lengths are counted in UTF-16 units. Discord counts some fields in chars, which are never more: what passes here
//! passes there.

use serde_json::Value;

use super::refusal::{Fault, Refusal};

#[derive(Default)]
pub struct Form {
    faults: Vec<Fault>,
    /// Fields that this fake knows nothing about.
    pub unknown: Vec<String>,
}

/// The length that Discord's limits are held against, in UTF-16 units.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Whether a field is left out or null, which is the same to Discord.
pub fn is_absent(value: &Value) -> bool {
    value.is_null()
}

/// The elements of an array, none if it is no array.
pub fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

impl Form {
    pub fn fault(&mut self, path: &str, code: &str, message: impl Into<String>) {
        self.faults.push(Fault { path: path.into(), code: code.into(), message: message.into() });
    }

    pub fn required(&mut self, path: &str) {
        self.fault(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Notes every field of `object` that is not among `known`.
    pub fn knows(&mut self, object: &Value, path: &str, known: &[&str]) {
        for key in object.as_object().into_iter().flat_map(|object| object.keys()) {
            if !known.contains(&key.as_str()) {
                self.unknown.push(join(path, key));
            }
        }
    }

    /// A text of `min` to `max` UTF-16 units, white space at its ends not counted; `None` if it is absent or no text.
    pub fn text<'a>(&mut self, object: &'a Value, path: &str, key: &str, min: usize, max: usize) -> Option<&'a str> {
        let value = &object[key];
        let path = &join(path, key);
        if is_absent(value) {
            if min > 0 {
                self.required(path);
            }
            return None;
        }
        let Some(text) = value.as_str().map(str::trim) else {
            self.fault(path, "STRING_TYPE_CONVERT", "Could not interpret \"...\" as string.");
            return None;
        };
        let length = length(text);
        if length == 0 && min > 0 {
            self.required(path);
        } else if min > 0 && !(min..=max).contains(&length) {
            let message = format!("Must be between {min} and {max} in length.");
            self.fault(path, "BASE_TYPE_BAD_LENGTH", message);
        } else if length > max {
            self.fault(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
        }
        Some(text)
    }

    /// A list of `min` to `max` elements.
    pub fn list<'a>(&mut self, object: &'a Value, path: &str, key: &str, min: usize, max: usize) -> &'a [Value] {
        let value = &object[key];
        let path = &join(path, key);
        if is_absent(value) {
            if min > 0 {
                self.required(path);
            }
            return &[];
        }
        let Some(list) = value.as_array() else {
            self.fault(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
            return &[];
        };
        if min > 0 && !(min..=max).contains(&list.len()) {
            self.fault(path, "BASE_TYPE_BAD_LENGTH", format!("Must be between {min} and {max} in length."));
        } else if list.len() > max {
            self.fault(path, "BASE_TYPE_MAX_LENGTH", format!("Must be {max} or fewer in length."));
        }
        list
    }

    /// A whole number in a range; `None` if it is absent or none.
    pub fn number(&mut self, object: &Value, path: &str, key: &str, min: i64, max: i64) -> Option<i64> {
        let value = &object[key];
        let path = &join(path, key);
        if is_absent(value) {
            return None;
        }
        let Some(number) = value.as_i64() else {
            self.fault(path, "NUMBER_TYPE_COERCE", format!("Value \"{value}\" is not int."));
            return None;
        };
        if number > max {
            self.fault(path, "NUMBER_TYPE_MAX", format!("int value should be less than or equal to {max}."));
        } else if number < min {
            self.fault(path, "NUMBER_TYPE_MIN", format!("int value should be greater than or equal to {min}."));
        }
        Some(number)
    }

    /// An address that can be clicked.
    pub fn address(&mut self, object: &Value, path: &str, key: &str, max: usize) {
        let Some(address) = self.text(object, path, key, 0, max) else { return };
        let path = &join(path, key);
        let Some((scheme, rest)) = address.split_once("://") else {
            return self.fault(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        };
        if !["http", "https", "discord", "attachment"].contains(&scheme) {
            let message = format!("Scheme \"{scheme}\" is not supported. Scheme must be one of ('http', 'https').");
            self.fault(path, "URL_TYPE_INVALID_SCHEME", message);
        } else if rest.is_empty() || rest.starts_with('/') || rest.chars().any(char::is_whitespace) {
            self.fault(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        }
    }

    /// Refuses the body if any fault was found.
    pub fn finish(&mut self) -> Result<(), Refusal> {
        if self.faults.is_empty() { Ok(()) } else { Err(Refusal::form(std::mem::take(&mut self.faults))) }
    }
}

/// The path of `key` below `path`.
pub fn join(path: &str, key: impl std::fmt::Display) -> String {
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}
