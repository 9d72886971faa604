//! Our own HTML reader against `html5ever`'s (through `scraper`): both trees are parted into blocks by the
//! same rules, and the blocks' texts must agree, in order.
//!
//! What remains different is listed and explained in `docs/differences-from-html5ever.md`.
//!
//! `UNFURNISH_PAGES` names a folder with `*.jsonl.zst` files whose lines hold a page as `html`; without it the
//! test over real pages passes with a message. `UNFURNISH_ALL_PAGES=1` reads all of them rather than a sample
//! (use a release build), `UNFURNISH_SHOW=20` prints that many differences of each file.

use crate::Limits;
use crate::block::{Blocks, Record, is_inline, is_seam, is_without_text, sets_apart, split};
use crate::tree::html::is_formatting_border;
use crate::tree::tag::Tag;
use crate::tree::{Memory, NO_NODE, Tree, html, scraper as adapter};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use scraper::{Html, Node};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

/// At least this share of blocks must agree.
const AGREEMENT: f64 = 0.995;
/// The same for all that is known about blocks in soup, most of which is a case that no page has.
const SOUP_AGREEMENT: f64 = 0.99;
/// This many pages of soup are cooked.
const SOUPS: usize = 4_000;
/// This many pages of each set are read unless all are asked for: half a minute without optimisation.
const SAMPLE: usize = 40;

/// What two readers are compared by.
#[derive(Clone, Copy)]
enum By {
    /// The blocks' texts alone. Every block-level tag parts blocks at both its ends, so this asks which text
    /// there is, in which order and where it is parted, but hardly notices a wrong nesting.
    Text,
    /// Also what each block is and where: its kind, the block-level elements around it, its place in list and
    /// table, whether it is hidden, which of its text is linked or formatted.
    Everything,
}

fn blocks_by(tree: &Tree<'_>, by: By) -> Vec<String> {
    let blocks = split(tree, &Limits::default(), &mut Vec::new(), Blocks::default());
    let describe = |record: &Record| match by {
        By::Text => blocks.text_of(record).to_owned(),
        By::Everything => {
            let marks: Vec<_> = blocks
                .marks_of(record)
                .iter()
                .map(|m| (m.text.start() - record.text.start(), m.text.len(), m.style, m.link != NO_NODE))
                .collect();
            // What a parser adds by itself tells nothing; a form is open by rules of its own.
            let is_told = |tag: &Tag| {
                !is_inline(*tag)
                    && !matches!(tag, Tag::Html | Tag::Body | Tag::Tbody | Tag::Colgroup | Tag::Form)
            };
            let path =
                core::iter::once(record.node).chain(tree.ancestors(record.node)).map(|id| tree.node(id).tag);
            format!(
                "{:?} {:?} {:?} item {:?} cell {:?} hidden {} marks {marks:?}",
                blocks.text_of(record),
                record.kind,
                path.filter(is_told).collect::<Vec<_>>(),
                record.item.map(|item| (item.depth, item.number)),
                record.cell.map(|cell| (cell.row, cell.column, cell.is_header)),
                record.is_hidden,
            )
        }
    };
    blocks.records.iter().map(describe).collect()
}

/// The tree that our own reader makes.
fn our_tree(page: &str) -> Tree<'_> {
    html::read(html::Builder::new(Tree::new(page, Memory::default()), &Limits::default()))
}

/// The blocks that our own reader finds.
fn ours(page: &str) -> Vec<String> {
    blocks_by(&our_tree(page), By::Text)
}

/// The blocks of the tree that `html5ever` makes.
fn theirs(page: &Html) -> Vec<String> {
    blocks_by(&adapter::read(page, &Limits::default()), By::Text)
}

/// A page read in standards mode: old pages let paragraphs go on around tables, and we never do.
fn without_quirks(page: &str) -> Html {
    Html::parse_document(&format!("<!doctype html>{page}"))
}

