//! Chapter seven: blocks and verdicts → the article.
//!
//! One string holds everything: first the article's text as [`Article::text`] gives it, then the texts of
//! what was removed. Blocks are ranges into it.

mod address;
mod assemble;
mod body;
mod html;
mod json;
mod markdown;

use crate::Fingerprint;
use crate::block::{BlockKind, Cell, Item};
use crate::label::{Detail, Label};
use crate::metadata::Metadata;
use crate::tree::Style;
use crate::{Format, Span, Warning};

use address::Addresses;
pub(crate) use address::{absolute, host};
pub use assemble::Captions;
pub(crate) use assemble::{Layout, assemble};

/// The article of a page, and everything else that stood there.
///
/// ```
/// let page = "# Ship aground\n\nThe harbour of Aldermouth was closed on Monday after a ship ran aground at the \
///     mouth of the river.\n\n**Related:** [Tugs](/t)";
/// let article = unfurnish::extract(page);
/// assert_eq!(article.metadata().title(), Some("Ship aground"));
/// assert!(article.text().ends_with("at the mouth of the river.\n"));
/// for block in article.removed() {
///     println!("{} [{}] {}", block.label(), block.reason(), block.text());
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Article {
    pub(crate) text: String,
    pub(crate) body_end: usize,
    pub(crate) blocks: Vec<BlockData>,
    pub(crate) marks: Vec<MarkData>,
    pub(crate) links: Addresses,
    pub(crate) metadata: Metadata,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) score: f32,
    pub(crate) format: Format,
    /// Whether the text begins with the title.
    pub(crate) has_title: bool,
}

/// An article that holds nothing.
impl Default for Article {
    fn default() -> Self {
        Self {
            text: String::new(),
            body_end: 0,
            blocks: Vec::new(),
            marks: Vec::new(),
            links: Addresses::default(),
            metadata: Metadata::default(),
            warnings: Vec::new(),
            score: 0.0,
            format: Format::Text,
            has_title: false,
        }
    }
}

/// What becomes of links where the article is written with mark-up.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Links {
    /// They stay links.
    #[default]
    Keep,
    /// Only their text stays.
    Strip,
    /// Their text gets a number, and the addresses stand behind the article.
    Footnote,
}

/// A block as the article holds it.
#[derive(Clone, Debug)]
pub(crate) struct BlockData {
    /// In [`Article::text`] (the field).
    pub(crate) text: Span,
    pub(crate) span: Option<Span>,
    pub(crate) kind: BlockKind,
    /// In [`Article::marks`].
    pub(crate) marks: Span,
    pub(crate) item: Option<Item>,
    pub(crate) cell: Option<Cell>,
    pub(crate) label: Label,
    pub(crate) rule: &'static str,
    pub(crate) detail: Detail,
    pub(crate) score: f32,
    pub(crate) is_kept: bool,
    pub(crate) is_joined: bool,
}

/// A linked or formatted range of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MarkData {
    /// In [`Article::text`] (the field).
    pub(crate) text: Span,
    pub(crate) style: Style,
    /// In [`Article::links`].
    pub(crate) link: Option<u32>,
}

impl Article {
    /// The article's text: blocks parted by an empty line, items and rows by a line break, with a line break
    /// at the end; empty if the page holds no article.
    pub fn text(&self) -> &str {
        &self.text[..self.body_end]
    }

    /// The article as Markdown: CommonMark with GitHub's tables, links kept.
    ///
    /// Reading it again gives blocks with the same text. Links lead to whole addresses where the page's own
    /// is known; those that lead nowhere are text. Terms and captions are paragraphs.
    ///
    /// ```
    /// let html = "<h2>What to know</h2><p>The harbour of Aldermouth was <b>closed</b> on Monday \
    ///     after a <a href='/ships/1'>ship</a> ran aground.</p>";
    /// let page = unfurnish::Page::html(html).with_url("https://example.org/news/2");
    /// assert!(unfurnish::extract(page).to_markdown().contains(
    ///     "was **closed** on Monday after a [ship](https://example.org/ships/1) ran aground."
    /// ));
    /// ```
    pub fn to_markdown(&self) -> String {
        self.to_markdown_with(Links::Keep)
    }

    /// The article as Markdown, links as you wish.
    pub fn to_markdown_with(&self, links: Links) -> String {
        markdown::write(self, links)
    }

    /// The article as a fragment of HTML that is safe to put into a page of yours.
    ///
    /// It holds `h1` to `h6`, `p`, `br`, `ul`, `ol`, `li`, `table`, `tr`, `th`, `td`, `pre`, `code`,
    /// `blockquote`, `a`, `strong` and `em`; the only attributes are `href` (http, https, mailto, tel or
    /// relative) and a list's `start`. Nothing else of the page's mark-up comes through.
    ///
    /// ```
    /// let html = "<p onclick='steal()'>The harbour of Aldermouth was closed on Monday after a ship ran aground.</p>";
    /// let article = unfurnish::extract(html);
    /// assert!(article.to_html().starts_with("<p>The harbour of Aldermouth"));
    /// ```
    pub fn to_html(&self) -> String {
        self.to_html_with(Links::Keep)
    }

    /// The article as HTML, links as you wish.
    pub fn to_html_with(&self, links: Links) -> String {
        html::write(self, links)
    }

