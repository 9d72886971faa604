//! What the page says about itself: its head, its structured data, what it is made of.

use super::family::family;
use super::level::{count, log, share};
use super::shape;
use super::sketch::Sketch;
use super::sums::Sums;
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NodeId, Tree};
use memchr::memmem;

/// Facts about a page, read in one walk over its nodes.
#[derive(Debug, Default)]
pub(super) struct PageFacts {
    /// The words of the titles that the head names.
    pub(super) title: Sketch,
    pub(super) title_words: u32,
    /// The words of its description.
    pub(super) description: Sketch,
    /// Word triples of the `articleBody` in its structured data.
    pub(super) body: Sketch,
    pub(super) body_words: u32,
    /// What kind of page Open Graph says it is: 0 nothing, 1 article, 2 website, 3 product, 4 other.
    pub(super) og_type: u8,
    /// Which families of schema.org types occur, a bit each; see [`SCHEMA_FAMILIES`].
    pub(super) schema: u8,
    /// The shape of the page's own address: depth, hyphens in the last part, digits in it.
    pub(super) address: [u8; 3],
    pub(super) paragraphs: u8,
    pub(super) items: u8,
    pub(super) links: u8,
    pub(super) images: u8,
    pub(super) articles: u8,
    pub(super) h1: u8,
    pub(super) h2: u8,
    pub(super) h3: u8,
    pub(super) forms: u8,
    pub(super) times: u8,
    pub(super) cells: u8,
    pub(super) scripts: u8,
    pub(super) has_main: bool,
    /// The first `h1`, if there is one.
    pub(super) first_h1: Option<NodeId>,
}

