//! One process that cleans pages in a loop on all cores and tells each minute how fast it is and how much memory it has:
//!
//! ```text
//! cargo run --release --example soak -- [MINUTES]
//! ```
//!
//! Pages are judged ones from the folder that `UNFURNISH_PAGES` names, or those in `seeds/`; each also goes through every writer,
//! a fingerprint and an index that forgets what is a thousand pages old. It fails if memory at the end is a fifth above what it
//! was after the first fifth of the time: by then everything that is kept for good was made.
#![allow(clippy::print_stdout)]

mod pages;

use std::error::Error;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use unfurnish::{Extractor, Index, Page};

/// Judged pages taken, from all sets alike.
const PAGES: usize = 2000;
/// Fingerprints that each thread's index holds.
const REMEMBERED: u64 = 1000;
/// How much more memory there may be at the end.
const MOST_GROWTH: f64 = 1.2;

#[derive(Default)]
struct Done {
    pages: AtomicU64,
    bytes: AtomicU64,
    /// Of the text found.
    text: AtomicU64,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let minutes: f64 = std::env::args().nth(1).map_or(Ok(60.0), |text| text.parse())?;
    let pages = pages::judged(PAGES).unwrap_or_else(pages::seeds);
    let threads = std::thread::available_parallelism()?.get();
    println!("{} pages, {threads} threads, {minutes} minutes", pages.len());
    println!("{:>7} {:>10} {:>9} {:>8} {:>9}", "minute", "pages", "pages/s", "MB/s", "memory MB");
    let (done, start) = (Done::default(), Instant::now());
    let end = start + Duration::from_secs_f64(60.0 * minutes);
    let mut memory = Vec::new();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (pages, done) = (&pages, &done);
            scope.spawn(move || clean(pages, thread, end, done));
        }
        let (mut before, mut next) = ((0, 0), start);
        while next < end {
            next = (next + Duration::from_secs(60)).min(end);
            let lap = next.saturating_duration_since(Instant::now());
            std::thread::sleep(lap);
            let now = (done.pages.load(Relaxed), done.bytes.load(Relaxed));
            let seconds = lap.as_secs_f64().max(1e-3);
            let megabytes = memory_now() as f64 / f64::from(1 << 20);
            memory.push(megabytes);
            println!(
                "{:>7.1} {:>10} {:>9.0} {:>8.1} {megabytes:>9.1}",
                start.elapsed().as_secs_f64() / 60.0,
                now.0,
                (now.0 - before.0) as f64 / seconds,
                (now.1 - before.1) as f64 / seconds / 1e6,
            );
            before = now;
        }
    });
    println!("{} pages, {} bytes of text", done.pages.load(Relaxed), done.text.load(Relaxed));
    let settled = memory.get(memory.len() / 5).copied().unwrap_or_default();
    let last = memory.last().copied().unwrap_or_default();
    let grows = last > settled * MOST_GROWTH;
    println!(
        "memory {settled:.1} MB after a fifth of the time, {last:.1} MB at the end{}",
        if grows { ": GROWS" } else { "" }
    );
    Ok(if grows { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What each thread does; it starts at a page of its own.
fn clean(pages: &[pages::Named], thread: usize, end: Instant, done: &Done) {
    let extractor = Extractor::default();
    let mut index = Index::default();
    for (turn, page) in (0u64..).zip(pages.iter().cycle().skip(thread * pages.len() / 7)) {
        if Instant::now() >= end {
            return;
        }
        let article = extractor.extract(Page::sniffed(page.html.as_str()));
        let written = article.to_html().len() + article.to_markdown().len() + article.to_json().len();
        std::hint::black_box(written);
        index.insert(turn, article.fingerprint());
        if let Some(old) = turn.checked_sub(REMEMBERED) {
            index.remove(&old);
        }
        done.pages.fetch_add(1, Relaxed);
        done.bytes.fetch_add(page.html.len() as u64, Relaxed);
        done.text.fetch_add(article.text().len() as u64, Relaxed);
    }
}

/// What the process holds, where Linux tells it.
fn memory_now() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes: Option<u64> = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    kilobytes.unwrap_or_default() * 1024
}
