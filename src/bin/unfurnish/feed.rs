//! The inputs that a command line names, in order, one after the other.

use crate::args::{InputKind, ReadArgs};
use crate::document::{Content, Input, Source};
use crate::jsonl;
use crate::lines::{self, LONGEST_LINE, Line};
use crate::pool::Take;
use crate::problem::Problem;
use crate::read;
use globset::GlobBuilder;
use ignore::WalkBuilder;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use unfurnish::Page;

/// Extensions of files that are read when their folder is named; others must be named themselves.
pub(crate) const EXTENSIONS: &[&str] =
    &["html", "htm", "xhtml", "md", "markdown", "txt", "text", "jsonl", "ndjson"];

/// Finds and hands over inputs.
#[derive(Debug)]
pub(crate) struct Feed {
    paths: Vec<PathBuf>,
    kind: InputKind,
    /// What is being written and must not be read.
    own: Option<PathBuf>,
    several_paths: bool,
}

/// How a path is understood.
enum Named {
    Stdin,
    File,
    Folder,
    Glob,
    Missing(Problem),
}

/// Signs that make a path that does not exist a glob.
const GLOB_SIGNS: &[char] = &['*', '?', '[', '{'];

fn named(path: &Path) -> Named {
    if path == Path::new("-") {
        return Named::Stdin;
    }
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => Named::Folder,
        Ok(_) => Named::File,
        Err(_) if path.to_string_lossy().contains(GLOB_SIGNS) => Named::Glob,
        Err(error) => Named::Missing(Problem::unreadable(&error)),
    }
}

impl Feed {
    /// The inputs of a command line; `own` is the file or folder it writes to.
    pub(crate) fn of(args: &ReadArgs, own: Option<&Path>) -> Self {
        let paths = if args.paths.is_empty() { vec![PathBuf::from("-")] } else { args.paths.clone() };
        let several_paths = paths.len() > 1;
        Self { paths, kind: args.input, own: own.and_then(|own| own.canonicalize().ok()), several_paths }
    }

    /// Whether more than one input may come, as far as the command line tells.
    pub(crate) fn is_several(&self) -> bool {
        self.several_paths
            || self.paths.iter().any(|path| {
                matches!(named(path), Named::Folder | Named::Glob)
                    || self.is_lines_by_name(path) == Some(true)
            })
    }

    /// Hands over everything; stops when nobody takes it any more.
    pub(crate) fn run(self, take: Take<'_, Input>) {
        for path in &self.paths {
            let goes_on = match named(path) {
                Named::Stdin => self.stdin(take),
                Named::File => self.file(path, file_name(path), take),
                Named::Folder => self.folder(path, take),
                Named::Glob => self.glob(path, take),
                Named::Missing(problem) => take(self.bad(path, problem), 0),
            };
            if !goes_on {
                return;
            }
        }
    }

    fn bad(&self, path: &Path, problem: Problem) -> Input {
        Input { source: source(path, file_name(path), false), content: Content::Bad(problem) }
    }

    fn stdin(&self, take: Take<'_, Input>) -> bool {
        let mut reader = BufReader::with_capacity(1 << 16, std::io::stdin());
        let source = |is_lines| {
            Arc::new(Source { name: "standard input".into(), mirror: "stdin".into(), path: None, is_lines })
        };
        let sniffed = match self.kind {
            InputKind::Jsonl => Ok(Sniffed { is_lines: true, read: Vec::new() }),
            InputKind::Auto => sniff(&mut reader),
            _ => Ok(Sniffed { is_lines: false, read: Vec::new() }),
        };
        let content = match sniffed {
            Ok(Sniffed { is_lines, read: start }) => {
                let reader = Cursor::new(start).chain(reader);
                if is_lines {
                    return lines(&source(true), reader, take);
                }
                read::all(reader).map_or_else(Content::Bad, Content::Bytes)
            }
            Err(error) => Content::Bad(Problem::unreadable(&error)),
        };
        let bytes = if let Content::Bytes(bytes) = &content { bytes.len() } else { 0 };
        take(Input { source: source(false), content }, bytes)
    }

