//! A refusal: what Discord answers when it does not do what it was asked.

use std::fmt;

use serde_json::{Map, Value, json};

/// One field that Discord did not accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it is, its steps joined by dots: `embeds.0.title`.
    pub path: String,
    pub code: String,
    pub message: String,
}

/// An answer of Discord other than success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub code: u32,
    pub message: String,
    pub faults: Vec<Fault>,
    /// Whether no test can have arranged it: the bot asked for what can never be.
    pub is_mistake: bool,
}

impl Refusal {
    /// A refusal that a well-made bot may meet.
    pub fn new(status: u16, code: u32, message: &str) -> Self {
        Self { status, code, message: message.into(), faults: Vec::new(), is_mistake: false }
    }

    /// A refusal that only a mistake of the bot brings about.
    pub fn mistake(status: u16, code: u32, message: &str) -> Self {
        Self { is_mistake: true, ..Self::new(status, code, message) }
    }

    /// 50035: the body is not as it must be.
    pub fn form(faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::mistake(400, 50_035, "Invalid Form Body") }
    }

    /// 50035 for a single field.
    pub fn field(path: &str, code: &str, message: impl Into<String>) -> Self {
        Self::form(vec![Fault { path: path.into(), code: code.into(), message: message.into() }])
    }

    pub fn missing_permissions() -> Self {
        Self::new(403, 50_013, "Missing Permissions")
    }

    pub fn missing_access() -> Self {
        Self::new(403, 50_001, "Missing Access")
    }

    pub fn unknown_message() -> Self {
        Self::new(404, 10_008, "Unknown Message")
    }

    pub fn unknown_channel() -> Self {
        Self::new(404, 10_003, "Unknown Channel")
    }

    /// The body as Discord words it.
    pub fn json(&self) -> Value {
        let mut body = json!({ "message": self.message, "code": self.code });
        if !self.faults.is_empty() {
            let mut errors = Value::Object(Map::new());
            for fault in &self.faults {
                let mut place = &mut errors;
                for step in fault.path.split('.').filter(|step| !step.is_empty()) {
                    place = &mut place[step];
                }
                let told = json!({ "code": fault.code, "message": fault.message });
                match &mut place["_errors"] {
                    Value::Array(list) => list.push(told),
                    none => *none = json!([told]),
                }
            }
            body["errors"] = errors;
        }
        body
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)?;
        for Fault { path, message, .. } in &self.faults {
            let mut place = String::new();
            for step in path.split('.') {
                match step.parse::<usize>() {
                    Ok(index) => place.extend(["[", &index.to_string(), "]"]),
                    Err(_) if place.is_empty() => place += step,
                    Err(_) => place.extend([".", step]),
                }
            }
            write!(f, "; {place}: {message}")?;
        }
        Ok(())
    }
}
