//! Waiting for what must happen, in tests that are told by no event.

use std::time::Duration;

/// Far longer than anything takes that is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// Waits until `is_so`; fails where `what` is said to be waited for does not happen.
pub async fn until(what: &str, is_so: impl AsyncFn() -> bool) {
    let waiting = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("waited until {what}"));
}
