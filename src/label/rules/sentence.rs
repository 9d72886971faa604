//! `sentence`: a sentence that says what kind of furniture it is.
//!
//! **Looks for** words of `pairs.txt` in a block of at most sixty words: "sign up … newsletter", "contacted …
//! for comment". **Why**: such sentences read like prose and pass every measure of density. **Sentence**: `Sign
//! up for our daily newsletter to get the best of the week.` **Not one**: an article about newsletters, whose
//! paragraphs score high: the rule only leans, but for what a page says of its own affiliate links ("we may earn a small
//! commission"), which no article says of itself. A newsroom's note on its own reporting ("The Herald has contacted
//! the ministry for comment.") is named and stays. **Errs** on short blocks that quote such sentences.

use crate::eight::ONES;
use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A call is a sentence or two.
const LONGEST_CALL_WORDS: u32 = 60;
/// Shorter blocks are phrases, which have their own rule.
const SHORTEST_CALL_WORDS: u32 = 4;

/// The words of all sentences, searched for at once, and which of them make which.
static SENTENCES: LazyLock<Sentences> = LazyLock::new(|| Sentences::read(include_str!("../pairs.txt")));

/// A sentence's label, and how sure that is.
type Says = (Label, Weight);

/// Between the parts of a sentence.
const PARTED: &str = " … ";

struct Sentences {
    sieve: Sieve,
    parts: Option<AhoCorasick>,
    /// For each part: its sentence and its place in it.
    places: Vec<(usize, u8)>,
    /// For each sentence: what it says and how many parts it has.
    sentences: Vec<(Says, u8)>,
}

impl Sentences {
    fn read(text: &'static str) -> Self {
        let (mut words, mut places, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
        let mut sieve = Sieve::new();
        for (label, parts) in text.lines().filter_map(|line| line.split_once('\t')) {
            let (label, weight) =
                label.strip_suffix('!').map_or((label, Weight::Leans), |label| (label, Weight::Decides));
            let Ok(label) = label.parse() else { continue };
            let mut count = 0;
            if let Some(part) = rarest(parts) {
                sieve.add(part);
                capitalised(part).iter().for_each(|part| sieve.add(part));
            }
            for part in parts.split(PARTED) {
                words.push(Cow::Borrowed(part));
                // The search sees through capitals of ASCII only; other sentences begin with theirs.
                words.extend(capitalised(part).map(Cow::Owned));
                places.resize(words.len(), (sentences.len(), count));
                count += 1;
            }
            sentences.push(((label, weight), count));
        }
        let parts = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            // Few texts get so far: a table of all steps would save them less than it costs to make.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(words.iter().map(|word| word.as_bytes()))
            .ok();
        Self { sieve, parts, places, sentences }
    }

    /// What the first sentence says all of whose parts stand in a text in order; one that decides is heard before others.
    fn said_in(&self, text: &str) -> Option<Says> {
        self.sieve.may_find(text.as_bytes()).then(|| self.search(text)).flatten()
    }

    /// The same without the sieve.
    fn search(&self, text: &str) -> Option<Says> {
        let parts = self.parts.as_ref()?;
        // Few sentences are under way at a time: a short list beats a map.
        let mut begun: Vec<(usize, u8)> = Vec::new();
        let mut first = None;
        for found in parts.find_overlapping_iter(text) {
            let (sentence, place) = self.places[found.pattern().as_usize()];
            let (says, count) = self.sentences[sentence];
            let reached = match begun.iter_mut().find(|(begun, _)| *begun == sentence) {
                Some((_, next)) if *next == place => {
                    *next += 1;
                    *next
                }
                None if place == 0 => {
                    begun.push((sentence, 1));
                    1
                }
                _ => continue,
            };
            if reached == count && says.1 == Weight::Decides {
                return Some(says);
            }
            first = first.or((reached == count).then_some(says));
        }
        first
    }
}

/// Tells texts that may hold a sentence from those that have no part of any: looks at four bytes of every three.
struct Sieve {
    /// A bit for each hash of a window.
    bits: [u64; 1 << (HASH_BITS - 6)],
    /// The parts of which a window is seen wherever they stand.
    windows: FxHashMap<u32, Vec<Noted>>,
}

/// A part of which a window is noted.
#[derive(PartialEq)]
struct Noted {
    part: Vec<u8>,
    /// How far in it the window begins.
    skipped: usize,
}

/// Some 650 windows of other words are noted; one bit in a hundred is set.
const HASH_BITS: u32 = 16;
const WINDOW: usize = 4;
/// As many windows of a part are noted: one of them is looked at.
const STEP: usize = 3;

impl Sieve {
    fn new() -> Self {
        Self { bits: [0; 1 << (HASH_BITS - 6)], windows: FxHashMap::default() }
    }

