//! The gateway's sockets: one task a connection.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::super::server::{Shared, send_at_once};
use super::{Connection, End, Out};

/// Takes connections for as long as the test lasts.
pub async fn listen(server: Shared, listener: TcpListener) {
    let mut hanging = Vec::new();
    while let Ok((stream, _)) = listener.accept().await {
        send_at_once(&stream);
        let (is_away, hangs) = server.with(|state| {
            state.gateway.connects += 1;
            (state.turns_away(), state.faults.hangs)
        });
        if hangs {
            hanging.push(stream);
        } else if !is_away {
            tokio::spawn(serve(Shared::clone(&server), stream));
        }
    }
}

async fn serve(server: Shared, stream: TcpStream) {
    let mut query = String::new();
    // The size of the error is the library's choice.
    #[allow(clippy::result_large_err)]
    let look = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        request.uri().query().unwrap_or_default().clone_into(&mut query);
        Ok(response)
    };
    let Ok(mut socket) = tokio_tungstenite::accept_hdr_async(stream, look).await else { return };
    let (sender, outs) = unbounded_channel();
    let (connection, interval) = server.with(|state| {
        if !query.split('&').any(|pair| pair == "v=10") {
            state.mistake(format!("the bot connected to the gateway with ?{query}, without v=10"));
        }
        let connection = state.id();
        state.gateway.connections.insert(connection, sender);
        (connection, state.setup.heartbeat)
    });
    let end = converse(&server, connection, interval, &mut socket, outs).await;
    server.with(|state| state.disconnected(connection, end.unwrap_or(End::ByBot(None))));
}

/// Speaks with the bot until the connection ends; `None` where it just breaks.
async fn converse(
    server: &Shared,
    connection: Connection,
    interval: Duration,
    socket: &mut WebSocketStream<TcpStream>,
    mut outs: UnboundedReceiver<Out>,
) -> Option<End> {
    let interval = u64::try_from(interval.as_millis()).expect("a short interval");
    let hello = json!({ "op": 10, "d": { "heartbeat_interval": interval } });
    socket.send(Message::Text(hello.to_string())).await.ok()?;
    loop {
        tokio::select! {
            out = outs.recv() => match out? {
                Out::Frame(frame) => socket.send(Message::Text(frame.to_string())).await.ok()?,
                Out::Close(code, reason) => {
                    let frame = CloseFrame { code: code.into(), reason: reason.into() };
                    socket.close(Some(frame)).await.ok()?;
                    while let Some(Ok(_)) = socket.next().await {}
                    return Some(End::ByDiscord(Some(code)));
                }
                Out::CloseBare => {
                    socket.close(None).await.ok()?;
                    while let Some(Ok(_)) = socket.next().await {}
                    return Some(End::ByDiscord(None));
                }
                Out::Drop => return Some(End::ByDiscord(None)),
            },
            said = socket.next() => match said? {
                Ok(Message::Text(text)) => {
                    let said: Value = serde_json::from_str(&text).unwrap_or_default();
                    server.with(|state| state.hear(connection, &said));
                }
                Ok(Message::Close(frame)) => {
                    // The library answers the goodbye once more is asked of it.
                    while let Some(Ok(_)) = socket.next().await {}
                    return Some(End::ByBot(Some(frame.map_or(1005, |frame| frame.code.into()))));
                }
                Ok(_) => {}
                Err(Error::ConnectionClosed) => return Some(End::ByBot(Some(1000))),
                Err(_) => return None,
            },
        }
    }
}
