//! The chapters one at a time, for `benches/`.
//!
//! No API: this module exists only with the feature `bench` and changes whenever the chapters do.

use crate::article::{Article, assemble};
use crate::block::{Blocks, split};
use crate::feature::{self, Features};
use crate::fingerprint::for_each_word;
use crate::label::{Judgement, judge};
use crate::metadata::{self, Metadata};
use crate::page::Page;
use crate::settings::Settings;
use crate::tree::Tree;

/// Tokens and tree of a page: the number of nodes.
pub fn tree(page: &Page<'_>) -> usize {
    Tree::of(page, &Settings::default().limits).nodes().len()
}

/// The words of a text: all their hashes in one.
pub fn words(text: &str) -> u64 {
    let mut all = 0;
    for_each_word(text, |word| all ^= word.hash);
    all
}

/// A page with the outcome of every chapter, so that each can be run alone again.
///
/// Each method runs one chapter and returns a number that is the same every time: what a bench checks.
pub struct Chapters<'p> {
    page: &'p Page<'p>,
    settings: Settings,
    tree: Tree<'p>,
    blocks: Blocks,
    metadata: Metadata,
    features: Features,
    judgement: Judgement,
}

impl<'p> Chapters<'p> {
    /// Goes the way of [`Extractor::extract`](crate::Extractor::extract) once, but for what changes blocks after
    /// they were judged: bodies taken from scripts, broken paragraphs joined. These need the blocks for themselves.
    pub fn of(page: &'p Page<'p>) -> Self {
        let settings = Settings::default();
        let tree = Tree::of(page, &settings.limits);
        let blocks = split(&tree, &settings.limits, &mut Vec::new(), Blocks::default());
        let metadata = metadata::read(page, &tree);
        let features = feature::measure(&tree, &blocks);
        let judgement = judge(&tree, &blocks, &features, &metadata, page.format(), &settings);
        Self { page, settings, tree, blocks, metadata, features, judgement }
    }

    /// Tokens and tree: the number of nodes.
    pub fn tree(&self) -> usize {
        tree(self.page)
    }

    /// The number of blocks and of the bytes of their texts.
    pub fn blocks(&self) -> usize {
        let blocks = split(&self.tree, &self.settings.limits, &mut Vec::new(), Blocks::default());
        blocks.records.len() + blocks.text.len()
    }

    /// The number of words in all blocks.
    pub fn features(&self) -> usize {
        let features = feature::measure(&self.tree, &self.blocks);
        features.words.iter().map(|words| *words as usize).sum()
    }

    /// The number of bytes of all blocks that are kept.
    pub fn labels(&self) -> usize {
        let judgement = judge(
            &self.tree,
            &self.blocks,
            &self.features,
            &self.metadata,
            self.page.format(),
            &self.settings,
        );
        let kept = self.blocks.records.iter().zip(&judgement.verdicts).filter(|(_, verdict)| verdict.is_kept);
        kept.map(|(record, _)| record.text.len()).sum()
    }

    /// The number of bytes that are known about the article.
    pub fn metadata(&self) -> usize {
        let mut metadata = metadata::read(self.page, &self.tree);
        let verdicts = &self.judgement.verdicts;
        metadata::complete(
            &mut metadata,
            self.page,
            &self.tree,
            &self.blocks,
            verdicts,
            self.settings.guess_date,
        );
        let Metadata { title, authors, published, site, url, language, description, .. } = &metadata;
        let known = [title, published, site, url, language, description].into_iter().flatten();
        known.chain(authors).map(String::len).sum()
    }

    /// The number of bytes of the article's text, and of its blocks.
    pub fn article(&self) -> usize {
        let article = assemble(
            &self.tree,
            self.page.format(),
            &self.blocks,
            &self.judgement.verdicts,
            self.page.url(),
            &self.settings.layout,
            Article { metadata: self.metadata.clone(), ..Article::default() },
        );
        article.text().len() + article.blocks().len()
    }
}

impl core::fmt::Debug for Chapters<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Chapters").finish_non_exhaustive()
    }
}
