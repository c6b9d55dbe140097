//! Settings of servers: what was chosen, what others chose meanwhile, and every process that should know.

use needle::store::{Bounds, ChannelId, RoleId, ServerSettings, SettingsCache, Timestamp};

use super::{NOON, OTHER_SERVER, SERVER, on_both, open};

#[test]
fn what_was_chosen_survives_a_restart() {
    on_both(async |url| {
        let store = open(url).await;
        assert_eq!(store.server_settings(SERVER).await.unwrap(), ServerSettings::default());
        let chosen = ServerSettings {
            moderators_channel: Some(ChannelId(u64::MAX >> 1)),
            editor_role: Some(RoleId(1)),
            viewer_role: Some(RoleId(2)),
            topics: Some(vec!["pots".to_owned(), "it's \"this\"".to_owned()]),
            addressed: Bounds { answer: Some(0.7), suggest: Some(0.1) },
            unprompted: Bounds { answer: None, suggest: Some(1.0) },
            feedback: false,
            paused: true,
            version: 1,
            changed_at: NOON,
        };
        let changed = store.change_server_settings(SERVER, NOON, |settings| settings.clone_from(&chosen)).await;
        assert_eq!(changed.unwrap(), chosen);
        store.close().await;

        let store = open(url).await;
        assert_eq!(store.server_settings(SERVER).await.unwrap(), chosen);
        assert_eq!(store.server_settings(OTHER_SERVER).await.unwrap(), ServerSettings::default());
        let back = store.change_server_settings(SERVER, NOON, |settings| *settings = ServerSettings::default()).await;
        assert_eq!(back.unwrap(), ServerSettings { version: 2, changed_at: NOON, ..ServerSettings::default() });
    });
}

#[test]
fn two_who_change_different_settings_at_once_both_succeed() {
    on_both(async |url| {
        let (one, other) = (open(url).await, open(url).await);
        for round in 0..20 {
            let feedback = one.change_server_settings(SERVER, NOON, |settings| settings.feedback = round % 2 == 0);
            let paused = other.change_server_settings(SERVER, NOON, |settings| settings.paused = round % 2 == 0);
            let (feedback, paused) = tokio::join!(feedback, paused);
            let (feedback, paused) = (feedback.unwrap().version, paused.unwrap().version);
            assert_eq!(feedback.max(paused), 2 * round + 2);
            let settings = one.server_settings(SERVER).await.unwrap();
            assert_eq!((settings.feedback, settings.paused), (round % 2 == 0, round % 2 == 0));
        }
    });
}

#[test]
fn every_process_notices() {
    on_both(async |url| {
        let (here, there) = (SettingsCache::new(open(url).await), SettingsCache::new(open(url).await));
        assert!(here.refresh().await.unwrap() && there.refresh().await.unwrap(), "the first look");
        assert!(!there.refresh().await.unwrap(), "nothing changed");

        there.change(OTHER_SERVER, NOON, |settings| settings.paused = true).await.unwrap();
        let changed = here.change(SERVER, NOON, |settings| settings.feedback = false).await.unwrap();
        assert_eq!(here.of(SERVER), changed, "at once");
        assert!(there.of(SERVER).feedback && !here.of(OTHER_SERVER).paused, "not looked yet");

        assert!(there.refresh().await.unwrap() && here.refresh().await.unwrap());
        assert_eq!(there.of(SERVER), changed);
        assert!(here.of(OTHER_SERVER).paused);
        assert!(!here.refresh().await.unwrap());
    });
}

#[test]
fn a_server_that_is_forgotten_has_the_default_settings_everywhere() {
    on_both(async |url| {
        let (store, there) = (open(url).await, SettingsCache::new(open(url).await));
        there.change(SERVER, NOON, |settings| settings.paused = true).await.unwrap();
        store.leave_server(SERVER, NOON).await.unwrap();
        let later = Timestamp(NOON.0 + 8 * 24 * 60 * 60);
        store.forget_expired(later, needle::store::SERVER_KEPT).await.unwrap();
        assert!(there.refresh().await.unwrap());
        assert!(!there.of(SERVER).paused);
    });
}
