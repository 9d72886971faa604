//! A line's object in one pass: the page's string goes straight into the memory that the page will own.
//!
//! serde_json copies such a string twice and starts anew behind each escape, of which a page has one in a dozen bytes.
//! What is written plainly is read here, and is checked to be UTF-8 once. Anything else (a key that holds an escape or
//! stands twice, whatever is wrong) is left to serde_json, which also has the words for what is wrong.

use serde::Deserialize;
use serde_json::value::RawValue;

/// A line's object; keys that are not here are passed over.
#[derive(Default, Debug, Deserialize)]
pub(crate) struct Object<'l> {
    #[serde(borrow, default)]
    pub(crate) id: Option<&'l RawValue>,
    pub(crate) html: Option<String>,
    pub(crate) markdown: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) url: Option<String>,
    #[serde(borrow, default)]
    pub(crate) published: Option<&'l RawValue>,
}

/// Reads a line's object if it is written plainly and all of it is UTF-8.
pub(crate) fn plainly(line: &[u8]) -> Option<Object<'_>> {
    const KEYS: [&str; 6] = ["id", "html", "markdown", "text", "url", "published"];
    let mut object = Object::default();
    let mut seen = [false; KEYS.len()];
    let mut reader = Reader { line, at: 0 };
    reader.take(b'{')?;
    loop {
        let key = reader.key()?;
        reader.take(b':')?;
        if let Some(known) = KEYS.iter().position(|known| *known == key)
            && std::mem::replace(&mut seen[known], true)
        {
            return None;
        }
        let is_set = |value: &&RawValue| value.get() != "null";
        match key {
            "id" => object.id = Some(reader.value()?).filter(is_set),
            "html" => object.html = Some(reader.string()?),
            "markdown" => object.markdown = Some(reader.string()?),
            "text" => object.text = Some(reader.string()?),
            "url" => object.url = Some(reader.string()?),
            "published" => object.published = Some(reader.value()?).filter(is_set),
            _ => drop(reader.value()?),
        }
        if reader.take(b'}').is_some() {
            break;
        }
        reader.take(b',')?;
    }
    reader.pass_space();
    (reader.at == line.len()).then_some(object)
}

/// A line and how far it was read. Whatever is taken from it is checked to be UTF-8 then, and only then.
struct Reader<'l> {
    line: &'l [u8],
    at: usize,
}

impl<'l> Reader<'l> {
    fn pass_space(&mut self) {
        let rest = &self.line[self.at..];
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    /// Passes white space and a sign behind it.
    fn take(&mut self, sign: u8) -> Option<()> {
        self.pass_space();
        (self.line.get(self.at) == Some(&sign)).then(|| self.at += 1)
    }

    /// A string without escapes.
    fn key(&mut self) -> Option<&'l str> {
        self.take(b'"')?;
        let rest = &self.line[self.at..];
        let key = plain_text(&rest[..memchr::memchr2(b'"', b'\\', rest)?])?;
        self.at += key.len();
        self.take(b'"').map(|()| key)
    }

    /// Any value, as it is written.
    fn value(&mut self) -> Option<&'l RawValue> {
        let mut values = serde_json::Deserializer::from_slice(&self.line[self.at..]).into_iter();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }

    /// A string's text.
    fn string(&mut self) -> Option<String> {
        self.take(b'"')?;
        let mut rest = &self.line[self.at..];
        let first = memchr::memchr2(b'"', b'\\', rest)?;
        if rest[first] == b'"' {
            self.at += first + 1;
            return plain_text(&rest[..first]).map(str::to_owned);
        }
        // A text is no longer than what is written for it.
        let mut text = Vec::with_capacity(rest.len());
        let mut block = [0; BLOCK + STEP + LONGEST];
        let mut length = 0;
        loop {
            if length >= BLOCK {
                text.extend_from_slice(&block[..length]);
                length = 0;
            }
            let end;
            let next: &[u8; STEP] = match rest.first_chunk() {
                Some(next) => next,
                // Behind the line's end quotes are seen, which end what is no string.
                None => {
                    end = std::array::from_fn(|at| rest.get(at).copied().unwrap_or(b'"'));
                    &end
                }
            };
            // Sixteen bytes are copied quicker than some of them.
            block[length..length + STEP].copy_from_slice(next);
            let plain = plain_length(next);
            length += plain;
            rest = rest.get(plain..)?;
            if plain == STEP {
                continue;
            }
            match next[plain] {
                b'"' => break,
                b'\\' if rest.len() > 1 => {}
                _ => return None,
            }
            // One escape in four stands right behind another.
            while let [b'\\', sign, behind @ ..] = rest
                && length < BLOCK + STEP
            {
                match SHORT_ESCAPES[usize::from(*sign)] {
                    0 => {
                        let (escaped, written) = long_escape(rest)?;
                        length += escaped.encode_utf8(&mut block[length..]).len();
                        rest = rest.get(written..)?;
                    }
                    escaped => {
                        block[length] = escaped;
                        length += 1;
                        rest = behind;
                    }
                }
            }
        }
        self.at = self.line.len() - rest.get(1..)?.len();
        text.extend_from_slice(&block[..length]);
        text.shrink_to_fit();
        String::from_utf8(text).ok()
    }
}

