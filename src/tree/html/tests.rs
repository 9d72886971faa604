use crate::tree::tag::{Attr, Tag};
use crate::tree::{Node, NodeId, Tree};
use crate::{Limits, Page};
use proptest::prelude::*;

/// Something in each tag that keeps the tokenizer from knowing it by its bytes, and an attribute that keeps the builder from
/// taking any quick way besides. Neither changes what the tree is.
const LONG_WAYS: [&str; 2] = [" ", " id=a"];

/// All that is known of a page's nodes, in whose tags `@` stands for one of these or for nothing.
fn told(template: &str, in_tags: &str, is_markdown: bool, limits: &Limits) -> String {
    let source = template.replace('@', in_tags);
    let page = if is_markdown { Page::markdown(source) } else { Page::html(source) };
    let tree = Tree::of(&page, limits);
    assert_telling(&tree);
    let node = |(id, node): (usize, &Node)| {
        let end = if node.tag == Tag::Text { 0 } else { node.end() };
        let has_class = node.tag != Tag::Text && tree.has_attribute(id as NodeId, Attr::Class);
        let looks = (node.style, tree.link(node) as i32, has_class);
        let text = tree.text(node).replace(LONG_WAYS[1], "").replace(LONG_WAYS[0], "");
        format!("{:?} in {} to {end}, {looks:?}: {text:?}\n", node.tag, node.parent)
    };
    tree.nodes()
        .iter()
        .enumerate()
        .map(node)
        .chain(tree.warnings.iter().map(|warning| format!("{warning:?}")))
        .collect()
}

/// What is noted while a tree is built is what a walk over it finds.
fn assert_telling(tree: &Tree<'_>) {
    let elements = || (1..).zip(&tree.nodes()[1..]).filter(|(_, node)| node.tag != Tag::Text);
    let names = [Tag::Title, Tag::Script, Tag::H1, Tag::H2, Tag::H3, Tag::Time];
    let is_telling = |node: &Node| tree.has_attributes(node) || names.contains(&node.tag);
    let wanted: Vec<NodeId> =
        elements().filter(|(_, node)| is_telling(node)).map(|(id, _): (NodeId, _)| id).collect();
    assert_eq!(tree.telling().map(|(id, _)| id).collect::<Vec<_>>(), wanted);
    for tag in Tag::VARIANTS {
        assert_eq!(
            tree.count(tag) as usize,
            elements().filter(|(_, node)| node.tag == tag).count(),
            "{tag:?}"
        );
    }
    for name in [Attr::Class, Attr::Id] {
        assert_eq!(tree.has_any(&[name]), elements().any(|(id, _)| tree.has_attribute(id, name)), "{name:?}");
    }
}

proptest! {
    #[test]
    fn elements_that_take_the_place_of_their_like_leave_the_tree_that_the_long_way_leaves(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<td@>x", "<td@>", "<th@>y", "<tr@>", "<table@>", "</table>", "<p@>one", "<p@>", "</p>", "<li@>item", "<ul@>", "</ul>", "<ol@>",
            "<dl@>", "</dl>", "<dt@>term", "<dd@>what it is", "<div@>", "</div>", "<b@>bold", "</b>", "<a@>there", "</a>", "<cite@>",
            "<select@>", "<option@>", "</select>", "<button@>", "</button>", "<object@>", "</object>", "<template@>", "</template>",
            "<svg@>", "<desc@>", "</svg>", "<math@>", "<title@>", "<head@>", "<body@>", "<h2@>", "<h3@>", "<caption@>", "<form@>", "</form>", "<h1@>", "</h1>", "<time@>", "<script@></script>",
            "<br@>", "text", "<TD@>", "<td class=b@>", "<p class=b@>", "<td", "<p/>", "<", "<!--", "-->",
            "<title@><b></title>", "<style@><p></style>", "<svg@><title@>a</title><style@>b</style></svg>",
            "\n\n", "\n\none <p@>two ", "\n\none <p@></p><body@>", "\n\n<select@>\n\none <p@>", "\n\n<p@>\n\n- one <li@>two\n\n",
            "\n\n|a|b|\n|-|-|\n|<td@>x|y<td@>z|\n\n", "\n\n> one <p@><p@>\n\n", "<table@><template@><select@><td@>x<td@>y",
        ]), 1..24),
        times in prop::collection::vec(1..4_usize, 24),
        depth in prop::sample::select(vec![3, 5, 512]),
        nodes in prop::sample::select(vec![7, 30, usize::MAX]),
        is_markdown: bool,
    ) {
        let template: String = pieces.iter().zip(times).map(|(piece, times)| piece.repeat(times)).collect();
        let limits = Limits::default().depth(depth).nodes(nodes);
        let quick = told(&template, "", is_markdown, &limits);
        for long_way in LONG_WAYS {
            prop_assert_eq!(&told(&template, long_way, is_markdown, &limits), &quick, "{}", template);
        }
    }
}
