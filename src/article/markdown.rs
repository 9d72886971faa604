//! The article as Markdown that reads back as the same text.
//!
//! CommonMark with GitHub's tables. A character is escaped only where it would be read as mark-up, so that
//! prose stays prose: `[sic]`, `snake_case` and "2 * 3" are written as they are.

use super::body::{Content, DEEPEST, Level, Part, Row, Run, Step, parts, runs, step};
use super::{Article, BlockData, Links};
use crate::BlockKind;
use crate::block::Item;
use crate::tree::Style;

pub(super) fn write(article: &Article, links: Links) -> String {
    let out = String::with_capacity(article.body_end + article.body_end / 8);
    let mut writer = Writer { article, out, links, notes: Vec::new(), open: Vec::new(), above: None };
    for part in parts(article) {
        writer.part(&part);
    }
    writer.end()
}

struct Writer<'a> {
    article: &'a Article,
    out: String,
    links: Links,
    /// Addresses for the definitions at the end.
    notes: Vec<&'a str>,
    /// The list items that are open.
    open: Vec<Open>,
    /// What the part above was, and the item it stood in.
    above: Option<(Shape, Option<Item>)>,
}

/// An open item as it was written.
#[derive(Clone, Copy)]
struct Open {
    level: Level,
    /// Columns from the start of its marker to its text.
    width: usize,
    /// Whether its number ends in a parenthesis: a list right behind another one needs the other sign.
    parenthesis: bool,
}

/// What matters of a part to the one below.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Paragraph,
    Quote,
    Other,
}

/// Where a line stands, as far as that changes what must be escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Lines may follow.
    Paragraph,
    /// One line, with nothing behind it but the end.
    Heading,
    /// One line between bars.
    Cell,
}

impl<'a> Writer<'a> {
    fn part(&mut self, part: &Part<'a>) {
        let (shape, lines) = self.render(&part.content);
        let mut markers = String::new();
        let mut how = Step::Continue;
        if let Some(item) = part.item {
            how = self.enter(item, &mut markers);
        } else {
            self.open.clear();
        }
        let fresh = if how == Step::Continue { 0 } else { self.fresh_levels(&markers) };
        self.part_from_above(part, how, shape);
        let outer: usize = self.open[..self.open.len() - fresh].iter().map(|open| open.width).sum();
        let inner: usize = self.open.iter().map(|open| open.width).sum();
        let quote = if shape == Shape::Quote { "> " } else { "" };
        for (at, line) in lines.split('\n').enumerate() {
            if at > 0 {
                self.out.push('\n');
            }
            if line.is_empty() && quote.is_empty() {
                continue;
            }
            let indent = if at == 0 { outer } else { inner };
            self.out.extend(core::iter::repeat_n(' ', indent));
            if at == 0 {
                self.out.push_str(&markers);
            }
            self.out.push_str(quote);
            self.out.push_str(line);
        }
        self.above = Some((shape, part.item));
    }

    /// How many of the innermost items begin on this line.
    fn fresh_levels(&self, markers: &str) -> usize {
        let mut width = markers.len();
        let mut count = 0;
        for open in self.open.iter().rev() {
            if width == 0 {
                break;
            }
            width = width.saturating_sub(open.width);
            count += 1;
        }
        count
    }

    /// Closes and opens items; writes the markers of those that begin.
    fn enter(&mut self, item: Item, markers: &mut String) -> Step {
        let levels: Vec<Level> = self.open.iter().map(|open| open.level).collect();
        let (stay, how) = step(&levels, item);
        if how == Step::Continue {
            self.open.truncate(stay);
            return how;
        }
        let sibling = self.open.get(stay).copied();
        self.open.truncate(stay);
        let depth = item.depth.clamp(1, DEEPEST);
        let above = self.open.last().map_or(0, |open| open.level.depth);
        if how == Step::NewList {
            for missing in above + 1..depth {
                self.open_item(Level { node: None, depth: missing, number: None }, false, markers);
            }
        }
        let parenthesis = sibling.is_some_and(|sibling| sibling.parenthesis != (how == Step::NewList));
        self.open_item(Level { node: Some(item.node), depth, number: item.number }, parenthesis, markers);
        how
    }

