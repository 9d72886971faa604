//! What is left of trees for the rows of a few tiles, and asking it.
//!
//! All splits of a tree are asked for a whole [`Tile`] of rows at once, from the leaves up: where a row would leave a
//! split is where it would leave the child it goes to. That asks more splits than a walk from the root down, but
//! without a branch or a load that waits for another, and in bytes of which a vector register holds many.
//!
//! The blocks of a page are much alike: at seven splits of ten all of them go the same way, which the least and the
//! largest cell of the column tell. So splits that part no rows are taken out first, for a few tiles at a time; for a single
//! tile asking all takes less.

use super::tile::{LANES, Ranges, Tile};
use super::trees::{LEAVES_AT, MOST_LEAVES, NO_SPLIT, PLACES, Split, Tree};
use crate::simd::add_chosen;

/// So many tiles are thinned out for at once: less would be left for fewer, but thinning out takes longer than it spares a
/// single tile. Pages of more than 160 blocks, as half of WCXB's are, are labelled in 2 % less time with eight than with
/// five; more rows take more memory, and few pages have them.
pub(super) const TILES_TOGETHER: usize = 8;

/// The splits of a tree side by side: what thinning out asks of one it asks of all.
#[derive(Clone, Debug)]
pub(super) struct Sides {
    columns: [u16; MOST_LEAVES],
    thresholds: [u8; MOST_LEAVES],
    /// The leaves on either side of each, and the splits, a bit each.
    leaves: [[u32; MOST_LEAVES]; 2],
    splits: [[u32; MOST_LEAVES]; 2],
    /// How many times eight splits there are.
    eights: usize,
}

/// So many splits are asked at once.
const EIGHT: usize = 8;

impl Sides {
    /// The first `count` of these splits.
    pub(super) fn of(splits: &[Split; MOST_LEAVES], count: usize) -> Self {
        let mut places = [[0_u64; 2]; MOST_LEAVES];
        // What lies below a split stands behind it.
        for at in (0..count.min(MOST_LEAVES)).rev() {
            places[at] = splits[at].next.map(|next| {
                let [left, right] = places.get(usize::from(next)).copied().unwrap_or_default();
                1 << (usize::from(next) % PLACES) | left | right
            });
        }
        Self {
            columns: splits.each_ref().map(|split| split.column),
            thresholds: splits.each_ref().map(|split| split.threshold),
            leaves: [0, 1].map(|side| places.each_ref().map(|sides| (sides[side] >> LEAVES_AT) as u32)),
            splits: [0, 1].map(|side| places.each_ref().map(|sides| sides[side] as u32)),
            eights: count.div_ceil(EIGHT),
        }
    }
}

/// Trees without the splits at which none of some rows part.
#[derive(Clone, Debug)]
pub(super) struct Forest {
    /// Of one tree after the other, those above others last; they lead to splits that are left, and to leaves. Behind those
    /// of the last tree old ones stand.
    splits: Vec<Split>,
    /// For each tree the place where its rows part first, or end, and how many splits it has left.
    roots: Vec<(u8, usize)>,
    /// Where the rows of the tile that is asked end in the tree that is asked.
    ends: Ends,
}

/// Where each row of a tile ends that stands at a place.
type Ends = [[u8; LANES]; PLACES];

impl Default for Forest {
    fn default() -> Self {
        Self { splits: Vec::new(), roots: Vec::new(), ends: own_ends() }
    }
}

