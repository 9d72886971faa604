//! From the bytes of a page to its tree: the tokenizer, its character references, the builder.
#![allow(dead_code, reason = "read by the tree builder")]

pub(crate) mod entity;
pub(crate) mod token;
