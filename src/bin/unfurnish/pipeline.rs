//! Inputs → results → output: what all commands share that read pages.

use crate::args::ReadArgs;
use crate::document::{Content, Done, Input, Source, Subject, Written};
use crate::exit::Exit;
use crate::feed::Feed;
use crate::jsonl::{self, Prefer, Record};
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

/// What makes the articles of pages.
pub(crate) fn articles(args: &ReadArgs, extractor: Extractor, render: Box<Render>) -> Worker<Written> {
    Worker::new(args, Prefer::Page, move |subject, scratch| {
        let article = extractor.extract_into(&subject.page, scratch);
        let text = render(&subject.page, article, subject.id.as_deref());
        // What is odd about a line stands among its warnings.
        let notes = if subject.line.is_none() { notes(article) } else { Vec::new() };
        Written { text, notes }
    })
}

/// What the reader of an article should know.
pub(crate) fn notes(article: &Article) -> Vec<String> {
    let mut notes: Vec<String> = article.warnings().iter().map(ToString::to_string).collect();
    if article.is_empty() {
        notes.push("no article was found".into());
    }
    notes
}

/// Runs everything that a command line asks for. `own` is what it writes to.
pub(crate) fn run(
    args: &ReadArgs,
    worker: Worker<Written>,
    output: Output,
    own: Option<&Path>,
    several: bool,
) -> Exit {
    let report = Report::new(args.quiet, several, output.is_seen());
    let mut results = Results { output, report };
    let run = worker.run(args, own, &mut results, |results| &results.report);
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
pub(crate) struct Stop(pub(crate) WriteError);

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("nothing more can be written")
    }
}

impl std::error::Error for Stop {}

pub(crate) fn why(error: io::Error) -> WriteError {
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

/// Makes something of inputs; one for all threads.
pub(crate) struct Worker<T> {
    reading: Reading,
    prefer: Prefer,
    make: Box<Make<T>>,
}

type Make<T> = dyn Fn(Subject<'_>, &mut Scratch) -> T + Send + Sync;

impl<T: Send + 'static> Worker<T> {
    pub(crate) fn new(
        args: &ReadArgs,
        prefer: Prefer,
        make: impl Fn(Subject<'_>, &mut Scratch) -> T + Send + Sync + 'static,
    ) -> Self {
        Self { reading: Reading::of(args), prefer, make: Box::new(make) }
    }

    /// Works on all inputs of a command line and gives the results to a sink, in their order.
    pub(crate) fn run<S: Sink<Done<T>>>(
        self,
        args: &ReadArgs,
        own: Option<&Path>,
        sink: &mut S,
        report: impl Fn(&S) -> &Report,
    ) -> io::Result<()> {
        if args.paths.is_empty() && !args.quiet && io::IsTerminal::is_terminal(&io::stdin()) {
            report(sink).say("reading from the terminal; end the page with Ctrl-D, or name files");
        }
        let feed = Feed::of(args, own);
        pool::in_order(
            args.jobs(),
            move |take| feed.run(take),
            move |input, scratch| self.work(input, scratch),
            sink,
        )
    }

    fn work(&self, input: Input, scratch: &mut Scratch) -> Done<T> {
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

    fn outcome(&self, source: &Arc<Source>, content: Content, scratch: &mut Scratch) -> Result<T, Problem> {
        match content {
            Content::File => {
                let path = source.path.as_deref().unwrap_or(Path::new(""));
                self.bytes(&read::file(path)?, source, scratch)
            }
            Content::Bytes(bytes) => self.bytes(&bytes, source, scratch),
            Content::Line(number, line) => {
                let Record { id, page, published } =
                    jsonl::read(&line, self.reading.url.as_deref(), self.prefer)?;
                let subject = Subject { page, source, id, published, line: Some((number, &line)) };
                Ok((self.make)(subject, scratch))
            }
            Content::BadLine(_, problem) | Content::Bad(problem) => Err(problem),
        }
    }

    fn bytes(&self, bytes: &[u8], source: &Source, scratch: &mut Scratch) -> Result<T, Problem> {
        let page = self.reading.page(bytes, source.path.as_deref())?;
        let subject = Subject { page, source, id: id_of(source), published: None, line: None };
        Ok((self.make)(subject, scratch))
    }
}
