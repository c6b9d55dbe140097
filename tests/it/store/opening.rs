//! Opening: addresses, and databases that are not as they should be.

use std::fs;

use needle::config::{Config, Sources};
use needle::store::{Fault, Listing, Options, Store, Url};
use sqlx::{Connection as _, SqliteConnection};
use tempfile::TempDir;

use super::{Place, miss, on_both, on_sqlite, open, postgres, runtime};

/// Why the store at `url` does not open.
async fn refused(url: &Url) -> Fault {
    Store::new(url, Options::default()).open().await.expect_err("it should not open")
}

#[test]
fn addresses() {
    let check = |text: &str, expected: &str| {
        let shown = match text.parse::<Url>() {
            Ok(url) => url.to_string(),
            Err(fault) => format!("{fault}"),
        };
        assert!(shown.starts_with(expected), "{text:?} gives {shown:?}, not {expected:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
    };
    check("sqlite://needle.db", "sqlite://needle.db");
    check("SQLite:///var/lib/my needle.db", "sqlite:///var/lib/my needle.db");
    check(" sqlite://a/b.db ", "sqlite://a/b.db");
    check("postgres://jane:hunter2@db.example/needle", "postgres://db.example:5432/needle");
    check("postgresql://jane:hunter2@[::1]:6000/needle?sslmode=require", "postgres://[::1]:6000/needle");
    check(
        "postgres:///needle?host=/run/postgresql&user=jane&password=hunter2",
        "postgres:///run/postgresql:5432/needle",
    );

    check("", "expected an address that starts with sqlite:// or postgres://");
    check("needle.db", "expected an address");
    check("mysql://jane:hunter2@db.example/needle", "expected an address");
    check("sqlite:needle.db", "expected the path of a file after sqlite://");
    check("sqlite://", "expected the path");
    check("sqlite://folder/", "expected the path");
    check("sqlite::memory:", "a database in memory forgets everything");
    check("sqlite://needle.db?mode=memory", "a database in memory forgets everything");
    check("sqlite://needle.db?mode=ro", "an address that starts with sqlite:// takes nothing after");
    check("postgres://jane:hunter2@db.example", "names no database");
    check("postgres://jane:hunter2@db.example/", "names no database");
    check("postgres://jane:hunter2@db.example:port/needle", "expected postgres://user:password@host:port/database");
    check("postgres://jane:hun/ter2@db.example/needle", "expected postgres://user");
    check("postgres:jane:hunter2@db.example/needle", "expected postgres://user");
    check("postgres://jane@db.example/needle?passwd=hunter2", "has an unknown parameter");
    check("postgres://jane@db.example/needle?sslmode=hunter2", "expected postgres://user");
}

#[test]
fn no_message_repeats_a_password() {
    let load = |value: &str| {
        let environment = vec![("NEEDLE__STORE__URL".into(), value.into())];
        let local_file = "nowhere/local.toml".into();
        Config::load(&Sources { local_file, environment }).map(|config| format!("{config:?}"))
    };
    let config = load("postgres://jane:hunter2@db.example/needle").unwrap();
    assert!(config.contains("db.example") && !config.contains("hunter2"), "{config}");
    let errors = load("postgres://jane:hunter2@db.example:x/needle").unwrap_err().to_string();
    assert!(errors.starts_with("NEEDLE__STORE__URL: store.url: expected postgres://user:password@host"), "{errors}");
    assert!(!errors.contains("hunter2"), "{errors}");

    let folder = TempDir::new().unwrap();
    let local_file = folder.path().join("local.toml");
    for line in [
        "url = \"mysql://jane:hunter2@x/y\"",
        "url = [\"hunter2\"]",
        "url = 'postgres://jane:hunter2@x/y",
        "uri = \"hunter2\"",
    ] {
        fs::write(&local_file, format!("[store]\n{line}\n")).unwrap();
        let sources = Sources { local_file: local_file.clone(), environment: Vec::new() };
        let errors = Config::load(&sources).unwrap_err().to_string();
        assert!(errors.contains("local.toml:2:") && !errors.contains("hunter2"), "{errors}");
    }
    let retention = vec![("NEEDLE__STORE__RETENTION_DAYS".into(), "0".into())];
    let errors = Config::load(&Sources { local_file: "nowhere".into(), environment: retention }).unwrap_err();
    assert!(errors.to_string().ends_with("expected a whole number from 1 to 365"), "{errors}");
}

#[test]
fn a_wrong_password_is_not_repeated_either() {
    let Some(server) = postgres() else { return };
    let rest = server.split_once('@').map_or("127.0.0.1/postgres", |(_, rest)| rest).to_owned();
    runtime().block_on(async {
        let wrong: Url = format!("postgres://nobody_of_this_name:hunter2@{rest}").parse().unwrap();
        let fault = refused(&wrong).await;
        assert!(matches!(fault, Fault::Unusable(_)) && !format!("{fault} {fault:?}").contains("hunter2"), "{fault:?}");
        let (place, _) = server.rsplit_once('/').unwrap();
        let fault = refused(&format!("{place}/no_such_database").parse().unwrap()).await;
        assert!(fault.to_string().contains("database \"no_such_database\" does not exist"), "{fault}");
    });
}

#[test]
fn files_that_are_no_store() {
    on_sqlite(&async |url: &Place| {
        let file = url.file().unwrap();
        let folder = file.parent().unwrap();
        fs::write(file, "this is no database at all, but long enough to be looked at by whoever opens it. ".repeat(9))
            .unwrap();
        let fault = refused(url).await.to_string();
        assert!(fault.contains("the file is damaged, or no SQLite database"), "{fault}");
        let fault = refused(&Url::sqlite(folder)).await.to_string();
        assert!(fault.contains("the file cannot be opened for writing"), "{fault}");
        let fault = refused(&Url::sqlite(folder.join("nowhere/needle.db"))).await.to_string();
        assert!(fault.contains("No such file or directory"), "{fault}");
    });
}

#[test]
fn a_damaged_store_is_not_taken_for_a_new_one() {
    on_sqlite(&async |url: &Place| {
        let store = open(url).await;
        store.record_miss(&miss("Pots?", 1)).await.unwrap();
        store.close().await;
        let file = url.file().unwrap();
        let mut bytes = fs::read(file).unwrap();
        bytes[100..4_096].fill(0xAA); // the schema, behind the header
        fs::write(file, &bytes).unwrap();
        let fault = refused(url).await;
        assert!(matches!(&fault, Fault::Unusable(reason) if reason.contains("damaged")), "{fault}");
        assert_eq!(fs::read(file).unwrap(), bytes, "and is left as it is");
    });
}

#[test]
fn a_database_of_something_else_is_left_alone() {
    on_sqlite(&async |url: &Place| {
        let mut other = SqliteConnection::connect(&url.raw).await.unwrap();
        sqlx::query("CREATE TABLE settings (colour TEXT)").execute(&mut other).await.unwrap();
        let fault = refused(url).await.to_string();
        assert!(fault.contains("table settings already exists"), "{fault}");
        let tables = sqlx::query("SELECT name FROM sqlite_master").fetch_all(&mut other).await.unwrap();
        assert_eq!(tables.len(), 1);
    });
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    on_both(async |url| {
        let store = open(url).await;
        store.record_miss(&miss("Pots?", 1)).await.unwrap();
        store.close().await;
        let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
            VALUES (9999, 'later', TRUE, '', 0)";
        url.execute(newer).await;
        let fault = refused(url).await;
        assert!(matches!(fault, Fault::Newer(9_999)), "{fault:?}");
        let text = fault.to_string();
        assert!(text.contains("a newer version of Needle, with migration 9999"), "{text}");
    });
}

#[test]
fn many_open_a_new_database_at_once() {
    on_both(async |url| {
        let stores: Vec<Store> = (0..6).map(|_| Store::new(url, Options::default())).collect();
        let same = miss("Pots?", 1);
        let opening = stores.iter().map(async |store| store.record_miss(&same).await.unwrap());
        futures_util::future::join_all(opening).await;
        assert_eq!(stores[0].unanswered(Listing::ALL).await.unwrap().len(), 1);
    });
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_a_new_file() {
    use std::os::unix::fs::PermissionsExt as _;
    on_sqlite(&async |url: &Place| {
        let store = open(url).await;
        store.record_miss(&miss("Pots?", 1)).await.unwrap();
        for file in fs::read_dir(url.file().unwrap().parent().unwrap()).unwrap() {
            let file = file.unwrap();
            let mode = file.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{}", file.path().display());
        }
    });
}
