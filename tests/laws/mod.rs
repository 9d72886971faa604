//! What must hold for any page, any text and any file; tests and the targets in `fuzz/` ask the same.
#![allow(dead_code, missing_docs, unreachable_pub, clippy::unwrap_used, clippy::print_stderr)] // Each user asks for its part.

pub mod copies;
pub mod harmless;
pub mod time;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::Duration;
use unfurnish::{Article, Extractor, Format, Label, Limits, Links, Page};

/// What a page may take however short it is: the first one builds the tables.
const BUDGET: Duration = Duration::from_millis(400);
/// What each byte may take besides, even of a build for fuzzing: fifty times what an ordinary page takes there.
const BUDGET_A_BYTE: Duration = Duration::from_micros(50);

/// Extracts a page and holds the result against the laws.
pub fn obey(page: &Page<'_>) {
    obey_within(page, &Limits::default());
}

/// The same within other limits.
pub fn obey_within(page: &Page<'_>, limits: &Limits) {
    let extractor = Extractor::builder().limits(limits.clone()).build();
    let start = time::on_processor();
    let article = extractor.extract(page.clone());
    let took = time::since(start);
    let budget = BUDGET + BUDGET_A_BYTE * page.source().len() as u32;
    assert!(took <= budget, "{took:?} for {} bytes", page.source().len());
    spans_are_valid(page, &article);
    kept_blocks_make_the_text(&article);
    text_is_the_pages(page, &article);
    extracting_twice_gives_the_same(&extractor, page, &article);
    output_is_harmless(&article);
    json_is_json(&article);
    written_reads_back(&article);
    written_reads_back(&everything(page.clone(), limits));
}

/// All laws for what may be anything, read in every way there is. Says in which reading one was broken.
pub fn obey_in_every_reading(bytes: &[u8]) {
    let reading = |name: &str, read: &dyn Fn()| {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(read)) {
            eprintln!("read as {name}");
            resume_unwind(panic);
        }
    };
    let text = String::from_utf8_lossy(bytes);
    reading("HTML", &|| obey(&Page::html(&*text)));
    reading("Markdown", &|| obey(&Page::markdown(&*text)));
    reading("text", &|| obey(&Page::text(&*text)));
    reading("bytes", &|| obey(&Page::from_bytes(bytes, None)));
    reading("a fingerprint's text", &|| copies::print_reads_back(&text));
    reading("a fingerprint", &|| copies::bytes_are_a_print_or_not(bytes));
    reading("an index", &|| copies::bytes_are_an_index_or_not(bytes));
}

fn spans_are_valid(page: &Page<'_>, article: &Article) {
    let mut end = 0;
    for block in article.blocks() {
        assert!(!block.text().is_empty(), "a block without text");
        assert!((0.0..=1.0).contains(&block.score()), "a score of {}", block.score());
        let Some(span) = block.span() else { continue };
        // `get` gives nothing where a span does not begin and end between characters.
        let source = page.source().get(span.range());
        assert!(source.is_some_and(|s| !s.is_empty()), "{span} is no place in the source");
        assert!(span.start() >= end, "{span} overlaps what ends at {end}");
        // A joined block reaches over what stood between its halves.
        if !block.is_joined() {
            end = span.end();
        }
    }
    assert!((0.0..=1.0).contains(&article.score()));
}

