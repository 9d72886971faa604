//! Chapter four: blocks → numbers.
//!
//! One pass measures every block alone, one finds the elements around them, one walks down the page and
//! up again; everything else is differences of sums and what neighbours have. All features are
//! bytes ([`level`]), a row a block; nothing is allocated per block. Rows are wide, so they are made when they are
//! asked for and not kept: what is the same for many blocks is kept once. The same code measures pages in training.

mod branch;
mod container;
mod data;
mod echo;
mod family;
mod gap;
mod kind;
mod level;
mod likely;
mod link;
mod names;
mod own;
mod page;
mod place;
mod places;
mod row;
mod second;
mod shape;
mod sketch;
mod sums;
mod topic;
mod unhashed;
mod walk;
mod words;

pub(crate) use row::{ROW, Row};
pub(crate) use second::{SECOND_WIDTH, SecondLook, second_names};

use crate::block::{Blocks, Record};
use crate::label::{Named, Signs};
use crate::tree::tag::Tag;
use crate::tree::{NO_NODE, Style, Tree};
use container::{Container, ContainerId, Containers};
use echo::listen;
use likely::Likely;
use own::Own;
use page::{PageFacts, Whole};
use place::{Step, said};
use places::Places;
use row::put;
use sums::Sums;
use walk::{Walk, walk};

/// The learned tables that turn names and words into scores.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Weights<'w> {
    pub(crate) names: &'w [u8; names::BUCKETS],
    pub(crate) words: &'w [u8; words::TABLE],
}

/// The tables that the shipped model was trained with.
pub(crate) const SHIPPED: Weights<'static> =
    Weights { names: include_bytes!("names.bin"), words: include_bytes!("words.bin") };

/// What is measured about every block of a page: all that [`Self::row`] needs.
#[derive(Debug)]
pub(crate) struct Features {
    /// Words of each block; characters of scripts without spaces count half.
    pub(crate) words: Vec<u32>,
    /// The same where what is joined by hyphens and apostrophes is one word; not known of some blocks.
    pub(crate) joined_words: Vec<Option<u32>>,
    /// Which kinds of signs each block has.
    pub(crate) signs: Vec<Signs>,
    /// Words of each block as the scores on judged pages count them.
    pub(crate) tokens: Vec<u32>,
    /// The features that each block has for itself: its own, and those of its place in the page.
    own: Vec<[u8; own::own::WIDTH]>,
    place: Vec<[u8; place::place::WIDTH]>,
    /// What each block's neighbours see of it.
    seen: Vec<[u8; SEEN.len()]>,
    /// The features of the text below each container.
    below: Vec<[u8; place::below::WIDTH]>,
    /// The features of the page.
    page: [u8; page::page::WIDTH],
    /// The elements around the blocks.
    containers: Containers,
    places: Places,
    likely: Likely,
    /// The running text of the page, in words.
    prose_words: u32,
    /// The hashes of all words, and where those of each block end.
    word_hashes: Vec<u32>,
    word_ends: Vec<u32>,
    /// The first block with the same words as each block.
    same_as: Vec<u32>,
    /// How many words the page's data says that the article has, 0 if it says nothing.
    word_count: u32,
    /// The hashed names above each block's container, noted only in training: see [`Trace`].
    #[cfg(feature = "training")]
    pub(crate) trace: Trace,
}

/// An element around blocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    pub(crate) tag: Tag,
    /// The place of the element around it among all; the first is its own.
    pub(crate) parent: usize,
    /// What kind of furniture it holds by its names.
    pub(crate) furniture: Option<Named>,
}

/// What training learns the weights of names from.
#[cfg(feature = "training")]
#[derive(Debug, Default)]
pub(crate) struct Trace {
    /// The parent of each container; the first is its own.
    pub(crate) parents: Vec<u32>,
    /// Containers and the buckets of their names.
    pub(crate) buckets: Vec<(u32, u16)>,
    /// The container of each block.
    pub(crate) of_block: Vec<u32>,
    /// Whether a block overlaps the title or is the `h1`.
    pub(crate) title_share: Vec<u8>,
    /// The grams of each block: group in the high byte.
    pub(crate) grams: Vec<Vec<u32>>,
}

