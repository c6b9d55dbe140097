//! The house: modules that stay pure, and dependencies that run downward only. Reads the sources.

mod paths;

use std::fs;
use std::path::{Path, PathBuf};

use paths::{Used, goes_on_behind_tests, used};

/// Every module, from the foundation up: each uses only modules before it.
const HOUSE: [&str; 15] = [
    "limits",
    "language",
    "redaction",
    "store",
    "knowledge",
    "matching",
    "answer",
    "check",
    "evaluation",
    "config",
    "live",
    "editing",
    "inbox",
    "discord",
    "cli",
];

/// The modules that have no clock, no environment, no network and no threads of others, and use only one another.
const PURE: [&str; 8] = ["limits", "language", "redaction", "knowledge", "matching", "answer", "check", "evaluation"];

/// The only file of a pure module that reads from the disk.
const READS_FILES: &str = "knowledge/folder.rs";

/// The only file of a pure module that has threads: it waits for them, and what it returns does not depend on them.
const HAS_THREADS: &str = "answer/snapshot.rs";

/// Paths that no pure module uses, each with all that is below it.
const IMPURE: [&str; 16] = [
    "tokio",
    "tokio_util",
    "tokio_tungstenite",
    "serenity",
    "poise",
    "reqwest",
    "sqlx",
    "notify",
    "tracing",
    "tracing_subscriber",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::io::stdin",
    "std::io::stdout",
];

/// Types that read a clock, wherever they come from.
const CLOCKS: [&str; 5] = ["SystemTime", "Instant", "OffsetDateTime", "UtcDateTime", "UtcOffset"];

/// Methods of a path that ask the disk.
const ASKS_THE_DISK: [&str; 8] =
    ["canonicalize", "exists", "is_dir", "is_file", "metadata", "read_dir", "read_link", "symlink_metadata"];

/// What `source`, the text of the file at `path` below `src`, must not do there.
fn faults(path: &str, source: &str) -> Vec<String> {
    let module = path.split(['/', '.']).next().unwrap_or_default();
    let Some(floor) = HOUSE.iter().position(|name| *name == module) else {
        return vec![format!("{path}: the module `{module}` has no place in the house yet")];
    };
    let is_pure = PURE.contains(&module);
    let mut faults = Vec::new();
    let Used { paths, methods } = used(path, source);
    for used in paths {
        let mut segments = used.split("::");
        if segments.next() == Some("crate") {
            let other = segments.next().unwrap_or_default();
            match HOUSE.iter().position(|name| *name == other) {
                Some(place) if place > floor => faults.push(format!("{path}: `{module}` is below `{other}`: {used}")),
                Some(_) if is_pure && !PURE.contains(&other) => {
                    faults.push(format!("{path}: `{module}` is pure and `{other}` is not: {used}"));
                }
                _ => {}
            }
        }
        let is_below =
            |root: &str| used.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"));
        if module != "store" && is_below("sqlx") && !is_pure {
            faults.push(format!("{path}: SQL is only in `store`: {used}"));
        }
        let reads_files = is_below("std::fs") && path != READS_FILES;
        let may_use = is_below("std::thread") && path == HAS_THREADS;
        if is_pure
            && !may_use
            && (reads_files || IMPURE.into_iter().any(is_below) || used.split("::").any(|name| CLOCKS.contains(&name)))
        {
            faults.push(format!("{path}: `{module}` is pure: {used}"));
        }
    }
    if goes_on_behind_tests(source) {
        faults.push(format!("{path}: what stands behind the tests is not looked at: put it before them"));
    }
    if is_pure && path != READS_FILES {
        let asking = methods.iter().filter(|method| ASKS_THE_DISK.contains(&method.as_str()));
        faults.extend(asking.map(|method| format!("{path}: `{module}` is pure: .{method}()")));
    }
    faults
}

/// Every Rust file below `dir`, without the crate's roots.
fn sources(dir: &Path) -> Vec<PathBuf> {
    let items = fs::read_dir(dir).expect("src can be read").map(|item| item.expect("src can be read").path());
    let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) = items.partition(|path| path.is_dir());
    let is_module = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("src/lib.rs")
            && !path.ends_with("src/main.rs")
    };
    files.into_iter().filter(is_module).chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}

