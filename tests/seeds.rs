//! Pages with known outcome: every block of the body, what is known about the article, and the labels of
//! what was removed.
//!
//! The project's own pages stand in `seeds/`, each with its `.expected.json`. Further pages with a
//! `.gold.json` beside them are read from the folder that `UNFURNISH_SEEDS` names.

#![allow(clippy::print_stdout)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use unfurnish::{Article, Block, Label, Page};

#[test]
fn own_seeds_come_out_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let cases = cases(&folder, ".expected.json");
    assert!(cases.len() >= 12, "only {} seeds found", cases.len());
    // What does not come out as wished yet is written down: new faults fail, and so does a mended one that is
    // still on the list.
    let known = include_str!("known-faults.txt");
    let known: Vec<&str> = known.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    let found = faults_of(&cases);
    let new: Vec<&String> = found.iter().filter(|fault| !known.contains(&fault.as_str())).collect();
    let mended: Vec<&&str> =
        known.iter().filter(|fault| !found.iter().any(|found| found == *fault)).collect();
    assert!(
        new.is_empty() && mended.is_empty(),
        "new faults: {new:#?}\nmended, to be taken off the list: {mended:#?}"
    );
}

#[test]
fn seeds_from_elsewhere_come_out_exactly() {
    let Some(folder) = std::env::var_os("UNFURNISH_SEEDS") else {
        println!("UNFURNISH_SEEDS names no folder: nothing more to check");
        return;
    };
    let cases = cases(Path::new(&folder), ".gold.json");
    assert!(!cases.is_empty(), "no *.gold.json in {}", folder.display());
    let faults = faults_of(&cases);
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn cases(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    cases.sort();
    cases
}

fn faults_of(cases: &[PathBuf]) -> Vec<String> {
    let mut faults = Vec::new();
    for case in cases {
        let expected: Value = serde_json::from_str(&std::fs::read_to_string(case).expect("a readable file"))
            .expect("valid JSON");
        let input = case.with_file_name(expected["input"].as_str().expect("the name of the page"));
        let source =
            std::fs::read_to_string(&input).unwrap_or_else(|error| panic!("{}: {error}", input.display()));
        let before = faults.len();
        check(&expected, &source, &mut faults);
        for fault in &mut faults[before..] {
            *fault = format!("{}: {fault}", input.file_name().unwrap_or_default().to_string_lossy());
        }
    }
    faults
}

fn check(expected: &Value, source: &str, faults: &mut Vec<String>) {
    let page = match expected["format"].as_str() {
        Some("html") => Page::html(source),
        Some("markdown") => Page::markdown(source),
        _ => Page::text(source),
    };
    let article = unfurnish::extract(page);
    check_body(expected, &article, faults);
    check_metadata(expected, &article, faults);
    check_removed(expected, source, &article, faults);
}

fn check_body(expected: &Value, article: &Article, faults: &mut Vec<String>) {
    let wanted: Vec<(String, String)> = array(&expected["body"])
        .iter()
        .map(|block| (string(&block["kind"]), collapsed(&string(&block["text"]))))
        .collect();
    let found: Vec<(String, String)> =
        article.kept().map(|block| (block.kind().as_str().to_owned(), collapsed(block.text()))).collect();
    for (kind, text) in &wanted {
        match found.iter().find(|(_, other)| other == text) {
            None => faults.push(format!("missing from the body: {text:.70}")),
            Some((other, _)) if other != kind => faults.push(format!("is {other}, not {kind}: {text:.70}")),
            Some(_) => {}
        }
    }
    for (_, text) in &found {
        if !wanted.iter().any(|(_, other)| other == text) {
            let label =
                article.kept().find(|block| collapsed(block.text()) == *text).map(|block| block.label());
            faults.push(format!("not of the body ({label:?}): {text:.70}"));
        }
    }
    let texts = |pairs: &[(String, String)]| pairs.iter().map(|pair| pair.1.clone()).collect::<Vec<_>>();
    if found.len() == wanted.len() && texts(&found) != texts(&wanted) {
        faults.push("the body's blocks are out of order".to_owned());
    }
}

fn check_metadata(expected: &Value, article: &Article, faults: &mut Vec<String>) {
    let known = article.metadata();
    let title = known.title().map(collapsed);
    let address = if expected.get("url").is_some() { "url" } else { "source_url" };
    for (name, found) in [
        ("title", title.as_deref()),
        ("published", known.published()),
        ("modified", known.modified()),
        ("site", known.site()),
        (address, known.url()),
        ("language", known.language()),
    ] {
        if let Some(wanted) = expected.get(name)
            && wanted.as_str().map(collapsed).as_deref() != found
        {
            faults.push(format!("{name} is {found:?}, not {wanted}"));
        }
    }
    let authors: Vec<String> = array(&expected["authors"]).iter().map(string).collect();
    if known.authors() != authors {
        faults.push(format!("authors are {:?}, not {authors:?}", known.authors()));
    }
}

fn check_removed(expected: &Value, source: &str, article: &Article, faults: &mut Vec<String>) {
    for wanted in array(&expected["removed"]) {
        let label: Label = string(&wanted["label"]).parse().expect("a known label");
        let blocks: Vec<Block<'_>> = if let Some(start) = wanted["text_starts"].as_str() {
            let start = without_number(&collapsed(start));
            let begins: Vec<Block<'_>> =
                article.blocks().filter(|block| collapsed(block.text()).starts_with(&start)).collect();
            // A caption with its credit, a byline with its date: one block, named after what comes first.
            if begins.is_empty() {
                if !article.removed().any(|block| collapsed(block.text()).contains(&start)) {
                    faults.push(format!("no removed block holds {wanted}"));
                }
                continue;
            }
            begins
        } else {
            let lines = array(&wanted["lines"]);
            let range = lines[0].as_u64().unwrap_or(0)..=lines[1].as_u64().unwrap_or(0);
            article.blocks().filter(|block| range.contains(&line_of(source, block))).collect()
        };
        if blocks.is_empty() {
            faults.push(format!("no block for {wanted}"));
        }
        let is_right = |block: &&Block<'_>| block.label() == label && !block.is_kept();
        let exact = wanted["lines"].is_array();
        if exact && !blocks.iter().all(|block| is_right(&block))
            || !exact && !blocks.iter().any(|b| is_right(&b))
        {
            let found: Vec<String> = blocks
                .iter()
                .map(|b| format!("{} [{}] kept={}", b.label(), b.reason(), b.is_kept()))
                .collect();
            faults.push(format!("{wanted} is labelled {found:?}"));
        }
    }
}

/// The text of a list item without the number that its list gives it.
fn without_number(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].strip_prefix(". ") {
        Some(rest) if digits > 0 => rest.to_owned(),
        _ => text.to_owned(),
    }
}

/// The line, counted from 1, on which a block begins.
fn line_of(source: &str, block: &Block<'_>) -> u64 {
    let start = block.span().expect("a parsed page knows its places").start();
    source[..start].matches('\n').count() as u64 + 1
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