/// The same by a walk that is too simple to be wrong: recursive, and white space is looked at last.
fn by_hand(page: &Html) -> Vec<String> {
    let mut walk = Walk::default();
    walk.children_of(page.root_element(), Around::default());
    walk.end_block(false);
    walk.blocks
}

/// Blocks that are something else than code, wherever they stand.
fn is_no_code(tag: Tag) -> bool {
    tag.heading_level().is_some()
        || matches!(tag, Tag::Li | Tag::Blockquote | Tag::Dt | Tag::Dd | Tag::Td | Tag::Th)
        || matches!(tag, Tag::Caption | Tag::Figcaption | Tag::Button)
}

/// A run of text as it is written, or a `<br>`.
enum Piece {
    Text(String, Around),
    Break,
}

/// What is around a text that matters to where it is parted.
#[derive(Clone, Copy, Default)]
struct Around {
    is_preformatted: bool,
    is_bold: bool,
    is_link: bool,
    /// The element right around it, a link between them aside, if that sets it apart; by when it was entered.
    set_apart: Option<usize>,
}

#[derive(Default)]
struct Walk {
    blocks: Vec<String>,
    collected: Vec<Piece>,
    entered: usize,
}

impl Walk {
    fn children_of(&mut self, element: scraper::ElementRef<'_>, around: Around) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.collected.push(Piece::Text(text.to_string(), around)),
                _ => {
                    scraper::ElementRef::wrap(child).into_iter().for_each(|child| self.element(child, around))
                }
            }
        }
    }

    fn element(&mut self, element: scraper::ElementRef<'_>, outer: Around) {
        let tag = Tag::from_name(element.value().name().as_bytes());
        if is_without_text(tag) {
            return;
        }
        if tag == Tag::Br {
            self.collected.push(Piece::Break);
            return;
        }
        self.entered += 1;
        let set_apart = match tag {
            Tag::A => outer.set_apart.filter(|_| !outer.is_link),
            _ => sets_apart(tag).then_some(self.entered),
        };
        let around = Around {
            is_preformatted: matches!(tag, Tag::Pre | Tag::Listing | Tag::Plaintext | Tag::Xmp)
                || outer.is_preformatted && !is_no_code(tag),
            is_bold: matches!(tag, Tag::B | Tag::Strong) || outer.is_bold && !is_formatting_border(tag),
            is_link: tag == Tag::A,
            set_apart,
        };
        if !is_inline(tag) {
            self.end_block(outer.is_preformatted);
        }
        self.children_of(element, around);
        if !is_inline(tag) {
            self.end_block(around.is_preformatted);
        }
    }

    fn end_block(&mut self, is_preformatted: bool) {
        let collected = std::mem::take(&mut self.collected);
        if is_preformatted {
            let text: String = collected
                .iter()
                .map(|piece| if let Piece::Text(text, _) = piece { text } else { "\n" })
                .collect();
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            let lines: Vec<&str> = text.split('\n').skip_while(|line| line.trim().is_empty()).collect();
            let text = lines.join("\n").trim_end().to_owned();
            self.blocks.extend((!text.is_empty()).then_some(text));
            return;
        }
        let lines: Vec<(String, bool)> =
            collected.split(|piece| matches!(piece, Piece::Break)).map(line_of).collect();
        // Lines without text between them part blocks, and so do bold lines beside others.
        let mut above: Option<bool> = None;
        for (line, is_bold) in lines {
            match self.blocks.last_mut() {
                _ if line.is_empty() => above = None,
                Some(block) if above == Some(is_bold) => {
                    block.push('\n');
                    block.push_str(&line);
                }
                _ => {
                    self.blocks.push(line);
                    above = Some(is_bold);
                }
            }
        }
    }
}

