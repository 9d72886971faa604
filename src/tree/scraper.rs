//! A tree that `scraper` has parsed → our tree.
//!
//! For those who hold a `scraper::Html` anyway, and for the tests, in which it is the oracle of our own
//! reader. Such a tree does not know where anything stood in the source, so nothing has a span.

use super::html::is_formatting_border;
use super::tag::{Attr, Tag};
use super::{Memory, NO_NODE, NodeId, Style, Tree};
use crate::deadline::Deadline;
use crate::{Limits, Span, Warning};
use scraper::Node as Theirs;

/// Takes over a parsed page.
///
/// The walk goes from node to node by their links and keeps what is open in a vector: `html5ever` nests as
/// deep as the page asks for, which no call stack would survive.
pub(crate) fn read(html: &scraper::Html, limits: &Limits) -> Tree<'static> {
    let mut reader = Reader {
        tree: Tree::new("", Memory::default()),
        open: vec![Open { id: 0, is_own: false, style: Style::default(), link: NO_NODE }],
        most_bytes: limits.most_bytes(),
        most_nodes: limits.most_nodes(),
        most_depth: limits.most_depth(),
    };
    reader.tree.has_spans = false;
    reader.tree.deadline = Deadline::of(limits);
    let root = html.tree.root();
    let mut at = root;
    loop {
        let goes_down = match at.value() {
            Theirs::Text(text) => {
                if !reader.text(text) {
                    break;
                }
                false
            }
            Theirs::Element(element) => {
                if !reader.open(element) {
                    break;
                }
                true
            }
            // The content of a template is such a fragment, and no part of the page.
            Theirs::Fragment => at == root,
            _ => at == root,
        };
        match at.first_child().filter(|_| goes_down) {
            Some(child) => at = child,
            None => {
                if at.value().is_element() {
                    reader.close();
                }
                while at != root && at.next_sibling().is_none() {
                    match at.parent() {
                        Some(parent) => at = parent,
                        None => break,
                    }
                    if at.value().is_element() {
                        reader.close();
                    }
                }
                match at.next_sibling().filter(|_| at != root) {
                    Some(next) => at = next,
                    None => break,
                }
            }
        }
    }
    while reader.open.len() > 1 {
        reader.close();
    }
    reader.tree.close(0);
    reader.tree
}

struct Reader {
    tree: Tree<'static>,
    /// The elements around what comes next, the document first.
    open: Vec<Open>,
    most_bytes: usize,
    most_nodes: usize,
    most_depth: usize,
}

/// An open element and what it makes of the text inside.
#[derive(Clone, Copy)]
struct Open {
    /// Its node, or that of the innermost element around it that is not too deep to be one's parent.
    id: NodeId,
    /// Whether it is the former.
    is_own: bool,
    style: Style,
    link: NodeId,
}

impl Reader {
    fn inner(&self) -> Open {
        // The document is never closed.
        self.open[self.open.len() - 1]
    }

    /// Adds an element; `false` where a limit is met.
    fn open(&mut self, element: &scraper::node::Element) -> bool {
        if self.is_full() {
            return false;
        }
        let outer = self.inner();
        let tag = Tag::from_name(element.name().as_bytes());
        // No name of ours begins with the `#` that tells text nodes from elements, but theirs may.
        let tag = if tag == Tag::Text { Tag::Other } else { tag };
        let id = self.tree.open(tag, outer.id);
        for (name, value) in &element.attrs {
            if !self.fits(value.len()) {
                break;
            }
            let known = match name.prefix.as_deref() {
                // The one name with a prefix that anybody asks for.
                Some("xml") if &*name.local == "lang" => Attr::XmlLang,
                Some(_) => Attr::Other,
                None => Attr::from_name(name.local.as_bytes()),
            };
            if known != Attr::Other {
                self.tree.give_aside(known, value);
            }
        }
        let is_own = self.open.len() <= self.most_depth;
        if !is_own {
            self.warn(Warning::DepthLimit);
        }
        let (style, link) =
            if is_formatting_border(tag) { (Style::default(), NO_NODE) } else { (outer.style, outer.link) };
        self.open.push(Open {
            id: if is_own { id } else { outer.id },
            is_own,
            style: style.with(Style::of(tag)),
            link: if tag == Tag::A { id } else { link },
        });
        true
    }

