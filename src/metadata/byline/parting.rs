//! Signs that part a text, found by the bytes that they begin with.

/// A few signs.
pub(crate) struct Parting<const COUNT: usize> {
    signs: [char; COUNT],
    /// Whether one of them begins with this byte.
    begins: [bool; 256],
}

impl<const COUNT: usize> Parting<COUNT> {
    pub(crate) const fn new(signs: [char; COUNT]) -> Self {
        let mut begins = [false; 256];
        let mut at = 0;
        while at < COUNT {
            let mut bytes = [0; 4];
            signs[at].encode_utf8(&mut bytes);
            begins[bytes[0] as usize] = true;
            at += 1;
        }
        Self { signs, begins }
    }

    /// Where the first sign of a text stands, and how many bytes it has.
    fn first_in(&self, text: &str) -> Option<(usize, usize)> {
        let mut at = 0;
        loop {
            at += text.as_bytes()[at..].iter().position(|byte| self.begins[usize::from(*byte)])?;
            let sign = text[at..].chars().next()?;
            if self.signs.contains(&sign) {
                return Some((at, sign.len_utf8()));
            }
            at += sign.len_utf8();
        }
    }

    /// Whether one of the signs stands in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.first_in(text).is_some()
    }

    /// What stands between the signs, each piece but the last with the sign behind it.
    pub(crate) fn split_inclusive<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let mut rest = text;
        core::iter::from_fn(move || {
            let end = self.first_in(rest).map_or(rest.len(), |(at, length)| at + length);
            let (piece, behind) = rest.split_at(end);
            rest = behind;
            Some(piece).filter(|piece| !piece.is_empty())
        })
    }

    /// What stands between the signs.
    pub(crate) fn split<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let mut rest = Some(text);
        core::iter::from_fn(move || {
            let text = rest?;
            let Some((at, length)) = self.first_in(text) else {
                return rest.take();
            };
            rest = Some(&text[at + length..]);
            Some(&text[..at])
        })
    }
}

/// All white space.
pub(super) const WHITE: [char; 25] = [
    '\t', '\n', '\u{b}', '\u{c}', '\r', ' ', '\u{85}', '\u{a0}', '\u{1680}', '\u{2000}', '\u{2001}',
    '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}', '\u{2006}', '\u{2007}', '\u{2008}', '\u{2009}',
    '\u{200a}', '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{3000}',
];

/// Parts words.
pub(super) static SPACES: Parting<25> = Parting::new(WHITE);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn white_space_is_all_that_the_standard_library_knows() {
        assert!(('\0'..=char::MAX).filter(|c| c.is_whitespace()).eq(WHITE));
    }

    proptest! {
        #[test]
        fn texts_are_parted_as_the_standard_library_does(text in "[a|·•⋅\n《é─\u{b8}。]{0,12}") {
            const SIGNS: [char; 5] = ['|', '•', '·', '⋅', '\n'];
            let parting = Parting::new(SIGNS);
            prop_assert!(parting.split(&text).eq(text.split(SIGNS)));
            prop_assert!(parting.split_inclusive(&text).eq(text.split_inclusive(SIGNS)));
            prop_assert_eq!(parting.is_in(&text), text.contains(SIGNS));
        }
    }
}
