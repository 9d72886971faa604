//! The table of features: a column a feature, a byte a block.

/// A block of bytes that is read at once; columns are padded to full lanes.
pub(crate) const LANE: usize = 32;

/// Features as columns of equal length.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    cells: Vec<u8>,
    stride: usize,
    rows: usize,
}

impl Columns {
    /// A table full of zeros.
    pub(crate) fn new(width: usize, rows: usize) -> Self {
        let stride = rows.next_multiple_of(LANE);
        Self { cells: vec![0; width * stride], stride, rows }
    }

    /// How many blocks there are.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn column_mut(&mut self, column: usize) -> &mut [u8] {
        self.cells.get_mut(column * self.stride..(column + 1) * self.stride).unwrap_or_default()
    }

    /// One cell; 0 outside the table.
    pub(crate) fn get(&self, column: usize, row: usize) -> u8 {
        if row < self.rows { self.cells.get(column * self.stride + row).copied().unwrap_or(0) } else { 0 }
    }

    /// One cell, which may lie in the padding.
    pub(crate) fn padded(&self, column: usize, row: usize) -> u8 {
        self.cells.get(column * self.stride + row).copied().unwrap_or(0)
    }

    /// Writes a family's cells of one block, its first column being `base`.
    pub(crate) fn put<const N: usize>(&mut self, base: usize, row: usize, values: &[u8; N]) {
        for (offset, &value) in values.iter().enumerate() {
            if let Some(cell) = self.cells.get_mut((base + offset) * self.stride + row) {
                *cell = value;
            }
        }
    }

    /// Gives all blocks the same cells.
    pub(super) fn fill<const N: usize>(&mut self, base: usize, values: &[u8; N]) {
        for (offset, &value) in values.iter().enumerate() {
            self.column_mut(base + offset).fill(value);
        }
    }

    /// Makes `to` the column `from` moved by `by` blocks: what the neighbour has. Outside the page is 0.
    pub(crate) fn shift(&mut self, from: usize, to: usize, by: isize) {
        let (stride, rows) = (self.stride, self.rows);
        let distance = by.unsigned_abs();
        if distance >= rows {
            return;
        }
        let source = from * stride;
        let target = to * stride;
        if by >= 0 {
            self.cells.copy_within(source + distance..source + rows, target);
        } else {
            self.cells.copy_within(source..source + rows - distance, target + distance);
        }
    }
}
