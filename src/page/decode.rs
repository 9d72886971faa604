//! Bytes → characters, by the order of the HTML standard's "encoding sniffing algorithm" (§13.2.3.2).

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// Text and how it came about.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) encoding: &'static str,
    pub(super) malformed: bool,
}

/// How far from the start a page may declare its encoding. The standard asks for 1,024 bytes; browsers look
/// further, and pages with long scripts before their `meta` need it.
const DECLARATION_WITHIN: usize = 4096;

/// How many bytes of a page the detector is shown. It reads no faster than a few megabytes a second, and what
/// is ASCII tells it nothing: so it is shown the texts between tags that have other bytes, the first ones.
const SHOWN: usize = 16 << 10;

pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Decoded<'a> {
    let encoding = Encoding::for_bom(bytes)
        .map(|(encoding, _)| encoding)
        .or_else(|| content_type.and_then(charset_of_content_type))
        .or_else(|| utf16_without_mark(bytes))
        .or_else(|| declared(bytes))
        .unwrap_or_else(|| detected(bytes));
    let (text, used, malformed) = encoding.decode(bytes);
    // A page that lies about being something else but is flawless UTF-8 is UTF-8: random bytes of another
    // encoding almost never are.
    if (malformed || (used != UTF_8 && !bytes.is_ascii() && declares_wrongly(used, bytes)))
        && let Ok(text) = core::str::from_utf8(bytes)
    {
        return Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), malformed: false };
    }
    if malformed && used == UTF_8 {
        return second_try(bytes, text);
    }
    Decoded { text, encoding: used.name(), malformed }
}

/// One broken character in a UTF-8 page is damage; many mean that the label was wrong.
fn second_try<'a>(bytes: &'a [u8], text: Cow<'a, str>) -> Decoded<'a> {
    let broken = text.matches('\u{fffd}').count();
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    if broken * 2 > foreign {
        let guess = detected(bytes);
        let (other, used, malformed) = guess.decode(bytes);
        if used != UTF_8 && !malformed {
            return Decoded { text: other, encoding: used.name(), malformed };
        }
    }
    Decoded { text, encoding: UTF_8.name(), malformed: true }
}

/// Single-byte encodings accept anything; only where UTF-8 also fits is there a doubt.
fn declares_wrongly(used: &'static Encoding, bytes: &[u8]) -> bool {
    used.is_ascii_compatible() && core::str::from_utf8(bytes).is_ok()
}

fn charset_of_content_type(value: &str) -> Option<&'static Encoding> {
    value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        name.trim().eq_ignore_ascii_case("charset").then(|| Encoding::for_label(value.as_bytes()))?
    })
}

