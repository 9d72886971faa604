use super::*;
use crate::limits::Limits;
use proptest::prelude::*;

/// What a page with these scripts says, whose address and title are known.
fn of(scripts: &[&str]) -> Data {
    let html: String =
        scripts.iter().map(|json| format!("<script type=\"application/ld+json\">{json}</script>")).collect();
    let page = crate::page::Page::html(html);
    let tree = Tree::of(&page, &Limits::default());
    let survey = super::super::survey::Survey::of(&tree);
    let known =
        Page { addresses: vec!["https://www.a.org/ship"], titles: vec!["Ship aground at river mouth"] };
    read(&tree, &survey.scripts, &known)
}

const ARTICLE: &str = r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ship aground at river mouth",
    "datePublished":"2025-04-22T10:30:00+02:00","dateModified":"2025-04-23","author":{"@type":"Person","name":"Jane Doe"},
    "publisher":{"@type":"Organization","name":"Harbour Times"},"mainEntityOfPage":{"@id":"https://www.a.org/ship"},
    "image":["https://a.org/1.jpg"],"inLanguage":"en-GB","isAccessibleForFree":"False","articleBody":"The ship."}"#;

#[test]
fn an_article_tells_all_it_knows() {
    let data = of(&[ARTICLE]);
    assert_eq!(data.kind.as_deref(), Some("NewsArticle"));
    assert_eq!(data.headline.as_deref(), Some("Ship aground at river mouth"));
    assert_eq!(data.published.as_deref(), Some("2025-04-22T10:30:00+02:00"));
    assert_eq!(data.modified.as_deref(), Some("2025-04-23"));
    assert_eq!(data.authors, ["Jane Doe"]);
    assert_eq!(data.publisher.as_deref(), Some("Harbour Times"));
    assert_eq!(data.url.as_deref(), Some("https://www.a.org/ship"));
    assert_eq!(data.image.as_deref(), Some("https://a.org/1.jpg"));
    assert_eq!(data.language.as_deref(), Some("en-GB"));
    assert_eq!(data.body_bytes, 9);
}

