//! The table: one row an extractor, the quickest first.

use crate::pages::Page;
use crate::peers::Peer;
use crate::worker::Run;
use std::fmt::Write as _;

/// What one row needs.
struct Row<'a> {
    peer: &'a Peer,
    run: &'a Run,
    /// MB of page for each second of CPU time, over the pages it answered.
    speed: f64,
    pages_a_second: f64,
}

/// The table in Markdown, with what it was made from above it.
pub fn render(pages: &[Page], runs: &[(&Peer, Run)], rounds: usize, note: &str) -> String {
    let bytes: usize = pages.iter().map(|page| page.html.len()).sum();
    let mut rows: Vec<Row<'_>> = runs.iter().map(|(peer, run)| row(pages, peer, run)).collect();
    rows.sort_by(|a, b| b.speed.total_cmp(&a.speed));
    let ours = rows.iter().find(|row| row.peer.name == "unfurnish").map_or(f64::NAN, |row| row.speed);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} pages, {:.1} MB; CPU time, for each page the least of {rounds} rounds. {note}\n",
        pages.len(),
        bytes as f64 / 1e6
    );
    out.push_str("| extractor | version | MB/s | pages/s | unfurnish is | text found, kB | failed pages |\n");
    out.push_str("| --- | --- | ---: | ---: | ---: | ---: | ---: |\n");
    for row in rows.iter().filter(|row| !row.peer.is_bare) {
        let text: usize = row.run.answers.iter().flatten().map(|answer| answer.text.len()).sum();
        let _ = writeln!(out, "{} {} | {} |", speeds(row, ours), text / 1000, failures(row.run));
    }
    out.push_str(
        "\n| parsing alone, no article | version | MB/s | pages/s | unfurnish is | failed pages |\n",
    );
    out.push_str("| --- | --- | ---: | ---: | ---: | ---: |\n");
    for row in rows.iter().filter(|row| row.peer.is_bare) {
        let _ = writeln!(out, "{} {} |", speeds(row, ours), failures(row.run));
    }
    out
}

/// The first columns, which all rows have.
fn speeds(row: &Row<'_>, ours: f64) -> String {
    let Row { peer, speed, pages_a_second, .. } = row;
    let ratio = ours / speed;
    format!("| {} | {} | {speed:.1} | {pages_a_second:.0} | {ratio:.2} × |", peer.name, peer.version)
}

fn failures(run: &Run) -> String {
    let failed = run.answers.iter().filter(|answer| answer.is_none()).count();
    match run.timeouts {
        0 => failed.to_string(),
        timeouts => format!("{failed} ({timeouts} out of time)"),
    }
}

fn row<'a>(pages: &[Page], peer: &'a Peer, run: &'a Run) -> Row<'a> {
    let (mut bytes, mut count, mut nanoseconds) = (0, 0, 0);
    for (page, answer) in pages.iter().zip(&run.answers) {
        if let Some(answer) = answer {
            bytes += page.html.len();
            count += 1;
            nanoseconds += answer.nanoseconds;
        }
    }
    let seconds = nanoseconds.max(1) as f64 / 1e9;
    Row { peer, run, speed: bytes as f64 / 1e6 / seconds, pages_a_second: f64::from(count) / seconds }
}
