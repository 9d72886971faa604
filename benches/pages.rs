//! Pages made by a program, of any size, the same bytes every time; and the pages of a folder.
//!
//! Every program in this folder includes this file as a module and uses a part of it.
#![allow(dead_code, clippy::expect_used)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What grows when a page grows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Everything, in the shares of a news page: a third scripts and styles, a third furniture, a third text.
    News,
    /// The depth: lists in lists, each with a word of text.
    Nesting,
    /// Formatting that is opened and never closed.
    Unclosed,
    /// The attributes of a single element, half of them named alike.
    Attributes,
    /// The number of blocks, each a word or two.
    Blocks,
    /// Character references.
    References,
    /// The cells of one table.
    Table,
    /// The text of a single paragraph.
    Paragraph,
}

impl Kind {
    /// All of them.
    pub(crate) const ALL: [Self; 8] = [
        Self::News,
        Self::Nesting,
        Self::Unclosed,
        Self::Attributes,
        Self::Blocks,
        Self::References,
        Self::Table,
        Self::Paragraph,
    ];

    /// The kind's name.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Nesting => "nesting",
            Self::Unclosed => "unclosed",
            Self::Attributes => "attributes",
            Self::Blocks => "blocks",
            Self::References => "references",
            Self::Table => "table",
            Self::Paragraph => "paragraph",
        }
    }

    /// The page of this kind that has `bytes` bytes, or a little more: no element is cut.
    pub(crate) fn page(self, bytes: usize) -> String {
        let mut maker = Maker { out: String::with_capacity(bytes + 1024), state: 0x5eed };
        match self {
            Self::News => maker.news(bytes),
            Self::Nesting => maker.repeat(bytes, |m, _| m.put("<ul><li>tide ")),
            Self::Unclosed => maker.repeat(bytes, |m, at| {
                m.put(["<b>", "<i>", "<a href=/>", "<p>", "</b>", "<em>"][at % 6]);
                m.word();
            }),
            Self::Attributes => {
                maker.put("<div");
                maker.repeat(bytes, |m, at| {
                    let _ = match at % 4 {
                        0 => write!(m.out, " class=\"box number-{at}\""),
                        1 => write!(m.out, " href='/{at}?a=1&amp;b=2'"),
                        _ => write!(m.out, " data-a{at}=\"value {at}\""),
                    };
                });
                maker.put(">The quay was closed.</div>");
            }
            Self::Blocks => maker.repeat(bytes, |m, _| {
                m.put("<p>");
                m.word();
                m.put("</p>");
            }),
            Self::References => maker.repeat(bytes, |m, at| {
                m.put(["<p>", "&amp;", "&eacute;t&eacute; ", "&#x2014;", "&notit; ", "&bogus "][at % 6]);
            }),
            Self::Table => {
                maker.put("<table><tr>");
                maker.repeat(bytes, |m, at| {
                    m.put(if at.is_multiple_of(7) { "<tr><td>" } else { "<td>" });
                    m.word();
                });
            }
            Self::Paragraph => {
                maker.put("<p>");
                maker.repeat(bytes, |m, _| m.sentence());
            }
        }
        maker.out
    }
}

/// Our own words, some of them longer than others and some not English.
const WORDS: [&str; 64] = [
    "the",
    "harbour",
    "was",
    "closed",
    "on",
    "Monday",
    "after",
    "a",
    "ship",
    "ran",
    "aground",
    "at",
    "mouth",
    "of",
    "river",
    "and",
    "its",
    "crew",
    "waited",
    "for",
    "tugs",
    "from",
    "next",
    "town",
    "council",
    "said",
    "that",
    "repairs",
    "would",
    "take",
    "until",
    "spring",
    "because",
    "sand",
    "had",
    "moved",
    "further",
    "than",
    "anyone",
    "expected",
    "fishermen",
    "called",
    "it",
    "worst",
    "winter",
    "in",
    "forty",
    "years",
    "while",
    "engineers",
    "measured",
    "depth",
    "with",
    "instruments",
    "borrowed",
    "university",
    "Hafen",
    "été",
    "größer",
    "naïve",
    "by",
    "an",
    "old",
    "lighthouse",
];

