//! Boosted trees over bytes: reading them from their file and walking them.
//!
//! Every split asks whether a column's byte is at most a threshold. Leaves lead to themselves, so that a
//! walk of a tree takes the same number of steps for every block and several blocks walk side by side
//! without a branch.

use crate::feature::{Columns, ROW};

/// A split, or a leaf that leads to itself.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    column: u16,
    threshold: u8,
    /// Where bytes up to the threshold go, and where larger ones do.
    next: [u8; 2],
}

/// How many nodes a tree may have: 31 splits and 32 leaves. A fixed size spares every step a check.
const MOST_NODES: usize = 64;

#[derive(Clone, Debug)]
struct Tree {
    nodes: Box<[Node; MOST_NODES]>,
    /// What a walk that ends at a node adds; splits have the mean of what lies below them.
    values: Box<[f32; MOST_NODES]>,
    depth: u8,
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

/// How many blocks walk side by side: enough to hide the time a load takes.
const ABREAST: usize = 8;

/// After how many trees rows may leave.
const STAGE: usize = 100;

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

    /// The sum for each row.
    pub(super) fn sums(&self, rows: &[[u8; ROW]]) -> Vec<f32> {
        let mut sums = vec![0.0; rows.len()];
        for tree in &self.trees {
            tree.add(rows, &mut sums);
        }
        sums
    }

    /// Nearly the sum for each row; a row leaves when a stage of trees ends with a sum beyond `sure`.
    pub(super) fn sums_while_in_doubt(&self, mut rows: Vec<[u8; ROW]>, sure: f32) -> Vec<f32> {
        let mut sums = vec![0.0_f32; rows.len()];
        let mut open: Vec<usize> = (0..rows.len()).collect();
        let mut parts = vec![0.0_f32; rows.len()];
        for stage in self.trees.chunks(STAGE) {
            for tree in stage {
                tree.add(&rows, &mut parts);
            }
            // Those still in doubt move up, row by row, over those that leave.
            let mut stay = 0;
            for at in 0..open.len() {
                let (place, part) = (open[at], parts[at]);
                sums[place] = part;
                if part.abs() <= sure {
                    (open[stay], parts[stay], rows[stay]) = (place, part, rows[at]);
                    stay += 1;
                }
            }
            open.truncate(stay);
            parts.truncate(stay);
            rows.truncate(stay);
        }
        sums
    }

    /// What each column adds to a row's sum: at every split of the walk, the change of the mean.
    pub(super) fn parts(&self, table: &Columns, row: usize, mut add: impl FnMut(u16, f32)) {
        for tree in &self.trees {
            let mut at = 0;
            while let Some(node) = tree.nodes.get(at) {
                let cell = table.get(usize::from(node.column), row);
                let next = usize::from(node.next[usize::from(cell > node.threshold)]);
                if next == at {
                    break;
                }
                let value = |at: usize| tree.values.get(at).copied().unwrap_or(0.0);
                add(node.column, value(next) - value(at));
                at = next;
            }
        }
    }
}

impl Tree {
    /// Reads a tree; what would not fit is read past.
    fn read(reader: &mut Reader<'_>) -> Self {
        let splits = usize::from(reader.byte());
        let all = 2 * splits + 1;
        let mut nodes = Box::new([Node::default(); MOST_NODES]);
        let mut values = Box::new([0.0; MOST_NODES]);
        let place = |child: u8| {
            let at = if child >= 128 { usize::from(child) - 128 + splits } else { usize::from(child) };
            (at % MOST_NODES) as u8
        };
        for at in 0..splits {
            let (column, threshold) = (reader.short().min(ROW as u16 - 1), reader.byte());
            let next = [place(reader.byte()), place(reader.byte())];
            if let Some(node) = nodes.get_mut(at) {
                *node = Node { column, threshold, next };
            }
        }
        for (at, node) in nodes.iter_mut().enumerate().skip(splits) {
            *node = Node { column: 0, threshold: 255, next: [at as u8, at as u8] };
        }
        for at in 0..all {
            let value = reader.float();
            if let Some(place) = values.get_mut(at) {
                *place = value;
            }
        }
        let mut tree = Self { nodes, values, depth: 0 };
        tree.depth = tree.depth_below(0, 0);
        tree
    }

    fn depth_below(&self, at: usize, depth: u8) -> u8 {
        let node = self.nodes[at % MOST_NODES];
        if usize::from(node.next[0]) == at || depth >= MOST_NODES as u8 {
            return depth;
        }
        let below = node.next.map(|next| self.depth_below(usize::from(next), depth + 1));
        below[0].max(below[1])
    }

    /// Where a row goes from a node.
    #[inline]
    fn step(&self, at: u8, row: &[u8; ROW]) -> u8 {
        let node = &self.nodes[usize::from(at) % MOST_NODES];
        node.next[usize::from(row[usize::from(node.column)] > node.threshold)]
    }

    fn add(&self, rows: &[[u8; ROW]], sums: &mut [f32]) {
        let mut groups = rows.chunks_exact(ABREAST);
        let mut sums = sums.chunks_mut(ABREAST);
        for (group, sums) in (&mut groups).zip(&mut sums) {
            let mut at = [0_u8; ABREAST];
            for _ in 0..self.depth {
                for (at, row) in at.iter_mut().zip(group) {
                    *at = self.step(*at, row);
                }
            }
            for (sum, at) in sums.iter_mut().zip(at) {
                *sum += self.values[usize::from(at) % MOST_NODES];
            }
        }
        for (sum, row) in sums.flatten().zip(groups.remainder()) {
            let at = (0..self.depth).fold(0, |at, _| self.step(at, row));
            *sum += self.values[usize::from(at) % MOST_NODES];
        }
    }
}