    fn add(&mut self, part: &str) {
        // Long words stand in fewer texts than " and" or "for ".
        let word =
            part.split(' ').filter(|word| word.len() >= WINDOW + STEP - 1).max_by_key(|word| word.len());
        let start = word.and_then(|word| part.find(word)).unwrap_or(0);
        let windows = (start..start + STEP)
            .map_while(|skipped| Some((skipped, part.as_bytes().get(skipped..)?.first_chunk()?)));
        for (skipped, window) in windows {
            let window = as_number(window);
            let (word, bit) = place_of(window);
            self.bits[word] |= 1 << bit;
            let noted = Noted { part: part.into(), skipped };
            let all = self.windows.entry(window).or_default();
            if !all.contains(&noted) {
                all.push(noted);
            }
        }
    }

    /// Whether the rarest part of a sentence stands in a text.
    fn may_find(&self, text: &[u8]) -> bool {
        let is_noted = |window: u32| {
            let (word, bit) = place_of(window);
            self.bits[word] >> bit & 1 == 1
        };
        let mut rest = text;
        // Two windows at a time.
        while let Some(eight) = rest.first_chunk() {
            let eight = u64::from_le_bytes(*eight) | ONES << 5;
            for (skipped, window) in [(0, eight as u32), (STEP, (eight >> (8 * STEP)) as u32)] {
                if is_noted(window) && self.stands_at(text, text.len() - rest.len() + skipped, window) {
                    return true;
                }
            }
            rest = &rest[2 * STEP..];
        }
        let start = text.len() - rest.len();
        rest.windows(WINDOW).enumerate().step_by(STEP).any(|(skipped, window)| {
            let window = window.first_chunk().map_or(0, as_number);
            is_noted(window) && self.stands_at(text, start + skipped, window)
        })
    }