/// A line's text with its white space collapsed, and whether all of it is bold.
fn line_of(pieces: &[Piece]) -> (String, bool) {
    let mut line = String::new();
    let mut is_bold = true;
    let mut before: Option<usize> = None;
    for piece in pieces {
        let Piece::Text(text, around) = piece else { continue };
        if !text.trim().is_empty() {
            let is_other = before.is_some() && around.set_apart.is_some() && before != around.set_apart;
            if is_other && is_seam(&line, text) {
                line.push(' ');
            }
            before = around.set_apart;
            is_bold &= around.is_bold;
        }
        line.push_str(text);
    }
    (line.split_whitespace().collect::<Vec<_>>().join(" "), is_bold)
}

/// How many elements of two sequences can be paired in order (Myers' algorithm, given up at 2,000 differences).
fn in_common(a: &[String], b: &[String]) -> usize {
    const MOST_DIFFERENCES: usize = 2_000;
    let equal_head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[equal_head..], &b[equal_head..]);
    let equal_tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - equal_tail], &b[..b.len() - equal_tail]);
    let most = (a.len() + b.len()).min(MOST_DIFFERENCES);
    let middle = most as isize + 1;
    let mut reached = vec![0_usize; 2 * most + 3];
    for differences in 0..=most as isize {
        for diagonal in (-differences..=differences).step_by(2) {
            let place = (middle + diagonal) as usize;
            let from_below = diagonal == -differences
                || (diagonal != differences && reached[place - 1] < reached[place + 1]);
            let mut x = if from_below { reached[place + 1] } else { reached[place - 1] + 1 };
            let mut y = (x as isize - diagonal) as usize;
            while x < a.len() && y < b.len() && a[x] == b[y] {
                x += 1;
                y += 1;
            }
            reached[place] = x;
            if x >= a.len() && y >= b.len() {
                return equal_head + equal_tail + (a.len() + b.len() - differences as usize) / 2;
            }
        }
    }
    equal_head + equal_tail
}

/// Blocks that agree, and blocks there are; the same for pages.
#[derive(Clone, Copy, Default)]
struct Tally {
    equal: usize,
    all: usize,
    equal_pages: usize,
    pages: usize,
}

impl Tally {
    /// Counts a page; gives whether it is equal.
    fn add(&mut self, ours: &[String], theirs: &[String]) -> bool {
        let is_equal = ours == theirs;
        self.join(Self {
            equal: in_common(ours, theirs),
            all: ours.len().max(theirs.len()),
            equal_pages: usize::from(is_equal),
            pages: 1,
        });
        is_equal
    }

    fn join(&mut self, other: Self) {
        self.equal += other.equal;
        self.all += other.all;
        self.equal_pages += other.equal_pages;
        self.pages += other.pages;
    }

    fn share(self) -> f64 {
        self.equal as f64 / self.all.max(1) as f64
    }
}

impl core::fmt::Display for Tally {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { equal, all, equal_pages, pages } = self;
        write!(f, "{equal}/{all} blocks, {:.3} %, {equal_pages}/{pages} pages", self.share() * 100.0)
    }
}