impl Features {
    /// How many blocks there are.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// Writes the features of a block, in the order of [`names()`]; what stands behind them stays.
    pub(crate) fn write(&self, at: usize, row: &mut Row) {
        let Self { containers, places, likely, .. } = self;
        let id = containers.of_block[at];
        let mut ids = [id; 7];
        for level in 1..7 {
            ids[level] = containers.all[ids[level - 1] as usize].outer;
        }
        let container = |level: usize| &containers.all[ids[level] as usize];
        let this = container(0);
        put(row, OWN, &self.own[at]);
        put(row, PLACE, &self.place[at]);
        let out = [container(0), container(1), container(2), container(3)];
        let parent = containers.all[this.parent as usize].tag;
        let twins =
            [0, 1, 2, 3].map(|level| places.counts[places.of_container[ids[level] as usize] as usize]);
        put(row, ABOVE, &place::above(this, &out, parent, &twins, at as u32));
        for (slot, level) in LEVELS.into_iter().enumerate() {
            put(row, BELOW + slot * place::below::WIDTH, &self.below[ids[level] as usize]);
        }
        let place = self.place_of(at);
        let like_before = at > 0 && self.place_of(at - 1) == place;
        let like_after = at + 1 < self.len() && self.place_of(at + 1) == place;
        let run = places.runs[at];
        let same_template = places.templates[places.template_of[id as usize] as usize];
        let alike = &places.sums[place];
        put(row, ALIKE, &place::alike(alike, run.0, run.1, same_template, like_before, like_after));
        let step =
            |candidate: ContainerId| Step::between(at as u32, this, &containers.all[candidate as usize]);
        put(
            row,
            CANDIDATES,
            &place::candidates(
                step(likely.half),
                step(likely.most),
                step(likely.nearly_all),
                step(likely.best),
                likely.best_words,
                self.prose_words,
            ),
        );
        for (slot, by) in NEIGHBOURS.into_iter().enumerate() {
            // Outside the page is 0; what is before its start wraps to far behind its end.
            let seen = self.seen.get(at.wrapping_add_signed(by)).unwrap_or(&[0; SEEN.len()]);
            put(row, NEAR + slot * SEEN.len(), seen);
        }
        put(row, PAGE, &self.page);
    }

    /// The words of a block, each a hash of its small letters.
    pub(crate) fn words_of(&self, at: usize) -> &[u32] {
        let first = at.checked_sub(1).map_or(0, |before| self.word_ends[before]);
        &self.word_hashes[first as usize..self.word_ends[at] as usize]
    }

    /// The first block with the words of this one, as far as their hashes tell.
    pub(crate) fn first_alike(&self, at: usize) -> usize {
        self.same_as[at] as usize
    }

    /// The elements around blocks, in document order.
    pub(crate) fn elements(&self) -> impl ExactSizeIterator<Item = Element> {
        (0..self.containers.all.len()).map(|at| self.element(at))
    }

    /// One of them.
    pub(crate) fn element(&self, at: usize) -> Element {
        let Container { tag, parent, furniture, .. } = self.containers.all[at];
        Element { tag, parent: parent as usize, furniture }
    }

    /// The place among [`Self::elements`] of the innermost one around a block.
    pub(crate) fn element_of(&self, at: usize) -> usize {
        self.containers.of_block[at] as usize
    }

    /// The place of a block: blocks at like places share it.
    pub(crate) fn place_of(&self, at: usize) -> usize {
        self.places.of_container[self.containers.of_block[at] as usize] as usize
    }

    /// How many places there are.
    pub(crate) fn places(&self) -> usize {
        self.places.counts.len()
    }

