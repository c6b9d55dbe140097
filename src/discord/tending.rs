//! Tending: what goes on beside answering, for as long as the bot runs.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use serenity::futures::FutureExt as _;

/// Goes on with `work` for ever: where it panics, which is logged, it is begun anew after `pause`.
///
/// Ending the bot instead would leave it to others whether data is deleted in time, and a mistake in drawing one card
/// would take the answers from everybody.
pub(super) async fn tend<W>(what: &'static str, pause: Duration, work: impl Fn() -> W) -> Infallible
where
    W: Future<Output = Infallible>,
{
    loop {
        // All that it shares with others is whole whenever anybody can see it.
        let Err(_) = AssertUnwindSafe(work()).catch_unwind().await;
        tracing::error!("{what} broke off, which is a mistake in the program; begun anew in {} s", pause.as_secs_f32());
        tokio::time::sleep(pause).await;
    }
}