#[test]
fn the_count_of_common_blocks_is_that_of_the_longest_common_subsequence() {
    let words = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
    for (a, b, common) in [
        ("", "", 0),
        ("abc", "abc", 3),
        ("abc", "", 0),
        ("abcabba", "cbabac", 4),
        ("xaby", "xbay", 3),
        ("a", "b", 0),
    ] {
        assert_eq!(in_common(&words(a), &words(b)), common, "{a} {b}");
    }
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn blocks_of_real_pages_agree_with_html5ever() {
    let Some(folder) = std::env::var_os("UNFURNISH_PAGES") else {
        eprintln!("skipped: UNFURNISH_PAGES names no folder with pages");
        return;
    };
    let all_pages = std::env::var_os("UNFURNISH_ALL_PAGES").is_some();
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("UNFURNISH_PAGES is a folder")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".jsonl.zst"))
        .collect();
    files.sort();
    let (mut texts, mut everything) = (Tally::default(), Tally::default());
    for path in files {
        let (mut set_texts, mut set_everything) = (Tally::default(), Tally::default());
        let mut show_left = show_most();
        for_each_page(&path, if all_pages { usize::MAX } else { SAMPLE }, |id, page| {
            let our_tree = our_tree(page);
            let their_tree = adapter::read(&Html::parse_document(page), &Limits::default());
            let (ours, theirs) = (blocks_by(&our_tree, By::Text), blocks_by(&their_tree, By::Text));
            let text_agrees = set_texts.add(&ours, &theirs);
            let show_text = show_left > 0 && !text_agrees;
            if show_text {
                show_difference(id, &ours, &theirs);
            }
            let their_tree = adapter::read(&without_quirks(page), &Limits::default());
            let (ours, theirs) =
                (blocks_by(&our_tree, By::Everything), blocks_by(&their_tree, By::Everything));
            let agrees = set_everything.add(&ours, &theirs);
            if show_left > 0 && !agrees && !show_text {
                show_difference(id, &ours, &theirs);
            }
            show_left -= usize::from(show_left > 0 && !agrees);
        });
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        eprintln!("{name}: texts {set_texts}; everything {set_everything}");
        texts.join(set_texts);
        everything.join(set_everything);
    }
    eprintln!("all: texts {texts}; everything {everything}");
    assert!(texts.share() >= AGREEMENT, "texts {texts}");
    assert!(everything.share() >= AGREEMENT, "everything {everything}");
}

fn show_most() -> usize {
    std::env::var("UNFURNISH_SHOW").ok().and_then(|n| n.parse().ok()).unwrap_or(0)
}

#[allow(clippy::print_stderr, reason = "asked for by UNFURNISH_SHOW")]
fn show_difference(id: &str, ours: &[String], theirs: &[String]) {
    let at = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
    let next = |blocks: &[String]| -> String {
        blocks.iter().skip(at).take(3).map(|text| format!("\n    {}", shortened(text))).collect()
    };
    let common = in_common(ours, theirs);
    eprintln!(
        "== {id}: {common} of {} and {}, from block {at}\n  ours{}\n  theirs{}",
        ours.len(),
        theirs.len(),
        next(ours),
        next(theirs)
    );
}

fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}

/// Calls for up to `most` pages of a file, spread evenly; a page that is no text of HTML is passed over.
fn for_each_page(path: &Path, most: usize, mut each: impl FnMut(&str, &str)) {
    let lines = || {
        let mut unpack = Command::new("zstd")
            .args(["-dc", "--long=27"])
            .arg(path)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program zstd is installed");
        let lines = BufReader::with_capacity(1 << 20, unpack.stdout.take().expect("piped")).split(b'\n');
        (unpack, lines)
    };
    let step = if most == usize::MAX {
        1
    } else {
        let (mut unpack, lines) = lines();
        let count = lines.count();
        unpack.wait().expect("zstd ends");
        count.div_ceil(most).max(1)
    };
    let (mut unpack, lines) = lines();
    for line in lines.step_by(step) {
        let line = line.expect("zstd writes on");
        let Ok(page) = serde_json::from_slice::<serde_json::Value>(&line) else { continue };
        if let Some(html) = page["html"].as_str() {
            each(page["id"].as_str().unwrap_or_default(), html);
        }
    }
    unpack.wait().expect("zstd ends");
}

