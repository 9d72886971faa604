//! A block's text as phrases are compared: what differs only in dress becomes equal.

use super::signs::Signs;
use crate::letter::{is_alphanumeric, push_lowercase};
use crate::{Span, eight};

/// Longer blocks are prose; none of the phrases comes near.
pub(super) const LONGEST_PHRASE_BYTES: usize = 160;

/// The folded form of a short block: lower case, straight quotes, one space between words, numbers as `{n}`,
/// and neither bullets, arrows, colons nor emoji at its ends. `None` for blocks too long to be a phrase.
pub(crate) fn fold(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len().min(LONGEST_PHRASE_BYTES) + 8);
    let span = fold_onto(text, &mut folded)?;
    folded.truncate(span.end());
    folded.drain(..span.start());
    Some(folded)
}

/// Writes the folded form of a short block behind what `folded` holds; gives its place there.
pub(crate) fn fold_onto(text: &str, folded: &mut String) -> Option<Span> {
    if text.len() > LONGEST_PHRASE_BYTES {
        return None;
    }
    folded.reserve(text.len());
    let start = folded.len();
    let mut rest = text;
    let may_have_gap = may_have_gap(text.as_bytes());
    loop {
        let is_gap = rest.starts_with(' ') && (folded.len() == start || folded.ends_with(' '));
        let plain = if is_gap { 0 } else { plain_length(rest, may_have_gap) };
        folded.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        if c.is_whitespace() {
            if folded.len() > start && !folded.ends_with(' ') {
                folded.push(' ');
            }
        } else if c.is_ascii_digit() || matches!(c, '٠'..='٩' | '۰'..='۹') {
            rest = rest.trim_start_matches(|c: char| c.is_numeric() || matches!(c, '.' | ','));
            folded.push_str("{n}");
        } else if !is_invisible(c) {
            push_folded(c, folded);
        }
    }
    folded[start..].make_ascii_lowercase();
    let whole = &folded[start..];
    let dress = whole.len() - whole.trim_start_matches(is_dress).len();
    let end = whole.trim_end_matches(is_dress).len();
    Some(if dress < end { Span::new(start + dress, start + end) } else { Span::new(start, start) })
}

/// The part of a text with these signs that it folds to, but for capitals: most blocks of pages stay as they are.
pub(super) fn plain(text: &str, signs: Signs) -> Option<&str> {
    // Spaces at the ends are dress, and a gap there is none to part words.
    (!signs.has(Signs::FOLDS.or(Signs::GAP))).then(|| match text.as_bytes() {
        // Most texts begin and end with letters.
        [first, .., last] if first.is_ascii_alphabetic() && last.is_ascii_alphabetic() => text,
        _ => text.trim_matches(is_dress),
    })
}

/// Whether a byte folds to itself but for capitals: ASCII without control signs, digits, the grave accent.
pub(super) const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'/' | b':'..=b'_' | b'a'..=b'~')
}

/// Whether two spaces stand side by side, or seem to.
fn may_have_gap(text: &[u8]) -> bool {
    let has_gap = |eight: &[u8; 8]| {
        let spaces = eight::equal(u64::from_le_bytes(*eight), b' ');
        spaces & spaces << 8 != 0
    };
    let Some(last) = text.last_chunk() else { return text.windows(2).any(|pair| pair == b"  ") };
    // The next eight begin with the last of these.
    has_gap(last) || text.windows(8).step_by(7).any(|eight| eight.first_chunk().is_some_and(has_gap))
}

/// How many bytes at the head of a text are as they will be but for capitals.
fn plain_length(text: &str, may_have_gap: bool) -> usize {
    let end = text.bytes().position(|byte| Signs::of_byte(byte).has(Signs::FOLDS)).unwrap_or(text.len());
    if !may_have_gap {
        return end;
    }
    text.as_bytes()[..end].windows(2).position(|pair| pair == b"  ").map_or(end, |gap| gap + 1)
}

/// Writes what a character that shows something folds to.
fn push_folded(c: char, folded: &mut String) {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' | '´' => folded.push('\''),
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '«' | '»' => folded.push('"'),
        '：' => folded.push(':'),
        '（' => folded.push('('),
        '）' => folded.push(')'),
        '\u{2010}'..='\u{2015}' => folded.push('-'),
        '…' => folded.push_str("..."),
        // Turkish İ folds to i without the dot above that Unicode would leave behind.
        'İ' => folded.push('i'),
        'ς' => folded.push('σ'),
        // Full-width Latin.
        '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{ff10}'..='\u{ff19}' => {
            folded.push(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c));
        }
        _ => push_lowercase(c, folded),
    }
}

/// Characters that show nothing: direction marks, joiners, tatweel, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{640}' | '\u{fe00}'..='\u{fe0f}')
}

/// What may stand around a phrase without being a part of it.
pub(super) fn is_dress(c: char) -> bool {
    !(is_alphanumeric(c) || matches!(c, '{' | '}' | '©' | '@' | '#' | '$' | '€' | '\'' | '?' | ')' | '('))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_gap_is_overlooked() {
        for length in 0..40 {
            for at in 0..length {
                let mut text = "a b".repeat(length);
                text.truncate(length);
                text.insert_str(at, "  ");
                assert!(may_have_gap(text.as_bytes()), "{text:?}");
                let folded = fold(&text).expect("a short text");
                assert!(!folded.contains("  "), "{folded:?}");
            }
        }
        assert!(!may_have_gap(b"a b c d e f g h i j k l") && !may_have_gap(b" "));
    }

    #[test]
    fn dress_does_not_count() {
        for text in
            ["You Missed", "  ► YOU  MISSED:", "• You missed …", "**You Missed**", "\u{200f}You missed»"]
        {
            assert_eq!(fold(text).as_deref(), Some("you missed"), "{text}");
        }
        assert_eq!(fold("1,204 views").as_deref(), Some("{n} views"));
        assert_eq!(fold("Don’t miss").as_deref(), Some("don't miss"));
        assert_eq!(fold("İlginizi çekebilir").as_deref(), Some("ilginizi çekebilir"));
        assert_eq!(fold("اقرأ أيضـــا:").as_deref(), Some("اقرأ أيضا"));
        assert_eq!(fold("•").as_deref(), Some(""));
        assert_eq!(fold("a\u{a0} \u{ad} b,  c\td `e`").as_deref(), Some("a b, c d 'e'"));
        for text in ["a b", " a\u{a0} b", "a\n b", "a \u{ad} b\t"] {
            assert_eq!(fold(text).as_deref(), Some("a b"), "{text:?}");
        }
        assert_eq!(fold(&"long ".repeat(50)), None);
    }
}
