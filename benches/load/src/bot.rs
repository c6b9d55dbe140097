//! The bot: a process of the released program, and what the system says of it.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::discord::fake::{Discord, Proxy};

/// What a clock tick of the system's accounts is; Linux has told programs a hundredth of a second on every machine
/// since 2.6.
const TICK: Duration = Duration::from_millis(10);

/// How much of the log of a bot that did not end in order is shown, in lines.
const LAST_LINES: usize = 40;

/// A running bot, with the settings that it has by default.
pub struct Bot {
    pub started: Instant,
    process: Child,
    /// Where it runs, and its log.
    folder: TempDir,
    _proxy: Proxy,
}

impl Bot {
    /// Starts `binary` on this knowledge, in a folder of its own.
    ///
    /// # Errors
    /// When the system does not start it.
    pub fn start(binary: &Path, knowledge: &Path, discord: &Discord) -> io::Result<Self> {
        let (proxy, folder) = (discord.proxy(), TempDir::new()?);
        let mut command = Command::new(binary);
        for (name, _) in std::env::vars_os() {
            if ["NEEDLE", "DISCORD"].iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
                command.env_remove(name);
            }
        }
        command.arg("run").arg("--knowledge").arg(knowledge).current_dir(folder.path());
        command.envs(proxy.environment()).env("DISCORD_TOKEN", discord.token());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(folder.path().join("log"))?);
        let started = Instant::now();
        Ok(Self { process: command.spawn()?, started, folder, _proxy: proxy })
    }

    /// The memory that it has, in kB: resident, the program's own code included.
    ///
    /// # Errors
    /// When it has ended.
    pub fn memory_kb(&self) -> io::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        number.ok_or_else(|| io::Error::other("the bot has ended"))
    }

    /// The processor time that it has taken.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cpu(&self) -> io::Result<Duration> {
        cpu_of(&self.process.id().to_string())
    }

    /// Tells it to stop, waits for its end and returns the warnings and errors in its log.
    ///
    /// # Errors
    /// When it does not end in order.
    pub fn stop(mut self) -> io::Result<Vec<String>> {
        Command::new("kill").arg(self.process.id().to_string()).status()?;
        let status = self.process.wait()?;
        let log = fs::read_to_string(self.folder.path().join("log"))?;
        let is_complaint = |line: &&str| ["WARN", "ERROR", "panicked"].iter().any(|word| line.contains(word));
        let complaints = log.lines().filter(is_complaint).map(str::to_owned).collect();
        if status.success() {
            Ok(complaints)
        } else {
            let lines: Vec<&str> = log.lines().collect();
            let last = lines[lines.len().saturating_sub(LAST_LINES)..].join("\n");
            Err(io::Error::other(format!("the bot ended with {status}; its log ends with:\n{last}")))
        }
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        // It has ended already where all went well.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The processor time that this process has taken: that of the fake Discord and of those who ask.
///
/// # Errors
/// When the system does not tell.
pub fn own_cpu() -> io::Result<Duration> {
    cpu_of("self")
}

fn cpu_of(process: &str) -> io::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name, in parentheses, may hold anything; the times are the twelfth and thirteenth field behind it.
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields).split(' ');
    let ticks: u32 = fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u32>().ok()).sum();
    Ok(TICK * ticks)
}
