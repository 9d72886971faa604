//! When to stop, if ever.

use crate::Limits;
use std::time::Instant;

/// The clock is read once in so many questions: reading it costs as much as a small token, and a thousand
/// tokens take less than a millisecond.
const QUESTIONS_PER_LOOK: u32 = 1024;

/// The end of the time that [`Limits::time`] gives a page.
///
/// Without such a limit no clock is ever read, so that this works where there is none (wasm32 without an
/// operating system; there, a limit of time has no effect).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Deadline {
    end: Option<Instant>,
    questions: u32,
    is_over: bool,
}

impl Deadline {
    /// The deadline of work that starts now.
    pub(crate) fn of(limits: &Limits) -> Self {
        let has_clock = !cfg!(all(target_family = "wasm", target_os = "unknown"));
        let time = limits.most_time().filter(|_| has_clock);
        // A time too long to be added has no end.
        Self { end: time.and_then(|time| Instant::now().checked_add(time)), questions: 0, is_over: false }
    }

    /// Whether the time is over; asked in inner loops.
    #[inline]
    pub(crate) fn is_over(&mut self) -> bool {
        let Some(end) = self.end else { return false };
        if !self.is_over && self.questions.is_multiple_of(QUESTIONS_PER_LOOK) {
            self.is_over = Instant::now() >= end;
        }
        self.questions = self.questions.wrapping_add(1);
        self.is_over
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn no_limit_is_never_over() {
        assert!(!Deadline::of(&Limits::default()).is_over());
        assert!(!Deadline::of(&Limits::default().time(Duration::MAX)).is_over());
    }

    #[test]
    fn no_time_is_over_at_once_and_stays_so() {
        let mut deadline = Deadline::of(&Limits::default().time(Duration::ZERO));
        assert!((0..10_000).all(|_| deadline.is_over()));
    }
}
