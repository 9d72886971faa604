//! What no page should look like and some do: each returns, in time that grows with its size and no faster,
//! and gives the text that is there.
//!
//! `UNFURNISH_BIG=1` makes the big page 64 MiB; the default build of tests is too slow for that.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use unfurnish::{Article, Extractor, Limits, Page, Warning};

const PROSE: &str = "The harbour was closed on Monday after a ship ran aground at the mouth of the river, the pilot \
    said, and it will stay shut until the tide is high enough for the tugs to pull her free.";

fn all_text(article: &Article) -> String {
    article.blocks().map(|block| block.text()).collect::<Vec<_>>().join("\n")
}

fn html(page: &str) -> Article {
    unfurnish::extract(Page::html(page))
}

fn assert_has_prose(article: &Article) {
    assert!(article.text().contains(PROSE), "{:.300?}", article.blocks().next());
}

#[test]
fn nothing_gives_nothing() {
    for page in
        ["", " ", "\n", "\r\n\t \u{a0}", "\u{feff}", "\0", "<", "</", "<!", "<!--", "&", "<p>", "<html>"]
    {
        for page in [
            Page::html(page),
            Page::markdown(page),
            Page::text(page),
            Page::from_bytes(page.as_bytes(), None),
        ] {
            let article = unfurnish::extract(page.clone());
            assert!(article.is_empty(), "{page:?}");
            assert_eq!(article.text(), "");
        }
    }
    for white in [" ", "\n", "\t", "\u{3000}", "&nbsp;"] {
        assert_eq!(html(&white.repeat(1 << 20)).blocks().len(), 0);
    }
}

#[test]
fn nul_bytes_vanish() {
    let page = PROSE.replace(' ', "\0 \0");
    assert_has_prose(&html(&format!("\0<p\0>x</p><p>\0{page}\0</p>\0")));
}

#[test]
fn broken_utf8_costs_a_character_and_not_the_page() {
    let mut page = format!("<meta charset=utf-8><p>Größe — {PROSE}</p><p>").into_bytes();
    page.extend_from_slice(b"\xff\xc3(\xe2\x82");
    let article = unfurnish::extract(Page::from_bytes(&page, Some("text/html; charset=utf-8")));
    assert!(article.text().contains(PROSE) && article.text().contains("Größe"));
    assert_eq!(article.warnings(), [Warning::MalformedEncoding]);
}

#[test]
fn files_that_are_no_text_give_an_empty_article_and_say_so() {
    let packed: Vec<u8> = (0..2000u32).map(|n| (n.wrapping_mul(0x9e37_79b9) >> 13) as u8).collect();
    let starts: [&[u8]; 5] = [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"%PDF-1.7\n%\xe2\xe3\n",
        b"\x1f\x8b\x08\0",
        b"\x7fELF\x02\x01\x01",
        b"",
    ];
    for start in starts {
        // Words among them make no article of it.
        let file = [start, &packed, PROSE.as_bytes(), &packed].concat();
        let article = unfurnish::extract(&file);
        assert_eq!((article.text(), article.warnings()), ("", &[Warning::NotText][..]), "{start:?}");
        assert_eq!(article.blocks().len(), 0);
    }
}

#[test]
fn a_page_with_a_few_control_characters_is_a_page() {
    let page = format!("<p>\u{1}{PROSE}\u{b}\u{1a}</p><p>{PROSE}\u{7f}</p>");
    let article = unfurnish::extract(Page::from_bytes(page.as_bytes(), None));
    assert!(article.warnings().is_empty());
    assert_has_prose(&article);
}

#[test]
fn utf16_is_read_in_both_orders_with_and_without_a_mark() {
    let page = format!("<html><body><p>{PROSE} \u{1f30a}\u{2000}\u{100}</p></body></html>");
    let little: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = page.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = |mark: &[u8], page: &[u8]| [mark, page].concat();
    for bytes in [marked(b"\xff\xfe", &little), marked(b"\xfe\xff", &big), little, big] {
        assert_has_prose(&unfurnish::extract(&bytes));
        // A byte too few or too many.
        assert_has_prose(&unfurnish::extract(&bytes[..bytes.len() - 1]));
        assert_has_prose(&unfurnish::extract(&[&bytes[..], b"<"].concat()));
    }
}

