//! `legal`: copyright and terms of use.
//!
//! **Looks for** a short block that begins with ©. **Why**: it is about the page. **Legal**: `© 2025 The
//! Herald`. **Not one**: an article on copyright. **Errs** on agency copyright lines that close an article:
//! they are legal text too, and go.

use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use crate::label::{Label, Signs};

/// Longer blocks are terms in prose, which only the score can tell from an article on them.
const LONGEST_NOTICE_WORDS: u32 = 60;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    for at in 0..facts.len() {
        // Neither © nor a bracket.
        if !facts.of[at].signs.has(Signs::BEYOND_ASCII.or(Signs::MARK)) {
            continue;
        }
        let text = facts.text(at);
        // Most blocks begin with a letter, and of letters only one may be the first.
        if text.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric() && first != b'C') {
            continue;
        }
        let text = text.trim_start();
        let begins =
            text.starts_with(['©', 'ⓒ']) || text.starts_with("Copyright ©") || text.starts_with("(c) ");
        if begins && facts.of[at].words <= LONGEST_NOTICE_WORDS {
            findings.add(at, Label::Legal, "legal", Weight::Decides, "begins with ©");
        }
    }
}
