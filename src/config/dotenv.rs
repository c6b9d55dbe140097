//! `.env`: a file in the working folder with the Discord token, for trying out.
//!
//! Only the two variables of the token are read from it, and only where neither is set in the environment: settings
//! belong into `config/local.toml`.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use super::token::VARIABLES;

/// Adds what the file at `path` says about the token to `environment`, unless that knows it already. A file that cannot
/// be read says nothing.
pub(super) fn add(path: &Path, environment: &mut Vec<(OsString, OsString)>) {
    if environment.iter().any(|(name, _)| VARIABLES.iter().any(|variable| name == variable)) {
        return;
    }
    let text = fs::read_to_string(path).unwrap_or_default();
    let found = text.trim_start_matches('\u{feff}').lines().filter_map(assignment);
    environment.extend(found.map(|(name, value)| (name.into(), value.into())));
}

/// The variable of the token that `line` sets, with its value: `NAME=value`, perhaps after `export`, perhaps in quotes.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let (name, value) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    let quoted = ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
    VARIABLES.contains(&name).then_some((name, quoted.unwrap_or(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_lines_as_shells_do() {
        let check = |line, expected| assert_eq!(assignment(line), expected, "{line:?}");
        check("DISCORD_TOKEN=abc", Some(("DISCORD_TOKEN", "abc")));
        check("  export DISCORD_TOKEN = \"a=b\" ", Some(("DISCORD_TOKEN", "a=b")));
        check("DISCORD_TOKEN_FILE='/run/token'", Some(("DISCORD_TOKEN_FILE", "/run/token")));
        check("DISCORD_TOKEN=", Some(("DISCORD_TOKEN", "")));
        check("# DISCORD_TOKEN=abc", None);
        check("NEEDLE__LOG__FILTER=info", None);
        check("DISCORD_TOKEN", None);
        check("", None);
    }
}