    /// Whether a file holds JSON lines, if its name and the command line tell.
    fn is_lines_by_name(&self, path: &Path) -> Option<bool> {
        match (self.kind, read::extension(path).as_str()) {
            (InputKind::Jsonl, _) | (InputKind::Auto, "jsonl" | "ndjson") => Some(true),
            (InputKind::Auto, extension) if !EXTENSIONS.contains(&extension) => None,
            _ => Some(false),
        }
    }

    fn file(&self, path: &Path, mirror: PathBuf, take: Take<'_, Input>) -> bool {
        let bytes = fs::metadata(path).map_or(0, |about| about.len() as usize);
        let by_name = self.is_lines_by_name(path);
        if by_name == Some(false) {
            return take(Input { source: source(path, mirror, false), content: Content::File }, bytes);
        }
        let mut reader = match File::open(path) {
            Ok(file) => BufReader::with_capacity(1 << 16, file),
            Err(error) => return take(self.bad(path, Problem::unreadable(&error)), 0),
        };
        let sniffed = match by_name {
            Some(is_lines) => Ok(Sniffed { is_lines, read: Vec::new() }),
            None => sniff(&mut reader),
        };
        match sniffed {
            Err(error) => take(self.bad(path, Problem::unreadable(&error)), 0),
            Ok(Sniffed { is_lines: true, read: start }) => {
                lines(&source(path, mirror, true), Cursor::new(start).chain(reader), take)
            }
            // A pipe that was named like a file can be read only once.
            Ok(Sniffed { read: start, .. }) if bytes == 0 => {
                let content =
                    read::all(Cursor::new(start).chain(reader)).map_or_else(Content::Bad, Content::Bytes);
                take(Input { source: source(path, mirror, false), content }, 0)
            }
            Ok(_) => take(Input { source: source(path, mirror, false), content: Content::File }, bytes),
        }
    }

    fn folder(&self, root: &Path, take: Take<'_, Input>) -> bool {
        let mut walk = WalkBuilder::new(root);
        let own = self.own.clone();
        walk.require_git(false).sort_by_file_name(std::ffi::OsStr::cmp).filter_entry(move |entry| {
            // What this program writes below the folder it reads is no input, not this time and not the next.
            own.is_none() || entry.depth() == 0 || entry.path().canonicalize().ok() != own
        });
        let mut found = false;
        for entry in walk.build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    found = true;
                    let (path, problem) = walk_problem(root, &error);
                    if !take(self.bad(&path, problem), 0) {
                        return false;
                    }
                    continue;
                }
            };
            let path = entry.path();
            if !is_file(&entry) || !is_wanted(path) {
                continue;
            }
            found = true;
            let below = path.strip_prefix(root).unwrap_or(path);
            let mirror = match root.file_name() {
                Some(name) if self.several_paths => Path::new(name).join(below),
                _ => below.to_path_buf(),
            };
            if !self.file(path, mirror, take) {
                return false;
            }
        }
        if found {
            return true;
        }
        let problem = format!(
            "no page is in this folder (looked for {}); name other files themselves, or as a glob",
            EXTENSIONS.join(", ")
        );
        take(self.bad(root, Problem::new(problem)), 0)
    }

    /// A glob that no shell has expanded.
    fn glob(&self, pattern: &Path, take: Take<'_, Input>) -> bool {
        let text = pattern.to_string_lossy();
        let glob = match GlobBuilder::new(&text).literal_separator(true).build() {
            Ok(glob) => glob.compile_matcher(),
            Err(error) => {
                let problem =
                    format!("there is no such file, and as a glob it makes no sense: {}", error.kind());
                return take(self.bad(pattern, Problem::new(problem)), 0);
            }
        };
        let is_plain =
            |part: &std::path::Component<'_>| !part.as_os_str().to_string_lossy().contains(GLOB_SIGNS);
        let base: PathBuf = pattern.components().take_while(is_plain).collect();
        let is_here = base.as_os_str().is_empty();
        let start = if is_here { PathBuf::from(".") } else { base.clone() };
        // As a shell would: hidden files stay out, ignored ones do not.
        let mut walk = WalkBuilder::new(&start);
        walk.standard_filters(false).hidden(true).sort_by_file_name(std::ffi::OsStr::cmp);
        if !text.contains("**") {
            walk.max_depth(Some(pattern.components().count() - base.components().count()));
        }
        let mut found = false;
        for entry in walk.build().flatten() {
            let path =
                if is_here { entry.path().strip_prefix(".").unwrap_or(entry.path()) } else { entry.path() };
            if !is_file(&entry) || !glob.is_match(path) || self.is_own(path) {
                continue;
            }
            found = true;
            let mirror = path.strip_prefix(&base).unwrap_or(path).to_path_buf();
            if !self.file(path, mirror, take) {
                return false;
            }
        }
        found || take(self.bad(pattern, Problem::new("no file is called so; check the path or the glob")), 0)
    }

    fn is_own(&self, path: &Path) -> bool {
        let own = self.own.as_deref();
        own.is_some_and(|own| path.canonicalize().is_ok_and(|path| path.starts_with(own)))
    }
}