/// How many bytes of a string are looked at in one step.
const STEP: usize = 16;

/// The bytes of the longest character.
const LONGEST: usize = 4;

/// How many bytes of a text are put together before they go to the others: so few that they stay in the first cache.
const BLOCK: usize = 1024;

/// How many bytes stand before one that ends a string, begins an escape or must not be in a string.
fn plain_length(bytes: &[u8; STEP]) -> usize {
    let [first, second] = [0, STEP / 2].map(|from| not_plain(std::array::from_fn(|at| bytes[from + at])));
    if first != 0 {
        return first.trailing_zeros() as usize / 8;
    }
    if second == 0 {
        return STEP;
    }
    STEP / 2 + second.trailing_zeros() as usize / 8
}

/// The highest bit of the first of eight bytes that is not plain, and of some behind it; 0 if all are plain.
#[inline(always)]
fn not_plain(eight: [u8; 8]) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let bytes = u64::from_le_bytes(eight);
    // Turning one bit puts the quote below the space and leaves control characters there.
    let quote_or_control = (bytes ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
    let backslash = (bytes ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
    (quote_or_control | backslash) & !bytes & (ONES << 7)
}

/// A text that is written without escapes; `None` if it holds what must be escaped or is no UTF-8.
fn plain_text(written: &[u8]) -> Option<&str> {
    let has_control = written.iter().any(|byte| *byte < b' ');
    std::str::from_utf8(written).ok().filter(|_| !has_control)
}

/// What stands for what behind a backslash; 0 if nothing does by itself.
const SHORT_ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table[b'/' as usize] = b'/';
    table[b'b' as usize] = 8;
    table[b'f' as usize] = 12;
    table[b'n' as usize] = b'\n';
    table[b'r' as usize] = b'\r';
    table[b't' as usize] = b'\t';
    table
};

/// The character that an escape with a code unit stands for, or two of them, and their length.
fn long_escape(written: &[u8]) -> Option<(char, usize)> {
    let first = code_unit(written)?;
    if let Some(c) = char::from_u32(first) {
        return Some((c, 6));
    }
    // The first half of a character beyond U+FFFF; the second must follow.
    let units = [first, code_unit(&written[6..])?].map(|unit| unit as u16);
    Some((char::decode_utf16(units).next()?.ok()?, 12))
}

