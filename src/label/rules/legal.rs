//! `legal`: copyright and terms of use.
//!
//! **Looks for** a © with a year or a name, or the words for "all rights reserved", in a short block behind
//! the last long prose. **Why**: it is about the page. **Legal**: `© 2025 The Herald. All rights reserved.`
//! **Not one**: an article on copyright. **Errs** on agency copyright lines that close an article: they are
//! legal text too, and go.

use crate::label::Label;
use crate::label::facts::Facts;
use crate::label::finding::{Findings, Weight};

/// Longer blocks are terms in prose, which only the model can tell from an article on them.
const LONGEST_NOTICE_WORDS: u32 = 60;

/// "All rights reserved" in the languages of the phrase files; lower case.
const RESERVED: &[&str] = &[
    "all rights reserved",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos reservados",
    "todos os direitos reservados",
    "tutti i diritti riservati",
    "riproduzione riservata",
    "alle rechten voorbehouden",
    "wszelkie prawa zastrzeżone",
    "все права защищены",
    "усі права захищено",
    "جميع الحقوق محفوظة",
    "כל הזכויות שמורות",
    "版权所有",
    "版權所有",
    "無断転載",
    "무단전재",
    "με επιφύλαξη παντός δικαιώματος",
    "tüm hakları saklıdır",
    "may not be published, broadcast, rewritten",
];

pub(super) fn find(facts: &Facts<'_>, findings: &mut Findings) {
    for at in 0..facts.len() {
        if facts.of[at].words > LONGEST_NOTICE_WORDS {
            continue;
        }
        let text = facts.text(at);
        let starts = text.trim_start().starts_with(['©', 'ⓒ'])
            || text.starts_with("Copyright ©")
            || text.starts_with("(c) ");
        if starts || {
            let lower = text.to_lowercase();
            RESERVED.iter().any(|words| lower.contains(words))
        } {
            findings.add(at, Label::Legal, "legal", Weight::Decides, "claims rights");
        }
    }
}
