//! Inputs that someone made to do harm: floods, bombs and collisions, of any size, the same bytes every time.
//!
//! The test and the program that measure them include this file as a module.
#![allow(dead_code, clippy::expect_used, unreachable_pub)]

#[path = "hostile_signs.rs"]
pub mod signs;

use signs::{
    AGENCIES, BYLINES, CLASSES, COMMON_WORDS, DATE_WORDS, MONTHS, NO_AUTHORS, OPEN_WORDS, PAIRS, PHRASES,
    WEEKDAYS, in_turn,
};
use std::fmt::Write as _;
use std::hint::black_box;
use unfurnish::{Clusters, Fingerprint, Index, Page};

/// What is done with an input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Html,
    Markdown,
    Text,
    /// A text on each line: fingerprints, an index and clusters are made of them.
    Corpus,
    /// An index as a file, which is loaded.
    IndexFile,
}

/// Inputs that are bad in one way.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    pub name: &'static str,
    pub kind: Kind,
    make: fn(usize) -> Vec<u8>,
}

impl Family {
    /// The input of about `bytes` bytes.
    pub fn input(&self, bytes: usize) -> Vec<u8> {
        (self.make)(bytes)
    }
}

/// Does with an input what is done with its kind.
pub fn work(kind: Kind, input: &[u8]) {
    let text = || std::str::from_utf8(input).expect("all but files is text");
    match kind {
        Kind::Html => drop(black_box(unfurnish::extract(Page::html(text())))),
        Kind::Markdown => drop(black_box(unfurnish::extract(Page::markdown(text())))),
        Kind::Text => drop(black_box(unfurnish::extract(Page::text(text())))),
        Kind::Corpus => {
            let prints: Vec<Fingerprint> = text().lines().map(Fingerprint::of).collect();
            black_box(Clusters::of(&prints).len());
            let mut index = Index::default();
            for (id, print) in (0u64..).zip(prints) {
                black_box(index.insert(id, print));
            }
        }
        Kind::IndexFile => drop(black_box(Index::<u64>::load(input).is_ok())),
    }
}

macro_rules! families {
    ($($name:literal $kind:ident $make:expr;)*) => {
        &[$(Family { name: $name, kind: Kind::$kind, make: $make }),*]
    };
}

