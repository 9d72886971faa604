//! Boosted trees over bytes: reading them from their file and walking them.
//!
//! Every split asks whether a column's byte is at most a threshold. All splits of a tree are asked for a whole
//! tile of blocks at once, from the leaves up: where a block would leave a split is where it would leave the
//! child it goes to. That asks more splits than a walk from the root down, but without a branch or a load that
//! waits for another, and in bytes of which a vector register holds many.

use crate::feature::{Columns, LANES, ROW, Tile};

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
    splits: Vec<Split>,
    /// What a walk that ends at a leaf adds.
    values: [f32; MOST_LEAVES],
    /// For each split the mean of what lies below it.
    means: Vec<f32>,
}

/// A sum of trees.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trees {
    trees: Vec<Tree>,
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
        Self { trees: (0..count).map(|_| Tree::read(reader)).collect() }
    }

    /// How many trees there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.trees.len()
    }

    /// The sum for each block of a tile.
    pub(super) fn sums(&self, tile: &Tile) -> [f32; LANES] {
        // Where a block that stands at a place ends: a leaf is its own end, and splits are asked anew by every tree.
        let mut ends = [[0; LANES]; PLACES];
        for (leaf, ends) in ends[LEAVES_AT..].iter_mut().enumerate() {
            *ends = [leaf as u8; LANES];
        }
        let mut sums = [0.0; LANES];
        for tree in &self.trees {
            for split in tree.splits.iter().rev() {
                let cells = &tile[usize::from(split.column)];
                let [left, right] = split.next;
                let (left, right) = (ends[usize::from(left) % PLACES], ends[usize::from(right) % PLACES]);
                ends[usize::from(split.place) % LEAVES_AT] = choose(cells, split.threshold, &left, &right);
            }
            for (sum, end) in sums.iter_mut().zip(ends[0]) {
                *sum += tree.values[usize::from(end) % MOST_LEAVES];
            }
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
        let mut splits = Vec::with_capacity(count.into());
        for at in 0..count {
            let (column, threshold) = (reader.short().min(ROW as u16 - 1), reader.byte());
            let next = [place(reader.byte()), place(reader.byte())];
            splits.push(Split { column, threshold, place: at, next });
        }
        splits.truncate(MOST_LEAVES - 1);
        if splits.is_empty() {
            splits.push(Split { column: 0, threshold: 255, place: 0, next: [LEAVES_AT as u8; 2] });
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

    #[test]
    fn all_splits_at_once_end_where_a_walk_does() {
        let trees = Trees::read(&mut Reader(include_bytes!("../model.bin")));
        let mut table = Columns::new(LANES);
        let mut random = 7_u32;
        for row in 0..LANES {
            for column in 0..ROW {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                table.put(column, row, &[(random >> 24) as u8]);
            }
        }
        for (row, sum) in trees.sums(&table.tiles()[0]).into_iter().enumerate() {
            let walked = trees.trees.iter().fold(0.0, |sum, tree| sum + walk(tree, &table, row));
            assert_eq!(sum, walked);
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
        assert_eq!(trees.sums(&[[0; LANES]; ROW]), [1.0; LANES]);
    }
}
