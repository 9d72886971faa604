//! Who wrote it: names cleaned of all that stands around them, and lines that hold nothing else.
//!
//! Everything here rather gives no name than a wrong one: addresses, handles, roles, desks and placeholders are
//! not names of authors, and a line counts as a byline only if each word of it is accounted for.

mod east_asian;

use super::date;
use crate::label::Glance;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::HashSet;
use std::sync::LazyLock;

/// No page names more authors of one article; scientific papers do, and their first ones are enough.
const MOST_AUTHORS: usize = 24;
/// A name takes no more; the longest in the judged pages is 46.
const LONGEST_NAME_CHARS: usize = 60;
/// Spanish and Arabic names have up to six words with their particles.
const MOST_NAME_WORDS: usize = 6;
/// A value of structured data with several names is rarely longer; a line of text that long is prose.
const LONGEST_VALUE_BYTES: usize = 2000;
/// A byline with three names, a role and a date.
const LONGEST_BLOCK_BYTES: usize = 260;

/// What a word or a whole name says about not being an author's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// Names nobody: "admin", "Redaktion".
    Placeholder,
    /// What somebody is: "reporter".
    Role,
    /// What goes with a role: "senior", "political".
    Field,
    /// A news agency.
    Agency,
}

static REFUSED: LazyLock<FxHashMap<&str, Vec<Refusal>>> = LazyLock::new(|| {
    let mut words: FxHashMap<&str, Vec<Refusal>> = FxHashMap::default();
    for line in include_str!("not_authors.txt").lines() {
        let mut fields = line.split('\t').skip(1);
        if let (Some(kind), Some(word)) = (fields.next(), fields.next()) {
            let kind = match kind {
                "placeholder" => Refusal::Placeholder,
                "role" => Refusal::Role,
                "field" => Refusal::Field,
                _ => Refusal::Agency,
            };
            words.entry(word).or_default().push(kind);
        }
    }
    words
});

/// The words that introduce an author, in lower case.
static INTRODUCTIONS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    include_str!("byline_words.txt")
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(_, word)| word)
        .collect()
});

/// Their first words.
static FIRST_WORDS: LazyLock<Glance<()>> = LazyLock::new(|| {
    INTRODUCTIONS
        .iter()
        .filter_map(|words| words.split(' ').next())
        .map(|word| (word.as_bytes(), ()))
        .collect()
});

/// The most words an introduction has: "nhà báo" … "ein gastbeitrag von".
static MOST_INTRODUCTION_WORDS: LazyLock<usize> =
    LazyLock::new(|| INTRODUCTIONS.iter().map(|words| words.split(' ').count()).max().unwrap_or(1));

/// Whether a text is one of the words that introduce an author, as labels in meta elements are.
pub(crate) fn is_introduction(text: &str) -> bool {
    INTRODUCTIONS.contains(text)
}

fn is(word: &str, what: Refusal) -> bool {
    REFUSED.get(word).is_some_and(|all| all.contains(&what))
}

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
        || is(&folded(name), Refusal::Agency)
}

