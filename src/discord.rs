//! Discord: the bot as members meet it. [`intake`] reads what arrives as questions, [`Bot`] answers them from the
//! current snapshot, [`send`] writes the replies; [`session`] keeps the connection.
//!
//! Slash commands go through poise, which parses their options and defines them for registration; messages, buttons
//! and selects do not, as poise has no part in them. Poise's own cooldowns, owners and replies are switched off: its
//! replies would allow mentions, and its cooldowns do not count what is asked by message.

pub mod access;
mod browse;
pub mod card;
mod channels;
pub mod commands;
mod components;
pub mod cooldown;
mod delivery;
pub mod doctor;
mod feedback;
mod inbox;
pub mod intake;
mod joining;
pub mod keeper;
pub mod memory;
mod messages;
mod notices;
pub mod orphans;
mod own_message;
mod paging;
mod rank;
mod recording;
mod registration;
pub mod seal;
pub mod send;
pub mod servers;
pub mod session;
pub mod settings;
mod tending;
mod threads;
mod wake;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use serenity::model::guild::Member;
use serenity::model::id::{GuildId, UserId};

use crate::answer::{
    self, Decision, Disclaimer, Policy, Question, Reply, Ruling, Scope, Snapshot, Thresholds, Unknown, sentences,
};
use crate::config;
use crate::editing::Editor;
use crate::knowledge::EntryId;
use crate::live::Live;
use crate::store::Bounds;

use cooldown::{Cooldowns, Seldom};
use inbox::InHand;
use intake::{Asker, Deaf, manner_in};
use keeper::Keeper;
use memory::Memory;
use orphans::Orphans;
use rank::Rank;
use send::Sender;
use servers::Servers;
use threads::Threads;

/// How often a member is told that a reply cannot be read.
const EMPTY_REPLY_HINT: config::Rate = config::Rate { times: 1, within: Duration::from_hours(1) };

/// How often something may be chosen under replies for each question that may be asked.
const CHOICES: u32 = 2;

/// What a bot answers from, and by which rules.
pub struct Answering {
    /// The knowledge, as it changes.
    pub live: Arc<Live>,
    /// How sure to be before saying something.
    pub policy: Policy,
    /// Stands under answers whose entry and topic bring none.
    pub disclaimer: Disclaimer,
    /// The servers whose moderators look after the knowledge that all servers share.
    pub home_guilds: BTreeSet<u64>,
}

/// The bot's own state, shared by all that is going on.
pub struct Bot {
    answering: Answering,
    editor: Arc<Editor>,
    send: Sender,
    keeper: Arc<Keeper>,
    deaf: Deaf,
    cooldowns: Cooldowns,
    /// What is chosen under replies, which were counted when they were asked for.
    choices: Cooldowns,
    empty_reply_hints: Seldom<UserId>,
    memory: Memory,
    orphans: Orphans,
    in_hand: InHand,
    servers: Servers,
    threads: Threads,
}

/// A reply, and what is to be logged about it.
struct Answered {
    reply: Reply,
    decision: &'static str,
    score: f32,
    entry: Option<EntryId>,
    /// What it was decided on; `None` where nothing had to be decided.
    basis: Option<(Ruling, Arc<Snapshot>)>,
}

impl Bot {
    /// A bot that has not heard anything yet.
    fn new(answering: Answering, send: Sender, keeper: Arc<Keeper>, settings: &config::Discord) -> Self {
        let deaf = Deaf { channels: settings.ignored_channels.clone(), members: settings.banned_members.clone() };
        Self {
            editor: Arc::new(Editor::new(Arc::clone(&answering.live))),
            answering,
            send,
            keeper,
            deaf,
            cooldowns: Cooldowns::new(settings.member_cooldown, settings.channel_cooldown),
            choices: Cooldowns::new(choices(settings.member_cooldown), choices(settings.channel_cooldown)),
            empty_reply_hints: Seldom::new(EMPTY_REPLY_HINT),
            memory: Memory::since(SystemTime::now()),
            orphans: Orphans::default(),
            in_hand: InHand::default(),
            servers: Servers::default(),
            threads: Threads::default(),
        }
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.answering.live.current()
    }

    /// Whether `asker` may ask now; if so, it counts.
    fn admits(&self, asker: &Asker) -> bool {
        self.cooldowns.admit(asker.member, asker.channel, Instant::now())
    }

    /// Whether `asker` may choose something under a reply now; if so, it counts, but not as a question.
    fn admits_choice(&self, asker: &Asker) -> bool {
        self.choices.admit(asker.member, asker.channel, Instant::now())
    }

