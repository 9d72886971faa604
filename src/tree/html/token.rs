//! The tokenizer: cuts a page into tags, text and comments as the WHATWG standard says.
//!
//! Nothing is copied: tokens hold byte offsets into the source. What most pages consist of, names that
//! nobody asks for, values, scripts, is stepped over rather than read: the standard's eighty states
//! are folded into a few searches for the bytes that end something. Each of them moves forward only,
//! so time is linear in the source whatever it holds.

mod plain_tags;

use memchr::{memchr, memchr2, memchr3, memmem};

use super::entity;
use super::traits::Traits;
use crate::tree::tag::{self, Attr, Tag};
use crate::{Span, eight};
use plain_tags::PlainTags;

/// A stretch of the source; `cooked` says that reading it takes more than copying: it holds `&`, `\r`
/// or NUL.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Raw {
    /// The first byte.
    pub(crate) start: u32,
    /// Behind the last byte.
    pub(crate) end: u32,
    /// Whether `cook_text` or `cook_attribute` would write anything but the bytes as they are.
    pub(crate) cooked: bool,
    /// How `cook_text` has to read it.
    pub(crate) reading: Reading,
}

/// How a stretch of text is to be read where it is not to be copied.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Reading {
    /// Ordinary text: references are decoded, NUL is dropped (as the tree builder would).
    #[default]
    Data,
    /// The text of `title` and `textarea`: references are decoded, NUL becomes U+FFFD.
    Escapable,
    /// Scripts, styles, CDATA and names: an ampersand is an ampersand, NUL becomes U+FFFD.
    Literal,
}

/// An attribute whose name `Attr` knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Attribute {
    /// Its name.
    pub(crate) name: Attr,
    /// Its value without quotes, to be read by `cook_attribute`; empty where it has none.
    pub(crate) value: Raw,
}

/// What the tokenizer finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Token {
    /// A run of characters; the next token may be text too. Empty only for an empty CDATA section.
    Text(Raw),
    /// A start tag, from `<` to behind `>`; `Tokenizer::attributes` has its attributes.
    Start {
        /// The interned name.
        tag: Tag,
        /// Where `<` stands.
        start: u32,
        /// Behind `>`.
        end: u32,
        /// Whether it ends in `/>`.
        self_closing: bool,
    },
    /// An end tag, from `<` to behind `>`; attributes on it mean nothing and are dropped.
    End {
        /// The interned name.
        tag: Tag,
        /// Where `<` stands.
        start: u32,
        /// Behind `>`.
        end: u32,
    },
    /// A comment or what the standard reads as one, such as `<?xml ?>`.
    Comment {
        /// Where `<` stands.
        start: u32,
        /// Behind the last byte.
        end: u32,
    },
    /// The document type.
    Doctype {
        /// Where `<` stands.
        start: u32,
        /// Behind the last byte.
        end: u32,
    },
}

/// Cuts a page into tokens.
#[derive(Debug)]
pub(crate) struct Tokenizer<'s> {
    bytes: &'s [u8],
    /// The first byte that was not read yet.
    at: usize,
    content: Content,
    foreign: bool,
    /// Whether no title ends behind here: known once one was looked for in vain, so that no other has to be.
    titles_are_endless: bool,
    attributes: Vec<Attribute>,
    plain_tags: PlainTags,
}

/// How what follows is to be read; the standard's tokenizer states as the tree builder sets them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Content {
    /// Tags and text.
    Data,
    /// Text up to the end tag of this name.
    Raw(Tag, Reading),
    /// The same for `script`, whose comments may hide its end tag.
    Script,
    /// Text up to the end of the page.
    Plain,
}

impl<'s> Tokenizer<'s> {
    /// Reads a part of `source`, which the caller keeps below 4 GiB; it ends between characters.
    pub(crate) fn of(source: &'s str, part: Span) -> Self {
        Self {
            bytes: source.get(..part.end()).unwrap_or_default().as_bytes(),
            at: part.start(),
            content: Content::Data,
            foreign: false,
            titles_are_endless: false,
            attributes: Vec::new(),
            plain_tags: PlainTags::default(),
        }
    }

