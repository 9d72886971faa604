//! How time and memory grow with the page, for ordinary pages and for floods of one thing.
//!
//! `cargo run --release --example growth` writes `docs/growth.csv` and draws `docs/growth.svg`, and fails if
//! anything grows faster than the page. Each page is measured in a process of its own, so that its peak of memory
//! is its own; with `--quick` pages end at 1 MB and nothing is written, with `--draw` the picture is made
//! again from the figures. Memory is known on Linux only.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod pages;

use pages::Kind;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use unfurnish::{Extractor, Page};

/// Sizes go up in fours from here.
const SMALLEST: usize = 1 << 10;
/// An ordinary page ends here, a flood of one thing at a quarter of it.
const LARGEST: usize = 64 << 20;
/// Below this, what every page costs hides how the rest grows. News pages are a little smaller than asked for.
const FIXED_COST_BELOW: usize = 60 << 10;
/// What the allocator had in hand anyway says nothing about growth.
const LEAST_MEMORY: f64 = (256 << 10) as f64;
/// Time or memory ∝ sizeˣ: x as fitted over sizes of a factor of 256 must not exceed this. A sort or pages falling
/// out of the caches stay below 1.15; n·√n, the mildest growth worth finding, is at 1.5.
const MOST_EXPONENT: f64 = 1.25;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs");

/// What one page took.
#[derive(Clone, Copy, Debug)]
struct Point {
    bytes: usize,
    seconds: f64,
    /// At its peak, beyond the page itself.
    memory: Option<f64>,
}

/// A kind of page and what it took at each size.
type Curve = (&'static str, Vec<Point>);

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["--one", kind, bytes] => {
            let kind = Kind::ALL.into_iter().find(|known| known.as_str() == kind).ok_or("no such kind")?;
            one(kind, bytes.parse()?);
            Ok(ExitCode::SUCCESS)
        }
        ["--quick"] => all(1 << 20, None),
        ["--draw"] => {
            fs::write(
                format!("{FOLDER}/growth.svg"),
                draw(&read(&fs::read_to_string(format!("{FOLDER}/growth.csv"))?)?)?,
            )?;
            Ok(ExitCode::SUCCESS)
        }
        [] => all(LARGEST, Some(FOLDER)),
        _ => Err("usage: growth [--quick | --draw]".into()),
    }
}

