//! Boosted trees over bytes: reading them from their file and walking them.
//!
//! Every split asks whether a column's byte is at most a threshold. All splits of a tree are asked for a whole
//! [`Tile`] of rows at once, from the leaves up: where a row would leave a split is where it would leave the child
//! it goes to. That asks more splits than a walk from the root down, but without a branch or a load that waits for
//! another, and in bytes of which a vector register holds many.
//!
//! The blocks of a page are much alike: at seven splits of ten all of them go the same way, which the least and the
//! largest cell of the column tell. So splits that part no rows are taken out first, for a few tiles at a time.

use super::tile::{LANES, Ranges, Tile};
use crate::feature::{ROW, Row};
use rustc_hash::FxHashMap;

/// A split.
#[derive(Clone, Copy, Debug)]
struct Split {
    column: u16,
    threshold: u8,
    /// Its own place in the tree.
    place: u8,
    /// Where bytes up to the threshold go, and where larger ones do: places of splits, or of leaves from
    /// [`LEAVES_AT`] on.
    next: [u8; 2],
}

/// How many leaves a tree may have; it has a split less.
const MOST_LEAVES: usize = 32;
/// The place of the first leaf. Splits stand before all that lies below them.
const LEAVES_AT: usize = MOST_LEAVES;
/// How many places a tree has. A power of two spares every step a check.
const PLACES: usize = LEAVES_AT + MOST_LEAVES;

/// What leads nowhere but to the first leaf.
const NO_SPLIT: Split = Split { column: 0, threshold: 255, place: 0, next: [LEAVES_AT as u8; 2] };

/// So many tiles are thinned out for at once: less would be left for fewer, but thinning out takes as long as asking
/// all splits for a tile. Of the second pass 23 % of the splits are left for four tiles, 27 % for eight, 30 % for whole pages.
const TILES_TOGETHER: usize = 8;

#[derive(Clone, Debug)]
struct Tree {
    splits: [Split; MOST_LEAVES],
    /// How many of them there are, one at least.
    count: usize,
    /// What a walk that ends at a leaf adds.
    values: [f32; MOST_LEAVES],
    /// For each split the mean of what lies below it.
    means: Vec<f32>,
}

/// A sum of trees.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trees {
    trees: Vec<Tree>,
    /// No tree asks of a column from here on.
    width: usize,
    /// All splits.
    whole: Forest,
}

/// Reads numbers from a file, one after another; behind its end all are zero.
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl Reader<'_> {
    pub(super) fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        first
    }

    pub(super) fn short(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    pub(super) fn float(&mut self) -> f32 {
        f32::from_le_bytes([self.byte(), self.byte(), self.byte(), self.byte()])
    }
}

