//! The table of features: a byte a feature, a row a block.

/// How many features there are room for: those of both looks, and some more.
pub(crate) const ROW: usize = 384;

/// What is measured of one block.
pub(crate) type Row = [u8; ROW];

/// Features of all blocks of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    rows: Vec<Row>,
}

impl Columns {
    /// A table full of zeros.
    pub(crate) fn new(rows: usize) -> Self {
        Self { rows: vec![[0; ROW]; rows] }
    }

    /// All blocks, a row each.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// One cell; 0 outside the table.
    pub(crate) fn get(&self, column: usize, row: usize) -> u8 {
        self.rows.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0)
    }

    /// Writes a family's cells of one block, its first column being `base`.
    pub(crate) fn put<const N: usize>(&mut self, base: usize, row: usize, values: &[u8; N]) {
        if let Some(cells) = self.rows.get_mut(row).and_then(|row| row.get_mut(base..base + N)) {
            cells.copy_from_slice(values);
        }
    }

    /// Shows each block the columns `seen` of the blocks so many places away, from the column `to` on: all of the
    /// first neighbour, then all of the next. Outside the page is 0.
    pub(crate) fn look_around<const N: usize>(&mut self, seen: [usize; N], to: usize, neighbours: &[isize]) {
        let shown: Vec<[u8; N]> = self.rows.iter().map(|row| seen.map(|column| row[column])).collect();
        for row in 0..shown.len() {
            for (place, &by) in neighbours.iter().enumerate() {
                let neighbour = row.checked_add_signed(by).and_then(|row| shown.get(row));
                self.put(to + place * N, row, neighbour.unwrap_or(&[0; N]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_see_what_their_neighbours_have() {
        const NEIGHBOURS: [isize; 5] = [-32, -1, 1, 3, 32];
        for rows in [0, 1, 5, 32, 100] {
            let mut columns = Columns::new(rows);
            for row in 0..rows {
                columns.put(0, row, &[row as u8 + 1, 2 * row as u8 + 1]);
            }
            columns.look_around([1, 0], 7, &NEIGHBOURS);
            for (row, (place, by)) in
                (0..rows).flat_map(|row| NEIGHBOURS.iter().enumerate().map(move |by| (row, by)))
            {
                let neighbour = row.checked_add_signed(*by).filter(|at| *at < rows);
                let expected = neighbour.map_or([0, 0], |at| [2 * at as u8 + 1, at as u8 + 1]);
                assert_eq!([0, 1].map(|offset| columns.get(7 + place * 2 + offset, row)), expected);
            }
        }
    }

    #[test]
    fn there_is_nothing_outside_the_table() {
        let mut columns = Columns::new(2);
        columns.put(0, 1, &[7]);
        columns.put(ROW - 1, 1, &[8, 8]);
        assert_eq!(
            [columns.get(0, 1), columns.get(0, 2), columns.get(ROW - 1, 1), columns.get(ROW, 0)],
            [7, 0, 0, 0]
        );
    }
}