/// The names without agencies if there are people among them: these say where the text was taken from.
pub(crate) fn people_first(mut names: Vec<String>) -> Vec<String> {
    if names.iter().any(|name| !is(&folded(name), Refusal::Agency)) {
        names.retain(|name| !is(&folded(name), Refusal::Agency));
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
    let pieces = text
        .split(['|', '•', '·', '⋅', '\n', '│', '∙', '●'])
        .map(|piece| piece.trim().trim_start_matches(['-', '–', '—', '✍', '*', '►', '■']).trim())
        .filter(|piece| !piece.is_empty());
    // Most blocks are no bylines, and that shows sooner than what stands beside one.
    if text.is_ascii() {
        let is_one_piece = memchr::memchr2(b'|', b'\n', text.as_bytes()).is_none();
        let may_be =
            if is_one_piece { may_introduce(text) } else { text.split(['|', '\n']).any(may_introduce) };
        if !may_be {
            return None;
        }
    }
    // What stands beside a byline is looked at only where there is one.
    let (mut names, mut others) = (None, Vec::new());
    for piece in pieces {
        let found = if !piece.is_ascii() || may_introduce(piece) { byline(piece) } else { None };
        match found {
            Some(found) => names.get_or_insert_with(Vec::new).extend(found),
            None => others.push(piece),
        }
    }
    let mut names: Vec<String> = names.filter(|_| others.into_iter().all(is_company_of_bylines))?;
    names.truncate(MOST_AUTHORS);
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    Some(names)
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
    for piece in text.split(['|', '•', '·', '⋅', '\n']) {
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
    const PARTS: [char; 5] = ['|', '•', '·', '⋅', '\n'];
    if text.len() > LONGEST_BLOCK_BYTES || !text.contains(PARTS) {
        return None;
    }
    let is_dated = text.split(PARTS).any(|part| date::whole_block(part).is_some());
    is_dated.then(|| marked(text)).filter(|names| !names.is_empty())
}

/// Whether a piece of ASCII begins with a word that introduces an author, white space and signs aside.
pub(crate) fn may_introduce(piece: &str) -> bool {
    // All white space of ASCII, the vertical tabulator included.
    let is_space = |byte: u8| matches!(byte, b' ' | b'\t'..=b'\r');
    let piece = piece.as_bytes();
    let begins = |byte: &u8| !(is_space(*byte) || matches!(byte, b'-' | b'*' | b':' | b'.'));
    let piece = &piece[piece.iter().position(begins).unwrap_or(piece.len())..];
    let ends = |byte: &u8| is_space(*byte) || *byte == b':';
    let mut word = &piece[..piece.iter().position(ends).unwrap_or(piece.len())];
    while let Some(rest) = word.strip_suffix(b".") {
        word = rest;
    }
    FIRST_WORDS.get_low(word).is_some()
}

/// What may stand beside a byline in its block: dates, roles, agencies, addresses, reading times.
fn is_company_of_bylines(piece: &str) -> bool {
    if date::whole_block(piece).is_some() || piece.starts_with('@') || is_address(piece) {
        return true;
    }
    let low = folded(piece);
    if is(&low, Refusal::Agency) || is(&low, Refusal::Placeholder) {
        return true;
    }
    let mut words = low.split_whitespace();
    // "5 min read", "12 comments", "10:30"
    if low.starts_with(|c: char| c.is_numeric()) {
        return words.count() <= 4;
    }
    low.split_whitespace().count() <= 5 && words.any(|word| is(word.trim_matches(','), Refusal::Role))
}

/// The names of a piece that begins with an introduction, or ends in one as in Korean and Japanese.
fn byline(piece: &str) -> Option<Vec<String>> {
    if let Some(names) = east_asian::byline(piece) {
        return Some(names);
    }
    let rest = without_introduction(piece)?;
    let (people, tail) = split_date(rest);
    if !tail.is_empty() && date::whole_block(tail).is_none() && !is_clock(tail) {
        return None;
    }
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

/// Whether a part of a byline is known to be nobody's name.
fn is_no_persons(part: &str) -> bool {
    let low = folded(part);
    is(&low, Refusal::Placeholder)
        || is(&low, Refusal::Agency)
        || part.starts_with('@')
        || is_address(part)
        || low.split_whitespace().all(|word| is(word, Refusal::Role) || is(word, Refusal::Field))
        || low.split_whitespace().count() <= 6
            && low.split_whitespace().any(|word| is(word, Refusal::Role))
            && part.chars().next().is_some_and(|c| !c.is_lowercase())
        // One capitalised word: a desk, an agency, a nickname; a byline all the same.
        || low.split_whitespace().count() == 1 && low.chars().all(char::is_alphabetic) && low.chars().count() >= 3
            && part.chars().next().is_some_and(char::is_uppercase)
            && part.chars().skip(1).any(char::is_uppercase)
}

/// What follows the words that introduce an author; `None` where none do.
fn without_introduction(text: &str) -> Option<&str> {
    let mut best = None;
    let mut low = String::new();
    let mut words = 0;
    let mut at = 0;
    for word in text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, ':' | '：')) {
        words += 1;
        if words > *MOST_INTRODUCTION_WORDS {
            break;
        }
        at += word.len();
        let bare = word.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '.'));
        let is_first = low.is_empty() && !bare.is_empty();
        if !low.is_empty() && !bare.is_empty() {
            low.push(' ');
        }
        if bare.is_ascii() {
            low.extend(bare.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            low.push_str(&bare.to_lowercase());
        }
        // Whatever follows, no introduction begins so.
        if is_first && FIRST_WORDS.get(low.as_bytes()).is_none() {
            break;
        }
        if INTRODUCTIONS.contains(low.as_str()) {
            let rest = text[at..]
                .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—'));
            if !rest.is_empty() {
                best = Some(rest);
            }
        }
        if word.ends_with([':', '：']) && best.is_none() {
            break;
        }
    }
    best
}

