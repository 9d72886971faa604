//! The lines of a plain text, and which of them make up one block.
//!
//! They are found as they are asked for, twice: first to learn the width, then to group them. A page can be nothing but line
//! breaks, and would else take tens of bytes for each of its own.

use crate::tree::space::{is_visible, trimmed};
use crate::{Span, eight};

/// A line that is not blank.
#[derive(Clone, Copy)]
struct Line {
    /// Its text without white space at the ends, but with a bullet.
    text: Span,
    /// Bytes of white space before it.
    indent: u32,
    /// Whether a blank line stands before it.
    after_blank: bool,
}

impl Line {
    /// How wide it is in columns, wide characters counting two; with indent and bullet.
    fn width(&self, source: &str) -> usize {
        self.indent as usize + columns(&source[self.text.range()])
    }
}

/// Lines that make up one block.
pub(super) struct Group {
    /// Without the bullet.
    pub(super) span: Span,
    /// `Some(None)` after a bullet, `Some(Some(n))` after a number.
    pub(super) marker: Option<Option<u16>>,
    /// Whether a line of `===` or `---` stands directly below its last.
    pub(super) is_underlined: bool,
}

/// The lines of a source, from one on.
#[derive(Clone)]
struct Lines<'s> {
    source: &'s str,
    start: usize,
    line_break: u8,
    after_blank: bool,
    /// Whether a line of `===` or `---` stood directly below the last but one.
    is_underlined: bool,
}

impl<'s> Lines<'s> {
    fn of(source: &'s str, start: usize) -> Self {
        // A text without any line feed may come from a system that ended its lines with carriage returns alone.
        let has_feeds = memchr::memchr(b'\n', &source.as_bytes()[start..]).is_some();
        let line_break = if has_feeds { b'\n' } else { b'\r' };
        Self { source, start, line_break, after_blank: true, is_underlined: false }
    }

    /// Whether the last line that was given is underlined.
    fn last_is_underlined(&self) -> bool {
        let mut below = self.clone();
        below.next();
        below.is_underlined
    }

    /// Whether any line may have so many bytes.
    fn may_be_as_long_as(&self, bytes: usize) -> bool {
        let mut rest = &self.source.as_bytes()[self.start..];
        while let Some(head) = rest.get(..bytes) {
            // Where lines are short, all of them but the last in reach are passed over.
            let Some(end) = memchr::memrchr(self.line_break, head) else { return true };
            rest = &rest[end + 1..];
        }
        false
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    #[inline]
    fn next(&mut self) -> Option<Line> {
        self.is_underlined = false;
        loop {
            let rest = self.source.get(self.start..).filter(|rest| !rest.is_empty())?;
            let (length, next) = line_end(rest.as_bytes(), self.line_break);
            let visible = trimmed(&rest[..length]);
            let (at, indent) = (self.start + visible.start, visible.start as u32);
            self.start += next;
            if visible.is_empty() {
                self.after_blank = true;
                continue;
            }
            let text = &rest[visible];
            if text.len() >= 3 && text.bytes().all(|b| matches!(b, b'=' | b'-' | b'_' | b'*' | b'~')) {
                // An underline makes a heading of the line above; alone it is a rule between blocks.
                self.is_underlined |= !self.after_blank && matches!(text.as_bytes()[0], b'=' | b'-');
                self.after_blank = true;
                continue;
            }
            let after_blank = core::mem::take(&mut self.after_blank);
            return Some(Line { text: Span::new(at, at + text.len()), indent, after_blank });
        }
    }
}

/// The blocks of a source, found as far as they are asked for.
pub(super) struct Groups<'s> {
    lines: Lines<'s>,
    /// What the text was wrapped to, if it was.
    width: Option<usize>,
    /// The line that begins the next block that is not found yet.
    line: Option<Line>,
    ahead: Vec<Group>,
}

impl<'s> Groups<'s> {
    /// Those from some line on.
    pub(super) fn of(source: &'s str, from: usize) -> Self {
        let mut lines = Lines::of(source, from);
        let width = wrap_width(Lines::of(source, from));
        let line = lines.next();
        Self { lines, width, line, ahead: Vec::new() }
    }

    /// Whether any block is left.
    pub(super) fn has_more(&self) -> bool {
        self.line.is_some() || !self.ahead.is_empty()
    }

