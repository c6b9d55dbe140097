//! Commands that are refused, and those that stay as they were.

use serde_json::{Value, json};

use super::super::fake::Discord;
use super::bot::http;

fn command(change: &Value) -> Value {
    let mut command = json!({ "name": "ask", "description": "Asks." });
    for (key, value) in change.as_object().expect("fields") {
        command[key] = value.clone();
    }
    command
}

fn text(name: &str) -> Value {
    json!({ "type": 3, "name": name, "description": "Some text." })
}

#[tokio::test]
async fn definitions() {
    let translated = json!({ "de": "x".repeat(101) });
    let large: Vec<Value> = (0..25)
        .map(|index| {
            let choice = |of: u8| json!({ "name": format!("{of}{}", "x".repeat(80)), "value": "x" });
            json!({ "type": 3, "name": format!("o{index}"), "description": "x", "choices": [choice(0), choice(1), choice(2), choice(3)] })
        })
        .collect();
    let discord = Discord::start();
    for (commands, expected) in [
        (json!([command(&json!({ "options": [text("question")] }))]), ""),
        (json!([command(&json!({ "name": "Ask" }))]), "50035: Invalid Form Body; [0].name: Command name is invalid"),
        (json!([command(&json!({ "name": "ask me" }))]), "50035: Invalid Form Body; [0].name: Command name is invalid"),
        (
            json!([command(&json!({ "name": "x".repeat(33) }))]),
            "50035: Invalid Form Body; [0].name: Must be between 1 and 32 in length.",
        ),
        (
            json!([command(&json!({ "description": "" }))]),
            "50035: Invalid Form Body; [0].description: This field is required",
        ),
        (
            json!([command(&json!({ "description": "x".repeat(101) }))]),
            "50035: Invalid Form Body; [0].description: Must be between 1 and 100 in length.",
        ),
        (
            json!([command(&json!({ "description_localizations": translated }))]),
            "50035: Invalid Form Body; [0].description_localizations.de: Must be between 1 and 100 in length.",
        ),
        (
            json!([command(&json!({ "description_localizations": { "tlh": "x" } }))]),
            "50035: Invalid Form Body; [0].description_localizations.tlh: Locale \"tlh\" is not one of Discord's.",
        ),
        (
            json!([command(&json!({})), command(&json!({}))]),
            "50035: Invalid Form Body; [1]: Application command names must be unique",
        ),
        (
            json!([command(
                &json!({ "options": (0..26).map(|index| text(&format!("o{index}"))).collect::<Vec<_>>() })
            )]),
            "50035: Invalid Form Body; [0].options: Must be 25 or fewer in length.",
        ),
        (
            json!([command(&json!({ "options": [text("same"), text("same")] }))]),
            "50035: Invalid Form Body; [0].options[1].name: Option names must be unique",
        ),
        (
            json!([command(
                &json!({ "options": [text("a"), { "type": 3, "name": "b", "description": "x", "required": true }] })
            )]),
            "50035: Invalid Form Body; [0].options[1]: Required options must be placed before non-required options",
        ),
        (
            json!([command(
                &json!({ "options": [{ "type": 3, "name": "b", "description": "x", "max_length": 6_001 }] })
            )]),
            "50035: Invalid Form Body; [0].options[0].max_length: int value should be less than or equal to 6000.",
        ),
        (
            json!([command(&json!({ "options": large }))]),
            "50035: Invalid Form Body; [0]: Command exceeds maximum size (8000): 8298",
        ),
        (
            json!([{ "type": 3, "name": "Add this", "description": "x" }]),
            "50035: Invalid Form Body; [0].description: Context menu commands cannot have this field",
        ),
        (json!([{ "type": 3, "name": "Add this" }]), ""),
    ] {
        let set = http(&discord).create_global_commands(&commands).await;
        let told = if set.is_ok() { None } else { discord.take_refusal() };
        assert_eq!(told.map(|refusal| refusal.to_string()).unwrap_or_default(), expected, "{commands}");
    }
}

#[tokio::test]
async fn what_did_not_change_keeps_its_version() {
    let discord = Discord::start();
    let http = http(&discord);
    let one = json!([command(&json!({})), command(&json!({ "name": "about" }))]);
    let other = json!([command(&json!({})), command(&json!({ "name": "about", "description": "New." }))]);
    http.create_global_commands(&one).await.expect("two commands");
    let before = discord.commands(None);
    http.create_global_commands(&other).await.expect("two commands");
    let after = discord.commands(None);
    assert_eq!(before[0], after[0]);
    assert_ne!(before[1].0, after[1].0);
}

#[tokio::test]
async fn members_are_offered_what_they_may_use() {
    let discord = Discord::start();
    let commands = json!([
        command(&json!({ "name": "ask" })),
        command(&json!({ "name": "kb", "default_member_permissions": "32", "contexts": [0] })),
    ]);
    http(&discord).create_global_commands(&commands).await.expect("two commands");
    let here = json!([command(&json!({ "name": "here" }))]);
    http(&discord).create_guild_commands(discord.server_id().into(), &here).await.expect("a command");
    let (ada, grace) = (discord.member("ada"), discord.moderator("grace"));
    let elsewhere = ada.at(&discord.another_server("Elsewhere"));
    for (member, offered) in [
        (&ada, [true, false, true]),
        (&grace, [true, true, true]),
        (&grace.in_private(), [true, false, false]),
        (&elsewhere, [true, false, false]),
    ] {
        assert_eq!(["/ask", "/kb", "/here"].map(|command| member.is_offered(command)), offered, "{member:?}");
    }
}
