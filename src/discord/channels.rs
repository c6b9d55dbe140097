//! Deleted channels: what is kept of the questions asked there goes with them, as it does with a deleted message.
//!
//! Threads go with their channel, of which alone Discord tells, and nothing kept says whose thread a channel is: so
//! Discord is asked which of those are left that questions were asked in.

use serenity::model::channel::GuildChannel;
use serenity::model::id::{ChannelId, GuildId};

use crate::store::{self, Fault, Record, ServerId};

use super::Bot;
use super::intake::is_thread;
use super::send;

impl Bot {
    /// Deletes what is kept of the questions asked in `channel`, which may be a thread.
    pub(super) fn forget_channel(&self, channel: ChannelId) {
        self.keeper.record(Record::ForgetChannel(store::ChannelId(channel.get())));
    }

    /// Notes which channels these threads belong to, where channels are told apart.
    pub(super) fn learn_threads(&self, threads: &[GuildChannel]) {
        if self.deaf.channels.is_empty() {
            return;
        }
        for thread in threads.iter().filter(|thread| is_thread(thread.kind)) {
            self.threads.learn(thread.id, thread.parent_id);
        }
    }

    /// Deletes what is kept of the questions asked in threads of `channel`, which was one of `guild` and is deleted.
    ///
    /// # Errors
    /// When the store cannot tell now where questions were asked.
    pub(super) async fn forget_threads_of(&self, channel: ChannelId, guild: GuildId) -> Result<(), Fault> {
        if !self.keeper.flush().await {
            return Err(Fault::Away("what waits to be written takes too long".to_owned()));
        }
        for place in self.keeper.store.channels_asked_in(ServerId(guild.get())).await? {
            let place = ChannelId::new(place.0);
            let is_gone = match self.threads.parent(place, &self.send).await {
                // A question may have been asked there in its last moment.
                Ok(parent) => place == channel || parent == Some(channel),
                Err(error) if error.fault == send::Fault::Gone => true,
                Err(error) => {
                    tracing::debug!(
                        channel = place.get(),
                        "what was asked there stays until its time is over: {error}"
                    );
                    false
                }
            };
            if is_gone {
                self.forget_channel(place);
            }
        }
        Ok(())
    }
}
