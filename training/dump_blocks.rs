//! Judged pages → blocks, features and labels, as the files that `training/train.py` reads.
//!
//! `cargo run --release --features training --example dump_blocks -- OUT SET.jsonl.zst...`
//!
//! With `NAMES=FILE` features are measured with other weights of names than the shipped ones: the file
//! holds tables of 16 KiB, `FOLDS=FILE` says for each page which one.
//! With `SCORES=FILE` besides (a float for each block) the features of the second look are measured instead
//! and written to `second.u8`.
//!
//! Pages whose `format` is `text` or `markdown` are read as such (what `render.py` writes).
//!
//! Written to OUT: `features.u8` (a row a block), `blocks.bin` (page, tokens, matched tokens, share of the title, place),
//! `names.u16` and `names_end.u64` (hashed names above each block), `tokens.u32` and `tokens_end.u64`,
//! `gold.u32`, `pages.jsonl`, `columns.txt`.

#![allow(clippy::print_stderr, clippy::unwrap_used, clippy::expect_used, missing_docs)]
#![allow(clippy::zombie_processes)] // The process ends with its pipe, and this program soon after.

mod align;

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::{Command, Stdio};
use unfurnish::{Page, dev};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let out = arguments.next().expect("usage: dump_blocks OUT SET.jsonl.zst...");
    std::fs::create_dir_all(&out).unwrap();
    let create =
        |name: &str| BufWriter::with_capacity(1 << 20, File::create(format!("{out}/{name}")).unwrap());
    let read = |name| std::env::var(name).ok().map(|path| std::fs::read(path).unwrap());
    let tables = read("NAMES").zip(read("WORDS"));
    let folds: Option<Vec<usize>> = std::env::var("FOLDS").ok().map(|path| {
        std::fs::read_to_string(path).unwrap().split_whitespace().map(|n| n.parse().unwrap()).collect()
    });
    let lean = tables.is_some();
    let scores: Option<Vec<f32>> = std::env::var("SCORES").ok().map(|path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect()
    });
    let mut at = 0;
    let mut features = create(if scores.is_some() { "second.u8" } else { "features.u8" });
    let mut files = (!lean).then(|| Files {
        blocks: create("blocks.bin"),
        names: create("names.u16"),
        names_end: create("names_end.u64"),
        grams: create("grams.u32"),
        grams_end: create("grams_end.u64"),
        grams_at: 0,
        tokens: create("tokens.u32"),
        tokens_end: create("tokens_end.u64"),
        gold: create("gold.u32"),
        pages: create("pages.jsonl"),
        texts: create("texts.jsonl"),
        names_at: 0,
        tokens_at: 0,
    });
    if scores.is_some() {
        std::fs::write(format!("{out}/second.txt"), dev::second_names().join("\n")).unwrap();
    } else {
        std::fs::write(format!("{out}/columns.txt"), dev::names().join("\n")).unwrap();
    }
    let mut number = 0;
    for set in arguments {
        let unpack =
            Command::new("zstd").args(["-dc", "--long=27", &set]).stdout(Stdio::piped()).spawn().unwrap();
        for line in BufReader::with_capacity(1 << 20, unpack.stdout.unwrap()).lines() {
            let judged: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let Some(gold) = judged["gold"].as_str() else { continue };
            let source = judged["html"].as_str().unwrap_or_default();
            let page = match judged["format"].as_str() {
                Some("text") => Page::text(source),
                Some("markdown") => Page::markdown(source),
                _ => Page::html(source),
            };
            let table = tables.as_ref().map(|(names, words)| {
                let fold = folds.as_ref().map_or(0, |folds| folds[number]);
                let names = names[fold << 14..(fold + 1) << 14].try_into().unwrap();
                dev::Tables(names, words[fold << 17..(fold + 1) << 17].try_into().unwrap())
            });
            if let (Some(scores), Some(table)) = (&scores, table) {
                let second = dev::second(&page, table, &scores[at..]);
                at += second.len() / dev::second_names().len();
                features.write_all(&second).unwrap();
                number += 1;
                continue;
            }
            let dump = dev::dump(&page, table);
            features.write_all(&dump.features).unwrap();
            if let Some(files) = &mut files {
                files.write(number, &judged, gold, &dump);
            }
            number += 1;
        }
    }
    eprintln!("{number} pages");
}

struct Files<W> {
    blocks: W,
    names: W,
    names_end: W,
    grams: W,
    grams_end: W,
    grams_at: u64,
    tokens: W,
    tokens_end: W,
    gold: W,
    pages: W,
    texts: W,
    names_at: u64,
    tokens_at: u64,
}

impl<W: Write> Files<W> {
    fn write(&mut self, number: usize, judged: &serde_json::Value, gold: &str, dump: &dev::Dump) {
        let gold = align::tokens(gold);
        let blocks: Vec<Vec<u32>> = dump.texts.iter().map(|text| align::tokens(text)).collect();
        let matched = align::align(&blocks, &gold);
        for (at, tokens) in blocks.iter().enumerate() {
            for n in [
                number as u32,
                tokens.len() as u32,
                matched[at],
                u32::from(dump.title_share[at]),
                dump.places[at],
            ] {
                self.blocks.write_all(&n.to_le_bytes()).unwrap();
            }
            for name in &dump.names[at] {
                self.names.write_all(&name.to_le_bytes()).unwrap();
            }
            for gram in &dump.grams[at] {
                self.grams.write_all(&gram.to_le_bytes()).unwrap();
            }
            self.grams_at += dump.grams[at].len() as u64;
            self.grams_end.write_all(&self.grams_at.to_le_bytes()).unwrap();
            for token in tokens {
                self.tokens.write_all(&token.to_le_bytes()).unwrap();
            }
            self.names_at += dump.names[at].len() as u64;
            self.tokens_at += tokens.len() as u64;
            self.names_end.write_all(&self.names_at.to_le_bytes()).unwrap();
            self.tokens_end.write_all(&self.tokens_at.to_le_bytes()).unwrap();
        }
        for token in &gold {
            self.gold.write_all(&token.to_le_bytes()).unwrap();
        }
        let row = serde_json::json!({
            "id": judged["id"], "set": judged["set"], "url": judged["url"], "lang": judged["lang"],
            "page_type": judged["page_type"], "format": judged["format"], "blocks": blocks.len(), "gold": gold.len(),
            "bytes": judged["html"].as_str().map_or(0, str::len),
        });
        writeln!(self.pages, "{row}").unwrap();
        writeln!(self.texts, "{}", serde_json::json!(dump.texts)).unwrap();
    }
}