    fn open_item(&mut self, level: Level, parenthesis: bool, markers: &mut String) {
        let before = markers.len();
        match level.number {
            None => markers.push_str("- "),
            // Longer numbers are no list markers in CommonMark.
            Some(number) => {
                markers.push_str(&number.min(999_999_999).to_string());
                markers.push_str(if parenthesis { ") " } else { ". " });
            }
        }
        self.open.push(Open { level, width: markers.len() - before, parenthesis });
    }

    /// Ends the part above.
    fn part_from_above(&mut self, part: &Part<'a>, how: Step, shape: Shape) {
        let Some((above, item_above)) = self.above else { return };
        let is_tight = above == Shape::Paragraph
            && item_above.is_some()
            && match how {
                Step::NextItem => true,
                // Only a bullet or a 1 may begin a list right below a line of text.
                Step::NewList => part.item.is_some_and(|item| matches!(item.number, None | Some(1))),
                Step::Continue => false,
            };
        self.out.push('\n');
        if is_tight {
            return;
        }
        if above == Shape::Quote && shape == Shape::Quote && how == Step::Continue && item_above == part.item
        {
            let indent: usize = self.open.iter().map(|open| open.width).sum();
            self.out.extend(core::iter::repeat_n(' ', indent));
            self.out.push('>');
        }
        self.out.push('\n');
    }

    /// The lines of a part, without what its lists and quotations put before them.
    fn render(&mut self, content: &Content<'a>) -> (Shape, String) {
        match content {
            Content::Title(title) => {
                let mut line = String::from("# ");
                let run = Run { text: title, style: Style::default(), link: None };
                self.runs(&[run], Place::Heading, &mut line);
                (Shape::Other, line)
            }
            Content::Heading(level, block) => {
                let mut line = "#".repeat(usize::from(*level));
                line.push(' ');
                // A heading is set off by itself.
                self.line(block, Place::Heading, Style::STRONG, &mut line);
                (Shape::Other, line)
            }
            Content::Term(block) => {
                let mut line = String::new();
                self.line(block, Place::Paragraph, Style::default(), &mut line);
                (Shape::Other, line)
            }
            Content::Paragraph(block) => {
                let mut line = String::new();
                self.line(block, Place::Paragraph, Style::default(), &mut line);
                (Shape::Paragraph, line)
            }
            Content::Quote(block) => {
                let mut line = String::new();
                self.line(block, Place::Paragraph, Style::default(), &mut line);
                (Shape::Quote, line)
            }
            Content::Code(block) => (Shape::Other, fenced(&self.article.text[block.text.range()])),
            Content::Table(rows) => (Shape::Other, self.table(rows)),
        }
    }

