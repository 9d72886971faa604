//! `caption`, `credit`, `alt-text`: what a picture shows and who took it.
//!
//! **Looks for** `figcaption`; a line of names and agencies parted by slashes, commas or bars (a credit); a
//! sentence that ends in a credit; a short block right before a credit; a lower-case slug right above a
//! caption (the words that stood for the picture). **Why**: without its picture a caption interrupts the
//! text, and the photographer is not the author. **Credit**: `A. Person, Agency, Pool Photo/AP`.
//! **Not a credit**: `according to AP` in a sentence: it has a verb and a stop.
//! **Errs** on the first sentence of a photo essay, and on captions without a credit in plain text.

use crate::block::BlockKind;
use crate::label::facts::{Answers, Ending, Facts};
use crate::label::finding::{Findings, Weight};
use crate::label::fold::fold_onto;
use crate::label::signs::Signs;
use crate::label::{Label, agencies, phrases};
use crate::tree::Style;
use std::borrow::Cow;

pub(crate) const ALT_TEXT: &str = "alt-text";

/// Credits name one or two people and as many agencies.
const LONGEST_CREDIT_WORDS: u32 = 16;
/// Captions on the judged pages: 95 % have fewer words.
const LONGEST_CAPTION_WORDS: u32 = 70;
/// Slugs are file names without their hyphens.
const LONGEST_SLUG_WORDS: u32 = 8;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    let mut are_credits = Answers::none(facts);
    for at in 0..facts.len() {
        let words = facts.of[at].words;
        if facts.kind(at) == BlockKind::Caption {
            findings.add(at, Label::Caption, "caption", Weight::Decides, "the mark-up says so");
            continue;
        }
        if words > LONGEST_CAPTION_WORDS || facts.of[at].ending == Ending::Stop {
            // Too long or a sentence: neither is it a credit nor do its last words hold one.
            continue;
        }
        let may_name = may_name_source(facts.text(at), facts.words_of(at), facts.of[at].signs);
        let may_be_credit =
            || may_be_credit(facts.text(at), facts.of[at].signs, facts.of[at].prefix, may_name);
        if words <= LONGEST_CREDIT_WORDS && may_be_credit() && are_credits.about(facts, at, is_credit) {
            findings.add(at, Label::Credit, "credit", Weight::Decides, "names and agencies, no sentence");
        } else if ends_in_credit(facts, at, may_name) {
            findings.add(at, Label::Caption, "caption", Weight::Decides, "ends in a credit");
        }
    }
    for at in 1..facts.len() {
        if findings.label(at) == Some(Label::Credit) && !facts.kind(at - 1).is_heading() {
            let above = &facts.of[at - 1];
            let signs = above.words <= LONGEST_CAPTION_WORDS && has_caption_words(facts.text(at - 1));
            if signs {
                findings.add(
                    at - 1,
                    Label::Caption,
                    "caption",
                    Weight::Decides,
                    "tells of a picture, above a credit",
                );
            } else if above.words <= 25 && facts.is_flat() {
                findings.add(at - 1, Label::Caption, "caption", Weight::Leans, "short, above a credit");
            }
        }
    }
    if facts.is_flat() {
        for at in 1..facts.len() {
            if findings.label(at) == Some(Label::Caption) && is_slug(facts, at - 1) {
                findings.add(
                    at - 1,
                    Label::Caption,
                    ALT_TEXT,
                    Weight::Decides,
                    "lower-case words above a caption",
                );
            }
        }
    }
}

/// Whether a text may name an agency, or end as a photographer's name does in Chinese, Japanese and Korean.
fn may_name_source(text: &str, words: &[u32], signs: Signs) -> bool {
    let may_be_signed = || {
        let last = text.trim_end_matches(|c: char| c.is_whitespace() || c == '）' || BRACKETS.contains(&c));
        last.ends_with(|last: char| !last.is_ascii() && ENDINGS.iter().any(|ending| ending.ends_with(last)))
    };
    agencies::may_name_agency(text, words, signs) || signs.has(Signs::BEYOND_ASCII) && may_be_signed()
}

