//! The program itself: `needle run` as a process, what it logs and how it ends.

use std::fs;
use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::fake::{Discord, Fault, Setup};
use super::needle::WATERING;
use crate::program;
use crate::small_knowledge::SmallKnowledge;

/// A process that runs, on a small knowledge base.
pub struct Process {
    child: Child,
    knowledge: SmallKnowledge,
}

/// How a process ended, and what it wrote.
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Process {
    pub fn start(arguments: &[&str], variables: &[(&str, String)]) -> Self {
        Self::start_on(SmallKnowledge::new(), arguments, variables)
    }

    pub fn start_on(knowledge: SmallKnowledge, arguments: &[&str], variables: &[(&str, String)]) -> Self {
        let mut command = Command::new(program());
        for (name, _) in std::env::vars_os() {
            if ["NEEDLE", "DISCORD"].iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
                command.env_remove(name);
            }
        }
        let settings = [("NEEDLE__ANSWER__ADDRESSED__ANSWER", "0"), ("NEEDLE__ANSWER__ADDRESSED__SUGGEST", "0")];
        command.args(arguments).current_dir(knowledge.around()).envs(settings);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        Self { child, knowledge }
    }

    /// Tells it to stop, as a system does.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill").args(["-s", name]).arg(self.child.id().to_string()).status().unwrap();
        assert!(status.success());
    }

    /// Waits for its end.
    pub async fn ended(mut self) -> Ended {
        tokio::task::spawn_blocking(move || {
            let code = self.child.wait().unwrap().code();
            let (mut out, mut err) = (String::new(), String::new());
            self.child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
            self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
            drop(self.knowledge);
            Ended { code, out, err }
        })
        .await
        .unwrap()
    }
}

/// The variables that lead a process to this Discord.
pub fn to(discord: &Discord) -> Vec<(&'static str, String)> {
    vec![("DISCORD_TOKEN", discord.token()), ("NEEDLE__DISCORD__API_URL", discord.api_url().to_owned())]
}

