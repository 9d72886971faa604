//! Words looked for in many texts, few of which have any.

use crate::eight::ONES;
use std::collections::BTreeMap;

/// Finds some words wherever they stand in a text, in either case of ASCII: looks at four bytes of every three.
pub(super) struct Sieve {
    /// A bit for each hash of a window.
    bits: [u64; NUMBERS],
    /// The windows, those side by side whose bits stand in one number.
    noted: Vec<Noted>,
    /// Where those of each number begin.
    starts: [u16; NUMBERS + 1],
}

/// A window of words that are looked for.
struct Noted {
    window: u32,
    /// How far in the words it begins.
    skipped: usize,
    /// What tells most other texts from the words before these are read themselves.
    end: u32,
    words: Box<[u8]>,
    /// What they stand for.
    meanings: Vec<u16>,
}

/// Some 650 windows are noted; one bit in a hundred is set.
const HASH_BITS: u32 = 16;
const NUMBERS: usize = 1 << (HASH_BITS - 6);
const WINDOW: usize = 4;
/// As many windows of words are noted: one of them is looked at.
const STEP: usize = 3;
/// What is shorter cannot be looked for.
pub(super) const SHORTEST: usize = WINDOW + STEP - 1;

impl Sieve {
    /// Looks for words, each of which stands for something.
    pub(super) fn of<'w>(all: impl Iterator<Item = (&'w [u8], u16)>) -> Self {
        let mut meanings: BTreeMap<&[u8], Vec<u16>> = BTreeMap::new();
        all.for_each(|(words, meaning)| meanings.entry(words).or_default().push(meaning));
        let mut noted: Vec<Noted> =
            meanings.iter().flat_map(|(words, meanings)| windows(words, meanings)).collect();
        noted.sort_by_key(|noted| place_of(noted.window).0);
        let mut sieve = Self { bits: [0; NUMBERS], noted, starts: [0; NUMBERS + 1] };
        for noted in &sieve.noted {
            let (number, bit) = place_of(noted.window);
            sieve.bits[number] |= 1 << bit;
            sieve.starts[number + 1] += 1;
        }
        for number in 0..NUMBERS {
            sieve.starts[number + 1] += sieve.starts[number];
        }
        sieve
    }

    /// Tells what the words stand for that stand in a text, once each time.
    pub(super) fn for_each(&self, text: &[u8], mut each: impl FnMut(u16)) {
        let is_noted = |window: u32| {
            let (number, bit) = place_of(window);
            self.bits[number] >> bit & 1 == 1
        };
        let mut rest = text;
        // Two windows at a time.
        while let Some(eight) = rest.first_chunk() {
            let eight = u64::from_le_bytes(*eight) | ONES << 5;
            for (skipped, window) in [(0, eight as u32), (STEP, (eight >> (8 * STEP)) as u32)] {
                if is_noted(window) {
                    self.for_each_at(text, text.len() - rest.len() + skipped, window, &mut each);
                }
            }
            rest = &rest[2 * STEP..];
        }
        let start = text.len() - rest.len();
        for (skipped, window) in rest.windows(WINDOW).enumerate().step_by(STEP) {
            let window = window.first_chunk().map_or(0, as_number);
            if is_noted(window) {
                self.for_each_at(text, start + skipped, window, &mut each);
            }
        }
    }

    /// The same for words that stand where one of their windows does.
    #[cold]
    fn for_each_at(&self, text: &[u8], at: usize, window: u32, each: &mut impl FnMut(u16)) {
        let (number, _) = place_of(window);
        let beside = usize::from(self.starts[number])..usize::from(self.starts[number + 1]);
        for noted in self.noted[beside].iter().filter(|noted| noted.window == window) {
            let start = at.checked_sub(noted.skipped);
            let there = start.and_then(|start| text.get(start..start + noted.words.len()));
            let ends_so = |there: &&[u8]| there.last_chunk().is_some_and(|end| as_number(end) == noted.end);
            if there.filter(ends_so).is_some_and(|there| there.eq_ignore_ascii_case(&noted.words)) {
                noted.meanings.iter().copied().for_each(&mut *each);
            }
        }
    }
}

/// The windows of words that are noted: of the longest word, if that is long enough, for it stands in fewer texts than " and"
/// or "for ".
fn windows(words: &[u8], meanings: &[u16]) -> impl Iterator<Item = Noted> {
    let each = words.split(|byte| *byte == b' ').scan(0, |start, word| {
        let at = *start;
        *start += word.len() + 1;
        Some((word.len(), at))
    });
    let longest = each.filter(|(length, _)| *length >= SHORTEST).max_by_key(|(length, _)| *length);
    let start = longest.map_or(0, |(_, at)| at);
    (start..start + STEP).filter_map(move |skipped| {
        let window = as_number(words.get(skipped..)?.first_chunk()?);
        let (end, meanings) = (as_number(words.last_chunk()?), meanings.to_vec());
        Some(Noted { window, skipped, end, words: words.into(), meanings })
    })
}

/// Four bytes as a number that is the same for both cases of ASCII letters, and for some other signs.
fn as_number(window: &[u8; WINDOW]) -> u32 {
    u32::from_le_bytes(*window) | 0x2020_2020
}

/// Where the bit of a window stands.
fn place_of(window: u32) -> (usize, u32) {
    let hash = window.wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH_BITS);
    ((hash >> 6) as usize, hash & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand_in_either_case_and_nothing_else_is() {
        const WORDS: [&str; 4] = ["newsletter", "sign up", "ταξίδι", "新聞"];
        let sieve = Sieve::of(WORDS.iter().zip(0..).map(|(words, at)| (words.as_bytes(), at)));
        let found = |text: &str| {
            let mut found = Vec::new();
            sieve.for_each(text.as_bytes(), |meaning| found.push(meaning));
            found
        };
        for (at, words) in WORDS.into_iter().enumerate() {
            for before in 0..2 * STEP {
                for behind in 0..2 * WINDOW {
                    let text = |words: &str| format!("{}{words}{}", "x".repeat(before), "x".repeat(behind));
                    assert_eq!(found(&text(words)), [at as u16], "{words}");
                    assert_eq!(found(&text(&words.to_ascii_uppercase())), [at as u16], "{words}");
                    let cut: String = words.chars().skip(1).collect();
                    assert!(found(&text(&cut)).is_empty(), "{cut}");
                }
            }
        }
        assert_eq!(found("Sign up: newsletter, newsletter"), [1, 0, 0]);
        assert!(found("").is_empty());
    }
}
