//! What rules leave on blocks.

use super::Label;

/// How far a finding decides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Weight {
    /// Gives a name to what is decided otherwise.
    Names,
    /// Decides where the block's score leaves room.
    Leans,
    /// Is heard before those that lean, and for some labels whatever the score (`holds_against_the_score`).
    Decides,
}

/// A rule's word on a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finding {
    pub(crate) label: Label,
    pub(crate) rule: &'static str,
    pub(crate) detail: &'static str,
    pub(crate) weight: Weight,
}

/// The findings on all blocks of a page: on each the heaviest, and of equals the first.
#[derive(Debug)]
pub(crate) struct Findings {
    of: Vec<Option<Finding>>,
}

impl Findings {
    pub(crate) fn new(blocks: usize) -> Self {
        Self { of: vec![None; blocks] }
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Finding> {
        self.of[at].as_ref()
    }

    pub(crate) fn label(&self, at: usize) -> Option<Label> {
        self.get(at).map(|finding| finding.label)
    }

    pub(crate) fn take(&mut self, at: usize) -> Option<Finding> {
        self.of[at].take()
    }

    /// Leaves a finding on a block unless a heavier or earlier one is there.
    pub(crate) fn add(
        &mut self,
        at: usize,
        label: Label,
        rule: &'static str,
        weight: Weight,
        detail: &'static str,
    ) {
        if self.of[at].as_ref().is_none_or(|found| found.weight < weight) {
            self.of[at] = Some(Finding { label, rule, detail, weight });
        }
    }

    /// Leaves a finding on a block unless a heavier one is there: of equals this one is heard.
    pub(crate) fn replace(
        &mut self,
        at: usize,
        label: Label,
        rule: &'static str,
        weight: Weight,
        detail: &'static str,
    ) {
        if self.of[at].as_ref().is_some_and(|found| found.weight == weight) {
            self.of[at] = None;
        }
        self.add(at, label, rule, weight, detail);
    }
}
