//! Settings: one private panel for those who may change what a server's moderators can choose: the channel and the
//! roles of the moderators, the topics, the thresholds, whether answers ask for feedback.
//!
//! The panel is one message that turns into its own next state. Nothing waits in memory: what a press does is in its
//! sealed id, and who presses is looked at anew each time, before anything here is reached.

mod panel;
mod setting;

use std::collections::BTreeSet;
use std::time::Duration;

use serenity::model::application::{
    ActionRowComponent, ComponentInteraction, ComponentInteractionDataKind as Chosen, SelectMenu,
};
use serenity::model::id::{ChannelId, GuildId, RoleId};
use serenity::model::permissions::Permissions;

use crate::answer::sentences::{self, Sentences, fill};
use crate::store::{self, ServerSettings};

use super::Bot;
use super::card::Card;
use super::intake::Asker;
use super::seal::Action;
use super::send::{Callback, SendError};
use panel::Panel;

pub use setting::{Level, Office, Page, Setting};

/// How long a moderator waits to hear what the bot may do in a channel; without an answer the panel does not say.
const PATIENCE: Duration = Duration::from_secs(1);

/// What cards in the moderators' channel need.
const NEEDED: Permissions = Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES).union(Permissions::EMBED_LINKS);

/// What the panel becomes: a page, or the overview, and what to say on it about what was just done.
struct Next(Option<Page>, String);

impl Bot {
    /// The panel where `asker` is.
    pub(super) fn settings(&self, asker: &Asker) -> Card {
        self.panel(asker, &Next(None, String::new()))
    }

    /// Does what a press on the panel says; whoever pressed may.
    pub(super) async fn handle_setting(
        &self,
        component: &ComponentInteraction,
        setting: Setting,
        is_plain: bool,
    ) -> Result<(), SendError> {
        let asker = Asker::of_component(component);
        let texts = sentences::of(asker.member_language);
        let to = Callback::from(component);
        let Some(guild) = asker.guild else { return self.send.tell(to, &texts.remarks.not_a_moderator).await };
        match self.set(component, guild, setting, texts).await {
            Some(next) => self.send.turn_into(to, &self.panel(&asker, &next), is_plain).await,
            None => self.send.tell(to, &texts.remarks.forged).await,
        }
    }

    fn panel(&self, asker: &Asker, next: &Next) -> Card {
        let panel = Panel {
            settings: &self.keeper.settings_of(asker.guild),
            knowledge: &self.snapshot().knowledge,
            configured: self.answering.policy.addressed,
            in_force: self.policy(asker).addressed,
            language: asker.member_language,
        };
        let Next(page, note) = next;
        page.map_or_else(|| panel.overview(note), |page| panel.page(page, note))
    }

    /// Shows or changes what `setting` says; `None` where it does not fit what was pressed.
    async fn set(
        &self,
        component: &ComponentInteraction,
        guild: GuildId,
        setting: Setting,
        texts: &Sentences,
    ) -> Option<Next> {
        Some(match (setting, &component.data.kind) {
            (Setting::Overview, _) => Next(None, String::new()),
            (Setting::Page(page), _) => Next(Some(page), String::new()),
            (Setting::Feedback(is_on), _) => {
                Next(None, self.change(guild, texts, |settings| settings.feedback = is_on).await)
            }
            (Setting::Clear(page), _) => {
                let change =
                    |settings: &mut ServerSettings| page.clear(settings, self.answering.policy.addressed.answer);
                Next(Some(page), self.change(guild, texts, change).await)
            }
            (Setting::From(level, percent), _) => {
                let page = Some(Page::Threshold(level));
                if !level.percents().contains(&percent) {
                    return Some(Next(page, texts.remarks.outdated.clone()));
                }
                let answer = self.answering.policy.addressed.answer;
                let change = |settings: &mut ServerSettings| level.set(settings, Some(percent), answer);
                Next(page, self.change(guild, texts, change).await)
            }
            (Setting::Choose(Page::Channel), Chosen::ChannelSelect { values }) => {
                let [channel] = values[..] else { return None };
                Next(Some(Page::Channel), self.set_channel(component, guild, channel, texts).await)
            }
            (Setting::Choose(Page::Role(office)), Chosen::RoleSelect { values }) => {
                let [role] = values[..] else { return None };
                Next(Some(Page::Role(office)), self.set_role(guild, office, role, texts).await)
            }
            (Setting::Choose(Page::Topics(page)), Chosen::StringSelect { values }) => {
                let chosen = values.iter().map(|value| self.topic(value)).collect::<Option<_>>()?;
                Next(Some(Page::Topics(page)), self.set_topics(component, guild, chosen, texts).await)
            }
            _ => return None,
        })
    }

