//! The configuration: what each source may say, and every message about what it may not.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use insta::assert_snapshot;
use needle::answer::Thresholds;
use needle::config::{Config, DEFAULTS, Sources};

/// Loads with the text of a local file, if any, and variables; problems come back as they are shown, the folder of
/// the file written as `config`.
fn load(local: Option<&[u8]>, variables: &[(&str, &str)]) -> Result<Config, String> {
    let variables = variables.iter().map(|(name, value)| (name.into(), value.into()));
    load_os(local, variables.collect())
}

fn load_os(local: Option<&[u8]>, environment: Vec<(OsString, OsString)>) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    let local_file = folder.path().join("local.toml");
    if let Some(text) = local {
        fs::write(&local_file, text).unwrap();
    }
    let sources = Sources { local_file, environment };
    let folder = folder.path().display().to_string();
    Config::load(&sources).map_err(|errors| errors.to_string().replace(&folder, "config"))
}

fn with_file(text: &str) -> Result<Config, String> {
    load(Some(text.as_bytes()), &[])
}

fn refused_file(text: &str) -> String {
    with_file(text).expect_err(text)
}

fn refused_variables(variables: &[(&str, &str)]) -> String {
    load(None, variables).expect_err("these variables should be refused")
}

/// Also fails when a key of `config/default.toml` is not read, or a key is read that is not there.
#[test]
fn defaults() {
    let config = load(None, &[("PATH", "/bin"), ("NEEDLEWORK", "1")]).unwrap();
    assert_snapshot!(format!("{config:#?}"), @r#"
    Config {
        knowledge: Knowledge {
            dir: "knowledge",
            home_guilds: {},
        },
        answer: Answer {
            disclaimer: "General information, not medical advice. For your own case, ask a qualified professional.",
            addressed: Thresholds {
                answer: 0.5,
                suggest: 0.3,
            },
            unprompted: Thresholds {
                answer: 0.65,
                suggest: 0.65,
            },
        },
        check: Check {
            expected_min: 0.95,
        },
        store: Store {
            url: Url(sqlite://needle.db),
            retention: 2592000s,
        },
        discord: Discord {
            api_url: "https://discord.com",
            connect_timeout: 120s,
            ignored_channels: {},
            banned_members: {},
            member_cooldown: Rate {
                times: 6,
                within: 30s,
            },
            channel_cooldown: Rate {
                times: 30,
                within: 60s,
            },
        },
        log: Log {
            filter: "error,needle=info",
        },
        token: None,
    }
    "#);
}

#[test]
fn every_key_reaches_its_field() {
    let variables = [
        ("NEEDLE__KNOWLEDGE__DIR", "/srv/knowledge"),
        ("NEEDLE__ANSWER__DISCLAIMER", "Ask somebody."),
        ("NEEDLE__KNOWLEDGE__HOME_GUILDS", "14"),
        ("NEEDLE__ANSWER__ADDRESSED__ANSWER", "0.2"),
        ("NEEDLE__ANSWER__ADDRESSED__SUGGEST", "0.1"),
        ("NEEDLE__ANSWER__UNPROMPTED__ANSWER", "1"),
        ("NEEDLE__ANSWER__UNPROMPTED__SUGGEST", " 0.5 "),
        ("NEEDLE__CHECK__EXPECTED_MIN", "7e-1"),
        ("NEEDLE__STORE__URL", "postgres://jane:secret@db.example/needle"),
        ("NEEDLE__STORE__RETENTION_DAYS", "7"),
        ("NEEDLE__DISCORD__API_URL", "http://127.0.0.1:1/"),
        ("NEEDLE__DISCORD__CONNECT_TIMEOUT_SECS", "5"),
        ("NEEDLE__DISCORD__IGNORED_CHANNELS", "12, 11"),
        ("NEEDLE__DISCORD__BANNED_MEMBERS", "13"),
        ("NEEDLE__DISCORD__COOLDOWN__MEMBER_QUESTIONS", "1"),
        ("NEEDLE__DISCORD__COOLDOWN__MEMBER_SECS", "2"),
        ("NEEDLE__DISCORD__COOLDOWN__CHANNEL_QUESTIONS", "3"),
        ("NEEDLE__DISCORD__COOLDOWN__CHANNEL_SECS", "4"),
        ("NEEDLE__LOG__FILTER", "error"),
        ("DISCORD_TOKEN", "secret"),
    ];
    let keys = DEFAULTS.lines().filter(|line| is_key(line)).count();
    assert_eq!(variables.len(), keys + 1, "a variable a key, and the token");
    assert_snapshot!(format!("{:#?}", load(None, &variables).unwrap()), @r#"
    Config {
        knowledge: Knowledge {
            dir: "/srv/knowledge",
            home_guilds: {
                14,
            },
        },
        answer: Answer {
            disclaimer: "Ask somebody.",
            addressed: Thresholds {
                answer: 0.2,
                suggest: 0.1,
            },
            unprompted: Thresholds {
                answer: 1.0,
                suggest: 0.5,
            },
        },
        check: Check {
            expected_min: 0.7,
        },
        store: Store {
            url: Url(postgres://db.example:5432/needle),
            retention: 604800s,
        },
        discord: Discord {
            api_url: "http://127.0.0.1:1",
            connect_timeout: 5s,
            ignored_channels: {
                11,
                12,
            },
            banned_members: {
                13,
            },
            member_cooldown: Rate {
                times: 1,
                within: 2s,
            },
            channel_cooldown: Rate {
                times: 3,
                within: 4s,
            },
        },
        log: Log {
            filter: "error",
        },
        token: Some(
            Token(redacted),
        ),
    }
    "#);
}

#[test]
fn an_address_of_discord_may_have_the_path_of_its_interface() {
    let check = |address: &str, expected: &str| {
        let config = load(None, &[("NEEDLE__DISCORD__API_URL", address)]).unwrap();
        assert_eq!(config.discord.api_url, expected, "{address}");
    };
    check("http://127.0.0.1:1/api", "http://127.0.0.1:1");
    check("http://127.0.0.1:1/api/v10/", "http://127.0.0.1:1");
    check("https://proxy.example/discord/api/v9", "https://proxy.example/discord");
    check("https://proxy.example/apis", "https://proxy.example/apis");
    check("https://api", "https://api");
    check("https://api.example/api/version", "https://api.example/api/version");
}

fn is_key(line: &str) -> bool {
    !line.starts_with('#') && line.contains(" = ")
}

#[test]
fn every_default_has_a_comment_above_it() {
    let lines: Vec<&str> = DEFAULTS.lines().collect();
    let keys: Vec<usize> = (0..lines.len()).filter(|&at| is_key(lines[at])).collect();
    assert!(keys.len() >= 8, "keys found: {}", keys.len());
    for at in keys {
        assert!(lines[at - 1].starts_with("# "), "no comment above `{}`", lines[at]);
    }
}

#[test]
fn later_layers_win_key_by_key() {
    let local = b"\xEF\xBB\xBF[answer.addressed]\r\nanswer = 0.5\r\nsuggest = 0\r\n[log]\r\nfilter = 'info'\r\n";
    let variables = [("NEEDLE__ANSWER__ADDRESSED__ANSWER", "0.55"), ("NEEDLE__KNOWLEDGE__DIR", "0123")];
    let config = load(Some(local), &variables).unwrap();
    let scores = |thresholds: Thresholds| format!("{} {}", thresholds.answer, thresholds.suggest);
    // From the variable, and a whole number from the file.
    assert_eq!(scores(config.answer.addressed), "0.55 0");
    assert_eq!(scores(config.answer.unprompted), "0.65 0.65");
    assert_eq!(config.log.filter, "info");
    assert_eq!(config.knowledge.dir, PathBuf::from("0123"), "text stays as it is");
}

#[test]
fn names_in_the_file() {
    let all = refused_file(
        "colour = 'red'
knowledge = 'here'
[answer]
disclaimr = 'x'
voice = 'x'
'odd name' = 1
[answer.unprompted]
suggest = { a = 1 }
[Check]
expected_min = 0.9
[log]
answer = 1
expected_min = 0.9
[wholly.different]
a = 1
",
    );
    assert_snapshot!(all, @r#"
    config/local.toml:1:1: unknown key colour: the sections are answer, check, discord, knowledge, log, store
    config/local.toml:2:13: knowledge is a section: expected [knowledge] and keys below it
    config/local.toml:4:1: unknown key answer.disclaimr: did you mean answer.disclaimer?
    config/local.toml:5:1: unknown key answer.voice: [answer] holds addressed.answer, addressed.suggest, disclaimer, unprompted.answer, unprompted.suggest
    config/local.toml:6:1: unknown key answer."odd name": [answer] holds addressed.answer, addressed.suggest, disclaimer, unprompted.answer, unprompted.suggest
    config/local.toml:8:11: answer.unprompted.suggest is { a = 1 }: expected a number from 0 to 1
    config/local.toml:9:2: unknown section Check: did you mean check?
    config/local.toml:12:1: unknown key log.answer: [log] holds filter
    config/local.toml:13:1: unknown key log.expected_min: did you mean check.expected_min?
    config/local.toml:14:2: unknown section wholly: the sections are answer, check, discord, knowledge, log, store
    "#);
}

#[test]
fn names_of_variables() {
    let all = refused_variables(&[
        ("NEEDLE_KNOWLEDGE_DIR", "a"),
        ("NEEDLE__KNOWLEDGE_DIR", "a"),
        ("NEEDLE_KNOWLEDGE__DIR", "a"),
        ("needle__knowledge__dir", "a"),
        ("NEEDLE.KNOWLEDGE.DIR", "a"),
        ("NEEDLE__KNOWLEGE__DIR", "a"),
        ("NEEDLE__KNOWLEDGE", "a"),
        ("NEEDLE_LOG", "debug"),
        ("NEEDLE__", "a"),
        ("NEEDLE__COLOUR", "a"),
        ("NEEDLE__CHECK__BOGUS", "a"),
    ]);
    assert_snapshot!(all, @"
    NEEDLE.KNOWLEDGE.DIR: unknown setting: did you mean NEEDLE__KNOWLEDGE__DIR? (two underscores between the parts, all in capitals)
    NEEDLE_KNOWLEDGE_DIR: unknown setting: did you mean NEEDLE__KNOWLEDGE__DIR? (two underscores between the parts, all in capitals)
    NEEDLE_KNOWLEDGE__DIR: unknown setting: did you mean NEEDLE__KNOWLEDGE__DIR? (two underscores between the parts, all in capitals)
    NEEDLE_LOG: unknown setting: [log] holds NEEDLE__LOG__FILTER
    NEEDLE__: unknown setting: the form is NEEDLE__SECTION__KEY, and the sections are ANSWER, CHECK, DISCORD, KNOWLEDGE, LOG, STORE
    NEEDLE__CHECK__BOGUS: unknown setting: [check] holds NEEDLE__CHECK__EXPECTED_MIN
    NEEDLE__COLOUR: unknown setting: the form is NEEDLE__SECTION__KEY, and the sections are ANSWER, CHECK, DISCORD, KNOWLEDGE, LOG, STORE
    NEEDLE__KNOWLEDGE: unknown setting: [knowledge] holds NEEDLE__KNOWLEDGE__DIR, NEEDLE__KNOWLEDGE__HOME_GUILDS
    NEEDLE__KNOWLEDGE_DIR: unknown setting: did you mean NEEDLE__KNOWLEDGE__DIR? (two underscores between the parts, all in capitals)
    NEEDLE__KNOWLEGE__DIR: unknown setting: did you mean NEEDLE__KNOWLEDGE__DIR?
    needle__knowledge__dir: unknown setting: did you mean NEEDLE__KNOWLEDGE__DIR? (two underscores between the parts, all in capitals)
    ");

    // As Kubernetes sets them for a service that is named after the bot.
    let variables = [
        ("NEEDLE_SERVICE_HOST", "10.0.0.1"),
        ("NEEDLE_SERVICE_PORT_HTTP", "80"),
        ("NEEDLE_PORT", "tcp://10.0.0.1:80"),
        ("NEEDLE_PORT_80_TCP_ADDR", ""),
    ];
    load(None, &variables).unwrap();
}

#[test]
fn values_in_the_file() {
    let all = refused_file(
        "knowledge.dir = ' '
answer.disclaimer = 3
answer.addressed = { answer = '0.5', suggest = true }
answer.unprompted.answer = 99999999999999999999
answer.unprompted.suggest = nan
check.expected_min = [
  0.9,
]
log.filter = 2026-11-23
",
    );
    assert_snapshot!(all, @r#"
    config/local.toml:1:17: knowledge.dir is ' ': expected a path that is not empty
    config/local.toml:2:21: answer.disclaimer is 3: expected text that is not empty
    config/local.toml:3:31: answer.addressed.answer is '0.5': expected a number from 0 to 1, without quotes
    config/local.toml:3:48: answer.addressed.suggest is true: expected a number from 0 to 1
    config/local.toml:4:28: answer.unprompted.answer is 99999999999999999999: expected a number from 0 to 1
    config/local.toml:5:29: answer.unprompted.suggest is nan: expected a number from 0 to 1
    config/local.toml:6:22: check.expected_min is […: expected a number from 0 to 1
    config/local.toml:9:14: log.filter is 2026-11-23: expected a level (off, error, warn, info, debug, trace) or directives without spaces, such as "warn,needle=debug"
    "#);
}

#[test]
fn values_of_variables() {
    let all = refused_variables(&[
        ("NEEDLE__KNOWLEDGE__DIR", ""),
        ("NEEDLE__ANSWER__DISCLAIMER", "  "),
        ("NEEDLE__ANSWER__ADDRESSED__ANSWER", "1.5"),
        ("NEEDLE__ANSWER__ADDRESSED__SUGGEST", "0,3"),
        ("NEEDLE__CHECK__EXPECTED_MIN", "most\nof them, and then some more of them, until the line is full"),
        ("NEEDLE__LOG__FILTER", "needle=loud"),
    ]);
    assert_snapshot!(all, @r#"
    NEEDLE__ANSWER__ADDRESSED__ANSWER: answer.addressed.answer is "1.5": expected a number from 0 to 1
    NEEDLE__ANSWER__ADDRESSED__SUGGEST: answer.addressed.suggest is "0,3": expected a number from 0 to 1
    NEEDLE__ANSWER__DISCLAIMER: is empty: give it a value or unset it
    NEEDLE__CHECK__EXPECTED_MIN: check.expected_min is "most\nof them, and then some more of them, until the line i…: expected a number from 0 to 1
    NEEDLE__KNOWLEDGE__DIR: is empty: give it a value or unset it
    NEEDLE__LOG__FILTER: log.filter is "needle=loud": expected a level (off, error, warn, info, debug, trace) or directives without spaces, such as "warn,needle=debug"
    "#);
}

#[test]
fn log_filters() {
    for good in ["off", "WARN", "warn,needle=debug", "needle::matching=trace"] {
        let config = load(None, &[("NEEDLE__LOG__FILTER", good)]).expect(good);
        assert_eq!(config.log.filter, good);
    }
    for bad in ["warning", "verbose,needle=debug", "needle=loud", "warn, needle=debug", "[reload{topic=urgent}]=info"] {
        load(None, &[("NEEDLE__LOG__FILTER", bad)]).expect_err(bad);
    }
}

#[test]
fn thresholds_keep_their_order() {
    let cases = [
        "answer.addressed.suggest = 0.6",
        "answer.addressed.answer = 0.2",
        "answer.addressed.answer = 0.9",
        "answer.unprompted.suggest = 0.2",
        "answer.unprompted = { answer = 0.4, suggest = 0.4 }",
        "answer.unprompted = { answer = 0.9, suggest = 0.95 }",
        // One problem, not two: a threshold that is no number has no order.
        "answer.addressed = { answer = 'x', suggest = 0.6 }",
    ];
    let all: Vec<String> = cases.iter().map(|text| format!("{text}\n{}", refused_file(text))).collect();
    assert_snapshot!(all.join("\n\n"), @"
    answer.addressed.suggest = 0.6
    config/local.toml:1:28: answer.addressed.suggest is 0.6: expected at most answer.addressed.answer, which is 0.5 (the built-in default)

    answer.addressed.answer = 0.2
    config/local.toml:1:27: answer.addressed.answer is 0.2: expected at least answer.addressed.suggest, which is 0.3 (the built-in default)

    answer.addressed.answer = 0.9
    config/local.toml:1:27: answer.addressed.answer is 0.9: expected at most answer.unprompted.answer, which is 0.65 (the built-in default)

    answer.unprompted.suggest = 0.2
    config/local.toml:1:29: answer.unprompted.suggest is 0.2: expected at least answer.addressed.suggest, which is 0.3 (the built-in default)

    answer.unprompted = { answer = 0.4, suggest = 0.4 }
    config/local.toml:1:32: answer.unprompted.answer is 0.4: expected at least answer.addressed.answer, which is 0.5 (the built-in default)

    answer.unprompted = { answer = 0.9, suggest = 0.95 }
    config/local.toml:1:47: answer.unprompted.suggest is 0.95: expected at most answer.unprompted.answer, which is 0.9 (config/local.toml:1:32)

    answer.addressed = { answer = 'x', suggest = 0.6 }
    config/local.toml:1:31: answer.addressed.answer is 'x': expected a number from 0 to 1
    ");
    with_file("answer.unprompted = { answer = 0.5, suggest = 0.3 }").unwrap();
}

#[test]
fn files_that_cannot_be_read() {
    let broken = refused_file("[log]\nfilter = warn\n\n[log]\nfilter = 'x\n");
    assert_snapshot!(broken, @"
    config/local.toml:2:10: not valid TOML: string values must be quoted, expected literal string
    config/local.toml:4:2: not valid TOML: duplicate key
    config/local.toml:5:1: not valid TOML: duplicate key
    config/local.toml:5:12: not valid TOML: invalid literal string, expected `'`
    ");
    let marked = "\u{feff}log.filter = 3\r\ncheck = { 'é' = 1, expected = 3 }";
    assert_snapshot!(refused_file(marked), @r#"
    config/local.toml:1:14: log.filter is 3: expected a level (off, error, warn, info, debug, trace) or directives without spaces, such as "warn,needle=debug"
    config/local.toml:2:11: unknown key check."é": [check] holds expected_min
    config/local.toml:2:20: unknown key check.expected: did you mean check.expected_min?
    "#);
    let twice = refused_file("[log]\nfilter = 'warn'\nfilter = 'info'\n");
    assert_snapshot!(twice, @"config/local.toml:3:1: not valid TOML: duplicate key");
    let latin_1 = load(Some(b"[answer]\ndisclaimer = 'caf\xE9'\n"), &[]).unwrap_err();
    assert_snapshot!(latin_1, @"config/local.toml:2:18: the text is not UTF-8: save the file as UTF-8");

    let folder = tempfile::tempdir().unwrap();
    let load_path = |path: PathBuf| {
        let sources = Sources { local_file: path, environment: Vec::new() };
        Config::load(&sources).unwrap_err().to_string().replace(&folder.path().display().to_string(), "config")
    };
    assert_snapshot!(load_path(folder.path().to_owned()), @"config: cannot read this file: Is a directory (os error 21)");
    #[cfg(unix)]
    {
        let link = folder.path().join("local.toml");
        std::os::unix::fs::symlink("gone.toml", &link).unwrap();
        assert_snapshot!(load_path(link), @"config/local.toml: cannot read this file: No such file or directory (os error 2)");
    }
}

#[test]
fn a_broken_file_does_not_hide_other_problems() {
    let variables = [("NEEDLE__CHECK__EXPECTED_MIN", "2"), ("NEEDLE_LOG_FILTER", "info"), ("DISCORD_TOKEN", "")];
    assert_snapshot!(load(Some(b"log"), &variables).unwrap_err(), @r#"
    config/local.toml:1:4: not valid TOML: key with no value, expected `=`
    DISCORD_TOKEN: is empty: expected the token of the bot, from the Discord developer portal
    NEEDLE_LOG_FILTER: unknown setting: did you mean NEEDLE__LOG__FILTER? (two underscores between the parts, all in capitals)
    NEEDLE__CHECK__EXPECTED_MIN: check.expected_min is "2": expected a number from 0 to 1
    "#);
}

#[test]
#[cfg(unix)]
fn variables_that_are_not_utf_8() {
    use std::os::unix::ffi::OsStringExt;
    let bad = || OsString::from_vec(b"caf\xE9".to_vec());
    let name = OsString::from_vec(b"NEEDLE__\xE9".to_vec());
    let environment = vec![
        ("NEEDLE__KNOWLEDGE__DIR".into(), bad()),
        ("DISCORD_TOKEN".into(), bad()),
        (name, "a".into()),
        ("OTHER".into(), bad()),
        (bad(), bad()),
    ];
    assert_snapshot!(load_os(None, environment).unwrap_err(), @"
    DISCORD_TOKEN: is no token, as it holds a space or a character outside ASCII: expected the token alone, as the Discord developer portal shows it
    NEEDLE__KNOWLEDGE__DIR: is not UTF-8 text: set it again as UTF-8
    NEEDLE__�: unknown setting: the form is NEEDLE__SECTION__KEY, and the sections are ANSWER, CHECK, DISCORD, KNOWLEDGE, LOG, STORE
    ");
}

#[test]
fn the_token_is_read_and_not_shown() {
    let config = load(None, &[("DISCORD_TOKEN", " abc.def-1_2\n")]).unwrap();
    let token = config.token.as_ref().expect("a token was set");
    assert_eq!(token.expose(), "abc.def-1_2");
    assert!(!format!("{config:?} {config:#?}").contains("abc"));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    fs::write(&path, "\u{feff}abc.def-1_2\r\n").unwrap();
    let config = load(None, &[("DISCORD_TOKEN_FILE", path.to_str().unwrap())]).unwrap();
    assert_eq!(config.token.unwrap().expose(), "abc.def-1_2");
}

#[test]
fn tokens_that_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (empty, lines) = (file("empty", " \n"), file("lines", "secret\nsecret\n"));
    let cases: [&[(&str, &str)]; 8] = [
        &[("DISCORD_TOKEN", "secret"), ("DISCORD_TOKEN_FILE", "secret")],
        &[("DISCORD_TOKEN", " ")],
        &[("DISCORD_TOKEN", "Bot secret")],
        &[("DISCORD_TOKEN", "\"secret\"")],
        &[("DISCORD_TOKEN_FILE", "")],
        &[("DISCORD_TOKEN_FILE", "/nowhere/token")],
        &[("DISCORD_TOKEN_FILE", &empty)],
        &[("DISCORD_TOKEN_FILE", &lines)],
    ];
    let all: Vec<String> = cases.iter().map(|variables| refused_variables(variables)).collect();
    let all = all.join("\n").replace(&folder.path().display().to_string(), "/run");
    assert!(!all.contains("secret"));
    assert_snapshot!(all, @"
    DISCORD_TOKEN: DISCORD_TOKEN_FILE is set too: set only one of them
    DISCORD_TOKEN: is empty: expected the token of the bot, from the Discord developer portal
    DISCORD_TOKEN: is no token, as it holds a space or a character outside ASCII: expected the token alone, as the Discord developer portal shows it
    DISCORD_TOKEN: holds a quotation mark: expected the token alone
    DISCORD_TOKEN_FILE: is empty: expected the path of a file that holds the token, or no such variable
    DISCORD_TOKEN_FILE: cannot read /nowhere/token: No such file or directory (os error 2)
    /run/empty: is empty: expected the token of the bot, from the Discord developer portal
    /run/lines: is no token, as it holds a space or a character outside ASCII: expected the token alone, as the Discord developer portal shows it
    ");
}

#[test]
fn tokens_in_the_wrong_place() {
    let file = "DISCORD_TOKEN = 'secret'
[answer]
token = 'secret'
[discord]
bot-token = 'secret'
[Token]
discord = 'secret'
";
    let variables = [
        ("NEEDLE__DISCORD__TOKEN", "secret"),
        ("NEEDLE__TOKEN", "secret"),
        ("NEEDLE_DISCORD_TOKEN_FILE", "secret"),
        ("needle_token", "secret"),
    ];
    let all = load(Some(file.as_bytes()), &variables).unwrap_err();
    assert!(!all.contains("secret"));
    assert_snapshot!(all, @"
    config/local.toml:1:1: DISCORD_TOKEN: the Discord token is not read from here, where it is easily shared: set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to the path of a file that holds it
    config/local.toml:3:1: answer.token: the Discord token is not read from here, where it is easily shared: set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to the path of a file that holds it
    config/local.toml:5:1: discord.bot-token: the Discord token is not read from here, where it is easily shared: set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to the path of a file that holds it
    config/local.toml:6:2: Token: the Discord token is not read from here, where it is easily shared: set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to the path of a file that holds it
    NEEDLE_DISCORD_TOKEN_FILE: the Discord token is not read from here, where it is easily shared: set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to the path of a file that holds it
    NEEDLE__DISCORD__TOKEN: the Discord token is not read from here, where it is easily shared: set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to the path of a file that holds it
    NEEDLE__TOKEN: the Discord token is not read from here, where it is easily shared: set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to the path of a file that holds it
    needle_token: the Discord token is not read from here, where it is easily shared: set DISCORD_TOKEN to it, or DISCORD_TOKEN_FILE to the path of a file that holds it
    ");
    assert!(!refused_file("token = 'secret").contains("secret"), "a broken line may hold a token");
}
