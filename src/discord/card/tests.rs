use std::sync::Arc;

use nonempty::nonempty;
use time::macros::date;

use super::*;
use crate::answer::{Disclaimer, quote};
use crate::knowledge::EntryId;
use crate::limits::{ANSWER_UTF16, DISCLAIMER_UTF16, MESSAGE_UTF16, NAME_UTF16, SOURCE_TITLE_UTF16, URL_UTF16};

fn choice(stem: &str, question: &str) -> Choice {
    Choice { entry: EntryId::new("garden", stem), question: question.to_owned() }
}

fn answer() -> AnswerReply {
    AnswerReply {
        entry: EntryId::new("garden", "watering"),
        title: "How often should I water tomatoes?".to_owned(),
        asked: quote("*how* often @everyone"),
        answer: "**Every other day.**".to_owned(),
        experts: nonempty![Arc::new(Expert {
            name: "Ada Green".to_owned(),
            role: "gardener".to_owned(),
            place: Some("Kew".to_owned())
        })],
        sources: nonempty![
            Arc::new(Source {
                title: "The [Garden] Handbook".to_owned(),
                publisher: Some("Spade Press".to_owned()),
                published: None,
                url: Some("https://example.org/a_(b)".to_owned()),
            }),
            Arc::new(Source { title: "Notes".to_owned(), publisher: None, published: None, url: None }),
        ],
        reviewed: date!(2026 - 05 - 01),
        disclaimer: Disclaimer::new("Every garden is different.").unwrap(),
        related: vec![choice("pruning", "When should I prune roses?")],
    }
}

/// The largest answer that the knowledge can hold.
fn largest() -> AnswerReply {
    let long = |length: usize| "*word* ".repeat(length / 7);
    let expert = Expert { name: long(NAME_UTF16), role: long(NAME_UTF16), place: Some(long(NAME_UTF16)) };
    let source = Source {
        title: long(SOURCE_TITLE_UTF16),
        publisher: Some(long(NAME_UTF16)),
        published: None,
        url: Some(format!("https://{}", "(".repeat(URL_UTF16 - 8))),
    };
    let many = |stem| choice(stem, &long(EMBED_TITLE_UTF16));
    AnswerReply {
        title: long(EMBED_TITLE_UTF16),
        asked: quote(&"😀*".repeat(300)),
        answer: "😀 word\n".repeat(ANSWER_UTF16 / 8),
        experts: nonempty::NonEmpty::from_vec(std::iter::repeat_n(Arc::new(expert), 10).collect()).unwrap(),
        sources: nonempty::NonEmpty::from_vec(std::iter::repeat_n(Arc::new(source), 10).collect()).unwrap(),
        disclaimer: Disclaimer::new(&long(DISCLAIMER_UTF16)).unwrap(),
        related: vec![many("a"), many("b")],
        ..answer()
    }
}

