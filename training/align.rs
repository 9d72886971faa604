//! Which blocks of a page the gold text is made of: their tokens and its tokens, aligned in order.
//!
//! Runs of tokens that occur once on either side are anchors (patience diff); the longest rising chain of
//! them holds, and what lies between two is aligned the same way with shorter runs. Long blocks that the
//! gold has in another place are looked for afterwards. A word or two matched far from anything else
//! matched is chance.

use std::collections::HashMap;

/// The tokens of the scores on judged pages, as hashes: lower case, characters of scripts without spaces
/// one by one.
pub(crate) fn tokens(text: &str) -> Vec<u32> {
    let mut all = Vec::new();
    let mut hash = 0_u32;
    let add = |hash: u32, c: char| (hash.rotate_left(5) ^ c as u32).wrapping_mul(0x9e37_79b1).max(1);
    for c in text.chars().flat_map(char::to_lowercase) {
        let alone = matches!(c as u32, 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff
            | 0xe00..=0xe7f | 0x1000..=0x109f);
        if !alone && (c.is_alphanumeric() || c == '_') {
            hash = add(hash, c);
            continue;
        }
        if hash != 0 {
            all.push(hash);
            hash = 0;
        }
        if alone {
            all.push(add(0, c));
        }
    }
    if hash != 0 {
        all.push(hash);
    }
    all
}

/// How many tokens of each block the gold text accounts for.
pub(crate) fn align(blocks: &[Vec<u32>], gold: &[u32]) -> Vec<u32> {
    let page: Vec<u32> = blocks.iter().flatten().copied().collect();
    let owner: Vec<u32> = blocks
        .iter()
        .enumerate()
        .flat_map(|(at, block)| std::iter::repeat_n(at as u32, block.len()))
        .collect();
    let mut to = vec![u32::MAX; page.len()];
    between(&page, gold, 0..page.len(), 0..gold.len(), &mut to);
    let mut matched = vec![0_u32; blocks.len()];
    for (at, &place) in to.iter().enumerate() {
        matched[owner[at] as usize] += u32::from(place != u32::MAX);
    }
    elsewhere(blocks, gold, &page, &mut to, &mut matched);
    drop_chance(blocks, &to, &mut matched);
    matched
}

type Range = std::ops::Range<usize>;

fn between(page: &[u32], gold: &[u32], mut a: Range, mut b: Range, to: &mut [u32]) {
    while !a.is_empty() && !b.is_empty() && page[a.start] == gold[b.start] && (a.start > 0 || b.start > 0) {
        to[a.start] = b.start as u32;
        a.start += 1;
        b.start += 1;
    }
    while !a.is_empty() && !b.is_empty() && page[a.end - 1] == gold[b.end - 1] && a.end < page.len() {
        a.end -= 1;
        b.end -= 1;
        to[a.end] = b.end as u32;
    }
    if a.is_empty() || b.is_empty() {
        return;
    }
    for n in [6, 4, 3, 2, 1] {
        // A single word is an anchor only where little else can be.
        if n == 1 && (a.len() > 400 || b.len() > 400) {
            break;
        }
        let anchors = anchors(page, gold, &a, &b, n);
        if anchors.is_empty() {
            continue;
        }
        let (mut from, mut start) = (a.start, b.start);
        for (x, y) in anchors {
            if x < from || y < start {
                continue;
            }
            between(page, gold, from..x, start..y, to);
            for k in 0..n {
                to[x + k] = (y + k) as u32;
            }
            (from, start) = (x + n, y + n);
        }
        between(page, gold, from..a.end, start..b.end, to);
        return;
    }
    if a.len() * b.len() <= 250_000 {
        common_subsequence(page, gold, a, b, to);
    }
}

