//! What is deleted: by time, by message, by member, by server.

use std::time::Duration;

use needle::store::{
    CardMessage, ChannelId, Event, Listing, MemberId, MessageId, Miss, NOTICE_KEPT, Notice, Origin, Record, Recorder,
    SERVER_KEPT, Settled, Store, Tally, Timestamp, UnansweredQuestion, Verdict, Vote,
};
use sqlx::{Connection as _, Row as _, SqliteConnection};

use super::{NOON, OTHER_SERVER, Place, SERVER, key, miss, on_both, on_sqlite, open};

const RETENTION: Duration = Duration::from_hours(30 * 24);

fn after(time: Duration, seconds: i64) -> Timestamp {
    Timestamp(NOON.0 + i64::try_from(time.as_secs()).unwrap() + seconds)
}

fn card(message: u64) -> CardMessage {
    CardMessage { channel: ChannelId(3_001), message: MessageId(message) }
}

/// The cards whose text has to go.
async fn to_blank(store: &Store) -> Vec<CardMessage> {
    store.cards_to_blank(9).await.unwrap().into_iter().map(|(_, card)| card).collect()
}

/// The questions asked by these misses, as recorded, each with a card.
async fn carded(store: &Store, misses: &[Miss]) -> Vec<UnansweredQuestion> {
    for miss in misses {
        store.record_miss(miss).await.unwrap();
    }
    let mut questions = store.unanswered(Listing::ALL).await.unwrap();
    questions.sort_by_key(|question| question.id);
    for (question, message) in questions.iter().zip(4_001..) {
        store.card_drawn(question, card(message), NOON).await.unwrap();
    }
    questions
}

#[test]
fn when_retention_ends_the_text_goes_with_its_card() {
    on_both(async |url| {
        let store = open(url).await;
        let misses = [miss("Pots?", 1), miss("Sun?", 2), Miss { at: Timestamp(NOON.0 + 90), ..miss("POTS?", 3) }];
        let questions = carded(&store, &misses).await;

        store.forget_expired(after(RETENTION, 1), RETENTION).await.unwrap();
        assert_eq!(to_blank(&store).await, [], "to the second");
        store.forget_expired(after(RETENTION, 3), RETENTION).await.unwrap();
        assert_eq!(to_blank(&store).await, [card(4_002)]);
        let left = store.unanswered(Listing::ALL).await.unwrap();
        assert_eq!((left.len(), &*left[0].text, left[0].times), (1, "POTS?", 1), "the younger words stay");
        assert!(left[0].revision > questions[0].revision, "the card shows the older words");
        assert_eq!(store.cards_to_draw(SERVER, 9).await.unwrap(), left);

        // What is not said to be done comes again, also after a restart.
        store.close().await;
        let store = open(url).await;
        store.forget_expired(after(RETENTION, 100), RETENTION).await.unwrap();
        assert_eq!(to_blank(&store).await, [card(4_002), card(4_001)]);
        store.card_blanked(card(4_002)).await.unwrap();
        assert_eq!(to_blank(&store).await, [card(4_001)]);
        assert!(store.unanswered(Listing::ALL).await.unwrap().is_empty());
    });
}

#[test]
fn of_an_off_topic_question_only_the_hash_stays() {
    on_both(async |url| {
        let store = open(url).await;
        let questions = carded(&store, &[miss("Pots?", 1), miss("Sun?", 2)]).await;
        for (question, verdict) in questions.iter().zip([Verdict::OffTopic, Verdict::Ignored]) {
            let settled = Settled { verdict, by: Some(MemberId(7)), at: NOON, written: None };
            assert!(store.settle(question.id, &settled).await.unwrap());
        }
        store.forget_expired(after(RETENTION, 10), RETENTION).await.unwrap();
        store.record_miss(&miss("Pots?", 3)).await.unwrap();
        store.record_miss(&miss("Sun?", 4)).await.unwrap();
        let open = store.unanswered(Listing::ALL).await.unwrap();
        assert_eq!((open.len(), &*open[0].text), (1, "Sun?"), "off-topic does not come back, ignored may");
        store.forget_expired(after(RETENTION, 10), RETENTION).await.unwrap();
        assert_eq!(store.cards_to_blank(9).await.unwrap().len(), 2, "each once");
    });
}

