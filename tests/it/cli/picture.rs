//! The picture in the README: a real conversation with the knowledge that ships.
//!
//! After a change of what it shows, paint it again with `UPDATE_PICTURE=1 cargo test --test it picture`.

use std::fs;
use std::path::Path;

use anstyle::{Color, RgbColor};
use anstyle_svg::{Term, WIN10_CONSOLE};

use super::{needle, run, shipped};

/// A question with typos, a vague one, a choice from what was suggested, and one that nobody answers.
const TYPED: &str = "how deep do the needels go?\nwhen can i do things again?\n3\nwho won the match last night?\n";

#[test]
fn shows_what_happens() {
    let folder = tempfile::tempdir().unwrap();
    let command = needle(folder.path(), &shipped(), &[("CLICOLOR_FORCE", "1")]);
    let ended = run(command, TYPED.as_bytes());
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    let plain = anstream::adapter::strip_str(&ended.out).to_string();
    let replies: Vec<&str> = plain.split("\n> ").skip(1).collect();
    let tells = ["Last reviewed: ", "Type a number", "Last reviewed: ", "I don't know that one."];
    assert_eq!(replies.len(), tells.len(), "{plain}");
    for (reply, tell) in replies.iter().zip(tells) {
        assert!(
            reply.contains(tell),
            "the picture should show a reply with {tell:?}; choose another question: {reply}"
        );
    }

    let light = Color::Rgb(RgbColor(0xd6, 0xde, 0xeb));
    let dark = Color::Rgb(RgbColor(0x16, 0x1b, 0x26));
    let term = Term::new().palette(WIN10_CONSOLE).fg_color(light).bg_color(dark).min_width_px(690);
    // Dimmed as it is, small print would be too faint to read; and not every viewer dims part of a text that way.
    let svg = term.render_svg(ended.out.trim_end()).replace("{ opacity: 0.4; }", "{ fill-opacity: 0.7; }");

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/conversation.svg");
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        fs::write(&path, &svg).unwrap();
    }
    let painted = fs::read_to_string(&path).unwrap_or_default();
    assert!(painted == svg, "docs/conversation.svg is out of date: UPDATE_PICTURE=1 cargo test --test it picture");
}