    fn close(&mut self) {
        if let Some(open) = self.open.pop().filter(|open| open.is_own) {
            self.tree.close(open.id);
        }
    }

    /// Adds a run of text; `false` where a limit is met.
    fn text(&mut self, text: &str) -> bool {
        if self.is_full() || !self.fits(text.len()) {
            return false;
        }
        let Open { id, style, link, .. } = self.inner();
        self.tree.text_aside(text, Span::default(), id, style, link);
        true
    }

    /// Whether nothing more is to be read.
    fn is_full(&mut self) -> bool {
        if self.tree.deadline.is_over() {
            self.warn(Warning::TimeLimit);
            return true;
        }
        let full = self.tree.nodes.len() >= self.most_nodes;
        if full {
            self.warn(Warning::NodesLimit);
        }
        full
    }

    /// Whether that many bytes more are within the limit; spans into the side buffer need one, too.
    fn fits(&mut self, len: usize) -> bool {
        let fits = self.tree.side.len() + len <= self.most_bytes;
        if !fits {
            self.warn(Warning::BytesLimit);
        }
        fits
    }

    fn warn(&mut self, warning: Warning) {
        if !self.tree.warnings.contains(&warning) {
            self.tree.warnings.push(warning);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    fn tree(html: &str) -> Tree<'static> {
        read(&Html::parse_document(html), &Limits::default())
    }

    fn texts(tree: &Tree<'_>) -> Vec<(String, Style, bool)> {
        let is_text = |node: &&super::super::Node| node.tag == Tag::Text;
        tree.nodes()
            .iter()
            .filter(is_text)
            .map(|n| (tree.text(n).into(), n.style, tree.link(n) != NO_NODE))
            .collect()
    }

    #[test]
    fn text_knows_its_look_and_its_link() {
        let tree = tree("<p>a<b>b<a href=/c>c</a></b><table><td>d");
        let (plain, strong) = (Style::default(), Style::STRONG);
        let expected = [("a", plain, false), ("b", strong, false), ("c", strong, true), ("d", plain, false)];
        assert_eq!(texts(&tree), expected.map(|(text, style, link)| (text.to_owned(), style, link)));
        let link = tree.nodes().iter().position(|n| n.tag == Tag::A).unwrap_or_default() as NodeId;
        assert_eq!(tree.attribute(link, Attr::Href).as_deref(), Some("/c"));
        assert!(!tree.has_spans());
    }

    #[test]
    fn descendants_follow_their_ancestors() {
        let tree = tree("<div><p>one</p><ul><li>two</ul></div><p>three");
        for (id, node) in tree.nodes().iter().enumerate().skip(1) {
            let parent = tree.node(node.parent);
            let end = if node.tag == Tag::Text { id as NodeId + 1 } else { node.end() };
            assert!(tree.descendants(node.parent).contains(&(id as NodeId)) && end <= parent.end());
        }
    }

    #[test]
    fn templates_are_left_out() {
        assert_eq!(texts(&tree("<template><p>not here</template><p>here")).len(), 1);
    }

    #[test]
    fn deep_pages_are_flattened_not_lost() {
        let depth = 3_000;
        let tree = tree(&format!("{}text", "<div>".repeat(depth)));
        assert_eq!(texts(&tree).len(), 1);
        assert_eq!(tree.warnings, [Warning::DepthLimit]);
        let text = tree.nodes().len() as NodeId - 1;
        assert!(tree.ancestors(text).count() <= 513);
    }

    #[test]
    fn limits_are_kept() {
        let html = Html::parse_document(&"<p>word</p>".repeat(1_000));
        let few = read(&html, &Limits::default().nodes(100));
        assert_eq!((few.nodes().len(), &few.warnings[..]), (100, &[Warning::NodesLimit][..]));
        let short = read(&html, &Limits::default().bytes(100));
        assert_eq!((short.side.len(), &short.warnings[..]), (100, &[Warning::BytesLimit][..]));
    }
}
