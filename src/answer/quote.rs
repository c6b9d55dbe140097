//! A quote: a member's words shown back so that they can do nothing but be read.

use crate::limits::QUOTED_QUESTION_CHARS;
use crate::matching::words::is_invisible;

/// The ASCII punctuation that means something in Discord's Markdown, mentions, custom emoji and timestamps.
const MEANINGFUL: &[char] = &['\\', '*', '_', '~', '`', '|', '>', '<', '[', ']', '(', ')', '#', '@', '-', '+'];

/// Where addresses and invitations are broken, so that Discord does not take them for such.
const ADDRESSES: &[&str] = &["://", ".gg/", "/invite/"];

/// `text` in one line, without control and invisible characters, cut at a word to [`QUOTED_QUESTION_CHARS`] chars.
/// Where Markdown is shown it has to be [escaped](escape()).
#[must_use]
pub fn quote(text: &str) -> String {
    // Bounded before anything is collected: a message may be large, and most of it will not be shown.
    let shown = text.chars().take(QUOTED_QUESTION_CHARS * 20).map(|c| if c.is_whitespace() { ' ' } else { c });
    let shown: String = shown.filter(|c| !c.is_control() && !is_invisible(*c)).collect();
    let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&line, QUOTED_QUESTION_CHARS)
}

/// `text` if it has at most `most` chars, else as many whole words as fit with "…" behind them.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let room: String = text.chars().take(most.saturating_sub(1)).collect();
    // A single word longer than half the room is cut inside.
    let end = room.rfind(char::is_whitespace).filter(|end| *end > room.len() / 2).unwrap_or(room.len());
    format!("{}…", room[..end].trim_end())
}

/// As much of `text` as fits `most` UTF-16 units, cut at a word with "…" behind it.
#[must_use]
pub fn cut_utf16(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 0;
    let fitting = text.chars().take_while(|c| {
        units += c.len_utf16();
        units < most
    });
    cut(text, fitting.count() + 1)
}

/// `text` escaped so that Markdown shows it as it stands: no formatting, no mention, no masked link, no address that
/// can be clicked.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (start, char) in text.char_indices() {
        let rest = &text[start..];
        if MEANINGFUL.contains(&char) || ADDRESSES.iter().any(|part| begins(rest, part)) {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    escaped
}

/// Whether `text` begins with `part`, which is ASCII, in whatever case.
fn begins(text: &str, part: &str) -> bool {
    text.as_bytes().get(..part.len()).is_some_and(|start| start.eq_ignore_ascii_case(part.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(escape(&quote(text)), expected, "quote of {text:?}");
    }

    #[test]
    fn shows_words_and_nothing_more() {
        check("does it hurt?", "does it hurt?");
        check("  two\n\nlines\t here ", "two lines here");
        check("a\u{202e}b\u{200b}c\0\u{1b}[31m", "abc\\[31m");
        check("**bold** _it_ ~~no~~ ||x|| `c`", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \|\|x\|\| \`c\`");
        check("@everyone <@1> <#2> <:a:3>", r"\@everyone \<\@1\> \<\#2\> \<:a:3\>");
        check("[free](https://evil.example)", r"\[free\]\(https\://evil.example\)");
        check("# big", r"\# big");
        check("join discord.gg/abc", r"join discord\.gg/abc");
        check("join DISCORD.GG/abc", r"join DISCORD\.GG/abc");
        check("discord.com/Invite/abc", r"discord.com\/Invite/abc");
        check("discord.com/invite/abc", r"discord.com\/invite/abc");
    }

    #[test]
    fn cuts_to_what_discord_counts() {
        assert_eq!(cut_utf16("four", 4), "four");
        assert_eq!(cut_utf16("one two three", 9), "one two…");
        for most in 1..30 {
            let shown = cut_utf16(&"😀 ab\n".repeat(10), most);
            assert!(shown.encode_utf16().count() <= most && shown.ends_with('…'), "{most}: {shown}");
        }
    }

    #[test]
    fn cuts_at_a_word() {
        let long = "word ".repeat(100);
        let quoted = quote(&long);
        assert!(quoted.chars().count() <= QUOTED_QUESTION_CHARS && quoted.ends_with("word…"), "{quoted}");
        assert_eq!(cut(&"x".repeat(300), 10), format!("{}…", "x".repeat(9)));
        assert_eq!(cut("exactly ten", 11), "exactly ten");
    }
}
