//! Where results go: one stream for all, or a folder that mirrors what was read.

use crate::args::{OutputFormat, ReadArgs};
use crate::copies_args::CopiesFormat;
use crate::document::{Done, Source};
use crate::exit::Exit;
use crate::feed::{EXTENSIONS, Feed};
use crate::jsonl;
use crate::pretty::pretty;
use crate::problem::Problem;
use crate::read;
use crate::terminal;
use crate::write::NewFile;
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How several documents stand in one stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Style {
    /// Text between headers, as `explain` and text have it: `==> name <==`.
    Headers,
    /// Mark-up between comments with the names.
    Comments,
    /// A list of objects.
    List,
    /// An object a line.
    Lines,
    /// Lines of text.
    Plain,
}

impl From<CopiesFormat> for Style {
    fn from(format: CopiesFormat) -> Self {
        match format {
            CopiesFormat::Text => Self::Plain,
            CopiesFormat::Json => Self::List,
            CopiesFormat::Jsonl => Self::Lines,
        }
    }
}

impl From<OutputFormat> for Style {
    fn from(format: OutputFormat) -> Self {
        match format {
            OutputFormat::Text => Self::Headers,
            OutputFormat::Markdown | OutputFormat::Html => Self::Comments,
            OutputFormat::Json => Self::List,
            OutputFormat::Jsonl => Self::Lines,
        }
    }
}

/// One stream of documents.
#[derive(Debug)]
struct Stream<W: Write> {
    out: W,
    style: Style,
    several: bool,
    /// Whether control characters are taken out.
    for_terminal: bool,
    count: u64,
}

impl<W: Write> Stream<W> {
    fn new(out: W, style: Style, several: bool, for_terminal: bool) -> Self {
        Self { out, style, several, for_terminal, count: 0 }
    }

    fn put(&mut self, done: &Done) -> io::Result<()> {
        match (&done.outcome, self.style) {
            (Ok(written), _) => self.put_text(&done.name(), &written.text),
            (Err(problem), Style::List | Style::Lines) => {
                self.put_text(&done.name(), &error_object(done, problem))
            }
            // The other formats have no place for errors.
            (Err(_), _) => Ok(()),
        }
    }

    /// Writes one document or object.
    fn put_text(&mut self, name: &str, text: &str) -> io::Result<()> {
        let text = if self.style == Style::List { Cow::Owned(pretty(text)) } else { Cow::Borrowed(text) };
        let text = if self.for_terminal { terminal::without_control(&text) } else { text.as_ref().into() };
        let before = self.before(name);
        self.out.write_all(before.as_bytes())?;
        self.out.write_all(text.as_bytes())?;
        self.count += 1;
        match self.style {
            Style::Lines | Style::Plain => self.out.write_all(b"\n"),
            Style::List if !self.several => self.out.write_all(b"\n"),
            _ => Ok(()),
        }
    }

    /// What stands between a document and the one before it.
    fn before(&self, name: &str) -> String {
        let first = self.count == 0;
        let gap = if first { "" } else { "\n" };
        match self.style {
            _ if !self.several => String::new(),
            Style::Headers => format!("{gap}==> {} <==\n\n", terminal::one_line(name)),
            Style::Comments => format!("{gap}<!-- {} -->\n\n", terminal::one_line(name).replace("--", "- -")),
            Style::List => String::from(if first { "[\n" } else { ",\n" }),
            Style::Lines | Style::Plain => String::new(),
        }
    }

