//! A line to a PostgreSQL server that can be cut and mended: what a store sees when its server goes away.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use needle::store::Url;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, tcp};
use tokio::sync::watch;

/// How a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Whole,
    /// All connections break, new ones too.
    Cut,
    /// Connections stay, and nothing comes through, nor ever again on one that something was sent on.
    Stalled,
    /// Stalled as soon as something was committed, and before that is known.
    StallsAtCommit,
    /// Cut as soon as something was committed, and before that is known: whole again afterwards.
    LosesCommit,
}

/// A line to a server.
pub struct Line {
    address: SocketAddr,
    state: Arc<watch::Sender<State>>,
}

impl Line {
    /// A line to the server of `url`.
    pub async fn to(url: &str) -> Self {
        let rest = url.split_once("://").expect("an address").1;
        let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place).split(['/', '?']).next().expect("a host");
        let place = if place.contains(':') { place.to_owned() } else { format!("{place}:5432") };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port on loopback");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(watch::Sender::new(State::Whole));
        let of_line = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(relay(client, place.clone(), Arc::clone(&of_line)));
            }
        });
        Self { address, state }
    }

    /// `url` by way of this line.
    pub fn url(&self, url: &str) -> Url {
        let (scheme, rest) = url.split_once("://").expect("an address");
        let (user, place) = rest.rsplit_once('@').map_or(("", rest), |(user, place)| (user, place));
        let path = place.find(['/', '?']).map_or("", |at| &place[at..]);
        format!("{scheme}://{user}@{}{path}", self.address).parse().expect("an address")
    }

    pub fn cut(&self) {
        self.state.send_replace(State::Cut);
    }

    /// Says nothing any more once something was committed, not even that.
    pub fn stall_at_commit(&self) {
        self.state.send_replace(State::StallsAtCommit);
    }

    /// Breaks once, between a commit and the answer to it.
    pub fn lose_commit(&self) {
        self.state.send_replace(State::LosesCommit);
    }

    /// Whether that has happened.
    pub fn has_lost_commit(&self) -> bool {
        *self.state.borrow() == State::Whole
    }

    pub fn mend(&self) {
        self.state.send_replace(State::Whole);
    }
}

async fn relay(client: TcpStream, server: String, state: Arc<watch::Sender<State>>) {
    if *state.borrow() == State::Cut {
        return;
    }
    let server = TcpStream::connect(server).await.expect("the server is there");
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let commits = AtomicBool::new(false);
    let mut of_connection = state.subscribe();
    tokio::select! {
        () = pass(from_client, to_server, &state, |bytes| {
            let is_commit = bytes.windows(6).any(|part| part == b"COMMIT");
            commits.store(is_commit && *state.borrow() == State::LosesCommit, Ordering::SeqCst);
            state.send_if_modified(|state| {
                let is_time = is_commit && *state == State::StallsAtCommit;
                if is_time {
                    *state = State::Stalled;
                }
                is_time
            });
            true
        }) => {}
        () = pass(from_server, to_client, &state, |_| !commits.load(Ordering::SeqCst)) => {
            if commits.load(Ordering::SeqCst) {
                state.send_replace(State::Whole);
            }
        }
        _ = of_connection.wait_for(|state| *state == State::Cut) => {}
    }
}

/// Passes on what comes and what `may_pass`, up to the first that may not.
async fn pass(
    mut from: tcp::OwnedReadHalf,
    mut to: tcp::OwnedWriteHalf,
    state: &watch::Sender<State>,
    may_pass: impl Fn(&[u8]) -> bool,
) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut bytes).await {
        let now = *state.borrow();
        match now {
            State::Whole | State::StallsAtCommit | State::LosesCommit => {}
            State::Cut => return,
            State::Stalled => std::future::pending().await,
        }
        if !may_pass(&bytes[..length]) || to.write_all(&bytes[..length]).await.is_err() {
            return;
        }
    }
}
