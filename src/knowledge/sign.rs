//! The notation of signs: words, groups of wordings in braces, and ranges of numbers.

use std::ops::RangeInclusive;

/// What one piece of a sign stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum SignPart<'a> {
    /// Words, as they are.
    Words(&'a str),
    /// `{name}`: any wording of the group `name`.
    Group(&'a str),
    /// `38-42`: any number in the range. One whose ends have decimals stands for numbers that have decimals too.
    Range(NumberRange),
}

/// A range of numbers, such as the temperatures of a fever.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberRange {
    /// From the lowest to the highest number.
    pub numbers: RangeInclusive<f64>,
    /// Whether it stands for numbers with decimals, or else for whole ones.
    pub decimals: bool,
}

/// Why a text is no sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignFault {
    /// A brace without its counterpart, or words grown together with a group.
    #[error("a group is named by `{{` and `}}` with spaces around, here is `{0}`")]
    Braces(String),
    /// A range whose end is below its start.
    #[error("the range `{0}` ends before it starts")]
    Range(String),
}

/// The parts of the sign `text`, in order.
///
/// # Errors
/// When its braces or its ranges are wrong.
pub fn sign_parts(text: &str) -> Result<Vec<SignPart<'_>>, SignFault> {
    each_sign_part(text).collect()
}

/// The parts of the sign `text` one by one, in order, each with what is wrong with it.
pub fn each_sign_part(text: &str) -> impl Iterator<Item = Result<SignPart<'_>, SignFault>> {
    text.split_whitespace().map(sign_part)
}

fn sign_part(piece: &str) -> Result<SignPart<'_>, SignFault> {
    // Nearly all are words of nothing but letters.
    if piece.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(SignPart::Words(piece));
    }
    if piece.contains(['{', '}']) {
        let name = piece.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let name = name.filter(|name| !name.is_empty() && !name.contains(['{', '}']));
        return name.map(SignPart::Group).ok_or_else(|| SignFault::Braces(piece.to_owned()));
    }
    let ends = piece.split_once('-').and_then(|(low, high)| Some((number(low)?, number(high)?)));
    match ends {
        Some((low, high)) if low > high => Err(SignFault::Range(piece.to_owned())),
        Some((low, high)) => Ok(SignPart::Range(NumberRange { numbers: low..=high, decimals: piece.contains('.') })),
        None => Ok(SignPart::Words(piece)),
    }
}

/// The number that `text` writes in digits, with decimals or without.
fn number(text: &str) -> Option<f64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = match sign_parts(text) {
            Ok(parts) => format!("{parts:?}"),
            Err(fault) => fault.to_string(),
        };
        assert_eq!(read, expected, "parts of {text:?}");
    }

    #[test]
    fn reads_words_groups_and_ranges() {
        check("can't {open} e-mail", r#"[Words("can't"), Group("open"), Words("e-mail")]"#);
        check("38-42", "[Range(NumberRange { numbers: 38.0..=42.0, decimals: false })]");
        check("38.1-42.9", "[Range(NumberRange { numbers: 38.1..=42.9, decimals: true })]");
    }

    #[test]
    fn says_what_is_wrong() {
        check("hot {face", "a group is named by `{` and `}` with spaces around, here is `{face`");
        check("{face}s", "a group is named by `{` and `}` with spaces around, here is `{face}s`");
        check("{}", "a group is named by `{` and `}` with spaces around, here is `{}`");
        check("42-38", "the range `42-38` ends before it starts");
    }
}
