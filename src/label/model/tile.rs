//! Rows of features side by side: whatever is asked of a column is asked of all of them at once.

use crate::feature::{ROW, Row};

/// How many rows a tile holds: two vector registers of bytes on any machine, and little waste on short pages.
pub(super) const LANES: usize = 32;

/// Rows as columns, and what lies between the least and the largest cell of each.
pub(super) struct Tile {
    columns: Box<[[u8; LANES]; ROW]>,
    ranges: [[u8; 2]; RANGES],
}

/// A power of two spares every look a check.
const RANGES: usize = ROW.next_power_of_two();

impl Tile {
    pub(super) fn new() -> Self {
        Self { columns: Box::new([[0; LANES]; ROW]), ranges: [[0; 2]; RANGES] }
    }

    /// Puts rows side by side, at most a tile full of them, one at least; only columns before `width` are looked
    /// at. Lanes behind the last row repeat it.
    pub(super) fn fill<'r>(&mut self, mut rows: impl Iterator<Item = &'r Row>, width: usize) {
        let Some(mut row) = rows.next() else { return };
        let width = width.next_multiple_of(8).min(ROW);
        let (mut least, mut most) = (*row, *row);
        for first in (0..LANES).step_by(8) {
            let eight: [&Row; 8] = std::array::from_fn(|at| {
                if first + at > 0
                    && let Some(next) = rows.next()
                {
                    row = next;
                    for ((least, most), cell) in least.iter_mut().zip(&mut most).zip(row) {
                        *least = (*least).min(*cell);
                        *most = (*most).max(*cell);
                    }
                }
                row
            });
            for (base, columns) in (0..width).step_by(8).zip(self.columns.chunks_exact_mut(8)) {
                let square = eight.map(|row| {
                    row.get(base..base + 8)
                        .and_then(|cells| cells.try_into().ok())
                        .map_or(0, u64::from_le_bytes)
                });
                for (lanes, line) in columns.iter_mut().zip(turned(square)) {
                    lanes[first..first + 8].copy_from_slice(&line.to_le_bytes());
                }
            }
        }
        for (range, (least, most)) in self.ranges.iter_mut().zip(least.into_iter().zip(most)) {
            *range = [least, most];
        }
    }

    pub(super) fn column(&self, column: usize) -> &[u8; LANES] {
        &self.columns[column]
    }

    /// The least and the largest cell of a column.
    pub(super) fn range(&self, column: usize) -> [u8; 2] {
        self.ranges[column % RANGES]
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
            tile.fill(rows[..count].iter(), width);
            for column in 0..width {
                let cells: [u8; LANES] = std::array::from_fn(|lane| cell(lane.min(count - 1), column));
                assert_eq!(*tile.column(column), cells);
                let range = [cells.iter().min(), cells.iter().max()].map(|cell| cell.copied());
                assert_eq!(tile.range(column).map(Some), range);
            }
        }
    }
}
