//! What the bytes, and then the text, seem to be.

use super::Format;
use encoding_rs::{Encoding, UTF_8, UTF_16LE};

/// The start of files that are no text, and their names.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ\0", "xz archive"),
    (b"PK\x03\x04", "zip archive"),
    (b"Rar!\x1a\x07", "rar archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z archive"),
    (b"\0asm", "WebAssembly module"),
    (b"\x7fELF", "program"),
    (b"OggS", "Ogg file"),
    (b"ID3", "MP3 file"),
    (b"fLaC", "FLAC file"),
    (b"!<arch>\n", "program archive"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"wOFF", "font"),
    (b"wOF2", "font"),
    (b"\0\0\x01\0", "icon"),
    (b"SQLite format 3\0", "SQLite database"),
];

/// How much of a file is looked at for characters that no text has.
const LOOK: usize = 2048;
/// Where a tar archive, whose first file has no signature in common with others, says what it is.
const TAR_MARK: core::ops::Range<usize> = 257..262;

/// The name of what the bytes are, if they are no text.
pub(super) fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        // "BZh" and "ID3" are also how a text can begin; the real ones soon have other bytes.
        if !bytes[..bytes.len().min(64)].iter().all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()) {
            return Some(name);
        }
        if matches!(*name, "PDF" | "program archive") {
            return Some(name);
        }
    }
    if bytes.get(..4) == Some(b"RIFF") && bytes.len() > 12 {
        return Some("RIFF media file");
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some("MP4 media file");
    }
    if bytes.get(TAR_MARK) == Some(b"ustar") {
        return Some("tar archive");
    }
    has_many_controls(&bytes[..bytes.len().min(LOOK)]).then_some("binary file")
}

/// A text may have so many control characters: one in twenty and three at least. Compressed data has one in nine, damaged
/// text well under one in a hundred.
const ONE_CONTROL_IN: usize = 20;
const FEW_CONTROLS: usize = 3;

/// Whether these bytes have more control characters than a text.
///
/// NUL counts: text in UTF-16 is told by its zeros, and is counted by its characters.
fn has_many_controls(head: &[u8]) -> bool {
    let utf16 = match Encoding::for_bom(head) {
        Some((encoding, _)) => Some(encoding).filter(|encoding| *encoding != UTF_8),
        None => super::decode::utf16_without_mark(head),
    };
    let (controls, all) = match utf16 {
        Some(encoding) => {
            let order = if encoding == UTF_16LE { u16::from_le_bytes } else { u16::from_be_bytes };
            let (units, _) = head.as_chunks::<2>();
            (units.iter().filter(|unit| is_control_of_utf16(order(**unit))).count(), units.len())
        }
        None => (head.iter().filter(|byte| is_control(**byte)).count(), head.len()),
    };
    controls >= FEW_CONTROLS && controls * ONE_CONTROL_IN > all
}

/// Control characters of ASCII other than white space and escape (which ISO-2022 uses).
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)
}

/// Control characters, and what sounds and numbers of two bytes have where they are below zero: private characters, forms
/// that only fonts use, and what is no character.
fn is_control_of_utf16(unit: u16) -> bool {
    u8::try_from(unit).is_ok_and(is_control) || matches!(unit, 0xe000..=0xf8ff | 0xfb00..=0xfefe | 0xfff0..)
}

/// The format a `Content-Type` names outright.
pub(super) fn format_of_content_type(value: Option<&str>) -> Option<Format> {
    let mime = value?.split(';').next()?.trim().to_ascii_lowercase();
    match mime.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "text/markdown" | "text/x-markdown" => Some(Format::Markdown),
        // `text/plain` is also what servers say of anything: looks decide.
        _ => None,
    }
}

/// How far the looks of a text are looked at.
const LOOK_FOR_TAGS: usize = 64 << 10;

/// The format that a text seems to have.
pub(super) fn format(text: &str) -> Format {
    let end = (0..=text.len().min(LOOK_FOR_TAGS)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let head = &text[..end];
    if looks_like_html(head) {
        Format::Html
    } else if looks_like_markdown(head) {
        Format::Markdown
    } else {
        Format::Text
    }
}

/// Tags that pages have and that prose about HTML has only in quotation.
const TELLING_TAGS: &[&str] = &[
    "!doctype",
    "html",
    "head",
    "body",
    "div",
    "p",
    "table",
    "span",
    "article",
    "section",
    "meta",
    "title",
    "h1",
    "h2",
    "ul",
    "ol",
    "li",
    "a",
    "script",
    "br",
    "img",
    "main",
    "nav",
    "td",
    "tr",
    "blockquote",
    "pre",
    "form",
];

fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if let Some(rest) = start.strip_prefix('<') {
        // "<https://…>" is Markdown's way to write a link.
        let name = tag_name(rest);
        if start.starts_with("<!--") || start.starts_with("<?xml") || TELLING_TAGS.contains(&name.as_str()) {
            return true;
        }
    }
    // A page cut out of the middle: several telling tags, and more of them than one in fifty words.
    let tags = text
        .match_indices('<')
        .filter(|(at, _)| {
            let rest = &text[at + 1..];
            let name = tag_name(rest.strip_prefix('/').unwrap_or(rest));
            TELLING_TAGS.contains(&name.as_str())
        })
        .take(1000)
        .count();
    tags >= 4 && tags * 300 > text.len().min(LOOK_FOR_TAGS)
}