#[test]
fn a_question_that_its_member_deletes_goes_at_once() {
    on_both(async |url| {
        let store = open(url).await;
        let questions = carded(&store, &[miss("Pots?", 1), miss("Sun?", 2), miss("POTS?", 3)]).await;
        let notice = Notice { member: MemberId(7), channel: ChannelId(2_001), message: Some(MessageId(1)) };
        assert!(store.want_notice(questions[0].id, notice, NOON).await.unwrap());

        assert!(store.forget_message(MessageId(1), NOON).await.unwrap());
        assert!(!store.forget_message(MessageId(1), NOON).await.unwrap());
        let left = store.unanswered_by_id(questions[0].id).await.unwrap().unwrap();
        assert_eq!((&*left.text, left.times), ("POTS?", 1));
        assert_eq!(store.notices(questions[0].id).await.unwrap(), []);
        assert_eq!(store.cards_to_blank(9).await.unwrap(), []);

        assert!(store.forget_message(MessageId(3), NOON).await.unwrap());
        assert_eq!(to_blank(&store).await, [card(4_001)]);
        assert!(store.unanswered_by_id(questions[0].id).await.unwrap().is_none());
        assert!(!store.forget_message(MessageId(77), NOON).await.unwrap(), "never seen");
    });
}

#[test]
fn what_was_asked_in_a_deleted_channel_goes_at_once() {
    on_both(async |url| {
        let store = open(url).await;
        let elsewhere = |text, message| {
            let miss = miss(text, message);
            Miss { origin: Origin { channel: Some(ChannelId(2_002)), ..miss.origin }, ..miss }
        };
        let questions = carded(&store, &[miss("Pots?", 1), miss("Sun?", 2), elsewhere("POTS?", 3)]).await;
        for (question, channel) in [(0, 2_001), (1, 2_001), (0, 2_002)] {
            let notice = Notice { member: MemberId(channel), channel: ChannelId(channel), message: None };
            assert!(store.want_notice(questions[question].id, notice, NOON).await.unwrap());
        }
        assert_eq!(store.channels_asked_in(SERVER).await.unwrap(), [ChannelId(2_001), ChannelId(2_002)]);
        let recorder = Recorder::start(store.clone(), needle::store::Pace::default());
        // What waits is not written at all.
        assert!(
            recorder.record(Record::Miss(miss("Rain?", 4))) && recorder.record(Record::Miss(elsewhere("Frost?", 5)))
        );
        assert!(recorder.record(Record::ForgetChannel(ChannelId(2_001))));
        assert_eq!(recorder.figures().written, 1);
        recorder.close(Duration::from_secs(10)).await;
        let mut left = store.unanswered(Listing::ALL).await.unwrap();
        left.sort_by_key(|question| question.id);
        assert_eq!(left.iter().map(|left| &*left.text).collect::<Vec<_>>(), ["POTS?", "Frost?"]);
        assert_eq!(store.notices(questions[0].id).await.unwrap()[0].member, MemberId(2_002));
        assert_eq!(to_blank(&store).await, [card(4_002)]);
        assert_eq!(store.channels_asked_in(SERVER).await.unwrap(), [ChannelId(2_002)]);
        assert_eq!(store.channels_asked_in(OTHER_SERVER).await.unwrap(), []);
    });
}

#[test]
fn deleted_text_is_in_no_file() {
    on_sqlite(&async |url: &Place| {
        let store = open(url).await;
        store.record_miss(&miss("Does xylophone count?", 1)).await.unwrap();
        let folder = url.file().unwrap().parent().unwrap();
        let is_there = || {
            let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
            files.filter(|bytes| bytes.windows(9).any(|part| part == b"xylophone")).count() > 0
        };
        assert!(is_there());
        store.forget_message(MessageId(1), NOON).await.unwrap();
        store.forget_expired(NOON, RETENTION).await.unwrap();
        assert!(!is_there());
    });
}

