//! A list of texts in TOML, changed by splicing at the places that the parser gives. (`toml_edit` keeps comments, too,
//! but writes CRLF line endings as LF and puts a new item behind the comment of the last.)

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{line_end, one_line};

/// What to put in the place of stretches of the source, in their order.
pub(super) type Splice = Vec<(Range<usize>, String)>;

/// Why a list cannot be changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The source is not TOML, or has no list where one should be.
    Unfit,
    /// The item is not in the list.
    NotThere,
}

/// How far a list of several lines is set in where no item shows it.
const INDENT: &str = "  ";

/// Adds `text` to the end of the top-level list `key`, laid out as the list is. A missing list is made on lines of its
/// own behind the key `neighbour`.
pub(super) fn add(source: &str, key: &str, neighbour: &str, text: &str) -> Result<Splice, Fault> {
    let table = parse(source)?;
    let (item, end) = (quoted(text), line_end(source));
    let Some(list) = table.get(key) else {
        let neighbour = table.get(neighbour).ok_or(Fault::Unfit)?.span().end;
        let place = end_of_line(source, neighbour);
        return Ok(vec![(place..place, format!("{end}{key} = [{end}{INDENT}{item},{end}]"))]);
    };
    let items = list.get_ref().as_array().ok_or(Fault::Unfit)?;
    let Some(last_item) = items.iter().next_back().map(Spanned::span) else {
        return Ok(vec![in_empty(source, list.span(), &item, end)]);
    };
    let comma = comma_after(source, last_item.end);
    let behind = comma.map_or(last_item.end, |comma| comma + 1);
    let missing_comma = (last_item.end..last_item.end, ",".to_owned());
    let mut splice = if comma.is_none() { vec![missing_comma] } else { Vec::new() };
    match indent_of(source, last_item.start) {
        // On a line of its own, behind what else stands on the last item's.
        Some(indent) => {
            let place = end_of_line(source, behind).min(list.span().end - 1);
            splice.push((place..place, format!("{end}{indent}{item},")));
        }
        None => splice.push((behind..behind, if comma.is_some() { format!(" {item},") } else { format!(" {item}") })),
    }
    Ok(splice)
}

/// Removes the last item that says `text`, which is on one line, and its line where nothing else stands on it.
pub(super) fn remove(source: &str, key: &str, text: &str) -> Result<Splice, Fault> {
    let table = parse(source)?;
    let items = table.get(key).and_then(|list| list.get_ref().as_array()).ok_or(Fault::NotThere)?;
    let says = |item: &&Spanned<DeValue<'_>>| item.get_ref().as_str().is_some_and(|said| one_line(said) == text);
    let item = items.iter().rev().find(says).ok_or(Fault::NotThere)?.span();
    let comma = comma_after(source, item.end);
    let behind = comma.map_or(item.end, |comma| comma + 1);
    let rest_of_line = &source[behind..end_of_line(source, behind)];
    if let (Some(indent), true) = (indent_of(source, item.start), rest_of_line.trim().is_empty()) {
        let next_line = source[behind..].find('\n').map_or(source.len(), |newline| behind + newline + 1);
        return Ok(vec![(item.start - indent.len()..next_line, String::new())]);
    }
    // With the space in front, and where it was the first, with the one behind.
    let before = source[..item.start].trim_end_matches([' ', '\t']).len();
    let space = rest_of_line.len() - rest_of_line.trim_start_matches([' ', '\t']).len();
    let is_first = source[..before].ends_with('[');
    let behind = if is_first { behind + space } else { behind };
    Ok(vec![(before..behind, String::new())])
}

fn parse(source: &str) -> Result<DeTable<'_>, Fault> {
    DeTable::parse(source).map(Spanned::into_inner).map_err(|_| Fault::Unfit)
}

/// `item` in the list without items at `list`, brackets included.
fn in_empty(source: &str, list: Range<usize>, item: &str, end: &str) -> (Range<usize>, String) {
    let closing = list.end - 1;
    match source[list.clone()].rfind('\n') {
        Some(newline) => {
            let start = list.start + newline + 1;
            (start..start, format!("{INDENT}{item},{end}"))
        }
        None => (list.start + 1..closing, item.to_owned()),
    }
}

/// Where the comma that follows the item ending at `place` stands; `None` where the list ends before one.
fn comma_after(source: &str, place: usize) -> Option<usize> {
    let mut is_comment = false;
    for (offset, char) in source[place..].char_indices() {
        match char {
            '\n' => is_comment = false,
            '#' => is_comment = true,
            _ if is_comment => {}
            ',' => return Some(place + offset),
            char if char.is_whitespace() => {}
            _ => return None,
        }
    }
    None
}