    /// Takes the next lines, two or more, where each is a block of its own and all read as they stand, to the end of the one
    /// that has byte `least` of them; gives their place. Most lines of a flood are such and need no more than one look at each
    /// byte.
    pub(super) fn take_plain_lines(&mut self, least: usize) -> Option<Span> {
        if self.width.is_some() || !self.ahead.is_empty() || self.lines.line_break != b'\n' {
            return None;
        }
        let start = self.line?.text.start();
        let bytes = &self.lines.source.as_bytes()[start..];
        let mut end = plain_line(bytes).filter(|end| *end < least)?;
        while end < least {
            end += 1 + plain_line(bytes.get(end + 1..)?)?;
        }
        self.lines.start = start + end + 1;
        self.lines.after_blank = false;
        self.line = self.lines.next();
        Some(Span::new(start, start + end))
    }

    /// The block so far ahead, if there are so many.
    #[inline]
    pub(super) fn get(&mut self, ahead: usize) -> Option<&Group> {
        while self.ahead.len() <= ahead {
            let group = self.find()?;
            self.ahead.push(group);
        }
        self.ahead.get(ahead)
    }

    /// Takes the next blocks.
    pub(super) fn take(&mut self, count: usize) -> impl Iterator<Item = Group> {
        self.ahead.drain(..count)
    }

    fn find(&mut self) -> Option<Group> {
        let mut above = self.line?;
        let source = self.lines.source;
        let (marker, skipped) = marker(&source[above.text.range()]);
        let mut span = Span::new(above.text.start() + skipped, above.text.end());
        loop {
            self.line = self.lines.next();
            let is_underlined = self.lines.is_underlined;
            match self.line.filter(|line| !is_underlined && self.goes_on(&above, line)) {
                Some(line) => {
                    span = span.join(line.text);
                    above = line;
                }
                None => return Some(Group { span, marker, is_underlined }),
            }
        }
    }

    /// Whether a line goes on with the block of the one above.
    fn goes_on(&self, above: &Line, line: &Line) -> bool {
        let Some(width) = self.width else { return false };
        let source = self.lines.source;
        let has_marker = |line: &Line| marker(&source[line.text.range()]).0.is_some();
        !line.after_blank
            && !has_marker(line)
            && (line.indent >= above.indent || !has_marker(above))
            && above.width(source) + word_width(source, line) > width
            && !self.lines.last_is_underlined()
    }
}

/// How long the line is that begins some text, and how long with the line break, form feed or separator that ends it.
#[inline]
fn line_end(bytes: &[u8], line_break: u8) -> (usize, usize) {
    let end = |at: usize| match &bytes[at..] {
        [a, rest @ ..] if *a == SEPARATORS[0] => {
            matches!(rest, [b, 0xa8 | 0xa9, ..] if *b == SEPARATORS[1]).then_some((at, at + 3))
        }
        _ => Some((at, at + 1)),
    };
    // Looked at first: to begin a search costs as much.
    let near = bytes.first_chunk().map_or(0, |near| {
        let near = u64::from_le_bytes(*near);
        let marks =
            eight::equal(near, line_break) | eight::equal(near, b'\x0c') | eight::equal(near, SEPARATORS[0]);
        marks.trailing_zeros() as usize / 8
    });
    if bytes.get(near) == Some(&line_break) {
        return (near, near + 1);
    }
    memchr::memchr3_iter(line_break, b'\x0c', SEPARATORS[0], &bytes[near..])
        .find_map(|at| end(near + at))
        .unwrap_or((bytes.len(), bytes.len()))
}

/// How long a line is up to its line feed if its text is all of it, no bullet or rule, and every white space in it a lone
/// space. A line that may be otherwise is none.
fn plain_line(line: &[u8]) -> Option<usize> {
    let mut before = *line.first()?;
    if matches!(before, b'-' | b'*' | b'+' | b'=' | b'_' | b'~') || !is_visible(before) {
        return None;
    }
    if before.is_ascii_digit() {
        let behind = line.iter().find(|byte| !byte.is_ascii_digit())?;
        if matches!(behind, b'.' | b')') {
            return None;
        }
    }
    for (at, byte) in line.iter().enumerate().skip(1) {
        if !is_visible(*byte) && (before == b' ' || *byte != b' ') {
            return (before != b' ' && *byte == b'\n').then_some(at);
        }
        before = *byte;
    }
    None
}

