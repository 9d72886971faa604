//! One extractor over all pages, in a process that may hang or die.

use crate::peers::Peer;
use cpu_time::ProcessTime;
use std::error::Error;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How long a process may take before its first page.
const STARTING: Duration = Duration::from_secs(20);

/// What an extractor made of a page.
#[derive(Clone, Debug)]
pub struct Answer {
    /// CPU time, the least of all rounds.
    pub nanoseconds: u64,
    pub text: String,
}

/// What an extractor made of all pages.
#[derive(Debug)]
pub struct Run {
    /// In the order of the pages; none where it failed.
    pub answers: Vec<Option<Answer>>,
    /// On how many of those it ran out of time.
    pub timeouts: usize,
}

/// The process: writes page, nanoseconds and text as one JSON array a page, from page number `from` on.
///
/// The first of several pages is run once more, untimed, because that is when tables are built and models loaded.
pub fn work(name: &str, pages: &str, from: usize) -> Result<(), Box<dyn Error>> {
    let extract = crate::peers::built_in(name).ok_or_else(|| format!("no extractor {name}"))?;
    std::panic::set_hook(Box::new(|_| {}));
    let file = fs::read_to_string(pages)?;
    // Some peers recurse as deep as the page is nested; that is theirs to answer for, a small stack is not.
    let is_alone = file.lines().nth(1).is_none();
    let walk = move || -> Result<(), String> {
        let mut out = std::io::stdout().lock();
        for (at, line) in file.lines().enumerate().skip(from) {
            let html: String = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let answer = catch_unwind(AssertUnwindSafe(|| {
                if at == from && !is_alone {
                    extract(&html);
                }
                let start = ProcessTime::now();
                let text = extract(&html);
                (start.elapsed().as_nanos() as u64, text)
            }));
            let line = match answer {
                Ok((nanoseconds, text)) => serde_json::json!([at, nanoseconds, text]),
                Err(_) => serde_json::json!([at, null, ""]),
            };
            writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| error.to_string())?;
        }
        Ok(())
    };
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(walk)?;
    match thread.join() {
        Ok(outcome) => Ok(outcome?),
        Err(_) => Err("the worker panicked".into()),
    }
}

impl Run {
    /// Of each page, the quicker answer. A page that failed in any round has failed.
    pub fn merge(&mut self, other: Self) {
        self.timeouts = self.timeouts.max(other.timeouts);
        for (mine, theirs) in self.answers.iter_mut().zip(other.answers) {
            *mine = mine.take().zip(theirs).map(|(a, b)| if b.nanoseconds < a.nanoseconds { b } else { a });
        }
    }
}

/// Runs an extractor once over all pages, in as many processes as its failures make necessary.
pub fn run(peer: &Peer, file: &Path, pages: usize, timeout: Duration) -> Result<Run, Box<dyn Error>> {
    let mut run = Run { answers: vec![None; pages], timeouts: 0 };
    let mut next = 0;
    while next < pages {
        let mut command = Command::new(&peer.command[0]);
        command.args(&peer.command[1..]).arg("--worker").arg(&peer.name).arg(file);
        command.arg(next.to_string());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let Some(output) = child.stdout.take() else { return Err("no output to read".into()) };
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut is_first = true;
        while next < pages {
            // Reading the pages, the warm-up and, for Python, importing take time once a process.
            let wait = if is_first { timeout * 2 + STARTING } else { timeout };
            is_first = false;
            match lines.recv_timeout(wait) {
                Ok(line) => {
                    let (at, nanoseconds, text): (usize, Option<u64>, String) = serde_json::from_str(&line)?;
                    if at != next {
                        return Err(format!("{} answered page {at} instead of {next}", peer.name).into());
                    }
                    run.answers[at] = nanoseconds.map(|nanoseconds| Answer { nanoseconds, text });
                    next += 1;
                }
                Err(error) => {
                    // Hung or dead: this page has failed, a new process goes on behind it.
                    run.timeouts += usize::from(error == RecvTimeoutError::Timeout);
                    next += 1;
                    break;
                }
            }
        }
        let _ = child.kill();
        child.wait()?;
    }
    Ok(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_hangs_or_kills_fails_alone() {
        // Called as `--worker NAME FILE FROM`: answers page 0, hangs on page 1, dies on page 2, answers page 3.
        let script = r#"
            case $4 in
                0) echo '[0, 7, "first"]'; sleep 60 ;;
                1|2) exit 1 ;;
                3) echo '[3, 9, "last"]' ;;
            esac"#;
        let peer = Peer {
            name: "fake".into(),
            version: String::new(),
            is_bare: false,
            command: ["sh", "-c", script, "sh"].map(str::to_owned).to_vec(),
        };
        let run = run(&peer, Path::new("-"), 4, Duration::from_secs(1)).expect("the fake runs");
        let texts: Vec<_> = run.answers.iter().map(|a| a.as_ref().map(|a| a.text.as_str())).collect();
        assert_eq!(texts, [Some("first"), None, None, Some("last")]);
        assert_eq!(run.timeouts, 1);
    }

    #[test]
    fn of_two_rounds_the_quicker_answer_counts() {
        let round = |times: [Option<u64>; 3]| Run {
            answers: times.map(|t| t.map(|nanoseconds| Answer { nanoseconds, text: String::new() })).to_vec(),
            timeouts: 0,
        };
        let mut run = round([Some(3), Some(5), None]);
        run.merge(round([Some(4), Some(2), Some(1)]));
        let times: Vec<_> = run.answers.iter().map(|a| a.as_ref().map(|a| a.nanoseconds)).collect();
        assert_eq!(times, [Some(3), Some(2), None]);
    }
}
