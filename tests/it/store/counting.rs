//! Votes and tallies.

use needle::store::{Event, MemberId, MessageId, Pace, Reason, Record, Recorder, Tally, Timestamp, Vote, Votes};

use super::{NOON, OTHER_SERVER, SERVER, key, on_both, open};

const DAY_SECS: i64 = 24 * 60 * 60;

fn vote(member: u64, message: u64, helpful: bool, reason: Option<Reason>) -> Vote {
    Vote {
        member: key().member(MemberId(member)),
        message: MessageId(message),
        entry: "pots/water".to_owned(),
        server: Some(SERVER),
        helpful,
        reason,
        at: NOON,
    }
}

#[test]
fn one_vote_a_member_and_answer_and_the_last_one_counts() {
    on_both(async |url| {
        let store = open(url).await;
        for vote in [
            vote(1, 1, true, None),
            vote(1, 1, true, None),
            vote(1, 2, true, None),
            vote(2, 1, false, None),
            vote(3, 1, false, None),
            vote(3, 1, false, Some(Reason::OutOfDate)),
            vote(4, 1, false, Some(Reason::Unclear)),
            vote(4, 1, true, Some(Reason::Unclear)),
            Vote { server: Some(OTHER_SERVER), ..vote(5, 3, false, Some(Reason::WrongQuestion)) },
            Vote { entry: "pots/light".to_owned(), ..vote(1, 1, true, None) },
        ] {
            store.vote(&vote).await.unwrap();
        }
        let here = Votes { helpful: 3, unhelpful: vec![(None, 1), (Some(Reason::OutOfDate), 1)] };
        assert_eq!(store.votes("pots/water", Some(SERVER)).await.unwrap(), here);
        let unhelpful = vec![(None, 1), (Some(Reason::WrongQuestion), 1), (Some(Reason::OutOfDate), 1)];
        assert_eq!(store.votes("pots/water", None).await.unwrap(), Votes { helpful: 3, unhelpful });
        assert_eq!(store.votes("pots/none", None).await.unwrap(), Votes::default());
    });
}

#[test]
fn tallies_are_of_a_day() {
    on_both(async |url| {
        let store = open(url).await;
        let recorder = Recorder::start(store.clone(), Pace::default());
        let tally = |server, seconds, event| Tally {
            server,
            day: Timestamp(NOON.0 + seconds),
            entry: "pots/water".to_owned(),
            event,
        };
        for tally in [
            tally(Some(SERVER), 0, Event::Answered),
            tally(Some(SERVER), 3_600, Event::Answered),
            tally(Some(SERVER), DAY_SECS, Event::Answered),
            tally(Some(SERVER), 0, Event::Rejected),
            tally(None, 0, Event::Answered),
        ] {
            assert!(recorder.record(Record::Tally(tally)));
        }
        assert!(recorder.flush(std::time::Duration::from_secs(10)).await);
        let midnight = |days| NOON.day().0 - NOON.0 + days * DAY_SECS;
        let here = store.tallies(Some(SERVER), NOON, Timestamp(NOON.0 + DAY_SECS)).await.unwrap();
        let expected = [
            (tally(Some(SERVER), midnight(0), Event::Answered), 2),
            (tally(Some(SERVER), midnight(0), Event::Rejected), 1),
            (tally(Some(SERVER), midnight(1), Event::Answered), 1),
        ];
        assert_eq!(here, expected);
        let today = store.tallies(None, NOON, NOON).await.unwrap();
        assert_eq!(today[0], (tally(None, midnight(0), Event::Answered), 1));
        assert_eq!(today[1..], expected[..2]);
    });
}

#[test]
fn a_hash_tells_members_apart_and_needs_the_key() {
    let other = needle::store::Key::new(b"another secret");
    let hashes = [
        format!("{:?}", key().member(MemberId(1))),
        format!("{:?}", key().member(MemberId(2))),
        format!("{:?}", other.member(MemberId(1))),
    ];
    assert_eq!(hashes[0], format!("{:?}", key().member(MemberId(1))));
    assert!(hashes[0] != hashes[1] && hashes[0] != hashes[2], "{hashes:?}");
    assert_ne!(key().wording("a"), key().wording("b"));
    assert_eq!(format!("{:?}", key()), "Key(redacted)");
}
