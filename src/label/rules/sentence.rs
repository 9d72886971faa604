//! `sentence`: a sentence that says what kind of furniture it is.
//!
//! **Looks for** words of `pairs.txt` in a block of at most sixty words: "sign up … newsletter", "contacted …
//! for comment". **Why**: such sentences read like prose and pass every measure of density. **Sentence**: `Sign
//! up for our daily newsletter to get the best of the week.` **Not one**: an article about newsletters, whose
//! paragraphs score high: the rule only leans. A newsroom's note on its own reporting ("The Herald has contacted
//! the ministry for comment.") is named and stays. **Errs** on short blocks that quote such sentences.

use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::borrow::Cow;
use std::sync::LazyLock;

/// A call is a sentence or two.
const LONGEST_CALL_WORDS: u32 = 60;
/// Shorter blocks are phrases, which have their own rule.
const SHORTEST_CALL_WORDS: u32 = 4;

/// The words of all sentences, searched for at once, and which of them make which.
static SENTENCES: LazyLock<Sentences> = LazyLock::new(|| Sentences::read(include_str!("../pairs.txt")));

struct Sentences {
    parts: Option<AhoCorasick>,
    /// For each part: its sentence and its place in it.
    places: Vec<(usize, u8)>,
    /// For each sentence: its label and how many parts it has.
    sentences: Vec<(Label, u8)>,
}

impl Sentences {
    fn read(text: &'static str) -> Self {
        let (mut words, mut places, mut sentences) = (Vec::new(), Vec::new(), Vec::new());
        for (label, parts) in text.lines().filter_map(|line| line.split_once('\t')) {
            let Ok(label) = label.parse() else { continue };
            let mut count = 0;
            for part in parts.split(" … ") {
                words.push(Cow::Borrowed(part));
                // The search sees through capitals of ASCII only; other sentences begin with theirs.
                words.extend(capitalised(part).map(Cow::Owned));
                places.resize(words.len(), (sentences.len(), count));
                count += 1;
            }
            sentences.push((label, count));
        }
        let parts = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            // A megabyte, for a quarter of the time.
            .kind(Some(AhoCorasickKind::DFA))
            .build(words.iter().map(|word| word.as_bytes()))
            .ok();
        Self { parts, places, sentences }
    }

    /// The label of the first sentence all of whose parts stand in a text in order.
    fn label_of(&self, text: &str) -> Option<Label> {
        let parts = self.parts.as_ref()?;
        // Few sentences are under way at a time: a short list beats a map.
        let mut begun: Vec<(usize, u8)> = Vec::new();
        for found in parts.find_overlapping_iter(text) {
            let (sentence, place) = self.places[found.pattern().as_usize()];
            let (label, count) = self.sentences[sentence];
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
            if reached == count {
                return Some(label);
            }
        }
        None
    }
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
        if let Some(label) = SENTENCES.label_of(facts.text(at)) {
            let rule = if label == Label::NewsroomNote { "newsroom-note" } else { "sentence" };
            findings.add(at, label, rule, Weight::Leans, "says so itself");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_must_stand_in_order() {
        let label = |text| SENTENCES.label_of(text);
        assert_eq!(
            label("The Herald has contacted the ministry for comment via email."),
            Some(Label::NewsroomNote)
        );
        assert_eq!(label("For comment, she contacted nobody."), None);
        assert_eq!(label("Sign up for our weekly newsletter!"), Some(Label::Newsletter));
        assert_eq!(label("Подписывайтесь на наш канал, чтобы узнавать всё!"), Some(Label::Social));
        assert_eq!(label("The newsletter reached its readers late."), None);
    }
}