    fn end(&mut self) -> io::Result<()> {
        if self.style == Style::List && self.several {
            self.out.write_all(if self.count == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()
    }
}

/// What is written in place of an input that failed.
fn error_object<T>(done: &Done<T>, problem: &Problem) -> String {
    match done.line {
        Some(line) => jsonl::bad_line(line, problem),
        None => jsonl::bad_file(id_of(&done.source).as_deref(), problem),
    }
}

/// The id of an input that has none of its own: the name of its file.
pub(crate) fn id_of(source: &Source) -> Option<String> {
    source.path.as_ref().map(|path| jsonl::string(&path.to_string_lossy()))
}

/// Where everything goes.
#[derive(Debug)]
pub(crate) struct Output {
    place: Place,
    style: Style,
}

#[derive(Debug)]
enum Place {
    Stdout(Stream<BufWriter<Stdout>>),
    File(Stream<NewFile>),
    Folder(Folder),
}

/// What went wrong while writing.
#[derive(Debug)]
pub(crate) enum WriteError {
    /// Nobody reads any more.
    Closed,
    /// Nothing can be written any more.
    Fatal(Problem),
    /// This one input cannot be written.
    Here(Problem),
}

impl Output {
    /// To standard output.
    pub(crate) fn stdout(style: Style, several: bool) -> Self {
        let out = BufWriter::with_capacity(1 << 16, io::stdout());
        Self { place: Place::Stdout(Stream::new(out, style, several, terminal::stdout_is_terminal())), style }
    }

    /// To a file or a folder.
    pub(crate) fn at(
        path: &Path,
        format: OutputFormat,
        read: &ReadArgs,
        several: bool,
    ) -> Result<Self, Problem> {
        let style = Style::from(format);
        let place = if is_folder(path, several) {
            Place::Folder(Folder::new(path, format, read))
        } else {
            return Self::file(path, style, read, several);
        };
        Ok(Self { place, style })
    }

    /// To one file.
    pub(crate) fn file(path: &Path, style: Style, read: &ReadArgs, several: bool) -> Result<Self, Problem> {
        if read.paths.iter().any(|input| is_same(input, path)) {
            return Err(Problem::new(format!(
                "{} is an input and would be overwritten; name another file with --output",
                path.display()
            )));
        }
        Ok(Self { place: Place::File(Stream::new(NewFile::create(path)?, style, several, false)), style })
    }

    /// Lets control characters through: the text was made for the terminal.
    pub(crate) fn keep_control(&mut self) {
        if let Place::Stdout(stream) = &mut self.place {
            stream.for_terminal = false;
        }
    }

    /// Whether what is written appears on a screen.
    pub(crate) fn is_seen(&self) -> bool {
        matches!(&self.place, Place::Stdout(_)) && terminal::stdout_is_terminal()
    }

    pub(crate) fn put(&mut self, done: &Done) -> Result<(), WriteError> {
        match &mut self.place {
            Place::Stdout(stream) => stream.put(done).map_err(stdout_error),
            Place::File(stream) => {
                let target = stream.out.target().to_path_buf();
                stream.put(done).map_err(|error| WriteError::Fatal(Problem::unwritable(&target, &error)))
            }
            Place::Folder(folder) => folder.put(done, self.style).map_err(WriteError::Here),
        }
    }

    /// Writes an object, or lines of text; there is no folder for such things.
    pub(crate) fn put_text(&mut self, text: &str) -> Result<(), WriteError> {
        match &mut self.place {
            Place::Stdout(stream) => stream.put_text("", text).map_err(stdout_error),
            Place::File(stream) => {
                let put = stream.put_text("", text);
                put.map_err(|error| WriteError::Fatal(Problem::unwritable(stream.out.target(), &error)))
            }
            Place::Folder(_) => Ok(()),
        }
    }

    /// Lets readers see what was written so far.
    pub(crate) fn flush(&mut self) -> Result<(), WriteError> {
        match &mut self.place {
            Place::Stdout(stream) => stream.out.flush().map_err(stdout_error),
            _ => Ok(()),
        }
    }

    /// Completes what was begun.
    pub(crate) fn end(self) -> Result<(), WriteError> {
        match self.place {
            Place::Stdout(mut stream) => stream.end().map_err(stdout_error),
            Place::File(stream) => finish(stream).map_err(WriteError::Fatal),
            Place::Folder(mut folder) => folder.close().map_err(WriteError::Here),
        }
    }
}

fn stdout_error(error: io::Error) -> WriteError {
    match error.kind() {
        io::ErrorKind::BrokenPipe => WriteError::Closed,
        _ => WriteError::Fatal(Problem::new(format!("cannot write to standard output: {error}"))),
    }
}

fn finish(mut stream: Stream<NewFile>) -> Result<(), Problem> {
    let target = stream.out.target().to_path_buf();
    stream.end().map_err(|error| Problem::unwritable(&target, &error))?;
    stream.out.finish()
}

/// Whether a path that is to be written is meant as a folder.
fn is_folder(path: &Path, several: bool) -> bool {
    let text = path.to_string_lossy();
    path.is_dir()
        || text.ends_with(std::path::is_separator)
        || (several && path.extension().is_none() && !path.exists())
}

/// Whether two paths lead to the same file.
fn is_same(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

/// A folder with a file for each source.
#[derive(Debug)]
struct Folder {
    root: PathBuf,
    format: OutputFormat,
    /// Files that are inputs, and folders that hold inputs.
    inputs: Vec<PathBuf>,
    /// Files that were written, by a hash of their paths.
    written: HashSet<PathBuf>,
    /// The file that is being written and the source it is for.
    open: Option<(Arc<Source>, Stream<NewFile>)>,
    /// A source whose file could not be begun: its other lines need not try.
    failed: Option<Arc<Source>>,
}

impl Folder {
    fn new(root: &Path, format: OutputFormat, read: &ReadArgs) -> Self {
        let inputs = read.paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
        Self { root: root.to_path_buf(), format, inputs, written: HashSet::new(), open: None, failed: None }
    }

    fn put(&mut self, done: &Done, style: Style) -> Result<(), Problem> {
        if done.outcome.is_err() && !done.source.is_lines {
            // A file that failed leaves none behind.
            return Ok(());
        }
        if self.failed.as_ref().is_some_and(|failed| Arc::ptr_eq(failed, &done.source)) {
            return Ok(());
        }
        if self.open.as_ref().is_none_or(|(source, _)| !Arc::ptr_eq(source, &done.source)) {
            self.close()?;
            let begun = self.path_for(&done.source).and_then(|path| Ok((NewFile::create(&path)?, path)));
            match begun {
                Ok((file, path)) => {
                    self.written.insert(path);
                    let stream = Stream::new(file, style, done.source.is_lines, false);
                    self.open = Some((Arc::clone(&done.source), stream));
                }
                Err(problem) => {
                    self.failed = Some(Arc::clone(&done.source));
                    return Err(problem);
                }
            }
        }
        let Some((_, stream)) = &mut self.open else { return Ok(()) };
        let target = stream.out.target().to_path_buf();
        let put = stream.put(done);
        if let Err(error) = put {
            self.open = None;
            self.failed = Some(Arc::clone(&done.source));
            return Err(Problem::unwritable(&target, &error));
        }
        if done.source.is_lines { Ok(()) } else { self.close() }
    }

    fn close(&mut self) -> Result<(), Problem> {
        self.open.take().map_or(Ok(()), |(_, stream)| finish(stream))
    }

    /// The file for a source: no input, and no file that another source has got.
    fn path_for(&self, source: &Source) -> Result<PathBuf, Problem> {
        let extension = self.format.extension();
        let known = EXTENSIONS.contains(&read::extension(&source.mirror).as_str());
        let name = source.mirror.file_name().unwrap_or_default();
        let mut appended = name.to_os_string();
        appended.push(".");
        appended.push(extension);
        let replaced = if known {
            source.mirror.with_extension(extension)
        } else {
            source.mirror.with_file_name(&appended)
        };
        // Two sources may differ in their extension only.
        let candidates = [replaced, source.mirror.with_file_name(&appended)];
        let free =
            candidates.iter().map(|below| self.root.join(below)).find(|path| !self.written.contains(path));
        let Some(path) = free else {
            return Err(Problem::new(format!(
                "another input was written to {} already; clean them one by one, or their folder",
                self.root.join(&candidates[1]).display()
            )));
        };
        if self.is_input(&path) {
            return Err(Problem::new(format!(
                "{} stands among the inputs and would be overwritten; name another folder with --output",
                path.display()
            )));
        }
        Ok(path)
    }

    /// Whether a file is an input, or may be one because it stands in a folder that is being read.
    fn is_input(&self, path: &Path) -> bool {
        let Ok(path) = path.canonicalize() else { return false };
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        self.inputs.iter().any(|input| {
            // An output folder inside of the input is passed over while reading.
            *input == path || (path.starts_with(input) && !(root.starts_with(input) && root != *input))
        })
    }
}

/// Whether more than one document may come; see [`Feed::is_several`].
pub(crate) fn is_several(read: &ReadArgs) -> bool {
    read.input == crate::args::InputKind::Jsonl || Feed::of(read, None).is_several()
}

/// Writes something to standard output; nobody reading it is no error.
pub(crate) fn print(bytes: &[u8]) -> Exit {
    let mut out = io::stdout();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("unfurnish: cannot write to standard output: {error}");
            Exit::SomeFailed
        }
        _ => Exit::Fine,
    }
}
