//! Seals: the `custom_id` of a button or select, which says what it does and proves that the bot made it.
//!
//! The form is `version.action.mac`, for example `2.c:microneedling/needle-depth.Ab0-…`. The key of the MAC is derived
//! from the bot's token: nothing else has to be kept for buttons to work after a restart, and a new token makes all
//! buttons before it worthless.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::config::Token;
use crate::inbox::Target;
use crate::knowledge::EntryId;
use crate::limits::{CUSTOM_ID_CHARS, STEM_CHARS};
use crate::store::{MessageId, Reason, UnansweredId};

use super::settings::Setting;

/// The version of the form; a change of what actions mean raises it.
const VERSION: &str = "2";

/// How much of the MAC is kept, in bytes: nobody can try 2^96 buttons.
const MAC_BYTES: usize = 12;

/// What tells this use of the token from any other.
const PURPOSE: &[u8] = b"needle component ids";

/// The base that numbers are written in.
const RADIX: u32 = 36;

/// How many digits the largest number has.
const DIGITS: usize = 13;

// The longest id: version, two dots, `a:`, number, `P`, topic, slash, stem, MAC in Base64.
const _: () =
    assert!(VERSION.len() + 2 + 2 + DIGITS + 1 + STEM_CHARS + 1 + STEM_CHARS + MAC_BYTES / 3 * 4 <= CUSTOM_ID_CHARS);

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
    /// Does this with a question that was not answered.
    Inbox(UnansweredId, Deed),
    /// Shows or changes a setting of the server.
    Settings(Setting),
    /// Wants to be told once the question on this message is answered.
    TellMe,
}

/// What a moderator does with a question that was not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// A select of the entries that it may become a phrasing of; the entry is in the option that is chosen.
    Choose,
    /// Shows the form in which its words are edited; the form itself, too.
    Write(Target),
    /// Puts the words that are shown into the knowledge.
    Add(Target),
    /// Settles it as off-topic.
    NotForUs,
    /// Settles it as nothing to be done about.
    Ignore,
    /// Opens it again, and takes what was written into the knowledge back.
    Undo,
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
        BASE64.encode_string(&mac[..MAC_BYTES], &mut text);
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
        let mac = BASE64.decode(mac).ok().filter(|mac| mac.len() == MAC_BYTES).ok_or(Unsealed::Forged)?;
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
        Action::Inbox(question, deed) => {
            let number = digits(question.0);
            match deed {
                Deed::Choose => format!("p:{number}"),
                Deed::Write(target) => format!("w:{number}{target}"),
                Deed::Add(target) => format!("a:{number}{target}"),
                Deed::NotForUs => format!("o:{number}"),
                Deed::Ignore => format!("i:{number}"),
                Deed::Undo => format!("z:{number}"),
            }
        }
        Action::Settings(setting) => format!("s:{setting}"),
        Action::TellMe => "m".to_owned(),
    }
}

/// `number` in digits and small letters, those of the greatest value first.
fn digits(mut number: u64) -> String {
    let mut digits = Vec::with_capacity(DIGITS);
    loop {
        #[expect(clippy::cast_possible_truncation, reason = "less than the base")]
        digits.extend(char::from_digit((number % u64::from(RADIX)) as u32, RADIX));
        number /= u64::from(RADIX);
        if number == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

/// The deed of this kind in what is written behind it: the question's number, and where words belong.
fn deed(kind: &str, rest: &str) -> Option<Action> {
    let end = rest.find(|char: char| char.is_ascii_uppercase()).unwrap_or(rest.len());
    let (number, target) = rest.split_at(end);
    let question = UnansweredId(u64::from_str_radix(number, RADIX).ok()?);
    let deed = match kind {
        "p" => Deed::Choose,
        "w" => Deed::Write(target.parse().ok()?),
        "a" => Deed::Add(target.parse().ok()?),
        "o" => Deed::NotForUs,
        "i" => Deed::Ignore,
        "z" => Deed::Undo,
        _ => return None,
    };
    Some(Action::Inbox(question, deed))
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
        "m" => Some(Action::TellMe),
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
            "s" => Setting::read(rest).map(Action::Settings),
            _ => deed(kind, rest),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::settings::{Level, Office, Page};

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
            Action::Inbox(UnansweredId(u64::MAX), Deed::Write(Target::Phrasing(EntryId::new(&longest, &longest)))),
            Action::Inbox(UnansweredId(u64::MAX), Deed::Add(Target::OffTopic(longest.clone()))),
            Action::Inbox(UnansweredId(1), Deed::Add(Target::Expected("garden".to_owned()))),
            Action::Inbox(UnansweredId(0), Deed::Choose),
            Action::Inbox(UnansweredId(35), Deed::NotForUs),
            Action::Inbox(UnansweredId(36), Deed::Ignore),
            Action::Inbox(UnansweredId(u64::MAX), Deed::Undo),
            Action::Settings(Setting::Overview),
            Action::Settings(Setting::Page(Page::Role(Office::Editors))),
            Action::Settings(Setting::Page(Page::Topics(u16::MAX))),
            Action::Settings(Setting::Choose(Page::Channel)),
            Action::Settings(Setting::Choose(Page::Role(Office::Viewers))),
            Action::Settings(Setting::Clear(Page::Threshold(Level::Answer))),
            Action::Settings(Setting::Topic(longest.clone())),
            Action::Settings(Setting::From(Level::Suggest, u8::MAX)),
            Action::Settings(Setting::Feedback(true)),
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
    fn what_is_not_known_does_nothing() {
        for kind in ["p", "w", "a", "o", "i", "z"] {
            assert!(matches!(read(&format!("{kind}:1Ogarden")), Some(Action::Inbox(UnansweredId(1), _))), "{kind}");
        }
        for kind in ["", "y", "zz", "Z"] {
            assert_eq!(read(&format!("{kind}:1Ogarden")), None, "{kind}");
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
        check(&format!("{id}="), Unsealed::Forged);
        check("", Unsealed::Forged);
        check("2", Unsealed::Forged);
        check("2.x.", Unsealed::Forged);
        check("2.x.zz", Unsealed::Forged);
        check("button", Unsealed::Forged);
        check(&id.replacen('2', "3", 1), Unsealed::Outdated);
        check("0.x.00", Unsealed::Outdated);
    }
}
