//! What a rule saw, for people to read.

use std::ops::Deref;
use std::sync::Arc;

/// A part of a reason.
#[derive(Clone, Debug)]
pub(crate) enum Detail {
    Plain(&'static str),
    /// Said of many blocks of a page: of all in one menu. They share one text.
    Shared(Arc<str>),
}

impl Deref for Detail {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Shared(text) => text,
        }
    }
}

impl From<&'static str> for Detail {
    fn from(text: &'static str) -> Self {
        Self::Plain(text)
    }
}

impl From<String> for Detail {
    fn from(text: String) -> Self {
        Self::Shared(text.into())
    }
}
