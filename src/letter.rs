//! What `char` says of letters, faster for those that pages are made of.
//!
//! The standard library searches tables for everything beyond ASCII; whole alphabets need no search.

/// [`char::is_alphanumeric`].
pub(crate) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        // Latin, Greek, Cyrillic, Hebrew, Arabic, Chinese, Hangul; dashes, quotes and bullets; accents and points.
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2c1}' => true,
        '\u{3a3}'..='\u{3f5}' | '\u{3f7}'..='\u{481}' => true,
        '\u{5b0}'..='\u{5bd}' | '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{657}' => true,
        '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => true,
        '\u{2010}'..='\u{206f}' | '\u{3008}'..='\u{3020}' => false,
        '\u{300}'..='\u{344}' | '\u{346}'..='\u{362}' | '\u{589}'..='\u{5af}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Writes [`char::to_lowercase`].
pub(crate) fn push_lowercase(c: char, text: &mut String) {
    match c {
        '\0'..='\x7f' => text.push(c.to_ascii_lowercase()),
        '\u{430}'..='\u{45f}'
        | '\u{600}'..='\u{6ff}'
        | '\u{900}'..='\u{dff}'
        | '\u{3000}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => text.push(c),
        '\u{410}'..='\u{42f}' => text.extend(char::from_u32(u32::from(c) + 0x20)),
        _ => text.extend(c.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_the_standard_library_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            let mut lower = String::new();
            push_lowercase(c, &mut lower);
            assert_eq!(lower, c.to_lowercase().collect::<String>(), "{c:?}");
        }
    }
}
