//! The article as JSON, its keys always in the same order.
//!
//! Written by hand: the order is part of the contract (docs/json-lines.md), and whether a map of
//! `serde_json` keeps it depends on what other crates of a program ask of it.

use super::{Article, Block};
use crate::eight;

/// The object without its opening brace, so that callers may put a key of theirs first.
pub(super) fn write(article: &Article, with_blocks: bool) -> String {
    let mut object = Object { out: String::with_capacity(article.body_end + 512) };
    let metadata = article.metadata();
    object.out.push('{');
    object.optional("title", metadata.title());
    object.list("authors", metadata.authors().iter().map(String::as_str));
    object.optional("published", metadata.published());
    object.optional("modified", metadata.modified());
    object.optional("site", metadata.site());
    object.optional("url", metadata.url());
    object.optional("language", metadata.language());
    object.text("text", article.text());
    object.number("score", article.score());
    object.list("warnings", article.warnings().iter().map(|warning| warning.as_str()));
    if with_blocks {
        object.key("blocks");
        object.out.push('[');
        for (at, block) in article.blocks().enumerate() {
            if at > 0 {
                object.out.push(',');
            }
            object.block(&block);
        }
        object.out.push(']');
    }
    object.out.push('}');
    object.out
}

struct Object {
    out: String,
}

impl Object {
    fn block(&mut self, block: &Block<'_>) {
        self.out.push('{');
        self.text("label", block.label().as_str());
        self.key("kept");
        self.out.push_str(if block.is_kept() { "true" } else { "false" });
        self.text("reason", &block.reason().to_string());
        self.number("score", block.score());
        for (name, place) in
            [("start", block.span().map(|span| span.start())), ("end", block.span().map(|span| span.end()))]
        {
            self.key(name);
            match place {
                Some(place) => self.out.push_str(&place.to_string()),
                None => self.out.push_str("null"),
            }
        }
        self.text("text", block.text());
        self.out.push('}');
    }

    fn key(&mut self, name: &str) {
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str("\":");
    }

    fn text(&mut self, name: &str, value: &str) {
        self.key(name);
        push_string(value, &mut self.out);
    }

    fn optional(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.text(name, value),
            None => {
                self.key(name);
                self.out.push_str("null");
            }
        }
    }

    fn list<'a>(&mut self, name: &str, values: impl Iterator<Item = &'a str>) {
        self.key(name);
        self.out.push('[');
        for (at, value) in values.enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            push_string(value, &mut self.out);
        }
        self.out.push(']');
    }

    /// Four decimals: more would be noise, and would differ between machines.
    fn number(&mut self, name: &str, value: f32) {
        self.key(name);
        let value = if value.is_finite() { f64::from(value) } else { 0.0 };
        let written = format!("{value:.4}");
        let short = written.trim_end_matches('0').trim_end_matches('.');
        self.out.push_str(if short.is_empty() || short == "-0" { "0" } else { short });
    }
}

/// Bytes that a string of JSON cannot hold as they are, and the first of the line separators.
const NOTED: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < b' ' as usize {
        table[at] = true;
        at += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table[0x7f] = true;
    table[0xe2] = true;
    table
};

/// A string with what JSON asks to be escaped, and the line separators that JavaScript asks for.
fn push_string(text: &str, out: &mut String) {
    out.reserve(text.len() + 2);
    out.push('"');
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    loop {
        while bytes[at..].first_chunk().is_some_and(|eight| !has_noted(u64::from_le_bytes(*eight))) {
            at += 8;
        }
        let Some(length) = bytes[at..].iter().position(|byte| NOTED[usize::from(*byte)]) else { break };
        at += length;
        let (escape, read) = match &bytes[at..] {
            [0xe2, 0x80, 0xa8, ..] => ("\\u2028", 3),
            [0xe2, 0x80, 0xa9, ..] => ("\\u2029", 3),
            [0xe2, ..] => {
                at += 1;
                continue;
            }
            [b'"', ..] => ("\\\"", 1),
            [b'\\', ..] => ("\\\\", 1),
            [b'\n', ..] => ("\\n", 1),
            [b'\r', ..] => ("\\r", 1),
            [b'\t', ..] => ("\\t", 1),
            _ => ("", 1),
        };
        out.push_str(&text[from..at]);
        out.push_str(escape);
        if escape.is_empty() {
            out.push_str(&format!("\\u{:04x}", bytes[at]));
        }
        at += read;
        from = at;
    }
    out.push_str(&text[from..]);
    out.push('"');
}

