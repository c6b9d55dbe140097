//! Unread: events that serenity could not read. It insists on much that the bot never looks at, of which Discord adds
//! some every year and other servers leave most out; one new kind of button in a message is enough. Such an event is
//! made anew from what the bot uses, and handed on like every other.

mod mend;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize as _;
use serenity::all::{
    ApplicationId, Context, EventHandler, FullEvent, Guild, GuildChannel, Interaction, Message, PartialGuild,
    PartialGuildChannel, Ready, UnknownEvent,
};
use tokio::runtime::Handle;

/// What hands on the events that serenity could not read.
pub(super) struct Unread {
    events: Arc<dyn EventHandler>,
    /// Where the bot runs.
    home: Handle,
    /// The kinds of events that the log has told of.
    told: Arc<Mutex<BTreeSet<String>>>,
}

impl Unread {
    /// Hands them to `events`, in the current runtime.
    pub(super) fn new(events: Arc<dyn EventHandler>) -> Self {
        Self { events, home: Handle::current(), told: Arc::default() }
    }

    /// Hands `event` on, where it is of use and can be made readable. The log tells once of each kind that cannot.
    pub(super) fn hand_on(&self, context: Context, event: UnknownEvent) {
        let (events, told) = (Arc::clone(&self.events), Arc::clone(&self.told));
        self.home.spawn(async move {
            let is_first = || told.lock().unwrap_or_else(PoisonError::into_inner).insert(event.kind.clone());
            match read(&event, context.http.application_id()) {
                Some(Ok(read)) => {
                    if let FullEvent::Ready { data_about_bot } = &read {
                        // As serenity does where it can read it.
                        context.http.set_application_id(data_about_bot.application.id);
                    }
                    read.dispatch(context, &*events).await;
                }
                Some(Err(error)) if is_first() => {
                    tracing::warn!(event = event.kind, "an event of the gateway cannot be read: {}", cause(&error));
                }
                Some(Err(_)) | None => {}
            }
        });
    }
}

/// Whether `event` says that the bot was let in.
pub(super) fn is_ready(event: &UnknownEvent) -> bool {
    event.kind == "READY"
}

/// Reads `event`, told to the bot of this application; `None` where the bot has no use for it.
fn read(event: &UnknownEvent, application: Option<ApplicationId>) -> Option<serde_json::Result<FullEvent>> {
    let told = &event.value;
    let read = match event.kind.as_str() {
        "READY" => Ready::deserialize(mend::ready(told)).map(|data_about_bot| FullEvent::Ready { data_about_bot }),
        // One that is out of reach is told of again when it is back.
        "GUILD_CREATE" if told["unavailable"] == true => return None,
        "GUILD_CREATE" => {
            Guild::deserialize(mend::server(told)).map(|guild| FullEvent::GuildCreate { guild, is_new: None })
        }
        "GUILD_UPDATE" => PartialGuild::deserialize(mend::server(told))
            .map(|new_data| FullEvent::GuildUpdate { old_data_if_available: None, new_data }),
        "CHANNEL_DELETE" => GuildChannel::deserialize(mend::channel(told))
            .map(|channel| FullEvent::ChannelDelete { channel, messages: None }),
        "THREAD_DELETE" => PartialGuildChannel::deserialize(mend::thread(told))
            .map(|thread| FullEvent::ThreadDelete { thread, full_thread_data: None }),
        "MESSAGE_CREATE" => {
            Message::deserialize(mend::message(told)).map(|new_message| FullEvent::Message { new_message })
        }
        "INTERACTION_CREATE" => Interaction::deserialize(mend::interaction(told, application))
            .map(|interaction| FullEvent::InteractionCreate { interaction }),
        _ => return None,
    };
    Some(read)
}

/// Why an event cannot be read, without anything that somebody wrote.
fn cause(error: &serde_json::Error) -> String {
    let cause = error.to_string();
    if cause.starts_with("missing field") { cause } else { "something in it is of an unknown form".to_owned() }
}
