//! Laws that hold for every page.
//!
//! The pages are put together from fragments in which each word is a number (`w17`), counted up through the
//! page. So what order is, and where a word stands, is known without reading the page a second time.

use proptest::prelude::*;
use unfurnish::{Article, Block, Extractor, Limits, Page, Scratch};

/// HTML; each `%` becomes the next word.
const HTML: &[&str] = &[
    "<p>% % % % % % % % % % %, % % % % %. % % %.</p>",
    "<p>% % %",
    "</p>",
    "<div>%",
    "</div>",
    "<section class=main>",
    "</section>",
    "<nav><ul><li><a href=/a>%</a><li><a href=/b>% %</a></ul></nav>",
    "<ul><li>% % %<li>%<ol><li>%</ol></ul>",
    "<table><tr><td>%<td>% %<tr><th>%</table>",
    "<table>%<tr><td>%",
    "</table>",
    "<h1>% %</h1>",
    "<h2>% % %</h2>",
    "<b>%</b>",
    "<i>%",
    "</i>",
    "<a href='/c?d&amp;e'>% %</a>",
    "<pre>\n\n  %\n    % %\n\n</pre>",
    "<blockquote>% % %",
    "</blockquote>",
    "<br>",
    "<br><br>",
    " % ",
    "%",
    "\n",
    "%&nbsp;%",
    "&lt;% &amp; %&gt;",
    "&eacute;%&#x41;",
    "% &copy; 2024 %",
    "&hellip;",
    "<script>if (x<y) document.write('</p>')</script>",
    "<style>p{}</style>",
    "<!-- <p>no -->",
    "<svg><path d=''/><text>no</text></svg>",
    "<select><option>no</select>",
    "<textarea>no</textarea>",
    "<template><p>no</template>",
    "<figure><img src=a alt=no><figcaption>% %</figcaption></figure>",
    "<span hidden>%</span><div style='display:none'>%</div>",
    "\r\n",
    "ü%日本語",
    "\0",
    "< ",
    "</>",
    "By % % | January 5, 2024",
];

/// Markdown, fragments of whole lines.
const MARKDOWN: &[&str] = &[
    "% % % % % % % % % % %, % % % % %. % % %.\n",
    "\n",
    "# % %\n",
    "% %\n=====\n",
    "* % %\n* %\n",
    "1. %\n2. % %\n",
    "> % % %\n",
    "```\n% %\n  %\n```\n",
    "    % %\n",
    "**%** _% %_ `%`\n",
    "[% %](http://a.example/b)\n",
    "![no](a.png)\n",
    "| % | % |\n|---|---|\n| % | % |\n",
    "<div>% %</div>\n",
    "% &amp; %\n",
    "\\*%\\*\n",
    "---\n",
    "- [%](/a)\n",
    "[%]: /x\n",
    "ü%日本語\n",
    "\r\n",
];

/// Plain text, fragments of whole lines.
const TEXT: &[&str] = &[
    "% % % % % % % % % % %, % % % % %. % % %.\n",
    "\n",
    "% %\n",
    "• %\n",
    "- % %\n",
    "3. %\n",
    "% %\n=====\n",
    "\u{a0}%\u{3000}%\n",
    "\u{2028}",
    "\u{feff}",
    "<p>% &amp; %</p>\n",
    "ü%日本語\n",
    "\t% \n",
    "\u{c}",
];

fn numbered(fragments: &[&str]) -> String {
    let mut page = String::new();
    let mut words = 0;
    for (at, part) in fragments.concat().split('%').enumerate() {
        if at > 0 {
            words += 1;
            page.push_str(&format!("w{words}"));
        }
        page.push_str(part);
    }
    page
}

fn page_of(fragments: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(fragments), 0..40).prop_map(|parts| numbered(&parts))
}

/// A page of each format.
fn any_page() -> impl Strategy<Value = Page<'static>> {
    prop_oneof![
        3 => page_of(HTML).prop_map(Page::html),
        1 => page_of(MARKDOWN).prop_map(Page::markdown),
        1 => page_of(TEXT).prop_map(Page::text),
    ]
}

