//! Progress: a line on the terminal about work that takes over a second; nothing for what is quicker, and nothing where
//! stderr is no terminal.

use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long work may take before it is worth a line.
const SHOW_AFTER: Duration = Duration::from_secs(1);

/// How often the line shows that the work goes on.
const REDRAW_EVERY: Duration = Duration::from_millis(100);

/// Work in steps, one after the other. The line goes when this does.
pub(in crate::cli) struct Progress(ProgressBar);

impl Progress {
    /// Work that begins now.
    pub(in crate::cli) fn start() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let shown = bar.clone();
        thread::spawn(move || {
            thread::sleep(SHOW_AFTER);
            if !shown.is_finished() {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(REDRAW_EVERY);
            }
        });
        Self(bar)
    }

    /// A step whose end cannot be told: `what` is being done.
    pub(in crate::cli) fn step(&self, what: impl Into<String>) {
        self.0.set_style(style("{spinner} {msg} ({elapsed})"));
        self.0.set_message(what.into());
    }

    /// A step of so many parts: `what` is being done.
    pub(in crate::cli) fn step_of(&self, what: impl Into<String>, parts: usize) {
        self.0.set_style(style("{spinner} {msg} {wide_bar} {pos} of {len} ({eta} left)"));
        self.0.set_message(what.into());
        self.0.set_length(parts as u64);
    }

    /// One more part of the step is done.
    pub(in crate::cli) fn advance(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