    /// Whether a block is a heading by its mark-up.
    fn is_heading(&self, at: usize) -> bool {
        self.heading_level(at) > 0
    }

    fn heading_level(&self, at: usize) -> u8 {
        self.own[at][36]
    }

    /// Whether a block reads like running text.
    fn is_prose(&self, at: usize) -> bool {
        self.own[at][43] > 0
    }

    /// What of a block may say that the article has ended.
    fn sign_of_end(&self, at: usize) -> gap::Sign {
        let own = &self.own[at];
        gap::Sign {
            is_heading: self.is_heading(at),
            is_linked: own[4] > 32,
            is_dated: own[0] < 20 && (own[23] > 0 || own[34] > 0),
            names: said(self.containers.all[self.containers.of_block[at] as usize].said_sum, 2),
            words: own[53],
        }
    }
}

/// The levels of elements around a block whose text is measured, in steps that hold more blocks.
const LEVELS: [usize; 6] = [0, 1, 2, 3, 4, 6];

/// Neighbours whose own features a block sees.
const NEIGHBOURS: [isize; 6] = [-1, 1, -2, 2, -3, 3];

/// Which columns of a neighbour a block sees.
const SEEN: [(usize, &str); 9] = [
    (OWN, "words"),
    (OWN + 4, "link share"),
    (OWN + 28, "ends with"),
    (OWN + 36, "heading level"),
    (OWN + 38, "element"),
    (OWN + 43, "reads like prose"),
    (OWN + 53, "its words"),
    (OWN_NAMES, "own names"),
    (ALL_NAMES, "all names above"),
];

const OWN: usize = 0;
const PLACE: usize = OWN + own::own::WIDTH;
const ABOVE: usize = PLACE + place::place::WIDTH;
const OWN_NAMES: usize = ABOVE + 17;
const ALL_NAMES: usize = ABOVE + 23;
const BELOW: usize = ABOVE + place::above::WIDTH;
const ALIKE: usize = BELOW + LEVELS.len() * place::below::WIDTH;
const CANDIDATES: usize = ALIKE + place::alike::WIDTH;
const NEAR: usize = CANDIDATES + place::candidates::WIDTH;
const PAGE: usize = NEAR + NEIGHBOURS.len() * SEEN.len();
/// How many features there are.
pub(crate) const WIDTH: usize = PAGE + page::page::WIDTH;
const _: () = assert!(WIDTH + SECOND_WIDTH <= ROW);

/// What the features are called, in the order of the columns.
pub(crate) fn names() -> Vec<String> {
    let mut all: Vec<String> = Vec::with_capacity(WIDTH);
    let plain = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    all.extend(plain(own::own::NAMES));
    all.extend(plain(place::place::NAMES));
    all.extend(plain(place::above::NAMES));
    for level in LEVELS {
        all.extend(place::below::NAMES.iter().map(|name| format!("{name} in the container {level} out")));
    }
    all.extend(plain(place::alike::NAMES));
    all.extend(plain(place::candidates::NAMES));
    for by in NEIGHBOURS {
        let side = if by < 0 { "before" } else { "after" };
        all.extend(SEEN.iter().map(|(_, name)| format!("{name} of the block {} {side}", by.abs())));
    }
    all.extend(plain(page::page::NAMES));
    all
}

/// What a block's neighbours see of it.
fn seen(own: &[u8; own::own::WIDTH], container: &Container) -> [u8; SEEN.len()] {
    SEEN.map(|(column, _)| match column {
        OWN_NAMES => said(container.said, 1),
        ALL_NAMES => said(container.said_sum, 2),
        column => own[column - OWN],
    })
}

/// Measures all blocks.
pub(crate) fn measure(tree: &Tree<'_>, blocks: &Blocks) -> Features {
    measure_with(tree, blocks, SHIPPED, false)
}