#[test]
fn gb18030_is_read() {
    let prose = "周一，一艘船在河口搁浅后，港口被关闭。领航员说，在潮水涨到足以让拖船把它拖出来之前，港口将一直关闭。".repeat(3);
    let page = format!("<meta charset=gb18030><p>{prose}</p>");
    let bytes = encoding_rs::GB18030.encode(&page).0;
    assert!(all_text(&unfurnish::extract(&*bytes)).contains(&prose));
    // Without a declaration it is told by its looks.
    let bytes = encoding_rs::GB18030.encode(page.split_once('>').unwrap_or_default().1).0.into_owned();
    assert!(all_text(&unfurnish::extract(Page::from_bytes(&bytes, Some("text/html")))).contains(&prose));
}

#[test]
fn what_is_not_closed_ends_with_the_page() {
    for open in [
        "<div><ul><li><b><i><a href=x>",
        "<table><tr><td>",
        "<blockquote><p><em>",
        "<article><section><h2>Aground</h2><p>",
        "<svg><path>",
    ] {
        // A page that is one link is no article, but its text is there.
        assert!(all_text(&html(&format!("{open}<p>{PROSE}"))).contains(PROSE), "{open}");
    }
    assert_has_prose(&html(&format!("<p>{PROSE}<table><tr><td><div><span")));
    assert_has_prose(&html(&format!("<p>{PROSE}</p><!-- {PROSE}")));
    assert_has_prose(&html(&format!("<p>{PROSE}</p><a href=\"{PROSE}")));
    // A list of choices that was never closed ends at the next block.
    assert_has_prose(&html(&format!("<select><option>a<div><p>{PROSE}</p></div>")));
}

#[test]
fn an_unclosed_script_takes_in_the_rest_and_nothing_before() {
    for tag in ["script", "style", "textarea", "title", "noscript", "iframe", "template", "svg"] {
        let article = html(&format!("<p>{PROSE}</p><{tag}>no text"));
        assert_has_prose(&article);
        assert!(!all_text(&article).contains("no text"), "{tag}");
    }
    assert!(all_text(&html(&format!("<p>{PROSE}</p><plaintext><b>as is</b>"))).contains("<b>as is</b>"));
}

#[test]
fn deep_nesting_is_lifted_and_nothing_is_lost() {
    for (open, close) in [
        ("<div>", "</div>"),
        ("<ul><li>", "</li></ul>"),
        ("<ul><li>", ""),
        ("<b><p>", "</p></b>"),
        ("<table><tr><td>", "</td></tr></table>"),
        ("<blockquote>", ""),
        ("<span>", "</span>"),
        ("<svg>", "</svg>"),
        ("<object>", "</object>"),
    ] {
        let depth = 100_000;
        let page = format!("<p>{PROSE}</p>{}inmost{}<p>{PROSE}</p>", open.repeat(depth), close.repeat(depth));
        let article = html(&page);
        let whole = all_text(&article);
        let expected = if open == "<svg>" { 2 } else { 3 };
        let found = whole.matches(PROSE).count() + whole.matches("inmost").count();
        assert!(found == expected, "{open}: {found} of {expected}");
        // A paragraph ends the one before it and what is open in that: these never nest.
        let nests = open != "<b><p>";
        assert_eq!(article.warnings().contains(&Warning::DepthLimit), nests, "{open}");
    }
}

#[test]
fn blocks_too_deep_to_be_opened_are_parted_all_the_same() {
    let inside = "<div>one</div>two<p>three</p>four<span>five</span> six";
    let article = html(&format!("{}{inside}{}<p>after</p>", "<div>".repeat(600), "</div>".repeat(600)));
    let texts: Vec<_> = article.blocks().map(|block| block.text()).collect();
    assert_eq!(texts, ["one", "two", "three", "fourfive six", "after"]);
}

