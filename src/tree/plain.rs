//! Plain text → tree: paragraphs, lists and headings as far as lines tell them.
//!
//! Blank lines part paragraphs. A line break inside a paragraph is one of two things: the text was wrapped
//! to a width, and the line goes on; or the line is a block of its own (a caption under its slug, a list
//! without bullets). It was wrapped if the next line's first word would not have fitted: so the width is
//! looked for first, in all lines together.

mod group;

use super::Tree;
use super::html::Builder;
use super::tag::{Attr, Tag};
use crate::limits::LEAST_RUN_BYTES;
use crate::{Limits, Span, Warning};
use group::{Group, Groups, columns};

pub(crate) fn read<'s>(mut builder: Builder<'s>, limits: &Limits) -> Tree<'s> {
    read_from(&mut builder, 0, limits);
    builder.finish()
}

/// Reads the source from some line on.
pub(crate) fn read_from(builder: &mut Builder<'_>, from: usize, limits: &Limits) {
    let source = builder.source();
    let mut groups = Groups::of(source, from);
    let mut flood = Flood { limits, blocks: 0, bytes: 0, is_flood: false };
    let mut list: Option<Tag> = None;
    let mut is_first = true;
    while groups.has_more() && !builder.is_full() {
        if let Some(lines) = flood.plain_lines(&mut groups) {
            if let Some(tag) = list.take() {
                builder.close_element(tag);
            }
            builder.open_element(Tag::P);
            builder.add_plain_lines(lines);
            builder.warn(Warning::FineBlocksLimit);
            builder.close_element(Tag::P);
            is_first = false;
            continue;
        }
        let (count, wanted) = flood.run(&mut groups);
        let is_one = count == 1;
        let is_heading = is_one && wanted.is_none() && is_heading(source, &mut groups, is_first);
        let mut run = groups.take(count);
        let Some(group) = run.next() else { break };
        if wanted != list {
            if let Some(tag) = list.take() {
                builder.close_element(tag);
            }
            if let Some(tag) = wanted {
                builder.open_element(tag);
                if let Some(start) = group.marker.flatten().filter(|start| *start != 1) {
                    builder.give(Attr::Start, &start.to_string());
                }
            }
            list = wanted;
        }
        let tag = match wanted {
            Some(_) => Tag::Li,
            None if is_one && group.is_underlined => Tag::H2,
            None if is_heading && is_first => Tag::H1,
            None if is_heading => Tag::H2,
            None => Tag::P,
        };
        builder.open_element(tag);
        let mut end = group.span.end();
        if is_one {
            builder.add_text(&source[group.span.range()], group.span);
        } else {
            let rest = run.inspect(|group| end = group.span.end());
            builder.add_lines(core::iter::once(group).chain(rest).map(|group| group.span));
            builder.warn(Warning::FineBlocksLimit);
        }
        builder.close_element(tag);
        is_first = false;
    }
}

/// Whether the page is a flood of tiny blocks. Those would be joined later; joined here they cost no elements.
struct Flood<'l> {
    limits: &'l Limits,
    /// So many were taken so far.
    blocks: usize,
    /// Of the blocks so far.
    bytes: usize,
    /// Once a page is a flood, it stays one.
    is_flood: bool,
}

impl Flood<'_> {
    /// The next groups that are one block if they are lines that read as they stand.
    fn plain_lines(&self, groups: &mut Groups<'_>) -> Option<Span> {
        if self.is_flood { groups.take_plain_lines(LEAST_RUN_BYTES) } else { None }
    }

    /// How many of the next groups are one block, and the list that all of them are items of.
    fn run(&mut self, groups: &mut Groups<'_>) -> (usize, Option<Tag>) {
        let (mut bytes, mut count, mut list) = (0, 0, None);
        while let Some(group) = groups.get(count) {
            // With the line break before it.
            bytes += group.span.len() + usize::from(count > 0);
            list = list_of(group).filter(|tag| count == 0 || list == Some(*tag));
            count += 1;
            self.is_flood |= self.limits.is_flood(self.blocks, self.bytes + bytes);
            if !self.is_flood || bytes >= LEAST_RUN_BYTES {
                break;
            }
        }
        self.blocks += count;
        self.bytes += bytes;
        (count, list)
    }
}

fn list_of(group: &Group) -> Option<Tag> {
    group.marker.map(|marker| if marker.is_some() { Tag::Ol } else { Tag::Ul })
}

/// Headings are short. Twelve words hold all but 2 % of the section headings on the judged pages.
const LONGEST_HEADING_WORDS: usize = 12;
/// In scripts without spaces: as many characters.
const LONGEST_HEADING_WIDTH: usize = 80;
/// What makes a following block prose rather than the next line of a list.
const PROSE_WIDTH: usize = 100;

/// How far below a heading its prose may begin.
const PROSE_WITHIN_BLOCKS: usize = 3;

