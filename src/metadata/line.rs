//! Lines that tell several things one behind another: "2024-04-12 09:26 来源：晚报 记者：林若溪".
//!
//! Once its columns are gone, nothing parts such a line but its own labels: words that are known to stand before
//! a colon. A line counts only if all of it is accounted for, from its first sign to its last.

use super::byline;
use super::date::{self, Date, Hint};
use crate::label::{Label, label_before_colon};
use crate::letter::{is_alphanumeric, is_numeric};

/// Date, source, author, editor, size of letters and counter in a script of three bytes a letter take less.
const LONGEST_LINE_BYTES: usize = 320;
/// What stands behind a label is a name, a date or a number, no sentence.
const LONGEST_VALUE_CHARS: usize = 80;
/// "Estimated reading time" has three words, and so has "Дата последнего обновления".
const MOST_LABEL_WORDS: usize = 3;
/// "Redaktion", "the editors", "Example News Desk".
const MOST_PLACEHOLDER_WORDS: usize = 3;
/// More labels than these make no line about one article.
const MOST_FIELDS: usize = 8;

/// What a line says.
#[derive(Debug, Default)]
pub(crate) struct Line<'t> {
    /// What it says first.
    pub(crate) first: Option<Label>,
    pub(super) dates: Vec<Date>,
    pub(super) authors: Vec<String>,
    /// Who published the text first.
    pub(super) source: Option<&'t str>,
}

/// What a line says of its article, if it says two or more things and nothing else; one of them is a date or
/// an author.
pub(crate) fn read<'t>(text: &'t str, hint: &Hint<'_>) -> Option<Line<'t>> {
    if text.len() > LONGEST_LINE_BYTES || !text.contains([':', '：']) {
        return None;
    }
    let mut line = Line::default();
    let mut count = 0;
    // The first part needs no label: it is a date or a byline that says so itself.
    let mut label: Option<Label> = None;
    let (mut start, mut labelled_from) = (0, 0);
    let colons = text.match_indices([':', '：']);
    let labels = colons.filter_map(|(at, colon)| {
        let (begin, label) = label_ending_at(text, at)?;
        Some((begin, at + colon.len(), Some(label)))
    });
    let mut labels = labels.peekable();
    // Without a label a line says one thing at most.
    labels.peek()?;
    for (begin, after, next) in labels.take(MOST_FIELDS).chain([(text.len(), text.len(), None)]) {
        if begin < start {
            continue;
        }
        // The words before a date tell what it is the date of.
        let from = if label == Some(Label::Dateline) { labelled_from } else { start };
        let value =
            text[from..begin].trim_matches(|c: char| c.is_whitespace() || "|·•/-–—,，;；".contains(c));
        if label.is_some() || !value.is_empty() {
            line.take(label, value, hint)?;
            count += 1;
        }
        (labelled_from, start, label) = (begin, after, next);
    }
    let is_told = !line.dates.is_empty() || !line.authors.is_empty();
    (count >= 2 && is_told).then_some(line)
}

