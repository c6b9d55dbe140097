//! Diagnostics: how a problem is shown whatever the document holds.

use std::collections::BTreeMap;
use std::path::Path;

use needle::cli::diagnostics::Diagnostics;
use needle::knowledge::{Document, Place, Problem};

use super::assert_reads;

/// Shows an error at `stretch` of `text`.
fn show(text: &str, stretch: &str, is_styled: bool) -> String {
    let document = Document::new("pots/water.md", text);
    let start = document.text.find(stretch).expect("the stretch is in the text");
    let place = Place::within(&document, start..start + stretch.len());
    let documents = BTreeMap::from([(document.path.clone(), document)]);
    let problem = Problem::error("a-code", place, "this is \u{1b}[31mwrong").help("do\nthis\u{9b}");
    Diagnostics::new(Path::new("knowledge"), &documents, is_styled).show(&problem)
}

#[test]
fn every_kind_of_line() {
    let long = format!("{} here {}", "word ".repeat(2000), "more ".repeat(2000));
    let cases = [
        ("control characters", "a\u{0}b\u{1b}[31m here\u{7}\u{7f}\u{9b} \u{202e}end", "here\u{7}"),
        ("Windows line ends", "one\r\ntwo here\r\nthree", "here"),
        ("an old Macintosh's line ends", "one\rtwo here\rthree", "here"),
        ("tabs", "\tone\there\tend", "here"),
        ("wide letters", "日本語 here 🙏 end", "here 🙏"),
        ("combining marks", "e\u{301}e\u{301} here", "here"),
        ("a long line", &long, "here"),
        ("a long stretch", &long, long.trim()),
        ("several lines", "one here\ntwo\nthree", "here\ntwo\nthree"),
        ("a line break alone", "one\n\ntwo", "\n\n"),
        ("nothing", "one", ""),
    ];
    let report: String =
        cases.map(|(title, text, place)| format!("## {title}\n\n{}\n\n", show(text, place, false))).concat();
    assert!(report.chars().all(|c| c == '\n' || !c.is_control()));
    assert_reads("lines", &report);
}

#[test]
fn styles_are_the_only_escapes() {
    let styled = show("a \u{1b}[5m here", "here", true);
    assert!(styled.contains("\u{1b}[") && !styled.contains("\u{1b}[5m") && !styled.contains("\u{1b}[31mwrong"));
    assert_eq!(anstream::adapter::strip_str(&styled).to_string(), show("a \u{1b}[5m here", "here", false));
}

#[test]
fn places_without_a_stretch_show_the_file() {
    let documents = BTreeMap::new();
    let diagnostics = Diagnostics::new(Path::new("knowledge"), &documents, false);
    let places = [
        Place::file(""),
        Place::file("pots"),
        Place::file("pots/a\u{1b}\tb.md"),
        Place { line: 3, column: 7, ..Place::file("pots/latin.md") },
    ];
    let shown = places.map(|place| diagnostics.show(&Problem::warning("a-code", place, "wrong")));
    assert_reads("whole-files", &shown.join("\n\n"));
}
