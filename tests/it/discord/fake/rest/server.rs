//! The HTTP side of REST: connections, rate limits and the faults on the way.

use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{HeaderMap, Response, header};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use super::super::faults::{Fault, fits, pass};
use super::super::refusal::Refusal;
use super::super::server::{Shared, send_at_once};
use super::super::state::{State, What};
use super::{Request, answer, shorten};

/// The connection breaks: there is no answer.
#[derive(Debug)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection breaks")
    }
}

impl std::error::Error for Broken {}

/// A request that is being answered.
struct InFlight(Shared);

impl InFlight {
    fn new(server: &Shared) -> Self {
        server.with(|state| state.in_flight += 1);
        Self(Shared::clone(server))
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.with(|state| state.in_flight -= 1);
    }
}

/// Takes connections for as long as the test lasts.
pub async fn listen(server: Shared, listener: TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        send_at_once(&stream);
        if !server.with(State::turns_away) {
            tokio::spawn(serve(Shared::clone(&server), stream));
        }
    }
}

/// Answers the requests of one connection.
pub async fn serve<Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static>(server: Shared, stream: Stream) {
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let server = Shared::clone(&server);
        async move { respond(&server, request).await }
    });
    // How a client leaves is its own affair.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(server: &Shared, request: hyper::Request<Incoming>) -> Result<Response<Full<Bytes>>, Broken> {
    let in_flight = InFlight::new(server);
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| Broken)?.to_bytes();
    let path = head.uri.path();
    let Some(path) = path.strip_prefix("/api/v10") else {
        server.with(|state| state.mistake(format!("the bot asked for {path}, not below /api/v10")));
        return Ok(response(404, &HeaderMap::new(), &json!({ "message": "404: Not Found", "code": 0 })));
    };
    let header = |name| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (body, files) = read_body(header(header::CONTENT_TYPE), &body);
    let request = Request {
        method: head.method.to_string(),
        path: path.to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        authorization: header(header::AUTHORIZATION).to_owned(),
        body,
        files,
    };
    let route = format!("{} {}", request.method, request.path);
    if !header(header::USER_AGENT).starts_with("DiscordBot (") {
        server.with(|state| state.mistake(format!("{route} came without the user agent that Discord asks for")));
    }
    let whole = format!("{route} {}", request.body);
    let (fault, gate, latency) = server.with(|state| {
        // Discord bans whoever keeps doing this.
        if state.faults.too_many.remove(&whole).is_some_and(|until| state.now() < until) {
            state.mistake(format!(
                "the bot asked again, sooner than it was told to: {} {}",
                request.method,
                shorten(&request.path)
            ));
        }
        let fault = if state.turns_away() { Some(Fault::Lost) } else { state.faults.take(&route) };
        if let Some(fault) = fault {
            state.requests.push(format!("{} {} → {fault:?}", request.method, shorten(&request.path)));
        }
        (fault, state.faults.gate(&route), state.faults.latency)
    });
    pass(gate).await;
    if latency > Duration::ZERO {
        tokio::time::sleep(latency).await;
    }
    match fault {
        Some(Fault::Lost) => return Err(Broken),
        Some(Fault::Silence) => {
            drop(in_flight);
            let never: Infallible = std::future::pending().await;
            match never {}
        }
        Some(Fault::Status(status)) => {
            let body = json!({ "message": format!("{status}: arranged by the test"), "code": 0 });
            return Ok(response(status, &HeaderMap::new(), &body));
        }
        Some(Fault::TooMany { after, is_global }) => {
            let answer = |state: &mut State| too_many(state, whole, after, is_global, &mut HeaderMap::new());
            return Ok(server.with(answer));
        }
        Some(Fault::AnswerLost) | None => {}
    }
    let answered = server.with(|state| {
        let mut headers = HeaderMap::new();
        if let Err(after) = limit(state, &route, &mut headers) {
            state.requests.push(format!("{} {} → 429", request.method, shorten(&request.path)));
            return too_many(state, whole, after, false, &mut headers);
        }
        let answer = answer(state, &request);
        let (mut status, mut body) = match answer {
            Ok(good) => good,
            Err(refusal) => {
                note(state, &request, &refusal);
                (refusal.status, refusal.json())
            }
        };
        state.dialect.answer(&route, &mut status, &mut body);
        state.requests.push(format!("{} {} → {status}", request.method, shorten(&request.path)));
        response(status, &headers, &body)
    });
    if matches!(fault, Some(Fault::AnswerLost)) { Err(Broken) } else { Ok(answered) }
}

