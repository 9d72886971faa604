//! Files that are gone when they are no longer needed.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Takes a file away.
#[derive(Debug)]
pub(crate) struct Gone(pub(crate) PathBuf);

impl Drop for Gone {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Makes a file in a folder, to be written and read again. What another process of the same number left behind when it was killed, as
/// happens in containers, is not touched.
pub(crate) fn create(folder: &Path, name: &str) -> io::Result<(File, Gone)> {
    let process = std::process::id();
    let mut number = 0u32;
    loop {
        let path = folder.join(format!("{name}.{process}.{number}.part"));
        match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
            Ok(file) => return Ok((file, Gone(path))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(told(&path, &error)),
        }
    }
}

/// An error with the file that it is about.
pub(crate) fn told(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_behind_is_not_in_the_way_and_stays() {
        let folder = std::env::temp_dir();
        let made = [(); 2].map(|()| create(&folder, "unfurnish-test"));
        let [(_, first), (_, second)] = made.map(|made| made.expect("the folder can be written to"));
        let paths = [first.0.clone(), second.0.clone()];
        drop(second);
        assert!(paths[0].exists() && !paths[1].exists());
        drop(first);
        assert!(!paths[0].exists());
    }
}
