//! Random corpora with copies, the same everywhere.

mod word;

/// Numbers that are random enough for a test and the same everywhere (SplitMix64).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % bound as u64) as usize
    }

    /// A word of a vocabulary in which some words are far more frequent than others.
    pub(crate) fn word(&mut self) -> String {
        word::word(self.below(2000) * self.below(2000) / 2000)
    }

    pub(crate) fn words(&mut self, least: usize, most: usize) -> Vec<String> {
        (0..least + self.below(most - least)).map(|_| self.word()).collect()
    }
}

/// Stories with copies that are cut, changed and extended, in the furniture of a few sites.
pub(crate) fn corpus(seed: u64, stories: usize) -> Vec<String> {
    let mut random = Random(seed);
    let sites: Vec<Vec<String>> = (0..4).map(|_| random.words(10, 30)).collect();
    let mut texts = Vec::new();
    for _ in 0..stories {
        let story = random.words(20, 60);
        for copy in 0..1 + random.below(5) {
            let mut words = story.clone();
            if copy > 0 && random.below(3) == 0 {
                words.truncate(words.len() / 3 + random.below(words.len()));
            }
            for _ in 0..random.below(6) * usize::from(copy > 0) {
                let at = random.below(words.len());
                words[at] = random.word();
            }
            if random.below(2) == 0 {
                words.extend(sites[random.below(sites.len())].iter().cloned());
            }
            if random.below(8) == 0 {
                words.extend(random.words(5, 40));
            }
            texts.push(words.join(" "));
        }
    }
    // In no order that the twin or the index could lean on.
    for i in (1..texts.len()).rev() {
        texts.swap(i, random.below(i + 1));
    }
    texts
}
