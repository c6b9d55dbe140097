//! The settings cache: the settings of all servers in memory, so that no reply waits for the database.
//!
//! A change made through it applies here at once, and in other processes as soon as they look at the number of changes,
//! which each does every second. While the database is away, the settings before stay in force.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::Mutex;

use super::Store;
use super::fault::Fault;
use super::ids::{ServerId, Timestamp};
use super::server_settings::ServerSettings;

/// The settings of all servers, as last seen.
#[derive(Debug)]
pub struct SettingsCache {
    store: Store,
    known: ArcSwap<HashMap<ServerId, Arc<ServerSettings>>>,
    /// The number of changes that is known; held while another look is taken, so that no older one wins.
    number: Mutex<Option<i64>>,
    is_away: AtomicBool,
    default: Arc<ServerSettings>,
}

impl SettingsCache {
    /// How often other processes' changes are looked for.
    pub const INTERVAL: Duration = Duration::from_secs(1);

    /// A cache in which every server has the default settings until [`refresh`](Self::refresh) went well.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            store,
            known: ArcSwap::default(),
            number: Mutex::new(None),
            is_away: AtomicBool::new(true),
            default: Arc::new(ServerSettings::default()),
        }
    }

    /// The settings of a server. Waits for nothing.
    #[must_use]
    pub fn of(&self, server: ServerId) -> Arc<ServerSettings> {
        self.known.load().get(&server).unwrap_or(&self.default).clone()
    }

    /// Changes the settings of a server, as [`Store::change_server_settings`] does. When this returns, they apply here.
    ///
    /// # Errors
    /// When the database cannot do it; then nothing has changed.
    pub async fn change(
        &self,
        server: ServerId,
        at: Timestamp,
        change: impl FnOnce(&mut ServerSettings) + Send,
    ) -> Result<Arc<ServerSettings>, Fault> {
        let mut number = self.number.lock().await;
        let settings = Arc::new(self.store.change_server_settings(server, at, change).await?);
        // Another process's change may have come before: the next look takes in all of them.
        *number = None;
        let mut known = HashMap::clone(&self.known.load());
        known.insert(server, Arc::clone(&settings));
        self.known.store(Arc::new(known));
        Ok(settings)
    }

    /// Looks for changes; whether there were any.
    ///
    /// # Errors
    /// When the database cannot be read; what was known stays.
    pub async fn refresh(&self) -> Result<bool, Fault> {
        let outcome = self.look().await;
        self.is_away.store(outcome.is_err(), Ordering::Relaxed);
        outcome
    }

    /// Whether the database could not be read the last time, or has not been yet.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.is_away.load(Ordering::Relaxed)
    }

    async fn look(&self) -> Result<bool, Fault> {
        let mut known = self.number.lock().await;
        let number = self.store.settings_number().await?;
        if *known == Some(number) {
            return Ok(false);
        }
        let all = self.store.all_server_settings().await?;
        let all = all.into_iter().map(|(server, settings)| (server, Arc::new(settings)));
        self.known.store(Arc::new(all.collect()));
        *known = Some(number);
        Ok(true)
    }

    /// Looks for changes again and again, for ever.
    pub async fn follow(&self, interval: Duration) {
        let mut is_away = false;
        loop {
            let outcome = self.refresh().await;
            match &outcome {
                Ok(_) if is_away => tracing::info!("server settings are up to date again"),
                Err(fault) if !is_away => tracing::warn!("server settings stay as they were: {fault}"),
                Ok(_) | Err(_) => {}
            }
            is_away = outcome.is_err();
            tokio::time::sleep(interval).await;
        }
    }
}