/// The numbers of a text's words, and where each stands.
fn words(text: &str) -> Vec<(usize, usize)> {
    let digits = |at: usize| text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
    text.match_indices('w')
        .filter_map(|(at, _)| Some((text[at + 1..at + 1 + digits(at)].parse().ok()?, at)))
        .collect()
}

fn is_rising(words: &[(usize, usize)]) -> bool {
    words.windows(2).all(|pair| pair[0].0 < pair[1].0)
}

fn extractors() -> [Extractor; 3] {
    let all_labels = unfurnish::Label::Body;
    [
        Extractor::default(),
        Extractor::builder().keep([all_labels]).explain(true).build(),
        Extractor::builder().limits(Limits::default().fine_blocks(2).marks(5)).build(),
    ]
}

/// What a span claims: it lies on character boundaries, begins with the block's first word and ends with its
/// last, as far as these are words of ours.
fn check_span(source: &str, block: &Block<'_>) -> Result<(), TestCaseError> {
    let span = block.span().ok_or_else(|| TestCaseError::fail("a block without a span"))?;
    let written = source.get(span.range());
    let written = written.ok_or_else(|| TestCaseError::fail(format!("{span} cuts a character")))?;
    prop_assert!(!written.is_empty(), "{:?}", block);
    prop_assert_eq!(written.trim(), written, "a span has no white space at its ends");
    let (read, there) = (words(block.text()), words(written));
    if let (Some(first), Some(last)) = (read.first(), read.last()) {
        prop_assert_eq!(
            there.first().map(|w| w.0),
            Some(first.0),
            "first word of {:?} in {:?}",
            block,
            written
        );
        prop_assert_eq!(there.last().map(|w| w.0), Some(last.0), "last word of {:?} in {:?}", block, written);
        if first.1 == 0 {
            prop_assert!(written.starts_with('w'), "{:?} in {:?}", block, written);
        }
    }
    Ok(())
}

fn check_blocks(source: &str, article: &Article) -> Result<(), TestCaseError> {
    let mut end = 0;
    for block in article.blocks() {
        prop_assert!(!block.text().trim().is_empty(), "an empty block");
        check_span(source, &block)?;
        let span = block.span().unwrap_or_default();
        prop_assert!(end <= span.start(), "blocks overlap at {}: {:?}", span, block);
        // A joined block reaches over what was removed between its halves.
        end = if block.is_joined() { span.start() } else { span.end() };
    }
    Ok(())
}

#[test]
fn a_joined_paragraph_reaches_over_what_was_removed_between_its_halves() {
    let first = "The harbour was closed on Monday after a ship ran aground at the mouth of the river, a spokesman said.";
    let halves = "It will stay where it is until the tide is high enough for both tugs to pull, said the\n\n\
        Advertisement\n\nharbour master, who has seen two such accidents in the same place since the winter.";
    let page = format!("Ship aground in the harbour mouth\n\n{first}\n\n{halves}\n\n{first}");
    let article = unfurnish::extract(Page::text(&page));
    let place = |block: Block<'_>| block.span().map(|span| page[span.range()].to_owned());
    let joined: Vec<_> = article.kept().filter(Block::is_joined).map(place).collect();
    let removed: Vec<_> =
        article.removed().filter(|b| b.label() == unfurnish::Label::Advert).map(place).collect();
    assert_eq!(joined, [Some(halves.to_owned())]);
    assert_eq!(removed, [Some("Advertisement".to_owned())]);
}

/// The project's own pages.
fn seeds() -> Vec<(String, Page<'static>)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut seeds = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let source = || std::fs::read_to_string(&path).expect("a readable page");
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("html") => seeds.push((name, Page::html(source()))),
            Some("md") if name != "README.md" => seeds.push((name, Page::markdown(source()))),
            Some("txt") => seeds.push((name, Page::text(source()))),
            _ => {}
        }
    }
    seeds.sort_by(|a, b| a.0.cmp(&b.0));
    seeds
}

