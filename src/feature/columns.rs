//! The table of features: a row a block, a byte a feature.

/// How wide rows are: all features of both looks, and room up to full cache lines.
pub(crate) const ROW: usize = 384;

/// Features, the columns of a block next to each other: a walk down a tree stays within a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    cells: Vec<[u8; ROW]>,
}

impl Columns {
    /// A table full of zeros.
    pub(crate) fn new(rows: usize) -> Self {
        Self { cells: vec![[0; ROW]; rows] }
    }

    /// How many blocks there are.
    pub(crate) fn rows(&self) -> usize {
        self.cells.len()
    }

    /// All rows.
    pub(crate) fn all(&self) -> &[[u8; ROW]] {
        &self.cells
    }

    /// One cell; 0 outside the table.
    pub(crate) fn get(&self, column: usize, row: usize) -> u8 {
        self.cells.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0)
    }

    /// Writes a family's cells of one block, its first column being `base`.
    pub(crate) fn put<const N: usize>(&mut self, base: usize, row: usize, values: &[u8; N]) {
        if let Some(cells) = self.cells.get_mut(row).and_then(|row| row.get_mut(base..base + N)) {
            cells.copy_from_slice(values);
        }
    }

    /// Gives all blocks the same cells.
    pub(super) fn fill<const N: usize>(&mut self, base: usize, values: &[u8; N]) {
        for row in 0..self.cells.len() {
            self.put(base, row, values);
        }
    }

    /// Makes `to` the column `from` moved by `by` blocks: what the neighbour has. Outside the page is 0.
    pub(crate) fn shift(&mut self, from: usize, to: usize, by: isize) {
        for row in 0..self.cells.len() {
            let neighbour = row.checked_add_signed(by);
            let value = neighbour.map_or(0, |neighbour| self.get(from, neighbour));
            self.put(to, row, &[value]);
        }
    }
}
