//! Selects of several options, of roles and of channels: what can be chosen, what the bot is told of it, and what of
//! them is refused.

use serde_json::{Value, json};

use super::super::fake::{Discord, Reply, Setup};
use super::bot::{Bot, http};
use super::refusals::{check, option, row, rows, select};

/// What a member sees of a message of the bot with these selects, a row each.
async fn sees(discord: &Discord, name: &str, selects: &[Value]) -> Reply {
    let rows: Vec<Value> = selects.iter().map(|select| json!({ "type": 1, "components": [select] })).collect();
    let asked = discord.member(name).says("?");
    let body = json!({ "content": "x", "components": rows });
    http(discord).send_message(discord.channel("general").id().into(), Vec::new(), &body).await.expect("a message");
    asked.reply().await
}

fn several() -> Value {
    let option = |label: &str| json!({ "label": label, "value": label.to_lowercase(), "default": label == "One" });
    let options = ["One", "Two", "Three"].map(option);
    json!({ "type": 3, "custom_id": "several", "options": options, "min_values": 1, "max_values": 2 })
}

fn of_channels() -> Value {
    json!({ "type": 8, "custom_id": "channels", "channel_types": [0, 5] })
}

/// The bot that answers whatever is chosen.
async fn start() -> (Discord, Bot) {
    let discord = Discord::start_with(Setup { probe: ("/ping", &[]), ..Setup::default() });
    let bot = Bot::start(&discord).await;
    (discord, bot)
}

#[tokio::test]
async fn are_answered() {
    let (discord, _bot) = start().await;
    let staff = discord.channel("staff");
    let of_roles = json!({ "type": 6, "custom_id": "roles", "placeholder": "Who" });
    let reply = sees(&discord, "ada", &[several(), of_roles, of_channels()]).await;
    let ada = discord.member("ada");
    let role = discord.gives_role(&ada, "editors");
    insta::assert_snapshot!(reply.text(), @r"
    Needle:
      x
      (Make a selection ▾ 1 to 2 of: ✓ One · Two · Three)
      (Who ▾ roles)
      (Make a selection ▾ channels)
    ");
    reply.selects_all(&["Two", "Three"]).await.shows("Picked two three.");
    reply.selects_role(role).await.shows("Picked editors.");
    reply.selects_role(discord.server_id()).await.shows("Picked @everyone.");
    reply.selects_channel(&staff).await.shows("Picked staff.");
    discord.nothing_further().await;
}

#[tokio::test]
#[should_panic(expected = "1 to 2 may be chosen, not 3")]
async fn no_more_than_may_be_chosen() {
    let (discord, _bot) = start().await;
    sees(&discord, "ada", &[several()]).await.selects_all(&["One", "Two", "Three"]).await;
}

#[tokio::test]
#[should_panic(expected = "there is no role 7")]
async fn no_role_that_there_is_not() {
    let (discord, _bot) = start().await;
    sees(&discord, "ada", &[json!({ "type": 6, "custom_id": "roles" })]).await.selects_role(7).await;
}

#[tokio::test]
#[should_panic(expected = "#help is of a type that is not offered")]
async fn no_channel_of_another_type() {
    let (discord, _bot) = start().await;
    let forum = discord.channel("general").forum("help");
    sees(&discord, "ada", &[of_channels()]).await.selects_channel(&forum).await;
}

#[tokio::test]
#[should_panic(expected = "#general is in another server")]
async fn no_channel_of_another_server() {
    let (discord, _bot) = start().await;
    let elsewhere = discord.another_server("elsewhere");
    sees(&discord, "ada", &[of_channels()]).await.selects_channel(&elsewhere).await;
}

#[tokio::test]
#[should_panic(expected = "there is no select of channels")]
async fn nothing_that_is_not_shown() {
    let (discord, _bot) = start().await;
    let general = discord.channel("general");
    sees(&discord, "ada", &[several()]).await.selects_channel(&general).await;
}

#[tokio::test]
async fn of_several_that_are_refused() {
    let two = [option("x", "x"), option("y", "y")];
    let several = |least: u64, most: u64| {
        rows(&[row(&[json!({ "type": 3, "custom_id": "s", "options": two, "min_values": least, "max_values": most })])])
    };
    let marked = json!([
        { "label": "x", "value": "x", "default": true },
        { "label": "y", "value": "y", "default": true },
    ]);
    check(vec![
        (several(0, 2), ""),
        (
            several(1, 3),
            "50035: Invalid Form Body; components[0].components[0].max_values: max_values cannot be larger than the \
             number of options",
        ),
        (
            several(2, 1),
            "50035: Invalid Form Body; components[0].components[0].min_values: min_values cannot be larger than \
             max_values",
        ),
        (
            select(marked.as_array().unwrap()),
            "50035: Invalid Form Body; components[0].components[0].options: More options are selected than max_values \
             allows",
        ),
    ])
    .await;
}

#[tokio::test]
async fn of_roles_and_channels_that_are_refused() {
    let one = |part: Value| rows(&[row(&[part])]);
    let roles = |defaults: Value| one(json!({ "type": 6, "custom_id": "s", "default_values": defaults }));
    let channels = |types: Value| one(json!({ "type": 8, "custom_id": "s", "channel_types": types }));
    check(vec![
        (roles(json!([])), ""),
        (roles(json!([{ "id": "7", "type": "role" }])), ""),
        (
            roles(json!([{ "id": "7", "type": "channel" }])),
            "50035: Invalid Form Body; components[0].components[0].default_values[0].type: Value must be one of \
             [\"role\"].",
        ),
        (
            roles(json!([{ "id": "x", "type": "role" }])),
            "50035: Invalid Form Body; components[0].components[0].default_values[0].id: Value is not snowflake.",
        ),
        (
            roles(json!([{ "id": "7", "type": "role" }, { "id": "8", "type": "role" }])),
            "50035: Invalid Form Body; components[0].components[0].default_values: The number of default values must \
             be in the range of min_values and max_values",
        ),
        (channels(json!([0, 5])), ""),
        (
            channels(json!([0, 6])),
            "50035: Invalid Form Body; components[0].components[0].channel_types[1]: Value 6 is no type of channel.",
        ),
    ])
    .await;
}
