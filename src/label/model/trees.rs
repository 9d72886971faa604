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
use crate::simd::in_wide_registers;
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
/// How many places a tree has: as many as a word has bits. A power of two spares every step a check.
const PLACES: usize = LEAVES_AT + MOST_LEAVES;
const _: () = assert!(PLACES == u64::BITS as usize);
/// What leads nowhere but to the first leaf.
const NO_SPLIT: Split = Split { column: 0, threshold: 255, place: 0, next: [LEAVES_AT as u8; 2] };

/// So many tiles are thinned out for at once: less would be left for fewer, but thinning out takes a fifth of the
/// time of asking all splits for a tile.
const TILES_TOGETHER: usize = 3;

/// So many splits of a tree are left on average, with some room.
const SPLITS_LEFT: usize = 10;

#[derive(Clone, Debug)]
struct Tree {
    sides: Sides,
    /// What a walk that ends at a leaf adds.
    values: [f32; MOST_LEAVES],
    /// What only walks ask for, out of the way of what is read for every page.
    path: Box<Path>,
}

#[derive(Clone, Debug)]
struct Path {
    splits: [Split; MOST_LEAVES],
    /// For each split the mean of what lies below it.
    means: Vec<f32>,
}

/// The splits of a tree side by side: what thinning out asks of one it asks of all.
#[derive(Clone, Debug)]
struct Sides {
    columns: [u16; MOST_LEAVES],
    thresholds: [u8; MOST_LEAVES],
    /// The leaves on either side of each, and the splits, a bit each.
    leaves: [[u32; MOST_LEAVES]; 2],
    splits: [[u32; MOST_LEAVES]; 2],
}

/// A sum of trees.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trees {
    trees: Vec<Tree>,
    /// No tree asks of a column from here on.
    width: usize,
}

/// A place in a sum of trees from which on rows that are settled are not asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    /// So many trees are asked before.
    pub(super) trees: usize,
    /// Rows with a sum below the first or above the second are settled.
    pub(super) beyond: [f32; 2],
    /// The other trees can be expected to multiply such a sum by this: one below by the first, one above by the second.
    pub(super) growth: [f32; 2],
}

impl Stop {
    /// Whether a sum is settled; makes of it what it can be expected to become.
    fn settles(&self, sum: &mut f32) -> bool {
        let [least, most] = self.beyond;
        let is_settled = !(least..=most).contains(sum);
        if is_settled {
            *sum *= self.growth[usize::from(*sum > most)];
        }
        is_settled
    }
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
        let columns =
            trees.iter().flat_map(|tree| &tree.path.splits).map(|split| usize::from(split.column) + 1);
        Self { width: columns.max().unwrap_or(0), trees }
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

    /// The sum for each of these rows, which `write` writes; trees behind a stop are asked of no row that it sees settled.
    /// Of many rows those that are equal are asked once: a flood of blocks is a flood of equal ones. No more rows than are
    /// compared at once are ever kept.
    pub(super) fn sums(
        &self,
        stops: &[Stop],
        of: impl ExactSizeIterator<Item = usize>,
        write: impl FnMut(usize, &mut Row),
    ) -> Vec<f32> {
        in_wide_registers(
            #[inline(always)]
            || self.sums_here(stops, of, write),
        )
    }

    /// The same, compiled for the processor that the caller is compiled for.
    #[inline(always)]
    fn sums_here(
        &self,
        stops: &[Stop],
        mut of: impl ExactSizeIterator<Item = usize>,
        mut write: impl FnMut(usize, &mut Row),
    ) -> Vec<f32> {
        let (mut tile, mut ends, mut forest) = (Tile::new(), own_ends(), Forest::default());
        let mut sums = Vec::with_capacity(of.len());
        let (mut kinds, mut of_kinds, mut open) = (Kinds::of(of.len()), Vec::new(), Vec::new());
        let compares = of.len() >= FLOOD;
        forest.splits.reserve_exact(self.trees.len() * SPLITS_LEFT);
        forest.roots.reserve_exact(self.trees.len());
        while kinds.gather(&mut of, &mut write, self.width, compares) {
            of_kinds.clear();
            of_kinds.resize(kinds.rows().len(), 0.0);
            open.clear();
            open.extend(0..kinds.rows().len());
            let mut asked = 0;
            for stop in stops.iter().map(Some).chain([None]) {
                let until = stop.map_or(self.trees.len(), |stop| stop.trees.min(self.trees.len()));
                let trees = self.trees.get(asked..until).unwrap_or_default();
                for some in open.chunks(TILES_TOGETHER * LANES) {
                    thin_out(trees, &Ranges::of(some.iter().map(|kind| &kinds.rows()[*kind])), &mut forest);
                    for some in some.chunks(LANES) {
                        tile.fill(some.iter().map(|kind| &kinds.rows()[*kind]), self.width);
                        let mut sums = [0.0; LANES];
                        some.iter().zip(&mut sums).for_each(|(kind, sum)| *sum = of_kinds[*kind]);
                        add_to_tile(&mut sums, trees, &forest, &tile, &mut ends);
                        some.iter().zip(sums).for_each(|(kind, sum)| of_kinds[*kind] = sum);
                    }
                }
                asked = until;
                if let Some(stop) = stop {
                    open.retain(|kind: &usize| !stop.settles(&mut of_kinds[*kind]));
                }
            }
            sums.extend(kinds.of_row.iter().map(|kind| of_kinds[*kind as usize]));
        }
        sums
    }