impl Trees {
    /// Reads trees: their number; of each the number of splits, the splits (column, threshold, children;
    /// a child from 128 on is a leaf), the mean value of each split, the values of the leaves.
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let count = reader.short();
        let trees: Vec<Tree> = (0..count).map(|_| Tree::read(reader)).collect();
        let columns = trees.iter().flat_map(|tree| &tree.splits).map(|split| usize::from(split.column) + 1);
        let mut read = Self { width: columns.max().unwrap_or(0), trees, whole: Forest::default() };
        let mut whole = Forest::default();
        read.thin_out(&Ranges::full(), &mut whole);
        read.whole = whole;
        read
    }

    /// How many columns of a row the trees may ask of: the others need not be filled.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Whether there are no trees.
    pub(super) fn is_empty(&self) -> bool {
        self.trees.is_empty()
    }

    /// How many trees there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.trees.len()
    }

    /// The sum for each of these rows. Rows that are equal are asked once: a flood of blocks is a flood of equal ones.
    /// No more rows than are thinned out for at once are ever kept.
    pub(super) fn sums(&self, mut rows: impl Iterator<Item = Row>) -> Vec<f32> {
        let (mut tile, mut ends, mut thinned) = (Tile::new(), own_ends(), Forest::default());
        let mut sums = Vec::with_capacity(rows.size_hint().0);
        let mut kinds = Kinds::default();
        kinds.rows.reserve_exact(rows.size_hint().0.min(TILES_TOGETHER * LANES));
        while kinds.gather(&mut rows, self.width) {
            let forest = if kinds.rows.len() <= LANES {
                &self.whole
            } else {
                self.thin_out(&Ranges::of(&kinds.rows), &mut thinned);
                &thinned
            };
            let tiles = kinds.rows.chunks(LANES);
            let of_kinds: Vec<[f32; LANES]> = tiles
                .map(|rows| {
                    tile.fill(rows, self.width);
                    self.sums_of_tile(forest, &tile, &mut ends)
                })
                .collect();
            sums.extend(kinds.of_row.iter().map(|kind| of_kinds.as_flattened()[*kind as usize]));
        }
        sums
    }

    /// Leaves only the splits at which rows within these ranges part. No branch depends on the ranges: a
    /// processor could not foresee it.
    fn thin_out(&self, ranges: &Ranges, forest: &mut Forest) {
        forest.splits.clear();
        forest.roots.clear();
        for tree in &self.trees {
            let splits = &tree.splits[..tree.count % PLACES];
            // Whether any row comes to a place.
            let mut is_met = [0_u8; PLACES];
            is_met[0] = 1;
            for split in splits {
                let [least, most] = ranges.column(split.column);
                let is_here = is_met[usize::from(split.place) % PLACES];
                let [left, right] = split.next.map(|next| usize::from(next) % PLACES);
                is_met[left] = is_here & u8::from(least <= split.threshold);
                is_met[right] = is_here & u8::from(most > split.threshold);
            }
            // Where rows that come to a place part next, or end.
            let mut parting = OWN_PLACES;
            let mut kept = [NO_SPLIT; MOST_LEAVES];
            let mut count = 0;
            for split in splits.iter().rev() {
                let [left, right] = split.next.map(|next| usize::from(next) % PLACES);
                let next = [parting[left], parting[right]];
                let parts = is_met[left] & is_met[right];
                let onwards = choose_one(is_met[right], next[0], next[1]);
                parting[usize::from(split.place) % PLACES] = choose_one(parts, onwards, split.place);
                kept[count % MOST_LEAVES] = Split { next, ..*split };
                count += usize::from(parts);
            }
            forest.splits.extend_from_slice(&kept[..count % PLACES]);
            forest.roots.push((parting[0], forest.splits.len()));
        }
    }

    fn sums_of_tile(&self, forest: &Forest, tile: &Tile, ends: &mut Ends) -> [f32; LANES] {
        let mut sums = [0.0; LANES];
        let mut from = 0;
        let mut ends_of = |&(root, to): &(u8, usize)| {
            for split in &forest.splits[from..to] {
                let [left, right] = split.next.map(|next| ends[usize::from(next) % PLACES]);
                let cells = tile.column(split.column.into());
                ends[usize::from(split.place) % PLACES] = choose(cells, split.threshold, &left, &right);
            }
            from = to;
            ends[usize::from(root) % PLACES]
        };
        let (fours, rest) = self.trees.as_chunks::<4>();
        let (roots, last_roots) = forest.roots.as_chunks::<4>();
        for (four, roots) in fours.iter().zip(roots) {
            let [a, b, c, d] = four;
            let ends = roots.each_ref().map(&mut ends_of);
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum = *sum
                    + a.value(ends[0][lane])
                    + b.value(ends[1][lane])
                    + c.value(ends[2][lane])
                    + d.value(ends[3][lane]);
            }
        }
        for (tree, root) in rest.iter().zip(last_roots) {
            let ends = ends_of(root);
            sums.iter_mut().zip(ends).for_each(|(sum, end)| *sum += tree.value(end));
        }
        sums
    }

    /// What each column adds to a row's sum: at every split of the walk, the change of the mean.
    pub(super) fn parts(&self, row: &Row, mut add: impl FnMut(u16, f32)) {
        for tree in &self.trees {
            let mut at = 0;
            while let Some(split) = tree.splits.get(at) {
                let cell = row[usize::from(split.column)];
                at = usize::from(split.next[usize::from(cell > split.threshold)]);
                add(split.column, tree.mean(at) - tree.mean(split.place.into()));
            }
        }
    }
}

