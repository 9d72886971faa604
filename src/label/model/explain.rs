//! Why a block got its score: the features that weighed most, in words.
//!
//! A walk through a tree begins at the mean of all blocks and ends at a leaf; every split on the way moves
//! the expectation, and the move is put to the account of the feature that was asked (path attribution).
//! What the second pass owes to the block's own first score is handed down to the features that made it.

use super::Model;
use super::trees::Memory;
use crate::feature::{Features, ROW, Row, SECOND_WIDTH, SecondLook, WIDTH, names, second_names};
use std::borrow::Cow;
use std::sync::LazyLock;

/// What features that say the same moved of a block's score.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sign {
    /// What they say, with a value where it is a share of the block's own.
    pub(crate) words: Cow<'static, str>,
    /// How far they moved the block's logit: towards the article above 0, away from it below.
    pub(crate) weight: f32,
}

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| names().into_iter().chain(second_names()).collect());

/// The column of a block's own first score.
const FIRST_SCORE: usize = WIDTH;

impl Model {
    /// For every block the signs that weighed most, heaviest first, at most `most`; only those that speak
    /// for the side that won.
    pub(super) fn explain(&self, features: &Features, most: usize) -> Vec<Vec<Sign>> {
        let first = self.first_scores(features, &mut Memory::new(self.first.width()));
        let rows: Vec<usize> = (0..features.len()).collect();
        let look = SecondLook::new(features, &first, &rows);
        let mut row = [0; ROW];
        let mut explain = |at| {
            features.write(at, &mut row);
            look.write(at, &mut row);
            self.explain_row(&row, most)
        };
        (0..features.len()).map(&mut explain).collect()
    }

    fn explain_row(&self, row: &Row, most: usize) -> Vec<Sign> {
        let mut moved = vec![0.0_f32; WIDTH + SECOND_WIDTH];
        let add = |moved: &mut Vec<f32>, column: u16, by: f32| {
            if let Some(sum) = moved.get_mut(usize::from(column)) {
                *sum += by;
            }
        };
        self.second.parts(row, |c, by| add(&mut moved, c, by));
        let inherited = moved.get(FIRST_SCORE).copied().unwrap_or(0.0);
        let mut made = vec![0.0_f32; WIDTH + SECOND_WIDTH];
        self.first.parts(row, |c, by| add(&mut made, c, by));
        let total: f32 = made.iter().sum();
        if total.abs() > 0.1 {
            for (sum, part) in moved.iter_mut().zip(&made) {
                *sum += part * inherited / total;
            }
            if let Some(own) = moved.get_mut(FIRST_SCORE) {
                *own = 0.0;
            }
        }
        let side = moved.iter().sum::<f32>().signum();
        let mut signs: Vec<Sign> = Vec::new();
        // What kind of page it is says nothing about one block of it.
        let tells = |at: usize| !NAMES.get(at).is_some_and(|name| name.starts_with("page:"));
        for (at, &weight) in moved.iter().enumerate().filter(|&(at, weight)| weight * side > 0.0 && tells(at))
        {
            let words = words(at, row, side > 0.0);
            match signs.iter_mut().find(|sign| sign.words == words) {
                Some(sign) => sign.weight += weight,
                None => signs.push(Sign { words, weight }),
            }
        }
        signs.sort_by(|a, b| (b.weight * side).total_cmp(&(a.weight * side)));
        signs.truncate(most);
        signs
    }
}

/// Shares of a block's own that readers know by name.
const TOLD: [&str; 5] =
    ["link share", "bold share", "digit share", "capitalised share", "all-capitals share"];

/// What a feature says for the article or against it.
fn words(at: usize, row: &Row, is_for: bool) -> Cow<'static, str> {
    let name = NAMES.get(at).map_or("", String::as_str);
    if TOLD.contains(&name) {
        return Cow::Owned(format!("{name} {:.2}", f32::from(row[at]) / 64.0));
    }
    SAID.get(at).map_or(Cow::Borrowed(""), |said| Cow::Borrowed(if is_for { said.0 } else { said.1 }))
}

/// What every feature says for the article and against it, by `signs.txt`.
static SAID: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = || include_str!("signs.txt").lines().filter(|line| !line.starts_with('#'));
    let fields = |line: &'static str| {
        let mut fields = line.split('\t');
        Some((fields.next()?, fields.next()?, fields.next()?))
    };
    let said = |name: &String| lines().filter_map(fields).find(|(part, ..)| name.contains(part));
    NAMES.iter().map(|name| said(name).map_or(("", ""), |(_, is_for, against)| (is_for, against))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_says_something() {
        assert_eq!(SAID.len(), WIDTH + SECOND_WIDTH);
        for (name, said) in NAMES.iter().zip(&*SAID) {
            assert!(!said.0.is_empty() && !said.1.is_empty(), "{name}");
        }
    }

    #[test]
    fn every_line_is_the_first_that_fits_some_name() {
        for line in include_str!("signs.txt").lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            assert_eq!(fields.len(), 3, "{line}");
            assert!(SAID.contains(&(fields[1], fields[2])), "{line}");
        }
    }
}
