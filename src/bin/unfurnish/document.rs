//! The things that go through the pipeline: what is read, where it came from, what became of it.

use crate::problem::Problem;
use std::path::PathBuf;
use std::sync::Arc;
use unfurnish::Page;

/// A file or stream that inputs come from.
#[derive(Debug)]
pub(crate) struct Source {
    /// As people call it.
    pub(crate) name: String,
    /// Its place below an output folder, with the extension it has.
    pub(crate) mirror: PathBuf,
    /// The file itself; `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Whether each line of it is an input.
    pub(crate) is_lines: bool,
}

/// One input: a page, a line, or the news that there is none.
#[derive(Debug)]
pub(crate) struct Input {
    pub(crate) source: Arc<Source>,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    /// The source is a file that holds one page.
    File,
    /// A page that was read already.
    Bytes(Vec<u8>),
    /// A line of JSON and its number.
    Line(u64, Vec<u8>),
    /// A line that cannot be used.
    BadLine(u64, Problem),
    /// Something that cannot be used at all.
    Bad(Problem),
}

/// A page that was read, and what came with it.
#[derive(Debug)]
pub(crate) struct Subject<'p> {
    pub(crate) page: Page<'p>,
    pub(crate) source: &'p Source,
    /// Its id as JSON.
    pub(crate) id: Option<String>,
    /// The date that the line gave, whatever JSON value it is.
    pub(crate) published: Option<String>,
    /// Its line as it came in, and the number of that.
    pub(crate) line: Option<(u64, &'p [u8])>,
}

/// What became of an input.
#[derive(Debug)]
pub(crate) struct Done<T = Written> {
    pub(crate) source: Arc<Source>,
    /// Its line, if it was one.
    pub(crate) line: Option<u64>,
    pub(crate) outcome: Result<T, Problem>,
}

/// What is to be written for an input.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) text: String,
    /// What its reader should know.
    pub(crate) notes: Vec<String>,
}

impl<T> Done<T> {
    /// The input as people call it.
    pub(crate) fn name(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.source.name),
            None => self.source.name.clone(),
        }
    }
}
