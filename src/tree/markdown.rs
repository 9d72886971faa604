//! Markdown → tree, through pulldown-cmark's events, which know their place in the source.
//!
//! HTML inside Markdown goes through the HTML reader. Front matter becomes `meta` elements, so that the
//! metadata chapter reads it like a page's head. The text that stands for an image becomes the image's
//! `alt`: it is no text of the page.
//!
//! Each mark may cost an event, an element and a text, and a page can be made of nothing but marks. What lies behind more of
//! them than any document has so close together is read as plain text.

use super::html::{Builder, entity};
use super::tag::{Attr, Tag};
use super::{Tree, plain};
use crate::{Limits, Span, Warning};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag as Markup, TagEnd};

pub(crate) fn read<'s>(builder: Builder<'s>, limits: &Limits) -> Tree<'s> {
    let source = builder.source();
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let end = flood(source, limits).unwrap_or(source.len());
    let mut reader = Reader { builder, source, html: None, alt: None, front_matter: false };
    for (event, range) in Parser::new_ext(&source[..end], options).into_offset_iter() {
        if reader.builder.is_full() {
            break;
        }
        reader.event(event, Span::new(range.start, range.end));
    }
    let mut builder = reader.builder;
    if end < source.len() {
        builder.warn(Warning::MarksLimit);
        plain::read_from(&mut builder, end, limits);
    }
    builder.finish()
}

/// Where the line begins in which a flood of marks does, if one does.
fn flood(source: &str, limits: &Limits) -> Option<usize> {
    /// How often it is asked. Counts of a byte are added fastest.
    const PIECE: usize = 255;
    let mut marks = 0;
    for (piece, bytes) in source.as_bytes().chunks(PIECE).enumerate() {
        let from = piece * PIECE;
        marks += usize::from(bytes.iter().map(|byte| u8::from(is_mark(*byte))).sum::<u8>());
        if limits.is_flood_of_marks(marks, from + bytes.len()) {
            return Some(memchr::memrchr(b'\n', &source.as_bytes()[..from]).map_or(0, |at| at + 1));
        }
    }
    None
}

/// Whether a byte may make an element or end a text; at the start of a line others may, and each has an end.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'\n' | b'*' | b'_' | b'[' | b']' | b'`' | b'<' | b'>' | b'|' | b'~' | b'&' | b'\\')
}

struct Reader<'s> {
    builder: Builder<'s>,
    source: &'s str,
    /// A block of HTML comes line by line; what has come so far.
    html: Option<Span>,
    /// The words that stand for the image being read.
    alt: Option<(String, usize)>,
    front_matter: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(markup) => self.start(markup),
            Event::End(end) => self.end(end),
            Event::Text(text) => match self.meant(&text, span) {
                Some(meant) => self.text(meant.encode_utf8(&mut [0; 4]), span),
                None => self.text(&text, span),
            },
            Event::Code(text) => {
                self.builder.open_element(Tag::Code);
                self.text(&text, inside(self.source, span, &text));
                self.builder.close_element(Tag::Code);
            }
            Event::Html(_) => self.html = Some(self.html.map_or(span, |before| before.join(span))),
            Event::InlineHtml(_) => self.builder.read_html(span),
            Event::SoftBreak => self.text("\n", span),
            Event::HardBreak => {
                self.builder.empty_element(Tag::Br);
            }
            Event::Rule => {
                self.builder.empty_element(Tag::Hr);
            }
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    /// What HTML makes of a reference that Markdown takes for a control: `&#150;` is a dash.
    fn meant(&self, text: &str, span: Span) -> Option<char> {
        let is_control = matches!(text.as_bytes(), [0xc2, 0x80..=0x9f]);
        let written = self.source[span.range()].strip_prefix('&').filter(|_| is_control)?;
        Some(entity::read(written.as_bytes(), false)?.first)
    }

    fn text(&mut self, text: &str, span: Span) {
        if let Some((alt, _)) = &mut self.alt {
            alt.push_str(text);
        } else if self.front_matter {
            self.read_front_matter(text);
        } else {
            self.builder.add_text(text, span);
        }
    }

    fn start(&mut self, markup: Markup<'_>) {
        if let Some((_, depth)) = &mut self.alt {
            *depth += 1;
            return;
        }
        match markup {
            Markup::Image { dest_url, title, .. } => {
                self.builder.empty_element(Tag::Img);
                self.builder.give(Attr::Src, &dest_url);
                self.builder.give(Attr::Title, &title);
                self.alt = Some((String::new(), 0));
            }
            Markup::Link { dest_url, .. } => {
                self.builder.open_element(Tag::A);
                self.builder.give(Attr::Href, &dest_url);
            }
            Markup::List(start) => {
                self.builder.open_element(if start.is_some() { Tag::Ol } else { Tag::Ul });
                if let Some(start) = start.filter(|start| *start != 1) {
                    self.builder.give(Attr::Start, &start.to_string());
                }
            }
            Markup::CodeBlock(kind) => {
                self.builder.open_element(Tag::Pre);
                if let CodeBlockKind::Fenced(language) = kind
                    && !language.is_empty()
                {
                    self.builder.give(Attr::Class, &format!("language-{language}"));
                }
            }
            Markup::MetadataBlock(_) => self.front_matter = true,
            Markup::TableHead => {
                self.builder.open_element(Tag::Thead);
                self.builder.open_element(Tag::Tr);
            }
            other => {
                if let Some(tag) = element_of(&other) {
                    self.builder.open_element(tag);
                }
            }
        }
    }

    fn end(&mut self, end: TagEnd) {
        if let Some((alt, depth)) = &mut self.alt {
            if *depth > 0 {
                *depth -= 1;
            } else {
                // The image is the newest node: nothing was added since.
                let alt = core::mem::take(alt);
                self.builder.give(Attr::Alt, &alt);
                self.alt = None;
            }
            return;
        }
        let tag = match end {
            TagEnd::Paragraph => Tag::P,
            TagEnd::Heading(level) => heading(level as u8),
            TagEnd::BlockQuote(_) => Tag::Blockquote,
            TagEnd::CodeBlock => Tag::Pre,
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take() {
                    self.builder.read_html(html);
                }
                return;
            }
            TagEnd::List(true) => Tag::Ol,
            TagEnd::List(false) => Tag::Ul,
            TagEnd::Item => Tag::Li,
            TagEnd::Table => Tag::Table,
            TagEnd::TableHead => Tag::Thead,
            TagEnd::TableRow => Tag::Tr,
            TagEnd::TableCell => Tag::Td,
            TagEnd::Emphasis => Tag::Em,
            TagEnd::Strong => Tag::Strong,
            TagEnd::Link => Tag::A,
            TagEnd::MetadataBlock(_) => {
                self.front_matter = false;
                return;
            }
            _ => return,
        };
        self.builder.close_element(tag);
    }

    /// `key: value` lines as `meta` elements; what is no such line is passed over.
    fn read_front_matter(&mut self, text: &str) {
        for line in text.lines() {
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim().trim_matches(['"', '\'']);
            let key = key.trim();
            if !key.is_empty()
                && !value.is_empty()
                && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
            {
                self.builder.empty_element(Tag::Meta);
                self.builder.give(Attr::Name, &key.to_ascii_lowercase());
                self.builder.give(Attr::Content, value);
            }
        }
    }
}