#[tokio::test]
async fn it_answers_until_it_is_told_to_stop() {
    let discord = Discord::start();
    // With a token, this is what happens without a command.
    let process = Process::start(&["--log-format", "json"], &to(&discord));
    discord.connected().await;
    discord.offers("/ask").await;
    discord.member("ada").asks(WATERING).await.shows("Every other day");
    discord.nothing_further().await;
    process.terminate();
    let Ended { code, out, err } = process.ended().await;
    assert_eq!((code, out.as_str()), (Some(0), ""), "{err}");
    assert!(err.contains("the store is sqlite://needle.db"), "{err}");
    assert_eq!(discord.disconnected().await, Some(1000));

    let lines: Vec<serde_json::Value> = err.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let answered: Vec<_> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert_eq!(answered.len(), 1, "{err}");
    assert_eq!((&answered[0]["decision"], &answered[0]["entry"]), (&"answer".into(), &"garden/watering".into()));
    assert_eq!(answered[0]["guild"], discord.server_id());
    for secret in [&discord.token(), "tomatoes", "water tom"] {
        assert!(!err.contains(secret), "{secret:?} is in the log:\n{err}");
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[tokio::test]
async fn its_threads_share_one_arena_unless_somebody_chose_otherwise() {
    for (chosen, expected) in [(None, "1"), (Some("7"), "7")] {
        let discord = Discord::start();
        let mut variables = to(&discord);
        variables.extend(chosen.map(|arenas| ("MALLOC_ARENA_MAX", arenas.to_owned())));
        let process = Process::start(&["run"], &variables);
        discord.connected().await;
        let environment = fs::read(format!("/proc/{}/environ", process.child.id())).unwrap();
        let arenas =
            environment.split(|byte| *byte == 0).find_map(|variable| variable.strip_prefix(b"MALLOC_ARENA_MAX="));
        assert_eq!(arenas.map(String::from_utf8_lossy).as_deref(), Some(expected));
        process.terminate();
        assert_eq!(process.ended().await.code, Some(0));
    }
}

#[tokio::test]
async fn it_ends_in_order_when_it_is_interrupted_at_the_keyboard() {
    let discord = Discord::start();
    let process = Process::start(&["run"], &to(&discord));
    discord.connected().await;
    discord.offers("/ask").await;
    process.signal("INT");
    let ended = process.ended().await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert_eq!(discord.disconnected().await, Some(1000));
}

#[tokio::test]
async fn it_ends_with_a_code_that_says_why() {
    let check = |ended: Ended, code: i32, part: &str| {
        assert_eq!(ended.code, Some(code), "{}", ended.err);
        assert!(ended.err.contains(part), "{part:?} is not in\n{}", ended.err);
    };
    check(Process::start(&["run"], &[]).ended().await, 5, "no Discord token is set");

    let discord = Discord::start();
    let elsewhere = ["run", "--store-url", "mysql://host/needle"];
    check(Process::start(&elsewhere, &to(&discord)).ended().await, 2, "--store-url: ");

    let mut wrong = to(&discord);
    wrong[0].1 = "MTIz.wrong.token".to_owned();
    let ended = Process::start(&["run"], &wrong).ended().await;
    assert!(!ended.err.contains("wrong.token"), "{}", ended.err);
    check(ended, 7, "Discord refuses the token");

    discord.next_identify_closes(4014);
    check(Process::start(&["run"], &to(&discord)).ended().await, 8, "Discord refuses the intents");

    let away = Discord::start_with(Setup { is_away: true, ..Setup::default() });
    let mut brief = to(&away);
    brief.push(("NEEDLE__DISCORD__CONNECT_TIMEOUT_SECS", "1".to_owned()));
    check(Process::start(&["run"], &brief).ended().await, 9, "cannot reach Discord");
}

#[tokio::test]
async fn the_token_may_stand_in_a_file_for_trying_out() {
    let discord = Discord::start();
    let knowledge = SmallKnowledge::new();
    fs::write(knowledge.around().join(".env"), format!("# mine\nexport DISCORD_TOKEN='{}'\n", discord.token()))
        .unwrap();
    let process = Process::start_on(knowledge, &["run"], &to(&discord)[1..]);
    discord.connected().await;
    discord.offers("/ask").await;
    process.terminate();
    let ended = process.ended().await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);
}

#[tokio::test]
async fn it_does_not_start_on_broken_knowledge() {
    let discord = Discord::start();
    let knowledge = SmallKnowledge::new();
    fs::write(knowledge.dir().join("garden/moss.md"), "no front matter").unwrap();
    let ended = Process::start_on(knowledge, &["run"], &to(&discord)).ended().await;
    assert_eq!(ended.code, Some(6), "{}", ended.err);
    assert!(
        ended.err.contains("moss.md:1:1") && ended.err.contains("1 error in the knowledge folder"),
        "{}",
        ended.err
    );
    assert_eq!(discord.requests(), [] as [String; 0], "Discord was not asked for anything");
}

#[tokio::test]
async fn too_many_requests_are_waited_for() {
    let discord = Discord::start();
    // As it is run against the real Discord, with serenity's own rate limiter.
    let proxy = discord.proxy();
    let mut variables = proxy.environment();
    variables.push(("DISCORD_TOKEN", discord.token()));
    variables.push(("NEEDLE__DISCORD__COOLDOWN__MEMBER_QUESTIONS", "1000".to_owned()));
    let process = Process::start(&["run"], &variables);
    discord.connected().await;
    discord.offers("/ask").await;
    discord.limits("POST /channels/*/messages", 2, Duration::from_millis(500));
    let ada = discord.member("ada");
    let questions: Vec<_> = (0..7).map(|_| ada.asks_without_waiting(WATERING)).collect();
    for question in questions {
        question.reply().await.shows("Every other day");
    }
    // Bursts that were not announced: for one route, and for the whole bot.
    for is_global in [false, true] {
        let burst = Fault::TooMany { after: Duration::from_millis(200), is_global };
        discord.fails("POST /channels/*/messages", burst, 3);
        let places = ["general", "plants", "roses"].map(|name| discord.channel(name));
        let questions = places.map(|place| ada.at(&place).asks_without_waiting(WATERING));
        for question in questions {
            question.reply().await.shows("Every other day");
        }
    }
    discord.nothing_further().await;
    process.terminate();
    let ended = process.ended().await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);
    assert!(!ended.err.contains("WARN"), "{}", ended.err);
}