/// All of them.
pub const FAMILIES: &[Family] = families! {
    "every tag nested" Html |n| every(n, |tag| format!("<{tag}>"));
    "every tag opened and closed" Html |n| every(n, |tag| format!("<{tag}>x</{tag}>"));
    "every tag closed only" Html |n| every(n, |tag| format!("</{tag}>"));
    "misnested formatting" Html |n| parts(n, "<b><i><u>x</b></i></u>");
    "adoption agency, paragraphs" Html |n| parts(n, "<b><i><a href=x><p>x</b></i></a>");
    "adoption agency, deep" Html |n| halves(n, "<b><div>", "</b></div>");
    "links in links" Html |n| parts(n, "<a href=x><div><a href=y>x");
    "unclosed everything" Html |n| parts(n, "<p class=a><b><i><em><font color=red><span>x ");
    "fostered from tables" Html |n| parts(n, "<table>x<tr>y<td>z<table><p>w<caption>v");
    "tables in tables" Html |n| parts(n, "<table><tr><td>");
    "cells" Html |n| wrapped(n, "<table><tr>", "<td>x", "</table>");
    "select and option" Html |n| parts(n, "<select><optgroup><option>x<select><option>y");
    "buttons and forms" Html |n| parts(n, "<form><button><form><button>x");
    "a million attributes" Html |n| counted(n, "<p", |at| format!(" a{at}=b"), ">x");
    "a million known attributes" Html |n| wrapped(n, "<p ", "class=b id=c href=d ", ">x");
    "one attribute's name" Html |n| wrapped(n, "<p ", "aB-", ">x");
    "one tag's name" Html |n| wrapped(n, "<", "aB-", ">x");
    "one attribute's value" Html |n| wrapped(n, "<p class='", "main text &amp; ", "'>x");
    "one style" Html |n| wrapped(n, "<p style='", "display : none ; ", "'>x");
    "class tokens" Html |n| counted(n, "", |at| format!("<div class='c{at} d{at} e'>x</div>"), "");
    "a name said again and again" Html |n| {
        let blocks = counted(n / 2, "", |at| format!("<li><a href=/>Entry {at}</a>"), "");
        [format!("<ul class=nav-{}>", "x".repeat(n / 2)).into_bytes(), blocks].concat()
    };
    "texts with colliding hashes" Html colliding_texts;
    "references" Html |n| parts(n, "&amp;&#x41;&notin;&NotEqualTilde;");
    "references never ended" Html |n| parts(n, "&ampx&#x41&#65&notit;&#x&#&");
    "references to surrogates" Html |n| parts(n, "&#xD83D;&#xDE00;&#x110000;&#0;&#x80;");
    "NULs" Html |n| parts(n, "<p\0>\0x\0</p\0>\0\0\0\0");
    "one comment" Html |n| wrapped(n, "<!--", "- -- --!> <!-- ", "-->x");
    "comments never ended" Html |n| parts(n, "<!--<!---<!-->");
    "one CDATA section" Html |n| wrapped(n, "<svg><![CDATA[", "]] ]>", "]]></svg>x");
    "one doctype" Html |n| wrapped(n, "<!DOCTYPE html [", "<!ENTITY a 'b'", "]>x");
    "processing instructions" Html |n| parts(n, "<?php ?><%x%>");
    "script never closed" Html |n| wrapped(n, "<p>x<script>", "</scrip <!--<script> ", "");
    "scripts" Html |n| parts(n, "<script>x</script><style>y</style>");
    "titles never ended" Html |n| parts(n, "<title>x<textarea>y");
    "plaintext" Html |n| wrapped(n, "<plaintext>", "<p>word</p>\n", "");
    "noscripts in noscripts" Html |n| parts(n, "<noscript><p>x");
    "templates in templates" Html |n| parts(n, "<template><tr><td>x");
    "foreign content" Html |n| parts(n, "<svg><desc><p>x<math><mtext><b>y<annotation-xml encoding=text/html>");
    "framesets and bodies" Html |n| parts(n, "<frameset><body class=a><html lang=b><head>x");
    "nested lists of links" Html |n| parts(n, "<ul><li><a href=/x>link</a>");
    "nested lists, closed" Html |n| halves(n, "<ul><li>x", "</li></ul>");
    "definition lists" Html |n| parts(n, "<dl><dt>x<dd>y");
    "a million empty paragraphs" Html |n| parts(n, "<p></p>");
    "a million line breaks" Html |n| parts(n, "<br>");
    "broken lines" Html |n| parts(n, "x<br>");
    "one text" Html |n| parts(n, "word, ");
    "one word" Html |n| parts(n, "a");
    "one Chinese text" Html |n| parts(n, "中文字。");
    "zero-width characters" Html |n| wrapped(n, "<p>", "a\u{200b}\u{200d}\u{2060}\u{feff}", "");
    "combining characters" Html |n| wrapped(n, "<p>", "\u{301}\u{316}\u{334}", "");
    "combining characters out of order" Text |n| wrapped(n, "a", "\u{315}\u{300}\u{5ae}\u{59a}", "");
    "bidirectional controls" Html |n| wrapped(n, "<p>", "a\u{202e}b\u{2066}c\u{202c}", "");
    "ligatures that unfold" Text |n| parts(n, "\u{fdfa} \u{fb03}\u{1f82} ");
    "capitals that unfold" Html |n| parts(n, "<p>\u{130}\u{149}\u{1f0} \u{df}</p>");
    "white space" Html |n| parts(n, " \t\u{a0}&nbsp;\n\u{3000}");
    "code" Html |n| wrapped(n, "<pre>", "  x\n\n\n\t y", "</pre>");
    "wide JSON-LD" Html |n| wrapped(n, LD, "{\"@type\":\"NewsArticle\",\"headline\":\"x\",\"@id\":\"#a\"},", "1]</script><p>x");
    "deep JSON-LD" Html |n| wrapped(n, LD, "{\"@graph\":[", "]</script><p>x");
    "closed deep JSON-LD" Html |n| json_nested(n);
    "a million JSON-LD scripts" Html |n| parts(n, "<script type=application/ld+json>{\"@id\":\"#b\"}</script>");
    "JSON-LD with escapes" Html |n| wrapped(n, BODY, "\\ud83d\\u003cp\\u003e", "\"}</script><p>x");
    "body in JSON-LD" Html |n| wrapped(n, BODY, "The harbour was closed on Monday. ", "\"}</script><p>x");
    "HTML in JSON-LD" Html |n| wrapped(n, BODY, "&lt;p&gt;<div>x&amp;amp;", "\"}</script><p>x");
    "references among JSON-LD" Html |n| counted(n, LD, |at| format!("{{\"@id\":\"#{at}\",\"author\":{{\"@id\":\"#{}\"}}}},", at + 1), "1]</script>");
    "meta tags" Html |n| parts(n, "<meta property=article:published_time content=2024-01-01><meta name=author content='A B'>");
    "one meta tag" Html |n| wrapped(n, "<meta name=description content='", "word - word | ", "'><p>x");
    "dates nearly" Html |n| parts(n, "<p>12 January 202 11:11:1 2024-13-45T99:99 1.1.1.1</p>");
    "one line of dates" Text |n| parts(n, "Jan 1 2 3 4 2024/01/01-2024 ");
    "times" Html |n| parts(n, "<time datetime=2024-01-01T00:00:00+99:99>1 Jan");
    "bylines" Html |n| parts(n, "<p class=byline>By Ann Lee and Bo Ek, Published January 5");
    "one byline" Html |n| wrapped(n, "<p class=author>By ", "Ann Lee, ", "</p>");
    "headings" Html |n| parts(n, "<h1>The same title</h1>");
    "titles and their words" Html |n| wrapped(n, "<title>", "word | - ", "</title><h1>word</h1>");
    "one address" Html |n| wrapped(n, "<p>word <a href='http://a.b/", "../%2e/?a=b&amp;c#", "'>word</a>");
    "addresses" Html |n| parts(n, "<base href=//a/b/c><p>word <a href='../../../x?y#z'>word</a> word");
    "hidden elements" Html |n| parts(n, "<div hidden aria-hidden=true style=display:none>x");
    "captions" Html |n| parts(n, "<figure><img alt='x y' src=z><figcaption>Photo: A B</figcaption>");
    "phrases" Html |n| parts(n, "<p>Read more</p><p>Advertisement</p><p>Related: x</p><p>© 2024 A. All rights reserved.</p>");
    "phrases nearly" Html |n| parts(n, "<p>published on published by by by read more about more about</p>");
    "one block of phrases" Text |n| parts(n, "related related articles read more subscribe sign up by ");
    "prefixes" Text |n| parts(n, "related: related: photo: by: source: ");
    "first parts of sentences" Html |n| one_block(n, PAIRS.firsts());
    "first parts of sentences, small blocks" Html |n| small_blocks(n, PAIRS.firsts());
    "last parts of sentences" Html |n| one_block(n, PAIRS.lasts());
    "last parts of sentences, small blocks" Html |n| small_blocks(n, PAIRS.lasts());
    "every phrase" Html |n| one_block(n, PHRASES.entries());
    "every phrase, small blocks" Html |n| small_blocks(n, PHRASES.entries());
    "every phrase, a block each" Html |n| in_turn(n, "", PHRASES.entries(), |phrase| format!("<p>{phrase}</p>"), "");
    "every phrase as a prefix" Html |n| in_turn(n, "", PHRASES.entries(), |phrase| format!("<p>{phrase}: Ann Lee and Bo Ek</p>"), "");
    "agencies" Html |n| one_block(n, AGENCIES.entries());
    "agencies, small blocks" Html |n| small_blocks(n, AGENCIES.entries());
    "datelines of agencies" Html |n| in_turn(n, "", AGENCIES.entries(), |agency| format!("<p>PARIS ({agency}) - Ann/{agency}"), "");
    "open words" Html |n| one_block(n, OPEN_WORDS.entries());
    "open words, small blocks" Html |n| small_blocks(n, OPEN_WORDS.entries());
    "words of classes" Html |n| in_turn(n, "", CLASSES.entries(), |class| format!("<div class='{class} x-{class}_y' id={class}>x</div>"), "");
    "words of bylines" Html |n| one_block(n, BYLINES.entries());
    "words of bylines, small blocks" Html |n| small_blocks(n, BYLINES.entries());
    "introductions of bylines" Html |n| in_turn(n, "", BYLINES.entries(), |by| format!("<p>{by}: Ann Lee, {by} Bo Ek</p>"), "");
    "By" Html |n| wrapped(n, "<p>", "By ", "</p>");
    "By, small blocks" Html |n| parts(n, "<p>By By By By</p>");
    "who is no author" Html |n| one_block(n, NO_AUTHORS.entries());
    "who is no author, small blocks" Html |n| in_turn(n, "", NO_AUTHORS.entries(), |name| format!("<p>By {name}</p>"), "");
    "months" Html |n| one_block(n, MONTHS.entries());
    "months, small blocks" Html |n| small_blocks(n, MONTHS.entries());
    "days of months" Html |n| in_turn(n, "<p>", MONTHS.entries(), |month| format!("12 {month} 2024 "), "");
    "days of months, small blocks" Html |n| in_turn(n, "", MONTHS.entries(), |month| format!("<p>12 {month} 2024</p>"), "");
    "weekdays" Html |n| one_block(n, WEEKDAYS.entries());
    "weekdays, small blocks" Html |n| small_blocks(n, WEEKDAYS.entries());
    "words of dates" Html |n| one_block(n, DATE_WORDS.entries());
    "words of dates, small blocks" Html |n| in_turn(n, "", DATE_WORDS.entries(), |word| format!("<p>{word} 12.1.2024 {word}</p>"), "");
    "common words" Html |n| one_block(n, COMMON_WORDS.entries());
    "common words, small blocks" Html |n| small_blocks(n, COMMON_WORDS.entries());
    "©" Html |n| wrapped(n, "<p>", "© ", "</p>");
    "©, small blocks" Html |n| parts(n, "<p>© © 2024 ©</p>");
    "colons" Html |n| wrapped(n, "<p>", "a: ", "</p>");
    "colons, small blocks" Html |n| parts(n, "<p>a: b: c:</p>");
    "bars" Html |n| wrapped(n, "<p>", "a | ", "</p>");
    "bars, small blocks" Html |n| parts(n, "<p>a | b | c |</p>");
    "dashes and arrows" Html |n| wrapped(n, "<p>", "a – b » c → d · ", "</p>");
    "dashes and arrows, small blocks" Html |n| parts(n, "<p>a – b » c → d · e</p>");
    "read more" Html |n| wrapped(n, "<p>", READ_MORE, "</p>");
    "read more, small blocks" Html |n| counted(n, "", |at| format!("<p>{}</p>", READ_MORE.split(". ").nth(at % 8).unwrap_or("")), "");
    "currencies" Html |n| wrapped(n, "<p>", "$9.99 €5 £3m ¥100 5 USD ", "</p>");
    "currencies, small blocks" Html |n| parts(n, "<p>$9.99 €5 £3m</p>");
    "e-mail addresses" Html |n| wrapped(n, "<p>", "a.b@c.de ", "</p>");
    "e-mail addresses, small blocks" Html |n| parts(n, "<p>a.b@c.de</p>");
    "at signs" Html |n| wrapped(n, "<p>", "a@", "</p>");
    "addresses in text" Html |n| wrapped(n, "<p>", "https://a.bc/d?e=f www.a.bc ", "</p>");
    "addresses in text, small blocks" Html |n| parts(n, "<p>https://a.bc/d?e=f</p>");
    "beginnings of addresses" Html |n| wrapped(n, "<p>", "http://www.", "</p>");
    "handles and tags" Html |n| wrapped(n, "<p>", "@ann #tag ", "</p>");
    "handles and tags, small blocks" Html |n| parts(n, "<p>@ann #tag</p>");
    "references in text" Html |n| wrapped(n, "<p>", "[1][edit] ↩ ^ ", "</p>");
    "references in text, small blocks" Html |n| parts(n, "<p>[1][edit] ↩ ^</p>");
    "numbered references" Markdown |n| parts(n, "[1] [^2] [a][3] ");
    "numbered references, small blocks" Markdown |n| parts(n, "[1] [^2] [a][3]\n\n");
    "numbered definitions" Markdown |n| parts(n, "[1]: /a\n[^2]: b\n");
    "times ago" Html |n| wrapped(n, "<p>", "3 hours ago 5 min read ", "</p>");
    "times ago, small blocks" Html |n| parts(n, "<p>3 hours ago · 5 min read</p>");
    "telephone numbers" Html |n| wrapped(n, "<p>", "+1 (555) 123-4567 ", "</p>");
    "parentheses in text" Html |n| wrapped(n, "<p>", "((a) ", "</p>");
    "quotation marks" Html |n| wrapped(n, "<p>", "“a \"b ‘c «d ", "</p>");
    "capital letters" Html |n| wrapped(n, "<p>", "Ann LEE B. ", "</p>");
    "capital letters, small blocks" Html |n| parts(n, "<p>Ann LEE B.</p>");
    "ends of sentences" Html |n| wrapped(n, "<p>", "A. b! c? d… ", "</p>");
    "photographs" Html |n| wrapped(n, "<p>", "Photo: Ann Lee/AFP (Getty Images) ", "</p>");
    "photographs, small blocks" Html |n| parts(n, "<p>Photo: Ann Lee/AFP (Getty Images)</p>");
    "paragraphs broken off" Html |n| parts(n, "<p>The harbour was closed on Monday after a ship ran aground at the</p>");
    "the same block" Html |n| parts(n, "<p>The harbour was closed on Monday after a ship ran aground, he said.</p>");
    "different blocks" Html |n| counted(n, "", |at| format!("<p>{at:x} harbour {at}</p>"), "");
    "comments of readers" Html |n| counted(n, "", |at| format!("<div class=comment id=c{at}><b>A B</b> 3 days ago<p>Yes {at}.</p>Reply"), "");
    "cards" Html |n| parts(n, "<article class=card><a href=/x><h3>Ship aground</h3></a><time>1 Jan</time></article>");
    "nested quotes" Markdown |n| parts(n, "> ");
    "quotes of all depths" Markdown |n| staircase(n, ">", "x\n");
    "brackets" Markdown |n| halves(n, "[", "]");
    "brackets and parentheses" Markdown |n| halves(n, "![a](", ")");
    "emphasis" Markdown |n| parts(n, "*a **b _c ");
    "emphasis from both sides" Markdown |n| halves(n, "*a _b **c ", "c** b_ a*");
    "link reference definitions" Markdown |n| counted(n, "", |at| format!("[a{at}]: /b\n\n[a{at}] "), "");
    "one definition, many uses" Markdown |n| wrapped(n, "[a]: /bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n\n", "[a] ", "");
    "tables" Markdown |n| parts(n, "|a|b|\n|-|-|\n|x|y|\n\n");
    "one wide table" Markdown |n| wide_table(n);
    "lists of all depths" Markdown |n| staircase(n, "  ", "- x\n");
    "backticks" Markdown |n| staircase(n, "`", "a ");
    "HTML in Markdown" Markdown |n| parts(n, "<div>\n*a*\n\n<b>x</b> &amp; <!-- \n\n");
    "front matter" Markdown |n| wrapped(n, "---\n", "date: 2024-01-01\nauthor: A B\n", "---\nx");
    "lines of one character" Text |n| parts(n, "a\n");
    "wrapped lines" Text |n| parts(n, "The harbour was closed on Monday after a ship ran aground at the mouth of\n");
    "bullets" Text |n| parts(n, "• - 1. x\n");
    "line separators" Text |n| parts(n, "a\u{2028}\u{2029}\u{c}\u{85}");
    "underlines" Text |n| parts(n, "a\n===\n---\n");
    "figures" Text |n| parts(n, "1,234.56 7:30 $9 10% 2024 ");
    "one bucket for all shingles" Corpus |n| corpus(n, |text| (0..300).chain([1000 + text]).collect());
    "sixteen holders of each shingle" Corpus |n| corpus(n, |text| (0..8).flat_map(|part| hold_sixteen(text, part)).collect());
    "the same text" Corpus |n| corpus(n, |_| (0..300).collect());
    "one word, many shingles" Corpus |n| corpus(n, |text| (0..300).map(|at| at % (2 + text % 7)).collect());
    "chains of copies" Corpus |n| corpus(n, |text| (text * 20..text * 20 + 100).collect());
    "damaged index file" IndexFile |n| index_file(n, true);
    "whole index file" IndexFile |n| index_file(n, false);
};

