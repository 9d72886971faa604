//! A row of features: a byte a feature.

/// How many features there is room for: those of both looks, and some more.
pub(crate) const ROW: usize = 448;

/// What is measured of one block.
pub(crate) type Row = [u8; ROW];

/// Writes a family's cells, its first column being `base`.
pub(super) fn put<const N: usize>(row: &mut Row, base: usize, values: &[u8; N]) {
    if let Some(cells) = row.get_mut(base..base + N) {
        cells.copy_from_slice(values);
    }
}