    /// Changes the settings, and returns what to say about it.
    async fn change(
        &self,
        guild: GuildId,
        texts: &Sentences,
        change: impl FnOnce(&mut ServerSettings) + Send,
    ) -> String {
        let is_done = self.keeper.change_settings(guild, change).await;
        if is_done { texts.settings.done.clone() } else { texts.remarks.not_changed.clone() }
    }

    async fn set_channel(
        &self,
        component: &ComponentInteraction,
        guild: GuildId,
        channel: ChannelId,
        texts: &Sentences,
    ) -> String {
        let chosen = Some(store::ChannelId(channel.get()));
        // The message is the bot's own. Boxed, as every press would have to make room for three requests.
        let allowed = Box::pin(self.send.allowed(guild, channel, component.message.author.id));
        let (note, allowed) = tokio::join!(
            self.change(guild, texts, |settings| settings.moderators_channel = chosen),
            tokio::time::timeout(PATIENCE, allowed)
        );
        let allowed = match allowed {
            Ok(Ok(allowed)) => allowed,
            Ok(Err(error)) => {
                tracing::debug!(channel = channel.get(), "{error}");
                return note;
            }
            Err(_) => return note,
        };
        let names = [
            (Permissions::VIEW_CHANNEL, &texts.settings.view_channels),
            (Permissions::SEND_MESSAGES, &texts.settings.send_messages),
            (Permissions::EMBED_LINKS, &texts.settings.embed_links),
        ];
        let lacking = names.iter().filter(|(permission, _)| !(NEEDED & allowed).contains(*permission));
        let lacking: Vec<String> = lacking.map(|(_, name)| format!("**{name}**")).collect();
        if lacking.is_empty() {
            return note;
        }
        format!("{note}\n\n{}", fill(&texts.settings.lacks, &[("permissions", &lacking.join(", "))]))
    }

    async fn set_role(&self, guild: GuildId, office: Office, role: RoleId, texts: &Sentences) -> String {
        // The role of everybody has the server's own id.
        if role.get() == guild.get() {
            return texts.settings.everyone.clone();
        }
        let chosen = Some(store::RoleId(role.get()));
        self.change(guild, texts, |settings| office.give(settings, chosen)).await
    }

    async fn set_topics(
        &self,
        component: &ComponentInteraction,
        guild: GuildId,
        chosen: BTreeSet<String>,
        texts: &Sentences,
    ) -> String {
        // Of several pages, only those on this one were chosen from.
        let offered: BTreeSet<String> = self.topics_offered(component).into_iter().chain(chosen.clone()).collect();
        let snapshot = self.snapshot();
        let mut is_left = true;
        let change = |settings: &mut ServerSettings| {
            let is_on = |topic: &String| {
                let was_on = settings.topics.as_ref().is_none_or(|topics| topics.contains(topic));
                if offered.contains(topic) { chosen.contains(topic) } else { was_on }
            };
            let topics: Vec<String> =
                snapshot.knowledge.topics().map(|topic| topic.name.clone()).filter(is_on).collect();
            is_left = !topics.is_empty();
            if is_left {
                settings.topics = Some(topics);
            }
        };
        let note = self.change(guild, texts, change).await;
        if is_left { note } else { texts.settings.no_topic_left.clone() }
    }

    /// The topics in the select that was chosen from.
    fn topics_offered(&self, component: &ComponentInteraction) -> Vec<String> {
        let parts = component.message.components.iter().flat_map(|row| &row.components);
        let selects = parts.filter_map(|part| match part {
            ActionRowComponent::SelectMenu(select) => Some(select),
            _ => None,
        });
        let is_own = |select: &&SelectMenu| select.custom_id.as_deref() == Some(&component.data.custom_id);
        let options = selects.filter(is_own).flat_map(|select| &select.options);
        options.filter_map(|option| self.topic(&option.value)).collect()
    }

    /// The topic that an option stands for.
    fn topic(&self, value: &str) -> Option<String> {
        match self.send.seal().open(value) {
            Ok(Action::Settings(Setting::Topic(name))) => Some(name),
            _ => None,
        }
    }
}
