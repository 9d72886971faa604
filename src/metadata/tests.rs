use super::*;
use crate::Extractor;
use crate::label::Label;
use crate::limits::Limits;
use proptest::prelude::*;

/// What is known of a page after both steps, with blocks labelled by hand: all others are the text.
fn labelled(page: &Page<'_>, labels: &[(&str, Label)], guess_date: bool) -> Metadata {
    let tree = Tree::of(page, &Limits::default());
    let blocks = crate::block::split(&tree, &Limits::default(), &mut Vec::new(), Default::default());
    let mut metadata = read(page, &tree);
    let verdicts: Vec<Verdict> = blocks
        .records
        .iter()
        .map(|record| {
            let text = blocks.text_of(record);
            let label = labels
                .iter()
                .find(|(begin, _)| text.starts_with(begin))
                .map_or(Label::Body, |(_, label)| *label);
            Verdict {
                label,
                score: 0.5,
                rule: "by-hand",
                detail: "".into(),
                is_kept: label.is_kept_by_default(),
                is_joined: false,
            }
        })
        .collect();
    complete(&mut metadata, page, &tree, &blocks, &verdicts, guess_date);
    metadata
}

const PROSE: &str = "The harbour was closed on Monday after a ship ran aground at the mouth of the river, and the port \
    authority said that it would stay closed until the end of the week. Nobody was hurt when the vessel left the channel in \
    thick fog, but its owners have been told to pay for the tugs that came from three towns along the coast on April 11, 2025.";

#[test]
fn markdown_gives_its_heading_dateline_and_source() {
    let source = format!(
        "# Ship aground\n\nApril 22, 2025\n\nA ship. **Jane Doe / AP / TASS**\n\n{PROSE}\n\nOriginal url:\n\n<https://a.org/2025/04/22/ship>\n"
    );
    let metadata = labelled(
        &Page::markdown(source),
        &[
            ("Ship aground", Label::Title),
            ("Original", Label::Source),
            ("<http", Label::Source),
            ("http", Label::Source),
        ],
        false,
    );
    assert_eq!(metadata.title(), Some("Ship aground"));
    assert_eq!(metadata.published(), Some("2025-04-22"));
    assert_eq!(metadata.url(), Some("https://a.org/2025/04/22/ship"));
    assert_eq!(metadata.language(), Some("en"));
    assert!(metadata.authors().is_empty());
}

#[test]
fn cards_and_captions_give_neither_author_nor_date() {
    let source = format!(
        "Ship aground: what we know\n\n{PROSE}\n\nSource link\n\n  • Related Posts\n\nYou Missed\n\nStorm tonight\n\n• By admin\n• June 6, 2025\n• 2 views\nStorm tonight\n"
    );
    let labels = [
        ("Ship aground", Label::Title),
        ("Source link", Label::Source),
        ("Related", Label::Related),
        ("You Missed", Label::Latest),
        ("Storm", Label::Latest),
        ("By admin", Label::Latest),
        ("June", Label::Latest),
        ("2 views", Label::Counter),
    ];
    let metadata = labelled(&Page::text(source), &labels, false);
    assert_eq!(metadata.title(), Some("Ship aground: what we know"));
    assert_eq!((metadata.published(), metadata.modified(), metadata.url()), (None, None, None));
    assert!(metadata.authors().is_empty());
}

#[test]
fn the_most_trusted_source_wins() {
    let html = format!(
        r#"<html lang="en-GB"><head><title>Ship aground | Harbour Times</title><meta property="og:title" content="Ship aground">
        <meta property="og:site_name" content="Harbour Times"><meta property="article:published_time" content="2025-04-21">
        <meta name="author" content="John Roe"><meta property="og:type" content="article">
        <link rel="canonical" href="/ship"><meta property="og:image" content="/ship.jpg"><meta name="description" content="A ship &amp; a river.">
        <script type="application/ld+json">{{"@type":"NewsArticle","headline":"Ship aground","datePublished":"2025-04-22T10:30:00Z",
        "dateModified":"2025-04-23","author":["Jane Doe","Reuters"]}}</script></head>
        <body><h1>Ship aground</h1><p>By Ann Poe</p><p>April 20, 2025</p><p>{PROSE}</p></body></html>"#
    );
    let metadata =
        labelled(&Page::html(html).with_url("https://a.org/ship?x=1"), &[("Ship", Label::Title)], false);
    assert_eq!(metadata.title(), Some("Ship aground"));
    assert_eq!(metadata.authors(), ["Jane Doe"]);
    assert_eq!(metadata.published(), Some("2025-04-22T10:30:00Z"));
    assert_eq!(metadata.modified(), Some("2025-04-23"));
    assert_eq!(metadata.site(), Some("Harbour Times"));
    assert_eq!(metadata.url(), Some("https://a.org/ship"));
    assert_eq!(metadata.image(), Some("https://a.org/ship.jpg"));
    assert_eq!(metadata.description(), Some("A ship & a river."));
    assert_eq!(metadata.language(), Some("en"));
    assert_eq!(metadata.page_type(), Some("NewsArticle"));
}

