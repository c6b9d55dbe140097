//! Questions that were not answered: joining, listing, settling.

use needle::redaction::Redacted;
use needle::store::{
    CardMessage, ChannelId, Closest, Listing, MemberId, MessageId, Miss, Notice, Origin, Settled, SettledWordings,
    Timestamp, UnansweredId, UnansweredQuestion, Verdict,
};

use super::{NOON, OTHER_SERVER, SERVER, miss, on_both, open};

/// What is listed, as text, number of times, and message.
fn listed(questions: &[UnansweredQuestion]) -> Vec<(&str, u32, Option<u64>)> {
    questions.iter().map(|open| (&*open.text, open.times, open.message.map(|message| message.0))).collect()
}

#[test]
fn the_same_question_joins_and_those_asked_most_come_first() {
    on_both(async |url| {
        let store = open(url).await;
        for miss in [miss("Pots?", 1), miss("Sun?", 2), miss("POTS?", 3), miss("Rain?", 4)] {
            store.record_miss(&miss).await.unwrap();
        }
        let elsewhere = Miss {
            origin: needle::store::Origin { server: Some(OTHER_SERVER), ..miss("Pots?", 5).origin },
            ..miss("Pots?", 5)
        };
        store.record_miss(&elsewhere).await.unwrap();

        let all = store.unanswered(Listing::ALL).await.unwrap();
        let expected = [("Pots?", 2, Some(1)), ("Pots?", 1, Some(5)), ("Rain?", 1, Some(4)), ("Sun?", 1, Some(2))];
        assert_eq!(listed(&all), expected);
        let first = &all[0];
        assert_eq!((first.first_at.0 - NOON.0, first.last_at.0 - NOON.0), (1, 3));
        assert_eq!((first.server, first.channel.map(|channel| channel.0)), (Some(SERVER), Some(2_001)));
        assert_eq!((first.closest.len(), &*first.closest[0].entry, first.closest[0].score), (2, "pots/water", 0.25));

        let here = Listing { server: Some(SERVER), skip: 1, limit: 1, ..Listing::ALL };
        assert_eq!(listed(&store.unanswered(here).await.unwrap()), [("Rain?", 1, Some(4))]);
    });
}

#[test]
fn a_question_that_asks_the_same_becomes_one_with_another() {
    on_both(async |url| {
        let store = open(url).await;
        assert_eq!(store.questions_to_compare(9).await.unwrap(), []);
        store.record_miss(&miss("Pots?", 1)).await.unwrap();
        let first = store.questions_to_compare(9).await.unwrap()[0].id;
        store.note_compared(first).await.unwrap();
        assert!(store.unanswered_by_id(first).await.unwrap().unwrap().is_compared);
        store.record_miss(&miss("Pot?", 2)).await.unwrap();
        store
            .record_miss(&Miss {
                origin: Origin { server: Some(OTHER_SERVER), ..miss("", 3).origin },
                ..miss("Pots?", 3)
            })
            .await
            .unwrap();
        let new = store.questions_to_compare(9).await.unwrap();
        let [second, elsewhere] = &new[..] else { panic!("{new:?}") };
        assert!(!second.is_compared);
        let before = store.questions_before(second.id, Some(SERVER), 9).await.unwrap();
        assert_eq!(listed(&before), [("Pots?", 1, Some(1))]);
        assert_eq!(store.questions_before(elsewhere.id, Some(OTHER_SERVER), 9).await.unwrap(), []);
        let notice = Notice { member: MemberId(7), channel: ChannelId(2_001), message: Some(MessageId(2)) };
        store.want_notice(second.id, notice, NOON).await.unwrap();

        assert!(store.join(second.id, first).await.unwrap());
        let joined = store.unanswered_by_id(first).await.unwrap().unwrap();
        assert_eq!((joined.times, joined.last_at), (2, Timestamp(NOON.0 + 2)));
        assert_eq!(store.wordings(first, 9).await.unwrap(), ["Pots?", "Pot?"]);
        assert_eq!(store.notices(first).await.unwrap(), [notice]);
        assert_eq!(store.unanswered_by_id(second.id).await.unwrap(), None);
        assert!(!store.join(second.id, first).await.unwrap(), "it is gone");
        assert!(!store.join(first, second.id).await.unwrap(), "there is none to join");

        // What has a card stays.
        store.record_miss(&miss("Pot?", 4)).await.unwrap();
        let third = store.questions_to_compare(9).await.unwrap().pop().unwrap();
        let card = CardMessage { channel: ChannelId(3_001), message: MessageId(5_001) };
        store.card_drawn(&third, card, NOON).await.unwrap();
        assert!(!store.join(third.id, first).await.unwrap());
        assert_eq!(listed(&store.questions_to_compare(9).await.unwrap()), [("Pots?", 1, Some(3))]);

        // Of what joins a settled one, nothing is kept.
        let settled = Settled { verdict: Verdict::Ignored, by: Some(MemberId(7)), at: NOON, written: None };
        store.settle(first, &settled).await.unwrap();
        store.record_miss(&miss("The pot?", 6)).await.unwrap();
        let fourth = store.unanswered_of_message(MessageId(6)).await.unwrap().unwrap();
        assert!(store.join(fourth, first).await.unwrap());
        assert_eq!(store.unanswered_by_id(first).await.unwrap().unwrap().times, 2);
        assert_eq!(store.unanswered_of_message(MessageId(6)).await.unwrap(), None);
    });
}

