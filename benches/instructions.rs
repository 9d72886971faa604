//! Every chapter once over pages that never change: what `scripts/instructions.sh` counts instructions of.
//!
//! `instructions SET`, where SET is `made` (pages from `pages.rs`), `seeds` (those in `seeds/`) or a file of JSON
//! lines with `html`; prints the number of bytes gone through. Each chapter is a function of its own here, so that a
//! profile can tell them apart.
#![allow(clippy::print_stdout)]

mod pages;

use pages::{Kind, Named};
use std::error::Error;
use std::hint::black_box;
use unfurnish::bench::Chapters;
use unfurnish::{Article, Page};

#[inline(never)]
fn chapter_decode(bytes: &[u8]) -> usize {
    Page::from_bytes(bytes, None).source().len()
}

#[inline(never)]
fn chapter_tree(page: &Chapters<'_>) -> usize {
    page.tree()
}

#[inline(never)]
fn chapter_blocks(page: &Chapters<'_>) -> usize {
    page.blocks()
}

#[inline(never)]
fn chapter_metadata(page: &Chapters<'_>) -> usize {
    page.metadata()
}

#[inline(never)]
fn chapter_features(page: &Chapters<'_>) -> usize {
    page.features()
}

#[inline(never)]
fn chapter_labels(page: &Chapters<'_>) -> usize {
    page.labels()
}

#[inline(never)]
fn chapter_article(page: &Chapters<'_>) -> usize {
    page.article()
}

#[inline(never)]
fn chapter_whole(page: &Page<'_>) -> Article {
    unfurnish::extract(page.clone())
}

fn main() -> Result<(), Box<dyn Error>> {
    let set = std::env::args().nth(1);
    let pages = match set.as_deref() {
        Some("made") => Kind::ALL
            .into_iter()
            .map(|kind| Named { name: kind.as_str().to_owned(), html: kind.page(64 << 10) })
            .collect(),
        Some("seeds") => pages::seeds(),
        Some(lines) => pages::of_lines(&std::fs::read(lines)?),
        None => return Err("usage: instructions made|seeds|FILE.jsonl".into()),
    };
    // Tables made at first use are no page's cost.
    black_box(unfurnish::extract("<p>The harbour was closed on Monday."));
    for Named { html, .. } in &pages {
        black_box(chapter_decode(html.as_bytes()));
        let page = Page::html(html.as_str());
        let done = Chapters::of(&page);
        black_box(chapter_tree(&done));
        black_box(chapter_blocks(&done));
        black_box(chapter_metadata(&done));
        black_box(chapter_features(&done));
        black_box(chapter_labels(&done));
        black_box(chapter_article(&done));
        black_box(chapter_whole(&page));
    }
    println!("{}", pages.iter().map(|page| page.html.len()).sum::<usize>());
    Ok(())
}
