//! Members using commands: what their client lets them send, and what it offers while they type.

use serde_json::{Value, json};

use super::super::form::{is_absent, items, length};
use super::super::state::{Answer, Command, Id, State, What};
use super::super::wire;
use super::{Member, OnMessage, Pending, Reply};

/// The kind of a command in the menu of a message.
const MESSAGE: u64 = 3;

/// What autocompletion offers.
pub struct Choices {
    by: Member,
    command: String,
    option: String,
    offered: Vec<Value>,
}

impl Member {
    /// Uses a command, like `/ask`, and waits for the answer.
    pub async fn uses<'a>(&self, command: &str, options: impl IntoIterator<Item = (&'a str, &'a str)>) -> Reply {
        self.uses_without_waiting(command, options).reply().await
    }

    /// Uses a command as [`uses`](Self::uses) does.
    pub fn uses_without_waiting<'a>(
        &self,
        command: &str,
        options: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Pending {
        let given: Vec<(&str, &str)> = options.into_iter().collect();
        self.uses_command(command, &given, false)
    }

    /// Uses a command of a message's menu and waits for the answer.
    pub async fn uses_on(&self, command: &str, message: &impl OnMessage) -> Reply {
        self.uses_on_without_waiting(command, message).reply().await
    }

    /// Uses a command of a message's menu as [`uses_on`](Self::uses_on) does.
    pub fn uses_on_without_waiting(&self, command: &str, message: &impl OnMessage) -> Pending {
        let target = message.id();
        let data = self.server.with(|state| {
            let found = self.find_command(state, command, MESSAGE);
            let mut messages = serde_json::Map::new();
            messages.insert(target.to_string(), wire::message(state, target));
            json!({
                "id": wire::id(found.id), "name": command, "type": MESSAGE, "target_id": wire::id(target),
                "resolved": { "messages": messages },
            })
        });
        self.interacts(2, command, &data, None, false)
    }

    /// Types into an option of a command and waits for what the bot offers.
    pub async fn types(&self, command: &str, option: &str, text: &str) -> Choices {
        let interaction = self.types_without_waiting(command, option, text).interaction;
        let is_own =
            |_: &State, what: &What| matches!(what, What::Answered { interaction: of, .. } if *of == interaction);
        let what = format!("choices for {option} of {command}");
        match self.server.take(&what, is_own).await {
            What::Answered { answer: Answer::Choices(choices), .. } => {
                Choices { by: self.clone(), command: command.into(), option: option.into(), offered: choices }
            }
            other => panic!("{other:?} are no choices"),
        }
    }

    /// Types into an option as [`types`](Self::types) does.
    pub fn types_without_waiting(&self, command: &str, option: &str, text: &str) -> Pending {
        let data = self.server.with(|state| {
            let found = self.find_command(state, command, 1);
            let (path, leaf) = leaf(&found.definition, command);
            let definition = items(&leaf["options"]).iter().find(|own| own["name"] == option);
            let definition = definition.unwrap_or_else(|| panic!("{command} has no option {option}"));
            assert!(definition["autocomplete"] == true, "{command} offers nothing while {option} is typed");
            let typed = json!([{ "name": option, "type": definition["type"], "value": text, "focused": true }]);
            command_data(found, &path, &typed)
        });
        self.interacts(4, &format!("typing of {command}"), &data, None, false)
    }

    /// Whether the command is offered to them where they are.
    pub fn is_offered(&self, command: &str) -> bool {
        self.server.with(|state| {
            let name = command.trim_start_matches('/').split(' ').next().unwrap_or_default();
            state.commands.iter().any(|known| known.definition["name"] == name && self.sees_command(state, known))
        })
    }

    pub(in super::super) fn uses_command(&self, command: &str, given: &[(&str, &str)], is_probe: bool) -> Pending {
        let data = self.server.with(|state| {
            let found = self.find_command(state, command, 1);
            let (path, leaf) = leaf(&found.definition, command);
            let known = items(&leaf["options"]);
            for (name, _) in given {
                assert!(known.iter().any(|option| option["name"] == *name), "{command} has no option {name}");
            }
            let values = known.iter().filter_map(|option| {
                let text = given.iter().find(|(name, _)| option["name"] == *name).map(|(_, text)| *text);
                assert!(option["required"] != true || text.is_some(), "{command} needs {}", option["name"]);
                Some(json!({ "name": option["name"], "type": option["type"], "value": value(option, text?) }))
            });
            command_data(found, &path, &json!(values.collect::<Vec<_>>()))
        });
        let command = format!("/{}", command.trim_start_matches('/'));
        self.interacts(2, &command, &data, None, is_probe)
    }

    fn find_command<'a>(&self, state: &'a State, command: &str, kind: u64) -> &'a Command {
        let name = if kind == 1 { command.trim_start_matches('/').split(' ').next() } else { Some(command) };
        let is_named = |known: &&Command| {
            known.definition["name"].as_str() == name && known.definition["type"].as_u64().unwrap_or(1) == kind
        };
        let found = state.commands.iter().filter(is_named).find(|known| self.sees_command(state, known));
        found.unwrap_or_else(|| {
            let names: Vec<_> = state.commands.iter().map(|command| command.definition["name"].to_string()).collect();
            panic!("{} is offered no {command}; registered are {names:?}", state.name(self.id))
        })
    }

    fn sees_command(&self, state: &State, command: &Command) -> bool {
        let Command { guild: of, definition, .. } = command;
        let here = state.channels[&self.channel].guild;
        let context = wire::context(state, self.channel);
        let contexts = &definition["contexts"];
        let fits = if is_absent(contexts) {
            here.is_some() || definition["dm_permission"] != false
        } else {
            items(contexts).iter().any(|known| known.as_u64() == Some(context))
        };
        let installed = |kind: u64| match items(&definition["integration_types"]) {
            [] => kind == 0,
            kinds => kinds.iter().any(|known| known.as_u64() == Some(kind)),
        };
        let by_user = installed(1) && of.is_none() && state.users[&self.id].has_app;
        let fits = fits && (state.has_bot(self.channel) && installed(0) || by_user);
        let needed = definition["default_member_permissions"].as_str().and_then(|bits| bits.parse().ok());
        let needed = serenity::all::Permissions::from_bits_truncate(needed.unwrap_or(0));
        let own = state.permissions(self.id, self.channel);
        fits && (of.is_none() || *of == here)
            && own.use_application_commands()
            && (own.contains(needed) || state.faults.shows_every_command)
    }
}