const SCRIPT: &str = "window.queue=window.queue||[];function track(e,t){if(e<t&&t>0){queue.push({event:e,\
    time:t,page:\"<div class='x'>\"+location.href})}for(var i=0;i<queue.length;i++){queue[i].seen=true}}\n";
const STYLE: &str = ".card{display:flex;margin:0 auto;padding:12px 16px}.card>a:hover{color:#1a0dab}@media print{.nav{display:none}}\n";

struct Maker {
    out: String,
    state: u64,
}

impl Maker {
    /// The next number of a fixed sequence (splitmix64), below `limit`.
    fn number(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn repeat(&mut self, bytes: usize, mut part: impl FnMut(&mut Self, usize)) {
        let mut at = 0;
        while self.out.len() < bytes {
            part(self, at);
            at += 1;
        }
    }

    fn word(&mut self) {
        let word = WORDS[self.number(WORDS.len())];
        self.put(word);
        self.put(" ");
    }

    fn words(&mut self, count: usize) {
        for _ in 0..count {
            self.word();
        }
    }

    fn sentence(&mut self) {
        self.put("The ");
        let words = 6 + self.number(14);
        for at in 0..words {
            match self.number(40) {
                0 => {
                    self.put("<a href=\"/story/");
                    let number = self.number(100_000);
                    let _ =
                        write!(self.out, "{number}.html?from=text&amp;place={at}\" class=\"inline-link\">");
                    self.words(2);
                    self.put("</a> ");
                }
                1 => self.put("<em>quite</em> "),
                2 => self.put("Smith &amp; Sons "),
                3 => self.put("12&nbsp;km, "),
                _ => self.word(),
            }
        }
        self.put("there. ");
    }

    fn paragraph(&mut self) {
        self.put("<p class=\"text\">");
        for _ in 0..2 + self.number(4) {
            self.sentence();
        }
        self.put("</p>\n");
    }

    fn link(&mut self) {
        let number = self.number(100_000);
        let _ = write!(
            self.out,
            "<li class=\"item item-{}\"><a class=\"item__link\" data-id=\"{number}\" href=\"https://harbour.example/{number}/\">",
            number % 9
        );
        self.words(3);
        self.put("</a></li>\n");
    }

    fn card(&mut self) {
        let number = self.number(100_000);
        let _ = write!(
            self.out,
            "<div class=\"card card--small\"><a href=\"/news/{number}\"><picture><source srcset=\"/i/{number}.webp 1x, \
             /i/{number}-2.webp 2x\"><img loading=\"lazy\" src=\"/i/{number}.jpg\" width=\"320\" height=\"180\" alt=\"\">\
             </picture><h3 class=\"card__title\">"
        );
        self.words(8);
        self.put("</h3></a><span class=\"card__time\">3 hours ago</span></div>\n");
    }

    fn comment(&mut self) {
        self.put("<div class=\"comment\"><span class=\"comment__author\">");
        self.words(2);
        self.put("</span> <button>Reply</button><p>");
        self.sentence();
        self.put("</p></div>\n");
    }

    fn story(&mut self, at: usize) {
        match at % 16 {
            5 => {
                self.put("<h2>");
                self.words(5);
                self.put("</h2>\n");
            }
            8 => {
                self.put("<figure><img src=\"/i/quay.jpg\" alt=\"The quay\"><figcaption>");
                self.words(9);
                self.put("Photo: A. Sailor</figcaption></figure>\n");
            }
            11 => {
                self.put("<blockquote><p>");
                self.sentence();
                self.put("</p></blockquote>\n");
            }
            13 => {
                self.put("<div class=\"ad\"><span>Advertisement</span><script>");
                self.put(SCRIPT);
                self.put("</script></div>\n<ul>");
                for _ in 0..3 {
                    self.put("<li>");
                    self.sentence();
                    self.put("</li>");
                }
                self.put("</ul>\n");
            }
            _ => self.paragraph(),
        }
    }

    /// The parts of a news page one behind the other, each up to its share of the bytes.
    fn news(&mut self, bytes: usize) {
        self.put(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Ship aground | Harbour News</title>\n\
             <meta property=\"og:title\" content=\"Ship aground\"><link rel=\"canonical\" href=\"https://harbour.example/1\">\n\
             <meta property=\"article:published_time\" content=\"2026-03-02T08:00:00Z\"><style>",
        );
        self.repeat(bytes * 8 / 100, |m, _| m.put(STYLE));
        self.put("</style><script>");
        self.repeat(bytes * 24 / 100, |m, _| m.put(SCRIPT));
        self.put("</script></head>\n<body><nav class=\"menu\"><ul>");
        self.repeat(bytes * 34 / 100, |m, _| m.link());
        self.put("</ul></nav>\n<main><article><h1>Ship aground</h1><p class=\"byline\">By A. Sailor</p>\n");
        self.repeat(bytes * 66 / 100, Self::story);
        self.put("</article></main>\n<section class=\"comments\"><h2>Comments</h2>");
        self.repeat(bytes * 74 / 100, |m, _| m.comment());
        self.put("</section><aside class=\"related\">");
        self.repeat(bytes * 90 / 100, |m, _| m.card());
        self.put("</aside><script>");
        self.repeat(bytes * 98 / 100, |m, _| m.put(SCRIPT));
        self.put("</script><footer><p>© Harbour News</p></footer></body></html>\n");
    }
}

/// A page and its name.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// The name of the file, or the page's id.
    pub(crate) name: String,
    /// The page.
    pub(crate) html: String,
}

