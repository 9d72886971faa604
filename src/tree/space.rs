//! White space in texts, byte by byte: the standard library decodes every character to ask about it, and a good part
//! of any page is line breaks and indentation between elements.

use crate::eight::{HIGHS, ONES};
use core::ops::Range;

/// White space of ASCII, as [`char::is_whitespace`] has it.
fn is_space(byte: &u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// Where the white space at the head of a text ends.
pub(crate) fn head(text: &str) -> usize {
    let plain = text.bytes().take_while(is_space).count();
    match text.as_bytes().get(plain) {
        Some(0x80..) => text.len() - text[plain..].trim_start().len(),
        _ => plain,
    }
}

/// The part of a text that has white space only before and behind it.
#[inline]
pub(crate) fn trimmed(text: &str) -> Range<usize> {
    match text.as_bytes() {
        // Most texts.
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => 0..text.len(),
        [only] if only.is_ascii_graphic() => 0..1,
        _ => trimmed_anyhow(text),
    }
}

fn trimmed_anyhow(text: &str) -> Range<usize> {
    let start = head(text);
    let end = text.len() - text.as_bytes()[start..].iter().rev().take_while(|byte| is_space(byte)).count();
    match text.as_bytes()[start..end].last() {
        Some(0x80..) => start..start + text[start..end].trim_end().len(),
        _ => start..end,
    }
}

/// Bytes that begin no white space: visible ASCII, what continues a character, and what begins one unless it
/// begins U+0085, U+00A0, U+1680, U+2000 to U+205F or U+3000 too.
static VISIBLE: [bool; 256] = {
    let mut table = [true; 256];
    let mut at = 0;
    while at <= b' ' as usize {
        table[at] = false;
        at += 1;
    }
    table[0xc2] = false;
    table[0xe1] = false;
    table[0xe2] = false;
    table[0xe3] = false;
    table
};

/// Whether a byte begins no white space. Some bytes that begin other characters begin white space as well.
#[inline]
pub(crate) fn is_visible(byte: u8) -> bool {
    VISIBLE[usize::from(byte)]
}

/// Adds a text, any white space inside it as one space and none around it.
pub(crate) fn push_collapsed(text: &str, out: &mut String) {
    push_trimmed(&text[trimmed(text)], out);
}

/// The same of a text that has no white space around it.
#[inline]
pub(crate) fn push_trimmed(text: &str, out: &mut String) {
    match text.as_bytes() {
        // Many of a flood.
        [only] if only.is_ascii() => out.push(char::from(*only)),
        _ => push_longer(text, out),
    }
}

fn push_longer(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let is_visible = |at: usize| bytes.get(at).is_some_and(|byte| is_visible(*byte));
    let (mut from, mut at) = (0, 0);
    loop {
        while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk)
            && let plain @ 1.. = plain_length(u64::from_le_bytes(*eight))
        {
            at += plain;
        }
        let eighth = at + 8;
        while at < eighth && (is_visible(at) || bytes.get(at) == Some(&b' ') && is_visible(at + 1)) {
            at += 1;
        }
        if at == eighth {
            continue;
        }
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() {
            out.push_str(&text[from..at]);
            out.push(' ');
            at += head(rest);
            from = at;
        } else {
            at += c.len_utf8();
        }
    }
    out.push_str(&text[from..]);
}

/// Adds a text as it is, with any ending of its lines as one line feed: the carriage return of `&#13;` is no character
/// that a reader of the text wants.
pub(crate) fn push_lines(text: &str, out: &mut String) {
    let mut lines = text.split('\r');
    out.push_str(lines.next().unwrap_or_default());
    for line in lines {
        if !line.starts_with('\n') {
            out.push('\n');
        }
        out.push_str(line);
    }
}

/// How many of eight bytes are visible ASCII and lone spaces: all of them, all but a space at the end, or, if others are
/// among them, none.
fn plain_length(eight: u64) -> usize {
    // In the highest bit of each byte: whether it is below a space, and whether it is one.
    let below = !(eight | HIGHS).wrapping_sub(ONES * 0x20);
    let spaces = !((eight ^ (ONES * 0x20)) & !HIGHS).wrapping_add(ONES * 0x7f);
    let is_odd = (eight | below | spaces & spaces << 8) & HIGHS != 0;
    if is_odd { 0 } else { 8 - usize::from(spaces & 1 << 63 != 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the standard library makes of a text, its words with a space between them.
    fn collapsed(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn assert_same(text: &str) {
        let mut out = String::new();
        push_collapsed(text, &mut out);
        assert_eq!(out, collapsed(text), "{text:?}");
        assert_eq!(head(text), text.len() - text.trim_start().len(), "{text:?}");
        assert_eq!(text[trimmed(text)], *text.trim(), "{text:?}");
        assert_eq!(trimmed(text).start, head(text), "{text:?}");
    }

    #[test]
    fn every_character_is_what_the_standard_library_says() {
        for c in '\0'..=char::MAX {
            for text in [format!("{c}"), format!("a{c}b"), format!("{c}é{c}{c} ü {c}")] {
                assert_same(&text);
            }
        }
    }

    #[test]
    fn lines_are_those_between_any_line_breaks() {
        for text in ["", "a", "\r", "a\rb", "\ra\r\nb\n\rc\n", "a\r\r\nb\r", "ü\r\r"] {
            let mut out = String::new();
            push_lines(text, &mut out);
            assert_eq!(out, text.replace("\r\n", "\n").replace('\r', "\n"), "{text:?}");
        }
    }

    #[test]
    fn every_byte_is_seen_at_every_place_of_a_long_text() {
        for byte in 0..128 {
            for (one, other) in (0..24).flat_map(|one| [(one, one), (one, one + 1), (one, one + 9)]) {
                let mut bytes = b"the ship ran aground, the pilot said".to_vec();
                (bytes[one], bytes[other]) = (byte, byte);
                assert_same(&String::from_utf8_lossy(&bytes));
            }
        }
    }

    #[test]
    fn texts_collapse_as_their_words_do() {
        let signs =
            ['a', ' ', '\n', '\t', 'é', '\u{a0}', '\u{3000}', '…', '\u{2028}', '\u{1c}', '漢', '\u{1680}'];
        let mut texts = vec![String::new()];
        for length in 0..5 {
            let longer: Vec<String> = texts
                .iter()
                .filter(|text| text.chars().count() == length)
                .flat_map(|text| signs.map(|sign| format!("{text}{sign}")))
                .collect();
            longer.iter().for_each(|text| assert_same(text));
            texts = longer;
        }
    }
}
