//! Phrases that are furniture wherever they make up a whole block.
//!
//! They live in `phrases/*.txt`, one file a language, one phrase a line: label, strength, phrase. A phrase is
//! compared with the whole block after folding, never with a part of it: "tin liên quan" ("related news")
//! stands inside "thông tin liên quan" ("related information"), which is prose.

use super::Label;
use super::fold::{LONGEST_PHRASE_BYTES, fold, fold_onto, is_dress, is_plain, plain};
use super::glance::{Glance, Seen};
use super::signs::Signs;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// How much a phrase says by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Strength {
    /// Needs a second sign: it could also head a part of an article.
    Weak,
    /// Is this furniture wherever it stands alone.
    Strong,
}

/// What a phrase says about its block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Match {
    pub(crate) label: Label,
    pub(crate) strength: Strength,
}

/// Names the phrase file of each language.
macro_rules! files {
    ($($language:literal)*) => {
        &[$(($language, include_str!(concat!("phrases/", $language, ".txt"))),)*]
    };
}

/// The files, by language (ISO 639-1). Where languages share a phrase, the earlier file's label holds.
const FILES: &[(&str, &str)] = files!(
    "en" "de" "fr" "es" "it" "pt" "nl" "pl" "sv" "no" "da" "fi" "cs" "sk" "hu" "ro" "el" "ru" "uk" "tr" "ar" "fa"
    "he" "ur" "hi" "bn" "zh" "ja" "ko" "vi" "id" "ms" "th"
);

/// All phrases, read once.
static PHRASES: LazyLock<Phrases> = LazyLock::new(|| Phrases::read(FILES));

struct Phrases {
    whole: Glance<Match>,
    /// By first word: phrases with a place for a name.
    slots: Glance<Vec<Slot>>,
    /// By their last bytes: phrases that begin with a name.
    name_first: FxHashMap<[u8; NAME_FIRST_END], Vec<Slot>>,
    prefixes: Glance<Label>,
    /// The letters that phrases begin with, but for those that begin with a name, and those that prefixes do.
    heads: Seen,
    prefix_heads: Seen,
}

/// A phrase with words before and after a name.
struct Slot {
    before: &'static str,
    after: &'static str,
    found: Match,
}

/// So many bytes stand behind the name that a phrase begins with: "/ap", "摄".
const NAME_FIRST_END: usize = 3;

/// So many different letters begin the phrases of all languages, with some room.
const MOST_HEADS: usize = 1 << 11;

/// A name in a phrase has at most this many words: "More from The Daily Example Online".
const LONGEST_NAME_WORDS: usize = 5;

