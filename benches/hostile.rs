//! What inputs made to do harm cost, beside an ordinary page: `cargo run --release --example hostile [-- MOST_MB]`.
//!
//! Each is measured at 1, 4 and 16 MB in a process of its own, so that its peak of memory is its own. The program fails if a
//! family grows faster than its size. `--signs KB` repeats each entry of the crate's lists in a page of its own and tells
//! which take long, `--write FOLDER MB` writes the pages into a folder instead, for others to try.
#![allow(clippy::print_stdout)]

mod hostile_pages;
mod pages;
#[path = "../tests/laws/time.rs"]
#[allow(dead_code, unreachable_pub)]
mod time;

use hostile_pages::signs::LISTS;
use hostile_pages::{FAMILIES, Kind, work};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// What everything is compared with.
const ORDINARY: &str = "an ordinary page";
/// What corpora are compared with besides: an index does other work than an extraction.
const ORDINARY_CORPUS: &str = "an ordinary corpus";
/// An input and an ordinary page of its size take turns until the input has had this long: what else the machine does slows
/// both alike, and the clock of a thread may stand still for four milliseconds.
const LEAST_TIME: Duration = Duration::from_millis(200);
/// That, or the reading of a page, is done so often, and the shortest time counts: what else runs makes it longer, never shorter.
const TRIES: usize = 3;
/// The share of time for a byte that may be lost when an input is four times as long, twice over: caches end, sorting has a
/// logarithm. Quadratic work comes to 16.
const MOST_GROWTH: f64 = 3.0;

/// What one input took for each of its bytes.
#[derive(Clone, Copy, Debug)]
struct Point {
    /// Nanoseconds.
    time: f64,
    /// Nanoseconds of an ordinary page of the same size in the same process.
    ordinary: f64,
    /// Bytes at the peak.
    memory: f64,
}

impl Point {
    fn against_ordinary(self) -> f64 {
        self.time / self.ordinary
    }
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--one", name, bytes] => one(name, bytes.parse()?).map(|()| ExitCode::SUCCESS),
        ["--write", folder, megabytes] => {
            write(Path::new(folder), megabytes.parse()?).map(|()| ExitCode::SUCCESS)
        }
        ["--signs", kilobytes] => signs(kilobytes.parse()?).map(|()| ExitCode::SUCCESS),
        [] => all(16),
        [most] => all(most.parse()?),
        _ => Err("usage: hostile [MOST_MB | --signs KB | --write FOLDER MB]".into()),
    }
}