    /// The attributes of the start tag that `next` gave last: names that `Attr` knows, each once.
    pub(crate) fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// Says whether the current node is one of SVG or MathML. There CDATA sections are text, and
    /// `script`, `style`, `title` and so on are ordinary elements.
    pub(crate) fn in_foreign_content(&mut self, foreign: bool) {
        self.foreign = foreign;
    }

    /// The next token, `None` at the end of the page.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<Token> {
        if !matches!(self.content, Content::Data)
            && let Some(text) = self.other_content()
        {
            return Some(text);
        }
        self.data()
    }

    /// The text that comes next where tags are not read, if there is any; behind it they are again, unless the page ends.
    #[inline(never)]
    fn other_content(&mut self) -> Option<Token> {
        let (end, reading) = match core::mem::replace(&mut self.content, Content::Data) {
            Content::Data => return None,
            Content::Raw(Tag::Title, reading) => (self.title_end(), reading),
            Content::Raw(tag, reading) => (raw_text_end(self.bytes, self.at, tag.name().as_bytes()), reading),
            Content::Script => (script_end(self.bytes, self.at), Reading::Literal),
            Content::Plain => (self.bytes.len(), Reading::Literal),
        };
        self.raw_text(end, reading)
    }

    /// Where the title that starts here ends; see [`LONGEST_TITLE`].
    fn title_end(&mut self) -> usize {
        let last = self.bytes.len();
        if !self.titles_are_endless {
            let end = raw_text_end(self.bytes, self.at, Tag::Title.name().as_bytes());
            self.titles_are_endless = end == last;
            if end < last {
                return end;
            }
        }
        match memchr(b'<', &self.bytes[self.at..]) {
            Some(length) if last - self.at > LONGEST_TITLE => self.at + length,
            _ => last,
        }
    }

    /// The text from here to `end`, if there is any.
    fn raw_text(&mut self, end: usize, reading: Reading) -> Option<Token> {
        let start = self.at;
        self.at = end;
        (start < end).then(|| Token::Text(stretch(self.bytes, start, end, reading)))
    }

    /// The next token among ordinary text and tags.
    fn data(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            match self.bytes.get(start..)? {
                [b'<', b'a'..=b'z' | b'A'..=b'Z', ..] => return self.start_tag(start),
                [b'<', b'/', b'a'..=b'z' | b'A'..=b'Z', ..] => return self.end_tag(start),
                // The standard drops it without a trace.
                [b'<', b'/', b'>', ..] => self.at = start + 3,
                [b'<', b'!', ..] => return Some(self.declaration(start)),
                [b'<', b'?', ..] | [b'<', b'/', _, ..] => return Some(self.bogus_comment(start)),
                [] => return None,
                _ => return Some(self.text(start)),
            }
        }
    }

    /// Text up to something that is no text; its first byte is text whatever it is.
    #[inline]
    fn text(&mut self, start: usize) -> Token {
        let (end, cooked) = text_end(self.bytes, start);
        self.at = end;
        Token::Text(data(start, end, cooked))
    }

    /// A start tag; `None` where the page ends before it does, which drops it.
    #[inline]
    fn start_tag(&mut self, start: usize) -> Option<Token> {
        let eight =
            self.bytes.get(start..).and_then(<[u8]>::first_chunk).map(|eight| u64::from_le_bytes(*eight));
        if let Some((tag, length)) = eight.and_then(|eight| self.plain_tags.first_in(eight)) {
            self.attributes.clear();
            self.at = start + length;
            return Some(Token::Start { tag, start: start as u32, end: self.at as u32, self_closing: false });
        }
        let (name_end, word) = name_end::<ENDS_NAME>(self.bytes, start + 1);
        let name = &self.bytes[start + 1..name_end];
        let tag = Tag::from_word(word, name);
        self.attributes.clear();
        let (end, self_closing) = if self.bytes.get(name_end) == Some(&b'>') {
            self.at = name_end + 1;
            (self.at, false)
        } else {
            self.read_attributes::<true>(name_end)?
        };
        if Traits::of(tag).has(Traits::OTHER_CONTENT) {
            if !self.foreign {
                self.content = content_of(tag);
            }
        } else if let Some(eight) = eight
            && end == name_end + 1
            && end - start <= size_of_val(&eight)
        {
            self.plain_tags.remember(tag, end - start, eight);
        }
        Some(Token::Start { tag, start: start as u32, end: end as u32, self_closing })
    }

    /// An end tag; `None` where the page ends before it does, which drops it.
    #[inline]
    fn end_tag(&mut self, start: usize) -> Option<Token> {
        let (name_end, word) = name_end::<ENDS_NAME>(self.bytes, start + 2);
        let name = &self.bytes[start + 2..name_end];
        let tag = Tag::from_word(word, name);
        let end = if self.bytes.get(name_end) == Some(&b'>') {
            self.at = name_end + 1;
            self.at
        } else {
            self.read_attributes::<false>(name_end)?.0
        };
        Some(Token::End { tag, start: start as u32, end: end as u32 })
    }

    /// Reads what follows the name of a tag; gives the place behind its `>` and whether it is `/>`.
    /// Leaves the tokenizer there, or at the end of the page where there is no `>`.
    #[inline]
    fn read_attributes<const KEEP: bool>(&mut self, mut at: usize) -> Option<(usize, bool)> {
        let bytes = self.bytes;
        // Names seen, a bit each: the first of equal names counts.
        let mut seen = 0u64;
        loop {
            let Some(&byte) = bytes.get(at) else {
                self.at = bytes.len();
                return None;
            };
            if CLASS[usize::from(byte)] & SPACE != 0 {
                at += 1;
                continue;
            }
            if byte == b'>' {
                self.at = at + 1;
                return Some((at + 1, false));
            }
            if byte == b'/' {
                at += 1;
                if bytes.get(at) == Some(&b'>') {
                    self.at = at + 1;
                    return Some((at + 1, true));
                }
                continue;
            }
            let name_start = at;
            let (name_end, word) = name_end::<ENDS_ATTRIBUTE_NAME>(bytes, at);
            let name = if KEEP { Attr::from_word(word, &bytes[name_start..name_end]) } else { Attr::Other };
            let bit = 1u64 << (name as u8);
            let is_kept = KEEP && name != Attr::Other && seen & bit == 0;
            let value = value_behind(bytes, name_end, is_kept);
            at = value.next;
            if is_kept {
                seen |= bit;
                self.attributes.push(Attribute { name, value: value.raw });
            }
        }
    }

    /// What starts with `<!`.
    fn declaration(&mut self, start: usize) -> Token {
        let rest = &self.bytes[start + 2..];
        if rest.starts_with(b"--") {
            let end = comment_end(self.bytes, start + 4);
            self.at = end;
            return Token::Comment { start: start as u32, end: end as u32 };
        }
        if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            // No quote protects a `>` there.
            let end = behind(self.bytes, start, b'>');
            self.at = end;
            return Token::Doctype { start: start as u32, end: end as u32 };
        }
        if self.foreign && rest.starts_with(b"[CDATA[") {
            return self.cdata(start + 9);
        }
        self.bogus_comment(start)
    }

    /// The text of a CDATA section that starts at `start`; may be empty.
    fn cdata(&mut self, start: usize) -> Token {
        let rest = &self.bytes[start..];
        let (end, next) = match memmem::find(rest, b"]]>") {
            Some(len) => (start + len, start + len + 3),
            None => (self.bytes.len(), self.bytes.len()),
        };
        self.at = next;
        Token::Text(stretch(self.bytes, start, end, Reading::Literal))
    }

    /// A comment that ends at the first `>`.
    fn bogus_comment(&mut self, start: usize) -> Token {
        let end = behind(self.bytes, start, b'>');
        self.at = end;
        Token::Comment { start: start as u32, end: end as u32 }
    }
}

