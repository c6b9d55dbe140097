//! `needle unanswered`.

use std::fs;

use insta::assert_snapshot;
use needle::redaction::Redacted;
use needle::store::{Closest, Key, MessageId, Miss, Options, Origin, ServerId, Store, Timestamp, Url};
use tempfile::TempDir;

use super::{ENTRY, folder, needle_in, run_in};

/// Misses of `texts` in the store of `folder`, an hour apart, in a server except for the last.
fn record(folder: &TempDir, texts: &[&str]) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::new(&Url::sqlite(folder.path().join("needle.db")), Options::default());
        store.open().await.unwrap();
        for (number, text) in texts.iter().enumerate() {
            let hour = i64::try_from(number).unwrap();
            let closest = [("pots/water", 0.25, number == 0), ("pots/light", 0.123_456, false)];
            let miss = Miss {
                origin: Origin {
                    server: (number + 1 < texts.len()).then_some(ServerId(81_384_788_765_712_384)),
                    channel: None,
                    message: Some(MessageId(number as u64 + 1)),
                },
                text: Redacted::new(text),
                wording: Key::new(b"key").wording(text),
                closest: closest
                    .map(|(entry, score, rejected)| Closest { entry: entry.to_owned(), score, rejected })
                    .to_vec(),
                at: Timestamp(1_795_435_200 + 3_600 * hour),
            };
            store.record_miss(&miss).await.unwrap();
        }
        store.close().await;
    });
}

#[test]
fn lists_what_is_open_with_what_is_asked_most_first() {
    let dir = folder(&[]);
    record(&dir, &["Is it\tsafe\u{1b}[2J?", "and for jane@example.com?", "and for jane@example.com?", "why"]);
    let said = run_in(dir.path(), &["unanswered"]);
    assert_snapshot!(said.shown(dir.path()), @"
    exit: 0
    stdout:
    3 open questions

    and for [e-mail]?
    asked 2 times, last 2026-11-23 14:00 UTC, in server 81384788765712384
    closest: pots/water (0.25), pots/light (0.12)

    why
    asked once, 2026-11-23 15:00 UTC, in direct messages
    closest: pots/water (0.25), pots/light (0.12)

    Is it safe[2J?
    asked once, 2026-11-23 12:00 UTC, in server 81384788765712384
    closest: pots/water (0.25, rejected), pots/light (0.12)

    stderr:
    ");
    let said = run_in(dir.path(), &["unanswered", "--json"]);
    assert_snapshot!(said.shown(dir.path()), @r#"
    exit: 0
    stdout:
    {"questions":[{"id":2,"question":"and for [e-mail]?","times":2,"first_asked":"2026-11-23T13:00:00Z","last_asked":"2026-11-23T14:00:00Z","server":"81384788765712384","closest":[{"entry":"pots/water","score":0.25,"rejected":false},{"entry":"pots/light","score":0.1235,"rejected":false}]},{"id":3,"question":"why","times":1,"first_asked":"2026-11-23T15:00:00Z","last_asked":"2026-11-23T15:00:00Z","server":null,"closest":[{"entry":"pots/water","score":0.25,"rejected":false},{"entry":"pots/light","score":0.1235,"rejected":false}]},{"id":1,"question":"Is it\tsafe\u001b[2J?","times":1,"first_asked":"2026-11-23T12:00:00Z","last_asked":"2026-11-23T12:00:00Z","server":"81384788765712384","closest":[{"entry":"pots/water","score":0.25,"rejected":true},{"entry":"pots/light","score":0.1235,"rejected":false}]}]}

    stderr:
    "#);
}

#[test]
fn exports_lines_that_need_a_decision() {
    let dir = folder(&[("pots/water.md", &ENTRY)]);
    record(&dir, &["Is it\tsafe\nat night?", "why"]);
    let said = run_in(dir.path(), &["unanswered", "--export", "knowledge/pots/expected.tsv"]);
    assert_eq!((said.code, &*said.out), (Some(0), "Wrote 2 open questions to knowledge/pots/expected.tsv\n"));
    let exported = fs::read_to_string(dir.path().join("knowledge/pots/expected.tsv")).unwrap();
    assert_eq!(exported, "?pots/water\twhy\n?pots/light\tIs it safe at night?\n");
    let said = run_in(dir.path(), &["check"]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.out.contains("`?pots/water`"), "{}", said.out);

    let edited = exported.replace("?pots/water", "oos").replace("?pots/light", "oos");
    fs::write(dir.path().join("knowledge/pots/expected.tsv"), edited).unwrap();
    let said = run_in(dir.path(), &["check"]);
    assert_eq!(said.code, Some(0), "{}", said.out);
}

#[test]
fn says_where_there_is_nothing() {
    let dir = folder(&[]);
    let said = run_in(dir.path(), &["unanswered"]);
    assert_snapshot!(said.shown(dir.path()), @"
    exit: 1
    stdout:

    stderr:
    error: there is no store at sqlite://needle.db: --store-url or store.url names another
    ");
    assert!(!dir.path().join("needle.db").exists(), "a listing makes no store");

    record(&dir, &[]);
    let said = run_in(dir.path(), &["unanswered", "--store-url", "sqlite://needle.db"]);
    assert_eq!((said.code, &*said.out), (Some(0), "no open questions\n"));
}

#[test]
fn addresses_that_make_no_sense_are_refused_without_being_repeated() {
    let dir = folder(&[]);
    let said = run_in(dir.path(), &["unanswered", "--store-url", "mysql://jane:hunter2@host/db"]);
    assert_snapshot!(said.shown(dir.path()), @"
    exit: 2
    stdout:

    stderr:
    error: --store-url: expected an address that starts with sqlite:// or postgres://, such as sqlite://needle.db
    ");
    // Nobody listens on port 1.
    let said = run_in(dir.path(), &["unanswered", "--store-url", "postgres://jane:hunter2@127.0.0.1:1/db"]);
    assert_snapshot!(said.shown(dir.path()), @"
    exit: 1
    stdout:

    stderr:
    error: postgres://127.0.0.1:1/db: the database cannot be used now: error communicating with database: Connection refused (os error 111)
    ");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_written_is_said_to_be_so() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;

    /// Who has no rights but everybody's.
    const NOBODY: u32 = 65_534;

    let dir = folder(&[]);
    record(&dir, &["why"]);
    let permit = |path: &str, mode| {
        fs::set_permissions(dir.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    let mut command = needle_in(dir.path(), &["unanswered"]);
    if fs::metadata(dir.path()).unwrap().uid() == 0 {
        // Nothing is forbidden to root, and others may not come near the program where it was built.
        let copy = dir.path().join("needle");
        if fs::hard_link(command.get_program(), &copy).is_err() {
            fs::copy(command.get_program(), &copy).unwrap();
        }
        let mut copied = std::process::Command::new(copy);
        copied.arg("unanswered").current_dir(dir.path()).env_clear().uid(NOBODY).gid(NOBODY);
        command = copied;
    }
    permit("needle.db", 0o444);
    permit("", 0o555);
    let said = super::run(command, b"");
    permit("", 0o755);
    assert_snapshot!(said.shown(dir.path()), @"
    exit: 1
    stdout:

    stderr:
    error: sqlite://needle.db: the database cannot be used: the file cannot be opened for writing (Permission denied (os error 13))
    ");
}