/// What stands before `place` on its line, if that is only space and a line begins there at all.
fn indent_of(source: &str, place: usize) -> Option<&str> {
    let before = &source[..place];
    let line = &before[before.rfind('\n')? + 1..];
    line.trim().is_empty().then_some(line)
}

/// Where the line of `place` ends, before its line break.
fn end_of_line(source: &str, place: usize) -> usize {
    let line = source[place..].split('\n').next().unwrap_or_default();
    place + line.trim_end_matches('\r').len()
}

/// `text`, which has no control characters, as a TOML string.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spliced(source: &str, splice: Splice) -> String {
        let mut text = source.to_owned();
        for (range, new) in splice.into_iter().rev() {
            text.replace_range(range, &new);
        }
        text
    }

    /// Adds `new "one"` to the list `p`, then takes it away again.
    #[track_caller]
    fn check(source: &str, expected: &str) {
        const NEW: &str = r#"new "one""#;
        let added = spliced(source, add(source, "p", "q", NEW).unwrap());
        assert_eq!(added, expected);
        let items = |text: &str| -> Vec<String> {
            let table = parse(text).unwrap();
            let list = table.get("p").and_then(|list| list.get_ref().as_array()).into_iter().flatten();
            list.map(|item| item.get_ref().as_str().unwrap().to_owned()).collect()
        };
        let mut wanted = items(source);
        wanted.push(NEW.to_owned());
        assert_eq!(items(&added), wanted);
        let removed = spliced(&added, remove(&added, "p", NEW).unwrap());
        wanted.pop();
        assert_eq!(items(&removed), wanted, "{removed}");
    }

    #[test]
    fn adds_as_the_list_is_laid_out() {
        check("p = [\"a\", \"b\"] # c\n", "p = [\"a\", \"b\", \"new \\\"one\\\"\"] # c\n");
        check("p = [\"a\",]\n", "p = [\"a\", \"new \\\"one\\\"\",]\n");
        check("p = []\n", "p = [\"new \\\"one\\\"\"]\n");
        check("p = [ ]", "p = [\"new \\\"one\\\"\"]");
        check("p = [\n  # none yet\n]\n", "p = [\n  # none yet\n  \"new \\\"one\\\"\",\n]\n");
        check(
            "p = [\n    \"a\",\n    \"b\", # two\n]\n",
            "p = [\n    \"a\",\n    \"b\", # two\n    \"new \\\"one\\\"\",\n]\n",
        );
        check("p = [\n\t\"a\" # one, and\n]\n", "p = [\n\t\"a\", # one, and\n\t\"new \\\"one\\\"\",\n]\n");
        check(
            "p = [\n  \"a\",\n  # that was all\n]\n",
            "p = [\n  \"a\",\n  \"new \\\"one\\\"\",\n  # that was all\n]\n",
        );
        check("p = [\r\n  'a',\r\n]\r\nr = 1\r\n", "p = [\r\n  'a',\r\n  \"new \\\"one\\\"\",\r\n]\r\nr = 1\r\n");
        check("p = [\n  \"a\"]\n", "p = [\n  \"a\",\n  \"new \\\"one\\\"\",]\n");
        check("p = [\n  \"a\"\n  , \"b\"\n]\n", "p = [\n  \"a\"\n  , \"b\", \"new \\\"one\\\"\"\n]\n");
        check("q = 1 # x\nr = 2\n", "q = 1 # x\np = [\n  \"new \\\"one\\\"\",\n]\nr = 2\n");
        check("q = \"ä, # [\"", "q = \"ä, # [\"\np = [\n  \"new \\\"one\\\"\",\n]");
    }

    #[test]
    fn removes_what_it_added_without_a_trace() {
        for source in [
            "p = [\n  \"a\",\n]\n",
            "p = [\r\n    \"a\", # one\r\n    # end\r\n]\r\n",
            "p = [\n  # none\n]\n",
            "p = [\"a\",]\n",
            "p = []\n",
        ] {
            let added = spliced(source, add(source, "p", "q", "new").unwrap());
            assert_eq!(spliced(&added, remove(&added, "p", "new").unwrap()), source);
        }
    }

    #[test]
    fn says_what_cannot_be_changed() {
        assert_eq!(add("p = 1", "p", "q", "new"), Err(Fault::Unfit));
        assert_eq!(add("p = [", "p", "q", "new"), Err(Fault::Unfit));
        assert_eq!(add("r = 1", "p", "q", "new"), Err(Fault::Unfit));
        assert_eq!(remove("p = [\"a\"]", "p", "new"), Err(Fault::NotThere));
        assert_eq!(remove("r = 1", "p", "new"), Err(Fault::NotThere));
    }
}