/// Parts of schema.org type names by the kind of page they stand for, in the order of the bits.
const SCHEMA_FAMILIES: [&[&str]; 8] = [
    &["NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "LiveBlogPosting"],
    &["Article", "BlogPosting", "TechArticle", "ScholarlyArticle", "Report", "Blog"],
    &["Product", "Offer", "AggregateOffer", "ProductGroup", "Vehicle"],
    &["DiscussionForumPosting", "QAPage", "Question", "Answer", "Comment"],
    &["ItemList", "CollectionPage", "SearchResultsPage", "OfferCatalog", "ListItem"],
    &["FAQPage", "HowTo", "Recipe"],
    &[
        "LocalBusiness",
        "Service",
        "ProfessionalService",
        "SoftwareApplication",
        "Event",
        "JobPosting",
        "Course",
    ],
    &["VideoObject", "Review", "AggregateRating", "Movie", "Book"],
];

impl PageFacts {
    /// Reads a page.
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut facts = Self::default();
        let mut n = [0_u32; 12];
        let mut words = Vec::new();
        for (id, node) in tree.nodes().iter().enumerate() {
            let id = id as NodeId;
            let slot = match node.tag {
                Tag::Text => continue,
                Tag::P => 0,
                Tag::Li => 1,
                Tag::A => 2,
                Tag::Img => 3,
                Tag::Article => 4,
                Tag::H1 => {
                    facts.first_h1.get_or_insert(id);
                    5
                }
                Tag::H2 => 6,
                Tag::H3 => 7,
                Tag::Form => 8,
                Tag::Time => 9,
                Tag::Td => 10,
                Tag::Script => {
                    facts.script(tree, id);
                    11
                }
                Tag::Main => {
                    facts.has_main = true;
                    continue;
                }
                Tag::Title if facts.title_words == 0 => {
                    facts.add_title(tree.text(tree.node((id + 1).min(node.end - 1))), &mut words);
                    continue;
                }
                Tag::Meta => {
                    facts.meta(tree, id, &mut words);
                    continue;
                }
                Tag::Link => {
                    if tree.attribute(id, Attr::Rel).is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"))
                    {
                        facts.add_address(&tree.attribute(id, Attr::Href).unwrap_or_default());
                    }
                    continue;
                }
                _ => continue,
            };
            n[slot] += 1;
        }
        [facts.paragraphs, facts.items, facts.links, facts.images] =
            [log(n[0]), log(n[1]), log(n[2]), log(n[3])];
        [facts.articles, facts.h1, facts.h2, facts.h3] = [count(n[4]), count(n[5]), log(n[6]), log(n[7])];
        [facts.forms, facts.times, facts.cells, facts.scripts] =
            [count(n[8]), log(n[9]), log(n[10]), log(n[11])];
        facts
    }

    fn add_title(&mut self, title: &str, words: &mut Vec<u32>) {
        words.clear();
        shape::scan(title, words);
        for &word in words.iter().take(64) {
            self.title_words += u32::from(self.title.add(word));
        }
    }

    fn meta(&mut self, tree: &Tree<'_>, id: NodeId, words: &mut Vec<u32>) {
        let Some(name) = tree.attribute(id, Attr::Property).or_else(|| tree.attribute(id, Attr::Name)) else {
            return;
        };
        let content = || tree.attribute(id, Attr::Content).unwrap_or_default();
        match name.as_ref() {
            "og:title" => self.add_title(&content(), words),
            "og:type" => {
                self.og_type = match content().as_ref() {
                    "" => 0,
                    kind if kind.contains("article") || kind.contains("blog") => 1,
                    "website" => 2,
                    kind if kind.contains("product") => 3,
                    _ => 4,
                };
            }
            "og:url" => self.add_address(&content()),
            "description" | "og:description" => {
                words.clear();
                shape::scan(&content(), words);
                for &word in words.iter().take(200) {
                    self.description.add(word);
                }
            }
            _ => {}
        }
    }

    /// Addresses of articles are deep or have long, hyphenated names; those of sections are short.
    fn add_address(&mut self, address: &str) {
        let path = address.split_once("//").map_or(address, |(_, rest)| rest);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = path.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
        let last = path.rsplit('/').next().unwrap_or_default();
        self.address = [
            if path.is_empty() { 1 } else { count(path.split('/').count() as u32 + 1) },
            count(last.bytes().filter(|b| matches!(b, b'-' | b'_')).count() as u32),
            count(last.bytes().filter(u8::is_ascii_digit).count() as u32),
        ];
    }

    /// Structured data in a script: its types, and the words of an `articleBody`.
    fn script(&mut self, tree: &Tree<'_>, id: NodeId) {
        if tree.node(id).end <= id + 1
            || !tree.attribute(id, Attr::Type).is_some_and(|kind| kind.contains("ld+json"))
        {
            return;
        }
        let json = tree.text(tree.node(id + 1));
        for at in memmem::find_iter(json.as_bytes(), b"\"@type\"") {
            let value =
                json.get(at + 7..).unwrap_or_default().trim_start_matches([' ', ':', '\n', '\t', '\r']);
            let list = match value.strip_prefix('[') {
                Some(list) => list.split(']').next().unwrap_or_default(),
                None => value
                    .get(..1 + value.get(1..).and_then(|rest| rest.find('"')).unwrap_or(0))
                    .unwrap_or_default(),
            };
            for name in list.split('"').take(12) {
                for (bit, family) in SCHEMA_FAMILIES.iter().enumerate() {
                    if family.contains(&name) {
                        self.schema |= 1 << bit;
                    }
                }
            }
        }
        for at in memmem::find_iter(json.as_bytes(), b"\"articleBody\"").take(4) {
            let value =
                json.get(at + 13..).unwrap_or_default().trim_start_matches([' ', ':', '\n', '\t', '\r']);
            if let Some(value) = value.strip_prefix('"') {
                self.add_body(value);
            }
        }
    }

    /// Notes the word triples of a JSON string.
    fn add_body(&mut self, json: &str) {
        let mut text = String::new();
        let mut chars = json.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => break,
                '\\' => match chars.next() {
                    Some('u') => {
                        let code =
                            chars.by_ref().take(4).fold(0, |n, c| n * 16 + c.to_digit(16).unwrap_or(0));
                        text.push(char::from_u32(code).unwrap_or(' '));
                    }
                    Some('"') => text.push('"'),
                    _ => text.push(' '),
                },
                c => text.push(c),
            }
        }
        let mut words = Vec::new();
        shape::scan(&text, &mut words);
        self.body_words += words.len() as u32;
        for triple in words.windows(3) {
            self.body.add(triple_hash(triple));
        }
    }
}

