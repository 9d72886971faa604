//! `source-line`: where a republisher took the text from.
//!
//! **Looks for** a label such as "Source link" or "Original url:" that makes up a block, an address that makes
//! up a block behind it or at the end, and a label with an address. **Why**: it is provenance, not text; its
//! address goes into the metadata. **Source line**: `Source: https://example.org/a`.
//! **Not one**: `Source: Ministry of Finance` under a table.
//! **Errs** on articles that end in a bare link which is a part of them.

use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};
use crate::label::phrases::Strength;

/// A paper's name, its number and its date.
const LONGEST_SOURCE_WORDS: u32 = 12;
/// Behind the last prose so many blocks may still hold the source line.
const TAIL_BLOCKS: usize = 4;

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    let last_prose = (0..facts.len()).rev().find(|&at| facts.of[at].is_prose()).unwrap_or(0);
    for at in 0..facts.len() {
        let label = facts.of[at].phrase.filter(|found| found.label == Label::Source);
        if let Some(found) = label {
            let next_is_address = at + 1 < facts.len() && is_address(facts.text(at + 1));
            if found.strength == Strength::Strong || next_is_address {
                findings.add(at, Label::Source, "source-line", Weight::Decides, "a known label");
            }
            if next_is_address {
                findings.add(
                    at + 1,
                    Label::Source,
                    "source-line",
                    Weight::Decides,
                    "an address under its label",
                );
            }
        } else if at > last_prose && at <= last_prose + TAIL_BLOCKS && is_address(facts.text(at)) {
            findings.add(at, Label::Source, "source-line", Weight::Decides, "an address at the end");
        } else if let Some((Label::Source, rest)) = facts.of[at].prefix {
            let rest = facts.text(at)[rest..].trim();
            if is_address(rest) || (at >= last_prose && facts.of[at].words <= LONGEST_SOURCE_WORDS) {
                findings.add(at, Label::Source, "source-line", Weight::Decides, "a label and a source");
            } else if facts.of[at].words <= LONGEST_SOURCE_WORDS {
                findings.add(at, Label::Source, "source-line", Weight::Names, "a label and a source");
            }
        }
    }
}

/// Whether a text is one web address.
pub(crate) fn is_address(text: &str) -> bool {
    // Few texts begin so; only these are looked at as a whole.
    if !text.starts_with(|c: char| c.is_whitespace() || matches!(c, 'h' | 'w' | '<' | '>')) {
        return false;
    }
    let text = text.trim().trim_matches(['<', '>']);
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www."))
        && !text.contains(char::is_whitespace)
        && text.len() > 10
}
