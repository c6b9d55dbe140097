//! Numbers: what is long enough to be somebody's phone, card or account is taken out, measures and dates stay.

use super::links;

const PHONE: &str = "[phone number]";
const CARD: &str = "[card number]";
const NUMBER: &str = "[number]";

/// The fewest digits of a phone number, as people write it within a town.
const PHONE_DIGITS_MIN: usize = 7;
/// The most digits of a phone number (ITU-T E.164).
const PHONE_DIGITS_MAX: usize = 15;
/// From this many digits on, what stands right behind letters is a number all the same: catalogues have fewer.
const GLUED_DIGITS: usize = 10;
/// How many digits cards have (ISO/IEC 7812).
const CARD_DIGITS: std::ops::RangeInclusive<usize> = 13..=19;

/// The zeros of the scripts whose digits are known; nine more follow each.
const ZEROS: [char; 5] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}'];

/// A stretch of digits with what may stand between those of one number.
struct Run {
    /// From the first digit, or the sign before it, to behind the last digit.
    length: usize,
    /// The digits, by group.
    groups: Vec<Vec<u32>>,
    is_international: bool,
}

/// `text` without numbers that must not be kept. Links are left as they are.
pub(super) fn redact(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut redacted = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let before = at.checked_sub(1).map(|before| chars[before]);
        if before.is_none_or(char::is_whitespace) {
            let word: String = chars[at..].iter().take_while(|char| !char.is_whitespace()).collect();
            if links::redact(&word).is_some() {
                at += word.chars().count();
                redacted += &word;
                continue;
            }
        }
        let Some(run) = Run::at(&chars[at..]) else {
            redacted.push(chars[at]);
            at += 1;
            continue;
        };
        let is_glued = before.is_some_and(char::is_alphabetic);
        match run.replacement().filter(|_| !is_glued || run.digits() >= GLUED_DIGITS) {
            Some(replacement) => redacted += replacement,
            None => redacted.extend(&chars[at..at + run.length]),
        }
        at += run.length;
    }
    redacted
}

impl Run {
    /// The run that `rest` starts with.
    fn at(rest: &[char]) -> Option<Self> {
        let is_international = rest[0] == '+';
        let mut groups: Vec<Vec<u32>> = vec![Vec::new()];
        let mut length = 0;
        let mut between = 0;
        for (at, char) in rest.iter().enumerate() {
            if let Some(digit) = digit(*char) {
                if between > 0 && groups.last().is_some_and(|group| !group.is_empty()) {
                    groups.push(Vec::new());
                }
                groups.last_mut()?.push(digit);
                length = at + 1;
                between = 0;
            } else if is_separator(*char) || (at == 0 && is_international) {
                between += 1;
            } else {
                break;
            }
            if between > 2 {
                break;
            }
        }
        // A bracket or sign is part of the number, other separators before it are not.
        (length > 0 && (digit(rest[0]).is_some() || "+(".contains(rest[0]))).then_some(Self {
            length,
            groups,
            is_international,
        })
    }

    fn digits(&self) -> usize {
        self.groups.iter().map(Vec::len).sum()
    }

    fn replacement(&self) -> Option<&'static str> {
        let digits = self.groups.concat();
        let count = digits.len();
        if CARD_DIGITS.contains(&count) && is_luhn(&digits) && self.is_written_as_one() {
            return Some(CARD);
        }
        if count < PHONE_DIGITS_MIN {
            return None;
        }
        if !self.is_international && (!self.is_written_as_one() || self.is_date()) {
            // One group of several may still be a number of its own.
            return self.groups.iter().any(|group| group.len() >= PHONE_DIGITS_MIN).then_some(NUMBER);
        }
        Some(if count <= PHONE_DIGITS_MAX { PHONE } else { NUMBER })
    }

    /// Whether the groups are those of one number rather than of a list of measures, where single digits are common.
    fn is_written_as_one(&self) -> bool {
        self.groups.iter().filter(|group| group.len() == 1).count() <= 1
    }

    /// Whether it is a day: year, month, day or the other way round.
    fn is_date(&self) -> bool {
        let number = |group: &Vec<u32>| group.iter().fold(0, |number, digit| 10 * number + digit);
        let [first, second, third] = &self.groups[..] else { return false };
        let is_date = |year: &Vec<u32>, month: &Vec<u32>, day: &Vec<u32>| {
            year.len() == 4
                && month.len() <= 2
                && day.len() <= 2
                && (1900..2100).contains(&number(year))
                && (1..=31).contains(&number(month))
                && (1..=31).contains(&number(day))
        };
        is_date(first, second, third) || is_date(third, second, first)
    }
}

/// Whether the last digit is the check digit of those before it, by Luhn's formula.
pub(super) fn is_luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match place % 2 {
            0 => *digit,
            _ => 2 * digit / 10 + 2 * digit % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

fn digit(char: char) -> Option<u32> {
    let value = |zero: &char| u32::from(char).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
    ZEROS.iter().find_map(value)
}

fn is_separator(char: char) -> bool {
    matches!(char, ' ' | '\u{a0}' | '\u{3000}' | '-' | '\u{2010}'..='\u{2013}' | '.' | '/' | '(' | ')')
}
