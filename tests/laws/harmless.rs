//! What is written runs no code: only known elements, attributes and addresses.

use html5gum::{Token, Tokenizer};

/// Elements the output may have.
const ELEMENTS: &[&str] = &[
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "th",
    "td",
    "pre",
    "code",
    "blockquote",
    "a",
    "strong",
    "em",
];

/// Only known elements and attributes, as html5gum reads them, and no error of syntax.
#[track_caller]
pub fn check_html(html: &str, case: &str) {
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert!(ELEMENTS.contains(&name.as_str()), "<{name}> from {case:?}\n{html}");
                for (key, value) in &tag.attributes {
                    let value = String::from_utf8_lossy(value).into_owned();
                    match (name.as_str(), &*String::from_utf8_lossy(key)) {
                        ("a", "href") => check_address(&value, case),
                        ("ol", "start") => {
                            assert!(value.bytes().all(|b| b.is_ascii_digit()), "start={value} from {case:?}")
                        }
                        (_, key) => panic!("<{name} {key}=…> from {case:?}\n{html}"),
                    }
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert!(ELEMENTS.contains(&name.as_str()), "</{name}> from {case:?}");
            }
            Token::String(_) => {}
            // Characters that none should send are bad manners and no mark-up; all other errors are.
            Token::Error(error) => {
                let is_manners = ["control-character-in-input-stream", "noncharacter-in-input-stream"];
                assert!(is_manners.contains(&&*error.to_string()), "{} from {case:?}\n{html}", *error);
            }
            _ => panic!("a comment or doctype from {case:?}\n{html}"),
        }
    }
}

/// As the URL standard reads an address: what a browser strips is stripped first.
#[track_caller]
pub fn check_address(address: &str, case: &str) {
    let read: String = address.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let read = read.trim_matches(|c: char| c <= ' ');
    let Some((scheme, _)) = read.split_once(':') else { return };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let known = ["http", "https", "mailto", "tel"].contains(&scheme.to_ascii_lowercase().as_str());
    assert!(!is_scheme || known, "href={address:?} from {case:?}");
}

/// What a reader of Markdown would make of it: no HTML but what formatting needs, no bad address, no image.
#[track_caller]
pub fn check_markdown(markdown: &str, case: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let allowed =
                    ["<br>", "<strong>", "</strong>", "<em>", "</em>", "<code>", "</code>", "<!-- -->"];
                assert!(allowed.contains(&html.trim()), "{html:?} from {case:?}\n{markdown}");
            }
            Event::Start(Tag::Link { dest_url, .. }) => check_address(&dest_url, case),
            Event::Start(Tag::Image { .. }) => panic!("an image from {case:?}\n{markdown}"),
            _ => {}
        }
    }
}