/// Writes what a stretch of text reads as: character references decoded, newlines normalised, NUL
/// dropped or replaced as `Raw::reading` says.
pub(crate) fn cook_text(source: &str, raw: Raw, out: &mut String) {
    cook(source, raw, Place::Text(raw.reading), out);
}

/// Writes what the value of an attribute reads as: character references decoded by the stricter rule of
/// attributes, newlines normalised, NUL replaced by U+FFFD.
pub(crate) fn cook_attribute(source: &str, raw: Raw, out: &mut String) {
    cook(source, raw, Place::Attribute, out);
}

/// Where a stretch stands that is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text(Reading),
    Attribute,
}

/// Writes what a stretch reads as.
fn cook(source: &str, raw: Raw, place: Place, out: &mut String) {
    let mut rest = source.get(raw.start as usize..raw.end as usize).unwrap_or_default();
    if !raw.cooked {
        out.push_str(rest);
        return;
    }
    out.reserve(rest.len());
    while let Some(at) = memchr3(b'&', b'\r', 0, rest.as_bytes()) {
        // The three are ASCII, so that both cuts are between characters.
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let tail = &special[1..];
        rest = match special.as_bytes()[0] {
            b'\r' => {
                out.push('\n');
                tail.strip_prefix('\n').unwrap_or(tail)
            }
            b'&' => &tail[cook_ampersand(tail, place, out)..],
            _ => {
                if place != Place::Text(Reading::Data) {
                    out.push(char::REPLACEMENT_CHARACTER);
                }
                tail
            }
        };
    }
    out.push_str(rest);
}

