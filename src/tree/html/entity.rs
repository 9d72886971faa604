//! Character references: what `&amp;`, `&copy` and `&#8364;` stand for.
//!
//! The names are the 2,231 of the HTML standard, kept in `entities.txt` beside this file (written by
//! `scripts/entities.py`) and turned into a hash table by the compiler.

/// A character reference that was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Reference {
    /// What it stands for.
    pub(crate) first: char,
    /// The second character of the few names that stand for two.
    pub(crate) second: Option<char>,
    /// How many bytes it takes after the ampersand.
    pub(crate) len: usize,
}

/// Reads the character reference at the start of `rest`, which is what follows an ampersand.
///
/// In an attribute a name without its semicolon does not count where `=` or an alphanumeric follows
/// it, so that the `&copy=1` of an address stays what it is.
pub(crate) fn read(rest: &[u8], in_attribute: bool) -> Option<Reference> {
    match rest {
        [b'#', b'x' | b'X', digits @ ..] => numeric(digits, 16, 2),
        [b'#', digits @ ..] => numeric(digits, 10, 1),
        // Nearly all references of real pages are one of these.
        [b'a', b'm', b'p', b';', ..] => Some(Reference { first: '&', second: None, len: 4 }),
        [b'n', b'b', b's', b'p', b';', ..] => Some(Reference { first: '\u{A0}', second: None, len: 5 }),
        [b'q', b'u', b'o', b't', b';', ..] => Some(Reference { first: '"', second: None, len: 5 }),
        [first, ..] if first.is_ascii_alphabetic() => named(rest, in_attribute),
        _ => None,
    }
}

/// Reads the digits of a numeric reference; `before` bytes stand between the ampersand and them.
fn numeric(digits: &[u8], radix: u32, before: usize) -> Option<Reference> {
    let mut code = 0u32;
    let mut len = 0;
    while let Some(digit) = digits.get(len).and_then(|byte| char::from(*byte).to_digit(radix)) {
        // Saturated, it is out of range as it should be, however many digits follow.
        code = code.saturating_mul(radix).saturating_add(digit);
        len += 1;
    }
    if len == 0 {
        return None;
    }
    if digits.get(len) == Some(&b';') {
        len += 1;
    }
    Some(Reference { first: character(code), second: None, len: before + len })
}