fn element_of(markup: &Markup<'_>) -> Option<Tag> {
    Some(match markup {
        Markup::Paragraph => Tag::P,
        Markup::Heading { level, .. } => heading(*level as u8),
        Markup::BlockQuote(_) => Tag::Blockquote,
        Markup::Item => Tag::Li,
        Markup::Table(_) => Tag::Table,
        Markup::TableRow => Tag::Tr,
        Markup::TableCell => Tag::Td,
        Markup::Emphasis => Tag::Em,
        Markup::Strong => Tag::Strong,
        _ => return None,
    })
}

fn heading(level: u8) -> Tag {
    [Tag::H1, Tag::H2, Tag::H3, Tag::H4, Tag::H5, Tag::H6][usize::from(level.clamp(1, 6) - 1)]
}

/// Where a code span's text stands between its backticks.
fn inside(source: &str, span: Span, text: &str) -> Span {
    let written = source.get(span.range()).unwrap_or_default();
    match written.find(text) {
        Some(at) => Span::new(span.start() + at, span.start() + at + text.len()),
        None => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Extractor, Label, Page};

    /// All blocks of Markdown with so many marks, its kinds before its texts, and whether that was too many.
    fn blocks(source: &str, most: usize) -> (Vec<String>, bool) {
        let all = Extractor::builder().keep(Label::ALL.iter().copied()).join_broken_paragraphs(false);
        let article = all.limits(Limits::default().marks(most)).build().extract(Page::markdown(source));
        let blocks = article.blocks().map(|block| format!("{}: {}", block.kind(), block.text())).collect();
        (blocks, article.warnings().contains(&Warning::MarksLimit))
    }

    #[test]
    fn behind_too_many_marks_a_page_is_plain_text_from_the_start_of_a_line() {
        let prose = ["word"; 60].join(" ");
        let marks = "*_[".repeat(200);
        let source = format!("# One\n\n*two*\n\n{prose}\n\n{marks}x\n\n# *three*\n\n- [four](/x)\n");
        let [prose, marks] = [prose, marks + "x"].map(|text| format!("paragraph: {text}"));
        let (found, is_flood) = blocks(&source, 100);
        let wanted = [
            "heading: One",
            "paragraph: two",
            &prose,
            &marks,
            "paragraph: # *three*",
            "list_item: [four](/x)",
        ];
        assert_eq!(found, wanted);
        assert!(is_flood);
        assert_eq!(blocks(&source, 1000).0[4..], ["heading: three", "list_item: four"]);
    }

    #[test]
    fn a_document_is_no_flood_however_many_marks_it_has() {
        let source =
            "The *harbour* was closed on [Monday](/m) after a ship ran aground at its mouth.\n\n".repeat(50);
        let (found, is_flood) = blocks(&source, 10);
        assert!(!is_flood);
        assert_eq!(found, blocks(&source, usize::MAX).0);
    }

    #[test]
    fn a_flood_begins_where_a_slow_counter_says() {
        let limits = Limits::default().marks(20);
        for at in 0..300 {
            let line = |step: usize| {
                ["word ", "*", "a long line of words\n", "[x]", "\n"][(step * step + at + step / 3) % 5]
            };
            let source: String = (0..at * 7).map(line).collect();
            let is_flood = |bytes: usize| {
                let marks =
                    source.bytes().take(bytes).filter(|byte| "\n*_[]`<>|~&\\".contains(char::from(*byte)));
                limits.is_flood_of_marks(marks.count(), bytes)
            };
            let pieces = (0..source.len()).step_by(255);
            let slow = pieces.into_iter().find(|from| is_flood(source.len().min(from + 255)));
            let slow = slow.map(|from| source[..from].rfind('\n').map_or(0, |at| at + 1));
            assert_eq!(flood(&source, &limits), slow, "{source}");
        }
    }
}