/// Notes a refusal for the test to look at.
fn note(state: &mut State, request: &Request, refusal: &Refusal) {
    let Request { method, path, body, .. } = request;
    let sent = if body.is_null() { String::new() } else { format!("\n  the bot sent {body}") };
    let line = format!("{method} {}: Discord refuses this with {refusal}{sent}", shorten(path));
    state.happened(What::Refused(refusal.clone()), line);
}

/// Counts a request against the limits on its route and writes them into the headers.
///
/// # Errors
///
/// How long to wait, if the limit is used up.
fn limit(state: &mut State, route: &str, headers: &mut HeaderMap) -> Result<(), Duration> {
    let now = state.now();
    let Some(index) = state.faults.limits.iter().position(|limit| fits(&limit.route, route)) else { return Ok(()) };
    let limit = &mut state.faults.limits[index];
    let (begun, seen) = limit.window.filter(|(begun, _)| now < *begun + limit.every).unwrap_or((now, 0));
    let reset = begun + limit.every;
    let wait = reset.saturating_sub(now);
    let is_full = seen >= limit.requests;
    limit.window = Some((begun, if is_full { seen } else { seen + 1 }));
    for (name, value) in [
        ("x-ratelimit-limit", limit.requests.to_string()),
        ("x-ratelimit-remaining", (limit.requests - seen).saturating_sub(1).to_string()),
        ("x-ratelimit-reset", format!("{:.3}", reset.as_secs_f64())),
        ("x-ratelimit-reset-after", format!("{:.3}", wait.as_secs_f64())),
        ("x-ratelimit-bucket", format!("bucket-{index}")),
    ] {
        headers.insert(name, value.parse().expect("digits"));
    }
    if is_full { Err(wait) } else { Ok(()) }
}

/// Refuses `whole`, a request told in one line, for a while.
fn too_many(
    state: &mut State,
    whole: String,
    after: Duration,
    is_global: bool,
    headers: &mut HeaderMap,
) -> Response<Full<Bytes>> {
    let until = state.now() + after;
    state.faults.too_many.insert(whole, until);
    let seconds = after.as_secs_f64();
    if !state.dialect.tells_no_retry_after {
        headers.insert(header::RETRY_AFTER, format!("{}", seconds.ceil()).parse().expect("digits"));
    }
    let scope = if is_global { "global" } else { "user" };
    headers.insert("x-ratelimit-scope", scope.parse().expect("a word"));
    if is_global {
        headers.insert("x-ratelimit-global", "true".parse().expect("a word"));
    }
    headers.entry("via").or_insert("1.1 google".parse().expect("words"));
    let body = json!({ "message": "You are being rate limited.", "retry_after": seconds, "global": is_global });
    response(429, headers, &body)
}

fn response(status: u16, headers: &HeaderMap, body: &Value) -> Response<Full<Bytes>> {
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let mut response = Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status.try_into().expect("a status");
    *response.headers_mut() = headers.clone();
    response.headers_mut().insert(header::CONTENT_TYPE, "application/json".parse().expect("a type"));
    response
}

/// The JSON of a body and the names of the files that came with it.
fn read_body(kind: &str, body: &[u8]) -> (Value, Vec<String>) {
    let Some((_, boundary)) = kind.split_once("boundary=") else {
        return (serde_json::from_slice(body).unwrap_or_default(), Vec::new());
    };
    let text = String::from_utf8_lossy(body);
    let mut value = Value::Null;
    let mut files = Vec::new();
    for part in text.split(&format!("--{}", boundary.trim_matches('"'))) {
        let Some((head, content)) = part.split_once("\r\n\r\n") else { continue };
        if head.contains("name=\"payload_json\"") {
            value = serde_json::from_str(content.trim_end()).unwrap_or_default();
        } else if let Some((_, name)) = head.split_once("filename=\"") {
            files.push(name.split('"').next().unwrap_or_default().to_owned());
        }
    }
    (value, files)
}
