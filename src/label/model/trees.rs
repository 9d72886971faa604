//! Boosted trees over bytes: reading them from their file and walking them.
//!
//! Every split asks whether a column's byte is at most a threshold. How many rows are asked at once is told in
//! `forest.rs`.

use super::forest::{Forest, Sides, TILES_TOGETHER};
use super::kinds::Kinds;
use super::tile::{LANES, Ranges, Tile};
use crate::feature::{ROW, Row};
use crate::simd::in_wide_registers;

/// A split.
#[derive(Clone, Copy, Debug)]
pub(super) struct Split {
    pub(super) column: u16,
    pub(super) threshold: u8,
    /// Its own place in the tree.
    pub(super) place: u8,
    /// Where bytes up to the threshold go, and where larger ones do: places of splits, or of leaves from
    /// [`LEAVES_AT`] on.
    pub(super) next: [u8; 2],
}

/// How many leaves a tree may have; it has a split less.
pub(super) const MOST_LEAVES: usize = 32;
/// The place of the first leaf. Splits stand before all that lies below them.
pub(super) const LEAVES_AT: usize = MOST_LEAVES;
/// How many places a tree has: as many as a word has bits. A power of two spares every step a check.
pub(super) const PLACES: usize = LEAVES_AT + MOST_LEAVES;
const _: () = assert!(PLACES == u64::BITS as usize);
/// What leads nowhere but to the first leaf.
pub(super) const NO_SPLIT: Split = Split { column: 0, threshold: 255, place: 0, next: [LEAVES_AT as u8; 2] };

#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) sides: Sides,
    /// What a walk that ends at a leaf adds.
    values: [f32; MOST_LEAVES],
    /// What only single tiles and walks ask for, out of the way of what is read for every page: the splits, and for each the
    /// mean of what lies below it.
    splits: Box<[Split]>,
    means: Box<[f32]>,
}

/// Memory to ask trees in, for one pass after the other.
pub(super) struct Memory {
    /// How many columns its rows have room for.
    width: usize,
    tile: Tile,
    forest: Forest,
    kinds: Kinds,
}

impl Memory {
    /// For trees that ask of no column from `width` on.
    pub(super) fn new(width: usize) -> Self {
        Self { width, tile: Tile::default(), forest: Forest::default(), kinds: Kinds::default() }
    }

    /// Whether all of so many rows that trees were asked of are there still.
    pub(super) fn holds(&self, rows: usize) -> bool {
        self.kinds.len() == rows
    }
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
        let columns = trees.iter().flat_map(|tree| &tree.splits).map(|split| usize::from(split.column) + 1);
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

    /// The sum for each of so many rows, which `write` writes; trees behind a stop are asked of no row that it sees settled.
    /// Of many rows those that are equal are asked once: a flood of blocks is a flood of equal ones. Of a page without a flood
    /// all rows stay in memory, for [`Self::sums_again`].
    pub(super) fn sums(
        &self,
        memory: &mut Memory,
        stops: &[Stop],
        rows: usize,
        mut write: impl FnMut(usize, &mut Row),
    ) -> Vec<f32> {
        let mut sums = Vec::with_capacity(rows);
        let (mut of_kinds, mut open) = (Vec::new(), Vec::new());
        let mut of = 0..rows;
        memory.kinds.make_room(rows, memory.width);
        while !of.is_empty() {
            in_wide_registers(
                #[inline(always)]
                || memory.kinds.gather(&mut of, &mut write, self.width),
            );
            of_kinds.clear();
            of_kinds.resize(memory.kinds.len(), 0.0);
            open.clear();
            open.extend(0..memory.kinds.len());
            self.ask(memory, stops, &mut open, &mut of_kinds);
            sums.extend(memory.kinds.of_row().iter().map(|kind| of_kinds[*kind as usize]));
        }
        sums
    }

    /// The sum for each of these rows, in order, of those that [stay in memory](Memory::holds), to which `write` adds what was
    /// not known when other trees were asked.
    pub(super) fn sums_again(
        &self,
        memory: &mut Memory,
        stops: &[Stop],
        of: &[usize],
        mut write: impl FnMut(usize, &mut Row),
    ) -> Vec<f32> {
        in_wide_registers(
            #[inline(always)]
            || {
                for (nth, at) in of.iter().enumerate() {
                    if let Some(row) = memory.kinds.row_mut(*at) {
                        write(nth, row);
                    }
                }
            },
        );
        let mut of_kinds = vec![0.0; memory.kinds.len()];
        self.ask(memory, stops, &mut of.to_vec(), &mut of_kinds);
        of.iter().map(|at| of_kinds[*at]).collect()
    }

