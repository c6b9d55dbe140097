//! The configuration: what a deployment chooses, as opposed to what the moderators write.
//!
//! Three layers, the later winning key by key: `config/default.toml`, which is built in; `config/local.toml` in the
//! working folder; the variables `NEEDLE__SECTION__KEY`. Only the Discord token stands apart, see [`Token`].
//!
//! A new key is written in two places: in `config/default.toml`, with its default and a comment, and as a field here,
//! filled in [`Config::load`] by the `Reader` method that states what it accepts.

mod dotenv;
mod layers;
mod local_file;
mod names;
mod problem;
mod reader;
mod token;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use problem::{ConfigErrors, Place, Problem};
pub use token::Token;

use layers::Layers;
use reader::Reader;

use crate::answer::{Policy, Thresholds};
use crate::check::Standard;
use crate::store;

/// The text of `config/default.toml` as built into the program: every key with its default.
pub const DEFAULTS: &str = include_str!("../config/default.toml");

/// Everything a deployment chooses.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the knowledge base is.
    pub knowledge: Knowledge,
    /// When and how questions are answered.
    pub answer: Answer,
    /// What a knowledge base must pass.
    pub check: Check,
    /// Where and for how long something is kept.
    pub store: Store,
    /// How to behave in Discord.
    pub discord: Discord,
    /// What is logged.
    pub log: Log,
    /// The Discord token; `None` when neither variable is set, which only commands that connect mind.
    pub token: Option<Token>,
}

/// Where the knowledge base is.
#[derive(Debug, Clone, PartialEq)]
pub struct Knowledge {
    /// The folder of the knowledge base, absolute or relative to the working folder; not checked to exist.
    pub dir: PathBuf,
    /// The servers whose moderators look after the knowledge that all servers share.
    pub home_guilds: BTreeSet<u64>,
}

/// When and how questions are answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The disclaimer of answers whose entry and topic bring none; never blank.
    pub disclaimer: String,
    /// For questions that address the bot.
    pub addressed: Thresholds,
    /// For messages that do not address the bot, as only `needle ask --unprompted` asks; each threshold is at least
    /// that of `addressed`.
    pub unprompted: Thresholds,
}

impl Answer {
    /// How sure to be before saying something.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy { addressed: self.addressed, unprompted: self.unprompted }
    }
}

/// What a knowledge base must pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The share of expected questions that must find their entry, in 0..=1.
    pub expected_min: f32,
}

/// Where and for how long something is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Store {
    /// Where; `Debug` shows no password.
    pub url: store::Url,
    /// For how long the text of a question that was not answered is kept; whole days.
    pub retention: Duration,
}

/// How to behave in Discord.
#[derive(Debug, Clone, PartialEq)]
pub struct Discord {
    /// The address of Discord or of what stands for it, without a slash at the end.
    pub api_url: String,
    /// For how long a start keeps trying to reach Discord.
    pub connect_timeout: Duration,
    /// Channels, with their threads, and single threads in which nobody gets answers.
    pub ignored_channels: BTreeSet<u64>,
    /// Members who get no answers.
    pub banned_members: BTreeSet<u64>,
    /// How much one member may ask.
    pub member_cooldown: Rate,
    /// How much may be asked in one channel.
    pub channel_cooldown: Rate,
}

/// How often something may be: so many times within so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// At least one.
    pub times: u32,
    /// For how long each counts.
    pub within: Duration,
}

/// The address of Discord itself, the default of `discord.api_url`.
pub const DISCORD_URL: &str = "https://discord.com";

/// What is logged.
#[derive(Debug, Clone, PartialEq)]
pub struct Log {
    /// Directives that `tracing_subscriber::filter::Targets` parses.
    pub filter: String,
}

/// Where the configuration is read from. Not `Debug`: the environment may hold the token.
#[derive(Clone)]
pub struct Sources {
    /// The file over the defaults; it may be absent.
    pub local_file: PathBuf,
    /// Names and values of variables; those that are not Needle's are ignored.
    pub environment: Vec<(OsString, OsString)>,
}

impl Sources {
    /// `config/local.toml` in the working folder and the environment of this process, with the token from `.env` in the
    /// working folder where the environment has none.
    #[must_use]
    pub fn from_process() -> Self {
        let mut environment = std::env::vars_os().collect();
        dotenv::add(Path::new(".env"), &mut environment);
        Self { local_file: PathBuf::from("config/local.toml"), environment }
    }
}

impl Config {
    /// What a knowledge base is held against.
    #[must_use]
    pub fn standard(&self) -> Standard {
        Standard { expected_min: self.check.expected_min, policy: self.answer.policy() }
    }

    /// Reads and checks the whole configuration.
    ///
    /// # Errors
    ///
    /// Every problem found: unknown and misspelt names, values outside what their key accepts, a local file that
    /// cannot be read or parsed, a token that is in the wrong place or unusable. While the local file cannot be
    /// parsed, its keys are not checked.
    pub fn load(sources: &Sources) -> Result<Self, ConfigErrors> {
        let mut problems = Vec::new();
        let layers = Layers::gather(sources, &mut problems);
        let token = token::from_environment(&sources.environment).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        });

        let mut reader = Reader::new(&layers, &mut problems);
        let config = Self {
            knowledge: Knowledge {
                dir: reader.path("knowledge.dir"),
                home_guilds: reader.ids("knowledge.home_guilds"),
            },
            answer: Answer {
                disclaimer: reader.text("answer.disclaimer"),
                addressed: Thresholds {
                    answer: reader.number_in("answer.addressed.answer", 0.0..=1.0),
                    suggest: reader.number_in("answer.addressed.suggest", 0.0..=1.0),
                },
                unprompted: Thresholds {
                    answer: reader.number_in("answer.unprompted.answer", 0.0..=1.0),
                    suggest: reader.number_in("answer.unprompted.suggest", 0.0..=1.0),
                },
            },
            check: Check { expected_min: reader.number_in("check.expected_min", 0.0..=1.0) },
            store: Store {
                url: reader.store_url("store.url"),
                retention: reader.days("store.retention_days", 1..=365),
            },
            discord: Discord {
                api_url: reader.address("discord.api_url"),
                connect_timeout: reader.seconds("discord.connect_timeout_secs", 1..=86_400),
                ignored_channels: reader.ids("discord.ignored_channels"),
                banned_members: reader.ids("discord.banned_members"),
                member_cooldown: Rate {
                    times: reader.whole_in("discord.cooldown.member_questions", 1..=1_000),
                    within: reader.seconds("discord.cooldown.member_secs", 1..=3_600),
                },
                channel_cooldown: Rate {
                    times: reader.whole_in("discord.cooldown.channel_questions", 1..=1_000),
                    within: reader.seconds("discord.cooldown.channel_secs", 1..=3_600),
                },
            },
            log: Log { filter: reader.log_filter("log.filter") },
            token,
        };
        reader.at_most("answer.addressed.suggest", "answer.addressed.answer");
        reader.at_most("answer.unprompted.suggest", "answer.unprompted.answer");
        reader.at_most("answer.addressed.answer", "answer.unprompted.answer");
        reader.at_most("answer.addressed.suggest", "answer.unprompted.suggest");
        reader.finish();

        ConfigErrors::none_of(problems).map(|()| config)
    }
}