/// Some of a page's rows, equal ones once.
#[derive(Debug, Default)]
struct Kinds {
    /// The rows that differ in what trees ask of.
    rows: Vec<Row>,
    /// For each row met which of them it is like.
    of_row: Vec<u32>,
    /// Rows by their hashes.
    known: FxHashMap<u64, u32>,
}

impl Kinds {
    /// Forgets all rows and takes the next until there are enough that differ before `width`; whether there were any.
    fn gather(&mut self, rows: &mut impl Iterator<Item = Row>, width: usize) -> bool {
        self.rows.clear();
        self.of_row.clear();
        self.known.clear();
        while self.rows.len() < TILES_TOGETHER * LANES
            && let Some(row) = rows.next()
        {
            let new = self.rows.len() as u32;
            let kind = *self.known.entry(hash(&row[..width])).or_insert(new);
            let is_known = self.rows.get(kind as usize).is_some_and(|known| known[..width] == row[..width]);
            self.of_row.push(if is_known { kind } else { new });
            if !is_known {
                self.rows.push(row);
            }
        }
        !self.rows.is_empty()
    }
}

/// A hash of a row that tells most rows apart: two chains, so that neither waits for the other.
fn hash(row: &[u8]) -> u64 {
    /// Odd, and half of its bits are set.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = row.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut chains = [u64::from_le_bytes(last), row.len() as u64];
    for (at, word) in words.iter().enumerate() {
        let chain = &mut chains[at % 2];
        *chain = (chain.rotate_left(23) ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
    }
    chains[0] ^ chains[1].rotate_left(32)
}

/// Trees without the splits at which none of some rows part.
#[derive(Clone, Debug, Default)]
struct Forest {
    /// Of one tree after the other, those above others last; they lead to splits that are left, and to leaves.
    splits: Vec<Split>,
    /// For each tree the place where its rows part first, or end, and how many splits there are up to its last.
    roots: Vec<(u8, usize)>,
}

/// Where each row of a tile ends that stands at a place.
type Ends = [[u8; LANES]; PLACES];

/// A leaf is its own end; splits are asked anew by every tree.
fn own_ends() -> Ends {
    let mut ends = [[0; LANES]; PLACES];
    for (leaf, ends) in ends[LEAVES_AT..].iter_mut().enumerate() {
        *ends = [leaf as u8; LANES];
    }
    ends
}

/// Each place by itself.
const OWN_PLACES: [u8; PLACES] = {
    let mut places = [0; PLACES];
    let mut at = 0;
    while at < PLACES {
        places[at] = at as u8;
        at += 1;
    }
    places
};

/// `first` if `is_second` is 0, `second` if it is 1.
fn choose_one(is_second: u8, first: u8, second: u8) -> u8 {
    first ^ ((first ^ second) & is_second.wrapping_neg())
}

/// In each lane `left` where the cell is at most `threshold`, `right` elsewhere. A mask instead of a condition, lest
/// a compiler that is asked for less make branches of it, which cost ten times as much.
#[inline]
fn choose(cells: &[u8; LANES], threshold: u8, left: &[u8; LANES], right: &[u8; LANES]) -> [u8; LANES] {
    let mut chosen = [0; LANES];
    for lane in 0..LANES {
        let is_right = u8::from(cells[lane] > threshold).wrapping_neg();
        chosen[lane] = left[lane] ^ ((left[lane] ^ right[lane]) & is_right);
    }
    chosen
}

impl Tree {
    /// Reads a tree; what would not fit is read past.
    fn read(reader: &mut Reader<'_>) -> Self {
        let count = reader.byte();
        let place = |child: u8| if child >= 128 { child - 128 + LEAVES_AT as u8 } else { child };
        let mut splits = [NO_SPLIT; MOST_LEAVES];
        for at in 0..count {
            let (column, threshold) = (reader.short().min(ROW as u16 - 1), reader.byte());
            let next = [place(reader.byte()), place(reader.byte())];
            if let Some(split) = splits.get_mut(usize::from(at)) {
                *split = Split { column, threshold, place: at, next };
            }
        }
        let means = (0..count).map(|_| reader.float()).collect();
        let mut values = [0.0; MOST_LEAVES];
        for leaf in 0..=usize::from(count) {
            let value = reader.float();
            if let Some(place) = values.get_mut(leaf) {
                *place = value;
            }
        }
        let count = usize::from(count).clamp(1, MOST_LEAVES - 1);
        Self { splits, count, values, means }
    }

    /// What a walk adds that ends at a leaf.
    fn value(&self, leaf: u8) -> f32 {
        self.values[usize::from(leaf) % MOST_LEAVES]
    }

    /// The mean of what lies below a place.
    fn mean(&self, place: usize) -> f32 {
        self.means.get(place).copied().unwrap_or_else(|| self.values[place % MOST_LEAVES])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a walk from the root down ends: the slow way.
    fn walk(tree: &Tree, row: &Row) -> f32 {
        let mut at = 0;
        while let Some(split) = tree.splits.get(at) {
            let cell = row[usize::from(split.column)];
            at = usize::from(split.next[usize::from(cell > split.threshold)]);
        }
        tree.values[at - LEAVES_AT]
    }

    /// Rows like those of a page: neighbours differ in few cells, some are equal.
    fn rows(count: usize) -> Vec<Row> {
        let mut table: Vec<Row> = Vec::new();
        let mut random = 7_u32;
        for at in 0..count {
            let mut row = table.last().copied().unwrap_or([0; ROW]);
            for cell in &mut row {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let is_new = at == 0 || at % 8 != 7 && random % 8 < at as u32 % 9;
                *cell = if is_new { (random >> 24) as u8 } else { *cell };
            }
            table.push(row);
        }
        table
    }

    #[test]
    fn all_rows_at_once_end_where_a_walk_does() {
        let trees = Trees::read(&mut Reader(include_bytes!("../model.bin")));
        for count in [0, 1, LANES, 333, 777] {
            let table = rows(count);
            let sums = trees.sums(table.iter().copied());
            assert_eq!(sums.len(), count);
            for (row, sum) in table.iter().zip(sums) {
                let walked = trees.trees.iter().fold(0.0, |sum, tree| sum + walk(tree, row));
                assert_eq!(sum, walked);
            }
        }
    }

    #[test]
    fn equal_rows_are_asked_once() {
        let trees = Trees::read(&mut Reader(include_bytes!("../model.bin")));
        let table = rows(64);
        let twice = || table.iter().chain(&table).copied();
        let mut kinds = Kinds::default();
        kinds.gather(&mut twice(), trees.width);
        assert!(kinds.rows.len() < 64, "{}", kinds.rows.len());
        assert_eq!(kinds.of_row.len(), 128);
        for (row, kind) in twice().zip(kinds.of_row) {
            assert_eq!(row[..trees.width], kinds.rows[kind as usize][..trees.width]);
        }
    }

    #[test]
    fn a_split_stands_before_what_lies_below_it() {
        let trees = Trees::read(&mut Reader(include_bytes!("../model.bin")));
        for split in trees.trees.iter().flat_map(|tree| &tree.splits) {
            assert!(split.next.iter().all(|next| *next > split.place));
        }
    }

    #[test]
    fn a_tree_without_a_split_is_its_leaf() {
        let trees = Trees::read(&mut Reader(&[1, 0, 0, 0, 0, 0x80, 0x3f]));
        assert_eq!(trees.sums([[0; ROW]; 2].into_iter()), [1.0; 2]);
    }
}