/// Writes what an ampersand and the `tail` behind it read as; gives how much of the tail is used.
fn cook_ampersand(tail: &str, place: Place, out: &mut String) -> usize {
    let reference = match place {
        Place::Text(Reading::Literal) => None,
        _ => entity::read(tail.as_bytes(), place == Place::Attribute),
    };
    match reference {
        Some(reference) => {
            out.push(reference.first);
            out.extend(reference.second);
            reference.len
        }
        None => {
            out.push('&');
            0
        }
    }
}

/// Whether what follows a start tag is no tags and text.
pub(super) const fn has_other_content(tag: Tag) -> bool {
    !matches!(content_of(tag), Content::Data)
}

/// What the tokenizer does behind a start tag, as a tree builder with scripting enabled would tell it.
const fn content_of(tag: Tag) -> Content {
    match tag {
        Tag::Title | Tag::Textarea => Content::Raw(tag, Reading::Escapable),
        Tag::Style | Tag::Xmp | Tag::Iframe | Tag::Noembed | Tag::Noframes | Tag::Noscript => {
            Content::Raw(tag, Reading::Literal)
        }
        Tag::Script => Content::Script,
        Tag::Plaintext => Content::Plain,
        _ => Content::Data,
    }
}

/// A stretch of the source with its `cooked` found out.
#[inline]
fn stretch(bytes: &[u8], start: usize, end: usize, reading: Reading) -> Raw {
    let slice = &bytes[start..end];
    let cooked = match reading {
        Reading::Literal => memchr2(b'\r', 0, slice).is_some(),
        _ => is_cooked(slice),
    };
    Raw { start: start as u32, end: end as u32, cooked, reading }
}

/// Bytes that separate attributes. A carriage return is a newline here.
const SPACE: u8 = 1;
/// Bytes that end the name of a tag.
const ENDS_NAME: u8 = 2;
/// Bytes that end the name of an attribute.
const ENDS_ATTRIBUTE_NAME: u8 = 4;
/// Bytes that end a value without quotes.
const ENDS_VALUE: u8 = 8;

/// What each byte means inside a tag.
static CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let spaces = b" \t\n\r\x0C";
    let mut index = 0;
    while index < spaces.len() {
        class[spaces[index] as usize] = SPACE | ENDS_NAME | ENDS_ATTRIBUTE_NAME | ENDS_VALUE;
        index += 1;
    }
    class[b'>' as usize] = ENDS_NAME | ENDS_ATTRIBUTE_NAME | ENDS_VALUE;
    class[b'/' as usize] = ENDS_NAME | ENDS_ATTRIBUTE_NAME;
    class[b'=' as usize] = ENDS_ATTRIBUTE_NAME;
    class
};

/// The first place from `at` on whose byte is of `class`, or the end.
#[inline]
fn find_class(bytes: &[u8], at: usize, class: u8) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| CLASS[usize::from(*byte)] & class != 0).unwrap_or(rest.len())
}