/// Prints the table.
fn all(most: usize) -> Result<ExitCode, Box<dyn Error>> {
    let sizes: Vec<usize> = [1, 4, 16].into_iter().filter(|size| *size <= most).collect();
    let columns = |unit: &str| sizes.iter().map(|size| format!(" {size} MB{unit} |")).collect::<String>();
    println!("| family | kind |{} against ordinary | memory |", columns(", ns/byte"));
    println!("| --- | --- |{} ---: | ---: |", " ---: |".repeat(sizes.len()));
    let show = |name: &str, kind: Kind, points: &[Point]| {
        let against: Vec<f64> = points.iter().map(|point| point.against_ordinary()).collect();
        row(name, kind, points, &against);
    };
    show(ORDINARY, Kind::Html, &measure(ORDINARY, &sizes)?);
    let corpus = measure(ORDINARY_CORPUS, &sizes)?;
    show(ORDINARY_CORPUS, Kind::Corpus, &corpus);
    let mut is_linear = true;
    for family in FAMILIES {
        let points = measure(family.name, &sizes)?;
        show(family.name, family.kind, &points);
        if family.kind == Kind::Corpus {
            let against = points.iter().zip(&corpus);
            let against: Vec<f64> =
                against.map(|(point, corpus)| point.against_ordinary() / corpus.against_ordinary()).collect();
            row("… against an ordinary corpus", family.kind, &points, &against);
        }
        let growth = points.last().zip(points.first()).map_or(1.0, |(last, first)| last.time / first.time);
        if growth > MOST_GROWTH {
            println!("\n{} GROWS FASTER THAN ITS SIZE: {growth:.1}\n", family.name);
            is_linear = false;
        }
    }
    Ok(if is_linear { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn row(name: &str, kind: Kind, points: &[Point], against: &[f64]) {
    let kind = format!("{kind:?}").to_lowercase();
    let times: String = points.iter().map(|point| format!(" {:.1} |", point.time)).collect();
    let against = against.iter().map(|times| format!("{times:.1}")).collect::<Vec<_>>().join(", ");
    let memory = points.last().map_or(0.0, |point| point.memory);
    println!("| {name} | {kind} |{times} {against} × | {memory:.1} × |");
}

fn measure(name: &str, sizes: &[usize]) -> Result<Vec<Point>, Box<dyn Error>> {
    let measure = |size: &usize| -> Result<Point, Box<dyn Error>> {
        let bytes = (size << 20).to_string();
        let run = Command::new(std::env::current_exe()?).args(["--one", name, &bytes]).output()?;
        if !run.status.success() {
            return Err(format!("{name} at {size} MB: {}", run.status).into());
        }
        let line = String::from_utf8(run.stdout)?;
        let mut numbers = line.split_whitespace().map(str::parse::<f64>);
        let mut number = || Ok::<_, Box<dyn Error>>(numbers.next().ok_or("no answer")??);
        Ok(Point { time: number()?, ordinary: number()?, memory: number()? })
    };
    sizes.iter().map(measure).collect()
}

/// The process that measures one input.
fn one(name: &str, bytes: usize) -> Result<(), Box<dyn Error>> {
    let ordinary = pages::Kind::News.page(bytes).into_bytes();
    let (kind, input) = match FAMILIES.iter().find(|family| family.name == name) {
        Some(family) => (family.kind, family.input(bytes)),
        None if name == ORDINARY_CORPUS => (Kind::Corpus, hostile_pages::ordinary_corpus(bytes)),
        None => (Kind::Html, ordinary.clone()),
    };
    // The first page makes the tables that all pages share.
    work(Kind::Html, b"<p>The harbour was closed on Monday.");
    // Where the kernel allows it, forget the peak so far; else making the input was the peak.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before = status("VmRSS:").unwrap_or(0);
    work(kind, &input);
    let memory = status("VmHWM:").unwrap_or(0).saturating_sub(before) * 1024;
    let timed = |kind: Kind, input: &[u8]| {
        let start = time::on_processor();
        work(kind, input);
        time::since(start)
    };
    let (mut time, mut of_ordinary) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..TRIES {
        let (mut turns, mut took) = (0, [Duration::ZERO; 2]);
        while took[0] < LEAST_TIME {
            took[0] += timed(kind, &input);
            took[1] += timed(Kind::Html, &ordinary);
            turns += 1;
        }
        let a_byte =
            |took: Duration, bytes: usize| took.as_secs_f64() * 1e9 / f64::from(turns) / bytes as f64;
        time = time.min(a_byte(took[0], input.len()));
        of_ordinary = of_ordinary.min(a_byte(took[1], ordinary.len()));
    }
    println!("{time} {of_ordinary} {}", memory as f64 / input.len() as f64);
    Ok(())
}

/// Times the time of its reference from which an entry is told of.
const TOLD: f64 = 3.0;

/// Repeats every entry of the crate's lists, in one block and in many, and prints which take longer for it than their letters
/// in reverse order, which nothing looks for.
fn signs(kilobytes: usize) -> Result<(), Box<dyn Error>> {
    let bytes = kilobytes << 10;
    let time_of = |page: &str| {
        let once = || {
            let start = Instant::now();
            work(Kind::Html, page.as_bytes());
            start.elapsed().as_secs_f64()
        };
        (0..TRIES).map(|_| once()).fold(f64::INFINITY, f64::min)
    };
    type Write = fn(&str) -> String;
    let shapes: [(&str, Write); 4] = [
        ("one block", |entry| format!("{entry} ")),
        ("one word", str::to_owned),
        ("small blocks", |entry| format!("<p>{}</p>", [entry; 8].join(" "))),
        ("a block each", |entry| format!("<p>{entry}</p>")),
    ];
    for list in LISTS {
        let mut most = 0.0f64;
        for entry in list.entries().chain(list.firsts()).chain(list.lasts()) {
            for (shape, write) in shapes {
                let page = |entry: &str| write(entry).repeat(bytes / write(entry).len() + 1);
                let times = time_of(&page(entry)) / time_of(&page(&entry.chars().rev().collect::<String>()));
                most = most.max(times);
                if times > TOLD {
                    println!("{times:6.1} × {}, {shape}: {entry}", list.name);
                }
            }
        }
        println!("{}: at most {most:.1} ×", list.name);
    }
    Ok(())
}

/// A line of `/proc/self/status`, in kilobytes.
fn status(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

/// Writes every family of HTML as a page, and an ordinary one.
fn write(folder: &Path, megabytes: usize) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("an-ordinary-page.html"), pages::Kind::News.page(megabytes << 20))?;
    for family in FAMILIES.iter().filter(|family| family.kind == Kind::Html) {
        let name: String = family.name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        fs::write(folder.join(name + ".html"), family.input(megabytes << 20))?;
    }
    Ok(())
}