/// What U+2028 and U+2029, the separators of lines and paragraphs, begin with.
const SEPARATORS: [u8; 2] = [0xe2, 0x80];

/// Signs that begin a list item, each with a byte that begins white space too. A dash or star needs a space after it.
const BULLETS: &[char] = &['•', '‣', '◦', '▪', '▸', '►', '●', '○', '■', '·', '∙', '➤', '➢'];

/// The bullet or number a line begins with, and its length with the space behind.
#[inline]
fn marker(text: &str) -> (Option<Option<u16>>, usize) {
    if text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
        return (None, 0);
    }
    written_marker(text)
}

fn written_marker(text: &str) -> (Option<Option<u16>>, usize) {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or_default();
    let rest = chars.as_str();
    let body = rest.trim_start();
    let skipped = text.len() - body.len();
    if BULLETS.contains(&first) && !body.is_empty() {
        return (Some(None), skipped);
    }
    if matches!(first, '-' | '*' | '+') && rest.starts_with([' ', '\t']) && !body.is_empty() {
        return (Some(None), skipped);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let after = &text[digits..];
        if let Some(body) = after.strip_prefix(['.', ')']).filter(|body| body.starts_with([' ', '\t'])) {
            let body = body.trim_start();
            if !body.is_empty() {
                return (Some(text[..digits].parse().ok()), text.len() - body.len());
            }
        }
    }
    (None, 0)
}

/// How wide a text is on a screen that gives CJK characters two columns.
pub(super) fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    // Bytes from 0x80 to 0xBF continue a character.
    let mut columns = text.bytes().filter(|byte| *byte as i8 >= -0x40).count();
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte >= FIRST_OF_WIDE) {
        let mut chars = rest[at..].chars();
        columns += usize::from(chars.next().is_some_and(is_wide));
        rest = chars.as_str();
    }
    columns
}

/// No wide character begins with a smaller byte: U+1100 is E1 84 80.
const FIRST_OF_WIDE: u8 = 0xe1;

fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{20000}'..='\u{3fffd}')
}

/// No one wraps wider: 120 columns is the widest setting in use, and pages saved as one line a paragraph are
/// wider than that nearly everywhere.
const WIDEST_WRAP: usize = 132;
/// Below this a "wrapped" text is a list of short lines.
const NARROWEST_WRAP: usize = 40;
/// This many lines must agree before a width is believed.
const LEAST_WRAPPED_LINES: usize = 3;

/// The width the text was wrapped to, if it was.
fn wrap_width(lines: Lines<'_>) -> Option<usize> {
    if !lines.may_be_as_long_as(NARROWEST_WRAP) {
        return None;
    }
    let source = lines.source;
    let (mut width, mut all) = (0, 0);
    // How many lines would be so wide with the first word of the next.
    let mut longer = [0_usize; WIDEST_WRAP + 2];
    let mut above: Option<Line> = None;
    for line in lines {
        if let Some(above) = above.filter(|_| !line.after_blank) {
            let columns = above.width(source);
            width = width.max(columns);
            if width > WIDEST_WRAP {
                return None;
            }
            all += 1;
            // A text has no more columns than bytes: two short lines fit into any width.
            if columns + line.text.len() >= NARROWEST_WRAP {
                longer[(columns + word_width(source, &line)).min(WIDEST_WRAP + 1)] += 1;
            }
        }
        above = Some(line);
    }
    if width < NARROWEST_WRAP {
        return None;
    }
    let wrapped: usize = longer[width + 1..].iter().sum();
    // Three in five: verse and address lines fail this, mail and wire texts pass with nine in ten.
    (wrapped >= LEAST_WRAPPED_LINES && wrapped * 5 >= all * 3).then_some(width)
}