/// Measures all blocks with given weights of names; `trace` keeps what training needs.
pub(crate) fn measure_with(tree: &Tree<'_>, blocks: &Blocks, weights: Weights<'_>, trace: bool) -> Features {
    let rows = blocks.records.len();
    let mut words = Vec::with_capacity(blocks.text.len() / 5 + 1);
    let facts = PageFacts::of(tree);
    let alone = |record| measure_alone(tree, blocks, record, &facts, weights, &mut words);
    let owns: Vec<Own> = blocks.records.iter().map(alone).collect();
    let containers = Containers::of(tree, blocks, weights.names, trace);
    let mut before = Vec::with_capacity(rows + 1);
    let mut all = Sums::default();
    before.push(all);
    for own in &owns {
        all.add(own);
        before.push(all);
    }
    let inside = |c: &Container| before[c.end as usize].since(&before[c.first as usize]);
    let below = containers.all.iter().map(|c| place::below(&inside(c), &all)).collect();
    let likely = Likely::of(&containers, &owns, &before);
    // What is read no more is given back before the next table is made: a flood of blocks makes them large.
    drop(before);
    let places = Places::of(&containers, &owns);
    let whole = Whole {
        commonest: places.commonest(),
        best_share: likely.best_words,
        ..sum_up(&owns, blocks, &containers, all)
    };
    let mut same_as = Vec::with_capacity(rows);
    let mut own_features = Vec::with_capacity(rows);
    let mut seen_features = Vec::with_capacity(rows);
    listen(&owns, &words, &facts, |at, echo| {
        let container = &containers.all[containers.of_block[at] as usize];
        let own = own::own(&owns[at], &blocks.records[at], container.tag, echo);
        own_features.push(own);
        seen_features.push(seen(&own, container));
        same_as.push(echo.first);
    });
    let mut place = Vec::with_capacity(rows);
    let mut before = Sums::default();
    walk(blocks, &owns, &facts, tree, &containers, |at, walk: &Walk| {
        place.push(place::place(at as u32, &before, &all, walk));
        before.add(&owns[at]);
    });
    Features {
        words: owns.iter().map(|own| own.words).collect(),
        joined_words: owns.iter().map(|own| own.shape.joined_words()).collect(),
        signs: owns.iter().map(|own| own.shape.signs).collect(),
        tokens: owns.iter().map(|own| own.shape.tokens).collect(),
        #[cfg(feature = "training")]
        trace: Trace {
            parents: containers.all.iter().map(|c| c.parent).collect(),
            title_share: own_features.iter().map(|own| own[44]).collect(),
            buckets: containers.buckets.clone(),
            of_block: containers.of_block.clone(),
            grams: owns
                .iter()
                .map(|own| {
                    let mut all = Vec::new();
                    let own_words = &words[own.first_word as usize..own.end_word as usize];
                    if trace {
                        words::read(own, own_words, weights.words, |of, gram| {
                            all.push((of as u32) << 24 | gram & 0xff_ffff);
                        });
                    }
                    all
                })
                .collect(),
        },
        word_ends: owns.iter().map(|own| own.end_word).collect(),
        word_count: facts.data.word_count,
        word_hashes: words,
        page: page::page(&facts, &whole),
        prose_words: all.prose_words,
        own: own_features,
        seen: seen_features,
        place,
        below,
        containers,
        places,
        likely,
        same_as,
    }
}

/// The words of a text as those of blocks are hashed.
pub(crate) fn words_in(text: &str) -> Vec<u32> {
    let mut words = Vec::new();
    shape::scan(text, &mut words);
    words
}

/// How many words a text has, joined ones as one: what [`measure`] says of a block.
#[cfg(test)]
pub(crate) fn look(text: &str) -> Option<u32> {
    shape::scan(text, &mut Vec::new()).joined_words()
}

