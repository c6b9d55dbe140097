//! Selects: what members choose in them, of what Discord offers there.

use serde_json::{Value, json};

use super::super::form::items;
use super::super::places::Place;
use super::super::state::{Id, State};
use super::super::strict::{CHANNEL_SELECT, ROLE_SELECT, counts};
use super::super::wire;
use super::{Member, Pending, Reply};

const STRING_SELECT: u64 = 3;

impl Member {
    /// Chooses an option of a message's select and waits for what comes of it.
    pub async fn selects(&self, reply: &Reply, label: &str) -> Reply {
        self.selects_without_waiting(reply, label).reply().await
    }

    /// Chooses an option as [`selects`](Self::selects) does.
    pub fn selects_without_waiting(&self, reply: &Reply, label: &str) -> Pending {
        self.selects_all_without_waiting(reply, &[label])
    }

    /// Chooses just these options of a message's select and waits for what comes of it.
    pub async fn selects_all(&self, reply: &Reply, labels: &[&str]) -> Reply {
        self.selects_all_without_waiting(reply, labels).reply().await
    }

    fn selects_all_without_waiting(&self, reply: &Reply, labels: &[&str]) -> Pending {
        let named = |select: &Value, label: &str| {
            let option = items(&select["options"]).iter().find(|option| option["label"] == label)?;
            Some(option["value"].clone())
        };
        let has =
            |part: &Value| part["type"] == STRING_SELECT && labels.iter().all(|label| named(part, label).is_some());
        let select = self.component(reply, has);
        let select = select.unwrap_or_else(|| panic!("there is no option {}:\n{}", labels.join(", "), reply.text()));
        let values: Vec<Value> = labels.iter().filter_map(|label| named(&select, label)).collect();
        self.sends(reply, &select, &values, &format!("({})", labels.join(", ")), None)
    }

    /// Chooses a role, or everybody's by the server's id, in a message's select of roles and waits for what comes of
    /// it.
    pub async fn selects_role(&self, reply: &Reply, role: Id) -> Reply {
        self.selects_role_without_waiting(reply, role).reply().await
    }

    /// Chooses a role as [`selects_role`](Self::selects_role) does.
    pub fn selects_role_without_waiting(&self, reply: &Reply, role: Id) -> Pending {
        self.selects_role_where(reply, role, |_| true)
    }

    fn selects_role_where(&self, reply: &Reply, role: Id, is_it: impl Fn(&Value) -> bool) -> Pending {
        let select = self.component(reply, |part| part["type"] == ROLE_SELECT && is_it(part));
        let select = select.unwrap_or_else(|| panic!("there is no such select of roles:\n{}", reply.text()));
        let (name, told) = self.server.with(|state| {
            let guild = self.guild(state);
            let known = state.guilds[&guild].roles.get(&role).unwrap_or_else(|| panic!("there is no role {role}"));
            let told = wire::roles(state, guild).into_iter().find(|told| told["id"] == wire::id(role));
            (known.name.clone(), told)
        });
        let resolved = json!({ "roles": { role.to_string(): told } });
        self.sends(reply, &select, &[wire::id(role)], &format!("(@{})", name.trim_start_matches('@')), Some(resolved))
    }

    /// Chooses a channel in a message's select of channels and waits for what comes of it.
    pub async fn selects_channel(&self, reply: &Reply, channel: &Place) -> Reply {
        let select = self.component(reply, |part| part["type"] == CHANNEL_SELECT);
        let select = select.unwrap_or_else(|| panic!("there is no select of channels:\n{}", reply.text()));
        let id = channel.id();
        let (name, told) = self.server.with(|state| {
            let channel = &state.channels[&id];
            assert!(channel.guild == Some(self.guild(state)), "#{} is in another server", channel.name);
            let kinds = items(&select["channel_types"]);
            let is_offered = kinds.is_empty() || kinds.iter().any(|kind| *kind == channel.kind);
            assert!(is_offered, "#{} is of a type that is not offered", channel.name);
            let own = state.permissions(self.id, id);
            assert!(own.view_channel(), "{} does not see #{}", state.name(self.id), channel.name);
            (channel.name.clone(), wire::partial_channel(state, id, self.id))
        });
        let resolved = json!({ "channels": { id.to_string(): told } });
        self.sends(reply, &select, &[wire::id(id)], &format!("(#{name})"), Some(resolved)).reply().await
    }

    fn guild(&self, state: &State) -> Id {
        state.channels[&self.channel].guild.expect("a channel of a server")
    }

    /// Sends what was chosen, with what Discord tells of it.
    fn sends(&self, on: &Reply, select: &Value, values: &[Value], shown: &str, resolved: Option<Value>) -> Pending {
        let counts = counts(select);
        assert!(counts.contains(&values.len()), "{} may be chosen, not {}", show(&counts), values.len());
        let kind = &select["type"];
        let mut data = json!({ "id": 1, "custom_id": select["custom_id"], "component_type": kind, "values": values });
        if let Some(resolved) = resolved {
            data["resolved"] = resolved;
        }
        self.interacts(3, shown, &data, Some(on.message_id()), false)
    }
}

fn show(counts: &std::ops::RangeInclusive<usize>) -> String {
    format!("{} to {}", counts.start(), counts.end())
}

impl Reply {
    /// Chooses the option with this label in the only select and waits for what comes of it.
    pub async fn selects(&self, label: &str) -> Self {
        self.by.selects(self, label).await
    }

    /// Chooses just these options in the only select and waits for what comes of it.
    pub async fn selects_all(&self, labels: &[&str]) -> Self {
        self.by.selects_all(self, labels).await
    }

    /// Chooses a role in the select that says `placeholder` and waits for what comes of it.
    pub async fn selects_role_as(&self, placeholder: &str, role: Id) -> Self {
        self.by.selects_role_where(self, role, |select| select["placeholder"] == placeholder).reply().await
    }

    /// Chooses a role in the only select and waits for what comes of it.
    pub async fn selects_role(&self, role: Id) -> Self {
        self.by.selects_role(self, role).await
    }

    /// Chooses a channel in the only select and waits for what comes of it.
    pub async fn selects_channel(&self, channel: &Place) -> Self {
        self.by.selects_channel(self, channel).await
    }
}