/// Whether a block may be a credit: most show at once that they are none.
fn may_be_credit(text: &str, signs: Signs, prefix: Option<(Label, usize)>, may_name_source: bool) -> bool {
    // What the block has at its head it has without its brackets, too, unless they stand there.
    let is_bare = !text.starts_with(|c: char| c.is_whitespace() || BRACKETS.contains(&c));
    may_name_source || matches!(prefix, Some((Label::Credit, _))) || !is_bare && may_have_label(text, signs)
}

/// What may stand around a credit.
const BRACKETS: [char; 6] = ['(', ')', '[', ']', '*', '_'];

/// Whether a text has a sign such as stands behind "Photo".
fn may_have_label(text: &str, signs: Signs) -> bool {
    signs.has(Signs::LABEL_END) && phrases::has_label_end(text)
}

/// Lower-case words without a stop, as file names have.
fn is_slug(facts: &Facts<'_>, at: usize) -> bool {
    let text = facts.text(at);
    facts.of[at].words <= LONGEST_SLUG_WORDS
        && facts.of[at].ending == Ending::Open
        && !facts.kind(at).is_heading()
        && text.chars().any(char::is_alphabetic)
        && text.chars().all(|c| !c.is_alphabetic() || c.is_lowercase())
}

/// Whether a text is nothing but names and at least one agency.
pub(crate) fn is_credit(text: &str) -> bool {
    let text = text.trim().trim_matches(BRACKETS);
    if text.is_empty() || text.chars().count() > 120 || crate::label::facts::ending(text) == Ending::Stop {
        return false;
    }
    let is_signed =
        !text.ends_with(|c: char| c.is_ascii()) && ENDINGS.iter().any(|ending| text.ends_with(ending));
    if is_signed && !text.contains('。') {
        return text.chars().count() <= LONGEST_SIGNATURE_CHARS;
    }
    if let Some((Label::Credit, rest)) = phrases::prefix(text) {
        return text[rest..].split_whitespace().count() <= 12;
    }
    let parted = if text.contains(agencies::VIA) {
        Cow::Owned(text.replace(agencies::VIA, "/"))
    } else {
        Cow::Borrowed(text)
    };
    let mut buffer = String::new();
    let mut agencies = 0;
    for part in parted.split(parts_names) {
        let part = part.trim().trim_start_matches(['©', 'ⓒ']).trim();
        if part.is_empty() {
            continue;
        }
        buffer.clear();
        let folded = fold_onto(part, &mut buffer).map_or("", |span| &buffer[span.range()]);
        let last = folded.rsplit(' ').next().unwrap_or_default();
        if agencies::is_agency(folded) || (folded != last && agencies::AGENCY_WORDS.contains(&last)) {
            agencies += 1;
        } else if part.split_whitespace().nth(4).is_some() || !part.split_whitespace().all(is_name_word) {
            return false;
        }
    }
    agencies > 0
}

/// Whether a sign parts names and agencies.
fn parts_names(c: char) -> bool {
    matches!(c, '/' | ',' | '|' | ';' | '(' | ')' | '·' | '•' | '–' | '—')
}

/// What stands behind a photographer's name: "photographed", "provided", in Chinese, Japanese, Korean.
const ENDINGS: &[&str] = &["摄", "摄影", "撮影", "攝", "攝影", "供图", "提供", "제공", "촬영"];
/// A name and such an ending.
const LONGEST_SIGNATURE_CHARS: usize = 16;

/// Words of names begin with a capital or are particles of names.
fn is_name_word(word: &str) -> bool {
    let first = word.chars().find(|c| c.is_alphabetic());
    first.is_none_or(|c| !c.is_lowercase())
        || matches!(
            word,
            "de" | "van" | "von" | "der" | "da" | "di" | "al" | "el" | "la" | "bin" | "for" | "the"
        )
}

/// Whether the end of a block, set off by its look or by a stop, is a credit.
fn ends_in_credit(facts: &Facts<'_>, at: usize, may_name_source: bool) -> bool {
    let (text, signs) = (facts.text(at), facts.of[at].signs);
    // Without an agency it has a label, or a stroke between names.
    if !may_name_source && !signs.has(Signs::LABEL_END.or(Signs::STROKE)) {
        return false;
    }
    let record = &facts.blocks.records[at];
    let marked = facts.blocks.marks_of(record).last().filter(|last| {
        last.text.end() == record.text.end()
            && last.text.start() > record.text.start()
            && last.style.has(Style::STRONG.with(Style::EMPHASIS))
    });
    let marked = marked.map(|last| &facts.blocks.text[last.text.range()]);
    // Brackets and stops are marks, wide brackets are beyond ASCII.
    let tail = if signs.has(Signs::MARK.or(Signs::BEYOND_ASCII)) { tail_of(text) } else { None };
    (marked.is_some() || tail.is_some())
        && (may_name_source
            || may_have_label(text, signs)
            || signs.has(Signs::STROKE) && text.contains(" / "))
        && (marked.is_some_and(|tail| is_credit(tail) || is_name_and_publisher(tail))
            || tail.is_some_and(is_credit))
}

