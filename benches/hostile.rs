//! What inputs made to do harm cost, beside an ordinary page: `cargo run --release --example hostile [-- MOST_MB]`.
//!
//! Each is measured at 1, 4 and 16 MB in a process of its own, so that its peak of memory is its own. The program fails if a
//! family grows faster than its size. `--write FOLDER MB` writes the pages into a folder instead, for others to try.
#![allow(clippy::print_stdout)]

mod hostile_pages;
mod pages;
#[path = "../tests/laws/time.rs"]
#[allow(dead_code, unreachable_pub)]
mod time;

use hostile_pages::{FAMILIES, Kind, work};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

/// What everything is compared with.
const ORDINARY: &str = "an ordinary page";
/// Time is measured over at least this long: the clock of a process ticks every hundredth of a second.
const LEAST_TIME: Duration = Duration::from_millis(150);
/// The share of time for a byte that may be lost when an input is four times as long, twice over: caches end, sorting has a
/// logarithm. Quadratic work comes to 16.
const MOST_GROWTH: f64 = 3.0;

/// What one input took: its bytes, nanoseconds a byte, bytes of memory a byte at the peak.
#[derive(Clone, Copy, Debug)]
struct Point {
    time: f64,
    memory: f64,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--one", name, bytes] => one(name, bytes.parse()?).map(|()| ExitCode::SUCCESS),
        ["--write", folder, megabytes] => {
            write(Path::new(folder), megabytes.parse()?).map(|()| ExitCode::SUCCESS)
        }
        [] => all(16),
        [most] => all(most.parse()?),
        _ => Err("usage: hostile [MOST_MB | --write FOLDER MB]".into()),
    }
}

/// Prints the table.
fn all(most: usize) -> Result<ExitCode, Box<dyn Error>> {
    let sizes: Vec<usize> = [1, 4, 16].into_iter().filter(|size| *size <= most).collect();
    let columns = |unit: &str| sizes.iter().map(|size| format!(" {size} MB{unit} |")).collect::<String>();
    println!("| family | kind |{} against ordinary | memory |", columns(", ns/byte"));
    println!("| --- | --- |{} ---: | ---: |", " ---: |".repeat(sizes.len()));
    let ordinary = measure(ORDINARY, &sizes)?;
    row(ORDINARY, "html", &ordinary, &ordinary);
    let mut is_linear = true;
    for family in FAMILIES {
        let points = measure(family.name, &sizes)?;
        row(family.name, &format!("{:?}", family.kind).to_lowercase(), &points, &ordinary);
        let growth = points.last().zip(points.first()).map_or(1.0, |(last, first)| last.time / first.time);
        if growth > MOST_GROWTH {
            println!("\n{} GROWS FASTER THAN ITS SIZE: {growth:.1}\n", family.name);
            is_linear = false;
        }
    }
    Ok(if is_linear { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn row(name: &str, kind: &str, points: &[Point], ordinary: &[Point]) {
    let times: String = points.iter().map(|point| format!(" {:.1} |", point.time)).collect();
    let last = points.len() - 1;
    println!(
        "| {name} | {kind} |{times} {:.2} × | {:.1} × |",
        points[last].time / ordinary[last].time,
        points[last].memory
    );
}

fn measure(name: &str, sizes: &[usize]) -> Result<Vec<Point>, Box<dyn Error>> {
    let measure = |size: &usize| -> Result<Point, Box<dyn Error>> {
        let bytes = (size << 20).to_string();
        let run = Command::new(std::env::current_exe()?).args(["--one", name, &bytes]).output()?;
        if !run.status.success() {
            return Err(format!("{name} at {size} MB: {}", run.status).into());
        }
        let line = String::from_utf8(run.stdout)?;
        let (time, memory) = line.trim().split_once(' ').ok_or("no answer")?;
        Ok(Point { time: time.parse()?, memory: memory.parse()? })
    };
    sizes.iter().map(measure).collect()
}

/// The process that measures one input.
fn one(name: &str, bytes: usize) -> Result<(), Box<dyn Error>> {
    let (kind, input) = match FAMILIES.iter().find(|family| family.name == name) {
        Some(family) => (family.kind, family.input(bytes)),
        None => (Kind::Html, pages::Kind::News.page(bytes).into_bytes()),
    };
    // The first page makes the tables that all pages share.
    work(Kind::Html, b"<p>The harbour was closed on Monday.");
    // Where the kernel allows it, forget the peak so far; else making the input was the peak.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before = status("VmRSS:").unwrap_or(0);
    let (mut runs, start) = (0, time::of_process());
    while runs == 0 || time::of_process() - start < LEAST_TIME {
        work(kind, &input);
        runs += 1;
    }
    let took = time::of_process() - start;
    let memory = status("VmHWM:").unwrap_or(0).saturating_sub(before) * 1024;
    let bytes = input.len() as f64;
    println!("{} {}", took.as_secs_f64() * 1e9 / f64::from(runs) / bytes, memory as f64 / bytes);
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