    /// What each column adds to a row's sum: at every split of the walk, the change of the mean.
    pub(super) fn parts(&self, row: &Row, mut add: impl FnMut(u16, f32)) {
        for tree in &self.trees {
            let mut at = 0;
            while let Some(split) = tree.path.splits.get(at) {
                let cell = row[usize::from(split.column)];
                at = usize::from(split.next[usize::from(cell > split.threshold)]);
                add(split.column, tree.mean(at) - tree.mean(split.place.into()));
            }
        }
    }
}

/// Leaves only the splits at which rows within these ranges part. Which are asked together is found without a branch: a
/// processor could not foresee it.
#[inline(always)]
fn thin_out(trees: &[Tree], ranges: &Ranges, forest: &mut Forest) {
    forest.splits.clear();
    forest.roots.clear();
    let mut kept = [NO_SPLIT; MOST_LEAVES];
    for tree in trees {
        let sides = &tree.sides;
        let mut of = [0; MOST_LEAVES];
        for (of, column) in of.iter_mut().zip(&sides.columns) {
            *of = i32::from(u16::from_le_bytes(ranges.column(*column)));
        }
        // The leaves that no row comes to, and the splits of which rows may go either way if they come there.
        let (mut missed, mut parting) = (0, 0);
        for (at, range) in of.into_iter().enumerate() {
            let [least, most] = [range & 0xff, range >> 8];
            let none_left = u32::from(least > i32::from(sides.thresholds[at])).wrapping_neg();
            let some_right = u32::from(most > i32::from(sides.thresholds[at])).wrapping_neg();
            missed |= sides.leaves[0][at] & none_left | sides.leaves[1][at] & !some_right;
            parting |= 1 << at & some_right & !none_left;
        }
        // The places where all rows part or end. Splits stand before all that lies below them, so the lowest of these
        // places on a side of a split is the first that rows come to; if there is none, no row comes to the split.
        let mut places = u64::from(!missed) << LEAVES_AT;
        let first = |places: u64| places.trailing_zeros() as u8;
        let mut count = 0;
        while parting != 0 {
            let at = parting.ilog2() as usize % MOST_LEAVES;
            parting ^= 1 << at;
            let on_side = |side: usize| {
                places & (u64::from(sides.leaves[side][at]) << LEAVES_AT | u64::from(sides.splits[side][at]))
            };
            let on_sides = [on_side(0), on_side(1)];
            let parts = on_sides[0] != 0 && on_sides[1] != 0;
            kept[count % MOST_LEAVES] = Split {
                column: sides.columns[at],
                threshold: sides.thresholds[at],
                place: at as u8,
                next: on_sides.map(first),
            };
            places |= u64::from(parts) << at;
            count += usize::from(parts);
        }
        forest.splits.extend_from_slice(&kept[..count % PLACES]);
        forest.roots.push((first(places), count % PLACES));
    }
}

