//! `unfurnish dedup`: which documents are copies of which.
//!
//! Every document is read once, in order; its fingerprint and its name stay. When all are there, the clusters are
//! found and each document gets its answer, in the order it came.

use crate::args::{Cli, InputKind};
use crate::body::{self, Bodies, Print};
use crate::copies_args::{CopiesFormat, DedupArgs, Keep};
use crate::date;
use crate::document::{Done, Source, Subject};
use crate::exit::Exit;
use crate::jsonl;
use crate::output::{Output, Style, WriteError, is_several};
use crate::pipeline::{Stop, Worker, why};
use crate::pool::Sink;
use crate::problem::Problem;
use crate::report::Report;
use crate::spool::Spool;
use clap::CommandFactory;
use clap::error::ErrorKind;
use std::collections::HashSet;
use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;
use unfurnish::{Clusters, Corpus, Fingerprint, Measure, Relation, Scratch, Similarity};

pub(crate) fn run(args: &DedupArgs) -> Result<Exit, clap::Error> {
    let usage = |kind, message: String| Err(Cli::command().error(kind, message));
    if args.read.encoding.is_some() && args.read.input == InputKind::Jsonl {
        let message = "--encoding has no use with --input jsonl: JSON is UTF-8";
        return usage(ErrorKind::ArgumentConflict, message.into());
    }
    let style = if args.unique { Style::Plain } else { Style::from(args.format) };
    let output = match &args.output {
        None => Output::stdout(style, true),
        Some(path) => match Output::file(path, style, &args.read, true) {
            Ok(output) => output,
            Err(problem) => return usage(ErrorKind::InvalidValue, problem.to_string()),
        },
    };
    let report = Report::new(args.read.quiet, is_several(&args.read), false);
    let mut documents = Documents::new(args, report);
    let bodies = Bodies::new(args.body.clean);
    let worker = Worker::new(&args.read, Bodies::prefer(args.body.clean), {
        let (keep, unique) = (args.keep, args.unique);
        move |subject, scratch| Document::of(&subject, &bodies, keep, unique, scratch)
    });
    let read = worker.run(&args.read, args.output.as_deref(), &mut documents, |documents| &documents.report);
    let (answered, mut report) = match read {
        Ok(()) => documents.answer(args, output),
        Err(error) => (Err(why(error)), documents.report),
    };
    match answered {
        // Whoever reads has seen enough.
        Err(WriteError::Closed) => return Ok(Exit::Fine),
        Err(WriteError::Fatal(problem) | WriteError::Here(problem)) => {
            report.failed += 1;
            report.say(&problem.to_string());
        }
        Ok(()) => {}
    }
    report.end();
    Ok(if report.failed > 0 { Exit::SomeFailed } else { Exit::Fine })
}

/// What is known of a document when it has been read.
struct Document {
    id: String,
    print: Fingerprint,
    rank: i64,
    /// What is written if only the kept documents are.
    raw: Option<Vec<u8>>,
    notes: Vec<String>,
}

impl Document {
    fn of(subject: &Subject<'_>, bodies: &Bodies, keep: Keep, unique: bool, scratch: &mut Scratch) -> Self {
        let id = body::id(subject);
        let Print { print, published, notes } = bodies.print(&subject.page, scratch);
        let rank = match keep {
            Keep::First => 0,
            Keep::Longest => i64::from(print.words()),
            Keep::Earliest => {
                let told =
                    subject.published.as_deref().and_then(|json| serde_json::from_str::<String>(json).ok());
                let moment = told.as_deref().and_then(date::seconds);
                let moment = moment.or_else(|| published.as_deref().and_then(date::seconds));
                moment.map_or(i64::MIN, |moment| -moment)
            }
        };
        let raw = unique.then(|| match subject.line {
            Some((_, line)) => line.to_vec(),
            None => jsonl::text(&id).into_bytes(),
        });
        let notes = if subject.line.is_none() { notes } else { Vec::new() };
        Self { id, print, rank, raw, notes }
    }
}

/// All documents of a run, as they come in.
struct Documents {
    report: Report,
    corpus: Corpus,
    entries: Vec<Entry>,
    /// Documents that are too short to be compared.
    weak: usize,
    lines: Option<Spool>,
}

