//! What only matching, a date or the expected questions show to be wrong.

use needle::answer::{Policy, Snapshot, Thresholds};
use needle::check::{Report, Standard, Tally};
use needle::knowledge::{Document, Loaded, assemble};
use time::{Date, macros::date};

use crate::small_knowledge::pots::TOPIC;

const TODAY: Date = date!(2026 - 11 - 23);

/// Thresholds that no test comes near: a phrasing asked as it stands passes, what shares no word with any does not.
const POLICY: Policy = Policy {
    addressed: Thresholds { answer: 0.6, suggest: 0.3 },
    unprompted: Thresholds { answer: 0.8, suggest: 0.8 },
};

/// What the topic says besides.
const RULES: &str = r#"review_every_days = 100
off_topic = ["is it edible", "which pot to buy"]
synonyms = [["soil", "potting mix"], ["potting mix", "compost"], ["spade", "shovel"]]
"#;

fn topic() -> (String, String) {
    ("pots/topic.toml".to_owned(), TOPIC.replacen('[', &format!("{RULES}["), 1))
}

/// An entry's document with `question` and the lines of `phrasings`.
fn entry(stem: &str, question: &str, phrasings: &str) -> (String, String) {
    reviewed(stem, question, phrasings, TODAY)
}

fn reviewed(stem: &str, question: &str, phrasings: &str, day: Date) -> (String, String) {
    let list: Vec<String> = phrasings.lines().map(|line| format!("  {:?},\n", line.trim())).collect();
    let text = format!(
        "+++\nquestion = {question:?}\nphrasings = [\n{}]\nexperts = [\"ann\"]\nsources = [\"book\"]\nreviewed = {day}\n+++\nAnswer.\n",
        list.concat()
    );
    (format!("pots/{stem}.md"), text)
}

fn urgent(stem: &str, day: Date) -> (String, String) {
    let text = format!(
        "+++\ntitle = \"See a doctor\"\nlevel = \"urgent\"\nsigns = [\"spurting blood\"]\nreviewed = {day}\n+++\nGo.\n"
    );
    (format!("urgent/{stem}.md"), text)
}

fn expected(lines: &str) -> (String, String) {
    ("pots/expected.tsv".to_owned(), lines.replace(" | ", "\t"))
}

fn report_of(documents: impl IntoIterator<Item = (String, String)>, expected_min: f32) -> Report {
    let topic = topic();
    let documents = documents.into_iter().chain([topic]).map(|(path, text)| Document::new(path, &text));
    let Loaded { knowledge, problems, documents } = assemble(documents);
    assert_eq!(problems, [], "the documents of a test load without problems");
    let standard = Standard { expected_min, policy: POLICY };
    needle::check::check(&Snapshot::new(knowledge), &documents, &standard, TODAY)
}

/// Checks `documents` beside a topic and compares the problems, one a line, with `expected`.
#[track_caller]
fn check(documents: impl IntoIterator<Item = (String, String)>, expected: &[&str]) {
    let problems = report_of(documents, 0.0).problems;
    let shown: Vec<String> =
        problems.iter().map(|problem| without_scores(&format!("[{}] {problem}", problem.code))).collect();
    assert_eq!(shown, expected);
}

/// Scores are the matcher's own business.
fn without_scores(shown: &str) -> String {
    let without = |word: &str| {
        let number = word.trim_end_matches([')', ',', ';']);
        let is_score = number.len() == 4 && number.contains('.') && number.parse::<f32>().is_ok();
        if is_score { word.replacen(number, "SCORE", 1) } else { word.to_owned() }
    };
    shown.split(' ').map(without).collect::<Vec<_>>().join(" ")
}

#[test]
fn sound_knowledge_has_no_problems() {
    check([entry("water", "How often do I water?", "when to give water"), urgent("blood", TODAY)], &[]);
}

