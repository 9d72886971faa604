//! Rows to be asked: all of a page, or, of a flood of blocks, a few at a time and equal ones once.

use super::forest::TILES_TOGETHER;
use super::tile::LANES;
use crate::feature::{ROW, Row};
use rustc_hash::FxHashMap;

/// From so many rows on they are compared. Nine judged pages of ten have fewer blocks, and hardly two that are equal; all
/// their rows take less than half a megabyte.
const FLOOD: usize = 1000;

/// So many different rows of a flood are compared with one another and kept: as many as trees are thinned out for. More
/// would take memory and save no instructions.
const MOST_KINDS: usize = TILES_TOGETHER * LANES;

/// A page's rows, or some of a flood, equal ones once.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    /// The rows that differ in what trees ask of, and old ones to be written over: each begins where what is asked of the
    /// one before it ends.
    cells: Vec<u8>,
    /// How far each begins behind the one before it.
    step: usize,
    /// How many there is room for.
    room: usize,
    /// Whether they are compared.
    compares: bool,
    /// How many differ.
    count: usize,
    /// For each row met which of them it is like.
    of_row: Vec<u32>,
    /// Rows by their hashes.
    known: FxHashMap<u64, u32>,
}

impl Kinds {
    /// Makes room for so many rows, or for as many as are compared, of which trees ask nothing from a column on.
    pub(super) fn make_room(&mut self, rows: usize, width: usize) {
        self.compares = rows >= FLOOD;
        self.step = width.clamp(1, ROW);
        self.room = if self.compares { MOST_KINDS } else { rows };
        self.cells.clear();
        self.cells.reserve(self.room.saturating_sub(1) * self.step + ROW);
    }

    /// How many rows differ.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// One of those that differ; behind what is asked of it the next begins.
    #[inline(always)]
    pub(super) fn row(&self, kind: usize) -> &Row {
        self.cells.get(kind * self.step..).and_then(<[u8]>::first_chunk).unwrap_or(&NO_ROW)
    }

    /// The same, to write to.
    #[inline(always)]
    pub(super) fn row_mut(&mut self, kind: usize) -> Option<&mut Row> {
        self.cells.get_mut(kind * self.step..)?.first_chunk_mut()
    }

    /// For each row that was gathered which of those that differ it is like.
    pub(super) fn of_row(&self) -> &[u32] {
        &self.of_row
    }

    /// Forgets all rows and takes the next until there are enough that differ before `width`. If they are not
    /// compared all are taken to differ.
    pub(super) fn gather(
        &mut self,
        of: &mut impl Iterator<Item = usize>,
        mut write: impl FnMut(usize, &mut Row),
        width: usize,
    ) {
        self.count = 0;
        self.of_row.clear();
        self.known.clear();
        while self.count < self.room
            && let Some(at) = of.next()
        {
            let start = self.count * self.step;
            if self.cells.len() < start + ROW {
                self.cells.resize(start + ROW, 0);
            }
            let Some(row) = self.cells[start..].first_chunk_mut() else { break };
            write(at, row);
            let new = self.count as u32;
            if !self.compares {
                self.of_row.push(new);
                self.count += 1;
                continue;
            }
            let kind = *self.known.entry(hash(&row[..width])).or_insert(new);
            let is_known = kind != new && self.row(kind as usize)[..width] == self.row(self.count)[..width];
            self.of_row.push(if is_known { kind } else { new });
            self.count += usize::from(!is_known);
        }
    }
}

/// What no caller asks for.
static NO_ROW: Row = [0; ROW];

/// A hash of a row that tells most rows apart: two chains, so that neither waits for the other.
fn hash(row: &[u8]) -> u64 {
    /// Odd, and half of its bits are set.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = row.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut chains = [u64::from_le_bytes(last), row.len() as u64];
    for (at, word) in words.iter().enumerate() {
        let chain = &mut chains[at % 2];
        *chain = (chain.rotate_left(23) ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
    }
    chains[0] ^ chains[1].rotate_left(32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::WIDTH;
    use crate::label::model::trees::tests::rows;

    #[test]
    fn equal_rows_are_asked_once() {
        let table = rows(64);
        let mut kinds = Kinds::default();
        kinds.make_room(FLOOD, WIDTH);
        kinds.gather(&mut (0..FLOOD), |at, row| *row = table[at % 64], WIDTH);
        assert!(kinds.len() < 64, "{}", kinds.len());
        assert_eq!(kinds.of_row().len(), FLOOD);
        for (row, kind) in table.iter().cycle().zip(kinds.of_row()) {
            assert_eq!(row[..WIDTH], kinds.row(*kind as usize)[..WIDTH]);
        }
    }
}
