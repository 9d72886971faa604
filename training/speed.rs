//! How long each step takes, in CPU time of its own.
//!
//! `cargo run --release --features training --example speed -- SET.jsonl.zst...`

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]
#![allow(clippy::zombie_processes)] // The process ends with its pipe, and this program soon after.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use unfurnish::{Page, dev};

/// CPU time of this process in ticks of 10 ms, as Linux tells it.
fn ticks() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[11].parse::<u64>().unwrap()
}

fn main() {
    let mut pages = Vec::new();
    for set in std::env::args().skip(1) {
        let unpack =
            Command::new("zstd").args(["-dc", "--long=27", &set]).stdout(Stdio::piped()).spawn().unwrap();
        for (number, line) in BufReader::new(unpack.stdout.unwrap()).lines().enumerate() {
            let judged: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            if number % 3 == 0 {
                pages.push(judged["html"].as_str().unwrap_or_default().to_owned());
            }
        }
    }
    let bytes: usize = pages.iter().map(String::len).sum();
    let mut before = 0.0;
    for (steps, name) in ["tree", "blocks", "features", "scores"].into_iter().enumerate() {
        let start = ticks();
        let mut sum = 0;
        for html in pages.iter().chain(&pages) {
            sum += dev::go(&Page::html(html.as_str()), steps as u8);
        }
        let seconds = (ticks() - start) as f64 / 200.0;
        println!(
            "{name:<9} {:>7.1} MB/s up to here, {:>7.3} s of its own, {:.2} µs a page ({sum})",
            bytes as f64 / 1e6 / seconds,
            seconds - before,
            seconds / pages.len() as f64 * 1e6
        );
        before = seconds;
    }
}
