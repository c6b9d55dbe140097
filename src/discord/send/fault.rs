//! A fault: why Discord did not take what was sent, told by its error codes.

use serenity::http::HttpError;

/// What could not be done, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot {doing}: {fault}{}", if *tries > 1 { format!(" (tried {tries} times)") } else { String::new() })]
pub struct SendError {
    /// What was being done, as it stands behind "cannot".
    pub doing: &'static str,
    /// Why it failed, the last time.
    pub fault: Fault,
    /// How often it was tried.
    pub tries: u32,
}

/// Why Discord did not take it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It may work in a moment: an error of Discord's own, a connection lost, too many requests.
    #[error("{0}")]
    Passing(String),
    /// This permission is missing.
    #[error("the permission {0} is missing")]
    Permission(&'static str),
    /// The message, channel or interaction is not there any more.
    #[error("what it belongs to is gone")]
    Gone,
    /// Nothing is there, be it that it is gone, or that there never was such a thing.
    #[error("Discord answers 404: {0}")]
    NotFound(String),
    /// The interaction has been answered already.
    #[error("it has been answered already")]
    Answered,
    /// The embed is not taken.
    #[error("the embed is refused: {0}")]
    Embed(String),
    /// The message has nothing in it that Discord would show.
    #[error("nothing in it may be shown")]
    Empty,
    /// Anything else.
    #[error("{0}")]
    Refused(String),
}

/// Discord's error codes, by name.
mod code {
    pub(super) const UNKNOWN_CHANNEL: isize = 10_003;
    pub(super) const UNKNOWN_MESSAGE: isize = 10_008;
    pub(super) const UNKNOWN_WEBHOOK: isize = 10_015;
    pub(super) const UNKNOWN_INTERACTION: isize = 10_062;
    pub(super) const ALREADY_ANSWERED: isize = 40_060;
    pub(super) const MISSING_ACCESS: isize = 50_001;
    pub(super) const EMPTY_MESSAGE: isize = 50_006;
    pub(super) const MISSING_PERMISSIONS: isize = 50_013;
    pub(super) const INVALID_FORM: isize = 50_035;
    pub(super) const NO_HISTORY: isize = 160_002;
}

impl Fault {
    /// The fault that `error` means.
    pub(in crate::discord) fn of(error: &serenity::Error) -> Self {
        match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
                let status = response.status_code.as_u16();
                let path = response.error.errors.iter().map(|error| error.path.as_str());
                let about_reference = path.clone().any(|path| path.starts_with("message_reference"));
                let about_embeds = path.clone().any(|path| path.trim_start_matches("data.").starts_with("embeds"));
                match response.error.code {
                    _ if status == 429 || status >= 500 => Self::Passing(format!("Discord answers {status}")),
                    code::UNKNOWN_CHANNEL
                    | code::UNKNOWN_MESSAGE
                    | code::UNKNOWN_WEBHOOK
                    | code::UNKNOWN_INTERACTION => Self::Gone,
                    code::INVALID_FORM if about_reference => Self::Gone,
                    code::INVALID_FORM if about_embeds => Self::Embed(response.error.message.clone()),
                    code::ALREADY_ANSWERED => Self::Answered,
                    code::MISSING_ACCESS => Self::Permission("View Channel"),
                    code::MISSING_PERMISSIONS => {
                        Self::Permission("Send Messages (in a thread: Send Messages in Threads)")
                    }
                    code::NO_HISTORY => Self::Permission("Read Message History"),
                    code::EMPTY_MESSAGE => Self::Empty,
                    _ if status == 404 => Self::NotFound(response.error.message.clone()),
                    code => Self::Refused(format!(
                        "Discord answers {status}, code {code}: {} ({})",
                        response.error.message,
                        path.collect::<Vec<_>>().join(", ")
                    )),
                }
            }
            // The cause may name addresses, which hold interaction tokens.
            serenity::Error::Http(HttpError::Request(error)) => {
                let cause = if error.is_timeout() { "no answer in time" } else { "no connection" };
                Self::Passing(cause.to_owned())
            }
            serenity::Error::Http(error) => Self::Refused(error.to_string()),
            serenity::Error::Json(_) => Self::Refused("an answer that cannot be read".to_owned()),
            _ => Self::Refused("an unexpected error".to_owned()),
        }
    }

    /// Whether it may work in a moment.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Passing(_))
    }

    /// Whether Discord wants nothing of it, however often it is asked.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::NotFound(_))
    }

    /// The fault where it is about a message, of which some servers just say that it is not there.
    #[must_use]
    pub(super) fn about_message(self) -> Self {
        if let Self::NotFound(_) = self { Self::Gone } else { self }
    }

    /// Whether the same without an embed may be taken.
    #[must_use]
    pub fn may_be_embeds(&self) -> bool {
        match self {
            Self::Permission(name) => name.starts_with("Send Messages"),
            Self::Embed(_) | Self::Empty => true,
            _ => false,
        }
    }
}