#[test]
fn a_second_miss_by_the_same_message_replaces_the_first() {
    on_both(async |url| {
        let store = open(url).await;
        store.record_miss(&miss("Pots?", 1)).await.unwrap();
        let rejected = Closest { entry: "pots/sun".to_owned(), score: 0.5, rejected: true };
        store.record_miss(&Miss { closest: vec![rejected.clone()], ..miss("Pots?", 1) }).await.unwrap();
        let questions = store.unanswered(Listing::ALL).await.unwrap();
        assert_eq!(listed(&questions), [("Pots?", 1, Some(1))]);
        assert_eq!(questions[0].closest, [rejected]);
        assert_eq!(store.unanswered_of_message(needle::store::MessageId(1)).await.unwrap(), Some(questions[0].id));
        assert_eq!(store.unanswered_of_message(needle::store::MessageId(2)).await.unwrap(), None);
    });
}

#[test]
fn direct_messages_have_no_channel() {
    on_both(async |url| {
        let store = open(url).await;
        let mut direct = miss("Pots?", 1);
        direct.origin.server = None;
        store.record_miss(&direct).await.unwrap();
        let question = &store.unanswered(Listing::ALL).await.unwrap()[0];
        assert_eq!((question.server, question.channel), (None, None));
        assert!(store.unanswered(Listing { server: Some(SERVER), ..Listing::ALL }).await.unwrap().is_empty());
    });
}

#[test]
fn a_question_is_settled_once_and_can_be_opened_again() {
    on_both(async |url| {
        let store = open(url).await;
        store.record_miss(&miss("Pots?", 1)).await.unwrap();
        let question = store.unanswered(Listing::ALL).await.unwrap().remove(0);
        for verdict in [Verdict::Added("pots/water".to_owned()), Verdict::OffTopic, Verdict::Ignored] {
            let settled = Settled { verdict, by: Some(MemberId(7)), at: Timestamp(NOON.0 + 5), written: None };
            assert!(store.settle(question.id, &settled).await.unwrap());
            let again = Settled { verdict: Verdict::Ignored, by: Some(MemberId(8)), at: NOON, written: None };
            assert!(!store.settle(question.id, &again).await.unwrap(), "somebody was faster");
            assert!(store.unanswered(Listing::ALL).await.unwrap().is_empty());
            let now = store.unanswered_by_id(question.id).await.unwrap().unwrap();
            assert_eq!(now.settled, Some(settled));
            assert!(now.revision > question.revision);
            assert!(store.reopen(question.id, NOON).await.unwrap());
            assert!(!store.reopen(question.id, NOON).await.unwrap());
            assert_eq!(store.unanswered(Listing::ALL).await.unwrap()[0].settled, None);
        }
        assert!(
            !store
                .settle(UnansweredId(77), &Settled { verdict: Verdict::Ignored, by: None, at: NOON, written: None })
                .await
                .unwrap()
        );
    });
}

