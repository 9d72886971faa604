//! Which pages are used, and the file in which each extractor's process finds them.

use crate::worker::Run;
use std::error::Error;
use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A page of the run.
#[derive(Clone, Debug)]
pub struct Page {
    pub id: serde_json::Value,
    pub html: String,
}

/// At most `limit` of the pages in all these files and folders, spread evenly.
pub fn choose(places: &[String], limit: usize) -> Result<Vec<Page>, Box<dyn Error>> {
    let mut files = Vec::new();
    for place in places {
        let place = PathBuf::from(place);
        if place.is_dir() {
            let mut inside: Vec<PathBuf> =
                fs::read_dir(&place)?.flatten().map(|entry| entry.path()).collect();
            inside.sort();
            files.extend(inside.into_iter().filter(|path| is_pages(path)));
        } else {
            files.push(place);
        }
    }
    let mut pages = Vec::new();
    for file in &files {
        read(file, &mut pages).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    if pages.is_empty() {
        return Err("these files hold no page".into());
    }
    let (all, limit) = (pages.len(), limit.clamp(1, pages.len()));
    // Page number k·all/limit for every k: no file and no part of a file is preferred.
    let mut wanted = (0..limit).map(|k| k * all / limit).peekable();
    let chosen = pages.into_iter().enumerate().filter(|(at, _)| wanted.next_if_eq(at).is_some());
    Ok(chosen.map(|(_, page)| page).collect())
}

fn is_pages(path: &Path) -> bool {
    let name = path.to_string_lossy();
    [".html", ".htm", ".jsonl", ".jsonl.zst"].iter().any(|end| name.ends_with(end))
}

fn read(file: &Path, pages: &mut Vec<Page>) -> Result<(), Box<dyn Error>> {
    let name = file.to_string_lossy();
    if name.ends_with(".html") || name.ends_with(".htm") {
        let id = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        pages.push(Page { id: id.into(), html: String::from_utf8_lossy(&fs::read(file)?).into_owned() });
        return Ok(());
    }
    let lines = if name.ends_with(".zst") {
        Command::new("zstd").args(["-dc", "--long=27"]).arg(file).output()?.stdout
    } else {
        fs::read(file)?
    };
    for line in lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let mut page: serde_json::Value = serde_json::from_slice(line)?;
        if let serde_json::Value::String(html) = page["html"].take() {
            pages.push(Page { id: page["id"].take(), html });
        }
    }
    Ok(())
}

/// The chosen pages as a file of JSON lines that is gone with this value.
#[derive(Debug)]
pub struct Stored(PathBuf);

impl Stored {
    pub fn new(pages: &[Page]) -> Result<Self, Box<dyn Error>> {
        let path = std::env::temp_dir().join(format!("unfurnish-rivals-{}.jsonl", std::process::id()));
        let mut out = BufWriter::new(fs::File::create(&path)?);
        for page in pages {
            serde_json::to_writer(&mut out, &page.html)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Stored {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Writes what an extractor found as lines of `id` and `text`; a page on which it failed has no text.
pub fn write_predictions(path: &str, pages: &[Page], run: &Run) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(fs::File::create(path)?);
    for (page, answer) in pages.iter().zip(&run.answers) {
        let text = answer.as_ref().map_or("", |answer| answer.text.as_str());
        serde_json::to_writer(&mut out, &serde_json::json!({ "id": page.id, "text": text }))?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