/// White space apart: a cell's, a line's and a block's border are written in other ways.
fn bare_words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn what_was_written_as_html_or_markdown_reads_back_as_the_same_body() {
    for (name, page) in seeds() {
        let article = unfurnish::extract(page);
        let text = bare_words(article.text());
        let html = unfurnish::extract(Page::html(article.to_html()));
        assert_eq!(bare_words(html.text()), text, "{name} by way of HTML");
        let markdown = unfurnish::extract(Page::markdown(article.to_markdown()));
        assert_eq!(bare_words(markdown.text()), text, "{name} by way of Markdown");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kept_text_is_text_of_the_page_in_order(page in any_page()) {
        for extractor in extractors() {
            let article = extractor.extract(page.clone());
            let of_page = words(page.source());
            let kept = words(article.text());
            prop_assert!(is_rising(&kept), "{}", article.text());
            prop_assert!(kept.iter().all(|word| of_page.iter().any(|other| other.0 == word.0)));
        }
    }

    #[test]
    fn verdicts_are_in_doubt_where_a_score_near_even_odds_decided(page in any_page()) {
        for block in unfurnish::extract(page).blocks() {
            let by_score = block.reason().rule() == "score" || block.is_joined();
            prop_assert_eq!(block.is_uncertain(), by_score && (0.25..0.75).contains(&block.score()), "{:?}", block);
        }
    }

    #[test]
    fn every_word_stands_in_one_block_at_most_and_in_order(page in any_page()) {
        let article = unfurnish::extract(page);
        let all: Vec<_> = article.blocks().flat_map(|block| words(block.text())).collect();
        prop_assert!(is_rising(&all), "{:?}", article);
    }

    #[test]
    fn spans_are_ordered_and_point_at_the_text_they_claim(page in any_page()) {
        for extractor in extractors() {
            check_blocks(page.source(), &extractor.extract(page.clone()))?;
        }
    }

    #[test]
    fn extracting_twice_gives_the_same(page in any_page()) {
        let [first, second] = [(); 2].map(|()| unfurnish::extract(page.clone()));
        prop_assert_eq!(format!("{first:?}"), format!("{second:?}"));
    }

    #[test]
    fn what_earlier_pages_left_in_a_scratch_changes_nothing(pages in proptest::collection::vec(any_page(), 1..6)) {
        let mut scratch = Scratch::default();
        for extractor in extractors() {
            for page in &pages {
                let (alone, after) = (extractor.extract(page), extractor.extract_into(page, &mut scratch));
                prop_assert_eq!(format!("{alone:?}"), format!("{after:?}"));
            }
        }
    }

    #[test]
    fn any_bytes_return(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        // `w` and a number mark the words of made pages; by chance they could arise across mark-up ("w*9*").
        let bytes: Vec<u8> = bytes.into_iter().map(|byte| if byte == b'w' { b'v' } else { byte }).collect();
        let page = Page::from_bytes(&bytes, None);
        let source = page.source().to_owned();
        check_blocks(&source, &unfurnish::extract(page))?;
    }

    #[test]
    fn any_text_returns_in_every_format(text in any_text()) {
        for page in [Page::html(&*text), Page::markdown(&*text), Page::text(&*text)] {
            check_blocks(&text, &unfurnish::extract(page))?;
        }
    }

    #[test]
    fn a_page_cut_anywhere_returns(page in page_of(HTML), cut in any::<proptest::sample::Index>()) {
        let cut = cut.index(page.len() + 1);
        let bytes = &page.as_bytes()[..cut];
        let page = Page::from_bytes(bytes, Some("text/html; charset=utf-8"));
        let source = page.source().to_owned();
        check_blocks(&source, &unfurnish::extract(page))?;
    }
}

/// Characters that mean something to some reader, and any others.
fn any_text() -> impl Strategy<Value = String> {
    let signs: Vec<char> = "<>/=\"'&;#!-[]()*_`~|\\:.1ax \n\r\t\0\u{a0}\u{2028}\u{feff}é日".chars().collect();
    // `w` and a number mark the words of made pages; across a NUL or a star they could arise by chance.
    let other = any::<char>().prop_map(|c| if c == 'w' { 'v' } else { c });
    let char = prop_oneof![5 => proptest::sample::select(signs), 1 => other];
    proptest::collection::vec(char, 0..400).prop_map(String::from_iter)
}