/// Where the name of a tag or an attribute that starts at `at` ends, and its first bytes as one number.
/// The first byte belongs to the name whatever it is: an attribute's may be `=`.
#[inline]
fn name_end<const CLASS_OF_END: u8>(bytes: &[u8], at: usize) -> (usize, u64) {
    const BITS: u32 = u8::BITS;
    let Some(&chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<{ tag::WORD }>()) else {
        return long_name_end(bytes, at, CLASS_OF_END);
    };
    let word = u64::from_le_bytes(chunk);
    let mut marks = eight::below(word, b' ' + 1) | eight::equal(word, b'/') | eight::equal(word, b'>');
    if CLASS_OF_END == ENDS_ATTRIBUTE_NAME {
        marks |= eight::equal(word, b'=');
    }
    let marks = marks & !u64::from(u8::MAX);
    if marks != 0 {
        // The mark is its byte's highest bit.
        let before = marks.trailing_zeros() + 1 - BITS;
        // Marked are some bytes too many, such as control characters.
        if CLASS[usize::from((word >> before) as u8)] & CLASS_OF_END != 0 {
            return (at + (before / BITS) as usize, word & ((1 << before) - 1));
        }
    }
    long_name_end(bytes, at, CLASS_OF_END)
}

/// The same, byte by byte.
fn long_name_end(bytes: &[u8], at: usize, class: u8) -> (usize, u64) {
    let end = find_class(bytes, at + 1, class);
    (end, tag::first_word(&bytes[at..end]))
}

/// The first place from `at` on that holds no space.
#[inline]
fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|byte| CLASS[usize::from(*byte)] & SPACE != 0) {
        at += 1;
    }
    at
}

/// The value of an attribute.
struct Value {
    raw: Raw,
    /// Where reading goes on: behind the closing quote.
    next: usize,
}

/// The value of the attribute whose name ends at `name_end`. Unless it `is_kept`, its `cooked` is left
/// open.
#[inline]
fn value_behind(bytes: &[u8], name_end: usize, is_kept: bool) -> Value {
    let at = skip_space(bytes, name_end);
    if bytes.get(at) != Some(&b'=') {
        return Value { raw: data(name_end, name_end, false), next: at };
    }
    let at = skip_space(bytes, at + 1);
    match bytes.get(at) {
        Some(&quote @ (b'"' | b'\'')) => {
            let start = at + 1;
            let (end, cooked) = if is_kept {
                find_byte(bytes, start, quote)
            } else {
                (memchr(quote, &bytes[start..]).map_or(bytes.len(), |len| start + len), false)
            };
            Value { raw: data(start, end, cooked), next: (end + 1).min(bytes.len()) }
        }
        // A missing value: `>` ends the tag at once.
        _ => {
            let end = find_class(bytes, at, ENDS_VALUE);
            let cooked = is_kept && is_cooked(&bytes[at..end]);
            Value { raw: data(at, end, cooked), next: end }
        }
    }
}

/// A stretch of ordinary text or of a value.
#[inline]
fn data(start: usize, end: usize, cooked: bool) -> Raw {
    Raw { start: start as u32, end: end as u32, cooked, reading: Reading::Data }
}

/// The place behind the first `byte` from `at` on, or the end.
fn behind(bytes: &[u8], at: usize, byte: u8) -> usize {
    memchr(byte, &bytes[at..]).map_or(bytes.len(), |len| at + len + 1)
}

/// Where a comment ends whose text starts at `start`: behind `-->` or `--!>`, or behind the `>` or `->`
/// that the text starts with.
fn comment_end(bytes: &[u8], start: usize) -> usize {
    let text = &bytes[start..];
    let mut from = 0;
    while let Some(len) = memchr(b'>', &text[from..]) {
        let at = from + len;
        let before = &text[..at];
        if matches!(before, [] | [b'-'] | [.., b'-', b'-'] | [.., b'-', b'-', b'!']) {
            return start + at + 1;
        }
        from = at + 1;
    }
    bytes.len()
}

/// Whether the bytes have to be read rather than copied.
#[inline]
fn is_cooked(slice: &[u8]) -> bool {
    memchr3(b'&', b'\r', 0, slice).is_some()
}