/// Adds to the sums of a tile's rows what these trees, thinned out, say of them.
#[inline(always)]
fn add_to_tile(sums: &mut [f32; LANES], trees: &[Tree], forest: &Forest, tile: &Tile, ends: &mut Ends) {
    let mut splits = &forest.splits[..];
    let (fours, rest) = trees.as_chunks::<4>();
    let (roots, last_roots) = forest.roots.as_chunks::<4>();
    for (four, roots) in fours.iter().zip(roots) {
        let [a, b, c, d] = four;
        let mut ends_in = [[0; LANES]; 4];
        for (ends_in, root) in ends_in.iter_mut().zip(roots) {
            *ends_in = end_in_tree(*root, &mut splits, tile, ends);
        }
        let [of_a, of_b, of_c, of_d] = &ends_in;
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum =
                *sum + a.value(of_a[lane]) + b.value(of_b[lane]) + c.value(of_c[lane]) + d.value(of_d[lane]);
        }
    }
    for (tree, root) in rest.iter().zip(last_roots) {
        let ends = end_in_tree(*root, &mut splits, tile, ends);
        sums.iter_mut().zip(ends).for_each(|(sum, end)| *sum += tree.value(end));
    }
}

/// Where a tile's rows end in the tree of which the first of these splits are; takes them away.
#[inline(always)]
fn end_in_tree(
    (root, count): (u8, usize),
    splits: &mut &[Split],
    tile: &Tile,
    ends: &mut Ends,
) -> [u8; LANES] {
    let (own, others) = splits.split_at(count);
    *splits = others;
    for split in own {
        let [left, right] = split.next.map(|next| &ends[usize::from(next) % PLACES]);
        let chosen = choose(tile.column(split.column.into()), split.threshold, left, right);
        ends[usize::from(split.place) % PLACES] = chosen;
    }
    ends[usize::from(root) % PLACES]
}

/// From so many rows on they are compared. Nine judged pages of ten have fewer blocks, and hardly two that are equal.
const FLOOD: usize = 1000;

/// So many different rows are compared with one another and kept: as many as trees are thinned out for. With twice as
/// many a page takes a quarter more memory and as many instructions.
const MOST_KINDS: usize = TILES_TOGETHER * LANES;

/// Some of a page's rows, equal ones once.
#[derive(Debug, Default)]
struct Kinds {
    /// The rows that differ in what trees ask of, and old ones to be written over.
    rows: Vec<Row>,
    /// How many differ.
    count: usize,
    /// For each row met which of them it is like.
    of_row: Vec<u32>,
    /// Rows by their hashes.
    known: FxHashMap<u64, u32>,
}

impl Kinds {
    /// Room for so many rows, or for as many as are compared.
    fn of(rows: usize) -> Self {
        Self { rows: vec![[0; ROW]; rows.min(MOST_KINDS)], ..Self::default() }
    }

    fn rows(&self) -> &[Row] {
        &self.rows[..self.count]
    }