#[test]
fn a_line_of_ten_megabytes_is_read() {
    let line = format!("{PROSE} ").repeat((10 << 20) / PROSE.len());
    for page in [Page::html(format!("<p>{line}</p>")), Page::markdown(&*line), Page::text(&*line)] {
        let start = Instant::now();
        let article = unfurnish::extract(page);
        assert!(all_text(&article).len() + 2 > line.len());
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    }
}

#[test]
fn a_big_page_is_read() {
    let size = if std::env::var_os("UNFURNISH_BIG").is_some() { 64 << 20 } else { 16 << 20 };
    let part = format!("<div class=a><p>{PROSE} <a href=/b>more</a></p><ul><li>one<li>two</ul></div>\n");
    let page = part.repeat(size / part.len() + 1);
    let start = Instant::now();
    let article = html(&page);
    // Its lists of two words are joined from the 6,144th block on.
    assert_eq!(article.warnings(), [Warning::FineBlocksLimit]);
    assert_eq!(all_text(&article).matches(PROSE).count(), size / part.len() + 1);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn each_limit_gives_its_warning_and_what_was_read_by_then_in_every_format() {
    let (html, text) = (format!("<p>{PROSE}</p>").repeat(20_000), format!("{PROSE}\n\n").repeat(20_000));
    for page in [Page::html(&*html), Page::markdown(&*text), Page::text(&*text)] {
        for (limits, warning) in [
            (Limits::default().bytes(100_000), Warning::BytesLimit),
            (Limits::default().nodes(1_000), Warning::NodesLimit),
            (Limits::default().blocks(500), Warning::BlocksLimit),
        ] {
            let article = Extractor::builder().limits(limits).build().extract(page.clone());
            assert_eq!(article.warnings(), [warning], "{:?}", page.format());
            assert!(article.text().starts_with(PROSE), "{warning} in {:?}", page.format());
            assert!((100..20_000).contains(&article.blocks().len()), "{warning} in {:?}", page.format());
        }
    }
}

#[test]
fn what_is_nested_too_deep_is_lifted_in_every_format_that_nests() {
    let shallow = Extractor::builder().limits(Limits::default().depth(8)).build();
    let html = format!("<p>{PROSE}</p>{}{PROSE}", "<blockquote>".repeat(40));
    let quotes = format!("{PROSE}\n\n{}{PROSE}", "> ".repeat(40));
    for page in [Page::html(&*html), Page::markdown(&*quotes)] {
        let article = shallow.extract(page);
        assert_eq!(article.warnings(), [Warning::DepthLimit]);
        assert_eq!(all_text(&article).matches(PROSE).count(), 2);
    }
}

#[test]
fn limits_of_nothing_give_nothing_but_a_warning() {
    let text = format!("{PROSE}\n\n").repeat(3);
    for page in [Page::html(&*text), Page::markdown(&*text), Page::text(&*text)] {
        for (limits, warning) in [
            (Limits::default().bytes(0), Warning::BytesLimit),
            (Limits::default().blocks(0), Warning::BlocksLimit),
        ] {
            let article = Extractor::builder().limits(limits).build().extract(page.clone());
            assert_eq!(
                (article.warnings(), article.blocks().len()),
                (&[warning][..], 0),
                "{:?}",
                page.format()
            );
        }
    }
}

#[test]
fn time_that_runs_out_ends_reading_in_every_format() {
    let text = format!("{PROSE}\n\n").repeat(20_000);
    let page = format!("<p>{PROSE}</p>").repeat(20_000);
    let hurried = Extractor::builder().limits(Limits::default().time(Duration::ZERO)).build();
    for page in [Page::html(&*page), Page::markdown(&*text), Page::text(&*text)] {
        let article = hurried.extract(page);
        assert_eq!(article.warnings(), [Warning::TimeLimit]);
        assert_eq!(article.blocks().len(), 0);
    }
    // However short the time, something is read, and what was read is judged.
    let brief = Extractor::builder().limits(Limits::default().time(Duration::from_nanos(1))).build();
    for page in [Page::html(&*page), Page::markdown(&*text), Page::text(&*text)] {
        let article = brief.extract(page);
        assert_eq!(article.warnings(), [Warning::TimeLimit]);
        assert!(article.text().starts_with(PROSE), "{:?}", article.format());
        assert!((100..2_000).contains(&article.blocks().len()), "{:?}", article.format());
    }
    let patient = Extractor::builder().limits(Limits::default().time(Duration::from_secs(3600))).build();
    assert_eq!(patient.extract(Page::html(&*page)).blocks().len(), 20_000);
}

/// Time for a byte may grow by this factor from a page to one four times as long: a linear reader stays near 1,
/// a quadratic one comes to 4; caches and a busy machine take up the rest.
const MOST_GROWTH: f64 = 2.7;
/// The shorter page; the longer one has four times as many bytes.
const SHORT: usize = 200 << 10;
/// Less than this is noise.
const SHORTEST_TIME: Duration = Duration::from_millis(30);
/// A busy machine may spoil a measurement, but not this many in a row.
const ATTEMPTS: usize = 4;

/// Two measurements at once would disturb each other.
static CLOCK: Mutex<()> = Mutex::new(());

/// What took too long, to be told all at once.
struct Linear {
    failures: Vec<String>,
    _clock: MutexGuard<'static, ()>,
}

impl Linear {
    fn new() -> Self {
        Self { failures: Vec::new(), _clock: CLOCK.lock().unwrap_or_else(PoisonError::into_inner) }
    }

    /// Checks that time is linear in the length of what `make` gives for a number of bytes.
    fn check(&mut self, name: &str, make: impl Fn(usize) -> Page<'static>) {
        self.check_work(name, make, |page| drop(unfurnish::extract(page)));
    }

    fn check_work(&mut self, name: &str, make: impl Fn(usize) -> Page<'static>, work: fn(Page<'static>)) {
        let (short, long) = (make(SHORT), make(4 * SHORT));
        let mut growth = f64::INFINITY;
        for attempt in 1..=ATTEMPTS {
            let long_time = best_of(&long, attempt, work);
            if long_time < SHORTEST_TIME {
                return;
            }
            let short_time = best_of(&short, 2 * attempt, work);
            let per_byte = |time: Duration, page: &Page<'_>| time.as_secs_f64() / page.source().len() as f64;
            growth = per_byte(long_time, &long) / per_byte(short_time, &short);
            if growth < MOST_GROWTH {
                return;
            }
        }
        self.failures
            .push(format!("{name:?}: {growth:.1} times the time for a byte when four times as long"));
    }

    fn done(self) {
        assert!(self.failures.is_empty(), "{:#?}", self.failures);
    }
}

