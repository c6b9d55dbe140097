//! Paths: what a source uses, read without a Rust parser: good for honest code, not for code that hides.

/// What a source uses.
pub struct Used {
    /// Paths such as `std::fs::File`, with groups taken apart and `self` and `super` resolved to `crate::…`.
    pub paths: Vec<String>,
    /// Methods called.
    pub methods: Vec<String>,
}

/// Words that a path may follow, also one that starts with `::`.
const KEYWORDS: [&str; 16] = [
    "as", "await", "break", "const", "dyn", "else", "fn", "for", "if", "impl", "in", "let", "match", "mut", "return",
    "use",
];

/// What a module of tests begins with.
const TESTS: &str = "#[cfg(test)]\nmod ";

/// Whether anything stands behind the tests of `source`, where [`used`] would not see it.
pub fn goes_on_behind_tests(source: &str) -> bool {
    let Some((_, tests)) = source.split_once(TESTS) else { return false };
    let (first, rest) = tests.split_once('\n').unwrap_or((tests, ""));
    // The module ends with the first brace at the start of a line, unless it is in a file of its own.
    let behind = if first.ends_with(';') { rest } else { rest.split_once("\n}\n").map_or("", |(_, behind)| behind) };
    !behind.trim().is_empty()
}

/// What `source`, the text of the file at `path` below `src`, uses outside of its tests, comments and strings.
pub fn used(path: &str, source: &str) -> Used {
    let code = source.split(TESTS).next().unwrap_or_default();
    let tokens = tokens(&without_texts(code));
    let mut used = Used { paths: Vec::new(), methods: Vec::new() };
    let mut at = 0;
    while at < tokens.len() {
        let is_method = at > 0 && tokens[at - 1] == ".";
        if !is_name(&tokens[at]) || KEYWORDS.contains(&tokens[at].as_str()) {
            at += 1;
        } else if is_method {
            used.methods.push(tokens[at].clone());
            at += 1;
        } else {
            let start = used.paths.len();
            at = read_path(&tokens, at, "", &mut used.paths);
            for found in &mut used.paths[start..] {
                *found = resolved(path, found);
            }
        }
    }
    used.paths.retain(|path| path.contains("::"));
    used
}

/// Reads the path that starts at `at`, below `prefix`, and returns where it ends.
fn read_path(tokens: &[String], mut at: usize, prefix: &str, paths: &mut Vec<String>) -> usize {
    let mut path = prefix.to_owned();
    loop {
        let token = tokens.get(at).map_or("", String::as_str);
        if token == "{" {
            at += 1;
            while let Some(token) = tokens.get(at).filter(|token| *token != "}") {
                let is_item = is_name(token) || token == "*" || token == "{";
                at = if is_item { read_path(tokens, at, &path, paths) } else { at + 1 };
            }
            return at + 1;
        }
        path += token;
        at += 1;
        let next = tokens.get(at + 1).map_or("", String::as_str);
        if tokens.get(at).is_some_and(|token| token == "::") && (is_name(next) || next == "{" || next == "*") {
            path += "::";
            at += 1;
            continue;
        }
        // What stands behind `as` is a name of this file's own.
        if tokens.get(at).is_some_and(|token| token == "as") && !prefix.is_empty() {
            at += 2;
        }
        paths.push(path.trim_end_matches("::self").to_owned());
        return at;
    }
}

/// `used` with `self` and `super` replaced by the module of the file at `path`.
fn resolved(path: &str, used: &str) -> String {
    let mut module: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    let mut segments = used.split("::").peekable();
    match segments.peek() {
        Some(&"self") => {
            segments.next();
        }
        Some(&"super") => {
            while segments.next_if_eq(&"super").is_some() {
                module.pop();
            }
        }
        _ => return used.to_owned(),
    }
    ["crate"].into_iter().chain(module).chain(segments).collect::<Vec<_>>().join("::")
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::`, and every other character by itself; numbers are names that start with a digit.
fn tokens(code: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut chars = code.chars().peekable();
    while let Some(char) = chars.next() {
        if char.is_alphanumeric() || char == '_' {
            let mut name = char.to_string();
            while let Some(next) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                name.push(next);
            }
            tokens.push(name);
        } else if char == ':' && chars.next_if_eq(&':').is_some() {
            tokens.push("::".to_owned());
        } else if !char.is_whitespace() {
            tokens.push(char.to_string());
        }
    }
    tokens
}

/// `code` with a space in place of each comment and each string or character literal.
fn without_texts(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let is_in_name = kept.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let length = if rest.starts_with("//") {
            rest.find('\n')
        } else if rest.starts_with("/*") {
            Some(comment_length(rest))
        } else if first == '"' {
            Some(string_length(rest))
        } else if first == 'r' && !is_in_name {
            raw_string_length(rest)
        } else if first == '\'' {
            character_length(rest)
        } else {
            None
        };
        let is_last_comment = rest.starts_with("//") && length.is_none();
        let length = if is_last_comment { Some(rest.len()) } else { length };
        kept.push(if length.is_some() { ' ' } else { first });
        rest = &rest[length.unwrap_or(first.len_utf8())..];
    }
    kept
}

fn comment_length(rest: &str) -> usize {
    let mut depth = 0;
    for (at, _) in rest.char_indices() {
        if rest[at..].starts_with("/*") {
            depth += 1;
        } else if rest[..at].ends_with("*/") && at > 3 {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        }
    }
    rest.len()
}

fn string_length(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, char) in rest.char_indices().skip(1) {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw_string_length(rest: &str) -> Option<usize> {
    let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
    let body = rest[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    Some(body.find(&end).map_or(rest.len(), |at| 2 + hashes + at + end.len()))
}

/// The length of a character literal; `None` for a lifetime.
fn character_length(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        chars.next();
        return rest[3..].find('\'').map(|at| at + 4);
    }
    let (at, second) = chars.next()?;
    (second == '\'').then_some(at + 1)
}
