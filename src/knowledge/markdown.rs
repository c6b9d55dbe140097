//! The body of a document: Markdown as Discord renders it.

use std::ops::Range;

use super::document::Document;
use super::fields::{PLACEHOLDER, UNFILLED_HELP};
use super::problem::{Place, Problem};
use crate::limits;

/// The trimmed body of `document` with `\n` line ends. Reports an empty or over-long body as an error, an
/// uncomfortably long one and Markdown that Discord does not render as warnings.
pub(super) fn read_body(document: &Document, range: Range<usize>, problems: &mut Vec<Problem>) -> String {
    let raw = &document.text[range.clone()];
    let body = raw.trim().replace("\r\n", "\n");
    let start = range.start + (raw.len() - raw.trim_start().len());
    let first_line = start..start + body.lines().next().map_or(0, str::len);
    let units = body.encode_utf16().count();
    let most = limits::ANSWER_UTF16;
    let comfortable = limits::ANSWER_COMFORTABLE_UTF16;
    if body.is_empty() {
        let place = Place::within(document, document.text.len()..document.text.len());
        problems.push(
            Problem::error("empty-answer", place, "there is no answer below the front matter")
                .help("write the answer below the second line `+++`"),
        );
    } else if units > most {
        let place = Place::within(document, first_line);
        let message = format!("the answer is {units} characters long, {most} are the most");
        problems.push(Problem::error("over-limit", place, message).help("shorten it, or make two entries of it"));
    } else if units > comfortable {
        let place = Place::within(document, first_line);
        let message = format!("the answer is {units} characters long, over {comfortable} few will read to the end");
        problems.push(Problem::warning("long-answer", place, message).help("shorten it"));
    }
    report_unfit(document, &range, problems);
    warn_of_unrendered(document, range, problems);
    body
}

/// Reports the first placeholder and the first control character.
fn report_unfit(document: &Document, range: &Range<usize>, problems: &mut Vec<Problem>) {
    let raw = &document.text[range.clone()];
    if let Some(start) = raw.find(PLACEHOLDER) {
        let start = range.start + start;
        let place = Place::within(document, start..start + PLACEHOLDER.len());
        problems.push(Problem::error("unfilled", place, "the text has not been filled in").help(UNFILLED_HELP));
    }
    if let Some((start, char)) = raw.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        let start = range.start + start;
        let place = Place::within(document, start..start + char.len_utf8());
        let message = format!("the text has the invisible character {char:?} in it");
        problems.push(Problem::error("control-character", place, message).help("remove it, or type the line anew"));
    }
}

/// Warns of each line with a table, an image or HTML outside of code, which Discord shows as they are typed.
fn warn_of_unrendered(document: &Document, body: Range<usize>, problems: &mut Vec<Problem>) {
    let mut in_code = false;
    for (line, range) in document.lines().filter(|(_, range)| range.start >= body.start) {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        let Some((what, span, help)) = unrendered(line) else { continue };
        let place = Place::within(document, range.start + span.start..range.start + span.end);
        let message = format!("Discord does not render {what}");
        problems.push(Problem::warning("unrendered-markdown", place, message).help(help));
    }
}

/// What of `line` Discord does not render, where in the line, and what to write instead.
fn unrendered(line: &str) -> Option<(&'static str, Range<usize>, &'static str)> {
    if is_table_rule(line) {
        return Some(("tables", 0..line.len(), "write a list instead"));
    }
    let line = &without_code(line);
    if let Some(start) = line.find("![")
        && let Some(middle) = line[start..].find("](")
    {
        let end = line[start + middle..].find(')').map_or(line.len(), |end| start + middle + end + 1);
        return Some(("images", start..end, "describe what the picture shows, or link to it"));
    }
    html_tag(line).map(|span| ("HTML", span, "use Markdown, or put a backslash before `<`"))
}

/// `line` with what stands between backticks blanked, byte for byte.
fn without_code(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, from)) = rest.split_once('`')
        && let Some((code, after)) = from.split_once('`')
    {
        kept.push_str(before);
        kept.push_str(&" ".repeat(code.len() + 2));
        rest = after;
    }
    kept + rest
}

/// Whether `line` is the rule under a table's head, such as `|---|:-:|`.
fn is_table_rule(line: &str) -> bool {
    line.contains('|') && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The first `<tag …>` or `</tag>`; Discord's own `<@…>`, `<#…>`, `<:…>`, `<t:…>` and `<https://…>` are none.
fn html_tag(line: &str) -> Option<Range<usize>> {
    line.match_indices('<').filter(|(start, _)| !line[..*start].ends_with('\\')).find_map(|(start, _)| {
        if line[start..].starts_with("<!--") {
            return Some(start..line[start..].find("-->").map_or(line.len(), |end| start + end + 3));
        }
        let length = line[start..].find('>')? + 1;
        let inside = line[start + 1..start + length - 1].trim_start_matches('/').trim_end_matches('/');
        let name = inside.split_whitespace().next()?;
        let is_tag =
            name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric());
        is_tag.then_some(start..start + length)
    })
}