/// What tag soup is made of: everything that the rules treat in a way of its own.
const FRAGMENTS: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<span>",
    "</span>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=1>",
    "</a>",
    "<ul>",
    "</ul>",
    "<ol>",
    "<li>",
    "</li>",
    "</ol>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dd>",
    "</dl>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h3>",
    "<br>",
    "</br>",
    "<br/>",
    "<hr>",
    "<pre>",
    "</pre>",
    "<pre>\n",
    "\n\n",
    "<code>",
    "</code>",
    "<blockquote>",
    "</blockquote>",
    "<section>",
    "</section>",
    "<button>",
    "</button>",
    "<form>",
    "</form>",
    "<select><option>a<option>b</select>",
    "<option>",
    "</option>",
    "</select>",
    "<textarea>c</textarea>",
    "<script>d</script>",
    "<style>e</style>",
    "</title>",
    "<noscript>f</noscript>",
    "<iframe>g</iframe>",
    "<svg><path/><title>h</title></svg>",
    "</svg>",
    "<svg/>",
    "<math><mi>i</mi></math>",
    "</math>",
    "<template><p>j</template>",
    "</template>",
    "<head>",
    "</head>",
    "<body>",
    "</body>",
    "<html>",
    "</html>",
    "<!-- k -->",
    "<!doctype html>",
    "<![CDATA[l]]>",
    "<?php ?>",
    "<image>",
    "<input>",
    "<input type=hidden>",
    "<object>",
    "</object>",
    "<nobr>",
    "</nobr>",
    "<ruby>",
    "<rt>",
    "</ruby>",
    "<font>",
    "</font>",
    "<center>",
    "</center>",
    "<fieldset>",
    "<legend>",
    "</fieldset>",
    "<details>",
    "<summary>",
    "</details>",
    "<main>",
    "</main>",
    "<x-y>",
    "</x-y>",
    "<marquee>",
    "</marquee>",
    "<address>",
    "</address>",
    "<label>",
    "</label>",
    "<cite>",
    "</cite>",
    "<kbd>",
    "<td>",
    "</td>",
    "<tr>",
    "</tr>",
    "<tbody>",
    "<caption>",
    "<col>",
    "<p/>",
    "<div/>",
    "<P CLASS=x>",
    "</DIV >",
    "<td><b>",
];

/// Fragments that take in all that follows, or so it may be: seldom, for they leave little to compare.
const SWALLOWERS: &[&str] = &[
    "<title>",
    "<textarea>",
    "<xmp>m</xmp>",
    "<svg>",
    "<math>",
    "<foreignObject>",
    "</foreignObject>",
    "<desc>",
    "<template>",
    "<plaintext>",
    "<script><!--<script></script>",
    "<iframe>",
    "<noscript>",
    "<style>",
];

/// Tables without anything for `html5ever` to move out of them.
const TABLES: &[&str] = &[
    "<table><tr><td>one<td>two</table>",
    "<table><caption>c</caption><tbody><tr><th>h</th></tr></tbody></table>",
    "<table><tr><td><table><tr><td>in</table>out</table>",
    "<table><tr><td><p>one<b>two<tr><td>three</table>",
    "<table>\n<tr>\n<td>x</td>\n</tr>\n</table>",
    "<table><td>no row<td>at all</table>",
    "<table><tr><td><ul><li>item<td>next</ul></table>",
];

const TEXTS: &[&str] = &[
    " a ", " b ", "word", "text.", "\n", "  ", "&amp;", "&lt;p>", "&nbsp;", "&notit;", "\0", "\r\n", "<",
    "</", "é",
];

fn soup() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        50 => proptest::sample::select(FRAGMENTS),
        40 => proptest::sample::select(TEXTS),
        5 => proptest::sample::select(TABLES),
        1 => proptest::sample::select(SWALLOWERS),
    ];
    proptest::collection::vec(fragment, 0..60).prop_map(|parts| parts.concat())
}

