//! Page one: every step of the way from a page to its article, in order.

use crate::article::{Article, Captions, Layout, assemble};
use crate::block::split;
use crate::label::{Label, join_broken_paragraphs, judge};
use crate::limits::Limits;
use crate::page::Page;
use crate::tree::Tree;
use crate::{Warning, feature, metadata};

/// The article of a page, extracted with default settings.
///
/// Every input has an answer: a page without an article gives one that [is empty](Article::is_empty). The
/// same page always gives the same article.
///
/// *Complexity*: linear in the length of the page.
///
/// ```
/// let html = "<nav><a href=/>Home</a></nav><h1>Ship aground</h1>\
///     <p>The harbour was closed on Monday after a ship ran aground at the mouth of the river.</p>";
/// let article = unfurnish::extract(html);
/// assert!(article.text().starts_with("The harbour was closed"));
/// ```
pub fn extract<'p>(page: impl Into<Page<'p>>) -> Article {
    Extractor::default().extract(page)
}

/// Turns pages into articles with settings of its own; built once, shared by all threads.
#[derive(Clone, Debug, Default)]
pub struct Extractor {
    pub(crate) settings: Settings,
}

/// What an [`Extractor`] was told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    pub(crate) bias: Bias,
    pub(crate) keep: Vec<Label>,
    pub(crate) drop: Vec<Label>,
    pub(crate) layout: Layout,
    pub(crate) keep_broken: bool,
    pub(crate) guess_date: bool,
    pub(crate) explain: bool,
}

impl Extractor {
    /// Settings to change, starting from the defaults.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder { settings: Settings::default() }
    }

    /// The article of a page; see [`extract`].
    pub fn extract<'p>(&self, page: impl Into<Page<'p>>) -> Article {
        let page = page.into();
        let tree = Tree::of(&page, &self.settings.limits);
        self.article(&page, &tree)
    }

    /// The article of a page that `scraper` has parsed already; see [`extract`].
    ///
    /// Its blocks have no [span](crate::Block::span): such a tree does not know where it stood. From HTML
    /// itself, [`Self::extract`] is several times as fast as parsing with `scraper` alone. Since `scraper` is
    /// below 1.0, this method may ask for another release of it in any release of ours.
    ///
    /// *Complexity*: linear in the size of the tree.
    ///
    /// ```
    /// let html = scraper::Html::parse_document("<nav><a href=/>Home</a></nav><h1>Ship aground</h1>\
    ///     <p>The harbour was closed on Monday after a ship ran aground at the mouth of the river.</p>");
    /// let article = unfurnish::Extractor::default().extract_parsed_html(&html);
    /// assert!(article.text().starts_with("The harbour was closed"));
    /// assert!(article.blocks().all(|block| block.span().is_none()));
    /// ```
    #[cfg(feature = "scraper")]
    pub fn extract_parsed_html(&self, html: &scraper::Html) -> Article {
        self.article(&Page::html(""), &crate::tree::scraper::read(html, &self.settings.limits))
    }

    /// [`Self::extract_parsed_html`] of a page whose address is known: relative links become absolute.
    ///
    /// ```
    /// let html = scraper::Html::parse_document("<p>The harbour was <a href=/closed>closed on Monday</a>, \
    ///     the pilot said, and will stay so until the tide is high enough for the tugs.</p>");
    /// let article = unfurnish::Extractor::default().extract_parsed_html_from(&html, "https://news.example/ship");
    /// assert!(article.text().starts_with("The harbour was closed on Monday"));
    /// ```
    #[cfg(feature = "scraper")]
    pub fn extract_parsed_html_from(&self, html: &scraper::Html, url: &str) -> Article {
        let page = Page::html("").with_url(url);
        self.article(&page, &crate::tree::scraper::read(html, &self.settings.limits))
    }

    /// The way from a tree to its article.
    pub(crate) fn article(&self, page: &Page<'_>, tree: &Tree<'_>) -> Article {
        let settings = &self.settings;
        let mut warnings: Vec<Warning> =
            page.warning().into_iter().chain(tree.warnings.iter().copied()).collect();
        let mut blocks = split(tree, &settings.limits, &mut warnings);
        let mut metadata = metadata::read(page, tree);
        let features = feature::measure(tree, &blocks, &metadata);
        let mut judgement = judge(tree, &blocks, &features, &metadata, page.format(), settings);
        metadata::complete(&mut metadata, page, &blocks, &judgement.verdicts, settings.guess_date);
        if !settings.keep_broken {
            join_broken_paragraphs(&mut blocks, &mut judgement.verdicts);
        }
        let base = metadata.url.clone().or_else(|| page.url().map(str::to_owned));
        let mut article = assemble(
            tree,
            page.format(),
            &blocks,
            &judgement.verdicts,
            metadata,
            base.as_deref(),
            &settings.layout,
        );
        warnings.sort_unstable();
        warnings.dedup();
        article.warnings = warnings;
        article.score = judgement.score;
        article
    }
}