impl Phrases {
    fn read(files: &[(&str, &'static str)]) -> Self {
        let mut whole: FxHashMap<Cow<'static, [u8]>, Match> = FxHashMap::default();
        let mut slots: FxHashMap<Cow<'static, [u8]>, Vec<Slot>> = FxHashMap::default();
        let mut name_first: FxHashMap<_, Vec<Slot>> = FxHashMap::default();
        let mut prefixes: FxHashMap<Cow<'static, [u8]>, Label> = FxHashMap::default();
        // Files are sorted by label.
        let mut last: (&str, Option<Label>) = ("", None);
        for line in files.iter().flat_map(|(_, text)| text.lines()) {
            let mut fields = line.splitn(3, '\t');
            let (Some(label), Some(strength), Some(phrase)) = (fields.next(), fields.next(), fields.next())
            else {
                continue;
            };
            if label != last.0 {
                last = (label, label.parse().ok());
            }
            let Some(label) = last.1 else { continue };
            let strength = match strength {
                "strong" => Strength::Strong,
                "weak" => Strength::Weak,
                _ => {
                    prefixes.entry(as_bytes(as_folded(phrase))).or_insert(label);
                    continue;
                }
            };
            let found = Match { label, strength };
            let place = phrase.contains('{').then(|| ["{name}", "{date}"].iter());
            let name = place.and_then(|mut names| names.find_map(|name| phrase.split_once(name)));
            if let Some((before, after)) = name {
                let slots = match (before.split(' ').next(), after.as_bytes().last_chunk()) {
                    (Some(""), Some(last)) => name_first.entry(*last).or_default(),
                    (first, _) => {
                        slots.entry(Cow::Borrowed(first.unwrap_or_default().as_bytes())).or_default()
                    }
                };
                slots.push(Slot { before, after, found });
            } else {
                // Two languages may share a phrase; the stronger reading holds.
                let entry = whole.entry(as_bytes(as_folded(phrase))).or_insert(found);
                if entry.strength < strength {
                    *entry = found;
                }
            }
        }
        let (mut heads, mut prefix_heads) = (Seen::with_room(MOST_HEADS), Seen::with_room(MOST_HEADS));
        whole.keys().chain(slots.keys()).for_each(|phrase| heads.add(letters_at_head(phrase)));
        prefixes.keys().for_each(|prefix| prefix_heads.add(letters_at_head(prefix)));
        Self {
            heads,
            prefix_heads,
            whole: Glance::of(whole),
            slots: Glance::of(slots),
            name_first,
            prefixes: Glance::of(prefixes),
        }
    }

    /// The phrase with a place for a name that a text says which folds to itself but for capitals.
    fn with_place(&self, plain: &str) -> Option<Match> {
        let end = plain.as_bytes().last_chunk();
        let end = end.map(|end: &[u8; NAME_FIRST_END]| end.map(|byte| byte.to_ascii_lowercase()));
        let name_first = end.and_then(|end| self.name_first.get(&end));
        let slots = [self.slots.get_low(first_word(plain.as_bytes())), name_first];
        slots.into_iter().flatten().flatten().find(|slot| slot.fits(plain)).map(|slot| slot.found)
    }

    /// Whether a text may fold to a phrase: most show with the letters at their head, and with their end, that they do not.
    fn may_fold_to_one(&self, text: &[u8]) -> bool {
        self.heads.may_have_head_of(text) || self.may_end_behind_name(text)
    }

    /// Whether a text may end as phrases do that begin with a name.
    fn may_end_behind_name(&self, text: &[u8]) -> bool {
        let end = text.iter().rposition(|byte| !is_trimmed(byte)).map_or(0, |last| last + 1);
        let end: Option<&[u8; NAME_FIRST_END]> = text[..end].last_chunk();
        match end {
            Some([.., last]) if last.is_ascii_digit() => self.name_first.contains_key(b"{n}"),
            // As it folds, but for capitals.
            Some(end) if end.iter().all(|byte| is_plain(*byte)) && !end.starts_with(b"  ") => {
                self.name_first.contains_key(&end.map(|byte| byte.to_ascii_lowercase()))
            }
            _ => true,
        }
    }

    /// What stands before a sign that ends labels, if that is a known one as a whole.
    fn prefix(&self, text: &str, buffer: &mut String) -> Option<Label> {
        if let Some(plain) = plain(text, Signs::of(text)) {
            return self.prefixes.get_low(plain.as_bytes()).copied();
        }
        buffer.clear();
        let folded = fold_onto(text, buffer)?;
        self.prefixes.get(buffer[folded.range()].as_bytes()).copied()
    }
}

/// A phrase as blocks are compared with it. Files spell phrases as their language does; most need no folding.
fn as_folded(phrase: &str) -> Cow<'_, str> {
    let is_folded = phrase.bytes().all(|b| b.is_ascii_lowercase() || b == b' ' || b == b'\'');
    if is_folded || phrase.contains("{n}") {
        return Cow::Borrowed(phrase);
    }
    fold(phrase).map_or(Cow::Borrowed(phrase), Cow::Owned)
}

fn as_bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// What a block with these signs says as a whole.
pub(crate) fn of_block(text: &str, signs: Signs, buffer: &mut String) -> Option<Match> {
    // Most blocks need not be folded to be found or not, but those with a number in braces, as if they were folded already.
    if let Some(plain) = plain(text, signs).filter(|plain| !plain.ends_with(['}', ')'])) {
        let found = PHRASES.whole.get_low(plain.as_bytes()).copied();
        return found.or_else(|| PHRASES.with_place(plain).filter(|_| text.len() <= LONGEST_PHRASE_BYTES));
    }
    if !PHRASES.may_fold_to_one(text.as_bytes()) {
        return None;
    }
    buffer.clear();
    let folded = fold_onto(text, buffer)?;
    whole_block(&buffer[folded.range()])
}

/// What a folded block says as a whole.
pub(crate) fn whole_block(folded: &str) -> Option<Match> {
    let phrases = &*PHRASES;
    // "Comments (17)" says the same as "Comments".
    let bare =
        folded.strip_suffix("({n})").or_else(|| folded.strip_suffix("{n}")).map_or(folded, str::trim_end);
    let other = (bare.len() < folded.len()).then_some(bare);
    let whole = |text: &str| phrases.whole.get(text.as_bytes());
    if let Some(found) = whole(folded).or_else(|| whole(other?)) {
        return Some(*found);
    }
    let last =
        folded.as_bytes().last_chunk().and_then(|end: &[u8; NAME_FIRST_END]| phrases.name_first.get(end));
    let slots = [phrases.slots.get(first_word(folded.as_bytes())), last];
    slots.into_iter().flatten().flatten().find(|slot| slot.fits(folded)).map(|slot| slot.found)
}

/// Whether a byte at an end of a text is dress; what folds to another sign is looked at where that stands.
fn is_trimmed(byte: &u8) -> bool {
    byte.is_ascii() && *byte != b'`' && is_dress(char::from(*byte))
}

/// The letters of ASCII at the head of a text.
fn letters_at_head(text: &[u8]) -> &[u8] {
    &text[..text.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len())]
}