#[test]
fn a_member_is_forgotten_and_others_are_not() {
    on_both(async |url| {
        let store = open(url).await;
        let question = carded(&store, &[miss("Pots?", 1)]).await.remove(0);
        for member in [7, 8].map(MemberId) {
            let vote = Vote {
                member: key().member(member),
                message: MessageId(5),
                entry: "pots/water".to_owned(),
                server: Some(SERVER),
                helpful: true,
                reason: None,
                at: NOON,
            };
            store.vote(&vote).await.unwrap();
            let notice = Notice { member, channel: ChannelId(1), message: None };
            store.want_notice(question.id, notice, NOON).await.unwrap();
        }
        let others = carded(&store, &[miss("Sun?", 2)]).await;
        let other = others.iter().find(|other| other.id != question.id).unwrap();
        for (id, member) in [(question.id, 7), (other.id, 8)] {
            let by = Some(MemberId(member));
            let settled = Settled { verdict: Verdict::Ignored, by, at: NOON, written: None };
            assert!(store.settle(id, &settled).await.unwrap());
            let settled = store.unanswered_by_id(id).await.unwrap().unwrap();
            store.card_drawn(&settled, settled.card.unwrap(), NOON).await.unwrap();
        }
        assert_eq!(store.cards_to_draw(SERVER, 9).await.unwrap(), []);

        store.forget_member(MemberId(7), &key().member(MemberId(7))).await.unwrap();
        let to_draw = store.cards_to_draw(SERVER, 9).await.unwrap();
        assert_eq!(to_draw.iter().map(|question| question.id).collect::<Vec<_>>(), [question.id]);
        let settled = to_draw[0].settled.as_ref().unwrap();
        assert_eq!((&settled.verdict, settled.by), (&Verdict::Ignored, None));
        let other = store.unanswered_by_id(other.id).await.unwrap().unwrap();
        assert_eq!(other.settled.unwrap().by, Some(MemberId(8)));
        assert_eq!(store.votes("pots/water", None).await.unwrap().helpful, 1);
        let left: Vec<MemberId> =
            store.notices(question.id).await.unwrap().iter().map(|notice| notice.member).collect();
        assert_eq!(left, [MemberId(8)]);
    });
}

#[test]
fn notices_wait_thirty_days_and_are_given_once() {
    on_both(async |url| {
        let store = open(url).await;
        let misses = [Miss { at: after(NOTICE_KEPT, 0), ..miss("Pots?", 1) }];
        let id = carded(&store, &misses).await[0].id;
        let notice = |member| Notice { member: MemberId(member), channel: ChannelId(1), message: Some(MessageId(1)) };
        for (member, seconds) in [(7, 0), (8, 5), (8, 6)] {
            assert!(store.want_notice(id, notice(member), Timestamp(NOON.0 + seconds)).await.unwrap());
        }
        assert_eq!(store.notices(id).await.unwrap(), [notice(7), notice(8)]);
        store.forget_expired(after(NOTICE_KEPT, 1), RETENTION).await.unwrap();
        assert_eq!(store.notices(id).await.unwrap(), [notice(8)]);
        assert!(store.take_notice(id, MemberId(8), NOON).await.unwrap());
        assert!(!store.take_notice(id, MemberId(8), NOON).await.unwrap(), "somebody was faster");
        let later = after(Duration::from_mins(10), 1);
        assert!(store.take_notice(id, MemberId(8), later).await.unwrap(), "who took it has ended");
        store.forget_notice(id, MemberId(8)).await.unwrap();
        assert!(!store.take_notice(id, MemberId(8), after(NOTICE_KEPT, 0)).await.unwrap());
        let gone = needle::store::UnansweredId(77);
        assert!(!store.want_notice(gone, notice(7), NOON).await.unwrap());
    });
}

