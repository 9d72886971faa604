//! What the page says about itself: its head, its structured data, what it is made of.

use super::data::Data;
use super::family::family;
use super::level::{count, log, share};
use super::link::{site, split_host};
use super::shape;
use super::sketch::Sketch;
use super::sums::Sums;
use crate::tree::tag::{Attr, Tag};
use crate::tree::{NodeId, Tree};

/// Facts about a page, read in one walk over its nodes.
#[derive(Debug, Default)]
pub(super) struct PageFacts {
    /// The words of the titles that the head names.
    pub(super) title: Sketch,
    pub(super) title_words: u32,
    /// The words of its description.
    pub(super) description: Sketch,
    /// What its structured data says; names of authors and of the site are also those of the head.
    pub(super) data: Data,
    /// The words of its keywords.
    pub(super) keywords: Sketch,
    /// The site it is on, if it says its address: see [`site`].
    pub(super) host: String,
    /// What kind of page Open Graph says it is: 0 nothing, 1 article, 2 website, 3 product, 4 other.
    pub(super) og_type: u8,
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

impl PageFacts {
    /// Reads a page.
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut facts = Self::default();
        let mut words = Vec::new();
        for (id, node) in tree.telling() {
            match node.tag {
                Tag::H1 => _ = facts.first_h1.get_or_insert(id),
                Tag::Script => {
                    let is_data =
                        || tree.attribute(id, Attr::Type).is_some_and(|kind| kind.contains("ld+json"));
                    if node.end() > id + 1 && is_data() {
                        facts.data.read(tree.text(tree.node(id + 1)), &mut words);
                    }
                }
                Tag::Title if facts.title_words == 0 => {
                    facts.add_title(tree.text(tree.node((id + 1).min(node.end() - 1))), &mut words);
                }
                Tag::Meta => facts.meta(tree, id, &mut words),
                Tag::Link
                    if tree
                        .attribute(id, Attr::Rel)
                        .is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
                {
                    facts.add_address(&tree.attribute(id, Attr::Href).unwrap_or_default());
                }
                _ => {}
            }
        }
        let [few, many] = [count, log].map(|level| move |tag| level(tree.count(tag)));
        facts.has_main = tree.count(Tag::Main) > 0;
        [facts.paragraphs, facts.items, facts.links, facts.images] =
            [Tag::P, Tag::Li, Tag::A, Tag::Img].map(many);
        [facts.articles, facts.h1, facts.forms] = [Tag::Article, Tag::H1, Tag::Form].map(few);
        [facts.h2, facts.h3, facts.times] = [Tag::H2, Tag::H3, Tag::Time].map(many);
        [facts.cells, facts.scripts] = [Tag::Td, Tag::Script].map(many);
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
            "description" | "og:description" => self.description.add_words(&content(), words),
            "keywords" | "news_keywords" | "article:tag" => self.keywords.add_words(&content(), words),
            "og:site_name" | "application-name" => self.data.publisher.add_words(&content(), words),
            "author" | "article:author" | "byl" | "parsely-author" | "sailthru.author" | "dc.creator" => {
                let content = content();
                if !content.contains("//") {
                    self.data.author.add_words(&content, words);
                }
            }
            // What plugins tell of the time it takes to read a page: "5 minutes".
            "twitter:data2" if self.data.word_count == 0 => {
                self.data.word_count = minutes(&content()) * WORDS_PER_MINUTE;
            }
            _ => {}
        }
    }

    /// Addresses of articles are deep or have long, hyphenated names; those of sections are short.
    fn add_address(&mut self, address: &str) {
        let (host, path) = split_host(address.trim()).unwrap_or_default();
        self.host.clear();
        self.host.push_str(site(host));
        let path = path.split(['?', '#']).next().unwrap_or_default().trim_matches('/');
        let last = path.rsplit('/').next().unwrap_or_default();
        self.address = [
            if path.is_empty() { 1 } else { count(path.split('/').count() as u32 + 1) },
            count(last.bytes().filter(|b| matches!(b, b'-' | b'_')).count() as u32),
            count(last.bytes().filter(u8::is_ascii_digit).count() as u32),
        ];
    }
}

/// Words read in a minute, as the plugins count that tell how long a page takes.
const WORDS_PER_MINUTE: u32 = 200;

/// The number that a text of minutes begins with, up to 99.
fn minutes(text: &str) -> u32 {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = || text.get(..digits.min(2))?.parse().ok();
    if text.contains("min") { number().unwrap_or(0) } else { 0 }
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
        "page: a news article by its data" => facts.data.schema & 1,
        "page: an article by its data" => (facts.data.schema >> 1) & 1,
        "page: a product by its data" => (facts.data.schema >> 2) & 1,
        "page: a discussion by its data" => (facts.data.schema >> 3) & 1,
        "page: a list by its data" => (facts.data.schema >> 4) & 1,
        "page: a guide by its data" => (facts.data.schema >> 5) & 1,
        "page: a service by its data" => (facts.data.schema >> 6) & 1,
        "page: a review or video by its data" => facts.data.schema >> 7,
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
        "page: words in its data's body" => log(facts.data.body_words),
        "page: words its data counts" => log(facts.data.word_count),
        "page: questions in its data" => log(facts.data.answer_words),
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
