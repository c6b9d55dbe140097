//! The doctor: looks at the application, its commands and its servers from outside, and says what to click where for
//! each thing that is not as it should be. It changes nothing.

mod server;

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::all::{ApplicationFlags, ApplicationId, GuildId, LightMethod, Request, Route, UserId};

use crate::config::{self, Token};

use super::commands::{self, Options};
use super::registration::{Registered, registered};
use super::send::{Failed, Patience, Rest};
use super::session::{self, Failure};
use server::Server;

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

/// The application that a token belongs to, as far as it matters. What Discord does not tell is as it usually is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// Its name; empty where it is not told.
    pub name: String,
    /// Whether members may add the commands to their own account; `None` where it is not told.
    pub installs_for_users: Option<bool>,
    bot: Option<UserId>,
    has_endpoint: bool,
    let_in_by: LetInBy,
    has_content: bool,
}

/// Who can let the bot into a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LetInBy {
    /// Who manages it.
    Managers,
    /// The owner of the application alone.
    Owner,
    /// Nobody, by a link.
    Nobody,
}

impl Application {
    /// The application that an answer tells of: its id is enough.
    fn told(told: &Value) -> Option<Self> {
        let content = ApplicationFlags::GATEWAY_MESSAGE_CONTENT | ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED;
        Some(Self {
            id: read(&told["id"])?,
            name: read(&told["name"]).unwrap_or_default(),
            installs_for_users: told["integration_types_config"].as_object().map(|types| types.contains_key("1")),
            bot: read(&told["bot"]["id"]),
            has_endpoint: told["interactions_endpoint_url"].as_str().is_some_and(|url| !url.is_empty()),
            let_in_by: match (&told["bot_require_code_grant"], &told["bot_public"]) {
                (Value::Bool(true), _) => LetInBy::Nobody,
                (_, Value::Bool(false)) => LetInBy::Owner,
                _ => LetInBy::Managers,
            },
            has_content: told["flags"].as_u64().is_some_and(|flags| flags & content.bits() != 0),
        })
    }
}

/// The application that `token` belongs to.
///
/// # Errors
/// When Discord refuses the token or is not reached.
pub async fn application(token: &Token, settings: &config::Discord) -> Result<Application, Failure> {
    fetch_application(&rest(token, settings)?).await.map_err(|fault| fault.failure(settings))
}

/// Looks at everything that Discord shows of the bot: the application, its logins, its commands, and each server.
///
/// # Errors
/// When Discord refuses the token or is not reached.
pub async fn examine(token: &Token, settings: &config::Discord) -> Result<Vec<Finding>, Failure> {
    look(&rest(token, settings)?).await.map_err(|fault| fault.failure(settings))
}

fn rest(token: &Token, settings: &config::Discord) -> Result<Rest, Failure> {
    let client = session::client().map_err(|cause| Fault::Other(cause).failure(settings))?;
    let http = session::http(token, &settings.api_url, client.clone());
    Ok(Rest::new(Arc::new(http), client, Patience::default()))
}

async fn look(rest: &Rest) -> Result<Vec<Finding>, Fault> {
    let application = fetch_application(rest).await?;
    rest.set_application_id(application.id);
    let named = if application.name.is_empty() { "your bot" } else { &application.name };
    let mut findings = vec![Finding::fine("token", format!("it is that of {named}, application {}", application.id))];
    of_application(&application, &mut findings);
    findings.push(or_warning("logins", logins(rest).await)?);
    let options = commands::options();
    findings.push(or_warning("commands", of_commands(rest, &options).await)?);
    let bot = match application.bot {
        Some(bot) => bot,
        // Both have the same id, but for old ones.
        None => match fetch_route(rest, Route::UserMe).await {
            Err(Fault::Token) => return Err(Fault::Token),
            told => told.ok().and_then(|told| read(&told["id"])).unwrap_or(UserId::new(application.id.get())),
        },
    };
    let servers = match servers(rest).await {
        Ok(servers) => servers,
        Err(fault) => {
            findings.push(or_warning("servers", Err(fault))?);
            return Ok(findings);
        }
    };
    if servers.is_empty() {
        let remedy = "run `needle invite`, open the link and choose a server";
        findings.push(Finding::warning("servers", "the bot is in no server", remedy));
    }
    for server in &servers {
        match server.look(rest, bot, &options).await {
            Ok(found) => findings.extend(found),
            Err(fault) => findings.push(or_warning(&server.shown(), Err(fault))?),
        }
    }
    Ok(findings)
}

/// What was found, or that it could not be looked at.
fn or_warning(about: &str, looked: Result<Finding, Fault>) -> Result<Finding, Fault> {
    match looked {
        Err(Fault::NotFound | Fault::Other(_)) => {}
        looked => return looked,
    }
    let cause = looked.err().map(|fault| fault.to_string()).unwrap_or_default();
    Ok(Finding::warning(about, format!("cannot be looked at: {cause}"), "run `needle doctor` again in a moment"))
}

