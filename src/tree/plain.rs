//! Plain text → tree: paragraphs, lists and headings as far as lines tell them.
//!
//! Blank lines part paragraphs. A line break inside a paragraph is one of two things: the text was wrapped
//! to a width, and the line goes on; or the line is a block of its own (a caption under its slug, a list
//! without bullets). It was wrapped if the next line's first word would not have fitted: so the width is
//! looked for first, in all lines together.

use super::Tree;
use super::html::Builder;
use super::space::trimmed;
use super::tag::{Attr, Tag};
use crate::limits::LEAST_RUN_BYTES;
use crate::{Limits, Span, Warning};

pub(crate) fn read<'s>(mut builder: Builder<'s>, limits: &Limits) -> Tree<'s> {
    read_from(&mut builder, 0, limits);
    builder.finish()
}

/// Reads the source from some line on.
pub(crate) fn read_from(builder: &mut Builder<'_>, from: usize, limits: &Limits) {
    let source = builder.source();
    let lines = lines(source, from);
    let width = wrap_width(source, &lines);
    let groups = group(source, &lines, width);
    // A page of lines of one letter has many of them.
    drop(lines);
    let mut flood = Flood { limits, bytes: 0, is_flood: false };
    let mut list: Option<Tag> = None;
    let mut at = 0;
    while at < groups.len() && !builder.is_full() {
        let run = flood.run(&groups, at);
        let group = &run[0];
        let wanted = list_of(group).filter(|tag| run.iter().all(|other| list_of(other) == Some(*tag)));
        if wanted != list {
            if let Some(tag) = list.take() {
                builder.close_element(tag, group.span.start());
            }
            if let Some(tag) = wanted {
                builder.open_element(tag, group.span);
                if let Some(start) = group.marker.flatten().filter(|start| *start != 1) {
                    builder.give(Attr::Start, &start.to_string());
                }
            }
            list = wanted;
        }
        let is_one = run.len() == 1;
        let tag = match wanted {
            Some(_) => Tag::Li,
            None if is_one && group.is_underlined => Tag::H2,
            None if is_one && is_heading(source, &groups, at) => {
                if at == 0 {
                    Tag::H1
                } else {
                    Tag::H2
                }
            }
            None => Tag::P,
        };
        builder.open_element(tag, group.span);
        if is_one {
            builder.add_text(&source[group.span.range()], group.span);
        } else {
            builder.add_lines(run.iter().map(|group| group.span));
            builder.warn(Warning::FineBlocksLimit);
        }
        at += run.len();
        builder.close_element(tag, run[run.len() - 1].span.end());
    }
}

/// Whether the page is a flood of tiny blocks. Those would be joined later; joined here they cost no elements.
struct Flood<'l> {
    limits: &'l Limits,
    /// Of the blocks so far.
    bytes: usize,
    /// Once a page is a flood, it stays one.
    is_flood: bool,
}

impl Flood<'_> {
    /// The groups from one on that are one block.
    fn run<'g>(&mut self, groups: &'g [Group], at: usize) -> &'g [Group] {
        let mut bytes = 0;
        let mut end = at;
        while let Some(group) = groups.get(end) {
            // With the line break before it.
            bytes += group.span.len() + usize::from(end > at);
            end += 1;
            self.is_flood |= self.limits.is_flood(at, self.bytes + bytes);
            if !self.is_flood || bytes >= LEAST_RUN_BYTES {
                break;
            }
        }
        self.bytes += bytes;
        &groups[at..end]
    }
}

fn list_of(group: &Group) -> Option<Tag> {
    group.marker.map(|marker| if marker.is_some() { Tag::Ol } else { Tag::Ul })
}

/// A line that is not blank.
struct Line {
    /// Its text without white space at the ends and without a bullet.
    span: Span,
    /// White space before it, in columns.
    indent: u16,
    /// Width of the text in columns, wide characters counting two; with indent and bullet.
    width: u16,
    /// `Some(None)` after a bullet, `Some(Some(n))` after a number.
    marker: Option<Option<u16>>,
    /// Whether a blank line stands before it.
    after_blank: bool,
    /// Whether a line of `===` or `---` stands directly below.
    is_underlined: bool,
}

/// Lines that make up one block.
struct Group {
    span: Span,
    marker: Option<Option<u16>>,
    is_underlined: bool,
}