/// Parts a text where a date begins: "Jane Doe, April 22, 2025" → ("Jane Doe", "April 22, 2025").
pub(super) fn split_date(text: &str) -> (&str, &str) {
    if !text.contains(|c: char| c.is_numeric()) {
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

/// Parts a list of names.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    /// Words that part names as surely as a comma.
    const STRONG: &[&str] = &[
        "and", "AND", "And", "und", "UND", "&", "et", "och", "og", "ve", "dan", "và", "и", "та", "και", "și",
        "oraz", "ja", "és", "kaj", "+", "&amp;",
    ];
    /// Words that also stand inside names: both sides must look like whole names.
    const WEAK: &[&str] = &["y", "e", "i", "en", "a", "o", "con", "mit", "with", "avec", "med"];
    let mut pieces = Vec::new();
    for piece in text.split([',', ';', '/', '|', '،', '、', '，', '；', '\n', '•', '·', '⋅', '\t']) {
        let mut start = 0;
        let mut at = 0;
        for word in piece.split_inclusive(char::is_whitespace) {
            let bare = word.trim();
            let after = at + word.len();
            let is_whole = |side: &str| side.split_whitespace().count() >= 2;
            if STRONG.contains(&bare)
                || WEAK.contains(&bare) && is_whole(&piece[start..at]) && is_whole(&piece[after..])
            {
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

#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// The page says that this is an author.
    Value,
    /// It was found in text: at least two words that begin with capitals.
    Text,
}

/// The name in a part of a byline, without what stands around it; `None` if it names nobody.
fn name(part: &str, strictness: Strictness) -> Option<String> {
    let part = without_introduction(part).unwrap_or(part);
    if is_address(part) || part.starts_with('@') {
        return None;
    }
    // "Jane Doe (AFP)", "Jane Doe <jane@…>", "Jane Doe - Berlin"
    let part = part.split(['(', '（', '<', '[', '@']).next().unwrap_or(part);
    let part = part.split(" - ").next().unwrap_or(part);
    let part = part.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let part = part.trim_matches(|c: char| {
        !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | 'ʻ' | '"' | '“' | '”') || is_mark(c))
    });
    let part = part.trim_end_matches(['"', '“', '”']).trim_start_matches(['.', '"', '“', '”']);
    let part = without_place(part);
    let whole = folded(part);
    // Before roles are taken off: "Die Redaktion", "Example Staff" are nobody, not Die and Example.
    if is(&whole, Refusal::Placeholder)
        || [" staff", " team", " desk", " newsroom"].iter().any(|end| whole.ends_with(end))
    {
        return None;
    }
    let words: Vec<&str> = part.split_whitespace().collect();
    let words = without_roles(&words);
    let name = words.join(" ");
    let low = folded(&name);
    let is_named = name.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && name.chars().count() <= LONGEST_NAME_CHARS
        && (1..=MOST_NAME_WORDS).contains(&words.len())
        && !name.chars().any(|c| c.is_numeric() || matches!(c, '_' | '?' | '!' | ':' | '=' | '{' | '}' | '<' | '>' | '%' | '#' | '$' | '\\' | '“' | '”' | '…'))
        && !is(&low, Refusal::Placeholder)
        // "The Currency", "From the archive", "Team Example".
        && !["the ", "from ", "team ", "our ", "about ", "more ", "die ", "das "].iter().any(|begin| low.starts_with(begin) && !is(&low, Refusal::Agency))
        && !INTRODUCTIONS.contains(low.as_str())
        // What is left after roles were taken off both ends and still names one is a post, not a person.
        && !words.iter().any(|word| is(&folded(word), Refusal::Role))
        && !is_address(&name);
    if !is_named || !has_capitals(words, strictness) {
        return None;
    }
    if strictness == Strictness::Text && is(&low, Refusal::Agency) {
        return None;
    }
    Some(name)
}

/// Marks of scripts whose letters carry them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}')
}

/// "Jane Doe in Washington", "Max Muster für die Zeitung": what follows is no part of the name.
fn without_place(part: &str) -> &str {
    const PLACES: &[&str] = &[
        "in", "for", "at", "für", "aus", "from", "pour", "para", "per", "voor", "à", "within", "via", "bei",
        "på", "im",
    ];
    let mut at = 0;
    for (count, word) in part.split_inclusive(' ').enumerate() {
        if count >= 2 && PLACES.contains(&word.trim_end()) {
            return part[..at].trim_end();
        }
        at += word.len();
    }
    part
}

/// Takes roles off both ends: "Political Editor Jane Doe", "Jane Doe Senior Reporter".
fn without_roles<'w, 's>(words: &'w [&'s str]) -> &'w [&'s str] {
    let low: Vec<String> = words.iter().map(|word| folded(word)).collect();
    let mut end = words.len();
    while end > 0 && is(&low[end - 1], Refusal::Role) {
        end -= 1;
        while end > 2 && is(&low[end - 1], Refusal::Field) {
            end -= 1;
        }
    }
    let mut start = 0;
    if let Some(role) = low[..end].iter().take(4).rposition(|word| is(word, Refusal::Role))
        && low[..role]
            .iter()
            .all(|word| is(word, Refusal::Field) || is(word, Refusal::Role) || is(word, Refusal::Agency))
    {
        start = role + 1;
    }
    &words[start..end]
}