/// What a block is by its own text and marks.
fn measure_alone(
    tree: &Tree<'_>,
    blocks: &Blocks,
    record: &Record,
    facts: &PageFacts,
    weights: Weights<'_>,
    words: &mut Vec<u32>,
) -> Own {
    let first_word = words.len() as u32;
    let shape = shape::scan(blocks.text_of(record), words);
    let mut own = Own {
        shape,
        words: shape.words(),
        bytes: record.text.len() as u32,
        first_word,
        end_word: words.len() as u32,
        is_heading: record.kind.is_heading(),
        ..Own::default()
    };
    own.text = words[first_word as usize..].iter().fold(0, |hash, word| shape::mix(hash, *word));
    let mut link = NO_NODE;
    for mark in blocks.marks_of(record) {
        let length = mark.text.len() as u32;
        if mark.link != NO_NODE {
            own.linked += length;
            if mark.link != link {
                own.leads.add(tree, mark.link, own.links, &facts.host);
                own.links += 1;
                link = mark.link;
            }
        }
        own.strong += if mark.style.has(Style::STRONG) { length } else { 0 };
        own.emphasis += if mark.style.has(Style::EMPHASIS) { length } else { 0 };
        own.code += if mark.style.has(Style::CODE) { length } else { 0 };
    }
    own.is_prose = own.reads_like_prose();
    own.said = words::read(&own, &words[first_word as usize..], weights.words, |_, _| {});
    own
}

/// What the blocks of a page are together.
fn sum_up(owns: &[Own], blocks: &Blocks, containers: &Containers, sums: Sums) -> Whole {
    let mut whole = Whole { sums, ..Whole::default() };
    for ((own, record), &container) in owns.iter().zip(&blocks.records).zip(&containers.of_block) {
        whole.longest = whole.longest.max(own.words);
        whole.han += own.shape.han.div_ceil(2);
        whole.east += own.shape.cyrillic_greek;
        whole.foreign += own.shape.foreign;
        whole.hidden += u32::from(record.is_hidden);
        whole.headings += u32::from(own.is_heading);
        whole.questions += u32::from(own.shape.questions > 0);
        whole.money += u32::from(own.shape.money > 0);
        whole.times += u32::from(own.shape.has_time);
        whole.code += u32::from(own.code * 2 > own.bytes || record.kind == crate::BlockKind::Code);
        if own.is_prose && containers.all[container as usize].tag == Tag::P {
            whole.prose_in_p += own.words;
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_see_what_their_neighbours_have() {
        let page = "<body><nav class=menu><a href=/>Home</a><li>News</nav><h1>Ship aground</h1><div class=text><p>\
            The harbour was closed on Monday, after a ship ran aground at the mouth of the river.<p><b>Tugs</b> \
            came.</div><footer>Imprint</footer>";
        let page = crate::Page::html(page);
        let tree = Tree::of(&page, &crate::Limits::default());
        let blocks =
            crate::block::split(&tree, &crate::Limits::default(), &mut Vec::new(), Blocks::default());
        let features = measure_with(&tree, &blocks, SHIPPED, false);
        let rows: Vec<Row> = (0..features.len())
            .map(|at| {
                let mut row = [0; ROW];
                features.write(at, &mut row);
                row
            })
            .collect();
        assert!(rows.len() > 5);
        for (at, row) in rows.iter().enumerate() {
            for (slot, by) in NEIGHBOURS.into_iter().enumerate() {
                let neighbour = at.checked_add_signed(by).and_then(|at| rows.get(at));
                let expected = SEEN.map(|(column, _)| neighbour.map_or(0, |row| row[column]));
                let from = NEAR + slot * SEEN.len();
                assert_eq!(row[from..from + SEEN.len()], expected, "{by} from {at}");
            }
        }
        assert!(rows.iter().any(|row| row[OWN_NAMES] != 128 && row[ALL_NAMES] != row[OWN_NAMES]));
    }

    #[test]
    fn every_column_has_a_name() {
        let names = names();
        assert_eq!(names.len(), WIDTH);
        for (column, name) in SEEN {
            assert_eq!(names[column], name);
        }
        let mut sorted = names.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), WIDTH);
        assert_eq!(names[OWN + 44], "words also in the title");
    }
}