/// The columns that a line's first word would have taken on the line above, with the space before it.
fn word_width(source: &str, line: &Line) -> usize {
    let text = &source[line.text.range()];
    let text = &text[marker(text).1..];
    let first = text.chars().next().unwrap_or_default();
    if is_wide(first) { 2 } else { columns(text.split_whitespace().next().unwrap_or_default()) + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn columns_are_those_of_a_slow_counter() {
        for text in
            ["", "Aldermouth", "“Ü” – so", "漢字かな", "ｆｕｌｌ 한글", "𠀀a\u{fe30}", "\u{1100}\u{10ff}"]
        {
            let slow: usize = text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum();
            assert_eq!(columns(text), slow, "{text}");
        }
        assert!(
            ('\0'..=char::MAX).filter(|c| is_wide(*c)).all(|c| c.to_string().as_bytes()[0] >= FIRST_OF_WIDE)
        );
    }

    /// The blocks of a text whose lines are all found first.
    fn slow(source: &str) -> Vec<(Span, Option<Option<u16>>, bool)> {
        struct Whole<'t> {
            text: &'t str,
            at: usize,
            indent: usize,
            after_blank: bool,
            is_underlined: bool,
        }
        let line_break = if source.contains('\n') { '\n' } else { '\r' };
        let mut lines: Vec<Whole<'_>> = Vec::new();
        let (mut start, mut after_blank) = (0, true);
        for written in source.split_inclusive([line_break, '\u{c}', '\u{2028}', '\u{2029}']) {
            let (text, indent) = (written.trim(), written.len() - written.trim_start().len());
            let is_rule = text.len() > 2 && text.chars().all(|c| "=-_*~".contains(c));
            let underlines = is_rule && !after_blank && text.starts_with(['=', '-']);
            if let Some(above) = lines.last_mut().filter(|_| underlines) {
                above.is_underlined = true;
            }
            if !is_rule && !text.is_empty() {
                let at = start + indent;
                lines.push(Whole { text, at, indent, after_blank, is_underlined: false });
            }
            after_blank = is_rule || text.is_empty();
            start += written.len();
        }
        let body = |line: &Whole<'_>| line.at + marker(line.text).1;
        let columns_of = |line: &Whole<'_>| line.indent + columns(line.text);
        let inner = || lines.windows(2).filter(|pair| !pair[1].after_blank);
        let fits = |pair: &[Whole<'_>], width: usize| {
            let next = &source[body(&pair[1])..pair[1].at + pair[1].text.len()];
            let word = next.split_whitespace().next().unwrap_or_default();
            let word = if word.starts_with(is_wide) { 2 } else { columns(word) + 1 };
            columns_of(&pair[0]) + word <= width
        };
        let width = inner().map(|pair| columns_of(&pair[0])).max().filter(|width| {
            let wrapped = inner().filter(|pair| !fits(pair, *width)).count();
            (40..=132).contains(width) && wrapped >= 3 && wrapped * 5 >= inner().count() * 3
        });
        let mut groups: Vec<(Span, Option<Option<u16>>, bool)> = Vec::new();
        for (at, line) in lines.iter().enumerate() {
            let span = Span::new(body(line), line.at + line.text.len());
            let goes_on = at > 0 && !line.after_blank && marker(line.text).0.is_none() && {
                let above = &lines[at - 1];
                !above.is_underlined
                    && !line.is_underlined
                    && (line.indent >= above.indent || marker(above.text).0.is_none())
                    && width.is_some_and(|width| !fits(&lines[at - 1..], width))
            };
            match groups.last_mut() {
                Some((whole, ..)) if goes_on => *whole = whole.join(span),
                _ => groups.push((span, marker(line.text).0, line.is_underlined)),
            }
        }
        groups
    }

    fn groups(source: &str) -> Vec<(Span, Option<Option<u16>>, bool)> {
        let mut groups = Groups::of(source, 0);
        let mut all = Vec::new();
        while groups.get(0).is_some() {
            // Whatever was looked at ahead.
            groups.get(all.len() % 4);
            all.extend(groups.take(1).map(|group| (group.span, group.marker, group.is_underlined)));
        }
        all
    }

    proptest! {
        #[test]
        fn blocks_are_those_of_a_slow_reader(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "a", "word ", "- ", "12. ", "• ", "===", "\n---\n", "\n", "\n\n", "\r", "  ", "\u{c}", "\u{2028}", "漢字", "é",
            ]), 0..60)
        ) {
            let source = pieces.concat();
            prop_assert_eq!(groups(&source), slow(&source));
        }

        #[test]
        fn wrapped_text_is_grouped_as_by_a_slow_reader(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "The harbour of Aldermouth was closed on", "Monday after a ship ran aground", " at the mouth", "  - of the river",
                "\n", "\n", "\n", "\n===\n", "\n\n", "漢字漢字漢字",
            ]), 0..80)
        ) {
            let source = pieces.concat();
            prop_assert_eq!(groups(&source), slow(&source));
        }
    }
}
