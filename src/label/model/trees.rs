//! Boosted trees over bytes: reading them from their file and walking them.
//!
//! Every split asks whether a column's byte is at most a threshold. Leaves lead to themselves, so that a
//! walk of a tree takes the same number of steps for every block and several blocks walk side by side
//! without a branch.

use crate::feature::Columns;

/// A split, or a leaf that leads to itself.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    column: u16,
    threshold: u8,
    /// Where bytes up to the threshold go, and where larger ones do.
    next: [u8; 2],
}

#[derive(Clone, Debug, Default)]
struct Tree {
    nodes: Vec<Node>,
    /// What a walk that ends at a node adds; splits have the mean of what lies below them.
    values: Vec<f32>,
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

    /// The sum for each row of a table; columns from `first.width` on are those of `second`.
    pub(super) fn sums(&self, table: &Table<'_>) -> Vec<f32> {
        let mut sums = vec![0.0; table.rows];
        for tree in &self.trees {
            tree.add(table, &mut sums);
        }
        sums
    }

    /// What each column adds to a row's sum: at every split of the walk, the change of the mean.
    pub(super) fn parts(&self, table: &Table<'_>, row: usize, mut add: impl FnMut(u16, f32)) {
        for tree in &self.trees {
            let mut at = 0;
            while let Some(node) = tree.nodes.get(at) {
                let next = usize::from(node.next[usize::from(table.cell(node.column, row) > node.threshold)]);
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
    fn read(reader: &mut Reader<'_>) -> Self {
        let splits = usize::from(reader.byte());
        let leaves = splits + 1;
        let mut nodes = Vec::with_capacity(splits + leaves);
        let place = |child: u8| if child >= 128 { child - 128 + splits as u8 } else { child };
        for _ in 0..splits {
            let (column, threshold) = (reader.short(), reader.byte());
            let next = [place(reader.byte()), place(reader.byte())];
            nodes.push(Node { column, threshold, next });
        }
        for leaf in 0..leaves {
            let at = (splits + leaf) as u8;
            nodes.push(Node { column: 0, threshold: 255, next: [at, at] });
        }
        let values = (0..splits + leaves).map(|_| reader.float()).collect();
        let mut tree = Self { nodes, values, depth: 0 };
        tree.depth = tree.depth_below(0, 0);
        tree
    }

    fn depth_below(&self, at: usize, depth: u8) -> u8 {
        let node = self.nodes[at];
        if usize::from(node.next[0]) == at || depth == u8::MAX {
            return depth;
        }
        let below = node.next.map(|next| self.depth_below(usize::from(next), depth + 1));
        below[0].max(below[1])
    }

    fn add(&self, table: &Table<'_>, sums: &mut [f32]) {
        let mut first = 0;
        for group in sums.chunks_mut(ABREAST) {
            let mut at = [0_u8; ABREAST];
            for _ in 0..self.depth {
                for (offset, at) in at.iter_mut().enumerate() {
                    // Columns are padded, so the last group may look past the last row.
                    let node = self.nodes[usize::from(*at)];
                    let goes_right = table.cell(node.column, first + offset) > node.threshold;
                    *at = node.next[usize::from(goes_right)];
                }
            }
            for (sum, at) in group.iter_mut().zip(at) {
                *sum += self.values[usize::from(at)];
            }
            first += ABREAST;
        }
    }
}

/// Two tables of columns read as one: rows next to each other in memory, so that a walk stays near.
pub(super) struct Table<'c> {
    first: &'c Columns,
    second: Option<&'c Columns>,
    width: u16,
    rows: usize,
}

impl<'c> Table<'c> {
    pub(super) fn new(first: &'c Columns, second: Option<&'c Columns>, width: usize) -> Self {
        Self { first, second, width: width as u16, rows: first.rows() }
    }

    fn cell(&self, column: u16, row: usize) -> u8 {
        match self.second {
            Some(second) if column >= self.width => second.padded(usize::from(column - self.width), row),
            _ => self.first.padded(usize::from(column), row),
        }
    }
}