impl Seen {
    /// Whether a text begins with letters that may have been seen, or with what may fold to such.
    fn may_have_head_of(&self, text: &[u8]) -> bool {
        let head = letters_at_head(text);
        // Signs beyond ASCII may fold to letters, or to nothing between two.
        let is_sure = !head.is_empty() && text.get(head.len()).is_none_or(u8::is_ascii);
        !is_sure || self.may_have(head)
    }
}

/// What stands before the first space.
fn first_word(text: &[u8]) -> &[u8] {
    &text[..text.iter().position(|byte| *byte == b' ').unwrap_or(text.len())]
}

impl Slot {
    /// Whether a text, in whatever case of ASCII, is the phrase with a name in it.
    fn fits(&self, text: &str) -> bool {
        let (before, after) = (self.before.len(), self.after.len());
        let (Some(head), Some(rest)) = (text.get(..before), text.get(before..)) else { return false };
        let Some((name, tail)) = rest.len().checked_sub(after).and_then(|end| rest.split_at_checked(end))
        else {
            return false;
        };
        head.eq_ignore_ascii_case(self.before)
            && tail.eq_ignore_ascii_case(self.after)
            && !name.is_empty()
            && name.split(' ').count() <= LONGEST_NAME_WORDS
    }
}

/// What a block begins with, if it is such a phrase followed by a colon, dash or bar; and where the rest is.
pub(crate) fn prefix(text: &str) -> Option<(Label, usize)> {
    // Dress in front goes when what stands before a sign is folded.
    let dress = text.bytes().take_while(is_trimmed).count();
    if !PHRASES.prefix_heads.may_have_head_of(&text.as_bytes()[dress..]) {
        return None;
    }
    let head = head(text);
    let mut buffer = String::new();
    // Whether anything stands before this sign that did not before the last: signs and gaps fold to nothing there.
    let mut has_more = false;
    let mut seen = 0;
    for (at, _) in head.bytes().enumerate().filter(|(_, byte)| Signs::of_byte(*byte).has(Signs::LABEL_END)) {
        let Some(c) = head[at..].chars().next().filter(|c| ends_label(*c)) else { continue };
        has_more |= head[seen..at].chars().any(|c| !c.is_whitespace() && !ends_label(c));
        seen = at;
        let behind = at + c.len_utf8();
        // "Photo-sharing", "Video-on-demand": a hyphen inside a word parts no label from anything.
        if at == 0 || c == '-' && text[behind..].starts_with(char::is_alphanumeric) {
            continue;
        }
        if core::mem::take(&mut has_more)
            && let Some(label) = PHRASES.prefix(&text[..at], &mut buffer)
        {
            return Some((label, behind));
        }
        if matches!(c, ':' | '：') {
            return None;
        }
    }
    None
}

