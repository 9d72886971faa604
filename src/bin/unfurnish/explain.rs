//! `unfurnish explain`: every block with its label, reason, score and place.

use crate::args::ExplainArgs;
use crate::exit::Exit;
use crate::output::{Output, Style, is_several};
use crate::pipeline;
use crate::terminal::one_line;
use anstyle::{AnsiColor, Style as Look};
use std::fmt::Write;
use unfurnish::{Article, Block, Page};

pub(crate) fn run(args: &ExplainArgs) -> Result<Exit, clap::Error> {
    let several = is_several(&args.read);
    let mut output = Output::stdout(Style::Headers, several);
    // Colours are control characters; what comes from the page has none left by then.
    output.keep_control();
    let explanation = Explanation { looks: Looks::new(args.color.is_on()), full: args.full };
    let render =
        Box::new(move |page: &Page<'_>, article: &Article, _: Option<&str>| explanation.of(page, article));
    let worker = pipeline::articles(&args.read, args.extract.extractor(true), render);
    Ok(pipeline::run(&args.read, worker, output, None, several))
}

/// How things look on a terminal.
struct Looks {
    kept: Look,
    removed: Look,
    label: Look,
    faint: Look,
}

impl Looks {
    fn new(is_on: bool) -> Self {
        let look = |look: Look| if is_on { look } else { Look::new() };
        Self {
            kept: look(AnsiColor::Green.on_default()),
            removed: look(AnsiColor::Red.on_default()),
            label: look(Look::new().bold()),
            faint: look(Look::new().dimmed()),
        }
    }
}

/// How much of a block's text is shown.
const SHOWN_CHARS: usize = 160;

struct Explanation {
    looks: Looks,
    full: bool,
}

impl Explanation {
    fn of(&self, page: &Page<'_>, article: &Article) -> String {
        let mut out = String::new();
        self.head(page, article, &mut out);
        let lines = Lines::of(page.source());
        for block in article.blocks() {
            self.block(&block, &lines, &mut out);
        }
        out
    }

    /// What is known of the article as a whole.
    fn head(&self, page: &Page<'_>, article: &Article, out: &mut String) {
        let metadata = article.metadata();
        let authors = metadata.authors().join(", ");
        let facts = [
            ("title", metadata.title()),
            ("authors", Some(authors.as_str()).filter(|authors| !authors.is_empty())),
            ("published", metadata.published()),
            ("modified", metadata.modified()),
            ("site", metadata.site()),
            ("url", metadata.url()),
            ("language", metadata.language()),
        ];
        for (name, value) in facts {
            if let Some(value) = value {
                let _ = writeln!(out, "{name}: {}", one_line(value));
            }
        }
        let (kept, all) = (article.kept().count(), article.blocks().len());
        let _ = writeln!(
            out,
            "read as {} ({}); {kept} of {all} blocks kept; score {:.2}",
            page.format(),
            page.encoding(),
            article.score()
        );
        for warning in article.warnings() {
            let _ = writeln!(out, "warning: {warning}");
        }
    }

    fn block(&self, block: &Block<'_>, lines: &Lines<'_>, out: &mut String) {
        let Looks { kept, removed, label, faint } = &self.looks;
        let (sign, look) = if block.is_kept() { ('+', kept) } else { ('-', removed) };
        let place = match block.span() {
            Some(span) => {
                let (line, column) = lines.place(span.start());
                format!("{line}:{column} bytes {}..{}", span.start(), span.end())
            }
            None => "place unknown".into(),
        };
        let joined = if block.is_joined() { ", joined" } else { "" };
        let doubt = if block.is_uncertain() { ", in doubt" } else { "" };
        let reason = one_line(&block.reason().to_string());
        let _ = writeln!(
            out,
            "\n{look}{sign}{look:#} {label}{}{label:#} {:.2} {faint}{place}, {}{joined}{doubt}{faint:#} {reason}",
            block.label(),
            block.score(),
            block.kind()
        );
        if self.full {
            for line in block.text().split('\n') {
                let line: String = line.chars().filter(|c| !c.is_control() || *c == '\t').collect();
                let _ = writeln!(out, "    {line}");
            }
        } else {
            let text = one_line(block.text());
            let shown: String = text.chars().take(SHOWN_CHARS).collect();
            let more = if shown.len() < text.len() { "…" } else { "" };
            let _ = writeln!(out, "    {shown}{more}");
        }
    }
}

/// Where the lines of a page begin.
struct Lines<'s> {
    source: &'s str,
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    fn of(source: &'s str) -> Self {
        let starts = std::iter::once(0).chain(source.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { source, starts }
    }

    /// Line and column of a byte, both from 1, the column in characters.
    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        // Counting a page's single line again for each of its blocks would take the square of its length.
        let near = &self.source[start..at];
        let column = if near.len() > LONGEST_COUNTED { near.len() } else { near.chars().count() };
        (line, column + 1)
    }
}

/// Columns farther right than this are counted in bytes: no editor goes there by column anyway.
const LONGEST_COUNTED: usize = 10_000;

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn places_are_counted_from_one_in_characters() {
        let lines = Lines::of("é\nàb\n\nc");
        assert_eq!(
            [0, 2, 3, 5, 6, 7, 8].map(|at| lines.place(at)),
            [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 1), (4, 1)]
        );
    }
}