/// All that is visible in a text.
fn visible(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The text is its blocks in order, with nothing between them but white space and the marks of items.
fn kept_blocks_make_the_text(article: &Article) {
    let text = visible(article.text());
    // A block may itself begin like an item: all places are kept where it may end.
    let mut ends = vec![0];
    for block in article.kept() {
        let wanted = visible(block.text());
        let behind = |at: usize| {
            let rest = &text[at..];
            let number = rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('.');
            [
                Some(rest),
                rest.strip_prefix('-'),
                number.filter(|_| rest.starts_with(|c: char| c.is_ascii_digit())),
            ]
        };
        let mut next: Vec<usize> = (ends.iter().flat_map(|&at| behind(at)).flatten())
            .filter_map(|rest| Some(text.len() - rest.strip_prefix(&*wanted)?.len()))
            .collect();
        next.sort_unstable();
        next.dedup();
        assert!(!next.is_empty(), "{:?} is not where it should be in {:?}", block.text(), article.text());
        ends = next;
    }
    assert!(ends.contains(&text.len()), "more than the blocks is in {:?}", article.text());
}

/// The characters of a block stand in its span in their order, as they are or as references.
fn text_is_the_pages(page: &Page<'_>, article: &Article) {
    let unescaped = unescape(page.source());
    for block in article.blocks() {
        // What was read out of escaped data has no span.
        let source = block.span().map_or(&*unescaped, |span| &page.source()[span.range()]);
        let mut place = expand(source, page.format() != Format::Text).into_iter();
        for wanted in block.text().chars().filter(|c| !c.is_whitespace()) {
            assert!(place.any(|c| c == wanted), "{wanted:?} of {:?} is not in {source:?}", block.text());
        }
    }
}

/// The characters of a source, and before each reference what it stands for.
fn expand(source: &str, has_references: bool) -> Vec<char> {
    let mut characters = Vec::with_capacity(source.len());
    for (at, c) in source.char_indices() {
        if c == '&' && has_references {
            let rest = &source[at + 1..];
            let length = rest.find(|c: char| c != '#' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            // With the semicolon, if there is one; without it some references count as well.
            let reference = source.get(at..at + length + 2).unwrap_or(&source[at..]);
            characters.extend(decoded(reference).chars().take(2));
        }
        // What no character may be is replaced where it stands.
        characters.extend((c == '\0').then_some('\u{fffd}'));
        characters.push(c);
    }
    characters
}

/// What an independent reader makes of a reference.
fn decoded(reference: &str) -> String {
    let mut text = Vec::new();
    for Ok(token) in html5gum::Tokenizer::new(reference) {
        if let html5gum::Token::String(part) = token {
            text.extend_from_slice(&part);
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// A source in which JSON's escapes stand for what they mean, behind the source itself.
fn unescape(source: &str) -> String {
    let mut out = String::with_capacity(source.len() * 2);
    out.push_str(source);
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let length = if rest[at + 1..].starts_with('u') { 6 } else { 2 };
        // Two of them may make one character together.
        let escapes = [2 * length, length].into_iter().find_map(|length| {
            let escape = rest.get(at..at + length)?;
            Some((serde_json::from_str::<String>(&format!("\"{escape}\"")).ok()?, length))
        });
        match escapes {
            Some((text, length)) => {
                out.push_str(&text);
                rest = &rest[at + length..];
            }
            None => rest = &rest[at + 1..],
        }
    }
    out.push_str(rest);
    out
}

fn extracting_twice_gives_the_same(extractor: &Extractor, page: &Page<'_>, article: &Article) {
    let again = extractor.extract(page.clone());
    assert_eq!(article.text(), again.text());
    assert_eq!(article.to_json(), again.to_json());
    let looks = |article: &Article| format!("{:?}", article.blocks().collect::<Vec<_>>());
    assert_eq!(looks(article), looks(&again));
}

fn output_is_harmless(article: &Article) {
    for links in [Links::Keep, Links::Strip, Links::Footnote] {
        harmless::check_html(&article.to_html_with(links), "the page");
        harmless::check_markdown(&article.to_markdown_with(links), "the page");
    }
}

fn json_is_json(article: &Article) {
    let json = article.to_json();
    assert!(!json.contains(['\n', '\r']), "JSON on one line");
    let read: serde_json::Value = serde_json::from_str(&json).expect("valid JSON");
    assert_eq!(read["text"], article.text());
    assert_eq!(read["blocks"].as_array().map(Vec::len), Some(article.blocks().len()));
}

/// What is written as HTML or Markdown holds the body, letter for letter, but for NUL, which no HTML can. It is read with every block kept: how a text is judged
/// without its page is another question, which tests over the seeds and over judged pages ask.
fn written_reads_back(article: &Article) {
    let body = |article: &Article| article.kept().map(|block| visible(block.text())).collect::<String>();
    let body = |article: &Article| body(article).replace('\0', "\u{fffd}");
    let (html, markdown) = (article.to_html(), article.to_markdown());
    // A body of nothing but marks is beyond the limit of marks, and what lies behind that is read with its backslashes.
    let limits = Limits::default().marks(usize::MAX);
    let read = |page| body(&everything(page, &limits));
    assert_eq!(read(Page::html(&*html)), body(article), "by way of HTML\n{html}");
    assert_eq!(read(Page::markdown(&*markdown)), body(article), "by way of Markdown\n{markdown}");
}

/// Reads a page without judging it: all blocks stay, as they were.
fn everything(page: Page<'_>, limits: &Limits) -> Article {
    let all = Extractor::builder().keep(Label::ALL.iter().copied()).join_broken_paragraphs(false);
    all.limits(limits.clone()).build().extract(page)
}
