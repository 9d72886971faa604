//! JSON lines: the contract of docs/json-lines.md.

use crate::object::{self, Object};
use crate::problem::Problem;
use serde_json::error::Category;
use unfurnish::{Article, Page};

/// What a line means if it has several keys of a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Prefer {
    /// The page with the most mark-up: it is to be cleaned.
    Page,
    /// Its text: that is the body, somebody has cleaned it already.
    Body,
}

/// A line that was read.
#[derive(Debug)]
pub(crate) struct Record {
    /// The id as it was written, which is JSON itself.
    pub(crate) id: Option<String>,
    pub(crate) page: Page<'static>,
    /// The date of publication as it was written, JSON too.
    pub(crate) published: Option<String>,
}

/// Reads a line that is not blank.
pub(crate) fn read(line: &[u8], url: Option<&str>, prefer: Prefer) -> Result<Record, Problem> {
    let object = object::plainly(line).map_or_else(|| patiently(line), Ok)?;
    let page = match object {
        Object { text: Some(text), .. } if prefer == Prefer::Body => Page::text(text),
        Object { html: Some(html), .. } => Page::html(html),
        Object { markdown: Some(markdown), .. } => Page::markdown(markdown),
        Object { text: Some(text), .. } => Page::text(text),
        _ => {
            return Err(Problem::new(
                "the object has no \"html\", \"markdown\" or \"text\"; give one of them, a string",
            ));
        }
    };
    let page = match object.url.or_else(|| url.map(str::to_owned)) {
        Some(url) => page.with_url(url),
        None => page,
    };
    // White space inside may hold a carriage return, which some readers of lines take for a line's end.
    let id = object.id.map(|id| id.get().replace(['\r', '\n'], " "));
    let published = object.published.map(|date| date.get().to_owned());
    Ok(Record { id, page, published })
}

/// Reads an object as serde_json does, which also has the words for what is wrong.
fn patiently(line: &[u8]) -> Result<Object<'_>, Problem> {
    let line = std::str::from_utf8(line).map_err(|error| match Page::binary_kind(line) {
        Some(kind) if kind != "binary file" => Problem::not_text(kind),
        _ => Problem::new(format!(
            "byte {} of the line is not UTF-8, as JSON must be",
            error.valid_up_to() + 1
        )),
    })?;
    match serde_json::from_str(line) {
        Err(error) if error.classify() != Category::Data => {
            Err(Problem::new(format!("the line is not JSON: {} at column {}", what(&error), error.column())))
        }
        // A list of as many values would do for serde.
        _ if !line.trim_start().starts_with('{') => {
            Err(Problem::new("the line is JSON but no object; give {\"html\": \"…\"}"))
        }
        Err(error) => {
            let what = what(&error);
            Err(Problem::new(format!(
                "the object's page and \"url\" must be strings, each given once: {what}"
            )))
        }
        Ok(object) => Ok(object),
    }
}

/// serde_json counts lines inside of what it was given; here there is only one.
fn what(error: &serde_json::Error) -> String {
    error.to_string().split(" at line ").next().unwrap_or_default().to_owned()
}

/// Whether a line looks like one of these objects: decides about streams without a name.
pub(crate) fn looks_like(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    line.trim_ascii_start().starts_with(b"{") && read(line, None, Prefer::Page).is_ok()
}

/// The object that is written for an article.
pub(crate) fn object(id: Option<&str>, article: &Article, blocks: bool) -> String {
    let json = if blocks { article.to_json() } else { article.to_json_without_blocks() };
    format!("{{\"id\":{},{}", id.unwrap_or("null"), json.strip_prefix('{').unwrap_or(&json))
}

/// The object that is written in place of a line that failed.
pub(crate) fn bad_line(line: u64, problem: &Problem) -> String {
    format!("{{\"line\":{line},\"error\":{}}}", string(&problem.to_string()))
}

/// The object that is written in place of a file that failed.
pub(crate) fn bad_file(id: Option<&str>, problem: &Problem) -> String {
    format!("{{\"id\":{},\"error\":{}}}", id.unwrap_or("null"), string(&problem.to_string()))
}

/// A string as JSON.
pub(crate) fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A JSON value on one line as people read it: a string without its quotes.
pub(crate) fn plain(json: &str) -> String {
    crate::terminal::one_line(&text(json))
}

/// The text of a JSON string; other values stay JSON.
pub(crate) fn text(json: &str) -> String {
    serde_json::from_str(json).unwrap_or_else(|_| json.to_owned())
}
