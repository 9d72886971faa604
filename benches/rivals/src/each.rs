//! Each extractor on each page, in a process of its own: how long it takes, or how it ends.

use crate::pages::{Page, Stored};
use crate::peers::Peer;
use std::error::Error;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The kernel's name for "used up its processor time".
const SIGXCPU: i32 = 24;
const SIGKILL: i32 = 9;

/// Prints a table of pages and extractors, milliseconds of processor time in its cells. `timeout` is processor time, too:
/// how busy the machine is makes no difference.
pub fn table(pages: Vec<Page>, peers: &[&Peer], timeout: Duration) -> Result<String, Box<dyn Error>> {
    let mut table = String::from("| page |");
    peers.iter().for_each(|peer| table += &format!(" {} {} |", peer.name, peer.version));
    table += &format!("\n| --- |{}\n", " ---: |".repeat(peers.len()));
    for page in pages {
        let name = page.id.as_str().map_or_else(|| page.id.to_string(), str::to_owned);
        let file = Stored::new(&[page])?;
        table += &format!("| {name} |");
        for peer in peers {
            let cell = one(peer, file.path(), timeout)?;
            eprintln!("{name}: {} {cell}", peer.name);
            table += &format!(" {cell} |");
        }
        table += "\n";
    }
    Ok(table)
}

fn one(peer: &Peer, file: &Path, timeout: Duration) -> Result<String, Box<dyn Error>> {
    // Eight gigabytes of address space: what needs more for a page of some megabytes has fallen over.
    // One at a time: dash takes the first and passes over the others.
    let limits =
        format!("ulimit -c 0; ulimit -t {}; ulimit -v 8000000; exec \"$@\"", timeout.as_secs());
    let mut command = Command::new("sh");
    command
        .args(["-c", &limits, "sh"])
        .args(&peer.command)
        .arg("--worker")
        .arg(&peer.name)
        .arg(file)
        .arg("0");
    let output = command.stdin(Stdio::null()).stderr(Stdio::piped()).output()?;
    let answer = String::from_utf8_lossy(&output.stdout);
    if let Ok((_, Some(nanoseconds), _)) = serde_json::from_str::<(usize, Option<u64>, String)>(&answer) {
        return Ok(format!("{:.0}", nanoseconds as f64 / 1e6));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Ok(match output.status.signal() {
        Some(SIGXCPU | SIGKILL) => format!("over {} s", timeout.as_secs()),
        Some(_) if said.contains("stack") => "stack overflow".into(),
        Some(_) if said.contains("memory allocation") => "out of memory".into(),
        Some(signal) => format!("signal {signal}"),
        None => "panic".into(),
    })
}
