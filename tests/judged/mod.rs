//! Judged pages: how they are read and scored, as their authors score them.

#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)]
#![allow(clippy::zombie_processes)] // The process ends with its pipe.

use std::collections::HashMap;
use std::io::Read;
use std::process::{Command, Stdio};

/// The lines of a file, packed by zstd or not.
pub fn unpack(path: &str) -> String {
    if !path.ends_with(".zst") {
        return std::fs::read_to_string(path).unwrap();
    }
    let child = Command::new("zstd").args(["-dc", "--long=27", path]).stdout(Stdio::piped()).spawn().unwrap();
    let mut text = String::new();
    child.stdout.unwrap().read_to_string(&mut text).unwrap();
    text
}

/// F1 of the bags of lower-case words; characters of scripts without spaces count as words.
pub fn word_f1(text: &str, gold: &str) -> f64 {
    let (text, gold) = (words(text), words(gold));
    if text.is_empty() || gold.is_empty() {
        return f64::from(u8::from(text.is_empty() && gold.is_empty()));
    }
    let mut bag: HashMap<&str, i64> = HashMap::new();
    for word in &gold {
        *bag.entry(word).or_default() += 1;
    }
    let mut hits = 0;
    for word in &text {
        if let Some(left) = bag.get_mut(word.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            hits += 1;
        }
    }
    2.0 * f64::from(hits) / (text.len() + gold.len()) as f64
}

fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut word = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        let alone = matches!(c as u32, 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff
            | 0xe00..=0xe7f | 0x1000..=0x109f);
        if !alone && (c.is_alphanumeric() || c == '_') {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            all.push(std::mem::take(&mut word));
        }
        if alone {
            all.push(c.to_string());
        }
    }
    if !word.is_empty() {
        all.push(word);
    }
    all
}