/// Where the text that starts at `start` ends, and whether it is to be cooked. The byte at `start` is
/// text even if it is `<`.
#[inline]
fn text_end(bytes: &[u8], start: usize) -> (usize, bool) {
    let mut at = start;
    let mut cooked = false;
    if bytes.get(at) == Some(&b'<') {
        at += 1;
    }
    loop {
        let (end, special) = find_byte(bytes, at, b'<');
        cooked |= special;
        at = end;
        match bytes.get(at + 1..) {
            None => return (bytes.len(), cooked),
            Some([b'a'..=b'z' | b'A'..=b'Z' | b'!' | b'?', ..] | [b'/', _, ..]) => return (at, cooked),
            // `<` is a character here.
            Some(_) => at += 1,
        }
    }
}

/// Where the next `byte` from `at` on stands, or the end, and whether anything before it is to be cooked.
#[inline]
fn find_byte(bytes: &[u8], mut at: usize, byte: u8) -> (usize, bool) {
    let mut special = 0;
    while let Some(&chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(chunk);
        let found = eight::equal(word, byte);
        let here = eight::equal(word, b'&') | eight::equal(word, b'\r') | eight::equal(word, 0);
        if found != 0 {
            // Of the marks only those below the lowest of `byte` count.
            special |= here & (found ^ (found - 1));
            return (at + found.trailing_zeros() as usize / 8, special != 0);
        }
        special |= here;
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let len = rest.iter().position(|other| *other == byte).unwrap_or(rest.len());
    let tail = rest[..len].iter().any(|byte| matches!(byte, b'&' | b'\r' | 0));
    (at + len, special != 0 || tail)
}

/// A title that is never closed and goes on for longer has swallowed the page: it then ends at the next
/// tag. The standard lets it swallow; pages of 2008 are damaged like this, and say nothing then (see DESIGN.md).
const LONGEST_TITLE: usize = 2048;

/// Where raw text that starts at `start` ends: at its end tag, or at the end of the page.
fn raw_text_end(bytes: &[u8], start: usize, name: &[u8]) -> usize {
    let text = &bytes[start..];
    for at in memmem::find_iter(text, b"</") {
        if is_name_at(text, at + 2, name) {
            return start + at;
        }
    }
    bytes.len()
}

/// Whether `name` stands at `at` and ends there.
fn is_name_at(bytes: &[u8], at: usize, name: &[u8]) -> bool {
    let end = at + name.len();
    bytes.get(at..end).is_some_and(|word| word.eq_ignore_ascii_case(name))
        && bytes.get(end).is_some_and(|byte| CLASS[usize::from(*byte)] & ENDS_NAME != 0)
}

/// Where the script that starts at `start` ends. Inside of `<!--` and `-->` a `<script>` hides the next
/// `</script>`.
fn script_end(bytes: &[u8], start: usize) -> usize {
    const NAME: &[u8] = b"script";
    let mut at = start;
    let mut end = raw_text_end(bytes, at, NAME);
    while let Some(len) = memmem::find(&bytes[at..end], b"<!--") {
        match escaped_script_end(bytes, at + len + 2) {
            Escaped::Ended(end) => return end,
            Escaped::Left(next) => at = next,
        }
        // Searched again only where the comment hid it: a script may hold a million comments.
        if end < at {
            end = raw_text_end(bytes, at, NAME);
        }
    }
    end
}

/// How a comment in a script ends.
enum Escaped {
    /// The script ends in it, here.
    Ended(usize),
    /// The comment ends, and the script goes on here.
    Left(usize),
}

/// Walks over a comment in a script; `dashes` is the place of its `--`, which may be those of `-->` too.
fn escaped_script_end(bytes: &[u8], dashes: usize) -> Escaped {
    const NAME: &[u8] = b"script";
    let text = &bytes[dashes..];
    // Whether `</script>` ends but this.
    let mut nested = false;
    for at in memchr::memchr2_iter(b'<', b'>', text) {
        if text[at] == b'>' {
            if text[..at].ends_with(b"--") {
                return Escaped::Left(dashes + at + 1);
            }
        } else if text.get(at + 1) == Some(&b'/') {
            if is_name_at(text, at + 2, NAME) {
                if !nested {
                    return Escaped::Ended(dashes + at);
                }
                nested = false;
            }
        } else if !nested && is_name_at(text, at + 1, NAME) {
            nested = true;
        }
    }
    Escaped::Ended(bytes.len())
}

// The names seen in one tag are kept in 64 bits.
const _: () = assert!((Attr::Other as u8) < 64);

#[cfg(test)]
mod tests;
