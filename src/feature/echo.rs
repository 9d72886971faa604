//! What a block's words are to the rest of the page: its head, its data, its other text.

use super::data;
use super::own::Own;
use super::page::PageFacts;
use super::sketch::Sketch;
use super::unhashed::Unhashed;
use std::collections::HashMap;

/// How a block's words relate to other words of the page, all in shares of its words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Echo {
    /// Also in the titles.
    pub(super) title: u32,
    /// Of the words of the titles, how many are here.
    pub(super) title_words: u32,
    /// Also in the description.
    pub(super) description: u32,
    /// Word triples that are also in the structured data's `articleBody`, and word triples.
    pub(super) body: u32,
    pub(super) triples: u32,
    /// Word triples that are also among the frequent questions of its data, in its descriptions.
    pub(super) answers: u32,
    pub(super) descriptions: u32,
    /// Also in the names of its authors, of its site, in its keywords.
    pub(super) author: u32,
    pub(super) publisher: u32,
    pub(super) keywords: u32,
    /// Among the page's commonest words: what stop words are in any language.
    pub(super) common: u32,
    /// Long words, and those that occur elsewhere in the page's running text.
    pub(super) rare: u32,
    pub(super) recurring: u32,
    /// Blocks with the same words, and how many of them came before.
    pub(super) same: u32,
    pub(super) same_before: u32,
    /// The first block with the same words.
    pub(super) first: u32,
}

/// Buckets of the page's own table of word counts.
const WORD_BUCKETS: usize = 4096;

/// Blocks with the same words: the first of them, how many there are, how many came so far.
#[derive(Clone, Copy, Debug, Default)]
struct Same {
    first: u32,
    all: u32,
    seen: u32,
}

/// How each block's words occur elsewhere: in the titles, in the description, in other running text.
pub(super) fn listen(owns: &[Own], words: &[u32], facts: &PageFacts, mut heard: impl FnMut(usize, &Echo)) {
    let bucket = |word: u32| ((word ^ (word >> 13)) as usize) % WORD_BUCKETS;
    let mut counts = [0_u16; WORD_BUCKETS];
    let mut total = 0_u32;
    let mut texts: HashMap<u32, Same, Unhashed> =
        HashMap::with_capacity_and_hasher(owns.len(), Unhashed::default());
    for (row, own) in owns.iter().enumerate() {
        texts.entry(own.text).or_insert(Same { first: row as u32, ..Same::default() }).all += 1;
        if own.is_prose {
            let own_words = &words[own.first_word as usize..own.end_word as usize];
            total += own_words.len() as u32;
            for &word in own_words {
                counts[bucket(word)] = counts[bucket(word)].saturating_add(1);
            }
        }
    }
    // A stop word is every fiftieth word or commoner; the floor keeps short pages from having only such.
    let common = (total / 120).max(3);
    let title_words = facts.title_words.max(1);
    // Plain text says nothing of itself.
    let of_head = Sketch::of_all([
        &facts.title,
        &facts.description,
        &facts.data.author,
        &facts.data.publisher,
        &facts.keywords,
    ]);
    let has_head = !of_head.is_empty();
    for (at, own) in owns.iter().enumerate() {
        let own_words = &words[own.first_word as usize..own.end_word as usize];
        let mut echo = Echo::default();
        let needed = 1 + u16::from(own.is_prose);
        for &word in own_words {
            let count = counts[bucket(word)];
            // Sums of conditions: no processor foresees which words are rare.
            let is_rare = u32::from(count) < common;
            echo.rare += u32::from(is_rare);
            echo.recurring += u32::from(is_rare & (count >= needed));
            if has_head && of_head.has(word) {
                echo.title += u32::from(facts.title.has(word));
                echo.description += u32::from(facts.description.has(word));
                echo.author += u32::from(facts.data.author.has(word));
                echo.publisher += u32::from(facts.data.publisher.has(word));
                echo.keywords += u32::from(facts.keywords.has(word));
            }
        }
        echo.common = own_words.len() as u32 - echo.rare;
        echo.title_words = (echo.title.min(title_words) * 64) / title_words;
        if facts.data.has_texts() {
            for triple in own_words.windows(3) {
                let triple = data::triple_hash(triple);
                echo.triples += 1;
                echo.body += u32::from(facts.data.body.has(triple));
                echo.answers += u32::from(facts.data.answers.has(triple));
                echo.descriptions += u32::from(facts.data.descriptions.has(triple));
            }
        }
        if let Some(same) = texts.get_mut(&own.text) {
            echo.same = same.all - 1;
            echo.same_before = same.seen;
            echo.first = same.first;
            same.seen += 1;
        }
        heard(at, &echo);
    }
}
