//! Waking: what is done in rounds is begun at once where something happened that it looks for. The rounds come by
//! themselves all the same, as other processes change the store, too.

use std::time::Duration;

use tokio::sync::Notify;

/// What the rounds are woken by. That something happened while one is under way is kept until it is done.
#[derive(Debug, Default)]
pub(super) struct Wake {
    /// Cards, which follow what is kept of questions.
    cards: Notify,
    /// Notices, which follow what is settled.
    notices: Notify,
}

impl Wake {
    /// Something changed that cards show.
    pub(super) fn cards(&self) {
        self.cards.notify_one();
    }

    /// A question may have been settled, or opened again.
    pub(super) fn all(&self) {
        self.cards.notify_one();
        self.notices.notify_one();
    }

    /// Waits until something changes that cards show, for at most so long; whether it did.
    pub(super) async fn for_cards(&self, at_most: Duration) -> bool {
        tokio::time::timeout(at_most, self.cards.notified()).await.is_ok()
    }

    /// Waits until a question may have been settled, for at most so long.
    pub(super) async fn for_notices(&self, at_most: Duration) {
        let _ = tokio::time::timeout(at_most, self.notices.notified()).await;
    }
}