fn tag_name(rest: &str) -> String {
    let name =
        rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'!').take(12).collect::<Vec<_>>();
    let after = rest.as_bytes().get(name.len());
    match after {
        Some(b'>' | b' ' | b'/' | b'\t' | b'\n' | b'\r') => {
            String::from_utf8_lossy(&name).to_ascii_lowercase()
        }
        _ => String::new(),
    }
}

fn looks_like_markdown(text: &str) -> bool {
    let mut signs = 0;
    for line in text.lines().take(2000) {
        let line = line.trim_start();
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') && line.len() > hashes + 1 {
            signs += 2;
        }
        if line.contains("](") || line.starts_with("```") || line.starts_with("<http") {
            signs += 2;
        }
        if line.matches("**").count() >= 2 || line.starts_with("> ") || line.starts_with("* ") {
            signs += 1;
        }
        if signs >= 2 {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_looks() {
        for (text, expected) in [
            ("<!DOCTYPE html><p>x", Format::Html),
            ("  \n<div class=a>x</div>", Format::Html),
            ("text first <p>one</p><p>two</p><div>three</div>", Format::Html),
            ("# A title\n\nText.", Format::Markdown),
            ("Read [this](http://example.org).", Format::Markdown),
            ("<https://example.org/a>", Format::Markdown),
            ("A title\n\nOnly text, and a < b, b > c.", Format::Text),
            ("#hashtag is no heading", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(format(text), expected, "{text:?}");
        }
    }

    #[test]
    fn files_that_are_no_text_are_named() {
        assert_eq!(binary_kind(b"\x1f\x8b\x08\0\0\0"), Some("gzip archive"));
        assert_eq!(binary_kind(b"%PDF-1.4\nabc"), Some("PDF"));
        assert_eq!(binary_kind(b"!<arch>\n/  15  0"), Some("program archive"));
        assert_eq!(binary_kind(&[&[b'a'; 257][..], b"ustar  \0root"].concat()), Some("tar archive"));
        assert_eq!(binary_kind(b"ID3 is a decision tree algorithm."), None);
        assert_eq!(binary_kind("Žluťoučký kůň\0".as_bytes()), None);
        assert_eq!(binary_kind(b""), None);
    }

    #[test]
    fn bytes_that_are_no_text_are_known_by_their_control_characters() {
        // A chain of numbers as random as compressed data.
        let mut state = 1_u32;
        let mut random = || {
            state = state.wrapping_mul(0x915f_77f5).wrapping_add(1);
            (state >> 24) as u8
        };
        let noise: Vec<u8> = (0..4000).map(|_| random()).collect();
        let samples: Vec<u8> =
            (0..2000).flat_map(|_| (i16::from(random()) * 7 - 900).to_le_bytes()).collect();
        let numbers: Vec<u8> = (0..1000).flat_map(|_| f32::from(random()).sqrt().to_le_bytes()).collect();
        let wide: Vec<u8> =
            "The harbour was closed.".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        for bytes in [&noise, &samples, &numbers, &wide, &vec![0; 100]] {
            assert_eq!(binary_kind(bytes), Some("binary file"), "{:?}", &bytes[..40]);
        }
    }

    #[test]
    fn text_in_utf16_and_text_with_a_few_control_characters_is_text() {
        for text in ["The harbour was closed\u{2000}on Monday. Ā", "Гавань была закрыта в понедельник.\r\n"]
        {
            let text = text.repeat(30);
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let marked = [b"\xff\xfe", &little[..]].concat();
            for bytes in [little, big, marked] {
                assert_eq!(binary_kind(&bytes), None, "{text}");
            }
        }
        let chinese: Vec<u8> = "\u{feff}周一，一艘船在河口搁浅后，港口被关闭。"
            .repeat(9)
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(binary_kind(&chinese), None);
        let legacy =
            [&b"Caf\xe9 \x01 na\xefve \x1a, page\x0c after page "[..], &b"and more text ".repeat(9)].concat();
        assert_eq!(binary_kind(&legacy), None);
    }
}