#[test]
fn an_answer_shows_where_it_comes_from() {
    let card = Card::new(&Reply::Answer(answer()), Audience::Everybody, &Head::Asked, Language::English);
    insta::assert_debug_snapshot!(card, @r#"
    Card {
        kind: Answer,
        language: English,
        title: "How often should I water tomatoes?",
        head: "> You asked: \\*how\\* often \\@everyone",
        body: "**Every other day.**",
        fields: [
            (
                "Experts",
                "**Ada Green**, gardener, Kew",
            ),
            (
                "Sources",
                "[The \\[Garden\\] Handbook](https://example.org/a_%28b%29), Spade Press\nNotes",
            ),
            (
                "Last reviewed",
                "2026-05-01",
            ),
        ],
        footer: "Every garden is different.",
        rows: [
            Select {
                action: Select,
                placeholder: "Related questions",
                options: [
                    Opt {
                        label: "When should I prune roses?",
                        about: "",
                        action: Choose(
                            "garden/pruning",
                        ),
                        is_chosen: false,
                    },
                ],
            },
            Buttons(
                [
                    Button {
                        label: "Remove",
                        action: Remove,
                    },
                ],
            ),
        ],
    }
    "#);
    let private = Card::new(&Reply::Answer(answer()), Audience::Member, &Head::Asked, Language::English);
    assert_eq!(private.rows.len(), 1, "what only the member sees needs no removing");
}

fn in_all_languages<T: Clone>(of: T) -> impl Iterator<Item = (T, Language)> {
    Language::ALL.into_iter().map(move |language| (of.clone(), language))
}

fn pointed() -> Pointed {
    let (guild, channel) = (Some(3.into()), 4.into());
    Pointed { author: 1.into(), requester: 2.into(), guild, channel, message: 5.into() }
}

#[test]
fn the_head_is_read_from_where_it_was_written() {
    for (head, language) in [Head::Asked, Head::Pointed(pointed())].into_iter().flat_map(in_all_languages) {
        let card = Card::new(&Reply::Answer(answer()), Audience::Everybody, &head, language);
        assert!(!card.head.is_empty());
        assert_eq!(head_on(&card.description()), card.head);
        assert_eq!(head_on(&plain(&card)), card.head);
        let kept = Head::Kept(card.head.clone());
        assert_eq!(Card::new(&Reply::Answer(answer()), Audience::Everybody, &kept, language), card);
        let author = matches!(head, Head::Pointed(_)).then_some(1.into());
        assert_eq!((pointed_at(&card.description()), pointed_at(&plain(&card))), (author, author));
    }
    let unasked = Reply::Answer(AnswerReply { asked: String::new(), answer: "> A quote".to_owned(), ..answer() });
    let card = Card::new(&unasked, Audience::Everybody, &Head::Pointed(pointed()), Language::English);
    assert_eq!(head_on(&card.description()), card.head, "an answer that begins with a quote is not part of it");
    for text in ["> an answer that begins with a quote", "", "> <@everyone>", "> <@0>", "no <@1>", "> <@1"] {
        assert_eq!((head_on(text), pointed_at(text)), ("", None), "{text:?}");
    }
}

#[test]
fn the_largest_answer_fits() {
    let largest = [
        (largest(), Head::Asked),
        (AnswerReply { asked: String::new(), ..largest() }, Head::Asked),
        (largest(), Head::Pointed(pointed())),
    ];
    for ((reply, head), language) in largest.into_iter().flat_map(in_all_languages) {
        let card = Card::new(&Reply::Answer(reply), Audience::Everybody, &head, language);
        let cut = &sentences::of(language).replies.cut;
        assert!(units(&card.title) <= EMBED_TITLE_UTF16);
        assert!(units(&card.description()) <= EMBED_DESCRIPTION_UTF16);
        assert!(units(&card.body) > 1_000 && card.body.ends_with(cut), "{}", card.body);
        for (_, value) in &card.fields {
            assert!(!value.is_empty() && units(value) <= EMBED_FIELD_UTF16);
        }
        let fields: usize = card.fields.iter().map(|(name, value)| units(name) + units(value)).sum();
        let total = units(&card.title) + units(&card.description()) + units(&card.footer) + fields;
        assert!(total <= EMBED_TOTAL_UTF16, "{total}");
        let text = plain(&card);
        assert!(units(&text) <= MESSAGE_UTF16 && text.contains(cut), "{text}");
    }
}

#[test]
fn suggestions_have_a_button_each() {
    let long = "word ".repeat(30);
    let suggestions = |choices| SuggestionsReply { asked: "q".to_owned(), choices };
    let labels = |card: &Card| -> Vec<Vec<String>> {
        let buttons = |row: &Row| match row {
            Row::Buttons(buttons) => buttons.iter().map(|button| button.label.clone()).collect(),
            _ => panic!("{row:?}"),
        };
        card.rows.iter().map(buttons).collect()
    };
    let card = Card::new(
        &Reply::Suggestions(suggestions(vec![choice("a", "A?"), choice("b", "B?")])),
        Audience::Everybody,
        &Head::Asked,
        Language::English,
    );
    assert_eq!(labels(&card), [vec!["A?"], vec!["B?"], vec!["None of these", "Remove"]]);
    assert_eq!(card.body, sentences::of(Language::English).replies.suggestions_body, "the buttons say it all");
    let card = Card::new(
        &Reply::Suggestions(suggestions(vec![choice("a", "A?"), choice("b", &long)])),
        Audience::Member,
        &Head::Asked,
        Language::English,
    );
    assert!(card.body.contains(&long), "{}", card.body);
    let cut = &labels(&card)[1][0];
    assert!(units(cut) <= BUTTON_LABEL_UTF16 && cut.ends_with("word…"), "{cut}");
}

#[test]
fn a_card_of_too_much_is_cut_to_what_discord_takes() {
    for number in 0..8 {
        let field = ("name", "word ".repeat(300));
        let long = "word ".repeat(2_000);
        let card = Card { body: long.clone(), footer: long.clone(), ..bare(Kind::About, &long, Language::English) };
        let card = Card { head: "> head".to_owned(), fields: vec![field; number], ..card }.fit();
        assert!(card.fields.iter().all(|(_, value)| !value.is_empty() && units(value) <= EMBED_FIELD_UTF16));
        assert_eq!(card.fields.len(), number.min(4), "what has no room is left out");
        let fields: usize = card.fields.iter().map(|(name, value)| units(name) + units(value)).sum();
        let total = units(&card.title) + units(&card.description()) + units(&card.footer) + fields;
        assert!(total <= EMBED_TOTAL_UTF16 && units(&card.description()) <= EMBED_DESCRIPTION_UTF16, "{total}");
    }
}
