//! `needle run`: the bot in Discord, until it is told to stop.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;
use serenity::model::id::GuildId;
use time::OffsetDateTime;

use crate::answer::Snapshot;
use crate::check::{Report, check};
use crate::config::Config;
use crate::discord::Answering;
use crate::discord::keeper::{Clock, Keep};
use crate::discord::session::{self, Pace, Start};
use crate::knowledge::{Loaded, Problem, load};
use crate::live::{self, Live, Reload, watch};
use crate::store::{Options, Store};

use super::arena;
use super::diagnostics::Diagnostics;
use super::exit::Exit;
use super::online::{exit_after, runtime, token};
use super::opening::count;
use super::store::StoreAddress;
use super::terminal::{complain, is_coloured};

/// The arguments of `needle run`.
#[derive(Debug, Default, Args)]
#[command(
    after_help = "Exit codes: 0 stopped as it was told to; 2 an argument makes no sense; 5 no token; 6 the knowledge has errors; \
    7 Discord refuses the token; 8 Discord refuses the intents; 9 Discord cannot be reached."
)]
pub struct Run {
    /// Register the commands in this server only, where they show at once; for trying out
    #[arg(long, value_name = "ID", value_parser = server_id)]
    guild: Option<GuildId>,
    #[command(flatten)]
    store: StoreAddress,
}

fn server_id(text: &str) -> Result<GuildId, &'static str> {
    text.parse().map_err(|_| "expected the id of a server, which is a number: in Discord, Copy Server ID")
}

impl Run {
    /// Answers in Discord until SIGINT or SIGTERM.
    ///
    /// # Errors
    /// When the system lets us start no threads or watch for no signals.
    pub fn run(self, knowledge: &Path, config: &Config) -> anyhow::Result<Exit> {
        arena::share_one();
        let Some(token) = token(config).cloned() else { return Ok(Exit::Configuration) };
        let url = match self.store.url(config) {
            Ok(url) => url,
            Err(exit) => return Ok(exit),
        };
        let live = match open(knowledge, config) {
            Ok(live) => Arc::new(live),
            Err(exit) => return Ok(exit),
        };
        let _watching = watch(Arc::clone(&live), live::Pace::default(), |outcome| tell(&outcome))
            .context("cannot watch the knowledge folder")?;
        let disclaimer = super::disclaimer(&config.answer)?;
        let runtime = runtime()?;
        let outcome = runtime.block_on(async {
            let stop = stop_signal().context("cannot watch for signals")?;
            let store = Store::new(&url, Options::default());
            let start = Start {
                token,
                settings: config.discord.clone(),
                guild: self.guild,
                answering: Answering {
                    live,
                    policy: config.answer.policy(),
                    disclaimer,
                    home_guilds: config.knowledge.home_guilds.clone(),
                },
                keep: Keep { store, retention: config.store.retention, clock: Clock::default() },
                pace: Pace::default(),
            };
            anyhow::Ok(session::run(start, stop).await)
        });
        runtime.shutdown_background();
        Ok(match outcome? {
            Ok(()) => Exit::Fine,
            Err(failure) => {
                complain(&failure.to_string());
                exit_after(&failure)
            }
        })
    }
}

/// The knowledge in `dir`, which must pass the check, now and whenever it changes.
///
/// # Errors
/// With the exit to take where it does not; the report has then been written to stderr.
fn open(dir: &Path, config: &Config) -> Result<Live, Exit> {
    let standard = config.standard();
    let Loaded { knowledge, problems, documents } = load(dir);
    let snapshot = Snapshot::new(knowledge);
    let today = OffsetDateTime::now_utc().date();
    let report = check(&snapshot, &documents, &standard, today).after(problems.clone());
    if report.has_errors() || report.entries == 0 {
        refuse(dir, &report, &Diagnostics::new(dir, &documents, is_coloured()));
        return Err(Exit::KnowledgeRefused);
    }
    Ok(Live::with(dir, snapshot, problems, standard))
}

fn refuse(dir: &Path, report: &Report, diagnostics: &Diagnostics<'_>) {
    let errors: Vec<&Problem> = report.problems.iter().filter(|problem| problem.is_error()).collect();
    for problem in &errors {
        // Where nobody reads it, nobody can be told.
        let _ = writeln!(anstream::stderr(), "{}\n", diagnostics.show(problem));
    }
    let dir = dir.display();
    complain(&match errors.len() {
        0 => format!("no question can be answered from the knowledge folder `{dir}`"),
        errors => format!("{} in the knowledge folder `{dir}`: not starting", count(errors, "error")),
    });
}

/// Logs what came of a reload.
fn tell(outcome: &Reload) {
    match outcome {
        Reload::Unchanged => {}
        Reload::Replaced(snapshot) => {
            tracing::info!(answers = snapshot.knowledge.entries().len(), "knowledge reloaded");
        }
        Reload::Refused(problems) => {
            for problem in problems.iter().filter(|problem| problem.is_error()) {
                tracing::error!("{problem}");
            }
            tracing::error!("knowledge not reloaded, the answers before stay: `needle check` shows the problems");
        }
    }
}

/// Ready when the process is told to stop.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let (mut terminate, mut interrupt) = {
        use tokio::signal::unix::{SignalKind, signal};
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?)
    };
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
        tracing::info!("stopping");
    })
}