fn lines(source: &str, from: usize) -> Vec<Line> {
    let bytes = &source.as_bytes()[from..];
    // A text without any line feed may come from a system that ended its lines with carriage returns alone.
    let line_break = if memchr::memchr(b'\n', bytes).is_some() { b'\n' } else { b'\r' };
    let breaks = memchr::memchr_iter(line_break, bytes).count();
    let mut lines: Vec<Line> = Vec::with_capacity(breaks + 1);
    let mut start = from;
    let mut after_blank = true;
    while start < source.len() {
        let written = &source[start..line_end(source, start, line_break)];
        let visible = trimmed(written);
        let (at, indent) = (start + visible.start, visible.start);
        let text = &written[visible];
        start += written.len();
        if text.is_empty() {
            after_blank = true;
            continue;
        }
        if text.len() >= 3 && text.bytes().all(|b| matches!(b, b'=' | b'-' | b'_' | b'*' | b'~')) {
            // An underline makes a heading of the line above; alone it is a rule between blocks.
            if let Some(above) =
                lines.last_mut().filter(|_| !after_blank && matches!(text.as_bytes()[0], b'=' | b'-'))
            {
                above.is_underlined = true;
            }
            after_blank = true;
            continue;
        }
        let (marker, skipped) = marker(text);
        lines.push(Line {
            span: Span::new(at + skipped, at + text.len()),
            indent: narrow(indent),
            width: narrow(indent + columns(text)),
            marker,
            after_blank,
            is_underlined: false,
        });
        after_blank = false;
    }
    lines
}

/// Columns, as far as they matter: nobody wraps so wide.
fn narrow(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}

/// Where the line ends that begins at `start`, with the line break, form feed or separator that ends it.
fn line_end(source: &str, start: usize, line_break: u8) -> usize {
    /// Looked at one by one: to begin a search costs as much.
    const NEAR: usize = 8;
    let bytes = &source.as_bytes()[start..];
    let end = |at: usize| match &bytes[at..] {
        [byte, ..] if *byte == line_break || *byte == b'\x0c' => Some(at + 1),
        [a, b, c, ..] if [*a, *b] == SEPARATORS && matches!(*c, 0xa8 | 0xa9) => Some(at + 3),
        _ => None,
    };
    let near = NEAR.min(bytes.len());
    let far = || {
        memchr::memchr3_iter(line_break, b'\x0c', SEPARATORS[0], &bytes[near..]).find_map(|at| end(near + at))
    };
    (0..near).find_map(end).or_else(far).map_or(source.len(), |end| start + end)
}

/// What U+2028 and U+2029, the separators of lines and paragraphs, begin with.
const SEPARATORS: [u8; 2] = [0xe2, 0x80];

/// Signs that begin a list item. A dash or star needs a space after it.
const BULLETS: &[char] = &['•', '‣', '◦', '▪', '▸', '►', '●', '○', '■', '·', '∙', '➤', '➢'];

/// The bullet or number a line begins with, and its length with the space behind.
fn marker(text: &str) -> (Option<Option<u16>>, usize) {
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return (None, 0);
    }
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
fn columns(text: &str) -> usize {
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
fn wrap_width(source: &str, lines: &[Line]) -> Option<usize> {
    let inner = || lines.windows(2).filter(|pair| !pair[1].after_blank);
    let width = inner().map(|pair| pair[0].width).max()? as usize;
    if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&width) {
        return None;
    }
    let (mut wrapped, mut all) = (0, 0);
    for pair in inner() {
        all += 1;
        wrapped += usize::from(would_not_fit(source, &pair[0], &pair[1], width));
    }
    // Three in five: verse and address lines fail this, mail and wire texts pass with nine in ten.
    (wrapped >= LEAST_WRAPPED_LINES && wrapped * 5 >= all * 3).then_some(width)
}

/// Whether the next line's first word would have passed the width.
fn would_not_fit(source: &str, line: &Line, next: &Line, width: usize) -> bool {
    let text = &source[next.span.range()];
    let first = text.chars().next().unwrap_or_default();
    let word =
        if is_wide(first) { 2 } else { columns(text.split_whitespace().next().unwrap_or_default()) + 1 };
    line.width as usize + word > width
}

fn group(source: &str, lines: &[Line], width: Option<usize>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut above: Option<&Line> = None;
    for line in lines {
        let goes_on = above.is_some_and(|above| {
            !line.after_blank
                && line.marker.is_none()
                && !above.is_underlined
                && !line.is_underlined
                && (line.indent >= above.indent || above.marker.is_none())
                && width.is_some_and(|width| would_not_fit(source, above, line, width))
        });
        match groups.last_mut() {
            Some(group) if goes_on => group.span = group.span.join(line.span),
            _ => {
                groups.push(Group { span: line.span, marker: line.marker, is_underlined: line.is_underlined })
            }
        }
        above = Some(line);
    }
    groups
}