#[test]
fn lines_between_title_and_text_give_author_and_dates() {
    let html = format!(
        "<h1>Ship aground</h1><p>By Jane Doe and John Roe</p><p>Published April 22, 2025 | Updated April 23, 2025</p><p>{PROSE}</p>\
         <div>By Ann Poe</div><div>June 6, 2025</div>"
    );
    let metadata = labelled(
        &Page::html(html),
        &[("Ship", Label::Title), ("By Ann", Label::Related), ("June", Label::Related)],
        false,
    );
    assert_eq!(metadata.authors(), ["Jane Doe", "John Roe"]);
    assert_eq!(metadata.published(), Some("2025-04-22"));
    assert_eq!(metadata.modified(), Some("2025-04-23"));
}

#[test]
fn the_dateline_may_stand_behind_the_deck() {
    let html = format!(
        "<h1>Ship aground</h1><p>{PROSE}</p><p>Jane Doe | Senior Writer | April 22, 2025</p><p>{PROSE}</p><p>June 6, 2025</p>"
    );
    let metadata = labelled(&Page::html(html), &[("Ship", Label::Title)], false);
    assert_eq!(metadata.authors(), ["Jane Doe"]);
    assert_eq!(metadata.published(), Some("2025-04-22"));
    let cards = format!("<h1>Ship aground</h1><p>{PROSE}</p><p>Storm tonight</p><p>June 6, 2025</p>");
    let metadata = labelled(&Page::html(cards), &[("Ship", Label::Title)], false);
    assert_eq!((metadata.authors().len(), metadata.published()), (0, None));
}

#[test]
fn marked_elements_count_near_the_title_only() {
    let cards = r#"<div class="card"><a href="/storm"><time datetime="2025-06-06">June 6</time><span class="author">Ann Poe</span></a></div>"#;
    let near = format!(
        r#"<h1>Ship aground</h1><a rel="author" href="/jane">Jane Doe</a><time datetime="2025-04-22T10:30:00Z">Tuesday</time><p>{PROSE}</p>{cards}"#
    );
    let metadata = labelled(&Page::html(near), &[], false);
    assert_eq!(metadata.authors(), ["Jane Doe"]);
    assert_eq!(metadata.published(), Some("2025-04-22T10:30:00Z"));
    let far = format!(
        "<h1>Ship aground</h1><p>{PROSE}</p>{cards}<aside><time datetime=\"2025-06-06\">x</time></aside>"
    );
    let metadata = labelled(&Page::html(far), &[], false);
    assert_eq!((metadata.authors().len(), metadata.published()), (0, None));
}

#[test]
fn a_time_that_is_said_to_be_an_update_is_no_date_of_publication() {
    let html = format!(
        "<h1>Ship aground</h1><p>Updated: <time datetime=\"2025-04-23\">Wednesday</time></p><p>{PROSE}</p>"
    );
    let metadata = labelled(&Page::html(html), &[], false);
    assert_eq!((metadata.published(), metadata.modified()), (None, Some("2025-04-23")));
}

#[test]
fn the_address_gives_a_date_only_if_a_guess_is_asked_for() {
    let html = format!("<h1>Ship aground</h1><p>{PROSE}</p>");
    let page = Page::html(html).with_url("https://a.org/2025/04/22/ship");
    assert_eq!(labelled(&page, &[], false).published(), None);
    assert_eq!(labelled(&page, &[], true).published(), Some("2025-04-22"));
}

#[test]
fn a_change_before_the_publication_is_none() {
    let html = r#"<meta property="article:published_time" content="2025-04-22"><meta property="article:modified_time" content="2025-04-01">"#;
    assert_eq!(labelled(&Page::html(html), &[], false).modified(), None);
}

