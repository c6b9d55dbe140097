//! A conversation: what a line means after the lines before it, and what to say to it.

use std::sync::Arc;

use anstyle::Style;

use crate::answer::{self, Choice, Disclaimer, Manner, Policy, Question, Reply, Ruling, Snapshot};
use crate::cli::terminal::{self, Page, Text, show_choice, show_reply};
use crate::cli::why::Why;
use crate::knowledge::EntryId;
use crate::limits::QUESTION_CHARS;

/// What can be said besides questions and numbers, and what it does.
pub(super) const COMMANDS: &[(&str, &str)] = &[
    ("/topics", "lists every question there is an answer to"),
    ("/explain", "shows why the last reply was given"),
    ("/help", "shows this"),
    ("/quit", "ends the conversation, as Ctrl-D does"),
];

const HINT: Style = Style::new().dimmed();

/// Whether the conversation goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Listen,
    Quit,
}

/// A conversation with one member.
pub(super) struct Conversation {
    policy: Policy,
    disclaimer: Disclaimer,
    /// What the numbers shown last stand for, from 1.
    choices: Vec<EntryId>,
    last: Last,
}

/// What the last reply was given to.
enum Last {
    Nothing,
    Asked { question: Question, ruling: Ruling, snapshot: Arc<Snapshot> },
    Chosen,
}

impl Conversation {
    pub(super) fn new(policy: Policy, disclaimer: Disclaimer) -> Self {
        Self { policy, disclaimer, choices: Vec::new(), last: Last::Nothing }
    }

    /// Lays out on `page` what there is to say to `line`; nothing if it is blank.
    pub(super) fn hear(&mut self, line: &str, snapshot: &Arc<Snapshot>, page: &mut Page) -> Next {
        let line = line.trim();
        match line {
            "" => {}
            "/quit" => return Next::Quit,
            "/help" => help(page),
            "/topics" => self.topics(snapshot, page),
            "/explain" => self.explain(page),
            _ if line.starts_with('/') => {
                let names: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
                let command = line.split_whitespace().next().unwrap_or(line);
                page.paragraph(Text::plain(&format!("There is no {command}. There are {}.", names.join(", "))));
            }
            _ => match line.trim_end_matches(['.', ')']).parse() {
                Ok(number) => self.choose(number, snapshot, page),
                Err(_) => self.ask(line, snapshot, page),
            },
        }
        Next::Listen
    }

    fn ask(&mut self, line: &str, snapshot: &Arc<Snapshot>, page: &mut Page) {
        let text = line.chars().take(QUESTION_CHARS).collect();
        let question = Question { text, scope: Manner::Addressed.into() };
        let ruling = answer::decide(&question, snapshot, &self.policy);
        let reply = answer::reply(&ruling.decision, &question, snapshot, &self.disclaimer);
        self.last = Last::Asked { question, ruling, snapshot: Arc::clone(snapshot) };
        self.show(&reply, page);
    }

    fn choose(&mut self, number: usize, snapshot: &Snapshot, page: &mut Page) {
        let knowledge = &snapshot.knowledge;
        let Some(id) = number.checked_sub(1).and_then(|place| self.choices.get(place)) else {
            let say = match self.choices.len() {
                0 => "There is nothing to choose from just now: ask a question, or see /topics.".to_owned(),
                1 => "There is only 1 to choose.".to_owned(),
                most => format!("Choose a number from 1 to {most}."),
            };
            page.paragraph(Text::plain(&say));
            return;
        };
        let Some(number) = knowledge.number(id) else {
            page.paragraph(Text::plain(&terminal::sentences().remarks.taken_out));
            return;
        };
        let entry = &knowledge.entries()[number];
        let question = Question { text: entry.question.value.clone(), scope: Manner::Addressed.into() };
        let reply = Reply::Answer(answer::answer(entry, &question, knowledge, &self.disclaimer));
        self.last = Last::Chosen;
        self.show(&reply, page);
    }

    fn show(&mut self, reply: &Reply, page: &mut Page) {
        show_reply(page, reply, terminal::Shown::Conversation);
        let choices: &[Choice] = match reply {
            Reply::Answer(answer) => &answer.related,
            Reply::Suggestions(suggestions) => {
                choosing_hint(page);
                &suggestions.choices
            }
            Reply::Urgent(_) => &[],
            // What was shown before can still be chosen.
            Reply::Unknown(_) => return,
        };
        self.choices = choices.iter().map(|choice| choice.entry.clone()).collect();
    }

    fn topics(&mut self, snapshot: &Snapshot, page: &mut Page) {
        self.choices.clear();
        for topic in snapshot.knowledge.topics() {
            if !self.choices.is_empty() {
                page.gap();
            }
            page.paragraph(Text::styled(&topic.title, Style::new().bold()));
            page.paragraph(Text::styled(&topic.description, HINT));
            for entry in snapshot.knowledge.entries().iter().filter(|entry| entry.id.topic() == topic.name) {
                self.choices.push(entry.id.clone());
                show_choice(page, Some(self.choices.len()), &entry.question.value);
            }
        }
        choosing_hint(page);
    }

    fn explain(&self, page: &mut Page) {
        match &self.last {
            Last::Nothing => page.paragraph(Text::plain("Nothing has been asked yet.")),
            Last::Chosen => page.paragraph(Text::plain("You chose this answer by its number; nothing was matched.")),
            Last::Asked { question, ruling, snapshot } => {
                Why::new(question, ruling, snapshot, &self.policy).show(page);
            }
        }
    }
}

fn choosing_hint(page: &mut Page) {
    page.gap();
    page.paragraph(Text::styled("Type a number to read its answer.", HINT));
}

fn help(page: &mut Page) {
    page.paragraph(Text::plain("Ask a question in your own words, or type the number of one that was shown."));
    for (name, effect) in COMMANDS {
        page.hanging(&Text::styled(&format!("  {name:<9} "), Style::new().bold()), Text::plain(effect));
    }
}
