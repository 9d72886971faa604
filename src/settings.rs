//! What an extractor can be told: in doubt, at length, about labels and about the text's make-up.

use crate::article::{Captions, Layout};
use crate::extractor::Extractor;
use crate::label::Label;
use crate::limits::Limits;

/// What an extractor was told.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) limits: Limits,
    pub(crate) bias: Bias,
    pub(crate) keep: Vec<Label>,
    pub(crate) drop: Vec<Label>,
    pub(crate) layout: Layout,
    pub(crate) keep_broken: bool,
    pub(crate) drop_agency_dateline: bool,
    pub(crate) guess_date: bool,
    pub(crate) explain: bool,
}

/// Settings of an [`Extractor`] to be.
#[derive(Clone, Debug, Default)]
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

    /// Keeps an agency's dateline ("MOSCOW, April 22 (Reuters) -") at the head of the text; default `true`.
    ///
    /// ```
    /// let page = "<h1>Talks fail</h1><p>MOSCOW, April 22 (Reuters) - The ministry said on Monday that the talks \
    ///     on the harbour had failed, and that nobody knew when they would go on.</p>";
    /// let extractor = unfurnish::Extractor::builder().agency_dateline(false).build();
    /// assert!(extractor.extract(page).text().starts_with("The ministry said"));
    /// ```
    #[must_use]
    pub fn agency_dateline(mut self, yes: bool) -> Self {
        self.settings.drop_agency_dateline = !yes;
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