impl<'t> Line<'t> {
    /// Adds what a part says; `None` if it cannot be what its label announces.
    fn take(&mut self, label: Option<Label>, value: &'t str, hint: &Hint<'_>) -> Option<()> {
        if value.chars().count() > LONGEST_VALUE_CHARS || value.contains(['。', '！', '？', '!', '?']) {
            return None;
        }
        // "来源：晚报 2024年04月12日": the date needs no label of its own.
        let (value, date) = match label {
            Some(Label::Source | Label::Byline) => byline::split_date(value),
            _ => (value, ""),
        };
        self.dates.extend(date::whole_block_in(date, hint).unwrap_or_default());
        let is = match label {
            None | Some(Label::Dateline) => match date::whole_block_in(value, hint) {
                Some(dates) => {
                    self.dates.extend(dates);
                    Label::Dateline
                }
                None if label.is_none() => {
                    self.authors.extend(byline::whole_block(value)?);
                    let (_, date) = byline::split_date(value);
                    self.dates.extend(date::whole_block_in(date, hint).unwrap_or_default());
                    Label::Byline
                }
                None => return None,
            },
            Some(Label::Byline) => {
                let names = byline::names(value);
                // A desk, an agency, "admin": a byline that names nobody. More words are something else.
                if names.is_empty() && value.split_whitespace().count() > MOST_PLACEHOLDER_WORDS {
                    return None;
                }
                self.authors.extend(names);
                Label::Byline
            }
            Some(Label::Source) => {
                // Of several the first: editors and proof-readers are sources, too.
                self.source = self.source.or(Some(value).filter(|value| !value.is_empty()));
                Label::Source
            }
            Some(Label::Counter) if value.contains(is_numeric) => Label::Counter,
            Some(label @ (Label::Toolbar | Label::Share | Label::Credit | Label::Tags | Label::Comments)) => {
                label
            }
            Some(_) => return None,
        };
        self.first = self.first.or(Some(is));
        Some(())
    }
}

/// The longest known label right before a colon, and where it begins.
fn label_ending_at(text: &str, colon: usize) -> Option<(usize, Label)> {
    let mut found = None;
    let mut words = 0;
    let mut behind: Option<char> = None;
    for (at, c) in text[..colon].char_indices().rev() {
        if !is_alphanumeric(c) && !c.is_whitespace() && !matches!(c, '\'' | '’' | '-') {
            break;
        }
        if c.is_whitespace() {
            words += 1;
            if words >= MOST_LABEL_WORDS || behind.is_none() {
                break;
            }
        } else {
            // A label begins where a word does; Chinese and Japanese part no words.
            let before = text[..at].chars().next_back();
            let is_begin = before.is_none_or(|before| !is_alphanumeric(before)) || date::is_han(c);
            if is_begin && let Some(label) = label_before_colon(&text[at..colon]) {
                found = Some((at, label));
            }
        }
        behind = Some(c);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_labels_tells_date_source_and_author() {
        for (text, first, authors, source) in [
            ("2024-04-12 09:26 来源：澜江晚报 记者：林若溪", Label::Dateline, "林若溪", Some("澜江晚报")),
            ("来源：澜江晚报 2024年04月12日 作者：林若溪", Label::Source, "林若溪", Some("澜江晚报")),
            (
                "9 ноября 2022 Автор: Глеб Ташлинский Просмотров: 1 482",
                Label::Dateline,
                "Глеб Ташлинский",
                None,
            ),
            ("By Jane Doe | Published: April 22, 2025 | Views: 12", Label::Byline, "Jane Doe", None),
            ("Autor: Max Muster Datum: 22.04.2025", Label::Byline, "Max Muster", None),
        ] {
            let line = read(text, &Hint::default()).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(line.first, Some(first), "{text}");
            assert_eq!(line.authors, [authors], "{text}");
            assert_eq!(line.source, source, "{text}");
        }
    }

    #[test]
    fn the_words_before_a_date_tell_what_it_is_the_date_of() {
        let text = "Von Max Muster 14. März 2024, 8:30 Uhr Aktualisiert: 15. März 2024, 16:05 Uhr Lesezeit: 4 Minuten";
        let line = read(text, &Hint::default()).expect("such a line");
        let told: Vec<String> =
            line.dates.iter().map(|date| format!("{:?} {}", date.kind, date.moment)).collect();
        assert_eq!(told, ["Unsaid 2024-03-14T08:30:00", "Modified 2024-03-15T16:05:00"]);
    }

    #[test]
    fn sentences_and_single_labels_are_no_such_lines() {
        for text in [
            "The source: nobody knows. Author: a mystery",
            "Author: Jane Doe",
            "On 3 May 2024 the author: a man of forty, wrote to the source: his own brother in the town",
            "09:26",
            "",
        ] {
            assert!(read(text, &Hint::default()).is_none(), "{text}");
        }
    }
}
