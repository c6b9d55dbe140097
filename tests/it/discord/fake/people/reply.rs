//! What the bot answered, as the one who caused it sees it.

use serde_json::{Value, json};

use super::super::form::{is_absent, items, length};
use super::super::state::{Id, What};
use super::super::{render, wire};
use super::{Member, Pending};

/// A message of the bot, a form, or the place where a message was.
#[derive(Clone)]
pub struct Reply {
    pub(super) by: Member,
    what: Shown,
}

#[derive(Clone)]
enum Shown {
    Message(Id),
    Modal { interaction: Id, modal: Value },
    Gone,
}

impl Reply {
    pub(in super::super) fn message(by: &Member, id: Id) -> Self {
        Self { by: by.clone(), what: Shown::Message(id) }
    }

    pub(super) fn modal(by: &Member, interaction: Id, modal: Value) -> Self {
        Self { by: by.clone(), what: Shown::Modal { interaction, modal } }
    }

    pub(super) fn gone(by: &Member) -> Self {
        Self { by: by.clone(), what: Shown::Gone }
    }

    pub(super) fn message_id(&self) -> Id {
        match self.what {
            Shown::Message(id) => id,
            Shown::Modal { .. } | Shown::Gone => panic!("this is no message: {}", self.text()),
        }
    }

    /// What is shown, as it is now.
    pub fn text(&self) -> String {
        self.by.server.with(|state| match &self.what {
            Shown::Message(id) if state.message(*id).is_none() => "(deleted)".into(),
            Shown::Message(id) => render::message(state, *id, Some(self.by.id)),
            Shown::Modal { modal, .. } => render::modal(modal),
            Shown::Gone => "(deleted)".into(),
        })
    }

    /// Asserts that a text is shown.
    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        let shown = self.text();
        assert!(shown.contains(text), "{text:?} is not shown:\n{shown}");
        self
    }

    /// Asserts that a text is not shown.
    #[track_caller]
    pub fn lacks(&self, text: &str) -> &Self {
        let shown = self.text();
        assert!(!shown.contains(text), "{text:?} is shown:\n{shown}");
        self
    }

    /// Asserts that only the one who caused it sees this.
    #[track_caller]
    pub fn is_private(&self) -> &Self {
        assert!(self.only_for() == Some(self.by.id), "everybody sees this:\n{}", self.text());
        self
    }

    /// Asserts that everybody sees this.
    #[track_caller]
    pub fn is_public(&self) -> &Self {
        assert!(self.only_for().is_none(), "not everybody sees this:\n{}", self.text());
        self
    }

    fn only_for(&self) -> Option<Id> {
        let id = self.message_id();
        self.by.server.with(|state| state.messages[&id].only_for)
    }

    /// Asserts that the message is deleted.
    #[track_caller]
    pub fn is_gone(&self) {
        assert!(self.text() == "(deleted)", "this is still there:\n{}", self.text());
    }

    /// Waits until the bot deletes the message.
    pub async fn disappears(&self) {
        let id = self.message_id();
        let what = format!("the end of:\n{}", self.text());
        let is_own = |_: &_, what: &What| matches!(what, What::Deleted { message, .. } if *message == id);
        self.by.server.take(&what, is_own).await;
    }

    /// Waits until the bot edits the message without having been asked by an interaction.
    pub async fn changes(&self) -> &Self {
        let id = self.message_id();
        let what = format!("a change of:\n{}", self.text());
        let is_own = |_: &_, what: &What| matches!(what, What::Edited { message, .. } if *message == id);
        self.by.server.take(&what, is_own).await;
        self
    }

    /// Clicks the button with this label and waits for what comes of it.
    pub async fn clicks(&self, label: &str) -> Self {
        self.by.clicks(self, label).await
    }

    /// Fills in a form, label by label, and sends it; inputs not named keep what stands in them.
    pub async fn fills<'a>(&self, answers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        self.fills_without_waiting(answers).reply().await
    }

    /// Sends a form as [`fills`](Self::fills) does.
    pub fn fills_without_waiting<'a>(&self, answers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Pending {
        let Shown::Modal { interaction, modal } = &self.what else { panic!("this is no form:\n{}", self.text()) };
        let mut modal = modal.clone();
        let mut inputs: Vec<&mut Value> = modal["components"]
            .as_array_mut()
            .into_iter()
            .flatten()
            .flat_map(|row| row["components"].as_array_mut().into_iter().flatten())
            .collect();
        for (label, answer) in answers {
            let input = inputs.iter_mut().find(|input| input["label"] == label);
            let input = input.unwrap_or_else(|| panic!("the form has no {label:?}:\n{}", self.text()));
            input["value"] = json!(answer);
        }
        let rows: Vec<Value> = inputs.iter().map(|input| row(input)).collect();
        let data = json!({ "custom_id": modal["custom_id"], "components": rows });
        let message = self.by.server.with(|state| state.interactions[interaction].message);
        let title = modal["title"].as_str().unwrap_or_default();
        self.by.interacts_after(Some(*interaction), 5, &format!("form “{title}”"), &data, message, false)
    }
}

