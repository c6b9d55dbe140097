//! Ids and times: Discord's numbers as the store keeps them, and seconds.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The seconds of a day.
const DAY_SECS: i64 = 24 * 60 * 60;

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl $name {
            /// As a database holds it.
            pub(super) fn column(self) -> i64 {
                self.0.cast_signed()
            }

            /// From what a database holds.
            pub(super) fn of_column(column: i64) -> Self {
                Self(column.cast_unsigned())
            }
        }
    )*};
}

ids! {
    /// A Discord server; never 0.
    ServerId;
    /// A channel or thread.
    ChannelId;
    /// A message.
    MessageId;
    /// A member.
    MemberId;
    /// A role.
    RoleId;
    /// A question that was not answered, as the store numbers it.
    UnansweredId;
}

/// The number that stands for direct messages where a server is kept.
const DIRECT: ServerId = ServerId(0);

/// A server, or direct messages, as a column that is never empty, so that it can be part of a key.
pub(super) fn server_column(server: Option<ServerId>) -> i64 {
    server.unwrap_or(DIRECT).column()
}

/// The server of such a column; `None` for direct messages.
pub(super) fn server_of_column(column: i64) -> Option<ServerId> {
    Some(ServerId::of_column(column)).filter(|server| *server != DIRECT)
}

/// A moment, in whole seconds since 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// This moment by the clock of the system.
    #[must_use]
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }

    /// The moment this long before.
    #[must_use]
    pub fn before(self, time: Duration) -> Self {
        Self(self.0.saturating_sub_unsigned(time.as_secs()))
    }

    /// The first second of its day in UTC.
    #[must_use]
    pub fn day(self) -> Self {
        Self(self.0 - self.0.rem_euclid(DAY_SECS))
    }
}
