//! Who wrote it: names cleaned of all that stands around them, and lines that hold nothing else.
//!
//! Everything here rather gives no name than a wrong one: addresses, handles, roles, desks and placeholders are
//! not names of authors, and a line counts as a byline only if each word of it is accounted for.

mod east_asian;
mod introduction;
mod name;
mod parting;
mod refusal;

use introduction::may_introduce;
pub(crate) use introduction::{all as introductions, is_introduction};

use super::date;
use crate::letter::{has_number, is_numeric};
use introduction::without_introduction;
use name::{Strictness, is_address, is_no_persons, name};
use parting::{Parting, SPACES};
use refusal::{Refusal, without_stops};
use std::borrow::Cow;

/// No page names more authors of one article; scientific papers do, and their first ones are enough.
const MOST_AUTHORS: usize = 24;
/// A value of structured data with several names is rarely longer; a line of text that long is prose.
const LONGEST_VALUE_BYTES: usize = 2000;
/// A byline with three names, a role and a date.
const LONGEST_BLOCK_BYTES: usize = 260;

/// Signs between a byline and what stands beside it.
static BARS: Parting<8> = Parting::new(['|', '•', '·', '⋅', '\n', '│', '∙', '●']);
/// Those between names and dates.
static PARTS: Parting<5> = Parting::new(['|', '•', '·', '⋅', '\n']);
/// Those between names.
static COMMAS: Parting<13> =
    Parting::new([',', ';', '/', '|', '،', '、', '，', '；', '\n', '•', '·', '⋅', '\t']);

/// The authors that a value of structured data or a meta element names.
pub(crate) fn names(value: &str) -> Vec<String> {
    let mut names = Vec::new();
    if value.len() > LONGEST_VALUE_BYTES {
        return names;
    }
    let value = without_tags(value);
    let value = without_introduction(value.trim()).unwrap_or(value.trim());
    let (mut count, mut is_mixed) = (0, false);
    for part in parts(value) {
        count += 1;
        match name(part, Strictness::Value) {
            Some(name) if names.len() < MOST_AUTHORS && !names.contains(&name) => names.push(name),
            Some(_) => {}
            None => is_mixed = true,
        }
    }
    // "Jane Doe, Nairobi", "example.com, Berlin, Germany": beside whole names and what is no name, a word alone
    // is a place or a degree.
    if count > 1 && (is_mixed || names.iter().any(|name| is_whole(name))) {
        names.retain(|name| is_whole(name));
    }
    names
}

/// Whether a name has more than one word, or is of a script that writes names as one.
fn is_whole(name: &str) -> bool {
    name.contains([' ', '.'])
        || name.chars().any(east_asian::is_east_asian)
        || Refusal::of(name).is(Refusal::AGENCY)
}

/// The names without agencies if there are people among them: these say where the text was taken from.
pub(crate) fn people_first(mut names: Vec<String>) -> Vec<String> {
    let is_person = |name: &String| !Refusal::of(name).is(Refusal::AGENCY);
    if names.iter().any(is_person) {
        names.retain(is_person);
    }
    names.truncate(MOST_AUTHORS);
    names
}

/// The name in `Last, First`, as catalogues write it, put the other way round.
pub(crate) fn turned(value: &str) -> Option<String> {
    let (last, first) = value.split_once(',')?;
    let (last, first) = (last.trim(), first.trim());
    let is_turned = !first.contains([',', ';', '&']) && !first.is_empty() && !last.is_empty();
    (is_turned && (1..=2).contains(&last.split_whitespace().count()) && first.split_whitespace().count() <= 3)
        .then(|| format!("{first} {last}"))
}

/// The authors of a block that is only a byline: "By Jane Doe", "Von Max Muster | 22. April 2025", "홍길동 기자".
///
/// Empty if it is a byline that names nobody: "By admin".
pub(crate) fn whole_block(text: &str) -> Option<Vec<String>> {
    if text.len() > LONGEST_BLOCK_BYTES || text.len() < 4 {
        return None;
    }
    let pieces = || BARS.split(text).map(without_bullets).filter(|piece| !piece.is_empty());
    // Most blocks are no bylines, and that shows sooner than what stands beside one.
    if !pieces().any(may_introduce) && !east_asian::may_be(text) {
        return None;
    }
    // What stands beside a byline is looked at only where there is one.
    let (mut names, mut others) = (None, Vec::new());
    for piece in pieces() {
        match byline(piece) {
            Some(found) => names.get_or_insert_with(Vec::new).extend(found),
            None => others.push(piece),
        }
    }
    let mut names: Vec<String> = names.filter(|_| others.into_iter().all(is_company_of_bylines))?;
    names.truncate(MOST_AUTHORS);
    let mut once: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    Some(once)
}

/// A piece without the dash or bullet in front of it.
fn without_bullets(piece: &str) -> &str {
    piece.trim().trim_start_matches(['-', '–', '—', '✍', '*', '►', '■']).trim()
}

/// The authors of a block that the page's own mark-up or a rule has told to be about them.
///
/// Names need no introduction here, but still nothing else may stand beside them.
pub(crate) fn marked(text: &str) -> Vec<String> {
    if let Some(names) = whole_block(text) {
        return names;
    }
    if text.len() > LONGEST_BLOCK_BYTES {
        return Vec::new();
    }
    let mut names = Vec::new();
    for piece in PARTS.split(text) {
        let piece = piece.trim();
        if piece.is_empty() || is_company_of_bylines(piece) {
            continue;
        }
        let found: Option<Vec<String>> = parts(piece).map(|part| name(part, Strictness::Text)).collect();
        match found {
            Some(found) => names.extend(found),
            // Something else stands there: what was taken for names may be something else too.
            None => return Vec::new(),
        }
    }
    names.truncate(MOST_AUTHORS);
    names.dedup();
    names
}

