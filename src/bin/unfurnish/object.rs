//! A line's object in one pass: the page's string goes straight into the memory that the page will own.
//!
//! serde_json copies such a string twice and starts anew behind each escape, of which a page has one in a dozen bytes.
//! What is written plainly is read here. Anything else (a key that holds an escape or stands twice, whatever is wrong)
//! is left to serde_json, which also has the words for what is wrong.

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

/// Reads a line's object.
pub(crate) fn read(line: &str) -> serde_json::Result<Object<'_>> {
    plainly(line).map_or_else(|| serde_json::from_str(line), Ok)
}

/// Reads an object that is written plainly.
fn plainly(line: &str) -> Option<Object<'_>> {
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

/// A line and how far it was read.
struct Reader<'l> {
    line: &'l str,
    at: usize,
}

impl<'l> Reader<'l> {
    fn pass_space(&mut self) {
        let rest = &self.line.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    /// Passes white space and a sign behind it.
    fn take(&mut self, sign: u8) -> Option<()> {
        self.pass_space();
        (self.line.as_bytes().get(self.at) == Some(&sign)).then(|| self.at += 1)
    }

    /// A string without escapes.
    fn key(&mut self) -> Option<&'l str> {
        self.take(b'"')?;
        let rest = &self.line[self.at..];
        let key = &rest[..memchr::memchr2(b'"', b'\\', rest.as_bytes())?];
        self.at += key.len();
        self.take(b'"').filter(|()| !has_control(key)).map(|()| key)
    }

    /// Any value, as it is written.
    fn value(&mut self) -> Option<&'l RawValue> {
        let mut values = serde_json::Deserializer::from_str(&self.line[self.at..]).into_iter();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }

    /// A string's text.
    fn string(&mut self) -> Option<String> {
        self.take(b'"')?;
        let rest = &self.line.as_bytes()[self.at..];
        let first = memchr::memchr2(b'"', b'\\', rest)?;
        if rest[first] == b'"' {
            let text = &self.line[self.at..self.at + first];
            self.at += first + 1;
            return (!has_control(text)).then(|| text.to_owned());
        }
        // A text is no longer than what is written for it. Eight bytes are copied quicker than some of them.
        let mut text = vec![0; rest.len() + 8];
        let (mut read, mut length) = (0, 0);
        loop {
            let eight = match rest[read..].first_chunk() {
                Some(eight) => *eight,
                // Behind the line's end quotes are seen, which end what is no string.
                None => std::array::from_fn(|at| rest.get(read + at).copied().unwrap_or(b'"')),
            };
            let plain = plain_length(eight);
            *text[length..].first_chunk_mut()? = eight;
            (read, length) = (read + plain, length + plain);
            if plain == eight.len() {
                continue;
            }
            match *rest.get(read)? {
                b'"' => break,
                b'\\' => match SHORT_ESCAPES[usize::from(*rest.get(read + 1)?)] {
                    0 => {
                        let (escaped, written) = long_escape(&rest[read..])?;
                        length += escaped.encode_utf8(&mut text[length..]).len();
                        read += written;
                    }
                    escaped => {
                        text[length] = escaped;
                        (read, length) = (read + 2, length + 1);
                    }
                },
                _ => return None,
            }
        }
        self.at += read + 1;
        text.truncate(length);
        text.shrink_to_fit();
        String::from_utf8(text).ok()
    }
}

/// How many of eight bytes stand before one that ends a string, begins an escape or must not be in a string.
fn plain_length(eight: [u8; 8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let bytes = u64::from_le_bytes(eight);
    // The highest bit of each byte that is below; behind the first one it may be set for others, too. Turning one bit
    // puts the quote below the space and leaves control characters there.
    let quote_or_control = (bytes ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
    let backslash = (bytes ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
    let found = (quote_or_control | backslash) & !bytes & (ONES << 7);
    found.trailing_zeros() as usize / 8
}

/// Whether a text holds signs that strings of JSON must escape.
fn has_control(text: &str) -> bool {
    text.bytes().any(|byte| byte < b' ')
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
        (plainly(line).map(shown), serde_json::from_str(line).ok().map(shown))
    }

    #[test]
    fn eight_bytes_are_plain_up_to_a_sign_that_is_not() {
        for byte in 0..=255 {
            for place in 0..8 {
                let mut eight = *b"a~ !#[]\xff";
                eight[place] = byte;
                let plain = eight.iter().take_while(|byte| **byte >= b' ' && !b"\"\\".contains(byte)).count();
                assert_eq!(plain_length(eight), plain, "{eight:?}");
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
            assert!(plainly(line).is_none(), "{line:?}");
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
