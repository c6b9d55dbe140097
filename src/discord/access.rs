//! Access: what the bot has to be allowed to do, and the links that let it in with just that.

use serenity::model::id::ApplicationId;
use serenity::model::permissions::Permissions;

/// A permission that the bot needs in a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The permission.
    pub permission: Permissions,
    /// Its name as Discord's settings show it.
    pub name: &'static str,
    /// What does not work without it, as it stands behind "without it,".
    pub lack: &'static str,
}

/// Every permission that the bot uses; it asks for no other.
pub const NEEDS: [Need; 6] = [
    Need {
        permission: Permissions::VIEW_CHANNEL,
        name: "View Channels",
        lack: "it does not see who asks it something there",
    },
    Need {
        permission: Permissions::SEND_MESSAGES,
        name: "Send Messages",
        lack: "mentions and replies there stay without an answer",
    },
    Need {
        permission: Permissions::SEND_MESSAGES_IN_THREADS,
        name: "Send Messages in Threads",
        lack: "questions in threads and forum posts there stay without an answer",
    },
    Need { permission: Permissions::EMBED_LINKS, name: "Embed Links", lack: "answers there are plain text" },
    Need {
        permission: Permissions::READ_MESSAGE_HISTORY,
        name: "Read Message History",
        lack: "it cannot reply to a message there",
    },
    Need {
        permission: Permissions::ADD_REACTIONS,
        name: "Add Reactions",
        lack: "who asks too much there is not shown that they have to wait",
    },
];

/// The scopes of a bot in a server, as a link has them.
pub const SERVER_SCOPES: &str = "bot applications.commands";

/// The scope of an app that a member adds to their own account.
pub const USER_SCOPES: &str = "applications.commands";

/// Every permission that the bot needs, together.
#[must_use]
pub fn needed() -> Permissions {
    NEEDS.iter().fold(Permissions::empty(), |all, need| all | need.permission)
}

/// Where a server's administrator lets the bot in.
#[must_use]
pub fn server_link(application: ApplicationId) -> String {
    format!("{}&permissions={}&integration_type=0", link(application, SERVER_SCOPES), needed().bits())
}

/// Where a member adds the bot's commands to their own account.
#[must_use]
pub fn user_link(application: ApplicationId) -> String {
    format!("{}&integration_type=1", link(application, USER_SCOPES))
}

fn link(application: ApplicationId, scopes: &str) -> String {
    format!("https://discord.com/oauth2/authorize?client_id={application}&scope={}", scopes.replace(' ', "+"))
}
