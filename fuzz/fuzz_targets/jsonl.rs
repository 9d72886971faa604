#![no_main]

//! A stream of JSON lines as the command line reads it: its own modules, compiled into this target.

#[allow(dead_code)]
#[path = "../../src/bin/unfurnish/jsonl.rs"]
mod jsonl;
#[allow(dead_code)]
#[path = "../../src/bin/unfurnish/lines.rs"]
mod lines;
#[allow(dead_code)]
#[path = "../../src/bin/unfurnish/object.rs"]
mod object;
#[allow(dead_code)]
#[path = "../../src/bin/unfurnish/problem.rs"]
mod problem;
/// Of the terminal's module the one function that is asked for; what it does is no concern here.
mod terminal {
    pub(crate) fn one_line(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

use lines::Line;
use std::io::BufReader;

/// Short, so that lines longer than the limit come about.
const LONGEST: usize = 3 << 10;

libfuzzer_sys::fuzz_target!(|stream: &[u8]| {
    let whole = read_lines(stream, 1 << 16);
    assert_eq!(whole, read_lines(stream, 1 + stream.len() % 61), "pieces make no difference");
    assert_eq!(whole, naive_lines(stream));
    for (number, line) in (1..).zip(&whole) {
        let Line::Whole(line) = line else { continue };
        let prefer = if stream.len() % 2 == 0 { jsonl::Prefer::Page } else { jsonl::Prefer::Body };
        let answer = match jsonl::read(line, Some("https://news.example/a"), prefer) {
            Ok(record) => {
                unfurnish_fuzz::obey(&record.page);
                let article = unfurnish::extract(record.page.clone());
                let answer = jsonl::object(record.id.as_deref(), &article, number % 2 == 0);
                let id: serde_json::Value =
                    serde_json::from_str(record.id.as_deref().unwrap_or("null")).expect("an id");
                let read: serde_json::Value = serde_json::from_str(&answer).expect("an answer is JSON");
                assert_eq!(read["id"], id);
                assert!(read.get("error").is_none() && read.get("text").is_some());
                answer
            }
            Err(problem) => {
                let answer = jsonl::bad_line(number, &problem);
                let read: serde_json::Value = serde_json::from_str(&answer).expect("an error is JSON");
                assert!(read["error"].is_string());
                assert_eq!(read["line"], number);
                answer
            }
        };
        assert!(!answer.contains(['\n', '\r']), "one line for one line");
        jsonl::looks_like(line);
    }
});

fn read_lines(stream: &[u8], capacity: usize) -> Vec<Line> {
    let mut reader = BufReader::with_capacity(capacity, stream);
    std::iter::from_fn(|| lines::next(&mut reader, LONGEST).expect("memory can be read")).collect()
}

/// What `lines::next` does, written without streams.
fn naive_lines(stream: &[u8]) -> Vec<Line> {
    let line = |line: &[u8]| {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        match line.len() > LONGEST {
            true => Line::TooLong,
            false => Line::Whole(line.strip_suffix(b"\r").unwrap_or(line).to_vec()),
        }
    };
    stream.split_inclusive(|b| *b == b'\n').map(line).collect()
}
