//! Rows of features side by side: whatever is asked of a column is asked of all of them at once.

use crate::feature::{ROW, Row};

/// How many rows a tile holds: two vector registers of bytes on any machine, and little waste on short pages.
pub(super) const LANES: usize = 32;

/// Rows as columns.
pub(super) struct Tile(Box<[[u8; LANES]; ROW]>);

impl Tile {
    pub(super) fn new() -> Self {
        Self(Box::new([[0; LANES]; ROW]))
    }

    /// Puts rows side by side, at most a tile full of them; only columns before `width` are looked at. Lanes behind
    /// the last row repeat it.
    pub(super) fn fill(&mut self, rows: &[Row], width: usize) {
        for first in (0..LANES).step_by(8) {
            let eight: [Option<&Row>; 8] = std::array::from_fn(|at| rows.get(first + at).or(rows.last()));
            for (base, columns) in (0..width).step_by(8).zip(self.0.chunks_exact_mut(8)) {
                let square = eight.map(|row| {
                    let cells = row.and_then(|row| row.get(base..base + 8)?.try_into().ok());
                    cells.map_or(0, u64::from_le_bytes)
                });
                for (lanes, line) in columns.iter_mut().zip(turned(square)) {
                    lanes[first..first + 8].copy_from_slice(&line.to_le_bytes());
                }
            }
        }
    }

    pub(super) fn column(&self, column: usize) -> &[u8; LANES] {
        &self.0[column]
    }
}

/// The least and the largest cell of each column.
pub(super) struct Ranges([[u8; 2]; COLUMNS]);

/// A power of two spares every look a check.
const COLUMNS: usize = ROW.next_power_of_two();

impl Ranges {
    /// Those of any rows.
    pub(super) fn full() -> Self {
        Self([[0, u8::MAX]; COLUMNS])
    }

    pub(super) fn of(rows: &[Row]) -> Self {
        let (mut least, mut most) = ([u8::MAX; ROW], [0; ROW]);
        for row in rows {
            for ((least, most), cell) in least.iter_mut().zip(&mut most).zip(row) {
                *least = (*least).min(*cell);
                *most = (*most).max(*cell);
            }
        }
        let mut ranges = [[0; 2]; COLUMNS];
        for (range, (least, most)) in ranges.iter_mut().zip(least.into_iter().zip(most)) {
            *range = [least, most];
        }
        Self(ranges)
    }

    pub(super) fn column(&self, column: u16) -> [u8; 2] {
        self.0[usize::from(column) % COLUMNS]
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
    fn rows_that_are_turned_are_columns() {
        let cell = |row: usize, column: usize| (row * 7 + column * 31 + row * column) as u8;
        let rows: Vec<Row> = (0..LANES).map(|row| std::array::from_fn(|column| cell(row, column))).collect();
        let mut tile = Tile::new();
        for (count, width) in [(LANES, ROW), (1, 9), (9, 200), (31, ROW), (LANES, 1)] {
            tile.fill(&rows[..count], width);
            let ranges = Ranges::of(&rows[..count]);
            for column in 0..width {
                let cells: [u8; LANES] = std::array::from_fn(|lane| cell(lane.min(count - 1), column));
                assert_eq!(*tile.column(column), cells);
                let range = [cells.iter().min(), cells.iter().max()].map(|cell| cell.copied());
                assert_eq!(ranges.column(column as u16).map(Some), range);
            }
        }
    }
}
