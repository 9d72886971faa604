//! A block's text as phrases are compared: what differs only in dress becomes equal.

/// Longer blocks are prose; none of the phrases comes near.
const LONGEST_PHRASE_BYTES: usize = 160;

/// The folded form of a short block: lower case, straight quotes, one space between words, numbers as `{n}`,
/// and neither bullets, arrows, colons nor emoji at its ends. `None` for blocks too long to be a phrase.
pub(crate) fn fold(text: &str) -> Option<String> {
    if text.len() > LONGEST_PHRASE_BYTES {
        return None;
    }
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_whitespace() {
            gap = !folded.is_empty();
            continue;
        }
        if is_invisible(c) {
            continue;
        }
        if gap {
            folded.push(' ');
            gap = false;
        }
        if c.is_ascii_digit() || matches!(c, '٠'..='٩' | '۰'..='۹') {
            while chars.next_if(|c| c.is_numeric() || matches!(c, '.' | ',')).is_some() {}
            folded.push_str("{n}");
            continue;
        }
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
                let ascii = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c);
                folded.extend(ascii.to_lowercase());
            }
            _ => folded.extend(c.to_lowercase()),
        }
    }
    let start = folded.len() - folded.trim_start_matches(is_dress).len();
    let end = folded.trim_end_matches(is_dress).len();
    if start >= end {
        return Some(String::new());
    }
    folded.truncate(end);
    folded.drain(..start);
    Some(folded)
}

/// Characters that show nothing: direction marks, joiners, tatweel, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{640}' | '\u{fe00}'..='\u{fe0f}')
}

/// What may stand around a phrase without being a part of it.
fn is_dress(c: char) -> bool {
    !(c.is_alphanumeric() || matches!(c, '{' | '}' | '©' | '@' | '#' | '$' | '€' | '\'' | '?' | ')' | '('))
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(fold(&"long ".repeat(50)), None);
    }
}
