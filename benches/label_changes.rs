//! Which pages and blocks a change judges otherwise.
//!
//! `cargo run --release --example label_changes -- write FILE PAGES…` before a change writes down what every block was taken
//! for; `… compare FILE PAGES…` after it lists the blocks that have another label now, and what that did to word F1 where pages
//! are judged. PAGES are files of JSON lines with `id`, `html` and `gold` (`.jsonl`, `.jsonl.zst`); any other file is a page.
#![allow(clippy::print_stdout)]

#[path = "../tests/judged/mod.rs"]
mod judged;

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use unfurnish::Page;

/// What a number may lose on its way through JSON.
const ROUNDING: f64 = 1e-9;
/// So much of a text tells which block it is.
const HEAD: usize = 90;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["write", file, ref pages @ ..] => {
            let mut out = BufWriter::new(File::create(file)?);
            each(pages, |_, page| Ok(writeln!(out, "{page}")?))?;
            Ok(out.flush()?)
        }
        ["compare", file, ref pages @ ..] => {
            let mut before = BufReader::new(File::open(file)?).lines();
            let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
            each(pages, |set, after| {
                let line = before.next().ok_or("more pages than were written down")??;
                sums.entry(set.to_owned()).or_default().compare(&serde_json::from_str(&line)?, &after)
            })?;
            println!(
                "\n| pages of | all | changed | F1 before | after | better | worse | blocks kept now | removed now | renamed |"
            );
            println!("| --- |{}", " ---: |".repeat(9));
            sums.iter().for_each(|(set, sum)| sum.print(set));
            Ok(())
        }
        _ => Err("usage: label_changes write|compare FILE PAGES…".into()),
    }
}

/// Hands out how each page of each file is judged.
fn each(
    files: &[&str],
    mut tell: impl FnMut(&str, Value) -> Result<(), Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    for file in files {
        if !file.contains(".jsonl") {
            tell("(single)", judge(file.to_string().into(), Page::from(&std::fs::read(file)?), None)?)?;
            continue;
        }
        let set = file.rsplit('/').next().unwrap_or(file);
        for line in judged::unpack(file).lines() {
            let page: Value = serde_json::from_str(line)?;
            let html = page["html"].as_str().unwrap_or_default();
            tell(set, judge(page["id"].clone(), Page::html(html), page["gold"].as_str())?)?;
        }
    }
    Ok(())
}

/// A page's word F1, if it is judged, and its blocks as [`unfurnish::Article::to_json`] has them, with the heads of their texts.
fn judge(id: Value, page: Page<'_>, gold: Option<&str>) -> Result<Value, Box<dyn Error>> {
    let article = unfurnish::extract(page);
    let mut blocks: Value = serde_json::from_str::<Value>(&article.to_json())?["blocks"].take();
    for block in blocks.as_array_mut().into_iter().flatten() {
        block["text"] =
            block["text"].as_str().unwrap_or_default().chars().take(HEAD).collect::<String>().into();
    }
    Ok(json!({"id": id, "f1": gold.map(|gold| judged::word_f1(article.text(), gold)), "blocks": blocks}))
}

/// What changed in a set.
#[derive(Debug, Default)]
struct Sum {
    pages: usize,
    changed: usize,
    judged: usize,
    f1: [f64; 2],
    better: usize,
    worse: usize,
    kept: usize,
    removed: usize,
    renamed: usize,
}

impl Sum {
    /// Prints what is different in a page.
    fn compare(&mut self, before: &Value, after: &Value) -> Result<(), Box<dyn Error>> {
        if before["id"] != after["id"] {
            return Err(format!("{} was written down where {} stands now", before["id"], after["id"]).into());
        }
        self.pages += 1;
        let mut scores = String::new();
        if let (Some(old), Some(new)) = (before["f1"].as_f64(), after["f1"].as_f64()) {
            self.judged += 1;
            self.f1 = [self.f1[0] + old, self.f1[1] + new];
            self.better += usize::from(new > old + ROUNDING);
            self.worse += usize::from(new < old - ROUNDING);
            scores = format!(": F1 {old:.3} → {new:.3}");
        }
        let mut pairs: BTreeMap<_, [Option<&Value>; 2]> = BTreeMap::new();
        for (side, page) in [before, after].into_iter().enumerate() {
            for (number, block) in page["blocks"].as_array().into_iter().flatten().enumerate() {
                pairs.entry(place(number, block)).or_default()[side] = Some(block);
            }
        }
        let label = |block: Option<&Value>| block.map(|block| block["label"].clone());
        let others: Vec<_> = pairs.values().filter(|pair| label(pair[0]) != label(pair[1])).collect();
        if others.is_empty() {
            return Ok(());
        }
        self.changed += 1;
        println!("\n{}{scores}", after["id"]);
        for pair in others {
            let is_kept = pair.map(|block| block.is_some_and(|block| block["kept"] == true));
            let sign = match is_kept {
                [false, true] => (self.kept += 1, "+").1,
                [true, false] => (self.removed += 1, "-").1,
                _ => (self.renamed += 1, "=").1,
            };
            let text = pair[1].or(pair[0]).map(|block| block["text"].to_string()).unwrap_or_default();
            println!("  {sign} {} → {}  {text}", verdict(pair[0]), verdict(pair[1]));
        }
        Ok(())
    }

    fn print(&self, set: &str) {
        let Self { pages, changed, better, worse, kept, removed, renamed, .. } = self;
        let [before, after] = self.f1.map(|sum| match self.judged {
            0 => "–".to_owned(),
            judged => format!("{:.4}", sum / judged as f64),
        });
        println!(
            "| {set} | {pages} | {changed} | {before} | {after} | {better} | {worse} | {kept} | {removed} | {renamed} |"
        );
    }
}

/// What tells a block from others of its page: where it stands, or, of those that stand nowhere, its number.
fn place(number: usize, block: &Value) -> (Option<u64>, Option<u64>, usize) {
    let (start, end) = (block["start"].as_u64(), block["end"].as_u64());
    (start, end, if start.is_none() { number } else { 0 })
}

/// What a block was taken for, and why.
fn verdict(block: Option<&Value>) -> String {
    let Some(block) = block else { return "nothing".to_owned() };
    let word = |key: &str| block[key].as_str().unwrap_or_default().to_owned();
    format!("{} {:.2} ({})", word("label"), block["score"].as_f64().unwrap_or_default(), word("reason"))
}
