//! Seals: the `custom_id` of a button or select, which says what it does and proves that the bot made it.
//!
//! The form is `version.action.mac`, for example `1.c:microneedling/needle-depth.0123…`. The key of the MAC is derived
//! from the bot's token: nothing else has to be kept for buttons to work after a restart, and a new token makes all
//! buttons before it worthless.

use std::fmt::Write as _;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::config::Token;
use crate::knowledge::EntryId;
use crate::limits::{CUSTOM_ID_CHARS, STEM_CHARS};
use crate::store::{MessageId, Reason};

/// The version of the form; a change of what actions mean raises it.
const VERSION: &str = "1";

/// How much of the MAC is kept, in bytes: nobody can try 2^96 buttons.
const MAC_BYTES: usize = 12;

/// What tells this use of the token from any other.
const PURPOSE: &[u8] = b"needle component ids";

// The longest id: version, two dots, `f:w:`, topic, slash, stem, MAC.
const _: () = assert!(VERSION.len() + 2 + 4 + STEM_CHARS + 1 + STEM_CHARS + 2 * MAC_BYTES <= CUSTOM_ID_CHARS);

/// What a button or an option does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Shows the answer of this entry in place.
    Choose(EntryId),
    /// A select: what it does is in the option that is chosen.
    Select,
    /// Says that no suggestion fits.
    NoneOfThese,
    /// Takes the message away.
    Remove,
    /// Shows a page of the topics; the first is 0.
    Topics(u16),
    /// Shows a page of a topic's entries; the first is 0.
    Topic(String, u16),
    /// Shows the answer of this entry in place, with a way back to its topic.
    Read(EntryId),
    /// Says whether the answer from this entry helped.
    Vote(bool, EntryId),
    /// A select: says why the answer in this message did not help.
    Reasons(MessageId),
    /// One of these reasons, for an answer from this entry.
    Reason(Reason, EntryId),
    /// Shows a page of the open questions; the first is 0.
    Unanswered(u16),
    /// Wants to be told once the question on this message is answered.
    TellMe,
}

/// Why a `custom_id` is not acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsealed {
    /// It is of another version of the bot.
    Outdated,
    /// It was not made with this bot's token.
    Forged,
}

/// The key that makes and reads seals.
#[derive(Clone)]
pub struct Seal(Hmac<Sha256>);

impl Seal {
    /// The key of the bot with this token.
    #[must_use]
    pub fn new(token: &Token) -> Self {
        let key = keyed(token.expose().as_bytes()).chain_update(PURPOSE).finalize().into_bytes();
        Self(keyed(&key))
    }

