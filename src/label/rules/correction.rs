//! `correction`: what was changed after publication.
//!
//! **Looks for** a label such as "Correction:" or "Editor's note:" at the head of a block. **Why** it has a
//! label: many want it, so it stays, but it is no part of the story. **Correction**: `Correction: An earlier
//! version of this article misstated the ship's name.` **Not one**: `Update: three more were found` as a title.
//! **Errs** on articles about corrections.

use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    for at in 0..facts.len() {
        if facts.of[at].is_prose() && matches!(facts.of[at].prefix, Some((Label::Correction, _))) {
            findings.add(at, Label::Correction, "correction", Weight::Names, "a known label at its head");
        }
    }
}
