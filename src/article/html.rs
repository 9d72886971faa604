//! The article as HTML: a fragment of semantic elements and nothing else.
//!
//! Sanitised by construction: no tag and no attribute of the page is ever copied. Elements are written from
//! what blocks are, every character of theirs is escaped, and `href` is the one attribute there is.

use super::body::{Content, DEEPEST, Level, Part, Row, Run, Step, parts, runs, step};
use super::{Article, BlockData, Links};
use crate::tree::Style;

pub(super) fn write(article: &Article, links: Links) -> String {
    let mut writer = Writer {
        article,
        out: String::with_capacity(article.body_end + article.body_end / 4),
        links,
        notes: Vec::new(),
        open: Vec::new(),
    };
    let parts = parts(article);
    let mut at = 0;
    while at < parts.len() {
        let part = &parts[at];
        let is_continued = writer.enter(part);
        if !is_continued {
            writer.out.push('\n');
        }
        at += match part.content {
            Content::Quote(_) => writer.quote(&parts[at..]),
            _ => {
                writer.part(part);
                1
            }
        };
    }
    writer.leave(0);
    writer.end()
}

struct Writer<'a> {
    article: &'a Article,
    out: String,
    links: Links,
    /// Addresses for the notes at the end.
    notes: Vec<&'a str>,
    /// The list items that are open; each has its list open around it.
    open: Vec<Level>,
}

impl<'a> Writer<'a> {
    /// Closes and opens lists for a part; gives whether its text goes on the line that was begun.
    fn enter(&mut self, part: &Part<'a>) -> bool {
        let Some(item) = part.item else {
            self.leave(0);
            return self.out.is_empty();
        };
        let (stay, how) = step(&self.open, item);
        if how == Step::Continue {
            self.leave(stay);
            return false;
        }
        // The list of the item before stays open for the next.
        self.leave(stay + usize::from(how == Step::NextItem));
        if how == Step::NextItem {
            self.out.push_str("</li>\n<li>");
            self.open.truncate(stay);
            self.open.push(Level {
                node: Some(item.node),
                depth: item.depth.clamp(1, DEEPEST),
                number: item.number,
            });
            return true;
        }
        let depth = item.depth.clamp(1, DEEPEST);
        let above = self.open.last().map_or(0, |level| level.depth);
        for missing in above + 1..depth {
            self.open_item(Level { node: None, depth: missing, number: None });
        }
        self.open_item(Level { node: Some(item.node), depth, number: item.number });
        true
    }