/// Whether the words are written as names are, in scripts that have capitals.
fn has_capitals(words: &[&str], strictness: Strictness) -> bool {
    /// Small words inside names.
    const PARTICLES: &[&str] = &[
        "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "van", "von", "der", "den", "zu",
        "zur", "vom", "la", "le", "y", "e", "i", "al", "el", "bin", "bint", "ben", "ibn", "abu", "ter",
        "ten", "te", "op", "het", "'t", "af", "av", "of", "und", "dem", "san", "st.", "st", "d'", "lo",
        "degli", "ul", "ur", "bte", "o", "ó",
    ];
    let mut capitals = 0;
    let mut others = 0;
    for word in words {
        let first = word.chars().find(|c| c.is_alphabetic());
        match first {
            Some(c) if c.is_uppercase() => capitals += 1,
            Some(c) if c.is_lowercase() => {
                let has_inner_capital = word.chars().skip(1).any(char::is_uppercase);
                if has_inner_capital {
                    capitals += 1;
                } else if !PARTICLES.contains(word) {
                    return false;
                }
            }
            // Scripts without capitals.
            Some(_) => others += 1,
            // An initial's stop, a dash.
            None => {}
        }
    }
    match strictness {
        Strictness::Value => capitals + others >= 1,
        Strictness::Text => capitals + others >= 2 && words.len() <= 5,
    }
}

/// Addresses of pages, of mail, of files.
fn is_address(text: &str) -> bool {
    if !text.bytes().any(|byte| matches!(byte, b'.' | b'/' | b'@')) {
        return false;
    }
    let low = text.trim().to_ascii_lowercase();
    if low.contains("://") || low.contains("www.") || low.starts_with('/') {
        return true;
    }
    if let Some(at) = low.find('@') {
        // "a@b.c" and "(at)" are addresses, "@name" a handle.
        return low[at..].contains('.');
    }
    if low.contains(' ') {
        return false;
    }
    const ENDINGS: &[&str] = &[
        ".com", ".org", ".net", ".de", ".co.uk", ".fr", ".es", ".it", ".ru", ".info", ".io", ".tv", ".html",
        ".php", ".pl", ".br", ".jp", ".cn", ".in", ".eu", ".at", ".ch", ".news", ".gr", ".ro", ".cz", ".us",
        ".ca", ".au", ".tr", ".ua",
    ];
    ENDINGS.iter().any(|ending| low.ends_with(ending))
}

/// A text without tags: some pages put a link into the value that is to name the author.
fn without_tags(text: &str) -> std::borrow::Cow<'_, str> {
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

/// Lower case without the stops around it, for a look into the tables.
fn folded(text: &str) -> String {
    text.trim().trim_matches(['.', ',', ':', '-', '"', '“', '”']).to_lowercase()
}

#[cfg(test)]
mod tests;
