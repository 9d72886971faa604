//! The copy-finding half by chapter: words, sketches, index, corpus. Bytes or texts per second.
//!
//! `cargo bench --features bench --bench fingerprint`. The documents are made from a fixed seed; `UNFURNISH_DOCUMENTS` names a file
//! with one text a line to use instead. The corpus of a million texts runs only if `UNFURNISH_MILLION` is set.

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use unfurnish::{Clusters, Fingerprint, Fingerprinter, Index, MinHash, Shingles, SimHash64, SimHash128};

fn documents(count: usize) -> Vec<String> {
    if let Some(path) = std::env::var_os("UNFURNISH_DOCUMENTS") {
        let lines = std::fs::read_to_string(path).unwrap_or_default();
        return lines.lines().take(count).map(str::to_owned).collect();
    }
    let mut state = 7u64;
    let mut below = move |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    const ENDS: [&str; 8] = [" ", " ", " ", " ", " ", ", ", ". ", "’s "];
    let mut texts: Vec<String> = Vec::with_capacity(count);
    for i in 0..count {
        if i > 0 && i % 3 == 0 {
            // A truncated copy of an earlier one.
            let whole = &texts[below(i)];
            let cut =
                whole.char_indices().nth(whole.chars().count() * 2 / 3).map_or(whole.len(), |(at, _)| at);
            texts.push(whole[..cut].to_owned());
            continue;
        }
        let mut text = String::new();
        for _ in 0..400 {
            // Frequent words are short, as in languages.
            let rank = below(200) * below(200) + 1;
            (0..2 + rank.ilog2() / 2).for_each(|k| text.push(char::from(b'a' + ((rank >> k) % 26) as u8)));
            text.push_str(ENDS[below(ENDS.len())]);
        }
        texts.push(text);
    }
    texts
}

fn sketches(c: &mut Criterion) {
    let texts = documents(1000);
    let bytes: usize = texts.iter().map(String::len).sum();
    let shingles: Vec<Shingles> = texts.iter().map(|t| Shingles::of(t)).collect();
    let mut group = c.benchmark_group("text");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    let mut reused = Shingles::default();
    let mut printer = Fingerprinter::new();
    group.bench_function("words", |b| {
        b.iter(|| texts.iter().map(|t| unfurnish::bench::words(black_box(t))).fold(0, |x, w| x ^ w))
    });
    group.bench_function("words and shingles", |b| {
        b.iter(|| texts.iter().for_each(|t| reused.read(black_box(t))))
    });
    group.bench_function("SimHash 64 of shingles", |b| {
        b.iter(|| shingles.iter().map(SimHash64::of).fold(0, |x, s| x ^ s.to_bits()))
    });
    group.bench_function("SimHash 128 of shingles", |b| {
        b.iter(|| shingles.iter().map(SimHash128::of).fold(0, |x, s| x ^ s.to_bits()))
    });
    group.bench_function("MinHash 128 of shingles", |b| {
        b.iter(|| shingles.iter().map(MinHash::of).fold(0, |x, m| x ^ m.lanes()[0]))
    });
    group.bench_function("MinHash 128 of text", |b| {
        b.iter(|| texts.iter().map(|t| MinHash::of(&Shingles::of(t))).fold(0, |x, m| x ^ m.lanes()[0]))
    });
    group.bench_function("fingerprint of text", |b| {
        b.iter(|| texts.iter().map(|t| printer.print(t)).fold(0, |x, p| x ^ p.exact()))
    });
    group.finish();
}

fn index(c: &mut Criterion) {
    let prints: Vec<Fingerprint> = documents(10_000).iter().map(|t| Fingerprint::of(t)).collect();
    let mut group = c.benchmark_group("index");
    group.throughput(Throughput::Elements(prints.len() as u64)).sample_size(10);
    group.bench_function("insert", |b| {
        b.iter_batched(
            || prints.clone(),
            |prints| {
                let mut index: Index<u64> = Index::default();
                let copies = (0..).zip(prints).filter_map(|(id, print)| index.insert(id, print)).count();
                assert!(copies >= 3000, "the copies are found");
                index
            },
            BatchSize::LargeInput,
        )
    });
    let mut whole: Index<u64> = Index::default();
    for (id, print) in (0..).zip(&prints) {
        whole.insert(id, print.clone());
    }
    group.bench_function("query", |b| {
        b.iter(|| prints.iter().map(|print| whole.matches(black_box(print)).len()).sum::<usize>())
    });
    group.finish();
}

fn corpus(c: &mut Criterion) {
    let mut group = c.benchmark_group("clusters");
    group.sample_size(10);
    let mut sizes = vec![10_000, 100_000];
    sizes.extend(std::env::var_os("UNFURNISH_MILLION").map(|_| 1_000_000));
    for size in sizes {
        let prints: Vec<Fingerprint> = documents(size).iter().map(|t| Fingerprint::of(t)).collect();
        group.throughput(Throughput::Elements(size as u64));
        group.bench_with_input(BenchmarkId::from_parameter(size), &prints, |b, prints| {
            b.iter(|| {
                let clusters = Clusters::of(prints);
                assert!(clusters.len() <= size * 2 / 3 + 1, "the copies are found");
                clusters
            })
        });
    }
    group.finish();
}

criterion_group!(benches, sketches, index, corpus);
criterion_main!(benches);
