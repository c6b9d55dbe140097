//! A page: styled text laid out in lines of a given width.

use std::fmt::Write;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::clean;

/// A stretch of styled text, cleaned and not yet wrapped; `\n` breaks the line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    pieces: Vec<(String, Style)>,
}

/// Lines laid out, each ending in a line break.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    width: usize,
    margin: Text,
    ansi: String,
}

impl Text {
    /// `text` without style.
    pub(crate) fn plain(text: &str) -> Self {
        Self::styled(text, Style::new())
    }

    /// `text` in one style.
    pub(crate) fn styled(text: &str, style: Style) -> Self {
        Self::default().and(text, style)
    }

    /// The text with `text` behind it.
    pub(crate) fn and(mut self, text: &str, style: Style) -> Self {
        self.push(text, style);
        self
    }

    /// Adds `text`; the only way in, and it cleans.
    pub(crate) fn push(&mut self, text: &str, style: Style) {
        let text = clean(text);
        match self.pieces.last_mut() {
            Some((last, same)) if *same == style => last.push_str(&text),
            _ if text.is_empty() => {}
            _ => self.pieces.push((text, style)),
        }
    }

    /// Adds all of `text`.
    pub(crate) fn append(&mut self, text: Text) {
        for (text, style) in text.pieces {
            self.push(&text, style);
        }
    }

    /// Whether there is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Its width in columns as a single line.
    fn columns(&self) -> usize {
        self.pieces.iter().map(|(text, _)| text.width()).sum()
    }

    /// The text with all breaks gone, each where a line must end.
    fn lines(self) -> Vec<Text> {
        let mut lines = vec![Text::default()];
        for (text, style) in self.pieces {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    lines.push(Text::default());
                }
                if let Some(last) = lines.last_mut() {
                    last.push(line, style);
                }
            }
        }
        lines
    }

    /// The words between the text's spaces, each with the style of the space before it.
    fn words(&self) -> Vec<(Text, Style)> {
        let mut words = Vec::new();
        let mut word = Text::default();
        let mut space = Style::new();
        for (text, style) in &self.pieces {
            for (number, piece) in text.split(' ').enumerate() {
                if number > 0 {
                    words.push((std::mem::take(&mut word), space));
                    space = *style;
                }
                word.push(piece, *style);
            }
        }
        words.push((word, space));
        words.retain(|(word, _)| !word.is_empty());
        words
    }

    fn write(&self, ansi: &mut String) {
        for (text, style) in &self.pieces {
            let _ = write!(ansi, "{style}{text}{style:#}"); // a string takes all
        }
    }
}

impl Page {
    /// An empty page, its lines at most `width` columns where words allow it.
    pub(crate) fn new(width: usize) -> Self {
        Self { width, margin: Text::default(), ansi: String::new() }
    }

    /// What is on the page, with ANSI styles and no other escape sequence.
    pub(crate) fn as_ansi(&self) -> &str {
        &self.ansi
    }

    /// The page with an empty line above and below, unless there is nothing on it.
    pub(crate) fn with_space_around(mut self) -> Self {
        if !self.ansi.is_empty() {
            self.ansi.insert(0, '\n');
            self.ansi.push('\n');
        }
        self
    }

    /// Puts `margin` in front of every line from here on.
    pub(crate) fn set_margin(&mut self, margin: Text) {
        self.margin = margin;
    }

    /// An empty line, unless the page is empty.
    pub(crate) fn gap(&mut self) {
        if !self.ansi.is_empty() {
            self.line(Text::default());
        }
    }

    /// A line that is not wrapped.
    pub(crate) fn line(&mut self, text: Text) {
        let mut line = self.margin.clone();
        line.append(text);
        line.write(&mut self.ansi);
        let kept = self.ansi.trim_end_matches(' ').len();
        self.ansi.truncate(kept);
        self.ansi.push('\n');
    }

    /// A wrapped paragraph.
    pub(crate) fn paragraph(&mut self, text: Text) {
        self.hanging(&Text::default(), text);
    }

    /// A wrapped paragraph behind `marker`, the lines after the first indented as far as the marker reaches.
    pub(crate) fn hanging(&mut self, marker: &Text, text: Text) {
        let indent = marker.columns();
        let width = self.width.saturating_sub(indent + self.margin.columns());
        let mut line = marker.clone();
        for paragraph in text.lines() {
            let mut filled = 0;
            for (word, space) in paragraph.words() {
                let columns = word.columns();
                if filled > 0 && filled + 1 + columns > width {
                    let next = Text::plain(&" ".repeat(indent));
                    self.line(std::mem::replace(&mut line, next));
                    filled = 0;
                } else if filled > 0 {
                    line.push(" ", space);
                    filled += 1;
                }
                line.append(word);
                filled += columns;
            }
            self.line(std::mem::replace(&mut line, Text::plain(&" ".repeat(indent))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(width: usize, marker: &str, text: &str, expected: &str) {
        let mut page = Page::new(width);
        page.hanging(&Text::plain(marker), Text::plain(text));
        assert_eq!(page.as_ansi(), expected, "{text:?} in {width} columns");
    }

    #[test]
    fn wraps_between_words() {
        check(10, "", "one two three four", "one two\nthree four\n");
        check(10, "- ", "one two three", "- one two\n  three\n");
        check(10, "", "one\ntwo", "one\ntwo\n");
        check(10, "", "  spare   spaces  ", "spare\nspaces\n");
        check(8, "", "https://example.org/long on", "https://example.org/long\non\n");
        check(6, "", "日本語 日本", "日本語\n日本\n");
    }

    #[test]
    fn styles_end_with_the_line() {
        let mut page = Page::new(9);
        page.hanging(&Text::plain("* "), Text::styled("under lined", Style::new().underline()));
        let [first, second] = page.as_ansi().lines().collect::<Vec<_>>()[..] else { panic!("{page:?}") };
        assert_eq!(first, "* \u{1b}[4munder\u{1b}[0m");
        assert_eq!(second, "  \u{1b}[4mlined\u{1b}[0m");
    }
}
