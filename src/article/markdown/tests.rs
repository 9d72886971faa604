//! What is written reads back as the same text.

use crate::{Article, Extractor, Label, Links, Page};
use proptest::prelude::*;

/// All blocks stay: how they are judged is tested elsewhere.
fn all(page: Page<'_>) -> Article {
    Extractor::builder().keep(Label::ALL.iter().copied()).join_broken_paragraphs(false).build().extract(page)
}

fn markdown(page: &str) -> String {
    all(Page::html(page)).to_markdown()
}

fn texts(article: &Article) -> Vec<String> {
    article.kept().map(|block| block.text().to_owned()).collect()
}

#[track_caller]
fn reads_back(page: &str) {
    let first = all(Page::html(page));
    for links in [Links::Keep, Links::Strip, Links::Footnote] {
        let written = first.to_markdown_with(links);
        assert_eq!(
            texts(&all(Page::markdown(written.as_str()))),
            texts(&first),
            "from {page:?} by {links:?}\n{written}"
        );
    }
    let html = first.to_html();
    assert_eq!(texts(&all(Page::html(html.as_str()))), texts(&first), "from {page:?} by HTML\n{html}");
}

#[test]
fn blocks_become_markdown() {
    assert_eq!(
        markdown(
            "<h2>Head</h2><p>One<br>line <b>bold</b> <i>it</i> <b><i>both</i></b> <code>c`c</code>.</p><pre>  a\n   ```b</pre><blockquote><p>q<p>r</blockquote>"
        ),
        "## Head\n\nOne\\\nline **bold** *it* ***both*** ``c`c``.\n\n````\n  a\n   ```b\n````\n\n> q\n>\n> r\n"
    );
}

#[test]
fn lists_nest_and_keep_their_numbers() {
    assert_eq!(
        markdown(
            "<ol start=9><li>nine<ul><li>in</ul><p>more<li>ten</ol><ol><li>one<li>two<ol start=3><li>x</ol></ol><p>end"
        ),
        "9. nine\n   - in\n\n   more\n10. ten\n1) one\n2) two\n\n   3. x\n\nend\n"
    );
}

#[test]
fn an_item_that_holds_only_a_list_begins_on_the_same_line() {
    assert_eq!(markdown("<ul><li><ul><li>a<li>b</ul><li>c</ul>"), "- - a\n  - b\n- c\n");
}

#[test]
fn tables_have_a_header_row_and_bars_are_escaped() {
    assert_eq!(
        markdown("<table><tr><th>a|b<th>c<tr><td>1<br>2<td><p>x<p>y<tr><td><td><code>p|q</code></table>"),
        "| a\\|b | c |\n| --- | --- |\n| 1<br>2 | x<br>y |\n| | `p\\|q` |\n"
    );
}

#[test]
fn links_are_kept_stripped_or_noted() {
    let article = all(Page::html("<p>He <a href=/t(1)>told <b>us</b> so</a>, <a href='#'>then</a> <a href='http://b.org/'>http://b.org/</a>!")
        .with_url("https://a.org/x"));
    assert_eq!(article.to_markdown(), "He [told **us** so](https://a.org/t\\(1\\)), then <http://b.org/>!\n");
    assert_eq!(article.to_markdown_with(Links::Strip), "He told **us** so, then http://b.org/!\n");
    assert_eq!(
        article.to_markdown_with(Links::Footnote),
        "He [told **us** so][1], then [http://b.org/][2]!\n\n[1]: https://a.org/t\\(1\\)\n[2]: http://b.org/\n"
    );
}

#[test]
fn prose_is_not_littered_with_backslashes() {
    for text in [
        "Too many people ere [sic] DYING",
        "snake_case and 2 * 3",
        "AT&T, R&D, a < b",
        "Stop!",
        "[sic]",
        "(a) [b] c!",
        "It cost $5. (Yes.)",
        "1.5 m",
        "-5 °C",
        "#tag",
    ] {
        assert_eq!(markdown(&format!("<p>{}</p>", text.replace('&', "&amp;"))), format!("{text}\n"));
    }
}

