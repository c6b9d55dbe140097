//! The store of a command: where it is, and opening it.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use anyhow::Context as _;
use clap::Args;

use crate::config::Config;
use crate::store::{Options, Store, Url};

use super::exit::Exit;
use super::terminal::complain;

/// The argument that names a store.
#[derive(Debug, Default, Args)]
pub(super) struct StoreAddress {
    /// The store, such as `sqlite://needle.db` or `postgres://host/database` [default: `store.url` of the
    /// configuration]; an address with a password is better kept in the variable `NEEDLE__STORE__URL`
    #[arg(long, value_name = "URL")]
    store_url: Option<Unshown>,
}

/// Text that may hold a password. `Debug` does not show it.
#[derive(Clone)]
struct Unshown(String);

impl StoreAddress {
    /// The address of the store.
    ///
    /// # Errors
    /// With the exit to take where the argument is no address; stderr then says why.
    pub(super) fn url(&self, config: &Config) -> Result<Url, Exit> {
        let Some(Unshown(text)) = &self.store_url else { return Ok(config.store.url.clone()) };
        text.parse().map_err(|fault| {
            complain(&format!("--store-url: {fault}"));
            Exit::Usage
        })
    }
}

/// The store at `url`, open; `None` where there is none and it would have to be made.
///
/// # Errors
/// When it cannot be opened.
pub(super) async fn open_existing(url: &Url) -> anyhow::Result<Option<Store>> {
    // One that cannot be looked at is for the store to complain about.
    if url.file().is_some_and(|file| matches!(file.try_exists(), Ok(false))) {
        return Ok(None);
    }
    let store = Store::new(url, Options::default());
    store.open().await.with_context(|| url.to_string())?;
    Ok(Some(store))
}

impl FromStr for Unshown {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Unshown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}
