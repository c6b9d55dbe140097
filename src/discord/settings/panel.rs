//! The panel: the settings of a server as cards, an overview and a page for each.

use crate::answer::sentences::{self, Sentences, fill};
use crate::answer::{Thresholds, escape};
use crate::discord::card::{Button, Card, Kind, Opt, Row, bare, button, lines};
use crate::discord::paging::Paging;
use crate::discord::seal::Action;
use crate::knowledge::{Knowledge, Topic};
use crate::language::Language;
use crate::limits::{SELECT_OPTIONS, THRESHOLD_STEP_PERCENT};
use crate::store::ServerSettings;

use super::setting::{Level, Office, Page, Setting, score};

/// What the panel is made from.
pub(super) struct Panel<'a> {
    pub(super) settings: &'a ServerSettings,
    pub(super) knowledge: &'a Knowledge,
    /// What holds where moderators chose nothing.
    pub(super) configured: Thresholds,
    pub(super) in_force: Thresholds,
    pub(super) language: Language,
}

impl Panel<'_> {
    /// All settings, under what is to be said about a change.
    pub(super) fn overview(&self, note: &str) -> Card {
        let texts = self.texts();
        let option = |page: &Page| Opt::new(title(*page, texts), "", Action::Settings(Setting::Page(*page)));
        let what = Row::Select {
            action: Action::Select,
            placeholder: &texts.settings.placeholder,
            options: Page::ALL.iter().map(option).collect(),
        };
        let is_on = self.settings.feedback;
        let (value, toggle) = if is_on {
            (&texts.settings.feedback_on, &texts.settings.feedback_end)
        } else {
            (&texts.settings.feedback_off, &texts.settings.feedback_begin)
        };
        let toggle = button(toggle, Action::Settings(Setting::Feedback(!is_on)));
        let choose = |page| (Action::Settings(Setting::Choose(page)), title(page, texts));
        let (action, placeholder) = choose(Page::Channel);
        let channel = Row::Channels { action, placeholder };
        let role = |office| {
            let (action, placeholder) = choose(Page::Role(office));
            Row::Roles { action, placeholder }
        };
        let (editors, viewers) = (role(Office::Editors), role(Office::Viewers));
        let values = Page::ALL.iter().map(|page| (title(*page, texts), self.value(*page)));
        let feedback = (texts.settings.feedback.as_str(), value.clone());
        Card {
            body: paragraphs(&[note, &texts.settings.body]),
            fields: values.chain([feedback]).collect(),
            // All that Discord takes.
            rows: vec![channel, editors, viewers, what, Row::Buttons(vec![toggle])],
            ..bare(Kind::About, &texts.settings.title, self.language)
        }
        .fit()
    }

    /// One setting, under what is to be said about a change.
    pub(super) fn page(&self, page: Page, note: &str) -> Card {
        let texts = self.texts();
        let (footer, show) = match page {
            Page::Topics(number) => (self.paging(number).footer(texts), String::new()),
            Page::Role(office) if office.role(self.settings).is_some() => {
                (String::new(), fill(&texts.settings.show_role, &[("role", &self.value(page))]))
            }
            _ => (String::new(), String::new()),
        };
        Card {
            body: paragraphs(&[note, about(page, texts), &show]),
            fields: vec![(&texts.settings.now, self.value(page))],
            footer,
            rows: self.select(page).into_iter().chain([Row::Buttons(self.buttons(page))]).collect(),
            ..bare(Kind::About, title(page, texts), self.language)
        }
        .fit()
    }

    /// What a setting is chosen in; `None` where there is nothing to choose from.
    fn select(&self, page: Page) -> Option<Row> {
        let texts = self.texts();
        let action = Action::Settings(Setting::Choose(page));
        match page {
            Page::Channel => Some(Row::Channels { action, placeholder: &texts.settings.channel_placeholder }),
            Page::Role(_) => Some(Row::Roles { action, placeholder: &texts.settings.role_placeholder }),
            Page::Topics(number) => self.select_of_topics(number),
            Page::Threshold(level) => {
                let placeholder = texts.settings.threshold_placeholder.as_str();
                Some(Row::Select { action: Action::Select, placeholder, options: self.scores(level) })
            }
        }
    }

    fn buttons(&self, page: Page) -> Vec<Button> {
        let texts = self.texts();
        let clear = match page {
            Page::Channel => self.settings.moderators_channel.is_some().then_some(&texts.settings.clear_channel),
            Page::Role(office) => office.role(self.settings).is_some().then_some(&texts.settings.clear_role),
            Page::Topics(_) => self.settings.topics.is_some().then_some(&texts.topics.all_topics),
            // It is among the options.
            Page::Threshold(_) => None,
        };
        let paging = match page {
            Page::Topics(number) => Some(self.paging(number)),
            Page::Channel | Page::Role(_) | Page::Threshold(_) => None,
        };
        let to = |number| Action::Settings(Setting::Page(Page::Topics(number)));
        let turns = paging.into_iter().flat_map(|paging| paging.buttons(texts, to));
        let clear = clear.map(|label| button(label, Action::Settings(Setting::Clear(page))));
        let back = button(&texts.settings.back, Action::Settings(Setting::Overview));
        turns.chain(clear).chain([back]).collect()
    }

    /// How a setting is now, in words.
    fn value(&self, page: Page) -> String {
        let texts = self.texts();
        let role = |office: Office, nobody: &str| {
            office.role(self.settings).map_or_else(|| nobody.to_owned(), |role| format!("<@&{}>", role.0))
        };
        match page {
            Page::Channel => {
                let channel = self.settings.moderators_channel;
                channel.map_or_else(|| texts.settings.no_channel.clone(), |channel| format!("<#{}>", channel.0))
            }
            Page::Role(Office::Editors) => role(Office::Editors, &texts.settings.no_editors),
            Page::Role(Office::Viewers) => role(Office::Viewers, &texts.settings.no_viewers),
            Page::Topics(_) if self.settings.topics.is_none() => texts.settings.topics_all.clone(),
            Page::Topics(_) => {
                let chosen = self.knowledge.topics().filter(|topic| self.is_on(topic));
                let titles = lines(chosen.map(|topic| escape(&topic.title)));
                if titles.is_empty() { texts.settings.topics_gone.clone() } else { titles }
            }
            Page::Threshold(level) => {
                let is_chosen = level.chosen(self.settings.addressed).is_some();
                let text = if is_chosen { &texts.settings.from } else { &texts.settings.from_default };
                fill(text, &[("score", &shown(level.of(self.in_force)))])
            }
        }
    }

    fn select_of_topics(&self, number: u16) -> Option<Row> {
        let paging = self.paging(number);
        let option = |topic: &Topic| {
            let action = Action::Settings(Setting::Topic(topic.name.clone()));
            Opt::new(&topic.title, &topic.description, action).chosen(self.is_on(topic))
        };
        let options: Vec<Opt> = paging.on_it(self.knowledge.topics()).map(option).collect();
        let action = Action::Settings(Setting::Choose(Page::Topics(paging.page)));
        // Where there are more pages, all topics that stay may be on another.
        let least = u8::from(paging.last == 0);
        let placeholder = self.texts().topics.placeholder.as_str();
        (!options.is_empty()).then_some(Row::Several { action, placeholder, options, least })
    }

    /// The page of the topics of this number, or the last.
    fn paging(&self, number: u16) -> Paging {
        Paging::of(self.knowledge.topics().count(), SELECT_OPTIONS, number)
    }

    fn is_on(&self, topic: &Topic) -> bool {
        self.settings.topics.as_ref().is_none_or(|topics| topics.contains(&topic.name))
    }

    /// What may be chosen for a threshold, the default first.
    fn scores(&self, level: Level) -> Vec<Opt> {
        let most = match level {
            Level::Answer => 1.0,
            Level::Suggest => self.in_force.answer,
        };
        let chosen = level.chosen(self.settings.addressed);
        let page = Page::Threshold(level);
        let default = fill(&self.texts().settings.default, &[("score", &shown(level.of(self.configured).min(most)))]);
        let default = Opt::new(&default, "", Action::Settings(Setting::Clear(page))).chosen(chosen.is_none());
        let percents = level.percents().step_by(THRESHOLD_STEP_PERCENT.into());
        let others = percents.filter(|percent| score(*percent) <= most).map(|percent| {
            let action = Action::Settings(Setting::From(level, percent));
            Opt::new(&shown(score(percent)), "", action).chosen(chosen == Some(score(percent)))
        });
        std::iter::once(default).chain(others).collect()
    }

    fn texts(&self) -> &'static Sentences {
        sentences::of(self.language)
    }
}

