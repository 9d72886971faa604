//! Inputs that fuzzing or a reader found once: all laws, in every reading.

#![allow(clippy::print_stdout)]

mod laws;

use std::path::Path;

#[test]
fn what_broke_a_law_once_breaks_none_now() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/found");
    let mut inputs = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder is part of the crate") {
        let path = entry.expect("a readable folder").path();
        // Which one it was shows above a failure.
        println!("{}", path.display());
        laws::obey_in_every_reading(&std::fs::read(&path).expect("a readable file"));
        inputs += 1;
    }
    assert!(inputs >= 3, "the inputs are missing");
}
