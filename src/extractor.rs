//! Page one: every step of the way from a page to its article, in order.

use crate::article::{Article, assemble};
use crate::block::split;
use crate::label::{
    drop_agency_dateline, join_broken_paragraphs, judge, settle_headings, take_embedded_body,
};
use crate::page::Page;
use crate::scratch::Scratch;
use crate::settings::{ExtractorBuilder, Settings};
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

impl Extractor {
    /// Settings to change, starting from the defaults.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// The article of a page; see [`extract`].
    pub fn extract<'p>(&self, page: impl Into<Page<'p>>) -> Article {
        let page = page.into();
        let tree = Tree::of(&page, &self.settings.limits);
        self.article(&page, &tree, &mut Scratch::once())
    }

    /// The article of a page, made in the memory of earlier extractions and lent until the next.
    ///
    /// It is the same article as that of [`Self::extract`]; for many pages in a row this spares most of the
    /// asking for memory. The scratch grows to what its largest page needed and keeps that until it is dropped.
    ///
    /// ```
    /// use unfurnish::{Extractor, Scratch};
    ///
    /// let extractor = Extractor::default();
    /// let mut scratch = Scratch::default();
    /// for (page, start) in [
    ///     ("<p>The harbour was closed on Monday after a ship ran aground.</p>", "The harbour"),
    ///     ("<p>Tugs have pulled the ship off the bank at last, the pilot said.</p>", "Tugs have"),
    /// ] {
    ///     assert!(extractor.extract_into(page, &mut scratch).text().starts_with(start));
    /// }
    /// ```
    pub fn extract_into<'s, 'p>(&self, page: impl Into<Page<'p>>, scratch: &'s mut Scratch) -> &'s Article {
        scratch.article = self.extract_with(page.into(), scratch);
        &scratch.article
    }

    /// The article of a page, owned, in the memory of earlier extractions.
    pub(crate) fn extract_with(&self, page: Page<'_>, scratch: &mut Scratch) -> Article {
        let memory = core::mem::take(&mut scratch.tree);
        let tree = Tree::of_with(&page, &self.settings.limits, memory);
        let article = self.article(&page, &tree, scratch);
        scratch.tree = tree.into_memory();
        article
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
        let tree = crate::tree::scraper::read(html, &self.settings.limits);
        self.article(&Page::html(""), &tree, &mut Scratch::once())
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
        let tree = crate::tree::scraper::read(html, &self.settings.limits);
        self.article(&page, &tree, &mut Scratch::once())
    }

    /// The way from a tree to its article.
    fn article(&self, page: &Page<'_>, tree: &Tree<'_>, scratch: &mut Scratch) -> Article {
        let settings = &self.settings;
        let mut warnings: Vec<Warning> =
            page.warning().into_iter().chain(tree.warnings.iter().copied()).collect();
        let mut blocks = split(tree, &settings.limits, &mut warnings, scratch.take_blocks());
        let mut metadata = metadata::read(page, tree);
        let features = feature::measure(tree, &blocks);
        let mut judgement = judge(tree, &blocks, &features, &metadata, page.format(), settings);
        drop(features);
        let has_article_body = metadata.hints.article_body_bytes() > 0;
        take_embedded_body(tree, &mut blocks, &mut judgement.verdicts, has_article_body);
        metadata::complete(&mut metadata, page, tree, &blocks, &judgement.verdicts, settings.guess_date);
        if !settings.keep_broken {
            join_broken_paragraphs(&mut blocks, &mut judgement.verdicts);
        }
        if settings.drop_agency_dateline {
            drop_agency_dateline(tree, &mut blocks, &mut judgement.verdicts);
        }
        settle_headings(&mut blocks, &mut judgement.verdicts);
        let base = metadata.url.clone().or_else(|| page.url().map(str::to_owned));
        let mut article = assemble(
            tree,
            page.format(),
            &blocks,
            &judgement.verdicts,
            base.as_deref(),
            &settings.layout,
            Article { metadata, ..scratch.take_article() },
        );
        scratch.keep_blocks(blocks);
        warnings.sort_unstable();
        warnings.dedup();
        article.warnings = warnings;
        article.score = judgement.score;
        article
    }
}
