//! Where the article may stand: the containers of most of the page's running text.

use super::container::{Container, Containers};
use super::own::Own;
use super::sums::Sums;

/// The likeliest containers of the article.
#[derive(Debug)]
pub(super) struct Likely {
    /// The innermost containers of at least half, 7/10 and 9/10 of the page's running text.
    pub(super) half: u32,
    pub(super) most: u32,
    pub(super) nearly_all: u32,
    /// The one with most running text right below it and, half as much, one element further in.
    pub(super) best: u32,
    pub(super) best_words: u32,
}

impl Likely {
    pub(super) fn of(containers: &Containers, owns: &[Own], before: &[Sums]) -> Self {
        let prose = |c: &Container| before[c.end as usize].prose_words - before[c.first as usize].prose_words;
        let total = before.last().map_or(0, |sums| sums.prose_words);
        let mut likely = Self { half: 0, most: 0, nearly_all: 0, best: 0, best_words: 0 };
        for (id, container) in containers.all.iter().enumerate() {
            // Elements further in come later, so the last one that holds enough is the innermost.
            let inside = prose(container);
            if inside * 2 >= total.max(1) {
                likely.half = id as u32;
            }
            if inside * 10 >= total.max(1) * 7 {
                likely.most = id as u32;
            }
            if inside * 10 >= total.max(1) * 9 {
                likely.nearly_all = id as u32;
            }
        }
        let mut scores = vec![0_u32; containers.all.len()];
        for (own, &container) in owns.iter().zip(&containers.of_block) {
            if own.is_prose {
                let worth = own.words.min(100) + 4 * own.shape.commas.min(10);
                let parent = containers.all[container as usize].parent;
                scores[parent as usize] += 2 * worth;
                scores[containers.all[parent as usize].parent as usize] += worth;
                scores[container as usize] += worth;
            }
        }
        if let Some((best, _)) =
            scores.iter().enumerate().max_by_key(|&(id, score)| (*score, usize::MAX - id))
        {
            likely.best = best as u32;
        }
        likely.best_words = containers.all.get(likely.best as usize).map_or(0, prose);
        likely
    }
}
