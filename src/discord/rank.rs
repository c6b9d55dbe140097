//! Rank: who may do what, looked at where it is done, from what Discord tells with each press.

use serenity::model::guild::Member;
use serenity::model::permissions::Permissions;

use crate::store::{RoleId, ServerSettings};

/// What a member may do with the bot in a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Ask.
    Member,
    /// Look at what could not be answered, too.
    Viewer,
    /// Decide on it and change the server's settings, too.
    Moderator,
}

impl Rank {
    /// The rank of `member`, as Discord tells it with what they do; `None` in direct messages.
    #[must_use]
    pub fn of(member: Option<&Member>, settings: &ServerSettings) -> Self {
        let Some(member) = member else { return Self::Member };
        let has = |role: Option<RoleId>| role.is_some_and(|role| member.roles.iter().any(|own| own.get() == role.0));
        if member.permissions.is_some_and(manages) || has(settings.editor_role) {
            Self::Moderator
        } else if has(settings.viewer_role) {
            Self::Viewer
        } else {
            Self::Member
        }
    }
}

/// Whether who has these permissions may manage the server. Discord gives administrators all; others name that one
/// alone.
fn manages(permissions: Permissions) -> bool {
    permissions.manage_guild() || permissions.administrator()
}