impl Forest {
    /// Leaves only the splits at which rows within these ranges part. Which are asked together is found without a branch: a
    /// processor could not foresee it.
    #[inline(always)]
    pub(super) fn thin_out(&mut self, trees: &[Tree], ranges: &Ranges) {
        self.roots.clear();
        let mut end = 0;
        for tree in trees {
            let sides = &tree.sides;
            if self.splits.len() < end + MOST_LEAVES {
                self.splits.resize(end + MOST_LEAVES, NO_SPLIT);
            }
            let Some(kept) = self.splits[end..].first_chunk_mut::<MOST_LEAVES>() else { break };
            let eights = 0..sides.eights.min(MOST_LEAVES / EIGHT);
            let leaves =
                |eight: usize| sides.leaves.each_ref().map(|side| &side.as_chunks::<EIGHT>().0[eight]);
            // The leaves that no row comes to.
            let mut missed = [0; EIGHT];
            for eight in eights.clone() {
                let columns = &sides.columns.as_chunks::<EIGHT>().0[eight];
                let thresholds = &sides.thresholds.as_chunks::<EIGHT>().0[eight];
                let [left, right] = leaves(eight);
                let mut of = [0; EIGHT];
                for (of, column) in of.iter_mut().zip(columns) {
                    *of = i32::from(u16::from_le_bytes(ranges.column(*column)));
                }
                for at in 0..EIGHT {
                    let (least, most, threshold) = (of[at] & 0xff, of[at] >> 8, i32::from(thresholds[at]));
                    let none_left = u32::from(least > threshold).wrapping_neg();
                    let some_right = u32::from(most > threshold).wrapping_neg();
                    missed[at] |= left[at] & none_left | right[at] & !some_right;
                }
            }
            let reached = !missed.iter().fold(0, |all, bits| all | bits);
            // Rows part where some come to leaves on one side and some to leaves on the other.
            let mut parting = [0; EIGHT];
            for eight in eights {
                let [left, right] = leaves(eight);
                for at in 0..EIGHT {
                    let part = u32::from(left[at] & reached != 0) & u32::from(right[at] & reached != 0);
                    parting[at] |= part << (EIGHT * eight + at);
                }
            }
            let mut parting = parting.iter().fold(0, |all, bits| all | bits);
            // The places where all rows part or end. Splits stand before all that lies below them, so the lowest of these
            // places on a side of a split is the first that rows come to.
            let places = u64::from(reached) << LEAVES_AT | u64::from(parting);
            let first = |places: u64| places.trailing_zeros() as u8;
            let count = parting.count_ones() as usize;
            for kept in kept.iter_mut().take(count) {
                let at = parting.ilog2() as usize % MOST_LEAVES;
                parting ^= 1 << at;
                let on_side = |side: usize| {
                    places
                        & (u64::from(sides.leaves[side][at]) << LEAVES_AT | u64::from(sides.splits[side][at]))
                };
                *kept = Split {
                    column: sides.columns[at],
                    threshold: sides.thresholds[at],
                    place: at as u8,
                    next: [first(on_side(0)), first(on_side(1))],
                };
            }
            end += count;
            self.roots.push((first(places), count));
        }
    }

    /// Adds to the sums of a tile's rows what these trees, thinned out, say of them.
    #[inline(always)]
    pub(super) fn add_to(&mut self, sums: &mut [f32; LANES], trees: &[Tree], tile: &Tile) {
        let mut splits = &self.splits[..];
        for (tree, (root, count)) in trees.iter().zip(&self.roots) {
            let (own, others) = splits.split_at(*count);
            splits = others;
            add_chosen(sums, tree.values(), end_at(*root, own.iter(), tile, &mut self.ends));
        }
    }

    /// Adds the same without thinning out.
    #[inline(always)]
    pub(super) fn add_whole_to(&mut self, sums: &mut [f32; LANES], trees: &[Tree], tile: &Tile) {
        for tree in trees {
            add_chosen(sums, tree.values(), end_at(0, tree.splits().iter().rev(), tile, &mut self.ends));
        }
    }
}

/// Where a tile's rows end that stand at a place above these splits, which are asked one after the other.
#[inline(always)]
fn end_at<'e>(
    place: u8,
    splits: impl Iterator<Item = &'e Split>,
    tile: &Tile,
    ends: &'e mut Ends,
) -> &'e [u8; LANES] {
    for split in splits {
        let [left, right] = split.next.map(|next| &ends[usize::from(next) % PLACES]);
        let chosen = choose(tile.column(split.column.into()), split.threshold, left, right);
        ends[usize::from(split.place) % PLACES] = chosen;
    }
    &ends[usize::from(place) % PLACES]
}

/// A leaf is its own end; splits are asked anew by every tree.
fn own_ends() -> Ends {
    let mut ends = [[0; LANES]; PLACES];
    for (leaf, ends) in ends[LEAVES_AT..].iter_mut().enumerate() {
        *ends = [leaf as u8; LANES];
    }
    ends
}

/// In each lane `left` where the cell is at most `threshold`, `right` elsewhere. A mask instead of a condition, lest
/// a compiler that is asked for less make branches of it, which cost ten times as much.
#[inline(always)]
fn choose(cells: &[u8; LANES], threshold: u8, left: &[u8; LANES], right: &[u8; LANES]) -> [u8; LANES] {
    let mut chosen = [0; LANES];
    for lane in 0..LANES {
        let is_right = u8::from(cells[lane] > threshold).wrapping_neg();
        chosen[lane] = left[lane] ^ ((left[lane] ^ right[lane]) & is_right);
    }
    chosen
}
