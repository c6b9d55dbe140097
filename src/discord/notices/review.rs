//! Review: open questions that are answered since the knowledge changed are settled.

use std::sync::Arc;

use serenity::model::id::GuildId;

use crate::answer::{Decision, Question, Snapshot, decide};
use crate::discord::Bot;
use crate::limits::REVIEWED_QUESTIONS;
use crate::store::{Fault, Open, Settled, UnansweredId, Verdict};

impl Bot {
    /// Settles the open questions that `snapshot` answers; `false` where what waits to be recorded takes too long, or
    /// somebody is about to settle one of them.
    ///
    /// # Errors
    /// When the store cannot do it now.
    pub(super) async fn settle_answered(bot: &Arc<Self>, snapshot: Arc<Snapshot>) -> Result<bool, Fault> {
        let keeper = &bot.keeper;
        if !keeper.flush().await {
            return Ok(false);
        }
        // Not to be answered from what a server's settings leave out.
        keeper.settings.refresh().await?;
        let open = keeper.store.newest_open(REVIEWED_QUESTIONS).await?;
        let asking = Arc::clone(bot);
        let answered = tokio::task::spawn_blocking(move || {
            let answers = |open: &Open| Some((open.id, asking.entry_answering(open, &snapshot)?));
            open.iter().filter_map(answers).collect::<Vec<(UnansweredId, String)>>()
        });
        // What panics was logged where it did; nothing is settled then.
        let mut are_all_settled = true;
        for (question, entry) in answered.await.unwrap_or_default() {
            // It may be the moderator whose words answer it since a moment ago.
            if bot.in_hand.has(question) {
                are_all_settled = false;
                continue;
            }
            let settled = Settled { verdict: Verdict::Added(entry.clone()), by: None, at: keeper.now(), written: None };
            if keeper.store.settle(question, &settled).await? {
                tracing::info!(question = question.0, entry, "an open question is answered by now");
                keeper.wake.cards();
            }
        }
        Ok(are_all_settled)
    }

    /// The entry that answers a question where it was asked, unless somebody said that it does not.
    fn entry_answering(&self, open: &Open, snapshot: &Snapshot) -> Option<String> {
        let guild = open.server.map(|server| GuildId::new(server.0));
        let question = Question { text: open.text.clone(), scope: self.scope_in(guild) };
        let Decision::Answer(best) = decide(&question, snapshot, &self.policy_in(guild)).decision else { return None };
        let entry = snapshot.knowledge.entries()[best.entry].id.to_string();
        Some(entry).filter(|entry| !open.rejected.contains(entry))
    }
}