fn best_of(page: &Page<'static>, runs: usize, work: fn(Page<'static>)) -> Duration {
    let times = (0..runs).map(|_| {
        let page = page.clone();
        let (start, on_processor) = (Instant::now(), time_on_processor());
        work(page);
        let by_clock = start.elapsed();
        time_on_processor().zip(on_processor).map_or(by_clock, |(end, start)| end - start)
    });
    times.min().unwrap_or_default()
}

/// How long this thread has run, where Linux tells it: on a busy machine the clock mostly measures the others.
fn time_on_processor() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(told.split_whitespace().next()?.parse().ok()?))
}

fn repeated(part: &str, bytes: usize) -> String {
    part.repeat(bytes / part.len())
}

/// The clock would be of no use if nothing could fail.
#[test]
fn quadratic_work_is_noticed() {
    let mut linear = Linear::new();
    linear.check_work(
        "quadratic",
        |bytes| Page::text("a".repeat(bytes)),
        |page| {
            let bytes = page.source().as_bytes();
            let sum: u64 =
                (0..bytes.len() / 512).map(|_| bytes.iter().map(|b| u64::from(*b)).sum::<u64>()).sum();
            std::hint::black_box(sum);
        },
    );
    assert_eq!(linear.failures.len(), 1, "{:?}", linear.failures);
}

