//! Expected questions: the labelled questions of a topic's `expected.tsv`.

use std::ops::Range;

use super::document::Document;
use super::fields::Located;
use super::labelled;
use super::problem::Problem;

/// The file that holds a topic's labelled questions.
pub const EXPECTED_FILE: &str = "expected.tsv";

/// The label of a question that no entry answers.
pub const OFF_TOPIC: &str = "oos";

/// A question with the entry that should answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedQuestion {
    /// An entry's or urgent document's id, a stem of the topic, or [`OFF_TOPIC`].
    pub label: Located<String>,
    /// What a member asks.
    pub question: Located<String>,
}

/// The `id<TAB>question` lines of `document`; reports those that are not of this form.
pub(super) fn read(document: &Document, problems: &mut Vec<Problem>) -> Vec<ExpectedQuestion> {
    let fault = "this is not an id, a tab and a question";
    let help = "write for example `needle-depth`, then press the tab key, then the question";
    let lines = labelled::read(document, problems, "bad-expected-line", fault, help);
    let located = |span: Range<usize>| Located { value: document.text[span.clone()].to_owned(), span };
    lines
        .into_iter()
        .map(|(label, question)| ExpectedQuestion { label: located(label), question: located(question) })
        .collect()
}
