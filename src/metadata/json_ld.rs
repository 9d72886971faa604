//! schema.org data in scripts: what most pages of news say best.
//!
//! A page's scripts describe many things: the article, the site, people, the cards of other articles. Only what
//! stands where a page speaks of itself is looked at (the root, `@graph`, arrays of these, `mainEntity`), never
//! lists of items, and of several articles only the one whose address or headline is the page's.

use super::survey::is_json_ld;
use super::title::agree;
use crate::tree::html::token::{Raw, Reading, cook_text};
use crate::tree::tag::Tag;
use crate::tree::{NodeId, Tree};
use serde_json::{Deserializer, Map, Value};
use std::collections::HashMap;

/// What structured data say about the article.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub(super) kind: Option<String>,
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) description: Option<String>,
    pub(super) image: Option<String>,
    pub(super) body_bytes: usize,
}

/// What is known of the page without its structured data: of several articles it picks the right one.
#[derive(Debug, Default)]
pub(super) struct Page<'a> {
    pub(super) addresses: Vec<&'a str>,
    pub(super) titles: Vec<&'a str>,
}

/// Longer scripts hold whole sites; the longest of an article in the judged pages has 300 KB.
const LONGEST_SCRIPT_BYTES: usize = 2 << 20;
/// As many entities at the top of a page's data are looked at.
const MOST_ENTITIES: usize = 500;
/// A list of authors or types that is longer is none.
const MOST_IN_LIST: usize = 32;
/// Lists may hold objects that hold lists; nothing that is meant stands deeper.
const DEEPEST: usize = 4;

/// What the scripts say about the page's article.
pub(super) fn read(tree: &Tree<'_>, scripts: &[NodeId], page: &Page<'_>) -> Data {
    let mut values = Vec::new();
    let mut left = LONGEST_SCRIPT_BYTES;
    for &script in scripts {
        if let Some(text) = script_text(tree, script).filter(|text| text.len() <= left) {
            left -= text.len();
            values.extend(parse(text));
        }
    }
    of_values(&values, page)
}

/// The longest text of an article that stands in the scripts of a page, references decoded: for pages that
/// draw their text from there and hold it nowhere else; and the script.
pub(crate) fn article_body(tree: &Tree<'_>) -> Option<(String, NodeId)> {
    let mut longest: Option<(String, NodeId)> = None;
    for (id, node) in tree.telling() {
        if node.tag != Tag::Script || !is_json_ld(tree, id) {
            continue;
        }
        let Some(text) = script_text(tree, id)
            .filter(|text| text.len() <= LONGEST_SCRIPT_BYTES && text.contains("articleBody"))
        else {
            continue;
        };
        let values = parse(text);
        for entity in entities(&values) {
            if let Some(body) = entity.get("articleBody").and_then(Value::as_str)
                && longest.as_ref().is_none_or(|(longest, _)| longest.len() < body.len())
            {
                longest = Some((decoded(body), id));
            }
        }
    }
    longest.filter(|(body, _)| !body.trim().is_empty())
}

pub(super) fn script_text<'t>(tree: &'t Tree<'_>, script: NodeId) -> Option<&'t str> {
    let child = tree.descendants(script).next()?;
    Some(tree.text(tree.node(child)))
}

/// The values of a script: one as a rule, several where a page forgot to part them, none if nothing can be read.
fn parse(text: &str) -> Vec<Value> {
    let text = without_wrapping(text);
    let (values, is_whole) = read_values(text);
    if is_whole {
        return values;
    }
    let mended = mend(text);
    let (mended_values, _) = read_values(&mended);
    if mended_values.is_empty() { values } else { mended_values }
}

/// The values up to the first error, and whether there was none.
fn read_values(text: &str) -> (Vec<Value>, bool) {
    let mut values = Vec::new();
    for value in Deserializer::from_str(text).into_iter::<Value>() {
        match value {
            Ok(value) => values.push(value),
            // Deep nesting is an error too: serde_json stops at 128.
            Err(_) => return (values, false),
        }
    }
    let is_whole = !values.is_empty();
    (values, is_whole)
}