    /// What `asker` may be answered from where they ask.
    fn scope(&self, asker: &Asker) -> Scope {
        self.scope_in(asker.guild)
    }

    /// What may be answered from in `guild`, or with `None` in direct messages.
    fn scope_in(&self, guild: Option<GuildId>) -> Scope {
        Scope { manner: manner_in(guild), topics: self.keeper.settings_of(guild).topics.clone() }
    }

    /// `question`, to be answered from what `asker` may be answered from.
    fn in_scope(&self, question: Question, asker: &Asker) -> Question {
        Question { scope: self.scope(asker), ..question }
    }

    /// How sure to be where `asker` asks.
    fn policy(&self, asker: &Asker) -> Policy {
        self.policy_in(asker.guild)
    }

    /// How sure to be in `guild`, or with `None` in direct messages.
    fn policy_in(&self, guild: Option<GuildId>) -> Policy {
        let settings = self.keeper.settings_of(guild);
        let chosen = |bounds: Bounds, configured: Thresholds| {
            let answer = bounds.answer.unwrap_or(configured.answer);
            Thresholds { answer, suggest: bounds.suggest.unwrap_or(configured.suggest).min(answer) }
        };
        let Policy { addressed, unprompted } = &self.answering.policy;
        Policy {
            addressed: chosen(settings.addressed, *addressed),
            unprompted: chosen(settings.unprompted, *unprompted),
        }
    }

    /// Whether moderators have the bot keep quiet where `asker` asks.
    fn is_paused(&self, asker: &Asker) -> bool {
        self.keeper.settings_of(asker.guild).paused
    }

    /// Why `asker` gets no answer there, as the sentence to tell privately; `None` where they do.
    fn refusal(&self, asker: &Asker) -> Option<&'static str> {
        let texts = sentences::of(asker.member_language);
        if self.deaf.is_banned(asker.member) {
            Some(&texts.remarks.banned)
        } else if self.deaf.ignores(asker) {
            Some(&texts.remarks.ignored_channel)
        } else if self.is_paused(asker) {
            Some(&texts.remarks.paused)
        } else {
            None
        }
    }

    /// Whether the moderators of `guild` look after the knowledge that all servers share.
    fn is_home(&self, guild: GuildId) -> bool {
        self.answering.home_guilds.contains(&guild.get())
    }

    /// What a member of `guild` may do.
    fn rank(&self, guild: Option<GuildId>, member: Option<&Member>) -> Rank {
        Rank::of(member, &self.keeper.settings_of(guild))
    }

    /// Answers a question, which is [in scope](Self::in_scope), from the current snapshot.
    fn answer(&self, question: &Question, asker: &Asker) -> Answered {
        let snapshot = self.snapshot();
        let disclaimer = &self.answering.disclaimer;
        let ruling = answer::decide(question, &snapshot, &self.policy(asker));
        let best = ruling.matches.first().map(|best| snapshot.knowledge.entries()[best.entry].id.clone());
        let (decision, entry) = match &ruling.decision {
            Decision::Urgent(danger) => ("urgent", Some(snapshot.knowledge.urgent()[danger.document].id.clone())),
            Decision::Answer(_) => ("answer", best),
            Decision::Suggest(_) => ("suggest", best),
            Decision::Unknown(Unknown::NothingClose) => ("unknown", best),
            Decision::Unknown(Unknown::NotAQuestion) => ("not a question", None),
            Decision::Unknown(Unknown::Foreign(_)) => ("foreign", None),
        };
        let reply = answer::reply(&ruling.decision, question, &snapshot, disclaimer);
        Answered { reply, decision, score: ruling.score(), entry, basis: Some((ruling, snapshot)) }
    }

    /// The answer of `entry` to who asked `question`; `None` where there is no such entry, or none that may be seen.
    fn entry(&self, entry: &str, question: &Question) -> Option<Answered> {
        let snapshot = self.snapshot();
        let knowledge = &snapshot.knowledge;
        let entry = knowledge.entry(entry).ok().filter(|entry| question.scope.may_see(entry, knowledge))?;
        let answer = answer::answer(entry, question, knowledge, &self.answering.disclaimer);
        Some(Answered {
            reply: Reply::Answer(answer),
            decision: "chosen",
            score: 1.0,
            entry: Some(entry.id.clone()),
            basis: None,
        })
    }
}

/// How much may be chosen under replies where so much may be asked.
fn choices(questions: config::Rate) -> config::Rate {
    config::Rate { times: questions.times.saturating_mul(CHOICES), ..questions }
}
