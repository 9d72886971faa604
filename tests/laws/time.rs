//! The clock of tests that ask how long something takes.

use std::time::{Duration, Instant};

/// A moment on the clock of this thread.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    on_processor: Option<Duration>,
    by_clock: Instant,
}

/// Now, by the time that this thread has run, where Linux tells it: on a busy machine the clock mostly measures the
/// others.
pub fn on_processor() -> Moment {
    Moment { on_processor: read(), by_clock: Instant::now() }
}

pub fn since(start: Moment) -> Duration {
    let by_clock = start.by_clock.elapsed();
    read().zip(start.on_processor).map_or(by_clock, |(end, start)| end - start)
}

fn read() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split_whitespace().next()?.parse().ok()?))
}

/// The time that all threads of this process have run, to ten milliseconds; by the clock where that is not known.
pub fn of_process() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = || {
        let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
        // The name of the program may hold spaces; behind it come eleven numbers, then the two in question.
        let mut numbers = stat.rsplit(')').next()?.split_whitespace().skip(11).map(str::parse::<u64>);
        Some(Duration::from_millis(10 * (numbers.next()?.ok()? + numbers.next()?.ok()?)))
    };
    told().unwrap_or_else(|| START.elapsed())
}