/// Runs of `n` tokens that are there once on either side, in a rising chain.
fn anchors(page: &[u32], gold: &[u32], a: &Range, b: &Range, n: usize) -> Vec<(usize, usize)> {
    if a.len() < n || b.len() < n {
        return Vec::new();
    }
    let hash = |tokens: &[u32]| {
        tokens
            .iter()
            .fold(0_u64, |h, t| (h ^ u64::from(*t)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23))
    };
    let mut places: HashMap<u64, (u32, usize, u32, usize)> = HashMap::new();
    for y in b.start..=b.end - n {
        let entry = places.entry(hash(&gold[y..y + n])).or_default();
        entry.0 += 1;
        entry.1 = y;
    }
    for x in a.start..=a.end - n {
        if let Some(entry) = places.get_mut(&hash(&page[x..x + n])) {
            entry.2 += 1;
            entry.3 = x;
        }
    }
    let mut pairs: Vec<(usize, usize)> =
        places.into_values().filter(|e| e.0 == 1 && e.2 == 1).map(|e| (e.3, e.1)).collect();
    pairs.sort_unstable();
    // Longest rising subsequence of the places in the gold text.
    let mut tails: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; pairs.len()];
    for at in 0..pairs.len() {
        let length = tails.partition_point(|&t| pairs[t].1 < pairs[at].1);
        if length > 0 {
            before[at] = tails[length - 1];
        }
        if length == tails.len() {
            tails.push(at);
        } else {
            tails[length] = at;
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        chain.push(pairs[at]);
        at = before[at];
    }
    chain.reverse();
    chain
}

fn common_subsequence(page: &[u32], gold: &[u32], a: Range, b: Range, to: &mut [u32]) {
    let width = b.len() + 1;
    let mut table = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            table[i * width + j] = if page[a.start + i] == gold[b.start + j] {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if page[a.start + i] == gold[b.start + j] {
            to[a.start + i] = (b.start + j) as u32;
            i += 1;
            j += 1;
        } else if table[(i + 1) * width + j] >= table[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

/// Long blocks whose words the gold text has in another order.
fn elsewhere(blocks: &[Vec<u32>], gold: &[u32], page: &[u32], to: &mut [u32], matched: &mut [u32]) {
    const RUN: usize = 4;
    let mut free = vec![true; gold.len()];
    for &place in to.iter() {
        if place != u32::MAX {
            free[place as usize] = false;
        }
    }
    let mut runs: HashMap<&[u32], Vec<usize>> = HashMap::new();
    for (at, run) in gold.windows(RUN).enumerate() {
        if free[at..at + RUN].iter().all(|f| *f) {
            runs.entry(run).or_default().push(at);
        }
    }
    if runs.is_empty() {
        return;
    }
    let mut start = 0;
    for (at, block) in blocks.iter().enumerate() {
        let range = start..start + block.len();
        start = range.end;
        if block.len() < 8 || matched[at] * 2 > block.len() as u32 {
            continue;
        }
        let mut places = vec![u32::MAX; block.len()];
        let mut next = usize::MAX;
        for (offset, run) in block.windows(RUN).enumerate() {
            let Some(known) = runs.get(run) else { continue };
            let place = known
                .iter()
                .copied()
                .find(|p| *p == next)
                .or_else(|| known.iter().copied().find(|p| free[*p]));
            if let Some(place) = place {
                next = place + 1;
                for k in 0..RUN {
                    places[offset + k] = (place + k) as u32;
                }
            }
        }
        let found = places.iter().filter(|p| **p != u32::MAX).count();
        if found * 10 >= block.len() * 7 && found as u32 > matched[at] {
            for (offset, &place) in places.iter().enumerate() {
                if place != u32::MAX {
                    free[place as usize] = false;
                }
                to[range.start + offset] = place;
            }
            matched[at] = found as u32;
        }
    }
    let _ = page;
}

/// Takes back matches of a few words that have no matched neighbour on the page or in the gold text.
fn drop_chance(blocks: &[Vec<u32>], to: &[u32], matched: &mut [u32]) {
    let mut ends = Vec::with_capacity(blocks.len());
    let mut start = 0;
    for block in blocks {
        let places = to[start..start + block.len()].iter().copied().filter(|p| *p != u32::MAX);
        ends.push((places.clone().min(), places.max()));
        start += block.len();
    }
    let before = matched.to_vec();
    for at in 0..blocks.len() {
        let length = blocks[at].len() as u32;
        if before[at] == 0 || before[at] >= 5 {
            continue;
        }
        let near = (at.saturating_sub(3)..(at + 4).min(blocks.len())).filter(|&other| other != at);
        let is_backed = near.clone().any(|other| {
            let (Some(low), Some(high)) = ends[at] else { return false };
            let (Some(other_low), Some(other_high)) = ends[other] else { return false };
            before[other] * 2 >= blocks[other].len() as u32
                && (low.abs_diff(other_high) <= 3 || other_low.abs_diff(high) <= 3)
        });
        if !is_backed || before[at] * 2 < length {
            matched[at] = 0;
        }
    }
}