#[test]
#[allow(clippy::print_stderr, reason = "the figures are worth reading when it fails")]
fn blocks_of_tag_soup_agree_with_html5ever() {
    let (mut texts, mut everything) = (Tally::default(), Tally::default());
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut show_left = show_most();
    for _ in 0..SOUPS {
        let page = soup().new_tree(&mut runner).expect("soup has no filters").current();
        let our_tree = our_tree(&page);
        let their_tree = adapter::read(&Html::parse_document(&page), &Limits::default());
        let (ours, theirs) = (blocks_by(&our_tree, By::Text), blocks_by(&their_tree, By::Text));
        let agrees = texts.add(&ours, &theirs);
        if show_left > 0 && !agrees {
            show_left -= 1;
            show_difference(&page, &ours, &theirs);
        }
        let their_tree = adapter::read(&without_quirks(&page), &Limits::default());
        let (ours, theirs) = (blocks_by(&our_tree, By::Everything), blocks_by(&their_tree, By::Everything));
        if !everything.add(&ours, &theirs) && agrees && show_left > 0 {
            show_left -= 1;
            show_difference(&page, &ours, &theirs);
        }
    }
    eprintln!("soup: texts {texts}; everything {everything}");
    assert!(texts.share() >= AGREEMENT, "texts {texts}");
    assert!(everything.share() >= SOUP_AGREEMENT, "everything {everything}");
}

/// Each difference that `docs/differences-from-html5ever.md` tells of.
#[test]
fn the_known_differences_are_these() {
    for (page, we_read, they_read) in [
        // Foster parenting.
        ("<p>a<table>b<tr><td>c</table>", &["a", "b", "c"][..], &["ab", "c"][..]),
        ("<table><tr><td>c</td></tr><div>b</div></table>", &["c", "b"], &["b", "c"]),
        // A `select` that was never closed.
        ("<select><option>a<p>b</p>c", &["b", "c"], &[]),
        // Frames.
        ("<frameset><frame></frameset>a", &["a"], &[]),
        // Quirks: the paragraph goes on around the table, and so does the option in it.
        ("<p><option>a<table><tr><td>b</table>", &["b"], &[]),
        // NUL in foreign content.
        ("<math>\0a</math>", &["a"], &["\u{fffd}a"]),
    ] {
        assert_eq!(
            (ours(page), theirs(&Html::parse_document(page))),
            (owned(we_read), owned(they_read)),
            "{page}"
        );
    }
    let place = |tree: &Tree<'_>| blocks_by(tree, By::Everything);
    for page in [
        // The second `nobr` makes the standard move what stands in the first, and `cite` with it.
        "<nobr><cite><p>a<nobr>b",
        // Equal formatting elements beyond the third: the standard compares their attributes too.
        "<b><b id=1><b id=2><b id=3><p>a</b></b></b>b",
    ] {
        let (ours, theirs) = (our_tree(page), without_quirks(page));
        let theirs = adapter::read(&theirs, &Limits::default());
        assert_eq!(blocks_by(&ours, By::Text), blocks_by(&theirs, By::Text), "{page}");
        assert_ne!(place(&ours), place(&theirs), "{page}");
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// The comparison is worth nothing if it passes whatever it is given.
#[test]
fn a_difference_is_noticed() {
    let page = "<div><p>one<b>two</b></p><ul><li>three</ul></div><p>four";
    let by = |page: &str, by| blocks_by(&our_tree(page), by);
    let text_differs = [
        "<div><p>one<p>two</b></p><ul><li>three</ul></div><p>four",
        "<div><p>one<b>two</b></p><select>three</select></div><p>four",
    ];
    for other in text_differs {
        assert_ne!(by(page, By::Text), by(other, By::Text), "{other}");
    }
    let only_place_differs = [
        "<div><p>one<b>two</p><ul><li>three</ul></div><p>four",
        "<div><p>one<b>two</b></p><li>three</div><p>four",
        "<p>one<b>two</b></p><ul><li>three</ul><p>four",
    ];
    for other in only_place_differs {
        assert_eq!(by(page, By::Text), by(other, By::Text), "{other}");
        assert_ne!(by(page, By::Everything), by(other, By::Everything), "{other}");
    }
}

proptest! {
    #[test]
    fn the_splitter_agrees_with_a_walk_by_hand(page in soup()) {
        let page = Html::parse_document(&page);
        prop_assert_eq!(theirs(&page), by_hand(&page));
    }
}