/// What an escape of six signs says: `\u201c`.
fn code_unit(written: &[u8]) -> Option<u32> {
    let digits = written.get(..6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | char::from(*digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of a line, here and by serde_json.
    fn both(line: &str) -> (Option<String>, Option<String>) {
        let shown = |object: Object<'_>| format!("{object:?}");
        (plainly(line.as_bytes()).map(shown), serde_json::from_str(line).ok().map(shown))
    }

    #[test]
    fn bytes_are_plain_up_to_a_sign_that_is_not() {
        for byte in 0..=255 {
            for place in 0..STEP {
                let mut bytes = *b"a~ !#[]\xff\xe9\x80\x7f'(;<>";
                bytes[place] = byte;
                let plain = bytes.iter().take_while(|byte| **byte >= b' ' && !b"\"\\".contains(byte)).count();
                assert_eq!(plain_length(&bytes), plain, "{bytes:?}");
            }
        }
    }

    #[test]
    fn what_is_read_plainly_is_what_serde_reads() {
        let strings = [
            "",
            "plain",
            r"1234567\ud83d\ude00",
            r"12345678\ud83d\ude00\ud83d\ude00\ud83d\ude00",
            "0123456789012345678901234567890123456789012345678901234567890123456789é",
            "é漢😀",
            r#"\"a\" \\ \/ \b\f\n\r\t"#,
            r"\\",
            r"\\\\\n",
            r"\u00e9\u6f22\ud83d\ude00x",
            r"\u0000",
            r"\uD83D\uDE00",
            "}{,:",
        ];
        let values = ["7", "null", "-1.5e3", "true", "[1, {\"a\": \"}\\\"\"}]", "{}", "\"x\\ud800\""];
        for string in strings {
            for value in values {
                for line in [
                    format!("{{\"id\":{value},\"html\":\"{string}\"}}"),
                    format!(" {{ \"text\" : \"{string}\" ,\t\"other\" : {value}, \"url\":\"{string}\"}} \r"),
                    format!("{{\"published\": {value} ,\"markdown\":\"{string}\",\"html\":\"\"}}"),
                ] {
                    let (plain, serde) = both(&line);
                    assert!(plain.is_some(), "{line}");
                    assert_eq!(plain, serde, "{line}");
                }
            }
        }
    }

    #[test]
    fn a_byte_that_makes_no_character_is_seen_wherever_it_stands() {
        let good = "{\"id\":\"é\",\"html\":\"é\\n漢\",\"url\":\"é\",\"é\":[\"é\"]}".as_bytes();
        assert!(plainly(good).is_some());
        for at in 0..good.len() {
            for byte in [0x80, 0xc3, 0xff] {
                let mut line = good.to_vec();
                line[at] = byte;
                assert!(plainly(&line).is_none() || std::str::from_utf8(&line).is_ok(), "{line:?}");
            }
        }
    }

    #[test]
    fn escapes_stand_wherever_a_step_or_a_block_ends() {
        for escapes in [r#"\""#, r"\n\n\n", r"\u00e9", r"\ud83d\ude00\t", "é漢😀"] {
            for length in (0..3 * STEP).chain(BLOCK - 2 * STEP..BLOCK + 2 * STEP) {
                let line = format!("{{\"html\":\"{}{}\"}}", "x".repeat(length), escapes.repeat(length + 1));
                let (plain, serde) = both(&line);
                assert!(plain.is_some() && plain == serde, "{length} {escapes}");
            }
        }
    }

    #[test]
    fn what_is_odd_or_wrong_is_left_to_serde() {
        for line in [
            "",
            "{",
            "{}",
            "[]",
            "7",
            "{\"html\"}",
            "{\"html\":}",
            "{\"html\":7}",
            "{\"html\":null}",
            "{\"html\":\"a\"",
            "{\"html\":\"a\",}",
            "{\"html\":\"a\"}}",
            "{\"html\":\"a\"} 7",
            "{\"html\":\"a\nb\"}",
            "{\"html\":\"a\u{1f}\"}",
            "{\"ht\\u006dl\":\"a\"}",
            "{\"html\":\"a\",\"html\":\"b\"}",
            "{\"id\":null,\"id\":7,\"html\":\"a\"}",
            "{\"html\":\"\\ud800\"}",
            "{\"html\":\"\\udc00\\ud800\"}",
            "{\"html\":\"\\ud800\\u0041\"}",
            "{\"html\":\"\\ud800x\"}",
            "{\"html\":\"\\u+123\"}",
            "{\"html\":\"\\u12\"}",
            "{\"html\":\"\\é\"}",
            "{\"html\":\"\\",
            "{\"html\":\"\\u",
            "{\"html\":\"\\x41\"}",
            "{\"html\":\"a\"\u{a0}}",
            "{\"id\":01,\"html\":\"a\"}",
            "{\"id\":tru,\"html\":\"a\"}",
            "{\"a\nb\":1,\"html\":\"a\"}",
            "{\"id\":7 8,\"html\":\"a\"}",
        ] {
            assert!(plainly(line.as_bytes()).is_none(), "{line:?}");
        }
        // Whatever is made of a good line by cutting or doubling a byte: never something else than serde's.
        let good = r#"{"id":[1],"html":"a\"\u00e9\ud83d\ude00","url":"b","other":{"c":null}}"#;
        for at in 0..good.len() {
            for line in [
                good[..at].to_owned(),
                format!("{}{}", &good[..at], &good[at + 1..]),
                format!("{}{}", &good[..=at], &good[at..]),
            ] {
                let (plain, serde) = both(&line);
                assert!(plain.is_none() || plain == serde, "{line}");
            }
        }
    }
}
