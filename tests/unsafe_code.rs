//! Unsafe code stands in one file, which miri runs.

use std::path::{Path, PathBuf};

/// The files of Rust below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a readable folder");
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn one_file_may_hold_unsafe_code() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allow =
        |path: &PathBuf| std::fs::read_to_string(path).is_ok_and(|text| text.contains("allow(unsafe_code)"));
    let found: Vec<PathBuf> = files(&source).into_iter().filter(allow).collect();
    assert_eq!(found, [source.join("simd.rs")]);
}
