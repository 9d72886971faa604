//! The table of features: a byte a feature, the blocks in tiles.

/// How many features there are room for: those of both looks, and some more.
pub(crate) const ROW: usize = 384;

/// How many blocks a tile holds: two vector registers of bytes on any machine, and little waste on short pages.
pub(crate) const LANES: usize = 32;

/// The features of neighbouring blocks, a column each: whatever is asked of a feature is asked of all of them at
/// once, and twelve kilobytes stay in the nearest cache while it is.
pub(crate) type Tile = [[u8; LANES]; ROW];

/// Features of all blocks of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    tiles: Vec<Tile>,
    rows: usize,
}

impl Columns {
    /// A table full of zeros.
    pub(crate) fn new(rows: usize) -> Self {
        Self { tiles: vec![[[0; LANES]; ROW]; rows.div_ceil(LANES)], rows }
    }

    /// How many blocks there are.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// All blocks, so many at a time; behind the last block of the page the last tile says nothing.
    pub(crate) fn tiles(&self) -> &[Tile] {
        &self.tiles
    }

    /// One cell; 0 outside the table.
    pub(crate) fn get(&self, column: usize, row: usize) -> u8 {
        let tile = self.tiles.get(row / LANES).filter(|_| row < self.rows);
        tile.and_then(|tile| tile.get(column)).map_or(0, |lanes| lanes[row % LANES])
    }

    /// Writes a family's cells of one block, its first column being `base`.
    pub(crate) fn put<const N: usize>(&mut self, base: usize, row: usize, values: &[u8; N]) {
        let tile = self.tiles.get_mut(row / LANES);
        if let Some(columns) = tile.and_then(|tile| tile.get_mut(base..base + N)) {
            for (lanes, value) in columns.iter_mut().zip(values) {
                lanes[row % LANES] = *value;
            }
        }
    }

    /// Writes the columns before `width` of a tile, the one that holds the block `row`.
    pub(super) fn turn(&mut self, row: usize, width: usize, rows: &Rows) {
        let Some(tile) = self.tiles.get_mut(row / LANES) else { return };
        for (base, columns) in (0..width).step_by(8).zip(tile.chunks_exact_mut(8)) {
            for (first, eight) in (0..LANES).step_by(8).zip(rows.0.chunks_exact(8)) {
                let mut square = [0; 8];
                for (line, row) in square.iter_mut().zip(eight) {
                    let cells = row.get(base..base + 8).and_then(|cells| cells.try_into().ok());
                    *line = cells.map_or(0, u64::from_le_bytes);
                }
                for (lanes, line) in columns.iter_mut().zip(turned(square)) {
                    lanes[first..first + 8].copy_from_slice(&line.to_le_bytes());
                }
            }
        }
    }

    /// Gives all blocks the same cells.
    pub(super) fn fill<const N: usize>(&mut self, base: usize, values: &[u8; N]) {
        for tile in &mut self.tiles {
            for (lanes, value) in tile[base..].iter_mut().zip(values) {
                *lanes = [*value; LANES];
            }
        }
    }

    /// Makes `to` the column `from` moved by `by` blocks, fewer than a tile holds: what the neighbour has. Outside
    /// the page is 0.
    pub(crate) fn shift(&mut self, from: usize, to: usize, by: isize) {
        debug_assert!(by.unsigned_abs() <= LANES);
        let mut column = vec![0; LANES];
        column.extend(self.tiles.iter().flat_map(|tile| tile[from]));
        column.truncate(LANES + self.rows);
        column.resize(LANES * (self.tiles.len() + 2), 0);
        let moved = &column[LANES.saturating_add_signed(by)..];
        for (tile, moved) in self.tiles.iter_mut().zip(moved.chunks_exact(LANES)) {
            tile[to].copy_from_slice(moved);
        }
    }
}

/// The blocks of a tile, a row each: what is measured block by block is written so and turned all at once.
pub(super) struct Rows(Box<[[u8; ROW]; LANES]>);

impl Rows {
    pub(super) fn new() -> Self {
        Self(Box::new([[0; ROW]; LANES]))
    }

    /// Writes a family's cells of one block, its first column being `base`.
    pub(super) fn put<const N: usize>(&mut self, base: usize, row: usize, values: &[u8; N]) {
        self.0[row % LANES][base..base + N].copy_from_slice(values);
    }
}

/// Eight rows of eight bytes as columns: halves change places, then quarters, then bytes.
fn turned(mut square: [u64; 8]) -> [u64; 8] {
    const HALVES: u64 = 0x0000_0000_ffff_ffff;
    const QUARTERS: u64 = 0x0000_ffff_0000_ffff;
    const BYTES: u64 = 0x00ff_00ff_00ff_00ff;
    for (step, mask) in [(4, HALVES), (2, QUARTERS), (1, BYTES)] {
        for at in (0..8).filter(|at| at & step == 0) {
            let changes = ((square[at] >> (8 * step)) ^ square[at + step]) & mask;
            square[at + step] ^= changes;
            square[at] ^= changes << (8 * step);
        }
    }
    square
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_column_holds_what_the_neighbours_have() {
        for rows in [0, 1, 5, 31, 32, 33, 64, 100] {
            let mut columns = Columns::new(rows);
            // What stands behind the last block is nobody's.
            columns.fill(0, &[9]);
            for row in 0..rows {
                columns.put(0, row, &[row as u8 + 1]);
            }
            for by in [-32, -7, -1, 0, 1, 3, 32] {
                columns.shift(0, 1, by);
                for row in 0..rows {
                    let neighbour = row.checked_add_signed(by).filter(|at| *at < rows);
                    assert_eq!(columns.get(1, row), neighbour.map_or(0, |at| at as u8 + 1));
                }
            }
        }
    }

    #[test]
    fn rows_that_are_turned_are_columns() {
        let (mut put, mut by_rows, mut rows) = (Columns::new(40), Columns::new(40), Rows::new());
        for row in 0..40 {
            for column in 0..200 {
                let cell = [(row * 7 + column * 31 + row * column) as u8];
                put.put(column, row, &cell);
                rows.put(column, row, &cell);
            }
            if row % LANES == LANES - 1 || row == 39 {
                by_rows.turn(row, 200, &rows);
            }
        }
        for (row, column) in (0..40).flat_map(|row| (0..ROW).map(move |column| (row, column))) {
            assert_eq!(by_rows.get(column, row), put.get(column, row), "{row} {column}");
        }
    }

    #[test]
    fn there_is_nothing_outside_the_table() {
        let mut columns = Columns::new(2);
        columns.fill(0, &[7]);
        assert_eq!(
            [columns.get(0, 1), columns.get(0, 2), columns.get(0, 99), columns.get(ROW, 0)],
            [7, 0, 0, 0]
        );
    }
}