/// A place in the order of the input.
enum Entry {
    /// A document: its id as JSON, and the length of what the spool keeps of it.
    Document { id: Box<str>, length: usize },
    /// An input that failed.
    Bad { source: Arc<Source>, line: Option<u64>, problem: Problem },
}

impl Documents {
    fn new(args: &DedupArgs, report: Report) -> Self {
        let similarity = Similarity::new(args.threshold).unwrap_or_default();
        let threads = NonZeroUsize::new(args.read.jobs()).unwrap_or(NonZeroUsize::MIN);
        let temp = args.temp.clone().unwrap_or_else(std::env::temp_dir);
        let mut corpus = Corpus::new().with_similarity(similarity).with_threads(threads);
        if let Some(bytes) = args.memory {
            corpus = corpus.with_memory_limit(bytes, &temp);
        }
        Self { report, corpus, entries: Vec::new(), weak: 0, lines: args.unique.then(|| Spool::new(&temp)) }
    }

    /// Finds the copies and writes what was asked for.
    fn answer(self, args: &DedupArgs, mut output: Output) -> (Result<(), WriteError>, Report) {
        let Self { report, corpus, entries, weak, lines } = self;
        let clusters = match corpus.clusters() {
            Ok(clusters) => clusters,
            Err(error) => {
                let problem = Problem::new(format!(
                    "cannot keep what does not fit into memory: {error}; name another folder with --temp"
                ));
                return (Err(WriteError::Fatal(problem)), report);
            }
        };
        let ids = entries.iter().filter_map(Entry::id);
        let mut known = HashSet::new();
        let again: Vec<&str> = ids.filter(|id| !known.insert(*id)).collect();
        if let Some(first) = again.first() {
            let note =
                format!("{} documents have the id of an earlier one; answers keep their order", again.len());
            report.note(&jsonl::plain(first), &note);
        }
        let mut answers = Answers { clusters: &clusters, entries: &entries, output: &mut output };
        let written = match lines {
            Some(lines) => answers.unique(lines),
            None if args.pairs => answers.pairs(args.format),
            None if args.format == CopiesFormat::Text => answers.list(),
            None => answers.places(),
        };
        if args.stats {
            report.say(&stats(&clusters, weak));
        }
        (written.and_then(|()| output.end()), report)
    }
}

impl Sink<Done<Document>> for Documents {
    fn put(&mut self, done: Done<Document>) -> io::Result<()> {
        let name = done.name();
        self.report.finished(&name);
        let document = match done.outcome {
            Ok(document) => document,
            Err(problem) => {
                self.report.failed(&name, &problem);
                self.entries.push(Entry::Bad { source: done.source, line: done.line, problem });
                return Ok(());
            }
        };
        document.notes.iter().for_each(|note| self.report.note(&name, note));
        let raw = document.raw.unwrap_or_default();
        if let Some(lines) = &mut self.lines {
            lines.put(&raw).map_err(|problem| io::Error::other(Stop(WriteError::Fatal(problem))))?;
        }
        self.entries.push(Entry::Document { id: document.id.into(), length: raw.len() });
        self.weak += usize::from(document.print.is_weak());
        self.corpus.push_ranked(document.print, document.rank);
        Ok(())
    }

    fn idle(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Entry {
    /// A document's id as JSON.
    fn id(&self) -> Option<&str> {
        match self {
            Self::Document { id, .. } => Some(id),
            Self::Bad { .. } => None,
        }
    }
}

/// What is written about documents.
struct Answers<'a> {
    clusters: &'a Clusters,
    entries: &'a [Entry],
    output: &'a mut Output,
}

impl<'a> Answers<'a> {
    /// The documents' ids as JSON, by their numbers in the corpus.
    fn ids(&self) -> Vec<&'a str> {
        self.entries.iter().filter_map(Entry::id).collect()
    }

    /// An object for each document and each failure, in the order of the input.
    fn places(&mut self) -> Result<(), WriteError> {
        let ids = self.ids();
        let mut places = self.clusters.places();
        for entry in self.entries {
            let (id, place) = match entry {
                Entry::Bad { .. } => {
                    self.bad(entry)?;
                    continue;
                }
                Entry::Document { id, .. } => match places.next() {
                    Some(place) => (id, place),
                    None => continue,
                },
            };
            let kept = place.measure().map_or("null", |_| ids[place.kept()]);
            let object = format!(
                r#"{{"id":{id},"cluster":{},"duplicate_of":{kept},{}}}"#,
                place.cluster(),
                measured(place.measure())
            );
            self.output.put_text(&object)?;
        }
        Ok(())
    }

