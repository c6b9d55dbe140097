//! The bot of a test: the real one, in this process, on a small knowledge base.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use needle::answer::{Disclaimer, Policy, Thresholds};
use needle::check::Standard;
use needle::config::{self, Config, Sources};
use needle::discord::Answering;
use needle::discord::keeper::{Clock, Keep};
use needle::discord::send::Patience;
use needle::discord::session::{self, Failure, Pace, Start};
use needle::knowledge::load;
use needle::live::{self, Live, Reload, Watching, watch};
use needle::store::{self, Options, Store, Timestamp, Url};
use serenity::all::GuildId;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::fake::Discord;
use crate::small_knowledge::{SmallKnowledge, entry};

/// Any match at all is the answer.
pub const ANSWERS: Thresholds = Thresholds { answer: 0.0, suggest: 0.0 };
/// Any match at all is a suggestion.
pub const SUGGESTS: Thresholds = Thresholds { answer: 1.0, suggest: 0.0 };
/// What is known nearly word by word is the answer, and nothing else.
pub const KNOWS_WELL: Thresholds = Thresholds { answer: 0.6, suggest: 0.6 };
/// Nothing is good enough.
pub const KNOWS_NOTHING: Thresholds = Thresholds { answer: 1.0, suggest: 1.0 };

/// How long the bot waits between two logins.
pub const LOGIN: Duration = Duration::from_millis(300);

/// A question that is known word by word, and its answer.
pub const WATERING: &str = "How often should I water tomatoes?";
/// A question whose entry is related to [`WATERING`]'s.
pub const PRUNING: &str = "When should I prune roses?";
/// A question of a topic that is not for direct messages.
pub const KNIVES: &str = "How do I sharpen a kitchen knife?";

/// How a bot is to be.
pub struct Needle {
    thresholds: Thresholds,
    variables: Vec<(&'static str, String)>,
    guild: Option<GuildId>,
    pace: Pace,
    store: Option<Url>,
    clock: Clock,
}

/// A bot that runs.
pub struct Running {
    pub knowledge: SmallKnowledge,
    live: Arc<Live>,
    task: JoinHandle<Result<(), Failure>>,
    stop: oneshot::Sender<()>,
    /// Told once it has noticed that it is to stop.
    noticed: oneshot::Receiver<()>,
    outcomes: mpsc::UnboundedReceiver<Reload>,
    _watching: Watching,
}

impl Needle {
    /// A bot that answers with whatever comes closest, quick with everything.
    pub fn new() -> Self {
        let pauses = [10, 20, 40].map(Duration::from_millis).to_vec();
        let pace = Pace {
            patience: Patience { request: Duration::from_secs(5), pauses, ..Patience::default() },
            pulse: Duration::from_millis(50),
            login: LOGIN,
            settle: Duration::ZERO,
            retry: Duration::from_millis(20),
            retry_most: Duration::from_millis(50),
            records: store::Pace { gather: Duration::from_millis(1), ..store::Pace::default() },
            cards: Duration::from_millis(20),
            cards_rest: Duration::from_millis(5),
            settings: Duration::from_millis(20),
            forget: Duration::from_millis(20),
            forget_again: Duration::from_millis(20),
            notices: Duration::from_millis(20),
            review: Duration::from_millis(20),
            ..Pace::default()
        };
        Self { thresholds: ANSWERS, variables: Vec::new(), guild: None, pace, store: None, clock: Clock::default() }
    }

    /// The same with other thresholds.
    pub fn that(self, thresholds: Thresholds) -> Self {
        Self { thresholds, ..self }
    }

    /// The same with a setting, by its variable.
    pub fn with(mut self, variable: &'static str, value: &impl ToString) -> Self {
        self.variables.push((variable, value.to_string()));
        self
    }

    /// The same with its commands in one server only.
    pub fn in_server(self, id: u64) -> Self {
        Self { guild: Some(GuildId::new(id)), ..self }
    }

    /// The same with this store, in place of a SQLite file that goes with the test.
    pub fn keeping_in(self, store: &Url) -> Self {
        Self { store: Some(store.clone()), ..self }
    }

    /// The same with another clock.
    pub fn by_clock(self, now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self { clock: Clock::new(now), ..self }
    }

    /// The same at another pace.
    pub fn at(self, change: impl FnOnce(&mut Pace)) -> Self {
        let mut pace = self.pace.clone();
        change(&mut pace);
        Self { pace, ..self }
    }

    /// Starts it and waits until it is connected and offers its commands.
    pub async fn start(self, discord: &Discord) -> Running {
        let running = self.start_without_waiting(discord);
        discord.connected().await;
        discord.offers("/ask").await;
        running
    }

