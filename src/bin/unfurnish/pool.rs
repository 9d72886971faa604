//! Work on all cores, results in the order of the input, memory bounded.
//!
//! One thread feeds items, some work on them, the caller takes the results. An item may begin only while few
//! others, and few bytes of them, are under way; so a slow page holds up the feed, not the memory. Feeding has
//! a thread of its own so that each result leaves as soon as it is ready, even while the feed waits for more
//! input: a program that writes a line and waits for the answer must get it.
//! `Extractor::par_extract`, which works in rounds, would keep it waiting.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{self, TryRecvError};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Items under way for each worker: enough that none waits for its neighbour's slow page.
const AHEAD: usize = 4;

/// Bytes of input under way; one item may be larger, but then it is alone.
const MOST_BYTES: usize = 256 << 20;

/// Pages nest at most 4,096 deep and nothing recurses; this is room to spare on every platform.
const STACK_BYTES: usize = 8 << 20;

/// What is under way.
#[derive(Default)]
struct Window {
    now: Mutex<(usize, usize)>,
    changed: Condvar,
}

impl Window {
    fn enter(&self, bytes: usize, most: usize) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        while now.0 > 0 && (now.0 >= most || now.1.saturating_add(bytes) > MOST_BYTES) {
            now = self.changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
        *now = (now.0 + 1, now.1 + bytes);
    }

    fn leave(&self, bytes: usize) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = (now.0 - 1, now.1 - bytes);
        self.changed.notify_one();
    }
}

/// What a feed hands over; it stops when that gives `false`.
pub(crate) type Take<'f, I> = &'f mut dyn FnMut(I, usize) -> bool;

/// Where results go.
pub(crate) trait Sink<T> {
    /// The next result, in the order of the feed.
    fn put(&mut self, result: T) -> io::Result<()>;

    /// Nothing is ready: what was put should be seen now.
    fn idle(&mut self) -> io::Result<()>;
}

/// Runs `work` on everything `feed` hands over (with its size in bytes) and puts the results in that order. Each
/// thread has memory of its own for its work.
///
/// # Errors
///
/// Those of the sink, at once: the threads are left to end by themselves.
pub(crate) fn in_order<I, M, T>(
    jobs: usize,
    feed: impl FnOnce(Take<'_, I>) + Send + 'static,
    work: impl Fn(I, &mut M) -> T + Send + Sync + 'static,
    sink: &mut impl Sink<T>,
) -> io::Result<()>
where
    I: Send + 'static,
    M: Default,
    T: Send + 'static,
{
    let window = Arc::new(Window::default());
    let (give, items) = mpsc::channel::<(u64, usize, I)>();
    let (finish, results) = mpsc::channel::<(u64, usize, T)>();
    let items = Arc::new(Mutex::new(items));
    let work = Arc::new(work);
    for _ in 0..jobs {
        let (items, work, finish) = (Arc::clone(&items), Arc::clone(&work), finish.clone());
        thread(move || {
            let mut memory = M::default();
            loop {
                let next = items.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((number, bytes, item)) = next else { return };
                if finish.send((number, bytes, work(item, &mut memory))).is_err() {
                    return;
                }
            }
        })?;
    }
    drop(finish);
    let entered = Arc::clone(&window);
    thread(move || {
        let mut number = 0;
        feed(&mut |item, bytes| {
            entered.enter(bytes, jobs * AHEAD + AHEAD);
            number += 1;
            give.send((number - 1, bytes, item)).is_ok()
        });
    })?;

    let mut early = BTreeMap::new();
    let mut next = 0;
    loop {
        let (number, bytes, result) = match results.try_recv() {
            Ok(ready) => ready,
            Err(TryRecvError::Disconnected) => break,
            Err(TryRecvError::Empty) => {
                sink.idle()?;
                match results.recv() {
                    Ok(ready) => ready,
                    Err(_) => break,
                }
            }
        };
        early.insert(number, (bytes, result));
        while let Some((bytes, result)) = early.remove(&next) {
            sink.put(result)?;
            window.leave(bytes);
            next += 1;
        }
    }
    sink.idle()
}

fn thread(run: impl FnOnce() + Send + 'static) -> io::Result<()> {
    std::thread::Builder::new().stack_size(STACK_BYTES).spawn(run).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct All(Vec<u64>);

    impl Sink<u64> for All {
        fn put(&mut self, result: u64) -> io::Result<()> {
            self.0.push(result);
            if self.0.len() == 500 { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
        }

        fn idle(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn run(count: u64, jobs: usize) -> (Vec<u64>, io::Result<()>) {
        let mut all = All(Vec::new());
        let feed = move |take: Take<'_, u64>| {
            for number in 0..count {
                if !take(number, 64 << 20) {
                    return;
                }
            }
        };
        let work = |number: u64, (): &mut ()| {
            std::thread::sleep(std::time::Duration::from_micros((number * 7919) % 300));
            number
        };
        let result = in_order(jobs, feed, work, &mut all);
        (all.0, result)
    }

    #[test]
    fn results_come_in_the_order_of_the_feed() {
        for jobs in [1, 2, 7] {
            let (numbers, result) = run(200, jobs);
            assert!(result.is_ok());
            assert!(numbers.into_iter().eq(0..200));
        }
    }

    #[test]
    fn a_sink_that_fails_ends_it() {
        let (numbers, result) = run(100_000, 3);
        assert!(result.is_err());
        assert_eq!(numbers.len(), 500);
    }
}
