//! Chapter one: bytes → text of a known format.

mod decode;
mod sniff;

use crate::Warning;
use std::borrow::Cow;

/// How a page is written.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// HTML of any age and quality.
    Html,
    /// CommonMark, also as scrapers leave it.
    Markdown,
    /// Text without mark-up: paragraphs, lists and headings show in its lines only.
    Text,
}

impl Format {
    /// The format's name as the command line takes and shows it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Text => "text",
        }
    }
}

impl core::fmt::Display for Format {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A page as it was scraped: text of a known format and, where known, its address.
///
/// Text that is already UTF-8 is borrowed. All spans of the article point into [`Page::source`].
///
/// ```
/// use unfurnish::{Format, Page};
///
/// let page = Page::from_bytes(b"<title>caf\xe9</title>", Some("text/html; charset=iso-8859-1"));
/// assert_eq!(page.format(), Format::Html);
/// assert_eq!(page.source(), "<title>café</title>");
/// ```
#[derive(Clone, Debug)]
pub struct Page<'a> {
    source: Cow<'a, str>,
    format: Format,
    url: Option<Cow<'a, str>>,
    encoding: &'static str,
    warning: Option<Warning>,
}

impl<'a> Page<'a> {
    /// A page of HTML.
    pub fn html(source: impl Into<Cow<'a, str>>) -> Self {
        Self::new(source.into(), Format::Html)
    }

    /// A page of Markdown.
    pub fn markdown(source: impl Into<Cow<'a, str>>) -> Self {
        Self::new(source.into(), Format::Markdown)
    }

    /// A page of plain text.
    pub fn text(source: impl Into<Cow<'a, str>>) -> Self {
        Self::new(source.into(), Format::Text)
    }

    /// A page whose format is told by its looks.
    ///
    /// Tags make it HTML; headings, links or emphasis in Markdown's notation make it Markdown.
    pub fn sniffed(source: impl Into<Cow<'a, str>>) -> Self {
        let source = source.into();
        let format = sniff::format(&source);
        Self::new(source, format)
    }

    /// A page as it came over the wire, with the value of its `Content-Type` header where there was one.
    ///
    /// The encoding is taken from, in this order: byte order mark, header, the document's own declaration
    /// (`meta`, XML declaration), detection. The format is taken from the header or told by its looks.
    /// Bytes that are no text give an empty page, and its article carries [`Warning::NotText`].
    ///
    /// ```
    /// use unfurnish::{Page, Warning};
    ///
    /// let image = Page::from_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None);
    /// assert_eq!(unfurnish::extract(image).warnings(), [Warning::NotText]);
    /// ```
    pub fn from_bytes(bytes: &'a [u8], content_type: Option<&str>) -> Self {
        if sniff::binary_kind(bytes).is_some() {
            return Self { warning: Some(Warning::NotText), ..Self::new(Cow::Borrowed(""), Format::Text) };
        }
        let decoded = decode::decode(bytes, content_type);
        let format =
            sniff::format_of_content_type(content_type).unwrap_or_else(|| sniff::format(&decoded.text));
        Self {
            encoding: decoded.encoding,
            warning: decoded.malformed.then_some(Warning::MalformedEncoding),
            ..Self::new(decoded.text, format)
        }
    }

    fn new(source: Cow<'a, str>, format: Format) -> Self {
        Self { source, format, url: None, encoding: "UTF-8", warning: None }
    }

    /// The same page with its address: relative links become absolute, and the site is known.
    #[must_use]
    pub fn with_url(mut self, url: impl Into<Cow<'a, str>>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// The same page, read as another format.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// The decoded text, into which all spans point.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// How the page is read.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The address given with the page.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The name of the encoding the bytes were in (as the Encoding Standard spells it).
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// What went wrong while the bytes were read.
    pub fn warning(&self) -> Option<Warning> {
        self.warning
    }

    /// What the bytes are when they are no text: `"PDF"`, `"PNG image"`, `"gzip archive"` …
    ///
    /// ```
    /// assert_eq!(unfurnish::Page::binary_kind(b"%PDF-1.7\n..."), Some("PDF"));
    /// assert_eq!(unfurnish::Page::binary_kind(b"<p>text"), None);
    /// ```
    pub fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
        sniff::binary_kind(bytes)
    }
}

/// The same page, its text borrowed.
impl<'a> From<&'a Page<'_>> for Page<'a> {
    fn from(page: &'a Page<'_>) -> Self {
        Self { source: Cow::Borrowed(&page.source), url: page.url().map(Cow::Borrowed), ..*page }
    }
}

impl<'a> From<&'a str> for Page<'a> {
    fn from(source: &'a str) -> Self {
        Self::sniffed(source)
    }
}

impl<'a> From<&'a String> for Page<'a> {
    fn from(source: &'a String) -> Self {
        Self::sniffed(source.as_str())
    }
}

impl From<String> for Page<'_> {
    fn from(source: String) -> Self {
        Self::sniffed(source)
    }
}

impl<'a> From<&'a [u8]> for Page<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::from_bytes(bytes, None)
    }
}

impl<'a> From<&'a Vec<u8>> for Page<'a> {
    fn from(bytes: &'a Vec<u8>) -> Self {
        Self::from_bytes(bytes, None)
    }
}
