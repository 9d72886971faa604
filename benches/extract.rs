//! The time of each chapter alone and of the whole way, in bytes of page per second.
//!
//! `cargo bench --features bench` or, for one group, `cargo bench --features bench -- tree`. Pages are made by
//! `pages.rs`; the group `pages` takes those in `seeds/` and, where `UNFURNISH_PAGES` names a folder of judged
//! pages, two hundred of them. Every run of a bench must give the answer that the first one gave.
#![allow(missing_docs, clippy::print_stdout)]

mod pages;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pages::{Kind, Named};
use std::hint::black_box;
use std::time::Duration;
use unfurnish::bench::Chapters;
use unfurnish::{Article, Extractor, Page};

/// The median of judged pages of 2025 is 140 KB; the largest judged page of all has 8 MB.
const SIZES: [(&str, usize); 4] = [
    ("small 8 KB", 8 << 10),
    ("median 140 KB", 140 << 10),
    ("large 1 MB", 1 << 20),
    ("huge 16 MB", 16 << 20),
];

fn chapters(c: &mut Criterion) {
    type Chapter = fn(&Chapters<'_>) -> usize;
    let chapters: [(&str, Chapter); 6] = [
        ("tree", |c| c.tree()),
        ("blocks", |c| c.blocks()),
        ("metadata", |c| c.metadata()),
        ("features", |c| c.features()),
        ("labels", |c| c.labels()),
        ("article", |c| c.article()),
    ];
    let made = SIZES.map(|(name, bytes)| (name, Kind::News.page(bytes)));
    let pages = made.each_ref().map(|(name, html)| (*name, Page::html(html.as_str())));
    for (chapter, run) in chapters {
        let mut group = c.benchmark_group(chapter);
        for (name, page) in &pages {
            let done = Chapters::of(page);
            group.throughput(Throughput::Bytes(page.source().len() as u64));
            group.bench_with_input(BenchmarkId::from_parameter(name), &done, |b, done| {
                let answer = run(done);
                b.iter(|| assert_eq!(run(black_box(done)), answer));
            });
        }
        group.finish();
    }
}

fn decode(c: &mut Criterion) {
    let mut group = c.benchmark_group("decode");
    let html = Kind::News.page(140 << 10);
    let encodings = [
        ("UTF-8", encoding_rs::UTF_8),
        ("windows-1252", encoding_rs::WINDOWS_1252),
        ("GBK", encoding_rs::GBK),
    ];
    for (name, encoding) in encodings {
        let html = html.replace("charset=\"utf-8\"", &format!("charset=\"{name}\""));
        let (bytes, ..) = encoding.encode(&html);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_with_input(BenchmarkId::new("declared", name), &bytes, |b, bytes| {
            let answer = Page::from_bytes(bytes, None).source().len();
            b.iter(|| assert_eq!(Page::from_bytes(black_box(bytes), None).source().len(), answer));
        });
        let bare = html.replace("<meta charset", "<meta name");
        let (bytes, ..) = encoding.encode(&bare);
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_with_input(BenchmarkId::new("detected", name), &bytes, |b, bytes| {
            let answer = Page::from_bytes(bytes, None).source().len();
            b.iter(|| assert_eq!(Page::from_bytes(black_box(bytes), None).source().len(), answer));
        });
    }
    group.finish();
}

fn outputs(c: &mut Criterion) {
    type Output = fn(&Article) -> String;
    let outputs: [(&str, Output); 3] =
        [("Markdown", Article::to_markdown), ("HTML", Article::to_html), ("JSON", Article::to_json)];
    let article = unfurnish::extract(Page::html(Kind::News.page(140 << 10)));
    let mut group = c.benchmark_group("outputs");
    for (name, write) in outputs {
        let answer = write(&article);
        group.throughput(Throughput::Bytes(answer.len() as u64));
        group.bench_function(name, |b| b.iter(|| assert_eq!(write(black_box(&article)), answer)));
    }
    group.finish();
}

fn whole(c: &mut Criterion) {
    let extractor = Extractor::default();
    let mut group = c.benchmark_group("whole");
    for (name, bytes) in SIZES {
        let html = Kind::News.page(bytes);
        let answer = digest(&extractor.extract(Page::html(&html)));
        group.throughput(Throughput::Bytes(html.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| assert_eq!(digest(&extractor.extract(Page::html(black_box(&html)))), answer));
        });
    }
    let plain = plain_text(256 << 10);
    let answer = digest(&extractor.extract(Page::text(&plain)));
    group.throughput(Throughput::Bytes(plain.len() as u64));
    group.bench_function("plain text 256 KB", |b| {
        b.iter(|| assert_eq!(digest(&extractor.extract(Page::text(black_box(&plain)))), answer));
    });
    let markdown = plain.replace("\n\n", "\n\n## The quay\n\n- A [link](/quay)\n\n");
    let answer = digest(&extractor.extract(Page::markdown(&markdown)));
    group.throughput(Throughput::Bytes(markdown.len() as u64));
    group.bench_function("Markdown 256 KB", |b| {
        b.iter(|| assert_eq!(digest(&extractor.extract(Page::markdown(black_box(&markdown)))), answer));
    });
    group.finish();
}

fn pages(c: &mut Criterion) {
    let mut group = c.benchmark_group("pages");
    let mut sets = vec![("seeds", pages::seeds())];
    match pages::judged(200) {
        Some(judged) => sets.push(("judged", judged)),
        None => println!("no judged pages: UNFURNISH_PAGES is not set"),
    }
    for (name, set) in sets.iter().filter(|(_, set)| !set.is_empty()) {
        let all = |set: &[Named]| {
            let extractor = Extractor::default();
            set.iter().fold(0_u64, |sum, page| {
                sum.rotate_left(5) ^ digest(&extractor.extract(Page::html(page.html.as_str())))
            })
        };
        let answer = all(set);
        group.throughput(Throughput::Bytes(set.iter().map(|page| page.html.len() as u64).sum()));
        group.bench_function(*name, |b| b.iter(|| assert_eq!(all(black_box(set)), answer)));
    }
    group.finish();
}

/// Paragraphs with an empty line between them.
fn plain_text(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 1024);
    for paragraph in Kind::Paragraph.page(bytes).split("there. ") {
        for part in paragraph.split(['<', '>']).step_by(2) {
            text.push_str(part);
        }
        text.push_str(if text.len().is_multiple_of(5) { "there.\n\n" } else { "there. " });
    }
    text
}

/// A number that tells two texts apart; cheap beside any extraction (FNV-1a over words of eight bytes).
fn digest(article: &Article) -> u64 {
    let text = article.text().as_bytes();
    text.chunks(8).fold(text.len() as u64 ^ 0xcbf2_9ce4_8422_2325, |hash, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = decode, chapters, outputs, whole, pages
}
criterion_main!(benches);
