//! One pass that notes everything in the tree that may be metadata.
//!
//! Extraction of metadata must cost little beside parsing: so there is one pass, only elements of a few
//! names are looked at closely, and what they hold is copied only up to a length that metadata have.

use super::date::{self, Kind};
use crate::tree::tag::{Attr, Tag};
use crate::tree::{Node, NodeId, Tree};

/// What was found, in document order.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// `meta` elements with a name: the name in lower case, and the content.
    pub(super) metas: Vec<(String, String)>,
    pub(super) lang: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) image: Option<String>,
    pub(super) title: Option<String>,
    pub(super) headings: Vec<Heading>,
    pub(super) scripts: Vec<NodeId>,
    /// Dates and authors that elements of the page are marked with, near and far.
    pub(super) dates: Vec<Marked>,
    pub(super) authors: Vec<Marked>,
}

/// An `h1`, or the first heading of a page that has none.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) node: NodeId,
    pub(super) text: String,
}

/// An element that is marked as a date or as an author.
#[derive(Debug)]
pub(super) struct Marked {
    pub(super) node: NodeId,
    pub(super) text: String,
    pub(super) kind: Kind,
    pub(super) mark: Mark,
    /// The nearest element around it that is an item of its own.
    pub(super) scope: Option<NodeId>,
    /// Whether it stands in a place where the article does not: `aside`, `footer`, `nav`, inside a link.
    pub(super) is_aside: bool,
}

/// How an element says what it holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mark {
    /// `itemprop`.
    Property,
    /// `rel=author`.
    Rel,
    /// The name of a class.
    Class,
    /// A `time` element.
    Time,
}

/// The longest name, title or description that is worth a copy; longer ones are texts.
const LONGEST_CONTENT_BYTES: usize = 4096;
/// A page with more metas is made to waste time.
const MOST_METAS: usize = 1000;
/// Pages have up to a dozen scripts of data; more are cards of products.
const MOST_SCRIPTS: usize = 64;
/// Pages that mark every comment's date have thousands; the article's stands near its title.
const MOST_MARKED: usize = 64;
/// The first heading is the title in nearly all pages; a few have their logo in one before it.
const MOST_HEADINGS: usize = 6;
/// Headings are shorter; what is longer is an `h1` that was never closed.
const LONGEST_HEADING_BYTES: usize = 600;