/// The path of a command from its name to the subcommand, and the definition whose options count.
fn leaf<'a>(definition: &'a Value, command: &str) -> (Vec<String>, &'a Value) {
    let path: Vec<String> = command.trim_start_matches('/').split(' ').map(str::to_owned).collect();
    let mut leaf = definition;
    for step in &path[1..] {
        let below = items(&leaf["options"]).iter().find(|option| option["name"] == *step);
        leaf = below.unwrap_or_else(|| panic!("there is no {command}"));
    }
    (path, leaf)
}

/// The data of a command, its options wrapped into the subcommands on the way.
fn command_data(command: &Command, path: &[String], options: &Value) -> Value {
    let mut options = options.clone();
    for (depth, step) in path.iter().enumerate().skip(1).rev() {
        let kind = if path.len() - depth == 1 { 1 } else { 2 };
        options = json!([{ "name": step, "type": kind, "options": options }]);
    }
    let mut data = json!({ "id": wire::id(command.id), "name": path[0], "type": 1, "options": options });
    if let Some(guild) = command.guild {
        data["guild_id"] = wire::id(guild);
    }
    data
}

/// What a member typed, as the option's type has it.
fn value(option: &Value, text: &str) -> Value {
    let name = &option["name"];
    let choices = items(&option["choices"]);
    if !choices.is_empty() {
        let chosen = choices.iter().find(|choice| choice["name"] == text || choice["value"] == text);
        return chosen.unwrap_or_else(|| panic!("{name} cannot be {text:?}"))["value"].clone();
    }
    match option["type"].as_u64() {
        Some(3) => {
            let bound = |key: &str, without: usize| {
                option[key].as_u64().and_then(|bound| usize::try_from(bound).ok()).unwrap_or(without)
            };
            let fits = (bound("min_length", 0)..=bound("max_length", 6_000)).contains(&length(text));
            assert!(fits, "a member cannot send {} UTF-16 units as {name}", length(text));
            json!(text)
        }
        Some(5) => json!(text == "true"),
        Some(4 | 10) => serde_json::from_str(text).unwrap_or_else(|_| panic!("{name} cannot be {text:?}")),
        _ => json!(text.parse::<Id>().map_or_else(|_| text.to_owned(), |id| id.to_string())),
    }
}

impl Choices {
    /// What is offered, a line each.
    pub fn text(&self) -> String {
        self.names().join("\n")
    }

    /// The names that are offered, in order.
    pub fn names(&self) -> Vec<String> {
        self.offered.iter().map(|choice| choice["name"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Asserts what is offered, in order.
    #[track_caller]
    pub fn shows(&self, names: &[&str]) -> &Self {
        assert_eq!(self.names(), names);
        self
    }

    /// Picks one of those offered, sends the command with it and waits for the answer.
    pub async fn picks(&self, name: &str) -> Reply {
        let choice = self.offered.iter().find(|choice| choice["name"] == name);
        let choice = choice.unwrap_or_else(|| panic!("{name:?} is not offered, only\n{}", self.text()));
        let value = &choice["value"];
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.by.uses(&self.command, [(&*self.option, &*value)]).await
    }
}
