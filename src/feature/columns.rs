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
    fn there_is_nothing_outside_the_table() {
        let mut columns = Columns::new(2);
        columns.fill(0, &[7]);
        assert_eq!(
            [columns.get(0, 1), columns.get(0, 2), columns.get(0, 99), columns.get(ROW, 0)],
            [7, 0, 0, 0]
        );
    }
}
