//! The doctor: looks at the application, its commands and its servers from outside, and says what to click where for
//! each thing that is not as it should be. It changes nothing.

mod server;

use std::time::Duration;

use serde::Serialize;
use serenity::all::{ApplicationFlags, CurrentApplicationInfo, GuildId, GuildInfo, GuildPagination, Http};
use serenity::model::application::InstallationContext;

use crate::config::{self, Token};

use super::commands::{self, Options};
use super::registration::{Registered, registered};
use super::session::{self, Failure};

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most servers that Discord lists at once.
const SERVERS: u64 = 200;

/// Logins a day below which a crash loop is likely, and soon the end.
const FEW_LOGINS: u64 = 50;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at, such as `token` or `server Community`.
    pub about: String,
    /// How it is.
    pub state: State,
    /// What was found.
    pub says: String,
    /// What to click where, or to run, so that it becomes right; `None` where it is.
    pub remedy: Option<String>,
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Fine,
    /// Something works less well than it could.
    Warning,
    /// Something does not work.
    Error,
}

impl Finding {
    /// All is well.
    #[must_use]
    pub fn fine(about: impl Into<String>, says: impl Into<String>) -> Self {
        Self { about: about.into(), state: State::Fine, says: says.into(), remedy: None }
    }

    /// Something could be better.
    #[must_use]
    pub fn warning(about: impl Into<String>, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { about: about.into(), state: State::Warning, says: says.into(), remedy: Some(remedy.into()) }
    }

    /// Something does not work.
    #[must_use]
    pub fn error(about: impl Into<String>, says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { about: about.into(), state: State::Error, says: says.into(), remedy: Some(remedy.into()) }
    }
}

/// The application that `token` belongs to.
///
/// # Errors
/// When Discord refuses the token or is not reached.
pub async fn application(token: &Token, settings: &config::Discord) -> Result<CurrentApplicationInfo, Failure> {
    let http = http(token, settings)?;
    fetch(http.get_current_application_info()).await.map_err(|fault| fault.failure(settings))
}

/// Looks at everything that Discord shows of the bot: the application, its logins, its commands, and each server.
///
/// # Errors
/// When Discord refuses the token or is not reached.
pub async fn examine(token: &Token, settings: &config::Discord) -> Result<Vec<Finding>, Failure> {
    let http = http(token, settings)?;
    look(&http).await.map_err(|fault| fault.failure(settings))
}

fn http(token: &Token, settings: &config::Discord) -> Result<Http, Failure> {
    let client = session::client().map_err(|cause| Fault::Other(cause).failure(settings))?;
    Ok(session::http(token, &settings.api_url, client))
}

async fn look(http: &Http) -> Result<Vec<Finding>, Fault> {
    let application = fetch(http.get_current_application_info()).await?;
    http.set_application_id(application.id);
    let bot = fetch(http.get_current_user()).await?;
    let mut findings =
        vec![Finding::fine("token", format!("it is that of {}, application {}", application.name, application.id))];
    of_application(&application, &mut findings);
    findings.push(logins(http).await?);
    let options = commands::options();
    findings.push(of_commands(http, &options).await?);
    let servers = servers(http).await?;
    if servers.is_empty() {
        let remedy = "run `needle invite`, open the link and choose a server";
        findings.push(Finding::warning("servers", "the bot is in no server", remedy));
    }
    for guild in &servers {
        match server::look(http, guild, bot.id, &options).await {
            Ok(found) => findings.extend(found),
            Err(Fault::Token) => return Err(Fault::Token),
            Err(Fault::Other(cause)) => {
                let remedy = "run `needle doctor` again in a moment";
                findings.push(Finding::warning(server::name(guild), format!("cannot look at it: {cause}"), remedy));
            }
        }
    }
    Ok(findings)
}

