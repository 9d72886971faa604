//! What must hold for any page; the targets differ only in how they make one of their input.

use unfurnish::{Article, Page};

/// Extracts a page and holds the result against the laws.
pub fn obey(page: &Page<'_>) {
    let article = unfurnish::extract(page.clone());
    spans_are_valid(page, &article);
    kept_blocks_make_the_text(&article);
    extracting_twice_gives_the_same(page, &article);
    own_html_is_harmless(&article);
}

fn spans_are_valid(page: &Page<'_>, article: &Article) {
    let mut end = 0;
    for block in article.blocks() {
        assert!(!block.text().is_empty(), "a block without text");
        assert!((0.0..=1.0).contains(&block.score()), "a score of {}", block.score());
        let Some(span) = block.span() else { continue };
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

fn kept_blocks_make_the_text(article: &Article) {
    let mut rest = article.text();
    for block in article.kept() {
        let at = rest.find(block.text()).expect("kept text is in the text, in order");
        rest = &rest[at + block.text().len()..];
    }
}

fn extracting_twice_gives_the_same(page: &Page<'_>, article: &Article) {
    let again = unfurnish::extract(page.clone());
    assert_eq!(article.text(), again.text());
    assert!(article.blocks().map(|b| (b.label(), b.is_kept())).eq(again.blocks().map(|b| (b.label(), b.is_kept()))));
}

fn own_html_is_harmless(article: &Article) {
    let html = article.to_html().to_lowercase();
    for forbidden in ["<script", "<style", "<iframe", "<svg", "javascript:", "<img", "<form"] {
        // As text such words are escaped; as mark-up they must not be.
        assert!(!html.contains(forbidden) || forbidden == "javascript:", "{forbidden} in the output");
    }
    assert!(!html.contains("href=\"javascript:"));
}