    /// The `custom_id` for `action`, at most [`CUSTOM_ID_CHARS`] ASCII characters.
    #[must_use]
    pub fn close(&self, action: &Action) -> String {
        let mut text = format!("{VERSION}.{}", written(action));
        let mac = self.0.clone().chain_update(&text).finalize().into_bytes();
        text.push('.');
        for byte in &mac[..MAC_BYTES] {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// What the component with this `custom_id` does.
    ///
    /// # Errors
    /// When the bot, as it is now, did not make it.
    pub fn open(&self, custom_id: &str) -> Result<Action, Unsealed> {
        let (version, _) = custom_id.split_once('.').ok_or(Unsealed::Forged)?;
        if version != VERSION {
            let is_version = !version.is_empty() && version.len() <= 4 && version.bytes().all(|b| b.is_ascii_digit());
            return Err(if is_version { Unsealed::Outdated } else { Unsealed::Forged });
        }
        let (text, mac) = custom_id.rsplit_once('.').ok_or(Unsealed::Forged)?;
        let mac = bytes(mac).filter(|mac| mac.len() == MAC_BYTES).ok_or(Unsealed::Forged)?;
        self.0.clone().chain_update(text).verify_truncated_left(&mac).map_err(|_| Unsealed::Forged)?;
        let (_, action) = text.split_once('.').ok_or(Unsealed::Forged)?;
        read(action).ok_or(Unsealed::Forged)
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn written(action: &Action) -> String {
    match action {
        Action::Choose(entry) => format!("c:{entry}"),
        Action::Select => "r".to_owned(),
        Action::NoneOfThese => "n".to_owned(),
        Action::Remove => "x".to_owned(),
        Action::Topics(page) => format!("t:{page}"),
        Action::Topic(topic, page) => format!("e:{topic}/{page}"),
        Action::Read(entry) => format!("b:{entry}"),
        Action::Vote(true, entry) => format!("h:{entry}"),
        Action::Vote(false, entry) => format!("d:{entry}"),
        Action::Reasons(message) => format!("q:{}", message.0),
        Action::Reason(reason, entry) => format!("f:{}:{entry}", letter(*reason)),
        Action::Unanswered(page) => format!("u:{page}"),
        Action::TellMe => "w".to_owned(),
    }
}

/// A reason in short.
fn letter(reason: Reason) -> &'static str {
    match reason {
        Reason::WrongQuestion => "w",
        Reason::OutOfDate => "o",
        Reason::Unclear => "u",
        Reason::SomethingElse => "s",
    }
}

fn read(text: &str) -> Option<Action> {
    let plain = match text {
        "r" => Some(Action::Select),
        "n" => Some(Action::NoneOfThese),
        "x" => Some(Action::Remove),
        "w" => Some(Action::TellMe),
        _ => None,
    };
    let of = |pair: &str| pair.split_once('/').map(|(one, other)| (one.to_owned(), other.to_owned()));
    plain.or_else(|| {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "c" => of(rest).map(|(topic, stem)| Action::Choose(EntryId::new(&topic, &stem))),
            "b" => of(rest).map(|(topic, stem)| Action::Read(EntryId::new(&topic, &stem))),
            "e" => of(rest).and_then(|(topic, page)| Some(Action::Topic(topic, page.parse().ok()?))),
            "t" => rest.parse().ok().map(Action::Topics),
            "h" => of(rest).map(|(topic, stem)| Action::Vote(true, EntryId::new(&topic, &stem))),
            "d" => of(rest).map(|(topic, stem)| Action::Vote(false, EntryId::new(&topic, &stem))),
            "q" => rest.parse().ok().map(|message| Action::Reasons(MessageId(message))),
            "f" => {
                let (name, entry) = rest.split_once(':')?;
                let reason = Reason::ALL.into_iter().find(|reason| letter(*reason) == name)?;
                of(entry).map(|(topic, stem)| Action::Reason(reason, EntryId::new(&topic, &stem)))
            }
            "u" => rest.parse().ok().map(Action::Unanswered),
            _ => None,
        }
    })
}

/// The bytes that `hex` spells in small letters, as [`Seal::close`] writes them.
fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    hex.as_bytes().chunks(2).map(|pair| Some(digit(&pair[0])? << 4 | digit(pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(token: &str) -> Seal {
        let sources = crate::config::Sources {
            local_file: "nowhere/local.toml".into(),
            environment: vec![("DISCORD_TOKEN".into(), token.into())],
        };
        Seal::new(&crate::config::Config::load(&sources).unwrap().token.unwrap())
    }

    #[test]
    fn what_is_closed_opens() {
        let longest = "x".repeat(STEM_CHARS);
        for action in [
            Action::Choose(EntryId::new(&longest, &longest)),
            Action::Choose(EntryId::new("a", "b-c")),
            Action::Read(EntryId::new(&longest, &longest)),
            Action::Topic(longest.clone(), u16::MAX),
            Action::Topics(0),
            Action::Vote(true, EntryId::new(&longest, &longest)),
            Action::Vote(false, EntryId::new("a", "b-c")),
            Action::Reasons(MessageId(u64::MAX)),
            Action::Reason(Reason::WrongQuestion, EntryId::new(&longest, &longest)),
            Action::Reason(Reason::SomethingElse, EntryId::new("a", "b")),
            Action::Unanswered(u16::MAX),
            Action::Select,
            Action::NoneOfThese,
            Action::Remove,
            Action::TellMe,
        ] {
            let id = seal("one").close(&action);
            assert!(id.len() <= CUSTOM_ID_CHARS, "{id}");
            assert_eq!(seal("one").open(&id), Ok(action), "{id}");
        }
    }

    #[test]
    fn what_another_made_does_not() {
        let id = seal("one").close(&Action::Choose(EntryId::new("a", "b")));
        let check = |id: &str, expected| assert_eq!(seal("one").open(id), Err(expected), "{id:?}");
        check(&seal("two").close(&Action::Remove), Unsealed::Forged);
        check(&id.replace("a/b", "a/c"), Unsealed::Forged);
        check(&id[..id.len() - 2], Unsealed::Forged);
        check(&id.to_uppercase(), Unsealed::Forged);
        check("", Unsealed::Forged);
        check("1", Unsealed::Forged);
        check("1.x.", Unsealed::Forged);
        check("1.x.zz", Unsealed::Forged);
        check("button", Unsealed::Forged);
        check(&id.replacen('1', "2", 1), Unsealed::Outdated);
        check("0.x.00", Unsealed::Outdated);
    }
}
