//! `agency-dateline`: place, day and agency at the head of a report's first sentence.
//!
//! `MOSCOW, April 22 (Reuters) - The ministry …`, `Berlin (dpa) – …`, `新华社北京4月22日电 …`. It is a part of its
//! paragraph and stays there; who asks for its removal (`--drop agency-dateline`) gets it as a block of its own.

use super::agencies::is_agency;
use super::{Label, Verdict, fold};
use crate::Span;
use crate::block::{BlockKind, Blocks, Mark, Record};
use crate::tree::Tree;

const RULE: &str = "agency-dateline";

/// The head of the first sentence: a place or two, a day, an agency.
const LONGEST_DATELINE_CHARS: usize = 80;
/// An agency's dateline heads the text; a summary or two may stand above it.
const KEPT_BLOCKS_ASKED: usize = 3;
/// "NEW YORK, Wednesday, Sept. 12, 2025".
const MOST_PLACE_WORDS: usize = 8;

/// Makes a removed block of the dateline that heads the text, if there is one.
pub(crate) fn drop_agency_dateline(tree: &Tree<'_>, blocks: &mut Blocks, verdicts: &mut Vec<Verdict>) {
    let kept = (0..verdicts.len()).filter(|&at| verdicts[at].is_kept).take(KEPT_BLOCKS_ASKED);
    let found = { kept }.find_map(|at| {
        let record = &blocks.records[at];
        (record.kind == BlockKind::Paragraph).then(|| Some((at, length(blocks.text_of(record))?))).flatten()
    });
    let Some((at, length)) = found else { return };
    let (dateline, rest) = part(tree, blocks, at, length);
    let verdict = Verdict {
        label: Label::Dateline,
        score: verdicts[at].score,
        rule: RULE,
        detail: "place and agency before the first sentence".into(),
        is_kept: false,
        is_joined: false,
    };
    blocks.records[at] = rest;
    blocks.records.insert(at, dateline);
    verdicts.insert(at, verdict);
}

/// A block's record as two: its first bytes, and what follows them behind white space.
fn part(tree: &Tree<'_>, blocks: &mut Blocks, at: usize, length: usize) -> (Record, Record) {
    let record = blocks.records[at];
    let text = &blocks.text[record.text.range()];
    let behind = length + (text.len() - length - text[length..].trim_start().len());
    // Written as it is read, the parts have places of their own.
    let is_verbatim =
        tree.source().get(record.span.range()).is_some_and(|written| written.starts_with(&text[..behind]));
    let border = record.text.start() + behind;
    let end = record.text.start() + length;
    let marks: Vec<Mark> = blocks.marks_of(&record).to_vec();
    let mut copy = |text: Span| {
        let from = blocks.marks.len();
        let inside =
            marks.iter().filter(|mark| mark.text.start() < text.end() && mark.text.end() > text.start());
        blocks.marks.extend(inside.map(|mark| Mark {
            text: Span::new(mark.text.start().max(text.start()), mark.text.end().min(text.end())),
            ..*mark
        }));
        Span::new(from, blocks.marks.len())
    };
    let (head, tail) = (Span::new(record.text.start(), end), Span::new(border, record.text.end()));
    let (first, second) = if is_verbatim {
        let start = record.span.start();
        (Span::new(start, start + length), Span::new(start + behind, record.span.end()))
    } else {
        (Span::default(), record.span)
    };
    let dateline = Record { text: head, span: first, marks: copy(head), ..record };
    (dateline, Record { text: tail, span: second, marks: copy(tail), ..record })
}

/// How many bytes of a text are an agency's dateline; something must follow it.
fn length(text: &str) -> Option<usize> {
    let end = text.char_indices().nth(LONGEST_DATELINE_CHARS).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    let length =
        bracketed(head).or_else(|| chinese(head)).or_else(|| korean(head)).or_else(|| japanese(head))?;
    (!text[length..].trim().is_empty()).then_some(length)
}

/// `MOSCOW, April 22 (Reuters) -`, `BOSTON, May 2, 2025 /PRNewswire/ --`, `МОСКВА, 22 апреля. /ТАСС/.`
fn bracketed(head: &str) -> Option<usize> {
    // "Moskau/Berlin (dpa)": a stroke opens only where a word begins.
    let open = head.find('(').or_else(|| head.find(" /").map(|at| at + 1))?;
    let closing = if head[open..].starts_with('(') { ')' } else { '/' };
    let close = open + 1 + head[open + 1..].find(closing)?;
    let (place, agency) = (head[..open].trim(), &head[open + 1..close]);
    let is_known = agency.split(['/', ',']).any(|name| fold::fold(name).is_some_and(|name| is_agency(&name)));
    // Of agencies that nobody knows their dress is proof: a place in capitals.
    let first = place.split([',', ' ']).next().unwrap_or_default();
    let is_in_capitals = first.chars().count() > 1 && first.chars().all(char::is_uppercase);
    let is_place = place.split_whitespace().count() <= MOST_PLACE_WORDS
        && place.starts_with(char::is_uppercase)
        && !place.contains(['“', '"', '«', ':', '?', '!']);
    if !is_place || !(is_known || is_in_capitals) || agency.split_whitespace().count() > 4 {
        return None;
    }
    let rest = &head[close + 1..];
    let after = rest.trim_start_matches(['.', ' ', '\u{a0}']);
    let dashes = after.len() - after.trim_start_matches(['-', '–', '—', '―']).len();
    if dashes > 0 {
        return Some(head.len() - after.len() + dashes);
    }
    (closing == '/' && rest.starts_with('.')).then_some(close + "/.".len())
}

