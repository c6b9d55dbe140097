//! Redaction: a member's words without what identifies somebody or opens something.
//!
//! Taken out are e-mail addresses, mentions, phone and card numbers, links with a credential or a token in them, and
//! long strings that look like a secret. What is left is meant for a moderator who reads what was asked: where a rule
//! could be too strict or too lax, it is too strict.

mod links;
mod numbers;

use crate::limits::QUESTION_CHARS;

/// A text that has been through [`Redacted::new`]: the only form in which a member's words are kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Redacted(String);

impl Redacted {
    /// `text`, cut to [`QUESTION_CHARS`], with a word in brackets in place of each thing that must not be kept. Doing
    /// it again changes nothing.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut text: String = text.chars().filter(|char| !is_invisible(*char)).take(QUESTION_CHARS).collect();
        // Each pass that changes anything takes out a digit, an at sign or a link, so that there is a last one.
        loop {
            let redacted = pass(&text);
            if redacted == text {
                return Self(text);
            }
            text = redacted;
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

const E_MAIL: &str = "[e-mail]";
const MENTION: &str = "[mention]";
const SECRET: &str = "[secret]";

/// From this length on, in chars, letters and digits mixed are a secret rather than a word.
const SECRET_CHARS: usize = 24;

/// What can stand within an address unseen. Joiners are left, as emoji are made with them.
fn is_invisible(char: char) -> bool {
    matches!(char, '\0' | '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// One walk through the text, word by word; white space stays as it is.
fn pass(text: &str) -> String {
    let mut redacted = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end_matches(char::is_whitespace);
        match links::redact(word) {
            Some(word) => redacted += &word,
            None => redacted += &redact_word(&word.chars().collect::<Vec<_>>()),
        }
        redacted += &piece[word.len()..];
    }
    // Last, as a number may hold spaces.
    numbers::redact(&redacted)
}

/// A word that is no link.
fn redact_word(word: &[char]) -> String {
    let mut redacted = String::new();
    let mut at = 0;
    while let Some(&char) = word.get(at) {
        let is_start = at == 0 || !is_of_address(word[at - 1]);
        let rest = &word[at..];
        let found = mention(rest).or_else(|| {
            let found = is_start.then(|| e_mail(rest).or_else(|| secret(rest)));
            found.flatten()
        });
        if let Some((length, replacement)) = found {
            redacted += replacement;
            at += length;
        } else {
            redacted.push(char);
            at += 1;
        }
    }
    redacted
}

/// The length of the mention that `rest` starts with: `<@123>`, `<@&123>`, `<#123>`, `@name`.
fn mention(rest: &[char]) -> Option<(usize, &'static str)> {
    let is_mention = match rest {
        ['<', '@' | '#', ..] => {
            let end = rest.iter().position(|char| *char == '>')?;
            return rest[2..end].iter().any(char::is_ascii_digit).then_some((end + 1, MENTION));
        }
        [at, first, ..] => is_at(*at) && (first.is_alphabetic() || *first == '_'),
        _ => false,
    };
    let length = 1 + rest.iter().skip(1).take_while(|char| is_of_address(**char)).count();
    is_mention.then_some((length, MENTION))
}

/// The length of the e-mail address that `rest` starts with.
fn e_mail(rest: &[char]) -> Option<(usize, &'static str)> {
    let local = rest.iter().take_while(|char| is_of_address(**char)).count();
    if local == 0 || !rest.get(local).is_some_and(|char| is_at(*char)) {
        return None;
    }
    let domain = rest[local + 1..].iter().take_while(|char| is_of_address(**char)).count();
    (domain > 0).then_some((local + 1 + domain, E_MAIL))
}

/// The length of the secret that `rest` starts with, such as a key or a session's token.
fn secret(rest: &[char]) -> Option<(usize, &'static str)> {
    let length = rest.iter().take_while(|char| is_of_address(**char) || "=/~".contains(**char)).count();
    is_secret(&rest[..length]).then_some((length, SECRET))
}

/// Whether `word` is so long and mixed that nobody would type it.
fn is_secret(word: &[char]) -> bool {
    let has = |test: fn(&char) -> bool| word.iter().any(test);
    word.len() >= SECRET_CHARS && has(|char| char.is_numeric()) && has(|char| char.is_alphabetic())
}

/// Whether `char` can be part of an e-mail address, beside the at sign.
fn is_of_address(char: char) -> bool {
    char.is_alphanumeric() || "._%+-".contains(char)
}

/// The at sign, as wide as it may be.
fn is_at(char: char) -> bool {
    matches!(char, '@' | '\u{ff20}' | '\u{fe6b}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(Redacted::new(text).as_str(), *expected, "{text:?}");
        }
    }

    #[test]
    fn e_mail_addresses() {
        check(&[
            ("mail me at Jane.Doe+x@example.co.uk please", "mail me at [e-mail] please"),
            ("(jane@example.com), thanks", "([e-mail]), thanks"),
            ("jürgen@müller.de", "[e-mail]"),
            ("jane@localhost", "[e-mail]"),
            ("ja\u{200b}ne＠example.com", "[e-mail]"),
            ("a@b.c@d.e", "[e-mail][mention]"),
            ("mailto:jane@example.com", "[link]"),
            ("_.@example.com/", "_.@[link]"),
            ("is 0.5 mm @ 1.0 mm fine?", "is 0.5 mm @ 1.0 mm fine?"),
        ]);
    }

    #[test]
    fn mentions() {
        check(&[
            ("<@81384788765712384> can I?", "[mention] can I?"),
            ("ask <@!81384788765712384>, <@&42> or <#43>", "ask [mention], [mention] or [mention]"),
            ("hey @jane_doe!", "hey [mention]!"),
            ("@everyone look", "[mention] look"),
            ("x <@ y", "x <@ y"),
            ("needles at 3 @ night", "needles at 3 @ night"),
        ]);
    }

    #[test]
    fn phone_and_card_numbers() {
        check(&[
            ("call +49 171 1234567 now", "call [phone number] now"),
            ("call (555) 123-4567", "call [phone number]"),
            ("06 12 34 56 78?", "[phone number]?"),
            ("555-1234", "[phone number]"),
            ("1-800-555-1234", "[phone number]"),
            ("٠١٢٣٤٥٦٧٨٩", "[phone number]"),
            ("４１１１ １１１１ １１１１ １１１１", "[card number]"),
            ("card 4111 1111 1111 1111 exp", "card [card number] exp"),
            ("4111-1111-1111-1111", "[card number]"),
            ("4111 1111 1111 1112", "[number]"),
            ("id 81384788765712384", "id [number]"),
        ]);
    }

    #[test]
    fn other_numbers_stay() {
        check(&[
            ("0.25, 0.5 or 1.5 mm?", "0.25, 0.5 or 1.5 mm?"),
            ("0.5 1.0 1.5 2.0 2.5 mm", "0.5 1.0 1.5 2.0 2.5 mm"),
            ("I am 34, 62 kg, 4-6 weeks after", "I am 34, 62 kg, 4-6 weeks after"),
            ("done on 2026-11-23 or 23.11.2026", "done on 2026-11-23 or 23.11.2026"),
            ("it costs 1,200 or 100000 won", "it costs 1,200 or 100000 won"),
            ("see PMC10244567", "see PMC10244567"),
        ]);
    }

    #[test]
    fn links() {
        check(&[
            ("see https://example.com/needling?page=2.", "see https://example.com/needling?page=2."),
            ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ"),
            ("https://pubmed.ncbi.nlm.nih.gov/29023164/", "https://pubmed.ncbi.nlm.nih.gov/29023164/"),
            ("https://jane:secret@example.com/", "[link]"),
            ("(https://example.com/reset?token=abc)", "([link])"),
            ("<https://example.com/#access_token=x>!", "<[link]>!"),
            ("example.com/reset?Password=hunter2", "[link]"),
            ("https://example.com/share/0123456789abcdef0123456789", "[link]"),
            ("https://wa.me/4917012345678", "[link]"),
            ("https://medium.com/@jane/needles", "[link]"),
            ("https://discord.com/api/webhooks/123456789012345678/abc", "[link]"),
            ("and/or 1/2", "and/or 1/2"),
        ]);
    }

    #[test]
    fn secrets() {
        check(&[
            ("my key is sk-ABCDEF0123456789ABCDEF0123", "my key is [secret]"),
            ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsgesellschaft"),
        ]);
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let long = "a b ".repeat(QUESTION_CHARS);
        assert_eq!(Redacted::new(&long).as_str().chars().count(), QUESTION_CHARS);
    }

    proptest! {
        #[test]
        fn twice_is_once(text in "(\\PC|[-+()./@<>#:?=&0-9a-c \t\u{200b}]|https://|www\\.|<@|[0-9]{4} |token=){0,60}") {
            let once = Redacted::new(&text);
            let twice = Redacted::new(once.as_str());
            prop_assert_eq!(once, twice);
        }

        #[test]
        fn no_address_is_left(before in "\\PC{0,9}", local in "[a-z0-9.]{1,9}", domain in "[a-z]{1,9}\\.[a-z]{2,3}", after in "\\PC{0,9}") {
            let address = format!("{local}@{domain}");
            let redacted = Redacted::new(&format!("{before}{address}{after}"));
            prop_assert!(!redacted.as_str().contains(&address), "{redacted:?}");
        }

        #[test]
        fn no_card_number_is_left(number in "4[0-9]{14}", separator in "[ -]?", before in "[a-z ]{0,5} ", after in " ?[a-z,!]{0,5}") {
            let digits: Vec<u32> = number.chars().filter_map(|char| char.to_digit(10)).collect();
            let whole = (0..10).map(|check| [&digits[..], &[check]].concat()).find(|digits| numbers::is_luhn(digits)).unwrap();
            let groups: Vec<String> = whole.chunks(4).map(|group| group.iter().map(u32::to_string).collect()).collect();
            let redacted = Redacted::new(&format!("{before}{}{after}", groups.join(&separator)));
            // With letters at its end, it may be taken for another secret.
            prop_assert!(redacted.as_str().contains(['[', ']']), "{redacted:?}");
            prop_assert!(!groups.iter().any(|group| redacted.as_str().contains(group)), "{redacted:?}");
        }
    }
}