const LD: &str = "<script type=application/ld+json>[";
const BODY: &str = "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"articleBody\":\"";

const READ_MORE: &str =
    "Read more. Weiterlesen. Lire la suite. Leer más. Leggi anche. Читайте также. 阅读更多. Xem thêm. ";

/// Elements with rules of their own in the tree or a meaning for labels.
const TAGS: &[&str] = &[
    "p",
    "div",
    "span",
    "a",
    "b",
    "i",
    "nobr",
    "font",
    "code",
    "pre",
    "ul",
    "li",
    "dl",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "colgroup",
    "select",
    "option",
    "button",
    "form",
    "h1",
    "h6",
    "svg",
    "math",
    "desc",
    "object",
    "marquee",
    "ruby",
    "rt",
    "template",
    "article",
    "nav",
    "aside",
    "main",
    "section",
    "figure",
    "figcaption",
    "blockquote",
    "address",
    "details",
    "center",
    "x-y",
    "head",
    "body",
    "html",
    "noscript",
    "frameset",
    "input",
    "img",
    "hr",
    "base",
    "time",
];

/// A part as often as it takes.
fn parts(bytes: usize, part: &str) -> Vec<u8> {
    part.repeat(bytes / part.len() + 1).into()
}

/// A part as often as it takes, between a start and an end.
fn wrapped(bytes: usize, start: &str, part: &str, end: &str) -> Vec<u8> {
    [start.as_bytes(), &parts(bytes, part), end.as_bytes()].concat()
}