#[test]
fn finds_duplicates() {
    let water = || entry("water", "How often do I water?", "when to give water");
    check(
        [water(), entry("zinnia", "How often do I water?", "")],
        &["[duplicate-question] pots/zinnia.md:2:12: error: this question is there already, as the question of \
           `pots/water` (keep it in the entry that answers it best; the first is at pots/water.md:2)"],
    );
    check(
        [water(), entry("zinnia", "Do zinnias grow?", "do they bloom\nWhen to give   WATER?!")],
        &["[duplicate-phrasing] pots/zinnia.md:5:3: error: this phrasing reads the same as “when to give water”, the \
           phrasing of `pots/water` (keep it in the entry that answers it best; the first is at pots/water.md:4)"],
    );
    check(
        [entry("water", "How often do I water?", "when\nhow often do i water")],
        &["[duplicate-phrasing] pots/water.md:5:3: error: this phrasing reads the same as “How often do I water?”, \
           the question of this entry (remove one of the two; the first is at pots/water.md:2)"],
    );
}

#[test]
fn refuses_off_topic_questions_that_an_entry_answers() {
    check(
        [entry("a", "Is it edible?", "Which pots should I get?")],
        &["[answered-off-topic] pots/topic.toml:4:14: error: this off-topic question reads the same as a wording of \
           `pots/a` (remove it here, or there if the entry does not answer it)"],
    );
}

#[test]
fn folds_words_and_synonyms_before_comparing() {
    for (one, other) in [
        ("which soil is best", "which potting mix is best"),
        ("which soil is best", "which compost is best"),
        ("which compost is best", "Which POTTING-MIX is best??"),
        ("a shovel of compost", "a spade of soil"),
        ("whats soil", "what is soil"),
        ("crème brûlée", "creme brulee"),
        ("can u eat it", "can you eat it"),
    ] {
        let report = report_of([entry("a", "Alpha?", one), entry("b", "Beta?", other)], 0.0);
        let codes: Vec<&str> = report.problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["duplicate-phrasing"], "{one:?} and {other:?}");
        assert_eq!(report.problems[0].place.file, "pots/b.md");
    }
    for (one, other) in [("which soil is best", "which pot is best"), ("soil", "soil soil"), ("a b", "ab")] {
        let report = report_of([entry("a", "Alpha?", one), entry("b", "Beta?", other)], 0.0);
        assert!(!report.has_errors(), "{one:?} and {other:?}: {:?}", report.problems);
    }
}

#[test]
fn warns_of_wordings_without_words() {
    check(
        [entry("a", "Alpha?", "???\n🙏")],
        &[
            "[no-words] pots/a.md:4:3: warning: this phrasing has no words that could be matched (write it in words)",
            "[no-words] pots/a.md:5:3: warning: this phrasing has no words that could be matched (write it in words)",
        ],
    );
}

#[test]
fn warns_of_reviews_by_the_day() {
    let cases: &[(Date, &str)] = &[
        (date!(2026 - 11 - 23), ""),
        // 100 days ago: due by tomorrow.
        (date!(2026 - 08 - 15), ""),
        (date!(2026 - 08 - 14), "review-overdue"),
        (date!(1970 - 01 - 01), "review-overdue"),
        // Tomorrow it is already somewhere.
        (date!(2026 - 11 - 24), ""),
        (date!(2026 - 11 - 25), "review-in-future"),
        (date!(9999 - 12 - 31), "review-in-future"),
    ];
    for (day, expected) in cases {
        for document in [reviewed("a", "Alpha?", "", *day), urgent("blood", *day)] {
            let problems = report_of([document, entry("b", "Beta?", "")], 0.0).problems;
            let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
            assert_eq!(codes.join(" "), *expected, "reviewed on {day}");
        }
    }
    check(
        [reviewed("a", "Alpha?", "", date!(2026 - 01 - 01))],
        &[
            "[review-overdue] pots/a.md:7:12: warning: the review is overdue: it was 326 days ago, and is due every 100 \
           days (read the answer beside its sources, mend it, then write `reviewed = 2026-11-23`)",
        ],
    );
}

