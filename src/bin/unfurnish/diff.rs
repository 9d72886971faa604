//! `unfurnish diff`: the passages that two documents share.

use crate::body::Bodies;
use crate::copies_args::{CopiesFormat, DiffArgs};
use crate::dedup::measured;
use crate::exit::Exit;
use crate::jsonl;
use crate::output;
use crate::pretty::pretty;
use crate::problem::Problem;
use crate::read::{self, Reading};
use crate::terminal::one_line;
use anstyle::{AnsiColor, Style};
use std::fmt::Write;
use std::ops::Range;
use std::path::Path;
use unfurnish::{Clusters, Fingerprint, Pair, Passage, passages};

pub(crate) fn run(args: &DiffArgs) -> Exit {
    let bodies = Bodies::new(args.body.clean);
    let reading = Reading { kind: args.input, url: None, encoding: args.encoding };
    let mut sides = Vec::new();
    for path in [&args.first, &args.second] {
        match Side::read(path, &reading, &bodies) {
            Ok(side) => sides.push(side),
            Err(problem) => eprintln!("unfurnish: {}: {problem}", one_line(&path.to_string_lossy())),
        }
    }
    let Ok([first, second]) = <[Side; 2]>::try_from(sides) else { return Exit::SomeFailed };
    let comparison = Comparison::of(first, second);
    let text = match args.format {
        CopiesFormat::Text => comparison.text(args.color.is_on()),
        CopiesFormat::Json => pretty(&comparison.object()) + "\n",
        CopiesFormat::Jsonl => comparison.object() + "\n",
    };
    output::print(text.as_bytes())
}

/// One of the two.
struct Side {
    name: String,
    text: String,
    print: Fingerprint,
}

impl Side {
    fn read(path: &Path, reading: &Reading, bodies: &Bodies) -> Result<Self, Problem> {
        let is_stdin = path == Path::new("-");
        let bytes = if is_stdin { read::all(std::io::stdin().lock())? } else { read::file(path)? };
        let (text, notes) = bodies.of(&reading.page(&bytes, Some(path).filter(|_| !is_stdin))?);
        let (name, print) = (path.to_string_lossy().into_owned(), Fingerprint::of(&text));
        for note in notes {
            eprintln!("unfurnish: {}: note: {note}", one_line(&name));
        }
        Ok(Self { name, text, print })
    }
}

/// Two documents side by side.
struct Comparison {
    sides: [Side; 2],
    passages: Vec<Passage>,
    /// What makes them copies, if they are.
    pair: Option<Pair>,
}

/// Characters shown before and after a passage.
const CONTEXT: usize = 60;

impl Comparison {
    fn of(first: Side, second: Side) -> Self {
        let passages = passages(&first.text, &second.text);
        let clusters = Clusters::of(&[first.print.clone(), second.print.clone()]);
        Self { passages, pair: clusters.pairs().first().copied(), sides: [first, second] }
    }

    /// Words of all passages.
    fn shared(&self) -> usize {
        self.passages.iter().map(Passage::words).sum()
    }

    /// The verdict, then every passage where it stands in the second text.
    fn text(&self, is_coloured: bool) -> String {
        let look = |look: Style| if is_coloured { look } else { Style::new() };
        let (faint, bold) = (look(Style::new().dimmed()), look(AnsiColor::Green.on_default().bold()));
        let [first, second] = &self.sides;
        let verdict = match &self.pair {
            Some(pair) => format!(
                "{}: similarity {:.2}, containment {:.2}",
                pair.measure().relation(),
                pair.measure().similarity(),
                pair.measure().containment()
            ),
            None => "not copies of one another".into(),
        };
        let mut out = format!(
            "{verdict}\n{} words shared, in {} passage{}; {} words in {}, {} in {}\n",
            self.shared(),
            self.passages.len(),
            if self.passages.len() == 1 { "" } else { "s" },
            first.print.words(),
            one_line(&first.name),
            second.print.words(),
            one_line(&second.name)
        );
        for passage in &self.passages {
            let (from, to) = (passage.first(), passage.second());
            let before = one_line(tail(&second.text[..to.start]));
            let after = one_line(head(&second.text[to.end..]));
            let text = one_line(&second.text[to.clone()]);
            let (before_gap, after_gap) = (gap(&before, " "), gap(&after, " "));
            let _ = writeln!(
                out,
                "\n{faint}{} words, bytes {}..{} and {}..{}{faint:#}\n    \
                 {faint}{before}{faint:#}{before_gap}{bold}{text}{bold:#}{after_gap}{faint}{after}{faint:#}",
                passage.words(),
                from.start,
                from.end,
                to.start,
                to.end,
            );
        }
        out
    }

    fn object(&self) -> String {
        let side =
            |side: &Side| format!(r#"{{"id":{},"words":{}}}"#, jsonl::string(&side.name), side.print.words());
        let [first, second] = &self.sides;
        let range = |side: &Side, range: Range<usize>| {
            let text = jsonl::string(&side.text[range.clone()]);
            format!(r#"{{"start":{},"end":{},"text":{text}}}"#, range.start, range.end)
        };
        let passage = |passage: &Passage| {
            let (a, b) = (range(first, passage.first()), range(second, passage.second()));
            format!(r#"{{"words":{},"a":{a},"b":{b}}}"#, passage.words())
        };
        let passages: Vec<String> = self.passages.iter().map(passage).collect();
        format!(
            r#"{{"a":{},"b":{},{},"shared_words":{},"passages":[{}]}}"#,
            side(first),
            side(second),
            measured(self.pair.map(|pair| pair.measure())),
            self.shared(),
            passages.join(",")
        )
    }
}

/// The last characters of a text.
fn tail(text: &str) -> &str {
    text.char_indices().rev().nth(CONTEXT - 1).map_or(text, |(at, _)| &text[at..])
}

/// The first characters of a text.
fn head(text: &str) -> &str {
    text.char_indices().nth(CONTEXT).map_or(text, |(at, _)| &text[..at])
}

fn gap<'g>(text: &str, gap: &'g str) -> &'g str {
    if text.is_empty() { "" } else { gap }
}
