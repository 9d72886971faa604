//! Runs every extractor over the same pages and prints one table.
//!
//! ```text
//! rivals PAGES… [--limit 300] [--rounds 2] [--timeout 20] [--only NAME,NAME] [--python PYTHON] [--note TEXT]
//! rivals PAGES… --predict NAME OUT.jsonl
//! rivals PAGES… --each [--timeout 20] [--only NAME,NAME]
//! ```
//!
//! PAGES are `.html` files, `.jsonl` or `.jsonl.zst` files with `id` and `html` in each line, or folders of these.
//! Each extractor runs in a process of its own, page after page, and writes how much CPU time a page took; a page
//! on which it hangs, panics or dies is counted as failed, and a new process goes on behind it. `run.sh` does
//! everything.

mod each;
mod pages;
mod peers;
mod table;
mod worker;

use std::error::Error;
use std::time::Duration;

/// What the command line asked for.
#[derive(Debug)]
struct Ask {
    pages: Vec<String>,
    limit: usize,
    rounds: usize,
    timeout: Duration,
    only: Vec<String>,
    python: Option<String>,
    predict: Option<(String, String)>,
    /// One row for each page, for pages that make extractors fail.
    each: bool,
    note: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, name, pages, from] = arguments.as_slice()
        && command == "--worker"
    {
        return worker::work(name, pages, from.parse()?);
    }
    let ask = read(arguments)?;
    let limit = if ask.predict.is_some() || ask.each { usize::MAX } else { ask.limit };
    let pages = pages::choose(&ask.pages, limit)?;
    let all = peers::all(ask.python.as_deref())?;
    if ask.each {
        let wanted = |peer: &&peers::Peer| ask.only.is_empty() || ask.only.contains(&peer.name);
        let peers: Vec<&peers::Peer> = all.iter().filter(wanted).collect();
        print!("{}", each::table(pages, &peers, ask.timeout)?);
        return Ok(());
    }
    let file = pages::Stored::new(&pages)?;
    if let Some((name, out)) = &ask.predict {
        let peer = all.iter().find(|peer| peer.name == *name);
        let peer = peer.ok_or_else(|| format!("no extractor {name}; see the first column of the table"))?;
        let run = worker::run(peer, file.path(), pages.len(), ask.timeout)?;
        return pages::write_predictions(out, &pages, &run);
    }
    let mut rows: Vec<(&peers::Peer, Option<worker::Run>)> = all
        .iter()
        .filter(|peer| ask.only.is_empty() || ask.only.contains(&peer.name))
        .map(|peer| (peer, None))
        .collect();
    // Round after round rather than extractor after extractor: a busy minute of the machine hits all alike.
    for round in 1..=ask.rounds {
        for (peer, done) in &mut rows {
            eprintln!("round {round}: {} {}", peer.name, peer.version);
            let run = worker::run(peer, file.path(), pages.len(), ask.timeout)?;
            match done {
                Some(done) => done.merge(run),
                None => *done = Some(run),
            }
        }
    }
    let rows: Vec<_> = rows.into_iter().filter_map(|(peer, run)| Some((peer, run?))).collect();
    print!("{}", table::render(&pages, &rows, ask.rounds, &ask.note));
    Ok(())
}

fn read(arguments: Vec<String>) -> Result<Ask, Box<dyn Error>> {
    let mut ask = Ask {
        pages: Vec::new(),
        limit: 300,
        rounds: 2,
        timeout: Duration::from_secs(20),
        only: Vec::new(),
        python: None,
        predict: None,
        each: false,
        note: String::new(),
    };
    let mut rest = arguments.into_iter();
    while let Some(argument) = rest.next() {
        let mut value = || rest.next().ok_or_else(|| format!("{argument} needs a value"));
        match argument.as_str() {
            "--limit" => ask.limit = value()?.parse()?,
            "--rounds" => ask.rounds = value()?.parse::<usize>()?.max(1),
            "--timeout" => ask.timeout = Duration::from_secs(value()?.parse()?),
            "--only" => ask.only = value()?.split(',').map(str::to_owned).collect(),
            "--python" => ask.python = Some(value()?),
            "--each" => ask.each = true,
            "--note" => ask.note = value()?,
            "--predict" => ask.predict = Some((value()?, value()?)),
            option if option.starts_with("--") => return Err(format!("unknown option {option}").into()),
            _ => ask.pages.push(argument),
        }
    }
    if ask.pages.is_empty() { Err("no pages given".into()) } else { Ok(ask) }
}