    /// Starts it.
    pub fn start_without_waiting(self, discord: &Discord) -> Running {
        let knowledge = SmallKnowledge::new();
        let topic = knowledge.dir().join("garden/topic.toml");
        let text = fs::read_to_string(&topic).unwrap();
        fs::create_dir(knowledge.dir().join("kitchen")).unwrap();
        fs::write(knowledge.dir().join("kitchen/topic.toml"), text.replace("Gardening", "Cooking")).unwrap();
        fs::write(topic, format!("direct_messages = true\n{text}")).unwrap();
        knowledge.write("kitchen/knives", &entry(KNIVES));
        self.start_on(discord, knowledge)
    }

    /// Starts it on this knowledge base.
    pub fn start_on(self, discord: &Discord, knowledge: SmallKnowledge) -> Running {
        let loaded = load(&knowledge.dir());
        assert!(!loaded.has_errors(), "{:?}", loaded.problems);
        let policy = Policy { addressed: self.thresholds, unprompted: KNOWS_NOTHING };
        let standard = Standard { expected_min: 0.0, policy: policy.clone() };
        let live = Arc::new(Live::new(&knowledge.dir(), loaded, standard));
        let (told, outcomes) = mpsc::unbounded_channel();
        // A test that ends listens no more.
        let tell = move |outcome| drop(told.send(outcome));
        let watching = watch(Arc::clone(&live), live::Pace::default(), tell).unwrap();
        let Config { token, discord: settings, store: kept, knowledge: chosen, .. } = self.config(discord);
        let store = self.store.unwrap_or_else(|| Url::sqlite(knowledge.around().join("needle.db")));
        let start = Start {
            token: token.expect("a token"),
            settings,
            guild: self.guild,
            answering: Answering {
                live: Arc::clone(&live),
                policy,
                disclaimer: Disclaimer::new("Not advice.").expect("a disclaimer"),
                home_guilds: chosen.home_guilds,
            },
            keep: Keep { store: Store::new(&store, Options::default()), retention: kept.retention, clock: self.clock },
            pace: self.pace,
        };
        let (stop, stopped) = oneshot::channel();
        let (notice, noticed) = oneshot::channel();
        let task = tokio::spawn(session::run(start, async {
            // A test that ends without stopping it lets it run on until then.
            if stopped.await.is_err() {
                std::future::pending::<()>().await;
            }
            let _ = notice.send(());
        }));
        Running { knowledge, live, task, stop, noticed, outcomes, _watching: watching }
    }

    fn config(&self, discord: &Discord) -> Config {
        let own = [
            ("DISCORD_TOKEN", discord.token()),
            ("NEEDLE__DISCORD__API_URL", discord.api_url().to_owned()),
            // Tests ask quickly.
            ("NEEDLE__DISCORD__COOLDOWN__MEMBER_QUESTIONS", "1000".to_owned()),
            ("NEEDLE__DISCORD__COOLDOWN__CHANNEL_QUESTIONS", "1000".to_owned()),
        ];
        let own = own.into_iter().filter(|(name, _)| self.variables.iter().all(|(other, _)| other != name));
        let environment = own.chain(self.variables.clone()).map(|(name, value)| (name.into(), value.into())).collect();
        let local_file = "nowhere/local.toml".into();
        config::Config::load(&Sources { local_file, environment }).expect("a configuration")
    }
}

impl Running {
    /// Waits until it has read a change of the knowledge and refused it.
    pub async fn refuses_knowledge(&mut self) {
        while !matches!(self.outcomes.recv().await.expect("an outcome"), Reload::Refused(_)) {}
    }

    /// Has it take over what has changed in its knowledge by now.
    pub fn reloads(&self) {
        let outcome = self.live.reload();
        assert!(!matches!(outcome, Reload::Refused(_)), "{outcome:?}");
    }

    /// Tells it to stop and waits for its end.
    pub async fn stops(self) -> Result<(), Failure> {
        let _ = self.stop.send(());
        self.task.await.expect("it did not panic")
    }

    /// Tells it to stop and waits until it begins nothing new; what is returned waits for its end.
    pub async fn stopping(self) -> JoinHandle<Result<(), Failure>> {
        let _ = self.stop.send(());
        // It runs on this thread, on which it goes on with stopping before anybody else has a turn.
        self.noticed.await.expect("it runs");
        self.task
    }

    /// Waits until it ends by itself.
    pub async fn ended(self) -> Result<(), Failure> {
        self.task.await.expect("it did not panic")
    }
}
