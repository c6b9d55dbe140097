//! Threads: the channel that each belongs to. Messages do not say where they stand; the gateway tells of threads, and
//! what it did not tell is asked for, once for each channel. A thread never moves.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serenity::model::id::ChannelId;

use crate::limits::REMEMBERED_CHANNELS;

use super::send::{SendError, Sender};

/// What is known about channels: the channel that they are a thread of, if they are one.
#[derive(Debug, Default)]
pub struct Threads(Mutex<HashMap<ChannelId, Option<ChannelId>>>);

impl Threads {
    /// The channel that `channel` is a thread of; `None` where it is no thread.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn parent(&self, channel: ChannelId, send: &Sender) -> Result<Option<ChannelId>, SendError> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&channel).copied();
        if let Some(parent) = known {
            return Ok(parent);
        }
        let parent = send.thread_of(channel).await?;
        self.learn(channel, parent);
        Ok(parent)
    }

    /// Notes the channel that `channel` is a thread of; `None` where it is no thread.
    pub fn learn(&self, channel: ChannelId, parent: Option<ChannelId>) {
        let mut channels = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if channels.len() >= REMEMBERED_CHANNELS {
            channels.clear();
        }
        channels.insert(channel, parent);
    }
}