/// Whether a block is a heading: short, without a stop, and prose follows.
fn is_heading(source: &str, groups: &mut Groups<'_>, is_first: bool) -> bool {
    let Some(group) = groups.get(0) else { return false };
    let text = &source[group.span.range()];
    let first = text.chars().next().unwrap_or_default();
    let last = text.chars().next_back().unwrap_or_default();
    // A character has four bytes at most.
    let longest = LONGEST_HEADING_WIDTH + if is_first { 60 } else { 0 };
    let most_words = LONGEST_HEADING_WORDS + if is_first { 8 } else { 0 };
    if text.len() > 4 * longest
        || first.is_lowercase()
        || !first.is_alphanumeric()
            && !matches!(first, '“' | '"' | '«' | '„' | '¿' | '¡' | '‘' | '「' | '《' | '【')
        || matches!(last, '.' | ',' | ';' | ':' | '!' | '。' | '，' | '…' | '؛' | '।' | '”' | '"' | '»')
        || columns(text) > longest
        || text.contains('\n')
        || text.split_whitespace().nth(most_words).is_some()
        || !text.chars().any(char::is_alphabetic)
        || text.contains("://")
        || text.contains(['。', '！', '？', '।'])
    {
        return false;
    }
    if is_first {
        return groups.get(1).is_some();
    }
    // An image's words and caption may stand between a heading and its prose.
    let is_prose =
        |group: &Group| group.marker.is_none() && columns(&source[group.span.range()]) >= PROSE_WIDTH;
    (1..=PROSE_WITHIN_BLOCKS)
        .map_while(|ahead| groups.get(ahead).filter(|group| group.marker.is_none()).map(is_prose))
        .any(|is_prose| is_prose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Memory, space};
    use proptest::prelude::*;

    fn blocks(source: &str) -> Vec<(Tag, String)> {
        blocks_within(source, &Limits::default())
    }

    fn blocks_within(source: &str, limits: &Limits) -> Vec<(Tag, String)> {
        let tree = read(Builder::new(Tree::new(source, Memory::default()), limits), limits);
        let nodes = tree.nodes();
        (0..nodes.len())
            .filter(|&id| nodes[id].tag == Tag::Text)
            .map(|id| (nodes[nodes[id].parent as usize].tag, tree.text(&nodes[id]).to_owned()))
            .collect()
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The harbour of Aldermouth was closed on Monday after a ship ran\naground at the mouth of the river. Nobody was hurt, the pilot said,\nbut the channel will stay shut until the tide is high enough for the\ntugs.\n\nA second paragraph.";
        let blocks = blocks(text);
        assert_eq!(blocks.len(), 2, "{blocks:?}");
    }

    #[test]
    fn lines_end_with_line_feeds_carriage_returns_or_both() {
        let text = "A title\n\nharbour view\nThe harbour of Aldermouth on Monday, seen from the northern pier after the ship ran aground at its mouth.\n\nEnd.";
        for line_break in ["\r", "\r\n"] {
            assert_eq!(blocks(&text.replace('\n', line_break)), blocks(text));
        }
    }

    #[test]
    fn short_lines_stay_apart() {
        let text = "A title\n\nharbour view\nThe harbour of Aldermouth on Monday, seen from the northern pier after the ship ran aground at its mouth.\n\nEnd.";
        assert_eq!(blocks(text).len(), 4);
    }

    #[test]
    fn bullets_and_numbers_make_list_items_without_them() {
        assert_eq!(
            blocks("• one\n• two\n\n3. three\n4) four\n- five"),
            ["one", "two", "three", "four", "five"].map(|text| (Tag::Li, text.to_owned()))
        );
        assert_eq!(blocks("2024. A year")[0].0, Tag::P);
    }

    #[test]
    fn a_short_line_before_prose_is_a_heading() {
        let prose = "This is a paragraph that goes on for long enough to be prose and nothing else, as anyone can see at once.";
        let text = format!("The title\n\n{prose}\n\nWhat to know\n\n{prose}\n\nnot this one\n\n{prose}");
        let tags: Vec<Tag> = blocks(&text).into_iter().map(|(tag, _)| tag).collect();
        assert_eq!(tags, [Tag::H1, Tag::P, Tag::H2, Tag::P, Tag::P, Tag::P]);
    }

    #[test]
    fn underlined_lines_are_headings_and_rules_vanish() {
        assert_eq!(blocks("Head\n====\nText.\n\n-----\nMore.").len(), 3);
        assert_eq!(blocks("Head\n====\nText.")[0].0, Tag::H2);
    }

    fn collapsed(text: &str) -> String {
        let mut out = String::new();
        space::push_collapsed(text, &mut out);
        out
    }

    /// The texts of a flood from its first block on, joined one by one, and whether each is an item or several.
    fn joined(source: &str) -> Vec<(bool, String)> {
        let mut groups = Groups::of(source, 0);
        let mut all: Vec<(bool, String)> = Vec::new();
        let (mut bytes, mut list) = (LEAST_RUN_BYTES, None);
        while groups.get(0).is_some() {
            let Some(group) = groups.take(1).next() else { break };
            let text = collapsed(&source[group.span.range()]);
            match all.last_mut().filter(|_| bytes < LEAST_RUN_BYTES) {
                Some((is_item, joined)) => {
                    bytes += 1 + group.span.len();
                    *is_item &= list == list_of(&group);
                    joined.push('\n');
                    joined.push_str(&text);
                }
                None => {
                    (bytes, list) = (group.span.len(), list_of(&group));
                    all.push((list.is_some(), text));
                }
            }
        }
        all
    }

    proptest! {
        #[test]
        fn a_flood_is_its_lines_whether_they_read_as_they_stand_or_not(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "a\n", "a word\n", "é\n", "12 ships\n", "(so)\n", "12\n", "1", " ", "\n", "\r\n", "- a\n", "1. a\n", "12)\n", "• a\n",
                "===\n", "\u{a0}", "\u{2028}", "\u{c}", "\t", "a  b\n", "*a*\n", "漢字\n", "\u{7f}\n", "\u{1c}\n",
            ]), 0..30),
            times in 1..40_usize,
        ) {
            let source = pieces.concat().repeat(times);
            let limits = Limits::default().fine_blocks(0);
            let found: Vec<(bool, String)> = blocks_within(&source, &limits)
                .into_iter()
                // A block that stands alone is collapsed where the tree is parted.
                .map(|(tag, text)| (tag == Tag::Li, text.split('\n').map(collapsed).collect::<Vec<_>>().join("\n")))
                .collect();
            prop_assert_eq!(found, joined(&source));
        }
    }
}
