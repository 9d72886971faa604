//! Folding: what two copies of a text may differ in without being different texts.
//!
//! Case, accents, width, ligatures, invisible characters, kinds of apostrophe, HTML entities that were left
//! undecoded, and UTF-8 that was once read as Windows-1252. Dashes and quotation marks need no folding: they are
//! not part of any word, and only words are hashed.

use std::ops::Range;
use unicode_normalization::char::decompose_compatible;

/// Receives the folded characters, each with the place in the source that it came from.
pub(crate) trait Sink {
    fn push(&mut self, c: char, source: Range<usize>);
}

impl Sink for String {
    #[inline]
    fn push(&mut self, c: char, _: Range<usize>) {
        self.push(c);
    }
}

/// Folds `text` into `out`.
///
/// The result depends on each character and, for entities and mojibake, on the few that follow it without ASCII
/// white space between them. So a text may be folded in pieces if it is cut at ASCII white space.
pub(crate) fn fold_into(text: &str, out: &mut impl Sink) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (c, length) = match c {
            '&' => entity(rest).unwrap_or((c, 1)),
            '\u{C2}'..='\u{EF}' => mojibake(rest).unwrap_or((c, c.len_utf8())),
            _ => (c, c.len_utf8()),
        };
        fold_char(c, &mut |folded| out.push(folded, at..at + length));
        at += length;
    }
}

/// Folds one decoded character into none, one or several.
#[inline]
fn fold_char(c: char, push: &mut impl FnMut(char)) {
    match c {
        '\0'..='\x7F' => push(c.to_ascii_lowercase()),
        _ if is_apostrophe(c) => push('\''),
        _ if is_invisible(c) => {}
        // Hangul syllables would fall apart into letters, ideographs have nothing to fold.
        '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => push(c),
        _ => decompose_compatible(c, |part| {
            if is_apostrophe(part) {
                push('\'');
            } else if !is_accent(part) && !is_invisible(part) {
                for lower in part.to_lowercase() {
                    if !is_accent(lower) {
                        push(lower);
                    }
                }
            }
        }),
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\u{2018}' | '\u{2019}' | '\u{201B}' | '\u{2BC}' | '\u{B4}' | '\u{2032}' | '\u{FF07}')
}

/// Combining accents of Latin, Greek and Cyrillic. Marks of other scripts are letters in all but name and stay.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// Characters that nobody sees: soft hyphen, zero-width spaces and joiners, marks of direction, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// The longest name in [`NAMED`], and the longest run of digits in `&#x10FFFF;`.
const ENTITY_CHARS: usize = 8;

/// Decodes the entity at the start of `text`, which begins with `&`, into its character and its length in bytes.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(ENTITY_CHARS + 3).position(|b| b == b';')?;
    let name = text.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            // Browsers read the numbers of Windows-1252's own characters as those characters.
            let byte = u8::try_from(code).ok().filter(|b| (0x80..0xA0).contains(b));
            byte.map_or_else(|| char::from_u32(code), |b| Some(windows_1252(b)))?
        }
        None => NAMED.binary_search_by_key(&name, |entry| entry.0).ok().map(|i| NAMED[i].1)?,
    };
    Some((c, end + 1))
}

