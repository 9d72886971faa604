//! Rows of features side by side: whatever is asked of a column is asked of all of them at once.

use crate::feature::{ROW, Row};

/// How many rows a tile holds: two vector registers of bytes on any machine, and little waste on short pages.
pub(super) const LANES: usize = 32;

/// Rows as columns.
pub(super) struct Tile {
    columns: Box<[[u8; LANES]; ROW]>,
}

impl Default for Tile {
    fn default() -> Self {
        Self { columns: Box::new([[0; LANES]; ROW]) }
    }
}

impl Tile {
    /// Puts rows side by side, at most a tile full of them; only columns before `width` are looked at. Lanes behind
    /// the last row are those of some other.
    #[inline(always)]
    pub(super) fn fill<'r>(&mut self, rows: impl Iterator<Item = &'r Row>, width: usize) {
        let mut rows = rows.peekable();
        for first in (0..LANES).step_by(SIDE) {
            let Some(&(mut last)) = rows.peek() else { break };
            let side: [&Row; SIDE] = std::array::from_fn(|_| {
                last = rows.next().unwrap_or(last);
                last
            });
            for (group, columns) in self.columns.as_chunks_mut::<SIDE>().0.iter_mut().enumerate() {
                if group * SIDE >= width {
                    break;
                }
                let square = turned(&side.map(|row| row.as_chunks().0[group]));
                for (lanes, line) in columns.iter_mut().zip(square) {
                    lanes[first..first + SIDE].copy_from_slice(&line);
                }
            }
        }
    }

    pub(super) fn column(&self, column: usize) -> &[u8; LANES] {
        &self.columns[column]
    }
}

/// The least and the largest cell of each column.
pub(super) struct Ranges([[u8; 2]; COLUMNS]);

/// As many columns as a line of a processor's memory has bytes.
const LINE: usize = 64;
const _: () = assert!(ROW.is_multiple_of(LINE));

/// A power of two spares every look a check.
const COLUMNS: usize = ROW.next_power_of_two();

impl Ranges {
    /// Those of these rows before `width`.
    #[inline(always)]
    pub(super) fn of<'r>(rows: impl Iterator<Item = &'r Row> + Clone, width: usize) -> Self {
        let mut ranges = [[0; 2]; COLUMNS];
        // Of so many columns at once all cells go past while what is found stays in registers.
        for (line, ranges) in
            ranges.as_chunks_mut::<LINE>().0.iter_mut().enumerate().take(width.div_ceil(LINE))
        {
            let (mut least, mut most) = ([u8::MAX; LINE], [0; LINE]);
            for row in rows.clone() {
                let Some(cells) = row.as_chunks::<LINE>().0.get(line) else { break };
                for ((least, most), cell) in least.iter_mut().zip(&mut most).zip(cells) {
                    *least = (*least).min(*cell);
                    *most = (*most).max(*cell);
                }
            }
            for (range, (least, most)) in ranges.iter_mut().zip(least.into_iter().zip(most)) {
                *range = [least, most];
            }
        }
        Self(ranges)
    }

    pub(super) fn column(&self, column: u16) -> [u8; 2] {
        self.0[usize::from(column) % COLUMNS]
    }
}

/// How many rows are turned at once: as many as a vector register has bytes.
const SIDE: usize = 16;
const _: () = assert!(LANES.is_multiple_of(SIDE) && ROW.is_multiple_of(SIDE));

/// As many rows of as many bytes as columns: shuffled together four times, row with the row half a square further.
#[inline(always)]
fn turned(square: &[[u8; SIDE]; SIDE]) -> [[u8; SIDE]; SIDE] {
    shuffled(&shuffled(&shuffled(&shuffled(square))))
}

#[inline(always)]
fn shuffled(square: &[[u8; SIDE]; SIDE]) -> [[u8; SIDE]; SIDE] {
    /// Half of two rows, a byte of the one after a byte of the other: one instruction of a processor. A plain loop: a
    /// closure for each byte is inlined only by compilers that look at all of the crate at once.
    #[inline(always)]
    fn half(a: &[u8; SIDE], b: &[u8; SIDE], from: usize) -> [u8; SIDE] {
        let mut half = [0; SIDE];
        for at in 0..SIDE / 2 {
            half[2 * at] = a[from + at];
            half[2 * at + 1] = b[from + at];
        }
        half
    }
    let mut shuffled = [[0; SIDE]; SIDE];
    for at in 0..SIDE / 2 {
        let (a, b) = (&square[at], &square[at + SIDE / 2]);
        shuffled[2 * at] = half(a, b, 0);
        shuffled[2 * at + 1] = half(a, b, SIDE / 2);
    }
    shuffled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_turned_are_columns() {
        let cell = |row: usize, column: usize| (row * 7 + column * 31 + row * column) as u8;
        let rows: Vec<Row> = (0..LANES).map(|row| std::array::from_fn(|column| cell(row, column))).collect();
        let mut tile = Tile::default();
        for (count, width) in [(LANES, ROW), (1, 9), (9, 200), (31, ROW), (LANES, 1)] {
            tile.fill(rows[..count].iter(), width);
            let ranges = Ranges::of(rows[..count].iter(), width);
            for column in 0..width {
                let cells: Vec<u8> = (0..count).map(|lane| cell(lane, column)).collect();
                assert_eq!(tile.column(column)[..count], cells);
                let range = [cells.iter().min(), cells.iter().max()].map(|cell| cell.copied());
                assert_eq!(ranges.column(column as u16).map(Some), range);
            }
        }
    }
}