impl Survey {
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut survey = Self::default();
        let mut first_heading = None;
        for (id, node) in tree.telling() {
            match node.tag {
                Tag::Html if survey.lang.is_none() => {
                    survey.lang = content(tree, id, Attr::Lang).or_else(|| content(tree, id, Attr::XmlLang));
                }
                Tag::Meta => survey.meta(tree, id),
                Tag::Link => survey.link(tree, id),
                Tag::Title => {
                    let is_foreign = tree.node(node.parent).tag == Tag::Svg
                        || tree.node(node.parent).tag == Tag::Other && node.parent != 0;
                    if survey.title.is_none() && !is_foreign {
                        survey.title = text(tree, id, node, LONGEST_CONTENT_BYTES);
                    }
                }
                Tag::Script => survey.script(tree, id),
                Tag::H1 if survey.headings.len() < MOST_HEADINGS => {
                    if let Some(text) = text(tree, id, node, LONGEST_HEADING_BYTES) {
                        survey.headings.push(Heading { node: id, text });
                    }
                }
                Tag::H2 | Tag::H3 if first_heading.is_none() => first_heading = Some(id),
                Tag::Time => survey.time(tree, id, node),
                Tag::A
                | Tag::Span
                | Tag::Div
                | Tag::P
                | Tag::Address
                | Tag::Li
                | Tag::Em
                | Tag::Strong
                | Tag::B
                | Tag::I
                | Tag::Cite
                | Tag::Section
                | Tag::Header
                | Tag::Small
                    if tree.has_attributes(node) =>
                {
                    survey.marked(tree, id, node)
                }
                _ => {}
            }
        }
        // A fragment without a head has no title but what stands above its text: a heading behind prose heads a part.
        let is_fragment = survey.title.is_none() && survey.metas.is_empty();
        if survey.headings.is_empty()
            && let Some(id) = first_heading.filter(|id| !(is_fragment && is_behind_prose(tree, *id)))
            && let Some(text) = text(tree, id, tree.node(id), LONGEST_HEADING_BYTES)
        {
            survey.headings.push(Heading { node: id, text });
        }
        survey
    }

    fn meta(&mut self, tree: &Tree<'_>, id: NodeId) {
        let Some(content) = content(tree, id, Attr::Content) else { return };
        for attr in [Attr::Property, Attr::Name, Attr::HttpEquiv] {
            if let Some(name) = tree.attribute(id, attr)
                && self.metas.len() < MOST_METAS
            {
                self.metas.push((name.trim().to_ascii_lowercase(), content.clone()));
            }
        }
        if let Some(name) = tree.attribute(id, Attr::Itemprop) {
            let name = name.trim().to_ascii_lowercase();
            let is_in_head = tree.node(tree.node(id).parent).tag == Tag::Head;
            if is_in_head && self.metas.len() < MOST_METAS {
                self.metas.push((name, content));
            } else if let Some(kind) = kind_of_property(&name) {
                self.mark_date(tree, id, content, kind, Mark::Property);
            }
        }
    }

    fn link(&mut self, tree: &Tree<'_>, id: NodeId) {
        let Some(rel) = tree.attribute(id, Attr::Rel) else { return };
        let rel = rel.trim();
        if rel.eq_ignore_ascii_case("canonical") && self.canonical.is_none() {
            self.canonical = content(tree, id, Attr::Href);
        } else if rel.eq_ignore_ascii_case("image_src") && self.image.is_none() {
            self.image = content(tree, id, Attr::Href);
        }
    }

    fn script(&mut self, tree: &Tree<'_>, id: NodeId) {
        if is_json_ld(tree, id) && self.scripts.len() < MOST_SCRIPTS {
            self.scripts.push(id);
        }
    }

    fn time(&mut self, tree: &Tree<'_>, id: NodeId, node: &Node) {
        if self.dates.len() >= MOST_MARKED {
            return;
        }
        let property =
            tree.attribute(id, Attr::Itemprop).and_then(|name| kind_of_property(&name.to_ascii_lowercase()));
        let class = tree.attribute(id, Attr::Class).and_then(|class| kind_of_class(&class));
        let before = || words_before(tree, id).and_then(|text| date::kind_of_phrase(&text));
        let kind = property.or(class).or_else(before).unwrap_or(Kind::Unsaid);
        let mark = if property.is_some() { Mark::Property } else { Mark::Time };
        let value = content(tree, id, Attr::Datetime).or_else(|| content(tree, id, Attr::Content));
        if let Some(text) = value.or_else(|| text(tree, id, node, 200)) {
            self.mark_date(tree, id, text, kind, mark);
        }
    }

    /// An element that says by `itemprop`, `rel` or its class that it is a date or an author.
    fn marked(&mut self, tree: &Tree<'_>, id: NodeId, node: &Node) {
        if let Some(name) = tree.attribute(id, Attr::Itemprop) {
            let name = name.trim().to_ascii_lowercase();
            if let Some(kind) = kind_of_property(&name) {
                let value = content(tree, id, Attr::Content).or_else(|| content(tree, id, Attr::Datetime));
                if let Some(text) = value.or_else(|| text(tree, id, node, 200)) {
                    self.mark_date(tree, id, text, kind, Mark::Property);
                }
            } else if matches!(name.as_str(), "author" | "author creator" | "creator") {
                self.mark_author(tree, id, node, Mark::Property);
            }
            return;
        }
        if node.tag == Tag::A
            && tree
                .attribute(id, Attr::Rel)
                .is_some_and(|rel| rel.split_whitespace().any(|r| r.eq_ignore_ascii_case("author")))
        {
            self.mark_author(tree, id, node, Mark::Rel);
            return;
        }
        if self.authors.len() < MOST_MARKED
            && tree.attribute(id, Attr::Class).is_some_and(|class| has_author_class(&class))
        {
            self.mark_author(tree, id, node, Mark::Class);
        }
    }

    fn mark_date(&mut self, tree: &Tree<'_>, node: NodeId, text: String, kind: Kind, mark: Mark) {
        if self.dates.len() < MOST_MARKED {
            let (scope, is_aside) = place(tree, node);
            self.dates.push(Marked { node, text, kind, mark, scope, is_aside });
        }
    }

    fn mark_author(&mut self, tree: &Tree<'_>, id: NodeId, node: &Node, mark: Mark) {
        if self.authors.len() >= MOST_MARKED {
            return;
        }
        // A person as an item of its own names itself in a part: the rest is portrait, role and links.
        let named = tree.descendants(id).take(60).find(|child| {
            tree.attribute(*child, Attr::Itemprop)
                .is_some_and(|name| name.trim().eq_ignore_ascii_case("name"))
        });
        let found = match named {
            Some(child) => {
                content(tree, child, Attr::Content).or_else(|| text(tree, child, tree.node(child), 300))
            }
            None => text(tree, id, node, 300),
        };
        if let Some(text) = found {
            let (scope, is_aside) = place(tree, id);
            self.authors.push(Marked { node: id, text, kind: Kind::Unsaid, mark, scope, is_aside });
        }
    }
}

/// Whether a part of the article's text stands before a node.
fn is_behind_prose(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.nodes()[..id as usize].iter().any(|node| node.tag == Tag::Text && is_prose(tree, node))
}

/// Whether a text is long enough to be a part of the article's.
fn is_prose(tree: &Tree<'_>, node: &Node) -> bool {
    /// Shorter first blocks are kickers, bylines and datelines.
    const LEAST_PROSE_BYTES: usize = 120;
    let is_seen =
        || !matches!(tree.node(node.parent).tag, Tag::Script | Tag::Style | Tag::Title | Tag::Noscript);
    tree.text_length(node) >= LEAST_PROSE_BYTES && is_seen()
}

/// Whether a script holds structured data.
pub(super) fn is_json_ld(tree: &Tree<'_>, id: NodeId) -> bool {
    tree.attribute(id, Attr::Type).is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/ld+json") || kind.eq_ignore_ascii_case("application/json+ld")
    })
}