#[test]
fn time_is_linear_in_html_of_every_kind() {
    let mut linear = Linear::new();
    for part in [
        "<div>",
        "<p>",
        "</p>",
        "<br>",
        "<p></p>",
        "<ul><li>",
        "<b><p>",
        "<b><p>x</p></b>",
        "<b>",
        "</b>",
        "<a href=x>",
        "<a><div>",
        "<font><p>x",
        "<i><div></i>",
        "<table>",
        "<table><tr><td>",
        "<td>",
        "<select>",
        "<option>",
        "<button>",
        "<form>",
        "<h1>",
        "<dl><dt><dd>",
        "<svg>",
        "<math>",
        "<svg><desc>",
        "<object>",
        "<object><b>",
        "<template>",
        "<marquee>x",
        "<ruby><rt>",
        "<cite>x",
        "<cite><div>",
        "<nobr>",
        "<span>x",
        "<x-y>",
        "</x-y>",
        "</div>",
        "<pre>x\n",
        "<pre>\n",
        "<!--",
        "<!-- -->",
        "<!-->",
        "<!",
        "<?",
        "</",
        "<",
        "&",
        "&amp;",
        "&a",
        "&#",
        "&#x1",
        "<a ",
        "<a x",
        "<a x=",
        "<a x=\"",
        "<p class=a id=b ",
        "<script>",
        "</script>",
        "<script><!--<script>",
        "<title>",
        "<textarea>",
        "<style>",
        "<plaintext>",
        "<![CDATA[",
        "<svg><![CDATA[",
        "x\n",
        " ",
        "\0",
        "\r",
        "é",
        "中文。",
        "word ",
        "<p>word word word",
        "<li>one two",
        "<p><a href=/a>link</a>",
        "<h2>Head</h2><p>x",
        "<div><p>a</div>",
        "<img alt=x>",
        "<hr>",
        "<p>Related: x",
        "<time>2024-01-01</time>",
        "<meta name=a content=b>",
        "<script type=application/ld+json>{\"a\":[</script>",
        "<link rel=canonical href=/x>",
        "<p>By A B<p>January 5, 2024",
        "<div class=comment>x</div>",
        "<p>Same line again.</p>",
        "<th>a<tr>",
    ] {
        linear.check(part, |bytes| Page::html(repeated(part, bytes)));
    }
    linear.done();
}

#[test]
fn time_is_linear_in_html_that_is_one_thing() {
    let mut linear = Linear::new();
    linear.check("attributes", |n| Page::html(format!("<p {}>x", repeated("a=b ", n))));
    linear.check("known attributes", |n| Page::html(format!("<p {}>x", repeated("class=b id ", n))));
    linear.check("different attributes", |n| {
        Page::html(format!("<p {}>x", (0..n / 8).map(|i| format!("a{i}=b ")).collect::<String>()))
    });
    linear.check("one value", |n| Page::html(format!("<p class='{}'>x", repeated("a ", n))));
    linear.check("one style", |n| Page::html(format!("<p style='{}'>x", repeated("a:b;", n))));
    linear.check("one name", |n| Page::html(format!("<{}>x", repeated("a", n))));
    linear.check("comment", |n| Page::html(format!("<!--{}-->x", repeated("- ->", n))));
    linear.check("script", |n| Page::html(format!("<script>{}</script>x", repeated("</scrip", n))));
    linear.check("script in comments", |n| Page::html(format!("<script>{}", repeated("<!--<script>-->", n))));
    linear.check("JSON-LD", |n| {
        Page::html(format!("<script type=application/ld+json>{}</script>x", repeated("[{\"a\":", n)))
    });
    linear.check("long JSON-LD", |n| {
        Page::html(format!(
            "<script type=application/ld+json>[{}1]</script>x",
            repeated("{\"@type\":\"Article\"},", n)
        ))
    });
    linear.check("paragraph", |n| Page::html(format!("<p>{}", repeated("word &amp; <b>word</b> ", n))));
    linear.check("word", |n| Page::html(format!("<p>{}", repeated("a", n))));
    linear.check("heading", |n| Page::html(format!("<h1>{}</h1><p>x", repeated("word ", n))));
    linear.check("title", |n| Page::html(format!("<title>{}</title><p>x", repeated("word - ", n))));
    linear.check("row", |n| Page::html(format!("<table><tr>{}</table>", repeated("<td>x", n))));
    linear.check("closed from outside", |n| {
        Page::html(format!("{}{}", repeated("<div><b>", n / 2), repeated("x</div>", n / 2)))
    });
    linear.check("ends without starts, deep", |n| {
        Page::html(format!("{}{}", "<div>".repeat(600), repeated("</span></p></li></td></b>", n)))
    });
    linear.check("starts and ends, deep", |n| {
        Page::html(format!("{}{}", "<span>".repeat(600), repeated("<p>x</p><b></b><li>", n)))
    });
    linear.check("link from the top", |n| Page::html(format!("<a href=x>{}", repeated("<p>word</p>", n))));
    linear.done();
}

