//! Inputs → results → output: what `clean` and `explain` share.

use crate::args::ReadArgs;
use crate::document::{Content, Done, Input, Source, Written};
use crate::exit::Exit;
use crate::feed::Feed;
use crate::jsonl;
use crate::output::{Output, WriteError, id_of};
use crate::pool::{self, Sink};
use crate::problem::Problem;
use crate::read::{self, Reading};
use crate::report::Report;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use unfurnish::{Article, Extractor, Page, Scratch};

/// What is made of a page: its page, its article, and its id as JSON.
pub(crate) type Render = dyn Fn(&Page<'_>, &Article, Option<&str>) -> String + Send + Sync;

/// Runs everything that a command line asks for. `own` is what it writes to.
pub(crate) fn run(
    args: &ReadArgs,
    extractor: Extractor,
    render: Box<Render>,
    output: Output,
    own: Option<&Path>,
    several: bool,
) -> Exit {
    let report = Report::new(args.quiet, several, output.is_seen());
    if args.paths.is_empty() && !args.quiet && std::io::IsTerminal::is_terminal(&std::io::stdin()) {
        report.say("reading from the terminal; end the page with Ctrl-D, or name files");
    }
    let feed = Feed::of(args, own);
    let worker = Worker { reading: Reading::of(args), extractor, render };
    let mut results = Results { output, report };
    let run = pool::in_order(
        args.jobs(),
        move |take| feed.run(take),
        move |input, scratch| worker.work(input, scratch),
        &mut results,
    );
    let Results { output, mut report } = results;
    let end = match run {
        Ok(()) => output.end(),
        Err(error) => Err(why(error)),
    };
    match end {
        Ok(()) => {}
        // Whoever reads has seen enough.
        Err(WriteError::Closed) => return Exit::Fine,
        Err(WriteError::Fatal(problem) | WriteError::Here(problem)) => {
            report.failed += 1;
            report.say(&problem.to_string());
        }
    }
    report.end();
    if report.failed > 0 { Exit::SomeFailed } else { Exit::Fine }
}

/// What ends a run before its end; it passes through the pool as an error of writing.
#[derive(Debug)]
struct Stop(WriteError);

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("nothing more can be written")
    }
}

impl std::error::Error for Stop {}

fn why(error: io::Error) -> WriteError {
    match error.downcast::<Stop>() {
        Ok(Stop(why)) => why,
        Err(error) => WriteError::Fatal(Problem::new(format!("cannot go on: {error}"))),
    }
}

/// Where results go, and what is said about them.
struct Results {
    output: Output,
    report: Report,
}

impl Sink<Done> for Results {
    fn put(&mut self, done: Done) -> io::Result<()> {
        let name = done.name();
        match &done.outcome {
            Ok(written) => {
                for note in &written.notes {
                    self.report.note(&name, note);
                }
            }
            Err(problem) => self.report.failed(&name, problem),
        }
        self.report.finished(&name);
        match self.output.put(&done) {
            Ok(()) => Ok(()),
            Err(WriteError::Here(problem)) => {
                self.report.failed(&name, &problem);
                Ok(())
            }
            Err(stop) => Err(io::Error::other(Stop(stop))),
        }
    }

    fn idle(&mut self) -> io::Result<()> {
        self.output.flush().map_err(|stop| io::Error::other(Stop(stop)))
    }
}

/// Makes results of inputs; one for all threads.
struct Worker {
    reading: Reading,
    extractor: Extractor,
    render: Box<Render>,
}

impl Worker {
    fn work(&self, input: Input, scratch: &mut Scratch) -> Done {
        let Input { source, content } = input;
        let line = match &content {
            Content::Line(number, _) | Content::BadLine(number, _) => Some(*number),
            _ => None,
        };
        // A defect that one page brings to light must not take the other pages with it.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.outcome(&source, content, scratch)))
            .unwrap_or_else(|_| Err(Problem::new("this input met a defect in unfurnish; please report it")));
        Done { source, line, outcome }
    }

    fn outcome(
        &self,
        source: &Arc<Source>,
        content: Content,
        scratch: &mut Scratch,
    ) -> Result<Written, Problem> {
        match content {
            Content::File => {
                let path = source.path.as_deref().unwrap_or(Path::new(""));
                self.bytes(&read::file(path)?, source, scratch)
            }
            Content::Bytes(bytes) => self.bytes(&bytes, source, scratch),
            Content::Line(_, line) => {
                let record = jsonl::read(&line, self.reading.url.as_deref())?;
                drop(line);
                // What is odd about a line stands among its warnings.
                Ok(Written { notes: Vec::new(), ..self.page(&record.page, record.id.as_deref(), scratch) })
            }
            Content::BadLine(_, problem) | Content::Bad(problem) => Err(problem),
        }
    }

    fn bytes(&self, bytes: &[u8], source: &Source, scratch: &mut Scratch) -> Result<Written, Problem> {
        let page = self.reading.page(bytes, source.path.as_deref())?;
        Ok(self.page(&page, id_of(source).as_deref(), scratch))
    }

    fn page(&self, page: &Page<'_>, id: Option<&str>, scratch: &mut Scratch) -> Written {
        let article = self.extractor.extract_into(page, scratch);
        let mut notes: Vec<String> = article.warnings().iter().map(ToString::to_string).collect();
        if article.is_empty() {
            notes.push("no article was found".into());
        }
        Written { text: (self.render)(page, article, id), notes }
    }
}
