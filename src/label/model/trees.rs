//! Boosted trees over bytes: reading them from their file and walking them.
//!
//! Every split asks whether a column's byte is at most a threshold. A whole [`Tile`] of rows walks a tree at once.
//! Neighbouring blocks are much alike: at seven splits of eight all rows of a tile go the same way, which the
//! least and the largest cell of the column tell. Only the splits where they part are asked of every row, from the
//! leaves up: where a row would leave a split is where it would leave the child it goes to. That needs neither a
//! branch nor a load that waits for another, and works on bytes, of which a vector register holds many.

use super::tile::{LANES, Tile};
use crate::feature::{Columns, ROW, Row};
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

#[derive(Clone, Debug)]
struct Tree {
    /// Behind the last one are such as nothing leads to.
    splits: [Split; MOST_LEAVES],
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

    /// How many trees there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.trees.len()
    }

    /// The sum for each of these rows. Rows that are equal are asked once: a flood of blocks is a flood of equal ones.
    pub(super) fn sums<'r>(&self, rows: impl Iterator<Item = &'r Row>) -> Vec<f32> {
        let (kinds, kind_of) = self.kinds(rows);
        let mut tile = Tile::new();
        let mut walk = Walk::new();
        let mut sums = Vec::with_capacity(kinds.len().next_multiple_of(LANES));
        for rows in kinds.chunks(LANES) {
            tile.fill(rows.iter().copied(), self.width);
            sums.extend(self.sums_of_tile(&tile, &mut walk));
        }
        kind_of.into_iter().map(|kind| sums[kind as usize]).collect()
    }

    /// The rows that differ in what trees ask of, and for each row which of them it is like.
    fn kinds<'r>(&self, rows: impl Iterator<Item = &'r Row>) -> (Vec<&'r Row>, Vec<u32>) {
        let (mut kinds, mut kind_of) = (Vec::new(), Vec::with_capacity(rows.size_hint().0));
        let mut known: FxHashMap<u64, u32> = FxHashMap::default();
        for row in rows {
            let new = kinds.len() as u32;
            let kind = *known.entry(hash(&row[..self.width])).or_insert(new);
            let is_known =
                kinds.get(kind as usize).is_some_and(|known: &&Row| known[..self.width] == row[..self.width]);
            kind_of.push(if is_known { kind } else { new });
            if !is_known {
                kinds.push(row);
            }
        }
        (kinds, kind_of)
    }

    fn sums_of_tile(&self, tile: &Tile, walk: &mut Walk) -> [f32; LANES] {
        let mut sums = [0.0; LANES];
        let (fours, rest) = self.trees.as_chunks::<4>();
        for four in fours {
            let [a, b, c, d] = four;
            let ends = four.each_ref().map(|tree| walk.ends(tree, tile));
            for (lane, sum) in sums.iter_mut().enumerate() {
                *sum = *sum
                    + a.value(ends[0][lane])
                    + b.value(ends[1][lane])
                    + c.value(ends[2][lane])
                    + d.value(ends[3][lane]);
            }
        }
        for tree in rest {
            let ends = walk.ends(tree, tile);
            sums.iter_mut().zip(ends).for_each(|(sum, end)| *sum += tree.value(end));
        }
        sums
    }

    /// What each column adds to a row's sum: at every split of the walk, the change of the mean.
    pub(super) fn parts(&self, table: &Columns, row: usize, mut add: impl FnMut(u16, f32)) {
        for tree in &self.trees {
            let mut at = 0;
            while let Some(split) = tree.splits.get(at) {
                let cell = table.get(usize::from(split.column), row);
                at = usize::from(split.next[usize::from(cell > split.threshold)]);
                add(split.column, tree.mean(at) - tree.mean(split.place.into()));
            }
        }
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

/// What a walk notes on its way, for one tree after the other.
struct Walk {
    /// Where a row that stands at a place ends: a leaf is its own end, splits are asked anew by every tree.
    ends: [[u8; LANES]; PLACES],
    /// The splits where rows part, those above others first: the place of each, and where it lets rows go.
    partings: [(u8, [u8; 2]); MOST_LEAVES],
}

impl Walk {
    fn new() -> Self {
        let mut ends = [[0; LANES]; PLACES];
        for (leaf, ends) in ends[LEAVES_AT..].iter_mut().enumerate() {
            *ends = [leaf as u8; LANES];
        }
        Self { ends, partings: [(0, [0; 2]); MOST_LEAVES] }
    }

    /// The leaves where the rows of a tile end.
    fn ends(&mut self, tree: &Tree, tile: &Tile) -> [u8; LANES] {
        let root = tree.parting(0, tile);
        self.partings[0].0 = root;
        let mut count = usize::from(root < LEAVES_AT as u8);
        let mut at = 0;
        while at < count {
            let (place, next) = &mut self.partings[at % MOST_LEAVES];
            *next = tree.split(*place).next.map(|place| tree.parting(place, tile));
            for place in *next {
                self.partings[count % MOST_LEAVES].0 = place;
                count += usize::from(place < LEAVES_AT as u8);
            }
            at += 1;
        }
        for (place, [left, right]) in self.partings[..count % PLACES].iter().rev() {
            let split = tree.split(*place);
            let (left, right) =
                (self.ends[usize::from(*left) % PLACES], self.ends[usize::from(*right) % PLACES]);
            self.ends[usize::from(*place) % PLACES] =
                choose(tile.column(split.column.into()), split.threshold, &left, &right);
        }
        self.ends[usize::from(root) % PLACES]
    }
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
        let mut splits =
            [Split { column: 0, threshold: 255, place: 0, next: [LEAVES_AT as u8; 2] }; MOST_LEAVES];
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
        Self { splits, values, means }
    }

    fn split(&self, place: u8) -> &Split {
        &self.splits[usize::from(place) % MOST_LEAVES]
    }

    /// What a walk adds that ends at a leaf.
    fn value(&self, leaf: u8) -> f32 {
        self.values[usize::from(leaf) % MOST_LEAVES]
    }

    /// The split at which rows first part that all stand at a place, or the leaf where all of them end.
    fn parting(&self, mut place: u8, tile: &Tile) -> u8 {
        while place < LEAVES_AT as u8 {
            let split = self.split(place);
            let [least, most] = tile.range(split.column.into());
            let is_right = least > split.threshold;
            if !is_right && most > split.threshold {
                break;
            }
            place = split.next[usize::from(is_right)];
        }
        place
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
    fn walk(tree: &Tree, table: &Columns, row: usize) -> f32 {
        let mut at = 0;
        while let Some(split) = tree.splits.get(at) {
            let cell = table.get(usize::from(split.column), row);
            at = usize::from(split.next[usize::from(cell > split.threshold)]);
        }
        tree.values[at - LEAVES_AT]
    }

    /// Rows like those of a page: neighbours differ in few cells, some are equal.
    fn rows(count: usize) -> Columns {
        let mut table = Columns::new(count);
        let mut random = 7_u32;
        for row in 0..count {
            for column in 0..ROW {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let is_new = row == 0 || row % 8 != 7 && random % 8 < row as u32 % 9;
                let cell = if is_new { (random >> 24) as u8 } else { table.get(column, row - 1) };
                table.put(column, row, &[cell]);
            }
        }
        table
    }

    #[test]
    fn all_rows_at_once_end_where_a_walk_does() {
        let trees = Trees::read(&mut Reader(include_bytes!("../model.bin")));
        for count in [0, 1, LANES, 333] {
            let table = rows(count);
            let sums = trees.sums(table.rows().iter());
            assert_eq!(sums.len(), count);
            for (row, sum) in sums.into_iter().enumerate() {
                let walked = trees.trees.iter().fold(0.0, |sum, tree| sum + walk(tree, &table, row));
                assert_eq!(sum, walked);
            }
        }
    }

    #[test]
    fn equal_rows_are_asked_once() {
        let trees = Trees::read(&mut Reader(include_bytes!("../model.bin")));
        let table = rows(64);
        let twice = || table.rows().iter().chain(table.rows());
        let (kinds, kind_of) = trees.kinds(twice());
        assert!(kinds.len() < 64, "{}", kinds.len());
        for (row, kind) in twice().zip(kind_of) {
            assert_eq!(row[..trees.width], kinds[kind as usize][..trees.width]);
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
        assert_eq!(trees.sums([[0; ROW]; 2].iter()), [1.0; 2]);
    }
}