#[test]
fn the_site_is_not_its_own_author() {
    for (author, site, expected) in [
        ("Harbour Times", "Harbour Times", &[][..]),
        ("The Harbour Times", "Harbour Times", &[]),
        ("Harbour-Times", "harbour-times.com", &[]),
        ("HT", "Harbour Times", &["HT"]),
        ("LTO", "Legal Tribune Online", &[]),
        ("a.org", "Harbour Times", &[]),
        ("Jane Doe, Harbour Times", "Harbour Times", &["Jane Doe"]),
        ("Jane Doe", "Harbour Times", &["Jane Doe"]),
    ] {
        let html = format!(
            r#"<meta name="author" content="{author}"><meta property="og:site_name" content="{site}">"#
        );
        let page = Page::html(html).with_url("https://a.org/ship");
        assert_eq!(labelled(&page, &[], false).authors(), expected, "{author}");
    }
}

#[test]
fn empty_pages_give_nothing() {
    for page in [
        Page::html(""),
        Page::markdown(""),
        Page::text(""),
        Page::html("<html><head></head><body></body></html>"),
    ] {
        assert_eq!(labelled(&page, &[], true), Metadata::default());
    }
}

proptest! {
    #[test]
    fn no_heap_of_tags_makes_the_chapter_fail(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("<h1>"), Just("</h1>"), Just("<title>"), Just("</title>"), Just("<time datetime=2025-04-22>"), Just("</time>"),
                Just("<meta name=author content='Jane Doe'>"), Just("<meta property=og:title content='Ship'>"), Just("By Jane Doe"),
                Just("<span itemprop=author itemscope>"), Just("<span itemprop=name>"), Just("</span>"), Just("<a rel=author>"),
                Just("<script type=application/ld+json>{\"@type\":\"Article\",\"author\":["), Just("]}</script>"), Just("April 22, 2025"),
                Just("<p>"), Just("é 文"), Just("<link rel=canonical href='/x'>"), Just("https://a.org/x"), Just("\0"), Just("<html lang=de>"),
            ],
            0..24,
        )
    ) {
        let html = pieces.concat();
        let first = Extractor::builder().guess_date(true).build().extract(Page::html(html.as_str()));
        let second = Extractor::builder().guess_date(true).build().extract(Page::html(html.as_str()));
        prop_assert_eq!(first.metadata(), second.metadata());
    }
}

#[test]
fn a_line_in_a_row_gives_date_site_and_author() {
    let source = format!(
        "渡口重新通航首日\n\n2024-04-12 09:26  来源：澜江晚报  记者：林若溪\n\n{PROSE}\n\n原文链接：https://a.org/ship\n"
    );
    let metadata = labelled(
        &Page::text(source),
        &[("渡口", Label::Title), ("2024", Label::Dateline), ("原文", Label::Source)],
        false,
    );
    assert_eq!(metadata.published(), Some("2024-04-12T09:26:00"));
    assert_eq!(metadata.authors(), ["林若溪"]);
    assert_eq!(metadata.site(), Some("澜江晚报"));
    assert_eq!(metadata.url(), Some("https://a.org/ship"));
}

#[test]
fn a_source_line_may_hide_its_address_behind_its_words() {
    for (line, url) in [
        ("Source: [The Herald](https://a.org/2025/ship)", Some("https://a.org/2025/ship")),
        // The door of a site is no article.
        ("Source: [The Herald](https://a.org/)", None),
        ("Source: [The Herald](https://a.org/x) and [Times](https://b.org/y)", None),
    ] {
        let source = format!("# Ship aground\n\n{PROSE}\n\n{line}\n");
        let metadata = labelled(
            &Page::markdown(source),
            &[("Ship aground", Label::Title), ("Source", Label::Source)],
            false,
        );
        assert_eq!(metadata.url(), url, "{line}");
    }
}

#[test]
fn front_matter_names_site_and_address() {
    let source = format!(
        "---\nsite: Harbour Times\ncanonical: https://a.org/ship\n---\n\n# Ship aground\n\n{PROSE}\n"
    );
    let metadata = labelled(&Page::markdown(source), &[("Ship aground", Label::Title)], false);
    assert_eq!(metadata.site(), Some("Harbour Times"));
    assert_eq!(metadata.url(), Some("https://a.org/ship"));
}
