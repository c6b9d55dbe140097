//! The report: what was measured, beside what is to be reached.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use crate::discord::fake::{Course, Discord};

/// Everything that was measured.
pub struct Report {
    pub servers: usize,
    pub seconds: u64,
    /// From the start of the process to its session with Discord.
    pub ready: Duration,
    pub memory: Memory,
    pub load: Load,
    /// How long quiet servers wait: alone, while a member floods another, and while another floods.
    pub quiet: [Times; 3],
    pub outcome: Outcome,
}

/// What may not happen, counted over the whole run.
#[derive(Default)]
pub struct Outcome {
    lost: usize,
    doubled: usize,
    /// Other refusals and answers to what nobody asked, in words.
    refused: Vec<String>,
    /// Warnings and errors in the bot's log.
    pub complaints: Vec<String>,
}

/// The bot's memory at times, in kB.
#[expect(clippy::struct_field_names, reason = "a unit belongs in the name")]
pub struct Memory {
    pub ready_kb: u64,
    pub idle_kb: u64,
    /// Each second under load.
    pub during_kb: Vec<u64>,
    pub end_kb: u64,
    pub after_floods_kb: u64,
}

/// What the load was, and what it took.
pub struct Load {
    asked: usize,
    cards: usize,
    rate: f64,
    times: Times,
    /// Shares of one core.
    bot_cpu: f64,
    own_cpu: f64,
}

/// How long answers took, from the event sent to the answer received, in milliseconds.
pub struct Times {
    p50: f64,
    p99: f64,
    max: f64,
}

impl Outcome {
    /// Counts what was not answered.
    pub fn count(&mut self, courses: &[Course]) {
        self.lost += courses.iter().filter(|course| course.answered.is_none()).count();
    }

    /// Takes what this Discord has refused.
    pub fn take_refusals(&mut self, discord: &Discord) {
        while let Some(refusal) = discord.take_refusal() {
            match refusal.code {
                // It has been answered already.
                40_060 => self.doubled += 1,
                _ => self.refused.push(refusal.to_string()),
            }
        }
    }

    /// Whether all went as it must, however long it took.
    pub fn is_sound(&self) -> bool {
        self.lost + self.doubled == 0 && self.refused.is_empty() && self.complaints.is_empty()
    }
}

impl Load {
    /// What `courses` were, and the processor time of the bot and of this process within the third of `cpu`.
    pub fn new(courses: &[Course], (bot, own, within): (Duration, Duration, Duration)) -> Self {
        let sent = || courses.iter().map(|course| course.sent);
        let span = sent().max().unwrap_or_default().saturating_sub(sent().min().unwrap_or_default());
        Self {
            asked: courses.len(),
            cards: courses.iter().filter(|course| course.shows_embed).count(),
            rate: number(courses.len()) / span.as_secs_f64().max(f64::EPSILON),
            times: Times::of(courses),
            bot_cpu: bot.as_secs_f64() / within.as_secs_f64(),
            own_cpu: own.as_secs_f64() / within.as_secs_f64(),
        }
    }
}

impl Times {
    /// Those of what was answered.
    pub fn of(courses: &[Course]) -> Self {
        let time = |course: &Course| course.answered.map(|answered| answered.saturating_sub(course.sent));
        let mut times: Vec<Duration> = courses.iter().filter_map(time).collect();
        times.sort_unstable();
        let at = |percent: usize| {
            let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
            times.get(place).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
        };
        Self { p50: at(50), p99: at(99), max: at(100) }
    }

    fn json(&self) -> Value {
        json!({ "p50_ms": rounded(self.p50), "p99_ms": rounded(self.p99), "max_ms": rounded(self.max) })
    }
}

impl Memory {
    /// After the first third of the load, when all that it needs has been made.
    fn warm_kb(&self) -> u64 {
        self.during_kb.get(self.during_kb.len() / 3).copied().unwrap_or(self.idle_kb)
    }
}

impl Report {
    /// The report for programs.
    pub fn json(&self) -> Value {
        let Self { servers, seconds, ready, memory, load, quiet, outcome } = self;
        let [alone, beside_member, beside_server] = quiet;
        json!({
            "servers": servers, "seconds": seconds, "rate": rounded(load.rate), "asked": load.asked, "cards": load.cards,
            "lost": outcome.lost, "answered_twice": outcome.doubled, "refused": outcome.refused,
            "complaints": outcome.complaints, "times": load.times.json(), "ready_ms": rounded(ready.as_secs_f64() * 1e3),
            "bot_cpu": rounded(load.bot_cpu), "fake_cpu": rounded(load.own_cpu),
            "memory_kb": {
                "ready": memory.ready_kb, "idle": memory.idle_kb, "warm": memory.warm_kb(), "end": memory.end_kb,
                "after_floods": memory.after_floods_kb, "each_second": memory.during_kb,
            },
            "quiet": {
                "alone": alone.json(), "beside_member": beside_member.json(), "beside_server": beside_server.json(),
            },
        })
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { servers, seconds, ready, memory, load, quiet, outcome } = self;
        let mut line = |what: &str, measured: String, reach: &str| writeln!(f, "{what:<34} {measured:>26}   {reach}");
        let mb = |kb: u64| format!("{:.1} MB", number(kb) / 1024.0);
        let growth = format!("{:+.1} MB", (number(memory.end_kb) - number(memory.warm_kb())) / 1024.0);
        line("", "measured".into(), "to reach")?;
        line("interactions", format!("{} from {servers} servers", load.asked), "")?;
        line("of them answered with a card", load.cards.to_string(), "")?;
        line("a second", format!("{:.0} for {seconds} s", load.rate), "")?;
        line("lost", outcome.lost.to_string(), "0")?;
        line("answered twice", outcome.doubled.to_string(), "0")?;
        line("time, p50", ms(load.times.p50), "")?;
        line("time, p99", ms(load.times.p99), "under 50 ms")?;
        line("time, longest", ms(load.times.max), "")?;
        line("start to ready", ms(ready.as_secs_f64() * 1e3), "under 500 ms")?;
        line("memory when ready", mb(memory.ready_kb), "")?;
        line("memory when idle", mb(memory.idle_kb), "under 25 MB")?;
        line("memory after a third of the load", mb(memory.warm_kb()), "")?;
        line("memory at the end", mb(memory.end_kb), "under 40 MB")?;
        line("growth since that third", growth, "none")?;
        line("memory after the floods", mb(memory.after_floods_kb), "")?;
        line("processor, bot", format!("{:.0} % of a core", load.bot_cpu * 100.0), "")?;
        line("processor, this program", format!("{:.0} % of a core", load.own_cpu * 100.0), "")?;
        let [alone, beside_member, beside_server] = quiet;
        line("quiet servers, p99, alone", ms(alone.p99), "")?;
        let twice = format!("under {}", ms(alone.p99 * 2.0));
        line("… while a member floods another", ms(beside_member.p99), &twice)?;
        line("… while another server floods", ms(beside_server.p99), &twice)?;
        for line in outcome.refused.iter().chain(&outcome.complaints).take(20) {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

fn ms(milliseconds: f64) -> String {
    format!("{milliseconds:.1} ms")
}

fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// A count as a number to reckon with.
#[expect(clippy::cast_precision_loss, reason = "counts and kB are far below 2^52")]
fn number(count: impl TryInto<u64>) -> f64 {
    count.try_into().unwrap_or(u64::MAX) as f64
}