/// The pages in `seeds/`, sorted by name.
pub(crate) fn seeds() -> Vec<Named> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut pages: Vec<Named> = files(&folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "html"))
        .filter_map(|path| {
            let html = std::fs::read_to_string(&path).ok()?;
            Some(Named { name: path.file_name()?.to_string_lossy().into_owned(), html })
        })
        .collect();
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    pages
}

/// About `count` pages of the folder that `UNFURNISH_PAGES` names, spread evenly over each of its files.
///
/// None if the variable is not set.
pub(crate) fn judged(count: usize) -> Option<Vec<Named>> {
    let folder = PathBuf::from(std::env::var_os("UNFURNISH_PAGES")?);
    let mut packed = files(&folder);
    packed.retain(|path| path.to_string_lossy().ends_with(".jsonl.zst"));
    packed.sort();
    let each = count.div_ceil(packed.len().max(1));
    let mut pages = Vec::new();
    for path in packed {
        let mut all = unpack(&path);
        let step = (all.len() / each).max(1);
        pages.extend(all.drain(..).step_by(step).take(each));
    }
    Some(pages)
}

fn unpack(path: &Path) -> Vec<Named> {
    let zstd = Command::new("zstd").args(["-dc", "--long=27"]).arg(path).stdout(Stdio::piped()).output();
    let text = zstd.expect("judged pages are packed with zstd, which must be installed").stdout;
    of_lines(&text)
}

/// The pages in JSON lines with `id` and `html`; other lines are passed over.
pub(crate) fn of_lines(lines: &[u8]) -> Vec<Named> {
    lines
        .split(|byte| *byte == b'\n')
        .filter_map(|line| {
            let page: serde_json::Value = serde_json::from_slice(line).ok()?;
            let name = page["id"].as_str().map_or_else(|| page["id"].to_string(), str::to_owned);
            Some(Named { name, html: page["html"].as_str()?.to_owned() })
        })
        .collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}
