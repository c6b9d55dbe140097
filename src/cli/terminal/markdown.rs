//! Markdown on a page: what Discord renders, in the means of a terminal.
//!
//! Discord has its own dialect: a line break in the text is one on the screen, `__text__` is underlined, and HTML is
//! shown as it is typed.

use anstyle::{AnsiColor, Style};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::page::{Page, Text};

/// Columns by which each list inside a list, and a block of code, is indented.
const INDENT: &str = "  ";
const CODE: Style = Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));
const RULE: &str = "────────";

/// Lays out `markdown` on `page`.
pub(super) fn show(page: &mut Page, markdown: &str) {
    for (number, block) in blocks(markdown).into_iter().enumerate() {
        if block.gap && number > 0 {
            page.gap();
        }
        if block.verbatim {
            let mut line = block.marker;
            line.append(block.text);
            page.line(line);
        } else {
            page.hanging(&block.marker, block.text);
        }
    }
}

/// `markdown` as a single stretch of text, for where there is no room for blocks.
pub(super) fn inline(markdown: &str) -> Text {
    let mut text = Text::default();
    for block in blocks(markdown) {
        if !text.is_empty() {
            text.push(" ", Style::new());
        }
        text.append(block.text);
    }
    text
}

/// A paragraph, list item, heading, or line of code.
struct Block {
    /// Whether an empty line stands before it.
    gap: bool,
    marker: Text,
    text: Text,
    verbatim: bool,
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut walk = Walk::default();
    for (event, range) in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        walk.event(event, &markdown[range]);
    }
    walk.flush();
    walk.blocks
}

#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    /// For each open list: the number of its next item, `None` for bullets.
    lists: Vec<Option<u64>>,
    quotes: usize,
    styles: Vec<Style>,
    /// The address and, so far, the text of each open link.
    links: Vec<(String, String)>,
    in_code: bool,
    gap: bool,
    marker: Text,
    text: Text,
}

impl Walk {
    fn event(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::Start(tag) => self.start(tag, source),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => self.code_lines(&text),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.push(&text),
            Event::Code(text) => self.text.push(&text, CODE),
            Event::SoftBreak | Event::HardBreak => self.text.push("\n", Style::new()),
            Event::Rule => {
                self.block(true);
                self.text.push(RULE, Style::new().dimmed());
                self.flush();
            }
            // Extensions that are not switched on.
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, source: &str) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.block(self.lists.is_empty()),
            Tag::Heading { .. } => {
                self.block(true);
                self.styles.push(self.style().bold());
            }
            Tag::BlockQuote(_) => {
                self.block(true);
                self.quotes += 1;
            }
            Tag::List(first) => {
                self.block(self.lists.is_empty());
                self.lists.push(first);
            }
            Tag::Item => {
                let gap = std::mem::take(&mut self.gap);
                self.block(gap);
                self.marker = self.item_marker();
            }
            Tag::CodeBlock(_) => {
                self.block(true);
                self.in_code = true;
            }
            Tag::Emphasis => self.styles.push(self.style().italic()),
            Tag::Strong if source.starts_with("__") => self.styles.push(self.style().underline()),
            Tag::Strong => self.styles.push(self.style().bold()),
            Tag::Strikethrough => self.styles.push(self.style().strikethrough()),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.styles.push(self.style().underline());
                self.links.push((dest_url.into_string(), String::new()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::Item => self.flush(),
            TagEnd::Heading(_) => {
                self.styles.pop();
                self.flush();
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes -= 1;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.styles.pop();
            }
            TagEnd::Link | TagEnd::Image => {
                self.styles.pop();
                if let Some((address, shown)) = self.links.pop()
                    && address != shown
                {
                    let style = self.style();
                    self.text.push(" (", style);
                    self.text.push(&address, style.underline());
                    self.text.push(")", style);
                }
            }
            _ => {}
        }
    }

    fn style(&self) -> Style {
        self.styles.last().copied().unwrap_or_default()
    }

    fn push(&mut self, text: &str) {
        if let Some((_, shown)) = self.links.last_mut() {
            shown.push_str(text);
        }
        self.text.push(text, self.style());
    }

    /// Ends the block before and starts another.
    fn block(&mut self, gap: bool) {
        // The marker of an item stays for the paragraph inside the item.
        if !self.text.is_empty() {
            self.flush();
        }
        self.gap |= gap;
    }

    fn flush(&mut self) {
        if self.text.is_empty() && self.marker.is_empty() {
            return;
        }
        let marker = std::mem::take(&mut self.marker);
        let marker = if marker.is_empty() { self.indent() } else { marker };
        let text = std::mem::take(&mut self.text);
        self.blocks.push(Block { gap: std::mem::take(&mut self.gap), marker, text, verbatim: false });
    }

    fn code_lines(&mut self, text: &str) {
        for line in text.lines() {
            let mut marker = self.indent();
            marker.push(INDENT, Style::new());
            let gap = std::mem::take(&mut self.gap);
            self.blocks.push(Block { gap, marker, text: Text::styled(line, CODE), verbatim: true });
        }
    }

    /// What stands before the lines of a block that is no item's first.
    fn indent(&self) -> Text {
        let mut indent = self.quote_marks();
        let depth = self.lists.len();
        indent.push(&INDENT.repeat(depth * 2), Style::new());
        indent
    }

    fn quote_marks(&self) -> Text {
        Text::styled(&"│ ".repeat(self.quotes), Style::new().dimmed())
    }

    fn item_marker(&mut self) -> Text {
        let mut marker = self.quote_marks();
        marker.push(&INDENT.repeat(self.lists.len().saturating_sub(1) * 2), Style::new());
        match self.lists.last_mut() {
            Some(Some(number)) => {
                marker.push(&format!("{number:>2}. "), Style::new());
                *number += 1;
            }
            _ => marker.push("  • ", Style::new()),
        }
        marker
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        let mut page = Page::new(40);
        show(&mut page, markdown);
        let plain = anstream::adapter::strip_str(page.as_ansi()).to_string();
        assert_eq!(plain, expected, "{markdown:?}");
    }

    #[test]
    fn lays_out_blocks() {
        check("One\nline.\n\nAnother.", "One\nline.\n\nAnother.\n");
        check("In short:\n- **Do** this\n- Not that", "In short:\n\n  • Do this\n  • Not that\n");
        check("1. one\n2. two\n   - inner\n\nEnd", " 1. one\n 2. two\n      • inner\n\nEnd\n");
        check(
            "- a long item that needs more than one line of forty",
            "  • a long item that needs more than one\n    line of forty\n",
        );
        check("- one\n\n- two", "  • one\n  • two\n");
        check("# Big\ntext", "Big\n\ntext\n");
        check("> quoted\n> twice", "│ quoted\n  twice\n");
        check("```\nlet  x;\n\ny\n```", "  let  x;\n\n  y\n");
    }

    #[test]
    fn lays_out_words() {
        check("**b** *i* __u__ ~~s~~ `c`", "b i u s c\n");
        check(r"\*not bold\* 5 \> 3", "*not bold* 5 > 3\n");
        check("[a guide](https://example.org)", "a guide (https://example.org)\n");
        check("<https://example.org>", "https://example.org\n");
        check("a <b>tag</b>", "a <b>tag</b>\n");
        check("a\u{1b}]8;;x\u{7}b", "a]8;;xb\n");
    }

    #[test]
    fn tells_underlined_from_bold() {
        let mut page = Page::new(40);
        show(&mut page, "__u__ **b**");
        assert_eq!(page.as_ansi(), "\u{1b}[4mu\u{1b}[0m \u{1b}[1mb\u{1b}[0m\n");
    }
}
