//! Putting the article together: which blocks go into the text, in which order, and what stands between.

use super::address::{Base, resolve};
use super::{Article, BlockData, MarkData};
use crate::block::{BlockKind, Blocks, Record};
use crate::label::{Label, Verdict};
use crate::tree::tag::Attr;
use crate::tree::{NO_NODE, Tree};
use crate::{Format, Span};

/// Where captions of the article's own pictures go.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Captions {
    /// Nowhere: they are removed blocks.
    #[default]
    Drop,
    /// Where they stood.
    Inline,
    /// Behind the text.
    After,
}

/// What the text is made of besides the body.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) with_title: bool,
    pub(crate) headings: bool,
    pub(crate) captions: Captions,
    pub(crate) alt_text: bool,
    pub(crate) mark_quotes: bool,
    pub(crate) plain_punctuation: bool,
    pub(crate) blank_lines: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            with_title: false,
            headings: true,
            captions: Captions::Drop,
            alt_text: false,
            mark_quotes: false,
            plain_punctuation: false,
            blank_lines: false,
        }
    }
}

/// Writes the article's text and takes over what blocks know. `memory` is that of an earlier article, with the
/// metadata of this one.
pub(crate) fn assemble(
    tree: &Tree<'_>,
    format: Format,
    blocks: &Blocks,
    verdicts: &[Verdict],
    base: Option<&str>,
    layout: &Layout,
    memory: Article,
) -> Article {
    let Article { mut text, blocks: mut described, mut marks, mut links, mut warnings, metadata, .. } =
        memory;
    text.clear();
    text.reserve(blocks.text.len() + blocks.text.len() / 16);
    described.clear();
    described.reserve(blocks.records.len());
    marks.clear();
    marks.reserve(blocks.marks.len());
    links.clear();
    warnings.clear();
    let mut writer = Writer {
        article: Article {
            text,
            body_end: 0,
            blocks: described,
            marks,
            links,
            metadata,
            warnings,
            score: 0.0,
            format,
            has_title: false,
        },
        link_places: Vec::new(),
        tree,
        blocks,
        base: base.and_then(Base::of),
        layout,
    };
    writer.title();
    for (record, verdict) in blocks.records.iter().zip(verdicts) {
        let block = writer.describe(record, verdict);
        writer.article.blocks.push(block);
    }
    writer.body();
    writer.removed();
    writer.article
}

/// See [`Writer::link_places`].
const NOWHERE: u32 = 1;
const LINKS_AT: u32 = 2;

struct Writer<'a> {
    article: Article,
    /// For each node, once there is a link, what is known of it as one: 0 is nothing, 1 that it leads nowhere, and from
    /// [`LINKS_AT`] on stand the places of addresses.
    link_places: Vec<u32>,
    tree: &'a Tree<'a>,
    blocks: &'a Blocks,
    base: Option<Base<'a>>,
    layout: &'a Layout,
}