/// `新华社北京4月22日电`, perhaps with the reporter in brackets behind it.
fn chinese(head: &str) -> Option<usize> {
    let wire = ["日电", "日電", "日讯", "日訊"];
    let (at, sign) = wire.iter().filter_map(|sign| Some((head.find(sign)?, sign))).min()?;
    let before = &head[..at];
    let is_wire = before.contains(['社', '网', '網', '报', '報']) && !before.contains(['。', '，', '“']);
    let behind = at + sign.len();
    let reporter = head[behind..].trim_start();
    let close = reporter.starts_with(['（', '(']).then(|| reporter.find(['）', ')'])).flatten();
    let close = close.map_or(behind, |close| {
        let bracket = reporter[close..].chars().next().map_or(0, char::len_utf8);
        head.len() - reporter.len() + close + bracket
    });
    is_wire.then_some(close)
}

/// `(서울=연합뉴스) 홍길동 기자 =`.
fn korean(head: &str) -> Option<usize> {
    let inner = head.strip_prefix(['(', '['])?;
    let close = head.find([')', ']'])?;
    let place = inner.get(..close - 1)?;
    let behind = head[close + 1..].find('=').map(|at| close + 1 + at + 1)?;
    let is_reporter = head[close + 1..behind].split_whitespace().count() <= 5;
    (place.contains('=') && is_reporter).then_some(behind)
}

/// `【ロンドン共同】`.
fn japanese(head: &str) -> Option<usize> {
    const AGENCIES: &[&str] =
        &["共同", "時事", "ロイター", "AFP", "AP", "AFP時事", "新華社", "聯合ニュース", "CNN"];
    let inner = head.strip_prefix('【')?;
    let close = inner.find('】')?;
    AGENCIES
        .iter()
        .any(|agency| inner[..close].ends_with(agency))
        .then_some('【'.len_utf8() + close + '】'.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_of_agencies_are_found_in_many_dresses() {
        for dateline in [
            "MOSCOW, April 22 (Reuters) -",
            "PORT TELL, March 9 (Norrwire) -",
            "Berlin (dpa) –",
            "Moskau/Berlin (dpa) -",
            "BOSTON, May 2, 2025 /PRNewswire/ --",
            "МОСКВА, 22 апреля. /ТАСС/.",
            "新华社北京4月22日电",
            "新华社北京4月22日电（记者张三）",
            "(서울=연합뉴스) 홍길동 기자 =",
            "【ロンドン共同】",
        ] {
            let text = format!("{dateline} The ministry said no.");
            assert_eq!(length(&text), Some(dateline.len()), "{dateline}");
            assert_eq!(length(dateline), None, "nothing follows {dateline}");
        }
    }

    #[test]
    fn sentences_with_brackets_are_none() {
        for text in [
            "The ministry (in Moscow) - a large house - said no.",
            "He asked Reuters (AFP) for help.",
            "NATO (the alliance) said no.",
            "（见图）北京4月22日，他说。",
            "【関連記事】港が閉まる",
            "",
        ] {
            assert_eq!(length(text), None, "{text}");
        }
    }

    #[test]
    fn the_dateline_becomes_a_block_of_its_own() {
        let page = "<h1>Talks fail</h1><p>MOSCOW, April 22 (Reuters) - The ministry of <b>mines</b> said on Monday that \
            the talks on the harbour had failed, and that nobody knew when they would go on.</p>";
        let kept = crate::extract(page);
        assert!(kept.text().starts_with("MOSCOW, April 22 (Reuters) - The ministry"));
        let article = crate::Extractor::builder().agency_dateline(false).build().extract(page);
        assert!(article.text().starts_with("The ministry of mines"), "{}", article.text());
        let removed = article.removed().find(|block| block.label() == Label::Dateline).expect("the dateline");
        assert_eq!(removed.text(), "MOSCOW, April 22 (Reuters) -");
        let span = removed.span().expect("its place");
        assert_eq!(&page[span.range()], "MOSCOW, April 22 (Reuters) -");
    }
}
