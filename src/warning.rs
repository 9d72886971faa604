//! What went otherwise than it should while the page was read.

/// Something a caller may want to know about an extraction that has, all the same, an answer.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Warning {
    /// The input is no text (an image, a PDF, an archive …); the article is empty.
    NotText,
    /// The bytes did not fit the encoding; U+FFFD stands for what could not be read.
    MalformedEncoding,
    /// The page is longer than [`Limits::bytes`](crate::Limits::bytes); the rest was not read.
    BytesLimit,
    /// The page has more elements and texts than [`Limits::nodes`](crate::Limits::nodes); the rest was not read.
    NodesLimit,
    /// Elements are nested deeper than [`Limits::depth`](crate::Limits::depth); what lies deeper was lifted.
    DepthLimit,
    /// The page has more blocks than [`Limits::blocks`](crate::Limits::blocks); the rest was not read.
    BlocksLimit,
    /// The page has more blocks than [`Limits::fine_blocks`](crate::Limits::fine_blocks), short ones; those behind were
    /// joined to longer ones.
    FineBlocksLimit,
    /// The page has more marks of Markdown than [`Limits::marks`](crate::Limits::marks), close together; what lies behind
    /// was read as plain text.
    MarksLimit,
    /// The time given by [`Limits::time`](crate::Limits::time) ran out; the article is what was found by then.
    TimeLimit,
    /// The page brought a defect of this crate to light; the article is empty. Only `Extractor::par_extract` gives
    /// this warning; please report the page.
    Defect,
}

impl Warning {
    /// The warning's name as the command line and JSON show it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotText => "not_text",
            Self::MalformedEncoding => "malformed_encoding",
            Self::BytesLimit => "bytes_limit",
            Self::NodesLimit => "nodes_limit",
            Self::DepthLimit => "depth_limit",
            Self::BlocksLimit => "blocks_limit",
            Self::FineBlocksLimit => "fine_blocks_limit",
            Self::MarksLimit => "marks_limit",
            Self::TimeLimit => "time_limit",
            Self::Defect => "defect",
        }
    }
}

impl core::fmt::Display for Warning {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotText => "the input is not text",
            Self::MalformedEncoding => "some bytes do not fit the page's encoding and read as U+FFFD",
            Self::BytesLimit => "the page is longer than the limit; the rest was not read",
            Self::NodesLimit => "the page has more elements than the limit; the rest was not read",
            Self::DepthLimit => "elements are nested deeper than the limit; deeper ones were lifted",
            Self::BlocksLimit => "the page has more blocks than the limit; the rest was not read",
            Self::FineBlocksLimit => {
                "the page has more short blocks than the limit; those behind were joined"
            }
            Self::MarksLimit => {
                "the page has more marks of Markdown than the limit; the rest was read as plain text"
            }
            Self::TimeLimit => "time ran out; the article is what was found by then",
            Self::Defect => "the page met a defect in unfurnish; please report it",
        })
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Warning {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
