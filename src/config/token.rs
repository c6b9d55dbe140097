//! The Discord token: the one secret, kept out of every file that is shared and every message that is printed.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::problem::{Place, Problem};

const VARIABLE: &str = "DISCORD_TOKEN";
const FILE_VARIABLE: &str = "DISCORD_TOKEN_FILE";

/// Every variable that can say what the token is.
pub(super) const VARIABLES: [&str; 2] = [VARIABLE, FILE_VARIABLE];

/// What is said about a token in any other place.
pub(super) const MISPLACED: &str = "the Discord token is not read from here, where it is easily shared: \
    set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to the path of a file that holds it";

/// A bot's token as Discord issued it: not empty, visible ASCII only. `Debug` does not show it; there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token itself, to hand to Discord and nobody else.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The id of the bot, which stands at the token's beginning; `None` where it does not. Where an application is old,
    /// its own id is another.
    #[must_use]
    pub fn bot_id(&self) -> Option<u64> {
        let (id, _) = self.0.split_once('.')?;
        let id = STANDARD_NO_PAD.decode(id.trim_end_matches('=')).ok()?;
        std::str::from_utf8(&id).ok()?.parse().ok().filter(|id| *id != 0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(redacted)")
    }
}

/// Whether a key, or the rest of a variable's name, looks like the place of a token.
pub(super) fn is_meant(name: &str) -> bool {
    let name = name.to_lowercase().replace(['_', '-', '.'], "");
    name.ends_with("token") || name.ends_with("tokenfile")
}

/// The token of `DISCORD_TOKEN`, or of the file named by `DISCORD_TOKEN_FILE`; `None` when neither is set.
///
/// # Errors
///
/// Both variables are set, the set one is empty, the file cannot be read, or what was found cannot be a token.
pub(super) fn from_environment(environment: &[(OsString, OsString)]) -> Result<Option<Token>, Problem> {
    let value_of = |wanted: &str| environment.iter().find(|(name, _)| name == wanted);
    let (place, text) = match (value_of(VARIABLE), value_of(FILE_VARIABLE)) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            return Err(Problem::new(
                Place::Variable(VARIABLE.to_owned()),
                format!("{FILE_VARIABLE} is set too: set only one of them"),
            ));
        }
        (Some((_, value)), None) => {
            let place = Place::Variable(VARIABLE.to_owned());
            (place, value.as_encoded_bytes().to_vec())
        }
        (None, Some((_, path))) => (Place::File { path: PathBuf::from(path), position: None }, read_file(path)?),
    };
    parse(&text).map(Some).map_err(|message| Problem::new(place, message))
}

fn read_file(path: &OsStr) -> Result<Vec<u8>, Problem> {
    let refuse = |message| Problem::new(Place::Variable(FILE_VARIABLE.to_owned()), message);
    if path.is_empty() {
        return Err(refuse(
            "is empty: expected the path of a file that holds the token, or no such variable".to_owned(),
        ));
    }
    let path = Path::new(path);
    fs::read(path).map_err(|error| refuse(format!("cannot read {}: {error}", path.display())))
}

/// The token in what a variable or a file holds, white space and a byte order mark around it ignored.
fn parse(bytes: &[u8]) -> Result<Token, &'static str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii();
    if bytes.is_empty() {
        return Err("is empty: expected the token of the bot, from the Discord developer portal");
    }
    if bytes.iter().any(|byte| matches!(byte, b'"' | b'\'')) {
        return Err("holds a quotation mark: expected the token alone");
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if bytes.iter().all(u8::is_ascii_graphic) => Ok(Token(text.to_owned())),
        _ => Err("is no token, as it holds a space or a character outside ASCII: expected the token alone, \
                  as the Discord developer portal shows it"),
    }
}
