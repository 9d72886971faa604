//! Prints the article of each file named on the command line, and what was removed from it.
//!
//! `cargo run --example clean -- seeds/*.html`

#![allow(clippy::print_stdout, clippy::print_stderr)]

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("{path}: {error}");
                continue;
            }
        };
        let article = unfurnish::extract(&bytes);
        println!("== {path}: {}\n", article.metadata().title().unwrap_or("(no title)"));
        println!("{}", article.text());
        for block in article.removed() {
            println!("  - {:<12} {} | {:.60}", block.label(), block.reason(), block.text());
        }
        println!();
    }
}
