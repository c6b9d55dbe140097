//! Labelled texts: the lines of a file that each hold a label, a tab and a text.

use std::ops::Range;

use super::document::Document;
use super::problem::{Place, Problem};

/// Where a label and its text stand in their document, both without spaces around them.
pub(super) type Spans = (Range<usize>, Range<usize>);

/// The labels and texts of `document`; lines that are empty are passed over, others that are not of this form are
/// reported as an error with `code`, `fault` and `help`.
pub(super) fn read(
    document: &Document,
    problems: &mut Vec<Problem>,
    code: &'static str,
    fault: &str,
    help: &str,
) -> Vec<Spans> {
    let trimmed = |text: &str, start: usize| {
        let start = start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    };
    let mut found = Vec::new();
    for (line, range) in document.lines().filter(|(line, _)| !line.trim().is_empty()) {
        match line.split_once('\t') {
            Some((label, text)) if !label.trim().is_empty() && !text.trim().is_empty() => {
                found.push((trimmed(label, range.start), trimmed(text, range.start + label.len() + 1)));
            }
            _ => {
                let place = Place::within(document, range.start..range.start + line.len());
                problems.push(Problem::error(code, place, fault).help(help));
            }
        }
    }
    found
}