#[test]
fn notices_are_due_once_their_question_is_answered() {
    on_both(async |url| {
        let store = open(url).await;
        let questions = carded(&store, &[miss("Pots?", 1), miss("Sun?", 2), miss("Rain?", 3)]).await;
        let notice = |member, message| Notice {
            member: MemberId(member),
            channel: ChannelId(1),
            message: Some(MessageId(message)),
        };
        for (question, notice) in
            [(0, notice(7, 1)), (0, notice(8, 1)), (1, notice(7, 2)), (1, notice(9, 77)), (2, notice(7, 3))]
        {
            assert!(store.want_notice(questions[question].id, notice, NOON).await.unwrap());
        }
        let due = async || {
            let mut due = Vec::new();
            // One at a time, so that each is behind the one before.
            while let [next] = &store.due_notices(due.last(), NOON, 1).await.unwrap()[..] {
                due.push(next.clone());
            }
            due
        };
        assert_eq!(due().await, []);
        for (question, verdict) in [(0, Verdict::OffTopic), (1, Verdict::Added("pots/light".to_owned()))] {
            let settled = Settled { verdict, by: None, at: NOON, written: None };
            assert!(store.settle(questions[question].id, &settled).await.unwrap());
        }
        let all = due().await;
        let told: Vec<_> = all.iter().map(|due| (due.notice, due.text.as_deref())).collect();
        assert_eq!(told, [(notice(7, 2), Some("Sun?")), (notice(9, 77), None)]);
        assert_eq!((all[0].server, &*all[0].entry, all[0].is_left), (Some(SERVER), "pots/light", false));

        store.leave_server(SERVER, NOON).await.unwrap();
        assert!(store.take_notice(questions[1].id, MemberId(7), NOON).await.unwrap());
        let left = due().await;
        assert_eq!((left.len(), left[0].notice.member, left[0].is_left), (1, MemberId(9), true));
        store.put_back_notice(questions[1].id, MemberId(7)).await.unwrap();
        assert_eq!(due().await[0].since, NOON, "it waits as long as before");
        // Who is forgotten while they are about to be told is not put back.
        assert!(store.take_notice(questions[1].id, MemberId(7), NOON).await.unwrap());
        store.forget_member(MemberId(7), &key().member(MemberId(7))).await.unwrap();
        store.put_back_notice(questions[1].id, MemberId(7)).await.unwrap();
        assert_eq!(due().await.len(), 1);
    });
}

#[test]
fn a_server_that_was_left_is_forgotten_after_a_week() {
    on_both(async |url| {
        let store = open(url).await;
        let other = Miss { origin: Origin { server: Some(OTHER_SERVER), ..miss("", 2).origin }, ..miss("Pots?", 2) };
        carded(&store, &[miss("Pots?", 1), other]).await;
        let recorder = Recorder::start(store.clone(), needle::store::Pace::default());
        for server in [SERVER, OTHER_SERVER] {
            store.change_server_settings(server, NOON, |settings| settings.paused = true).await.unwrap();
            let tally = Tally { server: Some(server), day: NOON, entry: "pots/water".to_owned(), event: Event::Chosen };
            assert!(recorder.record(Record::Tally(tally)));
        }
        recorder.close(Duration::from_secs(10)).await;

        store.leave_server(SERVER, NOON).await.unwrap();
        store.forget_expired(after(SERVER_KEPT, 0), RETENTION).await.unwrap();
        assert_eq!(store.known_servers().await.unwrap(), [SERVER, OTHER_SERVER]);
        store.join_server(SERVER).await.unwrap();
        store.forget_expired(after(SERVER_KEPT, 10), RETENTION).await.unwrap();
        assert_eq!(store.known_servers().await.unwrap(), [SERVER, OTHER_SERVER], "it came back");

        store.leave_server(SERVER, NOON).await.unwrap();
        store.leave_server(SERVER, after(SERVER_KEPT, 0)).await.unwrap();
        store.forget_expired(after(SERVER_KEPT, 1), RETENTION).await.unwrap();
        assert_eq!(to_blank(&store).await, [], "no way to its cards");
        assert_eq!(store.known_servers().await.unwrap(), [OTHER_SERVER]);
        assert_eq!(store.unanswered(Listing::ALL).await.unwrap().len(), 1);
        assert_eq!(store.tallies(None, NOON, NOON).await.unwrap().len(), 1);
        assert!(!store.server_settings(SERVER).await.unwrap().paused);
    });
}

/// No table but those of notices and of questions may have a column for ids of members, so that a new one does not slip
/// in.
#[test]
fn the_only_members_kept_by_id_are_in_notices_and_decisions() {
    on_sqlite(&async |url: &Place| {
        open(url).await.close().await;
        let mut connection = SqliteConnection::connect(&url.raw).await.unwrap();
        let columns = sqlx::query(
            "SELECT m.name || '.' || c.name || ' ' || c.type FROM sqlite_master m, pragma_table_info(m.name) c
            WHERE m.type = 'table' AND (c.name LIKE '%member%' OR c.name LIKE '%user%' OR c.name LIKE '%_by')
            ORDER BY 1",
        );
        let columns = columns.fetch_all(&mut connection).await.unwrap();
        let columns: Vec<String> = columns.iter().map(|row| row.get(0)).collect();
        assert_eq!(columns, ["notice.member BIGINT", "unanswered.settled_by BIGINT", "vote.member TEXT"]);
    });
}