    /// Begins a list with its first item.
    fn open_item(&mut self, level: Level) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        match level.number {
            None => self.out.push_str("<ul>\n<li>"),
            Some(1) => self.out.push_str("<ol>\n<li>"),
            Some(number) => self.out.push_str(&format!("<ol start=\"{number}\">\n<li>")),
        }
        self.open.push(level);
    }

    /// Ends lists until so many items are open.
    fn leave(&mut self, stay: usize) {
        while self.open.len() > stay {
            if let Some(level) = self.open.pop() {
                self.out.push_str(if level.number.is_some() { "</li>\n</ol>" } else { "</li>\n</ul>" });
            }
        }
    }

    fn part(&mut self, part: &Part<'a>) {
        match &part.content {
            Content::Title(title) => {
                self.out.push_str("<h1>");
                escape(title, &mut self.out);
                self.out.push_str("</h1>");
            }
            Content::Heading(level, block) => {
                self.out.push_str(&format!("<h{level}>"));
                self.line(block);
                self.out.push_str(&format!("</h{level}>"));
            }
            Content::Code(block) => self.code(block),
            Content::Term(block) => {
                self.out.push_str("<p><strong>");
                self.line_without(block, Style::STRONG);
                self.out.push_str("</strong></p>");
            }
            // The text of an item stands in it bare, as lists are written by hand.
            Content::Paragraph(block) if part.item.is_some() && self.out.ends_with("<li>") => {
                self.line(block)
            }
            Content::Paragraph(block) | Content::Quote(block) => self.paragraph(block),
            Content::Table(rows) => self.table(rows),
        }
    }

    fn paragraph(&mut self, block: &BlockData) {
        self.out.push_str("<p>");
        self.line(block);
        self.out.push_str("</p>");
    }

    /// Writes the quotations that follow one another as one; gives how many parts they were.
    fn quote(&mut self, parts: &[Part<'a>]) -> usize {
        let mut count = 0;
        let item = parts.first().and_then(|part| part.item);
        self.out.push_str("<blockquote>\n");
        for part in parts {
            let Content::Quote(block) = part.content else { break };
            if part.item != item {
                break;
            }
            self.paragraph(block);
            self.out.push('\n');
            count += 1;
        }
        self.out.push_str("</blockquote>");
        count
    }

    fn code(&mut self, block: &BlockData) {
        let text = &self.article.text[block.text.range()];
        // Readers drop a line break right after `<pre>`; behind `<code>` they would not.
        if text.starts_with('\n') {
            self.out.push_str("<pre>\n");
            escape(text, &mut self.out);
            self.out.push_str("</pre>");
        } else {
            self.out.push_str("<pre><code>");
            escape(text, &mut self.out);
            self.out.push_str("</code></pre>");
        }
    }

    fn table(&mut self, rows: &[Row<'a>]) {
        self.out.push_str("<table>\n");
        for row in rows {
            self.out.push_str("<tr>");
            let mut column = 0;
            for cell in &row.cells {
                // Rows without a word in some column keep the others in theirs.
                for _ in column + 1..cell.column {
                    self.out.push_str("<td></td>");
                }
                column = cell.column;
                self.out.push_str(if cell.is_header { "<th>" } else { "<td>" });
                match cell.blocks.as_slice() {
                    [only] if only.kind != crate::BlockKind::Code => self.line(only),
                    blocks => {
                        for block in blocks {
                            match block.kind {
                                crate::BlockKind::Code => self.code(block),
                                _ => self.paragraph(block),
                            }
                        }
                    }
                }
                self.out.push_str(if cell.is_header { "</th>" } else { "</td>" });
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</table>");
    }

    fn line(&mut self, block: &BlockData) {
        self.line_without(block, Style::default());
    }

    /// A block's text with its links and formatting, except that of one kind.
    fn line_without(&mut self, block: &BlockData, unwanted: Style) {
        let runs = runs(self.article, block);
        let mut rest = runs.as_slice();
        while let Some(first) = rest.first() {
            let same_link = rest.iter().take_while(|run| run.link == first.link).count();
            let (linked, others) = rest.split_at(same_link);
            match first.link {
                Some(target) if self.links == Links::Keep => {
                    self.out.push_str("<a href=\"");
                    escape(target.address, &mut self.out);
                    self.out.push_str("\">");
                    self.runs(linked, unwanted);
                    self.out.push_str("</a>");
                }
                Some(target) if self.links == Links::Footnote => {
                    self.runs(linked, unwanted);
                    self.notes.push(target.address);
                    self.out.push_str(&format!("[{}]", self.notes.len()));
                }
                _ => self.runs(linked, unwanted),
            }
            rest = others;
        }
    }

    fn runs(&mut self, runs: &[Run<'a>], unwanted: Style) {
        for run in runs {
            let mut ends = Vec::new();
            for (style, name) in [(Style::STRONG, "strong"), (Style::EMPHASIS, "em"), (Style::CODE, "code")] {
                if run.style.has(style) && style != unwanted {
                    self.out.push_str(&format!("<{name}>"));
                    ends.push(name);
                }
            }
            for (at, line) in run.text.split('\n').enumerate() {
                if at > 0 {
                    self.out.push_str("<br>");
                }
                escape(line, &mut self.out);
            }
            for name in ends.into_iter().rev() {
                self.out.push_str(&format!("</{name}>"));
            }
        }
    }

    /// The fragment, with the addresses of links behind it where they are notes.
    fn end(mut self) -> String {
        if !self.notes.is_empty() {
            self.out.push_str("\n<ol>");
            for address in core::mem::take(&mut self.notes) {
                self.out.push_str("\n<li><a href=\"");
                escape(address, &mut self.out);
                self.out.push_str("\">");
                escape(address, &mut self.out);
                self.out.push_str("</a></li>");
            }
            self.out.push_str("\n</ol>");
        }
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }
}

/// Writes text so that no character of it is mark-up, in an element as in an attribute.
fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'', '\0']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            // NUL cannot be written in HTML; readers show this in its place.
            _ => "\u{fffd}",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use crate::{Article, Extractor, Label, Page};

    /// All blocks stay: how they are judged is tested elsewhere.
    fn all(page: Page<'_>) -> Article {
        Extractor::builder()
            .keep(Label::ALL.iter().copied())
            .join_broken_paragraphs(false)
            .build()
            .extract(page)
    }

    fn html(page: &str) -> String {
        all(Page::html(page)).to_html()
    }

    #[test]
    fn blocks_become_the_elements_they_were() {
        assert_eq!(
            html(
                "<h2 class=x>Head</h2><div id=y>One<br>line <b onclick=z>bold</b> <i>it</i>.</div><pre>  a\n   b</pre>"
            ),
            "<h2>Head</h2>\n<p>One<br>line <strong>bold</strong> <em>it</em>.</p>\n<pre><code>  a\n   b</code></pre>\n"
        );
    }

    #[test]
    fn lists_nest_and_keep_their_numbers() {
        let list = "<ol start=\"3\">\n<li>three\n<ul>\n<li>in <em>it</em></li>\n</ul>\n<p>more</p></li>\n<li>four</li>\n</ol>\n<p>end</p>\n";
        assert_eq!(html(list), list);
    }

    #[test]
    fn quotations_that_follow_one_another_are_one() {
        let quote = "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>\n";
        assert_eq!(html(quote), quote);
    }

    #[test]
    fn tables_keep_their_columns() {
        let table = "<table>\n<tr><th>a</th><th>b</th><th>c</th></tr>\n<tr><td>1</td><td></td><td>3</td></tr>\n</table>\n";
        assert_eq!(html(table), table);
    }

    #[test]
    fn links_lead_to_whole_addresses_or_nowhere() {
        let page = Page::html("<p><a href=/x>one</a> <a href='#'>two</a> <a href=javascript:x>three</a> <a href=\"?a=1&amp;b='2'\">four</a>")
            .with_url("https://a.org/b/");
        assert_eq!(
            all(page).to_html(),
            "<p><a href=\"https://a.org/x\">one</a> two three <a href=\"https://a.org/b/?a=1&amp;b=&#39;2&#39;\">four</a></p>\n"
        );
    }
}