#[test]
fn warns_of_each_wording_that_another_entry_wins() {
    let documents = [
        entry("a", "Which soil?", "for pears\nwatering tomatoes every evening"),
        entry(
            "b",
            "Watering the tomatoes every evening?",
            "the watering of tomatoes every evening\nwatering of the tomatoes every evening\n\
             tomatoes watering every evening\nevery evening watering tomatoes\nplums this summer",
        ),
        entry(
            "c",
            "Plums in this summer?",
            "the plums this summer\nplums of this summer\nthis summer plums\nplums all this summer",
        ),
    ];
    check(
        documents,
        &[
            "[lost-phrasing] pots/a.md:5:3: warning: `pots/b` wins this phrasing with a score of SCORE; this entry has \
             SCORE (make it more specific, or move it to `pots/b`)",
            "[lost-phrasing] pots/b.md:8:3: warning: `pots/c` wins this phrasing with a score of SCORE; this entry has \
             SCORE (make it more specific, or move it to `pots/c`)",
        ],
    );
}

#[test]
fn asks_the_expected_questions() {
    let documents = |lines| {
        [entry("water", "How often do I water?", "when to give water"), urgent("blood", TODAY), expected(lines)]
    };
    let right = "water | how often do I water\npots/water | when to give water\noos | quarterly tax forms";
    let report = report_of(documents(right), 1.0);
    assert!(report.problems.iter().all(|problem| problem.code == "tests-nothing"), "{:?}", report.problems);
    assert_eq!((report.problems.len(), report.tally()), (2, Tally { right: 3, total: 3 }));
    assert_eq!((report.entries, report.topics, report.tally().share()), (1, 1, Some(1.0)));

    check(
        documents("water | quarterly tax forms\noos | how often do I water?\nurgent/blood | how often do I water?"),
        &[
            "[expected-wrong] pots/expected.tsv:1:7: warning: expected `water`, got “nothing close” (best: `water`, \
             score SCORE) (add a phrasing with this question's telling words to the entry, or correct the line)",
            "[tests-nothing] pots/expected.tsv:2:5: warning: this is a wording of `pots/water`, so that asking it tests \
             nothing (ask it in other words, or remove it; the wording is at pots/water.md:2)",
            "[expected-wrong] pots/expected.tsv:2:5: warning: expected no answer, got `water` (score SCORE) (make the \
             entry's phrasings more specific, or write an entry that answers this)",
            "[tests-nothing] pots/expected.tsv:3:14: warning: this is a wording of `pots/water`, so that asking it tests \
             nothing (ask it in other words, or remove it; the wording is at pots/water.md:2)",
            "[expected-wrong] pots/expected.tsv:3:14: warning: expected `urgent/blood`, got `water` (score SCORE) (add a \
             sign that this message names to the urgent document)",
        ],
    );
}

#[test]
fn too_few_right_questions_are_an_error() {
    // With 3 of 5 right, a least share of 0.6 is met, also by floating point.
    let lines = "oos | tax\noos | cars\noos | chess\nwater | trains\nwater | cheese";
    for (least, fails) in [(0.0, false), (0.6, false), (0.61, true), (1.0, true)] {
        let report = report_of([entry("water", "How often?", ""), expected(lines)], least);
        assert_eq!(report.tally(), Tally { right: 3, total: 5 });
        assert_eq!(report.has_errors(), fails, "at least {least}");
    }
    let report = report_of([entry("water", "How often?", ""), expected(lines)], 0.95);
    assert_eq!(
        report.problems[0].to_string(),
        "pots/expected.tsv: error: only 3 of 5 expected questions go right (60.0 %), 95.0 % are the least (add \
         phrasings to the entries that were expected, or correct the lines that went wrong)"
    );
    let none = report_of([entry("water", "How often?", "")], 1.0);
    assert_eq!((none.has_errors(), none.tally().share()), (false, None));
}
