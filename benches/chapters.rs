//! How long each chapter takes over judged pages: `cargo run --release --features bench --example chapters -- FILE.jsonl [ROUNDS]`.
//!
//! The file holds JSON lines with `html`. Of each page and chapter the least of so many rounds counts (ten), the chapters of
//! a page one behind the other, as in an extraction; prints the sums over all pages and their shares. Run by hand.
#![allow(clippy::print_stdout)]

mod pages;

use pages::Named;
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;
use unfurnish::Page;
use unfurnish::bench::Chapters;

type Chapter = (&'static str, fn(&Chapters<'_>) -> usize);

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: chapters FILE.jsonl [ROUNDS]")?;
    let rounds: usize = arguments.next().map_or(Ok(10), |rounds| rounds.parse())?;
    let chapters: [Chapter; 6] = [
        ("tree", |page| page.tree()),
        ("blocks", |page| page.blocks()),
        ("metadata", |page| page.metadata()),
        ("features", |page| page.features()),
        ("labels", |page| page.labels()),
        ("article", |page| page.article()),
    ];
    let mut sums = [0.0; 6];
    for Named { html, .. } in pages::of_lines(&std::fs::read(file)?) {
        let page = Page::html(html.as_str());
        let mut least = [f64::INFINITY; 6];
        for _ in 0..rounds {
            let done = Chapters::of(&page);
            for ((_, run), least) in chapters.iter().zip(&mut least) {
                let start = Instant::now();
                black_box(run(&done));
                *least = least.min(start.elapsed().as_secs_f64());
            }
        }
        sums.iter_mut().zip(least).for_each(|(sum, least)| *sum += least);
    }
    let all: f64 = sums.iter().sum();
    for ((name, _), sum) in chapters.iter().zip(sums) {
        println!("{name:<9} {:8.2} ms {:5.1} %", 1e3 * sum, 100.0 * sum / all);
    }
    Ok(())
}
