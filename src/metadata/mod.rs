//! Chapter six: what the page says about its article.

use crate::block::Blocks;
use crate::label::Verdict;
use crate::page::Page;
use crate::tree::Tree;

/// What is known about an article. Absent is better than wrong: nothing here is a guess unless it says so.
#[non_exhaustive]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Metadata {
    pub(crate) title: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) site: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) image: Option<String>,
    pub(crate) page_type: Option<String>,
}

impl Metadata {
    /// The article's title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The names of its authors, in the page's order.
    pub fn authors(&self) -> &[String] {
        &self.authors
    }

    /// When it was published, as ISO 8601: a date or a date and time, with the offset if the page gave one.
    pub fn published(&self) -> Option<&str> {
        self.published.as_deref()
    }

    /// When it was last changed, as [`Self::published`].
    pub fn modified(&self) -> Option<&str> {
        self.modified.as_deref()
    }

    /// The name of the site.
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// The article's address: the canonical one, the one given with the page, or the one a source line names.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The text's language as an ISO 639-1 code.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The page's own summary.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The address of the leading picture.
    pub fn image(&self) -> Option<&str> {
        self.image.as_deref()
    }

    /// What the page says it is: a schema.org type or an Open Graph type.
    pub fn page_type(&self) -> Option<&str> {
        self.page_type.as_deref()
    }
}

/// What the page's head and structured data say; blocks add to it later.
pub(crate) fn read(_page: &Page<'_>, _tree: &Tree<'_>) -> Metadata {
    Metadata::default()
}

/// Adds what only the text shows: the title's block, a byline, a dateline, a source line, the language.
pub(crate) fn complete(
    _metadata: &mut Metadata,
    _page: &Page<'_>,
    _blocks: &Blocks,
    _verdicts: &[Verdict],
    _guess_date: bool,
) {
}

pub(crate) mod date {
    pub(crate) fn whole_block(_text: &str) -> Option<()> {
        None
    }
}

pub(crate) mod byline {
    pub(crate) fn whole_block(_text: &str) -> Option<Vec<String>> {
        None
    }
}
