//! Giving: a member is told, once, where they asked.
//!
//! A process that is killed right after telling has not forgotten the notice, which comes back: then its message is
//! looked for, among the hundred behind the moment when the notice was taken, before anybody tells it again.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::time::{Duration, Instant};

use serenity::model::id::{ChannelId, GuildId, MessageId, UserId};

use crate::answer::{language_of, sentences};
use crate::discord::card::{Audience, Card, Head};
use crate::discord::delivery::{Delivery, KnownBy};
use crate::discord::intake::{Asker, Reach};
use crate::discord::memory::{CLOCK_DRIFT, first_id_at};
use crate::discord::messages::report;
use crate::discord::send::{Ping, Place, SendError, Shown};
use crate::discord::{Answered, Bot};
use crate::store::{Due, Event, Fault};

impl Bot {
    /// Tells a member that their question is answered, unless they have to wait; forgets who cannot be told. Once
    /// somebody was told, the store is asked to forget it `again` and again, so that nobody is told twice.
    ///
    /// # Errors
    /// When the store cannot do it now, and nobody was told.
    pub(super) async fn give_notice(&self, due: &Due, again: Duration) -> Result<(), Fault> {
        let (store, member) = (&self.keeper.store, due.notice.member);
        let Some((asker, answered)) = self.can_be_told(due).await? else { return Ok(()) };
        match self.was_told(due).await {
            Ok(true) => return store.forget_notice(due.question, member).await,
            Err(error) if error.fault.is_passing() => return Ok(()),
            // Where the channel cannot be read, it is rather told twice than not at all.
            Ok(false) | Err(_) => {}
        }
        if !store.take_notice(due.question, member, self.keeper.now()).await? {
            return Ok(());
        }
        match self.notify(due, &asker, &answered).await {
            Err(error) if error.fault.is_passing() => {
                tracing::debug!(channel = asker.channel.get(), "to be tried again: {error}");
                return store.put_back_notice(due.question, member).await;
            }
            Err(error) => report(Err(error), &asker),
            Ok(sent) => self.remember(due, sent, &asker).await,
        }
        while let Err(fault) = store.forget_notice(due.question, member).await {
            tracing::debug!("a notice that was given is not forgotten yet: {fault}");
            tokio::time::sleep(again).await;
        }
        Ok(())
    }

    /// Who is to be told, and what; `None` while it may not be, or where it can never be.
    async fn can_be_told(&self, due: &Due) -> Result<Option<(Asker, Answered)>, Fault> {
        let guild = due.server.map(|server| GuildId::new(server.0));
        let forget = async || self.keeper.store.forget_notice(due.question, due.notice.member).await;
        if let Some(guild) = guild.filter(|guild| !self.servers.has(*guild)) {
            // At the start it may just not be known yet.
            if due.is_left {
                tracing::debug!(guild = guild.get(), "nobody can be told there any more");
                forget().await?;
            }
            return Ok(None);
        }
        let language = match guild {
            Some(guild) => self.servers.language(guild).await,
            None => due.text.as_deref().map(language_of).unwrap_or_default(),
        };
        let mut asker = Asker {
            member: UserId::new(due.notice.member.0),
            channel: ChannelId::new(due.notice.channel.0),
            parent: None,
            guild,
            is_kept_private: false,
            reach: Reach::Open,
            member_language: language,
            public_language: language,
        };
        if guild.is_some() && !self.deaf.channels.is_empty() {
            match self.threads.parent(asker.channel, &self.send).await {
                Ok(parent) => asker.parent = parent,
                Err(error) if error.fault.is_passing() => return Ok(None),
                Err(error) => {
                    report(Err(error), &asker);
                    return forget().await.map(|()| None);
                }
            }
        }
        if self.refusal(&asker).is_some() {
            return Ok(None);
        }
        let question = self.in_scope(asker.question(due.text.as_deref().unwrap_or_default()), &asker);
        // Where the entry is gone, another may come.
        let answered = self.entry(&due.entry, &question);
        Ok(answered.map(|answered| (asker, Answered { decision: "told", ..answered })))
    }

    /// Whether a process that took the notice and then ended had told it: its message stands in the channel.
    async fn was_told(&self, due: &Due) -> Result<bool, SendError> {
        let Some(taken_at) = due.taken_at else { return Ok(false) };
        let taken_at = Duration::from_secs(taken_at.0.unsigned_abs()).saturating_sub(CLOCK_DRIFT);
        let (member, question) = (UserId::new(due.notice.member.0), due.notice.message.map(|id| MessageId::new(id.0)));
        let bot = self.send.own_id().await?;
        let (page, _) = self.send.after(ChannelId::new(due.notice.channel.0), first_id_at(taken_at)).await?;
        // Nothing but a notice mentions anybody. It replies to nothing where the question is deleted.
        let is_notice = |shown: &Shown| shown.author.id == bot && shown.mentions(member);
        Ok(page.iter().any(|shown| is_notice(shown) && shown.replies_to().is_none_or(|to| Some(to) == question)))
    }

    async fn notify(&self, due: &Due, asker: &Asker, answered: &Answered) -> Result<Option<MessageId>, SendError> {
        let delivery = Delivery {
            answered,
            question: None,
            asker,
            audience: Audience::Everybody,
            head: Head::Asked,
            event: Event::Answered,
            known_by: KnownBy::Nothing,
            since: Instant::now(),
        };
        let mention = format!("<@{}>", asker.member);
        let ping = Ping {
            channel: asker.channel,
            to: due.notice.message.map(|message| MessageId::new(message.0)),
            member: asker.member,
            sentence: sentences::fill(&sentences::of(asker.public_language).notices.notice, &[("member", &mention)]),
            nonce: nonce(due),
        };
        let sending = async |card: Card| self.send.notify(&ping, &card).await.map(Place::of);
        self.deliver(delivery, sending).await.map(Place::message)
    }

    /// Has the notice go with its question, also where that was deleted while the notice was on its way.
    async fn remember(&self, due: &Due, sent: Option<MessageId>, asker: &Asker) {
        let Some((question, sent)) = due.notice.message.zip(sent) else { return };
        if !self.memory.answer_again(MessageId::new(question.0), sent) {
            report(self.send.delete(asker.channel, sent).await, asker);
        }
    }
}

/// The same for every try to give this notice, and for no other.
fn nonce(due: &Due) -> String {
    let mut hasher = DefaultHasher::new();
    (due.question, due.notice.member, due.since.0).hash(&mut hasher);
    format!("n{:016x}", hasher.finish())
}