    fn table(&mut self, rows: &[Row<'a>]) -> String {
        let columns =
            rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max().unwrap_or(1);
        let mut lines = String::new();
        for (at, row) in rows.iter().enumerate() {
            let mut column = 0;
            for cell in &row.cells {
                for _ in column + 1..cell.column {
                    lines.push_str("| ");
                }
                column = cell.column;
                lines.push_str("| ");
                for (at, block) in cell.blocks.iter().enumerate() {
                    if at > 0 {
                        lines.push_str("<br>");
                    }
                    self.line(block, Place::Cell, Style::default(), &mut lines);
                }
                lines.push(' ');
            }
            if at == 0 {
                // The first row says how many columns there are; later ones may be shorter.
                for _ in column..columns {
                    lines.push_str("| ");
                }
                lines.push_str("|\n");
                lines.push_str(&"| --- ".repeat(columns as usize));
            }
            lines.push('|');
            if at + 1 < rows.len() {
                lines.push('\n');
            }
        }
        lines
    }

    /// A block's text with its links and formatting, except that of one kind.
    fn line(&mut self, block: &BlockData, place: Place, unwanted: Style, out: &mut String) {
        let mut runs = runs(self.article, block);
        for run in &mut runs {
            if self.links == Links::Strip {
                run.link = None;
            }
            if unwanted != Style::default() && run.style.has(unwanted) {
                run.style = run.style.without(unwanted);
            }
            if block.kind == BlockKind::Code {
                run.style = Style::default();
            }
        }
        self.runs(&joined(self.article, &runs), place, out);
    }

    fn runs(&mut self, runs: &[Run<'a>], place: Place, out: &mut String) {
        let mut rest = runs;
        let mut is_start = true;
        while let Some(first) = rest.first() {
            let same_link = rest.iter().take_while(|run| run.link == first.link).count();
            let (linked, others) = rest.split_at(same_link);
            match first.link {
                Some(target) => self.link(linked, target.address, place, out),
                None => self.plain(linked, others.first(), place, is_start, out),
            }
            is_start = false;
            rest = others;
        }
    }

    fn link(&mut self, runs: &[Run<'a>], address: &'a str, place: Place, out: &mut String) {
        if let [run] = runs
            && self.links == Links::Keep
            && run.style == Style::default()
            && run.text == address
            && is_autolink(address)
        {
            out.push('<');
            out.push_str(address);
            out.push('>');
            return;
        }
        out.push('[');
        for (at, run) in runs.iter().enumerate() {
            let escaping =
                Escaping { in_link: true, notes: self.links == Links::Footnote, place, is_start: false };
            styled(run, runs.get(at + 1), escaping, out);
        }
        out.push(']');
        if self.links == Links::Footnote {
            self.notes.push(address);
            out.push_str(&format!("[{}]", self.notes.len()));
        } else {
            out.push('(');
            push_address(address, out);
            out.push(')');
        }
    }

    fn plain(
        &self,
        runs: &[Run<'a>],
        after: Option<&Run<'a>>,
        place: Place,
        is_start: bool,
        out: &mut String,
    ) {
        for (at, run) in runs.iter().enumerate() {
            let is_start = is_start && at == 0;
            let escaping = Escaping { in_link: false, notes: self.links == Links::Footnote, place, is_start };
            styled(run, runs.get(at + 1).or(after), escaping, out);
        }
    }

    fn end(mut self) -> String {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        for (at, address) in core::mem::take(&mut self.notes).into_iter().enumerate() {
            self.out.push_str(if at == 0 { "\n[" } else { "[" });
            self.out.push_str(&format!("{}]: ", at + 1));
            push_address(address, &mut self.out);
            self.out.push('\n');
        }
        self.out
    }
}

/// Runs that look the same, put together: what one of them ends with and the other begins with may only
/// be mark-up side by side.
fn joined<'a>(article: &'a Article, runs: &[Run<'a>]) -> Vec<Run<'a>> {
    let mut all: Vec<Run<'a>> = Vec::with_capacity(runs.len());
    let base = article.text.as_ptr() as usize;
    for run in runs {
        if let Some(last) = all.last_mut()
            && last.style == run.style
            && last.link == run.link
        {
            let start = last.text.as_ptr() as usize - base;
            let end = run.text.as_ptr() as usize - base + run.text.len();
            if let Some(text) =
                article.text.get(start..end).filter(|text| text.len() == last.text.len() + run.text.len())
            {
                last.text = text;
                continue;
            }
        }
        all.push(*run);
    }
    all
}

/// A code block between fences that are longer than any inside.
fn fenced(text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
    let lines: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    format!("{fence}\n{}\n{fence}", lines.join("\n"))
}

fn longest_run(text: &str, sign: char) -> usize {
    let (mut longest, mut here) = (0, 0);
    for c in text.chars() {
        here = if c == sign { here + 1 } else { 0 };
        longest = longest.max(here);
    }
    longest
}

/// Addresses that may stand between `<` and `>`.
fn is_autolink(address: &str) -> bool {
    (address.starts_with("https://") || address.starts_with("http://"))
        && !address.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '|' | '\\'))
}

/// The destination of a link.
fn push_address(address: &str, out: &mut String) {
    for (at, c) in address.char_indices() {
        match c {
            '(' | ')' | '[' | ']' | '\\' | '`' | '*' | '_' if c != '_' => {
                out.push('\\');
                out.push(c);
            }
            '&' if is_reference(&address[at..]) => out.push_str("\\&"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '|' => out.push_str("%7C"),
            c if c.is_whitespace() || c.is_control() => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
}

/// What is around a run of text.
#[derive(Clone, Copy)]
struct Escaping {
    in_link: bool,
    /// Whether numbers in brackets are links.
    notes: bool,
    place: Place,
    /// Whether the run begins the block.
    is_start: bool,
}

/// Writes a run with its formatting.
///
/// Stars work only where the characters around them allow it (CommonMark's "flanking"); in scripts without
/// spaces they often do not: `**「…」**は`. There the elements that Markdown allows in its lines stand in.
fn styled(run: &Run<'_>, next: Option<&Run<'_>>, escaping: Escaping, out: &mut String) {
    let is_strong = run.style.has(Style::STRONG);
    let is_emphasis = run.style.has(Style::EMPHASIS);
    let core = run.text.trim();
    if core.is_empty() || !(is_strong || is_emphasis || run.style.has(Style::CODE)) {
        push_text(run.text, escaping, next.is_none(), out);
        return;
    }
    let lead = run.text.len() - run.text.trim_start().len();
    let before = &run.text[..lead];
    let after = &run.text[lead + core.len()..];
    push_text(before, escaping, false, out);
    let mut inner = String::new();
    if run.style.has(Style::CODE) {
        for (at, line) in core.split('\n').enumerate() {
            if at > 0 {
                push_break(escaping.place, &mut inner);
            }
            // `]:` at the start of a line is read as the end of a definition's name even inside a code span.
            if escaping.in_link && line.contains(']') {
                inner.push_str("<code>");
                push_text(line, Escaping { is_start: false, ..escaping }, true, &mut inner);
                inner.push_str("</code>");
            } else {
                push_code(line, escaping.place, &mut inner);
            }
        }
    } else {
        // What stands inside the stars is at no line's start, but its later lines are.
        push_text(core, Escaping { is_start: false, ..escaping }, true, &mut inner);
    }
    let follows = after.chars().next().or_else(|| {
        next.and_then(|next| {
            let is_marked = next.style != Style::default() || (next.link.is_some() && next.link != run.link);
            if is_marked { Some('*') } else { next.text.chars().next() }
        })
    });
    let stars = match (is_strong, is_emphasis) {
        (true, true) => "***",
        (true, false) => "**",
        (false, true) => "*",
        (false, false) => "",
    };
    if stars.is_empty() {
        // Two code spans side by side would be one.
        let touches = out.ends_with('`') && !out.ends_with("\\`");
        if touches {
            out.push_str("<!-- -->");
        }
        out.push_str(&inner);
    } else if may_flank(out.chars().next_back(), inner.chars().next())
        && may_flank(follows, inner.chars().next_back())
    {
        out.push_str(stars);
        out.push_str(&inner);
        out.push_str(stars);
    } else {
        for (is_wanted, tag) in [(is_strong, "<strong>"), (is_emphasis, "<em>")] {
            if is_wanted {
                out.push_str(tag);
            }
        }
        out.push_str(&inner);
        for (is_wanted, tag) in [(is_emphasis, "</em>"), (is_strong, "</strong>")] {
            if is_wanted {
                out.push_str(tag);
            }
        }
    }
    push_text(after, escaping, next.is_none(), out);
}

/// Whether stars between these two characters open towards the inner one, for certain.
fn may_flank(outer: Option<char>, inner: Option<char>) -> bool {
    if outer == Some('*') {
        return false;
    }
    // Letters and digits are no punctuation in any version of Unicode; of others ASCII's are certain.
    inner.is_some_and(char::is_alphanumeric)
        || outer.is_none_or(|c| c.is_ascii_whitespace() || c.is_ascii_punctuation())
}

fn push_break(place: Place, out: &mut String) {
    out.push_str(if place == Place::Paragraph { "\\\n" } else { "<br>" });
}

/// A code span; its fence is longer than any backticks inside.
fn push_code(text: &str, place: Place, out: &mut String) {
    if text.is_empty() {
        return;
    }
    let fence = "`".repeat(if text.contains('`') { longest_run(text, '`') + 1 } else { 1 });
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    out.push_str(&fence);
    out.push_str(pad);
    if place == Place::Cell {
        out.push_str(&text.replace('|', "\\|"));
    } else {
        out.push_str(text);
    }
    out.push_str(pad);
    out.push_str(&fence);
}

/// Writes text so that it reads as itself.
fn push_text(text: &str, escaping: Escaping, is_end: bool, out: &mut String) {
    let mut lines = text.split('\n').peekable();
    let mut is_line_start = escaping.is_start;
    while let Some(line) = lines.next() {
        let is_last = lines.peek().is_none();
        push_line(line, escaping, is_line_start, is_end && is_last, !is_end && is_last, out);
        if !is_last {
            push_break(escaping.place, out);
            is_line_start = escaping.place == Place::Paragraph;
        }
    }
}

/// Writes a line; `is_end` where the block ends with it, `touches` where another run follows on it, which may
/// begin with any sign.
fn push_line(
    line: &str,
    escaping: Escaping,
    is_line_start: bool,
    is_end: bool,
    touches: bool,
    out: &mut String,
) {
    let mut start = 0;
    if is_line_start && let Some(sign) = line_sign(line) {
        out.push_str(&line[..sign]);
        out.push('\\');
        out.push(line.as_bytes()[sign] as char);
        start = sign + 1;
    }
    // `# Heading #` ends in a sign that is not read.
    let closing = if is_end && escaping.place == Place::Heading && line.ends_with('#') {
        line.trim_end_matches('#').len()
    } else {
        line.len()
    };
    let mut before = line[..start].chars().next_back();
    for (at, c) in line[start..].char_indices() {
        let at = at + start;
        let rest = &line[at + c.len_utf8()..];
        let next = rest.chars().next().or_else(|| touches.then_some('['));
        if at == closing || must_escape(c, before, next, &line[at..], escaping) {
            out.push('\\');
        }
        out.push(c);
        before = Some(c);
    }
}

/// Whether a character inside a line would be read as mark-up.
fn must_escape(c: char, before: Option<char>, next: Option<char>, here: &str, escaping: Escaping) -> bool {
    match c {
        '\\' | '`' => true,
        '*' => !(before.is_some_and(char::is_whitespace) && next.is_some_and(char::is_whitespace)),
        '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
        '~' => true,
        // At the start of an item these would be a box to tick.
        '[' if before.is_none() && ["[ ]", "[x]", "[X]"].iter().any(|mark| here.starts_with(mark)) => true,
        '[' => escaping.in_link || escaping.notes,
        // Without an address or a definition behind them, brackets are brackets.
        ']' => escaping.in_link || escaping.notes || matches!(next, Some('(' | '[' | ':')),
        '!' => next == Some('['),
        '<' => {
            next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?' | '['))
                || is_address(here)
        }
        '&' => is_reference(here),
        '|' => escaping.place == Place::Cell,
        _ => false,
    }
}

/// Whether a text begins with what could be an address of mail in angle brackets.
fn is_address(text: &str) -> bool {
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>');
    text.strip_prefix('<').and_then(|rest| rest.split(ends).next()).is_some_and(|word| word.contains('@'))
}

/// Whether a text begins with what could be a character reference.
fn is_reference(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('&') else { return false };
    let name = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    (name > 0 && rest[name..].starts_with(';')) || name == rest.len()
}

/// The place of the sign that would make a line the start of a heading, a list, a quotation or a table.
fn line_sign(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let after = |at: usize| line[at..].chars().next();
    let ends = |c: Option<char>| c.is_none_or(char::is_whitespace);
    match first {
        '>' | '=' | '|' => Some(0),
        '#' => ends(after(line.len() - line.trim_start_matches('#').len())).then_some(0),
        '-' => (ends(after(1)) || matches!(after(1), Some('-' | ':' | '|'))).then_some(0),
        '+' => ends(after(1)).then_some(0),
        ':' => matches!(after(1), Some('-')).then_some(0),
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            (digits <= 9 && matches!(after(digits), Some('.' | ')')) && ends(after(digits + 1)))
                .then_some(digits)
        }
        _ => None,
    }
}

#[cfg(test)]
#[path = "markdown/tests.rs"]
mod tests;
