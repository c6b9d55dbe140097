//! Joining: the one message to a server that lets the bot in.

use serenity::model::guild::Guild;

use crate::answer::sentences;

use super::Bot;
use super::intake::language_of;

impl Bot {
    /// Greets `guild`, of which the bot has just been told, where it has let the bot in just now, has a channel for such
    /// messages, and lets the bot write there.
    pub(super) async fn handle_guild(&self, guild: &Guild) {
        let (id, joined, language) = (guild.id, guild.joined_at.unix_timestamp(), language_of(&guild.preferred_locale));
        if !self.servers.join(id, joined, language) {
            return;
        }
        let Some(channel) = guild.system_channel_id else { return };
        match self.send.greet(id, joined, channel, &sentences::of(language).welcome).await {
            Ok(()) => tracing::info!(guild = id.get(), "joined a server"),
            Err(error) => tracing::info!(guild = id.get(), "joined a server; {error}"),
        }
    }
}
