//! Words and names that are known to be no author's.

use crate::label::Glance;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What a word or a whole name says about not being an author's; of several all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Refusal(u8);

impl Refusal {
    /// Names nobody: "admin", "Redaktion".
    pub(super) const PLACEHOLDER: Self = Self(1);
    /// What somebody is: "reporter".
    pub(super) const ROLE: Self = Self(1 << 1);
    /// What goes with a role: "senior", "political".
    pub(super) const FIELD: Self = Self(1 << 2);
    /// A news agency.
    pub(super) const AGENCY: Self = Self(1 << 3);

    /// What a text says, in whatever case it is written and whatever stops stand around it.
    pub(super) fn of(text: &str) -> Self {
        Self::of_word(without_stops(text))
    }

    /// What a word says, in whatever case it is written.
    pub(super) fn of_word(word: &str) -> Self {
        REFUSED.get_any_case(word).copied().unwrap_or_default()
    }

    /// What a word says that is in lower case, or of a script without cases.
    pub(super) fn of_low(word: &str) -> Self {
        REFUSED.get(word.as_bytes()).copied().unwrap_or_default()
    }

    /// This one and others.
    pub(super) const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether it says any of these.
    pub(super) fn is(self, any: Self) -> bool {
        self.0 & any.0 != 0
    }
}

static REFUSED: LazyLock<Glance<Refusal>> = LazyLock::new(|| {
    let mut words: FxHashMap<Cow<'static, [u8]>, Refusal> = FxHashMap::default();
    for line in include_str!("../not_authors.txt").lines() {
        let mut fields = line.split('\t').skip(1);
        if let (Some(kind), Some(word)) = (fields.next(), fields.next()) {
            let kind = match kind {
                "placeholder" => Refusal::PLACEHOLDER,
                "role" => Refusal::ROLE,
                "field" => Refusal::FIELD,
                _ => Refusal::AGENCY,
            };
            let all = words.entry(word.as_bytes().into()).or_default();
            *all = all.or(kind);
        }
    }
    Glance::of(words)
});

/// A text without white space and stops around it.
pub(super) fn without_stops(text: &str) -> &str {
    let is_bare = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    // Most names begin and end in letters, which shows at once.
    if is_bare(text.as_bytes().first()) && is_bare(text.as_bytes().last()) {
        return text;
    }
    text.trim().trim_matches(['.', ',', ':', '-', '"', '“', '”'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::byline::tests::texts_of_bylines;
    use proptest::prelude::*;

    /// The table read line by line, and the word made small.
    fn slowly(text: &str) -> Refusal {
        let low = text.trim().trim_matches(['.', ',', ':', '-', '"', '“', '”']).to_lowercase();
        let mut all = Refusal::default();
        for line in include_str!("../not_authors.txt").lines().filter(|line| line.ends_with(&low)) {
            let mut fields = line.split('\t').skip(1);
            let (kind, word) = (fields.next(), fields.next());
            if word == Some(&low) {
                all = all.or(match kind {
                    Some("placeholder") => Refusal::PLACEHOLDER,
                    Some("role") => Refusal::ROLE,
                    Some("field") => Refusal::FIELD,
                    _ => Refusal::AGENCY,
                });
            }
        }
        all
    }

    #[test]
    fn every_entry_is_found_in_every_case() {
        for line in include_str!("../not_authors.txt").lines() {
            let word = line.rsplit('\t').next().unwrap_or_default();
            for text in [word.to_owned(), word.to_uppercase(), format!(" “{word}”, "), format!("{word}x")]
            {
                assert_eq!(Refusal::of(&text), slowly(&text), "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_glance_tells_what_a_slow_search_does(text in texts_of_bylines()) {
            prop_assert_eq!(Refusal::of(&text), slowly(&text));
        }
    }
}