    /// Each kept document with its copies, for people.
    fn list(&mut self) -> Result<(), WriteError> {
        let ids = self.ids();
        for cluster in self.clusters.iter().filter(|cluster| cluster.members().len() > 1) {
            let mut text = jsonl::plain(ids[cluster.kept()]);
            for &member in cluster.members() {
                let Some(measure) = self.clusters.place(member as usize).measure() else { continue };
                let (relation, similarity) = (measure.relation().as_str(), measure.similarity());
                let name = jsonl::plain(ids[member as usize]);
                text.push_str(&format!("\n    {relation:<9}  {similarity:.2}  {name}"));
            }
            self.output.put_text(&text)?;
        }
        Ok(())
    }

    /// Every verified pair, the failures first.
    fn pairs(&mut self, format: CopiesFormat) -> Result<(), WriteError> {
        let ids = self.ids();
        if format != CopiesFormat::Text {
            let mut entries = self.entries.iter();
            entries.try_for_each(|entry| self.bad(entry))?;
        }
        for pair in self.clusters.pairs() {
            let (a, b) = pair.texts();
            let (a, b, measure) = (ids[a], ids[b], pair.measure());
            let text = match format {
                CopiesFormat::Text => format!(
                    "{}\t{}\t{}\t{:.4}",
                    jsonl::plain(a),
                    jsonl::plain(b),
                    measure.relation(),
                    measure.similarity()
                ),
                _ => format!(r#"{{"a":{a},"b":{b},{}}}"#, measured(Some(measure))),
            };
            self.output.put_text(&text)?;
        }
        Ok(())
    }

    /// The kept documents as they came in.
    fn unique(&mut self, lines: Spool) -> Result<(), WriteError> {
        let length = |entry: &Entry| match entry {
            Entry::Document { length, .. } => Some(*length),
            Entry::Bad { .. } => None,
        };
        let mut places = self.clusters.places();
        let mut stopped = Ok(());
        let read = lines.read(self.entries.iter().filter_map(length), |line| {
            let is_kept = places.next().is_some_and(|place| place.measure().is_none());
            if is_kept && stopped.is_ok() {
                stopped = self.output.put_text(&String::from_utf8_lossy(line));
            }
            Ok(())
        });
        stopped.and(read.map_err(WriteError::Fatal))
    }

    /// What is written in place of an input that failed; nothing for a document.
    fn bad(&mut self, entry: &Entry) -> Result<(), WriteError> {
        let Entry::Bad { source, line, problem } = entry else { return Ok(()) };
        let (source, line, outcome) = (Arc::clone(source), *line, Err(problem.clone()));
        self.output.put(&Done { source, line, outcome })
    }
}

/// Relation and figures as the rest of a JSON object.
pub(crate) fn measured(measure: Option<Measure>) -> String {
    let Some(measure) = measure else {
        return r#""relation":null,"similarity":null,"containment":null"#.into();
    };
    format!(
        r#""relation":"{}","similarity":{},"containment":{}"#,
        measure.relation(),
        number(measure.similarity()),
        number(measure.containment())
    )
}

/// A share with four digits: no sketch tells more.
fn number(share: f32) -> String {
    format!("{:?}", (f64::from(share) * 1e4).round() / 1e4)
}

/// The run in one sentence.
fn stats(clusters: &Clusters, weak: usize) -> String {
    let documents = clusters.places().len();
    let count = |relation| clusters.places().filter(|place| place.relation() == Some(relation)).count();
    let sizes = clusters.iter().map(|cluster| cluster.members().len());
    format!(
        "{documents} documents, {} kept, {} copies ({} exact, {} near, {} contained, {} containing the kept one); \
         {} clusters of several, the largest of {}; {weak} too short to compare",
        clusters.len(),
        documents - clusters.len(),
        count(Relation::Exact),
        count(Relation::Near),
        count(Relation::Contained),
        count(Relation::Contains),
        sizes.clone().filter(|&size| size > 1).count(),
        sizes.max().unwrap_or(0),
    )
}