/// An attribute's value with its white space collapsed; `None` if empty or too long.
fn content(tree: &Tree<'_>, id: NodeId, name: Attr) -> Option<String> {
    let value = tree.attribute(id, name)?;
    if value.len() > LONGEST_CONTENT_BYTES {
        return None;
    }
    let value = collapsed(&value);
    (!value.is_empty()).then_some(value)
}

/// The text of an element with its white space collapsed; `None` if empty or longer than `most` bytes.
fn text(tree: &Tree<'_>, id: NodeId, node: &Node, most: usize) -> Option<String> {
    let mut all = String::new();
    let mut at = id + 1;
    while at < node.end() {
        let child = tree.node(at);
        if matches!(
            child.tag,
            Tag::Script | Tag::Style | Tag::Svg | Tag::Noscript | Tag::Template | Tag::Button
        ) {
            at = child.end();
            continue;
        }
        if child.tag == Tag::Text {
            all.push_str(tree.text(child));
        } else if matches!(child.tag, Tag::Br | Tag::P | Tag::Div | Tag::Li | Tag::Ul | Tag::Section) {
            all.push(' ');
        }
        if all.len() > most * 2 {
            return None;
        }
        at += 1;
    }
    let all = collapsed(&all);
    (!all.is_empty() && all.len() <= most).then_some(all)
}

/// Text with single spaces for all white space and without marks that are not seen.
pub(super) fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() && memchr::memchr(0, word.as_bytes()).is_none() {
            out.push_str(word);
        } else {
            out.extend(word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\0')));
        }
    }
    out
}

/// The text right before an element, where a page writes "Updated:".
fn words_before(tree: &Tree<'_>, id: NodeId) -> Option<String> {
    /// `<span>Updated:</span> <span><time>` has its words three nodes ahead.
    const REACH: NodeId = 4;
    (1..=REACH.min(id)).map(|back| tree.node(id - back)).take_while(|node| node.tag != Tag::Time).find_map(
        |node| {
            let text = tree.text(node).trim();
            (!text.is_empty() && text.len() < 60).then(|| text.to_owned())
        },
    )
}

fn kind_of_property(name: &str) -> Option<Kind> {
    name.split_whitespace().find_map(|name| match name {
        "datepublished" | "datecreated" | "pubdate" => Some(Kind::Published),
        "datemodified" | "dateupdated" => Some(Kind::Modified),
        _ => None,
    })
}

/// What the classes of a `time` say: WordPress has `published`, `entry-date` and `updated`.
fn kind_of_class(class: &str) -> Option<Kind> {
    let mut kind = None;
    for name in class.split_whitespace() {
        let name = name.to_ascii_lowercase();
        if name.contains("publish") || name == "entry-date" || name == "pubdate" || name.contains("posted") {
            // "entry-date published updated": never changed since.
            return Some(Kind::Published);
        }
        if name.contains("updated") || name.contains("modified") {
            kind = Some(Kind::Modified);
        }
    }
    kind
}

/// Whether one of the classes is an author's; nearly all have none of the two words, which is quickly seen.
fn has_author_class(class: &str) -> bool {
    let bytes = class.as_bytes();
    memchr::memchr2_iter(b'u', b'y', bytes)
        .any(|at| bytes[at..].starts_with(b"uthor") || bytes[at..].starts_with(b"yline"))
        && class.split_whitespace().any(is_author_class)
}

/// Whole names of classes that hold an author's name, and little else.
fn is_author_class(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "author",
        "author-name",
        "author__name",
        "author_name",
        "authorname",
        "byline",
        "byline__name",
        "byline-name",
        "byline__author",
        "byline-author",
        "article-author",
        "article__author",
        "article__byline",
        "article-byline",
        "post-author",
        "post__author",
        "entry-author",
        "entry__author",
        "p-author",
        "story-author",
        "story-byline",
        "authors",
        "author-link",
        "author__link",
        "article-author-name",
        "article-author__name",
        "post-author-name",
        "byline__link",
        "c-byline",
        "c-byline__author",
        "by-author",
        "post-byline",
        "news-author",
        "contributor-name",
        "writer",
        "entry-author-name",
        "meta-author",
        "td-post-author-name",
    ];
    (4..=24).contains(&name.len()) && NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The item that an element belongs to, and whether it stands aside from the article.
fn place(tree: &Tree<'_>, id: NodeId) -> (Option<NodeId>, bool) {
    let mut scope = None;
    let mut is_aside = false;
    for above in tree.ancestors(id) {
        match tree.node(above).tag {
            Tag::Aside | Tag::Footer | Tag::Nav => is_aside = true,
            // A card is one link around everything.
            Tag::A => is_aside = true,
            Tag::Body => break,
            _ => {}
        }
        if scope.is_none()
            && tree.has_attribute(above, Attr::Itemscope)
            && tree
                .attribute(above, Attr::Itemtype)
                .is_some_and(|kind| !kind.ends_with("Person") && !kind.ends_with("Organization"))
        {
            scope = Some(above);
        }
    }
    (scope, is_aside)
}