fn title(page: Page, texts: &'static Sentences) -> &'static str {
    match page {
        Page::Channel => &texts.settings.channel,
        Page::Role(Office::Editors) => &texts.settings.editors,
        Page::Role(Office::Viewers) => &texts.settings.viewers,
        Page::Topics(_) => &texts.settings.topics,
        Page::Threshold(Level::Answer) => &texts.settings.answer,
        Page::Threshold(Level::Suggest) => &texts.settings.suggest,
    }
}

/// What a setting is for.
fn about(page: Page, texts: &'static Sentences) -> &'static str {
    match page {
        Page::Channel => &texts.settings.channel_body,
        Page::Role(Office::Editors) => &texts.settings.editors_body,
        Page::Role(Office::Viewers) => &texts.settings.viewers_body,
        Page::Topics(_) => &texts.settings.topics_body,
        Page::Threshold(Level::Answer) => &texts.settings.answer_body,
        Page::Threshold(Level::Suggest) => &texts.settings.suggest_body,
    }
}

/// Those that say something.
fn paragraphs(texts: &[&str]) -> String {
    let told: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
    told.join("\n\n")
}

fn shown(score: f32) -> String {
    format!("{score:.2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_one_that_discord_takes() {
        let topics = Some(vec!["gone".to_owned()]);
        for settings in [ServerSettings::default(), ServerSettings { topics, ..ServerSettings::default() }] {
            for answer in [0.0, 0.333, 1.0] {
                let thresholds = Thresholds { answer, suggest: answer };
                // Without any topic there is nothing to choose from.
                let knowledge = &Knowledge::default();
                let language = Language::English;
                let panel =
                    Panel { settings: &settings, knowledge, configured: thresholds, in_force: thresholds, language };
                let pages = Page::ALL.map(|page| panel.page(page, ""));
                for card in pages.iter().chain([&panel.overview("")]) {
                    for row in &card.rows {
                        match row {
                            Row::Buttons(buttons) => assert!((1..=5).contains(&buttons.len()), "{card:?}"),
                            Row::Select { options, .. } | Row::Several { options, .. } => {
                                assert!((1..=SELECT_OPTIONS).contains(&options.len()), "{card:?}");
                                assert!(options.iter().filter(|option| option.is_chosen).count() <= 1, "{card:?}");
                            }
                            Row::Roles { .. } | Row::Channels { .. } => {}
                        }
                    }
                }
            }
        }
    }
}
