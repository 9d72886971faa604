//! The article in a framework's state: a string of a script that holds paragraphs of HTML.
//!
//! Pages that are drawn by scripts carry what they draw as JSON (`__NEXT_DATA__`, `window.__STATE__ = {…}` and
//! others), the article's text among it as one string of HTML. Nothing is run and no name is known: a string counts
//! if it stands where JSON has values and holds paragraphs.

use super::json_ld::script_text;
use crate::block::{self, BlockKind};
use crate::tree::tag::Tag;
use crate::tree::{NodeId, Tree};
use crate::{Limits, Page};
use memchr::memmem;

/// One paragraph may be a teaser.
const LEAST_PARAGRAPHS: usize = 3;
/// So many strings that are half as long as the longest are the articles of a list, not one page's.
const MOST_ALIKE: usize = 2;

/// The longest text of paragraphs in a page's scripts, and the script.
pub(crate) fn state_body(tree: &Tree<'_>) -> Option<(String, NodeId)> {
    let mut found: Vec<(&str, NodeId)> = Vec::new();
    for (id, _) in tree.telling().filter(|(_, node)| node.tag == Tag::Script) {
        let Some(script) = script_text(tree, id).filter(|script| has_paragraphs(script)) else { continue };
        found.extend(strings(script).filter(|string| has_paragraphs(string)).map(|string| (string, id)));
    }
    let &(longest, script) = found.iter().max_by_key(|(string, _)| string.len())?;
    if found.iter().filter(|(string, _)| string.len() * 2 > longest.len()).count() > MOST_ALIKE {
        return None;
    }
    let html: String = serde_json::from_str(&format!("\"{longest}\"")).ok()?;
    let limits = Limits::default();
    let page = Page::html(html);
    let inner = Tree::of(&page, &limits);
    let blocks = block::split(&inner, &limits, &mut Vec::new(), Default::default());
    let is_text = |kind: BlockKind| !matches!(kind, BlockKind::Caption | BlockKind::Control);
    let texts = blocks.records.iter().filter(|record| is_text(record.kind) && !record.is_hidden);
    let lines: Vec<&str> = texts.map(|record| blocks.text_of(record)).collect();
    Some((lines.join("\n"), script))
}

/// Whether a text holds the ends of some paragraphs, as HTML or as JSON spells it.
fn has_paragraphs(text: &str) -> bool {
    ["</p>", "\\u003c/p\\u003e", "\\u003C/p\\u003E", "<\\/p>"]
        .into_iter()
        .any(|end| memmem::find_iter(text.as_bytes(), end).take(LEAST_PARAGRAPHS).count() == LEAST_PARAGRAPHS)
}

/// The strings of JSON in a script, as they are written: those that stand where a value or a key may.
fn strings(script: &str) -> impl Iterator<Item = &str> {
    let bytes = script.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let quote = from + memchr::memchr(b'"', bytes.get(from..)?)?;
            from = quote + 1;
            let before = bytes[..quote].iter().rev().find(|byte| !byte.is_ascii_whitespace());
            if !matches!(before, Some(b':' | b',' | b'[' | b'{' | b'(' | b'=')) {
                continue;
            }
            let start = from;
            let mut at = start;
            loop {
                at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
                if bytes[at] == b'"' {
                    break;
                }
                at += 2;
            }
            from = at + 1;
            return script.get(start..at);
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::{Page, extract};

    fn sentences(number: usize) -> String {
        format!("The harbour of town {number} was closed on Monday after a ship ran aground, the pilot of the port said in the evening. ").repeat(2)
    }

    fn page(state: &str) -> String {
        format!("<title>Ship aground</title><div id=app></div><script>window.__STATE__ = {state};</script>")
    }

    fn escaped(paragraphs: usize) -> String {
        let html: String =
            (0..paragraphs).map(|number| format!("<p class=\"a\">{}</p>", sentences(number))).collect();
        serde_json::Value::from(html).to_string().replace('<', "\\u003c").replace('>', "\\u003e")
    }

    #[test]
    fn an_article_that_stands_only_in_the_state_is_found() {
        let html = page(&format!("{{\"title\":\"Ship\",\"it's\":1,\"body\":{},\"next\":\"x\"}}", escaped(5)));
        let article = extract(Page::html(&html));
        assert!(article.text().starts_with("The harbour of town 0"), "{:?}", article.text());
        assert_eq!(article.text().lines().filter(|line| !line.is_empty()).count(), 5);
    }

    #[test]
    fn a_list_of_articles_is_no_article() {
        let bodies = vec![escaped(5); 4].join(",");
        assert_eq!(extract(Page::html(page(&format!("{{\"all\":[{bodies}]}}")))).text(), "");
    }

    #[test]
    fn a_page_that_holds_its_text_needs_no_state() {
        let text: String = (10..16).map(|number| format!("<p>{}</p>", sentences(number))).collect();
        let html = page(&format!("{{\"body\":{}}}", escaped(9))) + &format!("<article>{text}</article>");
        assert!(extract(Page::html(&html)).text().starts_with("The harbour of town 10"));
    }

    #[test]
    fn strings_cut_anywhere_are_no_harm() {
        let html = page(&format!("{{\"body\":{}}}", escaped(5)));
        for end in (0..html.len()).step_by(37) {
            extract(Page::html(&html[..end]));
        }
    }
}
