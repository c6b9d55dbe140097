//! A crowd: members of some servers who ask, in turns, so that nobody has to be told to slow down.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::discord::fake::{Discord, Member, Pending};

/// For how many seconds' worth of interactions there are channels: each may have 30 in a minute
/// (`config/default.toml`).
const CHANNEL_SECONDS: f64 = 2.6;

/// How many channels a server may have.
const SERVER_CHANNELS: usize = 500;

/// How many members ask in each channel: each may ask 6 times in 30 s.
const MEMBERS: usize = 3;

/// Of how many interactions one is somebody typing a question, which the bot completes.
const TYPING: usize = 4;

/// Members, in the order in which they ask.
pub struct Crowd {
    members: Vec<Member>,
}

impl Crowd {
    /// As many members as can ask `rate` questions a second, in servers called `name` and a number; fewer where the
    /// servers have no room for them.
    pub fn gather(discord: &Discord, name: &str, rate: u32, servers: usize) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number above zero")]
        let channels = (f64::from(rate) * CHANNEL_SECONDS).ceil() as usize;
        let channels = channels.min(servers * SERVER_CHANNELS);
        let servers: Vec<_> = (0..servers).map(|server| discord.another_server(&format!("{name} {server}"))).collect();
        let place = |channel: usize| servers[channel % servers.len()].beside(&format!("channel {channel}"));
        let places: Vec<_> = (0..channels).map(place).collect();
        let member = |member: usize| discord.member(&format!("{name} {member}")).at(&places[member % channels]);
        Self { members: (0..channels * MEMBERS).map(member).collect() }
    }

    /// The first of them alone.
    pub fn first(&self) -> Self {
        Self { members: self.members[..1].to_vec() }
    }
}

/// The labelled questions of every topic, off-topic ones and those with signs of danger among them.
///
/// # Errors
/// When the knowledge cannot be read or has none.
pub fn questions(knowledge: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let mut questions = Vec::new();
    for topic in fs::read_dir(knowledge)? {
        let file = topic?.path().join("expected.tsv");
        let lines = if file.exists() { fs::read_to_string(file)? } else { String::new() };
        let labelled = lines.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        questions.extend(labelled.map(|(_, question)| question.to_owned()));
    }
    if questions.is_empty() { Err(format!("no questions in {}", knowledge.display()).into()) } else { Ok(questions) }
}

/// Has each crowd ask at its rate for this long, whatever comes of it, and returns what each has asked.
pub fn ask_all(
    crowds: &[(&Crowd, u32)],
    time: Duration,
    questions: &[String],
    each_second: &mut dyn FnMut(),
) -> Vec<Vec<Pending>> {
    let begun = Instant::now();
    let mut asked: Vec<Vec<Pending>> = crowds.iter().map(|_| Vec::new()).collect();
    let mut second = begun;
    while begun.elapsed() < time {
        for ((crowd, rate), asked) in crowds.iter().zip(&mut asked) {
            let due = begun.elapsed().as_secs_f64() * f64::from(*rate);
            while u32::try_from(asked.len()).is_ok_and(|number| f64::from(number) < due) {
                let number = asked.len();
                let member = &crowd.members[number % crowd.members.len()];
                asked.push(ask(member, &questions[number % questions.len()], number % TYPING == 0));
            }
        }
        if second.elapsed() >= Duration::from_secs(1) {
            second += Duration::from_secs(1);
            each_second();
        }
        thread::sleep(Duration::from_micros(200));
    }
    asked
}

fn ask(member: &Member, question: &str, is_typing: bool) -> Pending {
    if is_typing {
        let typed: String = question.chars().take(12).collect();
        member.types_without_waiting("/ask", "question", &typed)
    } else {
        member.uses_without_waiting("/ask", [("question", question)])
    }
}