fn of_application(application: &CurrentApplicationInfo, findings: &mut Vec<Finding>) {
    let at = |page: &str| format!("discord.com/developers/applications/{} → {page}", application.id);
    let endpoint = application.interactions_endpoint_url.as_deref().filter(|url| !url.is_empty());
    findings.push(match endpoint {
        None => Finding::fine("interactions", "they come through the gateway"),
        Some(_) => Finding::error(
            "interactions",
            "an interactions endpoint URL is set, so that commands and buttons never reach the bot",
            at("General Information → Interactions Endpoint URL → clear it"),
        ),
    });
    findings.push(if application.bot_require_code_grant {
        Finding::error(
            "invitation",
            "the application requires the OAuth2 code grant, so that no link lets the bot in",
            at("Bot → switch off Requires OAuth2 Code Grant"),
        )
    } else if application.bot_public {
        Finding::fine("invitation", "everybody who manages a server can let the bot in")
    } else {
        Finding::fine("invitation", "only its owner can let the bot in, as Public Bot is switched off")
    });
    findings.push(if installs_for_users(application) {
        Finding::fine("user install", "members can add the commands to their own account")
    } else {
        Finding::warning(
            "user install",
            "members cannot add the commands to their own account",
            at("Installation → Installation Contexts → tick User Install, with the scope applications.commands"),
        )
    });
    let content = ApplicationFlags::GATEWAY_MESSAGE_CONTENT | ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED;
    let has_content = application.flags.is_some_and(|flags| flags.intersects(content));
    findings.push(Finding::fine(
        "intents",
        if has_content {
            "no privileged intent is needed; Message Content is switched on and could be off"
        } else {
            "no privileged intent is needed, and Message Content is off"
        },
    ));
}

/// Whether members may add the commands to their own account.
#[must_use]
pub fn installs_for_users(application: &CurrentApplicationInfo) -> bool {
    application.integration_types_config.contains_key(&InstallationContext::User)
}

async fn logins(http: &Http) -> Result<Finding, Fault> {
    let gateway = fetch(http.get_bot_gateway()).await?;
    let limit = gateway.session_start_limit;
    let says = format!("{} of {} left today", limit.remaining, limit.total);
    Ok(if limit.remaining < FEW_LOGINS {
        let remedy = "find out what restarts the bot so often: Discord gives it a new token when none are left";
        Finding::warning("logins", says, remedy)
    } else {
        Finding::fine("logins", says)
    })
}

async fn of_commands(http: &Http, options: &Options) -> Result<Finding, Fault> {
    let remedy = "start `needle run`, which registers them";
    Ok(match fetch(registered(http, None, options)).await? {
        Registered::AsTheyShould(count) => Finding::fine("commands", format!("{count} are registered")),
        Registered::Missing => Finding::error("commands", "none are registered, so that members see none", remedy),
        Registered::Otherwise => Finding::warning("commands", "those registered are not those of this version", remedy),
    })
}

/// Every server that the bot is in.
async fn servers(http: &Http) -> Result<Vec<GuildInfo>, Fault> {
    let mut servers: Vec<GuildInfo> = Vec::new();
    loop {
        let after = servers.last().map_or(GuildId::new(1), |last| last.id);
        let page = fetch(http.get_guilds(Some(GuildPagination::After(after)), Some(SERVERS))).await?;
        let is_last = (page.len() as u64) < SERVERS;
        servers.extend(page);
        if is_last {
            return Ok(servers);
        }
    }
}

/// Why something could not be asked.
#[derive(Debug)]
enum Fault {
    Token,
    Other(String),
}

impl Fault {
    fn failure(self, settings: &config::Discord) -> Failure {
        match self {
            Self::Token => Failure::Token,
            Self::Other(cause) => {
                Failure::Unreachable { url: settings.api_url.clone(), seconds: PATIENCE.as_secs(), cause }
            }
        }
    }
}

async fn fetch<T>(work: impl Future<Output = serenity::Result<T>>) -> Result<T, Fault> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) if session::refuses_token(&error) => Err(Fault::Token),
        Ok(Err(error)) => Err(Fault::Other(session::cause(&error))),
        Err(_) => Err(Fault::Other("no answer in time".to_owned())),
    }
}