/// The authors of a block that holds their names and a date: "Jane Doe | April 22, 2025".
///
/// The date proves that they are authors: the names in a credit have none.
pub(crate) fn dated(text: &str) -> Option<Vec<String>> {
    // What has no date has none in any of its parts, and a page can be made of nothing but parts.
    if text.len() > LONGEST_BLOCK_BYTES || !date::may_have(text) || !PARTS.is_in(text) {
        return None;
    }
    let is_dated = PARTS.split(text).any(|part| date::whole_block(part).is_some());
    is_dated.then(|| marked(text)).filter(|names| !names.is_empty())
}

/// What may stand beside a byline in its block: dates, roles, agencies, addresses, reading times.
fn is_company_of_bylines(piece: &str) -> bool {
    if date::whole_block(piece).is_some() || piece.starts_with('@') || is_address(piece) {
        return true;
    }
    let bare = without_stops(piece);
    if Refusal::of_word(bare).is(Refusal::AGENCY.or(Refusal::PLACEHOLDER)) {
        return true;
    }
    let mut words = bare.split_whitespace();
    // "5 min read", "12 comments", "10:30"
    if bare.starts_with(is_numeric) {
        return words.count() <= 4;
    }
    bare.split_whitespace().count() <= 5
        && words.any(|word| Refusal::of_word(word.trim_matches(',')).is(Refusal::ROLE))
}

/// The names of a piece that begins with an introduction, or ends in one as in Korean and Japanese.
fn byline(piece: &str) -> Option<Vec<String>> {
    if let Some(names) = east_asian::byline(piece) {
        return Some(names);
    }
    // Behind the names may stand a date or a time.
    let (people, _) = split_date(without_introduction(piece)?);
    let people = people.trim().trim_end_matches([',', ':', '-', '–', '—']).trim();
    if people.is_empty() {
        return None;
    }
    let mut names = Vec::new();
    for part in parts(people) {
        match name(part, Strictness::Text) {
            Some(name) => names.push(name),
            None if is_no_persons(part) => {}
            None => return None,
        }
    }
    Some(names)
}

/// Parts a text where a date or a time of day begins: "Jane Doe, April 22, 2025" → ("Jane Doe", "April 22, 2025").
pub(super) fn split_date(text: &str) -> (&str, &str) {
    if !has_number(text) {
        return (text, "");
    }
    // Every comma, dash, bracket and word may be where the date begins; the first that makes the rest a date is.
    let mut tries = 0;
    for (at, c) in text.char_indices() {
        if !(c.is_whitespace() || matches!(c, ',' | '(' | '-' | '–' | '—' | ';')) {
            continue;
        }
        tries += 1;
        if tries > 24 {
            break;
        }
        let tail = text[at + c.len_utf8()..].trim();
        if date::whole_block(tail).is_some() || is_clock(tail) {
            return (&text[..at], tail);
        }
    }
    (text, "")
}

/// Whether a text is only a time of day.
fn is_clock(text: &str) -> bool {
    text.len() <= 12
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains(':')
        && text.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(c, ':' | ' ' | '.' | 'a' | 'p' | 'm' | 'A' | 'P' | 'M' | 'U' | 'h' | 'r')
        })
}

/// How surely a word parts names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// As surely as a comma.
    Strong,
    /// It also stands inside names: both sides must look like whole names.
    Weak,
}

/// How surely a word parts names, if it does, white space around it aside.
fn joint(word: &str) -> Option<Joint> {
    /// The longest with the longest space.
    const LONGEST_BYTES: usize = "&amp;\u{3000}".len();
    if word.len() > LONGEST_BYTES {
        return None;
    }
    match word.trim() {
        "and" | "AND" | "And" | "und" | "UND" | "&" | "et" | "och" | "og" | "ve" | "dan" | "và" | "и"
        | "та" | "και" | "și" | "oraz" | "ja" | "és" | "kaj" | "+" | "&amp;" => Some(Joint::Strong),
        "y" | "e" | "i" | "en" | "a" | "o" | "con" | "mit" | "with" | "avec" | "med" => Some(Joint::Weak),
        _ => None,
    }
}

/// Parts a list of names.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let is_whole = |side: &str| side.split_whitespace().nth(1).is_some();
    let mut pieces = Vec::new();
    for piece in COMMAS.split(text) {
        let mut start = 0;
        let mut at = 0;
        for word in SPACES.split_inclusive(piece) {
            let after = at + word.len();
            let parts = match joint(word) {
                Some(Joint::Strong) => true,
                Some(Joint::Weak) => is_whole(&piece[start..at]) && is_whole(&piece[after..]),
                None => false,
            };
            if parts {
                pieces.push(&piece[start..at]);
                start = after;
            }
            at = after;
        }
        pieces.push(&piece[start..]);
        if pieces.len() > 4 * MOST_AUTHORS {
            break;
        }
    }
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty())
}

/// A text without tags: some pages put a link into the value that is to name the author.
fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') || !text.contains('>') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = match rest[open..].find('>') {
            Some(close) => &rest[open + close + 1..],
            None => "",
        };
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
pub(crate) mod tests;
