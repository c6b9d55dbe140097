//! Puts Needle, as it is released, under load: a process that a fake Discord tells of so many interactions a second,
//! through TLS and with serenity's rate limiter, as it is run against the real one. Reports what was lost or answered
//! twice, how long answers took, and what the process took for it. Linux only.
//!
//! `cargo run --release [-- OPTIONS]`; `--help` lists them. Ends with 1 if anything was lost, answered twice or
//! refused.

mod arguments;
mod bot;
mod crowd;
mod report;

/// The fake Discord of the tests.
#[allow(dead_code, unused_imports, reason = "a load takes less than all tests")]
#[path = "../../../tests/it/discord"]
mod discord {
    pub mod fake;
}

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use arguments::Arguments;
use bot::{Bot, own_cpu};
use crowd::{Crowd, ask_all, questions};
use discord::fake::{Course, Discord, Setup};
use report::{Load, Memory, Outcome, Report, Times};

/// How long the bot has nothing to do before its memory counts as idle.
const REST: Duration = Duration::from_secs(5);

/// How long after the last interaction answers may come: Discord takes none after three seconds.
const LATE: Duration = Duration::from_secs(4);

/// How many interactions a second come from the servers that a flood elsewhere must not hold up.
const QUIET_RATE: u32 = 50;

/// How many such servers there are.
const QUIET_SERVERS: usize = 10;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let Some(arguments) = Arguments::parse(std::env::args().skip(1))? else {
        print!("{}", arguments::HELP);
        return Ok(ExitCode::SUCCESS);
    };
    let report = run(&arguments)?;
    if arguments.json {
        println!("{:#}", report.json());
    } else {
        print!("{report}");
    }
    Ok(if report.outcome.is_sound() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn run(arguments: &Arguments) -> Result<Report, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let binary = arguments.binary.clone().map_or_else(|| build(&root), |binary| Ok(binary.canonicalize()?))?;
    let knowledge = root.join("knowledge");
    let questions = questions(&knowledge)?;
    let discord = Discord::start_with(Setup { is_brief: true, ..Setup::default() });
    let everybody = Crowd::gather(&discord, "everybody", arguments.rate, arguments.servers);
    let quiet = Crowd::gather(&discord, "quiet", QUIET_RATE, QUIET_SERVERS);
    let server = Crowd::gather(&discord, "flooding", arguments.rate, 1);
    let member = server.first();

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let bot = Bot::start(&binary, &knowledge, &discord)?;
    runtime.block_on(discord.connected());
    let (ready, ready_kb) = (bot.started.elapsed(), bot.memory_kb()?);
    runtime.block_on(discord.offers("/ask"));
    thread::sleep(REST);
    let idle_kb = bot.memory_kb()?;

    let mut outcome = Outcome::default();
    let mut ask = |crowds: &[(&Crowd, u32)], seconds: u64, each_second: &mut dyn FnMut()| {
        let asked = ask_all(crowds, Duration::from_secs(seconds), &questions, each_second);
        thread::sleep(LATE);
        let courses: Vec<Vec<Course>> = asked.iter().map(|asked| discord.courses(asked)).collect();
        for courses in &courses {
            outcome.count(courses);
        }
        courses
    };

    let mut during_kb = Vec::new();
    let (bot_before, own_before, begun) = (bot.cpu()?, own_cpu()?, Instant::now());
    let mut cpu = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let courses = ask(&[(&everybody, arguments.rate)], arguments.seconds, &mut || {
        // A process that has ended is noticed by what it does not answer.
        during_kb.extend(bot.memory_kb());
        if let (Ok(bot), Ok(own)) = (bot.cpu(), own_cpu()) {
            cpu = (bot.saturating_sub(bot_before), own.saturating_sub(own_before), begun.elapsed());
        }
    });
    let end_kb = bot.memory_kb()?;
    let load = Load::new(&courses[0], cpu);

    // A part of the time for each: they show how long others wait, not what piles up.
    let seconds = arguments.seconds.div_ceil(4);
    let mut quiet_beside = |flood: &[(&Crowd, u32)]| {
        let crowds: Vec<_> = [(&quiet, QUIET_RATE)].into_iter().chain(flood.iter().copied()).collect();
        Times::of(&ask(&crowds, seconds, &mut || {})[0])
    };
    let quiet_times =
        [quiet_beside(&[]), quiet_beside(&[(&member, arguments.rate)]), quiet_beside(&[(&server, arguments.rate)])];
    let after_floods_kb = bot.memory_kb()?;
    outcome.complaints = bot.stop()?;
    outcome.take_refusals(&discord);
    Ok(Report {
        servers: arguments.servers,
        seconds: arguments.seconds,
        ready,
        memory: Memory { ready_kb, idle_kb, during_kb, end_kb, after_floods_kb },
        load,
        quiet: quiet_times,
        outcome,
    })
}

/// Builds the program as it is released.
fn build(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo).args(["build", "--locked", "--release"]).current_dir(root).status()?;
    if !built.success() {
        return Err("the program cannot be built: see above, or name one that is with --binary PATH".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    Ok(target.join("release/needle"))
}
