//! Which kinds of signs a text has, found out in the one pass that measures it: a rule that looks for a date asks only where
//! there is a digit.

use super::fold::is_plain;
use super::phrases::may_end_label;

/// Kinds of signs, a bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Signs(u16);

impl Signs {
    /// A digit of ASCII.
    pub(crate) const DIGIT: Self = Self(1);
    /// Whatever is not ASCII: letters, but dashes, bullets and digits as well.
    pub(crate) const BEYOND_ASCII: Self = Self(1 << 1);
    /// A byte that may begin a sign that parts a label from what it labels.
    pub(crate) const LABEL_END: Self = Self(1 << 2);
    /// A stroke, as between names of a photographer and an agency, or between the steps of a trail.
    pub(crate) const STROKE: Self = Self(1 << 3);
    /// A bar or the end of a line: what parts a name from a date.
    pub(crate) const BAR: Self = Self(1 << 4);
    /// Whatever is in ASCII neither letter, digit nor space.
    pub(crate) const MARK: Self = Self(1 << 5);
    /// What folds to something else than itself or its small letter.
    pub(crate) const FOLDS: Self = Self(1 << 6);
    /// A sign of ASCII behind which a word goes on: "it's", "well-known".
    pub(crate) const JOIN: Self = Self(1 << 7);
    /// Two spaces side by side: no byte's sign, but a text's.
    pub(crate) const GAP: Self = Self(1 << 8);

    /// The signs of a text.
    pub(crate) fn of(text: &str) -> Self {
        let signs = text.bytes().fold(Self::default(), |signs, byte| signs.or(Self::of_byte(byte)));
        let has_gap = text.as_bytes().windows(2).any(|pair| pair == b"  ");
        if has_gap { signs.or(Self::GAP) } else { signs }
    }

    /// The signs that a byte is, or may be a part of.
    pub(crate) const fn of_byte(byte: u8) -> Self {
        Self(SIGNS[byte as usize])
    }

    /// These and others.
    pub(crate) const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether any of these is among them.
    pub(crate) fn has(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

/// The signs that each byte is, or may be a part of.
const SIGNS: [u16; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        let kinds = [
            (byte.is_ascii_digit(), Signs::DIGIT),
            (!byte.is_ascii(), Signs::BEYOND_ASCII),
            (may_end_label(byte), Signs::LABEL_END),
            (byte == b'/', Signs::STROKE),
            (matches!(byte, b'|' | b'\n'), Signs::BAR),
            (byte.is_ascii() && !byte.is_ascii_alphanumeric() && byte != b' ', Signs::MARK),
            (!is_plain(byte), Signs::FOLDS),
            (matches!(byte, b'\'' | b'-'), Signs::JOIN),
        ];
        let mut kind = 0;
        while kind < kinds.len() {
            table[at] |= if kinds[kind].0 { kinds[kind].1.0 } else { 0 };
            kind += 1;
        }
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_is_seen_wherever_it_stands_and_none_that_is_not_there() {
        for text in ["", "Plain words and no more"] {
            assert_eq!(Signs::of(text), Signs::default(), "{text}");
        }
        for (sign, signs) in [
            ("7", Signs::DIGIT.or(Signs::FOLDS)),
            ("é", Signs::BEYOND_ASCII.or(Signs::FOLDS)),
            (".", Signs::MARK),
            ("`", Signs::MARK.or(Signs::FOLDS)),
            (":", Signs::LABEL_END.or(Signs::MARK)),
            ("–", Signs::LABEL_END.or(Signs::BEYOND_ASCII).or(Signs::FOLDS)),
            ("/", Signs::STROKE.or(Signs::MARK)),
            ("|", Signs::BAR.or(Signs::LABEL_END).or(Signs::MARK)),
            ("\n", Signs::BAR.or(Signs::MARK).or(Signs::FOLDS)),
        ] {
            for text in [sign.to_owned(), format!("{sign} news"), format!("The news{sign}")] {
                assert_eq!(Signs::of(&text), signs, "{text}");
            }
        }
    }
}
