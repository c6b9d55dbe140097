//! The log of a bot that runs in the test's own process.

use std::io;
use std::sync::{Arc, Mutex};

use tracing::level_filters::LevelFilter;
use tracing::subscriber::DefaultGuard;

/// What is logged on this thread, on which the bot of a test does its work, for as long as this lives.
pub struct Log {
    written: Arc<Mutex<Vec<u8>>>,
    _listening: DefaultGuard,
}

impl Log {
    /// Listens from now on, to what people who run the bot see.
    pub fn listens() -> Self {
        let written = Arc::<Mutex<Vec<u8>>>::default();
        let writer = Arc::clone(&written);
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::INFO)
            .without_time()
            .with_target(false)
            .with_ansi(false)
            .with_writer(move || Writer(Arc::clone(&writer)))
            .finish();
        Self { written, _listening: tracing::subscriber::set_default(subscriber) }
    }

    /// The warnings and errors so far, a line each, with "…" for ids.
    pub fn warnings(&self) -> String {
        let written = self.written.lock().unwrap();
        let text = std::str::from_utf8(&written).unwrap();
        let lines = text.lines().map(str::trim_start).filter(|line| !line.starts_with("INFO"));
        lines.map(|line| without_ids(line) + "\n").collect()
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

struct Writer(Arc<Mutex<Vec<u8>>>);

impl io::Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
