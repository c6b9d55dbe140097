//! Allowed: what the bot may do in a channel, where Discord tells.

use serde_json::Value;
use serenity::all::{
    ChannelId, GuildChannel, GuildId, LightMethod, PartialGuild, PartialMember, Permissions, Route, UserId,
};

use super::rest::request;
use super::{Fault, SendError, Sender};

impl Sender {
    /// What the bot, as the member `bot`, may do in a channel of `guild`, also where it does not see the channel.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn allowed(&self, guild_id: GuildId, channel: ChannelId, bot: UserId) -> Result<Permissions, SendError> {
        let doing = "learn what is allowed in a channel";
        let get = |route| request(LightMethod::Get, route);
        let (guild, mut member, channels) = tokio::try_join!(
            self.rest.fetch::<PartialGuild>(doing, get(Route::Guild { guild_id })),
            self.rest.fetch::<PartialMember>(doing, get(Route::GuildMember { guild_id, user_id: bot })),
            // Asked for alone, a channel that it does not see is refused.
            self.rest.fetch::<Vec<Value>>(doing, get(Route::GuildChannels { guild_id })),
        )?;
        let id = channel.to_string();
        let told = channels.into_iter().find(|told| told["id"].as_str() == Some(&id));
        let told = told.and_then(|told| serde_json::from_value::<GuildChannel>(told).ok());
        let told = told.ok_or(SendError { doing, fault: Fault::Gone, tries: 1 })?;
        // What is written about the member is compared with `bot`.
        member.user = None;
        Ok(guild.partial_member_permissions_in(&told, bot, &member))
    }
}
