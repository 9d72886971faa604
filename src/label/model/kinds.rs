//! Rows to be asked, equal ones once: a flood of blocks is a flood of equal ones.

use super::forest::TILES_TOGETHER;
use super::tile::LANES;
use crate::feature::{ROW, Row};
use rustc_hash::FxHashMap;

/// From so many rows on they are compared. Nine judged pages of ten have fewer blocks, and hardly two that are equal.
pub(super) const FLOOD: usize = 1000;

/// So many different rows are compared with one another and kept: as many as trees are thinned out for. More would take
/// memory and save no instructions.
const MOST_KINDS: usize = TILES_TOGETHER * LANES;

/// Some of a page's rows, equal ones once.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    /// The rows that differ in what trees ask of, and old ones to be written over.
    rows: Vec<Row>,
    /// How many differ.
    count: usize,
    /// For each row met which of them it is like.
    of_row: Vec<u32>,
    /// Rows by their hashes.
    known: FxHashMap<u64, u32>,
}

impl Kinds {
    /// Makes room for so many rows, or for as many as are compared.
    pub(super) fn make_room(&mut self, rows: usize) {
        if self.rows.len() < rows.min(MOST_KINDS) {
            self.rows.resize(rows.min(MOST_KINDS), [0; ROW]);
        }
    }

    pub(super) fn rows(&self) -> &[Row] {
        &self.rows[..self.count]
    }

    /// For each row that was gathered which of those that differ it is like.
    pub(super) fn of_row(&self) -> &[u32] {
        &self.of_row
    }

    /// Forgets all rows and takes the next until there are enough that differ before `width`; whether there were any.
    /// If they are not compared all are taken to differ.
    pub(super) fn gather(
        &mut self,
        of: &mut impl Iterator<Item = usize>,
        mut write: impl FnMut(usize, &mut Row),
        width: usize,
        compares: bool,
    ) -> bool {
        self.count = 0;
        self.of_row.clear();
        self.known.clear();
        while self.count < self.rows.len()
            && let Some(at) = of.next()
        {
            let (known, rest) = self.rows.split_at_mut(self.count);
            let row = &mut rest[0];
            write(at, row);
            let new = self.count as u32;
            if !compares {
                self.of_row.push(new);
                self.count += 1;
                continue;
            }
            let kind = *self.known.entry(hash(&row[..width])).or_insert(new);
            let is_known = known.get(kind as usize).is_some_and(|known| known[..width] == row[..width]);
            self.of_row.push(if is_known { kind } else { new });
            self.count += usize::from(!is_known);
        }
        self.count > 0
    }
}

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
        kinds.make_room(128);
        kinds.gather(&mut (0..128), |at, row| *row = table[at % 64], WIDTH, true);
        assert!(kinds.rows().len() < 64, "{}", kinds.rows().len());
        assert_eq!(kinds.of_row().len(), 128);
        for (row, kind) in table.iter().chain(&table).zip(kinds.of_row()) {
            assert_eq!(row[..WIDTH], kinds.rows()[*kind as usize][..WIDTH]);
        }
    }
}