/// Headings are short. Twelve words hold all but 2 % of the section headings on the judged pages.
const LONGEST_HEADING_WORDS: usize = 12;
/// In scripts without spaces: as many characters.
const LONGEST_HEADING_WIDTH: usize = 80;
/// What makes a following block prose rather than the next line of a list.
const PROSE_WIDTH: usize = 100;

/// How far below a heading its prose may begin.
const PROSE_WITHIN_BLOCKS: usize = 3;

/// Whether a block is a heading: short, without a stop, and prose follows.
fn is_heading(source: &str, groups: &[Group], at: usize) -> bool {
    let text = &source[groups[at].span.range()];
    let first = text.chars().next().unwrap_or_default();
    let last = text.chars().next_back().unwrap_or_default();
    // A character has four bytes at most.
    let longest = LONGEST_HEADING_WIDTH + if at == 0 { 60 } else { 0 };
    let most_words = LONGEST_HEADING_WORDS + if at == 0 { 8 } else { 0 };
    if text.len() > 4 * longest
        || first.is_lowercase()
        || !first.is_alphanumeric()
            && !matches!(first, '“' | '"' | '«' | '„' | '¿' | '¡' | '‘' | '「' | '《' | '【')
        || matches!(last, '.' | ',' | ';' | ':' | '!' | '。' | '，' | '…' | '؛' | '।' | '”' | '"' | '»')
        || columns(text) > longest
        || text.contains('\n')
        || text.split_whitespace().nth(most_words).is_some()
        || !text.chars().any(char::is_alphabetic)
        || text.contains("://")
        || text.contains(['。', '！', '？', '।'])
    {
        return false;
    }
    if at == 0 {
        return groups.len() > 1;
    }
    // An image's words and caption may stand between a heading and its prose.
    let is_prose =
        |group: &Group| group.marker.is_none() && columns(&source[group.span.range()]) >= PROSE_WIDTH;
    groups
        .iter()
        .skip(at + 1)
        .take(PROSE_WITHIN_BLOCKS)
        .take_while(|group| group.marker.is_none())
        .any(is_prose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Memory;

    fn blocks(source: &str) -> Vec<(Tag, String)> {
        let limits = Limits::default();
        let tree = read(Builder::new(Tree::new(source, Memory::default()), &limits), &limits);
        let nodes = tree.nodes();
        (0..nodes.len())
            .filter(|&id| nodes[id].tag == Tag::Text)
            .map(|id| (nodes[nodes[id].parent as usize].tag, tree.text(&nodes[id]).to_owned()))
            .collect()
    }

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

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The harbour of Aldermouth was closed on Monday after a ship ran\naground at the mouth of the river. Nobody was hurt, the pilot said,\nbut the channel will stay shut until the tide is high enough for the\ntugs.\n\nA second paragraph.";
        let blocks = blocks(text);
        assert_eq!(blocks.len(), 2, "{blocks:?}");
    }

    #[test]
    fn lines_end_with_line_feeds_carriage_returns_or_both() {
        let text = "A title\n\nharbour view\nThe harbour of Aldermouth on Monday, seen from the northern pier after the ship ran aground at its mouth.\n\nEnd.";
        for line_break in ["\r", "\r\n"] {
            assert_eq!(blocks(&text.replace('\n', line_break)), blocks(text));
        }
    }

    #[test]
    fn short_lines_stay_apart() {
        let text = "A title\n\nharbour view\nThe harbour of Aldermouth on Monday, seen from the northern pier after the ship ran aground at its mouth.\n\nEnd.";
        assert_eq!(blocks(text).len(), 4);
    }

    #[test]
    fn bullets_and_numbers_make_list_items_without_them() {
        assert_eq!(
            blocks("• one\n• two\n\n3. three\n4) four\n- five"),
            ["one", "two", "three", "four", "five"].map(|text| (Tag::Li, text.to_owned()))
        );
        assert_eq!(blocks("2024. A year")[0].0, Tag::P);
    }

    #[test]
    fn a_short_line_before_prose_is_a_heading() {
        let prose = "This is a paragraph that goes on for long enough to be prose and nothing else, as anyone can see at once.";
        let text = format!("The title\n\n{prose}\n\nWhat to know\n\n{prose}\n\nnot this one\n\n{prose}");
        let tags: Vec<Tag> = blocks(&text).into_iter().map(|(tag, _)| tag).collect();
        assert_eq!(tags, [Tag::H1, Tag::P, Tag::H2, Tag::P, Tag::P, Tag::P]);
    }

    #[test]
    fn underlined_lines_are_headings_and_rules_vanish() {
        assert_eq!(blocks("Head\n====\nText.\n\n-----\nMore.").len(), 3);
        assert_eq!(blocks("Head\n====\nText.")[0].0, Tag::H2);
    }
}
