//! Inputs made to do harm obey every law, and take time in proportion to their size.
//!
//! `UNFURNISH_BIG=1` makes them 1 and 4 MB, which is for builds with `--release`; the program `hostile` goes to 16 MB.

#![allow(clippy::print_stdout)]

mod laws;

#[path = "../benches/hostile_pages.rs"]
mod hostile_pages;

use hostile_pages::{FAMILIES, Family, Kind, work};
use std::time::Duration;
use unfurnish::{Fingerprint, Index, Limits, Page};

/// The shorter input; the longer one is four times as long.
const SHORT: usize = 200 << 10;
const SHORT_OF_BIG: usize = 1 << 20;
/// What a byte of the longer input may take at most, against one of the shorter: a linear reader stays near 1, a quadratic one
/// comes to 4; caches and a busy machine take up the rest.
const MOST_GROWTH: f64 = 2.7;
/// Less than this is noise.
const SHORTEST_TIME: Duration = Duration::from_millis(60);
/// A busy machine may spoil a measurement, but not this many in a row.
const ATTEMPTS: usize = 4;

#[test]
fn families_are_many_and_each_has_its_name() {
    let names: std::collections::BTreeSet<_> = FAMILIES.iter().map(|family| family.name).collect();
    assert_eq!(names.len(), FAMILIES.len());
    assert!(names.len() >= 100, "{}", names.len());
}

#[test]
fn hostile_pages_obey_the_laws() {
    // A page of 16 KB has too few blocks for any to be joined, and too few marks, but where fewer are allowed.
    let joined = Limits::default().fine_blocks(3).marks(100);
    for family in FAMILIES {
        println!("{}", family.name);
        let input = family.input(16 << 10);
        let text = || std::str::from_utf8(&input).expect("pages are text");
        let obey = |page: Page<'_>| {
            laws::obey(&page);
            laws::obey_within(&page, &joined);
        };
        match family.kind {
            Kind::Html => obey(Page::html(text())),
            Kind::Markdown => obey(Page::markdown(text())),
            Kind::Text => obey(Page::text(text())),
            Kind::Corpus => text().lines().for_each(laws::copies::print_reads_back),
            Kind::IndexFile => laws::copies::bytes_are_an_index_or_not(&input),
        }
    }
}

#[test]
fn hostile_inputs_take_time_in_proportion_to_their_size() {
    let too_long: Vec<String> = FAMILIES.iter().filter_map(grows).collect();
    assert!(too_long.is_empty(), "{too_long:#?}");
}

#[test]
fn a_text_with_many_copies_is_added_and_removed_in_no_time() {
    let print = Fingerprint::of(&(0..200).map(|word| format!("word{word} ")).collect::<String>());
    let copies = 40_000;
    let start = laws::time::on_processor();
    let mut index = Index::default();
    for id in 0..copies {
        let found = index.insert(id, print.clone());
        assert_eq!(found.map(|found| *found.id()), (id > 0).then_some(0));
    }
    assert_eq!(index.matches(&print).len(), copies);
    for id in 0..copies {
        assert_eq!(index.remove(&id).as_ref(), Some(&print));
    }
    assert!(index.is_empty());
    let took = laws::time::since(start);
    // A look-up takes some microseconds; listing the copies before each one took 8 s.
    assert!(took < Duration::from_secs(5), "{took:?}");
}

/// Says so if a family's time grows faster than its size.
fn grows(family: &Family) -> Option<String> {
    let size = if std::env::var_os("UNFURNISH_BIG").is_some() { SHORT_OF_BIG } else { SHORT };
    let (short, long) = (family.input(size), family.input(4 * size));
    let per_byte = |input: &[u8]| {
        let start = laws::time::of_process();
        work(family.kind, input);
        (laws::time::of_process() - start).as_secs_f64() / input.len() as f64
    };
    let mut growth = f64::INFINITY;
    for _ in 0..ATTEMPTS {
        let long_time = per_byte(&long);
        if long_time * (long.len() as f64) < SHORTEST_TIME.as_secs_f64() {
            return None;
        }
        growth = growth.min(long_time / per_byte(&short));
        if growth < MOST_GROWTH {
            return None;
        }
    }
    Some(format!("{}: {growth:.1} times the time for a byte when four times as long", family.name))
}