    /// Forgets all rows and takes the next until there are enough that differ before `width`; whether there were any.
    /// If they are not compared all are taken to differ.
    fn gather(
        &mut self,
        of: &mut impl Iterator<Item = usize>,
        mut write: impl FnMut(usize, &mut Row),
        width: usize,
        compares: bool,
    ) -> bool {
        self.count = 0;
        self.of_row.clear();
        self.known.clear();
        while self.count < self.rows.len()
            && let Some(at) = of.next()
        {
            let (known, rest) = self.rows.split_at_mut(self.count);
            let row = &mut rest[0];
            write(at, row);
            let new = self.count as u32;
            if !compares {
                self.of_row.push(new);
                self.count += 1;
                continue;
            }
            let kind = *self.known.entry(hash(&row[..width])).or_insert(new);
            let is_known = known.get(kind as usize).is_some_and(|known| known[..width] == row[..width]);
            self.of_row.push(if is_known { kind } else { new });
            self.count += usize::from(!is_known);
        }
        self.count > 0
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
    /// For each tree the place where its rows part first, or end, and how many splits it has left.
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

/// In each lane `left` where the cell is at most `threshold`, `right` elsewhere. A mask instead of a condition, lest
/// a compiler that is asked for less make branches of it, which cost ten times as much.
#[inline(always)]
fn choose(cells: &[u8; LANES], threshold: u8, left: &[u8; LANES], right: &[u8; LANES]) -> [u8; LANES] {
    let mut chosen = [0; LANES];
    for lane in 0..LANES {
        let is_right = u8::from(cells[lane] > threshold).wrapping_neg();
        chosen[lane] = left[lane] ^ ((left[lane] ^ right[lane]) & is_right);
    }
    chosen
}

impl Sides {
    /// The first `count` of these splits.
    fn of(splits: &[Split; MOST_LEAVES], count: usize) -> Self {
        let mut places = [[0_u64; 2]; MOST_LEAVES];
        // What lies below a split stands behind it.
        for at in (0..count.min(MOST_LEAVES)).rev() {
            places[at] = splits[at].next.map(|next| {
                let [left, right] = places.get(usize::from(next)).copied().unwrap_or_default();
                1 << (usize::from(next) % PLACES) | left | right
            });
        }
        Self {
            columns: splits.each_ref().map(|split| split.column),
            thresholds: splits.each_ref().map(|split| split.threshold),
            leaves: [0, 1].map(|side| places.each_ref().map(|sides| (sides[side] >> LEAVES_AT) as u32)),
            splits: [0, 1].map(|side| places.each_ref().map(|sides| sides[side] as u32)),
        }
    }
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
        Self { sides: Sides::of(&splits, count.into()), values, path: Box::new(Path { splits, means }) }
    }

    /// What a walk adds that ends at a leaf.
    fn value(&self, leaf: u8) -> f32 {
        self.values[usize::from(leaf) % MOST_LEAVES]
    }

    /// The mean of what lies below a place.
    fn mean(&self, place: usize) -> f32 {
        self.path.means.get(place).copied().unwrap_or_else(|| self.values[place % MOST_LEAVES])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a walk from the root down ends: the slow way.
    fn walk(tree: &Tree, row: &Row) -> f32 {
        let mut at = 0;
        while let Some(split) = tree.path.splits.get(at) {
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
        for count in [0, 1, LANES, 333, 1777] {
            let table = rows(count);
            let sums = trees.sums(&[], 0..count, |at, row| *row = table[at]);
            assert_eq!(sums.len(), count);
            assert_eq!(
                trees.sums_here(&[], 0..count, |at, row| *row = table[at]),
                sums,
                "in narrow registers"
            );
            for (row, sum) in table.iter().zip(sums) {
                let walked = trees.trees.iter().fold(0.0, |sum, tree| sum + walk(tree, row));
                assert_eq!(sum, walked);
            }
        }
    }

    #[test]
    fn behind_a_stop_only_rows_that_are_not_settled_are_asked() {
        let trees = Trees::read(&mut Reader(include_bytes!("../model.bin")));
        let table = rows(777);
        let stops = [
            Stop { trees: 9, beyond: [-0.75, 0.5], growth: [3.0, 2.0] },
            Stop { trees: 30, beyond: [-1.0, 0.5], growth: [1.5, 1.25] },
        ];
        let sums = trees.sums(&stops, 0..777, |at, row| *row = table[at]);
        let mut stopped = [0; 2];
        for (row, sum) in table.iter().zip(sums) {
            let after =
                |count: usize| trees.trees[..count].iter().fold(0.0, |sum, tree| sum + walk(tree, row));
            let settled = stops
                .iter()
                .position(|stop| after(stop.trees) < stop.beyond[0] || after(stop.trees) > stop.beyond[1]);
            if let Some(settled) = settled {
                stopped[settled] += 1;
                let Stop { trees, growth: [below, above], .. } = stops[settled];
                let there = after(trees);
                assert_eq!(sum, there * if there < 0.0 { below } else { above });
            } else {
                assert_eq!(sum, after(trees.trees.len()));
            }
        }
        assert!(stopped.iter().all(|count| *count > 10) && stopped.iter().sum::<i32>() < 770, "{stopped:?}");
    }

    #[test]
    fn equal_rows_are_asked_once() {
        let trees = Trees::read(&mut Reader(include_bytes!("../model.bin")));
        let table = rows(64);
        let mut kinds = Kinds::of(128);
        kinds.gather(&mut (0..128), |at, row| *row = table[at % 64], trees.width, true);
        assert!(kinds.rows().len() < 64, "{}", kinds.rows().len());
        assert_eq!(kinds.of_row.len(), 128);
        for (row, kind) in table.iter().chain(&table).zip(&kinds.of_row) {
            assert_eq!(row[..trees.width], kinds.rows()[*kind as usize][..trees.width]);
        }
    }

    #[test]
    fn a_split_stands_before_what_lies_below_it() {
        let trees = Trees::read(&mut Reader(include_bytes!("../model.bin")));
        for split in trees.trees.iter().flat_map(|tree| &tree.path.splits) {
            assert!(split.next.iter().all(|next| *next > split.place));
        }
    }

    #[test]
    fn a_tree_without_a_split_is_its_leaf() {
        let trees = Trees::read(&mut Reader(&[1, 0, 0, 0, 0, 0x80, 0x3f]));
        assert_eq!(trees.sums(&[], 0..2, |_, row| *row = [0; ROW]), [1.0; 2]);
    }
}