fn of_application(application: &Application, findings: &mut Vec<Finding>) {
    let at = |page: &str| format!("discord.com/developers/applications/{} → {page}", application.id);
    findings.push(if application.has_endpoint {
        Finding::error(
            "interactions",
            "an interactions endpoint URL is set, so that commands and buttons never reach the bot",
            at("General Information → Interactions Endpoint URL → clear it"),
        )
    } else {
        Finding::fine("interactions", "they come through the gateway")
    });
    findings.push(match application.let_in_by {
        LetInBy::Nobody => Finding::error(
            "invitation",
            "the application requires the OAuth2 code grant, so that no link lets the bot in",
            at("Bot → switch off Requires OAuth2 Code Grant"),
        ),
        LetInBy::Managers => Finding::fine("invitation", "everybody who manages a server can let the bot in"),
        LetInBy::Owner => {
            Finding::fine("invitation", "only its owner can let the bot in, as Public Bot is switched off")
        }
    });
    findings.extend(application.installs_for_users.map(|installs| {
        if installs {
            Finding::fine("user install", "members can add the commands to their own account")
        } else {
            Finding::warning(
                "user install",
                "members cannot add the commands to their own account",
                at("Installation → Installation Contexts → tick User Install, with the scope applications.commands"),
            )
        }
    }));
    findings.push(Finding::fine(
        "intents",
        if application.has_content {
            "no privileged intent is needed; Message Content is switched on and could be off"
        } else {
            "no privileged intent is needed, and Message Content is off"
        },
    ));
}

async fn logins(rest: &Rest) -> Result<Finding, Fault> {
    let told = fetch_route(rest, Route::GatewayBot).await?;
    let limit = &told["session_start_limit"];
    let Some(remaining) = limit["remaining"].as_u64() else {
        return Ok(Finding::fine("logins", "nothing is said of a limit"));
    };
    let of = limit["total"].as_u64().map(|total| format!(" of {total}")).unwrap_or_default();
    let says = format!("{remaining}{of} left today");
    Ok(if remaining < FEW_LOGINS {
        let remedy = "find out what restarts the bot so often: Discord gives it a new token when none are left";
        Finding::warning("logins", says, remedy)
    } else {
        Finding::fine("logins", says)
    })
}

async fn of_commands(rest: &Rest, options: &Options) -> Result<Finding, Fault> {
    let remedy = "start `needle run`, which registers them";
    Ok(match fetch(registered(rest, None, options)).await? {
        Registered::AsTheyShould(count) => Finding::fine("commands", format!("{count} are registered")),
        Registered::Missing => Finding::error("commands", "none are registered, so that members see none", remedy),
        Registered::Otherwise => Finding::warning("commands", "those registered are not those of this version", remedy),
    })
}

/// Every server that the bot is in.
async fn servers(rest: &Rest) -> Result<Vec<Server>, Fault> {
    let mut servers: Vec<Server> = Vec::new();
    loop {
        let after = servers.last().map_or(GuildId::new(1), |last| last.id);
        let params = vec![("limit", SERVERS.to_string()), ("after", after.to_string())];
        let page = Request::new(Route::UserMeGuilds, LightMethod::Get).params(Some(params));
        let page: Vec<Value> = fetch(rest.fetch_once(&page)).await?;
        let is_last = (page.len() as u64) < SERVERS;
        let count = servers.len();
        servers.extend(page.iter().filter_map(Server::told));
        if is_last || servers.len() == count {
            return Ok(servers);
        }
    }
}

/// Why something could not be asked.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error("the token is refused")]
    Token,
    #[error("it answers 404 Not Found")]
    NotFound,
    #[error("{0}")]
    Other(String),
}

impl Fault {
    fn of(failed: Failed) -> Self {
        match failed.status {
            Some(401) => Self::Token,
            Some(404) => Self::NotFound,
            _ => Self::Other(failed.cause),
        }
    }

    fn failure(self, settings: &config::Discord) -> Failure {
        match self {
            Self::Token => Failure::Token,
            Self::NotFound | Self::Other(_) => {
                Failure::Unreachable { url: settings.api_url.clone(), patience: None, cause: self.to_string() }
            }
        }
    }
}

async fn fetch<T>(work: impl Future<Output = Result<T, Failed>>) -> Result<T, Fault> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(answer) => answer.map_err(Fault::of),
        Err(_) => Err(Fault::Other("no answer in time".to_owned())),
    }
}

async fn fetch_route(rest: &Rest, route: Route<'_>) -> Result<Value, Fault> {
    fetch(rest.fetch_once(&Request::new(route, LightMethod::Get))).await
}

/// The application by its old route or, where there is none, by the new one.
async fn fetch_application(rest: &Rest) -> Result<Application, Fault> {
    let told = match fetch_route(rest, Route::Oauth2ApplicationCurrent).await {
        Err(Fault::NotFound) => fetch(rest.fetch_at("/applications/@me")).await?,
        told => told?,
    };
    Application::told(&told).ok_or_else(|| Fault::Other("it tells of no application".to_owned()))
}

/// What is told, where it can be read.
fn read<T: DeserializeOwned>(told: &Value) -> Option<T> {
    T::deserialize(told).ok()
}
