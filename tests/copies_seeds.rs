//! Articles about one event are two stories; each is one with its own copies, however they were dressed up.
//!
//! Two of the project's own pages, and all that the folder named by `UNFURNISH_SEEDS` holds.

use std::path::{Path, PathBuf};
use unfurnish::{Clusters, Fingerprint, Index, Page, Relation, extract};

/// The body of a file, cleaned.
fn body(path: &Path) -> String {
    let source = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let page = match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => Page::html(source),
        Some("md") => Page::markdown(source),
        _ => Page::text(source),
    };
    extract(page).text().to_owned()
}

/// The first two thirds, as a site shows that wants a subscription.
fn truncated(body: &str) -> String {
    let words: Vec<&str> = body.split_inclusive(char::is_whitespace).collect();
    words[..words.len() * 2 / 3].concat() + "… Continue reading"
}

/// Other quotation marks, apostrophes and dashes, some of them as entities.
fn requoted(body: &str) -> String {
    let plain = body.replace(['“', '”'], "\"").replace(['’', '‘'], "'").replace(['–', '—'], " - ");
    plain.replacen('"', "&ldquo;", 3).replace('"', "«").replace('\'', "&#8217;")
}

/// The body on the page of another site, not cleaned.
fn furnished(body: &str) -> String {
    format!(
        "Home | News | Politics | Sport | Jobs\nThe Riverton Herald\nShare on Facebook\n\n{body}\n\nRelated Posts\n\
         Council approves new budget after marathon session\nLocal school wins national science prize\n\
         Subscribe to our newsletter and never miss a story\nAll rights reserved"
    )
}

/// The body on the page of another site, cleaned again.
fn republished(body: &str) -> String {
    let paragraphs: String =
        body.split("\n\n").map(|text| format!("<p>{}</p>", text.replace('<', "&lt;"))).collect();
    let html = format!(
        "<nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav><article><h1>Seen elsewhere</h1>\
         {paragraphs}</article><aside><h2>Related</h2><a href=/a>Council approves budget</a></aside>"
    );
    extract(Page::html(html)).text().to_owned()
}

/// Every article is one cluster with its copies, in the index as in the clusters, and no two articles are one.
fn stay_apart_and_keep_their_copies(paths: &[PathBuf]) {
    let copies: [fn(&str) -> String; 4] = [truncated, requoted, furnished, republished];
    let mut texts = Vec::new();
    for path in paths {
        let body = body(path);
        texts.extend(copies.iter().map(|copy| copy(&body)));
        texts.push(body);
    }
    let prints: Vec<Fingerprint> = texts.iter().map(|text| Fingerprint::of(text)).collect();
    let each = copies.len() + 1;
    let mut index = Index::default();
    for (id, print) in prints.iter().enumerate() {
        let found = index.insert(id, print.clone()).map(|found| found.id() / each);
        assert_eq!(found, (id % each > 0).then_some(id / each), "text {id}");
    }
    let clusters = Clusters::of(&prints);
    assert_eq!(clusters.len(), paths.len());
    for (id, place) in clusters.places().enumerate() {
        assert_eq!(place.cluster(), id / each, "text {id}");
    }
    for first in (0..prints.len()).step_by(each) {
        let relation =
            |copy: usize| prints[first + copy].measure(&prints[first + each - 1]).map(|m| m.relation());
        assert_eq!(relation(0), Some(Relation::Contained), "truncated");
        assert_eq!(relation(1), Some(Relation::Exact), "quoted in another way");
    }
}

#[test]
fn two_own_articles_stay_apart_and_keep_their_copies() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    stay_apart_and_keep_their_copies(&[seeds.join("en-scraped.md"), seeds.join("en-wire.txt")]);
}

#[test]
fn articles_from_elsewhere_stay_apart_and_keep_their_copies() {
    let Some(folder) = std::env::var_os("UNFURNISH_SEEDS") else { return };
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md" || extension == "txt"));
    paths.sort();
    assert!(paths.len() >= 2, "{} holds no articles", folder.display());
    stay_apart_and_keep_their_copies(&paths);
}
