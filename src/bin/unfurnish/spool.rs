//! Lines that are kept until it is known which of them are wanted: in memory, and in a file if they are many.

use crate::problem::Problem;
use crate::temporary::{self, Gone};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Bytes that are kept in memory before a file is made.
const IN_MEMORY: usize = 64 << 20;

/// Keeps lines in their order.
#[derive(Debug)]
pub(crate) struct Spool {
    folder: PathBuf,
    start: Vec<u8>,
    rest: Option<(BufWriter<File>, Gone)>,
}

impl Spool {
    /// Begins with nothing; a file, if there must be one, stands in `folder`.
    pub(crate) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf(), start: Vec::new(), rest: None }
    }

    /// Adds a line.
    pub(crate) fn put(&mut self, line: &[u8]) -> Result<(), Problem> {
        if self.rest.is_none() {
            if self.start.len() + line.len() <= IN_MEMORY {
                self.start.extend_from_slice(line);
                return Ok(());
            }
            let made = temporary::create(&self.folder, "unfurnish-lines");
            let (file, gone) = made.map_err(|error| self.problem(&error))?;
            self.rest = Some((BufWriter::with_capacity(1 << 18, file), gone));
        }
        let Some((file, _)) = &mut self.rest else { return Ok(()) };
        file.write_all(line).map_err(|error| self.problem(&error))
    }

    /// Hands back all lines, whose lengths must be those that were put.
    pub(crate) fn read(
        mut self,
        lengths: impl Iterator<Item = usize>,
        mut each: impl FnMut(&[u8]) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        let start = std::mem::take(&mut self.start);
        let mut from_start = &start[..];
        let rest = self.rest.take();
        let folder = self.folder.clone();
        let unreadable = |error: io::Error| {
            Problem::new(format!("cannot read back the lines kept in {}: {error}", folder.display()))
        };
        let (mut file, _gone) = match rest {
            Some((writer, gone)) => {
                let mut file = writer.into_inner().map_err(|error| self.problem(error.error()))?;
                file.rewind().map_err(unreadable)?;
                (Some(BufReader::with_capacity(1 << 18, file)), Some(gone))
            }
            None => (None, None),
        };
        let mut line = Vec::new();
        for length in lengths {
            line.resize(length, 0);
            match &mut file {
                Some(file) if from_start.is_empty() => file.read_exact(&mut line).map_err(unreadable)?,
                _ => from_start.read_exact(&mut line).map_err(unreadable)?,
            }
            each(&line)?;
        }
        Ok(())
    }

    fn problem(&self, error: &io::Error) -> Problem {
        Problem::new(format!(
            "cannot keep the lines in {}: {error}; name a folder with more room with --temp",
            self.folder.display()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_as_they_were_from_memory_and_file() {
        let folder = std::env::temp_dir();
        let mut spool = Spool::new(&folder);
        let lines: Vec<Vec<u8>> = (0..70u8).map(|i| vec![i; (1 << 20) + usize::from(i)]).collect();
        for line in &lines {
            assert!(spool.put(line).is_ok());
        }
        let mut at = 0;
        let read = spool.read(lines.iter().map(Vec::len), |line| {
            assert_eq!(line, lines[at]);
            at += 1;
            Ok(())
        });
        assert!(read.is_ok() && at == lines.len());
        assert!(!folder.join(format!("unfurnish-lines.{}.0.part", std::process::id())).exists());
    }
}