/// Whether any of eight bytes is noted.
fn has_noted(bytes: u64) -> bool {
    let has = |byte: u8| eight::equal(bytes, byte);
    (eight::below(bytes, b' ') | has(b'"') | has(b'\\') | has(0x7f) | has(0xe2)) != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Extractor, Label, Page};

    #[test]
    fn noted_bytes_are_seen_among_eight() {
        for byte in 0..=255_u8 {
            for other in [b'a', 0x80, 0xff, b'!', 0xe3] {
                for at in 0..8 {
                    let mut eight = [other; 8];
                    eight[at] = byte;
                    assert_eq!(has_noted(u64::from_le_bytes(eight)), NOTED[usize::from(byte)], "{eight:?}");
                }
            }
        }
    }

    #[test]
    fn keys_stand_in_the_order_of_the_contract() {
        let article = Extractor::builder()
            .keep(Label::ALL.iter().copied())
            .build()
            .extract(Page::html("<p>a \"b\"</p>"));
        let json = article.to_json();
        let keys = [
            "title",
            "authors",
            "published",
            "modified",
            "site",
            "url",
            "language",
            "text",
            "score",
            "warnings",
            "blocks",
        ];
        let places: Vec<_> = keys.iter().map(|key| json.find(&format!("\"{key}\":"))).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{json}");
        assert!(json.contains("\"start\":3,\"end\":8,\"text\":\"a \\\"b\\\"\""), "{json}");
        assert!(!article.to_json_without_blocks().contains("blocks"));
    }

    #[test]
    fn strings_read_back_as_they_were() {
        let all: String =
            (0..0x3000).filter_map(char::from_u32).chain("\u{1f600}\u{10ffff}".chars()).collect();
        let mut json = String::new();
        push_string(&all, &mut json);
        assert_eq!(serde_json::from_str::<String>(&json).expect("valid JSON"), all);
        assert!(!json.contains('\n') && !json.contains('\u{2028}'));
    }

    /// One character after the other.
    fn written_slowly(text: &str) -> String {
        let escaped = text.chars().map(|c| match c {
            '"' | '\\' => format!("\\{c}"),
            '\n' => "\\n".to_owned(),
            '\r' => "\\r".to_owned(),
            '\t' => "\\t".to_owned(),
            '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' | '\u{7f}' => format!("\\u{:04x}", c as u32),
            c => c.to_string(),
        });
        format!("\"{}\"", escaped.collect::<String>())
    }

    #[test]
    fn strings_are_those_of_a_slow_writer() {
        let mut texts: Vec<String> =
            (0..0x3000).filter_map(char::from_u32).map(|c| format!("a{c}{c}b\n{c}")).collect();
        texts.push("…\u{2028}’\u{2029}\u{2027}\u{e2}".to_owned());
        for text in texts {
            let mut json = String::new();
            push_string(&text, &mut json);
            assert_eq!(json, written_slowly(&text), "{text:?}");
        }
    }

    #[test]
    fn numbers_are_short_and_never_invalid() {
        for (value, expected) in
            [(0.5, "0.5"), (1.0, "1"), (0.0, "0"), (0.12345, "0.1235"), (f32::NAN, "0"), (-0.00001, "0")]
        {
            let mut object = Object { out: "{".into() };
            object.number("n", value);
            assert_eq!(object.out, format!("{{\"n\":{expected}"));
        }
    }
}
