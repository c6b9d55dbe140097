//! Server settings: what the moderators of one server chose for it.

use super::Store;
use super::database::{Row, Transaction, query};
use super::fault::Fault;
use super::ids::{ChannelId, RoleId, ServerId, Timestamp};
use super::misses::unknown;

/// What the moderators of a server chose; what they did not choose is `None`, and the configuration decides.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerSettings {
    /// Where cards are posted.
    pub moderators_channel: Option<ChannelId>,
    /// Who may settle cards and change settings, beside those who manage the server.
    pub editor_role: Option<RoleId>,
    /// Who may look.
    pub viewer_role: Option<RoleId>,
    /// The topics answered from, by name; `None` for all.
    pub topics: Option<Vec<String>>,
    /// For questions that address the bot.
    pub addressed: Bounds,
    /// For messages that do not. No moderator can choose it yet, as the bot answers none of these.
    pub unprompted: Bounds,
    /// Whether answers ask if they helped.
    pub feedback: bool,
    /// Whether nothing is answered for now.
    pub paused: bool,
    /// Rises with every change; 0 where nothing was ever chosen.
    pub version: i64,
    /// When they were last changed.
    pub changed_at: Timestamp,
}

/// The scores, each in `0..=1`, that moderators chose to have something done from; `None` where the configured one
/// holds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bounds {
    /// From which on the best entry is the answer.
    pub answer: Option<f32>,
    /// From which on entries are suggested.
    pub suggest: Option<f32>,
}

impl Default for ServerSettings {
    /// Nothing chosen.
    fn default() -> Self {
        Self {
            moderators_channel: None,
            editor_role: None,
            viewer_role: None,
            topics: None,
            addressed: Bounds::default(),
            unprompted: Bounds::default(),
            feedback: true,
            paused: false,
            version: 0,
            changed_at: Timestamp(0),
        }
    }
}

/// What settings are selected by.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT server, moderators_channel, editor_role, viewer_role, topics, addressed_answer, addressed_suggest,
                unprompted_answer, unprompted_suggest, feedback, paused, version, changed_at
            FROM settings ",
            $rest
        )
    };
}

impl Store {
    /// The settings of a server.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn server_settings(&self, server: ServerId) -> Result<ServerSettings, Fault> {
        let mut transaction = self.read().await?;
        of_server(&mut transaction, server).await
    }

    /// Changes the settings of a server as they are at that moment, so that two people who change different settings at
    /// once both succeed, and returns them as they are then.
    ///
    /// # Errors
    /// When the database cannot do it.
    pub async fn change_server_settings(
        &self,
        server: ServerId,
        at: Timestamp,
        change: impl FnOnce(&mut ServerSettings) + Send,
    ) -> Result<ServerSettings, Fault> {
        let mut transaction = self.write().await?;
        // First, as it makes others who change settings wait.
        let version = count_change(&mut transaction).await?;
        let mut settings = of_server(&mut transaction, server).await?;
        change(&mut settings);
        settings.version = version;
        settings.changed_at = at;
        put(&mut transaction, server, &settings).await?;
        transaction.commit().await?;
        Ok(settings)
    }

    /// The number that rises with every change of any server's settings.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn settings_number(&self) -> Result<i64, Fault> {
        let mut transaction = self.read().await?;
        let row = query("SELECT number FROM settings_change").row(&mut transaction).await?;
        row.map_or(Ok(0), |row| row.whole("number"))
    }

    /// The settings of all servers that have any.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub(super) async fn all_server_settings(&self) -> Result<Vec<(ServerId, ServerSettings)>, Fault> {
        let mut transaction = self.read().await?;
        let rows = query(select!("")).rows(&mut transaction).await?;
        let pair = |row: &Row| Ok((ServerId::of_column(row.whole("server")?), of_row(row)?));
        rows.iter().map(pair).collect()
    }
}

/// Raises the number of changes, and returns it; others who do so wait until this transaction has ended.
pub(super) async fn count_change(transaction: &mut Transaction) -> Result<i64, Fault> {
    let row = query("UPDATE settings_change SET number = number + 1 RETURNING number").row(transaction).await?;
    let row = row.ok_or_else(|| unknown("number of changes", "none"))?;
    row.whole("number")
}

async fn of_server(transaction: &mut Transaction, server: ServerId) -> Result<ServerSettings, Fault> {
    let row = query(select!("WHERE server = $1")).bind(server.column()).row(transaction).await?;
    row.as_ref().map_or_else(|| Ok(ServerSettings::default()), of_row)
}

fn of_row(row: &Row) -> Result<ServerSettings, Fault> {
    let topics = row.maybe_text("topics")?;
    let topics = topics.map(|topics| serde_json::from_str(&topics).map_err(|_| unknown("list of topics", &topics)));
    Ok(ServerSettings {
        moderators_channel: row.maybe_whole("moderators_channel")?.map(ChannelId::of_column),
        editor_role: row.maybe_whole("editor_role")?.map(RoleId::of_column),
        viewer_role: row.maybe_whole("viewer_role")?.map(RoleId::of_column),
        topics: topics.transpose()?,
        addressed: Bounds { answer: score(row, "addressed_answer")?, suggest: score(row, "addressed_suggest")? },
        unprompted: Bounds { answer: score(row, "unprompted_answer")?, suggest: score(row, "unprompted_suggest")? },
        feedback: row.whole("feedback")? == 1,
        paused: row.whole("paused")? == 1,
        version: row.whole("version")?,
        changed_at: Timestamp(row.whole("changed_at")?),
    })
}

fn score(row: &Row, column: &str) -> Result<Option<f32>, Fault> {
    #[expect(clippy::cast_possible_truncation, reason = "an f32 was written")]
    row.maybe_number(column).map(|score| score.map(|score| score as f32))
}

async fn put(transaction: &mut Transaction, server: ServerId, settings: &ServerSettings) -> Result<(), Fault> {
    let topics = settings.topics.as_ref().map(serde_json::to_string).transpose();
    let topics = topics.map_err(|error| Fault::Rejected(error.to_string()))?;
    let put = query(
        "INSERT INTO settings (server, moderators_channel, editor_role, viewer_role, topics, addressed_answer,
            addressed_suggest, unprompted_answer, unprompted_suggest, feedback, paused, version, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ON CONFLICT (server) DO UPDATE SET
            moderators_channel = excluded.moderators_channel, editor_role = excluded.editor_role,
            viewer_role = excluded.viewer_role, topics = excluded.topics,
            addressed_answer = excluded.addressed_answer, addressed_suggest = excluded.addressed_suggest,
            unprompted_answer = excluded.unprompted_answer, unprompted_suggest = excluded.unprompted_suggest,
            feedback = excluded.feedback, paused = excluded.paused, version = excluded.version,
            changed_at = excluded.changed_at",
    );
    let put = put
        .bind(server.column())
        .bind(settings.moderators_channel.map(ChannelId::column))
        .bind(settings.editor_role.map(RoleId::column))
        .bind(settings.viewer_role.map(RoleId::column))
        .bind(topics.as_deref())
        .bind(settings.addressed.answer.map(f64::from))
        .bind(settings.addressed.suggest.map(f64::from))
        .bind(settings.unprompted.answer.map(f64::from))
        .bind(settings.unprompted.suggest.map(f64::from))
        .bind(settings.feedback)
        .bind(settings.paused)
        .bind(settings.version)
        .bind(settings.changed_at.0);
    put.execute(transaction).await?;
    Ok(())
}
