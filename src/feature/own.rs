//! What a block is by itself.

use super::echo::Echo;
use super::family::family;
use super::level::{count, log, ratio, share};
use super::link::Leads;
use super::place::said;
use super::shape::Shape;
use super::words::Said;
use crate::block::{BlockKind, Record};
use crate::tree::tag::Tag;

/// What is known about a block before its surroundings are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Own {
    pub(super) shape: Shape,
    pub(super) words: u32,
    pub(super) bytes: u32,
    pub(super) linked: u32,
    pub(super) links: u32,
    pub(super) strong: u32,
    pub(super) emphasis: u32,
    pub(super) code: u32,
    /// Its words in the page's list of word hashes.
    pub(super) first_word: u32,
    pub(super) end_word: u32,
    /// A hash of its words.
    pub(super) text: u32,
    /// Whether it reads like running text: see [`Own::reads_like_prose`].
    pub(super) is_prose: bool,
    pub(super) is_heading: bool,
    /// What its words say.
    pub(super) said: Said,
    /// Where its links lead.
    pub(super) leads: Leads,
}

/// A sentence of news has eight words and more; captions and teasers often fewer. Only a first guess at
/// what running text is, for sums and distances; the model decides.
const LEAST_PROSE_WORDS: u32 = 12;

impl Own {
    /// Whether this is a sentence or more, not mainly links.
    pub(super) fn reads_like_prose(&self) -> bool {
        self.words >= LEAST_PROSE_WORDS
            && self.linked * 3 < self.bytes
            && (self.shape.stops > 0 || self.words >= 3 * LEAST_PROSE_WORDS)
    }
}

/// A block's element as a number; neighbours in meaning are neighbours in number.
pub(super) fn tag_code(tag: Tag) -> u8 {
    match tag {
        Tag::P => 1,
        Tag::Blockquote | Tag::Q => 2,
        Tag::Pre | Tag::Code => 3,
        Tag::Article => 4,
        Tag::Main => 5,
        Tag::Section => 6,
        Tag::Div => 7,
        Tag::Other => 8,
        Tag::Span => 9,
        Tag::Body => 10,
        Tag::Td => 11,
        Tag::Th => 12,
        Tag::Dd => 13,
        Tag::Dt => 14,
        Tag::Li => 15,
        Tag::Ul | Tag::Ol => 16,
        Tag::H1 => 17,
        Tag::H2 => 18,
        Tag::H3 => 19,
        Tag::H4 => 20,
        Tag::H5 | Tag::H6 => 21,
        Tag::Figcaption | Tag::Caption => 22,
        Tag::Figure => 23,
        Tag::Header | Tag::Hgroup => 24,
        Tag::Address => 25,
        Tag::A => 26,
        Tag::Aside => 27,
        Tag::Form | Tag::Fieldset | Tag::Legend => 28,
        Tag::Button => 29,
        Tag::Footer => 30,
        Tag::Nav | Tag::Menu => 31,
        _ => 0,
    }
}

fn kind_code(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Paragraph => 1,
        BlockKind::Quote => 2,
        BlockKind::Code => 3,
        BlockKind::ListItem => 4,
        BlockKind::Cell => 5,
        BlockKind::Definition => 6,
        BlockKind::Term => 7,
        BlockKind::Heading(level) => 8 + level,
        BlockKind::Caption => 20,
        BlockKind::Control => 21,
    }
}

/// The level of a heading, 0 for all other blocks.
pub(super) fn heading_level(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Heading(level) => level,
        _ => 0,
    }
}

family! {
    /// The block's own features.
    own(own: &Own, record: &Record, tag: Tag, echo: &Echo) {
        "words" => log(own.words),
        "characters" => log(own.shape.chars),
        "characters per word" => ratio(own.shape.chars, own.shape.tokens, 8),
        "Han share" => share(own.shape.han, own.shape.tokens),
        "link share" => share(own.linked, own.bytes),
        "links" => count(own.links),
        "bold share" => share(own.strong, own.bytes),
        "italic share" => share(own.emphasis, own.bytes),
        "code share" => share(own.code, own.bytes),
        "commas" => log(own.shape.commas),
        "commas per word" => ratio(own.shape.commas, own.words, 128),
        "stops" => log(own.shape.stops),
        "words per stop" => log(own.words / own.shape.stops.max(1)),
        "question marks" => count(own.shape.questions),
        "colons" => count(own.shape.colons),
        "quotes" => count(own.shape.quotes),
        "brackets" => count(own.shape.brackets),
        "separators" => count(own.shape.separators),
        "money signs" => count(own.shape.money),
        "other signs" => count(own.shape.other_signs),
        "sign share" => share(own.shape.other_signs + own.shape.separators + own.shape.colons, own.shape.chars),
        "digit share" => share(own.shape.digits, own.shape.chars),
        "number share" => share(own.shape.numbers, own.shape.tokens),
        "years" => count(own.shape.years),
        "capitalised share" => share(own.shape.capital_words, own.shape.tokens),
        "all-capitals share" => share(own.shape.shouted_words, own.shape.tokens),
        "short word share" => share(own.shape.short_words, own.shape.tokens),
        "begins with" => own.shape.first as u8,
        "ends with" => own.shape.last as u8,
        "ends a sentence" => u8::from(own.shape.ends_sentence()),
        "lines" => count(own.shape.lines),
        "words per line" => log(own.words / own.shape.lines.max(1)),
        "copyright sign" => u8::from(own.shape.has_copyright),
        "at sign" => u8::from(own.shape.has_address),
        "time of day" => u8::from(own.shape.has_time),
        "hidden" => u8::from(record.is_hidden),
        "heading level" => heading_level(record.kind),
        "kind" => kind_code(record.kind),
        "element" => tag_code(tag),
        "list depth" => record.item.map_or(0, |item| count(u32::from(item.depth))),
        "numbered item" => record.item.map_or(0, |item| item.number.map_or(1, |_| 2)),
        "header cell" => record.cell.map_or(0, |cell| 1 + u8::from(cell.is_header)),
        "table column" => record.cell.map_or(0, |cell| count(cell.column)),
        "reads like prose" => u8::from(own.is_prose),
        "words also in the title" => share(echo.title, own.shape.tokens),
        "share of the title" => share(echo.title_words, 64),
        "words also in the description" => share(echo.description, own.shape.tokens),
        "text also in the structured data" => share(echo.body, echo.triples),
        "common word share" => share(echo.common, own.shape.tokens),
        "recurring word share" => share(echo.recurring, echo.rare),
        "long word share" => share(echo.rare, own.shape.tokens),
        "same text elsewhere" => count(echo.same),
        "same text before" => count(echo.same_before),
        "its words" => said(own.said.all(), 1),
        "how it begins" => said(own.said.start, 1),
        "how it ends" => said(own.said.end, 1),
        "links out of the site" => share(own.leads.outside, own.links.min(16)),
        "links within the page" => share(own.leads.within, own.links.min(16)),
        "links to articles" => share(own.leads.articles, own.links.min(16)),
        "links to mail or scripts" => count(own.leads.acts),
        "links to authors or tags" => count(own.leads.marked),
        "hyphens in its links" => count(own.leads.hyphens),
        "words also in the author's name" => count(echo.author),
        "author's name's share" => share(echo.author, own.shape.tokens),
        "words also in the site's name" => count(echo.publisher),
        "site's name's share" => share(echo.publisher, own.shape.tokens),
        "words also in the keywords" => share(echo.keywords, own.shape.tokens),
        "text also in the data's questions" => share(echo.answers, echo.triples),
        "text also in the data's descriptions" => share(echo.descriptions, echo.triples),
    }
}