#[test]
fn authors_are_found_in_every_shape() {
    for (author, expected) in [
        (r#""Jane Doe""#, &["Jane Doe"][..]),
        (r#"["Jane Doe","John Roe"]"#, &["Jane Doe", "John Roe"]),
        (r#"{"@type":"Person","name":"Jane Doe"}"#, &["Jane Doe"]),
        (r#"[{"@type":"Person","name":"Jane Doe"},{"name":"John Roe"}]"#, &["Jane Doe", "John Roe"]),
        (r#"{"name":["Jane Doe","John Roe"]}"#, &["Jane Doe", "John Roe"]),
        (r#"{"name":{"name":"Jane Doe"}}"#, &["Jane Doe"]),
        (r#"[[{"name":"Jane Doe"}]]"#, &["Jane Doe"]),
        (r#"{"givenName":"Jane","familyName":"Doe"}"#, &["Jane Doe"]),
        (r#"{"name":"Anne O&#039;Hara"}"#, &["Anne O'Hara"]),
        (r#"{"name":"Anne O&amp;#039;Hara"}"#, &["Anne O'Hara"]),
        (r#"{"@id":"https://a.org/#jane"}"#, &["Jane Doe"]),
        (r#"{"@id":"https://a.org/#nobody"}"#, &[]),
        (r#"{}"#, &[]),
        (r#"[]"#, &[]),
        (r#"null"#, &[]),
        (r#"12"#, &[]),
    ] {
        let json = format!(
            r#"{{"@graph":[{{"@type":"Article","headline":"Ship aground at river mouth","author":{author}}},
            {{"@type":"Person","@id":"https://a.org/#jane","name":"Jane Doe"}}]}}"#
        );
        assert_eq!(of(&[&json]).authors, expected, "{author}");
    }
}

#[test]
fn an_article_is_found_wherever_a_page_speaks_of_itself() {
    for (name, json) in [
        ("alone", ARTICLE.to_owned()),
        ("array", format!("[{ARTICLE}]")),
        ("array of arrays", format!("[[{ARTICLE}]]")),
        ("graph", format!(r#"{{"@graph":[{{"@type":"WebSite","name":"Harbour Times"}},{ARTICLE}]}}"#)),
        ("graph in an array", format!(r#"[{{"@graph":[{ARTICLE}]}}]"#)),
        ("main entity", format!(r#"{{"@type":"WebPage","mainEntity":{ARTICLE}}}"#)),
        ("main entity of a page", format!(r#"{{"@type":"WebPage","mainEntityOfPage":{ARTICLE}}}"#)),
        ("two values in one script", format!(r#"{{"@type":"WebSite"}}{ARTICLE}"#)),
        (
            "behind a person",
            format!(r#"[{{"@type":"Person","name":"John Roe","datePublished":"2001-01-01"}},{ARTICLE}]"#),
        ),
        ("several types", ARTICLE.replace(r#""NewsArticle""#, r#"["CreativeWork","NewsArticle"]"#)),
        ("a type with its address", ARTICLE.replace("NewsArticle", "http://schema.org/NewsArticle")),
        ("comment", format!("<!-- {ARTICLE} -->")),
        ("CDATA", format!("//<![CDATA[\n{ARTICLE}\n//]]>")),
        ("CDATA in a comment", format!("/*<![CDATA[*/{ARTICLE}/*]]>*/")),
        ("semicolon", format!("{ARTICLE};")),
        ("byte order mark", format!("\u{feff}{ARTICLE}")),
        (
            "comma before a bracket",
            ARTICLE.replace(r#""articleBody":"The ship.""#, r#""articleBody":"The ship.","#),
        ),
        ("two commas", ARTICLE.replace(r#","author""#, r#",,"author""#)),
        ("line break in a string", ARTICLE.replace("The ship.", "The\nship\t.")),
        ("lone quotes in a string", ARTICLE.replace("The ship.", r#"The "ship" went, "down", he said."#)),
        ("an escape that does not exist", ARTICLE.replace("The ship.", r"The \'ship\' \x")),
        ("control characters", ARTICLE.replace("The ship.", "The \u{1}ship.\u{1f}")),
        ("references for quotes", ARTICLE.replace('"', "&quot;")),
        ("more behind it", format!("{ARTICLE} window.x = 1")),
    ] {
        let data = of(&[&json]);
        assert_eq!(data.published.as_deref(), Some("2025-04-22T10:30:00+02:00"), "{name}");
        assert_eq!(data.authors, ["Jane Doe"], "{name}");
    }
    let several = of(&["{broken", r#"{"@type":"WebSite","name":"Harbour Times"}"#, ARTICLE]);
    assert_eq!(several.authors, ["Jane Doe"]);
}

#[test]
fn what_does_not_speak_of_the_page_says_nothing() {
    for (name, json) in [
        ("a list of articles", format!(r#"{{"@type":"ItemList","itemListElement":[{ARTICLE}]}}"#)),
        ("posts of a blog", format!(r#"{{"@type":"Blog","blogPost":[{ARTICLE}]}}"#)),
        ("a related link", format!(r#"{{"@type":"WebPage","relatedLink":[{ARTICLE}]}}"#)),
        ("a part", format!(r#"{{"@type":"WebPage","hasPart":[{ARTICLE}]}}"#)),
        ("a person", r#"{"@type":"Person","name":"Jane Doe","datePublished":"2025-04-22"}"#.to_owned()),
        (
            "an organisation",
            r#"{"@type":"Organization","name":"Harbour Times","datePublished":"2025-04-22"}"#.to_owned(),
        ),
        (
            "a video",
            r#"{"@type":"VideoObject","name":"Ship","uploadDate":"2025-04-22","author":"Jane Doe"}"#
                .to_owned(),
        ),
        ("several other articles", {
            let one = r#"{"@type":"Article","headline":"Storm over the mountains tonight","datePublished":"2025-01-01","author":"John Roe"}"#;
            let other = r#"{"@type":"Article","headline":"Council votes for new bridge","datePublished":"2025-01-02","author":"Ann Poe"}"#;
            format!("[{one},{other}]")
        }),
        ("broken", "{\"@type\":\"Article\",\"author\":".to_owned()),
        ("empty", String::new()),
        ("text", "hello".to_owned()),
        ("deep", format!("{}{}", "[".repeat(100_000), "]".repeat(100_000))),
        ("deep objects", r#"{"mainEntity":"#.repeat(5000)),
    ] {
        let data = of(&[&json]);
        assert_eq!((data.published, data.authors), (None, vec![]), "{name}");
    }
}

#[test]
fn of_several_articles_the_pages_own_is_taken() {
    let other = r#"{"@type":"NewsArticle","headline":"Storm over the mountains tonight","datePublished":"2025-06-06","author":"admin",
        "url":"https://www.a.org/storm"}"#;
    for order in [format!("[{other},{ARTICLE}]"), format!("[{ARTICLE},{other}]")] {
        assert_eq!(of(&[&order]).authors, ["Jane Doe"]);
    }
    let addressed = r#"[{"@type":"Article","headline":"x","url":"https://a.org/storm","author":"John Roe"},
        {"@type":"Article","headline":"y","url":"http://a.org/ship/?utm=1","author":"Jane Doe"}]"#;
    assert_eq!(of(&[addressed]).authors, ["Jane Doe"]);
}

#[test]
fn a_web_page_gives_dates_but_no_authors() {
    let data = of(&[
        r#"{"@type":"WebPage","datePublished":"2025-04-22","author":{"name":"Jane Doe"},"inLanguage":"de"}"#,
    ]);
    assert_eq!(data.published.as_deref(), Some("2025-04-22"));
    assert!(data.authors.is_empty() && data.headline.is_none());
    assert_eq!(data.language.as_deref(), Some("de"));
}

#[test]
fn the_longest_body_is_given_with_its_references_decoded() {
    let html = r#"<script type="application/ld+json">{"@type":"Article","articleBody":"Short."}</script>
        <script type="application/ld+json">{"@graph":[{"@type":"Article","articleBody":"Longer &amp; better &quot;text&quot;."}]}</script>"#;
    let page = crate::page::Page::html(html);
    let tree = Tree::of(&page, &Limits::default());
    assert_eq!(article_body(&tree).map(|found| found.0).as_deref(), Some("Longer & better \"text\"."));
    let page = crate::page::Page::html("<p>none</p>");
    assert_eq!(article_body(&Tree::of(&page, &Limits::default())), None);
}

proptest! {
    #[test]
    fn no_script_makes_the_reader_fail(json in "\\PC{0,200}") {
        let _ = of(&[&json]);
    }

    #[test]
    fn no_broken_script_makes_the_reader_fail(cut in 0usize..420, junk in "[\\[\\]{}\",:\\\\a&;<>\n]{0,6}") {
        let at = (0..=cut.min(ARTICLE.len())).rev().find(|&at| ARTICLE.is_char_boundary(at)).unwrap_or(0);
        let json = format!("{}{junk}{}", &ARTICLE[..at], &ARTICLE[at..]);
        let _ = of(&[&json]);
    }

    #[test]
    fn mending_changes_nothing_that_is_whole(text in "[a-z ,:{}\\[\\]]{0,20}", number in any::<i32>()) {
        let value = serde_json::json!({ "a": text, "b": [number, { "c": text }], "d": null });
        let written = value.to_string();
        prop_assert_eq!(serde_json::from_str::<Value>(&mend(&written)).ok(), Some(value));
    }
}
