//! Cleaning: text from members and moderators without anything that a terminal would obey.

use std::fmt::Write;

/// `text` without control characters, so without escape sequences, and without those that reorder what is shown. Line
/// breaks stay; a tab is a space.
pub(crate) fn clean(text: &str) -> String {
    let shown = text.chars().map(|char| if char == '\t' { ' ' } else { char });
    shown.filter(|char| *char == '\n' || !is_obeyed(*char)).collect()
}

/// `json` with each such character written as an escape, which means the same to whoever parses it.
pub(crate) fn clean_json(json: &str) -> String {
    let mut cleaned = String::with_capacity(json.len());
    for char in json.chars() {
        if is_obeyed(char) {
            // All of them are in the basic multilingual plane.
            let _ = write!(cleaned, "\\u{:04x}", u32::from(char)); // a string takes all
        } else {
            cleaned.push(char);
        }
    }
    cleaned
}

/// Whether a terminal may do something other than show `char`: controls, among them the one-character forms of escape
/// sequences (U+0080–U+009F), line and paragraph separators, and the marks that turn the direction of writing.
pub(crate) fn is_obeyed(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_nothing_to_obey() {
        let nasty = "a\u{1b}[31mb\u{9b}2Jc\u{7}\r\nd\te\u{202e}f\0\u{7f}\u{2028}g 👩‍⚕️é";
        assert_eq!(clean(nasty), "a[31mb2Jc\nd efg 👩‍⚕️é");
        let json = clean_json(&serde_json::to_string(nasty).unwrap());
        assert!(!json.chars().any(is_obeyed), "{json:?}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), nasty);
    }
}
