//! What rules look for, again and again: every entry of the crate's own lists in turn, and single signs.
#![allow(dead_code, clippy::expect_used, unreachable_pub)]

/// A list of the crate: the text of its file, and which column holds what is looked for.
#[derive(Clone, Copy, Debug)]
pub struct List {
    pub name: &'static str,
    texts: &'static [&'static str],
    column: usize,
}

macro_rules! texts {
    ($($file:literal)*) => {
        &[$(include_str!(concat!("../src/", $file, ".txt"))),*]
    };
}

pub const PAIRS: List = List { name: "pairs", texts: texts!("label/pairs"), column: 1 };
pub const PHRASES: List = List {
    name: "phrases",
    texts: texts!(
        "label/phrases/en" "label/phrases/de" "label/phrases/fr" "label/phrases/es" "label/phrases/it" "label/phrases/pt"
        "label/phrases/nl" "label/phrases/pl" "label/phrases/sv" "label/phrases/ru" "label/phrases/tr" "label/phrases/ar"
        "label/phrases/fa" "label/phrases/he" "label/phrases/hi" "label/phrases/zh" "label/phrases/ja" "label/phrases/ko"
        "label/phrases/vi" "label/phrases/th"
    ),
    column: 2,
};
pub const AGENCIES: List = List { name: "agencies", texts: texts!("label/agencies"), column: 0 };
pub const OPEN_WORDS: List = List { name: "open words", texts: texts!("label/open_words"), column: 0 };
pub const CLASSES: List = List { name: "classes", texts: texts!("label/classes"), column: 1 };
pub const BYLINES: List = List { name: "byline words", texts: texts!("metadata/byline_words"), column: 1 };
pub const NO_AUTHORS: List = List { name: "no authors", texts: texts!("metadata/not_authors"), column: 2 };
pub const MONTHS: List = List { name: "months", texts: texts!("metadata/months"), column: 2 };
pub const WEEKDAYS: List = List { name: "weekdays", texts: texts!("metadata/weekdays"), column: 1 };
pub const DATE_WORDS: List = List { name: "date words", texts: texts!("metadata/date_words"), column: 2 };
pub const COMMON_WORDS: List =
    List { name: "common words", texts: texts!("metadata/common_words"), column: 1 };

pub const LISTS: &[List] = &[
    PAIRS,
    PHRASES,
    AGENCIES,
    OPEN_WORDS,
    CLASSES,
    BYLINES,
    NO_AUTHORS,
    MONTHS,
    WEEKDAYS,
    DATE_WORDS,
    COMMON_WORDS,
];

/// Parts that must all stand in a block are parted by this.
const PARTED: &str = " … ";

impl List {
    /// What is looked for.
    pub fn entries(self) -> impl Iterator<Item = &'static str> {
        let lines = self.texts.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with('#'));
        lines.filter_map(move |line| line.split('\t').nth(self.column)).filter(|entry| !entry.is_empty())
    }

    /// The first part of each entry.
    pub fn firsts(self) -> impl Iterator<Item = &'static str> {
        self.entries().map(|entry| entry.split(PARTED).next().unwrap_or(entry))
    }

    /// The last part of each entry.
    pub fn lasts(self) -> impl Iterator<Item = &'static str> {
        self.entries().map(|entry| entry.rsplit(PARTED).next().unwrap_or(entry))
    }
}

/// Entries in turn, as often as it takes, each written by `write`, between a start and an end.
pub fn in_turn(
    bytes: usize,
    start: &str,
    entries: impl Iterator<Item = &'static str>,
    write: impl Fn(&str) -> String,
    end: &str,
) -> Vec<u8> {
    let round: String = entries.map(write).collect();
    let count = bytes / round.len();
    let mut rest = bytes % round.len();
    while !round.is_char_boundary(rest) {
        rest -= 1;
    }
    [start, &round.repeat(count), &round[..rest], end].concat().into()
}
