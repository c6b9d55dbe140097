//! Rest: requests to Discord's REST interface, tried again where they fail in passing, and never sooner than Discord
//! says.
//!
//! Answers are read only as far as they are needed: what Discord adds to messages must not make a sent one look lost.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::all::{ApplicationId, ErrorResponse, Http, HttpError, LightMethod, Request, Route};
use serenity::constants::USER_AGENT;
use tokio::time::Instant;

use crate::config::DISCORD_URL;

use super::fault::{Fault, SendError};

/// How patient to be with Discord's REST interface.
#[derive(Debug, Clone)]
pub struct Patience {
    /// For one request.
    pub request: Duration,
    /// For one request that answers an interaction.
    pub callback: Duration,
    /// For all tries of such a request together.
    pub callbacks: Duration,
    /// For what an interaction is answered with, before the answer is only promised.
    pub answer: Duration,
    /// Before each further try of a request that failed in passing; as many tries as there are pauses, and one.
    pub pauses: Vec<Duration>,
    /// For how long in all to wait where Discord says when to come back, beyond the pauses.
    pub limits: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let pauses = [250, 1_000, 3_000].map(Duration::from_millis).to_vec();
        Self {
            request: Duration::from_secs(10),
            // Asking again while Discord is just slow would answer twice; what is lost can still be sent once more.
            callback: Duration::from_secs(2),
            // Discord accepts nothing later.
            callbacks: Duration::from_secs(3),
            // A try to answer and another have to fit behind it.
            answer: Duration::from_millis(1_500),
            pauses,
            limits: Duration::from_mins(1),
        }
    }
}

/// Discord's REST interface.
pub struct Rest {
    http: Arc<Http>,
    /// The one that `http` uses, too.
    client: Client,
    patience: Patience,
}

/// Why one try failed.
#[derive(Debug)]
pub struct Failed {
    /// What it means.
    pub fault: Fault,
    /// What happened, such as "connection refused"; without addresses, which may hold secrets.
    pub cause: String,
    /// The status of the answer; `None` where there was none.
    pub status: Option<u16>,
    /// When Discord wants to be asked again, where it says so.
    pub after: Option<Duration>,
}

impl Rest {
    /// Asks as `http` does, which was built with `client`.
    #[must_use]
    pub fn new(http: Arc<Http>, client: Client, patience: Patience) -> Self {
        Self { http, client, patience }
    }

    /// How patient it is.
    pub(super) fn patience(&self) -> &Patience {
        &self.patience
    }

    /// Notes the application that the bot is.
    pub fn set_application_id(&self, id: ApplicationId) {
        self.http.set_application_id(id);
    }

    /// The application that the bot is, once it is known.
    #[must_use]
    pub fn application_id(&self) -> Option<ApplicationId> {
        self.http.application_id()
    }

