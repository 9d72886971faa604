//! Bytes and their names → pages.

use crate::args::{InputKind, ReadArgs};
use crate::problem::Problem;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use unfurnish::{Format, Page};

/// The largest page that is read; the library reads 128 MiB of text, which may be twice as many bytes.
const MOST_BYTES: u64 = 256 << 20;

/// How pages are read.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) kind: InputKind,
    pub(crate) url: Option<String>,
    pub(crate) encoding: Option<&'static encoding_rs::Encoding>,
}

impl Reading {
    pub(crate) fn of(args: &ReadArgs) -> Self {
        Self { kind: args.input, url: args.url.clone(), encoding: args.encoding }
    }

    /// The page that some bytes are, by the name of their file where that tells.
    pub(crate) fn page<'b>(&self, bytes: &'b [u8], path: Option<&Path>) -> Result<Page<'b>, Problem> {
        if let Some(kind) = Page::binary_kind(bytes)
            // In an encoding that was told, such bytes may well be text.
            && (self.encoding.is_none() || kind != "binary file")
        {
            return Err(Problem::not_text(kind));
        }
        let page = match self.encoding {
            Some(encoding) => Page::sniffed(encoding.decode(bytes).0),
            None => Page::from_bytes(bytes, None),
        };
        let format = self.kind.page_format().or_else(|| match extension(path?).as_str() {
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "md" | "markdown" => Some(Format::Markdown),
            // What is saved as text may well be a page's source, but hardly anybody means its asterisks.
            "txt" | "text" if page.format() == Format::Markdown => Some(Format::Text),
            _ => None,
        });
        let page = match format {
            Some(format) => page.with_format(format),
            None => page,
        };
        Ok(match &self.url {
            Some(url) => page.with_url(url.clone()),
            None => page,
        })
    }
}

/// Everything in a file.
pub(crate) fn file(path: &Path) -> Result<Vec<u8>, Problem> {
    let file = File::open(path).map_err(|error| Problem::unreadable(&error))?;
    all(file)
}

/// Everything a reader gives, if it is not too much for a page.
pub(crate) fn all(reader: impl Read) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    match reader.take(MOST_BYTES + 1).read_to_end(&mut bytes) {
        Err(error) => Err(Problem::unreadable(&error)),
        Ok(_) if bytes.len() as u64 > MOST_BYTES => Err(Problem::new(format!(
            "it is larger than {} MiB, which no page is; if each line of it is a page, say --input jsonl",
            MOST_BYTES >> 20
        ))),
        Ok(_) => Ok(bytes),
    }
}

/// The extension of a path in lower case; empty if it has none.
pub(crate) fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// The start of a stream, which stays readable: `read` gives it first.
pub(crate) fn peek(reader: &mut impl io::BufRead) -> io::Result<&[u8]> {
    loop {
        match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // The borrow checker does not let the first answer out of the loop.
            _ => return reader.fill_buf(),
        }
    }
}