/// One hash of three words in a row.
pub(super) fn triple_hash(words: &[u32]) -> u32 {
    words.iter().fold(0, |hash: u32, word| (hash.rotate_left(9) ^ word).wrapping_mul(0x9e37_79b1))
}

/// What the blocks of a page are together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Whole {
    pub(super) sums: Sums,
    /// The longest block.
    pub(super) longest: u32,
    /// Words of scripts without spaces, of Greek and Cyrillic, of other scripts than Latin.
    pub(super) han: u32,
    pub(super) east: u32,
    pub(super) foreign: u32,
    pub(super) hidden: u32,
    pub(super) headings: u32,
    /// Blocks at the commonest place, and their words.
    pub(super) commonest: Sums,
    /// Running text that stands in `p`.
    pub(super) prose_in_p: u32,
    pub(super) questions: u32,
    pub(super) money: u32,
    pub(super) times: u32,
    pub(super) code: u32,
    pub(super) best_share: u32,
}

family! {
    /// Features of the page, the same for all its blocks.
    page(facts: &PageFacts, whole: &Whole) {
        "page: Open Graph type" => facts.og_type,
        "page: a news article by its data" => facts.schema & 1,
        "page: an article by its data" => (facts.schema >> 1) & 1,
        "page: a product by its data" => (facts.schema >> 2) & 1,
        "page: a discussion by its data" => (facts.schema >> 3) & 1,
        "page: a list by its data" => (facts.schema >> 4) & 1,
        "page: a guide by its data" => (facts.schema >> 5) & 1,
        "page: a service by its data" => (facts.schema >> 6) & 1,
        "page: a review or video by its data" => facts.schema >> 7,
        "page: depth of its address" => facts.address[0],
        "page: hyphens in its address" => facts.address[1],
        "page: digits in its address" => facts.address[2],
        "page: p elements" => facts.paragraphs,
        "page: li elements" => facts.items,
        "page: links" => facts.links,
        "page: images" => facts.images,
        "page: article elements" => facts.articles,
        "page: h1 elements" => facts.h1,
        "page: h2 elements" => facts.h2,
        "page: h3 elements" => facts.h3,
        "page: forms" => facts.forms,
        "page: time elements" => facts.times,
        "page: cells" => facts.cells,
        "page: scripts" => facts.scripts,
        "page: has main" => u8::from(facts.has_main),
        "page: words in its data's body" => log(facts.body_words),
        "page: words in its titles" => count(facts.title_words),
        "page: blocks" => log(whole.sums.blocks),
        "page: words" => log(whole.sums.words),
        "page: link share" => share(whole.sums.linked, whole.sums.bytes),
        "page: prose" => log(whole.sums.prose_words),
        "page: prose share" => share(whole.sums.prose_words, whole.sums.words),
        "page: prose blocks" => log(whole.sums.prose_blocks),
        "page: words per prose block" => log(whole.sums.prose_words / whole.sums.prose_blocks.max(1)),
        "page: longest block" => log(whole.longest),
        "page: Han share" => share(whole.han, whole.sums.words),
        "page: Greek and Cyrillic share" => share(whole.east, whole.sums.words),
        "page: other scripts' share" => share(whole.foreign, whole.sums.words),
        "page: hidden share" => share(whole.hidden, whole.sums.blocks),
        "page: headings" => log(whole.headings),
        "page: share of the commonest place" => share(whole.commonest.blocks, whole.sums.blocks),
        "page: words per block at the commonest place" =>
            log(whole.commonest.words * 4 / whole.commonest.blocks.max(1)),
        "page: prose share in p" => share(whole.prose_in_p, whole.sums.prose_words),
        "page: blocks with questions" => log(whole.questions),
        "page: blocks with prices" => log(whole.money),
        "page: blocks with times of day" => log(whole.times),
        "page: code blocks" => log(whole.code),
        "page: prose share of the likeliest container" => share(whole.best_share, whole.sums.prose_words),
    }
}
