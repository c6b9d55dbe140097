//! Expected questions: the labelled questions of a topic's `expected.tsv`.

use super::document::Document;
use super::fields::Located;
use super::problem::{Place, Problem};

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

/// Reads `id<TAB>question` lines; lines that are empty are passed over, others that are not of this form are
/// reported.
pub(super) fn read(document: &Document, problems: &mut Vec<Problem>) -> Vec<ExpectedQuestion> {
    let mut questions = Vec::new();
    for (line, range) in document.lines().filter(|(line, _)| !line.trim().is_empty()) {
        let located = |text: &str, start: usize| {
            let start = start + (text.len() - text.trim_start().len());
            let value = text.trim().to_owned();
            Located { span: start..start + value.len(), value }
        };
        match line.split_once('\t') {
            Some((label, question)) if !label.trim().is_empty() && !question.trim().is_empty() => {
                questions.push(ExpectedQuestion {
                    label: located(label, range.start),
                    question: located(question, range.start + label.len() + 1),
                });
            }
            _ => {
                let place = Place::within(document, range.start..range.start + line.len());
                problems.push(
                    Problem::error("bad-expected-line", place, "this is not an id, a tab and a question")
                        .help("write for example `needle-depth`, then press the tab key, then the question"),
                );
            }
        }
    }
    questions
}
