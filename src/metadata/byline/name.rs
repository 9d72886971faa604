//! A part of a byline → the name in it, cleaned of all that stands around it.

use super::introduction::{is_introduction, without_introduction};
use super::parting::Parting;
use super::refusal::{Refusal, without_stops};
use crate::letter::{is_alphabetic, is_alphanumeric, is_lowercase, is_numeric, lowercase};

/// A name takes no more; the longest in the judged pages is 46.
const LONGEST_NAME_CHARS: usize = 60;
/// Spanish and Arabic names have up to six words with their particles.
const MOST_NAME_WORDS: usize = 6;

/// What no name goes on behind.
static OPENINGS: Parting<5> = Parting::new(['(', '（', '<', '[', '@']);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// The page says that this is an author.
    Value,
    /// It was found in text: at least two words that begin with capitals.
    Text,
}

/// The name in a part of a byline, without what stands around it; `None` if it names nobody.
pub(super) fn name(part: &str, strictness: Strictness) -> Option<String> {
    let part = without_introduction(part).unwrap_or(part);
    if begins_small(part) {
        return None;
    }
    if is_address(part) || part.starts_with('@') {
        return None;
    }
    // "Jane Doe (AFP)", "Jane Doe <jane@…>", "Jane Doe - Berlin"
    let part = OPENINGS.split(part).next().unwrap_or(part);
    let bytes = part.as_bytes();
    let dash = memchr::memchr_iter(b'-', bytes).find(|at| *at > 0 && bytes[at - 1..].starts_with(b" - "));
    let part = &part[..dash.map_or(part.len(), |at| at - 1)];
    let spaced: String;
    let is_spaced = |two: &[u8]| matches!(two, b"  " | [0xc2, 0xa0]);
    let part = if part.as_bytes().windows(2).any(is_spaced) {
        spaced = part.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        &spaced
    } else {
        part
    };
    let part = part.trim_matches(|c: char| {
        !(is_alphanumeric(c) || matches!(c, '.' | '\'' | '’' | 'ʻ' | '"' | '“' | '”') || is_mark(c))
    });
    let part = part.trim_end_matches(['"', '“', '”']).trim_start_matches(['.', '"', '“', '”']);
    let part = without_place(part);
    let words: Vec<&str> = part.split_whitespace().collect();
    let words = without_roles(&words);
    if !(1..=MOST_NAME_WORDS).contains(&words.len()) || !has_capitals(words, strictness) {
        return None;
    }
    // With the roles: "Die Redaktion", "Example Staff" are nobody, not Die and Example.
    let whole = lowercase(without_stops(part));
    if Refusal::of_low(&whole).is(Refusal::PLACEHOLDER)
        || [" staff", " team", " desk", " newsroom"].iter().any(|end| whole.ends_with(end))
    {
        return None;
    }
    let name = words.join(" ");
    let low = lowercase(without_stops(&name));
    let refusal = Refusal::of_low(&low);
    // "The Currency", "From the archive", "Team Example".
    const BEGINNINGS: &[&str] = &["the ", "from ", "team ", "our ", "about ", "more ", "die ", "das "];
    let is_author = match refusal.is(Refusal::AGENCY) {
        true => strictness == Strictness::Value,
        false => !BEGINNINGS.iter().any(|begin| low.starts_with(begin)),
    };
    let is_named = is_author
        && is_spelled_as_names_are(&name)
        && !refusal.is(Refusal::PLACEHOLDER)
        && !is_introduction(&low)
        // What is left after roles were taken off both ends and still names one is a post, not a person.
        && !words.iter().any(|word| Refusal::of(word).is(Refusal::ROLE))
        && !is_address(&name);
    is_named.then_some(name)
}

/// Whether a text begins with a word that no name begins with and no role ends with: one in small letters.
fn begins_small(text: &str) -> bool {
    let end = text.find(|c| !(is_lowercase(c) && is_alphabetic(c))).unwrap_or(text.len());
    let word = &text[..end];
    end > 0
        && text.as_bytes().get(end).is_none_or(|next| *next == b' ')
        && !is_particle(word)
        && Refusal::of_word(word) == Refusal::default()
}