/// A script without the comment or CDATA section around its data.
fn without_wrapping(text: &str) -> &str {
    const OPENERS: &[&str] = &[
        "\u{feff}",
        "<!--",
        "//<![CDATA[",
        "// <![CDATA[",
        "/*<![CDATA[*/",
        "/* <![CDATA[ */",
        "<![CDATA[",
        "//",
    ];
    const CLOSERS: &[&str] = &["-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";", "//"];
    let mut text = text.trim();
    while let Some(rest) = OPENERS.iter().find_map(|opener| text.strip_prefix(opener)) {
        text = rest.trim_start();
    }
    while let Some(rest) = CLOSERS.iter().find_map(|closer| text.strip_suffix(closer)) {
        text = rest.trim_end();
    }
    text
}

/// Makes JSON of what pages write instead: line breaks and lone quotes inside strings, commas before a
/// bracket, references in place of quotes, escapes that do not exist.
fn mend(text: &str) -> String {
    let decoded;
    let text = if !text.contains('"') && text.contains("&quot;") {
        decoded = decode_references(text);
        decoded.as_str()
    } else {
        text
    };
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.char_indices().peekable();
    let mut in_string = false;
    while let Some((at, c)) = chars.next() {
        if in_string {
            match c {
                '"' if ends_string(&text[at + 1..]) => {
                    in_string = false;
                    out.push('"');
                }
                '"' => out.push_str("\\\""),
                '\\' => match chars.peek().map(|(_, next)| *next) {
                    Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                        chars.next();
                        out.push('\\');
                        out.push(next);
                    }
                    Some('u')
                        if text[at + 2..].bytes().take(4).filter(u8::is_ascii_hexdigit).count() == 4 =>
                    {
                        out.push('\\')
                    }
                    _ => {}
                },
                '\n' | '\r' | '\t' => out.push(' '),
                c if c < ' ' => {}
                c => out.push(c),
            }
            continue;
        }
        match c {
            '"' => {
                in_string = true;
                out.push('"');
            }
            ',' => {
                let next = text[at + 1..].trim_start().chars().next();
                if !matches!(next, Some('}' | ']' | ',') | None) {
                    out.push(',');
                }
            }
            c if c < ' ' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Whether a quote ends its string: a comma, colon or bracket must follow.
fn ends_string(rest: &str) -> bool {
    /// White space between a string and what follows it; more is no sign of a good end.
    const FAR: usize = 200;
    let mut after = rest.bytes().take(FAR).skip_while(u8::is_ascii_whitespace);
    match after.next() {
        None | Some(b'}' | b']' | b':') => true,
        // `"He said "no", then left"`: behind a comma that parts values a quote, bracket or number begins the next.
        Some(b',') => {
            matches!(
                after.find(|b| !b.is_ascii_whitespace()),
                Some(b'"' | b'{' | b'[' | b',' | b'0'..=b'9' | b'-' | b't' | b'f' | b'n' | b'}' | b']')
                    | None
            )
        }
        _ => false,
    }
}

/// What entities a page's data name at the top.
fn entities(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut waiting: Vec<(&Value, usize)> = values.iter().rev().map(|value| (value, 0)).collect();
    while let Some((value, depth)) = waiting.pop() {
        if found.len() >= MOST_ENTITIES || depth > DEEPEST {
            continue;
        }
        match value {
            Value::Array(all) => {
                waiting.extend(all.iter().take(MOST_ENTITIES).rev().map(|value| (value, depth + 1)))
            }
            Value::Object(object) => {
                found.push(object);
                for key in ["mainEntity", "mainEntityOfPage", "@graph"] {
                    if let Some(inner @ (Value::Object(_) | Value::Array(_))) = object.get(key) {
                        waiting.push((inner, depth + 1));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn of_values(values: &[Value], page: &Page<'_>) -> Data {
    let entities = entities(values);
    let ids = by_id(&entities);
    let mut data = Data::default();
    let mut articles: Vec<&Map<String, Value>> = Vec::new();
    let mut pages: Vec<&Map<String, Value>> = Vec::new();
    for &entity in &entities {
        match types(entity).map(rank).max() {
            Some(Rank::Article) => articles.push(entity),
            Some(Rank::Page) => pages.push(entity),
            _ => {}
        }
    }
    let article = pick(&articles, page);
    if let Some(article) = article {
        data.describe(article, &ids);
    }
    if let Some(about) = pick(&pages, page) {
        // Several articles of which none is this page's: the page's own dates are still its own.
        data.describe_page(about, &ids);
    }
    if data.publisher.is_none() {
        data.publisher = site_name(&entities);
    }
    if data.kind.is_none() {
        data.kind = pages.first().and_then(|page| types(page).next()).map(str::to_owned);
    }
    data
}

/// The name of the `WebSite` that the data speak of, if of one only.
fn site_name(entities: &[&Map<String, Value>]) -> Option<String> {
    let mut names = entities
        .iter()
        .filter(|entity| types(entity).any(|kind| kind == "WebSite"))
        .filter_map(|site| string(site.get("name")));
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

impl Data {
    fn describe(&mut self, article: &Map<String, Value>, ids: &Ids<'_>) {
        self.kind = types(article).max_by_key(|kind| rank(kind)).map(str::to_owned);
        self.headline = string(article.get("headline")).or_else(|| string(article.get("name")));
        self.published = date(article, &["datePublished", "dateCreated", "uploadDate"]);
        self.modified = date(article, &["dateModified"]);
        self.authors = ["author", "creator"]
            .iter()
            .map(|key| {
                let mut names = Vec::new();
                people(article.get(*key), ids, 0, &mut names);
                names
            })
            .find(|names| !names.is_empty())
            .unwrap_or_default();
        self.publisher = article.get("publisher").and_then(|publisher| named(publisher, ids));
        self.url = address(article.get("url"))
            .or_else(|| address(article.get("mainEntityOfPage")))
            .or_else(|| address(article.get("@id")));
        self.language = language(article.get("inLanguage"));
        self.description = string(article.get("description"));
        self.image =
            image(article.get("image"), ids, 0).or_else(|| image(article.get("thumbnailUrl"), ids, 0));
        self.body_bytes = article.get("articleBody").and_then(Value::as_str).map_or(0, str::len);
    }

    /// What a `WebPage` may add: dates and what is not the article's alone.
    fn describe_page(&mut self, page: &Map<String, Value>, ids: &Ids<'_>) {
        if self.published.is_none() {
            self.published = date(page, &["datePublished", "dateCreated"]);
        }
        if self.modified.is_none() {
            self.modified = date(page, &["dateModified"]);
        }
        if self.language.is_none() {
            self.language = language(page.get("inLanguage"));
        }
        if self.description.is_none() {
            self.description = string(page.get("description"));
        }
        if self.publisher.is_none() {
            self.publisher = page.get("publisher").and_then(|publisher| named(publisher, ids));
        }
        if self.image.is_none() {
            self.image = image(page.get("primaryImageOfPage"), ids, 0);
        }
    }
}

/// What a type is to a page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Other,
    Product,
    Listing,
    Page,
    Article,
}

fn rank(kind: &str) -> Rank {
    match kind {
        "Article"
        | "NewsArticle"
        | "BlogPosting"
        | "BlogPost"
        | "Report"
        | "ReportageNewsArticle"
        | "OpinionNewsArticle"
        | "AnalysisNewsArticle"
        | "BackgroundNewsArticle"
        | "ReviewNewsArticle"
        | "AskPublicNewsArticle"
        | "LiveBlogPosting"
        | "SatiricalArticle"
        | "AdvertiserContentArticle"
        | "ScholarlyArticle"
        | "MedicalScholarlyArticle"
        | "TechArticle"
        | "APIReference"
        | "SocialMediaPosting"
        | "DiscussionForumPosting"
        | "Recipe"
        | "HowTo"
        | "Review"
        | "CriticReview"
        | "NewsItem" => Rank::Article,
        "WebPage" | "ItemPage" | "AboutPage" | "FAQPage" | "QAPage" | "MedicalWebPage" | "ProfilePage"
        | "ContactPage" | "RealEstateListing" => Rank::Page,
        "CollectionPage" | "SearchResultsPage" | "ItemList" | "Blog" => Rank::Listing,
        "Product" | "ProductGroup" | "Offer" => Rank::Product,
        _ => Rank::Other,
    }
}

/// The types of an entity without their schema's address.
fn types(entity: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let all: &[Value] = match entity.get("@type") {
        Some(Value::Array(all)) => all,
        Some(one) => core::slice::from_ref(one),
        None => &[],
    };
    all.iter()
        .take(MOST_IN_LIST)
        .filter_map(Value::as_str)
        .map(|kind| kind.rsplit(['/', '#', ':']).next().unwrap_or(kind))
}

/// Of several articles the one that is the page's; one alone is taken unless it says to be another page.
fn pick<'v>(all: &[&'v Map<String, Value>], page: &Page<'_>) -> Option<&'v Map<String, Value>> {
    let addressed = |entity: &&&Map<String, Value>| {
        let keys = ["url", "mainEntityOfPage", "@id"];
        keys.iter()
            .filter_map(|key| address(entity.get(*key)))
            .any(|own| page.addresses.iter().any(|page| same_page(&own, page)))
    };
    let titled = |entity: &&&Map<String, Value>| {
        let headline = string(entity.get("headline")).or_else(|| string(entity.get("name")));
        headline.is_some_and(|headline| page.titles.iter().any(|title| agree(&headline, title)))
    };
    let both = all.iter().find(|entity| titled(entity) && addressed(entity));
    let found = both.or_else(|| all.iter().find(titled)).or_else(|| {
        // An address that several share is that of the site.
        let mut found = all.iter().filter(addressed);
        let first = found.next();
        first.filter(|first| found.next().is_none() || all.first() == Some(first))
    });
    match (found, all) {
        (Some(found), _) => Some(found),
        (None, [only]) => Some(only),
        _ => None,
    }
}

/// Whether two addresses lead to one page: scheme, `www`, queries and slashes at the end aside.
fn same_page(one: &str, other: &str) -> bool {
    fn bare(address: &str) -> &str {
        let address = address.split_once("://").map_or(address, |(_, rest)| rest);
        let address = address.strip_prefix("www.").unwrap_or(address);
        address.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/')
    }
    let (one, other) = (bare(one), bare(other));
    one.contains('/') && one == other
}

type Ids<'v> = HashMap<&'v str, &'v Map<String, Value>>;

/// Entities by their `@id`, which others refer to.
fn by_id<'v>(entities: &[&'v Map<String, Value>]) -> Ids<'v> {
    let mut ids = Ids::new();
    for entity in entities {
        if let Some(id) = entity.get("@id").and_then(Value::as_str)
            && entity.len() > 1
            && (entity.contains_key("name") || !ids.contains_key(id))
        {
            ids.insert(id, entity);
        }
    }
    ids
}

/// The entity itself, or the one that it refers to.
fn resolved<'v>(entity: &'v Map<String, Value>, ids: &Ids<'v>) -> &'v Map<String, Value> {
    if entity.contains_key("name") {
        return entity;
    }
    entity.get("@id").and_then(Value::as_str).and_then(|id| ids.get(id)).copied().unwrap_or(entity)
}

/// The names of people, as strings, objects or lists of these.
fn people<'v>(value: Option<&'v Value>, ids: &Ids<'v>, depth: usize, names: &mut Vec<String>) {
    if depth > DEEPEST || names.len() >= MOST_IN_LIST {
        return;
    }
    match value {
        Some(Value::Array(all)) => {
            all.iter().take(MOST_IN_LIST).for_each(|value| people(Some(value), ids, depth + 1, names))
        }
        Some(Value::String(name)) => names.push(decoded(name)),
        Some(Value::Object(entity)) => {
            let entity = resolved(entity, ids);
            match entity.get("name") {
                name @ Some(Value::String(_) | Value::Array(_) | Value::Object(_)) => {
                    people(name, ids, depth + 1, names)
                }
                _ => {
                    let part = |key| entity.get(key).and_then(Value::as_str).unwrap_or_default().trim();
                    let whole = format!("{} {}", part("givenName"), part("familyName"));
                    if !whole.trim().is_empty() {
                        names.push(decoded(whole.trim()));
                    }
                }
            }
        }
        _ => {}
    }
}

/// The name of a thing given as a string, an object, a reference or a list whose first is meant.
fn named<'v>(value: &'v Value, ids: &Ids<'v>) -> Option<String> {
    match value {
        Value::String(_) => string(Some(value)),
        Value::Object(entity) => string(resolved(entity, ids).get("name")),
        Value::Array(all) => {
            all.first().filter(|first| !first.is_array()).and_then(|first| named(first, ids))
        }
        _ => None,
    }
}

/// A string that is not empty, references decoded, white space collapsed; the first of a list.
fn string(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text,
        Value::Array(all) => all.first()?.as_str()?,
        // Language-tagged values.
        Value::Object(object) => object.get("@value")?.as_str()?,
        _ => return None,
    };
    let text = super::survey::collapsed(&decoded(text));
    (!text.is_empty()).then_some(text)
}

/// A date under one of these keys; numbers are seconds.
fn date(entity: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match entity.get(*key)? {
        Value::Number(number) => Some(number.to_string()),
        other => string(Some(other)),
    })
}

/// An address given as a string, or as an object that has one.
fn address(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(address) => Some(address.trim().to_owned()).filter(|address| !address.is_empty()),
        Value::Object(object) => ["@id", "url"]
            .iter()
            .find_map(|key| object.get(*key)?.as_str())
            .map(|address| address.trim().to_owned()),
        _ => None,
    }
}