#[test]
fn what_was_settled_does_not_come_back_unless_it_should_be_answered_by_now() {
    on_both(async |url| {
        let store = open(url).await;
        let ask_again = async |verdict: Verdict, after: i64| {
            let first = miss("Pots?", 1);
            store.record_miss(&first).await.unwrap();
            let id = store.unanswered_of_message(needle::store::MessageId(1)).await.unwrap().unwrap();
            store.settle(id, &Settled { verdict, by: None, at: first.at, written: None }).await.unwrap();
            store.record_miss(&Miss { at: Timestamp(first.at.0 + after), ..miss("Pots?", 2) }).await.unwrap();
            let open = store.unanswered(Listing::ALL).await.unwrap().len();
            let times = store.unanswered_by_id(id).await.unwrap().unwrap().times;
            store.reopen(id, NOON).await.unwrap();
            store.forget_message(needle::store::MessageId(1), NOON).await.unwrap();
            store.forget_message(needle::store::MessageId(2), NOON).await.unwrap();
            (open, times)
        };
        assert_eq!(ask_again(Verdict::OffTopic, 1_000).await, (0, 1));
        assert_eq!(ask_again(Verdict::Ignored, 1_000).await, (0, 1));
        assert_eq!(ask_again(Verdict::Added("pots/water".to_owned()), 10).await, (0, 2), "answers were under way");
        assert_eq!(ask_again(Verdict::Added("pots/water".to_owned()), 1_000).await, (1, 2), "it did not help");
    });
}

#[test]
fn what_is_rejected_again_changes_nothing() {
    on_both(async |url| {
        let store = open(url).await;
        let rejecting = |number: usize| {
            let mut miss = miss("Pots?", 1);
            miss.closest[number].rejected = true;
            miss
        };
        store.record_miss(&rejecting(0)).await.unwrap();
        let [question] = &store.unanswered(Listing::ALL).await.unwrap()[..] else { panic!("one question") };
        let settled = Settled {
            verdict: Verdict::Added("pots/water".to_owned()),
            by: Some(MemberId(7)),
            at: NOON,
            written: None,
        };
        assert!(store.settle(question.id, &settled).await.unwrap());
        let later = |miss: Miss| Miss { at: Timestamp(NOON.0 + 1_000), ..miss };
        store.record_miss(&later(rejecting(0))).await.unwrap();
        assert!(store.unanswered(Listing::ALL).await.unwrap().is_empty(), "it stays settled");
        store.record_miss(&later(rejecting(1))).await.unwrap();
        let [question] = &store.unanswered(Listing::ALL).await.unwrap()[..] else { panic!("one question") };
        assert_eq!((question.times, question.closest.iter().filter(|near| near.rejected).count()), (1, 2));

        // What was added is rejected at once.
        let rejecting = |number: usize| Miss { origin: miss("", 9).origin, ..rejecting(number) };
        assert!(store.settle(question.id, &settled).await.unwrap());
        store.record_miss(&rejecting(1)).await.unwrap();
        assert!(store.unanswered(Listing::ALL).await.unwrap().is_empty(), "another entry was under way");
        store.record_miss(&rejecting(0)).await.unwrap();
        assert_eq!(store.unanswered(Listing::ALL).await.unwrap().len(), 1);
    });
}