/// What stands in brackets at the end of a text, or behind its last stop.
fn tail_of(text: &str) -> Option<&str> {
    let inner = text.trim_end().strip_suffix([')', '）']);
    let tail = inner.and_then(|inner| inner.rsplit_once(['(', '（'])).map(|(_, tail)| tail);
    let last_stop = || memchr::memrchr_iter(b'.', text.as_bytes()).find(|at| text[at + 1..].starts_with(' '));
    tail.or_else(|| last_stop().map(|stop| &text[stop + 2..]))
}

/// Whether a text is a person's name and a publisher's, parted by a stroke: "Jane Doe / Harbour Times".
///
/// Publishers are not all known, as agencies are; so this proves something only where the mark-up sets it off.
fn is_name_and_publisher(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().trim_matches(['(', ')']).split(" / ").collect();
    let is_name = |part: &&str| {
        (2..=4).contains(&part.split_whitespace().count()) && part.split_whitespace().all(is_name_word)
    };
    (2..=3).contains(&parts.len()) && parts.iter().all(is_name) && !text.contains(|c: char| c.is_numeric())
}

/// Words by which captions speak of their picture.
const CAPTION_WORDS: &[&str] = &[
    ", right,",
    ", left,",
    ", center,",
    ", centre,",
    "(l)",
    "(r)",
    "pictured",
    "file photo",
    "shake hands",
    "poses",
    "pose for",
    "attends",
    "attend a",
    "arrives",
    "walks",
    "speaks during",
    "speaks at",
    "is seen",
    "are seen",
    "im bild",
    "archivbild",
    "symbolbild",
    "en la imagen",
    "sur la photo",
    "na zdjęciu",
    "на фото",
    "資料写真",
    "资料图",
];

fn has_caption_words(text: &str) -> bool {
    let lower = text.to_lowercase();
    CAPTION_WORDS.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::words_in;
    use proptest::prelude::*;

    /// Whether a block of this text is looked at as a whole.
    fn is_looked_at(text: &str) -> bool {
        let signs = Signs::of(text);
        may_be_credit(text, signs, phrases::prefix(text), may_name_source(text, &words_in(text), signs))
    }

    #[test]
    fn names_with_agencies_are_credits_and_sentences_are_not() {
        for credit in [
            "Jane Doe / AP / TASS",
            "Jane Doe, Sputnik, Kremlin Pool Photo/AP",
            "© Getty Images",
            "(Photo: Jane Doe)",
            "Jane Doe via Getty Images",
            "Foto: dpa",
            "Photo – Jane Doe",
        ] {
            assert!(is_looked_at(credit) && is_credit(credit), "{credit}");
        }
        for other in
            ["The AP reported the talks.", "Jane Doe", "President: “No.”", "Berlin, Paris, London", ""]
        {
            assert!(!is_credit(other), "{other}");
        }
    }

    proptest! {
        #[test]
        fn no_credit_is_overlooked(
            pieces in proptest::collection::vec(proptest::sample::select(vec![
                "AP", "Getty Images", "Télam", "TÉLAM", "ČTK", "ТАСС", "新华社", "연합뉴스", "アフロ", "時事通信", "（", "）", "、", "・", "：", "山田太郎", "Νίκος", "기자", "agencja Wyborcza.pl", "Photo", "FOTO:",
                "Jane Doe", "Zoë", "İ", "摄", "提供", "of", " via ", "/", " / ", ", ", " - ", " | ", "(", ")", "[", "*", "–", "©", "\u{ad}",
                " ", "  ", "7", "’", "'",
            ]), 1..7),
        ) {
            let text = pieces.concat();
            prop_assert!(is_looked_at(&text) || !is_credit(&text), "{:?}", text);
        }
    }
}
