#![no_main]

//! HTML put together from tags in any order: what a mutator of bytes takes long to spell.

use arbitrary::Arbitrary;
use std::fmt::Write as _;

#[derive(Arbitrary, Debug)]
enum Piece<'a> {
    Open(Tag),
    OpenWith(Tag, Attribute, &'a str),
    Close(Tag),
    Words(u8),
    Text(&'a str),
    /// The pieces so far once more: floods are made of these.
    Again,
}

/// Elements that the rules of the tree or the labels treat in ways of their own.
const TAGS: &[&str] = &[
    "p",
    "div",
    "a",
    "b",
    "i",
    "nobr",
    "font",
    "em",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "caption",
    "colgroup",
    "select",
    "option",
    "optgroup",
    "button",
    "form",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "svg",
    "math",
    "desc",
    "mtext",
    "annotation-xml",
    "template",
    "object",
    "applet",
    "marquee",
    "ruby",
    "rt",
    "rp",
    "pre",
    "listing",
    "textarea",
    "title",
    "script",
    "style",
    "noscript",
    "plaintext",
    "xmp",
    "iframe",
    "frameset",
    "body",
    "head",
    "html",
    "base",
    "meta",
    "link",
    "br",
    "hr",
    "img",
    "input",
    "article",
    "main",
    "nav",
    "aside",
    "header",
    "footer",
    "section",
    "figure",
    "figcaption",
    "blockquote",
    "q",
    "code",
    "time",
    "address",
    "details",
    "summary",
    "x-y",
];

const ATTRIBUTES: &[&str] = &[
    "class",
    "id",
    "href",
    "style",
    "hidden",
    "rel",
    "itemprop",
    "property",
    "content",
    "name",
    "datetime",
    "role",
    "start",
    "alt",
    "type",
    "aria-hidden",
];

#[derive(Clone, Copy, Arbitrary, Debug)]
struct Tag(u8);

#[derive(Clone, Copy, Arbitrary, Debug)]
struct Attribute(u8);

fn of(names: &'static [&'static str], number: u8) -> &'static str {
    names[usize::from(number) % names.len()]
}

fn page(pieces: &[Piece<'_>]) -> String {
    let mut page = String::new();
    for piece in pieces {
        let written = match piece {
            Piece::Open(tag) => write!(page, "<{}>", of(TAGS, tag.0)),
            Piece::OpenWith(tag, attribute, value) => {
                write!(page, "<{} {}=\"{value}\">", of(TAGS, tag.0), of(ATTRIBUTES, attribute.0))
            }
            Piece::Close(tag) => write!(page, "</{}>", of(TAGS, tag.0)),
            Piece::Words(number) => write!(page, "{} ", unfurnish_fuzz::story(0..usize::from(*number))),
            Piece::Text(text) => write!(page, "{text}"),
            Piece::Again if page.len() < 1 << 14 => write!(page, "{}", page.clone()),
            Piece::Again => Ok(()),
        };
        written.expect("a string can be written to");
    }
    page
}

libfuzzer_sys::fuzz_target!(|pieces: Vec<Piece<'_>>| unfurnish_fuzz::obey(&unfurnish::Page::html(page(
    &pieces
))));