#[test]
fn time_is_linear_in_markdown() {
    let mut linear = Linear::new();
    for part in [
        ">",
        "> ",
        "[",
        "![",
        "]",
        "[a](",
        "[a]: b\n",
        "[a][b] ",
        "*",
        "_",
        "**a ",
        "*a_b ",
        "`",
        "``a` ",
        "~~a",
        "<",
        "<a ",
        "<!--",
        "&",
        "&amp;",
        "\\",
        "# a\n",
        "a\n===\n",
        "- ",
        "- a\n",
        "1. a\n",
        "  - a\n",
        "    a\n",
        "```\n",
        "|a|b\n|-|-\n",
        "|",
        "\n",
        " ",
        "a  \n",
        "<div>\n",
        "<div>\n\n",
        "http://a.b ",
        "* * ",
        "word ",
        "word\n\n",
        "中文。",
        "\t",
        "> - ",
    ] {
        linear.check(part, |bytes| Page::markdown(repeated(part, bytes)));
    }
    linear.check("emphasis bomb", |n| {
        Page::markdown(format!("{}a{}", "*a **b ".repeat(n / 14), "** *".repeat(n / 8)))
    });
    linear.check("brackets", |n| Page::markdown(format!("{}a{}", "[".repeat(n / 2), "]".repeat(n / 2))));
    linear.check("references", |n| {
        let half: String = (0..n / 24).map(|i| format!("[a{i}]: b\n\n[a{i}]\n\n")).collect();
        Page::markdown(half)
    });
    linear.check("front matter", |n| Page::markdown(format!("---\n{}---\nx", repeated("a: b\n", n))));
    linear.done();
}

#[test]
fn time_is_linear_in_plain_text() {
    let mut linear = Linear::new();
    for part in [
        "a",
        " ",
        "\n",
        "\r",
        "a ",
        "a\n",
        "a\n\n",
        "- a\n",
        "1. a\n",
        "• ",
        "===\n",
        "a\n===\n",
        "\u{2028}",
        "中",
        "http://a.b\n",
        "A short line\n",
        "By A B\n",
        "word word word word word word word word word word word.\n",
        "a\tb\n",
        "\0",
        "“",
        "- ",
        "Related: x\n",
        "2024-01-01\n",
        "Same line again.\n\n",
    ] {
        linear.check(part, |bytes| Page::text(repeated(part, bytes)));
    }
    linear.done();
}

#[test]
fn a_word_of_ten_megabytes_is_a_word() {
    let word = "a".repeat(10 << 20);
    for page in [Page::text(&*word), Page::markdown(&*word), Page::html(&*word)] {
        let article = unfurnish::extract(page);
        assert_eq!(all_text(&article).len(), word.len());
    }
}
