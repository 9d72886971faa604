//! Chapter four: blocks → numbers.
//!
//! One pass measures every block alone, one finds the elements around them, one walks down the page and
//! up again; everything else is differences of sums and what neighbours have. All features are
//! bytes ([`level`]), a row a block; nothing is allocated per block. Rows are wide, so they are made when they are
//! asked for and not kept: what is the same for many blocks is kept once. The same code measures pages in training.

mod container;
mod data;
mod family;
mod level;
mod link;
mod names;
mod own;
mod page;
mod place;
mod row;
mod second;
mod shape;
mod sketch;
mod sums;
mod topic;
mod walk;
mod words;

pub(crate) use row::{ROW, Row};
pub(crate) use second::{SECOND_WIDTH, SecondLook, second_names};

use crate::block::{Blocks, Record};
use crate::metadata::Metadata;
use crate::tree::tag::Tag;
use crate::tree::{NO_NODE, Style, Tree};
use container::{Container, ContainerId, Containers};
use own::{Echo, Own};
use page::{PageFacts, Whole};
use place::{Step, said};
use row::put;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};
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
    /// Words of each block as the scores on judged pages count them.
    pub(crate) tokens: Vec<u32>,
    /// The features that each block has for itself: its own, and those of its place in the page.
    own: Vec<[u8; own::own::WIDTH]>,
    place: Vec<[u8; place::place::WIDTH]>,
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

    /// The features of a block, in the order of [`names()`]; zeros behind them.
    pub(crate) fn row(&self, at: usize) -> Row {
        let Self { containers, places, likely, .. } = self;
        let id = containers.of_block[at];
        let mut ids = [id; 7];
        for level in 1..7 {
            ids[level] = containers.all[ids[level - 1] as usize].outer;
        }
        let container = |level: usize| &containers.all[ids[level] as usize];
        let this = container(0);
        let mut row = [0; ROW];
        put(&mut row, OWN, &self.own[at]);
        put(&mut row, PLACE, &self.place[at]);
        let out = [container(0), container(1), container(2), container(3)];
        let parent = containers.all[this.parent as usize].tag;
        let twins =
            [0, 1, 2, 3].map(|level| places.counts[places.of_container[ids[level] as usize] as usize]);
        put(&mut row, ABOVE, &place::above(this, &out, parent, &twins, at as u32));
        for (slot, level) in LEVELS.into_iter().enumerate() {
            put(&mut row, BELOW + slot * place::below::WIDTH, &self.below[ids[level] as usize]);
        }
        let place = self.place_of(at);
        let like_before = at > 0 && self.place_of(at - 1) == place;
        let like_after = at + 1 < self.len() && self.place_of(at + 1) == place;
        let run = places.runs[at];
        let same_template = places.templates[places.template_of[id as usize] as usize];
        let alike = &places.sums[place];
        put(&mut row, ALIKE, &place::alike(alike, run.0, run.1, same_template, like_before, like_after));
        let step =
            |candidate: ContainerId| Step::between(at as u32, this, &containers.all[candidate as usize]);
        put(
            &mut row,
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
            // Outside the page is 0.
            if let Some(neighbour) = at.checked_add_signed(by).filter(|at| *at < self.len()) {
                put(&mut row, NEAR + slot * SEEN.len(), &self.seen(neighbour));
            }
        }
        put(&mut row, PAGE, &self.page);
        row
    }

    /// What a block's neighbours see of it.
    fn seen(&self, at: usize) -> [u8; SEEN.len()] {
        let container = &self.containers.all[self.containers.of_block[at] as usize];
        SEEN.map(|(column, _)| match column {
            OWN_NAMES => said(container.said, 1),
            ALL_NAMES => said(container.said_sum, 2),
            column => self.own[at][column - OWN],
        })
    }

    /// The place of a block: blocks at like places share it.
    fn place_of(&self, at: usize) -> usize {
        self.places.of_container[self.containers.of_block[at] as usize] as usize
    }

    /// Whether a block is a heading by its mark-up.
    fn is_heading(&self, at: usize) -> bool {
        self.own[at][36] > 0
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

/// Measures all blocks.
pub(crate) fn measure(tree: &Tree<'_>, blocks: &Blocks, _metadata: &Metadata) -> Features {
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
    listen(&owns, &words, &facts, |at, echo| {
        let tag = containers.all[containers.of_block[at] as usize].tag;
        own_features.push(own::own(&owns[at], &blocks.records[at], tag, echo));
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
        place,
        below,
        containers,
        places,
        likely,
        same_as,
    }
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

/// Buckets of the page's own table of word counts.
const WORD_BUCKETS: usize = 4096;

/// Blocks with the same words: the first of them, how many there are, how many came so far.
#[derive(Clone, Copy, Debug, Default)]
struct Same {
    first: u32,
    all: u32,
    seen: u32,
}

/// How each block's words occur elsewhere: in the titles, in the description, in other running text.
fn listen(owns: &[Own], words: &[u32], facts: &PageFacts, mut heard: impl FnMut(usize, &Echo)) {
    let bucket = |word: u32| ((word ^ (word >> 13)) as usize) % WORD_BUCKETS;
    let mut counts = vec![0_u16; WORD_BUCKETS];
    let mut total = 0_u32;
    let mut texts: HashMap<u32, Same, Unhashed> = HashMap::default();
    for (row, own) in owns.iter().enumerate() {
        texts.entry(own.text).or_insert(Same { first: row as u32, ..Same::default() }).all += 1;
        if own.is_prose {
            let own_words = &words[own.first_word as usize..own.end_word as usize];
            total += own_words.len() as u32;
            for &word in own_words {
                counts[bucket(word)] = counts[bucket(word)].saturating_add(1);
            }
        }
    }
    // A stop word is every fiftieth word or commoner; the floor keeps short pages from having only such.
    let common = (total / 120).max(3);
    let title_words = facts.title_words.max(1);
    // Plain text says nothing of itself.
    let of_head =
        [&facts.title, &facts.description, &facts.data.author, &facts.data.publisher, &facts.keywords];
    let has_head = of_head.iter().any(|sketch| !sketch.is_empty());
    for (at, own) in owns.iter().enumerate() {
        let own_words = &words[own.first_word as usize..own.end_word as usize];
        let mut echo = Echo::default();
        let needed = 1 + u16::from(own.is_prose);
        for &word in own_words {
            let count = counts[bucket(word)];
            if u32::from(count) >= common {
                echo.common += 1;
            } else {
                echo.rare += 1;
                echo.recurring += u32::from(count >= needed);
            }
            if has_head {
                echo.title += u32::from(facts.title.has(word));
                echo.description += u32::from(facts.description.has(word));
                echo.author += u32::from(facts.data.author.has(word));
                echo.publisher += u32::from(facts.data.publisher.has(word));
                echo.keywords += u32::from(facts.keywords.has(word));
            }
        }
        echo.title_words = (echo.title.min(title_words) * 64) / title_words;
        if facts.data.has_texts() {
            for triple in own_words.windows(3) {
                let triple = data::triple_hash(triple);
                echo.triples += 1;
                echo.body += u32::from(facts.data.body.has(triple));
                echo.answers += u32::from(facts.data.answers.has(triple));
                echo.descriptions += u32::from(facts.data.descriptions.has(triple));
            }
        }
        if let Some(same) = texts.get_mut(&own.text) {
            echo.same = same.all - 1;
            echo.same_before = same.seen;
            echo.first = same.first;
            same.seen += 1;
        }
        heard(at, &echo);
    }
}

/// Blocks at like places: below elements of the same template all the way up.
#[derive(Debug)]
struct Places {
    /// The place of each container.
    of_container: Vec<u32>,
    /// Of each place: the blocks right below such containers, and how many containers there are.
    sums: Vec<Sums>,
    counts: Vec<u32>,
    template_of: Vec<u32>,
    templates: Vec<u32>,
    /// Of each block: its number in the run of blocks at like places, and the run's length.
    runs: Vec<(u32, u32)>,
}

impl Places {
    fn of(containers: &Containers, owns: &[Own]) -> Self {
        let mut places = Self {
            of_container: Vec::with_capacity(containers.all.len()),
            sums: Vec::new(),
            counts: Vec::new(),
            template_of: Vec::with_capacity(containers.all.len()),
            templates: Vec::new(),
            runs: vec![(0, 0); owns.len()],
        };
        let mut known: HashMap<u32, u32, Unhashed> = HashMap::default();
        let mut templates: HashMap<u32, u32, Unhashed> = HashMap::default();
        for Container { path, template, .. } in &containers.all {
            let place = *known.entry(*path).or_insert(places.counts.len() as u32);
            if place as usize == places.counts.len() {
                places.counts.push(0);
            }
            places.counts[place as usize] += 1;
            places.of_container.push(place);
            let template = *templates.entry(*template).or_insert(places.templates.len() as u32);
            if template as usize == places.templates.len() {
                places.templates.push(0);
            }
            places.template_of.push(template);
        }
        places.sums.resize(places.counts.len(), Sums::default());
        for (own, &container) in owns.iter().zip(&containers.of_block) {
            places.sums[places.of_container[container as usize] as usize].add(own);
            places.templates[places.template_of[container as usize] as usize] += 1;
        }
        let mut start = 0;
        while start < owns.len() {
            let place = |at: usize| places.of_container[containers.of_block[at] as usize];
            let length = (start..owns.len()).take_while(|&at| place(at) == place(start)).count();
            for offset in 0..length {
                places.runs[start + offset] = (offset as u32, length as u32);
            }
            start += length;
        }
        places
    }

    fn commonest(&self) -> Sums {
        self.sums.iter().copied().max_by_key(|sums| sums.blocks).unwrap_or_default()
    }
}

/// The likeliest containers of the article.
#[derive(Debug)]
struct Likely {
    /// The innermost containers of at least half, 7/10 and 9/10 of the page's running text.
    half: u32,
    most: u32,
    nearly_all: u32,
    /// The one with most running text right below it and, half as much, one element further in.
    best: u32,
    best_words: u32,
}

impl Likely {
    fn of(containers: &Containers, owns: &[Own], before: &[Sums]) -> Self {
        let prose = |c: &Container| before[c.end as usize].prose_words - before[c.first as usize].prose_words;
        let total = before.last().map_or(0, |sums| sums.prose_words);
        let mut likely = Self { half: 0, most: 0, nearly_all: 0, best: 0, best_words: 0 };
        for (id, container) in containers.all.iter().enumerate() {
            // Elements further in come later, so the last one that holds enough is the innermost.
            let inside = prose(container);
            if inside * 2 >= total.max(1) {
                likely.half = id as u32;
            }
            if inside * 10 >= total.max(1) * 7 {
                likely.most = id as u32;
            }
            if inside * 10 >= total.max(1) * 9 {
                likely.nearly_all = id as u32;
            }
        }
        let mut scores = vec![0_u32; containers.all.len()];
        for (own, &container) in owns.iter().zip(&containers.of_block) {
            if own.is_prose {
                let worth = own.words.min(100) + 4 * own.shape.commas.min(10);
                let parent = containers.all[container as usize].parent;
                scores[parent as usize] += 2 * worth;
                scores[containers.all[parent as usize].parent as usize] += worth;
                scores[container as usize] += worth;
            }
        }
        if let Some((best, _)) =
            scores.iter().enumerate().max_by_key(|&(id, score)| (*score, usize::MAX - id))
        {
            likely.best = best as u32;
        }
        likely.best_words = containers.all.get(likely.best as usize).map_or(0, prose);
        likely
    }
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

/// Keys that are hashes already need no second one, but they are hashes that a page can choose: so they are spread by a
/// multiplier that no page knows (Dietzfelbinger's multiply-shift, which is universal). Maps are only looked up, never walked,
/// so that the same page has the same features whatever the multiplier is.
#[derive(Clone, Copy, Debug)]
struct Unhashed {
    multiplier: u64,
    hash: u64,
}

impl Default for Unhashed {
    fn default() -> Self {
        Self { multiplier: RandomState::new().hash_one(0) | 1, hash: 0 }
    }
}

impl BuildHasher for Unhashed {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        *self
    }
}

impl Hasher for Unhashed {
    fn finish(&self) -> u64 {
        // The good bits of a product are the high ones, and a map takes its bucket from the low ones.
        self.hash.rotate_left(32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u32(u32::from(byte)));
    }

    fn write_u32(&mut self, key: u32) {
        self.hash = (self.hash ^ u64::from(key)).wrapping_mul(self.multiplier);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_share_their_low_bits_do_not_meet_in_one_bucket() {
        const BUCKETS: u64 = 1 << 12;
        let keys = || (0..BUCKETS as u32).map(|key| key << 20);
        let is_spread = |hasher: Unhashed| {
            let buckets: std::collections::HashSet<u64> =
                keys().map(|key| hasher.hash_one(key) % BUCKETS).collect();
            buckets.len() as u64 > BUCKETS / 8
        };
        // A multiplier may be unlucky, one in fifty, but nobody can choose it.
        assert!((0..100).filter(|_| is_spread(Unhashed::default())).count() > 80);
    }

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
        let rows: Vec<Row> = (0..features.len()).map(|at| features.row(at)).collect();
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