/// Entries in turn in one paragraph.
fn one_block(bytes: usize, entries: impl Iterator<Item = &'static str>) -> Vec<u8> {
    in_turn(bytes, "<p>", entries, |entry| format!("{entry} "), "</p>")
}

/// Entries in turn, each again and again in a paragraph of its own.
fn small_blocks(bytes: usize, entries: impl Iterator<Item = &'static str>) -> Vec<u8> {
    const AGAIN: usize = 8;
    in_turn(bytes, "", entries, |entry| format!("<p>{}</p>", format!("{entry} ").repeat(AGAIN)), "")
}

/// First all of one, then as many of the other.
fn halves(bytes: usize, open: &str, close: &str) -> Vec<u8> {
    let count = bytes / (open.len() + close.len());
    [open.repeat(count), "x".into(), close.repeat(count)].concat().into()
}

/// Parts that are numbered.
fn counted(bytes: usize, start: &str, part: impl Fn(usize) -> String, end: &str) -> Vec<u8> {
    let mut page = String::from(start);
    (0..)
        .map(part)
        .take_while(|part| {
            page.push_str(part);
            page.len() < bytes
        })
        .for_each(drop);
    page.push_str(end);
    page.into()
}

/// A run of each element, one after the other: nested in one another if they stay open.
fn every(bytes: usize, write: impl Fn(&str) -> String) -> Vec<u8> {
    TAGS.iter().flat_map(|tag| parts(bytes / TAGS.len(), &write(tag))).collect()
}

