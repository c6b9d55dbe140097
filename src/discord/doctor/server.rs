//! A server as the doctor sees it: what the bot may do there, in general and channel by channel.

use serenity::all::{ChannelType, GuildChannel, GuildInfo, Http, UserId};
use serenity::model::permissions::Permissions;

use crate::discord::access::{NEEDS, Need};
use crate::discord::commands::Options;
use crate::discord::registration::{Registered, registered};

use super::{Fault, Finding, fetch};

/// The most channels that are named for one permission.
const NAMED_CHANNELS: usize = 5;

/// What a server is called in findings.
pub(super) fn name(guild: &GuildInfo) -> String {
    format!("server {}", guild.name)
}

/// What is to be said about `guild`, in which the bot is the member `bot`.
pub(super) async fn look(
    http: &Http,
    guild: &GuildInfo,
    bot: UserId,
    options: &Options,
) -> Result<Vec<Finding>, Fault> {
    let about = name(guild);
    let known = fetch(http.get_guild(guild.id)).await?;
    let own = fetch(http.get_member(guild.id, bot)).await?;
    let channels = fetch(http.get_channels(guild.id)).await?;
    let asked: Vec<&GuildChannel> = channels.iter().filter(|channel| is_asked_in(channel.kind)).collect();
    let allowed: Vec<(&GuildChannel, Permissions)> =
        asked.iter().map(|channel| (*channel, known.user_permissions_in(channel, &own))).collect();
    let (seen, hidden): (Vec<_>, Vec<_>) = allowed.into_iter().partition(|(_, may)| may.view_channel());
    let mut findings: Vec<Finding> =
        NEEDS.iter().filter_map(|need| lacking(need, &about, guild.permissions, &seen)).collect();
    // The role of everybody has the server's own id.
    let everyone = known.roles.values().find(|role| role.id.get() == guild.id.get());
    if everyone.is_some_and(|role| !role.has_permission(Permissions::USE_APPLICATION_COMMANDS)) {
        findings.push(Finding::warning(
            &about,
            "members without a role of their own are offered no commands",
            "Server Settings → Roles → Default Permissions → switch on Use Application Commands",
        ));
    }
    if !matches!(fetch(registered(http, Some(guild.id), options)).await?, Registered::Missing) {
        findings.push(Finding::warning(
            &about,
            "commands are registered for this server alone, by `needle run --guild`; with those for everybody, \
             members see each twice",
            "Server Settings → Integrations → the bot → Remove Integration, then let it in again with `needle invite`",
        ));
    }
    if findings.is_empty() {
        let hidden = if hidden.is_empty() { String::new() } else { format!(", and is kept out of {}", hidden.len()) };
        findings.push(Finding::fine(about, format!("the bot may do all it needs in {}{hidden}", count(seen.len()))));
    }
    Ok(findings)
}

/// Whether members ask in channels of this kind.
fn is_asked_in(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::Text | ChannelType::News | ChannelType::Forum)
}

/// What is to be said where `need` is not met: in the whole server, or in some of the channels that the bot sees.
fn lacking(need: &Need, about: &str, general: Permissions, seen: &[(&GuildChannel, Permissions)]) -> Option<Finding> {
    let Need { permission, name, lack } = *need;
    if !general.administrator() && !general.contains(permission) {
        return Some(Finding::error(
            about,
            format!("the permission {name} is missing: without it, {lack}"),
            format!("Server Settings → Roles → the bot's role → Permissions → switch on {name}"),
        ));
    }
    // In a forum, it opens no posts of its own.
    let counts = |kind| permission != Permissions::SEND_MESSAGES || kind != ChannelType::Forum;
    let lacking: Vec<String> = seen
        .iter()
        .filter(|(channel, may)| counts(channel.kind) && !may.contains(permission))
        .map(|(channel, _)| format!("#{}", channel.name))
        .collect();
    if lacking.is_empty() {
        return None;
    }
    let named = lacking[..lacking.len().min(NAMED_CHANNELS)].join(", ");
    let more = match lacking.len().saturating_sub(NAMED_CHANNELS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(Finding::warning(
        about,
        format!("the permission {name} is missing in {named}{more}: without it, {lack}"),
        format!("Edit Channel → Permissions → the bot's role → allow {name}"),
    ))
}

fn count(channels: usize) -> String {
    if channels == 1 { "1 channel".to_owned() } else { format!("{channels} channels") }
}
