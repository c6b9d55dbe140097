//! Notices: members who asked what was not known, wanted to be told, and are told once it is.
//!
//! What moderators add to the knowledge settles its question at once; what answers it otherwise, such as an edit made
//! in git, is found by asking all open questions again when the knowledge has changed.

mod giving;
mod offering;
mod review;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio_util::task::TaskTracker;

use crate::answer::Snapshot;
use crate::store::{Due, Fault};

use super::Bot;
use super::session::Pace;
use super::tending::tend;

/// How often open questions are asked again after a change, with a pause in between: what was asked of the knowledge
/// before may be recorded a moment after it.
const REVIEWS: u32 = 2;

/// How many notices are looked at a time.
const PAGE: u32 = 100;

/// Looks again and again for questions that are answered by now, and tells who wants to know.
pub(super) struct Notices {
    bot: Arc<Bot>,
    /// Where notices are given: one that was begun is finished before the end.
    running: TaskTracker,
    every: Duration,
    review: Duration,
    /// Delay before retrying a write to the store that must not be given up, and before going on after a panic.
    again: Duration,
}

/// The knowledge that open questions were last asked of, and how often they are still to be.
#[derive(Default)]
struct Reviewed {
    snapshot: Option<Arc<Snapshot>>,
    left: u32,
    /// When the next time is due; at once where there is none.
    next: Option<Instant>,
}

impl Notices {
    pub(super) fn new(bot: Arc<Bot>, running: TaskTracker, pace: &Pace) -> Self {
        Self { bot, running, every: pace.notices, review: pace.review, again: pace.forget_again }
    }

    /// Looks for ever. May be dropped at any time.
    pub(super) async fn give(&self) -> Infallible {
        tend("telling what is known by now", self.again, || self.keep_looking()).await
    }

    async fn keep_looking(&self) -> Infallible {
        let mut reviewed = Reviewed::default();
        let mut is_away = false;
        let mut replaced = self.bot.answering.live.replaced();
        loop {
            let outcome = self.look(&mut reviewed).await;
            match &outcome {
                Err(fault) if !is_away => tracing::warn!("nobody is told what is known by now: {fault}"),
                Ok(()) | Err(_) => {}
            }
            is_away = outcome.is_err();
            tokio::select! {
                () = self.bot.keeper.wake.for_notices(self.every) => {}
                Ok(()) = replaced.changed() => {}
            }
        }
    }

    async fn look(&self, reviewed: &mut Reviewed) -> Result<(), Fault> {
        self.bot.keeper.refresh_settled().await?;
        let snapshot = self.bot.snapshot();
        if reviewed.snapshot.as_ref().is_none_or(|before| !Arc::ptr_eq(before, &snapshot)) {
            *reviewed = Reviewed { snapshot: Some(Arc::clone(&snapshot)), left: REVIEWS, next: None };
        }
        let is_due = reviewed.left > 0 && reviewed.next.is_none_or(|next| next <= Instant::now());
        if is_due && Bot::settle_answered(&self.bot, snapshot).await? {
            reviewed.left -= 1;
            reviewed.next = Some(Instant::now() + self.review);
        }
        let mut page: Vec<Due> = Vec::new();
        loop {
            page = self.bot.keeper.store.due_notices(page.last(), self.bot.keeper.now(), PAGE).await?;
            for due in &page {
                let (bot, due, again) = (Arc::clone(&self.bot), due.clone(), self.again);
                let giving = self.running.spawn(async move { bot.give_notice(&due, again).await });
                // What panics was logged where it did, and concerns nobody else.
                giving.await.unwrap_or(Ok(()))?;
            }
            if page.len() < PAGE as usize {
                return Ok(());
            }
        }
    }
}
