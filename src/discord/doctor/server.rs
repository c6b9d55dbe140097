//! A server as the doctor sees it: what the bot may do there, in general and channel by channel.

use serde_json::Value;
use serenity::all::{ChannelType, GuildId, Route, UserId};
use serenity::model::permissions::Permissions;

use crate::discord::access::{NEEDS, Need};
use crate::discord::commands::Options;
use crate::discord::registration::{Registered, registered};
use crate::discord::send::Rest;

use super::{Fault, Finding, fetch, fetch_route, or_warning, read};

/// The most channels that are named for one permission.
const NAMED_CHANNELS: usize = 5;

/// A server, as far as it matters.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) id: GuildId,
    /// Its name; empty where it is not told.
    name: String,
    /// What the bot may do there in general; `None` where it is not told.
    permissions: Option<Permissions>,
}

/// A channel that the bot sees, as far as it matters.
struct Channel {
    name: String,
    kind: ChannelType,
    /// What the bot may do there.
    may: Permissions,
}

/// What decides what a member may do in a server.
struct Rights<'a> {
    server: &'a Value,
    /// The member and their roles, also that of everybody, which has the server's own id.
    member: UserId,
    roles: Vec<&'a Value>,
}

impl Server {
    /// The server that an answer tells of: its id is enough.
    pub(super) fn told(told: &Value) -> Option<Self> {
        let name = read(&told["name"]).unwrap_or_default();
        Some(Self { id: read(&told["id"])?, name, permissions: read(&told["permissions"]) })
    }

    /// What it is called in findings.
    pub(super) fn shown(&self) -> String {
        if self.name.is_empty() { format!("server {}", self.id) } else { format!("server {}", self.name) }
    }

    /// What is to be said about it; the bot is the member `bot` in it.
    pub(super) async fn look(&self, rest: &Rest, bot: UserId, options: &Options) -> Result<Vec<Finding>, Fault> {
        let (about, guild_id) = (self.shown(), self.id);
        let known = fetch_route(rest, Route::Guild { guild_id }).await?;
        let own = fetch_route(rest, Route::GuildMember { guild_id, user_id: bot }).await?;
        let channels = fetch_route(rest, Route::GuildChannels { guild_id }).await?;
        let rights = Rights::of(&known, guild_id, &own, bot);
        let asked: Vec<Channel> = items(&channels).filter_map(|told| rights.channel(told)).collect();
        let (seen, hidden): (Vec<_>, Vec<_>) = asked.into_iter().partition(|channel| channel.may.view_channel());
        let general = self.permissions.unwrap_or_else(|| rights.in_general());
        let mut findings: Vec<Finding> =
            NEEDS.iter().filter_map(|need| lacking(need, &about, general, &seen)).collect();
        let everyone = items(&known["roles"]).find(|role| read(&role["id"]) == Some(guild_id));
        let everyone = everyone.and_then(|role| read::<Permissions>(&role["permissions"]));
        if everyone.is_some_and(|may| !may.contains(Permissions::USE_APPLICATION_COMMANDS)) {
            findings.push(Finding::warning(
                &about,
                "members without a role of their own are offered no commands",
                "Server Settings → Roles → Default Permissions → switch on Use Application Commands",
            ));
        }
        let mut unlooked = None;
        match fetch(registered(rest, Some(guild_id), options)).await {
            Ok(Registered::Missing) => {}
            Ok(Registered::AsTheyShould(_) | Registered::Otherwise) => findings.push(Finding::warning(
                &about,
                "commands are registered for this server alone, by `needle run --guild`; with those for everybody, \
                 members see each twice",
                "Server Settings → Integrations → the bot → Remove Integration, then let it in again with `needle invite`",
            )),
            Err(fault) => unlooked = Some(or_warning(&format!("{about}, its own commands"), Err(fault))?),
        }
        if findings.is_empty() {
            let hidden =
                if hidden.is_empty() { String::new() } else { format!(", and is kept out of {}", hidden.len()) };
            let says = format!("the bot may do all it needs in {}{hidden}", count(seen.len()));
            findings.push(Finding::fine(about, says));
        }
        findings.extend(unlooked);
        Ok(findings)
    }
}

impl<'a> Rights<'a> {
    /// Those of `own`, the member `member` of `server`, which has this id.
    fn of(server: &'a Value, id: GuildId, own: &'a Value, member: UserId) -> Self {
        let own: Vec<GuildId> = items(&own["roles"]).filter_map(read).chain([id]).collect();
        let is_own = |role: &&Value| read(&role["id"]).is_some_and(|role| own.contains(&role));
        Self { server, member, roles: items(&server["roles"]).filter(is_own).collect() }
    }

    fn in_general(&self) -> Permissions {
        let granted = self.roles.iter().filter_map(|role| read::<Permissions>(&role["permissions"]));
        let granted = granted.fold(Permissions::empty(), Permissions::union);
        let is_owner = read(&self.server["owner_id"]) == Some(self.member);
        if is_owner || granted.administrator() { Permissions::all() } else { granted }
    }

    /// What may be done in a channel; `None` where nobody asks there.
    fn channel(&self, told: &Value) -> Option<Channel> {
        let kind: ChannelType = read(&told["type"])?;
        let name = read(&told["name"]).unwrap_or_default();
        is_asked_in(kind).then(|| Channel { name, kind, may: self.in_channel(told) })
    }

    fn in_channel(&self, told: &Value) -> Permissions {
        let general = self.in_general();
        if general == Permissions::all() {
            return general;
        }
        // Everybody's first, then those of roles together, then the member's.
        let id = |told: &Value| read::<GuildId>(&told["id"]);
        let (server, member) = (id(self.server), GuildId::new(self.member.get()));
        let roles: Vec<GuildId> = self.roles.iter().filter_map(|role| id(role)).collect();
        let rank = |of: GuildId| match of {
            of if Some(of) == server => Some(0),
            of if roles.contains(&of) => Some(1),
            of if of == member => Some(2),
            _ => None,
        };
        (0..3).fold(general, |may, turn| {
            let these = || items(&told["permission_overwrites"]).filter(|told| id(told).and_then(rank) == Some(turn));
            let all = |key: &str| {
                let told = these().filter_map(|told| read::<Permissions>(&told[key]));
                told.fold(Permissions::empty(), Permissions::union)
            };
            (may - all("deny")) | all("allow")
        })
    }
}

/// The items of a list; none where there is none.
fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// Whether members ask in channels of this kind.
fn is_asked_in(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::Text | ChannelType::News | ChannelType::Forum)
}

/// What is to be said where `need` is not met: in the whole server, or in some of the channels that the bot sees.
fn lacking(need: &Need, about: &str, general: Permissions, seen: &[Channel]) -> Option<Finding> {
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
        .filter(|channel| counts(channel.kind) && !channel.may.contains(permission))
        .map(|channel| format!("#{}", channel.name))
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