/// The character of a numeric reference, mended as the standard says.
fn character(code: u32) -> char {
    /// What windows-1252 has at 0x80 to 0x9F; authors meant that and never the controls.
    const WINDOWS_1252: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', //
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match code {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9F => WINDOWS_1252[(code - 0x80) as usize],
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// Reads a named reference: the longest name that `rest` starts with.
fn named(rest: &[u8], in_attribute: bool) -> Option<Reference> {
    let longest = rest.len().min(LONGEST);
    let run = rest[..longest].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    // Only the last byte of a name is a semicolon: with one, the whole run has to be a name.
    if rest.get(run) == Some(&b';')
        && let Some(found) = find(&rest[..=run])
    {
        return Some(found);
    }
    let found = (SHORTEST_LEGACY..=run.min(LONGEST_LEGACY)).rev().find_map(|len| find(&rest[..len]))?;
    let next = rest.get(found.len);
    let is_query = next.is_some_and(|next| *next == b'=' || next.is_ascii_alphanumeric());
    if in_attribute && is_query { None } else { Some(found) }
}

/// The entry of exactly this name, semicolon included where it has one.
fn find(name: &[u8]) -> Option<Reference> {
    let mut slot = slot_of(name);
    loop {
        let entry = ENTRIES.get(usize::from(TABLE[slot]))?;
        if entry.name() == name {
            return Some(Reference { first: entry.first, second: entry.second, len: name.len() });
        }
        slot = (slot + 1) % SLOTS;
    }
}

/// The names with their characters in hexadecimal, one entry a line, sorted.
const TEXT: &str = include_str!("entities.txt");
/// How many names the standard has.
const COUNT: usize = 2231;
/// The most bytes a name has: `CounterClockwiseContourIntegral;`.
const LONGEST: usize = 32;
/// The fewest bytes of a name that works without a semicolon: `lt`.
const SHORTEST_LEGACY: usize = 2;
/// The most bytes of such a name: `frac12`.
const LONGEST_LEGACY: usize = 6;
/// The size of the hash table: less than a third of it is taken.
const SLOTS: usize = 8192;
/// Marks a free slot: no entry has this number.
const FREE: u16 = u16::MAX;

/// One line of the table.
#[derive(Clone, Copy)]
struct Entry {
    /// Where the name starts in `TEXT`.
    start: u16,
    /// How long it is.
    len: u8,
    first: char,
    second: Option<char>,
}

impl Entry {
    fn name(&self) -> &'static [u8] {
        let start = usize::from(self.start);
        TEXT.as_bytes().get(start..start + usize::from(self.len)).unwrap_or_default()
    }
}

static ENTRIES: [Entry; COUNT] = entries();
static TABLE: [u16; SLOTS] = table();

/// FNV-1a, whose constants these are; good enough for names of a few bytes.
const fn slot_of(name: &[u8]) -> usize {
    let mut hash = 0x811C_9DC5u32;
    let mut index = 0;
    while index < name.len() {
        hash = (hash ^ name[index] as u32).wrapping_mul(0x0100_0193);
        index += 1;
    }
    // The upper bits depend on all bytes, the lower ones on the lower bits of each only.
    ((hash >> 16) ^ hash) as usize % SLOTS
}

/// Parses `TEXT`.
const fn entries() -> [Entry; COUNT] {
    let text = TEXT.as_bytes();
    assert!(text.len() < u16::MAX as usize);
    let mut entries = [Entry { start: 0, len: 0, first: '\0', second: None }; COUNT];
    let mut at = 0;
    let mut index = 0;
    while at < text.len() {
        let start = at;
        while text[at] != b' ' {
            at += 1;
        }
        let len = at - start;
        assert!(len <= LONGEST);
        let (first, end) = code_point(text, at + 1);
        at = end;
        let mut second = None;
        if text[at] == b' ' {
            let (code, end) = code_point(text, at + 1);
            second = Some(code);
            at = end;
        }
        assert!(text[at] == b'\n');
        at += 1;
        entries[index] = Entry { start: start as u16, len: len as u8, first, second };
        index += 1;
    }
    assert!(index == COUNT);
    entries
}

/// Parses the hexadecimal code point at `at`; also gives the place behind it.
const fn code_point(text: &[u8], mut at: usize) -> (char, usize) {
    let mut code = 0;
    while let Some(digit) = (text[at] as char).to_digit(16) {
        code = code * 16 + digit;
        at += 1;
    }
    match char::from_u32(code) {
        Some(character) => (character, at),
        None => panic!("a surrogate in the table of references"),
    }
}

/// Leads from `slot_of` a name to its entry, by open addressing.
const fn table() -> [u16; SLOTS] {
    let text = TEXT.as_bytes();
    let entries = entries();
    let mut table = [FREE; SLOTS];
    let mut index = 0;
    while index < COUNT {
        let name = text.split_at(entries[index].start as usize).1.split_at(entries[index].len as usize).0;
        let mut slot = slot_of(name);
        while table[slot] != FREE {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = index as u16;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a reference in text reads as, and how long it is.
    fn text(rest: &str) -> Option<(String, usize)> {
        let found = read(rest.as_bytes(), false)?;
        Some(([Some(found.first), found.second].into_iter().flatten().collect(), found.len))
    }

    fn some(characters: &str, len: usize) -> Option<(String, usize)> {
        Some((characters.to_owned(), len))
    }

    #[test]
    fn every_name_of_the_table_is_found() {
        for line in TEXT.lines() {
            let mut fields = line.split(' ');
            let name = fields.next().unwrap_or_default();
            let expected: String = fields
                .map(|code| {
                    u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a code point")
                })
                .collect();
            assert_eq!(text(name), some(&expected, name.len()), "{name}");
            assert_eq!(text(&format!("{name} tail")), some(&expected, name.len()), "{name}");
        }
    }

    #[test]
    fn the_bounds_are_those_of_the_table() {
        let names = || TEXT.lines().filter_map(|line| line.split(' ').next());
        assert_eq!(names().map(str::len).max(), Some(LONGEST));
        let legacy = || names().filter(|name| !name.ends_with(';')).map(str::len);
        assert_eq!((legacy().min(), legacy().max()), (Some(SHORTEST_LEGACY), Some(LONGEST_LEGACY)));
        assert!(names().is_sorted());
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(text("notin;"), some("∉", 6));
        assert_eq!(text("notit;"), some("¬", 3));
        assert_eq!(text("ampamp;"), some("&", 3));
        assert_eq!(text("not"), some("¬", 3));
        assert_eq!(text("NotEqualTilde;"), some("≂\u{338}", 14));
        assert_eq!(text("hellip"), None);
        assert_eq!(text("AMP;"), some("&", 4));
        assert_eq!(text("aMp;"), None);
        assert_eq!(text(""), None);
        assert_eq!(text(";"), None);
    }

    #[test]
    fn attributes_keep_what_looks_like_a_query() {
        assert_eq!(read(b"copy=1", true), None);
        assert_eq!(read(b"copyx", true), None);
        assert_eq!(read(b"notit;", true), None);
        assert!(read(b"copy;=1", true).is_some());
        assert!(read(b"copy", true).is_some());
        assert!(read(b"copy&", true).is_some());
    }

    #[test]
    fn numbers_are_mended() {
        assert_eq!(text("#65"), some("A", 3));
        assert_eq!(text("#x41;"), some("A", 5));
        assert_eq!(text("#X1F600;!"), some("😀", 8));
        assert_eq!(text("#128;"), some("€", 5));
        assert_eq!(text("#x81;"), some("\u{81}", 5));
        assert_eq!(text("#0;"), some("\u{FFFD}", 3));
        assert_eq!(text("#xD800;"), some("\u{FFFD}", 7));
        assert_eq!(text("#x110000;"), some("\u{FFFD}", 9));
        assert_eq!(text("#99999999999999999999;"), some("\u{FFFD}", 22));
        assert_eq!(text("#xFFFF;"), some("\u{FFFF}", 7));
        assert_eq!(text("#13;"), some("\r", 4));
        assert_eq!(text("#"), None);
        assert_eq!(text("#x"), None);
        assert_eq!(text("#;"), None);
        assert_eq!(text("#xg"), None);
    }

    #[test]
    fn the_table_is_what_its_script_writes() {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/scripts/entities.py");
        // A packed crate comes without the script, a machine perhaps without Python.
        let written = std::process::Command::new("python3").arg(script).output();
        if let Ok(written) = written
            && written.status.success()
        {
            assert_eq!(String::from_utf8_lossy(&written.stdout), TEXT);
        }
    }
}