/// UTF-16 gives itself away by a zero in every second byte of its mark-up.
pub(super) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_WITHIN) & !1];
    if head.len() < 4 {
        return None;
    }
    memchr::memchr(0, head)?;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (first, second, pairs) = (zeros(0), zeros(1), head.len() / 2);
    // In text of a non-Latin script only spaces, digits and mark-up are ASCII: a tenth is enough, as long as
    // the other byte is hardly ever zero, as in a typographic space or in "Ā".
    let is_rare = |few: usize, many: usize| few * 10 <= many;
    if second * 10 >= pairs && is_rare(first, second) {
        Some(UTF_16LE)
    } else if first * 10 >= pairs && is_rare(second, first) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The encoding that the document names itself: `<meta charset>`, `<meta http-equiv>`, `<?xml encoding?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_WITHIN)];
    let encoding = xml_declaration(head).or_else(|| meta_declaration(head))?;
    // As the standard says: a declaration that could be read at all cannot have been UTF-16.
    Some(if encoding == UTF_16BE || encoding == UTF_16LE { UTF_8 } else { encoding })
}

fn xml_declaration(head: &[u8]) -> Option<&'static Encoding> {
    let declaration = head.strip_prefix(b"<?xml")?;
    let end = memchr::memmem::find(declaration, b"?>")?;
    label_after(&declaration[..end], b"encoding")
}

fn meta_declaration(head: &[u8]) -> Option<&'static Encoding> {
    let mut rest = head;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at + 1..];
        if rest.starts_with(b"!--") {
            rest = memchr::memmem::find(rest, b"-->").map_or(&[][..], |end| &rest[end + 3..]);
        } else if rest.len() > 5 && rest[..4].eq_ignore_ascii_case(b"meta") {
            let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
            if let Some(encoding) = label_after(&rest[..end], b"charset") {
                return Some(encoding);
            }
        }
    }
    None
}

/// The encoding whose label follows `name` `=`.
fn label_after(text: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let at = text.windows(name.len()).position(|window| window.eq_ignore_ascii_case(name))?;
    let value = text[at + name.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|b| b"\"'; />\t\r\n".contains(b)).unwrap_or(value.len());
    Encoding::for_label(&value[..end])
}

/// How much ASCII is shown before the first other byte of a text.
const LONGEST_CONTEXT: usize = 64;

/// What the bytes look like.
fn detected(bytes: &[u8]) -> &'static Encoding {
    if core::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let mut left = SHOWN;
    let mut rest = bytes;
    while let Some(first) = rest.iter().position(|byte| !byte.is_ascii())
        && left > 0
    {
        // No encoding in which text is written uses these signs as a part of another.
        let start = memchr::memrchr3(b'<', b'>', b'\n', &rest[..first]).map_or(0, |at| at + 1);
        let end = memchr::memchr3(b'<', b'>', b'\n', &rest[first..]).map_or(rest.len(), |at| first + at + 1);
        // Long scripts would fill all of it.
        let start = start.max(first.saturating_sub(LONGEST_CONTEXT));
        let shown = &rest[start..end.min(start + left)];
        detector.feed(shown, false);
        left -= shown.len();
        rest = &rest[end..];
    }
    detector.guess(None, chardetng::Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], content_type: Option<&str>) -> (String, &'static str) {
        let decoded = decode(bytes, content_type);
        (decoded.text.into_owned(), decoded.encoding)
    }

    #[test]
    fn the_byte_order_mark_wins_over_the_header() {
        let bytes = b"\xff\xfeh\0i\0";
        assert_eq!(read(bytes, Some("text/html; charset=utf-8")), ("hi".into(), "UTF-16LE"));
    }

    #[test]
    fn the_header_wins_over_the_document() {
        let bytes = b"<meta charset=shift_jis>\xe9";
        assert_eq!(read(bytes, Some("text/html;charset=\"windows-1252\"")).1, "windows-1252");
    }

    #[test]
    fn a_document_names_its_encoding_in_any_of_three_ways() {
        for declaration in [
            &b"<meta charset='gb18030'>"[..],
            b"<META http-equiv=Content-Type content=\"text/html; charset=gb2312\">",
            b"<?xml version=\"1.0\" encoding=\"gbk\"?>",
        ] {
            let mut page = declaration.to_vec();
            page.extend_from_slice(b"\xd6\xd0\xb9\xfa");
            let (text, encoding) = read(&page, None);
            assert!(text.ends_with("中国"), "{encoding}: {text}");
        }
    }

    #[test]
    fn utf16_without_a_mark_is_recognised_in_both_orders() {
        let text = "<html><body><p>Ein Absatz, nicht ganz kurz.</p>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(read(&little, None), (text.into(), "UTF-16LE"));
        assert_eq!(read(&big, None), (text.into(), "UTF-16BE"));
    }

    #[test]
    fn flawless_utf8_is_utf8_whatever_it_says() {
        let page = "<meta charset=iso-8859-1>Žluťoučký kůň".as_bytes();
        assert_eq!(read(page, None).1, "UTF-8");
    }

    #[test]
    fn undeclared_bytes_are_detected() {
        let russian =
            encoding_rs::WINDOWS_1251.encode("Это обычный русский текст без объявления кодировки.").0;
        assert_eq!(read(&russian, None).1, "windows-1251");
    }

    #[test]
    fn a_single_broken_character_does_not_change_the_encoding() {
        let mut page = "Größe, Höhe, Länge — alles in Metern".repeat(4).into_bytes();
        page.push(0xff);
        let decoded = decode(&page, Some("text/html; charset=utf-8"));
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.malformed);
    }

    #[test]
    fn texts_between_tags_tell_the_encoding_however_much_ascii_there_is() {
        let script = "var a = 'nothing but ASCII';\n".repeat(2000);
        let text = "<p>Гавань была закрыта в понедельник, <b>сказал</b> лоцман.</p>".repeat(3);
        let page = format!("<script>{script}</script>{text}");
        let russian = encoding_rs::WINDOWS_1251.encode(&page).0;
        assert_eq!(read(&russian, None).1, "windows-1251");
        let chinese = format!("<script>{script}</script><p>港口星期一关闭，<b>引航员</b>说，船只搁浅。</p>");
        let chinese = encoding_rs::GBK.encode(&chinese).0;
        assert_eq!(read(&chinese, None).1, "GBK");
    }
}