#[test]
fn what_looks_like_markup_reads_back_as_text() {
    for text in [
        "# no heading",
        "1. no item",
        "1) no item",
        "- no item",
        "+ no item",
        "* no item",
        "&gt; no quote",
        "---",
        "===",
        "***",
        "a<br>---",
        "a<br>===",
        "a | b<br>- | -",
        "a<br>:-",
        "a<br># b",
        "a<br>2. b",
        "a<br>&gt; b",
        "[a](b)",
        "[a]: b",
        "[a][b]",
        "![a](b)",
        "[a [b] c](d)",
        "!<a href=/x>link</a>",
        "[<a href=/x>a]b[c</a>](d)",
        "&lt;b&gt;x&lt;/b&gt;",
        "&lt;http://a.org&gt;",
        "&amp;amp; &amp;#65;",
        "`code`",
        "~~~",
        "~a~",
        "~~a~~",
        "a\\",
        "\\*a\\*",
        "*a*",
        "_a_",
        "__a__",
        "<b>「あ」</b>は",
        "x<b>y</b>z",
        "<b>a</b><i>b</i>",
        "<b>a</b><b><i>b</i></b>c",
        "<b>(a)</b>b",
        "a<b>(b)</b>",
        "<b>*</b>",
        "<code>a</code><code>b</code>",
        "<code>`</code>",
        "<code> </code>x",
        "<code>a<br>b</code>",
        "<b>a<br>- b</b>",
        "1<b>. x</b>",
        "<a href=/y>1</a>. x",
        "<a href=/y>#</a> x",
        "<a href='/y z\"(&lt;`'>x</a>`y`",
        "[1] and [2] <a href=/x>y</a>",
        "<a href=/a>a</a><a href=/b>b</a>(c)",
        "&lt;<b>a</b>",
        "&amp;<b>amp</b>;",
        "&amp;amp<b>;</b>",
        "<i>a</i>*",
        "*<i>a</i>",
        "a_<i>b</i>",
        "\u{200b}# x",
        "[x]",
        "[ ] task",
        "<a href=/u><code>]:</code></a>",
        "a!<b>[b](c)</b>",
        "a]<b>(c)</b>",
        "[a<i>](c)</i>",
        "<code>a</code>[b](c)",
        "&lt;<a href=/x>a</a>",
        "www.a.org",
        "$a$ $$b$$",
        "<b>a </b>b",
        "a<b> b</b>",
        "<a href=/x><b>a</b></a><b>b</b>",
        "<h2>a #</h2>",
        "<h2>a ###b##</h2>",
        "<h3>#</h3>",
        "<h2>a<br>b</h2>",
        "<h2>a<br># b #</h2>",
        "<pre>```\na\n````</pre>",
        "<pre>    a\n\n  b</pre>",
        "<ul><li># a<li>- b<li><pre>x\n\n  y</pre><li><h3>h</h3>t</ul>",
        "<ul><li><blockquote>a<br>b</blockquote>c<li>d</ul>",
        "<blockquote>&gt; a<p>b<br>- c</blockquote>",
        "<ol start=5><li>a<li>b</ol><ul><li>c</ul><ol><li>d</ol><ol><li>e</ol>",
        "<ul><li>a<ol start=7><li>b</ol></ul>",
        "<ul><li><table><tr><td>a<td>b<tr><td>c<td>d</table><li>e</ul>",
        "<table><tr><td>a<td>b<td>c<tr><td><td>`x|y`<td><tr><td><code>|\\|`</code><td>\\|</table>",
        "<table><tr><td>a<td>b<tr><td>c<td>d<td>e</table>",
        "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
        "---<br>a: b<br>---",
        "<p>---</p><p>title: x</p><p>---</p>",
        "<p>a</p><p>===</p>",
        "&lt;!-- x --&gt;",
        "&lt;?x?&gt;",
        "&lt;a",
    ] {
        reads_back(&format!("<div>{text}</div>"));
    }
}

#[test]
fn deep_lists_are_written_in_linear_size() {
    let page = format!("{}x", "<ul><li>".repeat(2000));
    assert!(markdown(&page).len() < 100);
    let wide = format!("<table><tr>{}x</table>", "<td>".repeat(5000) + "y" + &"<tr><td>z<td>w".repeat(5000));
    assert!(markdown(&wide).len() < 200_000);
}

/// Pieces that are dangerous in Markdown, and ordinary ones between them.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b1",
        "Ω",
        "语",
        "。",
        "“",
        "é",
        " ",
        " ",
        "<br>",
        "*",
        "**",
        "_",
        "`",
        "``",
        "~",
        "[",
        "]",
        "(",
        ")",
        "!",
        "#",
        "##",
        "-",
        "--",
        "+",
        "=",
        "==",
        "|",
        ":",
        "&amp;",
        "amp;",
        "&lt;",
        "&gt;",
        "\\",
        "\"",
        "'",
        "1.",
        "2)",
        ".",
        "x_y",
        "http://a.org",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<code>",
        "</code>",
        "<a href=/u>",
        "</a>",
        "<a href='http://x.org/(1)_b'>",
        "<p>",
        "<h2>",
        "</h2>",
        "<ul><li>",
        "<li>",
        "</ul>",
        "<ol><li>",
        "<ol start=4><li>",
        "</ol>",
        "<blockquote>",
        "</blockquote>",
        "<div>",
        "</div>",
        "\u{301}",
        "{",
        "}",
        "$",
        "^",
        "%",
        "\u{a0}",
    ]);
    prop::collection::vec(piece, 1..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn tag_soup_reads_back_as_the_same_text(page in soup()) {
        reads_back(&format!("<div>{page}"));
    }

    #[test]
    fn tables_read_back_as_the_same_text(cells in prop::collection::vec("[ab|`*_\\[\\]()<>&\\\\]{1,8}", 4..9)) {
        let mut page = String::from("<table>");
        for (at, cell) in cells.iter().enumerate() {
            page.push_str(if at % 2 == 0 { "<tr><td>" } else { "<td>" });
            page.push_str(&cell.replace('&', "&amp;").replace('<', "&lt;"));
        }
        reads_back(&page);
    }
}