#[test]
fn the_house_is_in_order() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut files = 0;
    for file in sources(&src) {
        let path = file.strip_prefix(&src).expect("below src").to_string_lossy().replace('\\', "/");
        let source = fs::read_to_string(&file).expect("the source can be read");
        assert!(
            !used(&path, &source).paths.is_empty() || source.len() < 8_000,
            "{path} uses nothing: is it read right?"
        );
        found.extend(faults(&path, &source));
        files += 1;
    }
    assert!(files > 30, "only {files} sources were found");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn faults_are_found() {
    for (path, source, expected) in [
        ("knowledge.rs", "use crate::matching::Index;", "`knowledge` is below `matching`: crate::matching::Index"),
        ("knowledge.rs", "use crate::{limits, check as c};", "`knowledge` is below `check`: crate::check"),
        ("knowledge/entry.rs", "use super::super::answer;", "`knowledge` is below `answer`: crate::answer"),
        (
            "knowledge/a/b.rs",
            "fn f() { super::super::super::live::x() }",
            "`knowledge` is below `live`: crate::live::x",
        ),
        ("knowledge.rs", "use super::cli::Exit;", "`knowledge` is below `cli`: crate::cli::Exit"),
        (
            "matching/score.rs",
            "fn f() -> crate::answer::Policy { x }",
            "`matching` is below `answer`: crate::answer::Policy",
        ),
        ("store.rs", "use crate::knowledge::Entry;", "`store` is below `knowledge`: crate::knowledge::Entry"),
        ("answer.rs", "use crate::store::Store;", "`answer` is pure and `store` is not: crate::store::Store"),
        ("answer.rs", "use tokio::sync;", "`answer` is pure: tokio::sync"),
        ("cli/run.rs", "use sqlx::SqlitePool;", "SQL is only in `store`: sqlx::SqlitePool"),
        ("check.rs", "use ::serenity::all::*;", "`check` is pure: serenity::all::*"),
        ("check.rs", "async fn f() { sqlx::query(1) }", "`check` is pure: sqlx::query"),
        ("limits.rs", "use std::{fmt, time::{Duration, Instant}};", "`limits` is pure: std::time::Instant"),
        ("check.rs", "let today = time::OffsetDateTime::now_utc();", "`check` is pure: time::OffsetDateTime::now_utc"),
        ("check.rs", "use std::time; fn f() { time::SystemTime::now(); }", "`check` is pure: time::SystemTime::now"),
        ("answer.rs", "fn f() { std::env::var(\"X\") }", "`answer` is pure: std::env::var"),
        ("knowledge.rs", "use std::fs;", "`knowledge` is pure: std::fs"),
        ("knowledge/entry.rs", "use std::{fs::File};", "`knowledge` is pure: std::fs::File"),
        ("knowledge/entry.rs", "fn f(p: &Path) { p.canonicalize() }", "`knowledge` is pure: .canonicalize()"),
        ("matching.rs", "let c = '\"'; let d = \"\\\"\"; use notify::Watcher;", "`matching` is pure: notify::Watcher"),
        ("matching.rs", "let s = r#\"\"//\"#; use notify::Watcher;", "`matching` is pure: notify::Watcher"),
        ("check.rs", "use std::{fmt, thread};", "`check` is pure: std::thread"),
        ("answer/snapshot.rs", "use std::{thread, env};", "`answer` is pure: std::env"),
        ("matching.rs", "fn f() { tracing::info!(\"x\") }", "`matching` is pure: tracing::info"),
        (
            "live.rs",
            "#[cfg(test)]\nmod tests {\n    fn f() {}\n}\n\nfn g() {}\n",
            "what stands behind the tests is not looked at: put it before them",
        ),
        (
            "live.rs",
            "#[cfg(test)]\nmod tests;\nfn g() {}\n",
            "what stands behind the tests is not looked at: put it before them",
        ),
        ("weather.rs", "", "the module `weather` has no place in the house yet"),
    ] {
        assert_eq!(faults(path, source), [format!("{path}: {expected}")], "{source}");
    }
}

#[test]
fn what_is_allowed_is_no_fault() {
    for (path, source) in [
        ("knowledge/folder.rs", "use std::fs::File; fn f(p: &Path) { p.is_dir() }"),
        (
            "knowledge.rs",
            "//! See [`check`](crate::check::check), which uses tokio::x.\n/* crate::live /* std::fs */ */ use crate::limits;",
        ),
        (
            "knowledge.rs",
            "const A: &str = \"std::fs::File\"; const B: &str = r\"tokio::x\"; const C: &[u8] = b\"sqlx::x\";",
        ),
        ("check.rs", "use crate::answer::{Decision, decide}; use crate::knowledge; use time::{Date, Duration};"),
        ("answer.rs", "fn f<'a>(x: &'a str) -> Vec<&'a str> { Vec::<&'a str>::new() } use std::sync::Arc;"),
        ("matching.rs", "fn f() {}\n#[cfg(test)]\nmod tests { use std::fs; use crate::cli; }"),
        ("matching.rs", "#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n"),
        ("matching.rs", "#[cfg(test)]\nmod tests;\n"),
        ("answer/snapshot.rs", "use std::thread; fn f() { thread::scope(|scope| scope.spawn(|| 1)) }"),
        ("store/url.rs", "use std::fs; use crate::redaction::Redacted; use sqlx::Row;"),
        ("cli/check.rs", "use crate::live::Live; use std::env; let now = std::time::Instant::now();"),
    ] {
        assert_eq!(faults(path, source), [] as [String; 0], "{source}");
    }
}
