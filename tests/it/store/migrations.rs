//! Migrations on databases with data in them.
//!
//! A database goes through every version there was, and gets data of that version before the next step: a new
//! migration needs another entry in [`DATA`], of the version before it as that was, and one for itself.

use std::path::Path;

use needle::store::{Listing, MemberId, MessageId, Notice, ServerId, Settled, Timestamp, Url, Verdict};
use sqlx::migrate::Migrator;
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use super::{NOON, on_both, open};

/// What each version may have written, in the order of versions; the same statements for both databases.
const DATA: [&[&str]; 4] = [&[
    "INSERT INTO unanswered (server, wording, since) VALUES (1, 'aa', 10)",
    "INSERT INTO unanswered (server, wording, state, since, settled_by, entry, revision, drawn, card_channel, card_message)
    VALUES (1, 'bb', 'added', 20, 7, 'pots/water', 3, 3, 31, 32)",
    "INSERT INTO miss (unanswered, text, closest, channel, message, private, asked_at)
    SELECT id, 'Pots?', '[{\"entry\":\"pots/water\",\"score\":0.25,\"rejected\":true}]', 21, 22, 0, 10
    FROM unanswered WHERE wording = 'aa'",
    "INSERT INTO miss (unanswered, text, closest, private, asked_at)
    SELECT id, 'Sun?', '[]', 0, 15 FROM unanswered WHERE wording = 'bb'",
    "INSERT INTO blanking (message, channel, server, since) VALUES (41, 42, 1, 10)",
    "INSERT INTO notice (unanswered, member, channel, message, since) SELECT id, 7, 21, 22, 10 FROM unanswered",
    "INSERT INTO vote (member, message, entry, server, helpful, reason, voted_at)
    VALUES ('cc', 51, 'pots/water', 1, 0, 'unclear', 10)",
    "INSERT INTO tally (server, day, entry, event, times) VALUES (1, 0, 'pots/water', 'answered', 5)",
    "INSERT INTO settings (server, moderators_channel, topics, addressed_answer, feedback, paused, version, changed_at)
    VALUES (1, 31, '[\"pots\"]', 0.5, 1, 0, 1, 10)",
    "UPDATE settings_change SET number = 1",
    "INSERT INTO left_server (server, left_at) VALUES (2, 10)",
    "INSERT INTO writer (id, batch, written_at) VALUES ('dd', 9, 10)",
], &[
    "UPDATE unanswered SET written = '[]' WHERE state = 'added'",
    "UPDATE notice SET claimed_at = 20",
    "INSERT INTO miss (unanswered, text, closest, message, private, asked_at)
    SELECT id, 'Private pots?', '[]', 23, 1, 5 FROM unanswered WHERE wording = 'aa'",
], &[
    "INSERT INTO miss (unanswered, text, closest, rejected, asked_at)
    SELECT id, 'Pots, then?', '[{\"entry\":\"pots/light\",\"score\":0.25,\"rejected\":true}]', 1, 30
    FROM unanswered WHERE wording = 'aa'",
], &["UPDATE unanswered SET compared = 0 WHERE wording = 'aa'"]];

#[test]
fn what_every_version_wrote_is_still_there() {
    on_both(async |url| {
        let folder = if url.file().is_some() { "migrations/sqlite" } else { "migrations/postgres" };
        let migrator = Migrator::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).await.unwrap();
        assert_eq!(migrator.iter().count(), DATA.len(), "data for each version");
        for (version, data) in (1..).zip(DATA) {
            if url.file().is_some() {
                let mut connection = SqliteConnection::connect(&url.raw).await.unwrap();
                migrator.run_to(version, &mut connection).await.unwrap();
            } else {
                let mut connection = PgConnection::connect(&url.raw).await.unwrap();
                migrator.run_to(version, &mut connection).await.unwrap();
            }
            for statement in data {
                url.execute(statement).await;
            }
        }
        everything_is_there(url).await;
    });
}

async fn everything_is_there(url: &Url) {
    let store = open(url).await;
    let server = ServerId(1);
    let questions = store.unanswered(Listing::ALL).await.unwrap();
    let [open] = &questions[..] else { panic!("{questions:?}") };
    assert_eq!((&*open.text, open.message, open.closest[0].rejected), ("Pots?", Some(MessageId(22)), true));
    assert_eq!((open.times, open.first_at), (2, Timestamp(10)), "what was private is gone");
    let rejected: Vec<_> = store.newest_open(9).await.unwrap()[0].rejected.iter().cloned().collect();
    assert_eq!(rejected, ["pots/light", "pots/water"]);
    assert_eq!(store.questions_to_compare(9).await.unwrap(), questions);
    let drawn = store.cards_to_draw(server, 9).await.unwrap();
    assert_eq!(drawn, questions, "the other is settled and its card shows it");
    let notice = store.notices(open.id).await.unwrap();
    let [Notice { member: MemberId(7), message: Some(MessageId(22)), .. }] = notice[..] else { panic!("{notice:?}") };
    let settled = store.unanswered_by_id(needle::store::UnansweredId(open.id.0 + 1)).await.unwrap().unwrap();
    let verdict = Verdict::Added("pots/water".to_owned());
    assert_eq!(
        settled.settled,
        Some(Settled { verdict, by: Some(MemberId(7)), at: Timestamp(20), written: Some("[]".to_owned()) })
    );
    assert_eq!((settled.card.unwrap().message, settled.is_compared), (MessageId(32), true));
    assert_eq!(store.cards_to_blank(9).await.unwrap()[0].1.message, MessageId(41));
    assert_eq!(store.votes("pots/water", Some(server)).await.unwrap().unhelpful.len(), 1);
    assert_eq!(store.tallies(Some(server), Timestamp(0), NOON).await.unwrap()[0].1, 5);
    let settings = store.server_settings(server).await.unwrap();
    assert_eq!((settings.topics, settings.addressed.answer), (Some(vec!["pots".to_owned()]), Some(0.5)));
    let changed = store.change_server_settings(server, NOON, |settings| settings.paused = true).await.unwrap();
    assert_eq!(changed.version, 2);
}
