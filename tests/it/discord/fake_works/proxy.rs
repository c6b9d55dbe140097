//! The way of a process with its rate limiter on.

use std::env;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serenity::all::{Client, GatewayIntents};

use super::super::fake::Fault;
use super::bot::Handler;
use super::start;

/// The name of the test below that is run as a process.
const PROCESS: &str = "discord::fake_works::proxy::a_bot_that_knows_nothing_of_tests";

#[test]
#[ignore = "run by the other test, as a process of its own"]
fn a_bot_that_knows_nothing_of_tests() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let token = env::var("DISCORD_TOKEN").expect("a token");
        let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES;
        let mut client = Client::builder(token, intents).event_handler(Handler).await.expect("a client");
        client.start().await.expect("a bot that runs until it is ended");
    });
}

#[tokio::test]
async fn limits_are_kept_by_a_process_behind_the_proxy() {
    let discord = start();
    let proxy = discord.proxy();
    discord.limits("POST /channels/*/messages", 2, Duration::from_millis(700));
    let process = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", PROCESS, "--ignored"])
        .envs(proxy.environment())
        .env("DISCORD_TOKEN", discord.token())
        .stdout(Stdio::null())
        .spawn()
        .expect("a process");
    let _process = Process(process);
    discord.connected().await;
    discord.offers("/form").await;
    let ada = discord.member("ada");
    let asked: Vec<_> = (0..4).map(|number| ada.asks_without_waiting(&number.to_string())).collect();
    for question in asked {
        question.reply().await.shows("You said");
    }
    discord.fails(
        "POST /channels/*/messages",
        Fault::TooMany { after: Duration::from_millis(200), is_global: true },
        1,
    );
    ada.asks("again").await.shows("again");
    discord.nothing_further().await;
}

/// A process that ends with the test.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
