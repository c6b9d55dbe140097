//! Offering: under a reply that knows nothing, what becomes of the question, and to be told once it is answered. Both
//! only where the question is kept.
//!
//! What moderators settled as off-topic or ignored is known here by its words alone. One that asks the same in other
//! words is passed on as well: that it is the same shows when it is compared with all others (`discord/inbox.rs`),
//! which takes longer than a reply may, and then it joins what is settled, before anybody sees it and with who wants to
//! be told.

use std::time::Duration;

use serenity::model::application::ComponentInteraction;

use crate::answer::{Question, Reply, Unknown, sentences};
use crate::discord::Bot;
use crate::discord::card::{Audience, Card, Row, button};
use crate::discord::intake::{Asker, Reach};
use crate::discord::keeper::{Wanted, days};
use crate::discord::recording::asked_on;
use crate::discord::seal::Action;
use crate::discord::send::{Callback, Fault, SendError};
use crate::inbox::wording;
use crate::redaction::Redacted;
use crate::store::{ChannelId, MemberId, MessageId, NOTICE_KEPT, Notice};

/// How long a member waits for Discord to say whether the bot sees a channel.
const PATIENCE: Duration = Duration::from_secs(1);

impl Bot {
    /// Adds to `card`, which shows `reply` to `question`, the button to be told later, where the bot may write, and
    /// whether the question was passed on to moderators; nothing where it is answered or not kept.
    pub(in crate::discord) async fn offer_notice(
        &self,
        card: &mut Card,
        reply: &Reply,
        question: Option<&Question>,
        audience: Audience,
        asker: &Asker,
    ) {
        let is_unknown = matches!(reply, Reply::Unknown(unknown) if unknown.reason == Unknown::NothingClose);
        let is_public = audience == Audience::Everybody && !asker.is_kept_private;
        let Some(question) = question.filter(|_| is_unknown && is_public) else { return };
        let Some(server) = self.server_of(asker) else { return };
        if !self.keeper.keeps(server, &wording(&Redacted::new(&question.text), &self.keeper.key)) {
            return;
        }
        let texts = sentences::of(card.language);
        if server.is_some() && self.keeper.settings_of(asker.guild).moderators_channel.is_some() {
            card.body = format!("{}\n\n{}", card.body, texts.notices.passed_on);
        }
        if !self.reaches(asker).await {
            return;
        }
        if let Some(Row::Buttons(buttons)) = card.rows.last_mut() {
            buttons.insert(0, button(&texts.notices.tell_me, Action::TellMe));
        }
    }

    /// Whether the bot may write where `asker` is; where Discord is asked and does not tell in time, it rather may not.
    async fn reaches(&self, asker: &Asker) -> bool {
        match asker.reach {
            Reach::Open => true,
            Reach::Closed => false,
            Reach::Unsure => {
                let looking = self.send.thread_of(asker.channel);
                let told = tokio::time::timeout(PATIENCE, looking).await;
                told.is_ok_and(|told| {
                    !told.is_err_and(|error| matches!(error.fault, Fault::Permission(_) | Fault::Gone))
                })
            }
        }
    }

    /// Notes that whoever presses the button wants to be told once the question on the message is answered.
    pub(in crate::discord) async fn handle_tell_me(&self, component: &ComponentInteraction) -> Result<(), SendError> {
        let asker = Asker::of_component(component);
        let texts = sentences::of(asker.member_language);
        let to = Callback::from(component);
        if !self.reaches(&asker).await {
            return self.send.tell(to, &texts.notices.closed).await;
        }
        let source = asked_on(component).and_then(|(_, source)| Some((source.channel, source.message?)));
        let wanted = match source {
            Some((channel, message)) => {
                let (member, message) = (MemberId(component.user.id.get()), MessageId(message.get()));
                let notice = Notice { member, channel: ChannelId(channel.get()), message: Some(message) };
                self.keeper.want_notice(message, notice, self.shown_on(component)).await
            }
            None => Wanted::Gone,
        };
        let days = days(NOTICE_KEPT).to_string();
        let noted = sentences::fill(&texts.notices.noted, &[("notice_days", &days)]);
        let sentence = match wanted {
            Wanted::Noted => &noted,
            Wanted::Gone => &texts.notices.gone,
            Wanted::Away => &texts.notices.away,
        };
        self.send.tell(to, sentence).await
    }
}
