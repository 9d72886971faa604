//! `sentence`: a sentence that says what kind of furniture it is.
//!
//! **Looks for** words of `pairs.txt` in a block of at most sixty words: "sign up … newsletter", "contacted …
//! for comment". **Why**: such sentences read like prose and pass every measure of density. **Sentence**: `Sign
//! up for our daily newsletter to get the best of the week.` **Not one**: an article about newsletters, whose
//! paragraphs score high: the rule only leans, but for what a page says of its own affiliate links ("we may earn a small
//! commission"), which no article says of itself. A newsroom's note on its own reporting ("The Herald has contacted
//! the ministry for comment.") is named and stays. **Errs** on short blocks that quote such sentences.

use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use crate::label::sieve::{SHORTEST, Sieve};
use std::iter;
use std::sync::LazyLock;

/// A call is a sentence or two.
const LONGEST_CALL_WORDS: u32 = 60;
/// Shorter blocks are phrases, which have their own rule.
const SHORTEST_CALL_WORDS: u32 = 4;

/// All sentences.
static SENTENCES: LazyLock<Sentences> = LazyLock::new(|| Sentences::read(include_str!("../pairs.txt")));

/// A sentence's label, and how sure that is.
type Says = (Label, Weight);

/// Between the parts of a sentence.
const PARTED: &str = " … ";

struct Sentences {
    all: Vec<Sentence>,
    /// Finds the rarest part of each.
    sieve: Sieve,
}

struct Sentence {
    says: Says,
    parts: Vec<Part>,
}

/// What stands in a sentence between what is left open.
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
            looked_for.extend(rarest(parts).map(|part| (Part::of(part), all.len() as u16)));
            all.push(Sentence { says: (label, weight), parts: parts.split(PARTED).map(Part::of).collect() });
        }
        let looked_for =
            looked_for.iter().flat_map(|(part, sentence)| part.spellings().map(|part| (part, *sentence)));
        Self { sieve: Sieve::of(looked_for), all }
    }

    /// What the sentence says that ends first of those that stand in a text; one that decides is heard before others.
    fn said_in(&self, text: &str) -> Option<Says> {
        let (mut tried, mut first) = (Vec::new(), None::<(bool, usize, u16)>);
        self.sieve.for_each(text.as_bytes(), |at| {
            if tried.contains(&at) {
                return;
            }
            tried.push(at);
            let sentence = &self.all[usize::from(at)];
            if let Some(end) = sentence.end_in(text.as_bytes()) {
                let found = (sentence.says.1 != Weight::Decides, end, at);
                first = Some(first.map_or(found, |first| first.min(found)));
            }
        });
        first.map(|(_, _, at)| self.all[usize::from(at)].says)
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

    fn spellings(&self) -> impl Iterator<Item = &[u8]> {
        iter::once(self.text).chain(self.capitalised.as_ref().map(String::as_bytes))
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
        self.spellings().filter_map(end_of).min()
    }
}

/// The part of a sentence that the sieve looks for: long words stand in fewer texts than "for the".
fn rarest(parts: &str) -> Option<&str> {
    let longest_word = |part: &&str| part.split(' ').map(str::len).max();
    parts.split(PARTED).filter(|part| part.len() >= SHORTEST).max_by_key(longest_word)
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
                for skipped in 0..4 {
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
