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
use std::collections::BTreeMap;
use std::iter;
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
    all: Vec<Sentence>,
}

struct Sentence {
    says: Says,
    parts: Vec<Part>,
}

/// What stands in a sentence between what is left open.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    text: &'static [u8],
    /// The same as at the beginning of a sentence, if that is more than letters of ASCII say.
    capitalised: Option<String>,
}

impl Sentences {
    fn read(text: &'static str) -> Self {
        let (mut all, mut looked_for) = (Vec::new(), Vec::new());
        for (label, parts) in text.lines().filter_map(|line| line.split_once('\t')) {
            let (label, weight) =
                label.strip_suffix('!').map_or((label, Weight::Leans), |label| (label, Weight::Decides));
            let Ok(label) = label.parse() else { continue };
            looked_for.extend(rarest(parts).map(|part| (Part::of(part), all.len())));
            all.push(Sentence { says: (label, weight), parts: parts.split(PARTED).map(Part::of).collect() });
        }
        Self { sieve: Sieve::of(looked_for), all }
    }

    /// What the sentence says that ends first of those that stand in a text; one that decides is heard before others.
    fn said_in(&self, text: &str) -> Option<Says> {
        let (mut tried, mut first) = (Vec::new(), None);
        self.sieve.for_each(text.as_bytes(), |sentence| {
            if tried.contains(&sentence) {
                return;
            }
            tried.push(sentence);
            let all = &self.all[usize::from(sentence)];
            let found = all.end_in(text.as_bytes()).map(|end| (all.says.1 != Weight::Decides, end, sentence));
            first = first.min(found).or(first).or(found);
        });
        first.map(|(_, _, sentence)| self.all[usize::from(sentence)].says)
    }
}

impl Sentence {
    /// Where it ends in a text: all of its parts stand there one behind the other.
    fn end_in(&self, text: &[u8]) -> Option<usize> {
        self.parts.iter().try_fold(0, |at, part| Some(at + part.end_in(&text[at..])?))
    }
}

impl Part {
    fn of(text: &'static str) -> Self {
        Self { text: text.as_bytes(), capitalised: capitalised(text) }
    }

    /// Where it ends in a text, in whatever case of ASCII.
    fn end_in(&self, text: &[u8]) -> Option<usize> {
        let end_of = |part: &[u8]| {
            let last = *part.last()?;
            let ends = memchr::memchr2_iter(last.to_ascii_lowercase(), last.to_ascii_uppercase(), text);
            let stands_before = |end: &usize| {
                let start = end.checked_sub(part.len());
                start.is_some_and(|start| text[start..*end].eq_ignore_ascii_case(part))
            };
            ends.map(|last| last + 1).find(stands_before)
        };
        let capitalised = self.capitalised.as_ref().and_then(|part| end_of(part.as_bytes()));
        end_of(self.text).into_iter().chain(capitalised).min()
    }
}

/// Tells texts that may hold a sentence from those that have no part of any: looks at four bytes of every three.
struct Sieve {
    /// A bit for each hash of a window.
    bits: [u64; WORDS],
    /// The parts of which a window is seen wherever they stand, those side by side whose bits are in one word.
    noted: Vec<Noted>,
    /// Where those of each word begin.
    starts: [u16; WORDS + 1],
}

/// A part of which a window is noted.
struct Noted {
    window: u32,
    /// How far in the part the window begins.
    skipped: usize,
    /// What tells most other texts from the part before it is read itself.
    end: u32,
    part: Box<[u8]>,
    /// The sentences of which it is the rarest part.
    sentences: Vec<u16>,
}

/// Some 650 windows of other words are noted; one bit in a hundred is set.
const HASH_BITS: u32 = 16;
const WORDS: usize = 1 << (HASH_BITS - 6);
const WINDOW: usize = 4;
/// As many windows of a part are noted: one of them is looked at.
const STEP: usize = 3;

