//! Joining: the one message to a server that lets the bot in.

use serenity::model::guild::Guild;

use crate::answer::sentences;

use super::Bot;
use super::intake::language_of_locale;

impl Bot {
    /// Notes that the bot is in `guild`, of which it has just been told; whether it was let in just now. It
    /// `is_settled` once it was told of all that it was in before.
    pub(super) fn joins(&self, guild: &Guild, is_settled: bool) -> bool {
        let (joined, language) = (guild.joined_at.unix_timestamp(), language_of_locale(&guild.preferred_locale));
        self.servers.join(guild.id, joined, language, is_settled)
    }

    /// Greets `guild`, which has let the bot in just now, where it has a channel for such messages and lets the bot
    /// write there.
    pub(super) async fn greet(&self, guild: &Guild) {
        let (id, joined, language) =
            (guild.id, guild.joined_at.unix_timestamp(), language_of_locale(&guild.preferred_locale));
        let Some(channel) = guild.system_channel_id else { return };
        match self.send.greet(id, joined, channel, &sentences::of(language).about.welcome).await {
            Ok(()) => tracing::info!(guild = id.get(), "joined a server"),
            Err(error) => tracing::info!(guild = id.get(), "joined a server; {error}"),
        }
    }
}
