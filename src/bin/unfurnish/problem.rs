//! What went wrong with an input, and what to do about it.

use std::io;
use std::path::Path;

/// A sentence for the person or program that gave the input.
#[derive(Clone, Debug)]
pub(crate) struct Problem(String);

impl Problem {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A file or folder that could not be read.
    pub(crate) fn unreadable(error: &io::Error) -> Self {
        Self(match error.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder; check the path".into(),
            io::ErrorKind::PermissionDenied => {
                "no permission to read it; change its mode, or run as its owner".into()
            }
            _ => format!("cannot read it: {error}"),
        })
    }

    /// A file that could not be written.
    pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Self {
        let path = path.display();
        Self(match error.kind() {
            io::ErrorKind::PermissionDenied => {
                format!("no permission to write {path}; name another place with --output")
            }
            io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
                format!(
                    "cannot write {path}: a file stands where a folder is needed; name another place with --output"
                )
            }
            io::ErrorKind::IsADirectory => {
                format!("cannot write {path}: it is a folder; name a file with --output")
            }
            _ => format!("cannot write {path}: {error}"),
        })
    }

    /// Bytes that are no text, by the name that the library has for them.
    pub(crate) fn not_text(kind: &str) -> Self {
        let advice = match kind {
            "PDF" => "take the text out first, for example with pdftotext",
            "gzip archive" => "unpack it first, for example with gunzip",
            "zip archive" => "unpack it first, for example with unzip",
            kind if kind.ends_with("archive") => "unpack it first",
            kind if kind.ends_with("image") || kind == "icon" => "there is no text in it to clean",
            _ => "give HTML, Markdown or plain text",
        };
        Self(format!("this is no text but {} {kind}; {advice}", article(kind)))
    }
}

/// "a" or "an".
fn article(noun: &str) -> &'static str {
    let says_vowel = noun.starts_with(['a', 'e', 'i', 'o', 'O']) || noun.starts_with("MP");
    if says_vowel { "an" } else { "a" }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