/// Entities that are met undecoded in scraped text: markup's own, punctuation, and the letters of Latin-1.
/// Names from the HTML 4 entity sets, sorted.
const NAMED: &[(&str, char)] = &[
    ("AElig", 'Æ'),
    ("Aacute", 'Á'),
    ("Acirc", 'Â'),
    ("Agrave", 'À'),
    ("Aring", 'Å'),
    ("Atilde", 'Ã'),
    ("Auml", 'Ä'),
    ("Ccedil", 'Ç'),
    ("Eacute", 'É'),
    ("Ecirc", 'Ê'),
    ("Egrave", 'È'),
    ("Euml", 'Ë'),
    ("Iacute", 'Í'),
    ("Icirc", 'Î'),
    ("Igrave", 'Ì'),
    ("Iuml", 'Ï'),
    ("Ntilde", 'Ñ'),
    ("OElig", 'Œ'),
    ("Oacute", 'Ó'),
    ("Ocirc", 'Ô'),
    ("Ograve", 'Ò'),
    ("Oslash", 'Ø'),
    ("Otilde", 'Õ'),
    ("Ouml", 'Ö'),
    ("Scaron", 'Š'),
    ("Uacute", 'Ú'),
    ("Ucirc", 'Û'),
    ("Ugrave", 'Ù'),
    ("Uuml", 'Ü'),
    ("Yacute", 'Ý'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("acute", '´'),
    ("aelig", 'æ'),
    ("agrave", 'à'),
    ("amp", '&'),
    ("apos", '\''),
    ("aring", 'å'),
    ("atilde", 'ã'),
    ("auml", 'ä'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("ccedil", 'ç'),
    ("cent", '¢'),
    ("copy", '©'),
    ("deg", '°'),
    ("eacute", 'é'),
    ("ecirc", 'ê'),
    ("egrave", 'è'),
    ("emsp", '\u{2003}'),
    ("ensp", '\u{2002}'),
    ("euml", 'ë'),
    ("euro", '€'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("gt", '>'),
    ("hellip", '…'),
    ("iacute", 'í'),
    ("icirc", 'î'),
    ("iexcl", '¡'),
    ("igrave", 'ì'),
    ("iquest", '¿'),
    ("iuml", 'ï'),
    ("laquo", '«'),
    ("ldquo", '“'),
    ("lrm", '\u{200E}'),
    ("lsaquo", '‹'),
    ("lsquo", '‘'),
    ("lt", '<'),
    ("mdash", '—'),
    ("middot", '·'),
    ("nbsp", '\u{A0}'),
    ("ndash", '–'),
    ("ntilde", 'ñ'),
    ("oacute", 'ó'),
    ("ocirc", 'ô'),
    ("oelig", 'œ'),
    ("ograve", 'ò'),
    ("oslash", 'ø'),
    ("otilde", 'õ'),
    ("ouml", 'ö'),
    ("pound", '£'),
    ("prime", '′'),
    ("quot", '"'),
    ("raquo", '»'),
    ("rdquo", '”'),
    ("reg", '®'),
    ("rlm", '\u{200F}'),
    ("rsaquo", '›'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("scaron", 'š'),
    ("sect", '§'),
    ("shy", '\u{AD}'),
    ("szlig", 'ß'),
    ("thinsp", '\u{2009}'),
    ("times", '×'),
    ("trade", '™'),
    ("uacute", 'ú'),
    ("ucirc", 'û'),
    ("ugrave", 'ù'),
    ("uuml", 'ü'),
    ("yacute", 'ý'),
    ("yen", '¥'),
    ("yuml", 'ÿ'),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
];

/// Undoes UTF-8 read as Windows-1252 at the start of `text`: the character meant, and the length in bytes.
///
/// Two bytes are undone for Latin, Greek, Cyrillic and Arabic; the other leads would read honest capital letters before
/// a closing guillemet, `CAFÉ»`, as one rare letter. Three bytes are undone for typographic punctuation, and for all
/// else where another such character follows, as it does in Chinese but not in the French `été »`.
fn mojibake(text: &str) -> Option<(char, usize)> {
    let mut chars = text.char_indices();
    let (_, lead) = chars.next()?;
    let (at, second) = chars.next()?;
    let second_byte = continuation(second)?;
    if lead < '\u{E0}' {
        if !matches!(lead, '\u{C2}'..='\u{C5}' | '\u{CE}'..='\u{D1}' | '\u{D8}' | '\u{D9}') {
            return None;
        }
        let code = (u32::from(lead) & 0x1F) << 6 | u32::from(second_byte & 0x3F);
        return Some((char::from_u32(code)?, at + second.len_utf8()));
    }
    let (at, third) = chars.next()?;
    let length = at + third.len_utf8();
    if third == char::REPLACEMENT_CHARACTER && lead == '\u{E2}' && second_byte == 0x80 {
        // The closing double quote ends in 9D, which Windows-1252 does not have.
        return Some(('\u{201D}', length));
    }
    let third_byte = continuation(third)?;
    if lead != '\u{E2}' && !matches!(chars.next()?.1, '\u{C2}'..='\u{EF}') {
        return None;
    }
    let high = u32::from(lead) & 0xF;
    let code = high << 12 | u32::from(second_byte & 0x3F) << 6 | u32::from(third_byte & 0x3F);
    Some((char::from_u32(code)?, length))
}

/// The byte that Windows-1252 shows as `c`, if it can continue a character of UTF-8.
fn continuation(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{BF}' => u8::try_from(u32::from(c)).ok(),
        _ => WINDOWS_1252.iter().position(|&w| w == c).and_then(|i| u8::try_from(0x80 + i).ok()),
    }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..0xA0 => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The characters of bytes 80 to 9F, from the Encoding Standard's index windows-1252.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        let mut out = String::new();
        fold_into(text, &mut out);
        out
    }

    #[test]
    fn what_readers_do_not_see_is_folded() {
        for (from, to) in [
            ("Crème BRÛLÉE", "creme brulee"),
            ("ＦＵＬＬ　ｗｉｄｔｈ１", "full width1"),
            (
                "don’t don‘t don´t don&#8217;t don&rsquo;t don&#x2019;t donâ€™t",
                "don't don't don't don't don't don't don't",
            ),
            ("so\u{AD}ft zero\u{200B}width \u{FEFF}bom", "soft zerowidth bom"),
            ("&quot;AT&amp;T&quot; AT&T & &unknown; &#xFFFFFFFF;", "\"at&t\" at&t & &unknown; &#xffffffff;"),
            ("cafÃ© and â€œquotesâ€\u{FFFD} and â€œquotesâ€\u{9D}", "cafe and “quotes” and “quotes”"),
            ("byÅ‚ Ð¿Ñ€Ð¸Ð²ÐµÑ‚ ÎºÎ±Î» Ø§Ù„", "był привет καλ ال"),
            ("ä½\u{A0}å¥½ï¼Œé", "你好,e"),
            ("été\u{A0}» été…” ESPAÑA à\u{A0}«", "ete » ete...” espana a «"),
            ("ﬁne İstanbul", "fine istanbul"),
            ("CAFÉ»", "cafe»"),
            ("한국어 日本語 ภาษาไทย", "한국어 日本語 ภาษาไทย"),
        ] {
            assert_eq!(fold(from), to, "{from}");
        }
    }

    #[test]
    fn the_names_of_entities_are_sorted_and_fit() {
        assert!(NAMED.is_sorted_by(|a, b| a.0 < b.0));
        assert!(NAMED.iter().all(|(name, _)| name.len() <= ENTITY_CHARS));
        for (name, c) in NAMED {
            assert_eq!(entity(&format!("&{name};tail")), Some((*c, name.len() + 2)));
        }
    }
}
