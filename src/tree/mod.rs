//! Chapter two: the page as a tree of elements with byte spans.
pub(crate) mod html;
pub(crate) mod tag;