    /// Asks the trees of these kinds of rows. Both passes share its code, which a processor keeps at hand.
    #[inline(never)]
    fn ask(&self, memory: &mut Memory, stops: &[Stop], open: &mut Vec<usize>, of_kinds: &mut [f32]) {
        in_wide_registers(
            #[inline(always)]
            || self.ask_here(memory, stops, open, of_kinds),
        );
    }

    /// The same, compiled for the processor that the caller is compiled for.
    #[inline(always)]
    fn ask_here(&self, memory: &mut Memory, stops: &[Stop], open: &mut Vec<usize>, of_kinds: &mut [f32]) {
        let Memory { tile, forest, kinds, .. } = memory;
        let mut asked = 0;
        for stop in stops.iter().map(Some).chain([None]) {
            let until = stop.map_or(self.trees.len(), |stop| stop.trees.min(self.trees.len()));
            let trees = self.trees.get(asked..until).unwrap_or_default();
            for some in open.chunks(TILES_TOGETHER * LANES) {
                // Thinning out takes longer than it spares one tile.
                let is_thin = some.len() > LANES;
                if is_thin {
                    let rows = some.iter().map(|kind| kinds.row(*kind));
                    forest.thin_out(trees, &Ranges::of(rows, self.width));
                }
                for some in some.chunks(LANES) {
                    tile.fill(some.iter().map(|kind| kinds.row(*kind)), self.width);
                    let mut sums = [0.0; LANES];
                    some.iter().zip(&mut sums).for_each(|(kind, sum)| *sum = of_kinds[*kind]);
                    if is_thin {
                        forest.add_to(&mut sums, trees, tile);
                    } else {
                        forest.add_whole_to(&mut sums, trees, tile);
                    }
                    some.iter().zip(sums).for_each(|(kind, sum)| of_kinds[*kind] = sum);
                }
            }
            asked = until;
            if let Some(stop) = stop {
                open.retain(|kind: &usize| !stop.settles(&mut of_kinds[*kind]));
            }
        }
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
        let sides = Sides::of(&splits, count.into());
        let splits = splits[..usize::from(count).clamp(1, MOST_LEAVES)].into();
        Self { sides, values, splits, means }
    }

    /// Its splits, at least one, those above others first.
    pub(super) fn splits(&self) -> &[Split] {
        &self.splits
    }

    /// What a walk adds that ends at each leaf.
    pub(super) fn values(&self) -> &[f32; MOST_LEAVES] {
        &self.values
    }

    /// The mean of what lies below a place.
    fn mean(&self, place: usize) -> f32 {
        self.means.get(place).copied().unwrap_or_else(|| self.values[place % MOST_LEAVES])
    }
}

#[cfg(test)]
pub(super) mod tests {
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
    pub(in super::super) fn rows(count: usize) -> Vec<Row> {
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
            let mut memory = Memory::new(ROW);
            let sums = trees.sums(&mut memory, &[], count, |at, row| *row = table[at]);
            assert_eq!(sums.len(), count);
            if memory.holds(count) {
                let mut narrow = vec![0.0; count];
                trees.ask_here(&mut memory, &[], &mut (0..count).collect(), &mut narrow);
                assert_eq!(narrow, sums, "in narrow registers");
            }
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
        let sums = trees.sums(&mut Memory::new(ROW), &stops, 777, |at, row| *row = table[at]);
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
    fn rows_that_stay_and_are_written_on_are_asked_as_new_ones() {
        let trees = Trees::read(&mut Reader(include_bytes!("../model.bin")));
        let width = trees.width();
        let stops = [Stop { trees: 9, beyond: [-1.0, 0.75], growth: [1.5, 1.25] }];
        for (count, by) in [(10, 3), (333, 2), (999, 1), (999, 40)] {
            let table = rows(count);
            // Of the columns behind these all rows have those of another row.
            let others = |at: usize, row: &mut Row| {
                row[100..width].copy_from_slice(&table[count - 1 - at][100..width])
            };
            let mut memory = Memory::new(width);
            trees.sums(&mut memory, &[], count, |at, row| row[..width].copy_from_slice(&table[at][..width]));
            assert!(memory.holds(count));
            let of: Vec<usize> = (0..count).step_by(by).collect();
            let sums = trees.sums_again(&mut memory, &stops, &of, |nth, row| others(of[nth], row));
            let slowly = trees.sums(&mut Memory::new(ROW), &stops, of.len(), |nth, row| {
                *row = table[of[nth]];
                others(of[nth], row);
            });
            assert_eq!(sums, slowly);
        }
        let mut memory = Memory::new(width);
        trees.sums(&mut memory, &[], 5000, |at, row| row[0] = (at % 256) as u8);
        assert!(!memory.holds(5000));
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
        assert_eq!(trees.sums(&mut Memory::new(ROW), &[], 2, |_, row| *row = [0; ROW]), [1.0; 2]);
    }
}
