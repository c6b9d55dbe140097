//! What the picture of replies in the README shows: what the program says today about the knowledge that ships.
//!
//! After a change of what it shows, `docs/picture/paint` paints it again.

use std::fs;
use std::path::Path;

use needle::config::{Config, Sources};
use serde_json::{Value, json};

use super::fake::Discord;
use super::process::{Process, to};

/// What is asked, and a word that the reply must have for the picture to show all kinds of them.
const ASKED: [(&str, &str); 4] = [
    ("how depe do the nedles go?", "Last reviewed"),
    ("when can i do things again?", "Did you mean one of these?"),
    ("my cheek is hot and pus comes out", "This may need a doctor today"),
    ("who won the match last night?", "I don't know that one."),
];

#[tokio::test]
async fn shows_what_is_said() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let thresholds = Config::load(&Sources { local_file: root.join("nowhere"), environment: Vec::new() }).unwrap();
    let thresholds = thresholds.answer.policy().addressed;
    let discord = Discord::start();
    let mut variables = to(&discord);
    variables.push(("NEEDLE__ANSWER__ADDRESSED__ANSWER", thresholds.answer.to_string()));
    variables.push(("NEEDLE__ANSWER__ADDRESSED__SUGGEST", thresholds.suggest.to_string()));
    let knowledge = root.join("knowledge");
    let process = Process::start(&["run", "--knowledge", knowledge.to_str().unwrap()], &variables);
    discord.connected().await;
    discord.offers("/ask").await;

    let mut said = Vec::new();
    for (question, tells) in ASKED {
        let reply = discord.member("ada").asks(question).await;
        reply.shows(tells);
        let mut reply = reply.json();
        let [embeds, components] = ["embeds", "components"].map(|key| reply[key].take());
        said.push(json!({ "question": question, "embeds": embeds, "components": without_ids(components) }));
    }
    discord.nothing_further().await;
    process.terminate();
    let ended = process.ended().await;
    assert_eq!(ended.code, Some(0), "{}", ended.err);

    let path = root.join("docs/picture/replies.json");
    let said = format!("{:#}\n", json!(said));
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        fs::write(&path, &said).unwrap();
    }
    let painted = fs::read_to_string(&path).unwrap_or_default();
    assert!(painted == said, "docs/replies.png is out of date: run docs/picture/paint");
}

/// Components without what nobody sees: the ids and values of buttons and options.
fn without_ids(mut components: Value) -> Value {
    match &mut components {
        Value::Object(fields) => {
            fields.retain(|name, _| !["custom_id", "value", "id"].contains(&name.as_str()));
            fields.values_mut().for_each(|value| *value = without_ids(value.take()));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| *value = without_ids(value.take())),
        _ => {}
    }
    components
}
