//! Cards: which are to be drawn, by whom, and what becomes of them.

use needle::store::{CardMessage, ChannelId, Listing, MessageId, Settled, Timestamp, Verdict};

use super::{NOON, OTHER_SERVER, SERVER, miss, on_both, open};

fn card(message: u64) -> CardMessage {
    CardMessage { channel: ChannelId(3_001), message: MessageId(message) }
}

#[test]
fn a_card_is_drawn_when_it_would_show_something_else() {
    on_both(async |url| {
        let store = open(url).await;
        let to_draw = async || {
            let questions = store.cards_to_draw(SERVER, 9).await.unwrap();
            questions.into_iter().map(|question| (question.text, question.times)).collect::<Vec<_>>()
        };
        assert_eq!(to_draw().await, []);
        store.record_miss(&miss("Pots?", 1)).await.unwrap();
        store.record_miss(&miss("Sun?", 2)).await.unwrap();
        assert_eq!(to_draw().await, [("Pots?".to_owned(), 1), ("Sun?".to_owned(), 1)]);
        let questions = store.cards_to_draw(SERVER, 9).await.unwrap();
        store.card_drawn(&questions[0], card(1), NOON).await.unwrap();
        store.card_drawn(&questions[1], card(2), NOON).await.unwrap();
        assert_eq!(to_draw().await, []);

        store.record_miss(&miss("POTS?", 3)).await.unwrap();
        assert_eq!(to_draw().await, [("Pots?".to_owned(), 2)]);
        // What happened while it was drawn is drawn the next time.
        let now = store.cards_to_draw(SERVER, 9).await.unwrap().remove(0);
        assert_eq!(now.card, Some(card(1)));
        store.record_miss(&miss("pots?", 4)).await.unwrap();
        store.card_drawn(&now, card(1), NOON).await.unwrap();
        assert_eq!(to_draw().await, [("Pots?".to_owned(), 3)]);

        let settled = Settled { verdict: Verdict::Ignored, by: None, at: NOON, written: None };
        store.settle(questions[1].id, &settled).await.unwrap();
        assert_eq!(to_draw().await.len(), 2, "a settled card says so");
    });
}

#[test]
fn there_is_no_card_of_what_is_settled_or_elsewhere() {
    on_both(async |url| {
        let store = open(url).await;
        let (mut direct, mut elsewhere) = (miss("B?", 2), miss("C?", 3));
        direct.origin.server = None;
        elsewhere.origin.server = Some(OTHER_SERVER);
        for miss in [&direct, &elsewhere, &miss("D?", 4)] {
            store.record_miss(miss).await.unwrap();
        }
        let settled = store.unanswered_of_message(MessageId(4)).await.unwrap().unwrap();
        store
            .settle(settled, &Settled { verdict: Verdict::OffTopic, by: None, at: NOON, written: None })
            .await
            .unwrap();
        assert_eq!(store.cards_to_draw(SERVER, 9).await.unwrap(), []);
        store.record_miss(&miss("E?", 5)).await.unwrap();
        assert_eq!(store.cards_to_draw(SERVER, 9).await.unwrap().len(), 1);
    });
}

#[test]
fn one_process_posts_a_card() {
    on_both(async |url| {
        let (one, other) = (open(url).await, open(url).await);
        one.record_miss(&miss("Pots?", 1)).await.unwrap();
        let question = one.unanswered(Listing::ALL).await.unwrap().remove(0);
        let (first, second) = tokio::join!(one.claim_card(question.id, NOON), other.claim_card(question.id, NOON));
        assert!(first.unwrap() != second.unwrap());
        assert!(!one.claim_card(question.id, Timestamp(NOON.0 + 60)).await.unwrap());
        assert!(one.claim_card(question.id, Timestamp(NOON.0 + 61)).await.unwrap(), "whoever had it is gone");
        one.card_drawn(&question, card(1), NOON).await.unwrap();
        assert!(!other.claim_card(question.id, Timestamp(NOON.0 + 1_000)).await.unwrap());
        other.card_lost(MessageId(1)).await.unwrap();
        assert!(other.claim_card(question.id, NOON).await.unwrap(), "a moderator deleted it");
        assert_eq!(one.cards_to_draw(SERVER, 9).await.unwrap().len(), 1);
    });
}

#[test]
fn a_card_posted_for_a_question_that_is_gone_is_blanked() {
    on_both(async |url| {
        let store = open(url).await;
        store.record_miss(&miss("Pots?", 1)).await.unwrap();
        let question = store.unanswered(Listing::ALL).await.unwrap().remove(0);
        assert!(store.claim_card(question.id, NOON).await.unwrap());
        store.forget_message(MessageId(1), NOON).await.unwrap();
        store.card_drawn(&question, card(1), NOON).await.unwrap();
        assert_eq!(store.cards_to_blank(9).await.unwrap(), [(SERVER, card(1))]);
        store.card_blanked(card(1)).await.unwrap();
        assert_eq!(store.cards_to_blank(9).await.unwrap(), []);
    });
}
