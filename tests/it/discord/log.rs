//! The log of a bot that runs in the test's own process.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;
use std::sync::Once;

use tracing::level_filters::LevelFilter;

thread_local! {
    /// Where to write what is logged on this thread.
    static LISTENING: RefCell<Option<Written>> = const { RefCell::new(None) };
}

/// What is logged on this thread, on which the bot of a test does its work, for as long as this lives.
pub struct Log {
    written: Written,
}

type Written = Rc<RefCell<Vec<u8>>>;

impl Log {
    /// Listens from now on, to what people who run the bot see.
    pub fn listens() -> Self {
        static SUBSCRIBED: Once = Once::new();
        // For all threads: what a subscriber of a single thread is told depends on which one logs something first.
        SUBSCRIBED.call_once(|| {
            let log = tracing_subscriber::fmt().with_max_level(LevelFilter::INFO).without_time().with_target(false);
            log.with_ansi(false).with_writer(|| Writer).init();
        });
        let written = Written::default();
        LISTENING.set(Some(Rc::clone(&written)));
        Self { written }
    }

    /// The warnings and errors so far, a line each, with "…" for ids.
    pub fn warnings(&self) -> String {
        let lines = self.lines().into_iter().filter(|line| !line.starts_with("INFO"));
        lines.map(|line| without_ids(&line) + "\n").collect()
    }

    /// How many lines so far say `text`.
    pub fn count(&self, text: &str) -> usize {
        self.lines().iter().filter(|line| line.contains(text)).count()
    }

    fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(self.written.borrow().clone()).unwrap();
        text.lines().map(|line| line.trim_start().to_owned()).collect()
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        LISTENING.set(None);
    }
}

fn without_ids(line: &str) -> String {
    let is_id = |word: &str| word.len() > 10 && word.bytes().all(|byte| byte.is_ascii_digit());
    let shown = |word: &str| match word.split_once('=') {
        Some((key, id)) if is_id(id) => format!("{key}=…"),
        _ => word.to_owned(),
    };
    line.split(' ').map(shown).collect::<Vec<_>>().join(" ")
}

/// Writes where the thread it writes on listens.
struct Writer;

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LISTENING.with_borrow(|listening| {
            if let Some(written) = listening {
                written.borrow_mut().extend_from_slice(bytes);
            }
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