/// Settings of an [`Extractor`] to be.
#[derive(Clone, Debug)]
pub struct ExtractorBuilder {
    settings: Settings,
}

impl ExtractorBuilder {
    /// The extractor.
    pub fn build(self) -> Extractor {
        Extractor { settings: self.settings }
    }

    /// How to decide in doubt.
    #[must_use]
    pub fn bias(mut self, bias: Bias) -> Self {
        self.settings.bias = bias;
        self
    }

    /// How much of a page is read.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.settings.limits = limits;
        self
    }

    /// Keeps blocks with these labels in the text.
    #[must_use]
    pub fn keep(mut self, labels: impl IntoIterator<Item = Label>) -> Self {
        self.settings.keep.extend(labels);
        self
    }

    /// Removes blocks with these labels; wins over [`Self::keep`].
    #[must_use]
    pub fn drop(mut self, labels: impl IntoIterator<Item = Label>) -> Self {
        self.settings.drop.extend(labels);
        self
    }

    /// Puts the title on the first line of the text; by default it is metadata only.
    #[must_use]
    pub fn with_title(mut self, yes: bool) -> Self {
        self.settings.layout.with_title = yes;
        self
    }

    /// Keeps the headings inside the article; default `true`.
    #[must_use]
    pub fn headings(mut self, yes: bool) -> Self {
        self.settings.layout.headings = yes;
        self
    }

    /// Where captions go; by default they are removed blocks.
    #[must_use]
    pub fn captions(mut self, captions: Captions) -> Self {
        self.settings.layout.captions = captions;
        self
    }

    /// Keeps words that only stand for a picture along with its caption; default `false`.
    #[must_use]
    pub fn alt_text(mut self, yes: bool) -> Self {
        self.settings.layout.alt_text = yes;
        self
    }

    /// Marks quotations with `> ` in the text; default `false`.
    #[must_use]
    pub fn mark_quotes(mut self, yes: bool) -> Self {
        self.settings.layout.mark_quotes = yes;
        self
    }

    /// Writes typographic quotes and dashes as ASCII; by default the text is left as it is.
    #[must_use]
    pub fn plain_punctuation(mut self, yes: bool) -> Self {
        self.settings.layout.plain_punctuation = yes;
        self
    }

    /// Keeps as many empty lines between blocks as the page has there, if it is text or Markdown; by default
    /// there is one.
    #[must_use]
    pub fn preserve_blank_lines(mut self, yes: bool) -> Self {
        self.settings.layout.blank_lines = yes;
        self
    }

    /// Joins paragraphs that the scraper broke apart; default `true`.
    #[must_use]
    pub fn join_broken_paragraphs(mut self, yes: bool) -> Self {
        self.settings.keep_broken = !yes;
        self
    }

    /// Takes the publication date from weaker signs when the page does not name it; default `false`.
    #[must_use]
    pub fn guess_date(mut self, yes: bool) -> Self {
        self.settings.guess_date = yes;
        self
    }

    /// Gives every block the signs that weighed most as its reason; costs time. Default `false`.
    #[must_use]
    pub fn explain(mut self, yes: bool) -> Self {
        self.settings.explain = yes;
        self
    }
}

/// How to decide in doubt: one number from precision (0) to recall (1).
///
/// ```
/// use unfurnish::Bias;
///
/// assert!(Bias::PRECISION < Bias::BALANCED && Bias::BALANCED < Bias::RECALL);
/// assert_eq!(Bias::new(0.5), Bias::BALANCED);
/// ```
#[derive(Clone, Copy, PartialEq, PartialOrd, Debug)]
pub struct Bias(f32);

impl Bias {
    /// Rather loses a paragraph than keeps furniture.
    pub const PRECISION: Self = Self(0.2);
    /// The best of both.
    pub const BALANCED: Self = Self(0.5);
    /// Rather keeps furniture than loses a paragraph.
    pub const RECALL: Self = Self(0.8);

    /// A bias from 0 (precision) to 1 (recall); other values are brought into that range.
    pub fn new(bias: f32) -> Self {
        Self(if bias.is_nan() { 0.5 } else { bias.clamp(0.0, 1.0) })
    }

    /// The number, 0 to 1.
    pub fn get(self) -> f32 {
        self.0
    }
}

impl Default for Bias {
    fn default() -> Self {
        Self::BALANCED
    }
}