/// Measures every kind at every size; fails if one grows faster than the page.
fn all(largest: usize, folder: Option<&str>) -> Result<ExitCode, Box<dyn Error>> {
    let mut csv = String::from("kind,bytes,seconds,peak_memory_bytes\n");
    let mut curves = Vec::new();
    let mut is_linear = true;
    for kind in Kind::ALL {
        let last = if kind == Kind::News { largest } else { largest / 4 };
        let sizes =
            std::iter::successors(Some(SMALLEST), |size| Some(size * 4)).take_while(|size| *size <= last);
        let points = sizes.map(|size| measure(kind, size)).collect::<Result<Vec<_>, _>>()?;
        for point in &points {
            let memory = point.memory.map(|memory| format!("{memory:.0}")).unwrap_or_default();
            writeln!(csv, "{},{},{:.9},{memory}", kind.as_str(), point.bytes, point.seconds)?;
        }
        let time = exponent(&points, |point| Some(point.seconds));
        let memory = exponent(&points, |point| point.memory.filter(|memory| *memory >= LEAST_MEMORY));
        let verdict = if time.max(memory) > MOST_EXPONENT { "GROWS FASTER THAN THE PAGE" } else { "ok" };
        is_linear &= verdict == "ok";
        let end = points.last().ok_or("no sizes")?;
        println!(
            "{:<11} time ∝ size^{time:.2}, memory ∝ size^{memory:.2}; at {:>4} MB: {:>7.1} ns/byte, {:>5.1} × the page  {verdict}",
            kind.as_str(),
            end.bytes >> 20,
            1e9 * end.seconds / end.bytes as f64,
            end.memory.unwrap_or(f64::NAN) / end.bytes as f64,
        );
        curves.push((kind.as_str(), points));
    }
    if let Some(folder) = folder {
        fs::create_dir_all(folder)?;
        fs::write(format!("{folder}/growth.csv"), csv)?;
        fs::write(format!("{folder}/growth.svg"), draw(&curves)?)?;
    }
    Ok(if is_linear { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The figures of an earlier run.
fn read(csv: &str) -> Result<Vec<Curve>, Box<dyn Error>> {
    let mut curves = Vec::from(Kind::ALL.map(|kind| (kind.as_str(), Vec::new())));
    for line in csv.lines().skip(1) {
        let [kind, bytes, seconds, memory] = line.split(',').collect::<Vec<_>>()[..] else {
            return Err(format!("not understood: {line}").into());
        };
        let (_, points) = curves.iter_mut().find(|(name, _)| *name == kind).ok_or("no such kind")?;
        points.push(Point { bytes: bytes.parse()?, seconds: seconds.parse()?, memory: memory.parse().ok() });
    }
    Ok(curves)
}

fn measure(kind: Kind, size: usize) -> Result<Point, Box<dyn Error>> {
    let run =
        Command::new(std::env::current_exe()?).args(["--one", kind.as_str(), &size.to_string()]).output()?;
    if !run.status.success() {
        return Err(format!("{} at {size} bytes: {}", kind.as_str(), run.status).into());
    }
    let line = String::from_utf8(run.stdout)?;
    let [bytes, seconds, memory] = line.split_whitespace().collect::<Vec<_>>()[..] else {
        return Err(format!("not understood: {line}").into());
    };
    Ok(Point { bytes: bytes.parse()?, seconds: seconds.parse()?, memory: memory.parse().ok() })
}

/// The process that measures one page: writes its size, seconds and peak of memory.
fn one(kind: Kind, size: usize) {
    let html = kind.page(size);
    let extractor = Extractor::default();
    // A first page makes the tables that all pages share.
    black_box(extractor.extract(Page::html("<p>The harbour was closed on Monday.")));
    // Where the kernel allows it, forget the peak so far; else making the page was the peak, which is as good.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let before = from_status("VmRSS:");
    black_box(extractor.extract(Page::html(html.as_str())));
    let memory = from_status("VmHWM:").zip(before).map(|(peak, before)| peak.saturating_sub(before));
    let (mut runs, start, clock) = (0, Instant::now(), cpu_time());
    while runs < 2 || start.elapsed() < Duration::from_millis(200) {
        black_box(extractor.extract(Page::html(black_box(html.as_str()))));
        runs += 1;
    }
    let seconds = match (clock, cpu_time()) {
        (Some(start), Some(end)) => end - start,
        _ => start.elapsed().as_secs_f64(),
    };
    let memory = memory.map_or_else(|| "?".to_owned(), |kilobytes| (kilobytes * 1024).to_string());
    println!("{} {:.9} {memory}", html.len(), seconds / f64::from(runs));
}

/// A line of `/proc/self/status`, in kilobytes.
fn from_status(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

/// Seconds that this thread has run: unlike time on the wall, no other program adds to them.
fn cpu_time() -> Option<f64> {
    let line = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}

/// The slope of the least-squares line through the logarithms of size and value; 0 where nothing is known.
fn exponent(points: &[Point], value: impl Fn(&Point) -> Option<f64>) -> f64 {
    let logs: Vec<(f64, f64)> = points
        .iter()
        .filter(|point| point.bytes >= FIXED_COST_BELOW)
        .filter_map(|point| Some(((point.bytes as f64).ln(), value(point)?.max(1e-9).ln())))
        .collect();
    let count = logs.len() as f64;
    let (mean_x, mean_y) = logs.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x / count, b + y / count));
    let above: f64 = logs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let below: f64 = logs.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    if below > 0.0 { above / below } else { 0.0 }
}

/// Two panels: nanoseconds and bytes of memory for each byte of page. A flat line is linear growth.
fn draw(curves: &[Curve]) -> Result<String, std::fmt::Error> {
    const COLOURS: [&str; 8] =
        ["#1f2937", "#2563eb", "#dc2626", "#059669", "#d97706", "#7c3aed", "#0891b2", "#be185d"];
    let mut svg = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 400\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"900\" height=\"400\" fill=\"#fff\"/>\n",
    );
    let time = |point: &Point| Some(1e9 * point.seconds / point.bytes as f64);
    // Small pages fit into what the first page left behind: their curve would show the allocator alone.
    let memory = |point: &Point| {
        point.memory.filter(|_| point.bytes >= FIXED_COST_BELOW).map(|memory| memory / point.bytes as f64)
    };
    type PerByte<'a> = &'a dyn Fn(&Point) -> Option<f64>;
    let panels: [(f64, &str, PerByte<'_>, [f64; 2]); 2] = [
        (50.0, "CPU time, nanoseconds for each byte of the page", &time, [0.1, 1000.0]),
        (440.0, "peak memory beyond the page, bytes for each of its bytes", &memory, [0.1, 1000.0]),
    ];
    let (width, top, height) = (330.0, 40.0, 300.0);
    let scale = |value: f64, [low, high]: [f64; 2]| (value.clamp(low, high) / low).ln() / (high / low).ln();
    let x = |left: f64, bytes: f64| left + width * scale(bytes, [SMALLEST as f64, LARGEST as f64]);
    for (left, title, value, range) in panels {
        let y = |value: f64| top + height * (1.0 - scale(value, range));
        writeln!(svg, "<text x=\"{left}\" y=\"24\" font-weight=\"bold\">{title}</text>")?;
        let mut tick = range[0];
        while tick <= range[1] * 1.01 {
            let at = y(tick);
            writeln!(
                svg,
                "<path d=\"M{left} {at:.1}h{width}\" stroke=\"#e5e7eb\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#4b5563\">{tick}</text>",
                left - 6.0,
                at + 4.0,
            )?;
            tick *= 10.0;
        }
        for (bytes, name) in [(1 << 10, "1 KB"), (32 << 10, "32 KB"), (1 << 20, "1 MB"), (32 << 20, "32 MB")]
        {
            let (at, bottom) = (x(left, f64::from(bytes)), top + height);
            writeln!(
                svg,
                "<path d=\"M{at:.1} {bottom}v5\" stroke=\"#4b5563\"/>\
                 <text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"#4b5563\">{name}</text>",
                bottom + 20.0,
            )?;
        }
        for ((_, points), colour) in curves.iter().zip(COLOURS) {
            let mut line = String::new();
            for (point, value) in points.iter().filter_map(|point| Some((point, value(point)?))) {
                let command = if line.is_empty() { 'M' } else { 'L' };
                write!(line, "{command}{:.1} {:.1}", x(left, point.bytes as f64), y(value))?;
            }
            writeln!(svg, "<path d=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\"/>")?;
        }
    }
    for (at, ((name, _), colour)) in curves.iter().zip(COLOURS).enumerate() {
        let (left, bottom) = (790.0, 60.0 + 22.0 * at as f64);
        writeln!(
            svg,
            "<path d=\"M{left} {bottom}h18\" stroke=\"{colour}\" stroke-width=\"3\"/>\
             <text x=\"{}\" y=\"{}\">{name}</text>",
            left + 24.0,
            bottom + 4.0,
        )?;
    }
    writeln!(
        svg,
        "<text x=\"50\" y=\"388\" fill=\"#4b5563\">Size of the page. Flat lines: time and memory grow as the page does. \
         Drawn by benches/growth.rs from docs/growth.csv.</text>\n</svg>"
    )?;
    Ok(svg)
}