/// An input as it is sent, in a row of its own.
fn row(input: &Value) -> Value {
    let value = input["value"].as_str().unwrap_or_default();
    let bound = |key: &str| input[key].as_u64().and_then(|bound| usize::try_from(bound).ok());
    let label = &input["label"];
    assert!(!value.is_empty() || input["required"] == false, "a member cannot send this form without {label}");
    assert!(length(value) <= bound("max_length").unwrap_or(4_000), "a member cannot write that much into {label}");
    let is_short = length(value) < bound("min_length").unwrap_or(0) && !value.is_empty();
    assert!(!is_short, "a member cannot send that little in {label}");
    json!({ "type": 1, "components": [{ "type": 4, "custom_id": input["custom_id"], "value": value }] })
}

impl Member {
    /// Clicks a button of a message, also of somebody else's, and waits for what comes of it.
    pub async fn clicks(&self, reply: &Reply, label: &str) -> Reply {
        self.clicks_without_waiting(reply, label).reply().await
    }

    /// Clicks a button as [`clicks`](Self::clicks) does.
    pub fn clicks_without_waiting(&self, reply: &Reply, label: &str) -> Pending {
        let button = self.component(reply, |component| component["type"] == 2 && render::label(component) == label);
        let button = button.unwrap_or_else(|| panic!("there is no button {label:?}:\n{}", reply.text()));
        assert!(is_absent(&button["url"]), "the button {label:?} is a link");
        let data = json!({ "id": 1, "custom_id": button["custom_id"], "component_type": 2 });
        self.interacts(3, &format!("[{label}]"), &data, Some(reply.message_id()), false)
    }

    /// Sends a component interaction that no button of the message has: forged, or from an older version.
    pub fn forges(&self, reply: &Reply, custom_id: &str) -> Pending {
        let data = json!({ "id": 1, "custom_id": custom_id, "component_type": 2 });
        self.interacts(3, "[forged]", &data, Some(reply.message_id()), false)
    }

    /// The first component of a message that `fits`, once it is seen that this member can use it.
    pub(super) fn component(&self, reply: &Reply, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        let id = reply.message_id();
        self.server.with(|state| {
            let message = state.message(id)?;
            let name = state.name(self.id);
            assert!(message.only_for.is_none_or(|only| only == self.id), "{name} does not see this message");
            let all = message.components.iter().flat_map(|row| items(&row["components"]));
            let found = all.into_iter().find(|component| fits(component)).cloned()?;
            assert!(found["disabled"] != true, "{} is disabled", render::label(&found));
            Some(found)
        })
    }
}

impl Reply {
    /// The `custom_id`s of the message's components, in order: for tests that forge or keep them.
    pub fn custom_ids(&self) -> Vec<String> {
        let id = self.message_id();
        self.by.server.with(|state| {
            let parts = state.messages[&id].components.iter().flat_map(|row| items(&row["components"]));
            parts.filter_map(|part| part["custom_id"].as_str()).map(str::to_owned).collect()
        })
    }

    /// The message as it goes over the wire.
    pub fn json(&self) -> Value {
        let id = self.message_id();
        self.by.server.with(|state| wire::message(state, id))
    }
}
