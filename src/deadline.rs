//! When to stop, if ever.

use crate::Limits;
use core::time::Duration;
use std::time::Instant;

/// The clock is read once in so many questions: reading it costs as much as a small token, and a thousand
/// tokens take less than a millisecond.
const QUESTIONS_PER_LOOK: u32 = 1024;

/// Of the time a page has, reading it may take one part in so many, and parting it into blocks another: on ordinary pages that
/// is what each takes of the whole, and the rest is for judging what was read.
const SHARES: u32 = 16;

/// The end of the share of the time that [`Limits::time`] gives a page.
///
/// Unless there is no time at all, the first thousand questions are answered without a look: something is always read.
///
/// Without such a limit no clock is ever read, so that this works where there is none (wasm32 without an
/// operating system; there, a limit of time has no effect).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Deadline {
    /// When the page's time began, and how much it has.
    time: Option<(Instant, Duration)>,
    end: Option<Instant>,
    questions: u32,
    is_over: bool,
}

impl Deadline {
    /// The deadline of reading that starts now.
    pub(crate) fn of(limits: &Limits) -> Self {
        let has_clock = !cfg!(all(target_family = "wasm", target_os = "unknown"));
        let time = limits.most_time().filter(|_| has_clock);
        time.map_or_else(Self::default, |time| Self::after(1, Instant::now(), time))
    }

    /// The deadline of parting into blocks what was read.
    pub(crate) fn of_parting(self) -> Self {
        self.time.map_or_else(Self::default, |(start, time)| Self::after(2, start, time))
    }

    /// The deadline that comes after so many shares of the time.
    fn after(shares: u32, start: Instant, time: Duration) -> Self {
        // A time too long to be added has no end.
        let end = start.checked_add(time / SHARES * shares);
        Self { time: Some((start, time)), end, questions: 0, is_over: time.is_zero() }
    }

    /// Whether the time is over; asked in inner loops.
    #[inline]
    pub(crate) fn is_over(&mut self) -> bool {
        let Some(end) = self.end else { return false };
        self.questions = self.questions.wrapping_add(1);
        if !self.is_over && self.questions.is_multiple_of(QUESTIONS_PER_LOOK) {
            self.is_over = Instant::now() >= end;
        }
        self.is_over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_limit_is_never_over() {
        assert!(!Deadline::of(&Limits::default()).is_over());
        assert!(!Deadline::of(&Limits::default().time(Duration::MAX)).is_over());
    }

    #[test]
    fn no_time_is_over_at_once_and_stays_so() {
        let mut deadline = Deadline::of(&Limits::default().time(Duration::ZERO));
        assert!((0..10_000).all(|_| deadline.is_over()));
        assert!(deadline.of_parting().is_over());
    }

    #[test]
    fn however_short_the_time_a_thousand_things_are_done_in_each_step() {
        let mut deadline = Deadline::of(&Limits::default().time(Duration::from_nanos(1)));
        for _ in 0..2 {
            let done = (0..10_000).take_while(|_| !deadline.is_over()).count();
            assert_eq!(done, QUESTIONS_PER_LOOK as usize - 1);
            deadline = deadline.of_parting();
        }
    }
}