impl Writer<'_> {
    fn title(&mut self) {
        if !self.layout.with_title {
            return;
        }
        if let Some(title) = &self.article.metadata.title {
            self.article.text.push_str(title);
            self.article.text.push('\n');
            self.article.has_title = true;
        }
    }

    fn describe(&self, record: &Record, verdict: &Verdict) -> BlockData {
        let is_caption = matches!(verdict.label, Label::Caption | Label::Credit);
        let is_alt = verdict.rule == crate::label::ALT_TEXT_RULE;
        let captions =
            self.layout.captions != Captions::Drop && is_caption && (!is_alt || self.layout.alt_text);
        let heading = verdict.label == Label::Heading && !self.layout.headings;
        BlockData {
            text: Span::default(),
            // What was read out of escaped data stands nowhere letter for letter.
            span: (self.tree.has_spans() && !record.span.is_empty()).then_some(record.span),
            kind: record.kind,
            marks: Span::default(),
            item: record.item,
            cell: record.cell,
            label: verdict.label,
            rule: verdict.rule,
            detail: verdict.detail.clone(),
            score: verdict.score,
            is_kept: (verdict.is_kept || captions) && !heading,
            is_joined: verdict.is_joined,
        }
    }

    /// The kept blocks in document order; captions behind them where that is asked for.
    fn body(&mut self) {
        let last = |label| {
            self.layout.captions == Captions::After && matches!(label, Label::Caption | Label::Credit)
        };
        let order = |behind: bool| {
            let blocks = &self.article.blocks;
            (0..blocks.len()).filter(move |&at| blocks[at].is_kept && last(blocks[at].label) == behind)
        };
        let order: Vec<usize> = order(false).chain(order(true)).collect();
        let mut above: Option<usize> = None;
        for at in order {
            self.part(above, at);
            self.block(at);
            above = Some(at);
        }
        if !self.article.text.is_empty() && !self.article.text.ends_with('\n') {
            self.article.text.push('\n');
        }
        self.article.body_end = self.article.text.len();
    }

    /// What stands between a block and the one above it, and before the block on its line.
    fn part(&mut self, above: Option<usize>, at: usize) {
        let breaks = above.and_then(|above| self.breaks_in_source(above, at));
        let text = &mut self.article.text;
        let block = &self.article.blocks[at];
        let above = above.map(|above| &self.article.blocks[above]);
        let mut continues_line = false;
        match above {
            None if text.is_empty() => {}
            None => text.push('\n'),
            Some(above) => match (above.cell, block.cell) {
                (Some(a), Some(b)) if a.table == b.table && a.row == b.row => {
                    text.push(if a.column == b.column { ' ' } else { '\t' });
                    continues_line = true;
                }
                (Some(a), Some(b)) if a.table == b.table => text.push('\n'),
                _ if above.item.is_some() && block.item.is_some() => text.push('\n'),
                _ => text.push_str("\n\n"),
            },
        }
        if continues_line {
            return;
        }
        if let Some(breaks) = breaks {
            text.truncate(text.trim_end_matches('\n').len());
            text.extend(core::iter::repeat_n('\n', breaks));
        }
        if let Some(item) = block.item {
            let deeper = usize::from(item.depth - 1).min(16);
            text.extend(core::iter::repeat_n("  ", deeper));
            if above.and_then(|above| above.item).is_some_and(|above| above.node == item.node) {
                text.push_str("  ");
            } else if let Some(number) = item.number {
                text.push_str(&number.to_string());
                text.push_str(". ");
            } else {
                text.push_str("- ");
            }
        }
        if self.layout.mark_quotes && block.kind == BlockKind::Quote {
            text.push_str("> ");
        }
    }

    /// How many line breaks the source has between two blocks, where they are to stay.
    ///
    /// Something may have been removed from between them: the longest run of breaks counts.
    fn breaks_in_source(&self, above: usize, at: usize) -> Option<usize> {
        // In HTML they are nothing a reader sees.
        if !self.layout.blank_lines || self.article.format == Format::Html {
            return None;
        }
        let (above, here) = (self.article.blocks[above].span?, self.article.blocks[at].span?);
        let between = self.tree.source().get(above.end()..here.start())?;
        let (mut longest, mut breaks) = (1, 0);
        for c in between.chars() {
            if c == '\n' {
                breaks += 1;
                longest = longest.max(breaks);
            } else if !c.is_whitespace() {
                breaks = 0;
            }
        }
        Some(longest)
    }

    fn removed(&mut self) {
        for at in 0..self.article.blocks.len() {
            if !self.article.blocks[at].is_kept {
                self.block(at);
                self.article.text.push('\n');
            }
        }
    }

    /// Copies a block's text and its marks.
    fn block(&mut self, at: usize) {
        let record = &self.blocks.records[at];
        let start = self.article.text.len();
        let first_mark = self.article.marks.len();
        let text = self.blocks.text_of(record);
        let mut copied = 0;
        for mark in self.blocks.marks_of(record) {
            let (from, to) = (mark.text.start() - record.text.start(), mark.text.end() - record.text.start());
            self.copy(text.get(copied..from));
            let begin = self.article.text.len();
            self.copy(text.get(from..to));
            copied = to;
            let text = Span::new(begin, self.article.text.len());
            let link = self.link(mark.link);
            self.article.marks.push(MarkData { text, style: mark.style, link });
        }
        self.copy(text.get(copied..));
        let data = &mut self.article.blocks[at];
        data.text = Span::new(start, self.article.text.len());
        data.marks = Span::new(first_mark, self.article.marks.len());
    }

    fn copy(&mut self, text: Option<&str>) {
        let text = text.unwrap_or_default();
        if self.layout.plain_punctuation {
            self.article.text.extend(text.chars().map(plain_punctuation));
        } else {
            self.article.text.push_str(text);
        }
    }

    /// The address of a link, absolute if the page's own is known; none for targets that hold nothing.
    fn link(&mut self, node: u32) -> Option<u32> {
        if node == NO_NODE {
            return None;
        }
        if self.link_places.is_empty() {
            // Zeros cost nothing where no link stands.
            self.link_places = vec![0; self.tree.nodes().len()];
        }
        let known = self.link_places.get_mut(node as usize)?;
        if *known == 0 {
            let target = self.tree.attribute(node, Attr::Href).unwrap_or_default();
            let address = resolve(target.trim(), self.base.as_ref());
            *known = address.map_or(NOWHERE, |address| LINKS_AT + self.article.links.push(&address));
        }
        known.checked_sub(LINKS_AT)
    }
}

/// Typographic quotes and dashes as ASCII has them.
fn plain_punctuation(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, ExtractorBuilder, Label, Page};

    fn all() -> ExtractorBuilder {
        Extractor::builder().keep(Label::ALL.iter().copied()).join_broken_paragraphs(false)
    }

    #[test]
    fn plain_punctuation_leaves_links_where_they_were() {
        let article = all()
            .plain_punctuation(true)
            .build()
            .extract(Page::html("<p>“A” – <a href=/x>‘b’</a>’s <b>c…</b>"));
        assert_eq!(article.text(), "\"A\" - 'b''s c…\n");
        assert_eq!(article.to_markdown(), "\"A\" - ['b'](/x)'s **c…**\n");
    }

    #[test]
    fn blank_lines_of_the_source_stay_where_that_is_asked_for() {
        let source = "One thing.\n\n\n\nAnother.\n- item\n\n- item\n\n\nLast.";
        let article = all().preserve_blank_lines(true).build().extract(Page::markdown(source));
        assert_eq!(article.text(), format!("{source}\n"));
        assert_eq!(
            all().build().extract(Page::markdown(source)).text(),
            "One thing.\n\nAnother.\n\n- item\n- item\n\nLast.\n"
        );
    }
}