/// The characters of a text that its label stands in.
fn head(text: &str) -> &str {
    /// The phrase is at most a few words long.
    const MOST_CHARS: usize = 48;
    let ascii = &text.as_bytes()[..text.len().min(MOST_CHARS)];
    let end = if ascii.is_ascii() {
        Some(ascii.len())
    } else {
        text.char_indices().nth(MOST_CHARS).map(|(end, _)| end)
    };
    &text[..end.unwrap_or(text.len())]
}

/// What a text says that stands before a colon, if it is such a phrase as a whole.
pub(crate) fn label_before_colon(text: &str) -> Option<Label> {
    PHRASES.prefix(text, &mut String::new())
}

/// Whether a sign parts a label from what it is the label of.
pub(crate) fn ends_label(c: char) -> bool {
    matches!(c, ':' | '：' | '|' | '–' | '—' | '»' | '>' | '▸' | '►' | '-' | '＝' | '=')
}

/// Whether a text has a sign that parts a label from something.
pub(crate) fn has_label_end(text: &str) -> bool {
    text.bytes().any(may_end_label) && text.contains(ends_label)
}

/// Whether a byte begins a sign that ends a label.
pub(super) const fn may_end_label(byte: u8) -> bool {
    // The last three: `»`; `–`, `—`, `▸` and `►`; `：` and `＝`.
    matches!(byte, b':' | b'|' | b'>' | b'-' | b'=' | 0xc2 | 0xe2 | 0xef)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn phrase_files_are_well_formed_and_sorted() {
        for (language, text) in FILES {
            let lines: Vec<&str> =
                text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
            for line in &lines {
                let fields: Vec<&str> = line.split('\t').collect();
                assert_eq!(fields.len(), 3, "{language}: {line}");
                assert!(fields[0].parse::<Label>().is_ok(), "{language}: {line}");
                assert!(matches!(fields[1], "strong" | "weak" | "prefix"), "{language}: {line}");
                assert!(!as_folded(fields[2]).is_empty(), "{language}: {line} says nothing");
            }
            assert!(lines.is_sorted(), "{language} is not sorted");
        }
    }

    #[test]
    fn every_sign_that_ends_a_label_is_seen_at_a_glance() {
        for c in ('\0'..=char::MAX).filter(|c| ends_label(*c)) {
            assert!(may_end_label(c.to_string().as_bytes()[0]), "{c:?}");
        }
    }

    #[test]
    fn blocks_say_what_their_folded_texts_say() {
        let phrases =
            FILES.iter().flat_map(|(_, text)| text.lines()).filter_map(|line| line.split('\t').nth(2));
        let mut buffer = String::new();
        let mut found = [0; 2];
        for phrase in phrases.chain(["news", "The harbour was closed", "", "{n}", "News ({n})"]) {
            let named =
                phrase.replace("{name}", "The Herald").replace("{date}", "May 4").replace("{n}", "12");
            for text in
                [phrase, &named, &named.to_uppercase(), &format!("• {named}:"), &named.replace(' ', "  ")]
            {
                let expected = fold(text).and_then(|folded| whole_block(&folded));
                found[usize::from(expected.is_some())] += 1;
                assert_eq!(of_block(text, Signs::of(text), &mut buffer), expected, "{text}");
            }
        }
        assert!(found.iter().all(|count| *count > 3000), "{found:?}");
    }

    proptest! {
        #[test]
        fn no_phrase_is_overlooked(
            at in any::<proptest::sample::Index>(),
            before in proptest::collection::vec(proptest::sample::select(DRESS), 0..2),
            between in proptest::sample::select(DRESS),
            after in proptest::collection::vec(proptest::sample::select(DRESS), 0..3),
            is_shouted in any::<bool>(),
        ) {
            let phrases: Vec<&str> =
                FILES.iter().flat_map(|(_, text)| text.lines()).filter_map(|line| line.split('\t').nth(2)).collect();
            let phrase = at.get(&phrases).replace("{name}", "Zoë Doe").replace("{date}", "4. Mai").replace("{n}", "1,204");
            let phrase = if is_shouted { phrase.to_uppercase() } else { phrase };
            let text = before.concat() + &phrase.replacen(' ', between, 1) + &after.concat();
            let expected = fold(&text).and_then(|folded| whole_block(&folded));
            prop_assert_eq!(of_block(&text, Signs::of(&text), &mut String::new()), expected, "{:?}", text);
        }
    }

    /// What may stand around phrases and in them.
    const DRESS: &[&str] = &[
        " ", "  ", ":", "•", "“", ".", "(17)", " (3)", "12", " 7", "\u{ad}", "İ", "é", "`", "\n", "\u{a0}",
        "…", ")", "'", "{n}", "-", "\u{200f}", "Ａ", "x", "/AP", " via AP", " 摄", "©",
    ];

    #[test]
    fn only_whole_blocks_match() {
        assert_eq!(whole_block("related posts").map(|m| m.label), Some(Label::Related));
        assert_eq!(whole_block("we found related posts"), None);
    }

    #[test]
    fn a_name_stands_between_both_parts_of_its_phrase() {
        let label = |text: &str| of_block(text, Signs::of(text), &mut String::new()).map(|found| found.label);
        assert!(label("Was this Answer helpful?").is_some() && label("WAS THIS ANSWER HELPFUL?").is_some());
        for other in ["Was this harbour closed?", "Was this long way round the far north helpful?"] {
            assert_eq!(label(other), None, "{other}");
        }
    }

    #[test]
    fn prefixes_are_those_of_a_slow_reader() {
        let slow = |text: &str| {
            for (at, c) in text.char_indices().take(48).skip(1).filter(|(_, c)| ends_label(*c)) {
                if c == '-' && text[at + 1..].starts_with(char::is_alphanumeric) {
                    continue;
                }
                let folded = crate::label::fold::fold(&text[..at])?;
                if let Some(label) = PHRASES.prefixes.get(folded.as_bytes()) {
                    return Some((*label, at + c.len_utf8()));
                }
                if matches!(c, ':' | '：') {
                    return None;
                }
            }
            None
        };
        let parts = [
            "photo",
            "Read more",
            "by",
            "x",
            "…",
            "漢",
            "\u{ad}",
            "é",
            "7",
            "Ｐ",
            ">",
            ">",
            "|",
            "-",
            " ",
            " ",
            ":",
            "»",
            "–",
            "：",
        ];
        let mut state = 1_usize;
        let mut found = 0;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..9 {
                state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                text.push_str(parts[(state >> 33) % parts.len()]);
            }
            found += usize::from(slow(&text).is_some());
            assert_eq!(prefix(&text), slow(&text), "{text}");
        }
        assert!(found > 1000, "{found}");
    }

    #[test]
    fn prefixes_end_at_a_colon_dash_or_bar() {
        assert_eq!(prefix("Read more: A title").map(|p| p.0), Some(Label::Related));
        assert_eq!(prefix("READ MORE | A title").map(|p| p.0), Some(Label::Related));
        assert_eq!(prefix("Read more about it: in the book"), None);
        assert_eq!(prefix("Related - A title").map(|p| p.0), Some(Label::Related));
        assert_eq!(prefix("Video-game sales rise"), None);
    }
}