fn source(path: &Path, mirror: PathBuf, is_lines: bool) -> Arc<Source> {
    Arc::new(Source { name: path.display().to_string(), mirror, path: Some(path.to_path_buf()), is_lines })
}

fn file_name(path: &Path) -> PathBuf {
    path.file_name().map_or_else(|| PathBuf::from("page"), PathBuf::from)
}

/// Files, and links to files.
fn is_file(entry: &ignore::DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file() || (kind.is_symlink() && entry.path().is_file()))
}

/// Whether a file in a folder looks like a page: by its extension, or, without one, by its first bytes.
fn is_wanted(path: &Path) -> bool {
    if path.extension().is_some() {
        return EXTENSIONS.contains(&read::extension(path).as_str());
    }
    let mut head = Vec::new();
    let read = File::open(path).map(|file| file.take(2048).read_to_end(&mut head));
    // One that cannot be read is handed on, so that it is named as such.
    !matches!(read, Ok(Ok(_))) || (!head.is_empty() && Page::binary_kind(&head).is_none())
}

/// The path and the nature of what went wrong on a walk.
fn walk_problem(root: &Path, error: &ignore::Error) -> (PathBuf, Problem) {
    let mut path = root.to_path_buf();
    let mut inner = error;
    loop {
        inner = match inner {
            ignore::Error::WithPath { path: at, err } => {
                path.clone_from(at);
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            ignore::Error::Io(error) => return (path, Problem::unreadable(error)),
            other => return (path, Problem::new(format!("cannot walk this folder: {other}"))),
        };
    }
}

/// What the start of a stream tells, and what was read to see it.
struct Sniffed {
    is_lines: bool,
    read: Vec<u8>,
}

/// Whether the first line of a stream is an object with a page in it.
fn sniff(reader: &mut impl BufRead) -> std::io::Result<Sniffed> {
    let start = read::peek(reader)?;
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    if !text.starts_with(b"{") {
        return Ok(Sniffed { is_lines: false, read: Vec::new() });
    }
    let mut read = Vec::new();
    // Blank lines may stand before it.
    while read.trim_ascii().is_empty() || read.trim_ascii() == b"\xef\xbb\xbf" {
        let before = read.len();
        reader.by_ref().take(LONGEST_LINE as u64).read_until(b'\n', &mut read)?;
        if read.len() == before {
            break;
        }
    }
    Ok(Sniffed { is_lines: jsonl::looks_like(&read), read })
}

/// Hands over the lines of a stream.
fn lines(source: &Arc<Source>, mut reader: impl BufRead, take: Take<'_, Input>) -> bool {
    let mut number = 0;
    loop {
        number += 1;
        let content = match lines::next(&mut reader, LONGEST_LINE) {
            Ok(None) => return true,
            Ok(Some(Line::TooLong)) => {
                let problem = format!("the line is longer than {} MiB, which no page is", LONGEST_LINE >> 20);
                Content::BadLine(number, Problem::new(problem))
            }
            Ok(Some(Line::Whole(mut line))) => {
                if number == 1 && line.starts_with(b"\xef\xbb\xbf") {
                    line.drain(..3);
                }
                if line.trim_ascii().is_empty() {
                    continue;
                }
                Content::Line(number, line)
            }
            Err(error) => {
                let content = Content::Bad(Problem::unreadable(&error));
                return take(Input { source: Arc::clone(source), content }, 0);
            }
        };
        let bytes = if let Content::Line(_, line) = &content { line.len() } else { 0 };
        if !take(Input { source: Arc::clone(source), content }, bytes) {
            return false;
        }
    }
}
