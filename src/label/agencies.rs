//! Names of photo and news agencies, and what tells at a glance that a text has none.

use super::known_words::KnownWords;
use super::signs::Signs;
use crate::feature::words_in;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Names of photo and news agencies, folded.
static AGENCIES: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| entries(include_str!("agencies.txt")).collect());

/// The lines of a list.
fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// Words that end the name of an agency or say that a picture is one.
pub(crate) const AGENCY_WORDS: &[&str] =
    &["photo", "photos", "foto", "fotos", "images", "pictures", "pool", "handout", "agency"];

/// Parts a name from an agency as a stroke does.
pub(crate) const VIA: &str = " via ";

/// The last words of all agencies' names.
static LAST_WORDS: LazyLock<KnownWords> =
    LazyLock::new(|| AGENCIES.iter().chain(AGENCY_WORDS).filter_map(|name| words_in(name).pop()).collect());

/// Whether a text with these words and signs may hold an agency's name: it has a word that ends one, or characters that could
/// stand in one and be another in its words.
pub(crate) fn may_name_agency(text: &str, words: &[u32], signs: Signs) -> bool {
    // Letters of Latin but for those that fold to ASCII, of Greek, Russian, Japanese, Chinese and Korean; dashes, quotes,
    // bullets and wide stops part words.
    let is_plain = |c: char| {
        c.is_ascii()
            || matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{12f}' | '\u{131}'..='\u{17e}')
            || matches!(c, '\u{386}'..='\u{3c1}' | '\u{3c3}'..='\u{3ce}' | '\u{410}'..='\u{45f}' | '\u{2010}'..='\u{2026}')
            || matches!(c, '\u{3001}'..='\u{3011}' | '\u{3041}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}')
    };
    let seen = &*LAST_WORDS;
    let may_end_name = |word: &u32| seen.has(*word);
    if words.iter().any(may_end_name) {
        // Of words and spaces alone only the last word ends a name, but where "via" parts two.
        let has_parts = signs.has(Signs::MARK.or(Signs::BEYOND_ASCII)) || text.contains(VIA);
        return has_parts || words.last().is_some_and(may_end_name);
    }
    signs.has(Signs::BEYOND_ASCII) && !text.chars().all(is_plain)
}

/// Whether a folded name is an agency's.
pub(crate) fn is_agency(folded: &str) -> bool {
    AGENCIES.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(entries(include_str!("agencies.txt")).is_sorted());
    }

    #[test]
    fn every_agency_is_seen_at_a_glance() {
        for name in AGENCIES.iter().chain(AGENCY_WORDS) {
            for text in [
                (*name).to_owned(),
                format!("Jane Doe/{}", name.to_uppercase()),
                format!("Jane Doe via {name}"),
                format!("{name} via Jane Doe"),
                format!("© {name}…"),
            ] {
                assert!(may_name_agency(&text, &words_in(&text), Signs::of(&text)), "{text}");
            }
        }
        for other in [
            "Contact us – “now”",
            "Images of harbours",
            "AP and others",
            "港は月曜日、閉鎖。",
            "Το λιμάνι",
            "항구는",
        ] {
            assert!(!may_name_agency(other, &words_in(other), Signs::of(other)), "{other}");
        }
    }
}