    /// Whether a part stands where one of its windows does.
    #[cold]
    fn stands_at(&self, text: &[u8], at: usize, window: u32) -> bool {
        self.windows.get(&window).into_iter().flatten().any(|Noted { part, skipped }| {
            let start = at.checked_sub(*skipped);
            let there = start.and_then(|start| text.get(start..start + part.len()));
            there.is_some_and(|there| there.eq_ignore_ascii_case(part))
        })
    }
}

/// The part of a sentence that the sieve looks for: long words stand in fewer texts than "for the".
fn rarest(parts: &str) -> Option<&str> {
    let longest_word = |part: &&str| part.split(' ').map(str::len).max();
    parts.split(PARTED).filter(|part| part.len() >= WINDOW + STEP - 1).max_by_key(longest_word)
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

/// A part as it stands at the beginning of a sentence, if that is more than ASCII letters say.
fn capitalised(part: &str) -> Option<String> {
    let mut chars = part.chars();
    let first = chars.next().filter(|first| !first.is_ascii())?;
    let capital: String = first.to_uppercase().collect();
    (capital != first.to_string()).then(|| capital + chars.as_str())
}

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    for at in 0..facts.len() {
        if !(SHORTEST_CALL_WORDS..=LONGEST_CALL_WORDS).contains(&facts.of[at].words) {
            continue;
        }
        if let Some((label, weight)) = SENTENCES.said_in(facts.text(at)) {
            let rule = if label == Label::NewsroomNote { "newsroom-note" } else { "sentence" };
            findings.add(at, label, rule, weight, "says so itself");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_parts_must_stand_in_order() {
        let label = |text| SENTENCES.said_in(text).map(|(label, _)| label);
        assert_eq!(
            label("The Herald has contacted the ministry for comment via email."),
            Some(Label::NewsroomNote)
        );
        assert_eq!(label("For comment, she contacted nobody."), None);
        assert_eq!(label("Sign up for our weekly newsletter!"), Some(Label::Newsletter));
        assert_eq!(label("Подписывайтесь на наш канал, чтобы узнавать всё!"), Some(Label::Social));
        assert_eq!(label("The newsletter reached its readers late."), None);
    }

    #[test]
    fn what_a_page_says_of_its_own_links_decides() {
        for text in [
            "When you buy through links on our site, we may earn a small commission. It never changes what we recommend.",
            "Bei einem Kauf über diesen Link erhalten wir eine Provision.",
            "Si vous achetez par nos liens, nous pouvons percevoir une commission.",
        ] {
            assert_eq!(SENTENCES.said_in(text), Some((Label::Legal, Weight::Decides)), "{text}");
        }
        assert_eq!(
            SENTENCES.said_in("The brokers earn a commission of 3 %.").map(|says| says.1),
            Some(Weight::Leans)
        );
        assert_eq!(SENTENCES.said_in("The commission may earn the trust of voters."), None);
    }

    #[test]
    fn a_part_that_comes_up_again_and_again_costs_no_more_than_its_length() {
        let text = "word of it ".repeat(6) + &"affiliate".repeat(100_000);
        let start = std::time::Instant::now();
        assert_eq!(SENTENCES.said_in(&text), None);
        assert!(start.elapsed() < std::time::Duration::from_secs(5), "{:?}", start.elapsed());
    }

    #[test]
    fn the_sieve_misses_no_sentence() {
        for line in include_str!("../pairs.txt").lines() {
            let Some((_, parts)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else { continue };
            assert!(rarest(parts).is_some(), "{parts}");
            let written = parts.replace(PARTED, " to our ");
            let capital = capitalised(&written).unwrap_or_else(|| written.clone());
            for text in [written.to_ascii_uppercase(), capital, written] {
                for skipped in 0..=STEP {
                    let text = format!("{}{text}.", "x".repeat(skipped));
                    assert!(SENTENCES.search(&text).is_some(), "{text}");
                    assert_eq!(SENTENCES.said_in(&text), SENTENCES.search(&text), "{text}");
                }
            }
        }
        for text in ["", "a", "abc", "Sign", "sign up", "The newsletter reached its readers late."] {
            assert_eq!(SENTENCES.said_in(text), SENTENCES.search(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_sieve_says_no_only_where_there_is_nothing(
            at in any::<proptest::sample::Index>(),
            before in "[a-zA-Z é漢]{0,9}",
            between in proptest::sample::select(vec![" ", " our ", "…", " É", ""]),
            after in "[a-zA-Z .é]{0,9}",
            shouted in any::<u64>(),
            missing in proptest::option::of(0..3_usize),
        ) {
            let all: Vec<&str> = include_str!("../pairs.txt").lines().filter_map(|line| Some(line.split_once('\t')?.1)).collect();
            let mut parts: Vec<&str> = at.get(&all).split(PARTED).collect();
            if let Some(missing) = missing.filter(|missing| *missing < parts.len()) {
                parts.remove(missing);
            }
            let written = parts.join(between);
            let shouts = |(at, c): (usize, char)| if shouted >> (at % 64) & 1 == 1 { c.to_ascii_uppercase() } else { c };
            let text = before + &written.chars().enumerate().map(shouts).collect::<String>() + &after;
            prop_assert_eq!(SENTENCES.said_in(&text), SENTENCES.search(&text), "{:?}", text);
        }
    }
}
