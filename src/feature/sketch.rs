//! A set of words, small and forgetful: enough to say how much of a text occurs in another.

/// A set of hashes as bits of their low bits; two words may share one.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    bits: Vec<u64>,
}

/// 2¹⁵ bits: a body of 2,000 word triples then claims 6 % of foreign triples, far below any share that
/// matters; 4 KiB that exist only where a page has something to put in.
const BITS: u32 = 1 << 15;

impl Sketch {
    /// Adds a hash; whether it is new.
    pub(super) fn add(&mut self, hash: u32) -> bool {
        if self.bits.is_empty() {
            self.bits.resize((BITS / 64) as usize, 0);
        }
        let at = place(hash);
        let word = &mut self.bits[(at / 64) as usize];
        let is_new = *word & (1 << (at % 64)) == 0;
        *word |= 1 << (at % 64);
        is_new
    }

    /// Whether a hash, or one that shares its bit, was added.
    pub(super) fn has(&self, hash: u32) -> bool {
        let at = place(hash);
        self.bits.get((at / 64) as usize).is_some_and(|word| word & (1 << (at % 64)) != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bits.is_empty()
    }

    /// What any of these has.
    pub(super) fn of_all<const N: usize>(sketches: [&Self; N]) -> Self {
        let mut bits = Vec::new();
        for Self { bits: more } in sketches {
            bits.resize(more.len().max(bits.len()), 0);
            bits.iter_mut().zip(more).for_each(|(all, more)| *all |= more);
        }
        Self { bits }
    }
}

fn place(hash: u32) -> u32 {
    (hash ^ (hash >> 16)).wrapping_mul(0x9e37_79b1) >> 17
}