/// Whether a word is a small one that stands inside names.
fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "de", "da", "do", "dos", "das", "del", "della", "di", "du", "des", "van", "von", "der", "den", "zu",
        "zur", "vom", "la", "le", "y", "e", "i", "al", "el", "bin", "bint", "ben", "ibn", "abu", "ter",
        "ten", "te", "op", "het", "'t", "af", "av", "of", "und", "dem", "san", "st.", "st", "d'", "lo",
        "degli", "ul", "ur", "bte", "o", "ó",
    ];
    const LONGEST_BYTES: usize = "degli".len();
    word.len() <= LONGEST_BYTES && PARTICLES.contains(&word)
}

/// Whether a text has two letters and no sign that is part of no name.
fn is_spelled_as_names_are(name: &str) -> bool {
    name.chars().filter(|c| is_alphabetic(*c)).take(2).count() == 2
        && name.chars().count() <= LONGEST_NAME_CHARS
        && !name.chars().any(|c| {
            is_numeric(c)
                || matches!(
                    c,
                    '_' | '?'
                        | '!'
                        | ':'
                        | '='
                        | '{'
                        | '}'
                        | '<'
                        | '>'
                        | '%'
                        | '#'
                        | '$'
                        | '\\'
                        | '“'
                        | '”'
                        | '…'
                )
        })
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
    const LONGEST_BYTES: usize = "within".len();
    let mut at = 0;
    for (count, word) in part.split_inclusive(' ').enumerate() {
        let bare = word.trim_end();
        if count >= 2 && bare.len() <= LONGEST_BYTES && PLACES.contains(&bare) {
            return part[..at].trim_end();
        }
        at += word.len();
    }
    part
}

/// Takes roles off both ends: "Political Editor Jane Doe", "Jane Doe Senior Reporter".
fn without_roles<'w, 's>(words: &'w [&'s str]) -> &'w [&'s str] {
    /// A role with its fields in front of a name.
    const MOST_WORDS: usize = 4;
    let is = |at: usize, what: Refusal| Refusal::of(words[at]).is(what);
    let mut end = words.len();
    while end > 0 && is(end - 1, Refusal::ROLE) {
        end -= 1;
        while end > 2 && is(end - 1, Refusal::FIELD) {
            end -= 1;
        }
    }
    // What is longer even without roles at both ends is no name.
    if end > MOST_WORDS + MOST_NAME_WORDS {
        return &words[..end];
    }
    let any = Refusal::FIELD.or(Refusal::ROLE).or(Refusal::AGENCY);
    let role = (0..end.min(MOST_WORDS)).rev().find(|&at| is(at, Refusal::ROLE));
    let start = role.filter(|role| (0..*role).all(|at| is(at, any))).map_or(0, |role| role + 1);
    &words[start..end]
}

/// Whether the words are written as names are, in scripts that have capitals.
fn has_capitals(words: &[&str], strictness: Strictness) -> bool {
    let mut capitals = 0;
    let mut others = 0;
    for word in words {
        let first = word.chars().find(|c| is_alphabetic(*c));
        match first {
            Some(c) if c.is_uppercase() => capitals += 1,
            Some(c) if is_lowercase(c) => {
                if is_particle(word) {
                    continue;
                }
                if !word.chars().skip(1).any(char::is_uppercase) {
                    return false;
                }
                capitals += 1;
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
pub(super) fn is_address(text: &str) -> bool {
    if memchr::memchr3(b'.', b'/', b'@', text.as_bytes()).is_none() {
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

/// Whether a part of a byline is known to be nobody's name.
pub(super) fn is_no_persons(part: &str) -> bool {
    let bare = without_stops(part);
    let says = |what: Refusal| move |word: &str| Refusal::of_word(word).is(what);
    let words = || bare.split_whitespace();
    Refusal::of_word(bare).is(Refusal::PLACEHOLDER.or(Refusal::AGENCY))
        || part.starts_with('@')
        || is_address(part)
        || words().all(says(Refusal::ROLE.or(Refusal::FIELD)))
        || part.chars().next().is_some_and(|c| !is_lowercase(c))
            && words().nth(6).is_none()
            && words().any(says(Refusal::ROLE))
        // One capitalised word: a desk, an agency, a nickname; a byline all the same.
        || part.chars().next().is_some_and(char::is_uppercase)
            && words().nth(1).is_none()
            && part.chars().skip(1).any(char::is_uppercase)
            && is_word(&lowercase(bare))
}

/// Whether a text is a word of three or more letters.
fn is_word(text: &str) -> bool {
    text.chars().all(is_alphabetic) && text.chars().nth(2).is_some()
}