    /// The article with its metadata and all blocks as one line of JSON.
    ///
    /// The keys are, in this order: `title`, `authors`, `published`, `modified`, `site`, `url`, `language`,
    /// `text`, `score`, `warnings`, `blocks`; a block has `label`, `kept`, `reason`, `score`, `start`, `end`
    /// and `text`. What is unknown is `null`. Later releases may add keys behind these.
    pub fn to_json(&self) -> String {
        json::write(self, true)
    }

    /// As [`Self::to_json`], without `blocks`.
    pub fn to_json_without_blocks(&self) -> String {
        json::write(self, false)
    }

    /// What the page says about the article.
    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// Every block of the page, in document order.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = Block<'_>> + DoubleEndedIterator + Clone {
        self.blocks.iter().map(move |data| Block { article: self, data })
    }

    /// The blocks that make up the article.
    pub fn kept(&self) -> impl DoubleEndedIterator<Item = Block<'_>> + Clone {
        self.blocks().filter(Block::is_kept)
    }

    /// The blocks that do not, each with its label and reason.
    pub fn removed(&self) -> impl DoubleEndedIterator<Item = Block<'_>> + Clone {
        self.blocks().filter(|block| !block.is_kept())
    }

    /// How well the extraction is expected to have gone, 0 to 1: low for pages without an article.
    pub fn score(&self) -> f32 {
        self.score
    }

    /// Whether the page holds no article.
    pub fn is_empty(&self) -> bool {
        self.body_end == 0
    }

    /// The fingerprint of the article's text: furniture neither hides copies nor makes any.
    ///
    /// ```
    /// let plain = "The harbour was closed on Monday after a ship ran aground at the mouth of the river.";
    /// let dressed = format!("{plain}\n\nYou may also like:\n\nTugs at last");
    /// let article = unfurnish::extract(dressed.as_str());
    /// assert_eq!(article.fingerprint().exact(), unfurnish::extract(plain).fingerprint().exact());
    /// ```
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.text())
    }

    /// How the page was read.
    pub fn format(&self) -> Format {
        self.format
    }

    /// What went otherwise than it should, each kind once.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Scores that leave a verdict in doubt.
const UNCERTAIN: core::ops::Range<f32> = 0.25..0.75;

/// One block of a page.
#[derive(Clone, Copy)]
pub struct Block<'a> {
    article: &'a Article,
    data: &'a BlockData,
}

impl<'a> Block<'a> {
    /// Its text, white space collapsed except in code.
    pub fn text(&self) -> &'a str {
        &self.article.text[self.data.text.range()]
    }

    /// What it is by its mark-up.
    pub fn kind(&self) -> BlockKind {
        self.data.kind
    }

    /// What it was taken for.
    pub fn label(&self) -> Label {
        self.data.label
    }

    /// Why.
    pub fn reason(&self) -> Reason<'a> {
        Reason { rule: self.data.rule, detail: &self.data.detail }
    }

    /// How likely it is a part of the article, 0 to 1.
    pub fn score(&self) -> f32 {
        self.data.score
    }

    /// Whether it is a part of [`Article::text`].
    pub fn is_kept(&self) -> bool {
        self.data.is_kept
    }

    /// Whether it may well be the other way round: no rule has a word on it, and its [score](Self::score) lies
    /// between 0.25 and 0.75. Scores are probabilities, so a quarter or more of such verdicts are wrong.
    ///
    /// ```
    /// let article = unfurnish::extract("<nav><a href=/>Home</a></nav>\
    ///     <p>The harbour was closed on Monday after a ship ran aground at the mouth of the river.</p>");
    /// let doubtful: Vec<&str> = article.blocks().filter(|b| b.is_uncertain()).map(|b| b.text()).collect();
    /// assert!(!doubtful.contains(&"Home"));
    /// ```
    pub fn is_uncertain(&self) -> bool {
        let by_score = self.data.rule == crate::label::SCORE_RULE || self.data.is_joined;
        by_score && UNCERTAIN.contains(&self.data.score)
    }

    /// Whether it was put together from paragraphs that the page had broken apart.
    pub fn is_joined(&self) -> bool {
        self.data.is_joined
    }

    /// From its first to its last visible character in [`Page::source`](crate::Page::source), mark-up between
    /// them included; `None` where the page was parsed elsewhere. Places of blocks rise and never overlap, but
    /// for one that [is joined](Self::is_joined): it reaches over what was removed between its halves.
    pub fn span(&self) -> Option<Span> {
        self.data.span
    }
}

impl core::fmt::Debug for Block<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Block")
            .field("label", &self.label())
            .field("kind", &self.kind())
            .field("reason", &self.reason())
            .field("score", &self.score())
            .field("span", &self.span())
            .field("text", &self.text())
            .finish()
    }
}

/// Why a block has its label: the rule's name, and what the rule saw.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reason<'a> {
    rule: &'static str,
    detail: &'a str,
}

impl<'a> Reason<'a> {
    /// The rule's name; names keep their meaning across releases.
    pub fn rule(&self) -> &'static str {
        self.rule
    }

    /// What the rule saw, in words; may be empty.
    pub fn detail(&self) -> &'a str {
        self.detail
    }
}

impl core::fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.rule)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        Ok(())
    }
}
