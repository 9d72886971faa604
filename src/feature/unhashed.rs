//! Maps whose keys are hashes already.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Keys that are hashes already need no second one, but they are hashes that a page can choose: so they are spread by a
/// multiplier that no page knows (Dietzfelbinger's multiply-shift, which is universal). Maps are only looked up, never walked,
/// so that the same page has the same features whatever the multiplier is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unhashed {
    multiplier: u64,
    hash: u64,
}

impl Default for Unhashed {
    fn default() -> Self {
        Self { multiplier: RandomState::new().hash_one(0) | 1, hash: 0 }
    }
}

impl BuildHasher for Unhashed {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        *self
    }
}

impl Hasher for Unhashed {
    fn finish(&self) -> u64 {
        // The good bits of a product are the high ones, and a map takes its bucket from the low ones.
        self.hash.rotate_left(32)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u32(u32::from(byte)));
    }

    fn write_u32(&mut self, key: u32) {
        self.hash = (self.hash ^ u64::from(key)).wrapping_mul(self.multiplier);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_share_their_low_bits_do_not_meet_in_one_bucket() {
        const BUCKETS: u64 = 1 << 12;
        let keys = || (0..BUCKETS as u32).map(|key| key << 20);
        let is_spread = |hasher: Unhashed| {
            let buckets: std::collections::HashSet<u64> =
                keys().map(|key| hasher.hash_one(key) % BUCKETS).collect();
            buckets.len() as u64 > BUCKETS / 8
        };
        // A multiplier may be unlucky, one in fifty, but nobody can choose it.
        assert!((0..100).filter(|_| is_spread(Unhashed::default())).count() > 80);
    }
}