#[test]
fn open_questions_are_reviewed_with_what_was_rejected() {
    on_both(async |url| {
        let store = open(url).await;
        let mut rejecting = miss("POTS?", 3);
        rejecting.closest[1].rejected = true;
        for miss in [miss("Pots?", 1), miss("Sun?", 2), rejecting, miss("Rain?", 4), miss("Pots?", 5)] {
            store.record_miss(&miss).await.unwrap();
        }
        let newest = store.newest_open(9).await.unwrap();
        let shown: Vec<_> = newest.iter().map(|open| (&*open.text, open.rejected.len())).collect();
        assert_eq!(shown, [("Rain?", 0), ("Sun?", 0), ("Pots?", 1)]);
        assert!(newest[2].rejected.contains("pots/light") && newest[2].server == Some(SERVER));
        let settled = Settled { verdict: Verdict::Ignored, by: None, at: NOON, written: None };
        assert!(store.settle(newest[1].id, &settled).await.unwrap());
        assert_eq!(store.newest_open(2).await.unwrap(), [newest[0].clone(), newest[2].clone()]);
        assert_eq!(store.newest_open(1).await.unwrap(), newest[..1]);
        // However what came closest is spelled.
        url.execute("UPDATE miss SET closest = REPLACE(closest, ':', ' : ')").await;
        assert_eq!(store.newest_open(9).await.unwrap(), [newest[0].clone(), newest[2].clone()]);
    });
}

#[test]
fn wordings_are_settled_in_their_server() {
    on_both(async |url| {
        let store = open(url).await;
        assert_eq!(store.settled_wordings().await.unwrap(), SettledWordings::default());
        let direct = |miss: Miss| Miss { origin: Origin { server: None, ..miss.origin }, ..miss };
        let misses = [miss("Pots?", 1), miss("Sun?", 2), miss("Rain?", 3), direct(miss("Snow?", 4)), miss("Hail?", 5)];
        let mut verdicts =
            [Verdict::OffTopic, Verdict::Ignored, Verdict::Added("pots/water".to_owned()), Verdict::OffTopic]
                .into_iter();
        for miss in &misses {
            store.record_miss(miss).await.unwrap();
            let id = store.unanswered_of_message(miss.origin.message.unwrap()).await.unwrap().unwrap();
            if let Some(verdict) = verdicts.next() {
                assert!(store.settle(id, &Settled { verdict, by: None, at: NOON, written: None }).await.unwrap());
            }
        }
        let settled = store.settled_wordings().await.unwrap();
        let is_settled = |server| misses.each_ref().map(|miss| settled.has(server, &miss.wording));
        assert_eq!(is_settled(Some(SERVER)), [true, true, false, false, false]);
        assert_eq!(is_settled(Some(OTHER_SERVER)), [false; 5]);
        assert_eq!(is_settled(None), [false, false, false, true, false]);
    });
}

#[test]
fn a_question_of_which_no_message_is_known_is_found_by_its_words_and_place() {
    on_both(async |url| {
        let store = open(url).await;
        let unplaced = |mut miss: Miss| {
            miss.origin.message = None;
            miss
        };
        store.record_miss(&unplaced(miss("Pots?", 1))).await.unwrap();
        store.record_miss(&unplaced(miss("Rain?", 2))).await.unwrap();
        store.record_miss(&miss("Pots?", 3)).await.unwrap();
        let here = |message| Origin { message: Some(MessageId(message)), ..miss("", message).origin };
        let pots = Redacted::new("Pots?");
        let elsewhere = Origin { channel: Some(ChannelId(9)), ..here(4) };
        let other_server = Origin { server: Some(OTHER_SERVER), ..here(4) };
        for asked in [here(3), elsewhere, other_server] {
            assert_eq!(store.place_miss(asked, &pots).await.unwrap(), None, "{asked:?}");
        }
        let placed = store.place_miss(here(4), &pots).await.unwrap();
        assert_eq!(placed, store.unanswered_of_message(MessageId(3)).await.unwrap());
        assert_eq!(store.place_miss(here(5), &pots).await.unwrap(), None, "each time once");
        assert!(store.forget_message(MessageId(4), NOON).await.unwrap());
        assert_eq!(store.unanswered_by_id(placed.unwrap()).await.unwrap().unwrap().times, 1);

        let direct = Origin { server: None, channel: None, message: None };
        store.record_miss(&Miss { origin: direct, ..miss("Sun?", 6) }).await.unwrap();
        let direct = Origin { message: Some(MessageId(7)), channel: Some(ChannelId(8)), ..direct };
        assert!(store.place_miss(direct, &Redacted::new("Sun?")).await.unwrap().is_some());
    });
}