/// Lines that begin with a mark once, twice … a hundred times, and again.
fn staircase(bytes: usize, mark: &str, line: &str) -> Vec<u8> {
    counted(bytes, "", |at| format!("{}{line}", mark.repeat(at % 100 + 1)), "")
}

fn wide_table(bytes: usize) -> Vec<u8> {
    let columns = bytes / 12;
    format!("{}\n{}\n{}\n", "|a".repeat(columns), "|-".repeat(columns), "|\n".repeat(columns)).into()
}

fn json_nested(bytes: usize) -> Vec<u8> {
    let depth = bytes / 16;
    format!("{LD}{}1{}]</script><p>x", "{\"a\":[".repeat(depth), "]}".repeat(depth)).into()
}

/// Blocks whose texts, of two words each, have hashes (FNV-1a over words, themselves FNV-1a) with equal low bits: they meet
/// in one bucket of a table that does not hash once more.
fn colliding_texts(bytes: usize) -> Vec<u8> {
    /// Tables of as many buckets have them all in one.
    const BITS: u32 = 16;
    const PRIME: u32 = 0x0100_0193;
    let mix = |hash: u32, unit: u32| (hash ^ unit).wrapping_mul(PRIME);
    let letters = |mut number: usize| -> String {
        (0..5).map(|_| (char::from(b'a' + (number % 26) as u8), number /= 26).0).collect()
    };
    let hash = |word: &str| word.bytes().fold(0x811c_9dc5, |hash, byte| mix(hash, u32::from(byte)));
    let mask = (1u32 << BITS) - 1;
    let mut with_low_bits = vec![usize::MAX; 1 << BITS];
    for number in 0..1 << (BITS + 3) {
        with_low_bits[(hash(&letters(number)) & mask) as usize] = number;
    }
    let mut page = String::with_capacity(bytes + 32);
    for number in 0.. {
        if page.len() >= bytes {
            break;
        }
        let first = letters(number);
        // The second word takes the hash to 0 in its low bits.
        let needed = mix(0, hash(&first)) & mask;
        let second = with_low_bits[needed as usize];
        if second != usize::MAX {
            let _ = write!(page, "<p>{first} {}</p>", letters(second));
        }
    }
    page.into()
}

