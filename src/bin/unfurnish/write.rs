//! Files that appear whole or not at all.

use crate::problem::Problem;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file being written: under another name beside its own until it is complete.
#[derive(Debug)]
pub(crate) struct NewFile {
    out: BufWriter<File>,
    target: PathBuf,
    /// The name it has until then; none for pipes and devices, which are written straight.
    draft: Option<PathBuf>,
}

impl NewFile {
    /// Begins a file; makes the folders it needs.
    pub(crate) fn create(path: &Path) -> Result<Self, Problem> {
        let unwritable = |error: io::Error| Problem::unwritable(path, &error);
        // A link stays a link: what it leads to is replaced.
        let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        match fs::metadata(&target) {
            Ok(about) if about.is_dir() => return Err(unwritable(io::ErrorKind::IsADirectory.into())),
            Ok(about) if !about.is_file() => {
                let file = OpenOptions::new().write(true).open(&target).map_err(unwritable)?;
                return Ok(Self { out: BufWriter::new(file), target, draft: None });
            }
            _ => {}
        }
        let folder =
            target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(unwritable)?;
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let draft = folder.join(format!(".{name}.{}.part", std::process::id()));
        // One that an earlier run left behind; never what somebody else's link leads to.
        let _ = fs::remove_file(&draft);
        let file = OpenOptions::new().write(true).create_new(true).open(&draft).map_err(unwritable)?;
        if let Ok(about) = fs::metadata(&target) {
            // Best effort: a file that cannot keep its mode is still better written than not.
            let _ = file.set_permissions(about.permissions());
        }
        Ok(Self { out: BufWriter::with_capacity(1 << 16, file), target, draft: Some(draft) })
    }

    /// The file it will be.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// Gives the complete file its name.
    pub(crate) fn finish(mut self) -> Result<(), Problem> {
        let unwritable = |target: &Path, error: io::Error| Problem::unwritable(target, &error);
        self.out.flush().map_err(|error| unwritable(&self.target, error))?;
        if let Some(draft) = &self.draft {
            fs::rename(draft, &self.target).map_err(|error| unwritable(&self.target, error))?;
            self.draft = None;
        }
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Drop for NewFile {
    /// Takes away what was not finished.
    fn drop(&mut self) {
        if let Some(draft) = &self.draft {
            let _ = fs::remove_file(draft);
        }
    }
}