fn image<'v>(value: Option<&'v Value>, ids: &Ids<'v>, depth: usize) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    match value? {
        Value::String(address) => Some(address.trim().to_owned()).filter(|address| !address.is_empty()),
        Value::Array(all) => {
            all.iter().take(MOST_IN_LIST).find_map(|value| image(Some(value), ids, depth + 1))
        }
        Value::Object(object) => {
            let object = if object.contains_key("url") || object.contains_key("contentUrl") {
                object
            } else {
                object
                    .get("@id")
                    .and_then(Value::as_str)
                    .and_then(|id| ids.get(id))
                    .copied()
                    .unwrap_or(object)
            };
            ["url", "contentUrl"].iter().find_map(|key| image(object.get(*key), ids, depth + 1))
        }
        _ => None,
    }
}

fn language(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Object(object) => ["alternateName", "name"].iter().find_map(|key| string(object.get(*key))),
        other => string(Some(other)),
    }
}

/// Text with its character references decoded: twice, since pages escape for HTML what they escaped before.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let once = decode_references(text);
    if once.contains('&') { decode_references(&once) } else { once }
}

pub(super) fn decode_references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    match u32::try_from(text.len()) {
        Ok(end) => cook_text(text, Raw { start: 0, end, cooked: true, reading: Reading::Data }, &mut out),
        Err(_) => out.push_str(text),
    }
    out
}

#[cfg(test)]
mod tests;
