//! What is said on standard error: errors, notes, and how far the work is.

use crate::problem::Problem;
use crate::terminal;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// Says things without getting into the way of the progress bar.
#[derive(Debug)]
pub(crate) struct Report {
    bar: ProgressBar,
    quiet: bool,
    pub(crate) failed: u64,
    pub(crate) done: u64,
}

impl Report {
    /// With a bar, unless there is one input only, nobody watches, or output goes to the same screen.
    pub(crate) fn new(quiet: bool, several: bool, output_is_seen: bool) -> Self {
        let is_watched = !quiet && several && !output_is_seen && std::io::stderr().is_terminal();
        let bar = if is_watched { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {pos} done, {per_sec}, {elapsed} {wide_msg}")
        {
            bar.set_style(style);
        }
        if is_watched {
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Self { bar, quiet, failed: 0, done: 0 }
    }

    /// An input was worked on.
    pub(crate) fn finished(&mut self, name: &str) {
        self.done += 1;
        self.bar.inc(1);
        if !self.bar.is_hidden() {
            self.bar.set_message(terminal::one_line(name));
        }
    }

    /// An input could not be used.
    pub(crate) fn failed(&mut self, name: &str, problem: &Problem) {
        self.failed += 1;
        self.say(&format!("{name}: {problem}"));
    }

    /// Something about an input that its reader should know.
    pub(crate) fn note(&self, name: &str, note: &str) {
        if !self.quiet {
            self.say(&format!("{name}: note: {note}"));
        }
    }

    pub(crate) fn say(&self, text: &str) {
        let line = terminal::one_line(text);
        // Whoever closed standard error does not want to know.
        self.bar.suspend(|| drop(writeln!(std::io::stderr(), "unfurnish: {line}")));
    }

    /// Takes the bar away and sums up what failed.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
        if self.failed > 0 && self.done > 1 {
            self.say(&format!("{} of {} inputs failed", self.failed, self.done));
        }
    }
}