fn word(number: usize) -> String {
    let (mut word, mut rest) = (String::from("w"), number);
    while rest > 0 {
        word.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    word
}

fn line(words: &[usize]) -> String {
    let mut line = words.iter().map(|&number| word(number)).collect::<Vec<_>>().join(" ");
    line.push('\n');
    line
}

/// Texts, one a line, of the words with some numbers.
fn corpus(bytes: usize, words: impl Fn(usize) -> Vec<usize>) -> Vec<u8> {
    counted(bytes, "", |text| line(&words(text)), "")
}

/// Different texts, one a line, in which some words are frequent and short: what the others of their kind are compared with.
pub fn ordinary_corpus(bytes: usize) -> Vec<u8> {
    const WORDS: usize = 300;
    const RANKS: usize = 200;
    let state = std::cell::Cell::new(0x5eed_u64);
    let below = |bound: usize| {
        state
            .set(state.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
        (state.get() >> 33) as usize % bound
    };
    corpus(bytes, |_| (0..WORDS).map(|_| below(RANKS) * below(RANKS)).collect())
}

/// Words that this text shares with fifteen others, in each part with other ones: as many candidates as there may be.
fn hold_sixteen(text: usize, part: usize) -> std::ops::Range<usize> {
    // Texts are the points of a line; in each part sixteen at another distance make a group.
    let (stride, block) = (1 + 16 * part, 16 * (1 + 16 * part));
    let group = text / block * stride + text % stride;
    let start = (part + 8 * group) * 16;
    start..start + 16
}

fn index_file(bytes: usize, is_damaged: bool) -> Vec<u8> {
    let mut index: Index<u64> = Index::default();
    for text in 0..bytes / 700 + 1 {
        let words: Vec<usize> = (text * 1000..text * 1000 + 150).collect();
        index.insert(text as u64, Fingerprint::of(&line(&words)));
    }
    let mut file = Vec::new();
    index.save(&mut file).expect("memory can be written");
    if is_damaged {
        // Near the end: it is found after everything was read.
        let at = file.len() - 20;
        file[at] ^= 1;
    }
    file
}
