//! The words of dates: months, weekdays, what says "published" and what says "updated".

use super::Kind;
use super::scan::{Piece, Token, fold, tokens};
use crate::label::Glance;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What a month's name may mean, with the language it does so in: `listopad` is October in Croatian and
/// November in Polish.
static MONTHS: LazyLock<FxHashMap<&str, Vec<(&str, u8)>>> = LazyLock::new(|| {
    let mut months: FxHashMap<&str, Vec<(&str, u8)>> = FxHashMap::default();
    for line in include_str!("../months.txt").lines() {
        let mut fields = line.split('\t');
        if let (Some(language), Some(number), Some(name)) = (fields.next(), fields.next(), fields.next())
            && let Ok(number) = number.parse()
        {
            months.entry(name).or_default().push((language, number));
        }
    }
    months
});

/// The first words of months' names that have two: كانون الثاني.
static FIRST_OF_TWO: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| MONTHS.keys().filter_map(|name| name.split_once(' ')).map(|(first, _)| first).collect());

/// What else begins something: halves of the day, the `T` before a time, zones.
const OTHER_BEGINNINGS: &[&str] = &[
    "오전", "오후", "上", "早", "凌", "下", "晚", "傍", "午", "t", "z", "utc", "gmt", "ut", "est", "edt",
    "cdt", "mst", "mdt", "pst", "pdt", "cet", "mez", "cest", "mesz", "eet", "eest", "msk", "jst", "kst",
    "cst", "ist", "bst", "ast", "pkt", "hkt", "sgt", "aest", "aedt",
];

/// What a word does in a date where it begins something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Beginning {
    /// It says nothing that is needed: weekdays, articles, prepositions.
    Passed,
    /// It may begin a month's name, a phrase, a time or a zone.
    Part,
}

/// All words that may begin something.
static BEGINNINGS: LazyLock<Glance<Beginning>> = LazyLock::new(|| {
    let months = MONTHS.keys().map(|name| name.split(' ').next().unwrap_or(name));
    let parts = months.chain(OTHER_BEGINNINGS.iter().copied()).chain(PHRASES.keys().map(|word| &**word));
    // Fillers stand between the parts of a date and say nothing: articles, prepositions, "year", "o'clock".
    let fillers = include_str!("../fillers.txt").lines();
    let weekdays = include_str!("../weekdays.txt").lines().filter_map(|line| line.split_once('\t'));
    let passed = weekdays.map(|(_, name)| name).chain(fillers);
    // Later entries replace earlier ones: a filler may be a part of something as well, which is tried first.
    let all = parts.map(|word| (word, Beginning::Part)).chain(passed.map(|word| (word, Beginning::Passed)));
    all.map(|(word, beginning)| (word.as_bytes(), beginning)).collect()
});

/// What a word may begin; `None` for words that are no part of a date, or only behind something else.
pub(super) fn beginning(word: &str) -> Option<Beginning> {
    BEGINNINGS.get(word.as_bytes()).copied()
}

/// Whether a date may begin with a word of ASCII, in whatever case it is written.
pub(super) fn may_begin(word: &[u8]) -> bool {
    BEGINNINGS.get_low(word).is_some()
}

/// A phrase after its first token, and what it says.
type Phrase = (Vec<Box<str>>, Kind);

static PHRASES: LazyLock<FxHashMap<Box<str>, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: FxHashMap<Box<str>, Vec<Phrase>> = FxHashMap::default();
    for line in include_str!("../date_words.txt").lines() {
        let mut fields = line.split('\t').skip(1);
        let (Some(kind), Some(phrase)) = (fields.next(), fields.next()) else { continue };
        let kind = if kind == "modified" { Kind::Modified } else { Kind::Published };
        let folded = fold(phrase);
        let mut words = tokens(&folded).into_iter().filter_map(|piece| match piece.token {
            Token::Word(word) => Some(Box::from(word)),
            _ => None,
        });
        if let Some(first) = words.next() {
            phrases.entry(first).or_default().push((words.collect(), kind));
        }
    }
    // The longest first: "updated on" before "updated".
    for all in phrases.values_mut() {
        all.sort_by_key(|(rest, _)| core::cmp::Reverse(rest.len()));
    }
    phrases
});

/// The month that the tokens begin with, and how many tokens its name takes.
///
/// A name that means two months counts only if the language decides between them.
pub(super) fn month(pieces: &[Piece<'_>], language: Option<&str>) -> Option<(u8, usize)> {
    let Token::Word(first) = pieces.first()?.token else { return None };
    let meaning = |name: &str| {
        let all = MONTHS.get(name)?;
        let own = all.iter().find(|(of, _)| Some(*of) == language).map(|(_, number)| *number);
        own.or_else(|| all.iter().all(|(_, number)| *number == all[0].1).then_some(all[0].1))
    };
    if let Some(Token::Word(second)) = pieces.get(1).map(|piece| piece.token)
        && FIRST_OF_TWO.contains(first)
        && let Some(number) = meaning(&format!("{first} {second}"))
    {
        return Some((number, 2));
    }
    meaning(first).map(|number| (number, 1))
}

/// The phrase that the tokens begin with, and how many tokens it takes.
pub(super) fn phrase(pieces: &[Piece<'_>]) -> Option<(Kind, usize)> {
    let Token::Word(first) = pieces.first()?.token else { return None };
    PHRASES.get(first)?.iter().find_map(|(rest, kind)| {
        let fits = rest
            .iter()
            .enumerate()
            .all(|(at, word)| matches!(pieces.get(at + 1), Some(piece) if piece.token == Token::Word(word)));
        fits.then_some((*kind, rest.len() + 1))
    })
}