impl Sieve {
    /// Looks for parts, each with its sentence.
    fn of(parts: Vec<(Part, usize)>) -> Self {
        let mut sentences: BTreeMap<Vec<u8>, Vec<u16>> = BTreeMap::new();
        for (Part { text, capitalised }, sentence) in parts {
            for part in iter::once(text.to_vec()).chain(capitalised.map(String::into_bytes)) {
                sentences.entry(part).or_default().push(sentence as u16);
            }
        }
        let mut noted: Vec<Noted> =
            sentences.iter().flat_map(|(part, sentences)| windows(part, sentences)).collect();
        noted.sort_by_key(|noted| place_of(noted.window).0);
        let mut sieve = Self { bits: [0; WORDS], noted, starts: [0; WORDS + 1] };
        for noted in &sieve.noted {
            let (word, bit) = place_of(noted.window);
            sieve.bits[word] |= 1 << bit;
            sieve.starts[word + 1] += 1;
        }
        for word in 0..WORDS {
            sieve.starts[word + 1] += sieve.starts[word];
        }
        sieve
    }

    /// Tells the sentences whose rarest part stands in a text, some of them more than once.
    fn for_each(&self, text: &[u8], mut each: impl FnMut(u16)) {
        let is_noted = |window: u32| {
            let (word, bit) = place_of(window);
            self.bits[word] >> bit & 1 == 1
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

    /// The same for a part that stands where one of its windows does.
    #[cold]
    fn for_each_at(&self, text: &[u8], at: usize, window: u32, each: &mut impl FnMut(u16)) {
        let (word, _) = place_of(window);
        let beside = usize::from(self.starts[word])..usize::from(self.starts[word + 1]);
        for noted in self.noted[beside].iter().filter(|noted| noted.window == window) {
            let start = at.checked_sub(noted.skipped);
            let there = start.and_then(|start| text.get(start..start + noted.part.len()));
            let ends_so = |there: &&[u8]| there.last_chunk().is_some_and(|end| as_number(end) == noted.end);
            if there.filter(ends_so).is_some_and(|there| there.eq_ignore_ascii_case(&noted.part)) {
                noted.sentences.iter().copied().for_each(&mut *each);
            }
        }
    }
}

/// The windows of a part that are noted: of its longest word, if that is long enough.
fn windows(part: &[u8], sentences: &[u16]) -> impl Iterator<Item = Noted> {
    let words = part.split(|byte| *byte == b' ').scan(0, |start, word| {
        let at = *start;
        *start += word.len() + 1;
        Some((word.len(), at))
    });
    let longest = words.filter(|(length, _)| *length >= WINDOW + STEP - 1).max_by_key(|(length, _)| *length);
    let start = longest.map_or(0, |(_, at)| at);
    (start..start + STEP).filter_map(move |skipped| {
        let window = as_number(part.get(skipped..)?.first_chunk()?);
        let (end, sentences) = (as_number(part.last_chunk()?), sentences.to_vec());
        Some(Noted { window, skipped, end, part: part.into(), sentences })
    })
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
                    assert!(slowly(&text).is_some(), "{text}");
                    assert_eq!(SENTENCES.said_in(&text), slowly(&text), "{text}");
                }
            }
        }
        for text in ["", "a", "abc", "Sign", "sign up", "The newsletter reached its readers late."] {
            assert_eq!(SENTENCES.said_in(text), slowly(text), "{text}");
        }
    }

    /// Every sentence looked for at every place.
    fn slowly(text: &str) -> Option<Says> {
        let text = text.as_bytes();
        let ends_at = |part: &str, from: usize, end: usize| {
            let there = |part: &str| {
                end.checked_sub(part.len())
                    .filter(|start| *start >= from)
                    .is_some_and(|start| text[start..end].eq_ignore_ascii_case(part.as_bytes()))
            };
            there(part) || capitalised(part).is_some_and(|part| there(&part))
        };
        let lines = include_str!("../pairs.txt").lines().filter_map(|line| line.split_once('\t'));
        let sentences = lines.zip(&SENTENCES.all).filter_map(|((_, parts), sentence)| {
            let end = parts
                .split(PARTED)
                .try_fold(0, |from, part| (from..=text.len()).find(|end| ends_at(part, from, *end)))?;
            Some((sentence.says.1 != Weight::Decides, end, sentence.says))
        });
        sentences.min_by_key(|(leans, end, _)| (*leans, *end)).map(|(_, _, says)| says)
    }

    proptest! {
        #[test]
        fn what_is_said_is_what_a_slow_search_finds(
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
            prop_assert_eq!(SENTENCES.said_in(&text), slowly(&text), "{:?}", text);
        }
    }
}
