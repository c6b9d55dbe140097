//! `needle invite`: the links that let the bot in, with the least that it needs.

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;
use serenity::model::id::ApplicationId;

use crate::config::Config;
use crate::discord::access::{NEEDS, SERVER_SCOPES, USER_SCOPES, needed, server_link, user_link};
use crate::discord::doctor::application;
use crate::discord::session::Failure;

use super::exit::Exit;
use super::online::{exit_after, print, runtime, token};
use super::terminal::{complain, warn};

/// The arguments of `needle invite`.
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 the link is there; 5 no token; 7 Discord refuses the token; \
    9 Discord cannot be reached, and the token does not say whose it is.")]
pub struct Invite {
    /// Print everything as one line of JSON
    #[arg(long)]
    json: bool,
}

/// The links as `--json` prints them.
#[derive(Serialize)]
struct Links {
    application: String,
    server: Link,
    /// `None` where the application is not open for it.
    user: Option<Link>,
}

/// A link; permissions by name, and together as the number in the link.
#[derive(Serialize)]
struct Link {
    url: String,
    scopes: Vec<&'static str>,
    permissions: Vec<&'static str>,
    bits: u64,
}

impl Invite {
    /// Prints the links. The application's id is asked of Discord: that in the token is the bot user's, which is
    /// another one where the application is old. It has to do where Discord cannot be reached.
    ///
    /// # Errors
    /// When the system lets us start no threads, or standard output fails.
    pub fn run(self, config: &Config) -> anyhow::Result<Exit> {
        let Some(token) = token(config) else { return Ok(Exit::Configuration) };
        let (application, installs_for_users) = match runtime()?.block_on(application(token, &config.discord)) {
            Ok(application) => (application.id, application.installs_for_users.unwrap_or_default()),
            Err(failure) => {
                let id = token.bot_id().filter(|_| matches!(failure, Failure::Unreachable { .. }));
                let Some(id) = id else {
                    complain(&failure.to_string());
                    return Ok(exit_after(&failure));
                };
                warn(&failure.to_string());
                warn(
                    "the link is made from the token instead: where the application is older than its bot, put the \
                     application's own id behind client_id=; whether members may install it for themselves is not known",
                );
                (ApplicationId::new(id), false)
            }
        };
        let links = Links {
            application: application.to_string(),
            server: Link {
                url: server_link(application),
                scopes: SERVER_SCOPES.split(' ').collect(),
                permissions: NEEDS.iter().map(|need| need.name).collect(),
                bits: needed().bits(),
            },
            user: installs_for_users.then(|| Link {
                url: user_link(application),
                scopes: USER_SCOPES.split(' ').collect(),
                permissions: Vec::new(),
                bits: 0,
            }),
        };
        let text = if self.json { serde_json::to_string(&links).context("no JSON")? } else { page(&links) };
        print(&(text + "\n"))?;
        Ok(Exit::Fine)
    }
}

fn page(links: &Links) -> String {
    let Links { server, user, .. } = links;
    let (scopes, permissions) = (server.scopes.join(", "), server.permissions.join(", "));
    let to_server =
        format!("To let the bot into a server (scopes: {scopes}; permissions: {permissions}):\n{}", server.url);
    let to_user = user.as_ref().map(|user| {
        let scopes = user.scopes.join(", ");
        format!("\n\nTo add its commands to your own account (scopes: {scopes}):\n{}", user.url)
    });
    to_server + &to_user.unwrap_or_default()
}
