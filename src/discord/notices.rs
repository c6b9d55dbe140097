//! Notices: members who asked what was not known, wanted to be told, and are told once it is.
//!
//! What moderators add to the knowledge settles its question at once; what answers it otherwise, such as an edit made in
//! git, is found by asking all open questions again when the knowledge has changed.

mod giving;
mod offering;
mod review;

use std::sync::Arc;
use std::time::Duration;

use tokio_util::task::TaskTracker;

use crate::answer::Snapshot;
use crate::store::{Due, Fault};

use super::Bot;
use super::session::Pace;

/// How often open questions are asked again after a change: what was asked of the knowledge before may be recorded a
/// moment after it.
const REVIEWS: u32 = 2;

/// How many notices are looked at a time.
const PAGE: u32 = 100;

/// Looks again and again for questions that are answered by now, and tells who wants to know.
pub(super) struct Notices {
    bot: Arc<Bot>,
    /// Where notices are given: one that was begun is finished before the end.
    running: TaskTracker,
    every: Duration,
    /// The delay before a write to the store is tried again that must not be given up.
    again: Duration,
}

/// The knowledge that open questions were last asked of, and how often they are still to be.
#[derive(Default)]
struct Reviewed {
    snapshot: Option<Arc<Snapshot>>,
    left: u32,
}

impl Notices {
    pub(super) fn new(bot: Arc<Bot>, running: TaskTracker, pace: &Pace) -> Self {
        Self { bot, running, every: pace.notices, again: pace.forget_again }
    }

    /// Looks for ever. May be dropped at any time.
    pub(super) async fn give(&self) {
        let mut reviewed = Reviewed::default();
        let mut is_away = false;
        loop {
            let outcome = self.look(&mut reviewed).await;
            match &outcome {
                Err(fault) if !is_away => tracing::warn!("nobody is told what is known by now: {fault}"),
                Ok(()) | Err(_) => {}
            }
            is_away = outcome.is_err();
            tokio::time::sleep(self.every).await;
        }
    }

    async fn look(&self, reviewed: &mut Reviewed) -> Result<(), Fault> {
        self.bot.keeper.refresh_settled().await?;
        let snapshot = self.bot.snapshot();
        if reviewed.snapshot.as_ref().is_none_or(|before| !Arc::ptr_eq(before, &snapshot)) {
            *reviewed = Reviewed { snapshot: Some(Arc::clone(&snapshot)), left: REVIEWS };
        }
        if reviewed.left > 0 && Bot::settle_answered(&self.bot, snapshot).await? {
            reviewed.left -= 1;
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