    /// Asks once for something to be told, in JSON.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn fetch_once<T: DeserializeOwned>(&self, request: &Request<'_>) -> Result<T, Failed> {
        serde_json::from_slice(&self.once(request).await?).map_err(|error| Failed::of(&error.into()))
    }

    /// Asks for something to be done.
    pub(super) async fn request(&self, doing: &'static str, request: Request<'_>) -> Result<(), SendError> {
        self.attempt(doing, &request, None).await.map(drop)
    }

    /// Asks for an interaction to be answered, for which there is little time, and gives what the answer tells, which
    /// may be nothing.
    pub(super) async fn send_soon(&self, doing: &'static str, request: Request<'_>) -> Result<Value, SendError> {
        let end = Instant::now() + self.patience.callbacks;
        let body = self.attempt(doing, &request, Some(end)).await?;
        Ok(serde_json::from_slice(&body).unwrap_or_default())
    }

    /// Asks for something to be done, and gives what the answer tells, which may be nothing.
    pub(super) async fn send(&self, doing: &'static str, request: Request<'_>) -> Result<Value, SendError> {
        let body = self.attempt(doing, &request, None).await?;
        Ok(serde_json::from_slice(&body).unwrap_or_default())
    }

    /// Asks for something to be told.
    pub(super) async fn fetch<T: DeserializeOwned>(
        &self,
        doing: &'static str,
        request: Request<'_>,
    ) -> Result<T, SendError> {
        let body = self.attempt(doing, &request, None).await?;
        let fault = Fault::Refused("an answer that cannot be read".to_owned());
        serde_json::from_slice(&body).map_err(|_| SendError { doing, fault, tries: 1 })
    }

    /// Asks, and asks again where it failed in passing: all that is asked for here may be asked for twice. What is of
    /// no use after `end` is tried quickly, and not beyond it.
    async fn attempt(
        &self,
        doing: &'static str,
        request: &Request<'_>,
        end: Option<Instant>,
    ) -> Result<Vec<u8>, SendError> {
        let mut pauses = self.patience.pauses.iter();
        let limits_end = end.unwrap_or_else(|| Instant::now() + self.patience.limits);
        let mut tries = 0;
        loop {
            tries += 1;
            let patience = match end {
                Some(end) => end.min(Instant::now() + self.patience.callback),
                None => Instant::now() + self.patience.request,
            };
            let (fault, after) = match tokio::time::timeout_at(patience, self.once(request)).await {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(failed)) => (failed.fault, failed.after),
                Err(_) => (Fault::Passing("no answer in time".to_owned()), None),
            };
            let is_in_time = |pause: &Duration| Instant::now() + *pause <= limits_end;
            let mut next = || pauses.next().copied().filter(|_| fault.is_passing());
            let pause = match after {
                // Asking sooner would be refused again, and counted.
                Some(after) => Some(after).filter(is_in_time),
                // What is urgent is not waited for longer and longer.
                None if end.is_some() => next().and(self.patience.pauses.first().copied()).filter(is_in_time),
                None => next(),
            };
            match pause {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(SendError { doing, fault, tries }),
            }
        }
    }

    /// Asks once, and gives the answer.
    ///
    /// # Errors
    /// When Discord does not do it.
    pub async fn once(&self, request: &Request<'_>) -> Result<Vec<u8>, Failed> {
        let answer = match &self.http.ratelimiter {
            // Serenity's own limiter waits for Discord's limits.
            Some(_) => self.http.request(request.clone()).await.map_err(|error| Failed::of(&error))?,
            None => self.without_limiter(request).await?,
        };
        let body = answer.bytes().await.map_err(|error| Failed::of(&HttpError::from(error).into()))?;
        Ok(body.to_vec())
    }

    /// Asks once for what is told at `path`, which serenity does not know, such as `/applications/@me`; in JSON.
    ///
    /// # Errors
    /// When Discord does not tell.
    pub async fn fetch_at<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failed> {
        let url = format!("{}/api/v10{path}", self.http.proxy.as_deref().unwrap_or(DISCORD_URL));
        let request = self.client.get(url).header(header::AUTHORIZATION, self.http.token());
        let answer = answer(request.header(header::USER_AGENT, USER_AGENT), Method::GET).await?;
        let body = answer.bytes().await.map_err(|error| Failed::of(&HttpError::from(error).into()))?;
        serde_json::from_slice(&body).map_err(|error| Failed::of(&error.into()))
    }

    async fn without_limiter(&self, request: &Request<'_>) -> Result<Response, Failed> {
        let method = request.method_ref().reqwest_method();
        let built = request.clone().build(&self.client, self.http.token(), self.http.proxy.as_deref());
        answer(built.map_err(|error| Failed::of(&error))?, method).await
    }
}

/// What is answered to `request`, where it is done.
async fn answer(request: RequestBuilder, method: Method) -> Result<Response, Failed> {
    let answer = request.send().await.map_err(|error| Failed::of(&HttpError::from(error).into()))?;
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        let header = retry_after(&answer);
        // Some say it in the body alone.
        let body = answer.bytes().await.unwrap_or_default();
        let after = header.or_else(|| told_retry_after(&body));
        let fault = Fault::Passing("Discord answers 429".to_owned());
        return Err(Failed { fault, cause: format!("it answers {status}"), status: Some(status.as_u16()), after });
    }
    let error = HttpError::from(ErrorResponse::from_response(answer, method).await);
    Err(Failed::of(&error.into()))
}

impl Failed {
    /// Why a try failed with `error`.
    pub(in crate::discord) fn of(error: &serenity::Error) -> Self {
        let (status, cause) = match error {
            serenity::Error::Http(HttpError::UnsuccessfulRequest(response)) => {
                (Some(response.status_code.as_u16()), format!("it answers {}", response.status_code))
            }
            serenity::Error::Http(HttpError::Request(error)) => (None, root_cause(error)),
            _ => (None, "it gives an answer that cannot be read".to_owned()),
        };
        Self { fault: Fault::of(error), cause, status, after: None }
    }
}

/// The innermost cause, such as "connection refused".
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

/// A request without a body.
pub(super) fn request(method: LightMethod, route: Route<'_>) -> Request<'_> {
    Request::new(route, method)
}

/// A request whose body is `content` in JSON.
pub(super) fn with<'a>(method: LightMethod, route: Route<'a>, content: &impl Serialize) -> Request<'a> {
    // Cards and sentences have no keys that JSON does not know.
    request(method, route).body(serde_json::to_vec(content).ok())
}

/// When to ask again after too many requests, by the answer's header.
fn retry_after(answer: &Response) -> Option<Duration> {
    let header = answer.headers().get(header::RETRY_AFTER)?;
    header.to_str().ok()?.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
}

/// The same by the answer's body.
fn told_retry_after(body: &[u8]) -> Option<Duration> {
    let told: Value = serde_json::from_slice(body).ok()?;
    told["retry_after"].as_f64().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
}
